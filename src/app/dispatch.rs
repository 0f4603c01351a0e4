//! From a key to what it does.

use crate::app::action::Action;
use crate::app::action::Go;
use crate::app::action::Type;
use crate::app::keymap;
use crate::app::keymap::Meaning;
use crate::app::message::Key;
use crate::app::place::Place;
use crate::app::state::App;
use crate::app::state::CellState;
use crate::app::state::Field;
use crate::app::state::Overlay;
use crate::app::state::Screen;

impl App {
    /// A key was pressed.
    pub(super) fn press(&mut self, key: Key) {
        self.notice = None;
        let place = Place::of(self);
        let pending = std::mem::take(&mut self.pending);
        match keymap::meaning(&place, &pending, key) {
            Meaning::Do(Action::Go(Go::Count)) => self.count(pending, key),
            Meaning::Do(Action::Go(Go::Number)) => self.numbered(&pending),
            Meaning::Do(action) => self.perform(action, Some(key)),
            Meaning::Wait(keys) => self.pending = keys,
            Meaning::Text => self.edit(|field| field.press(key)),
            Meaning::Nothing => {}
        }
    }

    /// Text was pasted: it goes into a field, or nowhere.
    pub(super) fn paste(&mut self, text: &str) {
        if Place::of(self).typing() {
            self.edit(|field| field.paste(text));
        }
    }

    /// Does what a key or a command asks for.
    pub(super) fn perform(&mut self, action: Action, key: Option<Key>) {
        match action {
            Action::Go(go) => self.go(go),
            Action::Knob(knob) => self.knob(knob, key),
            Action::Run(run) => self.run(run),
            Action::Ask(ask) => self.ask(ask, key),
            Action::Look(look) => self.look_at(look, key),
            Action::Open(open) => self.lay(open),
            Action::List(list) => self.list(list),
            Action::Type(typing) => self.typing(typing),
            Action::Program(program) => self.program(program),
        }
    }

    /// The field that is being typed into.
    pub(super) fn field(&mut self) -> Option<&mut Field> {
        match &mut self.overlay {
            Some(Overlay::Search(search)) => Some(&mut search.field),
            Some(Overlay::Command(command)) => Some(&mut command.field),
            Some(Overlay::Note(field)) => Some(field),
            Some(_) => None,
            None => {
                let Screen::Lesson(screen) = &mut self.screen else {
                    return None;
                };
                match screen.cells.get_mut(screen.focus)? {
                    CellState::Question(state) => Some(&mut state.typed),
                    CellState::Model(state) => Some(&mut state.typed),
                    CellState::Plain => None,
                }
            }
        }
    }

    fn edit(&mut self, change: impl FnOnce(&mut Field)) {
        let Some(field) = self.field() else { return };
        change(field);
        match &self.overlay {
            Some(Overlay::Search(_)) => self.search_again(),
            Some(Overlay::Command(_)) => self.offer(),
            _ => {}
        }
    }

    fn typing(&mut self, typing: Type) {
        match typing {
            Type::Leave if self.overlay.is_none() => {
                if let Some(field) = self.field() {
                    field.active = false;
                }
            }
            Type::Leave | Type::Accept => self.leave_text(),
            Type::Complete => self.complete(1),
            Type::CompleteBack => self.complete(-1),
        }
    }

    /// One more digit of a number.
    fn count(&mut self, mut pending: String, key: Key) {
        if let (Key::Char(c), true) = (key, pending.len() < 4) {
            pending.push(c);
        }
        if let Screen::Home(_) = self.screen {
            self.choose_lesson(&pending);
        }
        self.pending = pending;
    }

    /// Goes to the cell or lesson with the number that was typed.
    fn numbered(&mut self, pending: &str) {
        let mut number = pending.to_owned();
        if number.is_empty()
            && let Some(field) = self.field()
        {
            number = std::mem::take(&mut field.text);
            field.active = false;
        }
        match (number.trim().parse::<usize>(), &self.screen) {
            (Ok(_), Screen::Home(_)) => self.choose_lesson(&number),
            (Ok(n), Screen::Lesson(_)) => self.focus_on(n.max(1) - 1),
            (Err(_), _) => self.tell(
                "Type a whole number before G, as in 7G.",
                "Digite um número inteiro antes de G, como em 7G.",
            ),
        }
    }
}
