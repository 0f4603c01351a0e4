//! Products of matrices, tile by tile.
//!
//! ```text
//! C = A · B        Aᵀ · B        A · Bᵀ        and  C = s(A · B + bias)
//! ```
//!
//! Whether a factor is transposed is read off its strides. `B` is cut into
//! panels of a few vectors' width; a panel is packed in reading order, at
//! most `DEPTH` rows at a time, and meets all rows of `A` while it is in
//! the cache.
#![expect(
    unsafe_code,
    reason = "threads write different tiles of one matrix"
)]

use crate::kernel::crew::Crew;
use crate::kernel::crew::Piece;
use crate::kernel::crew::Worth;
use crate::kernel::curve::Curve;
use crate::kernel::cut::Cut;
use crate::kernel::input::Input;
use crate::kernel::level::Job;
use crate::kernel::level::Level;
use crate::kernel::line::Line;
use crate::kernel::number::Number;
use crate::kernel::pack::pack;
use crate::kernel::passes::Hands;
use crate::kernel::sparse::FewRows;
use crate::kernel::sparse::is_sparse;
use crate::kernel::tile::Tile;
use crate::kernel::tile::add_product;
use std::mem::MaybeUninit;
use std::ops::Range;

/// Vectors of a tile in a row; with 512 bits, 3 by 8 rows fill 24 of the
/// 32 registers.
const VECTORS: usize = 3;

/// Rows of a panel that are packed at once: 48 kB with 512 bits, half of
/// it with 256, so that it stays in the cache next to the processor.
const DEPTH: usize = 256;

/// What is added to a product.
#[derive(Debug, Clone, Copy)]
pub enum Plus<'a, T> {
    /// Nothing: `A · B`.
    Nothing,
    /// A row: `A · B + bias`.
    Row(&'a [T]),
    /// What is there already: `C + A · B`.
    Old,
}

/// A product to be computed.
#[derive(Debug, Clone, Copy)]
pub struct Product<'a, T> {
    /// `[rows, depth]`
    pub a: Input<'a, T>,
    /// `[depth, columns]`
    pub b: Input<'a, T>,
    /// What is added.
    pub plus: Plus<'a, T>,
    /// How the sums are bent.
    pub curve: Curve,
}

impl<T: Number> Product<'_, T> {
    /// Computes it into `c`, `[rows, columns]`, row after row.
    ///
    /// # Panics
    ///
    /// When the shapes do not fit.
    pub fn write(&self, c: &mut [T], level: Level, crew: &mut Crew) {
        let (rows, depth) = self.a.dim();
        let columns = self.b.dim().1;
        assert!(depth == self.b.dim().0, "A and B do not fit");
        assert!(c.len() == rows * columns, "C is of another shape");
        if let Plus::Row(bias) = self.plus {
            assert!(bias.len() == columns, "the bias is of another shape");
        }
        if c.is_empty() {
            return;
        }
        if rows == 1 && self.b.has_rows() {
            self.begin(c);
            level.run(Line { a: &self.a, b: &self.b, c });
            return Hands { level, crew }.bend(self.curve, c);
        }
        if self.b.has_rows() && is_sparse(&self.a) {
            return self.write_few(c, level, crew);
        }
        let c = Output { start: c.as_mut_ptr(), rows, columns };
        let worth = Worth::of(rows * columns * depth / 16);
        crew.share(worth, &|piece| {
            level.run(Tiles { product: self, c: &c, piece });
        });
    }
}

impl<T: Number> Product<'_, T> {
    /// The same where nearly all of A is zero.
    fn write_few(&self, c: &mut [T], level: Level, crew: &mut Crew) {
        let columns = self.b.dim().1;
        for row in c.chunks_exact_mut(columns) {
            self.begin(row);
        }
        let worth = Worth::of(c.len());
        let c = Cut::new(c);
        crew.share(worth, &|piece| {
            let (a, b, c) = (&self.a, &self.b, c.rows(piece, columns));
            level.run(FewRows { a, b, piece, c });
        });
        let c = c.into_inner();
        Hands { level, crew }.bend(self.curve, c);
    }

    /// What the sums of a row start from.
    fn begin(&self, row: &mut [T]) {
        match self.plus {
            Plus::Nothing => row.fill(T::zero()),
            Plus::Row(bias) => row.copy_from_slice(bias),
            Plus::Old => {}
        }
    }
}

