//! Every regularizer: corruption, emphasis, sparsity, competition,
//! contraction; alone, and several at once.

use super::ACTIVATIONS;
use super::STEP;
use super::batch;
use super::random_blueprint;
use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::blueprint::Blueprint;
use crate::nn::blueprint::Tying;
use crate::nn::contractive::squared_norm;
use crate::nn::corruption::Corruption;
use crate::nn::corruption::CorruptionKind;
use crate::nn::denoising::Target;
use crate::nn::desk::Desk;
use crate::nn::gradient_check::GradientCheck;
use crate::nn::gradient_check::check;
use crate::nn::loss::Loss;
use crate::nn::model::Codec as _;
use crate::nn::model::Model as _;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::sparse::Sparsity;
use crate::worst::Worst;
use rand::RngExt as _;

const BENT: [Activation; 2] = [Activation::Sigmoid, Activation::Tanh];
const TYINGS: [Tying; 2] = [Tying::Free, Tying::Tied];
const LOSSES: [Loss; 2] = [Loss::SquaredError, Loss::CrossEntropy];

/// The bound for models; the worst ratio is printed.
const TOLERANCE: Real = 1e-9;

/// A model with random weights and biases, and examples for it.
fn model(plan: &Blueprint, seed: u64) -> (Autoencoder, Matrix) {
    let mut init = rng(seed, Purpose::Init);
    let mut model = plan.build(&mut init);
    for parameter in model.parameters_mut() {
        parameter.mapv_inplace(|w| w + init.random_range(-0.3..0.3));
    }
    (model, batch(1 + seed as usize % 4, plan.inputs, seed))
}

/// How far measured and calculated gradients of the whole loss differ.
fn ratio(model: &mut Autoencoder, x: &Matrix) -> Real {
    check(model, x, STEP, &rng(1, Purpose::Noise)).ratio
}

/// The same for the penalty alone: what it adds to the gradients, against
/// what it adds to the loss.
fn penalty_ratio(model: &mut Autoencoder, x: &Matrix) -> Real {
    let (noise, desk) = (rng(1, Purpose::Noise), &mut Desk::new());
    let mut plain = model.clone();
    (plain.sparsity, plain.contraction) = (Sparsity::None, 0.0);
    let (_, all) = model.gradients(x, &mut noise.clone(), desk);
    let (_, without) = plain.gradients(x, &mut noise.clone(), desk);
    let analytic: Vec<Matrix> =
        all.iter().zip(&without).map(|(a, b)| a - b).collect();
    let mut numeric = Vec::new();
    for (p, gradient) in analytic.iter().enumerate() {
        let mut slopes = Matrix::zeros(gradient.dim());
        for (place, slope) in slopes.indexed_iter_mut() {
            let middle = model.parameters()[p][place];
            let mut price_at = |w: Real| {
                model.parameters_mut()[p][place] = w;
                model.loss(x).penalty
            };
            *slope = (price_at(middle + STEP) - price_at(middle - STEP))
                / (2.0 * STEP);
            price_at(middle);
        }
        numeric.push(slopes);
    }
    GradientCheck::compare(numeric, analytic).ratio
}

#[test]
fn contraction_of_any_layer_tied_or_not() {
    let mut worst = Worst::of("contraction");
    let mut alone = Worst::of("the penalty of contraction alone");
    for (i, code) in ACTIVATIONS.into_iter().enumerate() {
        for seed in 0..8 {
            let seed = seed + 10 * i as u64;
            let mut plan = random_blueprint(seed);
            plan.activation = BENT[seed as usize % 2];
            plan.code_activation = code;
            plan.loss = LOSSES[seed as usize / 2 % 2];
            plan.tying = TYINGS[seed as usize / 4 % 2];
            let (mut model, x) = model(&plan, seed);
            model.contraction = 0.3;
            worst.hold(ratio(&mut model, &x), TOLERANCE);
            alone.hold(penalty_ratio(&mut model, &x), 1e-7);
        }
    }
    worst.tell();
    alone.tell();
}

#[test]
fn prices_of_sparse_codes() {
    let kl = Sparsity::Kl { target: 0.05, weight: 3.0 };
    let l1 = Sparsity::L1 { weight: 0.2 };
    let mut worst = Worst::of("sparse by KL or L1");
    let mut alone = Worst::of("the prices of sparsity alone");
    for seed in 0..32 {
        let mut plan = random_blueprint(200 + seed);
        plan.activation = BENT[seed as usize % 2];
        plan.code_activation = BENT[seed as usize / 2 % 2];
        plan.tying = TYINGS[seed as usize / 4 % 2];
        plan.loss = LOSSES[seed as usize / 8 % 2];
        for sparsity in [kl, l1] {
            let (mut model, x) = model(&plan, seed);
            model.sparsity = sparsity;
            worst.hold(ratio(&mut model, &x), TOLERANCE);
            alone.hold(penalty_ratio(&mut model, &x), 1e-7);
        }
    }
    worst.tell();
    alone.tell();
}

