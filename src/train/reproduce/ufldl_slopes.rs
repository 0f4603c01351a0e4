//! The gradient check of the Stanford tutorial, with its cost written down
//! a second time, in 64 bits and without any matrix.

use crate::Real;
use crate::data::DataKind;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::model::Model as _;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::ufldl::Ufldl;
use crate::train::reproduce::finding::Expected;
use crate::train::reproduce::finding::Finding;
use crate::train::reproduce::finding::Unit;
use crate::train::reproduce::lab::Halt;
use crate::train::reproduce::lab::Lab;
use ndarray::s;

/// A small exercise: 64 pixels, 5 units.
const TASK: Ufldl =
    Ufldl { inputs: 64, hidden: 5, decay: 1e-4, target: 0.01, weight: 3.0 };

/// The tutorial's step.
const STEP: f64 = 1e-4;

/// Compares the textbook's gradient with small steps of the cost.
///
/// # Errors
///
/// When the data cannot be had.
pub fn gradients(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits8)?;
    let x = data.train.x.slice(s![..10, ..]).to_owned();
    let model = TASK.build(&mut rng(lab.seed, Purpose::Init));
    let noise = &mut rng(lab.seed, Purpose::Noise);
    let (losses, analytic) = model.gradients(&x, noise, &mut Desk::new());
    let shapes: Vec<usize> =
        model.parameters().iter().map(|p| p.len()).collect();
    let mut at: Vec<f64> = model
        .parameters()
        .iter()
        .flat_map(|p| p.iter().map(|w| f64::from(*w)))
        .collect();
    let analytic = analytic.iter().flatten();
    let scale = TASK.inputs as f64 / 2.0;
    let analytic: Vec<f64> =
        analytic.map(|g| scale * f64::from(*g)).collect();
    let (mut minus, mut plus) = (0.0, 0.0);
    for i in 0..at.len() {
        let here = at[i];
        at[i] = here + STEP;
        let above = cost(&at, &shapes, &x);
        at[i] = here - STEP;
        let below = cost(&at, &shapes, &x);
        at[i] = here;
        let numeric = (above - below) / (2.0 * STEP);
        minus += (numeric - analytic[i]).powi(2);
        plus += (numeric + analytic[i]).powi(2);
    }
    let own = f64::from(TASK.cost(losses));
    let (a, b) = slopes_of_the_demo(4.0, 10.0);
    Ok(vec![
        Finding::of("the cost, relative difference", Unit::Plain)
            .expect(Expected::Below(1e-5))
            .measured((own / cost(&at, &shapes, &x) - 1.0).abs()),
        Finding::of("its gradient, ratio (32 bits)", Unit::Plain)
            .expect(Expected::Below(1e-5))
            .measured(f64::sqrt(minus / plus)),
        Finding::of("slope of the demo along x", Unit::Plain)
            .expect(Expected::Near(38.0, 1e-6))
            .measured(a),
        Finding::of("slope of the demo along y", Unit::Plain)
            .expect(Expected::Near(12.0, 1e-6))
            .measured(b),
    ])
}

/// Small steps along both axes of `x^2 + 3 x y`.
fn slopes_of_the_demo(x: f64, y: f64) -> (f64, f64) {
    let f = |x: f64, y: f64| x * x + 3.0 * x * y;
    let slope = |above: f64, below: f64| (above - below) / (2.0 * STEP);
    (
        slope(f(x + STEP, y), f(x - STEP, y)),
        slope(f(x, y + STEP), f(x, y - STEP)),
    )
}

/// The tutorial's J, one number at a time. `at` lists the weights and
/// biases of the encoder, then those of the decoder.
fn cost(at: &[f64], shapes: &[usize], x: &Matrix) -> f64 {
    let (d, k, m) = (TASK.inputs, TASK.hidden, x.nrows());
    let (w, rest) = at.split_at(shapes[0]);
    let (b, rest) = rest.split_at(shapes[1]);
    let (v, c) = rest.split_at(shapes[2]);
    let sigmoid = |z: f64| 1.0 / (1.0 + (-z).exp());
    let mut activity = vec![0.0; k];
    let mut error = 0.0;
    for x in x.rows() {
        let unit = |j: usize| {
            let sums = (0..d).map(|i| f64::from(x[i]) * w[i * k + j]);
            sigmoid(sums.sum::<f64>() + b[j])
        };
        let h: Vec<f64> = (0..k).map(unit).collect();
        for i in 0..d {
            let sum: f64 = (0..k).map(|j| h[j] * v[j * d + i]).sum();
            error += 0.5 * (sigmoid(sum + c[i]) - f64::from(x[i])).powi(2);
        }
        activity.iter_mut().zip(h).for_each(|(sum, h)| *sum += h);
    }
    let real = |x: Real| f64::from(x);
    let (p, m) = (real(TASK.target), m as f64);
    let kl = activity.iter().map(|sum| {
        let q = sum / m;
        p * (p / q).ln() + (1.0 - p) * ((1.0 - p) / (1.0 - q)).ln()
    });
    let squares: f64 = w.iter().chain(v).map(|w| w * w).sum();
    error / m
        + real(TASK.decay) / 2.0 * squares
        + real(TASK.weight) * kl.sum::<f64>()
}
