//! The state of one student's screen; no I/O, no clock, no widgets.
//!
//! `update(message) -> Vec<Effect>` is the whole contract: what happened
//! goes in, what the shell shall do comes out.
//!
//! ```text
//! Key ──> keymap (one table, conditions on a Place) ──> Action
//! Action ──> lesson, model_cell, runs, question, exercise, overlay, ...
//! TrainEvent ──> runs ──> judge: predictions, exercises, what is done
//! ```

pub mod action;
mod command;
mod config;
pub mod cursor;
mod dispatch;
pub mod effect;
mod exercise;
mod export;
pub mod field;
pub mod home;
mod items;
mod judge;
pub mod keymap;
pub mod lesson;
mod looks;
pub mod memory;
pub mod message;
pub mod model_cell;
mod mouse;
mod overlay;
pub mod place;
pub mod progress;
mod question;
mod room;
mod run_list;
pub mod runs;
pub mod scrub;
mod search;
pub mod state;
mod travel;

use crate::app::effect::Effect;
use crate::app::memory::Memory;
use crate::app::message::Layout;
use crate::app::message::Message;
use crate::app::progress::Progress;
use crate::app::state::App;
use crate::app::state::Entry;
use crate::app::state::Home;
use crate::app::state::Look;
use crate::app::state::Screen;
use crate::lesson::course;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a student's screen begins with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The lessons by language: `en`, `pt-BR`.
    pub courses: BTreeMap<String, Arc<Vec<Entry>>>,
    /// What was done before.
    pub progress: Progress,
    /// How things are drawn, decided: preferences over the terminal.
    pub look: Look,
    /// Columns and rows of the window.
    pub size: (u16, u16),
}

impl App {
    /// The screen a student comes back to: the lesson that was left, the
    /// first lesson on the very first visit, else the list.
    ///
    /// The orders that go with it come out of the first
    /// [`update`](Self::update).
    pub fn new(setup: Setup) -> Self {
        let courses: BTreeMap<String, Arc<Vec<Entry>>> = setup
            .courses
            .iter()
            .map(|(l, c)| (l.clone(), room::with_rooms(c, l)))
            .collect();
        let course = course_in(&courses, &setup.look.language);
        let memory = Memory { courses, ..Memory::default() };
        let mut app = Self {
            course,
            screen: Screen::Home(Home::default()),
            overlay: None,
            notice: None,
            progress: setup.progress,
            runs: BTreeMap::new(),
            look: setup.look,
            size: setup.size,
            layout: Layout::default(),
            pending: String::new(),
            memory,
        };
        app.come_back();
        app
    }

    /// Takes in what happened and says what the shell shall do.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(key) => self.press(key),
            Message::Paste(text) => self.paste(&text),
            Message::Mouse(mouse) => self.mouse(mouse),
            Message::Train(id, event) => self.train(id, event),
            Message::Runs(lesson, runs) => self.take_runs(&lesson, runs),
            Message::Resize(width, height) => self.size = (width, height),
            Message::Laid(layout) => self.laid(layout),
            Message::Tick(now) => self.memory.now = now,
            Message::Saved(Ok(())) => {}
            Message::Saved(Err(why)) => self.notice = Some(why),
            Message::Notice(text) => self.notice = Some(text),
        }
        self.orders()
    }

    /// The orders gathered so far, one save at most, before any farewell.
    fn orders(&mut self) -> Vec<Effect> {
        let mut out = std::mem::take(&mut self.memory.out);
        if std::mem::take(&mut self.memory.unsaved) {
            let leaves = |effect: &Effect| {
                matches!(effect, Effect::Quit | Effect::Suspend)
            };
            let end = out.iter().position(leaves).unwrap_or(out.len());
            out.insert(end, Effect::Save);
        }
        out
    }

    /// One of two sentences, by the language in use.
    fn word(&self, en: &str, pt: &str) -> String {
        let pt_wanted = self.look.language.starts_with("pt");
        (if pt_wanted { pt } else { en }).to_owned()
    }

    /// Shows one of two sentences until the next key.
    fn tell(&mut self, en: &str, pt: &str) {
        self.notice = Some(self.word(en, pt));
    }
}

impl From<course::Entry> for Entry {
    fn from(entry: course::Entry) -> Self {
        match entry {
            course::Entry::Lesson(lesson) => Self::Open(lesson),
            course::Entry::Broken { file, problems } => {
                let lines: Vec<String> =
                    problems.iter().map(ToString::to_string).collect();
                Self::Broken(file, lines.join("\n"))
            }
        }
    }
}

/// The lessons in a language, or in any if there are none in it.
fn course_in(
    courses: &BTreeMap<String, Arc<Vec<Entry>>>,
    language: &str,
) -> Arc<Vec<Entry>> {
    let course = courses.get(language).or_else(|| courses.get("en"));
    course.or_else(|| courses.values().next()).cloned().unwrap_or_default()
}
