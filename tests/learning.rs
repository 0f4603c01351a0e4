//! What a student would notice about a run: it learns, it obeys, it ends
//! with a reason, and the same seed gives the same result.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail at once"
)]

#[path = "learning/runs.rs"]
mod runs;

#[path = "learning/albums.rs"]
mod albums;
#[path = "learning/ends.rs"]
mod ends;
#[path = "learning/learns.rs"]
mod learns;
#[path = "learning/models.rs"]
mod models;
#[path = "learning/obeys.rs"]
mod obeys;
#[path = "learning/pictures.rs"]
mod pictures;
#[path = "learning/proves.rs"]
mod proves;
