//! Probes: how much do frozen codes know about the labels?
//!
//! Encode the examples, leave the encoder alone, and fit a small
//! classifier to the codes. If it does well, what tells the classes apart
//! is in the codes, in a form that such a classifier can read (Alain &
//! Bengio, 2017). The same probe on the raw pixels is the rival.
//!
//! Codes of different models differ in size, and a price on weights means
//! nothing without a size. So every probe first moves codes to the origin
//! and divides them all by *one* number, which changes no angle:
//!
//! ```text
//! x ← (x - μ) / s        s² = the mean variance of a feature
//! ```

use crate::Real;
use crate::nn::Matrix;
use crate::nn::class_loss::accuracy;
use crate::nn::classifier::Classifier;
use crate::nn::mlp::MlpPlan;
use crate::nn::mlp::mlp;
use crate::nn::neighbors::Neighbors;
use crate::nn::random::Rng;
use crate::nn::rbf::Rbf;
use crate::nn::rbf::RbfPlan;
use crate::nn::softmax::SoftmaxPlan;
use crate::nn::softmax::softmax;
use crate::nn::stumps::BoostPlan;
use crate::nn::stumps::Boosted;
use crate::nn::svm::Svm;
use crate::nn::svm::SvmPlan;
use ndarray::Axis;

/// Which classifier, and how it is fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ProbePlan {
    /// Multinomial logistic regression: linear.
    Softmax(SoftmaxPlan),
    /// The widest street between classes: linear.
    Svm(SvmPlan),
    /// The vote of so many neighbors: *not* linear.
    Neighbors(usize),
    /// A hidden layer under a softmax.
    Mlp(MlpPlan),
    /// Bells around typical codes.
    Rbf(RbfPlan),
    /// Many questions about single numbers of the code.
    Boosted(BoostPlan),
}

/// A fitted classifier.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    mean: Matrix,
    size: Real,
    reader: Reader,
}

#[derive(Debug, Clone, PartialEq)]
enum Reader {
    Network(Classifier),
    Svm(Svm),
    Neighbors(Neighbors),
    Rbf(Rbf),
    Boosted(Boosted),
}

impl Probe {
    /// Fits codes `[examples, code]` and their labels; at least one.
    pub fn fit(
        plan: &ProbePlan,
        codes: &Matrix,
        labels: &[u8],
        classes: usize,
        rng: &mut Rng,
    ) -> Probe {
        assert!(!codes.is_empty(), "no probe without codes");
        let mean = codes.sum_axis(Axis(0)) / codes.nrows() as Real;
        let mean = mean.insert_axis(Axis(0));
        let squares = (codes - &mean).mapv_into(|v| v * v);
        let size = (squares.sum() / squares.len() as Real).sqrt();
        let size = if size > 0.0 { size } else { 1.0 };
        let x = &((codes - &mean) / size);
        let reader = match plan {
            ProbePlan::Softmax(plan) => {
                Reader::Network(softmax(x, labels, classes, plan))
            }
            ProbePlan::Mlp(plan) => {
                Reader::Network(mlp(x, labels, classes, plan, rng))
            }
            ProbePlan::Svm(plan) => {
                Reader::Svm(Svm::fit(x, labels, classes, plan, rng))
            }
            ProbePlan::Neighbors(k) => {
                let labels = labels.to_vec();
                Reader::Neighbors(Neighbors::new(x.clone(), labels, *k))
            }
            ProbePlan::Rbf(plan) => {
                Reader::Rbf(Rbf::fit(x, labels, classes, plan, rng))
            }
            ProbePlan::Boosted(plan) => {
                Reader::Boosted(Boosted::fit(x, labels, classes, plan, rng))
            }
        };
        Probe { mean, size, reader }
    }

    /// The class of every code `[examples, code]`.
    pub fn predict(&self, codes: &Matrix) -> Vec<u8> {
        let x = (codes - &self.mean) / self.size;
        match &self.reader {
            Reader::Network(classifier) => classifier.predict(&x),
            Reader::Svm(svm) => svm.predict(&x),
            Reader::Neighbors(neighbors) => neighbors.predict(&x),
            Reader::Rbf(rbf) => rbf.predict(&x),
            Reader::Boosted(boosted) => boosted.predict(&x),
        }
    }

    /// The share of codes that get their label.
    pub fn accuracy(&self, codes: &Matrix, labels: &[u8]) -> Real {
        accuracy(&self.predict(codes), labels)
    }
}

/// The first `count` rows of every class, in the order of the rows: a
/// small budget of labels, spent evenly.
pub fn per_class(labels: &[u8], count: usize) -> Vec<usize> {
    let mut taken = [0_usize; 256];
    let mut rows = Vec::new();
    for (row, &label) in labels.iter().enumerate() {
        let taken = &mut taken[usize::from(label)];
        if *taken < count {
            *taken += 1;
            rows.push(row);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;

    fn plans() -> [ProbePlan; 6] {
        [
            ProbePlan::Softmax(SoftmaxPlan::default()),
            ProbePlan::Svm(SvmPlan::default()),
            ProbePlan::Neighbors(3),
            ProbePlan::Mlp(MlpPlan::default()),
            ProbePlan::Rbf(RbfPlan::default()),
            ProbePlan::Boosted(BoostPlan::default()),
        ]
    }

    #[test]
    fn every_probe_reads_codes_of_any_size() {
        // Three well separated groups, near 1000 and a thousandth wide.
        let code = |i: usize, j: usize| {
            let wobble = ((i * 7 + j * 3) % 5) as Real / 50.0;
            1.0 + Real::from(u8::from(i % 3 == j)) + wobble
        };
        let x = Matrix::from_shape_fn((60, 3), |(i, j)| code(i, j));
        let x = x * 1e-2 + 10.0;
        let labels: Vec<u8> = (0..60).map(|i| (i % 3) as u8).collect();
        for plan in plans() {
            let look = &mut rng(1, Purpose::Look);
            let probe = Probe::fit(&plan, &x, &labels, 3, look);
            assert_eq!(probe.accuracy(&x, &labels), 1.0, "{plan:?}");
        }
    }

    #[test]
    fn equal_codes_know_nothing_and_break_nothing() {
        let (x, labels) = (Matrix::ones((4, 2)), [0, 1, 1, 1]);
        for plan in plans() {
            let look = &mut rng(1, Purpose::Look);
            let probe = Probe::fit(&plan, &x, &labels, 2, look);
            let found = probe.accuracy(&x, &labels);
            assert!([0.25, 0.75].contains(&found), "{plan:?}: {found}");
        }
    }

    #[test]
    fn a_budget_is_spent_evenly() {
        assert_eq!(per_class(&[0, 0, 0, 1, 2, 1, 1], 2), [0, 1, 3, 4, 5]);
    }
}
