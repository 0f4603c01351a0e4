//! Contraction: a code that hardly moves when the input moves a little.
//!
//! How a code answers small moves of the input is its Jacobian. For one
//! layer, `h = s(x · W + b)`, it can be read off the output:
//!
//! ```text
//! dh_j / dx_i = s'_j W_ij           s'_j the slope of unit j, from h_j
//!
//! ‖J‖² = Σ over units  s'_j²  Σ over inputs  W_ij²
//! ```
//!
//! The penalty is `λ` times the mean of `‖J‖²` over the examples (Rifai et
//! al., 2011). Reconstruction pulls the other way: moves that turn one
//! example into another must stay visible. What remains are the directions
//! along the data; across them, the code is deaf.
//!
//! In a deep encoder every layer contracts its own input: the penalty is
//! the sum over its layers. Rifai et al. train their deep encoders one
//! layer after the other, each with this same penalty. It is not the norm
//! of the whole encoder's Jacobian: that is the norm of a *product* of
//! matrices, one per layer and different for every example, and has no
//! such sum. But what is made small here bounds it,
//! `‖J_2 J_1‖ ≤ ‖J_2‖ ‖J_1‖`, and [`jacobian`](crate::nn::jacobian)
//! measures it.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::dense::Dense;
use crate::nn::desk::Desk;
use ndarray::Zip;

/// The mean of `‖J‖²` over a batch with outputs `h` `[batch, units]`.
pub fn squared_norm(layer: &Dense, h: &Matrix, desk: &mut Desk) -> Real {
    let lengths = squared_lengths(layer, desk);
    let mut sum = 0.0;
    for row in h.rows() {
        let units = row.iter().zip(&lengths);
        sum += units
            .map(|(&h, length)| layer.activation.slope(h).powi(2) * length)
            .sum::<Real>();
    }
    desk.put_back(lengths);
    sum / h.nrows() as Real
}

/// Adds `λ` times its derivative by the outputs to their blame,
/// `[batch, units]`.
///
/// ```text
/// d‖J‖² / dh_j = 2 s'_j (ds'_j / dh_j) Σ over inputs W_ij²
/// ```
pub fn add_blame(
    lambda: Real,
    layer: &Dense,
    h: &Matrix,
    blame: &mut Matrix,
    desk: &mut Desk,
) {
    let (s, lengths) = (layer.activation, squared_lengths(layer, desk));
    let price = 2.0 * lambda / h.nrows() as Real;
    let all = Zip::from(blame).and(h).and_broadcast(&lengths);
    all.for_each(|blame, &h, length| {
        *blame += price * s.slope(h) * slope_change(s, h) * length;
    });
    desk.put_back(lengths);
}

/// Adds `λ` times its derivative by the weights, the outputs held fixed,
/// to their gradient, `[inputs, units]`.
///
/// ```text
/// d‖J‖² / dW_ij = 2 s'_j² W_ij
/// ```
pub fn add_gradient(
    lambda: Real,
    layer: &Dense,
    h: &Matrix,
    gradient: &mut Matrix,
    desk: &mut Desk,
) {
    let mut steepness = desk.zeros(1, layer.outputs());
    for row in h.rows() {
        let units = steepness.iter_mut().zip(row);
        units.for_each(|(sum, &h)| {
            *sum += layer.activation.slope(h).powi(2);
        });
    }
    let price = 2.0 * lambda / h.nrows() as Real;
    let all = Zip::from(gradient).and(&layer.weights);
    all.and_broadcast(&steepness).for_each(|gradient, w, sum| {
        *gradient += price * sum * w;
    });
    desk.put_back(steepness);
}

/// `ds'/dh`: how the slope changes with the output.
fn slope_change(s: Activation, h: Real) -> Real {
    match s {
        Activation::Linear | Activation::Relu => 0.0,
        Activation::Sigmoid => 1.0 - 2.0 * h,
        Activation::Tanh => -2.0 * h,
    }
}

/// The squared length of every unit's weights, `[1, units]`.
fn squared_lengths(layer: &Dense, desk: &mut Desk) -> Matrix {
    let mut lengths = desk.zeros(1, layer.outputs());
    for row in layer.weights.rows() {
        let units = lengths.iter_mut().zip(row);
        units.for_each(|(sum, w)| *sum += w * w);
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    /// Two inputs, one unit, weights (3, 4).
    fn unit(activation: Activation) -> Dense {
        let weights = array![[3.0], [4.0]];
        Dense { weights, bias: array![[0.0]], activation }
    }

    /// Norm, blame and gradient for a price of 1.
    fn look(s: Activation, h: &Matrix) -> (Real, Matrix, Matrix) {
        let (layer, desk) = (unit(s), &mut Desk::new());
        let mut blame = Matrix::zeros(h.dim());
        add_blame(1.0, &layer, h, &mut blame, desk);
        let mut gradient = Matrix::zeros((2, 1));
        add_gradient(1.0, &layer, h, &mut gradient, desk);
        (squared_norm(&layer, h, desk), blame, gradient)
    }

    #[test]
    fn one_unit_by_hand() {
        // A sigmoid at 0.5 has slope ¼: (¼)² (3² + 4²) = 25/16. There the
        // slope does not change; the weights feel 2 (¼)² 3 and 4.
        let (norm, blame, gradient) =
            look(Activation::Sigmoid, &array![[0.5]]);
        assert_eq!((norm, blame), (25.0 / 16.0, array![[0.0]]));
        assert_eq!(gradient, array![[0.375], [0.5]]);
        // At h = ¼ the slope is 3/16 and grows by ½ per step of h:
        // 2 · 3/16 · ½ · 25 = 75/16.
        let (_, blame, _) = look(Activation::Sigmoid, &array![[0.25]]);
        assert_eq!(blame, array![[75.0 / 16.0]]);
        // Tanh at 0.5: slope ¾, it falls by 1: -2 · ¾ · 25 = -37.5.
        let (norm, blame, _) = look(Activation::Tanh, &array![[0.5]]);
        assert_eq!((norm, blame), (225.0 / 16.0, array![[-37.5]]));
    }

    #[test]
    fn a_linear_layer_pays_for_its_weights_only() {
        let h = array![[7.0], [-1.0]];
        let (norm, blame, gradient) = look(Activation::Linear, &h);
        assert_eq!((norm, blame.sum()), (25.0, 0.0));
        assert_eq!(gradient, array![[6.0], [8.0]]);
    }

    #[test]
    fn a_saturated_unit_is_free() {
        let (norm, blame, gradient) =
            look(Activation::Sigmoid, &array![[1.0]]);
        assert_eq!((norm, blame.sum(), gradient.sum()), (0.0, 0.0, 0.0));
    }
}
