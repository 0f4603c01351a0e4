//! Accuracy against the number of labels.

use crate::train::snapshot::Series;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Ink;
use crate::view::widget::axis::Axis;
use crate::view::widget::curve::Curve;
use crate::view::widget::curve::Line;
use crate::view::widget::curve::Pattern;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "Few labels", height, draw, foot, sentence };

/// How the lines look, in their order.
const LOOKS: [(Pattern, Ink); 4] = [
    (Pattern::Solid, Ink::Train),
    (Pattern::Dashed, Ink::Test),
    (Pattern::Dotted, Ink::Other),
    (Pattern::Points, Ink::Mark),
];

fn height(width: u16, _: &Shown<'_>) -> u16 {
    if width < 60 { 12 } else { 15 }
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let series = series(shown);
    let points = || series.iter().flat_map(|series| &series.points);
    let labels = || points().map(|point| f64::from(point.0));
    let lowest = labels().fold(f64::INFINITY, f64::min);
    let highest = labels().fold(0.0, f64::max);
    if !lowest.is_finite() || !highest.is_finite() {
        let what = "accuracy against the number of labels";
        common::empty(buf, area, what, (shown, ctx));
        return;
    }
    let x = Axis::log(lowest.max(1.0) * 0.95, highest * 1.15);
    let bottom = points().map(|point| f64::from(point.1));
    let bottom = bottom.fold(1.0, f64::min).max(0.0);
    let y = Axis::straight((10.0 * bottom).floor() / 10.0, 1.0);
    let mut lines = Vec::new();
    for ((series, (_, ink)), i) in series.iter().zip(LOOKS).zip(0_u8..) {
        lines.extend(spread(series, i, ink));
    }
    for (series, (pattern, ink)) in series.iter().zip(LOOKS).rev() {
        lines.push(middle(series, (pattern, ink)));
    }
    Curve {
        lines,
        marks: Vec::new(),
        x: (x, "labels, log scale"),
        y: (y, "test accuracy"),
        theme: ctx.theme,
        glyphs: ctx.glyphs,
    }
    .render(area, buf);
}

fn foot(area: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let series = series(shown);
    let [ours, rival, ..] = series else { return String::new() };
    let Some((labels, gain)) = best_gain(ours, rival) else {
        return String::new();
    };
    if area.width < 60 {
        return format!("{gain:+.1} points at {labels} labels");
    }
    format!("{}: {gain:+.1} points at {labels} labels", ours.name)
}

fn sentence(shown: &Shown<'_>) -> String {
    let series = series(shown);
    let parts: Vec<String> = series
        .iter()
        .filter_map(|series| {
            let (first, last) =
                (series.points.first()?, series.points.last()?);
            Some(format!(
                "{}: {} with {} labels, {} with {}",
                series.name,
                percent(first.2),
                first.0,
                percent(last.2),
                last.0,
            ))
        })
        .collect();
    if parts.is_empty() {
        return "no accuracy by labels yet".to_owned();
    }
    let mut text = parts.join("; ");
    if let [ours, rival, ..] = series
        && let Some((labels, gain)) = best_gain(ours, rival)
    {
        let (who, other) = (&ours.name, &rival.name);
        text.push_str(&format!(
            "; {who} gains most over {other} at {labels} labels, {gain:.1} \
             points"
        ));
    }
    text
}

fn series<'a>(shown: &Shown<'a>) -> &'a [Series] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.label_curve)
}

/// An upright line from the lowest to the highest seed at every place,
/// moved a little so that those of two lines stay apart.
fn spread(series: &Series, i: u8, ink: Ink) -> Vec<Line> {
    let aside = 1.0 + 0.03 * f64::from(i);
    let bar = |(labels, low, _, high): &(f32, f32, f32, f32)| {
        let x = f64::from(*labels) * aside;
        let points = vec![(x, f64::from(*low)), (x, f64::from(*high))];
        Line { label: String::new(), points, pattern: Pattern::Solid, ink }
    };
    series.points.iter().map(bar).collect()
}

fn middle(series: &Series, (pattern, ink): (Pattern, Ink)) -> Line {
    let point = |point: &(f32, f32, f32, f32)| {
        (f64::from(point.0), f64::from(point.2))
    };
    let points: Vec<_> = series.points.iter().map(point).collect();
    let last = points.last().map_or(f64::NAN, |(_, y)| 100.0 * y);
    let label = format!("{} {last:.1} %", series.name);
    Line { label, points, pattern, ink }
}

/// Where the first line is above the second by most, and by how many
/// percentage points.
fn best_gain(ours: &Series, rival: &Series) -> Option<(f32, f32)> {
    let gains = ours.points.iter().filter_map(|point| {
        let same = rival.points.iter().find(|other| other.0 == point.0)?;
        Some((point.0, 100.0 * (point.2 - same.2)))
    });
    gains
        .filter(|(_, gain)| gain.is_finite())
        .max_by(|a, b| a.1.total_cmp(&b.1))
}

fn percent(share: f32) -> String {
    format!("{:.1} %", 100.0 * share)
}
