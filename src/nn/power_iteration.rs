//! Power iteration: how to find the longest axis of a cloud by hand.
//!
//! Multiply any direction by the covariance: it is stretched most along
//! the longest axis, so it turns towards it. Repeat.
//!
//! ```text
//! v ← C v / |C v|
//! ```

use crate::Real;
use crate::nn::Matrix;

/// A direction on its way to the longest axis.
#[derive(Debug, Clone, PartialEq)]
pub struct PowerIteration {
    /// The covariance, `[features, features]`.
    covariance: Matrix,
    /// Where the arrow points now, `[1, features]`, of length 1.
    pub direction: Matrix,
    /// Steps made since the start or the last axis.
    pub steps: usize,
}

impl PowerIteration {
    /// Starts with any direction `[1, features]`.
    pub fn new(covariance: Matrix, start: Matrix) -> PowerIteration {
        let (c, v) = (covariance.dim(), start.dim());
        assert!(c.0 == c.1 && v == (1, c.0), "{c:?} meets {v:?}");
        let direction = normalized(start);
        PowerIteration { covariance, direction, steps: 0 }
    }

    /// One turn; returns how far the arrow moved, 0 when it has arrived.
    pub fn step(&mut self) -> Real {
        let turned = normalized(self.direction.dot(&self.covariance));
        let moved = length(&(&turned - &self.direction));
        self.direction = turned;
        self.steps += 1;
        moved
    }

    /// The variance along the arrow, `v C vᵀ`.
    pub fn variance(&self) -> Real {
        let stretched = self.direction.dot(&self.covariance);
        (stretched * &self.direction).sum()
    }

    /// Removes the axis that was found, so that the next search, from
    /// `start`, finds the next longest: `C ← C - λ vᵀ v`.
    pub fn next_axis(&mut self, start: Matrix) {
        let v = &self.direction;
        self.covariance -= &(v.t().dot(v) * self.variance());
        self.direction = normalized(start);
        self.steps = 0;
    }
}

/// The same direction with length 1; zero stays zero.
fn normalized(v: Matrix) -> Matrix {
    let length = length(&v);
    if length > 0.0 { v / length } else { v }
}

/// The length of an arrow.
fn length(v: &Matrix) -> Real {
    v.iter().map(|entry| entry * entry).sum::<Real>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::eigen;
    use ndarray::array;

    #[test]
    fn one_step_by_hand() {
        // (0.6, 0.8) becomes (4·0.6, 0.8) = (2.4, 0.8), length √6.4.
        let c = array![[4.0, 0.0], [0.0, 1.0]];
        let mut search = PowerIteration::new(c, array![[3.0, 4.0]]);
        search.step();
        let slope = search.direction[[0, 1]] / search.direction[[0, 0]];
        assert!((slope - 1.0 / 3.0).abs() < 1e-6);
    }

    #[test]
    fn the_arrow_arrives_at_each_axis_in_turn() {
        let c = array![[3.0, 1.0, 0.0], [1.0, 2.0, 0.5], [0.0, 0.5, 1.0]];
        let eigen = eigen::symmetric(&c);
        let start = array![[1.0, 0.9, 0.8]];
        let mut search = PowerIteration::new(c, start.clone());
        for value in eigen.values {
            while search.step() > 1e-6 && search.steps < 500 {}
            let gap = search.variance() - value;
            assert!(gap.abs() < 1e-4, "{gap} at {value}");
            search.next_axis(start.clone());
        }
    }

    #[test]
    fn without_variance_nothing_breaks() {
        let c = Matrix::zeros((2, 2));
        let mut search = PowerIteration::new(c, array![[1.0, 0.0]]);
        search.step();
        assert_eq!(search.variance(), 0.0);
    }
}
