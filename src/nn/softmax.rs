//! Softmax regression: the best linear guess at a class.
//!
//! One linear layer under a softmax, trained on all examples at once:
//!
//! ```text
//! minimize  L(W, b) = -1/N Σ ln p_t  +  λ/2 Σ w²
//! ```
//!
//! `L` has a single valley. Nowhere is it more curved than
//! `½ mean (|x|² + 1) + λ` (Böhning, 1992), so a step of one over that
//! never goes too far. Nesterov's momentum (1983) makes such careful steps
//! fast, and starts afresh whenever it would climb (O'Donoghue & Candès,
//! 2015). Nothing is drawn at random: the result is the minimum.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::classifier::Classifier;
use crate::nn::dense::Dense;
use crate::nn::desk::Desk;
use crate::nn::network::Network;

/// How a [`softmax`] is fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SoftmaxPlan {
    /// The price `λ` of large weights; more than 0 makes the minimum
    /// unique.
    pub weight_decay: Real,
    /// Steps at most.
    pub steps: usize,
    /// Stops when no slope is steeper than this.
    pub flat: Real,
}

impl Default for SoftmaxPlan {
    fn default() -> SoftmaxPlan {
        SoftmaxPlan { weight_decay: 1e-4, steps: 500, flat: 1e-5 }
    }
}

/// A classifier with one linear layer of zeros: every class is as likely.
pub fn undecided(inputs: usize, classes: usize) -> Classifier {
    Classifier::new(Network::new(vec![Dense {
        weights: Matrix::zeros((inputs, classes)),
        bias: Matrix::zeros((1, classes)),
        activation: Activation::Linear,
    }]))
}

/// Fits one linear layer to examples `[examples, features]` and labels.
pub fn softmax(
    x: &Matrix,
    labels: &[u8],
    classes: usize,
    plan: &SoftmaxPlan,
) -> Classifier {
    assert!(!labels.is_empty(), "nothing to learn without examples");
    let mut desk = Desk::new();
    let mut here = undecided(x.ncols(), classes);
    here.weight_decay = plan.weight_decay;
    let mut ahead = here.clone();
    let step = 1.0 / curvature(x, plan.weight_decay);
    let mut age: Real = 0.0;
    for _ in 0..plan.steps {
        // A step from where momentum has carried us, ...
        let blame = ahead.learn(x, labels, &mut desk);
        let steepest = blame.gradients.iter().flatten();
        let steepest = steepest.fold(0.0, |m: Real, g| m.max(g.abs()));
        let before = here.network.parameters().into_iter().cloned();
        let before: Vec<Matrix> = before.collect();
        here.clone_from(&ahead);
        let landed = here.network.parameters_mut();
        for (w, g) in landed.into_iter().zip(&blame.gradients) {
            w.scaled_add(-step, g);
        }
        // ... then on in the direction of the way just made, unless that
        // leads uphill.
        let way = || here.network.parameters().into_iter().zip(&before);
        let rise = blame.gradients.iter().zip(way());
        let rise: Real = rise.map(|(g, (w, b))| (g * &(w - b)).sum()).sum();
        age = if rise > 0.0 { 0.0 } else { age + 1.0 };
        let momentum = age / (age + 3.0);
        let carried = ahead.network.parameters_mut();
        for (a, (w, b)) in carried.into_iter().zip(way()) {
            *a = w + momentum * (w - b);
        }
        desk.put_back_all(blame.gradients);
        desk.put_back(blame.below);
        if steepest < plan.flat {
            break;
        }
    }
    here
}

/// No second derivative of the loss is larger.
fn curvature(x: &Matrix, weight_decay: Real) -> Real {
    let squares: Real = x.rows().into_iter().map(|r| r.dot(&r)).sum();
    0.5 * (squares / x.nrows() as Real + 1.0) + weight_decay
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn without_features_the_bias_learns_how_common_a_class_is() {
        let x = Matrix::zeros((4, 1));
        let labels = [0, 0, 0, 1];
        let plan = SoftmaxPlan::default();
        let model = softmax(&x, &labels, 2, &plan);
        let p = model.probabilities(&x);
        assert!((p[[0, 0]] - 0.75).abs() < 1e-3, "{p}");
    }

    #[test]
    fn the_minimum_is_flat() {
        let x = array![[0.0, 1.0], [1.0, 0.0], [2.0, 2.0], [0.5, 0.1]];
        let labels = [0, 1, 2, 1];
        let plan = SoftmaxPlan { weight_decay: 0.01, ..Default::default() };
        let model = softmax(&x, &labels, 3, &plan);
        let blame = model.learn(&x, &labels, &mut Desk::new());
        let slopes = blame.gradients.iter().flatten();
        assert!(slopes.into_iter().all(|g| g.abs() < 3e-5), "{blame:?}");
        assert_eq!(model.predict(&x), labels);
    }
}
