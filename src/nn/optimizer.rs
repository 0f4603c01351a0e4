//! The optimizer: how a gradient becomes a better set of weights.
//!
//! ```text
//! SGD        w ← w - η g
//! momentum   v ← 0.9 v + g             w ← w - η v
//! Adam       m ← 0.9 m + 0.1 g         v ← 0.999 v + 0.001 g²
//!            w ← w - η m̂ / (√v̂ + 1e-8)
//! ```
//!
//! `η` is the learning rate. `m̂` and `v̂` are `m` and `v` divided by
//! `1 - 0.9ᵗ` and `1 - 0.999ᵗ`: both start at zero, and this makes up for
//! it (Kingma & Ba, 2015).

use crate::Real;
use crate::kernel::engine::Engine;
use crate::kernel::steps::Adam;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::gradient::Gradient;
use crate::nn::model::Parts;
use serde::Deserialize;
use serde::Serialize;

/// How much of the last step a step with momentum keeps.
pub const MOMENTUM: Real = 0.9;
/// How much of its mean gradient Adam keeps.
pub const BETA_1: Real = 0.9;
/// How much of its mean squared gradient Adam keeps.
pub const BETA_2: Real = 0.999;
/// Keeps Adam from dividing by zero.
pub const EPSILON: Real = 1e-8;

/// The rule for a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rule {
    /// Straight downhill.
    Sgd,
    /// Downhill like a heavy ball.
    Momentum,
    /// Downhill with a step size of its own for every weight.
    Adam,
}

/// Changes parameters, and remembers what its rule needs.
#[derive(Debug, Clone)]
pub struct Optimizer {
    /// The rule for a step.
    pub rule: Rule,
    /// How large a step is; may be turned while training.
    pub learning_rate: Real,
    /// Steps made so far.
    steps: i32,
    /// Momentum's `v` or Adam's `m`, one per parameter.
    first: Vec<Matrix>,
    /// Adam's `v`, one per parameter.
    second: Vec<Matrix>,
}

impl Optimizer {
    /// An optimizer that has seen nothing yet.
    pub fn new(rule: Rule, learning_rate: Real) -> Optimizer {
        let (first, second) = (Vec::new(), Vec::new());
        Optimizer { rule, learning_rate, steps: 0, first, second }
    }

    /// One step: every parameter moves against its gradient.
    pub fn step(
        &mut self,
        parameters: Parts<&mut Matrix>,
        gradients: &[Matrix],
    ) {
        let engine = &mut Engine::default();
        self.begin(&parameters, gradients.len());
        for (i, w) in parameters.into_iter().enumerate() {
            self.descend(i, w, &gradients[i], engine);
        }
    }

    /// The same where some gradients may not be multiplied yet.
    pub fn follow(
        &mut self,
        parameters: Parts<&mut Matrix>,
        gradients: &[Gradient],
        desk: &mut Desk,
    ) {
        self.begin(&parameters, gradients.len());
        for (i, w) in parameters.into_iter().enumerate() {
            match &gradients[i] {
                Gradient::Written(g) => {
                    self.descend(i, w, g, &mut desk.engine);
                }
                Gradient::Product { x, dz } if self.rule == Rule::Adam => {
                    let (adam, [m, v]) = self.adam(i);
                    let g = (x.t(), dz.view());
                    desk.engine.follow(adam, w, (m, v), g);
                }
                Gradient::Product { x, dz } => {
                    let g = desk.product(x.t(), dz.view());
                    self.descend(i, w, &g, &mut desk.engine);
                    desk.put_back(g);
                }
            }
        }
    }

    /// One more step, for so many gradients.
    fn begin(&mut self, parameters: &[&mut Matrix], gradients: usize) {
        let (n, m) = (parameters.len(), gradients);
        assert!(n == m, "{n} parameters but {m} gradients");
        if self.steps == 0 {
            let zeros = parameters.iter().map(|w| Matrix::zeros(w.dim()));
            self.first = zeros.collect();
            self.second = self.first.clone();
        }
        self.steps += 1;
    }

    /// Moves parameter `i` against its gradient.
    fn descend(
        &mut self,
        i: usize,
        w: &mut Matrix,
        g: &Matrix,
        engine: &mut Engine,
    ) {
        assert!(w.dim() == g.dim(), "{:?} meets {:?}", w.dim(), g.dim());
        match self.rule {
            Rule::Sgd => self.sgd(w, g, engine),
            Rule::Momentum => self.momentum(i, w, g, engine),
            Rule::Adam => {
                let (adam, [m, v]) = self.adam(i);
                engine.adam(adam, w, (m, v), g);
            }
        }
    }

    /// `w ← w - η g`
    fn sgd(&self, w: &mut Matrix, g: &Matrix, engine: &mut Engine) {
        engine.add_scaled(w, -self.learning_rate, g);
    }

    /// `v ← 0.9 v + g`, `w ← w - η v` (Polyak, 1964)
    fn momentum(
        &mut self,
        i: usize,
        w: &mut Matrix,
        g: &Matrix,
        engine: &mut Engine,
    ) {
        let v = &mut self.first[i];
        engine.momentum([MOMENTUM, self.learning_rate], (w, v), g);
    }

    /// Adam's numbers for a step, and what it remembers of parameter `i`.
    fn adam(&mut self, i: usize) -> (Adam<Real>, [&mut Matrix; 2]) {
        let adam = Adam {
            beta_1: BETA_1,
            beta_2: BETA_2,
            rate: self.learning_rate / (1.0 - BETA_1.powi(self.steps)),
            unbias: 1.0 / (1.0 - BETA_2.powi(self.steps)),
            epsilon: EPSILON,
        };
        (adam, [&mut self.first[i], &mut self.second[i]])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    /// Where a weight that starts at 1 stands after two steps with a
    /// gradient of 2 and a learning rate of 0.1.
    fn after_two_steps(rule: Rule) -> Real {
        let mut optimizer = Optimizer::new(rule, 0.1);
        let mut w = array![[1.0]];
        for _ in 0..2 {
            optimizer.step(Parts::from_iter([&mut w]), &[array![[2.0]]]);
        }
        w[[0, 0]]
    }

    #[test]
    fn two_steps_by_hand() {
        // SGD: 1 - 0.1·2 - 0.1·2 = 0.6
        assert!((after_two_steps(Rule::Sgd) - 0.6).abs() < 1e-6);
        // Momentum: v = 2, then 3.8: 1 - 0.2 - 0.38 = 0.42
        assert!((after_two_steps(Rule::Momentum) - 0.42).abs() < 1e-6);
        // Adam: a steady gradient gives steps of η: 1 - 0.1 - 0.1 = 0.8
        assert!((after_two_steps(Rule::Adam) - 0.8).abs() < 1e-5);
    }

    #[test]
    #[should_panic(expected = "1 parameters but 0 gradients")]
    fn a_missing_gradient_is_refused() {
        let mut w = array![[1.0]];
        Optimizer::new(Rule::Sgd, 0.1)
            .step(Parts::from_iter([&mut w]), &[]);
    }
}
