//! Pictures of what a network is good for: alarms, probes, concepts.

use crate::lesson::possible::is_image;
use crate::nn::anomaly::histogram;
use crate::nn::concepts::FACES;
use crate::nn::model::Codec;
use crate::nn::stimulus::Climb;
use crate::nn::stimulus::stimulus;
use crate::train::measure::ANOMALY;
use crate::train::measure::Alarms;
use crate::train::measure::Exam;
use crate::train::measure::Labeled;
use crate::train::measure::detectors;
use crate::train::picture::Studio;
use crate::train::picture::image;
use crate::train::probing;
use crate::train::snapshot::Concept;
use crate::train::snapshot::Detection;
use crate::train::snapshot::Image;
use crate::train::snapshot::Signal;
use ndarray::Axis;
use ndarray::s;

/// Signals of each kind.
const SIGNALS: usize = 3;

/// Bars of the histogram of errors.
const BARS: usize = 24;

/// Points of the curve over all thresholds, at most.
const CURVE: usize = 200;

/// Test examples among which concepts are looked for.
const EXAMPLES: usize = 1000;

/// Concepts shown, and examples for each.
const CONCEPTS: (usize, usize) = (20, 6);

/// Some signals of each kind with what the model makes of them.
pub fn signals(studio: &Studio, codec: &dyn Codec) -> Vec<Signal> {
    let test = &studio.bench.data.test;
    let of = |label: u8| {
        let rows =
            (0..test.len()).filter(move |&r| test.labels[r] == label);
        rows.take(SIGNALS)
    };
    let rows: Vec<usize> = of(0).chain(of(ANOMALY)).collect();
    let x = test.x.select(Axis(0), &rows);
    let y = codec.reconstruct(&x);
    let pairs = x.rows().into_iter().zip(y.rows()).zip(rows);
    pairs
        .map(|((x, y), row)| Signal {
            label: test.labels[row],
            original: x.to_vec(),
            reconstruction: y.to_vec(),
            error: (&x - &y).mapv(f32::abs).mean().unwrap_or(0.0),
        })
        .collect()
}

/// Errors of both kinds, and the line between them.
pub fn detection(exam: &Exam) -> Option<Detection> {
    let alarms = Alarms::of(exam)?;
    let bins = histogram(&alarms.errors, &alarms.anomalous, BARS);
    let bins = bins.iter().map(|b| (b.error, b.normal, b.anomalous));
    let positive = exam.data.classes.get(usize::from(ANOMALY));
    let roc = alarms.roc.as_ref();
    let points = roc.map_or(&[][..], |roc| &roc.points);
    let stride = points.len().div_ceil(CURVE).max(1);
    let last = points.len().saturating_sub(1);
    let kept = points.iter().enumerate();
    let kept = kept.filter(|(i, _)| i % stride == 0 || *i == last);
    Some(Detection {
        positive: positive.cloned().unwrap_or_default(),
        bins: bins.collect(),
        threshold: alarms.threshold,
        confusion: alarms.confusion(),
        roc: kept.map(|(_, p)| (p.false_alarms, p.hits)).collect(),
        auc: roc.map_or(0.5, |roc| roc.auc),
    })
}

/// Three classifiers on inputs and on codes.
pub fn probes(exam: &Exam) -> Vec<(String, f32)> {
    let labeled = Labeled::of(exam);
    if labeled.x.is_empty() {
        return Vec::new();
    }
    let model = exam.net.model();
    let (truth, asked) = (&labeled.truth, model.encode(&labeled.asked));
    let raw_name =
        if is_image(exam.data.kind) { "pixels" } else { "inputs" };
    let mut all = Vec::new();
    for word in ["softmax", "svm", "knn"] {
        let Some(plan) = probing::plan(word) else { continue };
        let raw = labeled.fit(exam, &plan, &|x| x.clone());
        let right = raw.accuracy(&labeled.asked, truth);
        all.push((format!("{word} on {raw_name}"), right));
        let coded = labeled.fit(exam, &plan, &|x| model.encode(x));
        all.push((
            format!("{word} on codes"),
            coded.accuracy(&asked, truth),
        ));
    }
    all
}

/// The unit that detects each class best.
pub fn concepts(studio: &Studio, exam: &Exam) -> Vec<Concept> {
    let (x, _) = exam.test(EXAMPLES);
    let codes = exam.net.model().encode(&x);
    if codes.ncols() > 2048 || !is_image(exam.data.kind) {
        return Vec::new();
    }
    let Some(size) = image::size(exam.data.shape, x.ncols()) else {
        return Vec::new();
    };
    let found = detectors(exam);
    let named = found.iter().zip(&exam.data.classes).take(CONCEPTS.0);
    named
        .map(|((finding, control), name)| {
            let unit = finding.detector.unit;
            let column = codes.column(unit);
            let sign = f32::from(finding.detector.sign);
            let mut order: Vec<usize> = (0..column.len()).collect();
            let drive = |row: usize| sign * column[row];
            order.sort_by(|&a, &b| drive(b).total_cmp(&drive(a)));
            order.truncate(CONCEPTS.1);
            let top = order.iter().map(|&r| image::grey(x.row(r), size));
            Concept {
                name: name.clone(),
                unit: unit as u16,
                sign: finding.detector.sign,
                accuracy: finding.held_out,
                control: control.held_out,
                chance: 1.0 - FACES,
                stimulus: favorite(studio, exam, (unit, sign), size),
                top: top.collect(),
            }
        })
        .collect()
}

/// The picture that drives a unit most; where a small activity says yes,
/// the one that silences it.
fn favorite(
    studio: &Studio,
    exam: &Exam,
    (unit, sign): (usize, f32),
    size: (u16, u16),
) -> Option<Image> {
    let mut encoder = exam.net.dense()?.encoder.clone();
    if sign < 0.0
        && let Some(last) = encoder.layers.last_mut()
    {
        last.weights.mapv_inplace(|w| -w);
        last.bias.mapv_inplace(|b| -b);
    }
    let start = studio.mapped.mean_axis(Axis(0))?.insert_axis(Axis(0));
    let lengths = studio.mapped.rows().into_iter();
    let radius = lengths.map(|row| row.dot(&row).sqrt()).sum::<f32>()
        / studio.mapped.nrows().max(1) as f32;
    let climb = Climb { radius, steps: 60, ..Climb::default() };
    let found = stimulus(&encoder, unit, &start, climb);
    Some(image::stretched(found.picture.slice(s![0, ..]), size))
}
