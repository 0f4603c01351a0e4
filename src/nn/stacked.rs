//! A stack of autoencoders, and a classifier on top.
//!
//! Deep networks were once hard to train from scratch. The way around it:
//! train one layer at a time, and no labels are needed (Bengio et al.,
//! 2007; Vincent et al., 2010):
//!
//! ```text
//! 1  autoencoder 1 learns to restore x
//! 2  autoencoder 2 learns to restore the codes of 1, and so on
//! 3  a classifier, the head, learns labels from the topmost codes
//! 4  fine-tuning: head *and* layers learn from the labels
//! ```
//!
//! Each layer learns from the *clean* codes below it; a denoising layer
//! damages them for its own training only. The decoders are left behind
//! after step 2. Frozen layers stop after step 3.
//! [`stacked_learning`](crate::nn::stacked_learning) has the first two
//! steps, [`fine_tuning`](crate::nn::fine_tuning) the last two.

use crate::nn::Matrix;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::classifier::Classifier;
use crate::nn::desk::Desk;
use crate::nn::model::Codec;
use crate::nn::probe::Probe;

/// Autoencoders on each other's codes, and a head.
#[derive(Debug, Clone, PartialEq)]
pub struct Stacked {
    /// From the input upwards; plain, denoising or contractive, each
    /// usually with one layer.
    pub layers: Vec<Autoencoder>,
    /// What names classes on top of the codes.
    pub head: Head,
    /// What is learning now.
    phase: Phase,
}

/// What names classes on top of the codes.
#[derive(Debug, Clone, PartialEq)]
pub enum Head {
    /// Learns by steps, and may pass blame on to the layers below.
    Network(Classifier),
    /// Fitted at once to frozen codes.
    Fitted(Probe),
}

/// What is learning now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// An autoencoder, counted from 0, on the codes of those below it.
    Layer(usize),
    /// The head; the layers are frozen.
    Head,
    /// Head and layers, from the labels.
    FineTune,
}

impl Stacked {
    /// A stack that starts with its lowest layer.
    ///
    /// For the same network *from scratch*, [`start`](Self::start) it in
    /// [`Phase::FineTune`].
    pub fn new(layers: Vec<Autoencoder>, head: Classifier) -> Stacked {
        assert!(!layers.is_empty(), "a stack needs at least one layer");
        let mut code = layers[0].encoder.layers[0].inputs();
        for layer in &layers {
            let (first, last) = ends(layer);
            assert!(code == first, "codes of {code} meet {first} inputs");
            code = last;
        }
        let inputs = head.inputs();
        assert!(code == inputs, "codes of {code} meet {inputs} inputs");
        let (head, phase) = (Head::Network(head), Phase::Layer(0));
        Stacked { layers, head, phase }
    }

    /// What is learning now.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Goes on to the next phase. An optimizer remembers the parameters of
    /// the old one: make a new one. Fine-tuning is the last.
    pub fn advance(&mut self) -> Phase {
        self.phase = match self.phase {
            Phase::Layer(l) if l + 1 < self.layers.len() => {
                Phase::Layer(l + 1)
            }
            Phase::Layer(_) => Phase::Head,
            Phase::Head | Phase::FineTune => Phase::FineTune,
        };
        self.phase
    }

    /// Jumps to a phase.
    pub fn start(&mut self, phase: Phase) {
        if let Phase::Layer(l) = phase {
            let n = self.layers.len();
            assert!(l < n, "layer {l} of a stack of {n}");
        }
        self.phase = phase;
    }

    /// How many layers an example goes up now: those that have learned
    /// something, and the one that is learning.
    pub fn depth(&self) -> usize {
        match self.phase {
            Phase::Layer(l) => l + 1,
            Phase::Head | Phase::FineTune => self.layers.len(),
        }
    }

    /// The clean codes after so many layers, `[batch, code]`.
    pub fn climb(&self, x: &Matrix, n: usize, desk: &mut Desk) -> Matrix {
        let mut code = desk.copy(x);
        for layer in &self.layers[..n] {
            let above = layer.encoder.forward(&code, desk);
            desk.put_back(code);
            code = above;
        }
        code
    }

    /// The topmost codes, `[examples, code]`, in whatever phase.
    pub fn codes(&self, x: &Matrix) -> Matrix {
        self.climb(x, self.layers.len(), &mut Desk::new())
    }
}

/// Up to the current layer, and down again through all decoders.
impl Codec for Stacked {
    fn encode(&self, x: &Matrix) -> Matrix {
        self.climb(x, self.depth(), &mut Desk::new())
    }

    fn decode(&self, code: &Matrix) -> Matrix {
        let below = self.layers[..self.depth()].iter().rev();
        below.fold(code.clone(), |code, layer| layer.decode(&code))
    }
}

/// How many numbers an encoder reads, and writes.
fn ends(layer: &Autoencoder) -> (usize, usize) {
    let layers = &layer.encoder.layers;
    (layers[0].inputs(), layers[layers.len() - 1].outputs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::model::Model as _;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use crate::nn::softmax::undecided;
    use ndarray::array;

    /// Codes `2 x` and `3 · 2 x`, restored by 1 and 0.5.
    fn two_units() -> Stacked {
        let unit = |down, up| {
            let plan = Blueprint::linear(1, 1);
            let mut layer = plan.build(&mut rng(1, Purpose::Init));
            *layer.parameters_mut()[0] = array![[down]];
            *layer.parameters_mut()[2] = array![[up]];
            layer
        };
        Stacked::new(vec![unit(2.0, 1.0), unit(3.0, 0.5)], undecided(1, 2))
    }

    #[test]
    fn examples_climb_as_far_as_there_are_trained_layers() {
        let mut stack = two_units();
        let x = array![[1.0]];
        assert_eq!(stack.encode(&x), array![[2.0]]);
        assert_eq!(stack.reconstruct(&x), array![[2.0]]);
        assert_eq!(stack.advance(), Phase::Layer(1));
        assert_eq!(stack.encode(&x), array![[6.0]]);
        // 6 · 0.5 = 3, and 3 · 1 = 3.
        assert_eq!(stack.reconstruct(&x), array![[3.0]]);
        let phases = [stack.advance(), stack.advance(), stack.advance()];
        let end = Phase::FineTune;
        assert_eq!(phases, [Phase::Head, end, end]);
        assert_eq!(stack.encode(&x), stack.codes(&x));
    }

    #[test]
    #[should_panic(expected = "codes of 2 meet 3 inputs")]
    fn layers_that_do_not_fit_are_refused() {
        let build = |a, b| {
            Blueprint::linear(a, b).build(&mut rng(1, Purpose::Init))
        };
        Stacked::new(vec![build(4, 2), build(3, 1)], undecided(1, 2));
    }
}
