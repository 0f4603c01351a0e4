//! Every special character of the view, each with its ASCII form.

use crate::view::text::ascii::ascii;
use std::borrow::Cow;

/// A character and what stands for it where only ASCII can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// With Unicode.
    pub unicode: &'static str,
    /// Without.
    pub ascii: &'static str,
}

/// Which characters may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// Whether characters beyond ASCII can be shown.
    pub unicode: bool,
}

impl Glyphs {
    /// The characters for a terminal of today.
    pub const UNICODE: Self = Self { unicode: true };
    /// No byte above 0x7F.
    pub const ASCII: Self = Self { unicode: false };

    /// The form of a glyph to use.
    pub fn get(self, glyph: Glyph) -> &'static str {
        if self.unicode { glyph.unicode } else { glyph.ascii }
    }

    /// A text with the characters that may be used: letters lose their
    /// accents, signs become words or near relatives.
    pub fn text(self, text: &str) -> Cow<'_, str> {
        if self.unicode || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let mut plain = String::with_capacity(text.len());
        for character in text.chars() {
            match PLAIN.iter().find(|(from, _)| from.contains(character)) {
                Some((_, to)) => plain.push_str(to),
                None if character.is_ascii() => plain.push(character),
                None => plain
                    .push_str(&ascii(character.encode_utf8(&mut [0; 4]))),
            }
        }
        Cow::Owned(plain)
    }

    /// A bar of `share` (0 to 1) of `width` columns: full blocks and one
    /// of an eighth's precision, or `#`.
    pub fn bar(self, share: f64, width: u16) -> String {
        let share =
            if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        let eighths = (share * f64::from(width) * 8.0).round() as usize;
        if !self.unicode {
            return "#".repeat((eighths + 4) / 8);
        }
        let mut bar = "█".repeat(eighths / 8);
        bar.push_str(EIGHTHS[eighths % 8]);
        bar
    }

    /// A character that is full from below by `share` (0 to 1).
    pub fn level(self, share: f32) -> char {
        let share =
            if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        if self.unicode {
            return LEVELS[((share * 8.0).round() as usize).min(8)];
        }
        match share {
            share if share >= 0.66 => '#',
            share if share >= 0.33 => '=',
            share if share > 0.0 => '_',
            _ => ' ',
        }
    }
}

/// From none to eight eighths of a row.
const LEVELS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// From none to seven eighths of a column.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

macro_rules! glyphs {
    ($($(#[$doc:meta])* $name:ident $unicode:literal $ascii:literal;)*) => {
        $(
            $(#[$doc])*
            pub const $name: Glyph =
                Glyph { unicode: $unicode, ascii: $ascii };
        )*
        /// All of them.
        pub const ALL: &[Glyph] = &[$($name),*];
    };
}

glyphs! {
    /// A horizontal line.
    HORIZONTAL "─" "-";
    /// A vertical line.
    VERTICAL "│" "|";
    /// A corner of a box.
    TOP_LEFT "┌" "+";
    /// A corner of a box.
    TOP_RIGHT "┐" "+";
    /// A corner of a box.
    BOTTOM_LEFT "└" "+";
    /// A corner of a box.
    BOTTOM_RIGHT "┘" "+";
    /// A tick on a vertical axis.
    TICK_LEFT "┤" "+";
    /// A tick on a horizontal axis.
    TICK_DOWN "┬" "+";
    /// A branch to the right.
    TEE_RIGHT "├" "+";
    /// A branch to the left.
    TEE_LEFT "┤" "+";
    /// Right, done.
    CHECK "✓" "[ok]";
    /// Wrong, failed.
    CROSS "✗" "[x]";
    /// The cursor of a list.
    CURSOR "▸" ">";
    /// Done, in a list of steps.
    FULL "●" "*";
    /// Not done yet.
    EMPTY "○" "o";
    /// Begun.
    HALF "◐" "%";
    /// From one thing to the next.
    ARROW_RIGHT "→" "->";
    /// Back.
    ARROW_LEFT "←" "<-";
    /// Less of a knob.
    LESS "◂" "<";
    /// More of a knob.
    MORE "▸" ">";
    /// More above.
    UP "▲" "^";
    /// More below.
    DOWN "▼" "v";
    /// Marks a step on a horizontal axis.
    MARK "▲" "^";
    /// Part of a bar that is full.
    BAR_FULL "█" "#";
    /// Part of a bar that is empty.
    BAR_EMPTY "░" ".";
    /// A point of a list.
    BULLET "•" "*";
    /// Between two facts on one line.
    DOT "·" "|";
    /// Cut off.
    ELLIPSIS "…" "..";
    /// A sample of a solid line.
    SOLID "──" "**";
    /// A sample of a dashed line.
    DASHED "╌╌" "oo";
    /// A sample of a dotted line.
    DOTTED "··" "..";
    /// A sample of a veil.
    VEIL "░░" "::";
    /// A point of a scatter plot.
    POINT "●" "x";
    /// Dead, missing.
    TIMES "×" "x";
}

const PLAIN: [(&str, &str); 36] = [
    ("áàâãä", "a"),
    ("ÁÀÂÃÄ", "A"),
    ("éèêë", "e"),
    ("ÉÈÊË", "E"),
    ("íìîï", "i"),
    ("ÍÌÎÏ", "I"),
    ("óòôõö", "o"),
    ("ÓÒÔÕÖ", "O"),
    ("úùûü", "u"),
    ("ÚÙÛÜ", "U"),
    ("ç", "c"),
    ("Ç", "C"),
    ("ñ", "n"),
    ("–—−─", "-"),
    ("‘’", "'"),
    ("“”", "\""),
    ("×·", "*"),
    ("→", "->"),
    ("←", "<-"),
    ("≈", "~"),
    ("≤", "<="),
    ("≥", ">="),
    ("±", "+-"),
    ("²", "^2"),
    ("₂", "2"),
    ("°", " deg"),
    ("Σ", "sum"),
    ("σ", "sigma"),
    ("λ", "lambda"),
    ("μ", "mu"),
    ("…", "..."),
    ("✓", "[ok]"),
    ("✗", "[x]"),
    ("▲", "^"),
    ("▸", ">"),
    ("│", "|"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn every_glyph_has_an_ascii_form() {
        for glyph in ALL {
            assert!(glyph.ascii.is_ascii(), "{glyph:?}");
            assert!(!glyph.ascii.is_empty());
            assert!(glyph.unicode.width() <= 2, "{glyph:?}");
        }
    }

    #[test]
    fn plain_text_has_no_accents() {
        let text = Glyphs::ASCII.text("época 3 × σ² → ∎");
        assert_eq!(text, "epoca 3 * sigma^2 -> ?");
        assert_eq!(Glyphs::UNICODE.text("época"), "época");
    }

    #[test]
    fn bars_are_as_long_as_their_share() {
        assert_eq!(Glyphs::UNICODE.bar(0.5, 4), "██");
        assert_eq!(Glyphs::UNICODE.bar(0.5, 3), "█▌");
        assert_eq!(Glyphs::ASCII.bar(1.0, 5), "#####");
        assert_eq!(Glyphs::ASCII.bar(f64::NAN, 5), "");
        assert_eq!(Glyphs::UNICODE.bar(9.0, 2), "██");
    }
}
