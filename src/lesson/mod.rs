//! What a lesson file may say.
//!
//! A lesson is data: prose, formulas, questions and live experiments, read
//! from a RON file. Nothing here trains, draws or touches the disk at run
//! time except [`load`](crate::lesson), which reads a folder an author
//! names.

pub mod answer;
pub mod check;
pub mod course;
pub mod embedded;
mod exercise;
mod experiment;
pub mod file;
pub mod goal;
mod judge;
pub mod knob;
mod knob_basic;
mod knob_default;
mod knob_ends;
pub mod knob_read;
mod knob_row;
mod knob_rules;
pub mod knob_table;
pub mod knob_turn;
pub mod load;
pub mod metric;
pub mod overlay;
pub mod possible;
pub mod problem;
pub mod reported;
pub mod room;
pub mod sandbox;
mod say;
pub mod schema;
pub mod search;
pub mod source;
pub mod texts;
