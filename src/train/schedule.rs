//! What learns when: the stages of a run, their epochs and steps.
//!
//! Most models have one stage. A stack has one per layer, and a last one
//! with the labels, whose epochs are shorter because there are fewer
//! labeled examples.

use crate::lesson::knob::KnobId;
use crate::lesson::schema::ModelKind;
use crate::nn::stacked::Phase;
use crate::train::config::RunConfig;
use crate::train::cost;
use crate::train::stacking;

/// Part of a run in which the same parameters learn from the same rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stage {
    /// What learns, in a stack.
    pub phase: Option<Phase>,
    /// Epochs planned.
    pub epochs: u64,
    /// Examples per epoch.
    pub examples: usize,
}

/// The stages of a run, in batches of one size.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// In their order; at least one.
    pub stages: Vec<Stage>,
    /// Examples per step, at most.
    pub batch: usize,
}

impl Stage {
    /// Whether the labels are learned.
    pub fn has_labels(&self) -> bool {
        matches!(self.phase, Some(Phase::Head | Phase::FineTune))
    }
}

impl Schedule {
    /// As the knobs say, with so many examples, and so many with labels.
    pub fn of(config: &RunConfig, examples: usize, labeled: usize) -> Self {
        let settings = &config.settings;
        let batch = match cost::is_full(config) {
            true => examples,
            false => settings.whole(KnobId::BatchSize),
        };
        let one = |(phase, epochs)| {
            let phase = Some(phase);
            let stage = Stage { phase, epochs, examples };
            match stage.has_labels() {
                true => Stage { examples: labeled, ..stage },
                false => stage,
            }
        };
        let stages = match config.model {
            ModelKind::Stacked => {
                stacking::phases(settings).into_iter().map(one).collect()
            }
            _ => {
                let epochs = settings.whole(KnobId::Epochs) as u64;
                vec![Stage { phase: None, epochs, examples }]
            }
        };
        Self { stages, batch }
    }

    /// Examples per step in a stage.
    pub fn batch_of(&self, stage: &Stage) -> usize {
        self.batch.clamp(1, stage.examples.max(1))
    }

    /// Steps per epoch in a stage.
    pub fn per_epoch(&self, stage: &Stage) -> u64 {
        stage.examples.div_ceil(self.batch_of(stage)).max(1) as u64
    }

    /// Changes the epochs of the last stage.
    pub fn plan(&mut self, epochs: u64) {
        if let Some(last) = self.stages.last_mut()
            && last.epochs > 0
        {
            last.epochs = epochs;
        }
    }

    /// Epochs in all.
    pub fn epochs(&self) -> u64 {
        self.stages.iter().map(|stage| stage.epochs).sum()
    }

    /// Steps in all.
    pub fn steps(&self) -> u64 {
        let steps = |stage| self.per_epoch(stage);
        self.stages.iter().map(|s| s.epochs * steps(s)).sum()
    }

    /// Epochs done after `step` steps, with a fraction.
    pub fn epoch_at(&self, step: u64) -> f64 {
        let (epochs, steps, per_epoch) = self.place(step);
        epochs as f64 + (step - steps) as f64 / per_epoch as f64
    }

    /// The step at which the epoch ends that the next step belongs to.
    pub fn epoch_end(&self, step: u64) -> u64 {
        let (_, steps, per_epoch) = self.place(step);
        steps + ((step - steps) / per_epoch + 1) * per_epoch
    }

    /// Examples still to be seen after `step` steps.
    pub fn examples_left(&self, step: u64) -> u64 {
        let (mut left, mut end) = (0, 0);
        for stage in &self.stages {
            let start = end;
            end += stage.epochs * self.per_epoch(stage);
            let steps = end.saturating_sub(step.max(start));
            left += steps * self.batch_of(stage) as u64;
        }
        left
    }

    /// The epochs and steps before the stage that `step` lies in, and its
    /// steps per epoch; beyond the end, the last stage goes on.
    fn place(&self, step: u64) -> (u64, u64, u64) {
        let (mut epochs, mut steps) = (0, 0);
        for (i, stage) in self.stages.iter().enumerate() {
            let per_epoch = self.per_epoch(stage);
            let all = stage.epochs * per_epoch;
            if step < steps + all || i + 1 == self.stages.len() {
                return (epochs, steps, per_epoch);
            }
            epochs += stage.epochs;
            steps += all;
        }
        (epochs, steps, 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_stages() -> Schedule {
        let layer = Some(Phase::Layer(0));
        let stages = vec![
            Stage { phase: layer, epochs: 2, examples: 100 },
            Stage { phase: Some(Phase::FineTune), epochs: 3, examples: 15 },
        ];
        Schedule { stages, batch: 10 }
    }

    #[test]
    fn epochs_are_as_long_as_their_stage_has_examples() {
        let schedule = two_stages();
        assert_eq!((schedule.epochs(), schedule.steps()), (5, 26));
        assert_eq!(schedule.epoch_at(5), 0.5);
        assert_eq!(schedule.epoch_at(20), 2.0);
        assert_eq!(schedule.epoch_at(21), 2.5);
        assert_eq!(schedule.epoch_at(26), 5.0);
        assert_eq!(schedule.epoch_end(13), 20);
        assert_eq!(schedule.epoch_end(20), 22);
    }

    #[test]
    fn only_the_last_stage_can_be_made_longer() {
        let mut schedule = two_stages();
        schedule.plan(1);
        assert_eq!((schedule.epochs(), schedule.steps()), (3, 22));
        assert_eq!(schedule.examples_left(10), 120);
    }
}
