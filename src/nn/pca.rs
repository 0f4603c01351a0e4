//! PCA: the best code that straight lines can give.
//!
//! Move the cloud of data to the origin, find its axes, keep the `k`
//! longest, forget the rest (Pearson, 1901; Hotelling, 1933):
//!
//! ```text
//! code = (x - μ) · Uᵀ        x̂ = μ + code · U        U: k axes as rows
//! ```
//!
//! No other `k` straight axes lose less. What is lost, on average and as a
//! sum over pixels, is the variance along the axes thrown away.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::dense::column_sums;
use crate::nn::desk::Desk;
use crate::nn::eigen;
use crate::nn::model::Codec;
use ndarray::s;

/// The axes of a cloud of data, longest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Pca {
    /// The center of the cloud, `[1, features]`.
    pub mean: Matrix,
    /// The variance along each axis (divided by n, not n - 1).
    pub eigenvalues: Vec<Real>,
    /// `[axes, features]`: one axis per row.
    pub components: Matrix,
    /// How many axes the code keeps.
    pub kept: usize,
}

impl Pca {
    /// The axes of `x` `[examples, features]`, with a code of `kept`.
    pub fn fit(x: &Matrix, kept: usize) -> Pca {
        let desk = &mut Desk::new();
        Pca::around(mean(x, desk), (x, x.ncols()), kept, desk)
    }

    /// The same where the axes after the first `kept` are of no interest:
    /// it takes far less time.
    pub fn fit_short(x: &Matrix, kept: usize, desk: &mut Desk) -> Pca {
        Pca::around(mean(x, desk), (x, kept), kept, desk)
    }

    /// The same without moving the cloud to the origin first: then the
    /// first axis mostly points at the mean. A mistake worth seeing.
    pub fn fit_uncentered(x: &Matrix, kept: usize) -> Pca {
        let origin = Matrix::zeros((1, x.ncols()));
        Pca::around(origin, (x, x.ncols()), kept, &mut Desk::new())
    }

    /// The first few axes of the data as seen from `mean`.
    fn around(
        mean: Matrix,
        (x, axes): (&Matrix, usize),
        kept: usize,
        desk: &mut Desk,
    ) -> Pca {
        assert!(!x.is_empty(), "no axes without data: {:?}", x.dim());
        let features = x.ncols();
        assert!(kept <= features, "{kept} axes of only {features}");
        let spread = covariance(x, &mean, desk);
        let eigen = eigen::largest(&spread, axes, desk);
        desk.put_back(spread);
        let positive = |value: &Real| value.max(0.0);
        let eigenvalues = eigen.values.iter().map(positive).collect();
        Pca { mean, eigenvalues, components: eigen.vectors, kept }
    }

    /// `code = (x - μ) · Uᵀ` with `k` axes: `[examples, k]`.
    pub fn project(&self, x: &Matrix, k: usize) -> Matrix {
        (x - &self.mean).dot(&self.axes(k).t())
    }

    /// `x̂ = μ + code · U`, from codes `[examples, k]` of any `k`.
    pub fn restore(&self, code: &Matrix) -> Matrix {
        code.dot(&self.axes(code.ncols())) + &self.mean
    }

    /// The first `k` axes, `[k, features]`.
    pub fn axes(&self, k: usize) -> Matrix {
        self.components.slice(s![..k, ..]).to_owned()
    }

    /// The squared error per example with `k` axes, summed over pixels, on
    /// the fitted data: the eigenvalues thrown away.
    pub fn residual(&self, k: usize) -> Real {
        self.eigenvalues[k..].iter().rev().sum()
    }

    /// The share of the variance along each axis; they add up to 1.
    pub fn explained(&self) -> Vec<Real> {
        let total = self.residual(0).max(Real::MIN_POSITIVE);
        self.eigenvalues.iter().map(|value| value / total).collect()
    }

    /// The smallest `k` whose axes hold at least this share.
    pub fn axes_for(&self, share: Real) -> usize {
        let enough = self.residual(0) * (1.0 - share);
        let all = self.eigenvalues.len();
        (0..all).find(|&k| self.residual(k) <= enough).unwrap_or(all)
    }
}

/// The middle of the data, `[1, features]`.
fn mean(x: &Matrix, desk: &mut Desk) -> Matrix {
    column_sums(x, desk) / x.nrows().max(1) as Real
}

/// How features vary together, `[features, features]`.
///
/// ```text
/// C = (x - μ)ᵀ · (x - μ) / n
/// ```
pub fn covariance(x: &Matrix, mean: &Matrix, desk: &mut Desk) -> Matrix {
    let mut c = desk.sheet(x.ncols(), x.ncols());
    desk.engine.spread(x.view(), mean, &mut c);
    c /= x.nrows() as Real;
    c
}

impl Codec for Pca {
    fn encode(&self, x: &Matrix) -> Matrix {
        self.project(x, self.kept)
    }

    fn decode(&self, code: &Matrix) -> Matrix {
        self.restore(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    /// A cross around (1, 1): arms of length 2 along the first feature
    /// and 1 along the second.
    fn cross() -> Matrix {
        array![[3.0, 1.0], [-1.0, 1.0], [1.0, 2.0], [1.0, 0.0]]
    }

    #[test]
    fn a_cross_by_hand() {
        let pca = Pca::fit(&cross(), 1);
        assert_eq!(pca.mean, array![[1.0, 1.0]]);
        // (2² + 2²) / 4 = 2 and (1² + 1²) / 4 = 0.5
        assert_eq!(pca.eigenvalues, [2.0, 0.5]);
        assert_eq!(pca.explained(), [0.8, 0.2]);
        assert_eq!(pca.axes(1), array![[1.0, 0.0]]);
        // The long arms survive, the short ones fall onto the mean.
        let flat = array![[3.0, 1.0], [-1.0, 1.0], [1.0, 1.0], [1.0, 1.0]];
        assert_eq!(pca.reconstruct(&cross()), flat);
        assert_eq!(pca.residual(1), 0.5);
        assert_eq!((pca.axes_for(0.79), pca.axes_for(0.81)), (1, 2));
    }

    #[test]
    fn a_short_fit_has_the_same_first_axes() {
        let (all, desk) = (Pca::fit(&cross(), 1), &mut Desk::new());
        let short = Pca::fit_short(&cross(), 1, desk);
        assert_eq!(short.components, all.axes(1));
        assert_eq!(short.eigenvalues, all.eigenvalues);
    }

    #[test]
    fn all_axes_lose_nothing() {
        let pca = Pca::fit(&cross(), 2);
        let gap = pca.reconstruct(&cross()) - cross();
        assert!(gap.iter().all(|d| d.abs() < 1e-6));
    }

    #[test]
    fn without_centering_the_first_axis_points_at_the_mean() {
        let far = cross() + 100.0;
        let first = Pca::fit_uncentered(&far, 1).axes(1);
        let slope = first[[0, 1]] / first[[0, 0]];
        assert!((slope - 1.0).abs() < 0.01, "{slope}");
    }

    #[test]
    fn equal_examples_have_no_axes_but_do_no_harm() {
        let pca = Pca::fit(&Matrix::ones((3, 2)), 1);
        assert_eq!(pca.eigenvalues, [0.0, 0.0]);
        assert_eq!(pca.explained(), [0.0, 0.0]);
        assert_eq!(
            pca.reconstruct(&Matrix::ones((1, 2))),
            array![[1.0, 1.0]]
        );
    }
}
