//! Products that are mostly zeros: with a code of which only a few units
//! speak, or a blame that only they get.
//!
//! A sum with few terms adds them in the order in which a tile adds all of
//! them, so that the result is the same.

use crate::kernel::crew::Piece;
use crate::kernel::input::Input;
use crate::kernel::level::Job;
use crate::kernel::number::Number;
use crate::kernel::output::Output;
use crate::kernel::output::Spot;
use crate::kernel::pack::padded;
use std::ops::Range;

/// A product of few rows pays off below one number in so many.
const FEW: usize = 12;

/// Whether at most one number in `FEW` is not zero. A dense matrix is
/// recognized after its first few rows.
pub fn is_sparse<T: Number>(a: &Input<T>) -> bool {
    let (rows, columns) = a.dim();
    let most = rows * columns / FEW;
    let mut spoke = 0;
    let lines = if a.has_rows() { rows } else { columns };
    for line in 0..lines {
        let numbers = match (a.has_rows(), a.has_columns()) {
            (true, _) => a.in_row(line, 0, columns),
            (_, true) => a.in_column(line, 0, rows),
            _ => return false,
        };
        let speaks = numbers.iter().map(|x| u32::from(*x != T::zero()));
        spoke += speaks.sum::<u32>() as usize;
        if spoke > most {
            return false;
        }
    }
    true
}

/// A product with sparse rows: `c ← c + a · b` for every row.
pub(super) struct FewRows<'a, T> {
    /// `[rows, depth]`, nearly all zeros.
    pub a: &'a Input<'a, T>,
    /// `[depth, columns]`, which [has rows](Input::has_rows).
    pub b: &'a Input<'a, T>,
}

/// Adds to the rows of a piece of `C`.
pub(super) struct AddFewRows<'a, T> {
    /// The factors.
    pub of: FewRows<'a, T>,
    /// Which rows.
    pub piece: Piece,
    /// These rows of `C`.
    pub c: &'a mut [T],
}

/// Rows of `C` that are finished before the next ones.
const ROWS: usize = 32;

/// Terms of a row that are noted before they are added.
pub(super) const TERMS: usize = 256;

impl<T: Number> Job for AddFewRows<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let FewRows { a, b } = self.of;
        let (rows, depth) = a.dim();
        let columns = b.dim().1;
        let rows = self.piece.share_of(rows);
        if a.has_rows() {
            let all = self.c.chunks_exact_mut(columns);
            for (i, c) in rows.zip(all) {
                each::<T, N>(a.in_row(i, 0, depth), |p, x| {
                    add::<T, FUSED>(x, b.in_row(p, 0, columns), c);
                });
            }
            return;
        }
        let first = rows.start;
        self.of.noted::<N>(rows, |i, terms| {
            let at = (i - first) * columns;
            let c = &mut self.c[at..at + columns];
            self.of.add::<FUSED>(terms, 0, c);
        });
    }
}

impl<T: Number> FewRows<'_, T> {
    /// Visits rows with some of their terms: columns of `a`, and what is
    /// there. A row has more visits than one if there are more columns
    /// than [`TERMS`]. For an `a` that [has columns](Input::has_columns).
    #[inline(always)]
    pub fn noted<const N: usize>(
        &self,
        rows: Range<usize>,
        mut visit: impl FnMut(usize, &[(u32, T)]),
    ) {
        let depth = self.a.dim().1;
        let mut notes = Notes::new();
        for top in rows.clone().step_by(ROWS) {
            let height = ROWS.min(rows.end - top);
            for from in (0..depth).step_by(TERMS) {
                notes.clear();
                for p in from..depth.min(from + TERMS) {
                    let column = self.a.in_column(p, top, height);
                    each::<T, N>(column, |i, x| notes.add(i, (p, x)));
                }
                for i in 0..height {
                    visit(top + i, notes.of(i));
                }
            }
        }
    }

    /// Adds some terms of a row of the product, from column `at` on.
    #[inline(always)]
    pub fn add<const FUSED: bool>(
        &self,
        terms: &[(u32, T)],
        at: usize,
        sums: &mut [T],
    ) {
        for &(p, x) in terms {
            let row = self.b.in_row(p as usize, at, sums.len());
            add::<T, FUSED>(x, row, sums);
        }
    }
}

/// Terms of some rows, row by row, as they were met.
struct Notes<T> {
    terms: [[(u32, T); TERMS]; ROWS],
    counts: [usize; ROWS],
}

