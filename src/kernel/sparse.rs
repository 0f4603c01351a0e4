//! Products with a factor that is nearly all zeros: a code of which only
//! a few units speak.
//!
//! Such a product is a sum of a few rows of `B`, added up in the order in
//! which a tile adds them, so that the result is the same.

use crate::kernel::crew::Piece;
use crate::kernel::input::Input;
use crate::kernel::level::Job;
use crate::kernel::number::Number;

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

/// Adds sparse rows of `a` times `b` to the rows of a piece of `C`.
pub struct FewRows<'a, T> {
    /// `[rows, depth]`, nearly all zeros.
    pub a: &'a Input<'a, T>,
    /// `[depth, columns]`, which [has rows](Input::has_rows).
    pub b: &'a Input<'a, T>,
    /// Which rows.
    pub piece: Piece,
    /// These rows of `C`.
    pub c: &'a mut [T],
}

impl<T: Number> Job for FewRows<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let FewRows { a, b, piece, c } = self;
        let (rows, depth) = a.dim();
        let columns = b.dim().1;
        let rows = piece.share_of(rows);
        if a.has_rows() {
            for (i, c) in rows.zip(c.chunks_exact_mut(columns)) {
                each::<T, N>(a.in_row(i, 0, depth), |p, x| {
                    add::<T, FUSED>(x, b.in_row(p, 0, columns), c);
                });
            }
        } else {
            for p in 0..depth {
                let row = b.in_row(p, 0, columns);
                let column = a.in_column(p, rows.start, rows.len());
                each::<T, N>(column, |i, x| {
                    let c = &mut c[i * columns..(i + 1) * columns];
                    add::<T, FUSED>(x, row, c);
                });
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
