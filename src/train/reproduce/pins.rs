//! Numbers that depend on this data and these settings: what some seeds
//! gave here, and what as many of an independent program gave.
//!
//! Made by `scripts/reproduce_pin.py`; the table is not edited by hand.

use crate::train::reproduce::lab::deviation;
use crate::train::reproduce::lab::mean;

/// Runs that a range takes at the least.
const ENOUGH: usize = 5;

/// The last digit that the table below keeps, and then some.
const LAST: f64 = 1e-5;

/// A quantity, measured again and again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pin {
    /// The row, such as `KB-32`.
    pub row: &'static str,
    /// The quantity, as the row calls it.
    pub what: &'static str,
    /// Seeds 1 to 5 of this program; fewer where it takes long.
    pub here: &'static [f64],
    /// The same of PyTorch or scikit-learn: same data, same settings.
    pub peer: &'static [f64],
}

impl Pin {
    /// Mean and three standard deviations: of this program's five runs,
    /// or of all runs of both where it has fewer, or where its five were
    /// all the same. `None` if those are fewer than five, too.
    pub fn expected(&self) -> Option<(f64, f64)> {
        let both = [self.here, self.peer].concat();
        let varied = deviation(self.here) > LAST * mean(self.here).abs();
        let (middle, slack) = match self.here.len() >= ENOUGH && varied {
            true => spread(self.here),
            false if both.len() >= ENOUGH => spread(&both),
            false => return None,
        };
        Some((middle, slack.max(LAST * middle.abs())))
    }

    /// Mean and three standard deviations of this program.
    pub fn here(&self) -> (f64, f64) {
        spread(self.here)
    }

    /// Mean and three standard deviations of the other program.
    pub fn peer(&self) -> (f64, f64) {
        spread(self.peer)
    }
}

fn spread(runs: &[f64]) -> (f64, f64) {
    match runs.iter().all(|run| Some(run) == runs.first()) {
        true => (mean(runs), 0.0),
        false => (mean(runs), 3.0 * deviation(runs)),
    }
}

