//! The same digit in every way this terminal might draw it, to choose one.

use crate::app::progress::Pictures;
use crate::train::snapshot::Image;
use crate::view::glyphs;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use crate::view::widget::image::Picture;
use crate::view::widget::image::Size;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "How images are drawn", height, draw, foot, sentence };

/// The ways in the order of the keys 1 to 5.
pub const WAYS: [(Pictures, &str); 5] = [
    (Pictures::TrueColor, "true color"),
    (Pictures::Greys, "greys"),
    (Pictures::Quadrant, "quadrants"),
    (Pictures::Braille, "braille"),
    (Pictures::Ascii, "ASCII"),
];

fn height(width: u16, shown: &Shown<'_>) -> u16 {
    let own = own_digit();
    let (across, columns, rows) = slots(image(shown, &own), width);
    let strips = WAYS.len().div_ceil(usize::from(across)) as u16;
    // Where only a strip fits, the thumbnails have room for themselves.
    if columns > 14 { rows + 1 } else { strips * (rows + 2) - 1 }
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let own = own_digit();
    let image = image(shown, &own);
    let (across, ..) = slots(image, area.width);
    let strips = WAYS.len().div_ceil(usize::from(across)) as u16;
    let widest = ((area.width + 1) / across).saturating_sub(1);
    let tallest = ((area.height + 1) / strips).saturating_sub(2);
    let size = Size::fitting(image, widest.max(1), tallest.max(1));
    let (columns, rows) = size.cells(image);
    let slot = columns.max(NARROWEST);
    let left = area.width.saturating_sub(across * (slot + 1) - 1) / 2;
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    for ((way, name), i) in WAYS.into_iter().zip(0..) {
        let x = left + i % across * (slot + 1);
        let y = i / across * (rows + 2);
        let place = pen.part(x + (slot - columns) / 2, y, columns, rows);
        let theme = ctx.theme;
        if ctx.glyphs.unicode || way == Pictures::Ascii {
            let picture = Picture { image, way, size, theme };
            picture.render(place, pen.buffer());
        } else {
            // Bytes beyond ASCII could move everything behind them.
            let dim = theme.style(Role::Dim);
            pen.center((x, slot), y + rows / 2, "needs Unicode", dim);
        }
        let chosen = way == ctx.pictures;
        let cursor = ctx.glyphs.get(glyphs::CURSOR);
        let front = if chosen { cursor } else { " " };
        let role = if chosen { Role::Accent } else { Role::Text };
        let columns = pen.columns(name) + 4;
        let start = x + slot.saturating_sub(columns) / 2;
        let style = ctx.theme.style(role);
        let next = pen.text(start, y + rows, front, style) + 1;
        let number = format!("{}", i + 1);
        let key = ctx.theme.style(Role::Key);
        let next = pen.text(next, y + rows, &number, key) + 1;
        pen.text(next, y + rows, name, style);
    }
}

fn foot(area: Rect, _: &Shown<'_>, _: &Ctx<'_>) -> String {
    if area.width < 50 {
        return "press 1 to 5".to_owned();
    }
    "press 1 to 5 for the one that looks best here".to_owned()
}

fn sentence(_: &Shown<'_>) -> String {
    let names: Vec<String> = WAYS
        .iter()
        .zip(1..)
        .map(|((_, name), key)| format!("{key} {name}"))
        .collect();
    format!("one digit drawn in five ways: {}", names.join(", "))
}

/// The first example, or the digit for the time before there is one.
fn image<'a>(shown: &Shown<'a>, own: &'a Image) -> &'a Image {
    let examples = shown.snapshot.map(|snapshot| &snapshot.examples);
    let first = examples.and_then(|examples| examples.first());
    first.map_or(own, |example| &example.original)
}

/// Images side by side, and the columns and rows of each.
fn slots(image: &Image, width: u16) -> (u16, u16, u16) {
    let widest = ((width + 1) / 5).saturating_sub(1).max(NARROWEST);
    let size = Size::fitting(image, widest, 14);
    let (columns, rows) = size.cells(image);
    let slot = columns.max(NARROWEST);
    (((width + 1) / (slot + 1)).clamp(1, 5), columns, rows.min(40))
}

/// Columns that a caption needs.
const NARROWEST: u16 = 14;

/// A digit for the time before there is a model.
fn own_digit() -> Image {
    let pixels: Vec<u8> = DIGIT
        .iter()
        .flat_map(|row| row.bytes())
        .map(|sign| match sign {
            b'#' => 255,
            b'+' => 160,
            b'-' => 70,
            _ => 0,
        })
        .collect();
    Image { width: 28, height: 28, pixels, signed: false }
}

/// 28 x 28: `#` is white, `+` and `-` are greys.
const DIGIT: [&str; 28] = [
    "                            ",
    "                            ",
    "                            ",
    "         -+######++-        ",
    "       -+############+-     ",
    "      -###############+     ",
    "      +####+---+######+     ",
    "      +##+-      -+####+    ",
    "       --          +###+    ",
    "                   +###+    ",
    "                  -####-    ",
    "                 -+###+     ",
    "              --+####+-     ",
    "          -+########+-      ",
    "          +########+        ",
    "          -+########+-      ",
    "              --+####+-     ",
    "                 -+####-    ",
    "                   +###+    ",
    "                   -###+    ",
    "     --            -###+    ",
    "    +##+-         -+###+    ",
    "    +####+-----++#####+     ",
    "    -+###############+-     ",
    "      -++########++-        ",
    "         ---++--            ",
    "                            ",
    "                            ",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_digit_is_whole() {
        assert_eq!(own_digit().pixels.len(), 28 * 28);
        assert!(DIGIT.iter().all(|row| row.len() == 28));
    }
}
