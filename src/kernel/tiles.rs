//! The tiles of a product: in which order, and what is packed for them.
//!
//! ```text
//! for some columns and some of the depth     a block of B is packed, for
//!                                            the second-level cache
//!     for a few rows                         those of Aᵀ are packed
//!         for a panel of three vectors       for the first-level cache
//!             for eight of the rows          a tile, in registers
//! ```
//!
//! Large matrices are thus read and written in the order in which they lie
//! in memory, in long stretches.
#![expect(
    unsafe_code,
    reason = "a tile multiplies without asking whether it may: the whole \
              tile is checked before"
)]

use crate::kernel::crew::Piece;
use crate::kernel::curve::Curve;
use crate::kernel::level::Job;
use crate::kernel::number::Number;
use crate::kernel::output::Output;
use crate::kernel::output::Spot;
use crate::kernel::pack::Aligned;
use crate::kernel::pack::Paper;
use crate::kernel::pack::pack;
use crate::kernel::pack::pack_across;
use crate::kernel::product::Plus;
use crate::kernel::product::Product;
use crate::kernel::tile::Factor;
use crate::kernel::tile::Place;
use crate::kernel::tile::multiply;
use std::mem::MaybeUninit;
use std::ops::Range;

/// The most depth of a block.
pub(super) const DEPTH: usize = 256;

/// Vectors of a block of `B`: 512 kB with 512 bits, half of it with 256.
/// The wider a block, the longer the stretches in which `B` is read, and
/// the processor sees by itself what comes next.
pub(super) const PAPER: usize = 8192;

/// Rows that meet a panel while it is in the first-level cache.
pub(super) const HEIGHT: usize = 24;

/// One piece of the tiles of a product.
pub(super) struct Tiles<'a, T> {
    pub(super) product: &'a Product<'a, T>,
    pub(super) c: &'a Output<'a, T>,
    pub(super) piece: Piece,
}

/// A block of `B`, packed.
struct Block<'a, T, const N: usize> {
    /// Panel after panel.
    packed: &'a [[T; N]],
    depth: Range<usize>,
    columns: Range<usize>,
}

/// A few rows of `A`, and whether they had to be packed.
struct Strip<T> {
    rows: Range<usize>,
    factor: Factor<T>,
    is_packed: bool,
}

impl<T: Number> Job for Tiles<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let (rows, vectors) = self.part::<N>();
        let depth = self.product.b.dim().0;
        let blocks = depth.div_ceil(DEPTH).max(1);
        let most = PAPER / depth.div_ceil(blocks).max(1);
        let groups = vectors.len().div_ceil(most / wide(N) * wide(N));
        let mut paper = Aligned([const { MaybeUninit::uninit() }; PAPER]);
        let columns = |group: usize| {
            let group = Piece { index: group, of: groups };
            let part = group.share_of(vectors.len());
            let place =
                |v: usize| ((vectors.start + v) * N).min(self.c.columns);
            place(part.start)..place(part.end)
        };
        for n in 0..groups * blocks {
            let block = Piece { index: n % blocks, of: blocks };
            let (depth, columns) =
                (block.share_of(depth), columns(n / blocks));
            let b = &self.product.b;
            let range = [depth.clone(), columns.clone()];
            let packed = pack(b, range, wide(N), &mut paper.0);
            let columns_done = columns.clone();
            let block = Block { packed, depth, columns };
            self.block::<N, FUSED>(&rows, &block);
            if n % blocks + 1 == blocks {
                self.bend::<FUSED>(&rows, columns_done);
            }
        }
    }
}

/// Vectors of a tile in a row: with 512 bits 3 by 8 rows fill 24 of the
/// 32 registers, with 256 bits 2 by 6 fill 12 of 16.
pub(super) const fn wide(lanes: usize) -> usize {
    if lanes == 16 { 3 } else { 2 }
}

/// Rows of a tile.
pub(super) const fn high(lanes: usize) -> usize {
    if lanes == 16 { 8 } else { 6 }
}

