//! Formulas a student types.

use serde::Deserialize;
use serde::Serialize;

/// The key of a formula exercise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormulaKey {
    /// The right formula.
    pub key: String,
}
