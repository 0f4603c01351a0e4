//! What a lesson file may say.

pub mod answer;