impl<T: Number> Tiles<'_, T> {
    /// The rows and the vectors of columns of this piece: some of
    /// whichever there are more of.
    #[inline(always)]
    fn part<const N: usize>(&self) -> (Range<usize>, Range<usize>) {
        let (rows, columns) = (self.c.rows, self.c.columns);
        let (strips, vectors) =
            (rows.div_ceil(high(N)), columns.div_ceil(N));
        if strips > vectors {
            let part = self.piece.share_of(strips);
            let place = |strip: usize| (strip * high(N)).min(rows);
            (place(part.start)..place(part.end), 0..vectors)
        } else {
            (0..rows, self.piece.share_of(vectors))
        }
    }

    /// All rows of a piece, for a block.
    #[inline(always)]
    fn block<const N: usize, const FUSED: bool>(
        &self,
        rows: &Range<usize>,
        block: &Block<T, N>,
    ) {
        let mut slip =
            Aligned([const { MaybeUninit::uninit() }; HEIGHT * DEPTH]);
        let panels = block.columns.len().div_ceil(wide(N) * N);
        for top in rows.clone().step_by(HEIGHT) {
            let few = top..rows.end.min(top + HEIGHT);
            let strip = self.strip(few, block.depth.clone(), &mut slip.0);
            for panel in 0..panels {
                self.meet::<N, FUSED>(&strip, block, panel);
            }
        }
    }

    /// Some rows of `A`: as they are, or packed if they lie apart.
    #[inline(always)]
    fn strip(
        &self,
        rows: Range<usize>,
        depth: Range<usize>,
        slip: &mut Paper<T>,
    ) -> Strip<T> {
        let a = &self.product.a;
        let is_packed = !a.has_rows();
        let factor = if is_packed {
            let packed =
                pack_across::<T, HEIGHT>(a, rows.clone(), depth, slip);
            let start = packed.as_ptr().cast();
            Factor { start, row: 1, column: HEIGHT }
        } else {
            a.from(rows.start, depth.start)
        };
        Strip { rows, factor, is_packed }
    }

    /// A strip meets a panel.
    #[inline(always)]
    fn meet<const N: usize, const FUSED: bool>(
        &self,
        strip: &Strip<T>,
        block: &Block<T, N>,
        panel: usize,
    ) {
        let first = panel * wide(N);
        let column = block.columns.start + first * N;
        let width = (block.columns.end - column).min(wide(N) * N);
        let depth = block.depth.len();
        let width_in_vectors = width.div_ceil(N);
        let packed = &block.packed[first * depth..];
        let packed = &packed[..width_in_vectors * depth];
        let spot = Spot { row: strip.rows.start, column, width };
        let is_first = block.depth.start == 0;
        match width_in_vectors {
            3 if N == 16 => {
                let panel = Panel::<T, N, 3>::new(packed, is_first);
                self.tiles::<N, FUSED, 3>(strip, spot, &panel);
            }
            2 => {
                let panel = Panel::<T, N, 2>::new(packed, is_first);
                self.tiles::<N, FUSED, 2>(strip, spot, &panel);
            }
            _ => {
                let panel = Panel::<T, N, 1>::new(packed, is_first);
                self.tiles::<N, FUSED, 1>(strip, spot, &panel);
            }
        }
    }

    /// The tiles of a strip in a panel.
    #[inline(always)]
    fn tiles<const N: usize, const FUSED: bool, const V: usize>(
        &self,
        strip: &Strip<T>,
        mut spot: Spot,
        panel: &Panel<T, N, V>,
    ) {
        if panel.is_first {
            for row in strip.rows.clone() {
                self.begin(Spot { row, ..spot }, strip.is_packed);
            }
        }
        while spot.row < strip.rows.end {
            spot.row += match strip.rows.end - spot.row {
                8.. if N == 16 => {
                    self.tile::<N, FUSED, 8, V>(strip, spot, panel)
                }
                6.. if N == 8 => {
                    self.tile::<N, FUSED, 6, V>(strip, spot, panel)
                }
                4.. => self.tile::<N, FUSED, 4, V>(strip, spot, panel),
                2.. => self.tile::<N, FUSED, 2, V>(strip, spot, panel),
                _ => self.tile::<N, FUSED, 1, V>(strip, spot, panel),
            };
        }
    }

    /// A row of a tile before the first block; if all of `C` is large,
    /// its part a strip below is asked for.
    #[inline(always)]
    fn begin(&self, spot: Spot, is_large: bool) {
        if let Plus::Row(bias) = self.product.plus {
            let columns = spot.column..spot.column + spot.width;
            self.c.row(spot).copy_from_slice(&bias[columns]);
        }
        if is_large {
            self.c.fetch(Spot { row: spot.row + HEIGHT, ..spot });
        }
    }

    /// One tile; returns its height.
    #[inline(always)]
    fn tile<
        const N: usize,
        const FUSED: bool,
        const M: usize,
        const V: usize,
    >(
        &self,
        strip: &Strip<T>,
        spot: Spot,
        panel: &Panel<T, N, V>,
    ) -> usize {
        let down = (spot.row - strip.rows.start) * strip.factor.row;
        let start = strip.factor.start.wrapping_add(down);
        let a = Factor { start, ..strip.factor };
        let adds =
            !panel.is_first || !matches!(self.product.plus, Plus::Nothing);
        if spot.width == V * N {
            let c = self.c.place(spot, M);
            // SAFETY: the strip has these rows and the block's depth, and
            // nobody else writes or reads this tile now.
            unsafe {
                multiply::<T, N, FUSED, M, V>(a, panel.rows, c, adds);
            }
        } else {
            self.edge::<N, FUSED, M, V>(a, spot, (panel, adds));
        }
        M
    }

    /// A tile that reaches beyond the last column, on paper first.
    #[inline(always)]
    fn edge<
        const N: usize,
        const FUSED: bool,
        const M: usize,
        const V: usize,
    >(
        &self,
        a: Factor<T>,
        spot: Spot,
        (panel, adds): (&Panel<T, N, V>, bool),
    ) {
        let mut paper = [[[T::zero(); N]; V]; M];
        let row = |i: usize| self.c.row(Spot { row: spot.row + i, ..spot });
        if adds {
            for (i, to) in paper.iter_mut().enumerate() {
                to.as_flattened_mut()[..spot.width].copy_from_slice(row(i));
            }
        }
        let c = Place { start: paper.as_mut_ptr().cast(), row: V * N };
        // SAFETY: the strip has these rows and the block's depth, and the
        // paper has the size of the tile.
        unsafe { multiply::<T, N, FUSED, M, V>(a, panel.rows, c, adds) };
        for (i, from) in paper.iter().enumerate() {
            row(i).copy_from_slice(&from.as_flattened()[..spot.width]);
        }
    }

    /// Bends the sums when they are complete.
    #[inline(always)]
    fn bend<const FUSED: bool>(
        &self,
        rows: &Range<usize>,
        columns: Range<usize>,
    ) {
        let curve = self.product.curve;
        if curve != Curve::Linear {
            let (column, width) = (columns.start, columns.len());
            for row in rows.clone() {
                let row = self.c.row(Spot { row, column, width });
                curve.bend::<T, FUSED>(row);
            }
        }
    }
}

/// A packed panel, `V` vectors wide.
struct Panel<'a, T, const N: usize, const V: usize> {
    rows: &'a [[[T; N]; V]],
    is_first: bool,
}

impl<'a, T, const N: usize, const V: usize> Panel<'a, T, N, V> {
    #[inline(always)]
    fn new(packed: &'a [[T; N]], is_first: bool) -> Self {
        Panel { rows: packed.as_chunks().0, is_first }
    }
}
