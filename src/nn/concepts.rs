//! Concepts: does a single unit know what a face is, or a seven?
//!
//! Nobody told the network. Afterwards we look for the unit that best
//! tells one class from all others with one threshold (Le et al., 2012):
//!
//! ```text
//! yes, if sign · activation > sign · threshold
//! accuracy = p · (share of the class found)
//!          + (1 - p) · (share of the others rejected)
//! ```
//!
//! `p` is how common the class is made to be: in that paper 35.2 %, so
//! that always saying no is right in 64.8 % of the cases. Units may say no
//! by being active: the sign is part of the answer. All thresholds are
//! tried, not a few.
//!
//! The best of many units is good by chance, too:
//! [`best_of_many`](crate::nn::best_of_many) says by how much.

use crate::Real;
use crate::nn::Matrix;
use ndarray::ArrayView1;

/// The share of faces among the test images of Le et al.: 13,026 of
/// 37,000.
pub const FACES: Real = 13_026.0 / 37_000.0;

/// A unit with a threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detector {
    /// Which unit, counted from 0.
    pub unit: usize,
    /// 1 if active means yes, -1 if active means no.
    pub sign: i8,
    /// Where yes and no meet; infinite if it always says the same.
    pub threshold: Real,
    /// Its accuracy on the examples it was chosen on.
    pub accuracy: Real,
}

/// The best unit for every class, on these very examples.
pub fn best_units(
    activations: &Matrix,
    labels: &[u8],
    classes: usize,
    share: Real,
) -> Vec<Detector> {
    let (n, m) = (activations.nrows(), labels.len());
    assert!(n == m, "{n} rows of activations but {m} labels");
    let silent = Detector {
        unit: 0,
        sign: 1,
        threshold: Real::INFINITY,
        accuracy: 1.0 - share,
    };
    let mut best = vec![silent; classes];
    for (unit, column) in activations.columns().into_iter().enumerate() {
        sweep(unit, column, labels, share, &mut best);
    }
    best
}

/// Tries all thresholds of one unit, for all classes at once.
fn sweep(
    unit: usize,
    column: ArrayView1<Real>,
    labels: &[u8],
    share: Real,
    best: &mut [Detector],
) {
    let column = column.to_vec();
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|&a, &b| column[a].total_cmp(&column[b]));
    let mut all = vec![0_usize; best.len()];
    labels.iter().for_each(|&label| all[usize::from(label)] += 1);
    // How many of each class lie below the threshold.
    let mut below = vec![0_usize; best.len()];
    for (i, &row) in (1..).zip(&order) {
        below[usize::from(labels[row])] += 1;
        let here = column[row];
        let next = order.get(i).map(|&row| column[row]);
        if next == Some(here) {
            continue;
        }
        let threshold = next.map_or(Real::INFINITY, |next| {
            let middle = here + (next - here) / 2.0;
            if middle < next { middle } else { here }
        });
        for (class, best) in best.iter_mut().enumerate() {
            let others = labels.len() - all[class];
            if all[class] == 0 || others == 0 {
                continue;
            }
            let low = below[class] as Real / all[class] as Real;
            let rejected = (i - below[class]) as Real / others as Real;
            let yes = share * (1.0 - low) + (1.0 - share) * rejected;
            // The opposite sign is right wherever this one is wrong.
            for (sign, accuracy) in [(1, yes), (-1, 1.0 - yes)] {
                if accuracy > best.accuracy {
                    *best = Detector { unit, sign, threshold, accuracy };
                }
            }
        }
    }
}

impl Detector {
    /// Whether it sees its class in this activation of its unit.
    pub fn says_yes(&self, activation: Real) -> bool {
        (activation > self.threshold) == (self.sign > 0)
    }

    /// Its accuracy on other examples: `column` holds the activations of
    /// its unit.
    pub fn score(
        &self,
        column: ArrayView1<Real>,
        labels: &[u8],
        class: u8,
        share: Real,
    ) -> Real {
        let right = |of_class: bool| {
            let rows = column.iter().zip(labels);
            let rows = rows.filter(|(_, l)| (**l == class) == of_class);
            let answers = rows.map(|(&a, _)| self.says_yes(a) == of_class);
            let (mut right, mut all) = (0_usize, 0_usize);
            for answer in answers {
                right += usize::from(answer);
                all += 1;
            }
            right as Real / all.max(1) as Real
        };
        share * right(true) + (1.0 - share) * right(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    /// Unit 0 knows nothing; unit 1 is low for class 1.
    fn four() -> (Matrix, [u8; 4]) {
        let x = array![[1.0, 0.9], [1.0, 0.1], [1.0, 0.8], [1.0, 0.3]];
        (x, [0, 1, 0, 1])
    }

    #[test]
    fn a_unit_that_says_yes_by_being_silent() {
        let (x, labels) = four();
        let best = best_units(&x, &labels, 2, 0.5);
        for (class, sign) in [(0, 1), (1, -1)] {
            let best = best[class];
            assert_eq!(
                (best.unit, best.sign, best.accuracy),
                (1, sign, 1.0)
            );
            assert!((best.threshold - 0.55).abs() < 1e-6);
            let column = x.column(1);
            assert_eq!(best.score(column, &labels, class as u8, 0.5), 1.0);
        }
    }

    #[test]
    fn a_constant_unit_can_only_guess() {
        let x = Matrix::ones((4, 1));
        let best = best_units(&x, &[0, 1, 0, 1], 2, FACES);
        assert!((best[0].accuracy - 0.648).abs() < 5e-4, "{best:?}");
        assert!(!best[0].says_yes(Real::MAX));
        let score = best[0].score(x.column(0), &[0, 1, 0, 1], 0, FACES);
        assert!((score - best[0].accuracy).abs() < 1e-6);
    }

    #[test]
    fn the_share_weighs_what_is_found_against_what_is_rejected() {
        // Class 1 at 1 and 3, the other at 0 and 2. Above 0.5 everything
        // of the class is found, and half of the others rejected.
        let (x, labels) =
            (array![[0.0], [1.0], [2.0], [3.0]], [0, 1, 0, 1]);
        let best = best_units(&x, &labels, 2, 0.8)[1];
        assert!((best.accuracy - 0.9).abs() < 1e-6);
        assert_eq!(best.threshold, 0.5);
        // If the class is rare, rejecting matters: above 2.5.
        let best = best_units(&x, &labels, 2, 0.2)[1];
        assert!((best.accuracy - 0.9).abs() < 1e-6);
        assert_eq!(best.threshold, 2.5);
    }

    #[test]
    fn the_best_threshold_is_as_good_as_it_says() {
        let wave = |i: usize| ((i * 37) % 11) as Real;
        let x = Matrix::from_shape_fn((50, 3), |(i, j)| wave(i + 5 * j));
        let labels: Vec<u8> = (0..50).map(|i| (i % 3) as u8).collect();
        for (class, best) in (0..3).zip(best_units(&x, &labels, 3, 0.5)) {
            let x = x.column(best.unit);
            let score = best.score(x, &labels, class, 0.5);
            assert!(score > 0.5 && (score - best.accuracy).abs() < 1e-5);
        }
    }
}
