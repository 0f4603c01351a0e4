//! The textbook: how an autoencoder works.
//!
//! Read the files in the order of this list; each needs only those above.
//!
//! Conventions, the same everywhere:
//!
//! - Rows are examples: a batch is `[batch, features]`; see [`columns`].
//! - A loss is the *mean* over pixels and over images. Papers often print
//!   the *sum* over pixels: [`loss::sum_per_image`] translates.
//! - Gradients do not touch the model; an [`optimizer`] applies them.

// Chance that can be repeated.
pub mod random;

// One unit and one mistake.
pub mod activation;

pub mod loss;

pub mod batch_loss;

// Many units, and how they get better.
pub mod desk;

pub mod gradient;

pub mod dense;

pub mod network;

pub mod optimizer;

// What keeps a code and its weights in bounds.
pub mod noise;

pub mod decay;

// Damage, and how to make learning from it worth the while.
pub mod corruption;

pub mod denoising;

// Codes in which few units speak, and codes that hardly move.
pub mod sparse;

pub mod k_sparse;

pub mod contractive;

// The autoencoder.
pub mod model;

pub mod tied;

pub mod decoder;

pub mod autoencoder;

pub mod pass;

pub mod penalties;

pub mod learning;

pub mod blueprint;

// Another way downhill, for a loss over all data.
pub mod line_search;

pub mod curvature;

pub mod lbfgs;

pub mod full_batch;

pub mod ufldl;
// Pictures: weights that are used everywhere.
pub mod window;

pub mod columns;

pub mod correlation;

pub mod conv;

pub mod transposed;

pub mod pool;

pub mod image_layer;

pub mod image_network;

pub mod convolutional;

pub mod image_learning;

pub mod image_plan;

pub mod image_builder;

pub mod feature_maps;

// Codes that are drawn from a distribution.
pub mod kl;

pub mod reparametrization;

pub mod variational;

pub mod variational_learning;

// Looking closely.
pub mod gradient_check;

pub mod zoom;

pub mod slow_motion;

// Straight lines: the rival, and the measure of all codes.
pub mod eigen;

pub mod power_iteration;

pub mod pca;

pub mod line;

pub mod subspace;

// What a code does: who speaks, and what it feels.
pub mod lifetime;

pub mod jacobian;

pub mod score;

// Labels: what is a code good for?
pub mod class_loss;

pub mod classifier;

pub mod softmax;

pub mod svm;

pub mod neighbors;

pub mod mlp;

pub mod kmeans;

pub mod rbf;

pub mod stump;

pub mod stumps;

pub mod probe;

// Layer upon layer.
pub mod stacked;

pub mod stacked_learning;

pub mod fine_tuning;

// Looking at codes and at single units.
pub mod interpolation;

pub mod traversal;

pub mod concepts;

pub mod best_of_many;

pub mod stimulus;

pub mod factors;

pub mod oriented;

// What the model has never seen.
pub mod anomaly;

pub mod confusion;

pub mod roc;

// What a variational autoencoder knows, and how well.
pub mod posterior;

pub mod likelihood;

pub mod linear_vae;

/// A batch of examples or a table of weights. Rows are examples:
/// `[examples, features]`.
pub type Matrix = ndarray::Array2<crate::Real>;
