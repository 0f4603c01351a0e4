//! A network: layers in a row, each reading what the one before wrote.
//!
//! ```text
//! x → layer 0 → layer 1 → ... → y
//! ```
//!
//! Backpropagation walks the same row from right to left and hands every
//! layer its share of the blame: the chain rule, step by step.

use crate::nn::Matrix;
use crate::nn::dense::Dense;

/// Fully connected layers in a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// From input to output; at least one.
    pub layers: Vec<Dense>,
}

/// What [`Network::backward`] found out.
#[derive(Debug, Clone)]
pub struct Blame {
    /// Weights and bias of layer 0, of layer 1, and so on.
    pub gradients: Vec<Matrix>,
    /// dL/dz of layer 0, `[batch, outputs of layer 0]`.
    pub first: Matrix,
}

impl Network {
    /// A row of layers; each must fit the one before.
    pub fn new(layers: Vec<Dense>) -> Network {
        assert!(!layers.is_empty(), "a network needs at least one layer");
        for pair in layers.windows(2) {
            let (out, next) = (pair[0].outputs(), pair[1].inputs());
            assert!(out == next, "{out} outputs meet {next} inputs");
        }
        Network { layers }
    }

    /// From `[batch, inputs]` to `[batch, outputs]`.
    pub fn forward(&self, x: &Matrix) -> Matrix {
        let mut y = self.layers[0].forward(x);
        for layer in &self.layers[1..] {
            y = layer.forward(&y);
        }
        y
    }

    /// Like [`forward`](Self::forward), but keeps every layer's output.
    pub fn trace(&self, x: &Matrix) -> Vec<Matrix> {
        let mut outputs: Vec<Matrix> = Vec::new();
        for layer in &self.layers {
            let y = layer.forward(outputs.last().unwrap_or(x));
            outputs.push(y);
        }
        outputs
    }

    /// The gradient of every parameter, given dL/dy of the last layer.
    ///
    /// `x` is what went in, `outputs` what [`trace`](Self::trace) kept.
    pub fn backward(
        &self,
        x: &Matrix,
        outputs: &[Matrix],
        dy: Matrix,
    ) -> Blame {
        let last = self.layers.len() - 1;
        let mut dz =
            self.layers[last].activation.backward(&outputs[last], dy);
        let mut gradients = Vec::new();
        for l in (1..=last).rev() {
            let below = &outputs[l - 1];
            let [weights, bias] = self.layers[l].gradients(below, &dz);
            gradients.extend([bias, weights]);
            let dy = self.layers[l].backward(&dz);
            dz = self.layers[l - 1].activation.backward(below, dy);
        }
        let [weights, bias] = self.layers[0].gradients(x, &dz);
        gradients.extend([bias, weights]);
        gradients.reverse();
        Blame { gradients, first: dz }
    }

    /// Weights and bias of layer 0, of layer 1, and so on.
    pub fn parameters(&self) -> Vec<&Matrix> {
        let pairs = self.layers.iter().map(|l| [&l.weights, &l.bias]);
        pairs.flatten().collect()
    }

    /// The same, to be changed by an optimizer.
    pub fn parameters_mut(&mut self) -> Vec<&mut Matrix> {
        let layers = self.layers.iter_mut();
        let pairs = layers.map(|l| [&mut l.weights, &mut l.bias]);
        pairs.flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Real;
    use crate::nn::activation::Activation;
    use ndarray::array;

    fn unit(weight: Real, activation: Activation) -> Dense {
        let weights = array![[weight]];
        Dense { weights, bias: array![[0.0]], activation }
    }

    #[test]
    fn two_units_in_a_row_by_hand() {
        // y = 3 relu(2 x). At x = 1: 2, then 6. dy/dw2 = 2, and
        // dy/dw1 = 3 · 1 · x = 3.
        let network = Network::new(vec![
            unit(2.0, Activation::Relu),
            unit(3.0, Activation::Linear),
        ]);
        let x = array![[1.0]];
        let outputs = network.trace(&x);
        assert_eq!(outputs, [array![[2.0]], array![[6.0]]]);
        assert_eq!(network.forward(&x), outputs[1]);
        let blame = network.backward(&x, &outputs, array![[1.0]]);
        let expected = [3.0, 3.0, 2.0, 1.0].map(|g| array![[g]]);
        assert_eq!(blame.gradients, expected);
        assert_eq!(blame.first, array![[3.0]]);
    }

    #[test]
    #[should_panic(expected = "2 outputs meet 1 inputs")]
    fn layers_that_do_not_fit_are_refused() {
        let wide = Dense {
            weights: array![[1.0, 1.0]],
            bias: array![[0.0, 0.0]],
            activation: Activation::Linear,
        };
        Network::new(vec![wide, unit(1.0, Activation::Linear)]);
    }
}
