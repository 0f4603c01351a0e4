//! Where a network puts every point of the plane.

use crate::nn::Matrix;
use crate::nn::model::Codec;
use crate::train::picture::Studio;
use crate::train::snapshot::Dot;
use ndarray::s;

/// Points of the field, across and down.
const FIELD: (usize, usize) = (16, 10);

/// Points around which a small circle is followed.
const CIRCLES: usize = 10;

/// How far beyond the data the field reaches, as a share of their width.
const MARGIN: f32 = 0.2;

/// How far a point is moved to measure a derivative.
const STEP: f32 = 0.01;

/// From points all over the plane, those that a damaged example may come
/// to, to where the network puts them.
pub fn arrows(studio: &Studio, codec: &dyn Codec) -> Vec<(Dot, Dot)> {
    let x = &studio.bench.data.train.x;
    let (across, down) = (span(x, 0), span(x, 1));
    let at = |(low, high): (f32, f32), i: usize, n: usize| {
        low + (high - low) * i as f32 / (n - 1) as f32
    };
    let points = Matrix::from_shape_fn(
        (FIELD.0 * FIELD.1, 2),
        |(i, axis)| match axis {
            0 => at(across, i % FIELD.0, FIELD.0),
            _ => at(down, i / FIELD.0, FIELD.1),
        },
    );
    let moved = codec.reconstruct(&points);
    let dot = |row: ndarray::ArrayView1<f32>| {
        let finite = |v: f32| if v.is_finite() { v } else { 0.0 };
        Dot { x: finite(row[0]), y: finite(row[1]), label: 0 }
    };
    let pairs = points.rows().into_iter().zip(moved.rows());
    pairs.map(|(from, to)| (dot(from), dot(to))).collect()
}

/// What becomes of a small circle around some examples: the derivative of
/// the reconstruction.
pub fn ellipses(
    studio: &Studio,
    codec: &dyn Codec,
) -> Vec<(Dot, [f32; 4])> {
    let train = &studio.bench.data.train;
    let stride = (train.len() / CIRCLES).max(1);
    let rows = (0..train.len()).step_by(stride).take(CIRCLES);
    let mut all = Vec::new();
    for row in rows {
        let here = train.x.slice(s![row..row + 1, ..]).to_owned();
        let mut moved = Matrix::zeros((3, 2));
        for (i, mut to) in moved.rows_mut().into_iter().enumerate() {
            to.assign(&here.row(0));
            if i < 2 {
                to[i] += STEP;
            }
        }
        let y = codec.reconstruct(&moved);
        let slope = |output: usize, input: usize| {
            (y[[input, output]] - y[[2, output]]) / STEP
        };
        let jacobian = [slope(0, 0), slope(0, 1), slope(1, 0), slope(1, 1)];
        let label = train.labels.get(row).copied().unwrap_or(0);
        let dot = Dot { x: here[[0, 0]], y: here[[0, 1]], label };
        if jacobian.iter().all(|j| j.is_finite()) {
            all.push((dot, jacobian));
        }
    }
    all
}

/// The range of a coordinate, and some more on both sides.
fn span(x: &Matrix, column: usize) -> (f32, f32) {
    let values = x.column(column);
    let low = values.iter().copied().fold(f32::INFINITY, f32::min);
    let high = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let margin = MARGIN * (high - low).max(1e-3);
    (low - margin, high + margin)
}
