//! Pictures of models that were trained, in the sandbox: none is empty,
//! and each fits every window.

use super::*;
use gargalo::lesson::room;
use gargalo::view::panel;

/// A model of the sandbox, by its place, with knobs to turn.
const TRAINED: [(char, &str); 17] = [
    ('1', "activation=sigmoid code-size=20"),
    ('1', "code-size=2 hidden=16"),
    ('1', "corruption=mask"),
    ('1', "data=digits8"),
    ('1', "data=patches code-size=16"),
    ('1', "data=sketches"),
    ('1', "data=ecg"),
    ('1', "data=documents"),
    ('1', "data=ring2d hidden=8"),
    ('1', "data=onehot"),
    ('1', "data=iris"),
    ('2', "data=fashion"),
    ('3', ""),
    ('3', "data=shapes code-size=5"),
    ('4', "labels=50"),
    ('5', ""),
    ('6', ""),
];

/// The sandbox at a model that was trained for a moment with such knobs.
fn trained(cell: char, knobs: &str) -> App {
    let mut open = app(true);
    let room = open.find_lesson(room::SANDBOX).unwrap();
    open.open_lesson(room);
    press(&mut open, &[Key::Char(cell), Key::Char('G')]);
    let quick = "examples=200 epochs=1 pretrain-epochs=1";
    for knob in knobs.split_whitespace().chain(quick.split(' ')) {
        let (name, value) = knob.split_once('=').unwrap();
        for c in format!(":set {name} {value}").chars() {
            press(&mut open, &[Key::Char(c)]);
        }
        press(&mut open, &[Key::Enter]);
    }
    let effects = press(&mut open, &[Key::Char('r')]);
    let mut started = effects.into_iter();
    let Some((id, config)) = started.find_map(|effect| match effect {
        Effect::Start(id, config) => Some((id, config)),
        _ => None,
    }) else {
        panic!("{cell} with {knobs} does not start: {:?}", open.notice)
    };
    let (library, cache) = (Library::embedded(), Cache::new());
    let mut link = Listener(Vec::new());
    run::run(&config, &library, &cache, &mut link);
    for event in link.0 {
        open.update(Message::Train(id, event));
    }
    open
}

#[test]
fn no_picture_that_the_sandbox_offers_is_empty() {
    for (cell, knobs) in TRAINED {
        let mut open = trained(cell, knobs);
        let screen = open.lesson().unwrap();
        let Cell::Model(model) = &screen.lesson.cells[screen.focus] else {
            panic!("no experiment")
        };
        for panel in model.panels.clone() {
            let title = panel::title(panel);
            let text = draw(&mut open, (80, 24), Depth::Ansi256);
            let what = format!("{title} of {cell} with {knobs}");
            assert!(text.contains(&format!("─ {title} ─")), "{what}{text}");
            assert!(
                !text.contains("none of it"),
                "{what} is empty: {text}"
            );
            press(&mut open, &[Key::Char(';')]);
        }
    }
}

#[test]
fn pictures_of_trained_models_fit_every_window() {
    let sizes =
        [(1, 1), (7, 30), (41, 13), (80, 24), (120, 40), (500, 200)];
    for (cell, knobs) in TRAINED.into_iter().step_by(2) {
        let mut open = trained(cell, knobs);
        let mut plain = open.clone();
        plain.look.unicode = false;
        plain.look.pictures = Pictures::Ascii;
        for _ in 0..25 {
            for size in sizes {
                draw(&mut open, size, Depth::True);
            }
            let text = draw(&mut plain, (80, 24), Depth::None);
            let beyond = beyond_ascii(&text);
            assert!(beyond.is_empty(), "{cell} {knobs}: {beyond:#?}");
            press(&mut open, &[Key::Char(';')]);
            press(&mut plain, &[Key::Char(';')]);
        }
    }
}

/// A link that takes everything.
struct Listener(Vec<TrainEvent>);

impl Link for Listener {
    fn orders(&mut self, _: bool) -> Vec<Control> {
        Vec::new()
    }

    fn report(&mut self, event: TrainEvent) {
        self.0.push(event);
    }

    fn due(&mut self) -> bool {
        false
    }

    fn stopped(&self) -> bool {
        false
    }

    fn seconds(&self) -> f64 {
        0.0
    }
}
