//! What is known about contractive codes.

use super::embedded;
use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::blueprint::Blueprint;
use crate::nn::blueprint::Tying;
use crate::nn::contractive::squared_norm;
use crate::nn::desk::Desk;
use crate::nn::jacobian::along_and_across;
use crate::nn::jacobian::contraction_ratio;
use crate::nn::jacobian::directions_for;
use crate::nn::jacobian::saturation;
use crate::nn::jacobian::singular_values;
use crate::nn::loss::Loss;
use crate::nn::model::Codec as _;
use crate::nn::model::Model as _;
use crate::nn::optimizer::Optimizer;
use crate::nn::optimizer::Rule;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use gargalo::data::DataKind;
use ndarray::Axis;
use ndarray::s;

/// Trains with Adam on batches of 50.
fn train(model: &mut Autoencoder, x: &Matrix, rate: Real, epochs: usize) {
    let mut optimizer = Optimizer::new(Rule::Adam, rate);
    let (mut calm, desk) = (rng(1, Purpose::Noise), &mut Desk::new());
    for _ in 0..epochs {
        for batch in x.axis_chunks_iter(Axis(0), 50) {
            let batch = batch.to_owned();
            let (_, gradients) = model.gradients(&batch, &mut calm, desk);
            optimizer.step(model.parameters_mut(), &gradients);
            desk.put_back_all(gradients);
        }
    }
}

/// R11-J: closed form, Jacobian and small moves of the input agree, also
/// through several layers.
#[test]
fn the_jacobian_is_what_small_moves_measure() {
    let mut plan = Blueprint::linear(5, 4);
    plan.hidden = vec![6, 3];
    plan.activation = Activation::Tanh;
    plan.code_activation = Activation::Sigmoid;
    let model = plan.build(&mut rng(1, Purpose::Init));
    let x = ndarray::array![[0.2, 0.9, 0.4, 0.1, 0.6]];
    let jacobian = model.jacobian(&x);
    for i in 0..5 {
        let (mut high, mut low) = (x.clone(), x.clone());
        high[[0, i]] += 1e-5;
        low[[0, i]] -= 1e-5;
        let moved = (model.encode(&high) - model.encode(&low)) / 2e-5;
        let gap = &moved.row(0) - &jacobian.column(i);
        assert!(gap.iter().all(|d| d.abs() < 1e-9), "{gap}");
    }
    plan.hidden = Vec::new();
    let model = plan.build(&mut rng(1, Purpose::Init));
    let squares = model.jacobian(&x).mapv(|v| v * v).sum();
    let (layer, code) = (model.code_layer(), model.encode(&x));
    let norm = squared_norm(layer, &code, &mut Desk::new());
    assert!((squares / norm - 1.0).abs() < 1e-12);
    let values = singular_values(&model.jacobian(&x));
    let sum = values.iter().map(|v| v * v).sum::<Real>();
    assert!((sum / norm - 1.0).abs() < 1e-12);
}

/// Points on a bent line in ten dimensions, and the direction of the line
/// at each.
fn bent_line() -> (Matrix, Matrix) {
    let at = |i: usize| i as Real / 200.0 * 4.0 - 2.0;
    let x = Matrix::from_shape_fn((200, 10), |(i, j)| {
        (at(i) * (0.4 + 0.12 * j as Real) + j as Real).sin()
    });
    let tangents = Matrix::from_shape_fn((200, 10), |(i, j)| {
        let pace = 0.4 + 0.12 * j as Real;
        pace * (at(i) * pace + j as Real).cos()
    });
    (x, tangents)
}

/// Rifai et al. (2011): the code keeps feeling moves along the data and
/// becomes deaf across them.
#[test]
fn a_contractive_code_feels_the_line_and_little_else() {
    let (x, tangents) = bent_line();
    let look = |contraction: Real| {
        let mut plan = Blueprint::linear(10, 8);
        plan.code_activation = Activation::Sigmoid;
        // Tied: else the decoder could undo any shrinking of the code.
        plan.tying = Tying::Tied;
        let mut model = plan.build(&mut rng(1, Purpose::Init));
        model.contraction = contraction;
        train(&mut model, &x, 5e-3, 600);
        let spectrum = model.spectrum(&x);
        let (mut along, mut across) = (0.0, 0.0);
        for i in (0..200).step_by(10) {
            let here = s![i..=i, ..];
            let jacobian = model.jacobian(&x.slice(here).to_owned());
            let tangent = tangents.slice(here).to_owned();
            let (with, against) = along_and_across(&jacobian, &tangent);
            (along, across) = (along + with, across + against);
        }
        (spectrum[1] / spectrum[0], along / across)
    };
    let (plain, contracted) = (look(0.0), look(1.0));
    println!("plain {plain:?}, contractive {contracted:?}");
    assert!(contracted.0 < 0.2 && plain.0 > 0.4);
    assert!(contracted.1 > 2.0 * plain.1);
}

/// R11-T1 and R11-SPEC in small: contraction makes the Jacobian smaller,
/// leaves fewer sensitive directions, moves less around the data, and
/// saturates.
#[test]
fn contraction_shrinks_the_jacobian_of_digits() {
    let [x, test] = embedded(DataKind::Digits8);
    let look = |contraction: Real| {
        let mut plan = Blueprint::linear(64, 60);
        plan.code_activation = Activation::Sigmoid;
        (plan.loss, plan.tying) = (Loss::CrossEntropy, Tying::Tied);
        let mut model = plan.build(&mut rng(1, Purpose::Init));
        model.contraction = contraction;
        train(&mut model, &x, 5e-3, 30);
        let some = test.slice(s![..50, ..]).to_owned();
        let (layer, code) = (model.code_layer(), model.encode(&some));
        let norm = squared_norm(layer, &code, &mut Desk::new()).sqrt();
        let directions = directions_for(&model.spectrum(&some), 0.9);
        let draws = &mut rng(1, Purpose::Look);
        let ratio = contraction_ratio(&model, &some, 0.5, draws);
        let flat = saturation(&code, Activation::Sigmoid);
        (norm, directions, ratio, flat)
    };
    let (plain, contracted) = (look(0.0), look(1.0 / 64.0));
    println!("plain {plain:?}, contractive {contracted:?}");
    assert!(plain.0 > 3.0 * contracted.0);
    assert!(plain.1 > 2 * contracted.1);
    assert!(plain.2 > 2.0 * contracted.2 && contracted.2 < 1.0);
    assert!(contracted.3 > plain.3 + 0.15);
}
