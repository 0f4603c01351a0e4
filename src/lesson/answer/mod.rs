//! What a student types, checked by value.

pub mod formula;
pub mod number;
