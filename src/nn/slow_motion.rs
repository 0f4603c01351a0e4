//! Slow motion: one step of learning with every number on the table.
//!
//! ```text
//! forward → loss → gradient, by calculus and by measuring → new weights
//! ```
//!
//! Meant for networks as small as 4-2-4.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::desk::Desk;
use crate::nn::gradient_check::GradientCheck;
use crate::nn::gradient_check::check;
use crate::nn::model::Model as _;
use crate::nn::optimizer::Optimizer;
use crate::nn::optimizer::Rule;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::zoom::chain;

/// The step for measuring slopes: small enough to be a slope, large enough
/// that 32-bit numbers feel it.
pub const STEP: Real = 0.01;

/// One step of gradient descent on one example.
#[derive(Debug, Clone, PartialEq)]
pub struct SlowMotion {
    /// The example, then the output of every layer, each `[1, units]`; the
    /// last is the reconstruction.
    pub values: Vec<Matrix>,
    /// How wrong the reconstruction is.
    pub loss: Real,
    /// All derivatives, calculated and measured, side by side.
    pub gradients: GradientCheck,
    /// The parameters before the step.
    pub before: Vec<Matrix>,
    /// The parameters after it, `w - η dL/dw`.
    pub after: Vec<Matrix>,
    /// The loss of the same example afterwards.
    pub loss_after: Real,
}

impl SlowMotion {
    /// Lets `model` make one plain step on `x` `[1, features]`, its own
    /// target, and tells everything. The model keeps the new weights.
    pub fn step(
        model: &mut Autoencoder,
        x: &Matrix,
        learning_rate: Real,
    ) -> SlowMotion {
        let values = values(model, x);
        let loss = model.loss(x).total;
        let calm = rng(0, Purpose::Noise);
        let gradients = check(model, x, STEP, &calm);
        let before = copies(model);
        let mut optimizer = Optimizer::new(Rule::Sgd, learning_rate);
        optimizer.step(model.parameters_mut(), &gradients.analytic);
        let (after, loss_after) = (copies(model), model.loss(x).total);
        SlowMotion { values, loss, gradients, before, after, loss_after }
    }
}

/// The example and the output of every layer.
fn values(model: &Autoencoder, x: &Matrix) -> Vec<Matrix> {
    let (mut values, desk) = (vec![x.clone()], &mut Desk::new());
    for layer in chain(model) {
        values.push(layer.forward(&values[values.len() - 1], desk));
    }
    values
}

/// All parameters as they are now.
fn copies(model: &Autoencoder) -> Vec<Matrix> {
    model.parameters().into_iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::activation::Activation;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::model::Codec as _;
    use ndarray::array;

    #[test]
    fn a_step_by_hand() {
        // y = 0.5 · 3 · 2 = 3, loss 1, derivatives 2, 1, 12, 2 (as in
        // `learning`); with η = 0.01 the first weight becomes 2.98.
        let plan = Blueprint::linear(1, 1);
        let mut model = plan.build(&mut rng(1, Purpose::Init));
        *model.parameters_mut()[0] = array![[3.0]];
        *model.parameters_mut()[2] = array![[0.5]];
        let seen = SlowMotion::step(&mut model, &array![[2.0]], 0.01);
        let values = [2.0, 6.0, 3.0].map(|v| array![[v]]);
        assert_eq!(seen.values, values);
        assert_eq!(seen.loss, 1.0);
        assert!((seen.after[0][[0, 0]] - 2.98).abs() < 1e-6);
        assert!((seen.gradients.numeric[2][[0, 0]] - 12.0).abs() < 1e-2);
        assert!(seen.loss_after < seen.loss);
    }

    #[test]
    fn a_tiny_network_agrees_with_the_measurement() {
        let mut plan = Blueprint::linear(4, 2);
        plan.code_activation = Activation::Sigmoid;
        plan.output_activation = Activation::Sigmoid;
        let mut model = plan.build(&mut rng(3, Purpose::Init));
        let x = array![[0.0, 1.0, 0.0, 0.0]];
        let expected = model.reconstruct(&x);
        let seen = SlowMotion::step(&mut model, &x, 0.5);
        assert_eq!(seen.values[2], expected);
        assert!(seen.gradients.ratio < 1e-4, "{}", seen.gradients.ratio);
        assert!(seen.loss_after < seen.loss);
    }
}
