//! What the state asks the shell to do.

use crate::train::Control;
use crate::train::RunId;
use crate::train::config::RunConfig;

/// An order to the shell.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Train this.
    Start(RunId, Box<RunConfig>),
    /// Tell a trainer something.
    Control(RunId, Control),
    /// End a run; its record still comes.
    Stop(RunId),
    /// Save the progress.
    Save,
    /// Read the saved runs of this lesson and send them back.
    LoadRuns(String),
    /// Save the runs of this cell of this lesson:
    /// [`App::runs_of`](crate::app::state::App::runs_of).
    SaveRuns(String, String),
    /// Write a text file for the student: name, content.
    Export(String, String),
    /// Put text on the clipboard.
    Copy(String),
    /// Listen to the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Paint the whole screen anew.
    Redraw,
    /// Stop the process until the student brings it back.
    Suspend,
    /// Leave.
    Quit,
}
