//! The textbook: how an autoencoder works.
//!
//! Read the files in the order of this list; each needs only those above.

pub mod random;

/// A batch of examples or a table of weights. Rows are examples:
/// `[examples, features]`.
pub type Matrix = ndarray::Array2<crate::Real>;
