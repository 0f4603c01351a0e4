//! The curve of a run, in bounded memory.
//!
//! A curve holds at most 512 buckets. When it is full, neighbors merge:
//! their mean, lowest and highest value survive, so that a spike is never
//! lost however long a run gets.

use crate::lesson::knob::KnobId;
use crate::lesson::knob::Value;
use crate::lesson::metric::Metrics;
use crate::train::symptom::Symptom;
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
    /// What was noticed to go wrong on the way.
    #[serde(default)]
    pub symptoms: Vec<Symptom>,
}

/// Most epoch points a history keeps. Runs look at their test set at most
/// some hundred times; only a student who turns the number of epochs up
/// again and again gets here.
pub const MOST_EPOCHS: usize = 1024;

/// Most marks a history keeps.
pub const MOST_MARKS: usize = 256;

impl History {
    /// An empty one with all the memory that its curve will ever need.
    pub fn with_paper() -> Self {
        let batches = Vec::with_capacity(MOST_BUCKETS + 1);
        Self { batches, ..Self::default() }
    }

    /// Adds the loss of one batch. What is no finite number is left out:
    /// the run ends there, and says so.
    pub fn push_batch(&mut self, step: u64, loss: f32) {
        if !loss.is_finite() {
            return;
        }
        let one =
            Bucket { step, count: 1, low: loss, mean: loss, high: loss };
        // The first bucket is always full, so it tells the others' size.
        let full = self.batches.first().map_or(1, |bucket| bucket.count);
        match self.batches.last_mut() {
            Some(last) if last.count < full => *last = last.merged(&one),
            _ => self.batches.push(one),
        }
        if self.batches.len() > MOST_BUCKETS {
            self.merge_neighbors();
        }
    }

    /// Adds what was measured after an epoch. If there are too many, every
    /// other one goes; the first and the newest stay.
    pub fn push_epoch(&mut self, point: EpochPoint) {
        if self.epochs.len() >= MOST_EPOCHS {
            let mut index = 0_usize;
            self.epochs.retain(|_| {
                index += 1;
                index % 2 == 1
            });
        }
        self.epochs.push(point);
    }

    /// Remembers that a knob was turned; of several turns between two
    /// steps, the last one.
    pub fn push_mark(&mut self, mark: Mark) {
        if let Some(last) = self.marks.last_mut()
            && last.knob == mark.knob
            && last.step == mark.step
        {
            *last = mark;
        } else if self.marks.len() < MOST_MARKS {
            self.marks.push(mark);
        }
    }

    /// Two buckets become one; an odd one at the end stays.
    fn merge_neighbors(&mut self) {
        let all = self.batches.len();
        for pair in 0..all / 2 {
            let (a, b) =
                (self.batches[2 * pair], self.batches[2 * pair + 1]);
            self.batches[pair] = a.merged(&b);
        }
        if all % 2 == 1 {
            self.batches.swap(all / 2, all - 1);
        }
        self.batches.truncate(all.div_ceil(2));
    }
}

impl Bucket {
    /// This bucket and the one after it in one.
    fn merged(&self, next: &Self) -> Self {
        let (a, b) = (f64::from(self.count), f64::from(next.count));
        let (x, y) = (f64::from(self.mean), f64::from(next.mean));
        let mean = ((a * x + b * y) / (a + b)) as f32;
        let low = self.low.min(next.low);
        let high = self.high.max(next.high);
        let count = self.count.saturating_add(next.count);
        // Rounding must not push the mean out of its own range.
        Self {
            step: next.step,
            count,
            low,
            mean: mean.clamp(low, high),
            high,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn curve(losses: &[f32]) -> History {
        let mut history = History::default();
        for (step, &loss) in (1..).zip(losses) {
            history.push_batch(step, loss);
        }
        history
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_curve_is_bounded_and_keeps_ends_and_extremes(
            losses in vec(-1e6_f32..1e6, 1..5000),
        ) {
            let buckets = curve(&losses).batches;
            prop_assert!(buckets.len() <= MOST_BUCKETS);
            let count: u64 =
                buckets.iter().map(|b| u64::from(b.count)).sum();
            prop_assert_eq!(count, losses.len() as u64);
            let last = buckets.last().unwrap();
            prop_assert_eq!(last.step, losses.len() as u64);
            let lowest = losses.iter().copied().fold(f32::MAX, f32::min);
            let highest = losses.iter().copied().fold(f32::MIN, f32::max);
            let low = buckets.iter().map(|b| b.low).fold(f32::MAX, f32::min);
            let high =
                buckets.iter().map(|b| b.high).fold(f32::MIN, f32::max);
            prop_assert_eq!((low, high), (lowest, highest));
            for pair in buckets.windows(2) {
                prop_assert!(pair[0].step < pair[1].step);
                let steps = pair[1].step - pair[0].step;
                prop_assert_eq!(steps, u64::from(pair[1].count));
            }
            for b in &buckets {
                prop_assert!(b.low <= b.mean && b.mean <= b.high);
            }
            if losses.len() <= MOST_BUCKETS {
                let means: Vec<f32> = buckets.iter().map(|b| b.mean).collect();
                prop_assert_eq!(means, losses);
            }
        }
    }

    #[test]
    fn a_spike_survives_merging() {
        let mut losses = vec![1.0; 100_000];
        losses[54_321] = 99.0;
        let buckets = curve(&losses).batches;
        assert!(buckets.len() <= MOST_BUCKETS);
        let spikes = buckets.iter().filter(|b| b.high == 99.0);
        assert_eq!(spikes.count(), 1);
    }

    #[test]
    fn the_mean_is_the_mean_of_the_steps() {
        let losses: Vec<f32> = (0..4096).map(|i| i as f32).collect();
        let buckets = curve(&losses).batches;
        let first = buckets[0];
        let steps = first.count as f32;
        assert!(steps > 1.0);
        assert_eq!(first.mean, (steps - 1.0) / 2.0);
        assert_eq!((first.low, first.high), (0.0, steps - 1.0));
    }

    #[test]
    fn no_number_leaves_no_trace() {
        let history = curve(&[1.0, f32::NAN, f32::INFINITY, 2.0]);
        assert_eq!(history.batches.len(), 2);
    }

    #[test]
    fn epochs_and_marks_are_bounded_and_keep_their_ends() {
        let mut history = History::default();
        for step in 0..50_000 {
            let (epoch, metrics) = (step as f64, Metrics::new());
            history.push_epoch(EpochPoint { step, epoch, metrics });
            let (knob, value) = (KnobId::Epochs, Value::Number(1.0));
            history.push_mark(Mark { step, knob, value });
        }
        let steps: Vec<u64> =
            history.epochs.iter().map(|point| point.step).collect();
        assert!(steps.len() <= MOST_EPOCHS);
        assert_eq!((steps[0], steps.last()), (0, Some(&49_999)));
        assert!(steps.is_sorted());
        assert_eq!(history.marks.len(), MOST_MARKS);
    }

    #[test]
    fn a_knob_held_down_leaves_one_mark_per_step() {
        let mut history = History::default();
        for x in [0.1, 0.2, 0.3] {
            let (knob, value) = (KnobId::LearningRate, Value::Number(x));
            history.push_mark(Mark { step: 7, knob, value });
        }
        assert_eq!(history.marks.len(), 1);
        assert_eq!(history.marks[0].value, Value::Number(0.3));
    }
}
