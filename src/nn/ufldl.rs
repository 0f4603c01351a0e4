//! The sparse autoencoder of the Stanford tutorial (Ng et al., UFLDL).
//!
//! Its cost sums over pixels and takes halves of squares, where this
//! textbook takes means:
//!
//! ```text
//! J = 1/m Σ over examples ½ |x̂ - x|²  +  λ/2 Σ W²
//!     + β Σ over units KL(ρ ‖ q)
//!
//! J = D/2 L        with prices 2λ/D and 2β/D in our loss L
//! ```
//!
//! `D` is the number of pixels. The same translation serves other papers
//! that sum over pixels, without the halves: prices `λ/D`.

use crate::Real;
use crate::nn::activation::Activation;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::blueprint::Blueprint;
use crate::nn::model::Losses;
use crate::nn::random::Rng;
use crate::nn::sparse::Sparsity;

/// One of the tutorial's exercises, in the tutorial's units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ufldl {
    /// Pixels of an example, `D`.
    pub inputs: usize,
    /// Units of the code.
    pub hidden: usize,
    /// The price `λ` of large weights.
    pub decay: Real,
    /// The activity `ρ` that a unit should have on average.
    pub target: Real,
    /// The price `β` of another.
    pub weight: Real,
}

impl Ufldl {
    /// Patches of 8x8 pixels of whitened photographs: units become edges.
    pub const PATCHES: Ufldl = Ufldl {
        inputs: 64,
        hidden: 25,
        decay: 1e-4,
        target: 0.01,
        weight: 3.0,
    };

    /// Handwritten digits: units become strokes of the pen.
    pub const DIGITS: Ufldl = Ufldl {
        inputs: 784,
        hidden: 196,
        decay: 3e-3,
        target: 0.1,
        weight: 3.0,
    };

    /// The network, with weights uniform in ±√(6 / (D + K + 1)).
    pub fn build(&self, rng: &mut Rng) -> Autoencoder {
        let mut plan = Blueprint::linear(self.inputs, self.hidden);
        plan.code_activation = Activation::Sigmoid;
        plan.output_activation = Activation::Sigmoid;
        let units = (self.inputs + self.hidden) as Real;
        plan.init_scale = (units / (units + 1.0)).sqrt();
        let mut model = plan.build(rng);
        let share = 2.0 / self.inputs as Real;
        let (target, weight) = (self.target, share * self.weight);
        model.sparsity = Sparsity::Kl { target, weight };
        model.weight_decay = share * self.decay;
        model
    }

    /// The tutorial's `J` for what the model pays in all. Gradients are
    /// translated by the same factor, `D/2`.
    pub fn cost(&self, losses: Losses) -> Real {
        losses.total * self.inputs as Real / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::Matrix;
    use crate::nn::model::Model as _;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn one_pixel_by_hand() {
        let (decay, target, weight) = (0.5, 0.25, 2.0);
        let tiny = Ufldl { inputs: 1, hidden: 1, decay, target, weight };
        let mut model = tiny.build(&mut rng(1, Purpose::Init));
        let values = [2.0, -2.0, 4.0, -2.0].map(|v| array![[v]]);
        for (p, value) in model.parameters_mut().into_iter().zip(values) {
            *p = value;
        }
        // x = 1: z = 2 - 2 = 0, h = ½; ẑ = 4 ½ - 2 = 0, x̂ = ½.
        // ½ (½ - 1)² = 0.125;  0.5/2 (2² + 4²) = 5;
        // 2 (¼ ln(¼/½) + ¾ ln(¾/½)) = 2 (0.304099 - 0.173287) = 0.261624
        let cost = tiny.cost(model.loss(&array![[1.0]]));
        assert!((cost - 5.386624).abs() < 1e-5, "{cost}");
    }

    #[test]
    fn the_exercise_starts_at_its_published_cost() {
        // Silent weights: every unit at ½, every pixel off by ½ - x.
        let exercise = Ufldl::PATCHES;
        let mut model = exercise.build(&mut rng(1, Purpose::Init));
        model.parameters_mut().into_iter().for_each(|p| p.fill(0.0));
        let x = Matrix::from_elem((10, 64), 0.25);
        // 47.79 + 64 ½ ¼² = 49.79
        let cost = exercise.cost(model.loss(&x));
        assert!((cost - 49.79).abs() < 0.005, "{cost}");
    }
}
