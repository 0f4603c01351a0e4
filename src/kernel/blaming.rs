//! The gradient of the kernels of a convolution, on
//! [sheets](super::turned).
//!
//! ```text
//! dkernel[n, c, dy, dx] = Σ over y, x of
//!     narrow[n, y, x] · wide[c, y s + dy - p, x s + dx - p]
//! ```
//!
//! What a line of the window sees is a run of rows, `(dx, c)`. A tile is
//! some kernels by some rows of the run; it walks along a line of stops.
//! Between lines its sums wait on paper, as vectors: so a line is fetched
//! once for all tiles, and only at the end are vectors added up.
#![expect(
    unsafe_code,
    reason = "a bounds check for every number would cost more than the \
              arithmetic; every line is checked before it is read"
)]

use crate::kernel::images::GROUP;
use crate::kernel::images::Geometry;
use crate::kernel::level::Job;
use crate::kernel::number::Number;
use crate::kernel::sheet_sums::sum_of;
use crate::kernel::vectors::plus;
use std::ops::Range;

/// See [`Hands::blame_kernels`](crate::kernel::passes::Hands).
pub struct Blame<'a, T> {
    /// The window.
    pub of: &'a Geometry,
    /// A sheet.
    pub wide: &'a [T],
    /// A sheet.
    pub narrow: &'a [T],
    /// What is written.
    pub kernels: &'a mut [T],
    /// As much as [`Geometry::paper`] says.
    pub paper: &'a mut [T],
}

impl<T: Number> Job for Blame<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let side = self.of.side;
        let (turned, is_turned) = (self.of.turned(), self.of.is_turned());
        let of = if is_turned { &turned } else { self.of };
        let both = match is_turned {
            true => (self.narrow, self.wide),
            false => (self.wide, self.narrow),
        };
        let (kernels, paper) = (self.kernels, self.paper);
        // Sums of their own for every `N` pictures.
        let sums = paper.as_chunks_mut::<N>().0;
        let sums = &mut sums[..kernels.len() * (GROUP / N)];
        sums.fill([T::zero(); N]);
        let each = of.sees() / side * of.narrow[0];
        let all = sums.chunks_exact_mut(kernels.len().max(1));
        for (sums, lane) in all.zip((0..GROUP).step_by(N)) {
            // Few sums stay near while lines come and go; many must not
            // come and go with every line.
            let lines_first = kernels.len() <= FEW;
            let [outer, inner] = match lines_first {
                true => [of.wide[1], side],
                false => [side, of.wide[1]],
            };
            for place in 0..outer * inner {
                let (a, b) = (place / inner, place % inner);
                let (line, dy) = if lines_first { (a, b) } else { (b, a) };
                let Some(y) = of.stop_at(line, dy) else { continue };
                let lines = Lines::of(of, both, [line, y, lane]);
                let sums = &mut sums[dy * each..][..each];
                lines.meet::<N, FUSED>(sums);
            }
        }
        // From `[dy, dx, c, n]` to `[n, c, dy, dx]`.
        let (channels, count) = (of.wide[0], of.narrow[0]);
        for i in 0..kernels.len() {
            let (n, row) = (i % count, i / count);
            let (c, place) = (row % channels, row / channels);
            let place = match is_turned {
                true => (c * count + n + 1) * side * side - 1 - place,
                false => (n * channels + c) * side * side + place,
            };
            let mut sum = sums[i];
            for more in sums[i..].iter().step_by(kernels.len()).skip(1) {
                sum = plus::<T, N, FUSED>(sum, *more);
            }
            kernels[place] = sum_of(sum);
        }
    }
}

/// So many sums stay in the nearest cache beside two lines.
const FEW: usize = 256;

impl Geometry {
    /// Whether it is better to let the narrow picture pass by the wide
    /// one: tiles want many channels at a stop.
    fn is_turned(&self) -> bool {
        let fits = self.before.iter().all(|&before| before < self.side);
        self.stride == 1 && fits && self.narrow[0] < self.wide[0]
    }

