//! Nearest neighbors: remember everything, ask the most similar ones.
//!
//! ```text
//! |a - b|² = |a|² - 2 a·b + |b|²
//! ```
//!
//! The `k` nearest of the remembered examples vote for their class (Fix &
//! Hodges, 1951). There is nothing to learn, and the border between two
//! classes may have any shape: this is *not* a linear classifier.

use crate::Real;
use crate::nn::Matrix;
use ndarray::ArrayView2;
use ndarray::Axis;

/// Examples compared at a time: keeps the table of distances small.
const CHUNK: usize = 128;

/// One neighbor of an example.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbor {
    /// Its row among the remembered examples.
    pub row: usize,
    /// How far it is, `|a - b|`.
    pub distance: Real,
}

/// Remembered examples and their labels.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbors {
    /// `[examples, features]`
    pub examples: Matrix,
    /// One per example.
    pub labels: Vec<u8>,
    /// How many neighbors vote.
    pub k: usize,
}

impl Neighbors {
    /// Remembers examples `[examples, features]`; `k` of them will vote.
    pub fn new(examples: Matrix, labels: Vec<u8>, k: usize) -> Neighbors {
        let (n, m) = (examples.nrows(), labels.len());
        assert!(n == m, "{n} examples but {m} labels");
        assert!(k > 0 && n > 0, "{k} of {n} neighbors cannot vote");
        Neighbors { examples, labels, k }
    }

    /// The class with most votes for every row of `x`; of classes with
    /// equally many, the one with the nearest neighbor.
    pub fn predict(&self, x: &Matrix) -> Vec<u8> {
        let found = nearest(&self.examples, x, self.k);
        found.iter().map(|near| self.vote(near)).collect()
    }

    /// Neighbors come from near to far, so the first best stays best.
    fn vote(&self, neighbors: &[Neighbor]) -> u8 {
        let label = |n: &Neighbor| self.labels[n.row];
        let mut votes = [0_usize; 256];
        for n in neighbors {
            votes[usize::from(label(n))] += 1;
        }
        let mut best = label(&neighbors[0]);
        for candidate in neighbors.iter().map(label) {
            if votes[usize::from(candidate)] > votes[usize::from(best)] {
                best = candidate;
            }
        }
        best
    }
}

/// The `k` rows of `examples` nearest to each row of `x`, from near to
/// far; of equally near ones the earlier row.
pub fn nearest(
    examples: &Matrix,
    x: &Matrix,
    k: usize,
) -> Vec<Vec<Neighbor>> {
    let mut found = Vec::with_capacity(x.nrows());
    for chunk in x.axis_chunks_iter(Axis(0), CHUNK) {
        let table = squared_distances(chunk, examples);
        found.extend(table.rows().into_iter().map(|row| {
            let entries = row.iter().copied().enumerate();
            smallest(entries, k.min(examples.nrows()))
        }));
    }
    found
}

/// `|a - b|²` for every row of `a` and every row of `b`: `[n, m]`.
pub fn squared_distances(a: ArrayView2<Real>, b: &Matrix) -> Matrix {
    let (n, m) = (a.ncols(), b.ncols());
    assert!(n == m, "rows of {n} and of {m} numbers have no distance");
    let lengths = b.map_axis(Axis(1), |row| row.dot(&row));
    let mut table = a.dot(&b.t());
    for (mut row, a) in table.rows_mut().into_iter().zip(a.rows()) {
        let length = a.dot(&a);
        row.zip_mut_with(&lengths, |d, b| {
            *d = (length - 2.0 * *d + b).max(0.0);
        });
    }
    table
}

/// The `k` smallest of (row, squared distance), in order.
fn smallest(
    entries: impl Iterator<Item = (usize, Real)>,
    k: usize,
) -> Vec<Neighbor> {
    let mut best: Vec<(usize, Real)> = Vec::with_capacity(k + 1);
    for (row, d) in entries {
        if best.len() == k && best.last().is_some_and(|(_, b)| d >= *b) {
            continue;
        }
        let place = best.partition_point(|(_, b)| *b <= d);
        best.insert(place, (row, d));
        best.truncate(k);
    }
    let near =
        |(row, d): (usize, Real)| Neighbor { row, distance: d.sqrt() };
    best.into_iter().map(near).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    /// A line of points at 0, 1, 2, 4 with classes 0, 0, 1, 1.
    fn line(k: usize) -> Neighbors {
        let examples = array![[0.0], [1.0], [2.0], [4.0]];
        Neighbors::new(examples, vec![0, 0, 1, 1], k)
    }

    #[test]
    fn neighbors_by_hand() {
        let found = nearest(&line(1).examples, &array![[3.5]], 3);
        let rows: Vec<usize> = found[0].iter().map(|n| n.row).collect();
        assert_eq!(rows, [3, 2, 1]);
        let far: Vec<Real> = found[0].iter().map(|n| n.distance).collect();
        assert_eq!(far, [0.5, 1.5, 2.5]);
        // More than there are is all there are.
        assert_eq!(
            nearest(&line(1).examples, &array![[0.0]], 9)[0].len(),
            4
        );
    }

    #[test]
    fn the_majority_wins_and_the_nearest_decides_a_draw() {
        let x = array![[1.8]];
        assert_eq!(line(1).predict(&x), [1]);
        assert_eq!(line(2).predict(&x), [1]); // one each
        assert_eq!(line(3).predict(&x), [0]); // 2, 1, 0
    }

    #[test]
    fn distances_that_are_equal_keep_their_order() {
        let examples = array![[1.0], [-1.0], [1.0]];
        let found = nearest(&examples, &array![[0.0]], 2);
        assert_eq!((found[0][0].row, found[0][1].row), (0, 1));
    }

    #[test]
    fn many_rows_are_compared_in_chunks() {
        let x = Matrix::from_shape_fn((300, 1), |(i, _)| i as Real);
        let found = nearest(&x, &x, 1);
        let rows = found.iter().map(|n| n[0].row);
        assert!(rows.eq(0..300));
    }
}
