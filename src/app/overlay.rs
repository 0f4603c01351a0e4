//! What lies on top of the screen: help, notes, yes and no, and the keys
//! of the lists.

use crate::app::action::Go;
use crate::app::action::List;
use crate::app::action::Open;
use crate::app::action::Program;
use crate::app::effect::Effect;
use crate::app::lesson::state_of;
use crate::app::state::App;
use crate::app::state::CommandLine;
use crate::app::state::Confirm;
use crate::app::state::Field;
use crate::app::state::Overlay;
use crate::app::state::RunList;
use crate::app::state::Search;
use crate::app::state::Then;
use crate::lesson::goal::Deed;

/// How long after a Ctrl-c another one asks whether to leave, in
/// milliseconds.
const TWICE: u64 = 2_000;

/// More than any help has lines.
const MOST_LINES: u16 = 2_000;

impl App {
    /// Lays something on top of the screen.
    pub(super) fn lay(&mut self, open: Open) {
        let cell = self.lesson().map_or(0, |screen| screen.focus);
        let field = Field::editing("");
        self.overlay = Some(match open {
            Open::Help => {
                self.did_here(Deed::OpenedHelp);
                Overlay::Help(0)
            }
            Open::Search => {
                Overlay::Search(Search { field, ..Search::default() })
            }
            Open::SearchHere => {
                let only = self.lesson().map(|screen| screen.index);
                Overlay::Search(Search { field, only, ..Search::default() })
            }
            Open::Command => {
                let line = CommandLine { field, ..CommandLine::default() };
                Overlay::Command(line)
            }
            Open::Runs => Overlay::Runs(RunList { cell, selected: 0 }),
            Open::Note => {
                let record = self.cell_progress(cell);
                let note = record.map_or("", |record| record.note.as_str());
                Overlay::Note(Field::editing(note))
            }
            Open::Zoom => Overlay::Zoom,
            Open::Reset => self.ask_reset(Then::ResetCell),
        });
        if let Some(Overlay::Command(_)) = self.overlay {
            self.offer();
        }
    }

    fn ask_reset(&self, then: Then) -> Overlay {
        let text = match then {
            Then::ResetLesson => self.word(
                "Forget everything done in this lesson? Runs stay.",
                "Esquecer tudo o que foi feito nesta aula? Os treinos \
                 ficam.",
            ),
            _ => self.word(
                "Forget what was done in this cell? R asks about the \
                 whole lesson.",
                "Esquecer o que foi feito nesta célula? R pergunta pela \
                 aula inteira.",
            ),
        };
        Overlay::Confirm(Confirm { text, then })
    }

    /// Deals with what lies on top.
    pub(super) fn list(&mut self, list: List) {
        match list {
            List::Down => self.move_cursor(1),
            List::Up => self.move_cursor(-1),
            List::Take => match self.overlay {
                Some(Overlay::Search(_)) => self.open_hit(),
                Some(Overlay::Command(_)) => self.obey(),
                _ => self.in_runs(list),
            },
            List::Pin | List::Delete | List::Restore | List::Compare => {
                self.in_runs(list);
            }
            List::Yes => self.confirm(),
            List::No | List::Close => self.overlay = None,
            List::Wider => {
                self.overlay = Some(self.ask_reset(Then::ResetLesson));
            }
        }
    }

    /// Moves the cursor of a list, or scrolls a text.
    pub(super) fn move_cursor(&mut self, by: i32) {
        let runs = match &self.overlay {
            Some(Overlay::Runs(open)) => self.cell_runs(open.cell).len(),
            _ => 0,
        };
        let moved = |at: usize, n: usize| {
            let by = isize::try_from(by).unwrap_or(0);
            at.saturating_add_signed(by).min(n.saturating_sub(1))
        };
        match &mut self.overlay {
            Some(Overlay::Search(search)) => {
                let n = search.hits.len();
                search.selected = moved(search.selected, n);
            }
            Some(Overlay::Command(line)) => {
                let n = line.offers.len();
                line.selected = moved(line.selected, n);
            }
            Some(Overlay::Runs(open)) => {
                open.selected = moved(open.selected, runs);
            }
            Some(Overlay::Help(row)) => {
                let next = i32::from(*row) + by;
                let next = next.clamp(0, i32::from(MOST_LINES));
                *row = u16::try_from(next).unwrap_or(0);
            }
            _ => {}
        }
    }

