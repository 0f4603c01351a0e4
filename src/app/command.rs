//! The command line: every action by name, and a few words more.

use crate::app::action::Action;
use crate::app::action::Go;
use crate::app::action::Run;
use crate::app::keymap;
use crate::app::looks::LANGUAGES;
use crate::app::looks::PICTURES;
use crate::app::looks::THEMES;
use crate::app::place::Place;
use crate::app::state::App;
use crate::app::state::Entry;
use crate::app::state::Overlay;
use crate::lesson::knob_read::nearest;

/// Commands that take a word, with what they are for.
const WITH_WORDS: [&str; 6] =
    ["goto", "lang", "render", "run", "set", "theme"];

/// Most offers that are listed.
const MOST_OFFERS: usize = 50;

impl App {
    /// Finds what the command line can be completed to.
    pub(super) fn offer(&mut self) {
        let Some(Overlay::Command(line)) = &self.overlay else { return };
        let typed = line.field.text.trim_start().to_owned();
        let offers = match typed.split_once(' ') {
            None => begun(&typed, self.commands()),
            Some((command, rest)) => {
                let lead = rest.rsplit_once(' ').map_or("", |(l, _)| l);
                let last = rest.rsplit(' ').next().unwrap_or("");
                let head = [command, lead].join(" ");
                let words = self.words_after(head.trim());
                let full = words
                    .into_iter()
                    .map(|word| format!("{} {word}", head.trim()));
                begun(&format!("{} {last}", head.trim()), full)
            }
        };
        if let Some(Overlay::Command(line)) = &mut self.overlay {
            line.offers = offers;
            line.selected = 0;
        }
    }

    /// The names of the commands that do something here.
    fn commands(&self) -> Vec<String> {
        let place = Place::below(self);
        let rows = keymap::rows().filter(|row| (row.when)(&place));
        let names = rows.filter(|row| sayable(row.action));
        let mut names: Vec<String> =
            names.map(|row| row.name.to_owned()).collect();
        names.extend(WITH_WORDS.map(str::to_owned));
        names.extend(["quit", "runs"].map(str::to_owned));
        names.sort();
        names.dedup();
        names
    }

    /// What can follow the words typed so far.
    fn words_after(&self, words: &str) -> Vec<String> {
        let names = |words: &[&str]| -> Vec<String> {
            words.iter().map(|word| (*word).to_owned()).collect()
        };
        match words.split_whitespace().collect::<Vec<_>>()[..] {
            ["goto"] => self.places(),
            ["lang"] => names(&LANGUAGES),
            ["render"] => names(&PICTURES.map(|(name, _)| name)),
            ["theme"] => names(&THEMES.map(|(name, _)| name)),
            ["run"] => names(&["all"]),
            ["set"] => {
                let cell = self.lesson().map_or(0, |s| s.focus);
                let model = self.model(cell).map(|(model, _)| model);
                let knobs = model.into_iter().flat_map(|m| &m.knobs);
                knobs.map(|k| k.id.info().name.to_owned()).collect()
            }
            ["set", name] => self.values_of(name),
            _ => Vec::new(),
        }
    }

    /// The lessons and the cells of the open one.
    fn places(&self) -> Vec<String> {
        let lessons = self.course.iter().filter_map(|entry| match entry {
            Entry::Open(lesson) => Some(lesson.id.clone()),
            Entry::Broken(..) => None,
        });
        let cells = self.lesson().into_iter().flat_map(|screen| {
            screen.lesson.cells.iter().map(|cell| cell.id().to_owned())
        });
        lessons.chain(cells).collect()
    }

    fn values_of(&self, name: &str) -> Vec<String> {
        use crate::lesson::knob_turn::Range;
        let cell = self.lesson().map_or(0, |screen| screen.focus);
        let Some((model, _)) = self.model(cell) else { return Vec::new() };
        let mut knobs = model.knobs.iter();
        let knob = knobs.find(|knob| knob.id.info().name == name);
        match knob.map(|knob| knob.range()) {
            Some(Range::Words(words)) => words,
            Some(Range::Switch) => vec!["off".to_owned(), "on".to_owned()],
            _ => Vec::new(),
        }
    }

    /// Completes the command: first as far as all offers agree, then goes
    /// through the offers.
    pub(super) fn complete(&mut self, by: isize) {
        let Some(Overlay::Command(line)) = &mut self.overlay else {
            return;
        };
        let Some(first) = line.offers.first() else { return };
        let common = line.offers.iter().fold(first.clone(), |common, o| {
            let same = common.chars().zip(o.chars());
            same.take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
        });
        let typed = line.field.text.trim_start();
        if common.len() > typed.len() {
            line.field.set(&common);
            return self.offer();
        }
        let n = line.offers.len();
        if line.offers.get(line.selected).is_some_and(|o| o == typed) {
            let next = (line.selected + n).saturating_add_signed(by);
            line.selected = next.checked_rem(n).unwrap_or(0);
        }
        if let Some(offer) = line.offers.get(line.selected).cloned() {
            line.field.set(&offer);
        }
    }

    /// Does what is typed, or the offer under the cursor if nothing is.
    pub(super) fn obey(&mut self) {
        let Some(Overlay::Command(line)) = self.overlay.take() else {
            return;
        };
        let typed = line.field.text.trim().to_owned();
        if let Err(why) = self.command(&typed) {
            self.notice = Some(why);
        }
    }

