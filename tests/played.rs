//! The lessons played through from the first cell to the last, by keys
//! alone: predictions, runs, questions, exercises by their solutions. At
//! the end everything that can be done is done.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a player that gets lost shall fail the test"
)]

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
use gargalo::app::state::Look;
use gargalo::data::Library;
use gargalo::lesson::course::Course;
use gargalo::lesson::goal::Deed;
use gargalo::lesson::goal::Goal;
use gargalo::lesson::knob::KnobId;
use gargalo::lesson::knob::Settings;
use gargalo::lesson::knob::Value;
use gargalo::lesson::schema::Cell;
use gargalo::lesson::schema::Choice;
use gargalo::lesson::schema::Exercise;
use gargalo::lesson::schema::Reach;
use gargalo::lesson::schema::Task;
use gargalo::train::Control;
use gargalo::train::Link;
use gargalo::train::RunId;
use gargalo::train::TrainEvent;
use gargalo::train::cache::Cache;
use gargalo::train::config::RunConfig;
use gargalo::train::run;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A test per lesson.
macro_rules! played {
    ($($test:ident $lesson:literal)*) => {
        $(#[test]
        fn $test() {
            Player::open($lesson).play();
        })*

        #[test]
        fn every_lesson_is_played() {
            let course = Course::embedded();
            let ids = course.lessons().map(|(_, lesson)| &*lesson.id);
            assert_eq!(ids.collect::<Vec<_>>(), [$($lesson),*]);
        }
    };
}

played! {
    l00_can_be_played_through_by_keys "L00"
    l01_can_be_played_through_by_keys "L01"
    l02_can_be_played_through_by_keys "L02"
    l03_can_be_played_through_by_keys "L03"
    l04_can_be_played_through_by_keys "L04"
    l05_can_be_played_through_by_keys "L05"
    l06_can_be_played_through_by_keys "L06"
    l07_can_be_played_through_by_keys "L07"
    l08_can_be_played_through_by_keys "L08"
    l09_can_be_played_through_by_keys "L09"
    l10_can_be_played_through_by_keys "L10"
    l11_can_be_played_through_by_keys "L11"
    l12_can_be_played_through_by_keys "L12"
    l13_can_be_played_through_by_keys "L13"
    l14_can_be_played_through_by_keys "L14"
    l15_can_be_played_through_by_keys "L15"
    l16_can_be_played_through_by_keys "L16"
}

/// A student who knows every solution and has nothing but a keyboard.
struct Player {
    app: App,
    library: Library,
    cache: Cache,
    started: Vec<(RunId, RunConfig)>,
}

impl Player {
    fn open(lesson: &str) -> Self {
        let entries = Course::embedded().entries;
        let entries = entries.into_iter().map(Into::into).collect();
        let place = Some((lesson.to_owned(), String::new()));
        let app = App::new(Setup {
            courses: BTreeMap::from([("en".to_owned(), Arc::new(entries))]),
            progress: Progress { place, ..Progress::default() },
            look: Look {
                language: "en".to_owned(),
                theme: ThemeName::Terminal,
                pictures: Pictures::Greys,
                unicode: true,
                mouse: false,
                remote: false,
                chosen: Preferences::default(),
            },
            size: (80, 24),
        });
        let (library, cache) = (Library::embedded(), Cache::new());
        let mut player = Self { app, library, cache, started: Vec::new() };
        player.send(Message::Tick(0));
        assert_eq!(player.app.lesson().unwrap().lesson.id, lesson);
        player
    }

