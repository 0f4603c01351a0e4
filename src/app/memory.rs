//! What nothing draws and the next message needs.

use crate::app::effect::Effect;
use crate::app::progress::Runs;
use crate::app::state::Entry;
use crate::app::state::LessonScreen;
use crate::app::state::Search;
use crate::train::record::RunRecord;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What nothing draws and the next message needs.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// The lessons by language; the one in use is also `App::course`.
    pub courses: BTreeMap<String, Arc<Vec<Entry>>>,
    /// Milliseconds since the program began, from the last tick.
    pub now: u64,
    /// When Ctrl-c was last pressed.
    pub interrupted: Option<u64>,
    /// How many runs were started in this session.
    pub runs: u64,
    /// Lessons that are closed and may still have a run going.
    pub parked: Vec<Parked>,
    /// The lesson from which the student went into a room, by id.
    pub origin: Option<String>,
    /// The last search, for the next and the previous hit.
    pub found: Option<Search>,
    /// The run deleted last: lesson id, cell id, record.
    pub deleted: Option<((String, String), RunRecord)>,
    /// Orders gathered while a message is dealt with.
    pub out: Vec<Effect>,
    /// Whether the end of the focused cell shall be in view once the
    /// screen is laid out.
    pub to_end: bool,
    /// Whether something changed that is not saved yet.
    pub unsaved: bool,
}

/// A lesson that was closed, as it was.
#[derive(Debug, Clone)]
pub struct Parked {
    /// Its screen.
    pub screen: Box<LessonScreen>,
    /// The runs of its cells, by cell id.
    pub runs: BTreeMap<String, Runs>,
}
