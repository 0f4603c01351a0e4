//! Whether a network copies its input.

use crate::Real;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::nn::Matrix;
use crate::train::evaluate::Seen;
use crate::train::measure::Draw;
use crate::train::measure::Exam;
use rand::RngExt as _;

/// Test examples that are moved a little, each in a direction of its own.
const MOVED: usize = 200;

/// How far each number is moved.
const STEP: Real = 0.01;

/// The distance of the network's derivative from the identity, relative
/// to the identity: `|J - I| / |I|`, 0 for a copy and 1 for a constant
/// answer. For a linear network it is `|D E - I| / |I|`.
///
/// The Frobenius norm is the root of the mean of `|(J - I) v|²` over
/// directions `v` of signs (Hutchinson, 1990).
pub fn metrics(exam: &Exam, _: &(Seen, Seen)) -> Metrics {
    let (x, _) = exam.test(MOVED);
    let mut rng = exam.rng(Draw::Moves);
    let moves = Matrix::from_shape_simple_fn(x.dim(), || {
        if rng.random::<bool>() { STEP } else { -STEP }
    });
    let model = exam.net.model();
    let answers = model.reconstruct(&(&x + &moves)) - model.reconstruct(&x);
    let off: f64 = answers
        .iter()
        .zip(&moves)
        .map(|(a, v)| f64::from((a - v) / STEP).powi(2))
        .sum();
    let residual = (off / x.len().max(1) as f64).sqrt();
    Metrics::from([(Metric::IdentityResidual, residual)])
}
