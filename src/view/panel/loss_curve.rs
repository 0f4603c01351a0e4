//! Training and test loss over the epochs, with lines that give the
//! numbers a meaning.

use crate::data::DataKind;
use crate::lesson::knob::KnobId;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::lesson::possible;
use crate::lesson::schema::Baseline;
use crate::train::history::History;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::Trail;
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
    Parts { title: "Loss", height, draw, foot, sentence };

fn height(width: u16, _: &Shown<'_>) -> u16 {
    if width < 60 { 12 } else { 14 }
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    if shown.history.batches.is_empty() && shown.history.epochs.is_empty() {
        common::empty(
            buf,
            area,
            "the curve of the loss appears here",
            (shown, ctx),
        );
        return;
    }
    let x = Axis::straight(0.0, last_epoch(shown));
    let lines = lines(shown, x);
    let values = || {
        let points = lines.iter().flat_map(|line| &line.points);
        points.map(|(_, y)| *y).filter(|y| y.is_finite())
    };
    let most = ceiling(shown, &lines);
    let highest = values().fold(0.0, f64::max).min(most);
    let lowest =
        values().filter(|y| *y > 0.0).fold(f64::INFINITY, f64::min);
    let y = if shown.log {
        Axis::covering_log(lowest, highest)
    } else {
        Axis::covering(0.0, highest)
    };
    let marks = shown.history.marks.iter();
    let marks = marks.map(|m| m.step as f64 / steps_per_epoch(shown));
    Curve {
        lines,
        marks: marks.collect(),
        x: (x, "epochs"),
        y: (y, unit(shown)),
        theme: ctx.theme,
        glyphs: ctx.glyphs,
    }
    .render(area, buf);
}

fn foot(_: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let Some(mark) = shown.history.marks.last() else {
        let from = labels_from(shown);
        if from.is_finite() && from > 0.0 && from < shown.total_epochs {
            let from = common::count(from);
            return format!(
                "layer by layer up to epoch {from}, then with labels"
            );
        }
        return String::new();
    };
    let label = mark.knob.info().label;
    format!("▲ {label} turned to {}", mark.value)
}

fn sentence(shown: &Shown<'_>) -> String {
    let names = names(shown);
    let points = &shown.history.epochs;
    let value = |metrics: &Metrics, names: &[Metric]| {
        names.iter().find_map(|name| metrics.get(name)).copied()
    };
    let (first, last) = match (points.first(), points.last()) {
        (Some(first), Some(last)) => (first, last),
        _ => return "no loss is recorded yet".to_owned(),
    };
    let Some((what, names)) = [("test", names.1), ("training", names.0)]
        .into_iter()
        .find(|(_, names)| value(&last.metrics, names).is_some())
    else {
        return "no loss is recorded yet".to_owned();
    };
    let word = if variational(shown) {
        "loss"
    } else if by_objective(shown) {
        "cross-entropy"
    } else {
        "error"
    };
    let now = value(&last.metrics, names).unwrap_or(f64::NAN);
    let start = value(&first.metrics, names).unwrap_or(f64::NAN);
    let epochs = common::count(last.epoch);
    if points.len() < 2 {
        return format!("{what} {word} is {}", axis::number(now));
    }
    let before = points
        .iter()
        .rev()
        .find(|p| p.epoch <= 0.9 * last.epoch)
        .and_then(|p| value(&p.metrics, names))
        .unwrap_or(start);
    let way = if now < start { "fell" } else { "went" };
    let mut text = format!(
        "{what} {word} {way} from {} to {} in {epochs} {}, {}",
        axis::number(start),
        axis::number(now),
        if epochs == "1" { "epoch" } else { "epochs" },
        trend(before, now),
    );
    for (name, level) in levels(shown) {
        text.push_str(&format!("; {}", against(now, level, &name)));
    }
    text
}

/// `still falling`, `steady` or `rising`.
fn trend(before: f64, now: f64) -> &'static str {
    match now / before {
        ratio if !ratio.is_finite() => "no longer a number",
        ratio if ratio < 0.995 => "still falling",
        ratio if ratio > 1.005 => "rising",
        _ => "steady",
    }
}

