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

/// A tile: `M` rows of `V` vectors of `N` numbers.
pub type Tile<T, const N: usize, const M: usize, const V: usize> =
    [[[T; N]; V]; M];

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

/// Adds the product of `M` rows of `A` and all rows of `b` to `sums`.
///
/// # Safety
///
/// `a` must have `M` rows with as many columns as `b` has rows.
#[inline(always)]
pub unsafe fn add_product<
    T: Number,
    const N: usize,
    const FUSED: bool,
    const M: usize,
    const V: usize,
>(
    a: Factor<T>,
    b: &[[[T; N]; V]],
    mut sums: Tile<T, N, M, V>,
) -> Tile<T, N, M, V> {
    for (p, row) in b.iter().enumerate() {
        let row = *row;
        for (i, sums) in sums.iter_mut().enumerate() {
            // SAFETY: `a` has row `i` and column `p`.
            let x = unsafe { *a.start.add(i * a.row + p * a.column) };
            for (sums, vector) in sums.iter_mut().zip(&row) {
                for (sum, y) in sums.iter_mut().zip(vector) {
                    *sum = x.times_plus::<FUSED>(*y, *sum);
                }
            }
        }
    }
    sums
}
