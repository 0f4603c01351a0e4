//! A line turned by hand: PCA with one axis, chosen by eye.
//!
//! ```text
//! u = (cos θ, sin θ)      code = (x - μ) · u      x̂ = μ + code u
//! ```
//!
//! By Pythagoras, what is kept along the line and what is lost across it
//! add up to the whole variance, at any angle. So keeping most is losing
//! least.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::model::Codec;
use ndarray::Axis;
use ndarray::array;

/// A line through the mean of a cloud of points in the plane.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The point it goes through, `[1, 2]`.
    pub mean: Matrix,
    /// Where it points: the angle to the first axis, in degrees.
    pub degrees: Real,
}

impl Line {
    /// Through the mean of `points` `[examples, 2]`.
    pub fn through_mean(points: &Matrix, degrees: Real) -> Line {
        let (rows, columns) = points.dim();
        assert!(rows > 0 && columns == 2, "points are {rows} x {columns}");
        let mean = points.sum_axis(Axis(0)) / rows as Real;
        Line { mean: mean.insert_axis(Axis(0)), degrees }
    }

    /// The direction `u`, `[1, 2]`, of length 1.
    pub fn direction(&self) -> Matrix {
        let radians = self.degrees.to_radians();
        array![[radians.cos(), radians.sin()]]
    }

    /// The variance kept: the mean square of the codes.
    pub fn kept(&self, points: &Matrix) -> Real {
        mean_square(&self.encode(points))
    }

    /// The variance lost: the mean squared distance to the line.
    pub fn lost(&self, points: &Matrix) -> Real {
        mean_square(&(points - self.reconstruct(points)))
    }
}

impl Codec for Line {
    fn encode(&self, x: &Matrix) -> Matrix {
        (x - &self.mean).dot(&self.direction().t())
    }

    fn decode(&self, code: &Matrix) -> Matrix {
        code.dot(&self.direction()) + &self.mean
    }
}

/// The squared length of a row, on average.
fn mean_square(rows: &Matrix) -> Real {
    let squares = rows.iter().map(|value| value * value);
    squares.sum::<Real>() / rows.nrows() as Real
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::pca::Pca;

    /// Four points around (1, 1).
    fn points() -> Matrix {
        array![[3.0, 2.0], [-1.0, 0.0], [2.0, 1.0], [0.0, 1.0]]
    }

    #[test]
    fn a_level_line_by_hand() {
        let line = Line::through_mean(&points(), 0.0);
        assert_eq!(line.mean, array![[1.0, 1.0]]);
        // Along: (2² + 2² + 1² + 1²) / 4 = 2.5; across: (1 + 1) / 4.
        assert_eq!(line.kept(&points()), 2.5);
        assert_eq!(line.lost(&points()), 0.5);
    }

    #[test]
    fn kept_and_lost_add_up_at_any_angle() {
        for degrees in 0..180 {
            let line = Line::through_mean(&points(), degrees as Real);
            let sum = line.kept(&points()) + line.lost(&points());
            assert!((sum - 3.0).abs() < 1e-5, "{degrees}: {sum}");
        }
    }

    #[test]
    fn no_angle_beats_pca() {
        let best = Pca::fit(&points(), 1).eigenvalues[0];
        let kept = |degrees| {
            let line = Line::through_mean(&points(), degrees as Real);
            line.kept(&points())
        };
        let most = (0..180).map(kept).fold(0.0, Real::max);
        assert!(most <= best + 1e-5 && most > 0.999 * best);
    }
}
