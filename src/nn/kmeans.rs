//! k-means: a few examples' worth of typical positions.
//!
//! ```text
//! repeat:  every example joins its nearest center
//!          every center moves to the mean of its examples
//! ```
//!
//! The *inertia*, the sum of squared distances to the nearest center,
//! falls in both halves of a round, until nothing moves any more (Lloyd,
//! 1957). Where it stops depends on the start: the first centers are
//! examples, drawn with a probability proportional to their squared
//! distance from those drawn before (k-means++, Arthur & Vassilvitskii,
//! 2007).

use crate::Real;
use crate::nn::Matrix;
use crate::nn::neighbors::nearest;
use crate::nn::neighbors::squared_distances;
use crate::nn::random::Rng;
use rand::RngExt as _;

/// Rounds at most.
const ROUNDS: usize = 100;

/// Centers and what they are good for.
#[derive(Debug, Clone, PartialEq)]
pub struct KMeans {
    /// `[k, features]`
    pub centers: Matrix,
    /// The sum of squared distances of all examples to their centers.
    pub inertia: Real,
    /// Which center every example belongs to.
    pub members: Vec<usize>,
}

impl KMeans {
    /// `k` centers for examples `[examples, features]`; fewer if there are
    /// fewer examples.
    pub fn fit(x: &Matrix, k: usize, rng: &mut Rng) -> KMeans {
        KMeans::from(x, first_centers(x, k.min(x.nrows()), rng))
    }

    /// The same from given first centers `[k, features]`.
    pub fn from(x: &Matrix, centers: Matrix) -> KMeans {
        let mut now = assign(x, centers);
        for _ in 0..ROUNDS {
            let moved = assign(x, means(x, &now));
            let settled = moved.members == now.members;
            now = moved;
            if settled {
                break;
            }
        }
        now
    }
}

/// Every example joins its nearest center.
fn assign(x: &Matrix, centers: Matrix) -> KMeans {
    let found = nearest(&centers, x, 1);
    let members: Vec<usize> = found.iter().map(|n| n[0].row).collect();
    let squares = found.iter().map(|n| n[0].distance * n[0].distance);
    let inertia = squares.sum();
    KMeans { centers, inertia, members }
}

/// The mean of each center's examples; a center without any stays.
fn means(x: &Matrix, now: &KMeans) -> Matrix {
    let mut sums = Matrix::zeros(now.centers.dim());
    let mut counts = vec![0.0; now.centers.nrows()];
    for (row, &member) in x.rows().into_iter().zip(&now.members) {
        let mut sum = sums.row_mut(member);
        sum += &row;
        counts[member] += 1.0;
    }
    for (center, count) in counts.into_iter().enumerate() {
        match count {
            0.0 => sums.row_mut(center).assign(&now.centers.row(center)),
            _ => sums.row_mut(center).mapv_inplace(|s| s / count),
        }
    }
    sums
}

/// Examples far from each other, drawn at random.
fn first_centers(x: &Matrix, k: usize, rng: &mut Rng) -> Matrix {
    let mut centers = Matrix::zeros((k, x.ncols()));
    let mut far: Vec<Real> = vec![1.0; x.nrows()];
    for c in 0..k {
        let total: Real = far.iter().sum();
        let mut left = rng.random_range(0.0..1.0) * total;
        let stop = far.iter().position(|d| {
            left -= d;
            left < 0.0
        });
        let chosen = x.row(stop.unwrap_or(c));
        centers.row_mut(c).assign(&chosen);
        let one = chosen.to_owned().insert_axis(ndarray::Axis(0));
        let table = squared_distances(x.view(), &one);
        for (far, &d) in far.iter_mut().zip(&table) {
            *far = if c == 0 { d } else { far.min(d) };
        }
    }
    centers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn two_pairs_by_hand() {
        let x = array![[0.0], [2.0], [10.0], [12.0]];
        let found = KMeans::from(&x, array![[0.0], [2.0]]);
        // First 0 | 2, 10, 12; then 0, 2 | 10, 12: centers 1 and 11.
        assert_eq!(found.centers, array![[1.0], [11.0]]);
        assert_eq!(found.members, [0, 0, 1, 1]);
        assert_eq!(found.inertia, 4.0);
    }

    #[test]
    fn the_first_centers_are_different_examples() {
        let x = array![[0.0], [0.0], [0.0], [5.0], [9.0]];
        for seed in 0..20 {
            let look = &mut rng(seed, Purpose::Look);
            let found = KMeans::fit(&x, 3, look);
            assert_eq!(found.inertia, 0.0, "seed {seed}");
        }
    }

    #[test]
    fn more_centers_than_examples_do_no_harm() {
        let x = array![[1.0], [1.0]];
        let found = KMeans::fit(&x, 5, &mut rng(1, Purpose::Look));
        assert_eq!((found.centers.dim(), found.inertia), ((2, 1), 0.0));
    }
}
