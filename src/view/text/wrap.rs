//! Breaks text into lines between words.
//!
//! A word is what stands between blanks, however many styles it has. A word
//! that is wider than the line is broken between characters.

use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A piece of text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    pub style: Style,
    pub blanks: Blanks,
}

/// What the blanks of a piece mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blanks {
    /// Any number of them ends a word.
    Break,
    /// They hold the piece together if it fits on a line.
    Hold,
    /// The piece is nothing but the end of a line.
    EndLine,
}

/// Wraps styled text to a width of at least one column.
pub(super) fn wrap(pieces: &[Piece], width: usize) -> Vec<Line<'static>> {
    let mut filler = Filler::new(width.max(1));
    for piece in pieces {
        match piece.blanks {
            Blanks::EndLine => filler.end_line(),
            Blanks::Hold if columns(&piece.text) <= width.min(24) => {
                filler.append(&piece.text, piece.style);
            }
            Blanks::Hold | Blanks::Break => {
                let mut rest = piece.text.as_str();
                while !rest.is_empty() {
                    let blank =
                        |c: char| c == ' ' || c == '\n' || c == '\t';
                    let end = rest.find(blank).unwrap_or(rest.len());
                    let (word, after) = rest.split_at(end);
                    filler.append(word, piece.style);
                    rest = after.trim_start_matches(blank);
                    if rest.len() < after.len() {
                        filler.end_word(piece.style);
                    }
                }
            }
        }
    }
    filler.finish()
}

/// Wraps text without styles.
pub(super) fn plain(text: &str, width: usize) -> Vec<String> {
    let (style, blanks) = (Style::new(), Blanks::Break);
    let piece = Piece { text: text.to_owned(), style, blanks };
    wrap(&[piece], width).iter().map(Line::to_string).collect()
}

/// The columns a text takes when it is drawn character by character. A few
/// scripts join letters into narrower ones, which no terminal cell does.
pub(super) fn columns(text: &str) -> usize {
    match text.is_ascii() {
        true => text.width(),
        false => text.graphemes(true).map(UnicodeWidthStr::width).sum(),
    }
}

/// The longest beginning of a text within a width, and the rest. At least
/// one character is taken, so that the rest grows shorter.
pub(super) fn split(text: &str, width: usize) -> (&str, &str) {
    let mut taken = 0;
    for (at, symbol) in text.grapheme_indices(true) {
        taken += symbol.width();
        if taken > width && at > 0 {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// Collects words into lines.
struct Filler {
    width: usize,
    lines: Vec<Line<'static>>,
    line: Vec<Span<'static>>,
    used: usize,
    /// The blank before the word, if it is not the first of its line.
    blank: Option<Style>,
    word: Vec<Span<'static>>,
}

impl Filler {
    fn new(width: usize) -> Self {
        Self {
            width,
            lines: Vec::new(),
            line: Vec::new(),
            used: 0,
            blank: None,
            word: Vec::new(),
        }
    }

    /// Adds to the word that has begun.
    fn append(&mut self, text: &str, style: Style) {
        if !text.is_empty() {
            self.word.push(Span::styled(text.to_owned(), style));
        }
    }

    /// Puts the word on this line or the next; a blank in `style` follows.
    fn end_word(&mut self, style: Style) {
        self.place_word();
        self.blank = Some(style);
    }

    fn place_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if word.is_empty() {
            return;
        }
        let width: usize =
            word.iter().map(|span| columns(&span.content)).sum();
        let gap = usize::from(self.used > 0 && self.blank.is_some());
        if self.used > 0 && self.used + gap + width > self.width {
            self.break_line();
        } else if gap > 0 {
            let style = self.blank.unwrap_or_default();
            self.push(Span::styled(" ", style));
        }
        self.blank = None;
        for span in word {
            self.push_broken(&span);
        }
    }

    /// Adds a span, broken wherever the line is full.
    fn push_broken(&mut self, span: &Span<'static>) {
        let mut rest: &str = &span.content;
        while !rest.is_empty() {
            if self.used >= self.width {
                self.break_line();
            }
            let room = self.width - self.used;
            let (part, after) = split(rest, room);
            if columns(part) > room && self.used > 0 {
                self.break_line();
                continue;
            }
            self.push(Span::styled(part.to_owned(), span.style));
            rest = after;
        }
    }

    /// Adds to the line, joined to the span before if it looks the same.
    fn push(&mut self, span: Span<'static>) {
        self.used += columns(&span.content);
        match self.line.last_mut() {
            Some(last) if last.style == span.style => {
                last.content.to_mut().push_str(&span.content);
            }
            _ => self.line.push(span),
        }
    }

    fn break_line(&mut self) {
        self.lines.push(Line::from(std::mem::take(&mut self.line)));
        self.used = 0;
        self.blank = None;
    }

    fn end_line(&mut self) {
        self.place_word();
        self.break_line();
    }

    fn finish(mut self) -> Vec<Line<'static>> {
        self.place_word();
        if !self.line.is_empty() {
            self.break_line();
        }
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(plain("one two  three", 7), ["one two", "three"]);
        assert_eq!(plain("one two", 3), ["one", "two"]);
        assert_eq!(plain("", 5), Vec::<String>::new());
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken() {
        assert_eq!(
            plain("a abcdefgh b", 3),
            ["a", "abc", "def", "gh", "b"]
        );
        assert_eq!(
            plain("x\u{302}x\u{302}y", 2),
            ["x\u{302}x\u{302}", "y"]
        );
        assert_eq!(plain("数据", 3), ["数", "据"]);
    }

    #[test]
    fn styles_do_not_end_words() {
        let piece = |text: &str, style| Piece {
            text: text.to_owned(),
            style,
            blanks: Blanks::Break,
        };
        let bold = Style::new().bold();
        let pieces = [
            piece("a ", Style::new()),
            piece("bc", bold),
            piece("d e", Style::new()),
        ];
        let lines: Vec<String> =
            wrap(&pieces, 4).iter().map(Line::to_string).collect();
        assert_eq!(lines, ["a", "bcd", "e"]);
    }
}
