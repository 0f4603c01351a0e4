//! Eigenvectors: the directions that a matrix only stretches.
//!
//! ```text
//! C v = λ v
//! ```
//!
//! For a covariance `C`, `v` is an axis of the cloud of data and `λ` the
//! variance along it. The engine finds them, in 64 bits: mirrors make most
//! entries of the matrix zero, then the rest is solved.
//! [`power_iteration`](crate::nn::power_iteration) shows how one could do
//! it by hand.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use nalgebra::DMatrix;
use ndarray::Axis;

/// Eigenvalues and eigenvectors of a symmetric matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Eigen {
    /// All of them, from the largest to the smallest.
    pub values: Vec<Real>,
    /// One *row* per eigenvector, each of length 1, in the same order. The
    /// entry of largest size is positive, to fix the sign.
    pub vectors: Matrix,
}

/// Decomposes a symmetric `[n, n]` matrix.
pub fn symmetric(matrix: &Matrix) -> Eigen {
    largest(matrix, matrix.nrows(), &mut Desk::new())
}

/// The same, with the vectors of the `k` largest values alone: `[k, n]`.
pub fn largest(matrix: &Matrix, k: usize, desk: &mut Desk) -> Eigen {
    let (n, m) = matrix.dim();
    assert!(n == m, "a symmetric matrix is square, not {n} x {m}");
    assert!(k <= n, "{k} vectors of only {n}");
    let entry = |i, j| matrix[[i, j]] as f64;
    let (values, vectors) = desk.engine.eigen(n, k, entry);
    let place = |(i, j): (usize, usize)| vectors[i * n + j] as Real;
    let mut vectors = Matrix::from_shape_fn((k, n), place);
    fix_signs(&mut vectors);
    let values = values.iter().map(|&value| value as Real).collect();
    Eigen { values, vectors }
}

/// Flips every row whose entry of largest size is negative.
pub fn fix_signs(rows: &mut Matrix) {
    for mut row in rows.axis_iter_mut(Axis(0)) {
        let mut largest: Real = 0.0;
        for &entry in &row {
            if entry.abs() > largest.abs() {
                largest = entry;
            }
        }
        if largest < 0.0 {
            row.mapv_inplace(|entry| -entry);
        }
    }
}

/// The same matrix for the linear algebra library, in 64 bits.
pub fn to_nalgebra(matrix: &Matrix) -> DMatrix<f64> {
    let (n, m) = matrix.dim();
    DMatrix::from_row_iterator(n, m, matrix.iter().map(|&v| v as f64))
}

/// And back.
pub fn from_nalgebra(matrix: &DMatrix<f64>) -> Matrix {
    Matrix::from_shape_fn(matrix.shape(), |place| matrix[place] as Real)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn two_axes_by_hand() {
        // (1, 1) is stretched by 2 + 1 = 3, (1, -1) by 2 - 1 = 1.
        let eigen = symmetric(&array![[2.0, 1.0], [1.0, 2.0]]);
        assert!((eigen.values[0] - 3.0).abs() < 1e-6);
        assert!((eigen.values[1] - 1.0).abs() < 1e-6);
        let half: Real = 0.5;
        let first = &eigen.vectors.row(0) - half.sqrt();
        assert!(first.iter().all(|gap| gap.abs() < 1e-6));
    }

    #[test]
    fn the_longest_of_several_by_hand() {
        let matrix =
            array![[1.0, 0.0, 0.0], [0.0, 5.0, 0.0], [0.0, 0.0, 3.0]];
        let eigen = largest(&matrix, 2, &mut Desk::new());
        assert_eq!(eigen.values, [5.0, 3.0, 1.0]);
        let axes = array![[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        assert_eq!(eigen.vectors, axes);
    }

    #[test]
    fn signs_are_fixed_by_the_largest_entry() {
        let mut rows = array![[0.6, -0.8], [0.0, 1.0], [-1.0, 0.0]];
        fix_signs(&mut rows);
        assert_eq!(rows, array![[-0.6, 0.8], [0.0, 1.0], [1.0, 0.0]]);
    }

    #[test]
    fn a_matrix_survives_the_library_and_back() {
        let matrix = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
        assert_eq!(from_nalgebra(&to_nalgebra(&matrix)), matrix);
    }
}
