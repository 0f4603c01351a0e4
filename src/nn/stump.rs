//! A stump: the smallest decision tree, one question with two answers.
//!
//! ```text
//! x_f > t ?   above : below
//! ```
//!
//! To fit the numbers `r`, take the question whose two sides differ most:
//! with `n` and `m` examples on the sides and means `a` and `b`,
//!
//! ```text
//! gain = n m / (n + m) · (a - b)²
//! ```
//!
//! is by how much the squared error falls. Sorting the examples once per
//! feature lets all thresholds be tried in one walk.

use crate::Real;
use crate::nn::Matrix;
use ndarray::Array1;

/// One question about one feature.
#[derive(Debug, Clone, PartialEq)]
pub struct Stump {
    /// Which feature it looks at.
    pub feature: usize,
    /// Infinite if no question helps: then every example is below.
    pub threshold: Real,
    /// What it adds where the feature is not above the threshold.
    pub below: Real,
    /// What it adds where it is.
    pub above: Real,
}

/// The examples in the order of every feature.
#[derive(Debug, Clone)]
pub struct Sorted {
    /// For every feature: row and value, from low to high.
    orders: Vec<Vec<(u32, Real)>>,
}

impl Sorted {
    /// Sorts `x` `[examples, features]` by each of its features.
    pub fn new(x: &Matrix) -> Sorted {
        let columns = x.columns().into_iter();
        let orders = columns.map(|column| {
            let values = (0..).zip(column.iter().copied());
            let mut order: Vec<(u32, Real)> = values.collect();
            order.sort_by(|a, b| a.1.total_cmp(&b.1));
            order
        });
        Sorted { orders: orders.collect() }
    }

    /// The same without the examples that `look` leaves out.
    pub fn only(&self, look: &[bool]) -> Sorted {
        let picked = |order: &Vec<(u32, Real)>| {
            let rows = order.iter().filter(|(row, _)| look[*row as usize]);
            rows.copied().collect()
        };
        Sorted { orders: self.orders.iter().map(picked).collect() }
    }

    /// The question that best splits `rest`, one number per example. Its
    /// answers are still 0.
    pub fn stump(&self, rest: &[Real]) -> Stump {
        let mut best = Stump {
            feature: 0,
            threshold: Real::INFINITY,
            below: 0.0,
            above: 0.0,
        };
        let mut highest: Real = 1e-9;
        for (feature, order) in self.orders.iter().enumerate() {
            let count = order.len() as Real;
            let sum = order.iter().map(|(row, _)| rest[*row as usize]);
            let sum: Real = sum.sum();
            let (mut n, mut left): (Real, Real) = (0.0, 0.0);
            for pair in order.windows(2) {
                let ((row, here), (_, next)) = (pair[0], pair[1]);
                n += 1.0;
                left += rest[row as usize];
                if here < next {
                    let apart = left / n - (sum - left) / (count - n);
                    let gain = n * (count - n) / count * apart * apart;
                    if gain > highest {
                        highest = gain;
                        best.feature = feature;
                        best.threshold = between(here, next);
                    }
                }
            }
        }
        best
    }
}

impl Stump {
    /// Sets the answer of both sides to one Newton step of the class loss,
    /// `shrink · Σ r / Σ |r| (1 - |r|)`.
    pub fn advise(
        &mut self,
        x: &Matrix,
        rest: &[Real],
        look: &[bool],
        shrink: Real,
    ) {
        let mut sides = [(0.0, 0.0); 2];
        for (i, &r) in rest.iter().enumerate().filter(|(i, _)| look[*i]) {
            let side = &mut sides[usize::from(self.is_above(x, i))];
            side.0 += r;
            side.1 += r.abs() * (1.0 - r.abs());
        }
        let step = |(sum, curvature): (Real, Real)| {
            if curvature > 1e-9 { shrink * sum / curvature } else { 0.0 }
        };
        (self.below, self.above) = (step(sides[0]), step(sides[1]));
    }

    /// What it adds to the score of every example.
    pub fn answers(&self, x: &Matrix) -> Array1<Real> {
        let column = x.column(self.feature);
        column.mapv(|v| {
            if v > self.threshold { self.above } else { self.below }
        })
    }

    fn is_above(&self, x: &Matrix, i: usize) -> bool {
        x[[i, self.feature]] > self.threshold
    }
}

/// A number in the middle, but below the higher one.
fn between(low: Real, high: Real) -> Real {
    let middle = low + (high - low) / 2.0;
    if middle < high { middle } else { low }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn the_best_question_by_hand() {
        // Feature 1 splits r perfectly between 2 and 4, feature 0 not.
        let x = array![[0.0, 5.0], [1.0, 1.0], [2.0, 4.0], [3.0, 2.0]];
        let rest = [1.0, -1.0, 1.0, -1.0];
        let stump = Sorted::new(&x).stump(&rest);
        assert_eq!((stump.feature, stump.threshold), (1, 3.0));
        // Without the last example the threshold moves to 2.5.
        let look = [true, true, true, false];
        let stump = Sorted::new(&x).only(&look).stump(&rest);
        assert_eq!((stump.feature, stump.threshold), (1, 2.5));
    }

    #[test]
    fn a_step_on_each_side_by_hand() {
        let x = array![[0.0], [1.0]];
        let mut stump =
            Stump { feature: 0, threshold: 0.5, below: 0.0, above: 0.0 };
        stump.advise(&x, &[0.5, -0.2], &[true, true], 0.1);
        // 0.1 · 0.5 / 0.25 = 0.2 and 0.1 · -0.2 / 0.16 = -0.125
        let gap = stump.answers(&x) - array![0.2, -0.125];
        assert!(gap.iter().all(|g| g.abs() < 1e-6), "{gap}");
    }

    #[test]
    fn where_all_features_are_equal_there_is_no_question() {
        let x = Matrix::ones((3, 2));
        let rest = [1.0, 0.0, 0.0];
        let stump = Sorted::new(&x).stump(&rest);
        assert_eq!(stump.threshold, Real::INFINITY);
    }
}
