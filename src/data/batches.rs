//! Batches: which examples are shown together, and when.

use rand::RngExt;

use crate::kernel::engine::Engine;
use crate::nn::Matrix;
use crate::nn::random::Purpose;
use crate::nn::random::stream;

/// The order in which `n` examples are shown in one epoch: every example
/// once, each order as likely as any other (Fisher and Yates; Knuth, The
/// Art of Computer Programming 2, algorithm P).
///
/// It depends on nothing but its arguments, so a run that goes on from a
/// saved epoch sees what it would have seen. Cut it into batches with
/// `chunks`.
pub fn order(n: usize, seed: u64, epoch: u64) -> Vec<u32> {
    let mut order = Vec::new();
    order_into(n, seed, epoch, &mut order);
    order
}

/// Like [`order`], written over a list that is there already.
pub fn order_into(n: usize, seed: u64, epoch: u64, order: &mut Vec<u32>) {
    let mut rng = stream(seed, Purpose::Order, epoch);
    order.clear();
    order.extend(0..n as u32);
    for last in (1..n).rev() {
        let other = rng.random_range(0..=last as u32);
        order.swap(last, other as usize);
    }
}

/// The chosen rows of `x`, in the order of `rows`: `[rows, features]`.
///
/// Rows must exist in `x`; [`order`] gives only such.
pub fn gather(x: &Matrix, rows: &[u32]) -> Matrix {
    let mut batch = Matrix::zeros((rows.len(), x.ncols()));
    Engine::default().pick_rows(x, rows, &mut batch);
    batch
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_comes_once_in_an_epoch() {
        let mut seen = order(1000, 3, 0);
        assert_ne!(seen, (0..1000).collect::<Vec<u32>>());
        seen.sort_unstable();
        assert_eq!(seen, (0..1000).collect::<Vec<u32>>());
    }

    #[test]
    fn the_order_depends_on_seed_and_epoch_alone() {
        assert_eq!(order(50, 3, 7), order(50, 3, 7));
        assert_ne!(order(50, 3, 7), order(50, 3, 8));
        assert_ne!(order(50, 3, 7), order(50, 4, 7));
    }

    #[test]
    fn the_order_is_the_same_in_every_version() {
        // Saved runs go on from it: a change here is a change of format.
        assert_eq!(order(8, 2, 1), [4, 6, 3, 2, 5, 0, 7, 1]);
    }

    #[test]
    fn the_six_orders_of_three_are_equally_likely() {
        let mut counts = std::collections::BTreeMap::new();
        for epoch in 0..6000 {
            *counts.entry(order(3, 11, epoch)).or_insert(0_i32) += 1;
        }
        assert_eq!(counts.len(), 6);
        // Standard deviation 29: five of them.
        for (order, count) in counts {
            assert!((count - 1000).abs() < 145, "{order:?} {count}");
        }
    }

    #[test]
    fn no_examples_and_one_example_have_an_order() {
        assert!(order(0, 1, 0).is_empty());
        assert_eq!(order(1, 1, 0), [0]);
    }

    #[test]
    fn a_batch_has_the_chosen_rows_in_order() {
        let x = ndarray::arr2(&[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]);
        let batch = gather(&x, &[2, 0, 2]);
        let expected = ndarray::arr2(&[[5.0, 6.0], [1.0, 2.0], [5.0, 6.0]]);
        assert_eq!(batch, expected);
    }
}
