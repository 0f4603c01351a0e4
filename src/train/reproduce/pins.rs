//! Numbers that depend on this data and these settings: what five seeds
//! gave here, and what five seeds of an independent program gave.
//!
//! Made by `scripts/reproduce_pin.py`; the table is not edited by hand.

use crate::train::reproduce::lab::deviation;
use crate::train::reproduce::lab::mean;

/// A quantity, measured ten times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pin {
    /// The row, such as `KB-32`.
    pub row: &'static str,
    /// The quantity, as the row calls it.
    pub what: &'static str,
    /// Seeds 1 to 5 of this program.
    pub here: [f64; 5],
    /// Five seeds of PyTorch or scikit-learn, same data, same settings.
    pub peer: [f64; 5],
}

impl Pin {
    /// Three standard deviations around the mean of this program's five.
    pub fn range(&self) -> (f64, f64) {
        let (middle, slack) = self.here();
        (middle - slack, middle + slack)
    }

    /// Mean and three standard deviations of this program.
    pub fn here(&self) -> (f64, f64) {
        (mean(&self.here), 3.0 * deviation(&self.here))
    }

    /// Mean and three standard deviations of the other program.
    pub fn peer(&self) -> (f64, f64) {
        (mean(&self.peer), 3.0 * deviation(&self.peer))
    }
}

/// All of them.
pub const PINS: &[Pin] = &[
    Pin {
        row: "H06-LPCA",
        what: "test error",
        here: [8.873544, 8.828297, 8.986163, 8.837651, 8.867152],
        peer: [8.93134, 8.820642, 8.881004, 8.852075, 8.883812],
    },
    Pin {
        row: "PT-VAE",
        what: "test loss",
        here: [116.789062, 116.625443, 116.361427, 117.022423, 116.306335],
        peer: [116.176353, 116.753296, 116.597809, 116.639359, 116.616234],
    },
    Pin {
        row: "TF-A",
        what: "test loss",
        here: [0.010273, 0.010795, 0.010317, 0.010246, 0.010283],
        peer: [0.010444, 0.010568, 0.010284, 0.01046, 0.010532],
    },
    Pin {
        row: "TF-C",
        what: "accuracy",
        here: [0.987879, 0.987879, 0.987879, 0.987879, 0.987879],
        peer: [0.987879, 0.987879, 0.969697, 0.987879, 0.987879],
    },
    Pin {
        row: "TF-C",
        what: "precision, normal is positive",
        here: [1.0, 1.0, 1.0, 1.0, 1.0],
        peer: [1.0, 1.0, 1.0, 1.0, 1.0],
    },
    Pin {
        row: "TF-C",
        what: "recall, normal is positive",
        here: [0.974026, 0.974026, 0.974026, 0.974026, 0.974026],
        peer: [0.974026, 0.974026, 0.935065, 0.974026, 0.974026],
    },
];
