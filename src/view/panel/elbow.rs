//! Test error against K: PCA as a line, the student's runs as points.

use crate::lesson::knob::KnobId;
use crate::lesson::metric::Metric;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Ink;
use crate::view::widget::axis;
use crate::view::widget::axis::Axis;
use crate::view::widget::curve::Curve;
use crate::view::widget::curve::Line;
use crate::view::widget::curve::Pattern;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "Error and K", height, draw, foot, sentence };

fn height(width: u16, _: &Shown<'_>) -> u16 {
    if width < 60 { 12 } else { 14 }
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let (pca, runs) = (pca(shown), runs(shown));
    if pca.is_empty() && runs.is_empty() {
        common::empty(
            buf,
            area,
            "every run becomes a point here",
            (shown, ctx),
        );
        return;
    }
    let all = || pca.iter().chain(&runs);
    let widest = all().map(|(k, _)| *k).fold(2.0, f64::max);
    let x = if widest > 12.0 {
        Axis::log(1.0, widest)
    } else {
        Axis::straight(0.0, widest)
    };
    let highest = all().map(|(_, e)| *e).fold(0.0, f64::max);
    let lowest = all().map(|(_, e)| *e).filter(|e| *e > 0.0);
    let lowest = lowest.fold(f64::INFINITY, f64::min);
    let y = if shown.log {
        Axis::covering_log(lowest, highest)
    } else {
        Axis::covering(0.0, highest)
    };
    let lines = vec![
        Line {
            label: "PCA".to_owned(),
            points: pca,
            pattern: Pattern::Solid,
            ink: Ink::Train,
        },
        Line {
            label: "your runs".to_owned(),
            points: runs,
            pattern: Pattern::Points,
            ink: Ink::Test,
        },
    ];
    let lines = lines.into_iter().filter(|l| !l.points.is_empty());
    Curve {
        lines: lines.collect(),
        marks: Vec::new(),
        x: (x, "K"),
        y: (y, "test error per pixel"),
        theme: ctx.theme,
        glyphs: ctx.glyphs,
    }
    .render(area, buf);
}

fn foot(_: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    match runs(shown).last() {
        Some((k, error)) => {
            format!("newest run: K = {k}, error {}", axis::number(*error))
        }
        None => String::new(),
    }
}

fn sentence(shown: &Shown<'_>) -> String {
    let (pca, runs) = (pca(shown), runs(shown));
    let say = |points: &[(f64, f64)]| {
        let parts: Vec<String> = points
            .iter()
            .map(|(k, e)| format!("{} at K = {k}", axis::number(*e)))
            .collect();
        parts.join(", ")
    };
    let mut parts = Vec::new();
    if !runs.is_empty() {
        parts.push(format!("test error of your runs: {}", say(&runs)));
    }
    if !pca.is_empty() {
        parts.push(format!("test error of PCA: {}", say(&pca)));
    }
    if parts.is_empty() {
        return "no errors to compare yet".to_owned();
    }
    parts.join("; ")
}

/// The error of PCA for some K, by K.
fn pca(shown: &Shown<'_>) -> Vec<(f64, f64)> {
    let Some(snapshot) = shown.snapshot else { return Vec::new() };
    let point = |(name, error): &(String, f32)| {
        let k = f64::from(common::size(name)?);
        error.is_finite().then_some((k, f64::from(*error)))
    };
    sorted(snapshot.bars.iter().filter_map(point).collect())
}

/// K and test error of the runs, oldest first.
fn runs(shown: &Shown<'_>) -> Vec<(f64, f64)> {
    let point = |run: &crate::train::record::RunRecord| {
        let error = *run.metrics.get(&Metric::TestMse)?;
        let k = run.settings.whole(KnobId::CodeSize) as f64;
        error.is_finite().then_some((k, error))
    };
    shown.runs.iter().filter_map(point).collect()
}

fn sorted(mut points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    points
}