#[test]
fn competitions_at_every_depth() {
    let mut worst = Worst::of("k-sparse, with contraction");
    for seed in 0..32 {
        let mut plan = random_blueprint(300 + seed);
        plan.activation = BENT[seed as usize % 2];
        plan.code_activation = ACTIVATIONS[seed as usize / 2 % 4];
        plan.tying = TYINGS[seed as usize / 8 % 2];
        let (mut model, x) = model(&plan, seed);
        let active = 1 + seed as usize % plan.code;
        model.sparsity = Sparsity::KSparse { active };
        // Contraction is that of the layer, before the competition.
        model.contraction = if seed % 3 == 0 { 0.1 } else { 0.0 };
        worst.hold(ratio(&mut model, &x), TOLERANCE);
    }
    worst.tell();
}

#[test]
fn every_damage_emphasis_and_target() {
    let kinds = [
        (CorruptionKind::Masking, 0.4),
        (CorruptionKind::Gaussian, 0.3),
        (CorruptionKind::Clipped, 0.3),
        (CorruptionKind::SaltAndPepper, 0.4),
    ];
    let mut worst = Worst::of("denoising: damage, emphasis, target");
    for (i, (kind, level)) in kinds.into_iter().enumerate() {
        for (j, emphasis) in [1.0, 0.5, 0.0].into_iter().enumerate() {
            for target in [Target::Clean, Target::Noisy] {
                for loss in LOSSES {
                    let seed = (3 * i + j) as u64;
                    let mut plan = random_blueprint(400 + seed);
                    plan.activation = Activation::Tanh;
                    plan.code_activation = Activation::Sigmoid;
                    plan.loss = loss;
                    plan.tying = TYINGS[j % 2];
                    let (mut model, x) = model(&plan, 3);
                    model.corruption = Corruption { kind, level };
                    (model.emphasis, model.target) = (emphasis, target);
                    worst.hold(ratio(&mut model, &x), TOLERANCE);
                }
            }
        }
    }
    worst.tell();
}

#[test]
fn everything_at_once() {
    let mut worst = Worst::of("all penalties, noises and decay at once");
    for seed in 0..12 {
        let mut plan = random_blueprint(500 + seed);
        plan.activation = BENT[seed as usize % 2];
        plan.code_activation = BENT[seed as usize / 2 % 2];
        plan.tying = TYINGS[seed as usize / 4 % 2];
        plan.loss = Loss::CrossEntropy;
        let (mut model, x) = model(&plan, seed);
        model.sparsity = Sparsity::Kl { target: 0.1, weight: 0.5 };
        (model.contraction, model.weight_decay) = (0.2, 0.05);
        model.code_noise = 0.3;
        let (kind, level) = (CorruptionKind::SaltAndPepper, 0.3);
        model.corruption = Corruption { kind, level };
        model.emphasis = 0.5;
        worst.hold(ratio(&mut model, &x), TOLERANCE);
    }
    worst.tell();
}

/// R11-J: the closed form against small moves of the input.
#[test]
fn the_norm_of_the_jacobian_is_what_small_moves_measure() {
    let mut worst = Worst::of("norm of the Jacobian, from small moves");
    for seed in 0..16 {
        let mut plan = random_blueprint(600 + seed);
        plan.hidden = Vec::new();
        plan.code_activation = BENT[seed as usize % 2];
        let (model, x) = model(&plan, seed);
        let mut squares = 0.0;
        for column in 0..plan.inputs {
            let (mut high, mut low) = (x.clone(), x.clone());
            high.column_mut(column).mapv_inplace(|x| x + STEP);
            low.column_mut(column).mapv_inplace(|x| x - STEP);
            let moved = model.encode(&high) - model.encode(&low);
            squares += (moved / (2.0 * STEP)).mapv(|d| d * d).sum();
        }
        let measured = squares / x.nrows() as Real;
        let (layer, code) = (model.code_layer(), model.encode(&x));
        let norm = squared_norm(layer, &code, &mut Desk::new());
        worst.hold((measured / norm - 1.0).abs(), 1e-6);
    }
    worst.tell();
}
