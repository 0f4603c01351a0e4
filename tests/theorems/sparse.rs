//! What is known about sparse codes.

use super::cloud;
use super::embedded;
use super::error;
use crate::Real;
use crate::nn::Matrix;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::blueprint::Blueprint;
use crate::nn::blueprint::Tying;
use crate::nn::desk::Desk;
use crate::nn::full_batch::FullBatch;
use crate::nn::k_sparse::annealed;
use crate::nn::lifetime::Lifetime;
use crate::nn::model::Codec as _;
use crate::nn::model::Model as _;
use crate::nn::optimizer::Optimizer;
use crate::nn::optimizer::Rule;
use crate::nn::pca::Pca;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::sparse::Sparsity;
use crate::nn::ufldl::Ufldl;
use gargalo::data::DataKind;
use ndarray::Axis;
use ndarray::s;
use rand::RngExt as _;

/// With all units winning, a k-sparse autoencoder is the linear one: bit
/// for bit, and at its minimum as good as PCA.
#[test]
fn with_all_units_it_is_the_linear_autoencoder() {
    let x = cloud();
    let mut plan = Blueprint::linear(6, 2);
    plan.tying = Tying::Tied;
    let plain = plan.build(&mut rng(1, Purpose::Init));
    let mut sparse = plain.clone();
    sparse.sparsity = Sparsity::KSparse { active: 2 };
    let (calm, desk) = (rng(1, Purpose::Noise), &mut Desk::new());
    let seen = plain.gradients(&x, &mut calm.clone(), desk);
    assert_eq!(sparse.gradients(&x, &mut calm.clone(), desk), seen);
    let mut optimizer = FullBatch::new();
    for _ in 0..300 {
        optimizer.step(&mut sparse, &x, &calm, desk);
    }
    let ratio = error(&sparse, &x) / Pca::fit(&x, 2).residual(2);
    assert!((1.0 - 1e-9..1.0 + 1e-6).contains(&ratio), "{ratio}");
}

/// Makhzani & Frey (2013): exactly k speak, and only they learn.
#[test]
fn exactly_k_units_speak_and_only_they_learn() {
    let x = cloud();
    let plan = Blueprint::linear(6, 20);
    let mut model = plan.build(&mut rng(1, Purpose::Init));
    let (mut calm, desk) = (rng(1, Purpose::Noise), &mut Desk::new());
    for active in [1, 3, 7, 20] {
        model.sparsity = Sparsity::KSparse { active };
        let code = model.encode(&x);
        for row in code.rows() {
            let speak = row.iter().filter(|&&h| h != 0.0).count();
            assert_eq!(speak, active);
        }
        // One example: the weights of its losers get no blame.
        let one = x.slice(s![..1, ..]).to_owned();
        let (_, gradients) = model.gradients(&one, &mut calm, desk);
        for (unit, &h) in code.row(0).iter().enumerate() {
            let parts = [
                gradients[0].column(unit).to_vec(),
                gradients[1].column(unit).to_vec(),
                gradients[2].row(unit).to_vec(),
            ];
            for blame in parts {
                let silent = blame.iter().all(|&g| g == 0.0);
                assert_eq!(silent, h == 0.0, "{unit} of k = {active}");
            }
        }
    }
}

/// A k-sparse autoencoder on the small digits, tied, 100 units.
fn digits(x: &Matrix, k: usize, from: usize, epochs: usize) -> Autoencoder {
    let mut plan = Blueprint::linear(64, 100);
    plan.tying = Tying::Tied;
    let mut model = plan.build(&mut rng(1, Purpose::Init));
    let mut optimizer = Optimizer::new(Rule::Adam, 3e-3);
    let (mut calm, desk) = (rng(1, Purpose::Noise), &mut Desk::new());
    for epoch in 0..epochs {
        let progress = epoch as Real / epochs as Real;
        let active = annealed(from, k, progress);
        model.sparsity = Sparsity::KSparse { active };
        for batch in x.axis_chunks_iter(Axis(0), 100) {
            let batch = batch.to_owned();
            let (_, gradients) = model.gradients(&batch, &mut calm, desk);
            optimizer.step(model.parameters_mut(), &gradients);
            desk.put_back_all(gradients);
        }
    }
    model.sparsity = Sparsity::KSparse { active: k };
    model
}