/// `6 % above PCA with K = 8`.
fn against(now: f64, level: f64, name: &str) -> String {
    let percent = 100.0 * (now / level - 1.0);
    let side = if percent < 0.0 { "below" } else { "above" };
    match percent.abs() {
        p if !p.is_finite() => format!("{name} is {}", axis::number(level)),
        p if p < 0.5 => format!("as good as {name}"),
        p if p < 1000.0 => format!("{p:.0} % {side} {name}"),
        p => format!("{:.0} times {name}", p / 100.0 + 1.0),
    }
}

fn bce(shown: &Shown<'_>) -> bool {
    shown.settings.word(KnobId::Loss) == "bce"
}

/// Whether the model has a prior to keep to: its loss has two parts.
fn variational(shown: &Shown<'_>) -> bool {
    shown.settings.get(KnobId::KlWeight).is_some()
}

/// Whether the objective itself is drawn, and not the squared error.
fn by_objective(shown: &Shown<'_>) -> bool {
    bce(shown) || variational(shown) || by_labels(shown)
}

/// Whether the examples have pixels.
fn is_drawn(shown: &Shown<'_>) -> bool {
    let data = shown.settings.word(KnobId::Data);
    DataKind::from_name(&data).is_none_or(possible::is_drawn)
}

fn unit(shown: &Shown<'_>) -> &'static str {
    let sum = shown.settings.word(KnobId::Reduction) == "sum";
    if variational(shown) && bce(shown) && sum {
        "nats per image: copying and KL"
    } else if variational(shown) {
        "copying and KL together"
    } else if by_labels(shown) {
        "cross-entropy of the classes"
    } else if bce(shown) {
        "cross-entropy per pixel"
    } else if is_drawn(shown) {
        "squared error per pixel"
    } else {
        "squared error per number"
    }
}

/// The metrics that hold the loss on the training and on the test set,
/// the best ones first.
fn names(shown: &Shown<'_>) -> (&'static [Metric], &'static [Metric]) {
    if by_objective(shown) {
        (&[Metric::TrainLoss], &[Metric::TestLoss, Metric::TestBce])
    } else {
        (
            &[Metric::TrainMse, Metric::TrainLoss],
            &[Metric::TestMse, Metric::TestLoss],
        )
    }
}

/// The baselines of the same kind as the loss that are known.
fn levels(shown: &Shown<'_>) -> Vec<(String, f64)> {
    let k = shown.settings.whole(KnobId::CodeSize);
    let mut levels = Vec::new();
    for baseline in shown.baselines {
        let (of_bce, name, metric) = match baseline {
            Baseline::Mean => {
                (false, "the mean image".to_owned(), Metric::MeanTestMse)
            }
            Baseline::Pca => {
                (false, format!("PCA with K = {k}"), Metric::PcaTestMse)
            }
            Baseline::BceFloor => {
                (true, "the floor".to_owned(), Metric::BceFloor)
            }
        };
        if of_bce == bce(shown)
            && !variational(shown)
            && !by_labels(shown)
            && let Some(value) = common::metric(shown, metric)
        {
            levels.push((name, value));
        }
    }
    levels
}

fn lines(shown: &Shown<'_>, x: Axis) -> Vec<Line> {
    let per_epoch = steps_per_epoch(shown);
    let mut veil = veil(shown.history, per_epoch);
    // With labels another loss is followed: it has other numbers.
    let copies = labels_from(shown);
    let train = &shown.history.epochs;
    let step = train.iter().rev().find(|point| point.epoch <= copies);
    if copies.is_finite() && !by_labels(shown) {
        let last = step.map_or(0, |point| point.step);
        let kept = last as f64 / per_epoch;
        veil.points.retain(|(x, _)| *x <= kept);
        // An epoch with labels has another number of steps.
        let stretch = copies / kept.max(1e-9);
        veil.points.iter_mut().for_each(|(x, _)| *x *= stretch);
    }
    let mut lines = vec![veil];
    for (name, value) in levels(shown) {
        let name = match name.as_str() {
            "the mean image" => "mean",
            "the floor" => "floor",
            _ => "PCA",
        };
        let label = format!("{name} {}", axis::number(value));
        lines.push(Line::level(label, value, x));
    }
    if let Some(other) = shown.other {
        lines.push(other_line(shown, &other.history, other.number));
    }
    let (train, test) = names(shown);
    let mut training = line(shown.history, train, "train", Ink::Train);
    if training.points.len() < 2 {
        training.points = means(shown.history, per_epoch);
        if let Some((_, y)) = training.points.last() {
            training.label = format!("batches {}", axis::number(*y));
        }
    }
    lines.push(training);
    lines.push(line(shown.history, test, "test", Ink::Test));
    lines.retain(|line| !line.points.is_empty());
    lines
}

fn line(trail: Trail<'_>, names: &[Metric], name: &str, ink: Ink) -> Line {
    let value = |metrics: &Metrics| {
        names.iter().find_map(|name| metrics.get(name)).copied()
    };
    let points: Vec<(f64, f64)> = trail
        .epochs
        .iter()
        .filter_map(|point| Some((point.epoch, value(&point.metrics)?)))
        .collect();
    let last = points.last().map_or(f64::NAN, |(_, y)| *y);
    let pattern = match ink {
        Ink::Test | Ink::Other => Pattern::Dashed,
        _ => Pattern::Solid,
    };
    let label = format!("{name} {}", axis::number(last));
    Line { label, points, pattern, ink }
}

/// The test loss of the run to compare with, or its training loss.
fn other_line(shown: &Shown<'_>, history: &History, number: u32) -> Line {
    let (train, test) = names(shown);
    let name = format!("run {number}");
    let line = |names| line(history.into(), names, &name, Ink::Other);
    let of_test = line(test);
    if of_test.points.is_empty() { line(train) } else { of_test }
}

/// Lowest to highest loss of each bucket.
fn veil(trail: Trail<'_>, per_epoch: f64) -> Line {
    let points = trail.batches.iter().flat_map(|bucket| {
        let x = bucket.step as f64 / per_epoch;
        [(x, f64::from(bucket.low)), (x, f64::from(bucket.high))]
    });
    Line {
        label: String::new(),
        points: points.collect(),
        pattern: Pattern::Veil,
        ink: Ink::Batch,
    }
}

/// The epoch from which on a stacked network learns with labels; never
/// for any other.
fn labels_from(shown: &Shown<'_>) -> f64 {
    match shown.settings.get(KnobId::Head) {
        Some(_) => {
            shown.total_epochs - shown.settings.number(KnobId::Epochs)
        }
        None => f64::INFINITY,
    }
}

/// Whether it learns with labels from the beginning.
fn by_labels(shown: &Shown<'_>) -> bool {
    labels_from(shown) < 0.5
}

fn means(trail: Trail<'_>, per_epoch: f64) -> Vec<(f64, f64)> {
    let point = |b: &crate::train::history::Bucket| {
        (b.step as f64 / per_epoch, f64::from(b.mean))
    };
    trail.batches.iter().map(point).collect()
}

/// The highest loss worth showing: a loss that explodes shall not flatten
/// everything else.
fn ceiling(shown: &Shown<'_>, lines: &[Line]) -> f64 {
    let first = lines
        .iter()
        .filter(|line| line.pattern != Pattern::Veil)
        .filter_map(|line| line.points.first())
        .map(|(_, y)| *y)
        .filter(|y| y.is_finite())
        .fold(0.0, f64::max);
    let levels = levels(shown).into_iter().map(|(_, y)| y);
    let known = levels.fold(first, f64::max);
    if known > 0.0 { 1.5 * known } else { f64::INFINITY }
}

fn last_epoch(shown: &Shown<'_>) -> f64 {
    let points = shown.history.epochs.last().map_or(0.0, |p| p.epoch);
    let batches = shown
        .history
        .batches
        .last()
        .map_or(0.0, |b| b.step as f64 / steps_per_epoch(shown));
    shown.total_epochs.max(points).max(batches)
}

/// Steps per epoch, as the run has shown; 1 if it has not.
fn steps_per_epoch(shown: &Shown<'_>) -> f64 {
    let seen = shown.history.epochs.iter().rev();
    let points = seen.map(|point| (point.step, point.epoch));
    let snapshot = shown.snapshot.map(|s| (s.step, s.epoch));
    points
        .chain(snapshot)
        .find(|(step, epoch)| *step > 0 && *epoch > 0.0)
        .map_or(1.0, |(step, epoch)| step as f64 / epoch)
}
