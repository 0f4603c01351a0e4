//! Noise on the code: makes a sigmoid unit say yes or no.
//!
//! ```text
//! code = s(z + σ n),   n normal: mean 0, standard deviation 1
//! ```
//!
//! Where a unit is steep, noise drowns what it says. To be understood it
//! must go where it is flat: near 0 or near 1. So codes become binary.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::dense::Dense;
use crate::nn::dense::weighted_sums;
use crate::nn::random::Rng;
use rand::RngExt as _;
use rand_distr::StandardNormal;

impl Dense {
    /// Like [`forward`](Dense::forward), with noise `sigma` on the sums.
    pub fn noisy(&self, x: &Matrix, sigma: Real, rng: &mut Rng) -> Matrix {
        let z = weighted_sums(x, self.weights.view(), &self.bias);
        let n = normal(z.nrows(), z.ncols(), rng);
        self.activation.apply(z + sigma * n)
    }
}

/// A matrix of normal draws, mean 0 and standard deviation 1.
pub fn normal(rows: usize, columns: usize, rng: &mut Rng) -> Matrix {
    let draw = || rng.sample::<Real, _>(StandardNormal);
    Matrix::from_shape_simple_fn((rows, columns), draw)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::activation::Activation;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn noise_is_added_before_the_sum_is_bent() {
        let weights = array![[2.0]];
        let (bias, activation) = (array![[1.0]], Activation::Linear);
        let mut layer = Dense { weights, bias, activation };
        let look = || rng(1, Purpose::Noise);
        let n = normal(1, 1, &mut look())[[0, 0]];
        // z = 2·3 + 1 = 7, plus half a draw.
        let x = array![[3.0]];
        let z = 7.0 + 0.5 * n;
        assert_eq!(layer.noisy(&x, 0.5, &mut look()), array![[z]]);
        layer.activation = Activation::Tanh;
        let y = array![[z.tanh()]];
        assert_eq!(layer.noisy(&x, 0.5, &mut look()), y);
    }

    #[test]
    fn draws_have_mean_0_and_deviation_1() {
        let n = normal(100, 100, &mut rng(1, Purpose::Noise));
        assert!(n.mean().is_some_and(|mean| mean.abs() < 0.03));
        assert!((n.std(0.0) - 1.0).abs() < 0.03);
    }
}
