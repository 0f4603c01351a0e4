//! Lists of numbers: copied, and how long they are, squared.

use crate::kernel::crew::Piece;
use crate::kernel::crew::Worth;
use crate::kernel::cut::Cut;
use crate::kernel::level::Job;
use crate::kernel::number::Number;
use crate::kernel::passes::Hands;

/// Stretches of the list with sums of their own, added up in order: the
/// result does not depend on how many threads there are.
const STRETCHES: usize = 16;

impl Hands<'_> {
    /// Copies all numbers.
    ///
    /// # Panics
    ///
    /// When the sizes differ.
    pub fn copy<T: Number>(&mut self, from: &[T], to: &mut [T]) {
        assert!(from.len() == to.len(), "paper of another size");
        let to = Cut::new(to);
        self.crew.share(Worth::of(4 * from.len()), &|piece| {
            let from = &from[piece.share_of(from.len())];
            to.part(piece).copy_from_slice(from);
        });
    }

    /// `Σ x²`; infinite or no number if one of them is, or if it is too
    /// large for a number.
    pub fn squares<T: Number>(&mut self, x: &[T]) -> T {
        let (level, mut sums) = (self.level, [T::zero(); STRETCHES]);
        let all = Cut::new(&mut sums);
        self.crew.share(Worth::of(x.len()), &|piece| {
            let stretches = piece.share_of(STRETCHES);
            let sums = stretches.clone().zip(all.between(stretches));
            for (index, sum) in sums {
                let stretch = Piece { index, of: STRETCHES };
                let x = &x[stretch.share_of(x.len())];
                *sum = level.run(Squares { x });
            }
        });
        sums.into_iter().sum()
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
