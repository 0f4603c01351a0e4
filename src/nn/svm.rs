//! The linear support vector machine: the widest street between classes.
//!
//! For every class a line `f(x) = w · x + b` that should be above 1 for the
//! class (`y = 1`) and below -1 for all the others (`y = -1`):
//!
//! ```text
//! minimize  ½ (|w|² + b²) + C Σ max(0, 1 - y f(x))²
//! ```
//!
//! Only examples in the street, or on its wrong side, push: `w` is their
//! weighted sum `Σ α y x` with `α ≥ 0`. *Dual coordinate descent* (Hsieh et
//! al., 2008) visits one example after the other and sets its `α` to the
//! best value while all others stay, which is one division:
//!
//! ```text
//! α ← max(0, α - (y f(x) - 1 + α/2C) / (|x|² + 1 + 1/2C))
//! ```

use crate::Real;
use crate::nn::Matrix;
use crate::nn::class_loss::most_likely;
use crate::nn::dense::weighted_sums;
use crate::nn::desk::Desk;
use crate::nn::random::Rng;
use ndarray::Axis;
use rand::seq::SliceRandom as _;

/// How an [`Svm`] is fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SvmPlan {
    /// The price `C` of being in the street; large: a narrow street.
    pub price: Real,
    /// Visits of every example at most.
    pub rounds: usize,
    /// Stops when no `α` of a round wanted to go further than this.
    pub tolerance: Real,
}

/// Good for inputs of about unit variance, as a probe makes them: chosen on
/// labels of training sets, one half against the other. There prices from
/// 0.01 to 1 differ by half a point.
impl Default for SvmPlan {
    fn default() -> SvmPlan {
        SvmPlan { price: 0.01, rounds: 200, tolerance: 1e-2 }
    }
}

/// One line per class.
#[derive(Debug, Clone, PartialEq)]
pub struct Svm {
    /// `[features, classes]`: one column per line.
    pub weights: Matrix,
    /// `[1, classes]`
    pub bias: Matrix,
}

impl Svm {
    /// Fits one line per class, each against all other classes, to
    /// examples `[examples, features]`. `rng` only decides in which order
    /// examples are visited.
    pub fn fit(
        x: &Matrix,
        labels: &[u8],
        classes: usize,
        plan: &SvmPlan,
        rng: &mut Rng,
    ) -> Svm {
        let (n, m) = (x.nrows(), labels.len());
        assert!(n == m, "{n} examples but {m} labels");
        let mut weights = Matrix::zeros((x.ncols(), classes));
        let mut bias = Matrix::zeros((1, classes));
        for class in 0..classes {
            let of_class = |&l: &u8| usize::from(l) == class;
            let sides = labels.iter().map(of_class);
            let sides = sides.map(|yes| if yes { 1.0 } else { -1.0 });
            let (w, b) = street(x, &sides.collect::<Vec<_>>(), plan, rng);
            weights.column_mut(class).assign(&w);
            bias[[0, class]] = b;
        }
        Svm { weights, bias }
    }

    /// How far on its side an example is, for every class:
    /// `[examples, classes]`.
    pub fn scores(&self, x: &Matrix) -> Matrix {
        let desk = &mut Desk::new();
        weighted_sums(x, self.weights.view(), &self.bias, desk)
    }

    /// The class whose line puts the example furthest on its side.
    pub fn predict(&self, x: &Matrix) -> Vec<u8> {
        most_likely(&self.scores(x))
    }

    /// What training makes small, added up over all classes.
    pub fn objective(&self, x: &Matrix, labels: &[u8], c: Real) -> Real {
        let mut sum = 0.0;
        for (f, &label) in self.scores(x).rows().into_iter().zip(labels) {
            for (class, &f) in f.iter().enumerate() {
                let own = class == usize::from(label);
                let y = if own { 1.0 } else { -1.0 };
                sum += c * (1.0 - y * f).max(0.0).powi(2);
            }
        }
        let squares = self.weights.iter().chain(&self.bias);
        sum + 0.5 * squares.map(|w| w * w).sum::<Real>()
    }
}

/// One line: `w` and `b` for sides `y` of 1 and -1.
fn street(
    x: &Matrix,
    y: &[Real],
    plan: &SvmPlan,
    rng: &mut Rng,
) -> (ndarray::Array1<Real>, Real) {
    let soft = 0.5 / plan.price;
    let lengths = x.map_axis(Axis(1), |row| row.dot(&row) + 1.0 + soft);
    let mut alpha: Vec<Real> = vec![0.0; y.len()];
    let mut w = ndarray::Array1::zeros(x.ncols());
    let mut b = 0.0;
    let mut order: Vec<usize> = (0..y.len()).collect();
    for _ in 0..plan.rounds {
        order.shuffle(rng);
        let mut furthest: Real = 0.0;
        for &i in &order {
            let f = w.dot(&x.row(i)) + b;
            let slope = y[i] * f - 1.0 + soft * alpha[i];
            // An α at 0 cannot go lower.
            let wish = if alpha[i] > 0.0 { slope } else { slope.min(0.0) };
            furthest = furthest.max(wish.abs());
            let moved = (alpha[i] - slope / lengths[i]).max(0.0);
            let change = (moved - alpha[i]) * y[i];
            if change != 0.0 {
                alpha[i] = moved;
                w.scaled_add(change, &x.row(i));
                b += change;
            }
        }
        if furthest < plan.tolerance {
            break;
        }
    }
    (w, b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn two_points_by_hand() {
        // Points at 1 and -1. By symmetry b = 0, and w² / 2 + 2 (1 - w)²
        // is smallest where w = 4 (1 - w): w = 0.8.
        let x = array![[1.0], [-1.0]];
        let plan = SvmPlan { price: 1.0, rounds: 200, tolerance: 1e-6 };
        let look = &mut rng(1, Purpose::Look);
        let svm = Svm::fit(&x, &[0, 1], 2, &plan, look);
        let gap = &svm.weights - array![[0.8, -0.8]];
        assert!(gap.iter().all(|g| g.abs() < 1e-4), "{svm:?}");
        assert!(svm.bias.iter().all(|b| b.abs() < 1e-4));
        // Twice 0.8² / 2 + 2 (0.2)² = 0.4, one for each class.
        let cost = svm.objective(&x, &[0, 1], 1.0);
        assert!((cost - 0.8).abs() < 1e-5, "{cost}");
        assert_eq!(svm.predict(&x), [0, 1]);
    }

    #[test]
    fn far_examples_do_not_push() {
        let x = array![[1.0], [-1.0], [50.0]];
        let plan = SvmPlan { price: 1.0, rounds: 200, tolerance: 1e-6 };
        let fit = |rows: usize| {
            let x = x.slice(ndarray::s![..rows, ..]).to_owned();
            let look = &mut rng(1, Purpose::Look);
            Svm::fit(&x, &[0, 1, 0][..rows], 2, &plan, look)
        };
        let gap = fit(2).weights - fit(3).weights;
        assert!(gap.iter().all(|g| g.abs() < 1e-4), "{gap}");
    }
}
