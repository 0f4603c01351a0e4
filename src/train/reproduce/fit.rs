//! Training without pictures: shuffled batches, an optimizer, a desk.
//!
//! The same order of examples, the same noise and the same steps as a run
//! of the notebook with the same seed.

use crate::Real;
use crate::data::batches::order;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::gradient::put_back_all;
use crate::nn::model::Model;
use crate::nn::optimizer::Optimizer;
use crate::nn::optimizer::Rule;
use crate::nn::random::Purpose;
use crate::nn::random::Rng;
use crate::nn::random::stream;
use crate::train::feed::gathered;
use crate::train::reproduce::lab::Halt;
use crate::train::reproduce::lab::Lab;

/// How long, in which steps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// The rule for a step.
    pub rule: Rule,
    /// How large a step is.
    pub rate: Real,
    /// Examples per step.
    pub batch: usize,
    /// Times every example is shown.
    pub epochs: u64,
}

impl Plan {
    /// Adam with its usual rate of 0.001.
    pub fn adam(batch: usize, epochs: u64) -> Self {
        Self { rule: Rule::Adam, rate: 1e-3, batch, epochs }
    }
}

/// What a training step is made of.
pub struct Bench {
    /// Paper.
    pub desk: Desk,
    /// Noise of this step.
    pub rng: Rng,
}

/// Trains a model to restore the rows of `x`.
///
/// # Errors
///
/// When somebody says stop.
pub fn fit<M: Model>(
    lab: &mut Lab,
    model: &mut M,
    x: &Matrix,
    plan: Plan,
    seed: u64,
) -> Result<(), Halt> {
    let mut restore = |model: &M, batch: &Matrix, bench: &mut Bench| {
        model.look(batch, batch, &mut bench.rng, &mut bench.desk)
    };
    fit_by(lab, model, x, (plan, seed), &mut restore)
}

/// Trains a model with a gradient of one's own, for instance with noise
/// on the input.
///
/// # Errors
///
/// When somebody says stop.
pub fn fit_by<M: Model>(
    lab: &mut Lab,
    model: &mut M,
    x: &Matrix,
    (plan, seed): (Plan, u64),
    look: &mut Look<M>,
) -> Result<(), Halt> {
    let mut optimizer = Optimizer::new(plan.rule, plan.rate);
    let rng = stream(seed, Purpose::Noise, 0);
    let desk = Desk::with_threads(lab.threads);
    let mut bench = Bench { desk, rng };
    let mut step = 0;
    for epoch in 0..plan.epochs {
        let rows = order(x.nrows(), seed, epoch);
        let told = format!("epoch {} of {}", epoch + 1, plan.epochs);
        lab.watcher.say(&told);
        for rows in rows.chunks(plan.batch) {
            lab.go_on()?;
            let batch = gathered(x, rows, &mut bench.desk);
            bench.rng = stream(seed, Purpose::Noise, step);
            let (_, gradients) = look(model, &batch, &mut bench);
            let desk = &mut bench.desk;
            optimizer.follow(model.parameters_mut(), &gradients, desk);
            put_back_all(gradients, desk);
            bench.desk.put_back(batch);
            step += 1;
        }
    }
    Ok(())
}

/// Loss and gradients of a batch.
pub type Look<'a, M> = dyn FnMut(
        &M,
        &Matrix,
        &mut Bench,
    ) -> (crate::nn::model::Losses, crate::nn::gradient::Gradients)
    + 'a;
