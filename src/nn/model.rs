//! What every autoencoder can do: squeeze, unsqueeze, and learn.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::dense::Dense;
use crate::nn::desk::Desk;
use crate::nn::desk::Sheets;
use crate::nn::gradient::Gradients;
use crate::nn::gradient::written;
use crate::nn::random::Rng;
use smallvec::SmallVec;

/// A short list, one entry per parameter.
pub type Parts<T> = SmallVec<[T; 32]>;

/// Anything that can squeeze and unsqueeze. PCA can, too.
pub trait Codec {
    /// From examples `[batch, features]` to codes `[batch, code]`.
    fn encode(&self, x: &Matrix) -> Matrix;

    /// From codes `[batch, code]` to examples `[batch, features]`.
    fn decode(&self, code: &Matrix) -> Matrix;

    /// There and back again.
    fn reconstruct(&self, x: &Matrix) -> Matrix {
        self.decode(&self.encode(x))
    }

    /// There and back with every number of the code rounded.
    ///
    /// Shows whether a sigmoid code really is binary, or smuggles
    /// information in its decimals.
    fn reconstruct_rounded(&self, x: &Matrix) -> Matrix {
        self.decode(&rounded(self.encode(x)))
    }
}

/// A codec that learns from examples.
pub trait Model: Codec + Send + Sync {
    /// One look at `input` when `target` should have come out, both
    /// `[batch, features]`: the loss, and one gradient per parameter, in
    /// the order of [`parameters`](Self::parameters).
    ///
    /// The model itself is not touched. `rng` feeds the noise, if there is
    /// any; the gradients are paper from `desk`.
    fn look(
        &self,
        input: &Matrix,
        target: &Matrix,
        rng: &mut Rng,
        desk: &mut Desk,
    ) -> (Losses, Gradients);

    /// The same with all gradients written down.
    fn learn(
        &self,
        input: &Matrix,
        target: &Matrix,
        rng: &mut Rng,
        desk: &mut Desk,
    ) -> (Losses, Sheets) {
        let (losses, gradients) = self.look(input, target, rng, desk);
        (losses, written(gradients, desk))
    }

    /// The same for an autoencoder's usual target, the input itself.
    fn gradients(
        &self,
        batch: &Matrix,
        rng: &mut Rng,
        desk: &mut Desk,
    ) -> (Losses, Sheets) {
        self.learn(batch, batch, rng, desk)
    }

    /// The loss of a batch without training noise.
    fn loss(&self, batch: &Matrix) -> Losses;

    /// All weights and biases, in a fixed order.
    fn parameters(&self) -> Parts<&Matrix>;

    /// The same, to be changed by an optimizer.
    fn parameters_mut(&mut self) -> Parts<&mut Matrix>;

    /// Names and sizes from input to output, for the pictures.
    fn layers(&self) -> Vec<LayerInfo>;

    /// How many numbers the model may adjust.
    fn parameter_count(&self) -> usize {
        self.parameters().iter().map(|p| p.len()).sum()
    }
}

/// The parts of a loss, each a mean over pixels and images.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Losses {
    /// What training makes small: `reconstruction + penalty`.
    pub total: Real,
    /// How wrong the reconstructions are.
    pub reconstruction: Real,
    /// What the model pays for large weights, busy codes, and so on.
    pub penalty: Real,
}

impl Losses {
    /// Both parts, and their sum.
    pub fn new(reconstruction: Real, penalty: Real) -> Losses {
        let total = reconstruction + penalty;
        Losses { total, reconstruction, penalty }
    }
}

/// One layer, as the pictures need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerInfo {
    /// What the layer is called, for instance `code`.
    pub name: String,
    /// Numbers that come in.
    pub inputs: usize,
    /// Numbers that go out.
    pub outputs: usize,
    /// How its sums are bent.
    pub activation: Activation,
    /// Weights and biases of its own.
    pub parameters: usize,
}

impl LayerInfo {
    /// What there is to say about a layer.
    pub fn of(name: String, layer: &Dense) -> LayerInfo {
        LayerInfo {
            name,
            inputs: layer.inputs(),
            outputs: layer.outputs(),
            activation: layer.activation,
            parameters: layer.weights.len() + layer.bias.len(),
        }
    }

    /// `encoder 1`, ..., `code`, `decoder 1`, ..., `output`.
    pub fn chain(encoder: &[Dense], decoder: &[Dense]) -> Vec<LayerInfo> {
        let mut chain = Vec::new();
        let halves = [("encoder", "code"), ("decoder", "output")];
        for (layers, (name, last)) in [encoder, decoder].iter().zip(halves)
        {
            for (n, layer) in (1..).zip(layers.iter()) {
                let is_last = n == layers.len();
                let numbered = format!("{name} {n}");
                let name = if is_last { last.into() } else { numbered };
                chain.push(LayerInfo::of(name, layer));
            }
        }
        chain
    }
}

/// Every number replaced by the nearest whole one.
pub fn rounded(code: Matrix) -> Matrix {
    code.mapv_into(Real::round)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    /// A codec that halves, and doubles.
    struct Half;

    impl Codec for Half {
        fn encode(&self, x: &Matrix) -> Matrix {
            x * 0.5
        }

        fn decode(&self, code: &Matrix) -> Matrix {
            code * 2.0
        }
    }

    #[test]
    fn rounding_the_code_loses_the_decimals() {
        let x = array![[4.0, 1.5]];
        assert_eq!(Half.reconstruct(&x), x);
        // Codes 2 and 0.75 become 2 and 1.
        assert_eq!(Half.reconstruct_rounded(&x), array![[4.0, 2.0]]);
    }

    #[test]
    fn the_total_is_the_sum_of_its_parts() {
        assert_eq!(Losses::new(0.5, 0.25).total, 0.75);
    }
}
