//! Anomalies: heartbeats that a model of normal ones cannot restore.

use crate::Real;
use crate::data::DataKind;
use crate::lesson::knob::KnobId;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::nn::Matrix;
use crate::nn::anomaly::Measure;
use crate::nn::anomaly::Threshold;
use crate::nn::anomaly::errors;
use crate::nn::roc::Roc;
use crate::train::evaluate::Seen;
use crate::train::measure::Exam;
use crate::train::net::Net;
use ndarray::Axis;

/// The label of what is looked for; 0 is normal, others are in between
/// and do not count.
pub const ANOMALY: u8 = 1;

/// Errors of test examples, and the line that is drawn.
pub struct Alarms {
    /// Mean absolute errors.
    pub errors: Vec<Real>,
    /// Which of them are anomalies.
    pub anomalous: Vec<bool>,
    /// An example with a larger error raises an alarm.
    pub threshold: Real,
    /// The curve over all thresholds.
    pub roc: Option<Roc>,
}

impl Alarms {
    /// The alarms of a network on heartbeats; `None` on other data.
    pub fn of(exam: &Exam) -> Option<Self> {
        let stacked = matches!(exam.net, Net::Stacked(_));
        if exam.data.kind != DataKind::Ecg || stacked {
            return None;
        }
        let model = exam.net.model();
        let errors_of = |x: &Matrix| {
            errors(Measure::Absolute, x, &model.reconstruct(x))
        };
        let usual = errors_of(&exam.data.train.x);
        if usual.is_empty() {
            return None;
        }
        let z = exam.config.settings.number(KnobId::Threshold) as Real;
        let threshold = Threshold::Deviations(z).of(&usual);
        let test = &exam.data.test;
        let clear: Vec<usize> = (0..test.len())
            .filter(|&row| test.labels[row] <= ANOMALY)
            .collect();
        let errors = errors_of(&test.x.select(Axis(0), &clear));
        let anomalous: Vec<bool> =
            clear.iter().map(|&r| test.labels[r] == ANOMALY).collect();
        let roc = Roc::of(&errors, &anomalous);
        Some(Self { errors, anomalous, threshold, roc })
    }

    /// True positives, false positives, false negatives, true negatives.
    pub fn confusion(&self) -> [u32; 4] {
        let mut counts = [0; 4];
        for (&error, &anomalous) in self.errors.iter().zip(&self.anomalous)
        {
            let place = match (error > self.threshold, anomalous) {
                (true, true) => 0,
                (true, false) => 1,
                (false, true) => 2,
                (false, false) => 3,
            };
            counts[place] += 1;
        }
        counts
    }
}

/// How well anomalies are told apart.
pub fn metrics(exam: &Exam, _: &(Seen, Seen)) -> Metrics {
    let Some(alarms) = Alarms::of(exam) else { return Metrics::new() };
    let [hits, alarmed, missed, calm] = alarms.confusion().map(f64::from);
    let mut all = Metrics::from([(
        Metric::ErrorThreshold,
        f64::from(alarms.threshold),
    )]);
    let mut ratio = |metric, part: f64, whole: f64| {
        if whole > 0.0 {
            all.insert(metric, part / whole);
        }
    };
    // Nobody is flagged: nobody is flagged wrongly.
    let flagged = hits + alarmed;
    let right = if flagged > 0.0 { hits } else { 1.0 };
    ratio(Metric::Precision, right, flagged.max(1.0));
    ratio(Metric::Recall, hits, hits + missed);
    ratio(Metric::FlaggedNormal, alarmed, alarmed + calm);
    if let Some(roc) = &alarms.roc {
        all.insert(Metric::Auc, f64::from(roc.auc));
    }
    all
}
