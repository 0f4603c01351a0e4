//! Classifiers, detectors and stacks: against scikit-learn, and every
//! derivative against a measured slope.
//!
//! `tests/probes/make.py` asked scikit-learn once; its answers are in
//! `tests/probes/values.json`. For the slopes, the textbook is compiled
//! here a second time with 64-bit numbers.

/// The number type for this copy of the textbook.
pub type Real = f64;

#[path = "../src/nn/mod.rs"]
#[expect(clippy::unnecessary_cast, reason = "for 32-bit numbers it is")]
pub mod nn;

pub use gargalo::kernel;

#[path = "probes/digits.rs"]
mod digits;
#[path = "probes/measured.rs"]
mod measured;
#[path = "probes/prices.rs"]
mod prices;
#[path = "probes/sklearn.rs"]
mod sklearn;
#[path = "support/worst.rs"]
mod worst;
