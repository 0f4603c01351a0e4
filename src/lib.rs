//! gargalo: a notebook in the terminal that teaches autoencoders.
//!
//! The layers, from the inside out. A file may use its own layer and those
//! listed before it, never one listed after it (`tests/tidy.rs` holds this):
//!
//! ```text
//! lessons/*.ron ──> lesson ──> app (notebook state) ──Effect──> shell ──Control──> train
//!                     │           ▲        │                     ▲                  │ uses nn, data
//!                     │           │Message │ &App                │                  │
//!                     └── text ──>│        ▼                     └────TrainEvent────┘
//!                                 │       view ──> terminal
//!                                 └──────── keys ──── shell
//! ```
#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::print_stdout,
        clippy::print_stderr
    )
)]

/// The number every model computes with.
///
/// `f32` here. The tests compile the very same `nn` a second time with
/// `f64`, where a numeric gradient is good to nine digits.
pub type Real = f32;

pub mod app;
pub mod cli;
pub mod data;
pub mod kernel;
pub mod lesson;
pub mod nn;
pub mod shell;
pub mod train;
pub mod view;
