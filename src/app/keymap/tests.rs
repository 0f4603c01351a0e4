use super::*;
use crate::app::place::Focus;
use crate::app::place::Layer;
use crate::app::place::Phase;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

const LAYERS: [Layer; 10] = [
    Layer::Home,
    Layer::Notebook,
    Layer::Zoom,
    Layer::Help,
    Layer::Search,
    Layer::Command,
    Layer::Runs,
    Layer::Note,
    Layer::Confirm,
    Layer::Forget,
];

const FOCI: [Focus; 13] = [
    Focus::Plain,
    Focus::Idea,
    Focus::Setup,
    Focus::Predict,
    Focus::Options,
    Focus::Typed,
    Focus::Measure,
    Focus::Order,
    Focus::Goal,
    Focus::Deed,
    Focus::Number,
    Focus::Word,
    Focus::Picture,
];

/// Every place there can be, and some more.
fn places() -> Vec<Place> {
    let mut all = Vec::new();
    for layer in LAYERS {
        for focus in FOCI {
            for phase in [Phase::Idle, Phase::Running, Phase::Paused] {
                for bits in 0..32 {
                    let bit = |n: u8| bits >> n & 1 == 1;
                    let (typing, lifted, sent) = (bit(0), bit(1), bit(2));
                    let (room, plane) = (bit(3), bit(4));
                    let place = Place {
                        layer,
                        focus,
                        typing,
                        lifted,
                        sent,
                        phase,
                        room,
                        plane,
                    };
                    if possible(&place) {
                        all.push(place);
                    }
                }
            }
        }
    }
    all
}

fn possible(place: &Place) -> bool {
    let types = matches!(
        place.focus,
        Focus::Typed | Focus::Measure | Focus::Number
    );
    let model =
        matches!(place.focus, Focus::Number | Focus::Word | Focus::Picture);
    (!place.typing || types)
        && (!place.lifted || place.focus == Focus::Order)
        && (model || place.phase == Phase::Idle && !place.sent)
        && (!place.plane || model)
        && (place.layer != Layer::Home
            || place.focus == Focus::Plain && !place.room)
        && (place.layer != Layer::Zoom || model)
}

#[test]
fn no_two_rows_conflict_anywhere() {
    for place in places() {
        let mut taken = BTreeMap::new();
        for row in rows().filter(|row| (row.when)(&place)) {
            for stroke in row.strokes {
                let before = taken.insert(stroke.to_string(), row.name);
                assert_eq!(before, None, "{stroke} {} {place:?}", row.name);
            }
        }
        assert!(!taken.contains_key("g"), "g begins longer keys");
        for digit in '1'..='9' {
            assert!(!taken.contains_key(&digit.to_string()));
        }
    }
}

#[test]
fn every_action_is_reached_by_a_key_or_a_name() {
    for row in rows() {
        let reached = places().into_iter().any(|place| {
            (row.when)(&place)
                && (row.strokes.is_empty()
                    || row.strokes.iter().all(|stroke| {
                        press(&place, *stroke) == Meaning::Do(row.action)
                    }))
        });
        assert!(reached, "{} cannot be reached", row.name);
    }
}

/// What a stroke means, key by key.
fn press(place: &Place, stroke: Stroke) -> Meaning {
    match stroke {
        Stroke::One(key) => meaning(place, "", key),
        Stroke::Digit => meaning(place, "", Key::Char('7')),
        Stroke::Counted(c) => meaning(place, "7", Key::Char(c)),
        Stroke::Two(a, b) => match meaning(place, "", Key::Char(a)) {
            Meaning::Wait(pending) => {
                meaning(place, &pending, Key::Char(b))
            }
            other => other,
        },
    }
}

#[test]
fn a_name_stands_for_one_action() {
    let mut names = BTreeMap::new();
    for row in rows() {
        let action = names.entry(row.name).or_insert(row.action);
        assert_eq!(*action, row.action, "{}", row.name);
    }
    let actions: BTreeSet<Action> = names.values().copied().collect();
    assert_eq!(actions.len(), names.len());
}

#[test]
fn letters_are_letters_while_text_is_typed() {
    for place in places().iter().filter(|place| place.typing()) {
        for c in ('a'..='z').chain('A'..='Z').chain(" ?/:+-=<>".chars()) {
            let goto = c == 'G' && place.value();
            let expected = match goto {
                true => Meaning::Do(Action::Go(Go::Number)),
                false => Meaning::Text,
            };
            assert_eq!(meaning(place, "", Key::Char(c)), expected);
        }
    }
}

#[test]
fn everything_that_lies_on_top_can_be_closed_with_escape() {
    for place in places() {
        let open = matches!(place.layer, Layer::Home | Layer::Notebook);
        if !open || place.typing() {
            let escape = meaning(&place, "", Key::Esc);
            assert!(matches!(escape, Meaning::Do(_)), "{place:?}");
        }
    }
}

#[test]
fn every_row_speaks_both_languages() {
    for row in rows() {
        for words in [row.label, row.help] {
            assert!(!words.en.is_empty() && !words.pt.is_empty());
        }
        assert!(row.label.pt.chars().count() <= 18, "{}", row.name);
        assert!(row.help.en.ends_with('.'), "{}", row.name);
        assert!(row.help.pt.ends_with('.'), "{}", row.name);
    }
}
