//! Passes: the same small calculation for every number of a matrix.
//!
//! Each is a plain loop, compiled for every level, cut into pieces where
//! it is long enough for several threads.

use crate::kernel::crew::Crew;
use crate::kernel::crew::Piece;
use crate::kernel::crew::Worth;
use crate::kernel::curve::Curve;
use crate::kernel::cut::Cut;
use crate::kernel::level::Job;
use crate::kernel::level::Level;
use crate::kernel::number::Number;

/// Who does a pass.
#[derive(Debug)]
pub struct Hands<'a> {
    /// With what instructions.
    pub level: Level,
    /// With which threads.
    pub crew: &'a mut Crew,
}

impl Hands<'_> {
    /// Bends every number, see [`Curve::bend`].
    pub fn bend<T: Number>(&mut self, curve: Curve, numbers: &mut [T]) {
        if curve == Curve::Linear {
            return;
        }
        let (level, worth) = (self.level, Worth::of(numbers.len()));
        let numbers = Cut::new(numbers);
        self.crew.share(worth, &|piece| {
            level.run(Bend { curve, numbers: numbers.part(piece) });
        });
    }

    /// Multiplies blame by slopes, see [`Curve::unbend`].
    pub fn unbend<T: Number>(
        &mut self,
        curve: Curve,
        y: &[T],
        dy: &mut [T],
    ) {
        assert!(y.len() == dy.len(), "outputs and blame differ in size");
        if curve == Curve::Linear {
            return;
        }
        let (level, worth) = (self.level, Worth::of(y.len()));
        let dy = Cut::new(dy);
        self.crew.share(worth, &|piece| {
            let y = &y[piece.share_of(y.len())];
            level.run(Unbend { curve, y, dy: dy.part(piece) });
        });
    }

    /// `sums[j] = Σ over the rows i of x[i, j]`.
    pub fn column_sums<T: Number>(&mut self, x: &[T], sums: &mut [T]) {
        let columns = sums.len().max(1);
        assert!(x.len().is_multiple_of(columns), "no whole number of rows");
        let (level, worth) = (self.level, Worth::of(x.len()));
        let sums = Cut::new(sums);
        self.crew.share(worth, &|piece| {
            let sums = sums.part(piece);
            level.run(ColumnSums { x, columns, piece, sums });
        });
    }

    /// `y ← y + a x`.
    pub fn add_scaled<T: Number>(&mut self, y: &mut [T], a: T, x: &[T]) {
        assert!(x.len() == y.len(), "the summands differ in size");
        let (level, worth) = (self.level, Worth::of(y.len()));
        let y = Cut::new(y);
        self.crew.share(worth, &|piece| {
            let x = &x[piece.share_of(x.len())];
            level.run(AddScaled { y: y.part(piece), a, x });
        });
    }
}

struct Bend<'a, T> {
    curve: Curve,
    numbers: &'a mut [T],
}

impl<T: Number> Job for Bend<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        self.curve.bend::<T, FUSED>(self.numbers);
    }
}

struct Unbend<'a, T> {
    curve: Curve,
    y: &'a [T],
    dy: &'a mut [T],
}

impl<T: Number> Job for Unbend<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        self.curve.unbend(self.y, self.dy);
    }
}

struct ColumnSums<'a, T> {
    x: &'a [T],
    columns: usize,
    piece: Piece,
    sums: &'a mut [T],
}

impl<T: Number> Job for ColumnSums<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        self.sums.fill(T::zero());
        let part = self.piece.share_of(self.columns);
        for row in self.x.chunks_exact(self.columns) {
            for (sum, x) in self.sums.iter_mut().zip(&row[part.clone()]) {
                *sum += *x;
            }
        }
    }
}

struct AddScaled<'a, T> {
    y: &'a mut [T],
    a: T,
    x: &'a [T],
}

impl<T: Number> Job for AddScaled<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        for (y, x) in self.y.iter_mut().zip(self.x) {
            *y = self.a.times_plus::<FUSED>(*x, *y);
        }
    }
}
