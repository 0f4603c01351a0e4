//! The blueprint: what must be decided before an autoencoder can learn.
//!
//! ```text
//! inputs → hidden[0] → ... → code → ... → hidden[0] → inputs
//! ```
//!
//! The decoder mirrors the encoder.

use crate::Real;
use crate::nn::activation::Activation;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::corruption::Corruption;
use crate::nn::decoder::Decoder;
use crate::nn::denoising::Target;
use crate::nn::dense::Dense;
use crate::nn::loss::Loss;
use crate::nn::network::Network;
use crate::nn::random::Rng;
use crate::nn::sparse::Sparsity;
use crate::nn::tied::TiedDecoder;
use serde::Deserialize;
use serde::Serialize;

/// Where the decoder's weights come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tying {
    /// It learns its own.
    Free,
    /// It uses the transposed weights of the encoder.
    Tied,
}

/// The plan of an autoencoder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Blueprint {
    /// Numbers in an example, for instance pixels.
    pub inputs: usize,
    /// Sizes of the layers between input and code; may be empty.
    pub hidden: Vec<usize>,
    /// Numbers in a code.
    pub code: usize,
    /// How hidden layers bend their sums, in encoder and decoder.
    pub activation: Activation,
    /// How the code layer bends its sums.
    pub code_activation: Activation,
    /// How the output bends its sums; ignored with cross-entropy, whose
    /// output is always a sigmoid.
    pub output_activation: Activation,
    /// What counts as a mistake.
    pub loss: Loss,
    /// Whether the decoder has weights of its own.
    pub tying: Tying,
    /// Multiplies the usual size of the first weights; 1 is usual.
    pub init_scale: Real,
}

impl Blueprint {
    /// The simplest autoencoder: linear, one code layer, squared error.
    pub fn linear(inputs: usize, code: usize) -> Blueprint {
        Blueprint {
            inputs,
            hidden: Vec::new(),
            code,
            activation: Activation::Linear,
            code_activation: Activation::Linear,
            output_activation: Activation::Linear,
            loss: Loss::SquaredError,
            tying: Tying::Free,
            init_scale: 1.0,
        }
    }

    /// An autoencoder with fresh weights, and neither noise nor prices.
    pub fn build(&self, rng: &mut Rng) -> Autoencoder {
        let (hidden, output) = (self.activation, self.output());
        let down = self.sizes();
        let encoder = self.network(&down, self.code_activation, rng);
        let decoder = match self.tying {
            Tying::Free => {
                let up: Vec<usize> = down.into_iter().rev().collect();
                Decoder::Own(self.network(&up, output, rng))
            }
            Tying::Tied => {
                Decoder::Tied(TiedDecoder::new(&encoder, hidden, output))
            }
        };
        Autoencoder {
            encoder,
            decoder,
            loss: self.loss,
            code_noise: 0.0,
            weight_decay: 0.0,
            sparsity: Sparsity::None,
            contraction: 0.0,
            corruption: Corruption::default(),
            target: Target::Clean,
            emphasis: 1.0,
        }
    }

    /// Layer sizes from input to code.
    fn sizes(&self) -> Vec<usize> {
        let mut sizes = vec![self.inputs];
        sizes.extend(&self.hidden);
        sizes.push(self.code);
        sizes
    }

    /// Cross-entropy wants logits: its sigmoid is part of the loss.
    fn output(&self) -> Activation {
        match self.loss {
            Loss::CrossEntropy => Activation::Linear,
            Loss::SquaredError => self.output_activation,
        }
    }

    /// Layers of the given sizes; only the last may bend differently.
    fn network(
        &self,
        sizes: &[usize],
        last: Activation,
        rng: &mut Rng,
    ) -> Network {
        let mut layers = Vec::new();
        for (l, pair) in sizes.windows(2).enumerate() {
            let is_last = l + 2 == sizes.len();
            let activation = if is_last { last } else { self.activation };
            let (inputs, outputs, scale) =
                (pair[0], pair[1], self.init_scale);
            layers
                .push(Dense::new(inputs, outputs, activation, scale, rng));
        }
        Network::new(layers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::model::Model as _;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;

    #[test]
    fn parameters_by_hand() {
        // Own weights: 256·32 + 32 + 32·256 + 256 = 16,672.
        let mut plan = Blueprint::linear(256, 32);
        let free = plan.build(&mut rng(1, Purpose::Init));
        assert_eq!(free.parameter_count(), 16_672);
        // Tied: 256·32 + 32 + 256 = 8,480.
        plan.tying = Tying::Tied;
        let tied = plan.build(&mut rng(1, Purpose::Init));
        assert_eq!(tied.parameter_count(), 8_480);
        for model in [free, tied] {
            let told: usize =
                model.layers().iter().map(|l| l.parameters).sum();
            assert_eq!(model.parameter_count(), told);
        }
    }

    #[test]
    fn the_decoder_mirrors_the_encoder() {
        let mut plan = Blueprint::linear(6, 2);
        plan.hidden = vec![4];
        plan.activation = Activation::Tanh;
        plan.loss = Loss::CrossEntropy;
        for tying in [Tying::Free, Tying::Tied] {
            plan.tying = tying;
            let layers = plan.build(&mut rng(1, Purpose::Init)).layers();
            let outputs: Vec<usize> =
                layers.iter().map(|l| l.outputs).collect();
            assert_eq!(outputs, [4, 2, 4, 6]);
            let bends = layers.iter().map(|l| l.activation);
            let bends: Vec<Activation> = bends.collect();
            assert_eq!(bends[0], Activation::Tanh);
            assert_eq!(bends[1], Activation::Linear);
            assert_eq!(bends[2], Activation::Tanh);
            assert_eq!(bends[3], Activation::Sigmoid);
        }
    }
}
