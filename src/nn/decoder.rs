//! The decoder: a network of its own, or the encoder run backwards.

use crate::nn::Matrix;
use crate::nn::dense::Dense;
use crate::nn::desk::Desk;
use crate::nn::desk::Sheets;
use crate::nn::gradient::Gradients;
use crate::nn::gradient::as_written;
use crate::nn::k_sparse::Competition;
use crate::nn::model::Parts;
use crate::nn::network::Network;
use crate::nn::tied::TiedDecoder;

/// From the code to the output.
#[derive(Debug, Clone, PartialEq)]
pub enum Decoder {
    /// With weights of its own.
    Own(Network),
    /// With the transposed weights of the encoder.
    Tied(TiedDecoder),
}

/// What [`Decoder::backward`] found out.
#[derive(Debug, Clone)]
pub struct DecoderBlame {
    /// One per parameter of the decoder.
    pub gradients: Gradients,
    /// One per borrowed weight matrix, in the encoder's order; none if the
    /// decoder has its own.
    pub shared: Sheets,
    /// dL/dcode, `[batch, code]`.
    pub code: Matrix,
}

impl Decoder {
    /// From codes `[batch, code]` to outputs `[batch, features]`.
    pub fn forward(
        &self,
        encoder: &Network,
        code: &Matrix,
        desk: &mut Desk,
    ) -> Matrix {
        match self {
            Decoder::Own(network) => network.forward(code, desk),
            Decoder::Tied(tied) => tied.forward(encoder, code, desk),
        }
    }

    /// Every layer's output, from codes `[batch, code]` to the last one.
    pub fn trace(
        &self,
        encoder: &Network,
        code: &Matrix,
        desk: &mut Desk,
    ) -> Sheets {
        match self {
            Decoder::Own(network) => network.trace(code, desk),
            Decoder::Tied(tied) => tied.trace(encoder, code, desk),
        }
    }

    /// The blame of parameters and code, given dL/dy of the output and
    /// what [`trace`](Self::trace) made of the code; of the code only the
    /// winners' if its units competed.
    pub fn backward(
        &self,
        encoder: &Network,
        (code, rivals, outputs): (&Matrix, Option<&Competition>, &[Matrix]),
        dy: Matrix,
        desk: &mut Desk,
    ) -> DecoderBlame {
        match self {
            Decoder::Own(network) => {
                let blame = network.backward(code, outputs, dy, desk);
                let (first, dz) = (&network.layers[0], &blame.first);
                let code = match rivals {
                    Some(Competition { winners, .. }) => {
                        first.backward_to(winners, dz, desk)
                    }
                    None => first.backward(dz, desk),
                };
                desk.put_back(blame.first);
                let (gradients, shared) = (blame.gradients, Sheets::new());
                DecoderBlame { gradients, shared, code }
            }
            Decoder::Tied(tied) => {
                let mut blame =
                    tied.backward(encoder, (code, outputs), dy, desk);
                if let Some(competition) = rivals {
                    competition.backward(&mut blame.code);
                }
                let gradients = as_written(blame.biases);
                let (shared, code) = (blame.weights, blame.code);
                DecoderBlame { gradients, shared, code }
            }
        }
    }

    /// Its layers; borrowed weights are copied, for looking at them.
    pub fn layers(&self, encoder: &Network) -> Vec<Dense> {
        match self {
            Decoder::Own(network) => network.layers.clone(),
            Decoder::Tied(tied) => {
                let places = 0..tied.biases.len();
                places.map(|l| tied.layer(encoder, l)).collect()
            }
        }
    }

    /// What it may adjust: weights and biases, or only biases.
    pub fn parameters(&self) -> Parts<&Matrix> {
        match self {
            Decoder::Own(network) => network.parameters(),
            Decoder::Tied(tied) => tied.biases.iter().collect(),
        }
    }

    /// The same, to be changed by an optimizer.
    pub fn parameters_mut(&mut self) -> Parts<&mut Matrix> {
        match self {
            Decoder::Own(network) => network.parameters_mut(),
            Decoder::Tied(tied) => tied.biases.iter_mut().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::activation::Activation;
    use crate::nn::gradient::Gradient;
    use ndarray::array;

    #[test]
    fn own_weights_that_happen_to_be_tied_give_the_same_blame() {
        let bias = array![[0.0]];
        let activation = Activation::Linear;
        let dense = Dense { weights: array![[3.0]], bias, activation };
        let encoder = Network::new(vec![dense]);
        let own = Decoder::Own(encoder.clone());
        let mirror = TiedDecoder::new(&encoder, activation, activation);
        let tied = Decoder::Tied(mirror);
        let code = array![[2.0]];
        let blame = |decoder: &Decoder| {
            let desk = &mut Desk::new();
            let outputs = decoder.trace(&encoder, &code, desk);
            assert_eq!(outputs[..], [array![[6.0]]]);
            let dy = array![[1.0]];
            decoder.backward(&encoder, (&code, None, &outputs), dy, desk)
        };
        // dL/dw = 2 and dL/dcode = 3, whoever owns w.
        let own_blame = Gradient::Written(array![[2.0]]);
        assert_eq!(blame(&own).gradients[0], own_blame);
        assert_eq!(blame(&tied).shared[0], array![[2.0]]);
        assert_eq!(blame(&own).code, blame(&tied).code);
        assert_eq!(own.layers(&encoder), tied.layers(&encoder));
    }
}
