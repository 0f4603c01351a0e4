//! What a network sees in a step: a batch, damaged on purpose or not,
//! with labels or without.

use crate::Real;
use crate::data::Samples;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::nn::Matrix;
use crate::nn::corruption::Corrupted;
use crate::nn::corruption::Corruption;
use crate::nn::denoising::Target;
use crate::nn::desk::Desk;
use crate::nn::full_batch::FullBatch;
use crate::nn::gradient::Gradients;
use crate::nn::gradient::as_written;
use crate::nn::model::Losses;
use crate::nn::random::Purpose;
use crate::nn::random::stream;
use crate::train::build;
use crate::train::net::Net;

/// The stream of noise that is drawn once for the whole run.
const FROZEN: u64 = u64::MAX;

/// Makes batches of the training set.
#[derive(Debug)]
pub struct Feed<'a> {
    train: &'a Samples,
    seed: u64,
    /// What is done to the inputs.
    pub corruption: Corruption,
    target: Target,
    /// The damaged copy of the training set that is shown again and
    /// again, if noise is not fresh.
    frozen: Option<Corrupted>,
    /// The labels of a batch.
    labels: Vec<u8>,
}

impl<'a> Feed<'a> {
    /// As the knobs say.
    pub fn new(train: &'a Samples, seed: u64, settings: &Settings) -> Self {
        let mut feed = Self {
            train,
            seed,
            corruption: Corruption::default(),
            target: Target::Clean,
            frozen: None,
            labels: Vec::new(),
        };
        feed.obey(settings);
        feed
    }

    /// Follows the knobs; noise that is not fresh is drawn again if its
    /// level has changed.
    pub fn obey(&mut self, settings: &Settings) {
        let before = self.corruption;
        self.corruption = build::corruption(settings);
        self.target = build::target(settings);
        let fresh = settings.switch(KnobId::FreshNoise);
        if fresh || self.corruption.is_none() {
            self.frozen = None;
        } else if self.frozen.is_none() || before != self.corruption {
            let mut noise = stream(self.seed, Purpose::Noise, FROZEN);
            let x = &self.train.x;
            let desk = &mut Desk::new();
            let damaged = self.corruption.corrupt(x, &mut noise, desk);
            self.frozen = Some(damaged);
        }
    }

    /// One look at the examples in `rows` without their labels: the loss,
    /// and a gradient per parameter that learns now.
    pub fn learn(
        &self,
        net: &Net,
        rows: &[u32],
        step: u64,
        desk: &mut Desk,
    ) -> (Losses, Gradients) {
        let clean = gathered(&self.train.x, rows, desk);
        let mut noise = stream(self.seed, Purpose::Noise, step);
        let damages = matches!(net, Net::Dense(_) | Net::Convolutional(_));
        if self.corruption.is_none() || !damages {
            let model = net.model();
            let learned = model.look(&clean, &clean, &mut noise, desk);
            desk.put_back(clean);
            return learned;
        }
        let damaged = match &self.frozen {
            Some(frozen) => Corrupted {
                x: gathered(&frozen.x, rows, desk),
                touched: gathered(&frozen.touched, rows, desk),
            },
            None => self.corruption.corrupt(&clean, &mut noise, desk),
        };
        let learned = match net {
            Net::Dense(model) => {
                model.repair(&damaged, &clean, &mut noise, desk)
            }
            _ => {
                let target = match self.target {
                    Target::Clean => &clean,
                    Target::Noisy => &damaged.x,
                };
                let model = net.model();
                model.look(&damaged.x, target, &mut noise, desk)
            }
        };
        damaged.put_back(desk);
        desk.put_back(clean);
        learned
    }

    /// One step with all examples at once; returns the loss after it.
    pub fn descend(
        &self,
        net: &mut Net,
        full: &mut FullBatch,
        epoch: u64,
        desk: &mut Desk,
    ) -> Real {
        let index = match self.frozen {
            Some(_) => FROZEN,
            None => epoch,
        };
        let noise = stream(self.seed, Purpose::Noise, index);
        // The same damage at every look of a step: drawn by the model.
        let damage = |net: &mut Net, corruption| match net {
            Net::Dense(model) => model.corruption = corruption,
            Net::Convolutional(model) => model.corruption = corruption,
            Net::Variational(_) | Net::Stacked(_) => {}
        };
        damage(net, self.corruption);
        let x = &self.train.x;
        let moved = full.step(net.model_mut(), x, &noise, desk);
        damage(net, Corruption::default());
        moved.loss
    }

    /// One look at labeled examples.
    pub fn learn_labels(
        &mut self,
        net: &Net,
        rows: &[u32],
        desk: &mut Desk,
    ) -> (Losses, Gradients) {
        let Some(stack) = net.stacked() else {
            return (Losses::default(), Gradients::new());
        };
        let x = gathered(&self.train.x, rows, desk);
        self.labels.clear();
        let label = |&row: &u32| self.train.labels[row as usize];
        self.labels.extend(rows.iter().map(label));
        let (losses, gradients) =
            stack.learn_labels(&x, &self.labels, desk);
        desk.put_back(x);
        (losses, as_written(gradients))
    }
}

/// The chosen rows on paper from the desk.
pub fn gathered(x: &Matrix, rows: &[u32], desk: &mut Desk) -> Matrix {
    let mut batch = desk.sheet(rows.len(), x.ncols());
    desk.engine.pick_rows(x, rows, &mut batch);
    batch
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::DataKind;
    use crate::data::DataSpec;
    use crate::data::Library;
    use crate::lesson::knob::Value;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::random::rng;

    fn settings(fresh: bool) -> Settings {
        Settings::default()
            .with(KnobId::Corruption, Value::Word("mask".to_owned()))
            .with(KnobId::FreshNoise, Value::Switch(fresh))
    }

    fn losses(fresh: bool) -> [Real; 2] {
        let spec = DataSpec::new(DataKind::Digits8);
        let data = Library::embedded().load(&spec).unwrap();
        let feed = Feed::new(&data.train, 1, &settings(fresh));
        let plan = Blueprint::linear(64, 4);
        let net =
            Net::Dense(Box::new(plan.build(&mut rng(1, Purpose::Init))));
        let desk = &mut Desk::new();
        let mut loss =
            |step| feed.learn(&net, &[3, 1, 2], step, desk).0.total;
        [loss(0), loss(1)]
    }

    #[test]
    fn fresh_noise_differs_from_step_to_step_and_frozen_noise_does_not() {
        let [a, b] = losses(true);
        assert_ne!(a, b);
        let [a, b] = losses(false);
        assert_eq!(a, b);
    }
}
