//! The textbook: how an autoencoder works.
//!
//! Read the files in the order of this list; each needs only those above.
//!
//! Conventions, the same everywhere:
//!
//! - Rows are examples: a batch is `[batch, features]`.
//! - A loss is the *mean* over pixels and over images. Papers often print
//!   the *sum* over pixels: [`loss::sum_per_image`] translates.
//! - Gradients are computed without touching the model; an
//!   [`optimizer`] applies them afterwards.

pub mod random;

pub mod activation;
pub mod loss;

pub mod dense;
pub mod network;

pub mod model;
pub mod optimizer;

pub mod tied;

pub mod decoder;

pub mod decay;
pub mod noise;

pub mod autoencoder;
pub mod learning;

pub mod blueprint;

pub mod gradient_check;

pub mod zoom;

pub mod slow_motion;

pub mod eigen;
pub mod power_iteration;

pub mod pca;

pub mod line;

pub mod subspace;

/// A batch of examples or a table of weights. Rows are examples:
/// `[examples, features]`.
pub type Matrix = ndarray::Array2<crate::Real>;
