//! Every screen at every size: nothing panics, and where only ASCII can be
//! shown nothing else is.

#[path = "sizes/everything.rs"]
mod everything;
#[path = "../src/view/panel/sample_models.rs"]
mod made_up;
#[path = "sizes/pictures.rs"]
mod pictures;
#[path = "sizes/trained.rs"]
mod trained;

use gargalo::app::Setup;
use gargalo::app::effect::Effect;
use gargalo::app::message::Key;
use gargalo::app::message::Message;
use gargalo::app::message::Mouse;
use gargalo::app::progress::Pictures;
use gargalo::app::progress::Preferences;
use gargalo::app::progress::Progress;
use gargalo::app::progress::ThemeName;
use gargalo::app::state::App;
use gargalo::app::state::Entry;
use gargalo::app::state::Look;
use gargalo::app::state::Screen;
use gargalo::data::Library;
use gargalo::lesson::course::Course;
use gargalo::lesson::load;
use gargalo::lesson::schema::Cell;
use gargalo::shell::headless::run::Order;
use gargalo::shell::headless::run::record;
use gargalo::train;
use gargalo::train::Control;
use gargalo::train::Link;
use gargalo::train::TrainEvent;
use gargalo::train::cache::Cache;
use gargalo::train::record::RunRecord;
use gargalo::train::run;
use gargalo::view;
use gargalo::view::theme::Depth;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::BTreeMap;
use std::sync::Arc;

const KINDS: &str = include_str!("support/kinds.ron");

/// Usual windows, and the smallest and the largest that is drawn.
const USUAL: [(u16, u16); 8] = [
    (40, 12),
    (41, 13),
    (60, 20),
    (80, 24),
    (100, 30),
    (120, 40),
    (200, 60),
    (500, 200),
];

/// All lessons, one with a cell of every kind, and one that is broken.
fn lessons() -> Vec<Entry> {
    let course = Course::embedded();
    let mut all: Vec<Entry> =
        course.entries.into_iter().map(Into::into).collect();
    let kinds = load::parse("kinds", KINDS).unwrap();
    all.push(Entry::Open(Box::new(kinds)));
    let long = "A broken lesson, explained. ".repeat(9);
    all.push(Entry::Broken("17-mine.ron".to_owned(), long));
    all
}

fn app(unicode: bool) -> App {
    let all = Arc::new(lessons());
    let courses = [("en", Arc::clone(&all)), ("pt-BR", all)];
    App::new(Setup {
        courses: courses.map(|(l, c)| (l.to_owned(), c)).into(),
        progress: Progress::default(),
        look: Look {
            language: "en".to_owned(),
            theme: ThemeName::Terminal,
            pictures: Pictures::Greys,
            unicode,
            mouse: false,
            remote: false,
            chosen: Preferences::default(),
        },
        size: (80, 24),
    })
}

/// Draws; every text on the screen, row by row.
fn draw(
    app: &mut App,
    (width, height): (u16, u16),
    depth: Depth,
) -> String {
    app.update(Message::Resize(width, height));
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    let laid = view::draw(&mut buf, area, app, depth);
    app.update(Message::Laid(laid));
    let mut text = String::new();
    for y in 0..height {
        for x in 0..width {
            text.push_str(buf[(x, y)].symbol());
        }
        text.push('\n');
    }
    text
}

fn press(app: &mut App, keys: &[Key]) -> Vec<Effect> {
    let press = |key: &Key| app.update(Message::Key(*key));
    keys.iter().flat_map(press).collect()
}

/// A name and a screen.
type Named = (String, App);

/// The list, every cell of every lesson in focus, with finished runs.
fn screens(unicode: bool) -> Vec<Named> {
    let mut home = app(unicode);
    press(&mut home, &[Key::Char('q')]);
    let mut all = vec![("home".to_owned(), home)];
    for (index, entry) in lessons().iter().enumerate() {
        let Entry::Open(lesson) = entry else { continue };
        let mut open = app(unicode);
        open.open_lesson(index);
        open.update(Message::Runs(lesson.id.clone(), runs(&lesson.id)));
        for cell in &lesson.cells {
            let name = format!("{}/{}", lesson.id, cell.id());
            all.push((name, open.clone()));
            press(&mut open, &[Key::Char('j')]);
        }
    }
    all
}

/// One small run of every experiment of a lesson.
fn runs(lesson: &str) -> BTreeMap<String, Vec<RunRecord>> {
    let entries = lessons();
    let found = entries.iter().find_map(|entry| match entry {
        Entry::Open(found) if found.id == lesson => Some(found),
        _ => None,
    });
    let mut runs = BTreeMap::new();
    let course = Course::embedded();
    for cell in &found.unwrap().cells {
        let Cell::Model(_) = cell else { continue };
        let name = format!("{lesson}/{}", cell.id());
        for set in [&["examples=60", "epochs=1"][..], &["examples=60"], &[]]
        {
            let set: Vec<String> =
                set.iter().map(|set| (*set).to_owned()).collect();
            let order = Order {
                cell: &name,
                set: &set,
                seed: None,
                threads: 1,
                weights: None,
                codes: None,
            };
            let library = Library::embedded();
            if let Ok((_, run)) = record(&course, &library, &order) {
                runs.insert(cell.id().to_owned(), vec![run]);
                break;
            }
        }
    }
    runs
}

