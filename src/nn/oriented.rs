//! Oriented filters: is it a stroke, a blob or noise?
//!
//! Where a filter changes, its gradient points across the edge. If all its
//! gradients point the same way, the filter is an edge or a stroke. The
//! *structure tensor* adds them up so that opposite directions agree
//! (Bigün & Granlund, 1987):
//!
//! ```text
//! J = Σ over pixels [gx², gx gy; gx gy, gy²]
//! coherence = (λ₁ - λ₂) / (λ₁ + λ₂)      0: all directions, 1: only one
//! ```
//!
//! How *large* a filter is says the participation ratio: `n` equal weights
//! and zeros elsewhere give `n`.
//!
//! ```text
//! size = (Σ w²)² / Σ w⁴
//! ```

use crate::Real;
use crate::nn::Matrix;
use ndarray::ArrayView1;

/// A filter with a larger coherence counts as oriented.
pub const ORIENTED: Real = 0.5;

/// What a filter looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Orientation {
    /// How much its gradients agree, 0 to 1.
    pub coherence: Real,
    /// The direction across its edges, in radians from 0 to π: 0 for a
    /// change from left to right, π/2 from top to bottom.
    pub angle: Real,
}

/// The orientation of a filter of `height` rows of `width` pixels.
pub fn orientation(
    filter: ArrayView1<Real>,
    width: usize,
    height: usize,
) -> Orientation {
    let n = filter.len();
    assert!(n == width * height, "{n} pixels are not {width} x {height}");
    let (mut across, mut down, mut mixed) = (0.0, 0.0, 0.0);
    for y in 1..height.max(2) - 1 {
        for x in 1..width.max(2) - 1 {
            let at = |x: usize, y: usize| filter[y * width + x];
            let gx = at(x + 1, y) - at(x - 1, y);
            let gy = at(x, y + 1) - at(x, y - 1);
            across += gx * gx;
            down += gy * gy;
            mixed += gx * gy;
        }
    }
    let apart = (across - down).hypot(2.0 * mixed);
    let all = across + down;
    let coherence = if all > 0.0 { apart / all } else { 0.0 };
    let double: Real = (2.0 * mixed).atan2(across - down);
    let turn = Real::from(2_u8) * std::f64::consts::PI as Real;
    Orientation { coherence, angle: double.rem_euclid(turn) / 2.0 }
}

/// The share of filters that are oriented. Filters are the *columns* of
/// an encoder's first weights `[pixels, units]`.
pub fn oriented_share(
    weights: &Matrix,
    width: usize,
    height: usize,
) -> Real {
    let filters = weights.columns().into_iter();
    let oriented = filters.filter(|filter| {
        orientation(*filter, width, height).coherence > ORIENTED
    });
    oriented.count() as Real / weights.ncols().max(1) as Real
}

/// How many pixels a filter uses: `(Σ w²)² / Σ w⁴`; 0 if all are 0.
pub fn participation(filter: ArrayView1<Real>) -> Real {
    let squares = filter.mapv(|w| w * w);
    let fourth = squares.dot(&squares);
    if fourth > 0.0 { squares.sum().powi(2) / fourth } else { 0.0 }
}

/// The mean size of all filters, the columns of `weights`.
pub fn mean_participation(weights: &Matrix) -> Real {
    let filters = weights.columns().into_iter();
    let sum: Real = filters.map(participation).sum();
    sum / weights.ncols().max(1) as Real
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::noise::normal;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::Array1;
    use ndarray::array;

    const PI: Real = std::f64::consts::PI as Real;

    /// 8 x 8 pixels of a function of the place.
    fn filter(f: impl Fn(Real, Real) -> Real) -> Array1<Real> {
        let at = |i: usize| f((i % 8) as Real - 3.5, (i / 8) as Real - 3.5);
        Array1::from_shape_fn(64, at)
    }

    #[test]
    fn waves_have_the_direction_they_are_made_with() {
        for degrees in [0.0, 30.0, 90.0, 135.0] {
            let angle = degrees / 180.0 * PI;
            let wave = filter(|x, y| {
                (0.7 * (x * angle.cos() + y * angle.sin())).sin()
            });
            let found = orientation(wave.view(), 8, 8);
            assert!(found.coherence > 0.95, "{degrees}: {found:?}");
            let gap = (found.angle - angle).abs();
            assert!(gap.min(PI - gap) < 0.05, "{degrees}: {found:?}");
        }
    }

    #[test]
    fn blobs_and_noise_have_no_direction() {
        let blob = filter(|x, y| (-(x * x + y * y) / 8.0).exp());
        assert!(orientation(blob.view(), 8, 8).coherence < 1e-3);
        let flat = Array1::ones(64);
        assert_eq!(orientation(flat.view(), 8, 8).coherence, 0.0);
        let noise = normal(64, 200, &mut rng(1, Purpose::Look));
        assert!(oriented_share(&noise, 8, 8) < 0.05);
    }

    #[test]
    fn a_filter_is_as_large_as_the_pixels_it_uses() {
        let four = array![0.0, 2.0, -2.0, 2.0, 2.0, 0.0];
        assert_eq!(participation(four.view()), 4.0);
        assert_eq!(participation(array![0.0, 0.0].view()), 0.0);
        let weights = array![[1.0, 1.0], [0.0, 1.0]];
        assert_eq!(mean_participation(&weights), 1.5);
    }

    #[test]
    fn filters_too_small_for_a_gradient_are_not_oriented() {
        let tiny = array![1.0, 2.0];
        assert_eq!(orientation(tiny.view(), 2, 1).coherence, 0.0);
    }
}
