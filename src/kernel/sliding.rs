//! The innermost loops of a convolution, on [sheets](super::turned): tiles
//! of some channels by some pixels, kept in registers.
//!
//! Gathering and scattering are the same loops; how outputs meet inputs is
//! in [`reach`](super::reach). Weights are rewritten first, so that those
//! of a tile's channels lie side by side, in the order of the run.
#![expect(
    unsafe_code,
    reason = "a bounds check for every number would cost more than the \
              arithmetic; every run is checked as a whole"
)]

use crate::kernel::images::After;
use crate::kernel::images::GROUP;
use crate::kernel::images::Kernels;
use crate::kernel::level::Job;
use crate::kernel::number::Number;
use crate::kernel::reach::Axis;
use crate::kernel::reach::Reach;

/// See [`Hands::gather`](crate::kernel::passes::Hands::gather).
pub struct Slide<'a, T> {
    /// From line to line.
    pub rows: Axis,
    /// From pixel to pixel.
    pub columns: Axis,
    /// Channels that are read, and that are written.
    pub channels: [usize; 2],
    /// Weights from channel to channel of either.
    pub steps: [usize; 2],
    /// Kernels, and what becomes of the sums.
    pub kernels: Kernels<'a, T>,
    /// The sheet that is read.
    pub from: &'a [T],
    /// The sheet that is written.
    pub to: &'a mut [T],
    /// As much as [`Geometry::paper`](super::images::Geometry::paper) says.
    pub paper: &'a mut [T],
}

/// Neighboring channels that are written together.
fn block<const N: usize>(left: usize) -> usize {
    match left {
        8.. if N == GROUP => 8,
        4.. => 4,
        _ => 1,
    }
}

impl<T: Number> Job for Slide<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let [read, written] = self.channels;
        let side = self.rows.side;
        let places = side * side * read;
        let (zeros, paper) = self.paper.split_at_mut(read * GROUP);
        zeros.fill(T::zero());
        let weights = &mut paper[..places * written];
        let mut first = 0;
        while first < written {
            let many = block::<N>(written - first);
            let packed = &mut weights[first * places..][..many * places];
            let pack = Pack {
                axes: [self.rows, self.columns],
                steps: self.steps,
                weights: &self.kernels.weights[first * self.steps[1]..],
            };
            pack.write(many, read, packed);
            first += many;
        }
        let tiles = Tiles {
            rows: self.rows,
            columns: self.columns,
            channels: self.channels,
            from: self.from,
            zeros,
            weights,
            after: self.kernels.after,
        };
        for lane in (0..GROUP).step_by(N) {
            for y in 0..self.rows.outputs {
                tiles.line::<N, FUSED>([y, lane], self.to);
            }
        }
    }
}

/// Weights on their way into the order in which tiles read them:
/// `[lines of the window, its columns, channels read, channels of a block]`.
struct Pack<'a, T> {
    axes: [Axis; 2],
    steps: [usize; 2],
    weights: &'a [T],
}

impl<T: Number> Pack<'_, T> {
    #[inline(always)]
    fn write(&self, many: usize, read: usize, packed: &mut [T]) {
        let [rows, columns] = self.axes;
        let mut packed = packed.chunks_exact_mut(many);
        for position in 0..rows.side * rows.side {
            let (y, x) = (position / rows.side, position % rows.side);
            let place = rows.place(y) * rows.side + columns.place(x);
            for (c, to) in (0..read).zip(&mut packed) {
                let from = &self.weights[place + c * self.steps[0]..];
                for (to, k) in to.iter_mut().zip(0..) {
                    *to = from[k * self.steps[1]];
                }
            }
        }
    }
}

/// All tiles of a sheet.
struct Tiles<'a, T> {
    rows: Axis,
    columns: Axis,
    channels: [usize; 2],
    from: &'a [T],
    /// A pixel's worth, for what is outside of the picture.
    zeros: &'a [T],
    weights: &'a [T],
    after: After<'a, T>,
}

