//! Deep, tied, denoising, contractive and sparse autoencoders; where
//! L-BFGS ends.

use super::compare::Asked;
use super::compare::Rows;
use super::compare::TOLERANCE;
use super::compare::give;
use super::compare::matrix;
use gargalo::Real;
use gargalo::nn::autoencoder::Autoencoder;
use gargalo::nn::blueprint::Blueprint;
use gargalo::nn::corruption::Corrupted;
use gargalo::nn::desk::Desk;
use gargalo::nn::full_batch::FullBatch;
use gargalo::nn::gradient::written;
use gargalo::nn::model::Model as _;
use gargalo::nn::random::Purpose;
use gargalo::nn::random::rng;
use gargalo::nn::sparse::Sparsity;
use serde::Deserialize;

#[derive(Deserialize)]
struct Values {
    networks: Vec<Case>,
    minimum: Minimum,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    blueprint: Blueprint,
    weight_decay: Real,
    contraction: Real,
    sparsity: Sparsity,
    emphasis: Real,
    damage: Option<Damage>,
    asked: Asked,
}

#[derive(Deserialize)]
struct Damage {
    x: Rows,
    touched: Rows,
}

#[derive(Deserialize)]
struct Minimum {
    parameters: Vec<Rows>,
    batch: Rows,
    start: f64,
    end: f64,
}

fn values() -> Values {
    let text = include_str!("values_dense.json");
    serde_json::from_str(text).expect("make_dense.py wrote this")
}

impl Case {
    fn model(&self) -> Autoencoder {
        let mut model = self.blueprint.build(&mut rng(1, Purpose::Init));
        model.weight_decay = self.weight_decay;
        model.contraction = self.contraction;
        model.sparsity = self.sparsity;
        model.emphasis = self.emphasis;
        model
    }
}

#[test]
fn regularized_networks_are_those_of_pytorch() {
    let cases = values().networks;
    assert_eq!(cases.len(), 21);
    for case in &cases {
        let (mut model, x) = (case.model(), case.asked.batch());
        let (mut calm, desk) = (rng(1, Purpose::Noise), &mut Desk::new());
        let damaged = case.damage.as_ref().map(|damage| {
            let touched = matrix(&damage.touched);
            Corrupted { x: matrix(&damage.x), touched }
        });
        let mut learn = |model: &Autoencoder| match &damaged {
            Some(damaged) => {
                let seen = model.repair(damaged, &x, &mut calm, desk);
                (seen.0, written(seen.1, desk))
            }
            None => model.gradients(&x, &mut calm, desk),
        };
        let gaps = case.asked.compare(&mut model, &mut learn);
        gaps.tell(&case.name);
        assert!(gaps.largest() < TOLERANCE, "{}: {gaps:?}", case.name);
    }
}

#[test]
fn full_batches_end_where_pytorch_ends() {
    let minimum = values().minimum;
    let mut model = Blueprint {
        code_activation: gargalo::nn::activation::Activation::Sigmoid,
        output_activation: gargalo::nn::activation::Activation::Sigmoid,
        ..Blueprint::linear(8, 5)
    }
    .build(&mut rng(1, Purpose::Init));
    model.weight_decay = 1e-4;
    model.sparsity = Sparsity::Kl { target: 0.1, weight: 0.01 };
    give(&mut model, &minimum.parameters);
    let x = matrix(&minimum.batch);
    let gap = f64::from(model.loss(&x).total) / minimum.start - 1.0;
    assert!(gap.abs() < 1e-6, "{gap:e}");
    let (calm, desk) = (rng(1, Purpose::Noise), &mut Desk::new());
    let mut optimizer = FullBatch::new();
    let mut looks = 0;
    for _ in 0..500 {
        let moved = optimizer.step(&mut model, &x, &calm, desk);
        looks += moved.looks;
        if moved.length == 0.0 {
            break;
        }
    }
    let gap = f64::from(model.loss(&x).total) / minimum.end - 1.0;
    println!("off by {gap:e} after {looks} looks");
    assert!(gap < 1e-3, "{gap:e}");
}
