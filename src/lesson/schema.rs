//! The lesson format: exactly what a RON file may contain.
//!
//! Every cell has an id, unique in its lesson, and every text is found by
//! (lesson, cell, field): that is what translations and reports use.

pub use crate::lesson::exercise::Exercise;
pub use crate::lesson::exercise::Reach;
pub use crate::lesson::exercise::Task;
pub use crate::lesson::exercise::Wrong;
pub use crate::lesson::experiment::Baseline;
pub use crate::lesson::experiment::Claim;
pub use crate::lesson::experiment::Model;
pub use crate::lesson::experiment::ModelKind;
pub use crate::lesson::experiment::Panel;

use crate::lesson::goal::Goal;
use crate::lesson::knob::Settings;
use serde::Deserialize;
use serde::Serialize;

/// The number of the lesson format this program writes and reads.
pub const FORMAT: u32 = 1;

/// A lesson, as in `lessons/02-traditional.ron`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// The number of the format, [`FORMAT`].
    pub format: u32,
    /// `L00` to `L99`; the order of the course.
    pub id: String,
    /// The title on the home screen.
    pub title: String,
    /// One or two sentences for the home screen.
    pub summary: String,
    /// The title of the slide in the lecture, in Portuguese.
    pub slide: String,
    /// How long a student needs.
    pub minutes: u32,
    /// Ids of the lessons this one builds on. Nothing is locked.
    #[serde(default)]
    pub after: Vec<String>,
    /// The notebook.
    pub cells: Vec<Cell>,
}

/// One cell of the notebook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Cell {
    /// Prose in Markdown, with `$formulas$`.
    Text(Text),
    /// A formula on lines of its own.
    Formula(Formula),
    /// The source of something that runs in this program.
    Code(Code),
    /// A guess before a run; never marked wrong.
    Predict(Predict),
    /// A live experiment.
    Model(Box<Model>),
    /// A question with an explanation for every option.
    Quiz(Quiz),
    /// A task that checks itself.
    Exercise(Box<Exercise>),
    /// A wrong idea, and the experiment that refutes it.
    Misconception(Misconception),
    /// The review sheet: three lines to take home.
    Review(Review),
    /// A choice of how the program itself looks or speaks.
    Setup(Setup),
}

/// Prose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Unique in the lesson.
    pub id: String,
    /// Markdown.
    pub text: String,
}

/// A formula.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formula {
    /// Unique in the lesson.
    pub id: String,
    /// LaTeX.
    pub tex: String,
    /// What its letters mean, in Markdown.
    pub text: String,
}

/// An item of `src/nn`, by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// Unique in the lesson.
    pub id: String,
    /// A file of `src/nn`, such as `dense.rs`.
    pub file: String,
    /// An item in it, such as `Dense` or `Dense::forward`.
    pub item: String,
    /// What to look at, in Markdown.
    pub text: String,
}

/// A guess before a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predict {
    /// Unique in the lesson.
    pub id: String,
    /// The question, in Markdown.
    pub text: String,
    /// What may happen.
    pub options: Vec<Outcome>,
    /// The model cell that shows what happens.
    pub cell: String,
    /// Knobs the run must have for its outcome to count.
    #[serde(default)]
    pub settings: Settings,
    /// The reason, shown with what happened.
    pub reveal: String,
}

/// One thing that may happen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The option.
    pub text: String,
    /// How to recognize in the run that this is what happened.
    pub when: Goal,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiz {
    /// Unique in the lesson.
    pub id: String,
    /// The question, in Markdown.
    pub text: String,
    /// Two to nine options, exactly one of them right.
    pub options: Vec<Choice>,
    /// The id of the lesson this looks back on, for the opening questions.
    #[serde(default)]
    pub back: Option<String>,
}

/// One option of a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The option.
    pub text: String,
    /// Whether it is right.
    #[serde(default)]
    pub right: bool,
    /// Why it is right or wrong.
    pub why: String,
}

/// A wrong idea.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Misconception {
    /// Unique in the lesson.
    pub id: String,
    /// The wrong idea, as people say it.
    pub idea: String,
    /// What is true instead, in Markdown.
    pub truth: String,
    /// The model cell and the knobs that show it.
    #[serde(default)]
    pub shown_by: Option<(String, Settings)>,
}

/// The review sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Unique in the lesson.
    pub id: String,
    /// Three lines to take home, each in Markdown.
    pub lines: Vec<String>,
    /// Where to go on.
    pub next: String,
}

/// A choice of how the program itself looks or speaks; made with a digit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// Unique in the lesson.
    pub id: String,
    /// What to look at before choosing, in Markdown.
    pub text: String,
    /// What is chosen.
    pub choose: SetupKind,
}

/// What a [`Setup`] cell chooses.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
)]
pub enum SetupKind {
    /// How images are drawn: the render card, 1 to 5.
    Pictures,
    /// The language of the lessons: 1 English, 2 Portuguese.
    Language,
    /// The theme: 1 to 5.
    Theme,
}

impl Cell {
    /// The id of the cell.
    pub fn id(&self) -> &str {
        match self {
            Self::Text(cell) => &cell.id,
            Self::Formula(cell) => &cell.id,
            Self::Code(cell) => &cell.id,
            Self::Predict(cell) => &cell.id,
            Self::Model(cell) => &cell.id,
            Self::Quiz(cell) => &cell.id,
            Self::Exercise(cell) => &cell.id,
            Self::Misconception(cell) => &cell.id,
            Self::Review(cell) => &cell.id,
            Self::Setup(cell) => &cell.id,
        }
    }

    /// The kind of the cell, in one word.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Formula(_) => "formula",
            Self::Code(_) => "code",
            Self::Predict(_) => "predict",
            Self::Model(_) => "model",
            Self::Quiz(_) => "quiz",
            Self::Exercise(_) => "exercise",
            Self::Misconception(_) => "misconception",
            Self::Review(_) => "review",
            Self::Setup(_) => "setup",
        }
    }
}

impl Lesson {
    /// The cell with this id.
    pub fn cell(&self, id: &str) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.id() == id)
    }

    /// The model cell with this id.
    pub fn model(&self, id: &str) -> Option<&Model> {
        match self.cell(id) {
            Some(Cell::Model(model)) => Some(model),
            _ => None,
        }
    }

    /// Whether a cell with this id can be done: answered, predicted, run.
    pub fn to_do(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|cell| {
            matches!(
                cell,
                Cell::Predict(_)
                    | Cell::Quiz(_)
                    | Cell::Exercise(_)
                    | Cell::Model(_)
            )
        })
    }
}