/// A row of tiles, or one of them.
#[derive(Clone, Copy)]
struct Spot {
    /// The line that is written, and the lines that it sees.
    y: usize,
    row: Reach,
    /// The first pixel that is written, how many of them there are before
    /// the line ends, and the pixels that the first one sees.
    x: usize,
    left: usize,
    column: Reach,
    /// The first of the channels that are written.
    channel: usize,
    /// The first of the pictures.
    lane: usize,
}

/// `K` channels of `X` pixels.
type Sums<T, const N: usize, const K: usize, const X: usize> =
    [[[T; N]; X]; K];

impl<T: Number> Tiles<'_, T> {
    #[inline(always)]
    fn line<const N: usize, const FUSED: bool>(
        &self,
        [y, lane]: [usize; 2],
        to: &mut [T],
    ) {
        let row = self.rows.reach(y);
        let outputs = self.columns.outputs;
        let step = self.columns.steps()[0];
        for x in 0..step.min(outputs) {
            let column = self.columns.reach(x);
            let left = (outputs - x).div_ceil(step);
            let mut channel = 0;
            while channel < self.channels[1] {
                let at = Spot { y, row, x, left, column, channel, lane };
                let many = block::<N>(self.channels[1] - channel);
                match (many, N == GROUP) {
                    (8, _) => self.across::<N, FUSED, 8, 2>(at, to),
                    (4, true) => self.across::<N, FUSED, 4, 4>(at, to),
                    (4, false) => self.across::<N, FUSED, 4, 2>(at, to),
                    _ => self.across::<N, FUSED, 1, 7>(at, to),
                }
                channel += many;
            }
        }
    }

    /// Writes `K` channels of a phase of a line.
    #[inline(always)]
    fn across<
        const N: usize,
        const FUSED: bool,
        const K: usize,
        const X: usize,
    >(
        &self,
        mut at: Spot,
        to: &mut [T],
    ) {
        let [step, next] = self.columns.steps();
        let inputs = self.columns.inputs as isize;
        let more = ((X - 1) * next + at.column.taps) as isize;
        loop {
            let origin = at.column.origin;
            let is_inside =
                origin >= 0 && origin + more <= inputs && at.left >= X;
            let sums = match is_inside {
                true => self.inner::<N, FUSED, K, X>(at),
                false => self.edge::<N, FUSED, K, X>(at),
            };
            self.put::<N, FUSED, K, X>(at, sums, to);
            if at.left <= X {
                return;
            }
            at.left -= X;
            at.x += X * step;
            at.column.origin += (X * next) as isize;
        }
    }

    /// The weights for one line of the window, from a place on.
    #[inline(always)]
    fn weights<const K: usize>(
        &self,
        channel: usize,
        [row, column]: [usize; 2],
    ) -> &[T] {
        let (side, read) = (self.rows.side, self.channels[0]);
        let block = channel * side * side * read;
        let place = (row * side + column) * read;
        &self.weights[block + place * K..]
    }

    /// Sums of pixels that see nothing but the picture: every line of the
    /// window is one run.
    #[inline(always)]
    fn inner<
        const N: usize,
        const FUSED: bool,
        const K: usize,
        const X: usize,
    >(
        &self,
        at: Spot,
    ) -> Sums<T, N, K, X> {
        let (row, column) = (at.row, at.column);
        let (inputs, read) = (self.columns.inputs, self.channels[0]);
        let step = self.columns.steps()[1] * read * GROUP;
        let count = column.taps * read;
        let mut sums = [[[T::zero(); N]; X]; K];
        for tap in row.inside(self.rows.inputs) {
            let line = (row.origin + tap as isize) as usize * inputs;
            let first = (line + column.origin as usize) * read * GROUP;
            let part = &self.from[first..];
            let place = [row.first + tap, column.first];
            let weights = self.weights::<K>(at.channel, place);
            assert!((X - 1) * step + count * GROUP <= part.len());
            assert!(count * K <= weights.len());
            let start = part.as_ptr().wrapping_add(at.lane);
            let starts =
                std::array::from_fn(|i| start.wrapping_add(i * step));
            // SAFETY: all runs and their weights are inside, see above.
            unsafe {
                let weights = weights.as_ptr();
                run::<T, N, FUSED, K, X>(starts, count, weights, &mut sums);
            }
        }
        sums
    }

    /// The same for pixels at an edge, some of them maybe beyond: outside
    /// of the picture there are zeros.
    #[inline(always)]
    fn edge<
        const N: usize,
        const FUSED: bool,
        const K: usize,
        const X: usize,
    >(
        &self,
        at: Spot,
    ) -> Sums<T, N, K, X> {
        let (row, column) = (at.row, at.column);
        let (inputs, read) = (self.columns.inputs, self.channels[0]);
        let next = self.columns.steps()[1];
        let mut sums = [[[T::zero(); N]; X]; K];
        for tap in row.inside(self.rows.inputs) {
            let line = (row.origin + tap as isize) as usize * inputs;
            let line = &self.from[line * read * GROUP..];
            let line = &line[..inputs * read * GROUP];
            for across in 0..column.taps {
                let first = column.origin + across as isize;
                let starts = std::array::from_fn(|i| {
                    let input = first + (i * next) as isize;
                    let pixel = match usize::try_from(input) {
                        Ok(input) if input < inputs => {
                            &line[input * read * GROUP..][..read * GROUP]
                        }
                        _ => &self.zeros[..read * GROUP],
                    };
                    pixel.as_ptr().wrapping_add(at.lane)
                });
                let place = [row.first + tap, column.first + across];
                let weights = self.weights::<K>(at.channel, place);
                assert!(read * K <= weights.len());
                // SAFETY: every run is a whole pixel, see above.
                unsafe {
                    let weights = weights.as_ptr();
                    run::<T, N, FUSED, K, X>(
                        starts, read, weights, &mut sums,
                    );
                }
            }
        }
        sums
    }

    /// Writes a tile, but for pixels beyond the line.
    #[inline(always)]
    fn put<
        const N: usize,
        const FUSED: bool,
        const K: usize,
        const X: usize,
    >(
        &self,
        at: Spot,
        sums: Sums<T, N, K, X>,
        to: &mut [T],
    ) {
        let written = self.channels[1];
        let step = self.columns.steps()[0] * written;
        let first = (at.y * self.columns.outputs + at.x) * written;
        for i in 0..X {
            if i < at.left {
                let start = (first + i * step + at.channel) * GROUP;
                let rows = start..start + K * GROUP;
                let sums = std::array::from_fn(|k| sums[k][i]);
                let to = &mut to[rows];
                let place = [at.channel, at.lane, start];
                self.after.finish::<N, FUSED, K>(place, sums, to);
            }
        }
    }
}

/// Adds `count` rows from every start, times the weights of that row.
///
/// # Safety
///
/// There must be `count` rows at every start, and `count · K` weights.
#[inline(always)]
unsafe fn run<
    T: Number,
    const N: usize,
    const FUSED: bool,
    const K: usize,
    const X: usize,
>(
    starts: [*const T; X],
    count: usize,
    weights: *const T,
    sums: &mut Sums<T, N, K, X>,
) {
    for row in 0..count {
        // SAFETY: there are so many rows and weights.
        let (seen, weights) = unsafe {
            let seen: [[T; N]; X] = std::array::from_fn(|i| {
                starts[i].add(row * GROUP).cast::<[T; N]>().read()
            });
            let weights = weights.add(row * K).cast::<[T; K]>().read();
            (seen, weights)
        };
        for (sums, weight) in sums.iter_mut().zip(weights) {
            for (sums, seen) in sums.iter_mut().zip(&seen) {
                let weights = [weight; N];
                *sums =
                    T::vector_times_plus::<N, FUSED>(weights, *seen, *sums);
            }
        }
    }
}
