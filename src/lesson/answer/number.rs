//! Numbers a student types.

use serde::Deserialize;
use serde::Serialize;

/// The key of a number exercise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberKey {
    /// The right number.
    pub value: f64,
}
