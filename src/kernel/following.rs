//! A gradient that is followed at once.
//!
//! ```text
//! G = A · B        w, m, v ← a step of Adam with G
//! ```
//!
//! The gradient of a weight matrix is a product. To write all of it into
//! memory, only to read it again for the step, takes about as long as the
//! step. So a few rows of `G` are multiplied, and while they are still
//! near, these rows of the weights make their step. Both are the same
//! calculations in the same order as one after the other: so are the bits.
#![expect(
    unsafe_code,
    reason = "a tile multiplies without asking whether it may: the whole \
              tile is checked before"
)]

use crate::kernel::crew::Piece;
use crate::kernel::crew::Worth;
use crate::kernel::cut::Cut;
use crate::kernel::input::Input;
use crate::kernel::level::Job;
use crate::kernel::number::Number;
use crate::kernel::pack::Aligned;
use crate::kernel::pack::Paper;
use crate::kernel::pack::pack;
use crate::kernel::pack::pack_across;
use crate::kernel::passes::Hands;
use crate::kernel::sparse::FewColumns;
use crate::kernel::sparse::FewRows;
use crate::kernel::sparse::MOST_COLUMNS;
use crate::kernel::sparse::is_sparse;
use crate::kernel::sparse::turn_out;
use crate::kernel::steps::Adam;
use crate::kernel::steps::Remembered;
use crate::kernel::steps::step;
use crate::kernel::tile::Factor;
use crate::kernel::tile::Place;
use crate::kernel::tile::multiply;
use crate::kernel::tiles::DEPTH;
use crate::kernel::tiles::HEIGHT;
use crate::kernel::tiles::PAPER;
use crate::kernel::tiles::high;
use crate::kernel::tiles::wide;
use std::mem::MaybeUninit;
use std::ops::Range;

/// Vectors of a row of `G` that are multiplied before their step.
const SLATE: usize = 64;

/// A gradient as a product, and what it moves.
#[derive(Debug)]
pub struct Following<'a, T> {
    /// `[rows, depth]`
    pub a: Input<'a, T>,
    /// `[depth, columns]`
    pub b: Input<'a, T>,
    /// The weights, `[rows, columns]`, row after row.
    pub w: &'a mut [T],
    /// Their mean gradient.
    pub m: &'a mut [T],
    /// Their mean squared gradient.
    pub v: &'a mut [T],
}

/// Whether gradients of products so deep can be followed at once.
pub const fn fits(depth: usize) -> bool {
    depth > 0 && depth <= DEPTH
}

impl Hands<'_> {
    /// A step of Adam along `A · B`.
    ///
    /// # Panics
    ///
    /// When the sizes differ, or the product is too [deep](fits).
    pub fn follow<T: Number>(&mut self, adam: Adam<T>, all: Following<T>) {
        let Following { a, b, w, m, v } = all;
        let ((rows, depth), columns) = (a.dim(), b.dim().1);
        assert!(depth == b.dim().0 && fits(depth), "A and B do not fit");
        assert!(w.len() == rows * columns, "W is of another shape");
        assert!(m.len() == w.len() && v.len() == w.len(), "no memory");
        if w.is_empty() {
            return;
        }
        let is_few = a.has_columns() && b.has_rows() && is_sparse(&a);
        let way = match () {
            () if is_few => Way::FewRows,
            () if FewColumns::fits(&a, &b) => Way::FewColumns,
            () => Way::Tiles,
        };
        let (level, worth) = (self.level, Worth::of(4 * w.len()));
        let (w, m, v) = (Cut::new(w), Cut::new(m), Cut::new(v));
        self.crew.share(worth, &|piece| {
            let rows = strips(piece, rows);
            let part = rows.start * columns..rows.end * columns;
            let (w, m) = (w.between(part.clone()), m.between(part.clone()));
            let v = v.between(part);
            let weights = Weights { adam, columns, rows, w, m, v };
            let (a, b) = (&a, &b);
            match way {
                Way::FewRows => {
                    level.run(ByRows { of: FewRows { a, b }, weights });
                }
                Way::FewColumns => {
                    let of = FewColumns { a, b };
                    level.run(ByColumns { of, weights });
                }
                Way::Tiles => level.run(ByTiles { a, b, weights }),
            }
        });
    }
}

/// The rows of a piece: whole tiles of them.
fn strips(piece: Piece, rows: usize) -> Range<usize> {
    let strips = piece.share_of(rows.div_ceil(8));
    let place = |strip: usize| rows.min(8 * strip);
    place(strips.start)..place(strips.end)
}

/// How the rows of a gradient are multiplied.
#[derive(Debug, Clone, Copy)]
enum Way {
    FewRows,
    FewColumns,
    Tiles,
}

/// Some rows of the weights, and how they move.
struct Weights<'a, T> {
    adam: Adam<T>,
    columns: usize,
    rows: Range<usize>,
    w: &'a mut [T],
    m: &'a mut [T],
    v: &'a mut [T],
}

impl<T: Number> Weights<'_, T> {
    /// Moves part of a row along its gradient.
    #[inline(always)]
    fn step<const FUSED: bool>(&mut self, row: usize, at: usize, g: &[T]) {
        let start = (row - self.rows.start) * self.columns + at;
        let range = start..start + g.len();
        let all = Remembered {
            w: &mut self.w[range.clone()],
            m: &mut self.m[range.clone()],
            v: &mut self.v[range],
            g,
        };
        step::<T, FUSED>(self.adam, all);
    }
}

/// Numbers of a row of `G` that are added up before their step.
const STRETCH: usize = 1024;

struct ByRows<'a, T> {
    of: FewRows<'a, T>,
    weights: Weights<'a, T>,
}

