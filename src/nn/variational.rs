//! The variational autoencoder: a code is a place with a size.
//!
//! The encoder does not say where a picture is, but where it *might be*: a
//! normal distribution per dimension. The decoder gets a draw from it.
//!
//! ```text
//! x → encoder → μ, ln σ² → z = μ + σ ε → decoder → x̂
//! L = C Σ over pixels l(x̂, x)  +  β Σ over dimensions KL
//! ```
//!
//! With cross-entropy, `C = 1` and `β = 1`, `-L` is a lower bound of
//! `ln p(x)`, in nats per picture (Kingma & Welling, 2014). With squared
//! error pixels have the variance `σ² = 1 / (2 C)`.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::blueprint::Blueprint;
use crate::nn::dense::Dense;
use crate::nn::desk::Desk;
use crate::nn::loss::Loss;
use crate::nn::model::Codec;
use crate::nn::network::Network;
use crate::nn::random::Rng;
use crate::nn::reparametrization::Path;
use ndarray::s;
use serde::Deserialize;
use serde::Serialize;

/// Whether the parts of the loss are added up or averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reduction {
    /// Over pixels and over dimensions, as above: nats per picture.
    Sum,
    /// Averaged over pixels here, over dimensions there: a mistake that
    /// multiplies `β` by pixels / dimensions, 392 for 784 pixels and 2.
    Mean,
}

/// An autoencoder whose codes are drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Variational {
    /// From the input to the statistics `[batch, 2 k]`, first the means of
    /// the `k` dimensions of the code, then their log-variances.
    pub encoder: Network,
    /// From draws `[batch, k]` to outputs, logits with cross-entropy.
    pub decoder: Network,
    /// How output and target are compared.
    pub loss: Loss,
    /// The weight `C` of the reconstruction.
    pub reconstruction_weight: Real,
    /// The weight `β` of the KL divergence.
    pub kl_weight: Real,
    /// How much of `β` training charges now, 0 to 1.
    pub warm_up: Real,
    /// Whether losses are added up or averaged.
    pub reduction: Reduction,
    /// Whether blame passes through the draw.
    pub path: Path,
}

impl Variational {
    /// A variational autoencoder with fresh weights; the plan's code
    /// activation and tying do not matter.
    pub fn new(plan: &Blueprint, rng: &mut Rng) -> Variational {
        let (mut down, mut up) = (vec![plan.inputs], vec![plan.code]);
        down.extend(&plan.hidden);
        up.extend(plan.hidden.iter().rev());
        down.push(2 * plan.code);
        up.push(plan.inputs);
        let output = match plan.loss {
            Loss::CrossEntropy => Activation::Linear,
            Loss::SquaredError => plan.output_activation,
        };
        Variational {
            encoder: network(plan, &down, Activation::Linear, rng),
            decoder: network(plan, &up, output, rng),
            loss: plan.loss,
            reconstruction_weight: 1.0,
            kl_weight: 1.0,
            warm_up: 1.0,
            reduction: Reduction::Sum,
            path: Path::Open,
        }
    }

    /// Numbers in an example.
    pub fn pixels(&self) -> usize {
        self.encoder.layers[0].inputs()
    }

    /// Numbers in a code, `k`.
    pub fn dimensions(&self) -> usize {
        self.decoder.layers[0].inputs()
    }

    /// Means and log-variances, `[batch, 2 k]`.
    pub fn statistics(&self, x: &Matrix) -> Matrix {
        self.encoder.forward(x, &mut Desk::new())
    }

    /// What the error costs, which is a mean over pixels, and what the KL
    /// divergence of a whole code costs.
    pub fn prices(&self) -> [Real; 2] {
        let (c, beta) = (self.reconstruction_weight, self.kl_weight);
        match self.reduction {
            Reduction::Sum => [c * self.pixels() as Real, beta],
            Reduction::Mean => [c, beta / self.dimensions() as Real],
        }
    }
}

/// The code is the mean; nothing is drawn.
impl Codec for Variational {
    fn encode(&self, x: &Matrix) -> Matrix {
        let k = self.dimensions();
        self.statistics(x).slice(s![.., ..k]).to_owned()
    }

    fn decode(&self, code: &Matrix) -> Matrix {
        let output = self.decoder.forward(code, &mut Desk::new());
        self.loss.reconstruction(output)
    }
}

/// Layers of the given sizes; only the last may bend differently.
fn network(
    plan: &Blueprint,
    sizes: &[usize],
    last: Activation,
    rng: &mut Rng,
) -> Network {
    let mut layers = Vec::new();
    for (l, pair) in sizes.windows(2).enumerate() {
        let is_last = l + 2 == sizes.len();
        let bend = if is_last { last } else { plan.activation };
        let scale = plan.init_scale;
        layers.push(Dense::new(pair[0], pair[1], bend, scale, rng));
    }
    Network::new(layers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    fn model() -> Variational {
        let mut plan = Blueprint::linear(3, 2);
        plan.hidden = vec![4];
        plan.loss = Loss::CrossEntropy;
        Variational::new(&plan, &mut rng(1, Purpose::Init))
    }

    #[test]
    fn the_encoder_has_two_answers_per_dimension() {
        let model = model();
        let x = array![[0.1, 0.5, 0.9]];
        let statistics = model.statistics(&x);
        assert_eq!(statistics.dim(), (1, 4));
        let code = model.encode(&x);
        assert_eq!(code, statistics.slice(s![.., ..2]));
        assert_eq!(model.reconstruct(&x), model.decode(&code));
    }

    #[test]
    fn means_charge_too_much_for_a_code() {
        let mut model = model();
        assert_eq!(model.prices(), [3.0, 1.0]);
        model.reduction = Reduction::Mean;
        // β / C grows from 1/3 to 1/2: by 3 pixels / 2 dimensions.
        assert_eq!(model.prices(), [1.0, 0.5]);
    }
}
