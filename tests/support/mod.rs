//! A student at the keyboard, without terminal, threads or clock.
//!
//! ```text
//! Tester::open("L90/net").press("l l <space>").train(3).facts()
//! ```

use gargalo::app::Setup;
use gargalo::app::effect::Effect;
use gargalo::app::message::Key;
use gargalo::app::message::Message;
use gargalo::app::progress::Pictures;
use gargalo::app::progress::Preferences;
use gargalo::app::progress::Progress;
use gargalo::app::progress::ThemeName;
use gargalo::app::state::App;
use gargalo::app::state::CellState;
use gargalo::app::state::Entry;
use gargalo::app::state::Feedback;
use gargalo::app::state::Look;
use gargalo::app::state::ModelState;
use gargalo::app::state::Overlay;
use gargalo::app::state::Part;
use gargalo::app::state::QuestionState;
use gargalo::app::state::RunState;
use gargalo::app::state::Screen;
use gargalo::data::Library;
use gargalo::lesson::load;
use gargalo::lesson::schema::Cell;
use gargalo::lesson::schema::Lesson;
use gargalo::lesson::schema::Model;
use gargalo::train::Control;
use gargalo::train::Link;
use gargalo::train::RunId;
use gargalo::train::TrainEvent;
use gargalo::train::cache::Cache;
use gargalo::train::config::RunConfig;
use gargalo::train::run;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

const KINDS: &str = include_str!("kinds.ron");
const FIRST: &str = include_str!("../../lessons/00-first-steps.ron");

/// A student at the keyboard.
pub struct Tester {
    /// The state.
    pub app: App,
    effects: Vec<Effect>,
    starts: Vec<(RunId, RunConfig)>,
}

impl Tester {
    /// Opens a lesson, `L00` or `L90`, perhaps at a cell: `L90/net`.
    pub fn open(place: &str) -> Self {
        let (lesson, cell) = place.split_once('/').unwrap_or((place, ""));
        let place = Some((lesson.to_owned(), cell.to_owned()));
        let mut progress = Progress { place, ..Progress::default() };
        let left = progress.lessons.entry(lesson.to_owned()).or_default();
        left.place = Some(cell.to_owned());
        Self::with(progress)
    }

    /// A student who comes back.
    pub fn with(progress: Progress) -> Self {
        let app = App::new(Setup {
            courses: courses(),
            progress,
            look: look(),
            size: (80, 24),
        });
        let mut tester =
            Self { app, effects: Vec::new(), starts: Vec::new() };
        tester.send(Message::Tick(0));
        tester
    }

    /// Goes on from a state.
    pub fn of(app: App) -> Self {
        Self { app, effects: Vec::new(), starts: Vec::new() }
    }

    /// Something happens.
    pub fn send(&mut self, message: Message) {
        for effect in self.app.update(message) {
            if let Effect::Start(id, config) = &effect {
                self.starts.push((*id, (**config).clone()));
            }
            self.effects.push(effect);
        }
    }

    /// Keys: `j`, `gg`, `<enter>`, `<c-c>`, `<space>`, in any mixture.
    /// Blanks between them mean nothing.
    pub fn press(mut self, keys: &str) -> Self {
        for key in keys_in(keys) {
            self.send(Message::Key(key));
        }
        self
    }

    /// Letters, blanks included.
    pub fn types(mut self, text: &str) -> Self {
        for c in text.chars() {
            self.send(Message::Key(Key::Char(c)));
        }
        self
    }

    /// Runs what was started, in this thread, to its end or until the
    /// trainer has reported `reports` times. Without threads there is
    /// nobody to press a key meanwhile.
    pub fn train(mut self, reports: usize) -> Self {
        while !self.starts.is_empty() {
            let (id, config) = self.starts.remove(0);
            let mut link = Script { events: Vec::new(), left: reports };
            run::run(
                &config,
                &Library::embedded(),
                &Cache::new(),
                &mut link,
            );
            for event in link.events {
                self.send(Message::Train(id, event));
            }
        }
        self
    }