    fn play(mut self) {
        let lesson = Arc::clone(&self.app.lesson().unwrap().lesson);
        for index in 0..lesson.cells.len() {
            self.go(index);
            match &lesson.cells[index] {
                Cell::Predict(_) => self.press(&[Key::Enter]),
                Cell::Model(_) => self.run(),
                Cell::Quiz(quiz) => self.choose(&quiz.options),
                Cell::Exercise(exercise) => self.exercise(index, exercise),
                Cell::Setup(_) => self.keys("1"),
                _ => {}
            }
        }
        for (index, cell) in lesson.cells.iter().enumerate() {
            let asks = matches!(
                cell,
                Cell::Predict(_)
                    | Cell::Model(_)
                    | Cell::Quiz(_)
                    | Cell::Exercise(_)
            );
            let done = self.app.cell_progress(index);
            let done = done.is_some_and(|progress| progress.done);
            assert!(
                done || !asks,
                "{}/{} is not done: {:?}",
                lesson.id,
                cell.id(),
                self.app.lesson().unwrap().cells[index]
            );
        }
        assert_eq!(self.app.done(&lesson).0, self.app.done(&lesson).1);
        self.keys("qq");
    }

    /// To a cell, with `j` and `k` only.
    fn go(&mut self, index: usize) {
        for _ in 0..2000 {
            let focus = self.app.lesson().unwrap().focus;
            match focus.cmp(&index) {
                std::cmp::Ordering::Less => self.keys("j"),
                std::cmp::Ordering::Greater => self.keys("k"),
                std::cmp::Ordering::Equal => return,
            }
        }
        panic!("cell {index} cannot be reached");
    }

    fn find(&self, cell: &str) -> usize {
        let cells = &self.app.lesson().unwrap().lesson.cells;
        cells.iter().position(|c| c.id() == cell).unwrap()
    }

    /// Runs the experiment in focus to its end.
    fn run(&mut self) {
        self.keys("r");
        self.train(usize::MAX);
    }

    fn choose(&mut self, options: &[Choice]) {
        let right = options.iter().position(|o| o.right).unwrap();
        self.keys(&(right + 1).to_string());
        self.press(&[Key::Enter]);
    }

    fn exercise(&mut self, index: usize, exercise: &Exercise) {
        match &exercise.task {
            Task::Choose { options } => self.choose(options),
            Task::Number(key) => self.answer(&key.value.to_string()),
            Task::Formula(key) => self.answer(&key.key),
            Task::Measure { cell, metric, .. } => {
                let runs = self.app.cell_runs(self.find(cell));
                let value = runs.last().unwrap().metrics[metric];
                self.answer(&value.to_string());
            }
            Task::Order(key) => {
                let (steps, all) = (key.steps.len(), key.choices().len());
                self.order(index, steps, all);
            }
            Task::Reach(reach) | Task::BreakIt(reach) => {
                self.reach(reach);
                self.go(index);
                self.press(&[Key::Enter]);
            }
            Task::Do { goal } => {
                self.perform(goal);
                self.go(index);
                self.press(&[Key::Enter]);
            }
        }
    }

    fn answer(&mut self, text: &str) {
        self.press(&[Key::Enter]);
        self.keys(text);
        self.press(&[Key::Enter]);
    }

    /// Lifts every distractor below the line and every step to its place.
    fn order(&mut self, index: usize, steps: usize, all: usize) {
        for extra in steps..all {
            let row = self.row(index, extra);
            self.lift(index, row);
            for _ in row..all {
                self.keys("j");
            }
            self.keys(" ");
        }
        for step in 0..steps {
            let row = self.row(index, step);
            self.lift(index, row);
            for _ in step..row {
                self.keys("k");
            }
            self.keys(" ");
        }
        self.press(&[Key::Enter]);
    }

    fn row(&self, index: usize, step: usize) -> usize {
        let CellState::Question(state) =
            &self.app.lesson().unwrap().cells[index]
        else {
            panic!("no question at {index}");
        };
        state.order.iter().position(|s| *s == step).unwrap()
    }

    fn lift(&mut self, index: usize, row: usize) {
        for _ in 0..40 {
            let CellState::Question(state) =
                &self.app.lesson().unwrap().cells[index]
            else {
                panic!("no question at {index}");
            };
            if state.item == row {
                return self.keys(" ");
            }
            self.press(&[Key::Tab]);
        }
        panic!("row {row} cannot be reached");
    }

