//! The metrics of a run as a table.

use crate::data::grouped::grouped;
use crate::lesson::goal::Goal;
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
use std::collections::BTreeSet;

pub(super) const PARTS: Parts =
    Parts { title: "Numbers", height, draw, foot, sentence };

/// What is asked for first, in this order.
const FIRST: [Metric; 21] = [
    Metric::HeadAccuracy,
    Metric::ScratchAccuracy,
    Metric::NegativeElbo,
    Metric::KlTotal,
    Metric::ActiveLatents,
    Metric::Auc,
    Metric::Recall,
    Metric::Precision,
    Metric::LineError,
    Metric::LineVariance,
    Metric::LineShare,
    Metric::RowsRight,
    Metric::TestMse,
    Metric::TrainMse,
    Metric::Gap,
    Metric::TestBce,
    Metric::BceFloor,
    Metric::PcaTestMse,
    Metric::MeanTestMse,
    Metric::VarianceKept,
    Metric::DenoisedMse,
];

/// What is asked for last.
const LAST: [Metric; 9] = [
    Metric::TestLoss,
    Metric::TrainLoss,
    Metric::PcaTrainMse,
    Metric::OutputSpread,
    Metric::GradientError,
    Metric::NoiseMse,
    Metric::ShuffledMse,
    Metric::Parameters,
    Metric::Epochs,
];

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
    let rows = rows(shown, ctx);
    let name = shown.other.map(|other| format!("run {}", other.number));
    let now = if name.is_some() { "this run" } else { "" };
    let head = [
        ("", Side::Left),
        (now, Side::Right),
        (name.as_deref().unwrap_or(""), Side::Right),
    ];
    let (theme, glyphs, gap) = (ctx.theme, ctx.glyphs, 2);
    let (room, two) = sight(area, shown, &rows, ctx);
    let first = shown.look.min(rows.len().saturating_sub(room));
    let seen = &rows[first..rows.len().min(first + room)];
    let split = if two { seen.len().div_ceil(2) } else { seen.len() };
    let (left, right) = seen.split_at(split);
    let width = if two { area.width / 2 } else { area.width };
    for (rows, side) in [(left, 0), (right, width)] {
        let pen = Pen::new(buf, area, ctx.glyphs);
        let place = pen.part(side, 0, width, area.height);
        let table = Table { head: &head, rows, gap, theme, glyphs };
        if !rows.is_empty() {
            common::centered(buf, place, table, ctx);
        }
    }
}

/// The numbers as a table: those of the model first.
fn rows(shown: &Shown<'_>, ctx: &Ctx<'_>) -> Vec<Vec<(String, Style)>> {
    let text = ctx.theme.style(Role::Text);
    let dim = ctx.theme.style(Role::Dim);
    ordered(shown)
        .into_iter()
        .map(|(metric, value)| {
            let other = shown.other.and_then(|o| o.metrics.get(&metric));
            let other = other.map(|value| show(metric, *value));
            vec![
                (metric.label().to_owned(), dim),
                (show(metric, value), text),
                (other.unwrap_or_default(), dim),
            ]
        })
        .collect()
}

/// How many numbers are in sight, and whether in two tables side by side.
fn sight(
    area: Rect,
    shown: &Shown<'_>,
    rows: &[Vec<(String, Style)>],
    ctx: &Ctx<'_>,
) -> (usize, bool) {
    let head = u16::from(shown.other.is_some());
    let room = usize::from(area.height.saturating_sub(head)).max(1);
    let (theme, glyphs, gap) = (ctx.theme, ctx.glyphs, 2);
    let head = [("", Side::Left), ("", Side::Right), ("", Side::Right)];
    let wide = Table { head: &head, rows, gap, theme, glyphs }.width();
    let two = rows.len() > room
        && shown.other.is_none()
        && 2 * wide <= area.width;
    (if two { 2 * room } else { room }, two)
}

fn foot(area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) -> String {
    let rows = rows(shown, ctx);
    let (room, _) = sight(area, shown, &rows, ctx);
    let all = rows.len();
    if all <= room {
        return String::new();
    }
    let first = shown.look.min(all - room);
    let last = first + room;
    if area.width < 60 {
        return format!("{} to {last} of {all}", first + 1);
    }
    format!("{} to {last} of {all}; z, then l: the rest", first + 1)
}

/// The numbers in the order of reading: those that the lesson talks of
/// come first.
fn ordered(shown: &Shown<'_>) -> Vec<(Metric, f64)> {
    let goals = shown.claims.iter().map(|claim| &claim.goal);
    let told: BTreeSet<_> = goals.flat_map(Goal::metrics).collect();
    let all = shown.metrics.iter();
    let mut all: Vec<_> = all.map(|(metric, x)| (*metric, *x)).collect();
    // Stable: what has no place of its own keeps that of the list.
    all.sort_by_key(|(metric, _)| (!told.contains(metric), rank(*metric)));
    all
}

/// The place of a metric: first what only some models have to tell, then
/// the errors, last what is the same for every run.
fn rank(metric: Metric) -> usize {
    let place = |list: &[Metric]| list.iter().position(|m| *m == metric);
    match (place(&FIRST), place(&LAST)) {
        (Some(place), _) => place,
        (None, Some(place)) => FIRST.len() + 1 + place,
        (None, None) => FIRST.len(),
    }
}

fn sentence(shown: &Shown<'_>) -> String {
    if shown.metrics.is_empty() {
        return "no numbers yet".to_owned();
    }
    let parts: Vec<String> = ordered(shown)
        .into_iter()
        .map(|(metric, x)| {
            format!("{} {}", metric.label(), show(metric, x))
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
        | Metric::RowsRightRounded => grouped(value.max(0.0) as usize),
        Metric::Epochs => common::count(value),
        _ => axis::number(value),
    }
}
