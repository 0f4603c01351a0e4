//! The keys, as data.
//!
//! Every binding is one [`Row`]: the keys, the condition on the [`Place`]
//! under which they work, what they mean, and the words the bottom line
//! and the help show. Nothing else in the program knows a key by name.
//!
//! The rule: `j` and `k` go from cell to cell, Tab goes through the items
//! inside the cell in focus (knobs and then pictures, options, steps), `h`
//! and `l` turn what the cursor is on, Enter answers, Space runs.

mod layers;
mod model;
mod notebook;
mod program;
mod when;

use crate::app::action::Action;
use crate::app::action::Go;
use crate::app::message::Key;
use crate::app::place::Place;
use crate::app::state::App;
use crate::app::state::Field;

/// One binding.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The name of the action on the command line.
    pub name: &'static str,
    /// What it means.
    pub action: Action,
    /// The keys, the one to show first; none for what has only a name.
    pub strokes: &'static [Stroke],
    /// Where it works.
    pub when: fn(&Place) -> bool,
    /// How much it deserves a place in the bottom line; 0 is not at all.
    pub rank: u8,
    /// A word or two for the bottom line.
    pub label: Words,
    /// A sentence for the help.
    pub help: Words,
}

/// Something said in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// In English.
    pub en: &'static str,
    /// In Portuguese.
    pub pt: &'static str,
}

/// What is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// One key.
    One(Key),
    /// Two characters, one after the other.
    Two(char, char),
    /// A digit from 1 to 9.
    Digit,
    /// A number and a character.
    Counted(char),
}

/// What a key means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// An action.
    Do(Action),
    /// The beginning of something longer, all of it so far.
    Wait(String),
    /// A key for the text that is being typed.
    Text,
    /// Nothing here.
    Nothing,
}

/// All rows, in the order of the help.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    let tables = [notebook::ROWS, model::ROWS, layers::ROWS, program::ROWS];
    tables.into_iter().flatten()
}

/// The rows that work now, those for the bottom line first and the most
/// useful of them before the others.
pub fn rows_for(app: &App) -> Vec<&'static Row> {
    rows_at(&Place::of(app))
}

/// The rows that work in a place, in the same order.
pub fn rows_at(place: &Place) -> Vec<&'static Row> {
    let mut valid: Vec<_> = rows()
        .filter(|row| !row.strokes.is_empty() && (row.when)(place))
        .collect();
    valid.sort_by_key(|row| std::cmp::Reverse(row.rank));
    valid
}

/// The row of an action that has this name.
pub fn named(name: &str) -> Option<&'static Row> {
    rows().find(|row| row.name == name)
}

/// What a key means in a place, after the keys that are pending.
pub fn meaning(place: &Place, pending: &str, key: Key) -> Meaning {
    if pending == "g" {
        let Key::Char(second) = key else { return Meaning::Nothing };
        return find(place, Stroke::Two('g', second));
    }
    if let (false, Key::Char(c)) = (pending.is_empty(), key) {
        if c.is_ascii_digit() {
            return Meaning::Do(Action::Go(Go::Count));
        }
        let found = find(place, Stroke::Counted(c));
        if found != Meaning::Nothing {
            return found;
        }
    }
    let found = find(place, Stroke::One(key));
    if found != Meaning::Nothing {
        return found;
    }
    match key {
        key if place.typing() && Field::takes(key) => Meaning::Text,
        Key::Char('1'..='9') => find(place, Stroke::Digit),
        Key::Char('g') if place.free() => Meaning::Wait("g".to_owned()),
        _ => Meaning::Nothing,
    }
}

fn find(place: &Place, stroke: Stroke) -> Meaning {
    rows()
        .find(|row| row.strokes.contains(&stroke) && (row.when)(place))
        .map_or(Meaning::Nothing, |row| Meaning::Do(row.action))
}

impl Row {
    /// The keys as text: `j`, `Ctrl-d`, `gg`, `1-9`, `<n>G`.
    pub fn keys(&self) -> Vec<String> {
        self.strokes.iter().map(Stroke::to_string).collect()
    }

    /// The label in a language.
    pub fn label(&self, language: &str) -> &'static str {
        self.label.say(language)
    }

    /// The help in a language.
    pub fn help(&self, language: &str) -> &'static str {
        self.help.say(language)
    }

    const fn say(mut self, en: &'static str, pt: &'static str) -> Self {
        self.label = Words { en, pt };
        self
    }

    const fn help_with(
        mut self,
        en: &'static str,
        pt: &'static str,
    ) -> Self {
        self.help = Words { en, pt };
        self
    }
}

impl Words {
    /// The words in a language; English unless it is Portuguese.
    pub fn say(&self, language: &str) -> &'static str {
        if language.starts_with("pt") { self.pt } else { self.en }
    }
}

impl std::fmt::Display for Stroke {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::One(key) => f.write_str(&name(*key)),
            Self::Two(a, b) => write!(f, "{a}{b}"),
            Self::Digit => f.write_str("1-9"),
            Self::Counted(c) => write!(f, "<n>{c}"),
        }
    }
}

/// The name of a key, in ASCII.
pub fn name(key: Key) -> String {
    match key {
        Key::Char(' ') => "Space".to_owned(),
        Key::Char(c) => c.to_string(),
        Key::Ctrl(c) => format!("Ctrl-{c}"),
        Key::ShiftLeft => "Shift-Left".to_owned(),
        Key::ShiftRight => "Shift-Right".to_owned(),
        Key::BackTab => "Shift-Tab".to_owned(),
        Key::PageUp => "PgUp".to_owned(),
        Key::PageDown => "PgDn".to_owned(),
        other => format!("{other:?}"),
    }
}

const fn row(
    name: &'static str,
    action: Action,
    strokes: &'static [Stroke],
    when: fn(&Place) -> bool,
    rank: u8,
) -> Row {
    let none = Words { en: "", pt: "" };
    Row { name, action, strokes, when, rank, label: none, help: none }
}

const fn key(c: char) -> Stroke {
    Stroke::One(Key::Char(c))
}

const fn ctrl(c: char) -> Stroke {
    Stroke::One(Key::Ctrl(c))
}

const UP: Stroke = Stroke::One(Key::Up);
const DOWN: Stroke = Stroke::One(Key::Down);
const LEFT: Stroke = Stroke::One(Key::Left);
const RIGHT: Stroke = Stroke::One(Key::Right);
const TAB: Stroke = Stroke::One(Key::Tab);
const BACK_TAB: Stroke = Stroke::One(Key::BackTab);
const ENTER: Stroke = Stroke::One(Key::Enter);
const ESC: Stroke = Stroke::One(Key::Esc);
const SPACE: Stroke = Stroke::One(Key::Char(' '));

#[cfg(test)]
mod tests;
