//! How the columns of a matrix vary together.
//!
//! ```text
//! C = Σ over the rows x of (x - μ)ᵀ · (x - μ)
//! ```
//!
//! `C` is symmetric: only the blocks on and below its diagonal are
//! calculated. A few hundred rows are centered at a time, so that they
//! stay in the cache.

use crate::kernel::engine::Engine;
use crate::kernel::number::Number;
use ndarray::Array2;
use ndarray::ArrayView2;
use ndarray::Axis;
use ndarray::s;

/// Rows that are centered at once.
const ROWS: usize = 512;

/// Columns of a block: two panels of a product with 512 bits.
const WIDTH: usize = 96;

/// Writes the sum over the rows of `x`, `[rows, n]`, seen from `mean`,
/// `[1, n]`, into `sums`, `[n, n]`.
pub fn write<T: Number>(
    x: ArrayView2<T>,
    mean: &Array2<T>,
    sums: &mut Array2<T>,
    engine: &mut Engine,
) {
    let n = x.ncols();
    assert!(mean.dim() == (1, n), "{:?} for {n} columns", mean.dim());
    assert!(sums.dim() == (n, n), "{:?} for it", sums.dim());
    let starts = (0..n).step_by(WIDTH);
    let mut blocks: Vec<(usize, Array2<T>)> = starts
        .map(|start| (start, [n - start, WIDTH.min(n - start)]))
        .map(|(start, size)| (start, Array2::zeros(size)))
        .collect();
    for rows in x.axis_chunks_iter(Axis(0), ROWS) {
        let centered = &rows - mean;
        for (start, block) in &mut blocks {
            let (from, to) = (*start, *start + block.ncols());
            let below = centered.slice(s![.., from..]);
            let these = centered.slice(s![.., from..to]);
            engine.add_product(below.t(), these, block);
        }
    }
    for (start, block) in &blocks {
        let (from, to) = (*start, *start + block.ncols());
        sums.slice_mut(s![from.., from..to]).assign(block);
        sums.slice_mut(s![from..to, from..]).assign(&block.t());
    }
}
