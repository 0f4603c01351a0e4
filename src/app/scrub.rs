//! Back and forth through the epochs of the newest run.
//!
//! The snapshots a run reports are kept while the program runs, a bounded
//! number of them at even distances. The record on disk has only the last.

use crate::app::state::App;
use crate::train::snapshot::Snapshot;
use std::sync::Arc;

/// Most snapshots of a run that are kept.
const MOST: usize = 48;

/// The snapshots of a run, oldest first, and which one is looked at.
#[derive(Debug, Clone, Default)]
pub struct Frames {
    kept: Vec<Arc<Snapshot>>,
    /// The one looked at; the newest if `None`.
    at: Option<usize>,
    /// Every how many reports one is kept.
    stride: usize,
    /// Reports so far.
    seen: usize,
}

impl Frames {
    /// Forgets everything: a new run begins.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes in a snapshot of a living run.
    pub(super) fn take(&mut self, snapshot: &Snapshot) {
        let kept = self.seen.is_multiple_of(self.stride.max(1));
        self.seen += 1;
        if !kept {
            return;
        }
        self.push(snapshot);
        if self.kept.len() >= MOST {
            // Every second one goes, the first stays; from now on every
            // second report counts.
            let mut keep = [true, false].into_iter().cycle();
            self.kept.retain(|_| keep.next().unwrap_or(true));
            self.at = self.at.map(|at| at / 2);
            self.stride = 2 * self.stride.max(1);
        }
    }

    /// Takes in the last snapshot of a run, whatever the distance.
    pub(super) fn finish(&mut self, snapshot: &Snapshot) {
        self.push(snapshot);
    }

    fn push(&mut self, snapshot: &Snapshot) {
        if self.kept.last().is_none_or(|last| last.step < snapshot.step) {
            self.kept.push(Arc::new(snapshot.clone()));
        }
    }

    /// The earlier snapshot looked at; none while it is the newest.
    pub fn looked_at(&self) -> Option<&Snapshot> {
        self.kept.get(self.at?).map(|frame| &**frame)
    }

    /// One further or one back; false if there is nothing to go through.
    fn go(&mut self, by: isize) -> bool {
        let newest = self.kept.len().saturating_sub(1);
        if newest == 0 {
            return false;
        }
        let here = self.at.unwrap_or(newest);
        let there = here.saturating_add_signed(by).min(newest);
        self.at = (there < newest).then_some(there);
        true
    }
}

impl App {
    /// Looks at the newest run as it was a little earlier or later.
    pub(super) fn scrub(&mut self, by: isize) {
        let Some((_, cell)) = self.focused() else { return };
        let Some(state) = self.state_mut(cell) else { return };
        state.shown = None;
        if !state.frames.go(by) {
            self.tell(
                "Earlier epochs can be looked at once a run has begun; \
                 they are kept until you leave. r runs it again.",
                "Épocas anteriores podem ser vistas quando um treino já \
                 começou; ficam guardadas até você sair. r treina de novo.",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(step: u64) -> Snapshot {
        Snapshot { step, ..Snapshot::default() }
    }

    #[test]
    fn memory_is_bounded_and_both_ends_stay() {
        let mut frames = Frames::default();
        for step in 0..10_000 {
            frames.take(&at(step));
            assert!(frames.kept.len() < MOST);
        }
        frames.finish(&at(10_000));
        let steps: Vec<u64> = frames.kept.iter().map(|f| f.step).collect();
        assert_eq!((steps[0], *steps.last().unwrap()), (0, 10_000));
        assert!(steps.is_sorted());
        // Even distances, but for the last.
        let gap = steps[1];
        let even = steps[..steps.len() - 1].windows(2);
        assert!(even.into_iter().all(|w| w[1] - w[0] == gap), "{steps:?}");
    }

    #[test]
    fn back_and_forth_ends_at_the_newest() {
        let mut frames = Frames::default();
        for step in 0..4 {
            frames.take(&at(step));
        }
        let step = |frames: &Frames| frames.looked_at().map(|s| s.step);
        assert_eq!(step(&frames), None);
        assert!(frames.go(-1) && frames.go(-1));
        assert_eq!(step(&frames), Some(1));
        assert!(frames.go(-9));
        assert_eq!(step(&frames), Some(0));
        assert!(frames.go(9));
        assert_eq!(step(&frames), None);
        frames.clear();
        assert!(!frames.go(-1));
    }
}
