//! Knobs: what comes next, what is understood, what is refused.

use gargalo::lesson::knob::Knob;
use gargalo::lesson::knob::KnobId;
use gargalo::lesson::knob::Scale;
use gargalo::lesson::knob::Value;
use gargalo::lesson::knob_read::parse_set;
use gargalo::lesson::knob_table::KNOBS;
use gargalo::lesson::knob_turn::Turn;

fn whole(id: KnobId) -> Knob {
    id.whole_range()
}

fn turned(knob: &Knob, x: f64, turn: Turn) -> f64 {
    match knob.turn(&Value::Number(x), turn) {
        Value::Number(x) => x,
        other => panic!("{other:?}"),
    }
}

/// All values from the first to the last, one step after the other.
fn steps(knob: &Knob, from: f64) -> Vec<f64> {
    let mut values = vec![from];
    loop {
        let last = values[values.len() - 1];
        let next = turned(knob, last, Turn::Up);
        if next == last {
            return values;
        }
        values.push(next);
    }
}

#[test]
fn numbers_step_as_their_scale_says() {
    let k = whole(KnobId::CodeSize);
    let expected = [
        1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0,
        2000.0, 2048.0,
    ];
    assert_eq!(steps(&k, 1.0), expected);
    let hidden = whole(KnobId::Hidden);
    assert_eq!(steps(&hidden, 0.0)[..4], [0.0, 1.0, 2.0, 5.0]);
    assert_eq!(turned(&hidden, 1.0, Turn::Down), 0.0);
    assert_eq!(turned(&hidden, 1024.0, Turn::Down), 1000.0);
    let noise = whole(KnobId::CodeNoise);
    let values = steps(&noise, 0.0);
    assert_eq!(values.len(), 101);
    assert_eq!(values[3], 0.3);
    assert_eq!(values[100], 10.0);
    let rate = whole(KnobId::LearningRate);
    assert_eq!(steps(&rate, 1e-5)[..4], [1e-5, 2e-5, 5e-5, 1e-4]);
    assert_eq!(steps(&rate, 1e-5).len(), 28);
}

#[test]
fn values_between_two_steps_go_to_the_nearer_end() {
    let k = whole(KnobId::CodeSize);
    for (x, turn, next) in [
        (8.0, Turn::Up, 10.0),
        (8.0, Turn::Down, 5.0),
        (10.0, Turn::FarUp, 100.0),
        (10.0, Turn::FarDown, 1.0),
        (700.0, Turn::FarUp, 2048.0),
        (1.0, Turn::Down, 1.0),
        (9999.0, Turn::Up, 2048.0),
        (f64::NAN, Turn::Up, 2.0),
    ] {
        assert_eq!(turned(&k, x, turn), next, "{x} {turn:?}");
    }
    let angle = whole(KnobId::Angle);
    assert_eq!(turned(&angle, 20.5, Turn::Up), 21.0);
    assert_eq!(turned(&angle, 20.5, Turn::Down), 20.0);
    assert_eq!(turned(&angle, 20.0, Turn::FarUp), 30.0);
}

#[test]
fn every_knob_turns_from_end_to_end_and_stays_in_its_range() {
    for row in &KNOBS {
        let knob = whole(row.id);
        let mut value = row.id.default_value();
        for turn in [Turn::Up, Turn::Down, Turn::FarUp, Turn::FarDown] {
            for _ in 0..300 {
                value = knob.turn(&value, turn);
                assert_eq!(knob.accepts(&value), Ok(()), "{}", row.name);
                let text = value.to_string();
                let read = knob.read(&text);
                assert!(read.is_ok(), "{}: {text} {read:?}", row.name);
            }
        }
    }
}

#[test]
fn down_undoes_up_on_every_step() {
    for row in &KNOBS {
        let knob = whole(row.id);
        let Value::Number(_) = row.id.default_value() else { continue };
        let mut x = f64::MIN;
        x = turned(&knob, x, Turn::Down);
        for _ in 0..100 {
            let up = turned(&knob, x, Turn::Up);
            if up == x {
                break;
            }
            let back = turned(&knob, up, Turn::Down);
            // The last step may be shorter, as from 2000 to 2048.
            let last = turned(&knob, up, Turn::Up) == up;
            assert!(back == x || last, "{} {x} {up} {back}", row.name);
            x = up;
        }
    }
}

