//! Analytic gradients against measured slopes, in 64 bits.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::blueprint::Blueprint;
use crate::nn::class_loss::class_loss;
use crate::nn::class_loss::class_loss_and_gradient;
use crate::nn::classifier::Classifier;
use crate::nn::desk::Desk;
use crate::nn::gradient_check::GradientCheck;
use crate::nn::gradient_check::numeric_gradient;
use crate::nn::mlp::MlpPlan;
use crate::nn::model::Model as _;
use crate::nn::model::Parts;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::softmax::undecided;
use crate::nn::stacked::Head;
use crate::nn::stacked::Phase;
use crate::nn::stacked::Stacked;
use crate::worst::Worst;
use rand::RngExt as _;

const STEP: Real = 1e-5;
const TOLERANCE: Real = 1e-8;

const BENT: [Activation; 3] =
    [Activation::Sigmoid, Activation::Tanh, Activation::Linear];

fn batch(rows: usize, columns: usize, seed: u64) -> Matrix {
    let mut rng = rng(seed, Purpose::Data);
    Matrix::from_shape_simple_fn((rows, columns), || {
        rng.random_range(-1.0..1.0)
    })
}

fn labels(rows: usize, classes: usize, seed: u64) -> Vec<u8> {
    let mut rng = rng(seed, Purpose::Look);
    (0..rows).map(|_| rng.random_range(0..classes as u8)).collect()
}

fn size(seed: u64, index: u64) -> usize {
    rng(seed * 10 + index, Purpose::Look).random_range(2..7)
}

/// The norm ratio of analytic and measured gradients of a model's `loss`.
fn ratio<M>(
    model: &mut M,
    parameters: fn(&mut M) -> Parts<&mut Matrix>,
    loss: &dyn Fn(&M) -> Real,
    analytic: Vec<Matrix>,
) -> Real {
    let mut numeric = Vec::new();
    for (p, gradient) in analytic.iter().enumerate() {
        let mut slopes = Matrix::zeros(gradient.dim());
        for (place, slope) in slopes.indexed_iter_mut() {
            let middle = parameters(model)[p][place];
            let mut loss_at = |w: Real| {
                parameters(model)[p][place] = w;
                loss(model)
            };
            let (high, low) = (middle + STEP, middle - STEP);
            *slope = (loss_at(high) - loss_at(low)) / (high - low);
            loss_at(middle);
        }
        numeric.push(slopes);
    }
    assert_eq!(parameters(model).len(), numeric.len());
    GradientCheck::compare(numeric, analytic).ratio
}

/// Draws every weight and bias anew, so that none is 0.
fn shake(parameters: Parts<&mut Matrix>, seed: u64) {
    let mut rng = rng(seed, Purpose::Init);
    for parameter in parameters {
        parameter.mapv_inplace(|_| rng.random_range(-0.8..0.8));
    }
}

/// A softmax or a perceptron with decay, of random shape.
fn classifier(inputs: usize, seed: u64) -> Classifier {
    let classes = size(seed, 3);
    let mut model = match seed % 2 {
        0 => undecided(inputs, classes),
        _ => {
            let plan = MlpPlan { hidden: 4, ..MlpPlan::default() };
            plan.build(inputs, classes, &mut rng(seed, Purpose::Init))
        }
    };
    model.weight_decay = 0.1;
    shake(model.network.parameters_mut(), seed);
    model
}

/// One to three layers of random size under a random head.
fn stack(seed: u64) -> Stacked {
    let mut init = rng(seed, Purpose::Init);
    let depth = 1 + seed as usize % 3;
    let mut layers = Vec::new();
    for l in 0..depth {
        let ends = [l, l + 1].map(|end| size(seed, 4 + end as u64));
        let mut plan = Blueprint::linear(ends[0], ends[1]);
        plan.code_activation = BENT[(seed as usize + l) % 3];
        layers.push(plan.build(&mut init));
    }
    let code = size(seed, 4 + depth as u64);
    let mut stack = Stacked::new(layers, classifier(code, seed));
    stack.start(Phase::FineTune);
    shake(stack.parameters_mut(), seed);
    stack
}

