//! Every derivative of the textbook against a measured slope.
//!
//! The files are compiled here a second time with 64-bit numbers, where a
//! measured slope is good to more than nine digits.

/// The number type for this copy of the textbook.
pub type Real = f64;

#[path = "../src/nn/mod.rs"]
#[expect(clippy::unnecessary_cast, reason = "for 32-bit numbers it is")]
pub mod nn;

pub use gargalo::kernel;

#[path = "gradients/penalties.rs"]
mod penalties;
#[path = "gradients/ufldl.rs"]
mod ufldl;

#[path = "gradients/pictures.rs"]
mod pictures;

#[path = "gradients/variational.rs"]
mod variational;

#[path = "support/worst.rs"]
mod worst;

use ndarray::s;
use nn::Matrix;
use nn::activation::Activation;
use nn::blueprint::Blueprint;
use nn::blueprint::Tying;
use nn::desk::Desk;
use nn::gradient_check::check;
use nn::gradient_check::numeric_gradient;
use nn::loss::Loss;
use nn::model::Model as _;
use nn::random::Purpose;
use nn::random::rng;
use nn::random::stream;
use rand::RngExt as _;
use worst::Worst;

/// The bound of the Stanford tutorial on sparse autoencoders.
const TOLERANCE: Real = 1e-9;

/// The step: here truncation (its square) and rounding (1e-16 divided by
/// it) are about equal.
const STEP: Real = 1e-5;

const ACTIVATIONS: [Activation; 4] = [
    Activation::Linear,
    Activation::Sigmoid,
    Activation::Tanh,
    Activation::Relu,
];

/// A batch of `rows` examples between 0 and 1.
fn batch(rows: usize, columns: usize, seed: u64) -> Matrix {
    let mut rng = rng(seed, Purpose::Data);
    Matrix::from_shape_simple_fn((rows, columns), || {
        rng.random_range(0.05..0.95)
    })
}

/// A blueprint of random shape: 0 to 2 hidden layers of 2 to 6 units.
fn random_blueprint(seed: u64) -> Blueprint {
    let mut rng = rng(seed, Purpose::Look);
    let depth = rng.random_range(0..3);
    let mut size = || rng.random_range(2..7);
    let mut plan = Blueprint::linear(size(), size());
    plan.hidden = (0..depth).map(|_| size()).collect();
    plan
}

/// The norm ratio for one blueprint, its biases drawn at random as well.
fn ratio(plan: &Blueprint, seed: u64, noise: Real, decay: Real) -> Real {
    let mut init = rng(seed, Purpose::Init);
    let mut model = plan.build(&mut init);
    for parameter in model.parameters_mut() {
        parameter.mapv_inplace(|w| w + init.random_range(-0.3..0.3));
    }
    (model.code_noise, model.weight_decay) = (noise, decay);
    let x = batch(1 + seed as usize % 4, plan.inputs, seed);
    check(&mut model, &x, STEP, &rng(seed, Purpose::Noise)).ratio
}

#[test]
fn every_activation_loss_and_tying_at_every_depth() {
    let mut worst = Worst::of("every activation, loss, tying and depth");
    for (i, activation) in ACTIVATIONS.into_iter().enumerate() {
        for (j, output) in ACTIVATIONS.into_iter().enumerate() {
            for loss in [Loss::SquaredError, Loss::CrossEntropy] {
                for tying in [Tying::Free, Tying::Tied] {
                    let seed = (4 * i + j) as u64;
                    let mut plan = random_blueprint(seed);
                    plan.activation = activation;
                    plan.code_activation = activation;
                    plan.output_activation = output;
                    (plan.loss, plan.tying) = (loss, tying);
                    let ratio = ratio(&plan, seed, 0.0, 0.0);
                    worst.hold(ratio, TOLERANCE);
                }
            }
        }
    }
    worst.tell();
}

#[test]
fn random_shapes_with_noise_and_decay() {
    let mut worst = Worst::of("noise in the code, weight decay");
    for seed in 0..40 {
        let mut plan = random_blueprint(100 + seed);
        plan.activation = ACTIVATIONS[seed as usize % 3];
        plan.code_activation = Activation::Sigmoid;
        if seed % 2 == 0 {
            plan.tying = Tying::Tied;
        }
        worst.hold(ratio(&plan, seed, 0.7, 0.1), TOLERANCE);
    }
    worst.tell();
}

#[test]
fn the_measured_gradient_of_the_tutorials_example() {
    // f(x) = x1² + 3 x1 x2 has the gradient (38, 12) at (4, 10).
    let f = |x: &Matrix| x[[0, 0]].powi(2) + 3.0 * x[[0, 0]] * x[[0, 1]];
    let at = ndarray::array![[4.0, 10.0]];
    let gap =
        numeric_gradient(&f, &at, STEP) - ndarray::array![[38.0, 12.0]];
    assert!(gap.iter().all(|d| d.abs() < 1e-8), "{gap}");
}

#[test]
fn a_planted_mistake_is_noticed() {
    // The gradient of one loss is no gradient of another.
    let mut plan = Blueprint::linear(4, 2);
    let x = batch(3, 4, 1);
    let squared = plan.build(&mut rng(1, Purpose::Init));
    plan.loss = Loss::CrossEntropy;
    let mut model = plan.build(&mut rng(1, Purpose::Init));
    let noise = rng(1, Purpose::Noise);
    let right = check(&mut model, &x, STEP, &noise);
    let (_, wrong) =
        squared.gradients(&x, &mut noise.clone(), &mut Desk::new());
    let report = nn::gradient_check::GradientCheck::compare(
        right.numeric,
        wrong.into_vec(),
    );
    assert!(right.ratio < TOLERANCE);
    assert!(report.ratio > 0.1, "{}", report.ratio);
}

#[test]
fn a_loss_alone_against_its_measured_slope() {
    let (y, x) = (batch(3, 5, 1) * 6.0 - 3.0, batch(3, 5, 2));
    let mut worst = Worst::of("losses alone");
    for loss in [Loss::SquaredError, Loss::CrossEntropy] {
        let slopes =
            numeric_gradient(&|y: &Matrix| loss.mean(y, &x), &y, STEP);
        let report = nn::gradient_check::GradientCheck::compare(
            vec![slopes],
            vec![loss.mean_and_gradient(&y, &x, &mut Desk::new()).1],
        );
        worst.hold(report.ratio, TOLERANCE);
    }
    worst.tell();
}

#[test]
fn a_batch_says_the_mean_of_what_its_shards_say() {
    let mut plan = Blueprint::linear(5, 2);
    plan.hidden = vec![4];
    plan.activation = Activation::Tanh;
    for tying in [Tying::Free, Tying::Tied] {
        plan.tying = tying;
        let model = plan.build(&mut rng(1, Purpose::Init));
        let x = batch(6, 5, 3);
        let look = |x: Matrix| {
            let noise = &mut stream(1, Purpose::Noise, 0);
            model.gradients(&x, noise, &mut Desk::new())
        };
        let (whole, gradients) = look(x.clone());
        let (top, tops) = look(x.slice(s![..2, ..]).to_owned());
        let (low, lows) = look(x.slice(s![2.., ..]).to_owned());
        let mean = (2.0 * top.total + 4.0 * low.total) / 6.0;
        assert!((whole.total - mean).abs() < 1e-14);
        for (i, gradient) in gradients.iter().enumerate() {
            let mean = (2.0 * &tops[i] + 4.0 * &lows[i]) / 6.0;
            let gap = (gradient - mean).mapv(Real::abs).sum();
            assert!(gap < 1e-14, "parameter {i}: {gap:e}");
        }
    }
}
