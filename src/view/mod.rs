//! Draws the state.

pub mod text;
