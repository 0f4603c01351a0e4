//! What simple models make of the same data: the mean image, and PCA with
//! every K at once.

use crate::Real;
use crate::data::Dataset;
use crate::nn::Matrix;
use crate::nn::pca::Pca;
use ndarray::s;

/// Examples projected at a time.
const CHUNK: usize = 500;

/// What simple models make of a data set. All errors are means over pixels
/// and examples.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// PCA fitted to the training set, with all axes.
    pub pca: Pca,
    /// `[K]`: error of PCA with K axes on the training set, K from 0 (the
    /// mean) to all.
    pub train: Vec<f64>,
    /// `[K]`: the same on the test set.
    pub test: Vec<f64>,
}

impl Baseline {
    /// Fits PCA to the training set and tries every K on both sets.
    pub fn of(data: &Dataset) -> Self {
        let pca = Pca::fit(&data.train.x, 1);
        let train = own_errors(&pca);
        let test = errors(&pca, &data.test.x);
        Self { pca, train, test }
    }

    /// Error of PCA with `k` axes on the training set; with more axes than
    /// there are, that of all.
    pub fn pca_train(&self, k: usize) -> f64 {
        at(&self.train, k)
    }

    /// The same on the test set.
    pub fn pca_test(&self, k: usize) -> f64 {
        at(&self.test, k)
    }

    /// Error of answering every test example with the mean of the training
    /// set.
    pub fn mean_test(&self) -> f64 {
        at(&self.test, 0)
    }

    /// Error of answering every training example with their mean: their
    /// variance.
    pub fn mean_train(&self) -> f64 {
        at(&self.train, 0)
    }
}

fn at(errors: &[f64], k: usize) -> f64 {
    errors.get(k).or(errors.last()).copied().unwrap_or(0.0)
}

/// `[K]`: the squared error with K axes on the data that were fitted: the
/// variance along all the others.
fn own_errors(pca: &Pca) -> Vec<f64> {
    let all = pca.eigenvalues.len();
    let error = |k| f64::from(pca.residual(k)) / all.max(1) as f64;
    (0..=all).map(error).collect()
}

/// `[K]`: the squared error with K axes. By Pythagoras, every axis takes
/// the square of its code away from what is still missing.
fn errors(pca: &Pca, x: &Matrix) -> Vec<f64> {
    let (rows, features) = x.dim();
    let axes = pca.components.t();
    let mut missing = 0.0;
    let mut taken = vec![0.0; features];
    for start in (0..rows).step_by(CHUNK) {
        let end = rows.min(start + CHUNK);
        let centered = &x.slice(s![start..end, ..]) - &pca.mean;
        missing += sum_of_squares(&centered);
        let codes = centered.dot(&axes);
        for row in codes.rows() {
            for (sum, &code) in taken.iter_mut().zip(row) {
                *sum += f64::from(code) * f64::from(code);
            }
        }
    }
    let share = 1.0 / (rows * features).max(1) as f64;
    let mut errors = vec![missing * share];
    for axis in taken {
        missing -= axis;
        errors.push(missing.max(0.0) * share);
    }
    errors
}

fn sum_of_squares(x: &Matrix) -> f64 {
    let square = |&v: &Real| f64::from(v) * f64::from(v);
    x.iter().map(square).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::DataKind;
    use crate::data::DataSpec;
    use crate::data::Library;
    use crate::nn::model::Codec as _;

    #[test]
    fn every_k_at_once_is_every_k_alone() {
        let spec = DataSpec::new(DataKind::Digits8);
        let data = Library::embedded().load(&spec).unwrap();
        let baseline = Baseline::of(&data);
        for k in [0, 1, 7, 64] {
            let mut pca = baseline.pca.clone();
            pca.kept = k;
            let x = &data.test.x;
            let lost = sum_of_squares(&(x - &pca.reconstruct(x)));
            let lost = lost / x.len() as f64;
            let told = baseline.pca_test(k);
            assert!((lost - told).abs() < 1e-6, "K = {k}: {lost} {told}");
        }
        let residual = f64::from(baseline.pca.residual(8)) / 64.0;
        assert!((baseline.pca_train(8) - residual).abs() < 1e-6);
        assert_eq!(baseline.pca_test(99), baseline.pca_test(64));
    }
}
