//! The RBF network: how close is it to what I know?
//!
//! Each hidden unit has a center, a typical example, and answers to what
//! lies near it: a *radial basis function*. A softmax reads the answers.
//!
//! ```text
//! φ_j(x) = exp(-|x - c_j|² / 2σ²)         p = softmax(φ(x) · W + b)
//! ```
//!
//! The centers come from k-means, and `σ` is the mean distance from a
//! center to the nearest other one; labels only train the softmax (Moody &
//! Darken, 1989).

use crate::Real;
use crate::nn::Matrix;
use crate::nn::classifier::Classifier;
use crate::nn::kmeans::KMeans;
use crate::nn::neighbors::nearest;
use crate::nn::neighbors::squared_distances;
use crate::nn::random::Rng;
use crate::nn::softmax::SoftmaxPlan;
use crate::nn::softmax::softmax;

/// How an [`Rbf`] is fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RbfPlan {
    /// Hidden units at most.
    pub centers: usize,
    /// How the softmax on top is fitted.
    pub softmax: SoftmaxPlan,
}

impl Default for RbfPlan {
    fn default() -> RbfPlan {
        // Bells are small numbers: their weights must be large.
        let softmax =
            SoftmaxPlan { weight_decay: 1e-4, ..Default::default() };
        RbfPlan { centers: 100, softmax }
    }
}

/// Bells in the space of examples, and a softmax.
#[derive(Debug, Clone, PartialEq)]
pub struct Rbf {
    /// `[units, features]`: one center per row.
    pub centers: Matrix,
    /// The width `σ` of every bell.
    pub width: Real,
    /// Reads the bells.
    pub head: Classifier,
}

impl Rbf {
    /// Fits examples `[examples, features]` and their labels.
    pub fn fit(
        x: &Matrix,
        labels: &[u8],
        classes: usize,
        plan: &RbfPlan,
        rng: &mut Rng,
    ) -> Rbf {
        let centers = KMeans::fit(x, plan.centers, rng).centers;
        let width = width_of(&centers);
        let bells = bells(x, &centers, width);
        let head = softmax(&bells, labels, classes, &plan.softmax);
        Rbf { centers, width, head }
    }

    /// The answers of the hidden units, `[examples, units]`, 0 to 1.
    pub fn bells(&self, x: &Matrix) -> Matrix {
        bells(x, &self.centers, self.width)
    }

    /// The most likely class of every example.
    pub fn predict(&self, x: &Matrix) -> Vec<u8> {
        self.head.predict(&self.bells(x))
    }
}

/// `exp(-|x - c|² / 2σ²)` for every example and every center.
fn bells(x: &Matrix, centers: &Matrix, width: Real) -> Matrix {
    let sharpness = 0.5 / (width * width);
    let table = squared_distances(x.view(), centers);
    table.mapv_into(|d| (-sharpness * d).exp())
}

/// The mean distance from a center to the nearest other one; 1 if there
/// is no other.
fn width_of(centers: &Matrix) -> Real {
    let found = nearest(centers, centers, 2);
    let others = found.iter().filter_map(|near| near.get(1));
    let sum: Real = others.map(|n| n.distance).sum();
    let mean = sum / centers.nrows().max(1) as Real;
    if mean > 0.0 { mean } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn bells_by_hand() {
        // Centers 0 and 2, so σ = 2; at a distance of 2: exp(-1/2).
        let x = array![[0.0], [2.0]];
        let look = &mut rng(1, Purpose::Look);
        let rbf = Rbf::fit(&x, &[0, 1], 2, &RbfPlan::default(), look);
        assert_eq!(rbf.width, 2.0);
        let bells = rbf.bells(&rbf.centers);
        let far = (-0.5 as Real).exp();
        let gap = bells - array![[1.0, far], [far, 1.0]];
        assert!(gap.iter().all(|g| g.abs() < 1e-6), "{gap}");
        assert_eq!(rbf.predict(&x), [0, 1]);
    }

    #[test]
    fn a_ring_around_a_point_is_no_trouble() {
        let ring = |i: usize| {
            let angle = i as Real * 0.7;
            let radius = if i.is_multiple_of(2) { 0.2 } else { 1.0 };
            (radius * angle.cos(), radius * angle.sin())
        };
        let x = Matrix::from_shape_fn((60, 2), |(i, j)| {
            if j == 0 { ring(i).0 } else { ring(i).1 }
        });
        let labels: Vec<u8> = (0..60).map(|i| (i % 2) as u8).collect();
        let plan = RbfPlan { centers: 20, ..Default::default() };
        let look = &mut rng(1, Purpose::Look);
        let rbf = Rbf::fit(&x, &labels, 2, &plan, look);
        assert_eq!(rbf.predict(&x), labels);
    }
}