/// All of them.
pub const PINS: &[Pin] = &[
    Pin {
        row: "DA-COST",
        what: "cost, 30 % masked",
        here: &[71.968785, 72.322216, 72.011823, 71.992296, 71.970041],
        peer: &[72.287392, 72.122452, 71.771263, 72.173721, 72.044914],
    },
    Pin {
        row: "DA-COST",
        what: "cost, undamaged",
        here: &[56.827799, 56.793627, 56.791626, 56.924388, 56.840748],
        peer: &[56.782337, 56.838024, 56.812218, 56.827423, 56.823868],
    },
    Pin {
        row: "H06-2D",
        what: "test error, deep",
        here: &[32.529699, 33.050127, 33.395594, 32.989702, 32.629799],
        peer: &[32.957569, 33.353535, 33.578835, 32.804821, 32.902523],
    },
    Pin {
        row: "H06-AE30",
        what: "test error",
        here: &[7.409698, 7.245558, 7.333704, 7.190032, 7.223863],
        peer: &[7.177004, 7.230288, 7.169297, 7.237192, 7.236925],
    },
    Pin {
        row: "H06-LPCA",
        what: "test error",
        here: &[8.873544, 8.828297, 8.986163, 8.837651, 8.867152],
        peer: &[8.93134, 8.820642, 8.881004, 8.852075, 8.883812],
    },
    Pin {
        row: "K-VAE2",
        what: "of which KL",
        here: &[5.896637, 5.653296, 5.548325, 5.539951, 5.439657],
        peer: &[5.837432, 5.681432, 5.512845, 5.646159, 5.620118],
    },
    Pin {
        row: "K-VAE2",
        what: "test loss",
        here: &[162.065308, 161.503662, 162.68338, 163.08075, 163.297455],
        peer: &[164.587279, 163.447988, 162.038998, 163.906398, 162.959245],
    },
    Pin {
        row: "KB-32",
        what: "test loss",
        here: &[0.093608, 0.093778, 0.093569, 0.093935, 0.094362],
        peer: &[0.093964, 0.093724, 0.094269, 0.093814, 0.093955],
    },
    Pin {
        row: "L-88/92",
        what: "(b) same side of one half",
        here: &[96.860268, 96.836543, 96.903571, 96.844133, 96.834949],
        peer: &[96.828318, 96.898979, 96.850127, 96.882272, 96.870661],
    },
    Pin {
        row: "PT-VAE",
        what: "test loss",
        here: &[116.789062, 116.625443, 116.361427, 117.022423, 116.306335],
        peer: &[116.176353, 116.753296, 116.597809, 116.639359, 116.616234],
    },
    Pin {
        row: "R11-T1",
        what: "more saturated by",
        here: &[10.653001, 9.327996, 8.451003, 9.455502, 11.733496],
        peer: &[6.234503, 8.161002, 11.563998, 12.549001, 12.842],
    },
    Pin {
        row: "R11-T1",
        what: "|J|, plain / contractive",
        here: &[3.004828, 3.037384, 2.96332, 3.028949, 2.979778],
        peer: &[2.966325, 3.029459, 3.038042, 2.99645, 2.988242],
    },
    Pin {
        row: "TF-A",
        what: "test loss",
        here: &[0.010273, 0.010795, 0.010317, 0.010246, 0.010283],
        peer: &[0.010444, 0.010568, 0.010284, 0.01046, 0.010532],
    },
    Pin {
        row: "TF-B",
        what: "test loss",
        here: &[0.00964, 0.009847, 0.010619, 0.00969, 0.010285],
        peer: &[0.01035, 0.009999, 0.010968, 0.009935, 0.011186],
    },
    Pin {
        row: "TF-C",
        what: "accuracy",
        here: &[0.987879, 0.987879, 0.987879, 0.987879, 0.987879],
        peer: &[0.987879, 0.987879, 0.969697, 0.987879, 0.987879],
    },
    Pin {
        row: "TF-C",
        what: "precision, normal is positive",
        here: &[1.0, 1.0, 1.0, 1.0, 1.0],
        peer: &[1.0, 1.0, 1.0, 1.0, 1.0],
    },
    Pin {
        row: "TF-C",
        what: "recall, normal is positive",
        here: &[0.974026, 0.974026, 0.974026, 0.974026, 0.974026],
        peer: &[0.974026, 0.974026, 0.935065, 0.974026, 0.974026],
    },
    Pin {
        row: "U-SAE",
        what: "cost at first, mean of 3 seeds",
        here: &[56.699444, 49.42942, 54.902912, 53.337513, 56.5919],
        peer: &[46.246655, 50.064499, 44.094955, 58.50795, 47.050495],
    },
    Pin {
        row: "U-SAE",
        what: "cost at last, the lowest of them",
        here: &[0.489656, 0.448414, 0.445089, 0.448378, 0.490202],
        peer: &[0.438613, 0.485922, 0.44456, 0.489989, 0.488764],
    },
    Pin {
        row: "U-SAE",
        what: "mean activity of a unit",
        here: &[0.010013, 0.010615, 0.010687, 0.010619, 0.010013],
        peer: &[0.01075, 0.010011, 0.010602, 0.010015, 0.010013],
    },
    Pin {
        row: "U-SAE",
        what: "oriented filters, of 25",
        here: &[9.0, 20.0, 22.0, 22.0, 2.0],
        peer: &[24.0, 0.0, 19.0, 7.0, 7.0],
    },
    Pin {
        row: "U-STACK",
        what: "right after",
        here: &[92.1, 92.1, 91.949999, 91.250002, 92.250001],
        peer: &[92.199999, 91.850001, 92.35, 92.049998, 92.299998],
    },
    Pin {
        row: "U-STACK",
        what: "right before",
        here: &[79.549998, 78.549999, 81.599998, 80.35, 81.050003],
        peer: &[79.449999, 81.5, 80.449998, 79.949999, 79.149997],
    },
    Pin {
        row: "WTA-DIG",
        what: "linear SVM on codes",
        here: &[98.569155, 98.251194, 98.251194, 98.251194, 97.933227],
        peer: &[98.251192, 98.251192, 98.887122, 98.72814, 98.09221],
    },
];
