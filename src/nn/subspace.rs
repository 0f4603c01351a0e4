//! Subspaces: when are two sets of axes the same, but for a turn?
//!
//! A linear autoencoder finds the plane of the principal components, but
//! its own axes in that plane are a mix of them. These tools compare the
//! planes, and undo the mix.
//!
//! Axes are *rows* everywhere: `[k, features]`.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::eigen;
use crate::nn::eigen::from_nalgebra;
use crate::nn::eigen::to_nalgebra;
use nalgebra::DMatrix;

/// The angles, in radians and from small to large, between the planes
/// spanned by the rows of `a` and of `b`, both `[k, features]`.
///
/// All 0: the same plane. The cosines are the singular values of
/// `Qaᵀ · Qb` for orthonormal bases; for small angles the sines are more
/// exact (Björck & Golub, 1973).
pub fn principal_angles(a: &Matrix, b: &Matrix) -> Vec<Real> {
    let (a_dim, b_dim) = (a.dim(), b.dim());
    assert!(a_dim == b_dim, "compare {a_dim:?} with {b_dim:?} axes");
    let (qa, qb) = (orthonormal(a), orthonormal(b));
    let overlap = qa.transpose() * &qb;
    let cosines = singular_values(overlap.clone());
    let mut sines = singular_values(&qb - &qa * overlap);
    sines.reverse();
    let pairs = cosines.iter().zip(&sines);
    pairs.map(|(&c, &s)| s.atan2(c) as Real).collect()
}

/// The rows of `axes`, turned and mirrored within their own plane until
/// they lie as close to the rows of `reference` as they can.
///
/// Both are `[k, features]`; the result has orthonormal rows. This is the
/// orthogonal Procrustes problem (Schönemann, 1966).
pub fn align(axes: &Matrix, reference: &Matrix) -> Matrix {
    let (a, r) = (axes.dim(), reference.dim());
    assert!(a == r, "align {a:?} axes with {r:?}");
    let q = orthonormal(axes);
    let overlap = q.transpose() * to_nalgebra(reference).transpose();
    let svd = overlap.svd(true, true);
    match (svd.u, svd.v_t) {
        (Some(u), Some(v)) => from_nalgebra(&(q * u * v).transpose()),
        _ => axes.clone(),
    }
}

/// The principal components hidden in a linear decoder, `[k, features]`.
///
/// `weights` is the decoder `[k, features]`, `codes` are codes of data,
/// `[examples, k]`. The reconstructions `codes · weights` are a flat
/// cloud; its axes are the components (Plaut, 2018), found without ever
/// looking at the data themselves.
pub fn hidden_components(weights: &Matrix, codes: &Matrix) -> Matrix {
    let (k, features) = weights.dim();
    let mean = codes.sum_axis(ndarray::Axis(0)) / codes.nrows() as Real;
    let centered = codes - &mean;
    let spread = centered.t().dot(&centered) / codes.nrows() as Real;
    // spread = Lᵀ·L turns codes into uncorrelated ones of size 1.
    let roots = eigen::symmetric(&spread);
    let whitener = Matrix::from_shape_fn((k, k), |(i, j)| {
        roots.values[i].max(0.0).sqrt() * roots.vectors[[i, j]]
    });
    let svd = to_nalgebra(&whitener.dot(weights)).svd(false, true);
    let mut rows = Matrix::zeros((k, features));
    if let Some(v_t) = svd.v_t {
        rows = from_nalgebra(&v_t);
    }
    eigen::fix_signs(&mut rows);
    rows
}

/// Columns of length 1 at right angles that span the rows of `axes`:
/// `[features, k]`.
fn orthonormal(axes: &Matrix) -> DMatrix<f64> {
    to_nalgebra(axes).transpose().qr().q()
}

/// From the largest to the smallest.
fn singular_values(matrix: DMatrix<f64>) -> Vec<f64> {
    matrix.svd(false, false).singular_values.iter().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn two_lines_by_hand() {
        let level = array![[1.0, 0.0]];
        let steep = array![[0.0, -2.0]];
        let slanted = array![[3.0, 3.0]];
        let angle = |a, b| principal_angles(a, b)[0].to_degrees();
        assert!(angle(&level, &level).abs() < 1e-4);
        assert!((angle(&level, &slanted) - 45.0).abs() < 1e-4);
        assert!((angle(&level, &steep) - 90.0).abs() < 1e-4);
    }

    #[test]
    fn a_mix_of_axes_spans_the_same_plane() {
        let axes = array![[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
        let mixed = array![[2.0, 1.0, 0.0], [1.0, 3.0, 0.0]];
        let angles = principal_angles(&axes, &mixed);
        assert!(angles.iter().all(|a| a.abs() < 1e-6), "{angles:?}");
        let gap = align(&mixed, &axes) - &axes;
        assert!(gap.iter().all(|d| d.abs() < 1e-6), "{gap}");
        let tilted = array![[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]];
        let angles = principal_angles(&axes, &tilted);
        assert!(angles[0].abs() < 1e-6);
        assert!((angles[1].to_degrees() - 45.0).abs() < 1e-3);
    }

    #[test]
    fn a_mixed_decoder_gives_its_components_back() {
        // Components (1, 0) and (0, 1), variances 4 and 1.
        let true_codes =
            array![[2.0, 1.0], [-2.0, 1.0], [2.0, -1.0], [-2.0, -1.0]];
        let mix = array![[1.0, 2.0], [0.0, 1.0]];
        let unmix = array![[1.0, -2.0], [0.0, 1.0]];
        let found = hidden_components(&unmix, &true_codes.dot(&mix));
        let gap = found - array![[1.0, 0.0], [0.0, 1.0]];
        assert!(gap.iter().all(|d| d.abs() < 1e-5), "{gap}");
    }
}
