//! How good is it: errors in the units of the papers.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::class_loss::accuracy;
use crate::nn::model::Codec;
use crate::nn::softmax::SoftmaxPlan;
use ndarray::s;

/// Examples looked at together.
const CHUNK: usize = 500;

/// How a softmax is fitted in all rows: the tutorial's price of weights, on
/// inputs as they are.
pub const SOFTMAX: SoftmaxPlan =
    SoftmaxPlan { weight_decay: 1e-4, steps: 500, flat: 1e-5 };

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

/// Percent of the predictions that are right.
pub fn percent_right(predicted: &[u8], labels: &[u8]) -> f64 {
    100.0 * f64::from(accuracy(predicted, labels))
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
}
