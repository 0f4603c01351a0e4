//! The likelihood: how surprised a variational autoencoder is by a picture.
//!
//! ```text
//! p(x) = ∫ p(x | z) p(z) dz
//! ```
//!
//! Nobody can add up all `z`. But draws from the encoder show where to
//! look, and each gets a weight for how much too often it is drawn:
//!
//! ```text
//! w = p(x | z) p(z) / q(z | x)        mean of w = p(x)
//! ln (mean of k weights)  ≤  ln p(x),  on average
//! ```
//!
//! With `k = 1` this is what training makes large; with more it comes
//! closer (Burda et al., 2016). For two dimensions a grid does it, too.
//! With cross-entropy `C` is taken as 1 here.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::loss::Loss;
use crate::nn::noise::normal;
use crate::nn::random::Rng;
use crate::nn::reparametrization::draw;
use crate::nn::variational::Variational;
use std::f64::consts::PI;

impl Variational {
    /// `ln w` of `k` draws for each of `x` `[examples, pixels]`:
    /// `[examples, k]`.
    ///
    /// With `z = μ + σ ε`, `ln p(z) - ln q(z | x)` is the sum over
    /// dimensions of `½ (ε² - z²) + ln σ`.
    pub fn log_weights(
        &self,
        x: &Matrix,
        k: usize,
        rng: &mut Rng,
    ) -> Matrix {
        let (statistics, mut desk) = (self.statistics(x), Desk::new());
        let dimensions = self.dimensions();
        let mut weights = Matrix::zeros((x.nrows(), k));
        for i in 0..k {
            let noise = normal(x.nrows(), dimensions, rng);
            let z = draw(&statistics, &noise, &mut desk);
            let fit = self.log_likelihood(x, &z);
            for n in 0..x.nrows() {
                let mut sum = fit[n];
                for d in 0..dimensions {
                    let (e, z) = (noise[[n, d]], z[[n, d]]);
                    let log_deviation =
                        0.5 * statistics[[n, dimensions + d]];
                    sum += 0.5 * (e * e - z * z) + log_deviation;
                }
                weights[[n, i]] = sum;
            }
        }
        weights
    }

    /// `ln p(x | z)` of each row: `x` `[n, pixels]`, `z` `[n, k]`.
    pub fn log_likelihood(&self, x: &Matrix, z: &Matrix) -> Vec<Real> {
        let output = self.decoder.forward(z, &mut Desk::new());
        let (c, constant) = match self.loss {
            Loss::CrossEntropy => (1.0, 0.0),
            Loss::SquaredError => {
                let c = self.reconstruction_weight;
                let one = 0.5 * (c as f64 / PI).ln();
                (c, x.ncols() as Real * one as Real)
            }
        };
        let rows = output.rows().into_iter().zip(x.rows());
        let cost = rows.map(|(y, x)| {
            let pixels = y.iter().zip(x).map(|(&y, &x)| self.loss.of(y, x));
            pixels.sum::<Real>()
        });
        cost.map(|cost| constant - c * cost).collect()
    }

    /// `ln p(x)` of one example `[1, pixels]` with a code of 2 dimensions:
    /// the sum over a grid of `side × side` points from -5 to 5.
    pub fn grid_likelihood(&self, x: &Matrix, side: usize) -> Real {
        let k = self.dimensions();
        assert!(k == 2 && x.nrows() == 1, "a grid for 1 code of {k}");
        let step = 10.0 / (side - 1) as Real;
        let place = |i: usize| -5.0 + step * i as Real;
        let grid = Matrix::from_shape_fn((side * side, 2), |(i, axis)| {
            place(if axis == 0 { i / side } else { i % side })
        });
        let copies = Matrix::from_shape_fn(
            (side * side, x.ncols()),
            |(_, pixel)| x[[0, pixel]],
        );
        let mut logs = self.log_likelihood(&copies, &grid);
        for (log, z) in logs.iter_mut().zip(grid.rows()) {
            *log -= 0.5 * z.dot(&z) + (2.0 * PI).ln() as Real;
        }
        log_sum(&logs) + 2.0 * step.ln()
    }
}

/// `ln (mean of w)` of each row of `ln w`, `[examples, k]`: the bound with
/// `k` draws.
pub fn importance_bound(log_weights: &Matrix) -> Vec<Real> {
    let k = log_weights.ncols() as Real;
    let rows = log_weights.rows().into_iter();
    rows.map(|row| log_sum(&row.to_vec()) - k.ln()).collect()
}

/// `ln Σ exp(v)`, without overflow: the largest is taken out first.
pub fn log_sum(logs: &[Real]) -> Real {
    let largest = logs.iter().copied().fold(Real::NEG_INFINITY, Real::max);
    let rest: Real = logs.iter().map(|v| (v - largest).exp()).sum();
    largest + rest.ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn a_mean_of_large_weights_by_hand() {
        // Weights e¹⁰⁰⁰ and 3 e¹⁰⁰⁰: their mean is 2 e¹⁰⁰⁰.
        let three: Real = 3.0;
        let bound =
            importance_bound(&array![[1000.0, 1000.0 + three.ln()]]);
        let two: Real = 2.0;
        assert!((bound[0] - (1000.0 + two.ln())).abs() < 1e-4);
    }

    #[test]
    fn a_decoder_that_ignores_its_code_knows_its_likelihood() {
        // x̂ = 0.5 whatever z: ln p(x) = ½ ln (C/π) - C (0.5)², C = π.
        let mut plan = Blueprint::linear(1, 2);
        plan.init_scale = 0.0;
        let mut model = Variational::new(&plan, &mut rng(1, Purpose::Init));
        model.decoder.layers[0].bias[[0, 0]] = 0.5;
        model.reconstruction_weight = PI as Real;
        let x = array![[1.0]];
        let expected = -0.25 * PI as Real;
        assert!((model.grid_likelihood(&x, 101) - expected).abs() < 1e-4);
        // The encoder says N(0, 1), which is right: all weights are equal.
        let mut rng = rng(1, Purpose::Noise);
        let weights = model.log_weights(&x, 4, &mut rng);
        assert!(weights.iter().all(|w| (w - expected).abs() < 1e-5));
    }
}
