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
use crate::nn::desk::Desk;
use crate::nn::desk::Sheets;
use crate::nn::gradient::Gradients;
use crate::nn::model::Parts;

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
    pub gradients: Gradients,
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
    pub fn forward(&self, x: &Matrix, desk: &mut Desk) -> Matrix {
        let mut y = self.layers[0].forward(x, desk);
        for layer in &self.layers[1..] {
            let above = layer.forward(&y, desk);
            desk.put_back(y);
            y = above;
        }
        y
    }

    /// Like [`forward`](Self::forward), but keeps every layer's output.
    pub fn trace(&self, x: &Matrix, desk: &mut Desk) -> Sheets {
        let mut outputs = Sheets::new();
        for layer in &self.layers {
            let y = layer.forward(outputs.last().unwrap_or(x), desk);
            outputs.push(y);
        }
        outputs
    }

    /// The gradient of every parameter, given dL/dy of the last layer.
    ///
    /// `x` is what went in, `outputs` what [`trace`](Self::trace) kept. If
    /// they stop at an earlier layer, so does the walk: then dL/dy is the
    /// blame of that layer.
    pub fn backward(
        &self,
        x: &Matrix,
        outputs: &[Matrix],
        dy: Matrix,
        desk: &mut Desk,
    ) -> Blame {
        let last = outputs.len() - 1;
        let mut dz = dy;
        self.layers[last].activation.backward(
            &outputs[last],
            &mut dz,
            desk,
        );
        let mut gradients = Gradients::new();
        for l in (1..=last).rev() {
            let (layer, below) = (&self.layers[l], &outputs[l - 1]);
            let [weights, bias] = layer.gradients(below, &dz, desk);
            gradients.extend([bias, weights]);
            let mut blame = layer.backward(&dz, desk);
            self.layers[l - 1].activation.backward(below, &mut blame, desk);
            desk.put_back(dz);
            dz = blame;
        }
        let [weights, bias] = self.layers[0].gradients(x, &dz, desk);
        gradients.extend([bias, weights]);
        gradients.reverse();
        Blame { gradients, first: dz }
    }

    /// Weights and bias of layer 0, of layer 1, and so on.
    pub fn parameters(&self) -> Parts<&Matrix> {
        let pairs = self.layers.iter().map(|l| [&l.weights, &l.bias]);
        pairs.flatten().collect()
    }

    /// The same, to be changed by an optimizer.
    pub fn parameters_mut(&mut self) -> Parts<&mut Matrix> {
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
    use crate::nn::gradient::written;
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
        let desk = &mut Desk::new();
        let outputs = network.trace(&x, desk);
        assert_eq!(outputs[..], [array![[2.0]], array![[6.0]]]);
        assert_eq!(network.forward(&x, desk), outputs[1]);
        let dy = array![[1.0]];
        let blame = network.backward(&x, &outputs, dy, desk);
        let expected = [3.0, 3.0, 2.0, 1.0].map(|g| array![[g]]);
        let gradients = written(blame.gradients, desk);
        assert_eq!(gradients[..], expected);
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
