//! A network that names classes instead of drawing pictures.
//!
//! ```text
//! x → layers → logits → softmax → p        L = -ln p_t + λ/2 Σ w²
//! ```
//!
//! One linear layer is multinomial logistic regression, called *softmax*
//! in this course; with a hidden layer before it, a multilayer perceptron.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::class_loss::class_loss;
use crate::nn::class_loss::class_loss_and_gradient;
use crate::nn::class_loss::most_likely;
use crate::nn::class_loss::probabilities;
use crate::nn::decay::add_decay;
use crate::nn::decay::penalty;
use crate::nn::desk::Desk;
use crate::nn::desk::Sheets;
use crate::nn::gradient::written;
use crate::nn::model::Losses;
use crate::nn::network::Network;

/// A network with one linear output per class.
#[derive(Debug, Clone, PartialEq)]
pub struct Classifier {
    /// From the input to the logits.
    pub network: Network,
    /// The price `λ` of large weights, `λ/2 Σ w²`; 0 for none.
    pub weight_decay: Real,
}

/// What [`Classifier::learn`] found out.
#[derive(Debug, Clone)]
pub struct ClassBlame {
    /// The surprise at the labels, and what the weights cost.
    pub losses: Losses,
    /// One per parameter of the network.
    pub gradients: Sheets,
    /// dL/dz of the first layer, `[batch, its outputs]`.
    pub first: Matrix,
}

impl Classifier {
    /// A classifier without weight decay.
    pub fn new(network: Network) -> Classifier {
        Classifier { network, weight_decay: 0.0 }
    }

    /// Numbers that come in.
    pub fn inputs(&self) -> usize {
        self.network.layers[0].inputs()
    }

    /// Classes it can name.
    pub fn classes(&self) -> usize {
        self.network.layers[self.network.layers.len() - 1].outputs()
    }

    /// One look at examples `[batch, inputs]` and their labels.
    pub fn learn(
        &self,
        x: &Matrix,
        labels: &[u8],
        desk: &mut Desk,
    ) -> ClassBlame {
        let outputs = self.network.trace(x, desk);
        let logits = &outputs[outputs.len() - 1];
        let (surprise, dz) = class_loss_and_gradient(logits, labels, desk);
        let blame = self.network.backward(x, &outputs, dz, desk);
        desk.put_back_all(outputs);
        let mut gradients = written(blame.gradients, desk);
        if self.weight_decay > 0.0 {
            let weights = self.weights();
            add_decay(self.weight_decay, &weights, &mut gradients);
        }
        let losses = Losses::new(surprise, self.penalty());
        ClassBlame { losses, gradients, first: blame.first }
    }

    /// dL/dx, `[batch, inputs]`, for whatever lies below, from the
    /// [`first`](ClassBlame::first) blame.
    pub fn below(&self, first: Matrix, desk: &mut Desk) -> Matrix {
        let below = self.network.layers[0].backward(&first, desk);
        desk.put_back(first);
        below
    }

    /// The surprise at the labels, and what the weights cost.
    pub fn loss(&self, x: &Matrix, labels: &[u8]) -> Losses {
        Losses::new(class_loss(&self.logits(x), labels), self.penalty())
    }

    /// One number per class, `[examples, classes]`; the largest wins.
    pub fn logits(&self, x: &Matrix) -> Matrix {
        self.network.forward(x, &mut Desk::new())
    }

    /// How sure it is of every class, `[examples, classes]`.
    pub fn probabilities(&self, x: &Matrix) -> Matrix {
        probabilities(self.logits(x))
    }

    /// The most likely class of every example.
    pub fn predict(&self, x: &Matrix) -> Vec<u8> {
        most_likely(&self.logits(x))
    }

    /// What the weights cost, `λ/2 Σ w²`.
    fn penalty(&self) -> Real {
        match self.weight_decay {
            0.0 => 0.0,
            lambda => penalty(lambda, &self.weights()),
        }
    }

    /// All weight matrices, without the biases.
    fn weights(&self) -> Vec<&Matrix> {
        self.network.layers.iter().map(|layer| &layer.weights).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::activation::Activation;
    use crate::nn::dense::Dense;
    use ndarray::array;

    #[test]
    fn one_step_by_hand() {
        // Two undecided classes: p = (0.5, 0.5), so dz = (-0.5, 0.5).
        let mut model = Classifier::new(Network::new(vec![Dense {
            weights: array![[1.0, 1.0]],
            bias: array![[0.0, 0.0]],
            activation: Activation::Linear,
        }]));
        model.weight_decay = 0.5;
        let x = array![[3.0]];
        let desk = &mut Desk::new();
        let blame = model.learn(&x, &[0], desk);
        // x dz = (-1.5, 1.5), plus the decay 0.5 w.
        assert_eq!(blame.gradients[0], array![[-1.0, 2.0]]);
        assert_eq!(blame.gradients[1], array![[-0.5, 0.5]]);
        // ln 2 for the class, 0.5/2 (1 + 1) for the weights.
        assert_eq!(blame.losses.penalty, 0.5);
        assert_eq!(blame.losses, model.loss(&x, &[0]));
        assert_eq!(model.below(blame.first, desk), array![[0.0]]);
        assert_eq!(model.predict(&x), [0]);
        assert_eq!((model.inputs(), model.classes()), (1, 2));
    }
}
