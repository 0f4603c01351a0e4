//! A gradient: written down, or as the product that it is.
//!
//! Every weight of a layer has a slope, the sum over the batch of what came
//! in times the blame for what went out:
//!
//! ```text
//! dL/dW = xᵀ · dz        [inputs, outputs], from [batch, ·] and [batch, ·]
//! ```
//!
//! A large layer has a million of them, its factors a tenth as many
//! numbers. Who wants to look at a gradient has it
//! [written down](Gradient::written). Who only takes a step needs each
//! slope once: a large gradient stays a product until the weights move.

use crate::Real;
use crate::kernel::following;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::desk::Sheets;
use smallvec::SmallVec;

/// From so many numbers on, a gradient stays a product.
const LARGE: usize = 1 << 16;

/// The gradient of one parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Gradient {
    /// Every number of it.
    Written(Matrix),
    /// `xᵀ · dz`, not multiplied yet.
    Product {
        /// What came in, `[batch, inputs]`.
        x: Matrix,
        /// The blame for the sums, `[batch, outputs]`.
        dz: Matrix,
    },
}

/// A short list of gradients, one per parameter.
pub type Gradients = SmallVec<[Gradient; 32]>;

impl Gradient {
    /// `xᵀ · dz`: of a large layer as a product.
    pub fn product(x: &Matrix, dz: &Matrix, desk: &mut Desk) -> Gradient {
        let is_large = x.ncols() * dz.ncols() >= LARGE;
        if is_large && following::fits(x.nrows()) {
            let (x, dz) = (desk.copy(x), desk.copy(dz));
            return Gradient::Product { x, dz };
        }
        Gradient::Written(desk.product(x.t(), dz.view()))
    }

    /// Every number of it, on paper from the desk.
    pub fn written(self, desk: &mut Desk) -> Matrix {
        match self {
            Gradient::Written(all) => all,
            Gradient::Product { x, dz } => {
                let all = desk.product(x.t(), dz.view());
                desk.put_back(x);
                desk.put_back(dz);
                all
            }
        }
    }

    /// Whether no number of it is infinite or none at all.
    ///
    /// A slope is at most the length of all of `x` times the length of all
    /// of `dz` (Cauchy & Schwarz); only if that is too much for a number
    /// the product must tell.
    pub fn is_finite(&self, desk: &mut Desk) -> bool {
        match self {
            Gradient::Written(all) => desk.engine.squares(all).is_finite(),
            Gradient::Product { x, dz } => {
                let [x_length, dz_length] =
                    [x, dz].map(|m| desk.engine.squares(m).sqrt());
                if x_length * dz_length < Real::MAX / 2.0 {
                    return true;
                }
                let all = desk.product(x.t(), dz.view());
                let is_finite = all.iter().all(|g| g.is_finite());
                desk.put_back(all);
                is_finite
            }
        }
    }

    /// Gives its paper back.
    pub fn put_back(self, desk: &mut Desk) {
        match self {
            Gradient::Written(all) => desk.put_back(all),
            Gradient::Product { x, dz } => {
                desk.put_back(x);
                desk.put_back(dz);
            }
        }
    }
}

/// All of them, written down.
pub fn written(gradients: Gradients, desk: &mut Desk) -> Sheets {
    gradients.into_iter().map(|g| g.written(desk)).collect()
}

/// Gradients that are written down already.
pub fn as_written(sheets: Sheets) -> Gradients {
    sheets.into_iter().map(Gradient::Written).collect()
}

/// Gives all their paper back.
pub fn put_back_all(gradients: Gradients, desk: &mut Desk) {
    gradients.into_iter().for_each(|g| g.put_back(desk));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::dense::glorot;
    use crate::nn::model::Model as _;
    use crate::nn::optimizer::Optimizer;
    use crate::nn::optimizer::Rule;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use crate::nn::sparse::Sparsity;
    use ndarray::array;

    #[test]
    fn followed_at_once_or_written_down_a_step_is_the_same() {
        for rule in [Rule::Adam, Rule::Momentum, Rule::Sgd] {
            for active in [9, 256] {
                let plan = Blueprint::linear(300, 256);
                let mut model = plan.build(&mut rng(1, Purpose::Init));
                model.sparsity = Sparsity::KSparse { active };
                let mut other = model.clone();
                let mut once = Optimizer::new(rule, 1e-2);
                let (mut slow, desk) = (once.clone(), &mut Desk::new());
                let dice = &mut rng(1, Purpose::Noise);
                let x = glorot(40, 300, dice);
                for _ in 0..3 {
                    let (_, found) = model.look(&x, &x, dice, desk);
                    once.follow(model.parameters_mut(), &found, desk);
                    let (_, found) = other.learn(&x, &x, dice, desk);
                    slow.step(other.parameters_mut(), &found);
                }
                assert_eq!(model, other, "{rule:?} {active}");
            }
        }
    }

    fn large() -> [Matrix; 2] {
        let x = Matrix::from_elem((2, 300), 0.5);
        let mut dz = Matrix::from_elem((2, 300), 4.0);
        dz[[1, 0]] = -3.0;
        [x, dz]
    }

    #[test]
    fn large_ones_stay_products_and_small_ones_do_not() {
        let desk = &mut Desk::new();
        let [x, dz] = large();
        let gradient = Gradient::product(&x, &dz, desk);
        assert!(matches!(gradient, Gradient::Product { .. }));
        // 0.5 · 4 + 0.5 · 4, in the first column 0.5 · 4 - 0.5 · 3.
        let all = gradient.written(desk);
        assert_eq!((all[[7, 0]], all[[7, 1]]), (0.5, 4.0));
        let (x, dz) = (array![[1.0, 2.0]], array![[3.0]]);
        let small = Gradient::product(&x, &dz, desk);
        assert_eq!(small, Gradient::Written(array![[3.0], [6.0]]));
    }

    #[test]
    fn a_number_that_is_none_is_found_without_the_product() {
        let desk = &mut Desk::new();
        for broken in [Real::NAN, Real::INFINITY] {
            for (a, b) in [(0.5, broken), (broken, 0.5)] {
                let [mut x, mut dz] = large();
                assert!(Gradient::product(&x, &dz, desk).is_finite(desk));
                (x[[1, 5]], dz[[1, 7]]) = (a, b);
                let g = Gradient::product(&x, &dz, desk);
                assert!(!g.is_finite(desk));
            }
        }
        let written = Gradient::Written(array![[1.0, Real::NAN]]);
        assert!(!written.is_finite(desk));
    }

    #[test]
    fn where_lengths_do_not_tell_the_product_does() {
        let desk = &mut Desk::new();
        let huge = Real::MAX.sqrt();
        // Long factors whose large numbers never meet.
        let [mut x, mut dz] = large();
        (x[[0, 5]], dz[[1, 7]]) = (huge, huge);
        assert!(Gradient::product(&x, &dz, desk).is_finite(desk));
        // Where they meet, they are too much.
        x[[1, 5]] = 2.0 * huge;
        assert!(!Gradient::product(&x, &dz, desk).is_finite(desk));
    }
}
