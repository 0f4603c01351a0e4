//! Factors: does a number of the code follow a cause we know?
//!
//! Made-up pictures come with their causes: where a shape lies, how large
//! it is, how it is turned. The correlation says how well one number of
//! the code follows one cause on a straight line (Pearson, 1895):
//!
//! ```text
//! r = cov(z, f) / (std z · std f)       from -1 to 1; 0: no straight line
//! ```
//!
//! A code is easy to read if every cause has one number that follows it,
//! and this number follows no other cause.

use crate::Real;
use crate::nn::Matrix;
use ndarray::Axis;

/// The number of the code that best follows a factor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Follower {
    /// Which number of the code, counted from 0.
    pub unit: usize,
    /// Its correlation with the factor, -1 to 1.
    pub correlation: Real,
    /// How strongly the same unit follows the strongest *other* factor,
    /// 0 to 1.
    pub other: Real,
}

/// How every number of the code goes with every factor,
/// `[code, factors]`, from codes `[examples, code]` and the known factors
/// `[examples, factors]`. What never changes goes with nothing: 0.
pub fn correlations(codes: &Matrix, factors: &Matrix) -> Matrix {
    let (n, m) = (codes.nrows(), factors.nrows());
    assert!(n == m, "{n} codes but {m} rows of factors");
    standardized(codes).t().dot(&standardized(factors))
}

/// The best number of the code for every factor.
pub fn followers(correlations: &Matrix) -> Vec<Follower> {
    let strength = correlations.mapv(Real::abs);
    let mut best = Vec::with_capacity(correlations.ncols());
    for (f, column) in strength.columns().into_iter().enumerate() {
        let mut unit = 0;
        for (candidate, &r) in column.iter().enumerate() {
            if r > column[unit] {
                unit = candidate;
            }
        }
        let others = strength.row(unit).into_iter().enumerate();
        let others = others.filter(|(other, _)| *other != f);
        let other = others.map(|(_, &r)| r).fold(0.0, Real::max);
        let correlation = correlations[[unit, f]];
        best.push(Follower { unit, correlation, other });
    }
    best
}

/// Columns with mean 0 and length 1; constant ones become 0.
fn standardized(x: &Matrix) -> Matrix {
    let mean = x.sum_axis(Axis(0)) / x.nrows().max(1) as Real;
    let mut centered = x - &mean;
    for (mut column, mean) in centered.columns_mut().into_iter().zip(mean) {
        let length = column.dot(&column).sqrt();
        // What rounding leaves of a constant is not a change.
        let constant = length <= 1e-5 * mean.abs();
        let size =
            if constant || length == 0.0 { 0.0 } else { 1.0 / length };
        column *= size;
    }
    centered
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn correlations_by_hand() {
        // Unit 0 follows factor 0 upside down; unit 1 half-heartedly.
        let factors = array![[0.0], [1.0], [2.0]];
        let codes =
            array![[5.0, 0.0, 7.0], [3.0, 2.0, 7.0], [1.0, 1.0, 7.0]];
        let r = correlations(&codes, &factors);
        let gap = r - array![[-1.0], [0.5], [0.0]];
        assert!(gap.iter().all(|g| g.abs() < 1e-6), "{gap}");
    }

    #[test]
    fn the_strongest_follower_is_found_whatever_its_sign() {
        let r = array![[0.2, 0.7], [-0.9, 0.3]];
        let best = followers(&r);
        let expected = Follower { unit: 1, correlation: -0.9, other: 0.3 };
        assert_eq!(best[0], expected);
        let expected = Follower { unit: 0, correlation: 0.7, other: 0.2 };
        assert_eq!(best[1], expected);
        assert!(followers(&Matrix::zeros((2, 0))).is_empty());
    }
}