impl<T: Number> Job for ByRows<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(mut self) {
        let (rows, columns) =
            (self.weights.rows.clone(), self.weights.columns);
        let mut slate = [T::zero(); STRETCH];
        self.of.noted::<N>(rows, |row, terms| {
            for at in (0..columns).step_by(STRETCH) {
                let g = &mut slate[..STRETCH.min(columns - at)];
                g.fill(T::zero());
                self.of.add::<FUSED>(terms, at, g);
                self.weights.step::<FUSED>(row, at, g);
            }
        });
    }
}

struct ByColumns<'a, T> {
    of: FewColumns<'a, T>,
    weights: Weights<'a, T>,
}

impl<T: Number> Job for ByColumns<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(mut self) {
        let (rows, columns) =
            (self.weights.rows.clone(), self.weights.columns);
        let mut slate = [[T::zero(); N]; MOST_COLUMNS];
        let slate = &mut slate.as_flattened_mut()[..N * columns];
        self.of.each::<N, FUSED>(rows.clone(), |top, sums| {
            turn_out(sums, columns, slate);
            let lines = slate.chunks_exact(columns);
            for (row, g) in (top..rows.end).zip(lines) {
                self.weights.step::<FUSED>(row, 0, g);
            }
        });
    }
}

struct ByTiles<'a, T> {
    a: &'a Input<'a, T>,
    b: &'a Input<'a, T>,
    weights: Weights<'a, T>,
}

impl<T: Number> Job for ByTiles<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(mut self) {
        self.tiles::<N, FUSED>();
    }
}

impl<T: Number> ByTiles<'_, T> {
    /// Strip by strip, tile by tile.
    #[inline(always)]
    fn tiles<const N: usize, const FUSED: bool>(&mut self) {
        let (depth, columns) = self.b.dim();
        let vectors = columns.div_ceil(N);
        let most = (PAPER / depth).min(SLATE) / wide(N) * wide(N);
        let mut paper = Aligned([const { MaybeUninit::uninit() }; PAPER]);
        for left in (0..vectors).step_by(most) {
            let end = columns.min((left + most) * N);
            let part = [0..depth, left * N..end];
            let packed = pack(self.b, part, wide(N), &mut paper.0);
            self.group::<N, FUSED>(packed, left * N..end);
        }
    }

    /// All rows of some columns.
    #[inline(always)]
    fn group<const N: usize, const FUSED: bool>(
        &mut self,
        packed: &[[T; N]],
        columns: Range<usize>,
    ) {
        let depth = self.b.dim().0;
        let mut slip =
            Aligned([const { MaybeUninit::uninit() }; HEIGHT * DEPTH]);
        let mut slate = Aligned([[T::zero(); N]; HEIGHT * SLATE]);
        let all = self.weights.rows.clone();
        for top in all.clone().step_by(HEIGHT) {
            let rows = top..all.end.min(top + HEIGHT);
            let a = strip(self.a, rows.clone(), &mut slip.0);
            for (n, panel) in packed.chunks(wide(N) * depth).enumerate() {
                let at = n * wide(N);
                let slate = &mut slate.0[at..];
                match panel.len() / depth {
                    3 if N == 16 => {
                        let panel = panel.as_chunks::<3>().0;
                        fill::<T, N, FUSED, 3>(a, panel, rows.len(), slate);
                    }
                    2 => {
                        let panel = panel.as_chunks::<2>().0;
                        fill::<T, N, FUSED, 2>(a, panel, rows.len(), slate);
                    }
                    _ => {
                        let panel = panel.as_chunks::<1>().0;
                        fill::<T, N, FUSED, 1>(a, panel, rows.len(), slate);
                    }
                }
            }
            for (row, line) in rows.zip(slate.0.chunks_exact(SLATE)) {
                let g = &line.as_flattened()[..columns.len()];
                self.weights.step::<FUSED>(row, columns.start, g);
            }
        }
    }
}

/// Some rows of `A`, column by column.
#[inline(always)]
fn strip<T: Number>(
    a: &Input<T>,
    rows: Range<usize>,
    slip: &mut Paper<T>,
) -> Factor<T> {
    let depth = a.dim().1;
    let packed = pack_across::<T, HEIGHT>(a, rows, 0..depth, slip);
    let start = packed.as_ptr().cast();
    Factor { start, row: 1, column: HEIGHT }
}

/// The products of so many rows of a strip with a panel, on the slate.
#[inline(always)]
fn fill<T: Number, const N: usize, const FUSED: bool, const V: usize>(
    a: Factor<T>,
    panel: &[[[T; N]; V]],
    rows: usize,
    slate: &mut [[T; N]],
) {
    assert!(rows == 0 || (rows - 1) * SLATE + V <= slate.len());
    let row = SLATE * N;
    let mut at = 0;
    while at < rows {
        let start = a.start.wrapping_add(at);
        let a = Factor { start, ..a };
        let start = slate.as_mut_ptr().wrapping_add(at * SLATE).cast();
        let c = Place { start, row };
        // SAFETY: the strip has these rows and as many columns as the
        // panel has rows, and the slate has all these places.
        unsafe {
            at += match rows - at {
                8.. if high(N) == 8 => {
                    multiply::<T, N, FUSED, 8, V>(a, panel, c, false);
                    8
                }
                6.. if high(N) == 6 => {
                    multiply::<T, N, FUSED, 6, V>(a, panel, c, false);
                    6
                }
                4.. => {
                    multiply::<T, N, FUSED, 4, V>(a, panel, c, false);
                    4
                }
                2.. => {
                    multiply::<T, N, FUSED, 2, V>(a, panel, c, false);
                    2
                }
                _ => {
                    multiply::<T, N, FUSED, 1, V>(a, panel, c, false);
                    1
                }
            };
        }
    }
}
