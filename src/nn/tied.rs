//! Tied weights: a decoder that borrows the encoder's weights.
//!
//! Where the encoder multiplies by `W`, the decoder multiplies by `Wᵀ`.
//! It only keeps biases of its own, so the network has half the weights,
//! and each of them collects blame from both places:
//!
//! ```text
//! h = s(x · W + b)      x̂ = s(h · Wᵀ + c)
//! dL/dW = xᵀ · dL/dz  +  (dL/dẑ)ᵀ · h
//! ```

use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::dense::Dense;
use crate::nn::dense::column_sums;
use crate::nn::desk::Desk;
use crate::nn::desk::Sheets;
use crate::nn::network::Network;

/// The biases and activations of a decoder with borrowed weights.
#[derive(Debug, Clone, PartialEq)]
pub struct TiedDecoder {
    /// From the code to the output, each `[1, outputs]`.
    pub biases: Vec<Matrix>,
    /// From the code to the output.
    pub activations: Vec<Activation>,
}

/// What [`TiedDecoder::backward`] found out.
#[derive(Debug, Clone)]
pub struct TiedBlame {
    /// One per bias.
    pub biases: Sheets,
    /// dL/dẑ, `[batch, outputs]`, of every layer, in the encoder's order.
    pub sums: Sheets,
    /// dL/dcode, `[batch, code]`.
    pub code: Matrix,
}

impl TiedDecoder {
    /// A mirror of `encoder`, without bias: `hidden` bends all its layers
    /// but the last, `output` the last.
    pub fn new(
        encoder: &Network,
        hidden: Activation,
        output: Activation,
    ) -> TiedDecoder {
        let layers = encoder.layers.iter().rev();
        let biases = layers.map(|l| Matrix::zeros((1, l.inputs())));
        let mut activations = vec![hidden; encoder.layers.len() - 1];
        activations.push(output);
        TiedDecoder { biases: biases.collect(), activations }
    }

    /// From codes `[batch, code]` to outputs `[batch, features]`.
    pub fn forward(
        &self,
        encoder: &Network,
        code: &Matrix,
        desk: &mut Desk,
    ) -> Matrix {
        let mut outputs = self.trace(encoder, code, desk);
        let output = outputs.remove(outputs.len() - 1);
        desk.put_back_all(outputs);
        output
    }

    /// Every layer's output, from codes `[batch, code]` to the last one.
    pub fn trace(
        &self,
        encoder: &Network,
        code: &Matrix,
        desk: &mut Desk,
    ) -> Sheets {
        let mut outputs = Sheets::new();
        for (l, mirrored) in encoder.layers.iter().rev().enumerate() {
            let h = outputs.last().unwrap_or(code);
            let weights = mirrored.weights.t();
            let curve = self.activations[l].curve();
            let y = desk.layer(h, weights, &self.biases[l], curve);
            outputs.push(y);
        }
        outputs
    }

    /// The blame of biases, sums and code, given dL/dy and what
    /// [`trace`](Self::trace) made of the code.
    pub fn backward(
        &self,
        encoder: &Network,
        outputs: &[Matrix],
        mut dy: Matrix,
        desk: &mut Desk,
    ) -> TiedBlame {
        let (mut biases, mut sums) = (Sheets::new(), Sheets::new());
        let places = (0..outputs.len()).rev();
        for (mirrored, l) in encoder.layers.iter().zip(places) {
            self.activations[l].backward(&outputs[l], &mut dy, desk);
            biases.push(column_sums(&dy, desk));
            let w = mirrored.weights.view();
            let below = desk.product(dy.view(), w);
            sums.push(dy);
            dy = below;
        }
        biases.reverse();
        TiedBlame { biases, sums, code: dy }
    }

    /// Adds `(dL/dẑ)ᵀ · h` to the gradients of the borrowed weights, which
    /// `gradients` has in every second place, as the encoder lists them.
    pub fn add_gradients(
        &self,
        (code, outputs): (&Matrix, &[Matrix]),
        sums: &[Matrix],
        gradients: &mut [Matrix],
        desk: &mut Desk,
    ) {
        let inputs = outputs[..outputs.len() - 1].iter().rev();
        let inputs = inputs.chain([code]);
        let weights = gradients.iter_mut().step_by(2);
        for ((dz, h), gradient) in sums.iter().zip(inputs).zip(weights) {
            desk.engine.add_product(dz.t(), h.view(), gradient);
        }
    }

    /// Layer `l` of the decoder, with a copy of the borrowed weights.
    pub fn layer(&self, encoder: &Network, l: usize) -> Dense {
        let mirrored = &encoder.layers[encoder.layers.len() - 1 - l];
        Dense {
            weights: mirrored.weights.t().to_owned(),
            bias: self.biases[l].clone(),
            activation: self.activations[l],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    /// One weight `w = 3`, used twice: x̂ = w (w x) = w² x.
    fn square() -> (Network, TiedDecoder) {
        let encoder = Network::new(vec![Dense {
            weights: array![[3.0]],
            bias: array![[0.0]],
            activation: Activation::Linear,
        }]);
        let linear = Activation::Linear;
        let decoder = TiedDecoder::new(&encoder, linear, linear);
        (encoder, decoder)
    }

    #[test]
    fn one_weight_used_twice_by_hand() {
        let (encoder, decoder) = square();
        let desk = &mut Desk::new();
        let code = encoder.forward(&array![[2.0]], desk);
        let outputs = decoder.trace(&encoder, &code, desk);
        assert_eq!(outputs[..], [array![[18.0]]]);
        let dy = array![[1.0]];
        let blame = decoder.backward(&encoder, &outputs, dy, desk);
        assert_eq!(blame.biases[..], [array![[1.0]]]);
        assert_eq!(blame.code, array![[3.0]]);
        // d(w h)/dw = h = 6, besides w x = 6, which is the encoder's.
        let mut gradients = [array![[6.0]], array![[3.0]]];
        let walked = (&code, &outputs[..]);
        decoder.add_gradients(walked, &blame.sums, &mut gradients, desk);
        assert_eq!(gradients, [array![[12.0]], array![[3.0]]]);
    }

    #[test]
    fn the_shown_layer_computes_what_the_decoder_computes() {
        let (encoder, decoder) = square();
        let code = array![[1.5]];
        let desk = &mut Desk::new();
        let shown = decoder.layer(&encoder, 0).forward(&code, desk);
        assert_eq!(shown, decoder.trace(&encoder, &code, desk)[0]);
    }
}
