//! The whole state of the screen, as plain values.

use crate::app::memory::Memory;
use crate::app::message::Layout;
use crate::app::progress::Preferences;
use crate::app::progress::Progress;
use crate::app::progress::Runs;
use crate::app::scrub::Frames;
use crate::lesson::goal::Shortfall;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::metric::Metrics;
use crate::lesson::schema::Lesson;
use crate::train::Plan;
use crate::train::Report;
use crate::train::RunId;
use crate::train::history::Mark;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One student's screen.
#[derive(Debug, Clone)]
pub struct App {
    /// All lessons in order, or why one cannot be read.
    pub course: Arc<Vec<Entry>>,
    /// What is open.
    pub screen: Screen,
    /// What lies on top of it.
    pub overlay: Option<Overlay>,
    /// One line for the student, until the next key.
    pub notice: Option<String>,
    /// What is saved.
    pub progress: Progress,
    /// The runs of the open lesson's cells, by cell id.
    pub runs: BTreeMap<String, Runs>,
    /// How things are drawn, decided: preferences over the terminal.
    pub look: Look,
    /// Columns and rows of the window.
    pub size: (u16, u16),
    /// Where things are, as last laid out.
    pub layout: Layout,
    /// Keys typed so far of a longer command, such as `g` or `12`.
    pub pending: String,
    /// What nothing draws and the next message needs.
    pub memory: Memory,
}

/// A lesson of the course, or why it cannot be read.
#[derive(Debug, Clone)]
pub enum Entry {
    /// It can be opened.
    Open(Box<Lesson>),
    /// It is broken: file name and the problems, in sentences.
    Broken(String, String),
}

/// What is open.
#[derive(Debug, Clone)]
pub enum Screen {
    /// The list of lessons.
    Home(Home),
    /// A lesson.
    Lesson(Box<LessonScreen>),
}

/// The list of lessons.
#[derive(Debug, Clone, Default)]
pub struct Home {
    /// The lesson under the cursor.
    pub selected: usize,
}

/// An open lesson.
#[derive(Debug, Clone)]
pub struct LessonScreen {
    /// Its index in the course.
    pub index: usize,
    /// The lesson, in the student's language.
    pub lesson: Arc<Lesson>,
    /// The state of every cell, in the lesson's order.
    pub cells: Vec<CellState>,
    /// The cell in focus.
    pub focus: usize,
    /// Rows of the focused cell that are scrolled out above the screen.
    pub scroll: u16,
    /// The run that is alive, and the index of its cell.
    pub live: Option<(RunId, usize)>,
    /// Runs that were told to stop, whose records still come.
    pub ending: Vec<(RunId, usize)>,
    /// Cells that will be run one after the other.
    pub queue: Vec<usize>,
    /// The cell from which the student came to an experiment.
    pub back: Option<usize>,
}

/// The state of one cell.
#[derive(Debug, Clone)]
pub enum CellState {
    /// Prose, formulas, code, misconceptions, the review sheet.
    Plain,
    /// A prediction, a quiz or an exercise.
    Question(Box<QuestionState>),
    /// A live experiment.
    Model(Box<ModelState>),
}

/// A prediction, a quiz or an exercise.
#[derive(Debug, Clone, Default)]
pub struct QuestionState {
    /// The option or step under the cursor.
    pub item: usize,
    /// What is typed, for numbers and formulas.
    pub typed: Field,
    /// The order of the steps so far.
    pub order: Vec<usize>,
    /// How many of `order`, from the first on, are the answer; the others
    /// do not belong.
    pub placed: usize,
    /// Whether the step under the cursor is being moved.
    pub lifted: bool,
    /// How sure the student is of a prediction, 50 to 100 percent.
    pub confidence: u8,
    /// What came of the last answer.
    pub feedback: Feedback,
}

/// What came of an answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Feedback {
    /// Nothing answered yet.
    #[default]
    None,
    /// A prediction is recorded.
    Recorded,
    /// Right, and why.
    Right(String),
    /// Not right, and why; with the place in what was typed, if there is
    /// one, in bytes.
    Wrong(String, Option<(usize, usize)>),
    /// A goal is not met yet: the parts that are missing.
    Missing(Vec<Shortfall>),
}

/// A line of text being edited.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    /// The text.
    pub text: String,
    /// The cursor, in characters from the start.
    pub cursor: usize,
    /// Whether keys go into it now.
    pub active: bool,
}

