//! Passes with one number per column: squares that add up down a column,
//! and numbers that count differently in every column.
//!
//! Sums are shared among threads by columns: each is added up from the
//! first row to the last, however many threads there are.

use crate::kernel::crew::Worth;
use crate::kernel::curve::Curve;
use crate::kernel::cut::Cut;
use crate::kernel::level::Job;
use crate::kernel::number::Number;
use crate::kernel::passes::Hands;
use std::ops::Range;

/// What is squared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Squared {
    /// The numbers.
    Numbers,
    /// The slopes of a curve that gave the numbers.
    SlopesOf(Curve),
}

/// A matrix whose columns count differently.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a, T> {
    /// `[rows, columns]`
    pub x: &'a [T],
    /// What a column counts, `[columns]`.
    pub shares: &'a [T],
}

impl Hands<'_> {
    /// `sums[j] = Σ over the rows i of x[i, j]²`, or of the squared slopes.
    ///
    /// # Panics
    ///
    /// When `x` has no whole number of rows.
    pub fn column_squares<T: Number>(
        &mut self,
        what: Squared,
        x: &[T],
        sums: &mut [T],
    ) {
        let columns = sums.len().max(1);
        assert!(x.len().is_multiple_of(columns), "no whole number of rows");
        let (level, worth) = (self.level, Worth::of(x.len()));
        let sums = Cut::new(sums);
        self.crew.share(worth, &|piece| {
            let part = piece.share_of(columns);
            let sums = sums.part(piece);
            level.run(Squares { what, x, columns, part, sums });
        });
    }

    /// `y[i, j] ← y[i, j] + shares[j] · x[i, j]`.
    ///
    /// # Panics
    ///
    /// When the sizes differ.
    pub fn add_columns<T: Number>(&mut self, y: &mut [T], of: Columns<T>) {
        let (level, worth) = (self.level, Worth::of(2 * y.len()));
        let columns = of.check(y);
        let y = Cut::new(y);
        self.crew.share(worth, &|piece| {
            let of = of.rows(piece.share_of(of.x.len() / columns));
            level.run(AddColumns { y: y.rows(piece, columns), of });
        });
    }

    /// The same for the derivative of squared slopes by the answers `x` of
    /// a curve:
    ///
    /// ```text
    /// y[i, j] ← y[i, j] + shares[j] · 2 s' ds'/dx
    /// ```
    ///
    /// # Panics
    ///
    /// When the sizes differ.
    pub fn add_slope_changes<T: Number>(
        &mut self,
        curve: Curve,
        y: &mut [T],
        of: Columns<T>,
    ) {
        let (level, worth) = (self.level, Worth::of(4 * y.len()));
        let columns = of.check(y);
        let y = Cut::new(y);
        self.crew.share(worth, &|piece| {
            let of = of.rows(piece.share_of(of.x.len() / columns));
            let y = y.rows(piece, columns);
            level.run(AddChanges { curve, y, of });
        });
    }
}

impl<'a, T: Number> Columns<'a, T> {
    /// How many there are, once it is sure that all sizes fit.
    fn check(&self, y: &[T]) -> usize {
        let columns = self.shares.len().max(1);
        assert!(self.x.len() == y.len(), "the summands differ in size");
        assert!(y.len().is_multiple_of(columns), "no whole number of rows");
        columns
    }

    /// Some of the rows.
    fn rows(&self, rows: Range<usize>) -> Columns<'a, T> {
        let columns = self.shares.len();
        let x = &self.x[rows.start * columns..rows.end * columns];
        Columns { x, shares: self.shares }
    }

    /// Adds a term of `x` and of what its column counts to every `y`.
    #[inline(always)]
    fn add_to(self, y: &mut [T], term: impl Fn(T, T, T) -> T) {
        let columns = self.shares.len().max(1);
        let rows = y.chunks_exact_mut(columns);
        for (y, x) in rows.zip(self.x.chunks_exact(columns)) {
            for ((y, x), share) in y.iter_mut().zip(x).zip(self.shares) {
                *y = term(*x, *share, *y);
            }
        }
    }
}

struct Squares<'a, T> {
    what: Squared,
    x: &'a [T],
    columns: usize,
    part: Range<usize>,
    sums: &'a mut [T],
}

impl<T: Number> Job for Squares<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        match self.what {
            Squared::Numbers => self.add_up::<FUSED>(|x| x),
            Squared::SlopesOf(Curve::Linear) => {
                self.add_up::<FUSED>(|_| T::one());
            }
            Squared::SlopesOf(Curve::Sigmoid) => {
                self.add_up::<FUSED>(|y| y * (T::one() - y));
            }
            Squared::SlopesOf(Curve::Tanh) => {
                self.add_up::<FUSED>(|y| T::one() - y * y);
            }
            Squared::SlopesOf(Curve::Relu) => {
                let one =
                    |y| if y > T::zero() { T::one() } else { T::zero() };
                self.add_up::<FUSED>(one);
            }
        }
    }
}

impl<T: Number> Squares<'_, T> {
    #[inline(always)]
    fn add_up<const FUSED: bool>(self, of: impl Fn(T) -> T) {
        self.sums.fill(T::zero());
        for row in self.x.chunks_exact(self.columns) {
            let row = &row[self.part.clone()];
            for (sum, x) in self.sums.iter_mut().zip(row) {
                let x = of(*x);
                *sum = x.times_plus::<FUSED>(x, *sum);
            }
        }
    }
}

struct AddColumns<'a, T> {
    y: &'a mut [T],
    of: Columns<'a, T>,
}

impl<T: Number> Job for AddColumns<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let term = |x: T, share, y| x.times_plus::<FUSED>(share, y);
        self.of.add_to(self.y, term);
    }
}

struct AddChanges<'a, T> {
    curve: Curve,
    y: &'a mut [T],
    of: Columns<'a, T>,
}

impl<T: Number> Job for AddChanges<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let (one, two) = (T::one(), T::one() + T::one());
        match self.curve {
            // Their slopes are the same on both sides of an answer.
            Curve::Linear | Curve::Relu => {}
            Curve::Sigmoid => self.of.add_to(self.y, |x: T, share, y| {
                let slope = x * (one - x);
                let change = two * slope * (one - two * x);
                change.times_plus::<FUSED>(share, y)
            }),
            Curve::Tanh => self.of.add_to(self.y, |x: T, share, y| {
                let slope = one - x * x;
                let change = two * slope * (-two * x);
                change.times_plus::<FUSED>(share, y)
            }),
        }
    }
}
