//! The score: a denoiser knows where the data are.
//!
//! The best denoiser of Gaussian noise `σ` moves every point uphill, to
//! where examples are more likely (Miyasawa, 1961; Alain & Bengio, 2014):
//!
//! ```text
//! r(x) - x = σ² d/dx ln p(x)        p: the data, blurred by the noise
//! ```
//!
//! So the arrows from damaged points to their reconstructions draw a map
//! of the data. For a few clouds the best denoiser is known exactly. All
//! points are rows.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::eigen::from_nalgebra;
use crate::nn::eigen::to_nalgebra;
use crate::nn::model::Codec;
use nalgebra::DMatrix;
use ndarray::ArrayView1;

/// The arrow `r(x) - x` at every point, `[points, features]`.
pub fn arrows(codec: &dyn Codec, points: &Matrix) -> Matrix {
    codec.reconstruct(points) - points
}

/// The best linear denoiser of centered data with a covariance
/// `[features, features]`: `r(x) = x · A`.
///
/// ```text
/// A = Σ (Σ + σ² I)⁻¹
/// ```
///
/// For Gaussian data no other denoiser is better. Along an axis with
/// variance `λ` it shrinks by `λ / (λ + σ²)`.
pub fn linear(covariance: &Matrix, sigma: Real) -> Matrix {
    assert!(sigma > 0.0, "without noise there is nothing to undo");
    let spread = to_nalgebra(covariance);
    let n = spread.nrows();
    let noise = DMatrix::identity(n, n) * (sigma as f64).powi(2);
    // A covariance and noise add up to a matrix that can be solved.
    match (&spread + noise).cholesky() {
        Some(both) => from_nalgebra(&both.solve(&spread).transpose()),
        None => Matrix::eye(n),
    }
}

/// The best denoiser of clouds of equal weight, each normal with deviation
/// `spread` around one of `centers` `[clouds, features]`.
///
/// Each cloud pulls as strongly as it is likely to be where the point came
/// from.
pub fn clouds(
    points: &Matrix,
    centers: &Matrix,
    spread: Real,
    sigma: Real,
) -> Matrix {
    let blurred = spread * spread + sigma * sigma;
    let keep = spread * spread / blurred;
    let mut best = Matrix::zeros(points.dim());
    for (point, mut best) in points.rows().into_iter().zip(best.rows_mut())
    {
        let log = |center: ArrayView1<Real>| {
            let gap = &point - &center;
            -gap.dot(&gap) / (2.0 * blurred)
        };
        let logs: Vec<Real> = centers.rows().into_iter().map(log).collect();
        let most = logs.iter().copied().fold(Real::NEG_INFINITY, Real::max);
        let total = logs.iter().map(|l| (l - most).exp()).sum::<Real>();
        for (center, log) in centers.rows().into_iter().zip(&logs) {
            let share = (log - most).exp() / total;
            best.scaled_add(share * (1.0 - keep), &center);
        }
        best.scaled_add(keep, &point);
    }
    best
}

/// The best denoiser of points spread evenly on a circle around 0.
///
/// ```text
/// r(x) = R I₁(t) / I₀(t) x/|x|,      t = R |x| / σ²
/// ```
pub fn circle(points: &Matrix, radius: Real, sigma: Real) -> Matrix {
    let mut best = points.clone();
    for mut row in best.rows_mut() {
        let length = row.dot(&row).sqrt();
        let pull = mean_cosine(radius * length / (sigma * sigma));
        // At the very center all sides pull alike.
        row *= if length > 0.0 { radius * pull / length } else { 0.0 };
    }
    best
}

/// `I₁(t) / I₀(t)`, the ratio of two Bessel functions: the mean of `cos θ`
/// around the circle, weighted by `exp(t cos θ)`.
fn mean_cosine(t: Real) -> Real {
    const PARTS: u32 = 2048;
    let (mut sum, mut weights) = (0.0, 0.0);
    for part in 0..PARTS {
        let angle = std::f64::consts::TAU * part as f64 / PARTS as f64;
        let weight = (t as f64 * (angle.cos() - 1.0)).exp();
        sum += weight * angle.cos();
        weights += weight;
    }
    (sum / weights) as Real
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn two_axes_by_hand() {
        // Variances 3 and 1 under noise of variance 1: ¾ and ½ remain.
        let best = linear(&array![[3.0, 0.0], [0.0, 1.0]], 1.0);
        let gap = best - array![[0.75, 0.0], [0.0, 0.5]];
        assert!(gap.iter().all(|d| d.abs() < 1e-6), "{gap}");
    }

    #[test]
    fn two_clouds_by_hand() {
        // In the middle both pull alike; far out only the near one does,
        // and with equal spread and noise half of the way remains.
        let centers = array![[-1.0, 0.0], [1.0, 0.0]];
        let points = array![[0.0, 2.0], [41.0, 0.0]];
        let best = clouds(&points, &centers, 1.0, 1.0);
        assert_eq!(best, array![[0.0, 1.0], [21.0, 0.0]]);
    }

    #[test]
    fn the_circle_pulls_as_published() {
        let lengths =
            array![[0.25, 0.0], [0.0, 0.5], [-1.0, 0.0], [1.5, 0.0]];
        let known = [
            (0.3, [0.7921, 0.9048, 0.9539, 0.9695]),
            (0.5, [0.4464, 0.6978, 0.8635, 0.9124]),
        ];
        for (sigma, expected) in known {
            let best = circle(&lengths, 1.0, sigma);
            for (row, expected) in best.rows().into_iter().zip(expected) {
                let gap = row.dot(&row).sqrt() - expected;
                assert!(gap.abs() < 1e-4, "{sigma}: {row} or {expected}");
            }
            // Outwards stays outwards, left stays left.
            assert!(best[[2, 0]] < 0.0 && best[[1, 1]] > 0.0);
        }
        let center = circle(&array![[0.0, 0.0]], 1.0, 0.3);
        assert_eq!(center, array![[0.0, 0.0]]);
    }
}
