//! When a run stops by itself, and the trend that told so.
//!
//! - *Diverged*: the loss is no number, or has been above five times its
//!   start for a whole window of batches and is not coming back.
//! - *Converged*: neither training nor test loss has gained a thousandth
//!   for a third of the planned epochs, and at least thirty. Half a percent
//!   would be too coarse: a linear autoencoder still turns towards the
//!   principal axes while its loss falls by less.
//! - *Stalled*: the same, and it never was better than the mean image.
//!
//! Small sigmoid nets sit on plateaus for a thousand epochs and then learn
//! after all, and runs of a second need nobody to cut them short. So only
//! expensive runs converge or stall.

use std::collections::VecDeque;

/// Batches in the window that tells whether a loss is running away.
const WINDOW: usize = 20;

/// How many times its start a loss must be to have run away.
const RUNAWAY: f64 = 5.0;

/// A run with fewer multiply-adds than this, about a second of work, is
/// never cut short.
const CHEAP: f64 = 5e9;

/// An epoch counts as progress if it gains at least this share.
const GAIN: f64 = 0.001;

/// How a loss ran away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blowup {
    /// It is no number any more.
    NotANumber,
    /// It grew and grew.
    Runaway,
}

/// Why a run may end before its last epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Nothing gets better any more.
    Converged,
    /// It never got better than the mean image.
    Stalled,
}

/// How a run is going.
#[derive(Debug, Clone)]
pub struct Watch {
    /// The objective before training.
    start: f64,
    /// The newest batch losses.
    recent: VecDeque<f64>,
    /// How many times in a row the batch loss grew.
    rising: u32,
    /// The most it did.
    longest_rise: u32,
    /// Whether the run may be cut short.
    expensive: bool,
    train: Best,
    test: Best,
    /// The smallest squared error on the test set, against the mean's.
    best_share: f64,
}

/// The last loss that was clearly better than all before.
#[derive(Debug, Clone, Copy)]
struct Best {
    loss: f64,
    epoch: u64,
}

/// What was measured after an epoch.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Epochs done.
    pub epoch: u64,
    /// Epochs planned.
    pub planned: u64,
    /// The objective on the training set.
    pub train: f64,
    /// The objective on the test set.
    pub test: f64,
    /// The squared error on the test set, divided by that of the mean.
    pub share: f64,
}

impl Watch {
    /// Watches a run whose objective is `start` before training and which
    /// will take so many multiply-adds.
    pub fn new(start: f64, multiply_adds: f64) -> Self {
        let never = Best { loss: f64::INFINITY, epoch: 0 };
        Self {
            start,
            recent: VecDeque::with_capacity(WINDOW),
            rising: 0,
            longest_rise: 0,
            expensive: multiply_adds >= CHEAP,
            train: never,
            test: never,
            best_share: f64::INFINITY,
        }
    }

    /// Takes the loss of a batch.
    pub fn batch(&mut self, loss: f64) -> Option<Blowup> {
        if !loss.is_finite() {
            return Some(Blowup::NotANumber);
        }
        match self.recent.back() {
            Some(&before) if loss > before => self.rising += 1,
            _ => self.rising = 0,
        }
        self.longest_rise = self.longest_rise.max(self.rising);
        if self.recent.len() == WINDOW {
            self.recent.pop_front();
        }
        self.recent.push_back(loss);
        let away = RUNAWAY * self.start;
        let all = self.recent.len() == WINDOW
            && self.recent.iter().all(|&loss| loss > away);
        (all && self.is_growing()).then_some(Blowup::Runaway)
    }

    /// Takes the losses after an epoch.
    pub fn epoch(&mut self, look: Look) -> Option<Rest> {
        self.train.take(look.train, look.epoch);
        self.test.take(look.test, look.epoch);
        self.best_share = self.best_share.min(look.share);
        let patience = (look.planned / 3).max(30);
        let newest = self.train.epoch.max(self.test.epoch);
        if !self.expensive || look.epoch < newest + patience {
            return None;
        }
        let beaten = self.best_share < 0.99;
        Some(if beaten { Rest::Converged } else { Rest::Stalled })
    }

