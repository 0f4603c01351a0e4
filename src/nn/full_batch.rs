//! L-BFGS on a model: all data at every step.
//!
//! The optimizer of [`lbfgs`](crate::nn::lbfgs) moves one long list of
//! numbers. Here it is the list of all weights and biases, and the loss is
//! that of all examples.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::lbfgs::Lbfgs;
use crate::nn::lbfgs::Move;
use crate::nn::model::Model;
use crate::nn::random::Rng;

/// L-BFGS, and the noise it looked through last.
#[derive(Debug, Clone, Default)]
pub struct FullBatch {
    lbfgs: Lbfgs,
    noise: Option<Rng>,
    /// All weights and biases, as one list.
    at: Vec<Real>,
}

impl FullBatch {
    /// An optimizer that has seen nothing yet.
    pub fn new() -> FullBatch {
        FullBatch::default()
    }

    /// Call this when the loss has become another function, for instance
    /// because a price was changed.
    pub fn forget(&mut self) {
        self.lbfgs.forget();
    }

    /// One step on all of `x` `[examples, features]`, its own target.
    ///
    /// A noisy model must show the same loss at every look, so each uses
    /// the same draws of `rng`.
    pub fn step(
        &mut self,
        model: &mut dyn Model,
        x: &Matrix,
        rng: &Rng,
        desk: &mut Desk,
    ) -> Move {
        if self.noise.as_ref().is_some_and(|noise| noise != rng) {
            self.lbfgs.look_again();
        }
        self.noise = Some(rng.clone());
        self.at.clear();
        for parameter in model.parameters() {
            self.at.extend(parameter);
        }
        let moved = self.lbfgs.step(&mut self.at, &mut |at, slopes| {
            put(model, at);
            let (losses, gradients) =
                model.gradients(x, &mut rng.clone(), desk);
            let list = gradients.iter().flatten();
            slopes.iter_mut().zip(list).for_each(|(to, g)| *to = *g);
            desk.put_back_all(gradients);
            losses.total
        });
        put(model, &self.at);
        moved
    }
}

/// Writes a list of numbers over all parameters, in their order.
fn put(model: &mut dyn Model, at: &[Real]) {
    let mut numbers = at.iter();
    for parameter in model.parameters_mut() {
        let pairs = parameter.iter_mut().zip(&mut numbers);
        pairs.for_each(|(w, number)| *w = *number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::pca::Pca;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn numbers_go_where_they_came_from() {
        let plan = Blueprint::linear(2, 1);
        let mut model = plan.build(&mut rng(1, Purpose::Init));
        put(&mut model, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
        let all = model.parameters();
        assert_eq!(all[0], array![[1.0], [2.0]]);
        assert_eq!(all[1], array![[3.0]]);
        assert_eq!(all[3], array![[6.0, 7.0]]);
    }

    #[test]
    fn a_linear_autoencoder_is_at_its_floor_in_twenty_steps() {
        let x = array![[3.0, 1.0], [-1.0, 1.0], [1.0, 2.0], [1.0, 0.0]];
        let floor = Pca::fit(&x, 1).residual(1) / 2.0;
        let plan = Blueprint::linear(2, 1);
        let mut model = plan.build(&mut rng(1, Purpose::Init));
        let (calm, desk) = (rng(1, Purpose::Noise), &mut Desk::new());
        let mut optimizer = FullBatch::new();
        let mut loss = Real::MAX;
        for _ in 0..20 {
            let moved = optimizer.step(&mut model, &x, &calm, desk);
            assert!(moved.loss <= loss, "{moved:?} after {loss}");
            loss = moved.loss;
        }
        assert!((loss / floor - 1.0).abs() < 1e-3, "{loss} or {floor}");
        assert_eq!(model.loss(&x).total, loss);
    }
}
