//! The state of one student's screen; no I/O, no clock, no widgets.
//!
//! `update(message) -> Vec<Effect>` is the whole contract: what happened
//! goes in, what the shell shall do comes out.

pub mod effect;
pub mod message;
pub mod progress;
pub mod state;
