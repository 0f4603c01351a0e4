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
use crate::nn::desk::Desk;
use crate::nn::random::Rng;
use rand::RngExt as _;
use rand_distr::StandardNormal;

impl Dense {
    /// Like [`forward`](Dense::forward), with noise `sigma` on the sums.
    pub fn noisy(
        &self,
        x: &Matrix,
        sigma: Real,
        rng: &mut Rng,
        desk: &mut Desk,
    ) -> Matrix {
        let w = self.weights.view();
        let mut y = weighted_sums(x, w, &self.bias, desk);
        add_noise(&mut y, sigma, rng);
        self.activation.apply(&mut y);
        y
    }
}

/// Adds normal draws of standard deviation `sigma` to every entry.
pub fn add_noise(z: &mut Matrix, sigma: Real, rng: &mut Rng) {
    z.mapv_inplace(|z| z + sigma * rng.sample::<Real, _>(StandardNormal));
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
        let desk = &mut Desk::new();
        let y = layer.noisy(&x, 0.5, &mut look(), desk);
        assert_eq!(y, array![[z]]);
        layer.activation = Activation::Tanh;
        let y = layer.noisy(&x, 0.5, &mut look(), desk);
        assert_eq!(y, array![[z.tanh()]]);
    }

    #[test]
    fn draws_have_mean_0_and_deviation_1() {
        let n = normal(100, 100, &mut rng(1, Purpose::Noise));
        assert!(n.mean().is_some_and(|mean| mean.abs() < 0.03));
        assert!((n.std(0.0) - 1.0).abs() < 0.03);
    }
}
