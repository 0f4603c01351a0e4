//! Running, waiting, stepping: what the student's orders make of a run.

use crate::train::Control;

/// Whether a run goes on after the current step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// To the end.
    Run,
    /// Until so many steps are done.
    Until(u64),
    /// Not before the next order.
    Wait,
}

impl Pace {
    /// Takes an order at `step`, in an epoch that ends after `end` steps.
    /// Turned knobs are not its business.
    pub fn order(&mut self, order: &Control, step: u64, end: u64) {
        *self = match order {
            Control::Pause => Self::Wait,
            Control::Resume => Self::Run,
            Control::StepBatch => Self::Until(step + 1),
            Control::StepEpoch => Self::Until(end),
            Control::Tune(..) => *self,
        };
    }

    /// Whether to wait before the step after `step`.
    pub fn waits(self, step: u64) -> bool {
        match self {
            Self::Run => false,
            Self::Until(end) => step >= end,
            Self::Wait => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_ends_where_epochs_end() {
        let mut pace = Pace::Wait;
        pace.order(&Control::StepEpoch, 13, 20);
        assert_eq!(pace, Pace::Until(20));
        assert!(!pace.waits(19) && pace.waits(20));
        pace.order(&Control::StepBatch, 20, 30);
        assert_eq!(pace, Pace::Until(21));
        pace.order(&Control::Resume, 21, 30);
        assert!(!pace.waits(1000));
        pace.order(&Control::Pause, 22, 30);
        assert!(pace.waits(22));
    }
}
