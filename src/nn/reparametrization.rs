//! Reparametrization: how blame passes through a roll of the dice.
//!
//! The code `z` is drawn from the encoder's normal distribution. A draw
//! has no derivative; so the dice are rolled elsewhere, and their number
//! `ε` is an input like any other (Kingma & Welling, 2014):
//!
//! ```text
//! z = μ + σ ε,   σ = exp(½ ln σ²),   ε normal: mean 0, deviation 1
//! dz/dμ = 1        dz/d ln σ² = ½ σ ε = ½ (z - μ)
//! ```
//!
//! Rows are statistics `[batch, 2 k]`, as in [`kl`](crate::nn::kl).

use crate::Real;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::kl::dimensions;
use crate::nn::random::Rng;
use rand::RngExt as _;
use rand_distr::StandardNormal;

/// What becomes of the blame for a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Path {
    /// It reaches mean and log-variance, as above.
    Open,
    /// It ends at the dice, as if `z` had fallen from the sky: neither
    /// mean nor log-variance learns anything from the reconstruction.
    Blocked,
}

/// One normal draw per dimension, `[batch, k]`.
pub fn dice(
    batch: usize,
    dimensions: usize,
    rng: &mut Rng,
    desk: &mut Desk,
) -> Matrix {
    let mut noise = desk.sheet(batch, dimensions);
    let mut roll = |_| rng.sample::<Real, _>(StandardNormal);
    noise.mapv_inplace(&mut roll);
    noise
}

/// `z = μ + σ ε`, from statistics `[batch, 2 k]` and noise `[batch, k]`.
pub fn draw(
    statistics: &Matrix,
    noise: &Matrix,
    desk: &mut Desk,
) -> Matrix {
    let k = dimensions(statistics);
    assert!(noise.dim() == (statistics.nrows(), k), "{:?}", noise.dim());
    let mut z = desk.copy(noise);
    for (mut z, row) in z.rows_mut().into_iter().zip(statistics.rows()) {
        for i in 0..k {
            z[i] = row[i] + (0.5 * row[k + i]).exp() * z[i];
        }
    }
    z
}

/// From the blame for the draw `[batch, k]` to that for the statistics
/// `[batch, 2 k]`.
pub fn backward(
    statistics: &Matrix,
    z: &Matrix,
    dz: &Matrix,
    desk: &mut Desk,
) -> Matrix {
    let k = dimensions(statistics);
    let mut blame = desk.sheet(statistics.nrows(), 2 * k);
    for (n, mut blame) in blame.rows_mut().into_iter().enumerate() {
        for i in 0..k {
            let dz = dz[[n, i]];
            blame[i] = dz;
            blame[k + i] = dz * 0.5 * (z[[n, i]] - statistics[[n, i]]);
        }
    }
    blame
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn one_draw_by_hand() {
        // μ = 1, σ = 0.5 (ln σ² = ln 0.25), ε = -0.8: z = 0.6.
        let quarter: Real = 0.25;
        let statistics = array![[1.0, quarter.ln()]];
        let mut desk = Desk::new();
        let z = draw(&statistics, &array![[-0.8]], &mut desk);
        assert!((z[[0, 0]] - 0.6).abs() < 1e-6);
        // dz/dμ = 1 and dz/d ln σ² = ½ · 0.5 · -0.8 = -0.2, times 3.
        let dz = array![[3.0]];
        let blame = backward(&statistics, &z, &dz, &mut desk);
        assert_eq!(blame[[0, 0]], 3.0);
        assert!((blame[[0, 1]] + 0.6).abs() < 1e-6);
    }

    #[test]
    fn draws_have_the_mean_and_the_deviation_that_were_asked_for() {
        let quarter: Real = 0.25;
        let statistics = Matrix::from_shape_fn((10_000, 2), |(_, i)| {
            [3.0, quarter.ln()][i]
        });
        let mut desk = Desk::new();
        let mut rng = rng(1, Purpose::Noise);
        let noise = dice(10_000, 1, &mut rng, &mut desk);
        let z = draw(&statistics, &noise, &mut desk);
        assert!((z.mean().unwrap() - 3.0).abs() < 0.02);
        assert!((z.std(0.0) - 0.5).abs() < 0.02);
    }
}
