//! What an autoencoder pays besides its mistakes.
//!
//! ```text
//! L = error + decay of weights + sparsity of the code + contraction
//! ```
//!
//! Each has a page of its own and a price of its own; with a price of 0 it
//! is left out.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::contractive;
use crate::nn::decay;
use crate::nn::decoder::Decoder;
use crate::nn::dense::Dense;
use crate::nn::desk::Desk;
use crate::nn::desk::Sheets;
use crate::nn::gradient::written;
use crate::nn::model::Parts;

impl Autoencoder {
    /// All weight matrices, without the biases. A tied decoder has none.
    pub fn weights(&self) -> Parts<&Matrix> {
        let mut all = Parts::new();
        all.extend(self.encoder.layers.iter().map(|l| &l.weights));
        if let Decoder::Own(network) = &self.decoder {
            all.extend(network.layers.iter().map(|l| &l.weights));
        }
        all
    }

    /// What a batch costs whose encoder layers gave these `outputs`.
    pub fn price(&self, outputs: &Sheets, desk: &mut Desk) -> Real {
        let (code, layer) =
            (&outputs[outputs.len() - 1], self.code_layer());
        let mut price = self.sparsity.penalty(code, layer.activation, desk);
        if self.weight_decay > 0.0 {
            price += decay::penalty(self.weight_decay, &self.weights());
        }
        if self.contraction > 0.0 {
            for (layer, h) in self.encoder.layers.iter().zip(outputs) {
                let norm = contractive::squared_norm(layer, h, desk);
                price += self.contraction * norm;
            }
        }
        price
    }

    /// Adds what the code pays to its blame, `[batch, code]`.
    pub fn blame_code(
        &self,
        outputs: &Sheets,
        blame: &mut Matrix,
        desk: &mut Desk,
    ) {
        let (code, layer) =
            (&outputs[outputs.len() - 1], self.code_layer());
        self.sparsity.add_blame(code, layer.activation, blame, desk);
        if self.contraction > 0.0 {
            let lambda = self.contraction;
            contractive::add_blame(lambda, layer, code, blame, desk);
        }
    }

    /// Whether the weights pay for more than mistakes.
    pub fn has_prices(&self) -> bool {
        self.weight_decay > 0.0 || self.contraction > 0.0
    }

    /// Adds to the gradients what the weights pay, and what the layers
    /// below the code pay.
    pub fn add_prices(
        &self,
        x: &Matrix,
        outputs: &Sheets,
        gradients: &mut Sheets,
        desk: &mut Desk,
    ) {
        if self.weight_decay > 0.0 {
            let weights = self.weights();
            decay::add_decay(self.weight_decay, &weights, gradients);
        }
        if self.contraction > 0.0 {
            for l in 0..outputs.len() {
                let to = &mut gradients[2 * l];
                let (layer, h) = (&self.encoder.layers[l], &outputs[l]);
                let lambda = self.contraction;
                contractive::add_gradient(lambda, layer, h, to, desk);
                if l + 1 < outputs.len() {
                    self.blame_below(x, &outputs[..=l], gradients, desk);
                }
            }
        }
    }

    /// The contraction of a layer below the code: its outputs get blame
    /// that did not come from above, and pass it on downwards.
    fn blame_below(
        &self,
        x: &Matrix,
        outputs: &[Matrix],
        gradients: &mut Sheets,
        desk: &mut Desk,
    ) {
        let h = &outputs[outputs.len() - 1];
        let layer = &self.encoder.layers[outputs.len() - 1];
        let mut blame = desk.zeros(h.nrows(), h.ncols());
        let lambda = self.contraction;
        contractive::add_blame(lambda, layer, h, &mut blame, desk);
        let below = self.encoder.backward(x, outputs, blame, desk);
        let more = written(below.gradients, desk);
        for (gradient, more) in gradients.iter_mut().zip(&more) {
            *gradient += more;
        }
        desk.put_back(below.first);
        desk.put_back_all(more);
    }

    /// The layer that makes the code.
    pub fn code_layer(&self) -> &Dense {
        &self.encoder.layers[self.encoder.layers.len() - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::activation::Activation;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::model::Model as _;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use crate::nn::sparse::Sparsity;
    use ndarray::array;

    /// One input, one code unit, one output: `y = 0.5 · 3 x`.
    fn one_unit() -> Autoencoder {
        let plan = Blueprint::linear(1, 1);
        let mut model = plan.build(&mut rng(1, Purpose::Init));
        *model.parameters_mut()[0] = array![[3.0]];
        *model.parameters_mut()[2] = array![[0.5]];
        model
    }

    #[test]
    fn large_weights_cost_something() {
        let mut model = one_unit();
        model.weight_decay = 2.0;
        // 2/2 (3² + 0.5²) = 9.25, on top of (3 - 2)² = 1.
        let losses = model.loss(&array![[2.0]]);
        assert_eq!((losses.total, losses.penalty), (10.25, 9.25));
    }

    #[test]
    fn prices_add_up() {
        let mut model = one_unit();
        // The code is 6: 0.5 · |6| = 3. It moves by 3: 0.25 · 3² = 2.25.
        model.sparsity = Sparsity::L1 { weight: 0.5 };
        model.contraction = 0.25;
        assert_eq!(model.loss(&array![[2.0]]).penalty, 5.25);
    }

    #[test]
    fn every_layer_of_a_deep_encoder_contracts_its_own_input() {
        let mut plan = Blueprint::linear(1, 1);
        plan.hidden = vec![1];
        plan.code_activation = Activation::Sigmoid;
        let mut model = plan.build(&mut rng(1, Purpose::Init));
        *model.parameters_mut()[0] = array![[3.0]];
        *model.parameters_mut()[2] = array![[2.0]];
        model.contraction = 1.0;
        // At 0 the sigmoid's slope is ¼: 3² + (¼ 2)².
        assert_eq!(model.loss(&array![[0.0]]).penalty, 9.25);
    }
}
