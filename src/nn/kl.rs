//! The KL divergence: what it costs a code to be special.
//!
//! A variational encoder answers with a normal distribution per dimension,
//! mean `μ` and variance `σ²`. How far that is from the prior, mean 0 and
//! variance 1, has a closed form (Kingma & Welling, 2014), in nats:
//!
//! ```text
//! KL = ½ (μ² + σ² - 1 - ln σ²)
//! dKL/dμ = μ        dKL/d ln σ² = ½ (σ² - 1)
//! ```
//!
//! The encoder gives `ln σ²`, which may be any number, and its `σ²` is
//! always positive. Rows are *statistics* `[batch, 2 k]`: first the means
//! of `k` dimensions, then their log-variances.

use crate::Real;
use crate::nn::Matrix;
use ndarray::s;

/// The KL divergence of one dimension, never negative.
pub fn kl(mean: Real, log_variance: Real) -> Real {
    0.5 * (mean * mean + log_variance.exp() - 1.0 - log_variance)
}

/// Its derivatives by mean and log-variance.
pub fn slopes(mean: Real, log_variance: Real) -> [Real; 2] {
    [mean, 0.5 * (log_variance.exp() - 1.0)]
}

/// The divergence of each dimension, averaged over the batch.
pub fn per_dimension(statistics: &Matrix) -> Vec<Real> {
    let k = dimensions(statistics);
    let mut sums = vec![0.0; k];
    for row in statistics.rows() {
        let pairs = row.iter().zip(row.slice(s![k..]));
        for (sum, (&m, &v)) in sums.iter_mut().zip(pairs) {
            *sum += kl(m, v);
        }
    }
    let n = statistics.nrows().max(1) as Real;
    sums.into_iter().map(|sum| sum / n).collect()
}

/// The divergence of whole codes, averaged over the batch.
pub fn mean(statistics: &Matrix) -> Real {
    let k = dimensions(statistics);
    let mut sum = 0.0;
    for row in statistics.rows() {
        let pairs = row.iter().zip(row.slice(s![k..]));
        sum += pairs.map(|(&m, &v)| kl(m, v)).sum::<Real>();
    }
    sum / statistics.nrows().max(1) as Real
}

/// Adds `weight` times the gradient of [`mean`] to the blame for the
/// statistics, `[batch, 2 k]`.
pub fn add_gradient(statistics: &Matrix, weight: Real, blame: &mut Matrix) {
    let k = dimensions(statistics);
    let share = weight / statistics.nrows() as Real;
    let rows = statistics.rows().into_iter().zip(blame.rows_mut());
    for (row, blame) in rows {
        let (mut means, mut log_variances) =
            blame.split_at(ndarray::Axis(0), k);
        for i in 0..k {
            let [m, v] = slopes(row[i], row[k + i]);
            means[i] += share * m;
            log_variances[i] += share * v;
        }
    }
}

/// How many dimensions statistics `[batch, 2 k]` describe.
pub fn dimensions(statistics: &Matrix) -> usize {
    let columns = statistics.ncols();
    assert!(
        columns.is_multiple_of(2),
        "{columns} columns are not in pairs"
    );
    columns / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn three_dimensions_by_hand() {
        // N(0, 1) costs nothing; N(2, 1): ½ 2² = 2; N(1, 0.5²):
        // ½ (1 + 0.25 - 1 - ln 0.25) = ½ (0.25 + 1.386) = 0.818.
        let quarter: Real = 0.25;
        assert_eq!(kl(0.0, 0.0), 0.0);
        assert_eq!(kl(2.0, 0.0), 2.0);
        assert!((kl(1.0, quarter.ln()) - 0.818).abs() < 1e-3);
        assert_eq!(slopes(2.0, 0.0), [2.0, 0.0]);
        assert!((slopes(0.0, quarter.ln())[1] + 0.375).abs() < 1e-6);
    }

    #[test]
    fn batches_are_averaged_and_dimensions_added() {
        // Two codes of two dimensions; only the means differ from 0.
        let statistics = array![[2.0, 0.0, 0.0, 0.0], [0.0, 4.0, 0.0, 0.0]];
        assert_eq!(per_dimension(&statistics), [1.0, 4.0]);
        assert_eq!(mean(&statistics), 5.0);
        let mut blame = Matrix::ones((2, 4));
        add_gradient(&statistics, 3.0, &mut blame);
        let expected = array![[4.0, 1.0, 1.0, 1.0], [1.0, 7.0, 1.0, 1.0]];
        assert_eq!(blame, expected);
    }
}
