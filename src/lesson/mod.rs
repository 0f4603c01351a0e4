//! What a lesson file may say.
//!
//! A lesson is data: prose, formulas, questions and live experiments, read
//! from a RON file. Nothing here trains, draws or touches the disk at run
//! time except [`load`](crate::lesson), which reads a folder an author
//! names.

pub mod answer;
pub mod goal;
pub mod knob;
pub mod knob_table;
pub mod metric;
pub mod schema;
