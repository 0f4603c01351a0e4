//! How an autoencoder learns: forward, compare with the input, backward.
//!
//! ```text
//! x → code → output,   L = loss(output, x),   blame back to every weight
//! ```

use crate::nn::Matrix;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::decay::add_decay;
use crate::nn::desk::Desk;
use crate::nn::desk::Sheets;
use crate::nn::model::Losses;
use crate::nn::random::Rng;

/// Everything that was computed on the way from input to output.
#[derive(Debug, Clone)]
pub struct Pass {
    /// The output of every encoder layer; the last is the code.
    pub encoder: Sheets,
    /// The output of every decoder layer; the last is the output.
    pub decoder: Sheets,
}

impl Autoencoder {
    /// One look at `input` when `target` should have come out: the loss,
    /// and one gradient per parameter.
    pub fn there_and_back(
        &self,
        input: &Matrix,
        target: &Matrix,
        rng: &mut Rng,
        desk: &mut Desk,
    ) -> (Losses, Sheets) {
        let pass = self.pass(input, rng, desk);
        let output = &pass.decoder[pass.decoder.len() - 1];
        let (error, dy) = self.loss.mean_and_gradient(output, target, desk);
        let gradients = self.backward(input, &pass, dy, desk);
        desk.put_back_all(pass.encoder);
        desk.put_back_all(pass.decoder);
        (Losses::new(error, self.penalty()), gradients)
    }

    /// From input to output, with code noise if there is any.
    pub fn pass(&self, x: &Matrix, rng: &mut Rng, desk: &mut Desk) -> Pass {
        let mut encoder = self.encoder.trace(x, desk);
        if self.code_noise > 0.0 {
            let depth = encoder.len();
            let code_layer = &self.encoder.layers[depth - 1];
            let input = if depth > 1 { &encoder[depth - 2] } else { x };
            let sigma = self.code_noise;
            let code = code_layer.noisy(input, sigma, rng, desk);
            desk.put_back(std::mem::replace(&mut encoder[depth - 1], code));
        }
        let code = &encoder[encoder.len() - 1];
        let decoder = self.decoder.trace(&self.encoder, code, desk);
        Pass { encoder, decoder }
    }

    /// One gradient per parameter, given dL/dy of the output.
    pub fn backward(
        &self,
        x: &Matrix,
        pass: &Pass,
        dy: Matrix,
        desk: &mut Desk,
    ) -> Sheets {
        let code = &pass.encoder[pass.encoder.len() - 1];
        let decoder = &self.decoder;
        let above =
            decoder.backward(&self.encoder, code, &pass.decoder, dy, desk);
        let below =
            self.encoder.backward(x, &pass.encoder, above.code, desk);
        desk.put_back(below.first);
        let mut gradients = below.gradients;
        for (l, shared) in above.shared.iter().enumerate() {
            gradients[2 * l] += shared;
        }
        desk.put_back_all(above.shared);
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
    use crate::nn::desk::Desk;
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
        let desk = &mut Desk::new();
        let (losses, gradients) = model.learn(&x, &x, &mut noise, desk);
        assert_eq!(losses.total, 1.0);
        let expected = [2.0, 1.0, 12.0, 2.0].map(|g| array![[g]]);
        assert_eq!(gradients[..], expected);
        // The target may be another: 3 is exactly right.
        let target = array![[3.0]];
        let (losses, _) = model.learn(&x, &target, &mut noise, desk);
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
            let desk = &mut Desk::new();
            model.learn(&x, &x, &mut noise, desk).0.total
        };
        assert_ne!(noisy(1), calm.total);
        assert_ne!(noisy(1), noisy(2));
        assert_eq!(noisy(1), noisy(1));
    }
}