    /// The same pairs of pixels with the roles exchanged: the window then
    /// runs backwards.
    fn turned(&self) -> Geometry {
        let before = self.before.map(|n| (self.side - 1).saturating_sub(n));
        Geometry { wide: self.narrow, narrow: self.wide, before, ..*self }
    }

    /// The line of stops at which a line of the window sees this one.
    #[inline(always)]
    fn stop_at(&self, line: usize, dy: usize) -> Option<usize> {
        let place = (line + self.before[0]).checked_sub(dy)?;
        let y = place / self.stride;
        let meets = place.is_multiple_of(self.stride) && y < self.narrow[1];
        meets.then_some(y)
    }
}

/// A line of stops, and the line of pixels that one line of the window
/// sees there.
struct Lines<'a, T> {
    of: &'a Geometry,
    wide: &'a [T],
    narrow: &'a [T],
    lane: usize,
    /// The stops at which the whole window is in the picture.
    whole: Range<usize>,
}

/// Where a tile is: its first kernel and its first row of the run.
#[derive(Clone, Copy)]
struct Spot {
    kernel: usize,
    row: usize,
}

impl<'a, T: Number> Lines<'a, T> {
    #[inline(always)]
    fn of(
        of: &'a Geometry,
        both: (&'a [T], &'a [T]),
        [line, y, lane]: [usize; 3],
    ) -> Self {
        let Geometry { wide, narrow, side, stride, before } = *of;
        let [across, stops] = [wide, narrow].map(|[c, _, x]| c * x * GROUP);
        let first = before[1].div_ceil(stride).min(narrow[2]);
        let last = (wide[2] + before[1] + stride).saturating_sub(side);
        let end = (last / stride).clamp(first, narrow[2]);
        Lines {
            of,
            wide: &both.0[line * across..][..across],
            narrow: &both.1[y * stops..][..stops],
            lane,
            whole: first..end,
        }
    }

    /// Adds to the sums of all kernels, `[dx, c, n]`.
    #[inline(always)]
    fn meet<const N: usize, const FUSED: bool>(&self, sums: &mut [[T; N]]) {
        let kernels = self.of.narrow[0];
        let mut kernel = 0;
        while kernel < kernels {
            let left = kernels - kernel;
            kernel += match N == GROUP {
                true if left >= 8 => {
                    self.run::<N, FUSED, 8, 3>(kernel, sums)
                }
                true if left >= 4 => {
                    self.run::<N, FUSED, 4, 3>(kernel, sums)
                }
                true => self.run::<N, FUSED, 1, 12>(kernel, sums),
                false if left >= 4 => {
                    self.run::<N, FUSED, 4, 3>(kernel, sums)
                }
                false => self.run::<N, FUSED, 1, 8>(kernel, sums),
            };
        }
    }

    /// The tiles of `K` kernels; returns `K`.
    #[inline(always)]
    fn run<
        const N: usize,
        const FUSED: bool,
        const K: usize,
        const R: usize,
    >(
        &self,
        kernel: usize,
        sums: &mut [[T; N]],
    ) -> usize {
        let rows = self.of.side * self.of.wide[0];
        let mut row = 0;
        while row < rows {
            let at = Spot { kernel, row };
            if rows - row >= R {
                self.tile::<N, FUSED, K, R>(at, sums);
                row += R;
            } else {
                self.tile::<N, FUSED, K, 1>(at, sums);
                row += 1;
            }
        }
        K
    }

    /// `K` kernels by `R` rows, along the line of stops.
    #[inline(always)]
    fn tile<
        const N: usize,
        const FUSED: bool,
        const K: usize,
        const R: usize,
    >(
        &self,
        at: Spot,
        all: &mut [[T; N]],
    ) {
        let kernels = self.of.narrow[0];
        let mut sums = [[[T::zero(); N]; R]; K];
        for r in 0..R {
            let place = (at.row + r) * kernels + at.kernel;
            for (sums, waiting) in
                sums.iter_mut().zip(&all[place..place + K])
            {
                sums[r] = *waiting;
            }
        }
        let whole = self.whole.clone();
        for x in 0..whole.start {
            self.add_edge::<N, FUSED, K, R>(
                [x, at.kernel, at.row],
                &mut sums,
            );
        }
        if !whole.is_empty() {
            self.add_whole::<N, FUSED, K, R>(at, &mut sums);
        }
        for x in whole.end..self.of.narrow[2] {
            self.add_edge::<N, FUSED, K, R>(
                [x, at.kernel, at.row],
                &mut sums,
            );
        }
        for r in 0..R {
            let place = (at.row + r) * kernels + at.kernel;
            for (sums, waiting) in
                sums.iter().zip(&mut all[place..place + K])
            {
                *waiting = sums[r];
            }
        }
    }

