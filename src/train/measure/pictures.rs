//! What can be said about pictures of ink on an empty background.

use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::lesson::possible::is_ink;
use crate::lesson::reported::has_classes;
use crate::nn::Matrix;
use crate::nn::interpolation::realism;
use crate::train::evaluate::Seen;
use crate::train::measure::Draw;
use crate::train::measure::Exam;
use crate::train::measure::ROWS;
use crate::train::measure::gap;
use crate::train::measure::median;
use crate::train::picture::size;
use ndarray::Axis;
use rand::RngExt as _;

/// How far test images are moved, right and down.
const SHIFT: usize = 2;

/// Pairs of images to walk between.
const PAIRS: usize = 60;

/// Exact pixels, moved images, walks between images.
pub fn metrics(exam: &Exam, _: &(Seen, Seen)) -> Metrics {
    let kind = exam.data.kind;
    let Some((width, height)) =
        size(exam.data.shape, exam.data.test.features())
    else {
        return Metrics::new();
    };
    if !is_ink(kind) {
        return Metrics::new();
    }
    let (x, _) = exam.test(ROWS);
    let model = exam.net.model();
    let y = model.reconstruct(&x);
    let pairs = x.iter().zip(&y);
    let exact = pairs.filter(|(x, y)| **x == y.round()).count();
    let share = exact as f64 / x.len().max(1) as f64;
    let moved = shifted(&x, usize::from(width), usize::from(height));
    let error = gap(&moved, &model.reconstruct(&moved));
    let mut all = Metrics::from([
        (Metric::PixelAccuracy, share),
        (Metric::ShiftedMse, error),
    ]);
    if let Some(distance) = midpoints(exam) {
        all.insert(Metric::InterpolationDistance, distance);
    }
    all
}

/// Images moved right and down; what leaves the frame is lost.
fn shifted(x: &Matrix, width: usize, height: usize) -> Matrix {
    let mut moved = Matrix::zeros(x.dim());
    for (from, mut to) in x.rows().into_iter().zip(moved.rows_mut()) {
        for row in SHIFT..height {
            for column in SHIFT..width {
                let source = (row - SHIFT) * width + column - SHIFT;
                to[row * width + column] = from[source];
            }
        }
    }
    moved
}

/// How far the middle of a walk between two codes is from the nearest
/// training image, relative to the middle of the pixels; the median over
/// pairs of different classes, where there are classes.
fn midpoints(exam: &Exam) -> Option<f64> {
    let (x, labels) = exam.test(ROWS);
    let (train, _) = exam.train(2000);
    let mut rng = exam.rng(Draw::Pairs);
    let rows = x.nrows();
    let (mut from, mut to) = (Vec::new(), Vec::new());
    for _ in 0..20 * PAIRS {
        if from.len() == PAIRS || rows < 2 {
            break;
        }
        let (a, b) = (rng.random_range(0..rows), rng.random_range(0..rows));
        let apart = match has_classes(exam.data.kind) {
            true => labels.get(a) != labels.get(b),
            false => a != b,
        };
        if apart {
            from.push(a);
            to.push(b);
        }
    }
    if from.is_empty() {
        return None;
    }
    let model = exam.net.model();
    let (a, b) = (x.select(Axis(0), &from), x.select(Axis(0), &to));
    let codes = (model.encode(&a) + model.encode(&b)) / 2.0;
    let decoded = model.decode(&codes);
    let blended = (a + b) / 2.0;
    Some(median(realism(&train, &decoded, &blended)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array1;
    use ndarray::s;

    #[test]
    fn a_moved_image_keeps_its_ink_in_another_place() {
        let mut x = Matrix::zeros((1, 16));
        x[[0, 0]] = 0.5;
        x[[0, 3]] = 1.0;
        let moved = shifted(&x, 4, 4);
        let mut expected = Array1::zeros(16);
        expected[2 * 4 + 2] = 0.5;
        assert_eq!(moved.slice(s![0, ..]), expected);
    }
}
