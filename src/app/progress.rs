//! What a student has done: everything that is saved.

use crate::lesson::goal::Deed;
use crate::lesson::knob::Settings;
use crate::lesson::schema::Lesson;
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
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own"
)]
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
    /// The [`Progress::sequence`] at which note or bookmark last changed.
    #[serde(default)]
    pub noted: u64,
    /// The [`Progress::sequence`] at which the cell was last forgotten.
    #[serde(default)]
    pub forgotten: u64,
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
    /// Cells of a lesson that are done, and cells that can be.
    /// A room has none.
    pub fn done(&self, lesson: &Lesson) -> (usize, usize) {
        if lesson.is_room() {
            return (0, 0);
        }
        let cells = self.lessons.get(&lesson.id);
        let done = lesson.to_do().filter(|cell| {
            cells
                .and_then(|lesson| lesson.cells.get(cell.id()))
                .is_some_and(|cell| cell.done)
        });
        (done.count(), lesson.to_do().count())
    }

    /// What was done in a cell.
    pub fn cell(&self, lesson: &str, cell: &str) -> Option<&CellProgress> {
        self.lessons.get(lesson)?.cells.get(cell)
    }

    /// What was done in a cell, about to be changed: counts a change.
    pub fn change(
        &mut self,
        lesson: &str,
        cell: &str,
    ) -> &mut CellProgress {
        self.sequence += 1;
        let lesson = self.lessons.entry(lesson.to_owned()).or_default();
        let cell = lesson.cells.entry(cell.to_owned()).or_default();
        cell.sequence = self.sequence;
        cell
    }

    /// Forgets what was done in a cell, so that no older save brings it
    /// back.
    pub fn forget(&mut self, lesson: &str, cell: &str) {
        let cell = self.change(lesson, cell);
        let sequence = cell.sequence;
        *cell = CellProgress {
            sequence,
            forgotten: sequence,
            noted: sequence,
            ..CellProgress::default()
        };
    }

    /// Takes over what another gargalo saved, so that nothing either of
    /// them did is lost. Where both have an answer, knobs or a note, the
    /// later change counts; what was done stays done.
    pub fn merge(&mut self, other: &Self) {
        if other.sequence > self.sequence && self.place.is_none() {
            self.place.clone_from(&other.place);
        }
        self.sequence = self.sequence.max(other.sequence);
        self.preferences.fill(&other.preferences);
        for (id, theirs) in &other.lessons {
            let ours = self.lessons.entry(id.clone()).or_default();
            if ours.place.is_none() {
                ours.place.clone_from(&theirs.place);
            }
            for (id, theirs) in &theirs.cells {
                match ours.cells.get_mut(id) {
                    Some(cell) => cell.merge(theirs),
                    None => {
                        ours.cells.insert(id.clone(), theirs.clone());
                    }
                }
            }
        }
    }
}

impl CellProgress {
    fn merge(&mut self, other: &Self) {
        if other.forgotten > self.forgotten {
            *self = other.clone();
        }
        if other.forgotten != self.forgotten {
            return;
        }
        if other.sequence > self.sequence {
            self.sequence = other.sequence;
            self.knobs.clone_from(&other.knobs);
            if other.answer.is_some() {
                self.answer.clone_from(&other.answer);
                self.happened = other.happened;
                self.confidence = other.confidence;
            }
        } else if self.answer.is_none() {
            self.answer.clone_from(&other.answer);
            self.happened = other.happened;
            self.confidence = other.confidence;
        }
        if other.noted > self.noted {
            self.noted = other.noted;
            self.note.clone_from(&other.note);
            self.bookmark = other.bookmark;
        }
        self.done |= other.done;
        self.solution |= other.solution;
        self.attempts = self.attempts.max(other.attempts);
        self.hints = self.hints.max(other.hints);
        self.deeds.extend(other.deeds.iter().copied());
    }
}

impl Preferences {
    /// Takes over what is not chosen here.
    fn fill(&mut self, other: &Self) {
        if self.language.is_none() {
            self.language.clone_from(&other.language);
        }
        self.theme = self.theme.or(other.theme);
        self.pictures = self.pictures.or(other.pictures);
        self.mouse = self.mouse.or(other.mouse);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(change: impl FnOnce(&mut CellProgress)) -> Progress {
        let mut progress = Progress::default();
        change(progress.change("L00", "e1"));
        progress
    }

    fn cell(progress: &Progress) -> CellProgress {
        progress.cell("L00", "e1").cloned().unwrap_or_default()
    }

    #[test]
    fn two_at_once_lose_nothing() {
        let mut ours = with(|cell| {
            cell.done = true;
            cell.deeds.insert(Deed::Paused);
        });
        ours.change("L00", "q1").done = true;
        let mut theirs = with(|cell| {
            cell.note = "look again".to_owned();
            cell.noted = cell.sequence;
            cell.attempts = 3;
            cell.deeds.insert(Deed::Undid);
        });
        theirs.change("L01", "q1").done = true;
        ours.merge(&theirs);
        let merged = cell(&ours);
        assert!(merged.done && merged.deeds.len() == 2);
        assert_eq!(
            (merged.note.as_str(), merged.attempts),
            ("look again", 3)
        );
        assert!(ours.cell("L00", "q1").is_some_and(|cell| cell.done));
        assert!(ours.cell("L01", "q1").is_some_and(|cell| cell.done));
    }

    #[test]
    fn of_two_answers_the_later_one_counts() {
        let mut early = with(|cell| cell.answer = Some(Answer::Option(1)));
        let mut late = early.clone();
        late.change("L00", "e1").answer = Some(Answer::Option(2));
        let copy = early.clone();
        early.merge(&late);
        assert_eq!(cell(&early).answer, Some(Answer::Option(2)));
        late.merge(&copy);
        assert_eq!(cell(&late).answer, Some(Answer::Option(2)));
    }

    #[test]
    fn what_is_forgotten_does_not_come_back_from_the_disk() {
        let saved = with(|cell| cell.done = true);
        let mut ours = saved.clone();
        ours.forget("L00", "e1");
        ours.merge(&saved);
        assert!(!cell(&ours).done);
        let mut theirs = saved;
        theirs.merge(&ours);
        assert!(!cell(&theirs).done);
    }

    #[test]
    fn a_note_can_be_taken_away() {
        let saved = with(|cell| {
            cell.note = "x".to_owned();
            cell.noted = cell.sequence;
        });
        let mut ours = saved.clone();
        let changed = ours.change("L00", "e1");
        changed.note.clear();
        changed.noted = changed.sequence;
        ours.merge(&saved);
        assert_eq!(cell(&ours).note, "");
    }
}
