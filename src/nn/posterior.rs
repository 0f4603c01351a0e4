//! The posterior: what all the codes together look like.
//!
//! The decoder will be asked about draws from the prior, so the codes of
//! the data, each a little normal distribution, should together fill it:
//!
//! ```text
//! aggregate mean   = mean of μ
//! aggregate spread = covariance of μ + mean of diag(σ²)
//! ```
//!
//! A dimension that the encoder does not use costs nothing and says
//! nothing: it is *inactive*. Both counts of active ones are in use: a KL
//! divergence above 0.01 nats, or means whose variance is above 0.01
//! (Burda et al., 2016).

use crate::Real;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::kl;
use crate::nn::model::Codec as _;
use crate::nn::noise::normal;
use crate::nn::pca::covariance;
use crate::nn::random::Rng;
use crate::nn::variational::Variational;
use ndarray::Axis;
use ndarray::s;

/// What a dimension must show to count as active.
pub const ACTIVE: Real = 0.01;

/// The encoder's answers for some data.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior {
    /// `μ`, `[examples, k]`.
    pub means: Matrix,
    /// `ln σ²`, `[examples, k]`.
    pub log_variances: Matrix,
    /// Nats per dimension, averaged over the examples.
    pub kl: Vec<Real>,
}

impl Posterior {
    /// What the encoder says about `x` `[examples, pixels]`.
    pub fn of(model: &Variational, x: &Matrix) -> Posterior {
        let (statistics, k) = (model.statistics(x), model.dimensions());
        Posterior {
            means: statistics.slice(s![.., ..k]).to_owned(),
            log_variances: statistics.slice(s![.., k..]).to_owned(),
            kl: kl::per_dimension(&statistics),
        }
    }

    /// The mean of all codes together, `[1, k]`.
    pub fn aggregate_mean(&self) -> Matrix {
        mean_row(&self.means)
    }

    /// The covariance of draws from all codes together, `[k, k]`; that of
    /// the prior is 1 on the diagonal and 0 elsewhere.
    pub fn aggregate_covariance(&self) -> Matrix {
        let mut spread = covariance(
            &self.means,
            &self.aggregate_mean(),
            &mut Desk::new(),
        );
        let variances = mean_row(&self.log_variances.mapv(Real::exp));
        for (i, variance) in variances.iter().enumerate() {
            spread[[i, i]] += variance;
        }
        spread
    }

    /// Dimensions whose divergence is above 0.01 nats.
    pub fn active_by_kl(&self) -> usize {
        self.kl.iter().filter(|&&kl| kl > ACTIVE).count()
    }

    /// Dimensions whose means have a variance above 0.01.
    pub fn active_by_variance(&self) -> usize {
        let variances = self.means.var_axis(Axis(0), 0.0);
        variances.iter().filter(|&&variance| variance > ACTIVE).count()
    }

    /// The median of all `σ`: how large a code's place usually is.
    pub fn median_deviation(&self) -> Real {
        let mut all: Vec<Real> =
            self.log_variances.iter().map(|v| (0.5 * v).exp()).collect();
        all.sort_by(Real::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or(1.0)
    }
}

impl Variational {
    /// `n` pictures that were never there, `[n, pixels]`: decoded draws
    /// from the prior. `temperature` is the draws' deviation; 1 is honest.
    pub fn samples(
        &self,
        n: usize,
        temperature: Real,
        rng: &mut Rng,
    ) -> Matrix {
        let z = normal(n, self.dimensions(), rng) * temperature;
        self.decode(&z)
    }
}

/// The mean of all rows, `[1, columns]`.
fn mean_row(rows: &Matrix) -> Matrix {
    let n = rows.nrows().max(1) as Real;
    (rows.sum_axis(Axis(0)) / n).insert_axis(Axis(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn two_codes_by_hand() {
        // Dimension 0: means -1 and 3, variance 1. Dimension 1: means 0,
        // variance 1: nobody uses it.
        let posterior = Posterior {
            means: array![[-1.0, 0.0], [3.0, 0.0]],
            log_variances: array![[0.0, 0.0], [0.0, 0.0]],
            kl: vec![2.5, 0.0],
        };
        assert_eq!(posterior.aggregate_mean(), array![[1.0, 0.0]]);
        // ((-2)² + 2²) / 2 + 1 = 5
        let spread = array![[5.0, 0.0], [0.0, 1.0]];
        assert_eq!(posterior.aggregate_covariance(), spread);
        assert_eq!(posterior.active_by_kl(), 1);
        assert_eq!(posterior.active_by_variance(), 1);
        assert_eq!(posterior.median_deviation(), 1.0);
    }

    fn model() -> Variational {
        let plan = Blueprint::linear(3, 2);
        Variational::new(&plan, &mut rng(1, Purpose::Init))
    }

    #[test]
    fn the_means_are_the_code() {
        let (model, x) = (model(), array![[0.1, 0.5, 0.9]]);
        let posterior = Posterior::of(&model, &x);
        assert_eq!(posterior.means, model.encode(&x));
        let kl = |i| {
            let (m, v) = (&posterior.means, &posterior.log_variances);
            kl::kl(m[[0, i]], v[[0, i]])
        };
        assert_eq!(posterior.kl, [kl(0), kl(1)]);
    }

    #[test]
    fn cold_samples_are_all_the_same() {
        let (model, mut rng) = (model(), rng(1, Purpose::Look));
        let cold = model.samples(2, 0.0, &mut rng);
        let middle = model.decode(&Matrix::zeros((1, 2)));
        assert_eq!(cold.row(0), middle.row(0));
        assert_eq!(cold.row(0), cold.row(1));
        let warm = model.samples(2, 1.0, &mut rng);
        assert_ne!(warm.row(0), warm.row(1));
    }
}
