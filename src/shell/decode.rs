//! The bytes a terminal sends as keys, mouse and pasted text.
//!
//! Bytes come in pieces of any length; what is not complete waits for the
//! next piece. A lone Escape is told from the beginning of a sequence by
//! time alone: whoever has waited long enough calls
//! [`give_up`](Decoder::give_up).

use crate::app::message::Key;
use crate::app::message::Message;
use crate::app::message::Mouse;

/// Takes bytes and gives messages.
#[derive(Debug, Default)]
pub struct Decoder {
    /// What is not complete yet.
    bytes: Vec<u8>,
    /// What is being pasted.
    paste: Option<Vec<u8>>,
}

/// So much pasted text is kept; an answer is shorter by far.
const LONGEST_PASTE: usize = 64 << 10;

/// No sequence is longer; what is was never meant as one.
const LONGEST_SEQUENCE: usize = 64;

const PASTE_END: &[u8] = b"\x1b[201~";

/// What the first bytes are.
#[derive(Debug, PartialEq)]
enum Step {
    /// Not complete.
    Wait,
    /// So many bytes, which mean this.
    Took(usize, Option<Message>),
    /// So many bytes, after which text is pasted.
    Paste(usize),
}

impl Decoder {
    /// Takes bytes in and gives what is complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Message> {
        self.bytes.extend_from_slice(bytes);
        let mut found = Vec::new();
        while !self.bytes.is_empty() {
            if self.paste.is_some() {
                match self.pasted() {
                    Some(text) => found.push(Message::Paste(text)),
                    None => break,
                }
                continue;
            }
            let taken = match step(&self.bytes) {
                Step::Wait => break,
                Step::Took(n, message) => {
                    found.extend(message);
                    n
                }
                Step::Paste(n) => {
                    self.paste = Some(Vec::new());
                    n
                }
            };
            self.bytes.drain(..taken);
        }
        found
    }

    /// Whether a key may be incomplete.
    pub fn waits(&self) -> bool {
        self.paste.is_none() && !self.bytes.is_empty()
    }

    /// Nothing more came: an Escape was the key Escape.
    pub fn give_up(&mut self) -> Vec<Message> {
        if !self.waits() {
            return Vec::new();
        }
        let first = self.bytes.remove(0);
        let mut found = Vec::new();
        if first == 0x1b {
            found.push(Message::Key(Key::Esc));
        }
        found.extend(self.feed(&[]));
        found
    }

    /// The text that is being pasted, when its end has come.
    fn pasted(&mut self) -> Option<String> {
        let paste = self.paste.as_mut()?;
        let end = self
            .bytes
            .windows(PASTE_END.len())
            .position(|window| window == PASTE_END);
        // Without an end, the last bytes may be its beginning.
        let n = end.unwrap_or_else(|| {
            self.bytes.len().saturating_sub(PASTE_END.len() - 1)
        });
        let room = LONGEST_PASTE.saturating_sub(paste.len());
        paste.extend(self.bytes.drain(..n).take(room));
        end?;
        self.bytes.drain(..PASTE_END.len());
        let text = self.paste.take()?;
        Some(String::from_utf8_lossy(&text).into_owned())
    }
}

fn step(bytes: &[u8]) -> Step {
    let key = |key| Step::Took(1, Some(Message::Key(key)));
    match bytes[0] {
        0x1b => escape(bytes),
        b'\r' => key(Key::Enter),
        b'\t' => key(Key::Tab),
        // Delete, or the Backspace of old terminals.
        0x7f | 0x08 => key(Key::Backspace),
        control @ 0x01..=0x1a => {
            key(Key::Ctrl(char::from(control - 1 + b'a')))
        }
        0x00..=0x1f => Step::Took(1, None),
        _ => character(bytes),
    }
}

/// One character of UTF-8.
fn character(bytes: &[u8]) -> Step {
    let length = match bytes[0] {
        0x00..=0x7f => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Step::Took(1, None),
    };
    let Some(first) = bytes.get(..length) else {
        let follows = bytes[1..].iter().all(|byte| byte & 0xc0 == 0x80);
        return if follows { Step::Wait } else { Step::Took(1, None) };
    };
    let text = std::str::from_utf8(first).ok();
    match text.and_then(|text| text.chars().next()) {
        // C1 controls are no text.
        Some(c) if c.is_control() => Step::Took(length, None),
        Some(c) => Step::Took(length, Some(Message::Key(Key::Char(c)))),
        None => Step::Took(1, None),
    }
}

