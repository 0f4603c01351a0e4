//! How an autoencoder learns: forward, compare with the input, backward.
//!
//! ```text
//! x → code → output,   L = loss(output, x),   blame back to every weight
//! ```

use crate::nn::Matrix;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::decay::add_decay;
use crate::nn::model::Losses;
use crate::nn::random::Rng;

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
        let mut encoder = self.encoder.trace(x);
        if self.code_noise > 0.0 {
            let depth = encoder.len();
            let code_layer = &self.encoder.layers[depth - 1];
            let input = if depth > 1 { &encoder[depth - 2] } else { x };
            let code = code_layer.noisy(input, self.code_noise, rng);
            encoder[depth - 1] = code;
        }
        let code = &encoder[encoder.len() - 1];
        let decoder = self.decoder.trace(&self.encoder, code);
        Pass { encoder, decoder }
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
        if self.weight_decay > 0.0 {
            let weights = self.weights();
            add_decay(self.weight_decay, &weights, &mut gradients);
        }
        gradients
    }
}

#[cfg(test)]
mod tests {
    use crate::Real;
    use crate::nn::activation::Activation;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::model::Model as _;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn two_weights_by_hand() {
        let mut model =
            Blueprint::linear(1, 1).build(&mut rng(1, Purpose::Init));
        *model.parameters_mut()[0] = array![[3.0]];
        *model.parameters_mut()[2] = array![[0.5]];
        let mut noise = rng(1, Purpose::Noise);
        // x = 2, code = 3·2 = 6, output = 0.5·6 = 3, loss = (3 - 2)² = 1.
        // dL/dy = 2; decoder: 2·6 = 12 and 2; encoder: 2·0.5·2 = 2 and 1.
        let x = array![[2.0]];
        let (losses, gradients) = model.learn(&x, &x, &mut noise);
        assert_eq!(losses.total, 1.0);
        let expected = [2.0, 1.0, 12.0, 2.0].map(|g| array![[g]]);
        assert_eq!(gradients, expected);
        // The target may be another: 3 is exactly right.
        let (losses, _) = model.learn(&x, &array![[3.0]], &mut noise);
        assert_eq!(losses.total, 0.0);
    }

    #[test]
    fn code_noise_is_felt_in_training_only() {
        let mut plan = Blueprint::linear(3, 2);
        plan.code_activation = Activation::Sigmoid;
        let mut model = plan.build(&mut rng(1, Purpose::Init));
        let x = array![[0.1, 0.5, 0.9], [0.7, 0.2, 0.4]];
        let calm = model.loss(&x);
        model.code_noise = 1.0;
        assert_eq!(model.loss(&x), calm);
        let noisy = |seed| -> Real {
            let mut noise = rng(seed, Purpose::Noise);
            model.learn(&x, &x, &mut noise).0.total
        };
        assert_ne!(noisy(1), calm.total);
        assert_ne!(noisy(1), noisy(2));
        assert_eq!(noisy(1), noisy(1));
    }
}
