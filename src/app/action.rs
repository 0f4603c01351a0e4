//! Everything a key or a command can mean.

/// Something the student asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Move about.
    Go(Go),
    /// Turn a knob.
    Knob(Knob),
    /// Train.
    Run(Run),
    /// Deal with a question.
    Ask(Ask),
    /// Look at something in another way.
    Look(Look),
    /// Lay something on top of the screen.
    Open(Open),
    /// Deal with what lies on top.
    List(List),
    /// Deal with the text that is being typed.
    Type(Type),
    /// Deal with the program itself.
    Program(Program),
}

/// Ways to move about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Go {
    /// To the next cell or lesson.
    Down,
    /// To the one before.
    Up,
    /// Half a screen down.
    HalfDown,
    /// Half a screen up.
    HalfUp,
    /// To the first one.
    Top,
    /// To the last one.
    Bottom,
    /// Gather the digits of a number.
    Count,
    /// To the one with the number that was typed.
    Number,
    /// To the next item of the cell.
    NextItem,
    /// To the item before.
    PreviousItem,
    /// Into the lesson under the cursor.
    Enter,
    /// To the next lesson.
    NextLesson,
    /// To the lesson before.
    PreviousLesson,
    /// To the experiment that the cell is about.
    Experiment,
    /// Back to the cell that sent the student to an experiment.
    Back,
    /// To the first knob of the next group of a room.
    NextGroup,
    /// To the first knob of the group before.
    PreviousGroup,
    /// Into the sandbox, or back to where the student came from.
    Sandbox,
    /// To the next hit of the last search.
    NextHit,
    /// To the hit before.
    PreviousHit,
}

/// Ways to turn the knob in focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Knob {
    /// One value up.
    More,
    /// One value down.
    Less,
    /// A big step up.
    FarMore,
    /// A big step down.
    FarLess,
    /// To the lesson's value.
    Default,
    /// Begin to type a value, with a digit.
    Digit,
    /// Begin to type a value.
    Edit,
    /// Take the value that was typed.
    Set,
    /// Take back the last turn.
    Undo,
    /// Turn again what was taken back.
    Redo,
}

/// What can be done with a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Run {
    /// Start one.
    Start,
    /// Let it wait.
    Pause,
    /// Let it go on.
    Resume,
    /// One more batch.
    Batch,
    /// On to the end of the epoch.
    Epoch,
    /// End it; the result so far is kept.
    Stop,
    /// Begin again with fresh weights.
    Fresh,
    /// Run every experiment of the lesson.
    All,
    /// Compare the run shown with the one before it.
    Compare,
}

/// What can be done with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ask {
    /// Put the cursor on the option with this digit.
    Digit,
    /// Answer or check.
    Answer,
    /// Surer of a prediction.
    Surer,
    /// Less sure of a prediction.
    LessSure,
    /// Begin to type.
    Edit,
    /// Take the step under the cursor up.
    Lift,
    /// Put it down.
    Drop,
    /// Move the step one place on.
    Later,
    /// Move the step one place back.
    Earlier,
    /// Take back the answer.
    Undo,
    /// Open the next hint.
    Hint,
    /// Open the solution.
    Solution,
    /// Say what is missing.
    Why,
    /// Predict again.
    Again,
}

/// Ways to look at something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Look {
    /// The next picture of the experiment.
    NextPicture,
    /// The picture before.
    PreviousPicture,
    /// The next example, filter or unit in the picture.
    Next,
    /// The one before.
    Previous,
    /// Ten further.
    FarNext,
    /// Ten back.
    FarPrevious,
    /// Up on a plane of codes.
    Above,
    /// Down on it.
    Below,
    /// The run as it was a little earlier.
    Earlier,
    /// The run as it was a little later.
    Later,
    /// Show or hide the classes.
    Labels,
    /// Filters as they are, or turned to match the principal axes.
    Align,
    /// Logarithmic axes or even ones.
    Axes,
    /// The lesson in the next language.
    Language,
    /// The next theme.
    Theme,
    /// Listen to the mouse or leave it to the terminal.
    Mouse,
    /// Choose how the program looks with a digit.
    Choose,
    /// Name the slide of the lecture.
    Slide,
}

/// What can be laid on top of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Open {
    /// The keys.
    Help,
    /// A search in all lessons.
    Search,
    /// A search in the open lesson.
    SearchHere,
    /// The command line.
    Command,
    /// The runs of the cell.
    Runs,
    /// A note on the cell.
    Note,
    /// The picture on the whole screen.
    Zoom,
    /// The question what to forget.
    Reset,
}

/// What can be done with what lies on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// One line down.
    Down,
    /// One line up.
    Up,
    /// Take the line under the cursor.
    Take,
    /// Keep the run for good, or no longer.
    Pin,
    /// Delete the run.
    Delete,
    /// Bring back the run deleted last.
    Restore,
    /// Compare the run with the one that is shown.
    Compare,
    /// Yes.
    Yes,
    /// No.
    No,
    /// Forget the whole lesson, not only the cell.
    Wider,
    /// Close it.
    Close,
}

/// What can be done with the text that is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// Leave it as it is.
    Leave,
    /// Be done with it.
    Accept,
    /// Complete it.
    Complete,
    /// Complete it with the offer before.
    CompleteBack,
}

/// What can be done with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Program {
    /// Leave the lesson.
    Home,
    /// Leave the program.
    Quit,
    /// Stop the run; twice: ask whether to leave.
    Interrupt,
    /// Give the terminal back for a while.
    Suspend,
    /// Paint the screen anew.
    Redraw,
    /// Write the run to a text file.
    Export,
    /// Put what is in focus on the clipboard.
    Yank,
    /// Bookmark the cell, or no longer.
    Bookmark,
}