fn escape(bytes: &[u8]) -> Step {
    match bytes.get(1) {
        None => Step::Wait,
        Some(b'[') => sequence(bytes),
        Some(b'O') => match bytes.get(2) {
            None => Step::Wait,
            Some(b'M') => Step::Took(3, Some(Message::Key(Key::Enter))),
            Some(last) => {
                let key = named(*last);
                Step::Took(3, key.map(Message::Key))
            }
        },
        // Alt means nothing here: Escape, and then the other key.
        Some(_) => Step::Took(1, Some(Message::Key(Key::Esc))),
    }
}

/// A control sequence: parameters, and the letter that ends it.
fn sequence(bytes: &[u8]) -> Step {
    // The Linux console's function keys, and the mouse of old terminals.
    for (third, length) in [(b'[', 4), (b'M', 6)] {
        if bytes.get(2) == Some(&third) {
            return match bytes.len() >= length {
                true => Step::Took(length, None),
                false => Step::Wait,
            };
        }
    }
    let rest = &bytes[2..];
    let end = rest.iter().position(|byte| !(0x20..=0x3f).contains(byte));
    let Some(end) = end else {
        return match bytes.len() > LONGEST_SEQUENCE {
            true => Step::Took(bytes.len(), None),
            false => Step::Wait,
        };
    };
    if !(0x40..=0x7e).contains(&rest[end]) {
        // Broken off by something else, which is read anew.
        return Step::Took(2 + end, None);
    }
    let length = end + 3;
    let text = std::str::from_utf8(&rest[..end]).unwrap_or_default();
    if rest[end] == b'~' && text == "200" {
        return Step::Paste(length);
    }
    Step::Took(length, meaning(text, rest[end]))
}

fn meaning(text: &str, last: u8) -> Option<Message> {
    if let Some(text) = text.strip_prefix('<') {
        return mouse(text, last).map(Message::Mouse);
    }
    let numbers: Vec<u16> =
        text.split(';').map(|n| n.parse().unwrap_or(0)).collect();
    let held = numbers.get(1).map_or(0, |n| n.saturating_sub(1));
    let (shift, control) = (held & 1 != 0, held & 4 != 0);
    if control {
        return None;
    }
    let key = match (last, numbers[0]) {
        (b'Z', _) => Key::BackTab,
        (b'D', _) if shift => Key::ShiftLeft,
        (b'C', _) if shift => Key::ShiftRight,
        (b'~', 1 | 7) => Key::Home,
        (b'~', 4 | 8) => Key::End,
        (b'~', 3) => Key::Delete,
        (b'~', 5) => Key::PageUp,
        (b'~', 6) => Key::PageDown,
        (last, _) => named(last)?,
    };
    Some(Message::Key(key))
}

/// The keys that end a sequence with a letter of their own.
fn named(last: u8) -> Option<Key> {
    Some(match last {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'H' => Key::Home,
        b'F' => Key::End,
        _ => return None,
    })
}