#[test]
fn words_and_switches_turn() {
    let activation = Knob {
        words: vec!["tanh".to_owned(), "relu".to_owned()],
        ..whole(KnobId::Activation)
    };
    let word = |w: &str| Value::Word(w.to_owned());
    for (from, turn, to) in [
        ("tanh", Turn::Up, "relu"),
        ("relu", Turn::Up, "relu"),
        ("relu", Turn::Down, "tanh"),
        ("tanh", Turn::FarUp, "relu"),
        ("sigmoid", Turn::Up, "tanh"),
    ] {
        assert_eq!(activation.turn(&word(from), turn), word(to), "{from}");
    }
    let tied = whole(KnobId::Tied);
    let on = Value::Switch(true);
    assert_eq!(tied.turn(&on, Turn::Up), Value::Switch(false));
    assert_eq!(
        tied.turn(&word("nonsense"), Turn::Up),
        Value::Switch(false)
    );
}

#[test]
fn typed_values_are_understood() {
    for (id, text, value) in [
        (KnobId::LearningRate, "0.01", Value::Number(0.01)),
        (KnobId::LearningRate, " 0,01 ", Value::Number(0.01)),
        (KnobId::LearningRate, "1e-3", Value::Number(1e-3)),
        (KnobId::LearningRate, "1E-3", Value::Number(1e-3)),
        (KnobId::CodeSize, "7.6", Value::Number(8.0)),
        (KnobId::Examples, "10,000", Value::Number(10_000.0)),
        (KnobId::Examples, "10.000", Value::Number(10_000.0)),
        (KnobId::Examples, "1000", Value::Number(1000.0)),
        (KnobId::Activation, "TanH", Value::Word("tanh".to_owned())),
        (KnobId::Activation, "sig", Value::Word("sigmoid".to_owned())),
        (KnobId::Data, "digits", Value::Word("digits".to_owned())),
        (KnobId::Tied, "on", Value::Switch(true)),
        (KnobId::Tied, "Não", Value::Switch(false)),
    ] {
        assert_eq!(whole(id).read(text), Ok(value), "{text}");
    }
}

#[test]
fn what_is_not_understood_is_answered_with_the_range() {
    let narrow = Knob {
        scale: Some(Scale::Linear { from: 1.0, to: 8.0, step: 1.0 }),
        ..whole(KnobId::CodeSize)
    };
    for (knob, text, said) in [
        (
            narrow.clone(),
            "9",
            "code size K must be a whole number between 1 and 8, not 9",
        ),
        (
            narrow,
            "many",
            "code size K must be a whole number between 1 and 8, not `many`",
        ),
        (
            whole(KnobId::LearningRate),
            "-1",
            "learning rate must be between 1e-5 and 10,000, not -1",
        ),
        (
            whole(KnobId::LearningRate),
            "NaN",
            "learning rate must be between 1e-5 and 10,000, not `nan`",
        ),
        (
            whole(KnobId::LearningRate),
            "1e999",
            "learning rate must be between 1e-5 and 10,000, not `1e999`",
        ),
        (
            whole(KnobId::LearningRate),
            "",
            "learning rate must be between 1e-5 and 10,000",
        ),
        (
            whole(KnobId::Activation),
            "swish",
            "activation must be linear, sigmoid, tanh or relu, not `swish`",
        ),
        (
            whole(KnobId::Tied),
            "maybe",
            "tied weights must be on or off, not `maybe`",
        ),
    ] {
        assert_eq!(knob.read(text), Err(said.to_owned()), "{text}");
    }
}

#[test]
fn half_a_unit_is_refused() {
    let wrong = whole(KnobId::CodeSize).accepts(&Value::Number(2.5));
    assert_eq!(
        wrong.unwrap_err(),
        "code size K must be a whole number, between 1 and 2048, not 2.5"
    );
}

#[test]
fn an_assignment_is_read_or_explained() {
    assert_eq!(
        parse_set("learning-rate=0.01"),
        Ok((KnobId::LearningRate, Value::Number(0.01)))
    );
    assert_eq!(
        parse_set(" Code_Size = 16 "),
        Ok((KnobId::CodeSize, Value::Number(16.0)))
    );
    for (text, said) in [
        ("tied", "`tied` sets nothing"),
        ("learnin-rate=1", "did you mean learning-rate?"),
        ("xyzzy=1", "the knobs are data, examples,"),
        ("=1", "the knobs are data"),
        ("code-size=0", "between 1 and 2048, not 0"),
        ("code-size=", "code size K must be a whole number"),
    ] {
        let told = parse_set(text).unwrap_err();
        assert!(told.contains(said), "{text}: {told}");
    }
    // However long it is.
    assert!(parse_set(&"x".repeat(1_000_000)).unwrap_err().len() < 400);
    let long = format!("{}=1", "x".repeat(1_000_000));
    assert!(parse_set(&long).unwrap_err().len() < 1000);
    let long = format!("tied={}", "1".repeat(1_000_000));
    assert!(parse_set(&long).unwrap_err().len() < 400);
}