impl<T: Number> Notes<T> {
    #[inline(always)]
    fn new() -> Self {
        let terms = [[(0, T::zero()); TERMS]; ROWS];
        Notes { terms, counts: [0; ROWS] }
    }

    #[inline(always)]
    fn clear(&mut self) {
        self.counts = [0; ROWS];
    }

    #[inline(always)]
    fn add(&mut self, row: usize, (place, x): (usize, T)) {
        let count = &mut self.counts[row];
        self.terms[row][*count] = (place as u32, x);
        *count += 1;
    }

    #[inline(always)]
    fn of(&self, row: usize) -> &[(u32, T)] {
        &self.terms[row][..self.counts[row]]
    }
}

/// The product of `a` and `b` at some places only; elsewhere 0.
pub(super) struct FewPlaces<'a, T> {
    /// `[rows, depth]`, which [has rows](Input::has_rows).
    pub a: &'a Input<'a, T>,
    /// `[depth, columns]`, which [has columns](Input::has_columns).
    pub b: &'a Input<'a, T>,
    /// `[rows, columns]`, 0 where nothing is wanted.
    pub marks: &'a [T],
    /// `[rows, columns]`
    pub c: &'a Output<'a, T>,
    /// Which columns.
    pub piece: Piece,
}

impl<T: Number> Job for FewPlaces<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let FewPlaces { a, b, marks, c, piece } = self;
        let (rows, depth) = a.dim();
        let columns = b.dim().1;
        let mine = piece.share_of(columns);
        let mut notes = Notes::<T>::new();
        for left in mine.clone().step_by(ROWS) {
            let width = ROWS.min(mine.end - left);
            for row in 0..rows {
                c.row(Spot { row, column: left, width }).fill(T::zero());
            }
            for top in (0..rows).step_by(TERMS) {
                notes.clear();
                for row in top..rows.min(top + TERMS) {
                    let first = row * columns + left;
                    let marks = &marks[first..first + width];
                    each::<T, N>(marks, |j, x| notes.add(j, (row, x)));
                }
                for (j, column) in (left..left + width).enumerate() {
                    let numbers = b.in_column(column, 0, depth);
                    for &(row, _) in notes.of(j) {
                        let other = a.in_row(row as usize, 0, depth);
                        let sum = dot::<T, N, FUSED>(other, numbers);
                        let row = row as usize;
                        c.row(Spot { row, column, width: 1 })[0] = sum;
                    }
                }
            }
        }
    }
}

/// `Σ x y` in lanes.
#[inline(always)]
fn dot<T: Number, const N: usize, const FUSED: bool>(
    x: &[T],
    y: &[T],
) -> T {
    let mut sums = [[T::zero(); N]; 4];
    let ((x, x_rest), (y, y_rest)) =
        (x.as_chunks::<N>(), y.as_chunks::<N>());
    let (fours, x_more) = x.as_chunks::<4>();
    let (other_fours, y_more) = y.as_chunks::<4>();
    for (x, y) in fours.iter().zip(other_fours) {
        for (sum, (x, y)) in sums.iter_mut().zip(x.iter().zip(y)) {
            *sum = T::vector_times_plus::<N, FUSED>(*x, *y, *sum);
        }
    }
    for (x, y) in x_more.iter().zip(y_more) {
        sums[0] = T::vector_times_plus::<N, FUSED>(*x, *y, sums[0]);
    }
    let last = (padded::<T, N>(x_rest), padded::<T, N>(y_rest));
    sums[1] = T::vector_times_plus::<N, FUSED>(last.0, last.1, sums[1]);
    sums.as_flattened().iter().copied().sum()
}

/// Columns of `b` that [`FewColumns`] can take.
pub(super) const MOST_COLUMNS: usize = 2048;

/// Numbers of `b` that [`FewColumns`] can note, rows and columns of `b`.
const MOST: [usize; 3] = [1 << 14, 512, MOST_COLUMNS];

/// The product of `a`, which lies column by column, and a sparse `b`.
///
/// A column of `a` meets few numbers of the row of `b`: so it is taken a
/// vector at a time, many rows of `C` at once, and turned at the end.
pub(super) struct FewColumns<'a, T> {
    /// `[rows, depth]`, which [has columns](Input::has_columns).
    pub a: &'a Input<'a, T>,
    /// `[depth, columns]`, nearly all zeros, which
    /// [has rows](Input::has_rows).
    pub b: &'a Input<'a, T>,
}