/// A matrix that is written, row after row, by several threads.
struct Output<T> {
    start: *mut T,
    rows: usize,
    columns: usize,
}

// SAFETY: no two pieces of a product write the same tile.
unsafe impl<T: Send> Sync for Output<T> {}

/// Where a tile is, and how many of its columns count.
#[derive(Clone, Copy)]
struct Spot {
    row: usize,
    column: usize,
    width: usize,
}

impl<T> Output<T> {
    /// A row of a tile.
    #[inline(always)]
    #[expect(clippy::mut_from_ref, reason = "no two tiles overlap")]
    fn row(&self, spot: Spot) -> &mut [T] {
        let Spot { row, column, width } = spot;
        assert!(row < self.rows && column + width <= self.columns);
        // SAFETY: inside, and nobody else writes or reads this tile now.
        unsafe {
            let start = self.start.add(row * self.columns + column);
            std::slice::from_raw_parts_mut(start, width)
        }
    }
}

/// One piece of the tiles of a product.
struct Tiles<'a, T> {
    product: &'a Product<'a, T>,
    c: &'a Output<T>,
    piece: Piece,
}

/// Begins where a cache line begins: no vector then lies in two lines.
#[repr(align(64))]
struct Aligned<A>(A);

/// A packed panel: some of the depth of some columns.
struct Panel<'a, T, const N: usize, const V: usize> {
    rows: &'a [[[T; N]; V]],
    from: usize,
    is_first: bool,
}

impl<T: Number> Job for Tiles<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let high = if N == 16 { 8 } else { 4 };
        let strips = self.c.rows.div_ceil(high);
        let vectors = self.c.columns.div_ceil(N);
        let panels = vectors.div_ceil(VECTORS);
        let places = self.piece.share_of(panels * strips);
        let mut place = places.start;
        while place < places.end {
            let panel = place / strips;
            let end = places.end.min((panel + 1) * strips);
            // Panels differ by one vector at most.
            let left = vectors * panel / panels;
            let right = vectors * (panel + 1) / panels;
            let columns = left * N..(right * N).min(self.c.columns);
            let from = place % strips * high;
            let to = self.c.rows.min(((end - 1) % strips + 1) * high);
            match right - left {
                1 => self.panel::<N, FUSED, 1>(from..to, columns),
                2 => self.panel::<N, FUSED, 2>(from..to, columns),
                _ => self.panel::<N, FUSED, 3>(from..to, columns),
            }
            place = end;
        }
    }
}

