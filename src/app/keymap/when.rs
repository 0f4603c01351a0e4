//! The conditions of the key table: each is a question to a [`Place`].

use crate::app::place::Focus;
use crate::app::place::Layer;
use crate::app::place::Phase;
use crate::app::place::Place;

impl Place {
    /// On the list of lessons.
    pub fn home(&self) -> bool {
        self.layer == Layer::Home
    }

    /// In a lesson, with nothing on top and nothing being typed or moved.
    pub fn lesson(&self) -> bool {
        self.layer == Layer::Notebook && !self.typing && !self.lifted
    }

    /// On the list of lessons or in a lesson.
    pub fn open(&self) -> bool {
        self.home() || self.lesson()
    }

    /// Wherever letters are commands, a picture on the whole screen
    /// included.
    pub fn free(&self) -> bool {
        self.open() || self.zoom()
    }

    /// Where a text is being typed.
    pub fn typing(&self) -> bool {
        match self.layer {
            Layer::Search | Layer::Command | Layer::Note => true,
            Layer::Notebook => self.typing,
            _ => false,
        }
    }

    /// In a lesson where digits mean nothing else.
    pub fn countable(&self) -> bool {
        let digits = matches!(
            self.focus,
            Focus::Predict | Focus::Options | Focus::Setup | Focus::Number
        );
        self.home() || self.lesson() && !digits
    }

    /// On an experiment, perhaps with its picture on the whole screen.
    pub fn model(&self) -> bool {
        (self.lesson() || self.zoom())
            && matches!(
                self.focus,
                Focus::Number | Focus::Word | Focus::Picture
            )
    }

    /// On an experiment in the notebook.
    pub fn bench(&self) -> bool {
        self.model() && self.lesson()
    }

    /// On an experiment that does nothing.
    pub fn idle(&self) -> bool {
        self.model() && self.phase == Phase::Idle
    }

    /// On an experiment that trains.
    pub fn running(&self) -> bool {
        self.model() && self.phase == Phase::Running
    }

    /// On an experiment that waits.
    pub fn paused(&self) -> bool {
        self.model() && self.phase == Phase::Paused
    }

    /// On a knob.
    pub fn knob(&self) -> bool {
        self.bench() && self.focus != Focus::Picture
    }

    /// On a knob that is a number.
    pub fn number(&self) -> bool {
        self.bench() && self.focus == Focus::Number
    }

    /// On a knob that is a word or a switch.
    pub fn word(&self) -> bool {
        self.bench() && self.focus == Focus::Word
    }

    /// On an experiment to which a question sent the student.
    pub fn sent(&self) -> bool {
        self.bench() && self.sent
    }

    /// On a picture.
    pub fn picture(&self) -> bool {
        self.zoom() || self.bench() && self.focus == Focus::Picture
    }

    /// With a plane of codes on the whole screen.
    pub fn walks(&self) -> bool {
        self.zoom() && self.plane
    }

    /// On an experiment of a room.
    pub fn grouped(&self) -> bool {
        self.bench() && self.room
    }

    /// On the list or in a lesson, not in a room.
    pub fn outside(&self) -> bool {
        self.open() && !self.room
    }

    /// In a room.
    pub fn inside(&self) -> bool {
        self.lesson() && self.room
    }

    /// On a picture in the notebook.
    pub fn on_picture(&self) -> bool {
        self.bench() && self.focus == Focus::Picture
    }

    /// On an experiment with a run.
    pub fn live(&self) -> bool {
        self.model() && self.phase != Phase::Idle
    }

    /// In something that scrolls.
    pub fn scrolls(&self) -> bool {
        self.open() || self.help()
    }

    /// In a list without a text to type.
    pub fn lines(&self) -> bool {
        self.help() || self.runs()
    }

    /// With a picture on the whole screen.
    pub fn zoom(&self) -> bool {
        self.layer == Layer::Zoom
    }

    /// On a value being typed for a knob.
    pub fn value(&self) -> bool {
        self.layer == Layer::Notebook
            && self.typing
            && self.focus == Focus::Number
    }

    /// On an answer being typed.
    pub fn answer(&self) -> bool {
        self.layer == Layer::Notebook
            && self.typing
            && self.focus != Focus::Number
    }

    /// On a cell with something to answer.
    pub fn question(&self) -> bool {
        self.exercise()
            || self.lesson()
                && matches!(self.focus, Focus::Predict | Focus::Options)
    }

    /// On a question or exercise whose options have digits.
    pub fn choices(&self) -> bool {
        self.lesson()
            && matches!(self.focus, Focus::Predict | Focus::Options)
    }

    /// On a prediction.
    pub fn predict(&self) -> bool {
        self.lesson() && self.focus == Focus::Predict
    }

    /// On steps to put in order.
    pub fn order(&self) -> bool {
        self.lesson() && self.focus == Focus::Order
    }

    /// On a question that is answered by typing.
    pub fn typed(&self) -> bool {
        self.lesson() && matches!(self.focus, Focus::Typed | Focus::Measure)
    }

    /// On something that is answered or checked with one key.
    pub fn answerable(&self) -> bool {
        self.question() && !self.typed()
    }

    /// With a step of an order in hand.
    pub fn lifted(&self) -> bool {
        self.layer == Layer::Notebook && self.lifted && !self.typing
    }

    /// On a cell that may have hints.
    pub fn exercise(&self) -> bool {
        self.lesson()
            && matches!(
                self.focus,
                Focus::Options
                    | Focus::Typed
                    | Focus::Measure
                    | Focus::Order
                    | Focus::Goal
                    | Focus::Deed
            )
    }

    /// On a choice of how the program looks.
    pub fn setup(&self) -> bool {
        self.lesson() && self.focus == Focus::Setup
    }

    /// On a cell that is only read.
    pub fn plain_cell(&self) -> bool {
        self.lesson()
            && matches!(
                self.focus,
                Focus::Plain | Focus::Idea | Focus::Setup
            )
    }

    /// On a cell that an experiment belongs to.
    pub fn about(&self) -> bool {
        self.lesson()
            && matches!(
                self.focus,
                Focus::Goal | Focus::Measure | Focus::Predict | Focus::Idea
            )
    }

    /// In the help.
    pub fn help(&self) -> bool {
        self.layer == Layer::Help
    }

    /// In a list with a line of text to type above it.
    pub fn prompt(&self) -> bool {
        matches!(self.layer, Layer::Search | Layer::Command)
    }

    /// In the command line.
    pub fn command(&self) -> bool {
        self.layer == Layer::Command
    }

    /// In a search.
    pub fn search(&self) -> bool {
        self.layer == Layer::Search
    }

    /// In a note.
    pub fn note(&self) -> bool {
        self.layer == Layer::Note
    }

    /// In the list of runs.
    pub fn runs(&self) -> bool {
        self.layer == Layer::Runs
    }

    /// Before a question with yes and no.
    pub fn confirm(&self) -> bool {
        matches!(self.layer, Layer::Confirm | Layer::Forget)
    }

    /// Before the question what to forget.
    pub fn forget(&self) -> bool {
        self.layer == Layer::Forget
    }

    /// Anywhere.
    pub fn anywhere(&self) -> bool {
        true
    }
}
