//! Brackets as tall as what they enclose.

use super::math_box::MathBox;
use super::symbols;
use crate::view::text::Glyphs;

/// Top, middle, bottom and waist of a tall bracket.
type Pieces = [&'static str; 4];

/// A bracket beside a body; nothing if there is none.
pub(super) fn fence(
    bracket: Option<char>,
    body: &MathBox,
    glyphs: Glyphs,
) -> MathBox {
    let above = body.base;
    let below = body.below();
    let Some(bracket) = bracket else {
        return MathBox::blank(0, above, below);
    };
    let pieces = pieces(bracket, glyphs);
    let height = body.height();
    let ([top, middle, bottom, waist], 2..) = (pieces, height) else {
        return MathBox::text(&symbols::bracket(bracket, glyphs));
    };
    if top.is_empty() {
        let sign = symbols::bracket(bracket, glyphs);
        return MathBox::text(&sign).heightened(above, below);
    }
    let last = height - 1;
    let center = match (1..last).contains(&body.base) {
        true => body.base,
        false => height / 2,
    };
    let rows = (0..height).map(|row| match row {
        0 => top,
        row if row == last => bottom,
        row if row == center => waist,
        _ => middle,
    });
    MathBox::column(rows, above)
}

/// What a bracket is built from, or empty pieces if it does not grow.
fn pieces(bracket: char, glyphs: Glyphs) -> Pieces {
    match glyphs {
        Glyphs::Unicode => unicode(bracket),
        Glyphs::Plain => plain(bracket),
        Glyphs::Ascii => ascii(bracket),
    }
}

fn unicode(bracket: char) -> Pieces {
    match bracket {
        '(' => ["⎛", "⎜", "⎝", "⎜"],
        ')' => ["⎞", "⎟", "⎠", "⎟"],
        '[' => ["⎡", "⎢", "⎣", "⎢"],
        ']' => ["⎤", "⎥", "⎦", "⎥"],
        '{' => ["⎧", "⎪", "⎩", "⎨"],
        '}' => ["⎫", "⎪", "⎭", "⎬"],
        '⌈' => ["⎡", "⎢", "⎢", "⎢"],
        '⌉' => ["⎤", "⎥", "⎥", "⎥"],
        '⌊' => ["⎢", "⎢", "⎣", "⎢"],
        '⌋' => ["⎥", "⎥", "⎦", "⎥"],
        '‖' | '∥' => ["║"; 4],
        '|' => ["│"; 4],
        _ => [""; 4],
    }
}

fn plain(bracket: char) -> Pieces {
    match bracket {
        '(' => ["/", "│", "\\", "│"],
        ')' => ["\\", "│", "/", "│"],
        '[' => ["┌", "│", "└", "│"],
        ']' => ["┐", "│", "┘", "│"],
        '{' => ["┌", "│", "└", "┤"],
        '}' => ["┐", "│", "┘", "├"],
        '⌈' => ["┌", "│", "│", "│"],
        '⌉' => ["┐", "│", "│", "│"],
        '⌊' => ["│", "│", "└", "│"],
        '⌋' => ["│", "│", "┘", "│"],
        '‖' | '∥' => ["║"; 4],
        '|' => ["│"; 4],
        _ => [""; 4],
    }
}

fn ascii(bracket: char) -> Pieces {
    match bracket {
        '(' => ["/", "|", "\\", "|"],
        ')' => ["\\", "|", "/", "|"],
        '[' => ["["; 4],
        ']' => ["]"; 4],
        '{' => ["{"; 4],
        '}' => ["}"; 4],
        '⌈' => ["[", "|", "|", "|"],
        '⌉' => ["]", "|", "|", "|"],
        '⌊' => ["|", "|", "[", "|"],
        '⌋' => ["|", "|", "]", "|"],
        '‖' | '∥' => ["||"; 4],
        '|' => ["|"; 4],
        _ => [""; 4],
    }
}
