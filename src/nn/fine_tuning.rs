//! Fine-tuning: labels reach down through the whole stack.
//!
//! ```text
//! head        codes = all layers(x),   surprise at the labels
//! fine-tune   the same, and the blame goes on, from the head to the
//!             topmost layer, and from there to the one at the bottom
//! ```
//!
//! With frozen layers only the head learns: quick, and safe with a handful
//! of labels. Fine-tuning starts where pretraining has led, and the same
//! steps without pretraining are the rival *from scratch*.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::class_loss::accuracy;
use crate::nn::classifier::Classifier;
use crate::nn::desk::Desk;
use crate::nn::desk::Sheets;
use crate::nn::gradient::written;
use crate::nn::model::Losses;
use crate::nn::stacked::Head;
use crate::nn::stacked::Phase;
use crate::nn::stacked::Stacked;
use smallvec::SmallVec;

impl Stacked {
    /// One look at examples and their labels, in the phases
    /// [`Phase::Head`] and [`Phase::FineTune`]: the surprise, and one
    /// gradient per parameter. A fitted head has nothing to learn.
    pub fn learn_labels(
        &self,
        x: &Matrix,
        labels: &[u8],
        desk: &mut Desk,
    ) -> (Losses, Sheets) {
        let phase = self.phase();
        let early = matches!(phase, Phase::Layer(_));
        assert!(!early, "an autoencoder learns without labels: {phase:?}");
        let Head::Network(head) = &self.head else {
            return (Losses::default(), Sheets::new());
        };
        if phase == Phase::FineTune {
            return self.fine_tune(head, x, labels, desk);
        }
        let codes = self.climb(x, self.layers.len(), desk);
        let blame = head.learn(&codes, labels, desk);
        desk.put_back(codes);
        desk.put_back(blame.first);
        (blame.losses, blame.gradients)
    }

    /// Up through all layers, and the blame down again.
    fn fine_tune(
        &self,
        head: &Classifier,
        x: &Matrix,
        labels: &[u8],
        desk: &mut Desk,
    ) -> (Losses, Sheets) {
        let mut traces: SmallVec<[Sheets; 5]> = SmallVec::new();
        for layer in &self.layers {
            let below = traces.last().and_then(|trace| trace.last());
            traces.push(layer.encoder.trace(below.unwrap_or(x), desk));
        }
        let code = traces.last().and_then(|trace| trace.last());
        let top = head.learn(code.unwrap_or(x), labels, desk);
        // From the top, so the last parameter comes first.
        let mut gradients: Sheets =
            top.gradients.into_iter().rev().collect();
        let mut dy = head.below(top.first, desk);
        for (l, layer) in self.layers.iter().enumerate().rev() {
            let below = if l > 0 { traces[l - 1].last() } else { None };
            let (input, encoder) = (below.unwrap_or(x), &layer.encoder);
            let blame = encoder.backward(input, &traces[l], dy, desk);
            let lower = written(blame.gradients, desk);
            gradients.extend(lower.into_iter().rev());
            dy = encoder.layers[0].backward(&blame.first, desk);
            desk.put_back(blame.first);
        }
        desk.put_back(dy);
        traces.into_iter().for_each(|trace| desk.put_back_all(trace));
        gradients.reverse();
        (top.losses, gradients)
    }

    /// The class of every example.
    pub fn predict(&self, x: &Matrix) -> Vec<u8> {
        let codes = self.codes(x);
        match &self.head {
            Head::Network(classifier) => classifier.predict(&codes),
            Head::Fitted(probe) => probe.predict(&codes),
        }
    }

    /// The share of examples that get their label.
    pub fn accuracy(&self, x: &Matrix, labels: &[u8]) -> Real {
        accuracy(&self.predict(x), labels)
    }

    /// The surprise at the labels; `None` if the head knows no
    /// probabilities.
    pub fn label_loss(&self, x: &Matrix, labels: &[u8]) -> Option<Losses> {
        match &self.head {
            Head::Network(head) => Some(head.loss(&self.codes(x), labels)),
            Head::Fitted(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::model::Model as _;
    use crate::nn::probe::Probe;
    use crate::nn::probe::ProbePlan;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use crate::nn::softmax::undecided;
    use ndarray::array;

    /// A code of `2 x`, then `3 · 2 x`, and a head that is undecided.
    fn two_units() -> (Stacked, Matrix, [u8; 2]) {
        let unit = |weight| {
            let plan = Blueprint::linear(1, 1);
            let mut layer = plan.build(&mut rng(1, Purpose::Init));
            *layer.parameters_mut()[0] = array![[weight]];
            layer
        };
        let layers = vec![unit(2.0), unit(3.0)];
        let stack = Stacked::new(layers, undecided(1, 2));
        (stack, array![[1.0], [-1.0]], [1, 0])
    }

    #[test]
    fn blame_reaches_the_lowest_layer_by_hand() {
        let (mut stack, desk) = (two_units().0, &mut Desk::new());
        let x = array![[1.0]];
        stack.start(Phase::FineTune);
        *stack.parameters_mut()[4] = array![[0.5, -0.5]];
        // A code of 6 and logits of 3 and -3.
        let (losses, gradients) = stack.learn_labels(&x, &[1], desk);
        let p = 1.0 / (1.0 + (-6.0 as Real).exp());
        assert!((losses.total + (1.0 - p).ln()).abs() < 1e-3);
        // dz = (p, -p); dcode = p; up: 2 p and p; down: 3 p and 3 p.
        let expected = [3.0 * p, 3.0 * p, 2.0 * p, p];
        for (g, e) in gradients.iter().zip(expected) {
            assert!((g[[0, 0]] - e).abs() < 1e-5, "{gradients:?}");
        }
        assert!((gradients[4][[0, 0]] - 6.0 * p).abs() < 1e-4);
        // Frozen, the head learns the same, and nothing else learns.
        stack.start(Phase::Head);
        let (_, frozen) = stack.learn_labels(&x, &[1], desk);
        assert_eq!(frozen[..], gradients[4..]);
    }

    #[test]
    fn a_fitted_head_reads_the_topmost_codes() {
        let (mut stack, x, labels) = two_units();
        let codes = stack.codes(&x);
        let look = &mut rng(1, Purpose::Look);
        let plan = ProbePlan::Neighbors(1);
        let probe = Probe::fit(&plan, &codes, &labels, 2, look);
        stack.head = Head::Fitted(probe);
        stack.start(Phase::Head);
        assert_eq!(stack.accuracy(&x, &labels), 1.0);
        assert_eq!(stack.label_loss(&x, &labels), None);
        assert!(stack.parameters().is_empty());
    }

    #[test]
    #[should_panic(expected = "learns without labels: Layer(0)")]
    fn a_layer_has_no_use_for_labels() {
        let (stack, x, labels) = two_units();
        stack.learn_labels(&x, &labels, &mut Desk::new());
    }
}
