//! What can go wrong in training besides the loss, and what helps.

use serde::Deserialize;
use serde::Serialize;

/// What can go wrong without the loss leaving its range.
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
pub enum Fault {
    /// The units of a layer are dead.
    Dead,
    /// The units of a layer are saturated.
    Saturated,
    /// The code or the outputs say nothing.
    Collapsed,
    /// Steps move nothing.
    Stalled,
}

/// A fault with its time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Symptom {
    /// What is wrong.
    pub fault: Fault,
    /// The step at which it was noticed.
    pub step: u64,
    /// The step at which it had passed, if it has.
    pub until: Option<u64>,
}

impl Fault {
    /// What it is, in one word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dead => "dead",
            Self::Saturated => "saturated",
            Self::Collapsed => "collapsed",
            Self::Stalled => "stalled",
        }
    }

    /// What it means and what helps, in a sentence or two.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Dead => {
                "Nearly all units of a layer say the same to everything, so \
                 nothing gets through and no blame comes back: the units \
                 are dead. Lower the learning rate or take tanh, and press \
                 r for fresh weights."
            }
            Self::Saturated => {
                "Nearly all units of a layer are at an end of their range, \
                 where they hardly feel a change: they are saturated. Make \
                 the init scale or the learning rate smaller, or take \
                 relu, and press r."
            }
            Self::Collapsed => {
                "The code says nothing, and everything gets the same \
                 answer: it has collapsed. Lower the KL weight or raise C, \
                 let the KL term warm up, or lower the learning rate, and \
                 press r."
            }
            Self::Stalled => {
                "Steps no longer move the weights, and nothing has been \
                 learned: it has stalled. Raise the learning rate, set the \
                 init scale to 1, or let Adam choose the steps, and press \
                 r."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_names_itself_and_a_remedy() {
        for fault in [
            Fault::Dead,
            Fault::Saturated,
            Fault::Collapsed,
            Fault::Stalled,
        ] {
            assert!(fault.advice().contains(fault.name()), "{fault:?}");
            assert!(fault.advice().contains("press r"), "{fault:?}");
        }
    }
}
