//! The loss: one number that says how wrong a reconstruction is.
//!
//! Zero (or the floor, see below) is perfect. It is the *mean* over pixels
//! and images, so that it does not grow with the size of the picture:
//!
//! ```text
//! L = 1 / (N D)  Σ over N images, Σ over D pixels, l(output, target)
//!
//! squared error   l = (y - x)²
//! cross-entropy   l = -x ln p - (1 - x) ln (1 - p),   p = sigmoid(z)
//! ```
//!
//! Cross-entropy is computed from the *logit* `z`, because `ln p` of a `p`
//! rounded to zero would be infinite. For grey pixels its floor is not 0.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use serde::Deserialize;
use serde::Serialize;

/// How the difference between output and target is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Loss {
    /// `(y - x)²`: outputs are the reconstruction itself.
    SquaredError,
    /// Binary cross-entropy: outputs are logits, targets in 0..1.
    CrossEntropy,
}

impl Loss {
    /// The loss of one pixel: output `y` (or logit), target `x`.
    pub fn of(self, y: Real, x: Real) -> Real {
        match self {
            Loss::SquaredError => (y - x) * (y - x),
            Loss::CrossEntropy => {
                y.max(0.0) - x * y + (1.0 + (-y.abs()).exp()).ln()
            }
        }
    }

    /// The derivative of [`of`](Self::of) by the output.
    pub fn slope(self, y: Real, x: Real) -> Real {
        match self {
            Loss::SquaredError => 2.0 * (y - x),
            Loss::CrossEntropy => {
                let e = (-y.abs()).exp();
                let p = if y < 0.0 { e } else { 1.0 } / (1.0 + e);
                p - x
            }
        }
    }

    /// Mean loss of a batch; both matrices are `[batch, pixels]`.
    pub fn mean(self, output: &Matrix, target: &Matrix) -> Real {
        assert_same_shape(output, target);
        let mut sum = 0.0;
        for (y, x) in output.rows().into_iter().zip(target.rows()) {
            let row = y.iter().zip(x).map(|(&y, &x)| self.of(y, x));
            sum += row.sum::<Real>();
        }
        sum / output.len() as Real
    }

    /// The reconstruction that the outputs stand for, `[batch, pixels]`.
    pub fn reconstruction(self, mut output: Matrix) -> Matrix {
        if self == Loss::CrossEntropy {
            Activation::Sigmoid.apply(&mut output);
        }
        output
    }

    /// What even a perfect reconstruction costs: the entropy of the grey.
    ///
    /// Squared error can reach 0. Cross-entropy can only reach
    /// `-x ln x - (1 - x) ln (1 - x)`, which is 0 for black and white.
    pub fn floor(self, target: &Matrix) -> Real {
        match self {
            Loss::SquaredError => 0.0,
            Loss::CrossEntropy => {
                let sum = target.iter().map(|&x| entropy(x)).sum::<Real>();
                sum / target.len() as Real
            }
        }
    }
}

/// From the mean over pixels to the sum over pixels, both per image.
///
/// A mean squared error of 0.01769 on 28x28 pixels is 13.87 in the units
/// of Hinton & Salakhutdinov (Science 2006).
pub fn sum_per_image(mean: Real, pixels: usize) -> Real {
    mean * pixels as Real
}

/// From the sum over pixels back to the mean over pixels.
pub fn mean_per_pixel(sum: Real, pixels: usize) -> Real {
    sum / pixels as Real
}

/// The entropy, in nats, of a coin that shows heads with probability `x`.
fn entropy(x: Real) -> Real {
    let part = |p: Real| if p > 0.0 { -p * p.ln() } else { 0.0 };
    part(x) + part(1.0 - x)
}

/// Stops with both shapes in the message if they differ.
pub fn assert_same_shape(output: &Matrix, target: &Matrix) {
    let (o, t) = (output.dim(), target.dim());
    assert!(o == t, "output is {o:?} but target is {t:?}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn squared_error_by_hand() {
        // ((3-1)² + (0-0)²) / 2 = 2, and 2 (3-1) = 4.
        let (y, x) = (array![[3.0, 0.0]], array![[1.0, 0.0]]);
        assert_eq!(Loss::SquaredError.mean(&y, &x), 2.0);
        assert_eq!(Loss::SquaredError.slope(3.0, 1.0), 4.0);
    }

    #[test]
    fn an_undecided_pixel_costs_ln_2() {
        // Logit 0 means p = 0.5, whatever the target.
        let loss = Loss::CrossEntropy;
        let two: Real = 2.0;
        assert!((loss.of(0.0, 1.0) - two.ln()).abs() < 1e-6);
        assert_eq!(loss.slope(0.0, 1.0), -0.5);
    }

    #[test]
    fn cross_entropy_survives_a_sure_mistake() {
        let loss = Loss::CrossEntropy;
        assert_eq!(loss.of(500.0, 0.0), 500.0);
        assert_eq!(loss.of(-500.0, 1.0), 500.0);
        assert_eq!(loss.slope(-500.0, 1.0), -1.0);
    }

    #[test]
    fn grey_has_a_floor_that_black_and_white_lacks() {
        let loss = Loss::CrossEntropy;
        assert_eq!(loss.floor(&array![[0.0, 1.0]]), 0.0);
        let grey: Matrix = array![[0.25]];
        // The logit of 0.25 is ln(0.25 / 0.75): a perfect output.
        let perfect = array![[(0.25 as Real / 0.75).ln()]];
        let gap = loss.mean(&perfect, &grey) - loss.floor(&grey);
        assert!(gap.abs() < 1e-6, "{gap}");
    }

    #[test]
    fn papers_and_libraries_differ_by_the_number_of_pixels() {
        let sum = sum_per_image(0.01769, 784);
        assert!((sum - 13.87).abs() < 0.01);
        assert!((mean_per_pixel(sum, 784) - 0.01769).abs() < 1e-6);
    }
}
