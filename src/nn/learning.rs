//! How an autoencoder learns: forward, compare with the target, backward.
//!
//! ```text
//! x → code → output,   L = loss(output, target) + penalties,
//! blame back to every weight
//! ```
//!
//! A denoising autoencoder first damages `x`; k-sparse codes compete on
//! the way; penalties on the code add to its blame.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::corruption::Corrupted;
use crate::nn::denoising::Target;
use crate::nn::desk::Desk;
use crate::nn::gradient::Gradients;
use crate::nn::gradient::as_written;
use crate::nn::gradient::written;
use crate::nn::model::Losses;
use crate::nn::pass::Pass;
use crate::nn::random::Rng;

impl Autoencoder {
    /// One look at `input` when `target` should have come out: the loss,
    /// and one gradient per parameter.
    pub fn there_and_back(
        &self,
        input: &Matrix,
        target: &Matrix,
        rng: &mut Rng,
        desk: &mut Desk,
    ) -> (Losses, Gradients) {
        if !self.corruption.is_none() {
            let damaged = self.corruption.corrupt(input, rng, desk);
            let learned = self.repair(&damaged, target, rng, desk);
            damaged.put_back(desk);
            return learned;
        }
        let pass = self.pass(input, rng, desk);
        let (error, dy) =
            self.loss.mean_and_gradient(pass.output(), target, desk);
        self.conclude(input, pass, (error, dy), desk)
    }

    /// One look at damaged examples whose `clean` form is known.
    pub fn repair(
        &self,
        damaged: &Corrupted,
        clean: &Matrix,
        rng: &mut Rng,
        desk: &mut Desk,
    ) -> (Losses, Gradients) {
        let target = match self.target {
            Target::Clean => clean,
            Target::Noisy => &damaged.x,
        };
        let pass = self.pass(&damaged.x, rng, desk);
        let emphasis = (&damaged.touched, self.emphasis);
        let (error, dy) =
            self.loss.emphasized(pass.output(), target, emphasis, desk);
        self.conclude(&damaged.x, pass, (error, dy), desk)
    }

    /// From the error and its slopes dL/dy to losses and gradients.
    fn conclude(
        &self,
        x: &Matrix,
        pass: Pass,
        (error, dy): (Real, Matrix),
        desk: &mut Desk,
    ) -> (Losses, Gradients) {
        let price = self.price(&pass.encoder, desk);
        let gradients = self.backward(x, &pass, dy, desk);
        pass.put_back(desk);
        (Losses::new(error, price), gradients)
    }

    /// One gradient per parameter, given dL/dy of the output.
    pub fn backward(
        &self,
        x: &Matrix,
        pass: &Pass,
        dy: Matrix,
        desk: &mut Desk,
    ) -> Gradients {
        let rivals = pass.competition.as_ref();
        let walked = (pass.code(), rivals, &pass.decoder[..]);
        let mut above =
            self.decoder.backward(&self.encoder, walked, dy, desk);
        self.blame_code(&pass.encoder, &mut above.code, desk);
        let below =
            self.encoder.backward(x, &pass.encoder, above.code, desk);
        desk.put_back(below.first);
        let mut gradients = below.gradients;
        gradients.extend(above.gradients);
        if above.shared.is_empty() && !self.has_prices() {
            return gradients;
        }
        let mut gradients = written(gradients, desk);
        for (l, shared) in above.shared.iter().enumerate() {
            gradients[2 * l] += shared;
        }
        desk.put_back_all(above.shared);
        self.add_prices(x, &pass.encoder, &mut gradients, desk);
        as_written(gradients)
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
