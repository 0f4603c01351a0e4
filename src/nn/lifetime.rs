//! The life of a unit: how often it speaks, and for how few.
//!
//! ```text
//! usage        share of the examples for which the unit is active
//! mean         its activity on average
//! selectivity  (1 - mean² / mean of squares) / (1 - 1/N)
//! ```
//!
//! Selectivity is 0 for a unit that says the same about every example, and
//! 1 for one that speaks about a single example (Treves & Rolls, 1991;
//! Vinje & Gallant, 2000). A unit that is never active is dead: no blame
//! reaches it, so it will not come back.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use ndarray::ArrayView1;

/// One number per unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Lifetime {
    /// Share of the examples for which it is active.
    pub usage: Vec<Real>,
    /// Mean activity.
    pub mean: Vec<Real>,
    /// From 0, always the same, to 1, a single example.
    pub selectivity: Vec<Real>,
}

impl Lifetime {
    /// The lives of all units of a code `[examples, units]` that was bent
    /// by `s`.
    pub fn of(code: &Matrix, s: Activation) -> Lifetime {
        let units = || code.columns().into_iter();
        Lifetime {
            usage: units().map(|unit| usage(unit, s)).collect(),
            mean: units().map(mean).collect(),
            selectivity: units().map(selectivity).collect(),
        }
    }

    /// How many units are never active.
    pub fn dead(&self) -> usize {
        self.usage.iter().filter(|&&usage| usage == 0.0).count()
    }

    /// The share of units that are active for an example, on average.
    pub fn density(&self) -> Real {
        let units = self.usage.len().max(1) as Real;
        self.usage.iter().sum::<Real>() / units
    }
}

/// Whether a unit speaks: a sigmoid from ½ on, others when not 0.
pub fn is_active(h: Real, s: Activation) -> bool {
    match s {
        Activation::Sigmoid => h >= 0.5,
        _ => h != 0.0,
    }
}

fn usage(unit: ArrayView1<Real>, s: Activation) -> Real {
    let active = unit.iter().filter(|&&h| is_active(h, s)).count();
    active as Real / unit.len().max(1) as Real
}

fn mean(unit: ArrayView1<Real>) -> Real {
    unit.sum() / unit.len().max(1) as Real
}

fn selectivity(unit: ArrayView1<Real>) -> Real {
    let n = unit.len() as Real;
    let squares = unit.dot(&unit) / n;
    if n < 2.0 || squares == 0.0 {
        return 0.0;
    }
    let size = unit.iter().map(|h| h.abs()).sum::<Real>() / n;
    (1.0 - size * size / squares) / (1.0 - 1.0 / n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn three_lives_by_hand() {
        // One speaks about one example of four, one about all, one is
        // dead.
        let code = array![
            [0.0, 2.0, 0.0],
            [8.0, 2.0, 0.0],
            [0.0, 2.0, 0.0],
            [0.0, 2.0, 0.0],
        ];
        let life = Lifetime::of(&code, Activation::Relu);
        assert_eq!(life.usage, [0.25, 1.0, 0.0]);
        assert_eq!(life.mean, [2.0, 2.0, 0.0]);
        // (1 - 2²/16) / (1 - ¼) = 1, and (1 - 2²/4) = 0.
        assert_eq!(life.selectivity, [1.0, 0.0, 0.0]);
        assert_eq!(life.dead(), 1);
        assert!((life.density() - 1.25 / 3.0).abs() < 1e-6);
    }

    #[test]
    fn a_sigmoid_speaks_from_one_half_on() {
        let code = array![[0.25], [0.5], [0.75], [0.0]];
        let life = Lifetime::of(&code, Activation::Sigmoid);
        assert_eq!((life.usage, life.mean[0]), (vec![0.5], 0.375));
    }

    #[test]
    fn no_examples_do_no_harm() {
        let life = Lifetime::of(&Matrix::zeros((0, 2)), Activation::Relu);
        assert_eq!((life.dead(), life.density()), (2, 0.0));
    }
}
