//! Simple shapes whose factors are known.

/// The shapes, in the order of their labels.
pub(super) const NAMES: [&str; 3] = ["square", "ellipse", "heart"];
