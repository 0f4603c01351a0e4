//! The loss of a batch and its derivative, in one go.
//!
//! Training needs both, and both need the same differences or the same
//! exponentials: see [`Loss::of`] and [`Loss::slope`] for one pixel.

use crate::Real;
use crate::kernel::losses::Mistake;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::loss::Loss;
use crate::nn::loss::assert_same_shape;

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
        let (rows, columns) = output.dim();
        let mut slopes = desk.sheet(rows, columns);
        let mut sums = desk.sheet(rows, 1);
        let share = 1.0 / output.len() as Real;
        let both = (&mut slopes, &mut sums);
        desk.engine.compare(self.mistake(), (output, target), share, both);
        let sum = sums.iter().sum::<Real>();
        desk.put_back(sums);
        (sum * share, slopes)
    }

    /// What the engine knows it as.
    fn mistake(self) -> Mistake {
        match self {
            Loss::SquaredError => Mistake::Squared,
            Loss::CrossEntropy => Mistake::CrossEntropy,
        }
    }
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
