//! How a variational autoencoder learns.
//!
//! ```text
//! statistics → draw → output,   L = C · error + β · KL,   blame back
//! ```
//!
//! The statistics are blamed twice: through the draw for the error, and
//! directly for the KL divergence.

use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::desk::Desk;
use crate::nn::gradient::Gradients;
use crate::nn::kl;
use crate::nn::loss::Loss;
use crate::nn::model::LayerInfo;
use crate::nn::model::Losses;
use crate::nn::model::Model;
use crate::nn::model::Parts;
use crate::nn::random::Purpose;
use crate::nn::random::Rng;
use crate::nn::random::rng;
use crate::nn::reparametrization::Path;
use crate::nn::reparametrization::backward;
use crate::nn::reparametrization::dice;
use crate::nn::reparametrization::draw;
use crate::nn::variational::Variational;

impl Variational {
    /// Like [`learn`](Model::learn), with these numbers on the dice,
    /// `[batch, k]`.
    pub fn learn_with(
        &self,
        input: &Matrix,
        target: &Matrix,
        noise: &Matrix,
        desk: &mut Desk,
    ) -> (Losses, Gradients) {
        let [price, kl_price] = self.prices();
        let below = self.encoder.trace(input, desk);
        let statistics = &below[below.len() - 1];
        let z = draw(statistics, noise, desk);
        let above = self.decoder.trace(&z, desk);
        let output = &above[above.len() - 1];
        let (error, mut dy) =
            self.loss.mean_and_gradient(output, target, desk);
        dy *= price;
        let upper = self.decoder.backward(&z, &above, dy, desk);
        let dz = self.decoder.layers[0].backward(&upper.first, desk);
        let mut blame = match self.path {
            Path::Open => backward(statistics, &z, &dz, desk),
            Path::Blocked => desk.zeros(z.nrows(), 2 * z.ncols()),
        };
        kl::add_gradient(statistics, self.warm_up * kl_price, &mut blame);
        let divergence = self.warm_up * kl_price * kl::mean(statistics);
        let lower = self.encoder.backward(input, &below, blame, desk);
        let mut gradients = lower.gradients;
        gradients.extend(upper.gradients);
        for used in [z, dz, upper.first, lower.first] {
            desk.put_back(used);
        }
        desk.put_back_all(below);
        desk.put_back_all(above);
        (Losses::new(price * error, divergence), gradients)
    }
}

impl Model for Variational {
    fn look(
        &self,
        input: &Matrix,
        target: &Matrix,
        rng: &mut Rng,
        desk: &mut Desk,
    ) -> (Losses, Gradients) {
        let k = self.dimensions();
        let noise = dice(input.nrows(), k, rng, desk);
        let seen = self.learn_with(input, target, &noise, desk);
        desk.put_back(noise);
        seen
    }

    /// With one draw per example, always the same ones, and all of `β`
    /// whatever the warm-up: the parts of the bound on `ln p(x)`.
    fn loss(&self, batch: &Matrix) -> Losses {
        let (mut desk, [price, kl_price]) = (Desk::new(), self.prices());
        let statistics = self.encoder.forward(batch, &mut desk);
        let (n, k) = (batch.nrows(), self.dimensions());
        let noise = dice(n, k, &mut rng(0, Purpose::Look), &mut desk);
        let z = draw(&statistics, &noise, &mut desk);
        let output = self.decoder.forward(&z, &mut desk);
        let error = self.loss.mean(&output, batch);
        Losses::new(price * error, kl_price * kl::mean(&statistics))
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

    /// The code counts its dimensions once, its parameters for both
    /// answers.
    fn layers(&self) -> Vec<LayerInfo> {
        let (below, above) = (&self.encoder.layers, &self.decoder.layers);
        let mut chain = LayerInfo::chain(below, above);
        chain[below.len() - 1].outputs = self.dimensions();
        if let (Loss::CrossEntropy, Some(last)) =
            (self.loss, chain.last_mut())
        {
            last.activation = Activation::Sigmoid;
        }
        chain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::gradient::Gradient;
    use crate::nn::gradient::written;
    use crate::nn::variational::Reduction;
    use ndarray::array;

    /// One pixel, one dimension, no hidden layer, squared error:
    /// μ = 3 x, ln σ² = 0, x̂ = 0.5 z.
    fn one_unit() -> Variational {
        let plan = Blueprint::linear(1, 1);
        let mut model = Variational::new(&plan, &mut rng(1, Purpose::Init));
        *model.parameters_mut()[0] = array![[3.0, 0.0]];
        *model.parameters_mut()[2] = array![[0.5]];
        model
    }

    #[test]
    fn one_step_by_hand() {
        // x = 2: μ = 6, σ = 1, ε = -2, z = 4, x̂ = 2, error 0. KL = 18.
        let (model, mut desk) = (one_unit(), Desk::new());
        let (x, noise) = (array![[2.0]], array![[-2.0]]);
        let (losses, _) = model.learn_with(&x, &x, &noise, &mut desk);
        assert_eq!((losses.reconstruction, losses.penalty), (0.0, 18.0));
        // With target 1 the error is 1, dL/dx̂ = 2, dL/dz = 1, so μ gets 1
        // from the draw and 6 from the KL, ln σ² gets ½ · 1 · ε = -1.
        let one = array![[1.0]];
        let (losses, gradients) =
            model.learn_with(&x, &one, &noise, &mut desk);
        assert_eq!(losses.total, 19.0);
        let gradients = written(gradients, &mut desk);
        assert_eq!(gradients[0], array![[14.0, -2.0]]);
        assert_eq!(gradients[1], array![[7.0, -1.0]]);
        assert_eq!(gradients[2], array![[8.0]]);
    }

    #[test]
    fn a_blocked_path_leaves_only_the_divergence() {
        let (mut model, mut desk) = (one_unit(), Desk::new());
        model.path = Path::Blocked;
        let (x, noise) = (array![[2.0]], array![[-2.0]]);
        let one = array![[1.0]];
        let (_, gradients) = model.learn_with(&x, &one, &noise, &mut desk);
        let blocked = Gradient::Written(array![[6.0, 0.0]]);
        assert_eq!(gradients[1], blocked);
        model.kl_weight = 0.0;
        let (_, gradients) = model.learn_with(&x, &one, &noise, &mut desk);
        let nothing = Gradient::Written(array![[0.0, 0.0]]);
        assert_eq!(gradients[0], nothing);
    }

    #[test]
    fn warm_up_is_felt_in_training_only() {
        let (mut model, x) = (one_unit(), array![[2.0]]);
        let noise = array![[0.0]];
        model.warm_up = 0.25;
        let (losses, _) =
            model.learn_with(&x, &x, &noise, &mut Desk::new());
        assert_eq!(losses.penalty, 4.5);
        assert_eq!(model.loss(&x).penalty, 18.0);
        model.reduction = Reduction::Mean;
        model.kl_weight = 2.0;
        assert_eq!(model.loss(&x).penalty, 36.0);
    }
}