    /// Pages in the help.
    pub(super) fn scroll_overlay(&mut self, go: Go) {
        let page = i32::from((self.size.1 / 2).max(1));
        match go {
            Go::HalfDown => self.move_cursor(page),
            Go::HalfUp => self.move_cursor(-page),
            Go::Top => self.move_cursor(-i32::from(MOST_LINES)),
            Go::Bottom => self.move_cursor(i32::from(MOST_LINES)),
            _ => {}
        }
    }

    /// Leaves a text that is being typed on top of the screen.
    pub(super) fn leave_text(&mut self) {
        let Some(overlay) = self.overlay.take() else { return };
        let Overlay::Note(field) = overlay else { return };
        let note = field.text.trim().to_owned();
        let cell = self.lesson().map_or(0, |screen| screen.focus);
        let same = match self.cell_progress(cell) {
            Some(record) => record.note == note,
            None => note.is_empty(),
        };
        if same {
            return;
        }
        if let Some(record) = self.record(cell) {
            record.note = note;
            record.noted = record.sequence;
        }
    }

    fn confirm(&mut self) {
        let Some(Overlay::Confirm(confirm)) = self.overlay.take() else {
            return;
        };
        match confirm.then {
            Then::Solution => self.show_solution(),
            Then::Apply => self.apply_solution(),
            Then::ResetCell => {
                let cell = self.lesson().map_or(0, |screen| screen.focus);
                self.forget(cell);
            }
            Then::ResetLesson => {
                let n = self.lesson().map_or(0, |s| s.cells.len());
                (0..n).for_each(|cell| self.forget(cell));
            }
            Then::Quit => self.quit(),
        }
    }

    /// Forgets what was done in a cell; its runs stay.
    fn forget(&mut self, cell: usize) {
        let Some((lesson, _)) = self.focused() else { return };
        let Some(of) = lesson.cells.get(cell) else { return };
        if self.cell_progress(cell).is_some() {
            self.progress.forget(&lesson.id, of.id());
            self.memory.unsaved = true;
        }
        let live = self.live().is_some_and(|(_, of)| of == cell);
        if live {
            self.stop_all();
        }
        let number = self.model(cell).map(|(_, state)| state.number);
        if let Some(screen) = self.lesson_mut()
            && let Some(state) = screen.cells.get_mut(cell)
        {
            *state = state_of(of, None);
        }
        if let (Some(state), Some(number)) = (self.state_mut(cell), number)
        {
            state.number = number;
        }
    }

    /// Deals with the program itself.
    pub(super) fn program(&mut self, program: Program) {
        match program {
            Program::Home => self.leave_lesson(),
            Program::Quit => self.quit(),
            Program::Interrupt => self.interrupt(),
            Program::Suspend => self.memory.out.push(Effect::Suspend),
            Program::Redraw => self.memory.out.push(Effect::Redraw),
            Program::Export => self.export(),
            Program::Yank => self.yank(),
            Program::Bookmark => {
                let Some((_, cell)) = self.focused() else { return };
                if let Some(record) = self.record(cell) {
                    record.bookmark = !record.bookmark;
                    record.noted = record.sequence;
                }
            }
        }
    }

    /// Leaves: a run is stopped, so that its record can still be kept.
    pub(super) fn quit(&mut self) {
        self.stop_all();
        self.memory.unsaved = true;
        self.memory.out.push(Effect::Quit);
    }

    fn interrupt(&mut self) {
        let now = self.memory.now;
        let last = self.memory.interrupted.replace(now);
        if last.is_some_and(|last| now.saturating_sub(last) <= TWICE) {
            self.memory.interrupted = None;
            let text = self.word("Leave gargalo?", "Sair do gargalo?");
            let then = Then::Quit;
            self.overlay = Some(Overlay::Confirm(Confirm { text, then }));
        } else if self.trains() {
            self.stop_all();
            self.tell(
                "Stopped; the result so far is kept.",
                "Parado; o resultado até aqui fica guardado.",
            );
        } else {
            self.tell(
                "Nothing trains. Ctrl-c once more asks whether to leave.",
                "Nada treina. Ctrl-c de novo pergunta se você quer sair.",
            );
        }
    }
}
