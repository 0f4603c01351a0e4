//! What is worth its time only once, at the end of a run.

mod alarms;
mod codes;
mod copying;
mod dense;
mod noise;
mod pictures;
mod probes;
mod rival;
mod samples;

pub use self::alarms::ANOMALY;
pub use self::alarms::Alarms;
pub use self::codes::detectors;
pub use self::noise::damaged;
pub use self::probes::Labeled;
pub use self::samples::draws;

use crate::Real;
use crate::data::Dataset;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::lesson::possible::is_ink;
use crate::lesson::reported::has_classes;
use crate::lesson::schema::Panel;
use crate::nn::Matrix;
use crate::nn::random::Purpose;
use crate::nn::random::Rng;
use crate::nn::random::stream;
use crate::train::baseline::Baseline;
use crate::train::config::RunConfig;
use crate::train::descent::Descent;
use crate::train::descent::End;
use crate::train::evaluate::Seen;
use crate::train::metrics;
use crate::train::net::Net;
use crate::train::snapshot::Series;
use ndarray::s;

/// Test examples that are looked at closely: at most, and at least.
const ROWS: (usize, usize) = (1000, 200);

/// Multiply-adds that one look at them may cost.
const CLOSE_LOOK: f64 = 1e9;

/// A finished network and what it is judged with.
pub struct Exam<'a> {
    /// The network.
    pub net: &'a Net,
    /// Its data.
    pub data: &'a Dataset,
    /// What simple models make of them.
    pub base: &'a Baseline,
    /// The order, with the knobs as they are now.
    pub config: &'a RunConfig,
}

/// Names of independent streams of draws, so that one more measurement
/// does not change another.
#[derive(Debug, Clone, Copy)]
pub enum Draw {
    /// Directions in which inputs are moved.
    Moves = 100,
    /// Damage to test examples.
    Damage,
    /// Random filters.
    Filters,
    /// Fits of classifiers.
    Probes,
    /// Generated examples.
    Samples,
    /// Draws for the importance-weighted bound.
    Bound,
    /// Pairs to walk between.
    Pairs,
}

impl Exam<'_> {
    /// How many examples of either kind are looked at closely.
    pub fn rows(&self) -> usize {
        let cost = self.config.cost();
        let one = (cost.forward * cost.slowness).max(1.0);
        ((CLOSE_LOOK / one) as usize).clamp(ROWS.1, ROWS.0)
    }

    /// A stream of draws of its own.
    pub fn rng(&self, draw: Draw) -> Rng {
        stream(self.config.seed(), Purpose::Look, draw as u64)
    }

    /// The first test examples, at most so many, and their labels.
    pub fn test(&self, most: usize) -> (Matrix, &[u8]) {
        first(&self.data.test, most)
    }

    /// The first training examples, at most so many, and their labels.
    pub fn train(&self, most: usize) -> (Matrix, &[u8]) {
        first(&self.data.train, most)
    }
}

fn first(samples: &crate::data::Samples, most: usize) -> (Matrix, &[u8]) {
    let rows = samples.len().min(most);
    let labels = samples.labels.get(..rows).unwrap_or_default();
    (samples.x.slice(s![..rows, ..]).to_owned(), labels)
}

impl Descent<'_> {
    /// Everything that a finished network can be judged by. If the
    /// student stopped the run, only what is quick.
    pub(super) fn measure(&self, seen: &(Seen, Seen), end: End) -> Metrics {
        let net = &self.learner.net;
        let unhurried = end != End::Stopped;
        let mut all = self.studio.strangers(net.model(), unhurried);
        let config = self.config_now();
        let exam = Exam {
            net,
            data: self.bench.data,
            base: &self.base,
            config: &config,
        };
        if !net.is_finite() {
            return all;
        }
        let busy = || unhurried && !self.link.stopped();
        for part in PARTS {
            if busy() {
                all.extend(part(&exam, seen));
            }
        }
        if busy() {
            all.extend(rival::metrics(&exam, &|| !self.link.stopped()));
        }
        all
    }

    /// Accuracy against the number of labels, if a panel wants it.
    pub(super) fn label_curve(&self, end: End) -> Vec<Series> {
        let stack = self.learner.net.stacked();
        let wanted = self.bench.config.wants(Panel::LabelCurve);
        if stack.is_none() || !wanted || end == End::Stopped {
            return Vec::new();
        }
        let go_on = || !self.link.stopped();
        rival::curve(&self.config_now(), self.bench.data, &go_on)
    }

    /// The order with the knobs as they are now.
    fn config_now(&self) -> RunConfig {
        RunConfig {
            settings: self.settings.clone(),
            ..self.bench.config.clone()
        }
    }
}

/// One group of measurements.
type Part = fn(&Exam, &(Seen, Seen)) -> Metrics;

/// All of them.
const PARTS: [Part; 10] = [
    simple,
    dense::metrics,
    copying::metrics,
    noise::metrics,
    pictures::metrics,
    codes::metrics,
    probes::metrics,
    samples::metrics,
    samples::bounds,
    alarms::metrics,
];

/// What follows from the errors alone.
fn simple(exam: &Exam, (_, test): &(Seen, Seen)) -> Metrics {
    let mut all = Metrics::new();
    let enough = |&k: &usize| exam.base.pca_test(k) <= test.squared;
    let components = exam.base.test.len();
    let k = (0..components).find(enough);
    let most = components.saturating_sub(1);
    all.insert(Metric::PcaMatch, k.unwrap_or(most) as f64);
    let kind = exam.data.kind;
    if has_classes(kind) {
        let labels = &exam.data.test.labels;
        let mut counts = [0_usize; 256];
        labels.iter().for_each(|&l| counts[usize::from(l)] += 1);
        let largest = counts.iter().max().copied().unwrap_or(0);
        let share = largest as f64 / labels.len().max(1) as f64;
        all.insert(Metric::MajorityShare, share);
    }
    if is_ink(kind) {
        // The same rows as those of the accuracy itself.
        let (x, _) = exam.test(exam.rows());
        let sharp = x.iter().filter(|&&v| v == 0.0 || v == 1.0).count();
        let share = sharp as f64 / x.len().max(1) as f64;
        all.insert(Metric::PixelAccuracyBound, share);
    }
    all
}

/// The error per number between two tables of the same shape.
fn gap(x: &Matrix, y: &Matrix) -> f64 {
    metrics::mse(x, y)
}

/// The middle one of several numbers; 0 if there are none.
fn median(mut values: Vec<Real>) -> f64 {
    values.sort_by(Real::total_cmp);
    values.get(values.len() / 2).map_or(0.0, |&v| f64::from(v))
}
