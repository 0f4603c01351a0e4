//! How the columns of a matrix vary together.
//!
//! ```text
//! C = Σ over the rows x of (x - μ)ᵀ · (x - μ)
//! ```
//!
//! A few rows at a time are centered and written down as panels of some
//! columns, each as wide as a tile. Every panel then meets itself and those
//! before it, as both factors of a product: `C` is symmetric, so only the
//! blocks on and below its diagonal are calculated.
#![expect(
    unsafe_code,
    reason = "a tile multiplies without asking whether it may: both panels \
              are checked before"
)]

use crate::kernel::crew::Crew;
use crate::kernel::crew::Piece;
use crate::kernel::crew::Worth;
use crate::kernel::cut::Cut;
use crate::kernel::input::Input;
use crate::kernel::level::Job;
use crate::kernel::level::Level;
use crate::kernel::number::Number;
use crate::kernel::tile::Factor;
use crate::kernel::tile::Place;
use crate::kernel::tile::multiply;
use std::ops::Range;

/// Rows that are centered at once: two panels fit the first-level cache.
const ROWS: usize = 128;

/// Vectors across a panel.
const WIDE: usize = 3;

/// Numbers to a cache line, or two of them.
const LINE: usize = 16;

/// Writes the sum over the rows of `x`, `[rows, n]`, seen from `mean`,
/// `[n]`, into `sums`, `[n, n]`.
///
/// # Panics
///
/// When the sizes differ, or the rows of `x` are not each in one piece.
pub fn write<T: Number>(
    x: &Input<T>,
    mean: &[T],
    sums: &mut [T],
    level: Level,
    crew: &mut Crew,
) {
    let (rows, n) = x.dim();
    assert!(mean.len() == n, "{} for {n} columns", mean.len());
    assert!(sums.len() == n * n, "{} for {n} by {n}", sums.len());
    let width = level.run(Width);
    let panels = n.div_ceil(width);
    let pairs = panels * (panels + 1) / 2;
    let mut paper = vec![T::zero(); panels * ROWS * width + LINE];
    let paper = aligned(&mut paper);
    let mut blocks = vec![T::zero(); pairs * width * width + LINE];
    let blocks = aligned(&mut blocks);
    for top in (0..rows).step_by(ROWS) {
        let rows = top..rows.min(top + ROWS);
        let depth = rows.len();
        let size = depth * width;
        let worth = Worth::of(depth * n);
        let parts = Cut::new(&mut paper[..panels * size]);
        crew.share(worth, &|piece| {
            for panel in piece.share_of(panels) {
                let columns = panel * width..n.min((panel + 1) * width);
                let (rows, to) = (rows.clone(), parts.stretch(panel, size));
                level.run(Center { x, rows, columns, mean, to });
            }
        });
        let centered = &paper[..panels * size];
        let worth = Worth::of(pairs * size * width / LINE);
        let parts = Cut::new(&mut blocks[..pairs * width * width]);
        crew.share(worth, &|piece| {
            let to = &parts;
            level.run(Meet { centered, depth, columns: n, piece, to });
        });
    }
    unfold(blocks, width, n, sums);
}

/// From where a cache line begins.
fn aligned<T>(paper: &mut [T]) -> &mut [T] {
    let start = paper.as_ptr().align_offset(64);
    &mut paper[start.min(LINE)..]
}

/// All of `C`, from its blocks.
fn unfold<T: Number>(blocks: &[T], width: usize, n: usize, sums: &mut [T]) {
    let mut blocks = blocks.chunks_exact(width * width);
    for top in (0..n).step_by(width) {
        for left in (0..=top).step_by(width) {
            let lines = blocks.next().unwrap_or_default();
            let (rows, columns) = (top..n, left..n.min(left + width));
            for (row, line) in rows.zip(lines.chunks_exact(width)) {
                for (column, sum) in columns.clone().zip(line) {
                    sums[row * n + column] = *sum;
                    sums[column * n + row] = *sum;
                }
            }
        }
    }
}

/// How many numbers are across a panel.
struct Width;

impl Job for Width {
    type Answer = usize;

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) -> usize {
        WIDE * N
    }
}

/// Writes a panel.
struct Center<'a, T> {
    x: &'a Input<'a, T>,
    rows: Range<usize>,
    columns: Range<usize>,
    mean: &'a [T],
    to: &'a mut [T],
}

impl<T: Number> Job for Center<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let Center { x, rows, columns, mean, to } = self;
        let (start, width) = (columns.start, columns.len());
        let mean = &mean[columns];
        for (to, row) in to.chunks_exact_mut(WIDE * N).zip(rows) {
            let row = x.in_row(row, start, width);
            let (to, rest) = to.split_at_mut(width);
            for ((to, x), mean) in to.iter_mut().zip(row).zip(mean) {
                *to = *x - *mean;
            }
            rest.fill(T::zero());
        }
    }
}

/// Some of the panels meet those up to their own.
struct Meet<'a, T> {
    /// Panel after panel.
    centered: &'a [T],
    /// How many rows a panel has.
    depth: usize,
    /// How many columns all panels have.
    columns: usize,
    piece: Piece,
    /// Block after block: (0, 0), (1, 0), (1, 1), (2, 0), ...
    to: &'a Cut<'a, T>,
}

impl<T: Number> Job for Meet<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let panels = self.columns.div_ceil(WIDE * N);
        let part = self.piece.share_of(panels * (panels + 1) / 2);
        let size = (WIDE * N) * (WIDE * N);
        let (mut i, mut j) = (0, 0);
        for block in 0..part.end {
            if block >= part.start {
                let to = self.to.stretch(block, size);
                if N == 16 {
                    self.block::<N, FUSED, 8>(i, j, to);
                } else {
                    self.block::<N, FUSED, 4>(i, j, to);
                }
            }
            (i, j) = if i == j { (i + 1, 0) } else { (i, j + 1) };
        }
    }
}

impl<T: Number> Meet<'_, T> {
    /// Adds the product of two panels, `M` rows at a time; those that
    /// only fill up the last panel are left out.
    #[inline(always)]
    fn block<const N: usize, const FUSED: bool, const M: usize>(
        &self,
        i: usize,
        j: usize,
        to: &mut [T],
    ) {
        let (width, size) = (WIDE * N, self.depth * WIDE * N);
        let panel = |at: usize| &self.centered[at * size..(at + 1) * size];
        let (left, (right, _)) = (panel(i), panel(j).as_chunks::<N>());
        let (right, _) = right.as_chunks::<WIDE>();
        let tiles = (self.columns - i * width).min(width).div_ceil(M);
        let all = to.chunks_exact_mut(M * width).take(tiles);
        for (tile, to) in all.enumerate() {
            let start = left[tile * M..].as_ptr();
            let a = Factor { start, row: 1, column: width };
            let c = Place { start: to.as_mut_ptr(), row: width };
            // SAFETY: both panels have `depth` rows, the left one from
            // here on `M` columns in each, and `to` is `M` rows of a block
            // that nobody else writes now.
            unsafe { multiply::<T, N, FUSED, M, WIDE>(a, right, c, true) };
        }
    }
}
