//! The innermost loop: a small tile of a product, kept in registers.
//!
//! ```text
//! C[i, j] += Σ over p of A[i, p] · B[p, j]     i < M, j < V vectors of N
//! ```
//!
//! Every number of `A` is read once and meets `V` vectors of `B`; every
//! vector of `B` meets `M` numbers of `A`.
#![expect(
    unsafe_code,
    reason = "a bounds check for every number would cost more than the \
              arithmetic; the caller has checked the whole tile"
)]

use crate::kernel::number::Number;

/// The numbers of `A`: where they begin, and how far it is from one row
/// and one column to the next.
#[derive(Debug, Clone, Copy)]
pub struct Factor<T> {
    /// The first number.
    pub start: *const T,
    /// From one row to the next.
    pub row: usize,
    /// From one column to the next.
    pub column: usize,
}

/// Where a tile of `C` is, and how far it is from one row to the next.
#[derive(Debug, Clone, Copy)]
pub struct Place<T> {
    /// The first number.
    pub start: *mut T,
    /// From one row to the next.
    pub row: usize,
}

/// Writes the product of `M` rows of `A` and all rows of `b` to `V`
/// vectors in each of `M` rows of `c`; if `adds`, on top of what is there.
///
/// # Safety
///
/// `a` must have `M` rows with as many columns as `b` has rows, and the
/// tile in `c` must be the caller's.
#[inline(always)]
pub unsafe fn multiply<
    T: Number,
    const N: usize,
    const FUSED: bool,
    const M: usize,
    const V: usize,
>(
    a: Factor<T>,
    b: &[[[T; N]; V]],
    c: Place<T>,
    adds: bool,
) {
    let mut sums = [[[T::zero(); N]; V]; M];
    if adds {
        for (i, sums) in sums.iter_mut().enumerate() {
            // SAFETY: `c` has row `i` of `V` vectors.
            *sums = unsafe { *c.start.add(i * c.row).cast() };
        }
    }
    let rows: [*const T; M] =
        std::array::from_fn(|i| a.start.wrapping_add(i * a.row));
    let rows = std::hint::black_box(rows);
    for (p, row) in b.iter().enumerate() {
        let row = *row;
        for (i, sums) in sums.iter_mut().enumerate() {
            // SAFETY: `a` has row `i` and column `p`.
            let x = unsafe { *rows[i].add(p * a.column) };
            for (sum, y) in sums.iter_mut().zip(row) {
                *sum = T::vector_times_plus::<N, FUSED>([x; N], y, *sum);
            }
        }
    }
    for (i, sums) in sums.iter().enumerate() {
        // SAFETY: `c` has row `i` of `V` vectors.
        unsafe { *c.start.add(i * c.row).cast() = *sums };
    }
}