/// M13-K: fewer winners restore less. And units that never had a chance
/// die, fewer of them if `k` starts large.
#[test]
fn fewer_winners_restore_less_and_a_large_start_saves_units() {
    let [x, _] = embedded(DataKind::Digits8);
    let (mut last, mut deaths) = (0.0, Vec::new());
    for k in [40, 20, 10, 5, 2] {
        let model = digits(&x, k, 100, 30);
        let error = error(&model, &x);
        println!("k = {k}: {error}");
        assert!(error > last, "k = {k}: {error} after {last}");
        last = error;
    }
    for from in [8, 100] {
        let model = digits(&x, 8, from, 60);
        let activation = model.code_layer().activation;
        deaths.push(Lifetime::of(&model.encode(&x), activation).dead());
    }
    println!("dead units from a small and a large start: {deaths:?}");
    assert!(deaths[0] > 2 * deaths[1], "{deaths:?}");
}

/// U-SAE: the tutorial's cost starts at 47.79 and the reconstruction.
#[test]
fn the_tutorials_cost_starts_where_it_says() {
    let exercise = Ufldl::PATCHES;
    let mut draws = rng(1, Purpose::Data);
    let x = Matrix::from_shape_simple_fn((500, 64), || {
        draws.random_range(0.1..0.9)
    });
    let mut init = rng(1, Purpose::Init);
    let mut model = exercise.build(&mut init);
    let limit = (6.0 as Real / 90.0).sqrt();
    let largest =
        |w: &Matrix| w.iter().fold(0.0, |a: Real, w| a.max(w.abs()));
    for w in model.weights() {
        assert!(largest(w) <= limit && largest(w) > 0.99 * limit);
    }
    // Silent weights give the published number to the digit.
    for parameter in model.parameters_mut() {
        parameter.fill(0.0);
    }
    let losses = model.loss(&x);
    let recon = losses.reconstruction * 32.0;
    let surprise = exercise.cost(losses) - recon;
    assert!((surprise - 47.79).abs() < 0.005, "{surprise}");
    // 196 units that should be at 0.1.
    let mut model = Ufldl::DIGITS.build(&mut init);
    for parameter in model.parameters_mut() {
        parameter.fill(0.0);
    }
    let penalty = model.loss(&Matrix::zeros((2, 784))).penalty * 392.0;
    assert!((penalty - 216.4).abs() < 0.05, "{penalty}");
}

/// The tutorial's optimizer on the tutorial's cost: units end as rarely
/// active as they were told to be.
#[test]
fn units_become_as_quiet_as_they_are_paid_to_be() {
    let [x, _] = embedded(DataKind::Digits8);
    let x = x.slice(s![..600, ..]).to_owned() * 0.8 + 0.1;
    let exercise = Ufldl { target: 0.05, ..Ufldl::PATCHES };
    let mut model = exercise.build(&mut rng(1, Purpose::Init));
    let (calm, desk) = (rng(1, Purpose::Noise), &mut Desk::new());
    let mut optimizer = FullBatch::new();
    let start = exercise.cost(model.loss(&x));
    for _ in 0..150 {
        optimizer.step(&mut model, &x, &calm, desk);
    }
    let end = exercise.cost(model.loss(&x));
    let mean = model.encode(&x).mean().expect("not empty");
    println!("cost {start} to {end}, mean activity {mean}");
    assert!(end < 0.1 * start, "{start} to {end}");
    assert!((mean - 0.05).abs() < 0.01, "{mean}");
}
