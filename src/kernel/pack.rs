//! Panels: some columns of a matrix, rewritten so that they are read in
//! the order in which a tile needs them.
#![expect(
    unsafe_code,
    reason = "filling the paper with zeros first would take as long as \
              writing on it"
)]

use crate::kernel::input::Input;
use crate::kernel::number::Number;
use std::mem::MaybeUninit;
use std::ops::Range;

/// Paper for a panel, nothing written on it yet.
pub type Paper<T, const N: usize> = [MaybeUninit<[T; N]>];

/// Rewrites a part of `b`, `V` vectors for every row in `rows`; columns
/// beyond `columns` become zero.
///
/// # Panics
///
/// When there is too little paper, or more columns than `V` vectors have.
#[inline(always)]
pub fn pack<'a, T: Number, const N: usize, const V: usize>(
    b: &Input<T>,
    rows: Range<usize>,
    columns: Range<usize>,
    paper: &'a mut Paper<T, N>,
) -> &'a [[[T; N]; V]] {
    let paper = &mut paper[..rows.len() * V];
    assert!(columns.len() <= V * N, "more columns than a panel has");
    if rows.is_empty() {
        return &[];
    }
    for v in 0..V {
        let start = columns.start + v * N;
        let columns = start..columns.end.clamp(start, start + N);
        if b.has_rows() {
            copy::<T, N, V>(b, rows.clone(), columns, &mut paper[v..]);
        } else if b.has_columns() {
            turn::<T, N, V>(b, rows.clone(), columns, &mut paper[v..]);
        } else {
            for (p, place) in rows.clone().zip(paper[v..].chunks_mut(V)) {
                let mut vector = [T::zero(); N];
                for (to, j) in vector.iter_mut().zip(columns.clone()) {
                    *to = b.at(p, j);
                }
                place[0].write(vector);
            }
        }
    }
    // SAFETY: every branch above has written vector `v` of every row.
    unsafe { paper.assume_init_ref() }.as_chunks::<V>().0
}

/// Copies columns into every `V`th vector.
#[inline(always)]
fn copy<T: Number, const N: usize, const V: usize>(
    b: &Input<T>,
    rows: Range<usize>,
    columns: Range<usize>,
    paper: &mut Paper<T, N>,
) {
    for (p, place) in rows.zip(paper.chunks_mut(V)) {
        let row = b.in_row(p, columns.start, columns.len());
        place[0].write(padded(row));
    }
}

/// As many numbers as there are, then zeros.
#[inline(always)]
pub fn padded<T: Number, const N: usize>(numbers: &[T]) -> [T; N] {
    if let Ok(whole) = <&[T; N]>::try_from(numbers) {
        return *whole;
    }
    let mut vector = [T::zero(); N];
    for (to, from) in vector.iter_mut().zip(numbers) {
        *to = *from;
    }
    vector
}

/// Turns columns, each of which lies in one piece, into every `V`th
/// vector, `N` rows at a time.
#[inline(always)]
fn turn<T: Number, const N: usize, const V: usize>(
    b: &Input<T>,
    rows: Range<usize>,
    columns: Range<usize>,
    paper: &mut Paper<T, N>,
) {
    for (n, places) in paper.chunks_mut(N * V).enumerate() {
        let from = rows.start + n * N;
        let height = N.min(rows.end - from);
        let mut square = [[T::zero(); N]; N];
        for (line, j) in square.iter_mut().zip(columns.clone()) {
            *line = padded(b.in_column(j, from, height));
        }
        let square = T::transposed(square);
        for (place, line) in places.chunks_mut(V).zip(square) {
            place[0].write(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn a_panel_has_its_columns_in_reading_order() {
        let m = Array2::from_shape_fn((9, 7), |(i, j)| (10 * i + j) as f32);
        let t = m.t().as_standard_layout().into_owned();
        let views = [m.view(), t.t(), m.slice(ndarray::s![.., ..;1])];
        for view in views {
            let b = Input::of(view).unwrap();
            let mut paper = [const { MaybeUninit::uninit() }; 16];
            let panel = pack::<f32, 2, 2>(&b, 1..9, 4..7, &mut paper);
            for (p, row) in panel.iter().enumerate() {
                let tens = 10.0 * (p + 1) as f32;
                let expected = [tens + 4.0, tens + 5.0, tens + 6.0, 0.0];
                assert_eq!(row.as_flattened(), expected);
            }
        }
    }
}
