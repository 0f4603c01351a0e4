//! A line of text being edited.
//!
//! The keys are those of a shell: arrows, Home and End, Ctrl-a and Ctrl-e,
//! Ctrl-w for a word, Ctrl-u for all of it.

use crate::app::message::Key;
use crate::app::state::Field;

/// The longest text a field takes, in characters.
pub const LONGEST: usize = 2_000;

impl Field {
    /// A field that is being typed into, with the cursor at the end.
    pub fn editing(text: &str) -> Self {
        let text: String = text.chars().take(LONGEST).collect();
        let cursor = text.chars().count();
        Self { text, cursor, active: true }
    }

    /// Whether a key belongs to a field: it types or edits.
    pub fn takes(key: Key) -> bool {
        match key {
            Key::Char(c) => !c.is_control(),
            Key::Backspace
            | Key::Delete
            | Key::Left
            | Key::Right
            | Key::Home
            | Key::End => true,
            Key::Ctrl(c) => matches!(c, 'a' | 'e' | 'u' | 'w'),
            _ => false,
        }
    }

    /// Types or edits.
    pub fn press(&mut self, key: Key) {
        match key {
            Key::Char(c) if !c.is_control() => self.insert(c),
            Key::Backspace => self.erase_back(1),
            Key::Delete => self.erase_here(),
            Key::Left => self.cursor = self.cursor.saturating_sub(1),
            Key::Right => self.cursor = self.len().min(self.cursor + 1),
            Key::Home | Key::Ctrl('a') => self.cursor = 0,
            Key::End | Key::Ctrl('e') => self.cursor = self.len(),
            Key::Ctrl('w') => self.erase_back(self.word()),
            Key::Ctrl('u') => self.erase_back(self.cursor),
            _ => {}
        }
    }

    /// Inserts text; line ends become spaces.
    pub fn paste(&mut self, text: &str) {
        for c in text.chars().take(LONGEST) {
            self.insert(if c.is_control() { ' ' } else { c });
        }
    }

    /// Replaces the text.
    pub fn set(&mut self, text: &str) {
        let active = self.active;
        *self = Self { active, ..Self::editing(text) };
    }

    fn len(&self) -> usize {
        self.text.chars().count()
    }

    /// The byte at which a character begins.
    fn byte(&self, place: usize) -> usize {
        let mut starts = self.text.char_indices().map(|(byte, _)| byte);
        starts.nth(place).unwrap_or(self.text.len())
    }

    fn insert(&mut self, c: char) {
        if self.len() < LONGEST {
            let byte = self.byte(self.cursor);
            self.text.insert(byte, c);
            self.cursor += 1;
        }
    }

    fn erase_back(&mut self, n: usize) {
        let from = self.cursor.saturating_sub(n);
        let bytes = self.byte(from)..self.byte(self.cursor);
        self.text.replace_range(bytes, "");
        self.cursor = from;
    }

    fn erase_here(&mut self) {
        let bytes = self.byte(self.cursor)..self.byte(self.cursor + 1);
        self.text.replace_range(bytes, "");
    }

    /// Characters back to the beginning of the word before the cursor.
    fn word(&self) -> usize {
        let before: Vec<char> =
            self.text.chars().take(self.cursor).collect();
        let mut back = before.iter().rev();
        let spaces = back.clone().take_while(|c| **c == ' ').count();
        let letters = back.by_ref().skip(spaces);
        spaces + letters.take_while(|c| **c != ' ').count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editing_counts_characters_not_bytes() {
        let mut field = Field::editing("ação");
        field.press(Key::Left);
        field.press(Key::Backspace);
        assert_eq!((field.text.as_str(), field.cursor), ("aço", 2));
        field.press(Key::Char('ã'));
        field.press(Key::Home);
        field.press(Key::Delete);
        assert_eq!(field.text, "ção");
    }

    #[test]
    fn a_word_goes_with_the_space_behind_it() {
        let mut field = Field::editing("set learning-rate ");
        field.press(Key::Ctrl('w'));
        assert_eq!(field.text, "set ");
        field.press(Key::Ctrl('u'));
        assert_eq!(field, Field::editing(""));
    }

    #[test]
    fn a_flood_of_text_is_cut() {
        let mut field = Field::editing("");
        field.paste(&"x\n".repeat(LONGEST));
        assert_eq!(field.text.len(), LONGEST);
        assert!(!field.text.contains('\n'));
    }
}
