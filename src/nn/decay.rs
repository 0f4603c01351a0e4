//! Weight decay: large weights cost something, so weights stay small.
//!
//! ```text
//! penalty = λ/2 Σ w²        d penalty / dw = λ w
//! ```
//!
//! Biases are free: a bias moves the answer, it does not sharpen it.

use crate::Real;
use crate::nn::Matrix;

/// `λ/2 Σ w²` over all weights.
pub fn penalty(lambda: Real, weights: &[&Matrix]) -> Real {
    let mut squares = 0.0;
    for w in weights {
        squares += w.iter().map(|w| w * w).sum::<Real>();
    }
    lambda / 2.0 * squares
}

/// Adds its derivative, `λ w`, to the gradient of each weight matrix.
///
/// `gradients` are those of weights and biases in turn, as a model lists
/// them: every second one is a bias and stays as it is.
pub fn add_decay(
    lambda: Real,
    weights: &[&Matrix],
    gradients: &mut [Matrix],
) {
    for (g, w) in gradients.iter_mut().step_by(2).zip(weights) {
        g.scaled_add(lambda, w);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn two_weights_by_hand() {
        // 2/2 (3² + 0.5²) = 9.25, slopes 2·3 and 2·0.5.
        let (a, b) = (array![[3.0]], array![[0.5]]);
        let weights = [&a, &b];
        assert_eq!(penalty(2.0, &weights), 9.25);
        let mut gradients = vec![array![[0.0]]; 4];
        add_decay(2.0, &weights, &mut gradients);
        assert_eq!(gradients, [6.0, 0.0, 1.0, 0.0].map(|g| array![[g]]));
    }
}
