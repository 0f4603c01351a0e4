//! Anomalies: what an autoencoder cannot restore, it has not seen before.
//!
//! Train on normal examples only. Then a large error means that an example
//! is unlike them, and a line has to be drawn somewhere:
//!
//! ```text
//! error e = mean |x - x̂|           an anomaly if e > threshold
//! threshold = mean e + z · std e   over the normal training examples
//! ```
//!
//! If errors were normally distributed, z = 1 would flag 15.9 % of the
//! normal examples, and z = 2 would flag 2.3 %. Errors rarely are; a
//! percentile of the training errors does not need to assume it.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::loss::assert_same_shape;
use ndarray::Zip;

/// How the errors of the pixels become one number per example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Mean `|x - x̂|`, as in the tutorial on heartbeats.
    Absolute,
    /// Mean `(x - x̂)²`.
    Squared,
}

/// The error of every example; both matrices are `[examples, features]`.
pub fn errors(
    measure: Measure,
    x: &Matrix,
    reconstruction: &Matrix,
) -> Vec<Real> {
    assert_same_shape(reconstruction, x);
    let mut errors = Vec::with_capacity(x.nrows());
    let pairs = x.rows().into_iter().zip(reconstruction.rows());
    for (x, y) in pairs {
        let sum = Zip::from(x).and(y).fold(0.0, |sum: Real, x, y| {
            let gap = (x - y).abs();
            sum + match measure {
                Measure::Absolute => gap,
                Measure::Squared => gap * gap,
            }
        });
        errors.push(sum / x.len().max(1) as Real);
    }
    errors
}

/// Where the line between normal and anomalous is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Threshold {
    /// So many standard deviations above the mean error.
    Deviations(Real),
    /// Above this share of the errors, in percent.
    Percentile(Real),
}

impl Threshold {
    /// The threshold for the errors of normal examples; at least one.
    pub fn of(self, errors: &[Real]) -> Real {
        match self {
            Threshold::Deviations(z) => {
                let (mean, deviation) = mean_and_deviation(errors);
                mean + z * deviation
            }
            Threshold::Percentile(p) => percentile(errors, p),
        }
    }
}

/// Mean and standard deviation (divided by n, not n - 1).
pub fn mean_and_deviation(values: &[Real]) -> (Real, Real) {
    let n = values.len().max(1) as Real;
    let mean = values.iter().sum::<Real>() / n;
    let squares = values.iter().map(|v| (v - mean) * (v - mean));
    (mean, (squares.sum::<Real>() / n).sqrt())
}

/// The value below which `p` percent of the values lie, on a straight line
/// between the two values around it; the extremes for 0 and 100. Needs at
/// least one value.
pub fn percentile(values: &[Real], p: Real) -> Real {
    assert!(!values.is_empty(), "no percentile without values");
    let mut sorted = values.to_vec();
    sorted.sort_by(Real::total_cmp);
    let last = sorted.len() - 1;
    let place = (p / 100.0).clamp(0.0, 1.0) * last as Real;
    let below = (place as usize).min(last);
    let above = (below + 1).min(last);
    let part = place - below as Real;
    sorted[below] + part * (sorted[above] - sorted[below])
}

/// Which examples lie above the threshold.
pub fn flag(errors: &[Real], threshold: Real) -> Vec<bool> {
    errors.iter().map(|&e| e > threshold).collect()
}

/// One bar of a histogram of errors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// The error in the middle of the bar.
    pub error: Real,
    /// How many normal examples have about this error.
    pub normal: u32,
    /// How many anomalies have.
    pub anomalous: u32,
}

/// Errors counted in `count` bars of equal width, from the smallest error
/// to the largest.
pub fn histogram(
    errors: &[Real],
    anomalous: &[bool],
    count: usize,
) -> Vec<Bin> {
    let low = errors.iter().copied().fold(Real::INFINITY, Real::min);
    let high = errors.iter().copied().fold(Real::NEG_INFINITY, Real::max);
    let width = (high - low) / count as Real;
    if count == 0 || !width.is_finite() {
        return Vec::new();
    }
    let middle = |i: usize| low + (i as Real + 0.5) * width;
    let empty = |i| Bin { error: middle(i), normal: 0, anomalous: 0 };
    let mut bins: Vec<Bin> = (0..count).map(empty).collect();
    for (&error, &is_anomaly) in errors.iter().zip(anomalous) {
        let place = ((error - low) / width) as usize;
        let bin = &mut bins[place.min(count - 1)];
        match is_anomaly {
            true => bin.anomalous += 1,
            false => bin.normal += 1,
        }
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn errors_by_hand() {
        let (x, y) = (array![[1.0, 0.0]], array![[0.5, 0.5]]);
        assert_eq!(errors(Measure::Absolute, &x, &y), [0.5]);
        assert_eq!(errors(Measure::Squared, &x, &y), [0.25]);
    }

    #[test]
    fn a_threshold_by_hand() {
        // Mean 0.014, deviation √(56 / 4) · 0.001 = 0.0037.
        let errors = [0.010, 0.012, 0.014, 0.020];
        let line = Threshold::Deviations(1.0).of(&errors);
        assert!((line - 0.0177).abs() < 5e-5, "{line}");
        assert_eq!(flag(&errors, line), [false, false, false, true]);
        // Half-way between the two in the middle.
        let median = Threshold::Percentile(50.0).of(&errors);
        assert!((median - 0.013).abs() < 1e-6);
        assert_eq!(Threshold::Percentile(100.0).of(&errors), 0.020);
    }

    #[test]
    fn bars_hold_all_errors() {
        let errors = [0.0, 0.9, 1.0, 2.0];
        let bins = histogram(&errors, &[false, false, true, true], 2);
        let counts = bins.iter().map(|b| (b.error, b.normal, b.anomalous));
        assert!(counts.eq([(0.5, 2, 0), (1.5, 0, 2)]));
        // All errors alike, or none at all.
        assert_eq!(histogram(&[1.0, 1.0], &[true, false], 1)[0].normal, 1);
        assert!(histogram(&[], &[], 3).is_empty());
    }
}
