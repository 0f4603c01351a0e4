//! What can happen to the program.

use crate::app::progress::Runs;
use crate::train::RunId;
use crate::train::TrainEvent;
use std::collections::BTreeMap;

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// A trainer reports.
    Train(RunId, TrainEvent),
    /// The saved runs of a lesson, by cell id: the answer to
    /// [`LoadRuns`](crate::app::effect::Effect::LoadRuns).
    Runs(String, BTreeMap<String, Runs>),
    /// The window has a new size, in cells.
    Resize(u16, u16),
    /// The view has laid the screen out.
    Laid(Layout),
    /// Time went by: milliseconds since the program began.
    Tick(u64),
    /// The progress was saved, or why not.
    Saved(Result<(), String>),
    /// Something to tell the student, from the shell.
    Notice(String),
}

/// A key, free of any terminal library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character; `' '` is the space bar.
    Char(char),
    /// Control and a lower-case letter.
    Ctrl(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Shift and arrow left.
    ShiftLeft,
    /// Shift and arrow right.
    ShiftRight,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// What the mouse did, in cells from the top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// Left button pressed at column, row.
    Click(u16, u16),
    /// Left button held and moved to column, row.
    Drag(u16, u16),
    /// Wheel up at column, row.
    Up(u16, u16),
    /// Wheel down at column, row.
    Down(u16, u16),
}

/// A place on the screen that answers to the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A lesson on the home screen.
    Lesson(usize),
    /// A cell of the notebook.
    Cell(usize),
    /// An item of a cell: a knob, an option, a step.
    Item(usize, usize),
    /// The tab of a picture of a model cell.
    Panel(usize, usize),
    /// A key in the bottom line.
    Key(Key),
}

/// A rectangle of cells on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Leftmost column.
    pub x: u16,
    /// Topmost row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// Where things are on the screen: what the view tells the state, so that
/// paging and the mouse work.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// Rows of the scrolling body.
    pub body: u16,
    /// Height of every cell of the open lesson, in rows.
    pub heights: Vec<u16>,
    /// What answers to the mouse; later entries lie on top.
    pub spots: Vec<(Spot, Target)>,
}
