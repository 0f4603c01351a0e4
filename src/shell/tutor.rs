//! Opens the tutor on the terminal of this process.

use crate::app::Setup;
use crate::app::progress::Preferences;
use crate::app::state::App;
use crate::cli::Common;
use crate::data::Library;
use crate::shell::backend::Lean;
use crate::shell::facts::Facts;
use crate::shell::headless;
use crate::shell::headless::Answer;
use crate::shell::input;
use crate::shell::saver::Saver;
use crate::shell::session::End;
use crate::shell::session::Session;
use crate::shell::store::Store;
use crate::shell::tty;
use crate::shell::watchdog;
use crate::train::cache::Cache;
use crate::view::theme::Depth;
use ratatui::Terminal;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;
use std::sync::Arc;
use std::sync::Mutex;

/// What is said where there is no terminal.
const NO_TERMINAL: &str = "this is not a terminal, so the tutor cannot be \
    opened here. These commands need none: gargalo list, gargalo show L00, \
    gargalo run L00/first-run, gargalo check, gargalo progress, gargalo \
    data, gargalo doctor";

/// Where the tutor opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door<'a> {
    /// Where the student left it.
    Course,
    /// At a lesson.
    Lesson(&'a str),
    /// In the sandbox.
    Sandbox,
}

/// Runs the tutor until the student leaves.
///
/// # Errors
///
/// When there is no terminal, or it cannot be used.
pub fn open(common: &Common, door: Door<'_>) -> anyhow::Result<Answer> {
    if !tty::is_terminal() {
        return Err(anyhow::anyhow!(NO_TERMINAL));
    }
    let facts = Facts::of_process();
    if facts.term == "dumb" {
        return Err(anyhow::anyhow!(NO_TERMINAL));
    }
    let store = headless::store()?;
    let folder = store.folder().display().to_string();
    let (mut app, notices) = app(common, &facts, &store)?;
    match door {
        Door::Course => {}
        Door::Sandbox => app.enter_sandbox(),
        Door::Lesson(id) => {
            if let Some(index) = app.find_lesson(id) {
                app.open_lesson(index);
            }
        }
    }
    let library = headless::library(common)?;
    tty::install_panic_hook();
    tty::enter()?;
    let threads = usize::from(common.threads);
    let ended = session(app, library, store, (facts.depth, threads));
    tty::leave();
    let (end, unsaved) = ended?;
    let mut text = String::new();
    for notice in notices.iter().chain(&unsaved) {
        let _ = writeln!(text, "{notice}");
    }
    let _ = writeln!(
        text,
        "Your work is kept in {folder}\nCome back with: gargalo"
    );
    let code = match end {
        End::Quit => 0,
        End::Signal(signal) => {
            u8::try_from(signal).map_or(1, |n| 128u8.saturating_add(n))
        }
    };
    // After a lost terminal there is nobody to read this.
    let hangup = end == End::Signal(signal_hook::consts::SIGHUP);
    let text = if hangup { String::new() } else { text };
    Ok(Answer { text, code })
}

/// The state at the start, and what the student should know about it.
fn app(
    common: &Common,
    facts: &Facts,
    store: &Store,
) -> anyhow::Result<(App, Vec<String>)> {
    let loaded = store.load();
    let mut chosen: Preferences = loaded.value.preferences.clone();
    if let Some(language) = &common.lang {
        chosen.language = Some(language.clone());
    }
    let course = headless::course(common)?;
    let mut courses = BTreeMap::new();
    for language in course.languages() {
        let entries = course.in_language(language).entries;
        let entries = entries.into_iter().map(Into::into).collect();
        courses.insert(language.to_owned(), Arc::new(entries));
    }
    let size = tty::size();
    let mut app = App::new(Setup {
        courses,
        progress: loaded.value,
        look: facts.look(&chosen),
        size: (size.width, size.height),
    });
    if let Some(notice) = loaded.notices.first() {
        app.notice = Some(notice.clone());
    }
    Ok((app, loaded.notices))
}

fn session(
    app: App,
    library: Library,
    store: Store,
    (depth, threads): (Depth, usize),
) -> io::Result<(End, Vec<String>)> {
    let mouse = app.look.mouse;
    let colors = depth != Depth::None;
    let backend = Lean::new(io::stdout(), tty::size(), colors);
    let mut terminal = Terminal::new(backend)?;
    if mouse {
        tty::mouse_on()?;
    }
    let store = Arc::new(Mutex::new(store));
    watchdog::watch()?;
    let session = Session {
        app,
        input: input::Terminal::new()?,
        library: Arc::new(library),
        cache: Arc::new(Cache::new()),
        depth,
        threads,
        saver: Some(Saver::spawn(Arc::clone(&store))?),
        store,
        trainers: BTreeMap::new(),
    };
    session.run(&mut terminal)
}
