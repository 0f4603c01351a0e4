//! Softmax regression: the best linear guess at a class.
//!
//! One linear layer under a softmax, trained on all examples at once:
//!
//! ```text
//! minimize  L(W, b) = -1/N Σ ln p_t  +  λ/2 Σ w²
//! ```
//!
//! `L` is a single valley, so it does not matter where one starts, and
//! nothing is drawn at random: L-BFGS walks to the bottom.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::classifier::Classifier;
use crate::nn::dense::Dense;
use crate::nn::desk::Desk;
use crate::nn::lbfgs::Lbfgs;
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

/// Good for inputs of about unit variance, as a probe makes them: chosen on
/// labels of training sets, one half against the other. There prices from
/// 0.001 to 0.01 make no difference.
impl Default for SoftmaxPlan {
    fn default() -> SoftmaxPlan {
        SoftmaxPlan { weight_decay: 1e-2, steps: 200, flat: 1e-5 }
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
    let mut model = undecided(x.ncols(), classes);
    model.weight_decay = plan.weight_decay;
    let mut at: Vec<Real> = vec![0.0; (x.ncols() + 1) * classes];
    let (mut lbfgs, mut desk) = (Lbfgs::new(), Desk::new());
    let mut steepest = Real::INFINITY;
    for _ in 0..plan.steps {
        let moved = lbfgs.step(&mut at, &mut |at, slopes| {
            put(&mut model, at);
            let blame = model.learn(x, labels, &mut desk);
            let list = blame.gradients.iter().flatten();
            slopes.iter_mut().zip(list).for_each(|(to, g)| *to = *g);
            steepest = slopes.iter().fold(0.0, |m, g| m.max(g.abs()));
            desk.put_back_all(blame.gradients);
            desk.put_back(blame.first);
            blame.losses.total
        });
        if moved.length == 0.0 || steepest < plan.flat {
            break;
        }
    }
    put(&mut model, &at);
    model
}

/// Writes a point into the weights and the bias.
fn put(model: &mut Classifier, at: &[Real]) {
    let parameters = model.network.parameters_mut();
    let entries = parameters.into_iter().flatten();
    entries.zip(at).for_each(|(w, &value)| *w = value);
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
        let plan = SoftmaxPlan::default();
        let model = softmax(&x, &labels, 3, &plan);
        let blame = model.learn(&x, &labels, &mut Desk::new());
        let slopes = blame.gradients.iter().flatten();
        assert!(slopes.into_iter().all(|g| g.abs() < 3e-5), "{blame:?}");
        assert_eq!(model.predict(&x), labels);
    }
}