    /// Goes the first of the ways to a goal.
    fn reach(&mut self, reach: &Reach) {
        for turned in &reach.solutions[0] {
            self.go(self.find(&reach.cell));
            self.turn(turned);
            self.run();
        }
        if mentions(&reach.goal, Deed::Aligned) {
            self.keys("A");
        }
    }

    /// Sets the knobs of the experiment in focus on the command line: what
    /// this run wants, and back what the run before wanted.
    fn turn(&mut self, turned: &Settings) {
        let focus = self.app.lesson().unwrap().focus;
        let (model, state) = self.app.model(focus).unwrap();
        let (model, now) = (model.clone(), state.settings.clone());
        for knob in model.knobs.iter().map(|knob| knob.id) {
            let usual = match knob {
                KnobId::Data => Value::Word(model.data.name().to_owned()),
                _ => model.settings.value(knob),
            };
            let value = turned.get(knob).cloned().unwrap_or(usual);
            if now.value(knob) != value {
                self.keys(&format!(":set {} {value}", knob.info().name));
                self.press(&[Key::Enter]);
            }
        }
        let (_, state) = self.app.model(focus).unwrap();
        for (knob, value) in &turned.0 {
            assert_eq!(state.settings.value(*knob), *value, "{knob:?}");
        }
    }

    /// Does the deeds a goal asks for, at the first experiment.
    fn perform(&mut self, goal: &Goal) {
        if mentions(goal, Deed::Started) || mentions(goal, Deed::Paused) {
            let lesson = Arc::clone(&self.app.lesson().unwrap().lesson);
            let first = lesson
                .cells
                .iter()
                .position(|cell| matches!(cell, Cell::Model(_)));
            self.go(first.unwrap());
            self.keys("r");
            self.train(1);
            self.keys(" ");
            self.press(&[Key::Ctrl('c')]);
        }
        if mentions(goal, Deed::Searched) {
            self.keys("/gargalo");
            self.press(&[Key::Enter, Key::Enter]);
        }
    }

    fn press(&mut self, keys: &[Key]) {
        for key in keys {
            self.send(Message::Key(*key));
        }
    }

    fn keys(&mut self, text: &str) {
        for c in text.chars() {
            self.send(Message::Key(Key::Char(c)));
        }
    }

    fn send(&mut self, message: Message) {
        for effect in self.app.update(message) {
            if let Effect::Start(id, config) = effect {
                self.started.push((id, *config));
            }
        }
    }

    /// Trains what was started; with few reports only its beginning, which
    /// then is left to live on.
    fn train(&mut self, reports: usize) {
        for (id, config) in std::mem::take(&mut self.started) {
            let mut link = Script { events: Vec::new(), left: reports };
            run::run(&config, &self.library, &self.cache, &mut link);
            for event in link.events {
                let ended = matches!(event, TrainEvent::Ended(_));
                if !ended || reports > 1 {
                    self.send(Message::Train(id, event));
                }
            }
        }
    }
}

/// Whether a goal asks for a deed.
fn mentions(goal: &Goal, deed: Deed) -> bool {
    let mut found = false;
    goal.walk(&mut |part| found |= *part == Goal::Did(deed));
    found
}

/// A link that takes everything and asks for no pictures on the way.
struct Script {
    events: Vec<TrainEvent>,
    left: usize,
}

impl Link for Script {
    fn orders(&mut self, paused: bool) -> Vec<Control> {
        if paused { vec![Control::Resume] } else { Vec::new() }
    }

    fn report(&mut self, event: TrainEvent) {
        self.left = self.left.saturating_sub(1);
        self.events.push(event);
    }

    fn due(&mut self) -> bool {
        false
    }

    fn stopped(&self) -> bool {
        self.left == 0
    }

    fn seconds(&self) -> f64 {
        0.0
    }
}