    /// The stops at which the whole window is in the picture.
    #[inline(always)]
    fn add_whole<
        const N: usize,
        const FUSED: bool,
        const K: usize,
        const R: usize,
    >(
        &self,
        at: Spot,
        sums: &mut [[[T; N]; R]; K],
    ) {
        let Geometry { wide, narrow, stride, before, .. } = *self.of;
        let (from, last) = (self.whole.start, self.whole.end - 1);
        let first = |x: usize| (x * stride - before[1]) * wide[0] + at.row;
        assert!((first(last) + R) * GROUP <= self.wide.len());
        assert!(
            (last * narrow[0] + at.kernel + K) * GROUP <= self.narrow.len()
        );
        let mut seen = self
            .wide
            .as_ptr()
            .wrapping_add(first(from) * GROUP + self.lane);
        let stop = (from * narrow[0] + at.kernel) * GROUP + self.lane;
        let mut stop = self.narrow.as_ptr().wrapping_add(stop);
        for _ in self.whole.clone() {
            // SAFETY: the last stop's vectors are inside, see above.
            let (rows, blames) = unsafe {
                let rows: [[T; N]; R] = std::array::from_fn(|r| {
                    seen.add(r * GROUP).cast::<[T; N]>().read()
                });
                let blames: [[T; N]; K] = std::array::from_fn(|k| {
                    stop.add(k * GROUP).cast::<[T; N]>().read()
                });
                (rows, blames)
            };
            add::<T, N, FUSED, K, R>(&rows, &blames, sums);
            seen = seen.wrapping_add(stride * wide[0] * GROUP);
            stop = stop.wrapping_add(narrow[0] * GROUP);
        }
    }

    /// A stop at which a part of the window sees zeros.
    #[inline(always)]
    fn add_edge<
        const N: usize,
        const FUSED: bool,
        const K: usize,
        const R: usize,
    >(
        &self,
        [x, kernel, row]: [usize; 3],
        sums: &mut [[[T; N]; R]; K],
    ) {
        let Geometry { wide, narrow, stride, before, .. } = *self.of;
        let rows: [[T; N]; R] = std::array::from_fn(|r| {
            let place = x * stride * wide[0] + row + r;
            let place = place.checked_sub(before[1] * wide[0]);
            let place = place.unwrap_or(usize::MAX / GROUP / 2) * GROUP;
            match self.wide.get(place..place + GROUP) {
                Some(seen) => vector(seen, self.lane),
                None => [T::zero(); N],
            }
        });
        let blames: [[T; N]; K] = std::array::from_fn(|k| {
            let place = (x * narrow[0] + kernel + k) * GROUP;
            vector(&self.narrow[place..place + GROUP], self.lane)
        });
        add::<T, N, FUSED, K, R>(&rows, &blames, sums);
    }
}

/// `N` numbers of a row.
#[inline(always)]
fn vector<T: Number, const N: usize>(row: &[T], lane: usize) -> [T; N] {
    let mut vector = [T::zero(); N];
    vector.copy_from_slice(&row[lane..lane + N]);
    vector
}

#[inline(always)]
fn add<
    T: Number,
    const N: usize,
    const FUSED: bool,
    const K: usize,
    const R: usize,
>(
    rows: &[[T; N]; R],
    blames: &[[T; N]; K],
    sums: &mut [[[T; N]; R]; K],
) {
    for (sums, blame) in sums.iter_mut().zip(blames) {
        for (sums, row) in sums.iter_mut().zip(rows) {
            *sums = T::vector_times_plus::<N, FUSED>(*row, *blame, *sums);
        }
    }
}
