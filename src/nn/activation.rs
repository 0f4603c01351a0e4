//! The activation: what a unit does with its weighted sum.
//!
//! ```text
//! linear   y = z
//! sigmoid  y = 1 / (1 + exp(-z))        between 0 and 1
//! tanh     y = tanh(z)                  between -1 and 1
//! relu     y = max(z, 0)                silent below zero
//! ```

use crate::Real;
use crate::kernel::curve::Curve;
use crate::kernel::engine::Engine;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use serde::Deserialize;
use serde::Serialize;

/// The shape of a unit's answer to its weighted sum `z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Activation {
    /// Passes the sum on: `y = z`.
    Linear,
    /// Squeezes it between 0 and 1: `y = 1 / (1 + exp(-z))`.
    Sigmoid,
    /// Squeezes it between -1 and 1: `y = tanh(z)`.
    Tanh,
    /// Cuts off everything below zero: `y = max(z, 0)`.
    Relu,
}

impl Activation {
    /// `y = s(z)`, for one weighted sum.
    pub fn of(self, z: Real) -> Real {
        match self {
            Activation::Linear => z,
            Activation::Sigmoid => 1.0 / (1.0 + (-z).exp()),
            Activation::Tanh => z.tanh(),
            Activation::Relu => z.max(0.0),
        }
    }

    /// The slope `s'(z)`, written with the output `y = s(z)`.
    ///
    /// All four slopes can be read off the output, so nobody has to
    /// remember `z`. Relu has no slope at its kink; we take 0.
    pub fn slope(self, y: Real) -> Real {
        match self {
            Activation::Linear => 1.0,
            Activation::Sigmoid => y * (1.0 - y),
            Activation::Tanh => 1.0 - y * y,
            Activation::Relu => Real::from(u8::from(y > 0.0)),
        }
    }

    /// `z` becomes `y = s(z)`, for a whole batch `[batch, units]`.
    pub fn apply(self, z: &mut Matrix) {
        Engine::default().bend(self.curve(), z);
    }

    /// Blame for outputs becomes blame for sums, both `[batch, units]`.
    ///
    /// ```text
    /// dL/dz = dL/dy * s'(z)
    /// ```
    pub fn backward(self, y: &Matrix, dy: &mut Matrix, desk: &mut Desk) {
        desk.engine.unbend(self.curve(), y, dy);
    }

    /// What the engine knows it as.
    pub fn curve(self) -> Curve {
        match self {
            Activation::Linear => Curve::Linear,
            Activation::Sigmoid => Curve::Sigmoid,
            Activation::Tanh => Curve::Tanh,
            Activation::Relu => Curve::Relu,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    const ALL: [Activation; 4] = [
        Activation::Linear,
        Activation::Sigmoid,
        Activation::Tanh,
        Activation::Relu,
    ];

    #[test]
    fn outputs_and_slopes_at_zero_are_known_by_heart() {
        let outputs = ALL.map(|s| s.of(0.0));
        assert_eq!(outputs, [0.0, 0.5, 0.0, 0.0]);
        let slopes = ALL.map(|s| s.slope(s.of(0.0)));
        assert_eq!(slopes, [1.0, 0.25, 1.0, 0.0]);
    }

    #[test]
    fn the_slope_is_what_a_small_step_measures() {
        let step = 0.01;
        for s in ALL {
            for z in [-2.0, -0.5, 0.3, 1.7] {
                let rise = s.of(z + step) - s.of(z - step);
                let error = rise / (2.0 * step) - s.slope(s.of(z));
                assert!(error.abs() < 1e-4, "{s:?} at {z}: {error}");
            }
        }
    }

    #[test]
    fn blame_passes_only_through_units_that_spoke() {
        let mut y = array![[-1.0, 2.0]];
        Activation::Relu.apply(&mut y);
        assert_eq!(y, array![[0.0, 2.0]]);
        let mut blame = array![[5.0, 5.0]];
        Activation::Relu.backward(&y, &mut blame, &mut Desk::new());
        assert_eq!(blame, array![[0.0, 5.0]]);
    }

    #[test]
    fn huge_sums_stay_finite() {
        for z in [-1e4, 1e4] {
            assert!((0.0..=1.0).contains(&Activation::Sigmoid.of(z)));
            assert_eq!(Activation::Tanh.of(z).abs(), 1.0);
        }
    }
}