impl<T: Number> Tiles<'_, T> {
    /// Some rows of a panel of `V` vectors.
    #[inline(always)]
    fn panel<const N: usize, const FUSED: bool, const V: usize>(
        &self,
        rows: Range<usize>,
        columns: Range<usize>,
    ) {
        let depth = self.product.b.dim().0;
        let blocks = depth.div_ceil(DEPTH).max(1);
        let mut paper =
            Aligned([[const { MaybeUninit::uninit() }; V]; DEPTH]);
        for block in 0..blocks {
            let from = depth * block / blocks;
            let to = depth * (block + 1) / blocks;
            let packed = pack::<T, N, V>(
                &self.product.b,
                from..to,
                columns.clone(),
                paper.0.as_flattened_mut(),
            );
            let panel = Panel { rows: packed, from, is_first: block == 0 };
            self.rows::<N, FUSED, V>(rows.clone(), &columns, &panel);
        }
        if self.product.curve != Curve::Linear {
            let (column, width) = (columns.start, columns.len());
            for row in rows {
                let row = self.c.row(Spot { row, column, width });
                self.product.curve.bend::<T, FUSED>(row);
            }
        }
    }

    /// Rows in tiles of 8, 4, 2 and 1.
    #[inline(always)]
    fn rows<const N: usize, const FUSED: bool, const V: usize>(
        &self,
        rows: Range<usize>,
        columns: &Range<usize>,
        panel: &Panel<T, N, V>,
    ) {
        let (column, width) = (columns.start, columns.len());
        let mut row = rows.start;
        // While these rows are multiplied, what is packed next comes near.
        let next = panel.from + panel.rows.len();
        let ahead = panel.rows.len().div_ceil(rows.len().div_ceil(8));
        let mut wanted = next;
        while row < rows.end {
            for p in wanted..(wanted + ahead).min(next + panel.rows.len()) {
                if p < self.product.b.dim().0 {
                    self.product.b.fetch(p, column, width);
                } else {
                    let p = p - self.product.b.dim().0;
                    self.product.b.fetch(p, column + width, width);
                }
            }
            wanted += ahead;
            let spot = Spot { row, column, width };
            row += match rows.end - row {
                8.. if N == 16 => self.cell::<N, FUSED, 8, V>(spot, panel),
                4.. => self.cell::<N, FUSED, 4, V>(spot, panel),
                2.. => self.cell::<N, FUSED, 2, V>(spot, panel),
                _ => self.cell::<N, FUSED, 1, V>(spot, panel),
            };
        }
    }

    /// One tile; returns its height.
    #[inline(always)]
    fn cell<
        const N: usize,
        const FUSED: bool,
        const M: usize,
        const V: usize,
    >(
        &self,
        spot: Spot,
        panel: &Panel<T, N, V>,
    ) -> usize {
        let mut sums = self.start::<N, M, V>(spot, panel.is_first);
        let product = self.product;
        if !panel.rows.is_empty() {
            let a = product.a.from(spot.row, panel.from);
            // SAFETY: A has these rows, for C has, and this depth.
            sums = unsafe {
                add_product::<T, N, FUSED, M, V>(a, panel.rows, sums)
            };
        }
        for (i, sums) in sums.iter().enumerate() {
            let row = self.c.row(Spot { row: spot.row + i, ..spot });
            write(sums, row);
        }
        M
    }

    /// What the sums of a tile start from.
    #[inline(always)]
    fn start<const N: usize, const M: usize, const V: usize>(
        &self,
        spot: Spot,
        is_first: bool,
    ) -> Tile<T, N, M, V> {
        match self.product.plus {
            Plus::Nothing if is_first => [[[T::zero(); N]; V]; M],
            Plus::Row(bias) if is_first => {
                [read(&bias[spot.column..spot.column + spot.width]); M]
            }
            _ => std::array::from_fn(|i| {
                read(self.c.row(Spot { row: spot.row + i, ..spot }))
            }),
        }
    }
}

/// Part of a row, as vectors; zeros after its end.
#[inline(always)]
fn read<T: Number, const N: usize, const V: usize>(
    row: &[T],
) -> [[T; N]; V] {
    let (whole, rest) = row.as_chunks::<N>();
    if let Ok(whole) = <&[[T; N]; V]>::try_from(whole) {
        return *whole;
    }
    let mut vectors = [[T::zero(); N]; V];
    for (to, from) in vectors.iter_mut().zip(whole) {
        *to = *from;
    }
    for (to, from) in vectors[whole.len()].iter_mut().zip(rest) {
        *to = *from;
    }
    vectors
}

/// Writes vectors to part of a row, as much of them as fits.
#[inline(always)]
fn write<T: Number, const N: usize, const V: usize>(
    vectors: &[[T; N]; V],
    row: &mut [T],
) {
    let (whole, rest) = row.as_chunks_mut::<N>();
    if let Ok(whole) = <&mut [[T; N]; V]>::try_from(&mut *whole) {
        *whole = *vectors;
        return;
    }
    for (to, from) in rest.iter_mut().zip(&vectors[whole.len()]) {
        *to = *from;
    }
    for (to, from) in whole.iter_mut().zip(vectors) {
        *to = *from;
    }
}
