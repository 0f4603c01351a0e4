//! Codes that are drawn: the divergence, the draw, and whole models.

use super::ACTIVATIONS;
use super::STEP;
use super::TOLERANCE;
use super::batch;
use crate::nn::Matrix;
use crate::nn::blueprint::Blueprint;
use crate::nn::desk::Desk;
use crate::nn::gradient_check::GradientCheck;
use crate::nn::gradient_check::check;
use crate::nn::gradient_check::numeric_gradient;
use crate::nn::kl;
use crate::nn::loss::Loss;
use crate::nn::model::Model as _;
use crate::nn::noise::normal;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::reparametrization::backward;
use crate::nn::reparametrization::draw;
use crate::nn::variational::Reduction;
use crate::nn::variational::Variational;
use crate::worst::Worst;
use rand::RngExt as _;

#[test]
fn variational_autoencoders_of_every_kind() {
    let mut worst = Worst::of("variational autoencoders");
    let mut seed: u64 = 0;
    for loss in [Loss::SquaredError, Loss::CrossEntropy] {
        for reduction in [Reduction::Sum, Reduction::Mean] {
            for depth in 0..3 {
                seed += 1;
                let mut rng = rng(seed, Purpose::Look);
                let mut size = || rng.random_range(2..6);
                let mut plan = Blueprint::linear(size(), size());
                plan.hidden = (0..depth).map(|_| size()).collect();
                plan.activation = ACTIVATIONS[seed as usize % 4];
                plan.output_activation = ACTIVATIONS[seed as usize % 3];
                plan.loss = loss;
                let mut model = Variational::new(&plan, &mut rng);
                for p in model.parameters_mut() {
                    p.mapv_inplace(|w| w + rng.random_range(-0.3..0.3));
                }
                model.reconstruction_weight = 0.7;
                (model.kl_weight, model.warm_up) = (1.5, 0.6);
                model.reduction = reduction;
                let x = batch(3, plan.inputs, seed);
                let noise = crate::nn::random::rng(seed, Purpose::Noise);
                let ratio = check(&mut model, &x, STEP, &noise).ratio;
                worst.hold(ratio, TOLERANCE);
            }
        }
    }
    worst.tell();
}

#[test]
fn the_divergence_and_the_draw_alone() {
    let mut worst = Worst::of("KL divergence and the draw alone");
    for seed in 0..20 {
        let mut rng = rng(seed, Purpose::Look);
        let (n, k) = (rng.random_range(1..5), rng.random_range(1..5));
        let statistics = normal(n, 2 * k, &mut rng);
        let mut desk = Desk::new();
        let mut blame = Matrix::zeros((n, 2 * k));
        kl::add_gradient(&statistics, 1.0, &mut blame);
        let measured = numeric_gradient(&kl::mean, &statistics, STEP);
        let (noise, t) = (normal(n, k, &mut rng), normal(n, k, &mut rng));
        let z = draw(&statistics, &noise, &mut desk);
        let passed = backward(&statistics, &z, &t, &mut desk);
        let f = |s: &Matrix| (draw(s, &noise, &mut Desk::new()) * &t).sum();
        let slopes = numeric_gradient(&f, &statistics, STEP);
        for (numeric, analytic) in [(measured, blame), (slopes, passed)] {
            let report =
                GradientCheck::compare(vec![numeric], vec![analytic]);
            worst.hold(report.ratio, TOLERANCE);
        }
    }
    worst.tell();
}
