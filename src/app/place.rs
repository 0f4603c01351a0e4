//! Where the student is, as a small plain value: what decides which keys
//! work.

use crate::app::state::App;
use crate::app::state::CellState;
use crate::app::state::LessonScreen;
use crate::app::state::ModelState;
use crate::app::state::Overlay;
use crate::app::state::Part;
use crate::app::state::RunState;
use crate::app::state::Screen;
use crate::lesson::knob_turn::Range;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Model;
use crate::lesson::schema::Panel;
use crate::lesson::schema::Task;

/// Where the student is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent")]
pub struct Place {
    /// What lies on top.
    pub layer: Layer,
    /// What is in focus.
    pub focus: Focus,
    /// Whether text is being typed in the notebook.
    pub typing: bool,
    /// Whether a step of an order is being moved.
    pub lifted: bool,
    /// Whether a question sent the student to the focused experiment.
    pub sent: bool,
    /// What the run of the focused experiment is doing.
    pub phase: Phase,
    /// Whether the lesson is a room.
    pub room: bool,
    /// Whether the picture of the focused experiment is a plane of codes.
    pub plane: bool,
}

/// What lies on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// The list of lessons.
    Home,
    /// A lesson.
    Notebook,
    /// A picture on the whole screen.
    Zoom,
    /// The help.
    Help,
    /// A search.
    Search,
    /// The command line.
    Command,
    /// The runs of a cell.
    Runs,
    /// A note.
    Note,
    /// Yes or no.
    Confirm,
    /// What to forget: the cell, the lesson, or nothing.
    Forget,
}

/// What is in focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// A lesson that can be opened, a cell that is only read.
    Plain,
    /// A wrong idea with an experiment.
    Idea,
    /// A choice of how the program looks.
    Setup,
    /// A prediction.
    Predict,
    /// A question with options.
    Options,
    /// A question with a typed answer.
    Typed,
    /// A typed answer that is read off an experiment.
    Measure,
    /// Steps to put in order.
    Order,
    /// A goal for an experiment.
    Goal,
    /// Something to do in the program.
    Deed,
    /// A knob of an experiment that is a number.
    Number,
    /// A knob of an experiment that is a word or a switch.
    Word,
    /// A picture of an experiment.
    Picture,
}

/// What a run is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Nothing.
    Idle,
    /// It begins or trains.
    Running,
    /// It waits.
    Paused,
}

impl Place {
    /// Where the student is in a state.
    pub fn of(app: &App) -> Self {
        let below = match &app.screen {
            Screen::Home(_) => Self::plain(Layer::Home),
            Screen::Lesson(screen) => Self::in_lesson(screen),
        };
        let layer = match &app.overlay {
            None => below.layer,
            Some(Overlay::Zoom) => Layer::Zoom,
            Some(Overlay::Help(_)) => Layer::Help,
            Some(Overlay::Search(_)) => Layer::Search,
            Some(Overlay::Command(_)) => Layer::Command,
            Some(Overlay::Runs(_)) => Layer::Runs,
            Some(Overlay::Note(_)) => Layer::Note,
            Some(Overlay::Confirm(confirm)) if confirm.then.forgets() => {
                Layer::Forget
            }
            Some(Overlay::Confirm(_)) => Layer::Confirm,
        };
        Self { layer, ..below }
    }

    /// The same place with nothing on top of the screen.
    pub fn below(app: &App) -> Self {
        match &app.screen {
            Screen::Home(_) => Self::plain(Layer::Home),
            Screen::Lesson(screen) => Self::in_lesson(screen),
        }
    }

    fn plain(layer: Layer) -> Self {
        Self {
            layer,
            focus: Focus::Plain,
            typing: false,
            lifted: false,
            sent: false,
            phase: Phase::Idle,
            room: false,
            plane: false,
        }
    }

    fn in_lesson(screen: &LessonScreen) -> Self {
        let room = screen.lesson.is_room();
        let plain = Self { room, ..Self::plain(Layer::Notebook) };
        let focus = screen.focus;
        let cell = screen.lesson.cells.get(focus);
        match (cell, screen.cells.get(focus)) {
            (Some(Cell::Model(model)), Some(CellState::Model(state))) => {
                Self {
                    focus: part(model, state),
                    typing: state.typed.active,
                    sent: screen.back.is_some(),
                    phase: phase(&state.run),
                    plane: model.panels.get(state.panel)
                        == Some(&Panel::Manifold),
                    ..plain
                }
            }
            (Some(cell), Some(CellState::Question(state))) => Self {
                focus: question(cell),
                typing: state.typed.active,
                lifted: state.lifted,
                ..plain
            },
            (Some(cell), _) => Self { focus: question(cell), ..plain },
            _ => plain,
        }
    }
}

fn part(model: &Model, state: &ModelState) -> Focus {
    match (state.part, model.knobs.get(state.knob)) {
        (Part::Knobs, Some(knob)) => match knob.range() {
            Range::Real(_) | Range::Whole(_) => Focus::Number,
            Range::Words(_) | Range::Switch => Focus::Word,
        },
        _ => Focus::Picture,
    }
}

fn phase(run: &RunState) -> Phase {
    match run {
        RunState::Idle | RunState::Failed(_) => Phase::Idle,
        RunState::Starting | RunState::Running(_) => Phase::Running,
        RunState::Paused(_) => Phase::Paused,
    }
}

fn question(cell: &Cell) -> Focus {
    match cell {
        Cell::Predict(_) => Focus::Predict,
        Cell::Quiz(_) => Focus::Options,
        Cell::Setup(_) => Focus::Setup,
        Cell::Misconception(idea) if idea.shown_by.is_some() => Focus::Idea,
        Cell::Exercise(exercise) => match &exercise.task {
            Task::Choose { .. } => Focus::Options,
            Task::Number(_) | Task::Formula(_) => Focus::Typed,
            Task::Measure { .. } => Focus::Measure,
            Task::Order { .. } => Focus::Order,
            Task::Reach(_) | Task::BreakIt(_) => Focus::Goal,
            Task::Do { .. } => Focus::Deed,
        },
        _ => Focus::Plain,
    }
}
