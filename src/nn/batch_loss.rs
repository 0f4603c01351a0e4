//! The loss of a batch and its derivative, in one go.
//!
//! Training needs both, and both need the same differences or the same
//! exponentials: see [`Loss::of`] and [`Loss::slope`] for one pixel.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::loss::Loss;
use crate::nn::loss::assert_same_shape;
use ndarray::ArrayView1;
use ndarray::ArrayViewMut1;
use ndarray::Zip;

impl Loss {
    /// The mean loss of a batch, and its derivative by every output; all
    /// matrices are `[batch, pixels]`.
    pub fn mean_and_gradient(
        self,
        output: &Matrix,
        target: &Matrix,
        desk: &mut Desk,
    ) -> (Real, Matrix) {
        assert_same_shape(output, target);
        let mut slopes = desk.copy(output);
        let sum = match self {
            Loss::SquaredError => squared_error(target, &mut slopes),
            Loss::CrossEntropy => {
                cross_entropy(output, target, &mut slopes)
            }
        };
        let share = 1.0 / output.len() as Real;
        slopes *= share;
        (sum * share, slopes)
    }
}

/// The sum of all `(y - x)²`; finds `y` in `slopes` and leaves the slopes
/// `2 (y - x)` there.
fn squared_error(target: &Matrix, slopes: &mut Matrix) -> Real {
    *slopes -= target;
    let sum = slopes.rows().into_iter().map(|row| row.dot(&row)).sum();
    *slopes *= 2.0;
    sum
}

/// The sum of all cross-entropies; leaves the slopes `p - x` in `slopes`.
fn cross_entropy(
    logits: &Matrix,
    target: &Matrix,
    slopes: &mut Matrix,
) -> Real {
    slopes.mapv_inplace(|z| (-z.abs()).exp());
    let mut sum = 0.0;
    let rows = logits.rows().into_iter().zip(target.rows());
    for ((z, x), slopes) in rows.zip(slopes.rows_mut()) {
        sum += cross_entropy_of_image(z, x, slopes);
    }
    sum
}

/// One image; finds `exp(-|z|)` in `slopes` and leaves `p - x` there.
///
/// An image needs few logarithms, not one per pixel, since
/// `ln a + ln b = ln ab`. The product is put away before it overflows.
fn cross_entropy_of_image(
    logits: ArrayView1<Real>,
    target: ArrayView1<Real>,
    slopes: ArrayViewMut1<Real>,
) -> Real {
    let (mut sum, mut product): (Real, Real) = (0.0, 1.0);
    let pixels = Zip::from(slopes).and(logits).and(target);
    pixels.for_each(|slope, &z, &x| {
        let e = *slope;
        sum += z.max(0.0) - x * z;
        product *= 1.0 + e;
        if product > 1e30 {
            sum += product.ln();
            product = 1.0;
        }
        *slope = if z < 0.0 { e } else { 1.0 } / (1.0 + e) - x;
    });
    sum + product.ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn two_pixels_by_hand() {
        let desk = &mut Desk::new();
        // ((3-1)² + (0-0)²) / 2 = 2, slopes 2 (3-1) / 2 = 2 and 0.
        let (y, x) = (array![[3.0, 0.0]], array![[1.0, 0.0]]);
        let (loss, gradient) =
            Loss::SquaredError.mean_and_gradient(&y, &x, desk);
        assert_eq!((loss, gradient), (2.0, array![[2.0, 0.0]]));
        // Two undecided pixels: ln 2 each, slopes (0.5 - x) / 2.
        let (z, x) = (array![[0.0, 0.0]], array![[1.0, 0.5]]);
        let (loss, gradient) =
            Loss::CrossEntropy.mean_and_gradient(&z, &x, desk);
        assert!((loss - (2.0 as Real).ln()).abs() < 1e-6);
        assert_eq!(gradient, array![[-0.25, 0.0]]);
    }

    #[test]
    fn the_batch_says_what_its_pixels_say() {
        let desk = &mut Desk::new();
        // 3 images of 400 pixels: the product overflows more than once.
        let shape = (3, 400);
        let y = Matrix::from_shape_fn(shape, |(i, j)| {
            (i as Real - 1.0) * 4.0 + (j as Real * 0.7).sin()
        });
        let x = Matrix::from_shape_fn(shape, |(i, j)| {
            ((i + j) % 5) as Real / 4.0
        });
        for loss in [Loss::SquaredError, Loss::CrossEntropy] {
            let (mean, gradient) = loss.mean_and_gradient(&y, &x, desk);
            let gap = mean / loss.mean(&y, &x) - 1.0;
            assert!(gap.abs() < 1e-5, "{loss:?} {gap}");
            for (place, slope) in gradient.indexed_iter() {
                let expected = loss.slope(y[place], x[place]) / 1200.0;
                assert!((slope - expected).abs() < 1e-8);
            }
        }
    }

    #[test]
    fn sure_mistakes_stay_finite() {
        let desk = &mut Desk::new();
        let (z, x) = (array![[500.0, -500.0]], array![[0.0, 1.0]]);
        let (loss, gradient) =
            Loss::CrossEntropy.mean_and_gradient(&z, &x, desk);
        assert_eq!((loss, gradient), (500.0, array![[0.5, -0.5]]));
    }
}
