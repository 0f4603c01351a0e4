//! The curve of a run, in bounded memory.
//!
//! A curve holds at most 512 buckets. When it is full, neighbors merge:
//! their mean, lowest and highest value survive, so that a spike is never
//! lost however long a run gets.

use crate::lesson::knob::KnobId;
use crate::lesson::knob::Value;
use crate::lesson::metric::Metrics;
use serde::Deserialize;
use serde::Serialize;

/// Most buckets a curve keeps.
pub const MOST_BUCKETS: usize = 512;

/// Several neighboring steps in one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bucket {
    /// The last step in it.
    pub step: u64,
    /// How many steps it stands for.
    pub count: u32,
    /// Their smallest loss.
    pub low: f32,
    /// Their mean loss.
    pub mean: f32,
    /// Their largest loss.
    pub high: f32,
}

/// The metrics at the end of an epoch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EpochPoint {
    /// Steps so far.
    pub step: u64,
    /// Epochs so far.
    pub epoch: f64,
    /// What was measured then.
    pub metrics: Metrics,
}

/// A knob that was turned while the model trained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// At which step.
    pub step: u64,
    /// Which knob.
    pub knob: KnobId,
    /// Its new value.
    pub value: Value,
}

/// The curve of a run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct History {
    /// The objective on the batches, one point per step until they merge.
    pub batches: Vec<Bucket>,
    /// The metrics at the end of epochs; the first is before training.
    pub epochs: Vec<EpochPoint>,
    /// Knobs turned on the way.
    pub marks: Vec<Mark>,
}
