//! The fully connected layer, the only building block we need.
//!
//! Every output is a weighted sum of every input, plus a bias, bent by the
//! activation `s`:
//!
//! ```text
//! z = x · W + b        y = s(z)
//! ```

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::desk::Desk;
use crate::nn::gradient::Gradient;
use crate::nn::random::Rng;
use ndarray::ArrayView2;
use rand::RngExt as _;
use rand_distr::StandardNormal;

/// A fully connected layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Dense {
    /// `[inputs, outputs]`: one column of weights per output.
    pub weights: Matrix,
    /// `[1, outputs]`: what an output says when all inputs are silent.
    pub bias: Matrix,
    /// How the sums are bent.
    pub activation: Activation,
}

impl Dense {
    /// A layer with small random weights and no bias.
    ///
    /// `scale` multiplies the usual size of the weights; 1 is usual.
    pub fn new(
        inputs: usize,
        outputs: usize,
        activation: Activation,
        scale: Real,
        rng: &mut Rng,
    ) -> Dense {
        let draw = match activation {
            Activation::Relu => he,
            _ => glorot,
        };
        let weights = draw(inputs, outputs, rng) * scale;
        Dense { weights, bias: Matrix::zeros((1, outputs)), activation }
    }

    /// How many numbers come in.
    pub fn inputs(&self) -> usize {
        self.weights.nrows()
    }

    /// How many numbers come out.
    pub fn outputs(&self) -> usize {
        self.weights.ncols()
    }

    /// `y = s(x · W + b)`, from `[batch, inputs]` to `[batch, outputs]`.
    pub fn forward(&self, x: &Matrix, desk: &mut Desk) -> Matrix {
        let (w, s) = (self.weights.view(), self.activation);
        desk.layer(x, w, &self.bias, s.curve())
    }

    /// The gradients of weights and bias, given the blame for the sums.
    ///
    /// ```text
    /// dL/dW = xᵀ · dL/dz        dL/db = Σ over the batch of dL/dz
    /// ```
    pub fn gradients(
        &self,
        x: &Matrix,
        dz: &Matrix,
        desk: &mut Desk,
    ) -> [Gradient; 2] {
        let bias = Gradient::Written(column_sums(dz, desk));
        [Gradient::product(x, dz, desk), bias]
    }

    /// Passes the blame on to the inputs, `[batch, inputs]`.
    ///
    /// ```text
    /// dL/dx = dL/dz · Wᵀ
    /// ```
    pub fn backward(&self, dz: &Matrix, desk: &mut Desk) -> Matrix {
        desk.product(dz.view(), self.weights.t())
    }

    /// The same where only the inputs marked with 1 are to blame, the
    /// others with 0: the winners of a competition.
    pub fn backward_to(
        &self,
        winners: &Matrix,
        dz: &Matrix,
        desk: &mut Desk,
    ) -> Matrix {
        let mut blame = desk.sheet(dz.nrows(), self.inputs());
        let factors = (dz.view(), self.weights.t());
        desk.engine.product_at(factors, winners, &mut blame);
        blame
    }
}

/// `z = x · W + b`: `[batch, inputs]` times `[inputs, outputs]`.
pub fn weighted_sums(
    x: &Matrix,
    weights: ArrayView2<Real>,
    bias: &Matrix,
    desk: &mut Desk,
) -> Matrix {
    desk.layer(x, weights, bias, Activation::Linear.curve())
}

/// Adds up the rows: from `[batch, units]` to `[1, units]`.
pub fn column_sums(dz: &Matrix, desk: &mut Desk) -> Matrix {
    let mut sums = desk.sheet(1, dz.ncols());
    desk.engine.column_sums(dz, &mut sums);
    sums
}

/// Weights for sigmoid, tanh and linear units: uniform in ±√(6 / (n + m)).
///
/// Keeps signals and blame about equally large in every layer (Glorot &
/// Bengio, 2010).
pub fn glorot(inputs: usize, outputs: usize, rng: &mut Rng) -> Matrix {
    let limit = (6.0 / (inputs + outputs) as Real).sqrt();
    Matrix::from_shape_simple_fn((inputs, outputs), || {
        rng.random_range(-1.0..1.0) * limit
    })
}

/// Weights for relu units: normal with standard deviation √(2 / n).
///
/// Twice the variance, since relu silences half of the sums (He et al.,
/// 2015).
pub fn he(inputs: usize, outputs: usize, rng: &mut Rng) -> Matrix {
    let deviation = (2.0 / inputs as Real).sqrt();
    Matrix::from_shape_simple_fn((inputs, outputs), || {
        let normal: Real = rng.sample(StandardNormal);
        normal * deviation
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn a_layer_by_hand() {
        let layer = Dense {
            weights: array![[1.0, 0.0], [2.0, -1.0]],
            bias: array![[0.5, 0.0]],
            activation: Activation::Relu,
        };
        // z = (1·3 + 2·4 + 0.5, 0·3 - 1·4 + 0) = (11.5, -4)
        let x = array![[3.0, 4.0]];
        let desk = &mut Desk::new();
        assert_eq!(layer.forward(&x, desk), array![[11.5, 0.0]]);
        let dz = array![[1.0, 10.0]];
        let gradients = layer.gradients(&x, &dz, desk);
        let [weights, bias] = gradients.map(|g| g.written(desk));
        assert_eq!(weights, array![[3.0, 30.0], [4.0, 40.0]]);
        assert_eq!(bias, dz);
        assert_eq!(layer.backward(&dz, desk), array![[1.0, -8.0]]);
    }

    #[test]
    fn first_weights_have_the_published_spread() {
        let mut rng = rng(1, Purpose::Init);
        let uniform = glorot(200, 100, &mut rng);
        assert!(uniform.iter().all(|w| w.abs() <= 0.1415)); // √0.02
        // A uniform draw in ±a has variance a²/3 = 0.02/3.
        assert!((uniform.var(0.0) / (0.02 / 3.0) - 1.0).abs() < 0.03);
        let normal = he(200, 100, &mut rng);
        assert!((normal.var(0.0) / 0.01 - 1.0).abs() < 0.03);
    }

    #[test]
    #[should_panic(expected = "x is (1, 3), weights (2, 2)")]
    fn a_wrong_shape_names_both_shapes() {
        let mut rng = rng(1, Purpose::Init);
        let layer = Dense::new(2, 2, Activation::Tanh, 1.0, &mut rng);
        layer.forward(&Matrix::zeros((1, 3)), &mut Desk::new());
    }
}
