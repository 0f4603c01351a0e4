//! One image next to its code as bars and its reconstruction.

use crate::train::snapshot::Example;
use crate::train::snapshot::Image;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::bar_columns;
use crate::view::panel::bar_columns::COLUMN;
use crate::view::panel::common;
use crate::view::theme::Ink;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use crate::view::widget::axis;
use crate::view::widget::bars::Bar;
use crate::view::widget::image::Picture;
use crate::view::widget::image::Size;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "Code", height, draw, foot, sentence };

fn height(width: u16, shown: &Shown<'_>) -> u16 {
    let codes = example(shown).map_or(8, |(_, e)| e.code.len());
    let rows = u16::try_from(codes.div_ceil(2)).unwrap_or(u16::MAX);
    let image = if width >= 96 { 14 } else { 7 };
    rows.clamp(image + 1, 16)
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let Some((_, example)) = example(shown) else {
        common::empty(buf, area, "a code between two images", (shown, ctx));
        return;
    };
    let image = |columns: u16, rows: u16| {
        let size = Size::fitting(&example.original, columns, rows);
        (size, size.cells(&example.original))
    };
    let side = area.width.saturating_sub(COLUMN + 10) / 2;
    let (size, (columns, rows)) =
        image(side.min(28), area.height.saturating_sub(1));
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    if side < 4 || columns > side || rows >= area.height {
        let all = pen.part(0, 0, area.width, area.height);
        bars(buf, all, example, ctx);
        return;
    }
    let top = (area.height - 1 - rows) / 2;
    let right = area.width - columns;
    let dim = ctx.theme.style(Role::Dim);
    let name = if columns >= 14 { "reconstruction" } else { "copy" };
    pen.center((0, columns), top + rows, "original", dim);
    pen.center((right, columns), top + rows, name, dim);
    let arrow = ctx.glyphs.get(crate::view::glyphs::ARROW_RIGHT);
    pen.text(columns + 1, top + rows / 2, arrow, dim);
    pen.right(right - 1, top + rows / 2, arrow, dim);
    let draw = |pen: &mut Pen<'_>, x: u16, image: &Image| {
        let place = pen.part(x, top, columns, rows);
        let (way, theme) = (ctx.pictures, ctx.theme);
        Picture { image, way, size, theme }.render(place, pen.buffer());
    };
    draw(&mut pen, 0, &example.original);
    draw(&mut pen, right, &example.reconstruction);
    let room = area.width - 2 * columns;
    let middle = pen.part(columns + 4, 0, room - 8, area.height);
    bars(buf, middle, example, ctx);
}

fn foot(area: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let Some((number, example)) = example(shown) else {
        return String::new();
    };
    let codes = common::plural(example.code.len(), "number");
    let all = shown.snapshot.map_or(0, |s| s.examples.len());
    let which = format!("example {} of {all}", number + 1);
    if area.width < 60 {
        return format!("{which}; {codes}");
    }
    format!(
        "{which}, {}; its code is {codes}",
        common::thing(shown, example.label)
    )
}

fn sentence(shown: &Shown<'_>) -> String {
    let Some((_, example)) = example(shown) else {
        return "no code yet".to_owned();
    };
    let some: Vec<String> = example
        .code
        .iter()
        .take(8)
        .map(|z| axis::number(f64::from(*z)))
        .collect();
    let more = if example.code.len() > 8 { ", ..." } else { "" };
    format!(
        "the code of {} is {}: {}{more}; squared error {}",
        common::thing(shown, example.label),
        common::plural(example.code.len(), "number"),
        some.join(", "),
        axis::number(f64::from(example.error)),
    )
}

/// The example looked at, with its number.
fn example<'a>(shown: &Shown<'a>) -> Option<(usize, &'a Example)> {
    let examples = &shown.snapshot?.examples;
    let number = shown.look.checked_rem(examples.len())?;
    examples.get(number).map(|example| (number, example))
}

/// The numbers of a code as bars.
fn bars(buf: &mut Buffer, area: Rect, example: &Example, ctx: &Ctx<'_>) {
    let code = example.code.iter().enumerate();
    let bars: Vec<Bar> =
        code.map(|(i, z)| bar(i, f64::from(*z), ctx)).collect();
    bar_columns::draw(buf, area, &bars, ctx);
}

fn bar(number: usize, value: f64, ctx: &Ctx<'_>) -> Bar {
    let ink = if value < 0.0 { Ink::Test } else { Ink::Train };
    Bar {
        label: format!("{}", number + 1),
        value,
        text: format!("{value:.2}"),
        style: ctx.theme.ink(ink),
    }
}
