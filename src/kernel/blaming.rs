//! The gradient of the kernels of a convolution, on
//! [turned](super::turned) pictures.
#![expect(
    unsafe_code,
    reason = "a bounds check for every number would cost more than the \
              arithmetic; every line is checked before it is read"
)]

use crate::kernel::images::Geometry;
use crate::kernel::level::Job;
use crate::kernel::number::Number;
use crate::kernel::sliding::halves;

/// Pictures of a group; narrower vectors take it in two halves.
const LANES: usize = 16;

/// Turned wide and narrow pictures of a group.
type Turned<'a, T, const N: usize> = (&'a [[T; N]], &'a [[T; N]]);

/// See [`Hands::blame_kernels`](crate::kernel::passes::Hands).
pub struct Blame<'a, T> {
    /// The window.
    pub of: &'a Geometry,
    /// What is read.
    pub wide: &'a [T],
    /// What is read.
    pub narrow: &'a [T],
    /// The sums of every group, `[groups, kernels]`.
    pub sums: &'a mut [T],
    /// Paper for a group.
    pub paper: &'a mut [T],
}

impl<T: Number> Job for Blame<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let of = self.of;
        let (frame, bare) = (of.wide_frame(), of.narrow_bare());
        let (wide, narrow) = halves::<T, N>(self.paper, frame.vectors());
        let narrow = &mut narrow[..bare.vectors()];
        let each = (of.narrow[0] * of.sees()).max(1);
        let groups = self.wide.chunks(LANES * of.wide_len());
        let groups =
            groups.zip(self.narrow.chunks(LANES * of.narrow_len()));
        for (group, sums) in groups.zip(self.sums.chunks_mut(each)) {
            let halves = group.0.chunks(N * of.wide_len());
            let halves = halves.zip(group.1.chunks(N * of.narrow_len()));
            for (pictures, blame) in halves {
                frame.turn_in(pictures, wide);
                bare.turn_in(blame, narrow);
                let both = (&*wide, &*narrow);
                Slide { of }.blame_all::<T, N, FUSED>(both, sums);
            }
        }
    }
}

/// A window sliding over a group of turned pictures.
struct Slide<'a> {
    of: &'a Geometry,
}

impl Slide<'_> {
    /// Adds the gradients of all kernels.
    #[inline(always)]
    fn blame_all<T: Number, const N: usize, const FUSED: bool>(
        &self,
        both: Turned<T, N>,
        sums: &mut [T],
    ) {
        let (channels, side) = (self.of.wide[0], self.of.side);
        for row in 0..channels * side {
            let mut n = 0;
            while n < self.of.narrow[0] {
                let block = match self.of.narrow[0] - n {
                    8.. => 8,
                    4.. => 4,
                    _ => 1,
                };
                let mut dx = 0;
                while dx < side {
                    let at = [n, row, dx];
                    let three = side - dx >= 3;
                    dx +=
                        match (block, three) {
                            (8, true) => self
                                .blame::<T, N, FUSED, 8, 3>(at, both, sums),
                            (8, _) => self
                                .blame::<T, N, FUSED, 8, 1>(at, both, sums),
                            (4, true) => self
                                .blame::<T, N, FUSED, 4, 3>(at, both, sums),
                            (4, _) => self
                                .blame::<T, N, FUSED, 4, 1>(at, both, sums),
                            (_, true) => self
                                .blame::<T, N, FUSED, 1, 3>(at, both, sums),
                            _ => self
                                .blame::<T, N, FUSED, 1, 1>(at, both, sums),
                        };
                }
                n += block;
            }
        }
    }

    /// Adds the gradients of `K` kernels at `X` places in a line of the
    /// window; returns `X`.
    #[inline(always)]
    fn blame<
        T: Number,
        const N: usize,
        const FUSED: bool,
        const K: usize,
        const X: usize,
    >(
        &self,
        [n, row, dx]: [usize; 3],
        (wide, narrow): Turned<T, N>,
        gradient: &mut [T],
    ) -> usize {
        let Geometry { side, stride, .. } = *self.of;
        let [_, wide_lines, wide_columns] = self.of.framed_wide();
        let [_, lines, columns] = self.of.narrow;
        let (c, dy) = (row / side, row % side);
        let mut sums = [[[T::zero(); N]; X]; K];
        for y in 0..lines {
            let line = (c * wide_lines + y * stride + dy) * wide_columns;
            let first = (n * lines + y) * columns;
            let last = first + (K - 1) * lines * columns + columns;
            let end = line + (columns - 1) * stride + dx + X;
            assert!(last <= narrow.len() && end <= wide.len());
            for x in 0..columns {
                // SAFETY: the line's last places are inside, see above.
                let (seen, blame) = unsafe {
                    let at = line + x * stride + dx;
                    let seen: [[T; N]; X] = std::array::from_fn(|i| {
                        *wide.get_unchecked(at + i)
                    });
                    let blame: [[T; N]; K] = std::array::from_fn(|k| {
                        let place = first + k * lines * columns + x;
                        *narrow.get_unchecked(place)
                    });
                    (seen, blame)
                };
                for (sums, blame) in sums.iter_mut().zip(&blame) {
                    for (sums, seen) in sums.iter_mut().zip(&seen) {
                        *sums = T::vector_times_plus::<N, FUSED>(
                            *seen, *blame, *sums,
                        );
                    }
                }
            }
        }
        for (k, sums) in sums.iter().enumerate() {
            for (i, lanes) in sums.iter().enumerate() {
                let place = (n + k) * self.of.sees() + row * side + dx + i;
                gradient[place] += lanes.iter().copied().sum();
            }
        }
        X
    }
}
