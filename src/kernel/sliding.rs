//! The innermost loops of a convolution, on [turned](super::turned)
//! pictures: tiles of some kernels by some pixels, kept in registers.
#![expect(
    unsafe_code,
    reason = "a bounds check for every number would cost more than the \
              arithmetic; frames are as large as the window reaches"
)]

use crate::kernel::images::Geometry;
use crate::kernel::level::Job;
use crate::kernel::number::Number;
use crate::kernel::turned::Frame;

/// See [`Hands::gather`](crate::kernel::passes::Hands::gather).
pub struct Gather<'a, T> {
    /// The window.
    pub of: &'a Geometry,
    /// `[narrow channels, sees]`
    pub kernels: &'a [T],
    /// What is read.
    pub wide: &'a [T],
    /// What is written.
    pub narrow: &'a mut [T],
    /// Paper for a group.
    pub paper: &'a mut [T],
}

/// See [`Hands::scatter`](crate::kernel::passes::Hands::scatter).
pub struct Scatter<'a, T> {
    /// The window.
    pub of: &'a Geometry,
    /// `[narrow channels, sees]`
    pub kernels: &'a [T],
    /// What is read.
    pub narrow: &'a [T],
    /// What is written.
    pub wide: &'a mut [T],
    /// Paper for a group.
    pub paper: &'a mut [T],
}

impl Geometry {
    pub(super) fn wide_frame(&self) -> Frame {
        let (size, framed) = (self.wide, self.framed_wide());
        Frame { size, framed, before: self.before }
    }

    fn narrow_frame(&self) -> Frame {
        let (size, framed) = (self.narrow, self.framed_narrow());
        Frame { size, framed, before: [self.margin(); 2] }
    }

    pub(super) fn narrow_bare(&self) -> Frame {
        let size = self.narrow;
        Frame { size, framed: size, before: [0, 0] }
    }

    fn wide_bare(&self) -> Frame {
        Frame { size: self.wide, framed: self.wide, before: [0, 0] }
    }
}

/// Paper as vectors that begin where a cache line begins, cut in two.
#[inline(always)]
pub(super) fn halves<T: Number, const N: usize>(
    paper: &mut [T],
    first: usize,
) -> (&mut [[T; N]], &mut [[T; N]]) {
    let skip = paper.as_ptr().align_offset(64).min(paper.len());
    paper[skip..].as_chunks_mut::<N>().0.split_at_mut(first)
}

impl<T: Number> Job for Gather<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let (frame, bare) = (self.of.wide_frame(), self.of.narrow_bare());
        let (wide, narrow) = halves::<T, N>(self.paper, frame.vectors());
        let narrow = &mut narrow[..bare.vectors()];
        let pictures = self.wide.chunks(N * self.of.wide_len());
        let answers = self.narrow.chunks_mut(N * self.of.narrow_len());
        for (pictures, answers) in pictures.zip(answers) {
            frame.turn_in(pictures, wide);
            let slide = Slide { of: self.of, kernels: self.kernels };
            let mut n = 0;
            while n < self.of.narrow[0] {
                n += match self.of.narrow[0] - n {
                    8.. => slide.gather::<N, FUSED, 8, 2>(n, wide, narrow),
                    4.. => slide.gather::<N, FUSED, 4, 4>(n, wide, narrow),
                    _ => slide.gather::<N, FUSED, 1, 7>(n, wide, narrow),
                };
            }
            bare.turn_out(narrow, answers);
        }
    }
}

