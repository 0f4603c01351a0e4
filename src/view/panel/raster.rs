//! How active every code unit is for every example.

use crate::train::snapshot::Raster;
use crate::view::glyphs;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Ink;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use crate::view::widget::axis;
use crate::view::widget::heatmap::Heatmap;
use crate::view::widget::heatmap::Scale;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "Activity", height, draw, foot, sentence };

/// Rows above the raster for the usage of each unit, and one for marks.
const USAGE: u16 = 3;

/// Columns for the words at the left.
const LEFT: u16 = 8;

/// What is shown of a raster: the units and the columns of each.
struct Window {
    first: usize,
    units: usize,
    zoom: u16,
}

fn height(_: u16, _: &Shown<'_>) -> u16 {
    16
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let Some(raster) = raster(shown) else {
        let what = "which units answer to which example";
        common::empty(buf, area, what, (shown, ctx));
        return;
    };
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let left = if pen.width() >= 30 { LEFT } else { 0 };
    let window = Window::of(raster, pen.width() - left, shown.look);
    let top = if pen.height() >= 8 { USAGE + 1 } else { 0 };
    if top > 0 {
        usage(&mut pen, left, raster, (&window, ctx));
    }
    let dim = ctx.theme.style(Role::Dim);
    if left > 0 {
        pen.text(0, USAGE / 2, "usage", dim);
        pen.text(0, top, "one", dim);
        pen.text(0, top + 1, "row per", dim);
        pen.text(0, top + 2, "example", dim);
    }
    let rows = pen.height().saturating_sub(top);
    let columns = window.units as u16 * window.zoom;
    let place = pen.part(left, top, columns, rows);
    let values = values(raster, &window, place.height);
    let map = Heatmap {
        columns,
        values: &values,
        scale: Scale::Share,
        way: ctx.pictures,
        theme: ctx.theme,
    };
    // Exactly as many fields as there are places: no zoom of its own.
    let height = map.rows().div_ceil(2).min(place.height);
    map.render(Rect { height, ..place }, buf);
}

/// A column per unit: how many examples it is active for; dead ones are
/// marked below.
fn usage(
    pen: &mut Pen<'_>,
    left: u16,
    raster: &Raster,
    (window, ctx): (&Window, &Ctx<'_>),
) {
    let train = ctx.theme.ink(Ink::Train);
    let bad = ctx.theme.style(Role::Bad);
    let shown = raster.usage.iter().skip(window.first).take(window.units);
    for (share, i) in shown.zip(0_u16..) {
        let from = left + i * window.zoom;
        let dead = *share <= 0.0;
        for x in from..from + window.zoom {
            for row in 0..USAGE {
                let above = f32::from(USAGE - 1 - row);
                let part = share * f32::from(USAGE) - above;
                let sign = ctx.glyphs.level(part);
                pen.put(x, row, sign, train);
            }
        }
        if dead {
            let mark = ctx.glyphs.get(glyphs::TIMES);
            pen.text(from, USAGE, mark, bad);
        }
    }
}

fn foot(area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) -> String {
    let Some(raster) = raster(shown) else { return String::new() };
    let units = usize::from(raster.units);
    let mark = ctx.glyphs.get(glyphs::TIMES);
    let dead = format!("{mark} dead: {} of {units} units", dead(raster));
    let left = if area.width >= 30 { LEFT } else { 0 };
    let width = area.width.saturating_sub(left);
    let window = Window::of(raster, width, shown.look);
    if window.units < units {
        let (from, to) = (window.first + 1, window.first + window.units);
        return format!("{dead}; here {from} to {to}");
    }
    if area.width < 60 {
        return dead;
    }
    let how =
        if common::signs(ctx).0 == "red" { "lighter" } else { "denser" };
    format!("{dead}; the {how}, the more active")
}

fn sentence(shown: &Shown<'_>) -> String {
    let Some(raster) = raster(shown) else {
        return "no activity of units yet".to_owned();
    };
    let usage = || raster.usage.iter().filter(|share| share.is_finite());
    let sum: f64 = usage().map(|share| f64::from(*share)).sum();
    let mut text = format!(
        "on average {} of {} answer to an example",
        axis::number(sum),
        common::plural(raster.units.into(), "unit"),
    );
    let numbered = raster.usage.iter().zip(1..);
    let busiest = numbered.max_by(|a, b| a.0.total_cmp(b.0));
    if let Some((share, unit)) = busiest {
        text.push_str(&format!(
            "; the busiest is unit {unit}, active for {:.0} % of them; {} \
             dead",
            100.0 * share,
            dead(raster),
        ));
    }
    text
}

fn raster<'a>(shown: &Shown<'a>) -> Option<&'a Raster> {
    let raster = shown.snapshot?.raster.as_ref()?;
    (raster.units > 0 && !raster.values.is_empty()).then_some(raster)
}

fn dead(raster: &Raster) -> usize {
    raster.usage.iter().filter(|share| **share <= 0.0).count()
}

impl Window {
    /// As many units as fit, the one looked at among them.
    fn of(raster: &Raster, width: u16, look: usize) -> Self {
        let all = usize::from(raster.units);
        let zoom = (width / raster.units.max(1)).clamp(1, 8);
        let units = all.min(usize::from(width / zoom)).max(1);
        let page = look % all.max(1) / units * units;
        let first = page.min(all - units.min(all));
        Self { first, units, zoom }
    }
}

/// The fields to draw: a column or several per unit, half a row or several
/// per example.
fn values(raster: &Raster, window: &Window, rows: u16) -> Vec<f32> {
    let units = usize::from(raster.units);
    let examples = raster.values.len() / units.max(1);
    let halves = 2 * usize::from(rows);
    let down = (halves / examples.max(1)).clamp(1, 4);
    let mut values = Vec::new();
    for example in 0..examples.min(halves / down) {
        let row = raster.values.iter().skip(example * units);
        let row = row.skip(window.first).take(window.units);
        let row: Vec<f32> = row
            .flat_map(|value| {
                let value = f32::from(*value) / 255.0;
                std::iter::repeat_n(value, window.zoom.into())
            })
            .collect();
        for _ in 0..down {
            values.extend(&row);
        }
    }
    values
}
