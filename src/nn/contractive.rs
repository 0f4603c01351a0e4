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
use crate::kernel::columns::Squared;
use crate::nn::Matrix;
use crate::nn::dense::Dense;
use crate::nn::desk::Desk;

/// What `‖J‖²` of a layer is made of, for one batch: how steep its units
/// are, and how long their weights.
///
/// ```text
/// Σ over the batch of ‖J‖²  =  Σ over units  steepness_j · length_j
/// ```
#[derive(Debug, Clone)]
pub struct Contraction {
    /// `Σ over the batch of s'_j²`, `[1, units]`.
    steepness: Matrix,
    /// `Σ over inputs of W_ij²`, `[1, units]`.
    lengths: Matrix,
    /// How many examples the batch has.
    batch: Real,
}

impl Contraction {
    /// Of a layer whose outputs were `h`, `[batch, units]`.
    pub fn of(layer: &Dense, h: &Matrix, desk: &mut Desk) -> Contraction {
        let mut steepness = desk.sheet(1, layer.outputs());
        let slopes = Squared::SlopesOf(layer.activation.curve());
        desk.engine.column_squares(slopes, h, &mut steepness);
        let mut lengths = desk.sheet(1, layer.outputs());
        let (numbers, w) = (Squared::Numbers, &layer.weights);
        desk.engine.column_squares(numbers, w, &mut lengths);
        Contraction { steepness, lengths, batch: h.nrows() as Real }
    }

    /// The mean of `‖J‖²` over the batch.
    pub fn squared_norm(&self) -> Real {
        let units = self.steepness.iter().zip(&self.lengths);
        units.map(|(s, length)| s * length).sum::<Real>() / self.batch
    }

    /// Adds `λ` times its derivative by the outputs to their blame,
    /// `[batch, units]`.
    ///
    /// ```text
    /// d‖J‖² / dh_j = 2 s'_j (ds'_j / dh_j) Σ over inputs W_ij²
    /// ```
    pub fn add_blame(
        &self,
        lambda: Real,
        (layer, h): (&Dense, &Matrix),
        blame: &mut Matrix,
        desk: &mut Desk,
    ) {
        let prices = self.prices(lambda, &self.lengths, desk);
        let s = layer.activation.curve();
        desk.engine.add_slope_changes(s, blame, (h, &prices));
        desk.put_back(prices);
    }

    /// Adds `λ` times its derivative by the weights, the outputs held
    /// fixed, to their gradient, `[inputs, units]`.
    ///
    /// ```text
    /// d‖J‖² / dW_ij = 2 s'_j² W_ij
    /// ```
    pub fn add_gradient(
        &self,
        lambda: Real,
        layer: &Dense,
        gradient: &mut Matrix,
        desk: &mut Desk,
    ) {
        let prices = self.prices(2.0 * lambda, &self.steepness, desk);
        desk.engine.add_columns(gradient, (&layer.weights, &prices));
        desk.put_back(prices);
    }

    /// `λ` for each of the examples, times a number per unit.
    fn prices(&self, lambda: Real, of: &Matrix, desk: &mut Desk) -> Matrix {
        let mut prices = desk.copy(of);
        prices.mapv_inplace(|number| number * lambda / self.batch);
        prices
    }

    /// Gives its paper back.
    pub fn put_back(self, desk: &mut Desk) {
        desk.put_back(self.steepness);
        desk.put_back(self.lengths);
    }
}

/// The mean of `‖J‖²` over a batch with outputs `h` `[batch, units]`.
pub fn squared_norm(layer: &Dense, h: &Matrix, desk: &mut Desk) -> Real {
    let contraction = Contraction::of(layer, h, desk);
    let norm = contraction.squared_norm();
    contraction.put_back(desk);
    norm
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::activation::Activation;
    use ndarray::array;

    /// Two inputs, one unit, weights (3, 4).
    fn unit(activation: Activation) -> Dense {
        let weights = array![[3.0], [4.0]];
        Dense { weights, bias: array![[0.0]], activation }
    }

    /// Norm, blame and gradient for a price of 1.
    fn look(s: Activation, h: &Matrix) -> (Real, Matrix, Matrix) {
        let (layer, desk) = (unit(s), &mut Desk::new());
        let contraction = Contraction::of(&layer, h, desk);
        let mut blame = Matrix::zeros(h.dim());
        contraction.add_blame(1.0, (&layer, h), &mut blame, desk);
        let mut gradient = Matrix::zeros((2, 1));
        contraction.add_gradient(1.0, &layer, &mut gradient, desk);
        (contraction.squared_norm(), blame, gradient)
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
