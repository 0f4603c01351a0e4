//! Traversals: turn one knob of the code, and watch the picture.
//!
//! A *traversal* moves a single number of a code and keeps the others. A
//! *manifold* decodes a whole grid of two-dimensional codes. Where codes
//! are normally distributed, as a variational autoencoder wants them, most
//! of them lie near the origin; then the grid is spaced by probability:
//!
//! ```text
//! z_i = Φ⁻¹((i - ½) / n)        Φ: the normal distribution function
//! ```
//!
//! (Kingma & Welling, 2014, figure 4).

use crate::Real;
use crate::nn::Matrix;
use ndarray::ArrayView1;

/// Codes that differ in one number: `[values, code]`.
pub fn traversal(
    code: ArrayView1<Real>,
    dimension: usize,
    values: &[Real],
) -> Matrix {
    let mut codes = Matrix::zeros((values.len(), code.len()));
    for (mut row, &value) in codes.rows_mut().into_iter().zip(values) {
        row.assign(&code);
        row[dimension] = value;
    }
    codes
}

/// Every pair of values as a code, `[down · across, 2]`: row by row from
/// the top, where the second number is largest.
pub fn grid(across: &[Real], down: &[Real]) -> Matrix {
    let mut codes = Matrix::zeros((across.len() * down.len(), 2));
    let pairs = down.iter().rev();
    let pairs = pairs.flat_map(|y| across.iter().map(move |x| [*x, *y]));
    for (mut row, [x, y]) in codes.rows_mut().into_iter().zip(pairs) {
        (row[0], row[1]) = (x, y);
    }
    codes
}

/// `count` values that cut the normal distribution into equal parts, each
/// in the middle of its part.
pub fn by_probability(count: usize) -> Vec<Real> {
    let middle = |i: usize| (i as f64 + 0.5) / count as f64;
    (0..count).map(|i| normal_quantile(middle(i)) as Real).collect()
}

/// `Φ⁻¹(p)`: the value below which a normal draw lies with probability
/// `p`, to seven digits; infinite for 0 and 1.
///
/// Algorithm AS 241 of Wichura (1988).
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(
            r,
            [
                3.387_132_717_9,
                50.434_271_938,
                159.291_132_02,
                59.109_374_72,
            ],
            [1.0, 17.895_169_469, 78.757_757_664, 67.187_563_6],
        );
    }
    // The tail: how rare it is, on a scale where it is nearly straight.
    let r = (-p.min(1.0 - p).ln()).sqrt();
    if r.is_infinite() {
        return r.copysign(q);
    }
    let size = if r <= 5.0 {
        ratio(
            r - 1.6,
            [
                1.423_437_277_7,
                2.756_815_39,
                1.306_728_481_6,
                0.170_238_211_03,
            ],
            [1.0, 0.737_001_642_5, 0.120_211_329_75, 0.0],
        )
    } else {
        ratio(
            r - 5.0,
            [
                6.657_905_115,
                3.081_226_386,
                0.428_682_943_37,
                0.017_337_203_997,
            ],
            [1.0, 0.241_978_942_25, 0.012_258_202_635, 0.0],
        )
    };
    size.copysign(q)
}

/// One polynomial divided by another, the constant term first.
fn ratio(r: f64, above: [f64; 4], below: [f64; 4]) -> f64 {
    let at = |c: [f64; 4]| ((c[3] * r + c[2]) * r + c[1]) * r + c[0];
    at(above) / at(below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn one_number_moves_and_the_others_stay() {
        let code = array![5.0, 6.0, 7.0];
        let codes = traversal(code.view(), 1, &[-1.0, 0.0]);
        assert_eq!(codes, array![[5.0, -1.0, 7.0], [5.0, 0.0, 7.0]]);
    }

    #[test]
    fn a_grid_is_drawn_as_a_map_is() {
        let codes = grid(&[0.0, 1.0], &[2.0, 3.0]);
        let rows = array![[0.0, 3.0], [1.0, 3.0], [0.0, 2.0], [1.0, 2.0]];
        assert_eq!(codes, rows);
    }

    #[test]
    fn quantiles_known_from_tables() {
        let table = [
            (0.5, 0.0),
            (0.841_344_746, 1.0),
            (0.975, 1.959_963_985),
            (0.95, 1.644_853_627),
            (1e-4, -3.719_016_485),
            (1e-12, -7.034_483_825),
        ];
        for (p, z) in table {
            let found = normal_quantile(p);
            assert!((found - z).abs() < 2e-6, "{p}: {found}");
        }
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
    }

    #[test]
    fn a_grid_by_probability_is_dense_in_the_middle() {
        let values = by_probability(4);
        // Quantiles of 1/8, 3/8, 5/8, 7/8.
        let expected = [-1.150_35, -0.318_64, 0.318_64, 1.150_35];
        for (value, expected) in values.into_iter().zip(expected) {
            assert!((value - expected).abs() < 1e-4, "{value}");
        }
    }
}
