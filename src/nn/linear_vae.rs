//! The linear variational autoencoder: probabilistic PCA.
//!
//! If encoder and decoder are straight lines and pixels have the variance
//! `σ² = 1 / (2 C)`, the best model is known. With the eigenvalues `λ` and
//! axes `u` of the data's covariance, axis by axis (Tipping & Bishop,
//! 1999; Lucas et al., 2019):
//!
//! ```text
//! decoder   x̂ = mean + Σ √(λ - σ²) u z
//! encoder   μ = √(λ - σ²) / λ  u·(x - mean)      variance σ² / λ
//! ```
//!
//! An axis is worth its price only if `λ > σ²`. All others collapse: the
//! encoder answers with the prior, and the decoder does not listen.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::blueprint::Blueprint;
use crate::nn::pca::Pca;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::variational::Variational;
use std::f64::consts::PI;

/// The variance of a pixel that the weight `C` of a squared error means.
pub fn pixel_variance(reconstruction_weight: Real) -> Real {
    1.0 / (2.0 * reconstruction_weight)
}

/// How many axes the best model with a code of `k` uses.
pub fn active(pca: &Pca, k: usize, variance: Real) -> usize {
    let longest = pca.eigenvalues.iter().take(k);
    longest.filter(|&&value| value > variance).count()
}

/// The mean `ln p(x)` of the fitted data under the best model with a code
/// of `k` and pixels of this variance.
///
/// ```text
/// -½ (D ln 2π + Σ ln λ + (D - a) ln σ² + a + rest / σ²)
/// ```
///
/// The sum is over the `a` active axes, `rest` the sum of all other `λ`.
pub fn log_likelihood(pca: &Pca, k: usize, variance: Real) -> Real {
    let (d, used) = (pca.eigenvalues.len(), active(pca, k, variance));
    let known: Real = pca.eigenvalues[..used].iter().map(|v| v.ln()).sum();
    let unknown = (d - used) as Real * variance.ln();
    let rest = used as Real + pca.residual(used) / variance;
    let constant = d as Real * (2.0 * PI).ln() as Real;
    -0.5 * (constant + known + unknown + rest)
}

/// The best model itself, with a code of `k` and the weight `C`.
pub fn best(
    pca: &Pca,
    k: usize,
    reconstruction_weight: Real,
) -> Variational {
    let d = pca.eigenvalues.len();
    let mut plan = Blueprint::linear(d, k);
    plan.init_scale = 0.0;
    let mut model = Variational::new(&plan, &mut rng(0, Purpose::Init));
    model.reconstruction_weight = reconstruction_weight;
    let variance = pixel_variance(reconstruction_weight);
    let encoder = &mut model.encoder.layers[0];
    let decoder = &mut model.decoder.layers[0];
    for axis in 0..active(pca, k, variance) {
        let value = pca.eigenvalues[axis];
        let length = (value - variance).sqrt();
        let u = pca.components.row(axis);
        decoder.weights.row_mut(axis).assign(&(&u * length));
        encoder.weights.column_mut(axis).assign(&(&u * (length / value)));
        encoder.bias[[0, k + axis]] = (variance / value).ln();
    }
    decoder.bias.assign(&pca.mean);
    let shift: Matrix = pca.mean.dot(&encoder.weights);
    encoder.bias -= &shift;
    model
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::model::Codec as _;
    use ndarray::array;

    /// A cross around (1, 1) with variances 2 and 0.5 (as in `pca`).
    fn cross() -> Matrix {
        array![[3.0, 1.0], [-1.0, 1.0], [1.0, 2.0], [1.0, 0.0]]
    }

    #[test]
    fn a_cross_by_hand() {
        // σ² = 1: the axis with λ = 2 is used, the one with 0.5 is not.
        let pca = Pca::fit(&cross(), 0);
        assert_eq!(pixel_variance(0.5), 1.0);
        assert_eq!(active(&pca, 2, 1.0), 1);
        let model = best(&pca, 2, 0.5);
        // √(2 - 1) / 2 · 2 = 1 for the tip of the long arm, variance ½.
        let statistics = model.statistics(&array![[3.0, 2.0]]);
        let half: Real = 0.5;
        let expected = array![[1.0, 0.0, half.ln(), 0.0]];
        let gap = (statistics - expected).mapv(Real::abs).sum();
        assert!(gap < 1e-5, "{gap}");
        // And back: 1 + √(2 - 1) · 1 = 2, half way to the mean.
        let back = model.reconstruct(&array![[3.0, 1.0]]);
        let gap = (back - array![[2.0, 1.0]]).mapv(Real::abs).sum();
        assert!(gap < 1e-5, "{gap}");
        // -½ (2 ln 2π + ln 2 + 0 + 1 + 0.5) = -½ (3.676 + 0.693 + 1.5)
        let known = log_likelihood(&pca, 2, 1.0);
        assert!((known + 2.934).abs() < 1e-3, "{known}");
    }
}
