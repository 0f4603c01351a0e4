//! Packing: parts of a matrix, rewritten so that they are read in the
//! order in which a tile needs them.
#![expect(
    unsafe_code,
    reason = "filling the paper with zeros first would take as long as \
              writing on it"
)]

use crate::kernel::input::Input;
use crate::kernel::number::Number;
use std::mem::MaybeUninit;
use std::ops::Range;

/// Paper, nothing written on it yet.
pub type Paper<T> = [MaybeUninit<T>];

/// Begins where a cache line begins: no vector then lies in two lines.
#[repr(align(64))]
pub struct Aligned<A>(pub A);

/// Rewrites a part of `b`, some rows and some columns, as panels `wide`
/// vectors across, 2 or 3, one after the other; the last may be narrower. Columns
/// beyond become zero.
///
/// # Panics
///
/// When there is too little paper.
#[inline(always)]
pub fn pack<'a, T: Number, const N: usize>(
    b: &Input<T>,
    [rows, columns]: [Range<usize>; 2],
    wide: usize,
    paper: &'a mut Paper<[T; N]>,
) -> &'a [[T; N]] {
    let (depth, vectors) = (rows.len(), columns.len().div_ceil(N));
    let paper = &mut paper[..depth * vectors];
    let place = |v: usize| {
        let panel = v / wide * wide;
        // The first vector, and how far it is to the next one below.
        (panel * depth + v % wide, wide.min(vectors - panel))
    };
    if b.has_rows() {
        for (p, row) in rows.enumerate() {
            let row = b.in_row(row, columns.start, columns.len());
            match wide {
                3 => copy::<T, N, 3>(row, p, depth, paper),
                _ => copy::<T, N, 2>(row, p, depth, paper),
            }
        }
    } else {
        for v in 0..vectors {
            let start = columns.start + v * N;
            let columns = start..columns.end.min(start + N);
            let (first, step) = place(v);
            turn(b, [rows.clone(), columns], step, &mut paper[first..]);
        }
    }
    // SAFETY: every vector of every row has been written above.
    unsafe { paper.assume_init_ref() }
}

/// Copies row `p` of so many into all panels of `V` vectors.
#[inline(always)]
fn copy<T: Number, const N: usize, const V: usize>(
    row: &[T],
    p: usize,
    depth: usize,
    paper: &mut Paper<[T; N]>,
) {
    let (vectors, rest) = row.as_chunks::<N>();
    let (panels, others) = vectors.as_chunks::<V>();
    let wide = panels.len() * V * depth;
    let mut place = p * V;
    for panel in panels {
        let to = &mut paper[place..place + V];
        for (to, vector) in to.iter_mut().zip(panel) {
            to.write(*vector);
        }
        place += V * depth;
    }
    let narrow = others.len() + usize::from(!rest.is_empty());
    let mut place = wide + p * narrow;
    for vector in others {
        paper[place].write(*vector);
        place += 1;
    }
    if !rest.is_empty() {
        paper[place].write(padded(rest));
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

/// Turns columns, each of which lies in one piece, into every `step`th
/// vector, `N` rows at a time.
#[inline(always)]
fn turn<T: Number, const N: usize>(
    b: &Input<T>,
    [rows, columns]: [Range<usize>; 2],
    step: usize,
    paper: &mut Paper<[T; N]>,
) {
    for from in rows.clone().step_by(N) {
        let height = N.min(rows.end - from);
        let mut square = [[T::zero(); N]; N];
        for (line, j) in square.iter_mut().zip(columns.clone()) {
            if b.has_columns() {
                *line = padded(b.in_column(j, from, height));
            } else {
                for (i, to) in line.iter_mut().take(height).enumerate() {
                    *to = b.at(from + i, j);
                }
            }
        }
        let square = T::transposed(square);
        let first = (from - rows.start) * step;
        let places = paper[first..].iter_mut().step_by(step);
        for (place, line) in places.zip(square).take(height) {
            place.write(line);
        }
    }
}

/// Rewrites some rows of `a`, at most `H`, column by column: what is in
/// the same column comes to lie side by side, in every `H` places.
///
/// # Panics
///
/// When there is too little paper.
#[inline(always)]
pub fn pack_across<'a, T: Number, const H: usize>(
    a: &Input<T>,
    rows: Range<usize>,
    columns: Range<usize>,
    paper: &'a mut Paper<T>,
) -> &'a Paper<T> {
    let (places, _) = paper.as_chunks_mut::<H>();
    for (p, place) in columns.zip(places) {
        if a.has_columns() {
            let column = a.in_column(p, rows.start, rows.len());
            if let Ok(whole) = <&[T; H]>::try_from(column) {
                *place = whole.map(MaybeUninit::new);
                continue;
            }
        }
        for (to, row) in place.iter_mut().zip(rows.clone()) {
            to.write(a.at(row, p));
        }
    }
    paper
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn panels_have_their_columns_in_reading_order() {
        let m = Array2::from_shape_fn((9, 7), |(i, j)| (10 * i + j) as f32);
        let t = m.t().as_standard_layout().into_owned();
        let views = [m.view(), t.t(), m.slice(ndarray::s![.., ..;1])];
        for view in views {
            let b = Input::of(view).unwrap();
            let mut paper = [const { MaybeUninit::uninit() }; 24];
            let part = [1..9, 2..7];
            let packed = pack::<f32, 2>(&b, part, 2, &mut paper);
            // Two vectors across, then one: 2 to 5, and 6 alone.
            let (wide, narrow) = packed.split_at(16);
            for p in 0..8 {
                let tens = 10.0 * (p + 1) as f32;
                let row = wide[2 * p..2 * p + 2].as_flattened();
                let expected = [2.0, 3.0, 4.0, 5.0].map(|x| x + tens);
                assert_eq!(row, expected);
                assert_eq!(narrow[p], [tens + 6.0, 0.0]);
            }
        }
    }

    #[test]
    fn rows_of_a_column_lie_side_by_side() {
        let m = Array2::from_shape_fn((9, 7), |(i, j)| (10 * i + j) as f32);
        for view in [m.t(), m.slice(ndarray::s![..;2, ..])] {
            let a = Input::of(view).unwrap();
            let mut paper = [const { MaybeUninit::uninit() }; 12];
            let packed = pack_across::<f32, 4>(&a, 1..3, 2..5, &mut paper);
            for p in 0..3 {
                for i in 0..2 {
                    // SAFETY: two numbers of every column are written.
                    let x = unsafe { packed[4 * p + i].assume_init() };
                    assert_eq!(x, view[[1 + i, 2 + p]]);
                }
            }
        }
    }
}
