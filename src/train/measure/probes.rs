//! Small classifiers on frozen codes and on the inputs themselves.

use crate::lesson::knob::KnobId;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::lesson::reported::has_classes;
use crate::nn::Matrix;
use crate::nn::probe::Probe;
use crate::nn::probe::ProbePlan;
use crate::nn::probe::per_class;
use crate::train::evaluate::Seen;
use crate::train::measure::Draw;
use crate::train::measure::Exam;
use crate::train::measure::damaged;
use crate::train::net::Net;
use crate::train::probing;
use crate::train::stacking::classes;
use ndarray::Axis;

/// The labeled examples that a probe learns from, and the test examples
/// it is asked about.
pub struct Labeled {
    /// `[labeled, features]`
    pub x: Matrix,
    /// One per example.
    pub labels: Vec<u8>,
    /// `[test, features]`
    pub asked: Matrix,
    /// One per test example.
    pub truth: Vec<u8>,
}

impl Labeled {
    /// As many per class as the knob says.
    pub fn of(exam: &Exam) -> Self {
        let each = exam.config.settings.whole(KnobId::LabelsPerClass);
        let train = &exam.data.train;
        let rows = per_class(&train.labels, each);
        let labels = rows.iter().map(|&row| train.labels[row]).collect();
        let (asked, truth) = exam.test(exam.rows());
        Self {
            x: train.x.select(Axis(0), &rows),
            labels,
            asked,
            truth: truth.to_vec(),
        }
    }

    /// Fits a probe to what `see` makes of the labeled examples.
    pub fn fit(
        &self,
        exam: &Exam,
        plan: &ProbePlan,
        see: &dyn Fn(&Matrix) -> Matrix,
    ) -> Probe {
        let mut rng = exam.rng(Draw::Probes);
        let classes = classes(exam.data);
        Probe::fit(plan, &see(&self.x), &self.labels, classes, &mut rng)
    }
}

/// The accuracy of the chosen probe on codes, on inputs, and on codes of
/// damaged inputs.
pub fn metrics(exam: &Exam, _: &(Seen, Seen)) -> Metrics {
    let mut all = Metrics::new();
    let word = exam.config.settings.word(KnobId::Probe);
    let stacked = matches!(exam.net, Net::Stacked(_));
    let Some(plan) = probing::plan(&word) else { return all };
    if stacked || !has_classes(exam.data.kind) {
        return all;
    }
    let labeled = Labeled::of(exam);
    if labeled.x.is_empty() {
        return all;
    }
    let model = exam.net.model();
    let on_codes = labeled.fit(exam, &plan, &|x| model.encode(x));
    let on_inputs = labeled.fit(exam, &plan, &Matrix::clone);
    let truth = &labeled.truth;
    let mut put = |metric, right: f32| {
        all.insert(metric, f64::from(right));
    };
    let asked = model.encode(&labeled.asked);
    put(Metric::ProbeAccuracy, on_codes.accuracy(&asked, truth));
    let raw = on_inputs.accuracy(&labeled.asked, truth);
    put(Metric::RawProbeAccuracy, raw);
    if matches!(exam.net, Net::Dense(_) | Net::Convolutional(_)) {
        let noisy = model.encode(&damaged(exam, &labeled.asked));
        put(Metric::NoisyProbeAccuracy, on_codes.accuracy(&noisy, truth));
    }
    all
}
