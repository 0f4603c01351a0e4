//! The convolutional autoencoder: a picture becomes smaller pictures.
//!
//! ```text
//! 28 × 28 → feature maps → code, for instance 8 × 4 × 4 → ... → 28 × 28
//! ```
//!
//! The code still has places: each of its numbers says what was seen, and
//! *where*. With cross-entropy the last layer gives logits, and the
//! reconstruction is their sigmoid.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::corruption::Corruption;
use crate::nn::decay::add_decay;
use crate::nn::decay::penalty;
use crate::nn::desk::Desk;
use crate::nn::feature_maps::layer_infos;
use crate::nn::gradient::Gradients;
use crate::nn::gradient::as_written;
use crate::nn::image_network::ImageNetwork;
use crate::nn::loss::Loss;
use crate::nn::model::Codec;
use crate::nn::model::LayerInfo;
use crate::nn::model::Losses;
use crate::nn::model::Model;
use crate::nn::model::Parts;
use crate::nn::random::Rng;

/// An autoencoder for pictures.
#[derive(Debug, Clone, PartialEq)]
pub struct Convolutional {
    /// From the picture to the code.
    pub encoder: ImageNetwork,
    /// From the code to the output.
    pub decoder: ImageNetwork,
    /// How output and target are compared.
    pub loss: Loss,
    /// What is done to pictures before training looks at them.
    pub corruption: Corruption,
    /// The price `λ` of large weights, `λ/2 Σ w²`; 0 for none.
    pub weight_decay: Real,
    /// Pixels are multiplied by this first; 1 leaves them between 0 and 1.
    /// With 255 a sigmoid output cannot reach most of them.
    pub input_scale: Real,
}

impl Convolutional {
    /// A scaled copy of pictures `[batch, pixels]`.
    pub fn scaled(&self, x: &Matrix, desk: &mut Desk) -> Matrix {
        let mut scaled = desk.copy(x);
        if self.input_scale != 1.0 {
            scaled *= self.input_scale;
        }
        scaled
    }

    /// The same, damaged first if training is to repair.
    fn damaged(
        &self,
        x: &Matrix,
        rng: &mut Rng,
        desk: &mut Desk,
    ) -> Matrix {
        if self.corruption.is_none() {
            return self.scaled(x, desk);
        }
        let damaged = self.corruption.corrupt(x, rng, desk);
        desk.put_back(damaged.touched);
        damaged.x * self.input_scale
    }
}

impl Codec for Convolutional {
    fn encode(&self, x: &Matrix) -> Matrix {
        let mut desk = Desk::new();
        let x = self.scaled(x, &mut desk);
        self.encoder.forward(&x, &mut desk)
    }

    fn decode(&self, code: &Matrix) -> Matrix {
        let output = self.decoder.forward(code, &mut Desk::new());
        self.loss.reconstruction(output) / self.input_scale
    }
}

impl Model for Convolutional {
    fn look(
        &self,
        input: &Matrix,
        target: &Matrix,
        rng: &mut Rng,
        desk: &mut Desk,
    ) -> (Losses, Gradients) {
        let seen = self.damaged(input, rng, desk);
        let wanted = self.scaled(target, desk);
        let (error, mut gradients) =
            self.learn_in_groups(&seen, &wanted, desk);
        if self.weight_decay > 0.0 {
            add_decay(self.weight_decay, &kernels(self), &mut gradients);
        }
        desk.put_back(seen);
        desk.put_back(wanted);
        (
            Losses::new(error, penalty(self.weight_decay, &kernels(self))),
            as_written(gradients),
        )
    }

    fn loss(&self, batch: &Matrix) -> Losses {
        let mut desk = Desk::new();
        let x = self.scaled(batch, &mut desk);
        let code = self.encoder.forward(&x, &mut desk);
        let output = self.decoder.forward(&code, &mut desk);
        Losses::new(
            self.loss.mean(&output, &x),
            penalty(self.weight_decay, &kernels(self)),
        )
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

    fn layers(&self) -> Vec<LayerInfo> {
        layer_infos(self)
    }
}

/// All weights, without the biases.
fn kernels(model: &Convolutional) -> Parts<&Matrix> {
    model.parameters().into_iter().step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::activation::Activation;
    use crate::nn::image_plan::ImagePlan;
    use crate::nn::image_plan::Up;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use crate::nn::window::ImageShape;
    use ndarray::array;

    #[test]
    fn one_pixel_by_hand() {
        // One pixel, three windows of 1 × 1: y = 1 · 0.5 · 3 x.
        let mut plan = ImagePlan::new(ImageShape::new(1, 1, 1), 1, 1, 1);
        (plan.kernel, plan.up) = (1, Up::Nearest);
        plan.activation = Activation::Linear;
        plan.output_activation = Activation::Linear;
        let mut model = plan.build(&mut rng(1, Purpose::Init));
        for (p, weight) in [(0, 3.0), (2, 0.5), (4, 1.0)] {
            *model.parameters_mut()[p] = array![[weight]];
        }
        let (x, mut desk) = (array![[2.0]], Desk::new());
        assert_eq!(model.encode(&x), array![[6.0]]);
        assert_eq!(model.reconstruct(&x), array![[3.0]]);
        // As in `learning`: loss (3 - 2)² = 1, derivatives 2, 1, 12, 2;
        // and for the last window 2·3 and 2.
        let mut noise = rng(1, Purpose::Noise);
        let (losses, gradients) =
            model.gradients(&x, &mut noise, &mut desk);
        assert_eq!(losses.total, 1.0);
        let expected = [2.0, 1.0, 12.0, 2.0, 6.0, 2.0];
        assert_eq!(gradients[..], expected.map(|g| array![[g]]));
    }
}
