//! The record of a run: the one source of every plot, check, comparison
//! and export.

use crate::lesson::goal::RunFacts;
use crate::lesson::goal::Status;
use crate::lesson::knob::Settings;
use crate::lesson::metric::Metrics;
use crate::lesson::schema::ModelKind;
use crate::train::history::EpochPoint;
use crate::train::history::History;
use crate::train::snapshot::Snapshot;
use crate::train::symptom::Fault;
use serde::Deserialize;
use serde::Serialize;

/// The number of the record's format.
pub const FORMAT: u32 = 1;

/// Everything about one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// [`FORMAT`].
    pub format: u32,
    /// The run's number among the runs of its cell, from 1.
    pub number: u32,
    /// Which model.
    pub model: ModelKind,
    /// The knobs at the end, every one that the model uses.
    pub settings: Settings,
    /// The knobs at the start.
    pub start: Settings,
    /// The data, as a fingerprint of all values and labels.
    pub data_hash: u64,
    /// Weights and biases.
    pub parameters: usize,
    /// Training steps done.
    pub steps: u64,
    /// Epochs done, with a fraction.
    pub epochs: f64,
    /// Seconds it took, for display only.
    pub seconds: f64,
    /// How it ended.
    pub status: Status,
    /// Why it ended that way and what to do, as a sentence.
    pub reason: String,
    /// The curve.
    pub history: History,
    /// The metrics at the end, baselines included.
    pub metrics: Metrics,
    /// The model at the end.
    pub snapshot: Snapshot,
    /// Whether the student pinned it.
    #[serde(default)]
    pub pinned: bool,
}

impl RunRecord {
    /// What goals look at. What was measured only once, such as PCA's
    /// error, stands in every entry of the trail, so that a goal can hold
    /// an epoch against it.
    pub fn facts(&self) -> RunFacts {
        let entry = |point: &EpochPoint| {
            let mut all = self.metrics.clone();
            all.extend(point.metrics.clone());
            all
        };
        RunFacts {
            settings: self.settings.clone(),
            metrics: self.metrics.clone(),
            trail: self.history.epochs.iter().map(entry).collect(),
            status: self.status,
        }
    }

    /// How the run ended, in one word; if it came to its end with a
    /// fault, by the fault.
    pub fn outcome(&self) -> &'static str {
        match (self.status, self.fault()) {
            (Status::Stopped, _) => "stopped",
            (Status::Diverged, _) => "diverged",
            (Status::Stalled, _) => "stalled",
            (_, Some(fault)) => fault.name(),
            (Status::Finished, None) => "finished",
            (Status::Converged, None) => "converged",
        }
    }

    /// What was wrong with the network when the run ended; the worst.
    pub fn fault(&self) -> Option<Fault> {
        let all = self.history.symptoms.iter();
        let lasting = all.filter(|symptom| symptom.until.is_none());
        lasting.map(|symptom| symptom.fault).min()
    }
}
