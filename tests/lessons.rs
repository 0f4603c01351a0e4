//! Lesson files: good ones are read, bad ones explained.

#[path = "lessons/broken.rs"]
mod broken;
#[path = "lessons/files.rs"]
mod files;
#[path = "lessons/goals.rs"]
mod goals;
#[path = "lessons/knobs.rs"]
mod knobs;
#[path = "lessons/limits.rs"]
mod limits;
#[path = "lessons/readme.rs"]
mod readme;
#[path = "lessons/translations.rs"]
mod translations;
