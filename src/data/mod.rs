//! What the models see.

use serde::Deserialize;
use serde::Serialize;

/// The closed list of data sets.
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
pub enum DataKind {
    /// MNIST digits.
    Digits,
    /// UCI digits.
    Digits8,
    /// A Gaussian cloud.
    Gauss2d,
    /// A ring.
    Ring2d,
    /// A spiral.
    Spiral2d,
    /// One-bit states.
    Onehot,
    /// Noise.
    Noise,
    /// Shuffled digits.
    Shuffled,
}
