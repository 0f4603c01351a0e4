//! A batch looked at in two halves, on one thread or two.
//!
//! Into how many shards a batch is split depends on the batch and the model
//! alone, and their gradients are added in order: one thread and two give
//! the same bits.

use crate::Real;
use crate::data::batches::gather;
use crate::nn::Matrix;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::model::Model as _;
use crate::nn::random::Purpose;
use crate::nn::random::stream;
use std::thread;

/// Multiply-adds below which a batch is not worth splitting.
const WORTH_SPLITTING: usize = 8_000_000;

/// What a batch taught.
pub struct Lesson {
    /// The objective, mean over pixels and images.
    pub loss: Real,
    /// One gradient per parameter.
    pub gradients: Vec<Matrix>,
}

/// Where the examples and the noise of a step come from.
pub struct Source<'a> {
    /// All training examples, `[examples, features]`.
    pub x: &'a Matrix,
    /// The seed of the run.
    pub seed: u64,
    /// Threads there are to use.
    pub threads: usize,
}

impl Source<'_> {
    /// One look at the examples in `rows`, at least one; `step` chooses the
    /// noise.
    pub fn look(
        &self,
        model: &Autoencoder,
        rows: &[u32],
        step: u64,
    ) -> Lesson {
        let work = 3 * rows.len() * model.parameter_count();
        if rows.len() < 2 || work < WORTH_SPLITTING {
            return self.shard(model, rows, 2 * step);
        }
        let (left, right) = rows.split_at(rows.len().div_ceil(2));
        let second = || self.shard(model, right, 2 * step + 1);
        let (a, b) = if self.threads > 1 {
            thread::scope(|scope| {
                let helper = scope.spawn(second);
                let a = self.shard(model, left, 2 * step);
                (a, helper.join())
            })
        } else {
            (self.shard(model, left, 2 * step), Ok(second()))
        };
        match b {
            Ok(b) => a.joined(b, left.len(), right.len()),
            // The helper's panic goes on in this thread.
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }

    fn shard(
        &self,
        model: &Autoencoder,
        rows: &[u32],
        index: u64,
    ) -> Lesson {
        let batch = gather(self.x, rows);
        let mut noise = stream(self.seed, Purpose::Noise, index);
        let (losses, gradients) = model.gradients(&batch, &mut noise);
        Lesson { loss: losses.total, gradients }
    }
}

impl Lesson {
    /// Two shards of `n` and `m` examples as one: means weigh as much as
    /// the examples they stand for.
    fn joined(mut self, other: Self, n: usize, m: usize) -> Self {
        let all = (n + m) as Real;
        let (p, q) = (n as Real / all, m as Real / all);
        self.loss = p * self.loss + q * other.loss;
        for (a, b) in self.gradients.iter_mut().zip(&other.gradients) {
            a.zip_mut_with(b, |a, &b| *a = p * *a + q * b);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::noise::normal;
    use crate::nn::random::rng;

    fn look(rows: u32, threads: usize) -> (Lesson, Lesson) {
        let mut model =
            Blueprint::linear(200, 40).build(&mut rng(1, Purpose::Init));
        model.code_noise = 0.5;
        let x = normal(300, 200, &mut rng(2, Purpose::Data));
        let rows: Vec<u32> = (0..rows).collect();
        let source = Source { x: &x, seed: 3, threads };
        let all = source.look(&model, &rows, 5);
        model.code_noise = 0.0;
        let calm = source.look(&model, &rows, 5);
        (all, calm)
    }

    #[test]
    fn one_thread_and_two_give_the_same_bits() {
        // 300 examples are split, 3 are not, 201 have unequal halves.
        for rows in [300, 201, 3] {
            let (one, two) = (look(rows, 1).0, look(rows, 2).0);
            assert_eq!(one.loss.to_bits(), two.loss.to_bits());
            assert_eq!(one.gradients, two.gradients);
        }
    }

    #[test]
    fn two_shards_are_the_whole_batch() {
        let model =
            Blueprint::linear(200, 40).build(&mut rng(1, Purpose::Init));
        let x = normal(300, 200, &mut rng(2, Purpose::Data));
        let rows: Vec<u32> = (0..201).collect();
        let batch = gather(&x, &rows);
        let mut noise = rng(1, Purpose::Noise);
        let (losses, whole) = model.gradients(&batch, &mut noise);
        let split = look(201, 2).1;
        assert!((losses.total - split.loss).abs() < 1e-4 * losses.total);
        for (a, b) in whole.iter().zip(&split.gradients) {
            let gap =
                (a - b).mapv(Real::abs).fold(0.0, |m: Real, &g| m.max(g));
            assert!(gap < 1e-5, "{gap}");
        }
    }
}
