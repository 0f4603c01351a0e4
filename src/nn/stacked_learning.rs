//! How a stack learns without labels: one layer after the other.
//!
//! ```text
//! layer l     codes = layers below(x),  loss of restoring the codes
//! ```
//!
//! In every phase, [`Model::parameters`] are just those that learn; the
//! gradients of the labels are in [`fine_tuning`](crate::nn::fine_tuning).

use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::gradient::Gradients;
use crate::nn::model::LayerInfo;
use crate::nn::model::Losses;
use crate::nn::model::Model;
use crate::nn::model::Parts;
use crate::nn::random::Rng;
use crate::nn::stacked::Head;
use crate::nn::stacked::Phase;
use crate::nn::stacked::Stacked;

impl Stacked {
    /// Weights and biases of all layers and the head, whatever learns now.
    pub fn all_parameters(&self) -> Vec<&Matrix> {
        let layers = self.layers.iter().flat_map(Model::parameters);
        let mut all: Vec<&Matrix> = layers.collect();
        if let Head::Network(head) = &self.head {
            all.extend(head.network.parameters());
        }
        all
    }
}

impl Model for Stacked {
    fn look(
        &self,
        input: &Matrix,
        target: &Matrix,
        rng: &mut Rng,
        desk: &mut Desk,
    ) -> (Losses, Gradients) {
        let phase = self.phase();
        let early = matches!(phase, Phase::Layer(_));
        assert!(early, "this phase learns from labels: {phase:?}");
        let l = self.depth() - 1;
        if l == 0 {
            return self.layers[0].look(input, target, rng, desk);
        }
        let codes = self.climb(input, l, desk);
        let wanted = self.climb(target, l, desk);
        let learned = self.layers[l].look(&codes, &wanted, rng, desk);
        desk.put_back(codes);
        desk.put_back(wanted);
        learned
    }

    /// How well the topmost of the current layers restores its input.
    fn loss(&self, batch: &Matrix) -> Losses {
        let top = self.depth() - 1;
        let codes = self.climb(batch, top, &mut Desk::new());
        self.layers[top].loss(&codes)
    }

    fn parameters(&self) -> Parts<&Matrix> {
        let mut learning = Parts::new();
        if let Phase::Layer(l) = self.phase() {
            return self.layers[l].parameters();
        }
        if self.phase() == Phase::FineTune {
            let layers = self.layers.iter();
            learning.extend(layers.flat_map(|l| l.encoder.parameters()));
        }
        if let Head::Network(head) = &self.head {
            learning.extend(head.network.parameters());
        }
        learning
    }

    fn parameters_mut(&mut self) -> Parts<&mut Matrix> {
        let mut learning = Parts::new();
        let phase = self.phase();
        if let Phase::Layer(l) = phase {
            return self.layers[l].parameters_mut();
        }
        if phase == Phase::FineTune {
            let layers = self.layers.iter_mut();
            let encoders = layers.map(|l| l.encoder.parameters_mut());
            learning.extend(encoders.flatten());
        }
        if let Head::Network(head) = &mut self.head {
            learning.extend(head.network.parameters_mut());
        }
        learning
    }

    /// The encoders from the input up, and the layers of the head.
    fn layers(&self) -> Vec<LayerInfo> {
        let stack = self.layers.iter().flat_map(|l| &l.encoder.layers);
        let mut infos = Vec::new();
        for (n, layer) in (1..).zip(stack) {
            infos.push(LayerInfo::of(format!("layer {n}"), layer));
        }
        if let Head::Network(head) = &self.head {
            for (n, layer) in (1..).zip(&head.network.layers) {
                infos.push(LayerInfo::of(format!("head {n}"), layer));
            }
        }
        infos
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use crate::nn::softmax::undecided;
    use ndarray::array;

    fn stack() -> Stacked {
        let mut init = rng(1, Purpose::Init);
        let low = Blueprint::linear(4, 3).build(&mut init);
        let high = Blueprint::linear(3, 2).build(&mut init);
        Stacked::new(vec![low, high], undecided(2, 2))
    }

    #[test]
    fn a_layer_learns_what_it_would_learn_alone() {
        let (mut stack, desk) = (stack(), &mut Desk::new());
        let x = array![[0.1, 0.5, 0.9, 0.3], [0.7, 0.2, 0.4, 0.8]];
        stack.start(Phase::Layer(1));
        let codes = stack.layers[0].encoder.forward(&x, desk);
        let noise = rng(1, Purpose::Noise);
        let whole = stack.gradients(&x, &mut noise.clone(), desk);
        let alone = &stack.layers[1];
        let alone = alone.gradients(&codes, &mut noise.clone(), desk);
        assert_eq!(whole, alone);
        assert_eq!(stack.loss(&x), stack.layers[1].loss(&codes));
    }

    #[test]
    fn what_learns_is_what_has_gradients() {
        let (mut stack, desk) = (stack(), &mut Desk::new());
        let x = array![[0.1, 0.5, 0.9, 0.3]];
        let mut sizes = Vec::new();
        for _ in 0..4 {
            let gradients = match stack.phase() {
                Phase::Layer(_) => {
                    let noise = &mut rng(1, Purpose::Noise);
                    stack.gradients(&x, noise, desk).1
                }
                _ => stack.learn_labels(&x, &[1], desk).1,
            };
            let shapes = gradients.iter().map(|g| g.dim());
            let parameters = stack.parameters();
            assert!(shapes.eq(parameters.iter().map(|p| p.dim())));
            drop(parameters);
            sizes.push(stack.parameters_mut().len());
            stack.advance();
        }
        assert_eq!(sizes, [4, 4, 2, 6]);
        assert_eq!(stack.all_parameters().len(), 10);
        assert_eq!(stack.layers().len(), 3);
    }

    #[test]
    #[should_panic(expected = "learns from labels: Head")]
    fn the_head_has_no_use_for_examples_without_labels() {
        let mut stack = stack();
        stack.start(Phase::Head);
        let x = array![[0.1, 0.5, 0.9, 0.3]];
        stack.gradients(&x, &mut rng(1, Purpose::Noise), &mut Desk::new());
    }
}