/// Collects what a run reports until its second report.
struct Few(Vec<TrainEvent>);

impl Link for Few {
    fn orders(&mut self, _: bool) -> Vec<Control> {
        Vec::new()
    }

    fn report(&mut self, event: TrainEvent) {
        self.0.push(event);
    }

    fn due(&mut self) -> bool {
        true
    }

    fn stopped(&self) -> bool {
        self.0.len() > 2
    }

    fn seconds(&self) -> f64 {
        1.0
    }
}

/// An experiment that trains, that is starting, and that failed.
fn alive(unicode: bool) -> Vec<Named> {
    let last = lessons().len() - 2;
    let mut open = app(unicode);
    open.open_lesson(last);
    press(&mut open, &["5", "G"].map(|k| Key::Char(k.parse().unwrap())));
    for _ in 0..40 {
        if let Screen::Lesson(screen) = &open.screen
            && screen.lesson.cells[screen.focus].id() == "net"
        {
            break;
        }
        press(&mut open, &[Key::Char('j')]);
    }
    let mut starts = press(&mut open, &[Key::Char(' ')]).into_iter();
    let start = starts.find_map(|effect| match effect {
        Effect::Start(id, config) => Some((id, config)),
        _ => None,
    });
    let (id, config) = start.expect("the experiment starts");
    let starting = open.clone();
    let mut few = Few(Vec::new());
    run::run(&config, &Library::embedded(), &Cache::new(), &mut few);
    let mut failed = open.clone();
    let why = "The data cannot be read: é is no number.".to_owned();
    failed.update(Message::Train(id, TrainEvent::Failed(why)));
    let mut events = few.0;
    let ended = events.pop().expect("an end");
    for event in events {
        open.update(Message::Train(id, event));
    }
    let running = open.clone();
    open.update(Message::Train(id, ended));
    [
        ("starting", starting),
        ("running", running),
        ("failed", failed),
        ("stopped", open),
    ]
    .map(|(name, app)| (name.to_owned(), app))
    .into()
}

/// Everything that can lie on top of a screen.
fn overlays(of: &App) -> Vec<Named> {
    let keys: [(&str, &[Key]); 9] = [
        ("help", &[Key::Char('?')]),
        ("search", &[Key::Char('/'), Key::Char('a')]),
        ("everywhere", &[Key::Char('g'), Key::Char('/'), Key::Char('e')]),
        ("command", &[Key::Char(':')]),
        ("completed", &[Key::Char(':'), Key::Char('s'), Key::Tab]),
        ("runs", &[Key::Char('H')]),
        ("note", &[Key::Char('a'), Key::Char('é')]),
        ("confirm", &[Key::Ctrl('c'), Key::Ctrl('c')]),
        ("zoom", &[Key::Char('z')]),
    ];
    keys.map(|(name, keys)| {
        let mut app = of.clone();
        press(&mut app, keys);
        (name.to_owned(), app)
    })
    .into()
}

/// A screen of each kind, with everything that can lie on it.
fn kinds(unicode: bool) -> Vec<Named> {
    let mut all = alive(unicode);
    let running = all[1].1.clone();
    let stopped = all[3].1.clone();
    for (under, app) in [("running", running), ("stopped", stopped)] {
        let named = overlays(&app).into_iter();
        all.extend(
            named.map(|(name, app)| (format!("{under} {name}"), app)),
        );
    }
    all
}

/// The lines with characters beyond ASCII.
fn beyond_ascii(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.is_ascii());
    lines.map(str::to_owned).collect()
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }

    fn key(&mut self) -> Key {
        const NAMED: [Key; 18] = [
            Key::Enter,
            Key::Esc,
            Key::Tab,
            Key::BackTab,
            Key::Backspace,
            Key::Delete,
            Key::Up,
            Key::Down,
            Key::Left,
            Key::Right,
            Key::ShiftLeft,
            Key::ShiftRight,
            Key::Home,
            Key::End,
            Key::PageUp,
            Key::PageDown,
            Key::Char('é'),
            Key::Char('∎'),
        ];
        match self.roll(10) {
            0..=1 => NAMED[self.roll(NAMED.len())],
            2 => Key::Ctrl((b'a' + self.roll(26) as u8).into()),
            3..=4 => Key::Char("jjjkk] l".as_bytes()[self.roll(8)].into()),
            _ => Key::Char((b' ' + self.roll(95) as u8).into()),
        }
    }
}

/// Answers the orders of the state as the shell does, at once.
fn obey(app: &mut App, effects: Vec<Effect>, dice: &mut Dice) {
    for effect in effects {
        match effect {
            Effect::LoadRuns(lesson) => {
                app.update(Message::Runs(lesson, BTreeMap::new()));
            }
            Effect::Start(id, _) if dice.roll(3) == 0 => {
                let why = "No thread.".to_owned();
                app.update(Message::Train(id, TrainEvent::Failed(why)));
            }
            _ => {}
        }
    }
}