    /// The trainer has begun and reported a little, no more.
    pub fn begin(mut self) -> Self {
        let (id, config) = self.starts.last().cloned().expect("a start");
        let mut link = Script { events: Vec::new(), left: 1 };
        run::run(&config, &Library::embedded(), &Cache::new(), &mut link);
        for event in link.events {
            if !matches!(event, TrainEvent::Ended(_)) {
                self.send(Message::Train(id, event));
            }
        }
        self
    }

    /// The orders since the last call, one word each.
    pub fn effects(&mut self) -> Vec<String> {
        std::mem::take(&mut self.effects).iter().map(name).collect()
    }

    /// Where the student is and what is to be seen, in one line.
    pub fn facts(&mut self) -> String {
        let app = &self.app;
        let mut facts = match &app.screen {
            Screen::Home(home) => format!("home {}", home.selected),
            Screen::Lesson(screen) => {
                let cell = screen.lesson.cells.get(screen.focus);
                let id = cell.map_or("nothing", Cell::id);
                let mut facts = format!("{}/{id}", screen.lesson.id);
                match (cell, screen.cells.get(screen.focus)) {
                    (Some(Cell::Model(of)), Some(CellState::Model(on))) => {
                        facts += &model(of, on);
                    }
                    (_, Some(CellState::Question(on))) => {
                        facts += &question(on);
                    }
                    _ => {}
                }
                let done = app.cell_progress(screen.focus);
                if done.is_some_and(|record| record.done) {
                    facts += "; done";
                }
                facts
            }
        };
        if let Some(overlay) = &app.overlay {
            write!(facts, "; {}", layer(overlay)).unwrap();
        }
        if let Some(notice) = &app.notice {
            write!(facts, "; says {notice}").unwrap();
        }
        let effects = self.effects().join(" ");
        if !effects.is_empty() {
            write!(facts, "; effects {effects}").unwrap();
        }
        facts
    }
}

fn model(of: &Model, on: &ModelState) -> String {
    let mut facts = String::new();
    match (on.part, of.knobs.get(on.knob)) {
        (Part::Knobs, Some(knob)) => {
            let value = on.settings.value(knob.id);
            write!(facts, "; knob {:?} = {value}", knob.id).unwrap();
        }
        _ => {
            let panel = of.panels.get(on.panel);
            write!(facts, "; picture {panel:?}").unwrap();
        }
    }
    if on.typed.active {
        write!(facts, "; typing {}", on.typed.text).unwrap();
    }
    facts += match &on.run {
        RunState::Idle => "; idle",
        RunState::Starting => "; starting",
        RunState::Running(_) => "; running",
        RunState::Paused(_) => "; paused",
        RunState::Failed(_) => "; failed",
    };
    if let Some((_, why)) = &on.error {
        write!(facts, "; error {why}").unwrap();
    }
    facts
}

fn question(on: &QuestionState) -> String {
    let mut facts = format!("; item {}", on.item);
    if on.typed.active {
        write!(facts, "; typing {}", on.typed.text).unwrap();
    }
    if !on.order.is_empty() {
        let placed = on.order.get(..on.placed);
        write!(facts, "; order {placed:?}").unwrap();
    }
    let said = match &on.feedback {
        Feedback::None => String::new(),
        Feedback::Recorded => "recorded".to_owned(),
        Feedback::Right(why) => format!("right {why}"),
        Feedback::Wrong(why, _) => format!("wrong {why}"),
        Feedback::Missing(parts) => {
            let says = parts.iter().map(|part| part.say.as_str());
            format!("missing {}", says.collect::<Vec<_>>().join(", "))
        }
    };
    write!(facts, "; {said}").unwrap();
    facts
}

fn layer(overlay: &Overlay) -> String {
    match overlay {
        Overlay::Help(row) => format!("help {row}"),
        Overlay::Search(search) => {
            format!("search {}: {}", search.field.text, search.hits.len())
        }
        Overlay::Command(line) => format!("command {}", line.field.text),
        Overlay::Runs(list) => format!("runs {}", list.selected),
        Overlay::Note(field) => format!("note {}", field.text),
        Overlay::Confirm(confirm) => format!("asks {:?}", confirm.then),
        Overlay::Zoom => "zoom".to_owned(),
    }
}

