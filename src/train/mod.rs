//! Runs a model and reports what happened.
//!
//! This is the one place where the name of a model becomes a network. The
//! worker thread, the headless command, the lesson checks and the tests
//! all call the same [`run`](run::run) with another [`Link`].

mod anatomy;
pub mod baseline;
pub mod build;
pub mod cache;
pub mod calibrate;
pub mod config;
pub mod cost;
pub mod history;
pub mod knobs;
pub mod leave;
pub mod metrics;
pub mod prove;
pub mod record;
pub mod reproduce;
pub mod run;
pub mod snapshot;
pub mod symptom;

mod by_hand;
mod clock;
mod closing;
mod descent;
mod evaluate;
mod faults;
pub mod feed;
pub mod limits;
mod looks;
mod measure;
pub mod net;
mod onehot;
mod pace;
mod picture;
mod prepare;
mod probing;
mod reason;
mod schedule;
mod stacking;
mod step;
mod together;
pub mod trainer;
mod turning;
mod units;
mod walk;
mod watch;

use crate::lesson::knob::KnobId;
use crate::lesson::knob::Value;
use crate::lesson::metric::Metrics;
use crate::train::history::Bucket;
use crate::train::record::RunRecord;
use crate::train::snapshot::Snapshot;

/// Tells one run from every other of this session; events that carry an
/// older number are dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub u64);

/// An order to a running trainer. Acts within one mini-batch.
#[derive(Debug, Clone, PartialEq)]
pub enum Control {
    /// Wait after the current batch.
    Pause,
    /// Go on.
    Resume,
    /// One more batch, then wait.
    StepBatch,
    /// On to the end of the epoch, then wait.
    StepEpoch,
    /// Turn a knob that acts live; leaves a mark on the curve.
    Tune(KnobId, Value),
}

/// A report from a trainer.
#[derive(Debug, Clone, PartialEq)]
pub enum TrainEvent {
    /// The model is built and about to train.
    Started(Box<Plan>),
    /// What happened since the last report.
    Progress(Box<Report>),
    /// It is over; the record is complete.
    Ended(Box<RunRecord>),
    /// It could not be run or broke down; the sentence says why.
    Failed(String),
}

/// What a run will be, known before its first step.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Weights and biases.
    pub parameters: usize,
    /// Training steps in all.
    pub steps: u64,
    /// Training steps per epoch.
    pub steps_per_epoch: u64,
    /// Epochs in all.
    pub epochs: u64,
    /// Baselines and other metrics known before training.
    pub known: Metrics,
}

/// What happened since the last report.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Steps so far.
    pub step: u64,
    /// Epochs so far, with a fraction.
    pub epoch: f64,
    /// The whole batch-loss curve so far, thinned to at most 512 buckets.
    pub curve: Vec<Bucket>,
    /// Metrics at epochs that ended since the last report.
    pub trail: Vec<history::EpochPoint>,
    /// The model as it is now, when it was worth a picture.
    pub snapshot: Option<Box<Snapshot>>,
    /// Training examples per second, as measured.
    pub speed: f64,
    /// Seconds to go, estimated.
    pub seconds_left: f64,
    /// Whether it waits for an order now.
    pub paused: bool,
    /// What is going wrong now.
    pub symptom: Option<symptom::Symptom>,
}

/// The other side of a run: gives orders, takes reports.
pub trait Link {
    /// Orders that came in since the last call; while the run is paused
    /// this may wait a little for one.
    fn orders(&mut self, paused: bool) -> Vec<Control>;
    /// Takes a report. Must not wait for a slow screen, except for `Ended`.
    fn report(&mut self, event: TrainEvent);
    /// Whether a report is welcome now (about 30 times a second at most).
    fn due(&mut self) -> bool;
    /// Whether the run shall end now.
    fn stopped(&self) -> bool;
    /// Seconds since the run began, pauses included.
    fn seconds(&self) -> f64;
}
