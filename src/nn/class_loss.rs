//! The loss of a class: how surprised we are by the right answer.
//!
//! A network gives one *logit* `z` per class. The softmax turns them into
//! probabilities, and the loss is the surprise at the true class `t`:
//!
//! ```text
//! p_c = exp(z_c) / Σ_k exp(z_k)
//! L = -1/N  Σ over N examples, ln p_t
//! dL/dz_c = (p_c - [c is t]) / N
//! ```
//!
//! With two classes this is the cross-entropy of a sigmoid. Guessing at
//! random among `C` classes costs `ln C`.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use ndarray::ArrayViewMut1;

/// The mean surprise at the labels, one per row of `logits`
/// `[batch, classes]`.
pub fn class_loss(logits: &Matrix, labels: &[u8]) -> Real {
    class_loss_and_gradient(logits, labels, &mut Desk::new()).0
}

/// The mean surprise, and its derivative by every logit.
pub fn class_loss_and_gradient(
    logits: &Matrix,
    labels: &[u8],
    desk: &mut Desk,
) -> (Real, Matrix) {
    let (rows, classes) = logits.dim();
    let n = labels.len();
    assert!(rows == n, "{rows} rows of logits but {n} labels");
    let mut slopes = desk.copy(logits);
    let mut sum = 0.0;
    let share = 1.0 / rows as Real;
    for (mut row, &label) in slopes.rows_mut().into_iter().zip(labels) {
        let t = usize::from(label);
        assert!(t < classes, "label {t}, but only {classes} classes");
        let logit = row[t];
        sum += softmax(row.view_mut()) - logit;
        row[t] -= 1.0;
        row *= share;
    }
    (sum * share, slopes)
}

/// Probabilities for the logits of every row, `[batch, classes]`.
pub fn probabilities(mut logits: Matrix) -> Matrix {
    for row in logits.rows_mut() {
        softmax(row);
    }
    logits
}

/// The class with the largest logit in every row; the first of equals.
pub fn most_likely(logits: &Matrix) -> Vec<u8> {
    let best = |row: ndarray::ArrayView1<Real>| {
        let mut best = 0;
        for (class, &z) in row.iter().enumerate() {
            if z > row[best] {
                best = class;
            }
        }
        best as u8
    };
    logits.rows().into_iter().map(best).collect()
}

/// The share of predictions that are right.
pub fn accuracy(predicted: &[u8], labels: &[u8]) -> Real {
    let (n, m) = (predicted.len(), labels.len());
    assert!(n == m, "{n} predictions but {m} labels");
    let pairs = predicted.iter().zip(labels);
    let right = pairs.filter(|(p, label)| p == label).count();
    right as Real / n.max(1) as Real
}

/// Logits become probabilities; gives back `ln Σ exp(z)`.
///
/// The largest logit is taken off first, so that no exponential
/// overflows: softmax does not notice it.
fn softmax(mut row: ArrayViewMut1<Real>) -> Real {
    let largest = row.iter().copied().fold(Real::NEG_INFINITY, Real::max);
    row.mapv_inplace(|z| (z - largest).exp());
    let sum = row.sum();
    row /= sum;
    largest + sum.ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn two_examples_by_hand() {
        // exp(ln 3) : exp(0) = 3 : 1, so p = (0.75, 0.25).
        let three: Real = 3.0;
        let z = array![[three.ln(), 0.0], [0.0, 0.0]];
        let p = probabilities(z.clone());
        let gap = p - array![[0.75, 0.25], [0.5, 0.5]];
        assert!(gap.iter().all(|g| g.abs() < 1e-6), "{gap}");
        let desk = &mut Desk::new();
        let (loss, slopes) = class_loss_and_gradient(&z, &[1, 0], desk);
        // (ln 4 + ln 2) / 2; slopes (p - 1 of the label) / 2.
        let expected = (4.0 as Real).ln() / 2.0 + (2.0 as Real).ln() / 2.0;
        assert!((loss - expected).abs() < 1e-6);
        let gap = slopes - array![[0.375, -0.375], [-0.25, 0.25]];
        assert!(gap.iter().all(|g| g.abs() < 1e-6), "{gap}");
    }

    #[test]
    fn a_random_guess_among_ten_costs_ln_10() {
        let loss = class_loss(&Matrix::zeros((1, 10)), &[7]);
        assert!((loss - (10.0 as Real).ln()).abs() < 1e-6);
    }

    #[test]
    fn a_sure_mistake_stays_finite() {
        let z = array![[1e4, 0.0]];
        assert_eq!(class_loss(&z, &[1]), 1e4);
        assert_eq!(class_loss(&z, &[0]), 0.0);
    }

    #[test]
    fn the_largest_logit_wins_and_the_first_of_equals() {
        let z = array![[0.0, 2.0, 1.0], [5.0, 5.0, 1.0]];
        assert_eq!(most_likely(&z), [1, 0]);
        assert_eq!(accuracy(&[1, 0], &[1, 1]), 0.5);
    }

    #[test]
    #[should_panic(expected = "label 2, but only 2 classes")]
    fn an_unknown_class_is_refused() {
        class_loss(&array![[0.0, 0.0]], &[2]);
    }
}