impl<T: Number> Job for Scatter<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let (frame, bare) = (self.of.narrow_frame(), self.of.wide_bare());
        let (narrow, wide) = halves::<T, N>(self.paper, frame.vectors());
        let wide = &mut wide[..bare.vectors()];
        let pictures = self.narrow.chunks(N * self.of.narrow_len());
        let answers = self.wide.chunks_mut(N * self.of.wide_len());
        for (pictures, answers) in pictures.zip(answers) {
            frame.turn_in(pictures, narrow);
            let slide = Slide { of: self.of, kernels: self.kernels };
            let mut c = 0;
            while c < self.of.wide[0] {
                c += match self.of.wide[0] - c {
                    8.. => slide.scatter::<N, FUSED, 8, 2>(c, narrow, wide),
                    4.. => slide.scatter::<N, FUSED, 4, 4>(c, narrow, wide),
                    _ => slide.scatter::<N, FUSED, 1, 7>(c, narrow, wide),
                };
            }
            bare.turn_out(wide, answers);
        }
    }
}

/// A window sliding over a group of turned pictures.
struct Slide<'a, T> {
    of: &'a Geometry,
    kernels: &'a [T],
}

impl<T: Number> Slide<'_, T> {
    /// `K` kernels from `n` on; returns `K`.
    #[inline(always)]
    fn gather<
        const N: usize,
        const FUSED: bool,
        const K: usize,
        const X: usize,
    >(
        &self,
        n: usize,
        wide: &[[T; N]],
        narrow: &mut [[T; N]],
    ) -> usize {
        let [_, lines, columns] = self.of.narrow;
        for y in 0..lines {
            let mut x = 0;
            while x < columns {
                if x + X <= columns {
                    let sums = self.look::<N, FUSED, K, X>(n, [y, x], wide);
                    self.put(n, [y, x], &sums, narrow);
                    x += X;
                } else {
                    let sums = self.look::<N, FUSED, K, 1>(n, [y, x], wide);
                    self.put(n, [y, x], &sums, narrow);
                    x += 1;
                }
            }
        }
        K
    }

    #[inline(always)]
    fn put<const N: usize, const K: usize, const X: usize>(
        &self,
        n: usize,
        [y, x]: [usize; 2],
        sums: &[[[T; N]; X]; K],
        narrow: &mut [[T; N]],
    ) {
        let [_, lines, columns] = self.of.narrow;
        for (k, sums) in sums.iter().enumerate() {
            let place = ((n + k) * lines + y) * columns + x;
            narrow[place..place + X].copy_from_slice(sums);
        }
    }

    /// What `K` kernels see at `X` stops in a row.
    #[inline(always)]
    fn look<
        const N: usize,
        const FUSED: bool,
        const K: usize,
        const X: usize,
    >(
        &self,
        n: usize,
        [y, x]: [usize; 2],
        wide: &[[T; N]],
    ) -> [[[T; N]; X]; K] {
        let Geometry { side, stride, .. } = *self.of;
        let [channels, lines, columns] = self.of.framed_wide();
        let sees = self.of.sees();
        let mut sums = [[[T::zero(); N]; X]; K];
        let last = ((channels - 1) * lines + y * stride + side - 1)
            * columns
            + (x + X - 1) * stride
            + side
            - 1;
        assert!(last < wide.len() && (n + K) * sees <= self.kernels.len());
        let mut weight = n * sees;
        for c in 0..channels {
            for dy in 0..side {
                let line = (c * lines + y * stride + dy) * columns;
                for dx in 0..side {
                    let at = line + x * stride + dx;
                    // SAFETY: no place is behind `last`, no weight behind
                    // those of kernel `n + K - 1`.
                    let (seen, weights) = unsafe {
                        let seen: [[T; N]; X] = std::array::from_fn(|i| {
                            *wide.get_unchecked(at + i * stride)
                        });
                        let weights: [T; K] = std::array::from_fn(|k| {
                            *self.kernels.get_unchecked(weight + k * sees)
                        });
                        (seen, weights)
                    };
                    add::<T, N, FUSED, K, X>(&mut sums, &seen, weights);
                    weight += 1;
                }
            }
        }
        sums
    }

    /// `K` channels from `c` on; returns `K`.
    #[inline(always)]
    fn scatter<
        const N: usize,
        const FUSED: bool,
        const K: usize,
        const X: usize,
    >(
        &self,
        c: usize,
        narrow: &[[T; N]],
        wide: &mut [[T; N]],
    ) -> usize {
        let [_, lines, columns] = self.of.wide;
        let stride = self.of.stride;
        for y in 0..lines {
            for phase in 0..stride.min(columns) {
                // Pixels that the same places of the window meet.
                let mut x = phase;
                while x < columns {
                    let fits = x + (X - 1) * stride < columns;
                    let at = [y, x];
                    x += match fits {
                        true => {
                            let sums =
                                self.meet::<N, FUSED, K, X>(c, at, narrow);
                            self.lay(c, at, &sums, wide)
                        }
                        false => {
                            let sums =
                                self.meet::<N, FUSED, K, 1>(c, at, narrow);
                            self.lay(c, at, &sums, wide)
                        }
                    };
                }
            }
        }
        K
    }

    #[inline(always)]
    fn lay<const N: usize, const K: usize, const X: usize>(
        &self,
        c: usize,
        [y, x]: [usize; 2],
        sums: &[[[T; N]; X]; K],
        wide: &mut [[T; N]],
    ) -> usize {
        let [_, lines, columns] = self.of.wide;
        for (k, sums) in sums.iter().enumerate() {
            let place = ((c + k) * lines + y) * columns + x;
            for (i, sums) in sums.iter().enumerate() {
                wide[place + i * self.of.stride] = *sums;
            }
        }
        X * self.of.stride
    }

    /// What `X` pixels, a stride apart, of `K` channels get from all the
    /// windows that saw them.
    #[inline(always)]
    fn meet<
        const N: usize,
        const FUSED: bool,
        const K: usize,
        const X: usize,
    >(
        &self,
        c: usize,
        [y, x]: [usize; 2],
        narrow: &[[T; N]],
    ) -> [[[T; N]; X]; K] {
        let Geometry { side, stride, before, .. } = *self.of;
        let [kernels, lines, columns] = self.of.framed_narrow();
        let (sees, margin) = (self.of.sees(), self.of.margin());
        // The pixel in the frame, and the lowest line that saw it.
        let (y, x) = (y + before[0], x + before[1]);
        let last = ((kernels - 1) * lines + y / stride + margin) * columns
            + x / stride
            + margin
            + X
            - 1;
        assert!(last < narrow.len());
        assert!(kernels * sees == self.kernels.len());
        assert!((c + K) * side * side <= sees);
        let mut sums = [[[T::zero(); N]; X]; K];
        for n in 0..kernels {
            for dy in (y % stride..side).step_by(stride) {
                let line = y / stride + margin - dy / stride;
                let line = (n * lines + line) * columns;
                for dx in (x % stride..side).step_by(stride) {
                    let at = line + x / stride + margin - dx / stride;
                    let weight = n * sees + (c * side + dy) * side + dx;
                    // SAFETY: no place is behind `last`, and the margin
                    // keeps it from being negative; all weights are there.
                    let (seen, weights) = unsafe {
                        let seen: [[T; N]; X] = std::array::from_fn(|i| {
                            *narrow.get_unchecked(at + i)
                        });
                        let weights: [T; K] = std::array::from_fn(|k| {
                            let place = weight + k * side * side;
                            *self.kernels.get_unchecked(place)
                        });
                        (seen, weights)
                    };
                    add::<T, N, FUSED, K, X>(&mut sums, &seen, weights);
                }
            }
        }
        sums
    }
}

#[inline(always)]
fn add<
    T: Number,
    const N: usize,
    const FUSED: bool,
    const K: usize,
    const X: usize,
>(
    sums: &mut [[[T; N]; X]; K],
    seen: &[[T; N]; X],
    weights: [T; K],
) {
    for (sums, weight) in sums.iter_mut().zip(weights) {
        for (sums, seen) in sums.iter_mut().zip(seen) {
            let weights = [weight; N];
            *sums = T::vector_times_plus::<N, FUSED>(weights, *seen, *sums);
        }
    }
}
