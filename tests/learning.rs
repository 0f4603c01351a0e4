//! What a student would notice about a run: it learns, it obeys, it ends
//! with a reason, and the same seed gives the same result.
#![expect(clippy::unwrap_used, reason = "a test may fail at once")]

#[path = "learning/runs.rs"]
mod runs;

#[path = "learning/learns.rs"]
mod learns;
