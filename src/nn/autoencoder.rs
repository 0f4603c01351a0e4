//! The autoencoder: two networks, one squeezes, one restores.
//!
//! ```text
//! x ──encoder──> code ──decoder──> reconstruction      target: x itself
//! ```
//!
//! With cross-entropy the decoder's last layer gives logits, and the
//! reconstruction is their sigmoid.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::decay::penalty;
use crate::nn::decoder::Decoder;
use crate::nn::dense::Dense;
use crate::nn::desk::Desk;
use crate::nn::desk::Sheets;
use crate::nn::loss::Loss;
use crate::nn::model::Codec;
use crate::nn::model::LayerInfo;
use crate::nn::model::Losses;
use crate::nn::model::Model;
use crate::nn::model::Parts;
use crate::nn::network::Network;
use crate::nn::random::Rng;

/// An encoder, a decoder, and what counts as a mistake.
#[derive(Debug, Clone, PartialEq)]
pub struct Autoencoder {
    /// From the input to the code.
    pub encoder: Network,
    /// From the code to the output.
    pub decoder: Decoder,
    /// How output and target are compared.
    pub loss: Loss,
    /// While training, Gaussian noise of this size is added to the sums of
    /// the code layer; 0 for none.
    pub code_noise: Real,
    /// The price `λ` of large weights, `λ/2 Σ w²`; 0 for none.
    pub weight_decay: Real,
}

impl Autoencoder {
    /// What the weights cost, `λ/2 Σ w²`.
    pub fn penalty(&self) -> Real {
        match self.weight_decay {
            0.0 => 0.0,
            lambda => penalty(lambda, &self.weights()),
        }
    }

    /// What the decoder makes of codes, before a cross-entropy's sigmoid.
    pub fn output(&self, code: &Matrix) -> Matrix {
        self.decoder.forward(&self.encoder, code, &mut Desk::new())
    }

    /// All weight matrices, without the biases. A tied decoder has none.
    pub fn weights(&self) -> Vec<&Matrix> {
        let mut layers: Vec<&Dense> = self.encoder.layers.iter().collect();
        if let Decoder::Own(network) = &self.decoder {
            layers.extend(&network.layers);
        }
        layers.into_iter().map(|layer| &layer.weights).collect()
    }
}

impl Codec for Autoencoder {
    fn encode(&self, x: &Matrix) -> Matrix {
        self.encoder.forward(x, &mut Desk::new())
    }

    fn decode(&self, code: &Matrix) -> Matrix {
        self.loss.reconstruction(self.output(code))
    }
}

impl Model for Autoencoder {
    fn learn(
        &self,
        input: &Matrix,
        target: &Matrix,
        rng: &mut Rng,
        desk: &mut Desk,
    ) -> (Losses, Sheets) {
        self.there_and_back(input, target, rng, desk)
    }

    fn loss(&self, batch: &Matrix) -> Losses {
        let code = self.encode(batch);
        let output = self.output(&code);
        Losses::new(self.loss.mean(&output, batch), self.penalty())
    }

    fn parameters(&self) -> Parts<&Matrix> {
        let mut all = self.encoder.parameters();
        all.extend(self.decoder.parameters());
        all
    }

    fn parameters_mut(&mut self) -> Parts<&mut Matrix> {
        let mut all = self.encoder.parameters_mut();
        all.extend(self.decoder.parameters_mut());
        all
    }

    fn layers(&self) -> Vec<LayerInfo> {
        let decoder = self.decoder.layers(&self.encoder);
        let mut layers = LayerInfo::chain(&self.encoder.layers, &decoder);
        if let Decoder::Tied(_) = self.decoder {
            for info in &mut layers[self.encoder.layers.len()..] {
                info.parameters = info.outputs;
            }
        }
        if let (Loss::CrossEntropy, Some(last)) =
            (self.loss, layers.last_mut())
        {
            last.activation = Activation::Sigmoid;
        }
        layers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    /// One input, one code unit, one output: `y = 0.5 · 3 x`.
    fn one_unit(loss: Loss) -> Autoencoder {
        let mut plan = Blueprint::linear(1, 1);
        plan.loss = loss;
        let mut model = plan.build(&mut rng(1, Purpose::Init));
        *model.parameters_mut()[0] = array![[3.0]];
        *model.parameters_mut()[2] = array![[0.5]];
        model
    }

    #[test]
    fn there_and_back_by_hand() {
        let model = one_unit(Loss::SquaredError);
        let x = array![[2.0]];
        assert_eq!(model.encode(&x), array![[6.0]]);
        assert_eq!(model.reconstruct(&x), array![[3.0]]);
        // (3 - 2)² = 1
        assert_eq!(model.loss(&x).total, 1.0);
    }

    #[test]
    fn with_cross_entropy_the_output_is_a_probability() {
        let model = one_unit(Loss::CrossEntropy);
        // A logit of 0 is a probability of one half.
        assert_eq!(model.reconstruct(&array![[0.0]]), array![[0.5]]);
        let last = model.layers().pop().unwrap();
        assert_eq!(last.activation, Activation::Sigmoid);
    }

    #[test]
    fn large_weights_cost_something() {
        let mut model = one_unit(Loss::SquaredError);
        model.weight_decay = 2.0;
        // 2/2 (3² + 0.5²) = 9.25, on top of (3 - 2)² = 1.
        let losses = model.loss(&array![[2.0]]);
        assert_eq!((losses.total, losses.penalty), (10.25, 9.25));
    }
}
