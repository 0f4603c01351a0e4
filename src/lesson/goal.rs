//! Goals: what a run must show, and what is still missing.

use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::knob::Value;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeSet;

/// A condition on the runs of a cell and on what the student did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Goal {
    /// The metric of the newest run is at most the bound.
    Below(Metric, Bound),
    /// The metric of the newest run is at least the bound.
    Above(Metric, Bound),
    /// A numeric knob of the newest run lies in this range.
    Setting(KnobId, f64, f64),
    /// A knob of the newest run has exactly this value.
    Is(KnobId, Value),
    /// How the newest run ended.
    Status(Status),
    /// The condition held at some recorded epoch of the newest run.
    During(Box<Goal>),
    /// Some run of this cell, old or new, meets the condition.
    SomeRun(Box<Goal>),
    /// The student did this in the cell.
    Did(Deed),
    /// Every one of these.
    All(Vec<Goal>),
    /// At least one of these.
    Any(Vec<Goal>),
    /// Not this.
    Not(Box<Goal>),
}

impl Goal {
    /// Shows this goal and every goal inside it, outermost first.
    pub fn walk(&self, visit: &mut impl FnMut(&Goal)) {
        visit(self);
        match self {
            Self::During(goal) | Self::SomeRun(goal) | Self::Not(goal) => {
                goal.walk(visit);
            }
            Self::All(goals) | Self::Any(goals) => {
                for goal in goals {
                    goal.walk(visit);
                }
            }
            _ => {}
        }
    }

    /// The metrics it looks at, those in bounds included.
    pub fn metrics(&self) -> BTreeSet<Metric> {
        let mut found = BTreeSet::new();
        self.walk(&mut |goal| {
            if let Self::Below(metric, bound) | Self::Above(metric, bound) =
                goal
            {
                found.insert(*metric);
                if let Bound::Of(other, _) = bound {
                    found.insert(*other);
                }
            }
        });
        found
    }

    /// The knobs it looks at.
    pub fn knobs(&self) -> BTreeSet<KnobId> {
        let mut found = BTreeSet::new();
        self.walk(&mut |goal| {
            if let Self::Setting(knob, ..) | Self::Is(knob, _) = goal {
                found.insert(*knob);
            }
        });
        found
    }
}

/// What a metric is held against.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Bound {
    /// A number.
    Value(f64),
    /// A multiple of another metric of the same run, such as
    /// `Of(PcaTestMse, 1.05)`.
    Of(Metric, f64),
}

/// How far a run has come.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
)]
pub enum Status {
    /// It came to its last epoch.
    Finished,
    /// The student stopped it; the result so far is kept.
    Stopped,
    /// It stopped by itself: the error no longer fell.
    Converged,
    /// It stopped by itself: the loss grew out of bounds or was no number.
    Diverged,
    /// It stopped by itself: it never got better than the mean image.
    Stalled,
}

/// Something a student does that is not a run.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
)]
pub enum Deed {
    /// Started a run.
    Started,
    /// Paused a run.
    Paused,
    /// Took a single step.
    Stepped,
    /// Undid a turn of a knob or an answer.
    Undid,
    /// Opened the help.
    OpenedHelp,
    /// Searched for a word and opened a hit.
    Searched,
    /// Compared two runs.
    Compared,
    /// Aligned an autoencoder's weights with the principal axes.
    Aligned,
}

/// The facts about one run that goals look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunFacts {
    /// What every knob was set to at the end.
    pub settings: Settings,
    /// The metrics at the end.
    pub metrics: Metrics,
    /// The metrics at each recorded epoch, oldest first.
    pub trail: Vec<Metrics>,
    /// How it ended.
    pub status: Status,
}

/// Everything a goal is judged on; never live state.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The runs of the cell, oldest first.
    pub runs: &'a [RunFacts],
    /// What the student did in the cell.
    pub deeds: &'a BTreeSet<Deed>,
}

/// Whether a goal is met, and if not, what is missing.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// All of it.
    Met,
    /// The parts that are missing, each as a sentence such as "test error
    /// is 0.031, at most 0.028 needed (1.05 × test error of PCA)".
    Missing(Vec<Shortfall>),
}

/// One part of a goal that is not met.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortfall {
    /// The part and by how much it fails, as a sentence.
    pub say: String,
    /// The metric or knob it is about, for a look at what moves it.
    pub metric: Option<Metric>,
}
