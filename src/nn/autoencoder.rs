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
use crate::nn::decoder::Decoder;
use crate::nn::dense::weighted_sums;
use crate::nn::loss::Loss;
use crate::nn::model::Codec;
use crate::nn::model::LayerInfo;
use crate::nn::model::Losses;
use crate::nn::model::Model;
use crate::nn::network::Network;
use crate::nn::network::trace;
use crate::nn::random::Rng;
use rand::RngExt as _;
use rand_distr::StandardNormal;

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

/// Everything that was computed on the way from input to output.
#[derive(Debug, Clone)]
pub struct Pass {
    /// The output of every encoder layer; the last is the code.
    pub encoder: Vec<Matrix>,
    /// The output of every decoder layer; the last is the output.
    pub decoder: Vec<Matrix>,
}

impl Autoencoder {
    /// One look at `input` when `target` should have come out: the loss,
    /// and one gradient per parameter.
    pub fn learn(
        &self,
        input: &Matrix,
        target: &Matrix,
        rng: &mut Rng,
    ) -> (Losses, Vec<Matrix>) {
        let pass = self.pass(input, rng);
        let output = &pass.decoder[pass.decoder.len() - 1];
        let (error, dy) = self.loss.mean_and_gradient(output, target);
        let gradients = self.backward(input, &pass, dy);
        (Losses::new(error, self.penalty()), gradients)
    }

    /// From input to output, with code noise if there is any.
    pub fn pass(&self, x: &Matrix, rng: &mut Rng) -> Pass {
        let encoder = if self.code_noise > 0.0 {
            self.noisy_codes(x, rng)
        } else {
            self.encoder.trace(x)
        };
        let code = &encoder[encoder.len() - 1];
        let decoder = self.decoder.trace(&self.encoder, code);
        Pass { encoder, decoder }
    }

    /// The encoder's outputs, with `code = s(z + σ n)`, `n` normal.
    ///
    /// Where a code unit is steep, noise hides what it says. It learns to
    /// stay where it is flat: near 0 or near 1.
    fn noisy_codes(&self, x: &Matrix, rng: &mut Rng) -> Vec<Matrix> {
        let depth = self.encoder.layers.len();
        let layer = &self.encoder.layers[depth - 1];
        let mut outputs = trace(&self.encoder.layers[..depth - 1], x);
        let input = outputs.last().unwrap_or(x);
        let mut z = weighted_sums(input, layer.weights.view(), &layer.bias);
        z.mapv_inplace(|z| {
            let n: Real = rng.sample(StandardNormal);
            z + self.code_noise * n
        });
        outputs.push(layer.activation.apply(z));
        outputs
    }

    /// One gradient per parameter, given dL/dy of the output.
    pub fn backward(
        &self,
        x: &Matrix,
        pass: &Pass,
        dy: Matrix,
    ) -> Vec<Matrix> {
        let code = &pass.encoder[pass.encoder.len() - 1];
        let decoder = &self.decoder;
        let above =
            decoder.backward(&self.encoder, code, &pass.decoder, dy);
        let below = self.encoder.backward(x, &pass.encoder, above.code);
        let mut gradients = below.gradients;
        for (l, shared) in above.shared.iter().enumerate() {
            gradients[2 * l] += shared;
        }
        gradients.extend(above.gradients);
        self.add_decay(&mut gradients);
        gradients
    }

    /// The price of large weights, `λ/2 Σ w²`; biases are free.
    pub fn penalty(&self) -> Real {
        if self.weight_decay == 0.0 {
            return 0.0;
        }
        let weights = self.weights();
        let squares =
            weights.iter().map(|w| w.iter().map(|w| w * w).sum::<Real>());
        self.weight_decay / 2.0 * squares.sum::<Real>()
    }

    /// Its derivative, `λ w`.
    fn add_decay(&self, gradients: &mut [Matrix]) {
        if self.weight_decay != 0.0 {
            for (g, w) in
                gradients.iter_mut().step_by(2).zip(self.weights())
            {
                g.scaled_add(self.weight_decay, w);
            }
        }
    }

    /// The weights among the parameters: every second one, as long as the
    /// layers have weights. A tied decoder has only biases.
    fn weights(&self) -> Vec<&Matrix> {
        let mut weights = self.encoder.parameters();
        if let Decoder::Own(network) = &self.decoder {
            weights.extend(network.parameters());
        }
        weights.into_iter().step_by(2).collect()
    }
}

impl Codec for Autoencoder {
    fn encode(&self, x: &Matrix) -> Matrix {
        self.encoder.forward(x)
    }

    fn decode(&self, code: &Matrix) -> Matrix {
        self.loss.reconstruction(self.decoder.forward(&self.encoder, code))
    }
}

