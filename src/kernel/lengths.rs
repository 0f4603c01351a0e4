//! The sum of squares: how long a list of numbers is, squared.

use crate::kernel::level::Job;
use crate::kernel::number::Number;
use crate::kernel::passes::Hands;

impl Hands<'_> {
    /// `Σ x²`; infinite or no number if one of them is, or if it is too
    /// large for a number.
    pub fn squares<T: Number>(&self, x: &[T]) -> T {
        self.level.run(Squares { x })
    }
}

struct Squares<'a, T> {
    x: &'a [T],
}

/// Sums kept apart, so that none has to wait for the one before it.
const SUMS: usize = 4;

impl<T: Number> Job for Squares<'_, T> {
    type Answer = T;

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) -> T {
        let mut sums = [[T::zero(); N]; SUMS];
        let (vectors, rest) = self.x.as_chunks::<N>();
        for vectors in vectors.chunks(SUMS) {
            for (sum, x) in sums.iter_mut().zip(vectors) {
                *sum = T::vector_times_plus::<N, FUSED>(*x, *x, *sum);
            }
        }
        let rest: T = rest.iter().map(|x| *x * *x).sum();
        rest + sums.as_flattened().iter().copied().sum()
    }
}
