//! The multilayer perceptron: a classifier with a hidden layer.
//!
//! ```text
//! x → relu(x · W + b) → logits → softmax → p
//! ```
//!
//! Its borders between classes are bent. There is no single valley any
//! more, so it learns like the autoencoders of this course: from small
//! batches in random order, step by step (Rumelhart, Hinton & Williams,
//! 1986).

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::classifier::Classifier;
use crate::nn::dense::Dense;
use crate::nn::desk::Desk;
use crate::nn::network::Network;
use crate::nn::optimizer::Optimizer;
use crate::nn::optimizer::Rule;
use crate::nn::random::Rng;
use ndarray::Axis;
use rand::seq::SliceRandom as _;

/// How an [`mlp`] is built and trained.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MlpPlan {
    /// Units in the hidden layer.
    pub hidden: usize,
    /// The price `λ` of large weights.
    pub weight_decay: Real,
    /// Steps, however many examples there are.
    pub steps: usize,
    /// Examples per step.
    pub batch: usize,
    /// Adam's learning rate.
    pub rate: Real,
}

impl Default for MlpPlan {
    fn default() -> MlpPlan {
        MlpPlan {
            hidden: 100,
            weight_decay: 1e-4,
            steps: 1000,
            batch: 50,
            rate: 2e-3,
        }
    }
}

impl MlpPlan {
    /// A classifier with fresh weights.
    pub fn build(
        &self,
        inputs: usize,
        classes: usize,
        rng: &mut Rng,
    ) -> Classifier {
        let (relu, linear) = (Activation::Relu, Activation::Linear);
        let mut model = Classifier::new(Network::new(vec![
            Dense::new(inputs, self.hidden, relu, 1.0, rng),
            Dense::new(self.hidden, classes, linear, 1.0, rng),
        ]));
        model.weight_decay = self.weight_decay;
        model
    }
}

/// Trains a perceptron on examples `[examples, features]` and labels.
pub fn mlp(
    x: &Matrix,
    labels: &[u8],
    classes: usize,
    plan: &MlpPlan,
    rng: &mut Rng,
) -> Classifier {
    let mut desk = Desk::new();
    let mut model = plan.build(x.ncols(), classes, rng);
    let mut optimizer = Optimizer::new(Rule::Adam, plan.rate);
    let mut order: Vec<usize> = (0..labels.len()).collect();
    let batch = plan.batch.clamp(1, order.len().max(1));
    for step in 0..plan.steps {
        let at = step * batch % order.len();
        if at < batch {
            order.shuffle(rng);
        }
        let rows = &order[at..order.len().min(at + batch)];
        let inputs = x.select(Axis(0), rows);
        let seen: Vec<u8> = rows.iter().map(|&i| labels[i]).collect();
        let blame = model.learn(&inputs, &seen, &mut desk);
        let parameters = model.network.parameters_mut();
        optimizer.step(parameters, &blame.gradients);
        desk.put_back_all(blame.gradients);
        desk.put_back(blame.first);
    }
    model
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use crate::nn::softmax::SoftmaxPlan;
    use crate::nn::softmax::softmax;
    use ndarray::array;

    #[test]
    fn a_hidden_layer_solves_what_a_line_cannot() {
        // Exclusive or: the classic that no line can cut (Minsky & Papert).
        let x = array![[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];
        let labels = [0, 1, 1, 0];
        let line = softmax(&x, &labels, 2, &SoftmaxPlan::default());
        assert_ne!(line.predict(&x), labels);
        let plan = MlpPlan { hidden: 16, steps: 400, ..Default::default() };
        let train = |seed| {
            mlp(&x, &labels, 2, &plan, &mut rng(seed, Purpose::Init))
        };
        assert_eq!(train(1).predict(&x), labels);
        assert_eq!(train(1), train(1));
        assert_ne!(train(1), train(2));
    }
}