impl Model for Autoencoder {
    fn gradients(
        &self,
        batch: &Matrix,
        rng: &mut Rng,
    ) -> (Losses, Vec<Matrix>) {
        self.learn(batch, batch, rng)
    }

    fn loss(&self, batch: &Matrix) -> Losses {
        let code = self.encode(batch);
        let output = self.decoder.forward(&self.encoder, &code);
        Losses::new(self.loss.mean(&output, batch), self.penalty())
    }

    fn parameters(&self) -> Vec<&Matrix> {
        let mut all = self.encoder.parameters();
        all.extend(self.decoder.parameters());
        all
    }

    fn parameters_mut(&mut self) -> Vec<&mut Matrix> {
        let mut all = self.encoder.parameters_mut();
        all.extend(self.decoder.parameters_mut());
        all
    }

    fn layers(&self) -> Vec<LayerInfo> {
        let decoder = self.decoder.layers(&self.encoder);
        let (depth, last) = (self.encoder.layers.len(), decoder.len());
        let mut layers = Vec::new();
        for (l, dense) in self.encoder.layers.iter().enumerate() {
            let name = format!("encoder {}", l + 1);
            layers.push(LayerInfo::of(name, dense));
        }
        for (l, dense) in decoder.iter().enumerate() {
            let name = format!("decoder {}", l + 1);
            layers.push(LayerInfo::of(name, dense));
        }
        layers[depth - 1].name = "code".to_string();
        layers[depth + last - 1].name = "output".to_string();
        if self.loss == Loss::CrossEntropy {
            layers[depth + last - 1].activation = Activation::Sigmoid;
        }
        for info in &mut layers[depth..] {
            if let Decoder::Tied(_) = self.decoder {
                info.parameters = info.outputs;
            }
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
    use ndarray::s;

    #[test]
    fn two_weights_by_hand() {
        // x = 2, code = 3·2 = 6, output = 0.5·6 = 3, loss = (3 - 2)² = 1.
        // dL/dy = 2; decoder: 2·6 = 12 and 2; encoder: 2·0.5·2 = 2 and 1.
        let mut model =
            Blueprint::linear(1, 1).build(&mut rng(1, Purpose::Init));
        *model.parameters_mut()[0] = array![[3.0]];
        *model.parameters_mut()[2] = array![[0.5]];
        let x = array![[2.0]];
        let (losses, gradients) =
            model.gradients(&x, &mut rng(1, Purpose::Noise));
        assert_eq!(losses.total, 1.0);
        let expected = [2.0, 1.0, 12.0, 2.0].map(|g| array![[g]]);
        assert_eq!(gradients, expected);
        assert_eq!(model.reconstruct(&x), array![[3.0]]);
        // A decay of 2 costs 3² + 0.5² and pulls by 2·3 and 2·0.5.
        model.weight_decay = 2.0;
        let (losses, gradients) =
            model.gradients(&x, &mut rng(1, Purpose::Noise));
        assert_eq!((losses.total, losses.penalty), (10.25, 9.25));
        let expected = [8.0, 1.0, 13.0, 2.0].map(|g| array![[g]]);
        assert_eq!(gradients, expected);
    }

    /// A small model and a batch of four examples.
    fn small() -> (Autoencoder, Matrix) {
        let mut rng = rng(1, Purpose::Init);
        let mut plan = Blueprint::linear(3, 2);
        plan.code_activation = Activation::Sigmoid;
        let x = Matrix::from_shape_fn((4, 3), |(i, j)| {
            (i * 3 + j) as Real / 12.0
        });
        (plan.build(&mut rng), x)
    }

    #[test]
    fn a_batch_says_the_mean_of_what_its_halves_say() {
        let (model, x) = small();
        let look =
            |x: Matrix| model.gradients(&x, &mut rng(1, Purpose::Noise));
        let (whole, gradients) = look(x.clone());
        let (top, top_gradients) = look(x.slice(s![..2, ..]).to_owned());
        let (low, low_gradients) = look(x.slice(s![2.., ..]).to_owned());
        let mean = (top.total + low.total) / 2.0;
        assert!((whole.total - mean).abs() < 1e-6);
        for (i, g) in gradients.iter().enumerate() {
            let mean = (&top_gradients[i] + &low_gradients[i]) / 2.0;
            let gap =
                (g - mean).iter().fold(0.0, |m: Real, d| m.max(d.abs()));
            assert!(gap < 1e-6, "{gap}");
        }
    }

    #[test]
    fn code_noise_is_felt_in_training_only() {
        let (mut model, x) = small();
        let calm = model.loss(&x);
        model.code_noise = 1.0;
        assert_eq!(model.loss(&x), calm);
        let noisy =
            |seed| model.gradients(&x, &mut rng(seed, Purpose::Noise)).0;
        assert_ne!(noisy(1), calm);
        assert_ne!(noisy(1), noisy(2));
        assert_eq!(noisy(1), noisy(1));
    }
}
