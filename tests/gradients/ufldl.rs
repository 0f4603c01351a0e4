//! The Stanford tutorial's cost, written out as the tutorial writes it,
//! and its gradient within the tutorial's own bound.

use super::STEP;
use super::TOLERANCE;
use super::batch;
use crate::Real;
use crate::nn::Matrix;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::desk::Desk;
use crate::nn::gradient_check::GradientCheck;
use crate::nn::model::Model as _;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::ufldl::Ufldl;
use crate::worst::Worst;
use rand::RngExt as _;

/// `J`, one loop per sum.
fn cost(exercise: &Ufldl, model: &Autoencoder, x: &Matrix) -> Real {
    let sigmoid = |z: Real| 1.0 / (1.0 + (-z).exp());
    let p = model.parameters();
    let m = x.nrows() as Real;
    let (mut squares, mut activity) = (0.0, vec![0.0; exercise.hidden]);
    for example in x.rows() {
        let mut h = vec![0.0; exercise.hidden];
        for (j, h) in h.iter_mut().enumerate() {
            let mut z = p[1][[0, j]];
            for (i, x) in example.iter().enumerate() {
                z += x * p[0][[i, j]];
            }
            *h = sigmoid(z);
            activity[j] += *h / m;
        }
        for (i, x) in example.iter().enumerate() {
            let mut z = p[3][[0, i]];
            for (j, h) in h.iter().enumerate() {
                z += h * p[2][[j, i]];
            }
            squares += (sigmoid(z) - x).powi(2) / 2.0 / m;
        }
    }
    let weights = p[0].iter().chain(p[2].iter());
    let decay = weights.map(|w| exercise.decay / 2.0 * w * w);
    let rho = exercise.target;
    let surprise = activity.iter().map(|q| {
        rho * (rho / q).ln() + (1.0 - rho) * ((1.0 - rho) / (1.0 - q)).ln()
    });
    let surprise = surprise.sum::<Real>();
    squares + decay.sum::<Real>() + exercise.weight * surprise
}

fn exercise(seed: u64) -> (Ufldl, Autoencoder, Matrix) {
    let mut draws = rng(seed, Purpose::Look);
    let exercise = Ufldl {
        inputs: draws.random_range(2..9),
        hidden: draws.random_range(1..7),
        decay: draws.random_range(1e-4..1e-1),
        target: draws.random_range(0.01..0.3),
        weight: draws.random_range(0.5..4.0),
    };
    let mut init = rng(seed, Purpose::Init);
    let mut model = exercise.build(&mut init);
    for parameter in model.parameters_mut() {
        parameter.mapv_inplace(|w| w + init.random_range(-0.5..0.5));
    }
    (exercise, model, batch(1 + seed as usize % 5, exercise.inputs, seed))
}

#[test]
fn the_cost_is_the_tutorials() {
    for seed in 0..20 {
        let (exercise, model, x) = exercise(seed);
        let written_out = cost(&exercise, &model, &x);
        let gap = exercise.cost(model.loss(&x)) / written_out - 1.0;
        assert!(gap.abs() < 1e-13, "{gap:e}: {exercise:?}");
    }
}

#[test]
fn its_gradient_keeps_the_tutorials_bound() {
    let mut worst = Worst::of("the cost of the Stanford tutorial");
    for seed in 0..20 {
        let (exercise, mut model, x) = exercise(seed);
        let (_, gradients) = model.gradients(
            &x,
            &mut rng(1, Purpose::Noise),
            &mut Desk::new(),
        );
        let factor = exercise.inputs as Real / 2.0;
        let analytic: Vec<Matrix> =
            gradients.into_iter().map(|g| g * factor).collect();
        let mut numeric = Vec::new();
        for (p, calculated) in analytic.iter().enumerate() {
            let mut slopes = Matrix::zeros(calculated.dim());
            for (place, slope) in slopes.indexed_iter_mut() {
                let middle = model.parameters()[p][place];
                let mut cost_at = |w: Real| {
                    model.parameters_mut()[p][place] = w;
                    cost(&exercise, &model, &x)
                };
                let rise = cost_at(middle + STEP) - cost_at(middle - STEP);
                *slope = rise / (2.0 * STEP);
                cost_at(middle);
            }
            numeric.push(slopes);
        }
        let ratio = GradientCheck::compare(numeric, analytic).ratio;
        worst.hold(ratio, TOLERANCE);
    }
    worst.tell();
}