/// What the head calls wrong, and what its weights cost.
fn surprise(stack: &Stacked, x: &Matrix, labels: &[u8]) -> Real {
    stack.label_loss(x, labels).expect("a network").total
}

#[test]
fn the_class_loss_of_random_batches() {
    let mut worst = Worst::of("surprise of a softmax alone");
    for seed in 0..20 {
        let (rows, classes) = (size(seed, 0), size(seed, 1));
        let z = batch(rows, classes, seed) * 4.0;
        let labels = labels(rows, classes, seed);
        let loss = |z: &Matrix| class_loss(z, &labels);
        let slopes = numeric_gradient(&loss, &z, STEP);
        let desk = &mut Desk::new();
        let found = class_loss_and_gradient(&z, &labels, desk).1;
        let check = GradientCheck::compare(vec![slopes], vec![found]);
        worst.hold(check.ratio, TOLERANCE);
    }
    worst.tell();
}

#[test]
fn a_classifier_with_decay_and_what_it_tells_the_layers_below() {
    let mut worst = Worst::of("softmax and perceptron with decay");
    for seed in 0..20 {
        let (rows, inputs) = (size(seed, 0), size(seed, 1));
        let mut model = classifier(inputs, seed);
        let x = batch(rows, inputs, seed);
        let labels = labels(rows, model.classes(), seed);
        let desk = &mut Desk::new();
        let blame = model.learn(&x, &labels, desk);
        let below = model.below(blame.first, desk);
        let loss = |x: &Matrix| model.loss(x, &labels).total;
        let slopes = numeric_gradient(&loss, &x, STEP);
        let below = GradientCheck::compare(vec![slopes], vec![below]);
        worst.hold(below.ratio, TOLERANCE);
        let ratio = ratio(
            &mut model,
            |model| model.network.parameters_mut(),
            &|model| model.loss(&x, &labels).total,
            blame.gradients.into_vec(),
        );
        worst.hold(ratio, TOLERANCE);
    }
    worst.tell();
}

#[test]
fn a_whole_stack_learns_from_labels() {
    let mut worst = Worst::of("a stack that learns from labels");
    for seed in 0..24 {
        let mut stack = stack(seed);
        let rows = size(seed, 0);
        let x = batch(rows, size(seed, 4), seed);
        let Head::Network(head) = &stack.head else { unreachable!() };
        let labels = labels(rows, head.classes(), seed);
        for phase in [Phase::FineTune, Phase::Head] {
            stack.start(phase);
            let desk = &mut Desk::new();
            let (losses, found) = stack.learn_labels(&x, &labels, desk);
            let expected = surprise(&stack, &x, &labels);
            assert!((losses.total - expected).abs() < 1e-12);
            let ratio = ratio(
                &mut stack,
                |stack| stack.parameters_mut(),
                &|stack| surprise(stack, &x, &labels),
                found.into_vec(),
            );
            worst.hold(ratio, TOLERANCE);
        }
    }
    worst.tell();
}

#[test]
fn a_layer_of_a_stack_restores_the_codes_below() {
    let mut worst = Worst::of("a layer of a stack");
    for seed in 0..12 {
        let mut stack = stack(seed);
        let x = batch(size(seed, 0), size(seed, 4), seed);
        stack.start(Phase::Layer(stack.layers.len() - 1));
        let noise = &mut rng(seed, Purpose::Noise);
        let found = stack.gradients(&x, noise, &mut Desk::new()).1;
        let ratio = ratio(
            &mut stack,
            |stack| stack.parameters_mut(),
            &|stack| stack.loss(&x).total,
            found.into_vec(),
        );
        worst.hold(ratio, TOLERANCE);
    }
    worst.tell();
}
