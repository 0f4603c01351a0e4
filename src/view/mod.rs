//! Draws the state.

pub mod glyphs;
pub mod palette;
pub mod panel;
pub mod text;
pub mod theme;
pub mod widget;
