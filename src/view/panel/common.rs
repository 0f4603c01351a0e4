//! What the panels have in common: the frame, the empty state, words.

use crate::app::progress::Pictures;
use crate::lesson::metric::Metric;
use crate::view::glyphs;
use crate::view::panel::Ctx;
use crate::view::panel::Shown;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use crate::view::widget::axis;
use crate::view::widget::table::Table;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// Draws a frame and returns what is inside: the title at the top left,
/// how far the run is at the top right.
pub fn frame(
    buf: &mut Buffer,
    area: Rect,
    title: &str,
    shown: &Shown<'_>,
    ctx: &Ctx<'_>,
) -> Rect {
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let (width, height) = (pen.width(), pen.height());
    if width < 4 || height < 3 {
        return pen.part(0, 0, width, height);
    }
    let border = ctx.theme.style(Role::Border);
    let get = |glyph| ctx.glyphs.get(glyph);
    let (right, bottom) = (width - 1, height - 1);
    for (y, corners) in [
        (0, [glyphs::TOP_LEFT, glyphs::TOP_RIGHT]),
        (bottom, [glyphs::BOTTOM_LEFT, glyphs::BOTTOM_RIGHT]),
    ] {
        pen.text(0, y, get(corners[0]), border);
        pen.rule((1, right), y, border);
        pen.text(right, y, get(corners[1]), border);
    }
    for y in 1..bottom {
        pen.text(0, y, get(glyphs::VERTICAL), border);
        pen.text(right, y, get(glyphs::VERTICAL), border);
    }
    let dim = ctx.theme.style(Role::Dim);
    let fits = |text: &str, used: u16| {
        !text.is_empty() && columns(text) + used + 4 <= width
    };
    let mut used = 0;
    if fits(title, 0) {
        let title = format!(" {title} ");
        used = pen.text(2, 0, &title, ctx.theme.style(Role::Title));
    }
    let place = place(shown);
    if fits(&place, used + 2) {
        pen.right(right - 1, 0, &format!(" {place} "), dim);
    }
    pen.part(1, 1, width - 2, height - 2)
}

/// Writes a legend into the lower edge of a frame, if it fits.
pub fn foot(buf: &mut Buffer, area: Rect, text: &str, ctx: &Ctx<'_>) {
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let text = format!(" {text} ");
    let fits = pen.columns(&text) + 4 <= pen.width() && pen.height() >= 3;
    if text.len() > 2 && fits {
        let row = pen.height() - 1;
        pen.text(2, row, &text, ctx.theme.style(Role::Dim));
    }
}

/// Says in the middle of an area that there is nothing yet, and which key
/// changes that; or that the run has nothing of the kind.
pub fn empty(
    buf: &mut Buffer,
    area: Rect,
    what: &str,
    (shown, ctx): (&Shown<'_>, &Ctx<'_>),
) {
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let dim = ctx.theme.style(Role::Dim);
    let (width, middle) = (pen.width(), pen.height() / 2);
    let above = middle.saturating_sub(1);
    pen.center((0, width), above, what, dim);
    if shown.snapshot.is_some() {
        let text = "the run shown here has none of it";
        pen.center((0, width), above + 1, text, dim);
        return;
    }
    let parts = ["press ", "Space", " to run"];
    let long: u16 = parts.iter().map(|part| columns(part)).sum();
    let mut x = width.saturating_sub(long) / 2;
    let row = if pen.height() > 1 { above + 1 } else { 0 };
    for part in parts {
        let key = part == "Space";
        let role = if key { Role::Key } else { Role::Dim };
        x = pen.text(x, row, part, ctx.theme.style(role));
    }
}

/// How far the run is: `epoch 12 of 40`.
pub fn place(shown: &Shown<'_>) -> String {
    let Some(snapshot) = shown.snapshot else { return String::new() };
    if snapshot.step == 0 && shown.total_epochs <= 0.0 {
        return String::new();
    }
    let (epoch, total) = (count(snapshot.epoch), count(shown.total_epochs));
    if shown.total_epochs <= 0.0 {
        return format!("epoch {epoch}");
    }
    format!("epoch {epoch} of {total}")
}

/// A number of epochs: whole, or with one digit.
pub fn count(x: f64) -> String {
    if (x - x.round()).abs() < 0.05 {
        return format!("{:.0}", x + 0.0);
    }
    format!("{x:.1}")
}

/// The newest value of a metric.
pub fn metric(shown: &Shown<'_>, metric: Metric) -> Option<f64> {
    shown.metrics.get(&metric).copied().filter(|x| x.is_finite())
}

/// What an example of a class is called: `a 7`, `an 8`, `apple`.
pub fn thing(shown: &Shown<'_>, label: u8) -> String {
    let names = shown.snapshot.map_or(&[][..], |s| &s.classes);
    match names.get(usize::from(label)) {
        Some(name) if name.parse::<f64>().is_err() => name.clone(),
        Some(name) if name.starts_with('8') => format!("an {name}"),
        Some(name) => format!("a {name}"),
        None if label == 8 => "an 8".to_owned(),
        None => format!("a {label}"),
    }
}

/// How a signed image shows what is above and what is below zero.
pub fn signs(ctx: &Ctx<'_>) -> (&'static str, &'static str) {
    match ctx.pictures {
        Pictures::TrueColor | Pictures::Greys => ("red", "blue"),
        _ => ("+", "-"),
    }
}

/// The lowest and the highest of some numbers: `-1.2 to 3.4`.
pub fn range(values: impl Iterator<Item = f32>) -> String {
    let finite = values.filter(|value| value.is_finite());
    let ends = finite.fold(None, |ends: Option<(f32, f32)>, value| {
        let (low, high) = ends.unwrap_or((value, value));
        Some((low.min(value), high.max(value)))
    });
    let Some((low, high)) = ends else { return "nothing".to_owned() };
    let number = |value: f32| axis::number(f64::from(value));
    format!("{} to {}", number(low), number(high))
}

/// The bars with these names. All panels of a cell share one list.
pub fn bars(
    shown: &Shown<'_>,
    named: impl Fn(&str) -> bool,
) -> Vec<(String, f32)> {
    let all = shown.snapshot.map_or(&[][..], |snapshot| &snapshot.bars);
    all.iter().filter(|(name, _)| named(name)).cloned().collect()
}

/// K, if that is what a bar is named by.
pub fn size(name: &str) -> Option<u32> {
    name.parse().ok()
}

/// Draws a table in the middle of the columns of an area.
pub fn centered(
    buf: &mut Buffer,
    area: Rect,
    table: Table<'_>,
    ctx: &Ctx<'_>,
) {
    let pen = Pen::new(buf, area, ctx.glyphs);
    let left = pen.width().saturating_sub(table.width()) / 2;
    let place = pen.part(left, 0, pen.width() - left, pen.height());
    table.render(place, buf);
}

/// `1 run`, `3 runs`.
pub fn plural(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// How many columns a text takes.
pub fn columns(text: &str) -> u16 {
    crate::view::widget::columns(text)
}
