//! The gradient check: trust your calculus, but measure.
//!
//! The derivative is the slope of the loss, and a slope can be measured by
//! a small step `ε` to either side:
//!
//! ```text
//! dL/dw ≈ (L(w + ε) - L(w - ε)) / 2ε
//! ```
//!
//! Backpropagation is right if both agree. The ratio below says how well:
//! below 1e-9 with 64-bit numbers, around 1e-4 with 32-bit numbers, and
//! near 1 if a formula is wrong.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::model::Model;
use crate::nn::random::Rng;

/// How well numeric and analytic gradients agree.
#[derive(Debug, Clone, PartialEq)]
pub struct GradientCheck {
    /// `|numeric - analytic| / |numeric + analytic|`, over all entries.
    pub ratio: Real,
    /// The entry where they differ most.
    pub worst: Entry,
    /// The measured gradients, one per parameter.
    pub numeric: Vec<Matrix>,
    /// The calculated gradients, one per parameter.
    pub analytic: Vec<Matrix>,
}

/// One entry of one parameter, with both its derivatives.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Entry {
    /// Which parameter, counted from 0.
    pub parameter: usize,
    /// Row and column of the entry.
    pub place: (usize, usize),
    /// What the small steps measured.
    pub numeric: Real,
    /// What backpropagation calculated.
    pub analytic: Real,
}

impl GradientCheck {
    /// Compares two lists of gradients of the same shapes.
    pub fn compare(
        numeric: Vec<Matrix>,
        analytic: Vec<Matrix>,
    ) -> GradientCheck {
        let (mut minus, mut plus) = (0.0, 0.0);
        let (mut worst, mut largest) = (Entry::default(), 0.0);
        for (parameter, matrix) in numeric.iter().enumerate() {
            for (place, &numeric) in matrix.indexed_iter() {
                let analytic = analytic[parameter][place];
                let gap: Real = (numeric - analytic).abs();
                minus += gap * gap;
                plus += (numeric + analytic) * (numeric + analytic);
                if gap >= largest {
                    largest = gap;
                    worst = Entry { parameter, place, numeric, analytic };
                }
            }
        }
        let equal = minus == 0.0;
        let ratio = if equal { 0.0 } else { (minus / plus).sqrt() };
        GradientCheck { ratio, worst, numeric, analytic }
    }
}

/// Measures every derivative of the model's loss on one batch, and
/// compares it with [`Model::gradients`]. Leaves the model as it was.
///
/// If the model is noisy, every look uses the same draws of `rng`.
pub fn check(
    model: &mut dyn Model,
    batch: &Matrix,
    step: Real,
    rng: &Rng,
) -> GradientCheck {
    let desk = &mut Desk::new();
    let (_, analytic) = model.gradients(batch, &mut rng.clone(), desk);
    let mut numeric = Vec::new();
    for (p, gradient) in analytic.iter().enumerate() {
        let mut slopes = Matrix::zeros(gradient.dim());
        for (place, slope) in slopes.indexed_iter_mut() {
            let middle = model.parameters()[p][place];
            let mut loss_at = |w: Real| {
                model.parameters_mut()[p][place] = w;
                let looked = model.gradients(batch, &mut rng.clone(), desk);
                desk.put_back_all(looked.1);
                looked.0.total
            };
            let (high, low) = (middle + step, middle - step);
            *slope = (loss_at(high) - loss_at(low)) / (high - low);
            loss_at(middle);
        }
        numeric.push(slopes);
    }
    GradientCheck::compare(numeric, analytic.into_vec())
}

/// Measures the gradient of any function of one matrix.
pub fn numeric_gradient(
    f: &dyn Fn(&Matrix) -> Real,
    at: &Matrix,
    step: Real,
) -> Matrix {
    let mut slopes = Matrix::zeros(at.dim());
    for (place, slope) in slopes.indexed_iter_mut() {
        let (mut high, mut low) = (at.clone(), at.clone());
        high[place] += step;
        low[place] -= step;
        *slope = (f(&high) - f(&low)) / (high[place] - low[place]);
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn a_function_whose_gradient_is_known() {
        // f = a² + 3ab has slopes 2a + 3b = 38 and 3a = 12 at (4, 10).
        let f = |x: &Matrix| {
            x[[0, 0]] * x[[0, 0]] + 3.0 * x[[0, 0]] * x[[0, 1]]
        };
        let slopes = numeric_gradient(&f, &array![[4.0, 10.0]], 0.5);
        assert_eq!(slopes, array![[38.0, 12.0]]);
    }

    #[test]
    fn a_wrong_formula_is_found_out() {
        let right = vec![array![[1.0, 2.0]]];
        let wrong = vec![array![[1.0, -2.0]]];
        let check = GradientCheck::compare(right.clone(), wrong);
        // |(0, 4)| / |(2, 0)| = 2
        assert_eq!(check.ratio, 2.0);
        assert_eq!(check.worst.place, (0, 1));
        let same = GradientCheck::compare(right.clone(), right);
        assert_eq!(same.ratio, 0.0);
    }

    #[test]
    fn the_model_comes_back_unchanged() {
        let mut model =
            Blueprint::linear(3, 2).build(&mut rng(1, Purpose::Init));
        let before = model.clone();
        let x = array![[0.1, 0.5, 0.9]];
        let noise = rng(1, Purpose::Noise);
        let report = check(&mut model, &x, 0.01, &noise);
        assert_eq!(model, before);
        assert!(report.ratio < 1e-3, "{report:?}");
    }
}