impl<T: Number> FewColumns<'_, T> {
    /// Whether these factors are such.
    pub fn fits(a: &Input<T>, b: &Input<T>) -> bool {
        let [_, most_rows, most_columns] = MOST;
        let (rows, columns) = b.dim();
        let lie = a.has_columns() && !a.has_rows() && b.has_rows();
        lie && (256..=most_columns).contains(&columns)
            && rows <= most_rows
            && rows * columns / FEW <= MOST[0]
            && is_sparse(b)
    }
}

/// Writes the rows of a piece of `C`.
pub(super) struct PutFewColumns<'a, T> {
    /// The factors.
    pub of: FewColumns<'a, T>,
    /// Which rows.
    pub piece: Piece,
    /// These rows of `C`.
    pub c: &'a mut [T],
}

impl<T: Number> Job for PutFewColumns<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let columns = self.of.b.dim().1;
        let rows = self.piece.share_of(self.of.a.dim().0);
        let mut strips = self.c.chunks_mut(N * columns);
        self.of.each::<N, FUSED>(rows, |_, sums| {
            if let Some(c) = strips.next() {
                turn_out(sums, columns, c);
            }
        });
    }
}

impl<T: Number> FewColumns<'_, T> {
    /// Visits strips of `N` rows of the product, from the first one's
    /// number on, as vectors, one per column.
    #[inline(always)]
    pub fn each<const N: usize, const FUSED: bool>(
        &self,
        rows: Range<usize>,
        mut visit: impl FnMut(usize, &[[T; N]]),
    ) {
        let (depth, columns) = self.b.dim();
        let mut terms = [(0_u32, T::zero()); MOST[0]];
        let mut ends = [0; MOST[1]];
        let mut count = 0;
        for (p, end) in ends.iter_mut().enumerate().take(depth) {
            each::<T, N>(self.b.in_row(p, 0, columns), |j, x| {
                terms[count] = (j as u32, x);
                count += 1;
            });
            *end = count;
        }
        let mut sums = [[T::zero(); N]; MOST[2]];
        let sums = &mut sums[..columns];
        for top in rows.clone().step_by(N) {
            sums.fill([T::zero(); N]);
            let (height, mut from) = (N.min(rows.end - top), 0);
            for (p, end) in ends.iter().enumerate().take(depth) {
                let x = padded::<T, N>(self.a.in_column(p, top, height));
                for (j, y) in &terms[from..*end] {
                    let sum = &mut sums[*j as usize];
                    let y = [*y; N];
                    *sum = T::vector_times_plus::<N, FUSED>(x, y, *sum);
                }
                from = *end;
            }
            visit(top, sums);
        }
    }
}

/// Writes vectors, one per column, as rows of so many.
#[inline(always)]
pub(super) fn turn_out<T: Number, const N: usize>(
    vectors: &[[T; N]],
    columns: usize,
    rows: &mut [T],
) {
    for (n, vectors) in vectors.chunks(N).enumerate() {
        let mut square = [[T::zero(); N]; N];
        square[..vectors.len()].copy_from_slice(vectors);
        let square = T::transposed(square);
        for (row, line) in rows.chunks_exact_mut(columns).zip(&square) {
            let to = &mut row[n * N..n * N + vectors.len()];
            match <&mut [T; N]>::try_from(&mut *to) {
                Ok(to) => *to = *line,
                Err(_) => to.copy_from_slice(&line[..vectors.len()]),
            }
        }
    }
}

/// Visits all numbers that are not zero, a vector of zeros at a glance.
#[inline(always)]
fn each<T: Number, const N: usize>(
    numbers: &[T],
    mut visit: impl FnMut(usize, T),
) {
    for (n, vector) in numbers.chunks(N).enumerate() {
        let zeros = vector.iter().map(|x| u32::from(*x == T::zero()));
        if zeros.sum::<u32>() as usize == vector.len() {
            continue;
        }
        for (i, x) in vector.iter().enumerate() {
            if *x != T::zero() {
                visit(n * N + i, *x);
            }
        }
    }
}

/// `sums ← sums + x · row`
#[inline(always)]
fn add<T: Number, const FUSED: bool>(x: T, row: &[T], sums: &mut [T]) {
    for (sum, y) in sums.iter_mut().zip(row) {
        *sum = x.times_plus::<FUSED>(*y, *sum);
    }
}
