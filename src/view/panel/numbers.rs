//! The metrics of a run as a table.

use crate::lesson::metric::Metric;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use crate::view::widget::axis;
use crate::view::widget::table::Side;
use crate::view::widget::table::Table;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

pub(super) const PARTS: Parts = Parts {
    title: "Numbers",
    height,
    draw,
    foot: common::no_foot,
    sentence,
};

fn height(_: u16, shown: &Shown<'_>) -> u16 {
    let rows = u16::try_from(shown.metrics.len()).unwrap_or(u16::MAX);
    let head = u16::from(shown.other.is_some());
    (rows.clamp(4, 16) + head).min(16)
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    if shown.metrics.is_empty() {
        common::empty(buf, area, "the numbers of the run", (shown, ctx));
        return;
    }
    let text = ctx.theme.style(Role::Text);
    let dim = ctx.theme.style(Role::Dim);
    let rows: Vec<Vec<(String, Style)>> = shown
        .metrics
        .iter()
        .map(|(metric, value)| {
            let other = shown.other.and_then(|o| o.metrics.get(metric));
            let other = other.map(|value| show(*metric, *value));
            vec![
                (metric.label().to_owned(), dim),
                (show(*metric, *value), text),
                (other.unwrap_or_default(), dim),
            ]
        })
        .collect();
    let name = shown.other.map(|other| format!("run {}", other.number));
    let now = if name.is_some() { "this run" } else { "" };
    let head = [
        ("", Side::Left),
        (now, Side::Right),
        (name.as_deref().unwrap_or(""), Side::Right),
    ];
    // Two tables side by side where one is too long.
    let room =
        usize::from(area.height).max(1) - usize::from(name.is_some());
    let (theme, glyphs) = (ctx.theme, ctx.glyphs);
    let half = area.width / 2;
    let two = rows.len() > room && half >= 40 && name.is_none();
    let split = if two { rows.len().div_ceil(2) } else { rows.len() };
    let (first, second) = rows.split_at(split);
    let gap = 3;
    for (rows, side) in [(first, 0), (second, half)] {
        let width = if two { half } else { area.width };
        let pen = Pen::new(buf, area, ctx.glyphs);
        let place = pen.part(side, 0, width, area.height);
        let table = Table { head: &head, rows, gap, theme, glyphs };
        if !rows.is_empty() {
            common::centered(buf, place, table, ctx);
        }
    }
}

fn sentence(shown: &Shown<'_>) -> String {
    if shown.metrics.is_empty() {
        return "no numbers yet".to_owned();
    }
    let parts: Vec<String> = shown
        .metrics
        .iter()
        .map(|(metric, x)| {
            format!("{} {}", metric.label(), show(*metric, *x))
        })
        .collect();
    parts.join("; ")
}

/// A metric with its unit.
fn show(metric: Metric, value: f64) -> String {
    if !value.is_finite() {
        return axis::number(value);
    }
    match metric {
        Metric::DeadUnits
        | Metric::FirstShare
        | Metric::LineShare
        | Metric::OutputSpread
        | Metric::Saturation
        | Metric::VarianceKept => format!("{:.1} %", 100.0 * value),
        Metric::AngleToMean | Metric::PrincipalAngle => {
            format!("{value:.1}°")
        }
        Metric::ComponentsFor90
        | Metric::DistinctCodes
        | Metric::Parameters
        | Metric::RowsRight
        | Metric::RowsRightRounded => {
            common::thousands(value.max(0.0) as usize)
        }
        Metric::Epochs => common::count(value),
        _ => axis::number(value),
    }
}
