//! One-bit states: which of them come back, and by which code.
//!
//! The encoder problem of Ackley, Hinton and Sejnowski (1985).

use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::nn::Matrix;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::model::Codec as _;
use crate::nn::model::rounded;
use crate::train::snapshot::CodeTable;
use ndarray::ArrayView1;
use std::collections::BTreeSet;

/// How many patterns come back, with the code as it is and rounded, and
/// how many different rounded codes there are. `x` is the identity matrix.
pub fn metrics(model: &Autoencoder, x: &Matrix) -> Metrics {
    let code = model.encode(x);
    let bits = rounded(code.clone());
    let codes: BTreeSet<Vec<i64>> = bits
        .rows()
        .into_iter()
        .map(|row| row.iter().map(|&bit| bit as i64).collect())
        .collect();
    let right = right(&model.decode(&code));
    let right_rounded = self::right(&model.decode(&bits));
    Metrics::from([
        (Metric::RowsRight, right as f64),
        (Metric::RowsRightRounded, right_rounded as f64),
        (Metric::DistinctCodes, codes.len() as f64),
    ])
}

/// The table of all patterns with their codes and outputs.
pub fn table(model: &Autoencoder, x: &Matrix) -> CodeTable {
    let code = model.encode(x);
    let output = model.decode(&code);
    let output_rounded = model.decode(&rounded(code.clone()));
    let best = |y: &Matrix| -> Vec<(usize, f32)> {
        y.rows().into_iter().map(largest).collect()
    };
    let (sharp, blunt) = (best(&output), best(&output_rounded));
    CodeTable {
        codes: code.rows().into_iter().map(|row| row.to_vec()).collect(),
        winner: sharp.iter().map(|&(at, _)| at as u16).collect(),
        strength: sharp.iter().map(|&(_, value)| value).collect(),
        rounded_winner: blunt.iter().map(|&(at, _)| at as u16).collect(),
    }
}

/// Rows whose largest output is the right one, and larger than every
/// other: a constant answer gets nothing right.
fn right(output: &Matrix) -> usize {
    let rows = output.rows().into_iter().enumerate();
    rows.filter(|(i, row)| {
        let own = row[*i];
        let mut others = row.iter().enumerate();
        others.all(|(j, &other)| j == *i || other < own)
    })
    .count()
}

/// Where the largest value stands, and the value.
fn largest(row: ArrayView1<f32>) -> (usize, f32) {
    let mut best = (0, f32::NEG_INFINITY);
    for (at, &value) in row.iter().enumerate() {
        if value > best.1 {
            best = (at, value);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_row_is_right_if_its_own_output_is_the_largest() {
        assert_eq!(right(&array![[0.9, 0.1], [0.8, 0.7]]), 1);
        // The same answer to everything is no answer.
        assert_eq!(right(&array![[0.5, 0.5], [0.5, 0.5]]), 0);
        assert_eq!(right(&array![[f32::NAN, 0.5], [0.1, 0.5]]), 1);
    }
}
