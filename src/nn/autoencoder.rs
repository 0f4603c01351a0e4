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
use crate::nn::corruption::Corruption;
use crate::nn::decoder::Decoder;
use crate::nn::denoising::Target;
use crate::nn::desk::Desk;
use crate::nn::gradient::Gradients;
use crate::nn::k_sparse::Competition;
use crate::nn::loss::Loss;
use crate::nn::model::Codec;
use crate::nn::model::LayerInfo;
use crate::nn::model::Losses;
use crate::nn::model::Model;
use crate::nn::model::Parts;
use crate::nn::network::Network;
use crate::nn::random::Rng;
use crate::nn::sparse::Sparsity;

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
    /// What keeps most units of the code silent.
    pub sparsity: Sparsity,
    /// The price `λ` of a code that moves with the input; 0 for none.
    pub contraction: Real,
    /// While training, how the input is damaged.
    pub corruption: Corruption,
    /// What shall come out when the input was damaged.
    pub target: Target,
    /// When the input was damaged, how much the undamaged part of it
    /// counts; 1 for as much as the rest.
    pub emphasis: Real,
}

impl Autoencoder {
    /// What the decoder makes of codes, before a cross-entropy's sigmoid.
    pub fn output(&self, code: &Matrix) -> Matrix {
        self.decoder.forward(&self.encoder, code, &mut Desk::new())
    }
}

impl Codec for Autoencoder {
    fn encode(&self, x: &Matrix) -> Matrix {
        let desk = &mut Desk::new();
        let code = self.encoder.forward(x, desk);
        match self.sparsity {
            Sparsity::KSparse { active } => {
                Competition::hold(&code, active, desk).code
            }
            _ => code,
        }
    }

    fn decode(&self, code: &Matrix) -> Matrix {
        self.loss.reconstruction(self.output(code))
    }
}

impl Model for Autoencoder {
    fn look(
        &self,
        input: &Matrix,
        target: &Matrix,
        rng: &mut Rng,
        desk: &mut Desk,
    ) -> (Losses, Gradients) {
        self.there_and_back(input, target, rng, desk)
    }

    fn loss(&self, batch: &Matrix) -> Losses {
        let desk = &mut Desk::new();
        let outputs = self.encoder.trace(batch, desk);
        let pass = self.continue_from(outputs, desk);
        let error = self.loss.mean(pass.output(), batch);
        Losses::new(error, self.price(&pass.encoder, desk))
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
    use crate::nn::blueprint::Tying;
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
    fn losers_of_the_competition_are_not_in_the_code() {
        let mut plan = Blueprint::linear(2, 2);
        plan.tying = Tying::Tied;
        let mut model = plan.build(&mut rng(1, Purpose::Init));
        *model.parameters_mut()[0] = array![[1.0, 0.0], [0.0, 1.0]];
        model.sparsity = Sparsity::KSparse { active: 1 };
        let x = array![[2.0, 3.0]];
        assert_eq!(model.encode(&x), array![[0.0, 3.0]]);
        assert_eq!(model.reconstruct(&x), array![[0.0, 3.0]]);
        // (2 - 0)² / 2 = 2
        assert_eq!(model.loss(&x).total, 2.0);
    }
}
