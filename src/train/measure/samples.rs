//! What a variational autoencoder makes up, and how surprised it is.

use crate::Real;
use crate::lesson::knob::KnobId;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::lesson::possible::is_image;
use crate::lesson::reported::has_classes;
use crate::nn::Matrix;
use crate::nn::classifier::Classifier;
use crate::nn::likelihood::importance_bound;
use crate::nn::model::Codec as _;
use crate::nn::neighbors::nearest;
use crate::nn::noise::normal;
use crate::nn::posterior::Posterior;
use crate::nn::softmax::SoftmaxPlan;
use crate::nn::softmax::softmax;
use crate::train::evaluate::Seen;
use crate::train::measure::Draw;
use crate::train::measure::Exam;
use crate::train::measure::ROWS;
use crate::train::stacking::classes;
use std::collections::BTreeSet;

/// Generated examples that are judged.
const SAMPLES: usize = 200;

/// Training examples that the judge knows.
const KNOWN: usize = 1000;

/// How sure the judge must be of a valid example.
const SURE: Real = 0.7;

/// Share of real test examples that are as near to the training set as a
/// valid example must be.
const AS_NEAR: usize = 95;

/// Test examples, and draws for each, of the importance-weighted bound.
const BOUND: (usize, usize) = (100, 50);

/// Codes that are drawn to make examples up, `[draws, code]`: from the
/// prior of a variational autoencoder. A plain one has none, and takes
/// the same.
pub fn draws(exam: &Exam, count: usize, code: usize) -> Matrix {
    let mut rng = exam.rng(Draw::Samples);
    let temperature = match exam.net.variational() {
        Some(_) => exam.config.settings.number(KnobId::Temperature),
        None => 1.0,
    };
    normal(count, code, &mut rng) * temperature as Real
}

/// The share of valid examples among generated ones, and their classes.
pub fn metrics(exam: &Exam, _: &(Seen, Seen)) -> Metrics {
    let (kind, Some(model)) = (exam.data.kind, exam.net.variational())
    else {
        return Metrics::new();
    };
    if !has_classes(kind) || !is_image(kind) {
        return Metrics::new();
    }
    let made = model.decode(&draws(exam, SAMPLES, model.dimensions()));
    let judge = Judge::of(exam);
    let valid = judge.valid(&made);
    let classes: BTreeSet<u8> = valid.iter().flatten().copied().collect();
    let count = valid.iter().flatten().count();
    Metrics::from([
        (Metric::SampleValid, count as f64 / SAMPLES as f64),
        (Metric::SampleDiversity, classes.len() as f64),
    ])
}

/// Knows what real examples look like.
struct Judge {
    classifier: Classifier,
    known: Matrix,
    near: Real,
}

impl Judge {
    fn of(exam: &Exam) -> Self {
        let (known, labels) = exam.train(KNOWN);
        // Pixels vary little, so a sure judge needs large weights.
        let plan = SoftmaxPlan {
            weight_decay: 1e-4,
            steps: 100,
            ..SoftmaxPlan::default()
        };
        let classes = classes(exam.data);
        let classifier = softmax(&known, labels, classes, &plan);
        let (real, _) = exam.test(300);
        let mut far: Vec<Real> = distances(&known, &real);
        far.sort_by(Real::total_cmp);
        let place = far.len() * AS_NEAR / 100;
        let near = far.get(place.min(far.len().saturating_sub(1)));
        let near = near.copied().unwrap_or(Real::INFINITY);
        Self { classifier, known, near }
    }

    /// The class of each valid example.
    fn valid(&self, made: &Matrix) -> Vec<Option<u8>> {
        let sure = self.classifier.probabilities(made);
        let far = distances(&self.known, made);
        let rows = sure.rows().into_iter().zip(far);
        rows.map(|(row, far)| {
            let mut best = (0, 0.0);
            for (class, &p) in row.iter().enumerate() {
                if p > best.1 {
                    best = (class, p);
                }
            }
            let valid = best.1 >= SURE && far <= self.near;
            valid.then_some(best.0 as u8)
        })
        .collect()
    }
}

fn distances(known: &Matrix, x: &Matrix) -> Vec<Real> {
    let near = nearest(known, x, 1).into_iter();
    near.map(|n| n.first().map_or(Real::INFINITY, |n| n.distance)).collect()
}

/// The parts of the bound on the likelihood, and the shape of the codes.
pub fn bounds(exam: &Exam, _: &(Seen, Seen)) -> Metrics {
    let Some(model) = exam.net.variational() else {
        return Metrics::new();
    };
    let (x, _) = exam.test(ROWS);
    let posterior = Posterior::of(model, &x);
    let mean = posterior.aggregate_mean();
    let mean = mean.mapv(|m| m * m).sum().sqrt();
    let mut rng = exam.rng(Draw::Bound);
    let one = model.log_weights(&x, 1, &mut rng);
    let elbo = one.mean().unwrap_or(0.0);
    let (few, _) = exam.test(BOUND.0);
    let weights = model.log_weights(&few, BOUND.1, &mut rng);
    let bound = importance_bound(&weights);
    let bound = bound.iter().map(|&b| f64::from(b)).sum::<f64>()
        / bound.len().max(1) as f64;
    let kl: f64 = posterior.kl.iter().map(|&kl| f64::from(kl)).sum();
    let active = posterior.active_by_variance();
    Metrics::from([
        (Metric::KlTotal, kl),
        (Metric::ActiveLatents, active as f64),
        (Metric::MedianSigma, f64::from(posterior.median_deviation())),
        (Metric::AggregateMean, f64::from(mean)),
        (Metric::NegativeElbo, -f64::from(elbo)),
        (Metric::ImportanceBound, -bound),
    ])
}