fn name(effect: &Effect) -> String {
    match effect {
        Effect::Start(id, _) => format!("Start{}", id.0),
        Effect::Control(id, order) => match order {
            Control::Tune(knob, value) => {
                format!("Tune{}:{knob:?}={value}", id.0)
            }
            order => format!("{order:?}{}", id.0),
        },
        Effect::Stop(id) => format!("Stop{}", id.0),
        Effect::SaveRuns(lesson, cell) => format!("Runs:{lesson}/{cell}"),
        Effect::LoadRuns(lesson) => format!("Load:{lesson}"),
        Effect::Export(name, _) => format!("Export:{name}"),
        Effect::Copy(text) => format!("Copy:{text}"),
        other => format!("{other:?}"),
    }
}

/// The other side of a run: no orders, every report is welcome.
struct Script {
    events: Vec<TrainEvent>,
    left: usize,
}

impl Link for Script {
    fn orders(&mut self, _: bool) -> Vec<Control> {
        Vec::new()
    }

    fn report(&mut self, event: TrainEvent) {
        self.left = self.left.saturating_sub(1);
        self.events.push(event);
    }

    fn due(&mut self) -> bool {
        true
    }

    fn stopped(&self) -> bool {
        self.left == 0
    }

    fn seconds(&self) -> f64 {
        0.0
    }
}

fn courses() -> BTreeMap<String, Arc<Vec<Entry>>> {
    let read = |file: &str, text: &str| -> Lesson {
        load::parse(file, text).unwrap_or_else(|why| panic!("{why}"))
    };
    let course = |flavor: &str| {
        let first = read("first", FIRST);
        let mut kinds = read("kinds", KINDS);
        kinds.title.push_str(flavor);
        for cell in &mut kinds.cells {
            if let Cell::Quiz(quiz) = cell {
                quiz.options[0].why.push_str(flavor);
            }
        }
        let broken = Entry::Broken("x.ron".to_owned(), "No.".to_owned());
        Arc::new(vec![
            Entry::Open(Box::new(first)),
            broken,
            Entry::Open(Box::new(kinds)),
        ])
    };
    [("en", course("")), ("pt-BR", course(" (pt)"))]
        .map(|(language, course)| (language.to_owned(), course))
        .into()
}

fn look() -> Look {
    Look {
        language: "en".to_owned(),
        theme: ThemeName::Terminal,
        pictures: Pictures::Quadrant,
        unicode: true,
        mouse: false,
        remote: false,
        chosen: Preferences::default(),
    }
}

/// The keys a text stands for.
pub fn keys_in(text: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let named = rest
            .strip_prefix('<')
            .and_then(|rest| rest.split_once('>'))
            .and_then(|(name, rest)| Some((key_named(name)?, rest)));
        if let Some((key, after)) = named {
            keys.push(key);
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if c != ' ' {
            keys.push(Key::Char(c));
        }
    }
    keys
}

fn key_named(name: &str) -> Option<Key> {
    if let Some(letter) = name.strip_prefix("c-") {
        return letter.chars().next().map(Key::Ctrl);
    }
    Some(match name {
        "enter" => Key::Enter,
        "esc" => Key::Esc,
        "tab" => Key::Tab,
        "backtab" => Key::BackTab,
        "space" => Key::Char(' '),
        "up" => Key::Up,
        "down" => Key::Down,
        "left" => Key::Left,
        "right" => Key::Right,
        "s-left" => Key::ShiftLeft,
        "s-right" => Key::ShiftRight,
        "bs" => Key::Backspace,
        "del" => Key::Delete,
        "home" => Key::Home,
        "end" => Key::End,
        "pgup" => Key::PageUp,
        "pgdn" => Key::PageDown,
        _ => return None,
    })
}