    fn command(&mut self, typed: &str) -> Result<(), String> {
        let words: Vec<&str> = typed.split_whitespace().collect();
        match words[..] {
            [] => Ok(()),
            ["goto", place] => self.goto(place),
            ["lang", language] => {
                self.speak(language);
                Ok(())
            }
            ["theme", name] => {
                let place = place_of(&THEMES, name)?;
                self.choose_theme(place);
                Ok(())
            }
            ["render", name] => {
                let place = place_of(&PICTURES, name)?;
                self.choose_pictures(place);
                Ok(())
            }
            ["set", name, value] => self.set_named(name, value),
            ["set", pair] => match pair.split_once('=') {
                Some((name, value)) => self.set_named(name, value),
                None => Err(self.word(
                    "Write a knob and a value: set learning-rate 0.01.",
                    "Escreva um botão e um valor: set learning-rate 0.01.",
                )),
            },
            ["run", "all"] => self.by_name("run-all"),
            ["runs"] => self.by_name("history"),
            ["quit"] => {
                self.quit();
                Ok(())
            }
            ["lang" | "theme" | "render" | "set" | "goto"] => {
                Err(self.needs_word(typed))
            }
            [name] => self.by_name(name),
            _ => Err(self.unknown(typed)),
        }
    }

    /// Does an action by its name, where it works.
    fn by_name(&mut self, name: &str) -> Result<(), String> {
        let place = Place::below(self);
        let mut rows = keymap::rows()
            .filter(|row| row.name == name && sayable(row.action))
            .peekable();
        if rows.peek().is_none() {
            return Err(self.unknown(name));
        }
        match rows.find(|row| (row.when)(&place)) {
            Some(row) => {
                self.perform(row.action, None);
                Ok(())
            }
            None if name == "run" => {
                self.perform(Action::Run(Run::Start), None);
                Ok(())
            }
            None => Err(self.word(
                &format!("`{name}` does nothing here; ? shows what does."),
                &format!("`{name}` não faz nada aqui; ? mostra o que faz."),
            )),
        }
    }

    /// Goes to a lesson, or to a cell of the open one.
    fn goto(&mut self, place: &str) -> Result<(), String> {
        let (lesson, cell) = match place.split_once('/') {
            Some((lesson, cell)) => (lesson, Some(cell)),
            None => (place, None),
        };
        if let Some(index) = self.find_lesson(lesson) {
            if self.lesson().map(|screen| screen.index) != Some(index) {
                self.open_lesson(index);
            }
            return match cell {
                Some(cell) => self.goto_cell(cell),
                None => Ok(()),
            };
        }
        self.goto_cell(place)
    }

    fn goto_cell(&mut self, place: &str) -> Result<(), String> {
        let none = self.word(
            &format!("There is no lesson or cell `{place}`."),
            &format!("Não há aula nem célula `{place}`."),
        );
        let Some((lesson, _)) = self.focused() else { return Err(none) };
        let mut cells = lesson.cells.iter();
        let number = place.parse::<usize>().ok();
        let cell = cells
            .position(|cell| cell.id() == place)
            .or_else(|| number.and_then(|n| n.checked_sub(1)))
            .ok_or(none)?;
        self.focus_on(cell);
        Ok(())
    }

    fn needs_word(&self, command: &str) -> String {
        let words = self.words_after(command).join(", ");
        self.word(
            &format!("`{command}` needs a word: {words}."),
            &format!("`{command}` precisa de uma palavra: {words}."),
        )
    }

    fn unknown(&self, typed: &str) -> String {
        let known: Vec<&str> = keymap::rows()
            .filter(|row| sayable(row.action))
            .map(|row| row.name)
            .chain(WITH_WORDS)
            .chain(["runs"])
            .collect();
        match nearest(typed, known.into_iter()) {
            Some(near) => self.word(
                &format!("There is no command `{typed}`; try `{near}`."),
                &format!("Não há comando `{typed}`; tente `{near}`."),
            ),
            None => self.word(
                &format!("There is no command `{typed}`; ? lists all."),
                &format!("Não há comando `{typed}`; ? lista todos."),
            ),
        }
    }
}

/// Whether an action makes sense without the key that brings it: not the
/// ones that take a digit or move in a list.
fn sayable(action: Action) -> bool {
    use crate::app::action::Ask;
    use crate::app::action::Knob;
    use crate::app::action::Look;
    !matches!(
        action,
        Action::List(_)
            | Action::Type(_)
            | Action::Go(Go::Count | Go::Number)
            | Action::Ask(Ask::Digit)
            | Action::Look(Look::Choose)
            | Action::Knob(Knob::Digit | Knob::Set)
    )
}

/// The place of a name in a table.
fn place_of<T>(table: &[(&str, T)], name: &str) -> Result<usize, String> {
    table.iter().position(|(known, _)| *known == name).ok_or_else(|| {
        let names: Vec<&str> =
            table.iter().map(|(name, _)| *name).collect();
        format!("`{name}` is none of {}.", names.join(", "))
    })
}

/// The words that begin like what is typed.
fn begun(
    typed: &str,
    words: impl IntoIterator<Item = String>,
) -> Vec<String> {
    let words = words.into_iter().filter(|word| word.starts_with(typed));
    words.take(MOST_OFFERS).collect()
}