    /// How many times in a row the loss of the batches grew, at most.
    pub fn longest_rise(&self) -> u32 {
        self.longest_rise
    }

    /// The best squared error on the test set, against the mean's.
    pub fn best_share(&self) -> f64 {
        self.best_share
    }

    /// The newest batch loss, divided by the loss at the start.
    pub fn growth(&self) -> f64 {
        let newest = self.recent.back().copied().unwrap_or(self.start);
        newest / self.start.max(f64::MIN_POSITIVE)
    }

    /// Whether the test loss was still falling lately.
    pub fn was_gaining(&self, epoch: u64) -> bool {
        epoch <= self.test.epoch + 1
    }

    /// Whether the later half of the window lies above the earlier half.
    fn is_growing(&self) -> bool {
        let half = self.recent.len() / 2;
        let early: f64 = self.recent.iter().take(half).sum();
        let late: f64 = self.recent.iter().skip(half).sum();
        late > early
    }
}

impl Best {
    fn take(&mut self, loss: f64, epoch: u64) {
        if loss < self.loss * (1.0 - GAIN) {
            *self = Self { loss, epoch };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEAR: f64 = 1e12;

    fn look(epoch: u64, loss: f64, share: f64) -> Look {
        Look { epoch, planned: 90, train: loss, test: loss, share }
    }

    #[test]
    fn a_loss_that_is_no_number_is_noticed_at_once() {
        let mut watch = Watch::new(1.0, DEAR);
        assert_eq!(watch.batch(0.5), None);
        assert_eq!(watch.batch(f64::NAN), Some(Blowup::NotANumber));
        assert_eq!(watch.batch(f64::INFINITY), Some(Blowup::NotANumber));
    }

    #[test]
    fn a_growing_loss_has_run_away_but_a_spike_has_not() {
        let mut watch = Watch::new(1.0, DEAR);
        let mut end = None;
        for step in 0..40 {
            end = end.or(watch.batch(2.0 * f64::from(step)));
        }
        assert_eq!(end, Some(Blowup::Runaway));
        assert!(watch.longest_rise() >= 20);
        let mut watch = Watch::new(1.0, DEAR);
        for step in 0..1000 {
            let loss = if step % 10 == 0 { 50.0 } else { 0.5 };
            assert_eq!(watch.batch(loss), None);
        }
    }

    #[test]
    fn only_long_rest_ends_a_run() {
        let mut watch = Watch::new(1.0, DEAR);
        for epoch in 0..30 {
            assert_eq!(watch.epoch(look(epoch, 0.5, 0.5)), None);
        }
        let end = watch.epoch(look(30, 0.4996, 0.5));
        assert_eq!(end, Some(Rest::Converged));
    }

    #[test]
    fn a_gain_renews_the_patience() {
        let mut watch = Watch::new(1.0, DEAR);
        for epoch in 0..200 {
            let loss = 0.9_f64.powi(epoch as i32 / 20);
            assert_eq!(watch.epoch(look(epoch, loss, 0.5)), None);
        }
    }

    #[test]
    fn what_never_beats_the_mean_stalls_unless_it_is_cheap() {
        let mut watch = Watch::new(1.0, DEAR);
        let ends = (0..31).map(|e| watch.epoch(look(e, 0.5, 1.0)));
        assert_eq!(ends.last(), Some(Some(Rest::Stalled)));
        let mut watch = Watch::new(1.0, 1e9);
        for epoch in 0..90 {
            assert_eq!(watch.epoch(look(epoch, 0.5, 1.0)), None);
        }
    }

    #[test]
    fn overfitting_is_no_rest() {
        let mut watch = Watch::new(1.0, DEAR);
        for epoch in 0..300 {
            let mut look = look(epoch, 0.5, 0.5);
            look.train = 0.99_f64.powi(epoch as i32);
            assert_eq!(watch.epoch(look), None);
        }
    }
}