/// A live experiment.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own"
)]
pub struct ModelState {
    /// All knobs of the cell: the lesson's values and the student's turns.
    pub settings: Settings,
    /// Whether the cursor is on the knobs or on the pictures.
    pub part: Part,
    /// The knob under the cursor, an index into the cell's knobs.
    pub knob: usize,
    /// A value being typed for it.
    pub typed: Field,
    /// The picture shown, an index into the cell's panels.
    pub panel: usize,
    /// The example, filter or unit looked at.
    pub look: usize,
    /// Whether the plots have logarithmic axes.
    pub log: bool,
    /// Whether the classes of points are hidden.
    pub bare: bool,
    /// Whether the filters are turned to match the principal axes.
    pub aligned: bool,
    /// Earlier epochs of the newest run.
    pub frames: Frames,
    /// What it is doing.
    pub run: RunState,
    /// The run that is shown, by number; the newest if `None`.
    pub shown: Option<u32>,
    /// A second run, to compare with.
    pub compared: Option<u32>,
    /// Earlier settings, for undo; newest last.
    pub undo: Vec<Settings>,
    /// Undone settings, for redo.
    pub redo: Vec<Settings>,
    /// Why the knobs cannot be run as they are, and which knob it is
    /// about, if it is about one.
    pub error: Option<(Option<KnobId>, String)>,
    /// The knobs of the run that is alive, as last told to it.
    pub started: Settings,
    /// The highest number a run of this cell has had.
    pub number: u32,
}

/// Where the cursor is in a live experiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// On a knob.
    #[default]
    Knobs,
    /// On the picture that is shown.
    Pictures,
}

/// What a live experiment is doing.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum RunState {
    /// Nothing.
    #[default]
    Idle,
    /// The trainer is being built; drawn at once.
    Starting,
    /// It trains.
    Running(Box<LiveRun>),
    /// It waits.
    Paused(Box<LiveRun>),
    /// It could not be run, and why.
    Failed(String),
}

/// A run as far as it has come.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveRun {
    /// What it will be.
    pub plan: Plan,
    /// What it is: the newest report, with the trail gathered from all.
    pub report: Report,
    /// The knobs turned on the way.
    pub marks: Vec<Mark>,
    /// What was known before the run, and the newest measurements.
    pub metrics: Metrics,
}

/// What lies on top of the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// The keys: first those that work here, then all; scrolled down.
    Help(u16),
    /// A search in the text of all lessons.
    Search(Search),
    /// The command line.
    Command(CommandLine),
    /// The runs of a cell.
    Runs(RunList),
    /// A note on a cell.
    Note(Field),
    /// Yes or no.
    Confirm(Confirm),
    /// A picture on the whole screen.
    Zoom,
}

/// A search in the text of all lessons.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Search {
    /// What is searched for.
    pub field: Field,
    /// The only lesson that is searched, by index; all if `None`.
    pub only: Option<usize>,
    /// Where it was found.
    pub hits: Vec<Hit>,
    /// The hit under the cursor.
    pub selected: usize,
}

/// A place where a word was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The lesson's index in the course.
    pub lesson: usize,
    /// The cell's index in the lesson.
    pub cell: usize,
    /// The words around it.
    pub excerpt: String,
}

/// The command line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CommandLine {
    /// What is typed.
    pub field: Field,
    /// What it can be completed to.
    pub offers: Vec<String>,
    /// The offer under the cursor.
    pub selected: usize,
}

/// The list of the runs of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunList {
    /// The index of the cell.
    pub cell: usize,
    /// The run under the cursor, counted from the newest.
    pub selected: usize,
}

/// A question before something that cannot be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// The question.
    pub text: String,
    /// What happens on yes.
    pub then: Then,
}

/// What a confirmation leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Show the solution of the focused exercise.
    Solution,
    /// Turn the knobs of its experiment to the solution.
    Apply,
    /// Forget what was done in the focused cell.
    ResetCell,
    /// Forget what was done in the open lesson.
    ResetLesson,
    /// Leave the program.
    Quit,
}

impl Then {
    /// Whether it is about what to forget.
    pub fn forgets(self) -> bool {
        matches!(self, Self::ResetCell | Self::ResetLesson)
    }
}

/// How things are drawn, decided.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own"
)]
pub struct Look {
    /// The language of the lessons, `en` or `pt-BR`.
    pub language: String,
    /// Which theme.
    pub theme: crate::app::progress::ThemeName,
    /// How images are drawn.
    pub pictures: crate::app::progress::Pictures,
    /// Whether characters beyond ASCII can be shown.
    pub unicode: bool,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// Whether the line is slow: an SSH session.
    pub remote: bool,
    /// What the student chose by hand, kept in the progress.
    pub chosen: Preferences,
}
