//! What a run is asked to do, checked once; only a checked one can train.

use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::schema::ModelKind;
use crate::lesson::schema::Panel;

/// A checked order for one run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunConfig {
    /// Which model.
    pub model: ModelKind,
    /// Every knob the model and its data use.
    pub settings: Settings,
    /// The pictures that will be wanted.
    pub panels: Vec<Panel>,
    /// The run's number among the runs of its cell, from 1.
    pub number: u32,
    /// Threads to train with; the result does not depend on it.
    pub threads: usize,
}

/// What a run will cost, estimated before anything is allocated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// Weights and biases.
    pub parameters: usize,
    /// Multiply-adds in all.
    pub multiply_adds: f64,
    /// Memory at most, bytes.
    pub bytes: f64,
}

/// Why a run cannot be: which knob, and a sentence.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct ConfigError {
    /// The knob it is about, if it is about one.
    pub knob: Option<KnobId>,
    /// What is wrong, why, and what to do.
    pub message: String,
}