/// What the mouse did, in the form of the mode 1006: buttons, column and
/// row from 1; `M` pressed, `m` let go.
fn mouse(text: &str, last: u8) -> Option<Mouse> {
    let mut numbers = text.split(';').map(|n| n.parse::<u16>().ok());
    let (button, x, y) =
        (numbers.next()??, numbers.next()??, numbers.next()??);
    let (x, y) = (x.checked_sub(1)?, y.checked_sub(1)?);
    // Shift, Alt and Ctrl do not matter.
    match (button & !0b1_1100, last) {
        (0, b'M') => Some(Mouse::Click(x, y)),
        (32, b'M') => Some(Mouse::Drag(x, y)),
        (64, b'M') => Some(Mouse::Up(x, y)),
        (65, b'M') => Some(Mouse::Down(x, y)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(bytes: &[u8]) -> Vec<Message> {
        let mut decoder = Decoder::default();
        let mut found = decoder.feed(bytes);
        while decoder.waits() {
            found.extend(decoder.give_up());
        }
        found
    }

    fn one(bytes: &[u8], key: Key) {
        assert_eq!(keys(bytes), [Message::Key(key)], "{bytes:?}");
    }

    #[test]
    fn keys_have_the_bytes_that_terminals_send() {
        one(b"q", Key::Char('q'));
        one("é".as_bytes(), Key::Char('é'));
        one(b"\r", Key::Enter);
        one(b"\x03", Key::Ctrl('c'));
        one(b"\x1a", Key::Ctrl('z'));
        one(b"\x7f", Key::Backspace);
        one(b"\x08", Key::Backspace);
        one(b"\x1b", Key::Esc);
        one(b"\x1b[A", Key::Up);
        one(b"\x1bOB", Key::Down);
        one(b"\x1b[1;2C", Key::ShiftRight);
        one(b"\x1b[1;3C", Key::Right);
        one(b"\x1b[Z", Key::BackTab);
        one(b"\x1b[3~", Key::Delete);
        one(b"\x1b[6~", Key::PageDown);
        one(b"\x1b[7~", Key::Home);
        assert_eq!(keys(b"\x1b[1;5C"), []);
        assert_eq!(keys(b"\x1b[15~\x1b[[A\x1b[I\x00"), []);
    }

    #[test]
    fn the_mouse_clicks_drags_and_turns_its_wheel() {
        let clicked = Message::Mouse(Mouse::Click(9, 4));
        assert_eq!(keys(b"\x1b[<0;10;5M\x1b[<0;10;5m"), [clicked]);
        let dragged = Message::Mouse(Mouse::Drag(0, 0));
        assert_eq!(keys(b"\x1b[<32;1;1M"), [dragged]);
        let turned = Message::Mouse(Mouse::Down(299, 1));
        assert_eq!(keys(b"\x1b[<69;300;2M"), [turned]);
        assert_eq!(keys(b"\x1b[<0;0;0M\x1b[<2;1;1M\x1b[<;1M"), []);
        assert_eq!(keys(b"\x1b[M !!"), []);
    }

    #[test]
    fn escape_and_a_key_are_two_keys() {
        let both = [Key::Esc, Key::Char('j')].map(Message::Key);
        assert_eq!(keys(b"\x1bj"), both);
        let both = [Key::Esc, Key::Up].map(Message::Key);
        assert_eq!(keys(b"\x1b\x1b[A"), both);
    }

    #[test]
    fn a_paste_is_one_message_whatever_is_in_it() {
        let bytes = b"\x1b[200~q \x1b[A\xc3\xa9\n\x1b[201~j";
        let pasted = Message::Paste("q \x1b[Aé\n".to_owned());
        let all = [pasted, Message::Key(Key::Char('j'))];
        assert_eq!(keys(bytes), all);
        let mut decoder = Decoder::default();
        decoder.feed(b"\x1b[200~");
        let flood = vec![b'x'; 10 * LONGEST_PASTE];
        assert_eq!(decoder.feed(&flood), []);
        match decoder.feed(PASTE_END).as_slice() {
            [Message::Paste(text)] => {
                assert_eq!(text.len(), LONGEST_PASTE);
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn pieces_of_any_length_mean_the_same() {
        let bytes = "jé∎😀\x1b[A\x1bOB\x1b[<0;10;5M\x1b[200~aé\x1b[201~q";
        let whole = keys(bytes.as_bytes());
        assert_eq!(whole.len(), 9);
        for size in 1..bytes.len() {
            let mut decoder = Decoder::default();
            let pieces = bytes.as_bytes().chunks(size);
            let found: Vec<_> =
                pieces.flat_map(|piece| decoder.feed(piece)).collect();
            assert_eq!(found, whole, "pieces of {size}");
        }
    }

    #[test]
    fn no_bytes_make_it_panic_or_grow() {
        let mut state = 1u32;
        let mut decoder = Decoder::default();
        for _ in 0..20_000 {
            let mut piece = [0u8; 7];
            for byte in &mut piece {
                state = state.wrapping_mul(1_664_525).wrapping_add(9);
                let wild = (state >> 24) as u8;
                *byte = match wild % 5 {
                    0 => 0x1b,
                    1 => b'[',
                    2 => b"0;<~MAm2"[usize::from(wild / 5) % 8],
                    _ => wild,
                };
            }
            decoder.feed(&piece);
            assert!(decoder.bytes.len() <= LONGEST_SEQUENCE + 8);
            if state.is_multiple_of(11) {
                decoder.give_up();
            }
        }
    }
}
