//! How good is it: errors in the units of the papers, and neighbors.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::model::Codec;
use ndarray::ArrayView1;
use ndarray::s;

/// Examples looked at together.
const CHUNK: usize = 500;

/// Keeps the logarithm of a reconstruction finite.
const EDGE: f64 = 1e-7;

/// Squared error, summed over pixels, mean over images.
pub fn squared_error(codec: &dyn Codec, x: &Matrix) -> f64 {
    per_image(codec, x, |y, x| (y - x) * (y - x))
}

/// Cross-entropy of grey pixels in nats, summed over pixels, mean over
/// images.
pub fn cross_entropy(codec: &dyn Codec, x: &Matrix) -> f64 {
    per_image(codec, x, |y, x| {
        let y = y.clamp(EDGE, 1.0 - EDGE);
        -x * y.ln() - (1.0 - x) * (1.0 - y).ln()
    })
}

/// The mean over images of a sum over pixels.
pub fn per_image(
    codec: &dyn Codec,
    x: &Matrix,
    of: impl Fn(f64, f64) -> f64,
) -> f64 {
    let mut sum = 0.0;
    for start in (0..x.nrows()).step_by(CHUNK) {
        let end = x.nrows().min(start + CHUNK);
        let part = x.slice(s![start..end, ..]).to_owned();
        sum += sum_of(&codec.reconstruct(&part), &part, &of);
    }
    sum / x.nrows().max(1) as f64
}

/// The mean over images of a sum over pixels, of reconstructions that are
/// there already.
pub fn between(y: &Matrix, x: &Matrix, of: fn(f64, f64) -> f64) -> f64 {
    sum_of(y, x, &of) / x.nrows().max(1) as f64
}

fn sum_of(y: &Matrix, x: &Matrix, of: &impl Fn(f64, f64) -> f64) -> f64 {
    let pairs = y.iter().zip(x);
    pairs.map(|(&y, &x)| of(f64::from(y), f64::from(x))).sum()
}

/// The error of a mean over `pixels` in the other unit, and back.
pub fn mean_per_pixel(sum: f64, x: &Matrix) -> f64 {
    sum / x.ncols().max(1) as f64
}

/// The lowest cross-entropy there can be: the entropy of the grey, in
/// nats per image.
pub fn grey_floor(x: &Matrix) -> f64 {
    let part = |p: f64| if p > 0.0 { -p * p.ln() } else { 0.0 };
    let floor = |&p: &Real| part(f64::from(p)) + part(1.0 - f64::from(p));
    x.iter().map(floor).sum::<f64>() / x.nrows().max(1) as f64
}

/// Percent of the test examples whose `k` nearest training examples have
/// mostly their own label; of two labels equally often seen, the one of
/// the nearer examples wins.
pub fn neighbors(
    train: (&Matrix, &[u8]),
    test: (&Matrix, &[u8]),
    k: usize,
) -> f64 {
    let rows = test.0.rows().into_iter().zip(test.1);
    let right =
        rows.filter(|(x, label)| vote(train, *x, k) == Some(**label));
    100.0 * right.count() as f64 / test.1.len().max(1) as f64
}

/// The label of the majority among the `k` nearest.
fn vote(
    (examples, labels): (&Matrix, &[u8]),
    x: ArrayView1<Real>,
    k: usize,
) -> Option<u8> {
    let square = |row: ArrayView1<Real>| {
        let gaps = row.iter().zip(x).map(|(a, b)| (a - b) * (a - b));
        gaps.sum::<Real>()
    };
    let mut near: Vec<(Real, u8)> = Vec::new();
    for (row, &label) in examples.rows().into_iter().zip(labels) {
        let far = square(row);
        let place = near.partition_point(|(other, _)| *other <= far);
        if place < k {
            near.insert(place, (far, label));
            near.truncate(k);
        }
    }
    let votes = |label| near.iter().filter(|(_, l)| *l == label).count();
    // The first of the best is the nearest of them.
    let mut best = None;
    for &(_, label) in &near {
        if best.is_none_or(|(_, most)| votes(label) > most) {
            best = Some((label, votes(label)));
        }
    }
    best.map(|(label, _)| label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    struct Half;

    impl Codec for Half {
        fn encode(&self, x: &Matrix) -> Matrix {
            x.clone()
        }

        fn decode(&self, code: &Matrix) -> Matrix {
            code * 0.5
        }
    }

    #[test]
    fn errors_are_sums_over_pixels_and_means_over_images() {
        // Halved: errors 0.5, 0, 0, 0.5 in two images of two pixels.
        let x = array![[1.0, 0.0], [0.0, 1.0]];
        assert_eq!(squared_error(&Half, &x), 0.25);
        // One undecided pixel per image costs ln 2; the other almost 0.
        let nats = cross_entropy(&Half, &x);
        assert!((nats - 2.0_f64.ln()).abs() < 1e-6, "{nats}");
        assert_eq!(mean_per_pixel(0.25, &x), 0.125);
        assert_eq!(grey_floor(&x), 0.0);
        let grey = grey_floor(&array![[0.5, 0.5]]);
        assert!((grey - 2.0 * 2.0_f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn the_majority_wins_and_a_tie_goes_to_the_nearest() {
        let train = array![[0.0], [1.0], [1.1], [5.0]];
        let labels = [7, 8, 8, 7];
        let at = |x: Real, k| vote((&train, &labels), array![x].view(), k);
        assert_eq!(at(0.1, 1), Some(7));
        assert_eq!(at(0.1, 3), Some(8));
        assert_eq!(at(0.1, 4), Some(7));
        let share = neighbors(
            (&train, &labels),
            (&array![[0.1], [9.0]], &[7, 8]),
            1,
        );
        assert_eq!(share, 50.0);
    }
}
