//! What the panels have in common: the frame, the empty state, words.

use crate::lesson::metric::Metric;
use crate::train::snapshot::Snapshot;
use crate::view::glyphs;
use crate::view::panel::Ctx;
use crate::view::panel::Shown;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// What a panel says before there is anything to show.
pub const EMPTY: &str = "nothing to show yet";

/// Draws a frame and returns what is inside: the title at the top left,
/// how far the run is at the top right, a legend at the bottom.
pub fn frame(
    buf: &mut Buffer,
    area: Rect,
    (title, foot): (&str, &str),
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
    if fits(foot, 0) {
        pen.text(2, bottom, &format!(" {foot} "), dim);
    }
    pen.part(1, 1, width - 2, height - 2)
}

/// Says in the middle of an area that there is nothing yet, and which key
/// changes that.
pub fn empty(buf: &mut Buffer, area: Rect, what: &str, ctx: &Ctx<'_>) {
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let dim = ctx.theme.style(Role::Dim);
    let (width, middle) = (pen.width(), pen.height() / 2);
    let above = middle.saturating_sub(1);
    pen.center((0, width), above, what, dim);
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

/// The snapshot, if it holds what is wanted.
pub fn seen<'a, T: ?Sized>(
    shown: &Shown<'a>,
    part: impl Fn(&'a Snapshot) -> Option<&'a T>,
) -> Option<&'a T> {
    shown.snapshot.and_then(part)
}

/// A legend for panels without one.
pub fn no_foot(_: &Shown<'_>) -> String {
    String::new()
}

/// `1 run`, `3 runs`.
pub fn plural(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// How many columns a text takes.
pub fn columns(text: &str) -> u16 {
    crate::view::widget::columns(text)
}
