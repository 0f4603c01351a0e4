//! How runs end, and what they say about it.

use super::runs::Script;
use super::runs::autoencoder;
use super::runs::metric;
use super::runs::number;
use super::runs::train;
use super::runs::word;
use gargalo::data::DataKind;
use gargalo::data::Library;
use gargalo::lesson::goal::Status;
use gargalo::lesson::knob::KnobId::*;
use gargalo::lesson::knob::Value;
use gargalo::lesson::metric::Metric;
use gargalo::train::TrainEvent;
use gargalo::train::cache::Cache;
use gargalo::train::history::MOST_BUCKETS;
use gargalo::train::run;

#[test]
fn a_rate_far_too_high_is_named() {
    for rate in [2.0, 3.0] {
        let knobs = [
            number(CodeSize, 8.0),
            number(Epochs, 12.0),
            number(LearningRate, rate),
        ];
        let record = train(&autoencoder(DataKind::Digits, &knobs));
        assert_eq!(record.status, Status::Diverged, "{}", record.reason);
        assert!(record.reason.contains("learning rate"));
        assert!(record.reason.contains("press r"));
        assert!(record.steps < 12 * 63);
    }
}

#[test]
fn after_numbers_are_left_the_last_sound_model_is_kept() {
    let knobs = [
        number(CodeSize, 8.0),
        number(Examples, 500.0),
        number(Epochs, 50.0),
        word(Optimizer, "sgd"),
        number(LearningRate, 5000.0),
    ];
    let record = train(&autoencoder(DataKind::Digits, &knobs));
    assert_eq!(record.status, Status::Diverged, "{}", record.reason);
    assert!(metric(&record, Metric::TestMse).is_finite());
    let codes = record.snapshot.examples.iter().flat_map(|e| &e.code);
    assert!(codes.copied().all(f32::is_finite));
}

#[test]
fn what_no_longer_gets_better_ends_by_itself() {
    let knobs = [
        number(CodeSize, 32.0),
        number(Examples, 500.0),
        number(Epochs, 90.0),
        word(Optimizer, "sgd"),
        number(LearningRate, 1e-5),
    ];
    // Steps far too small: nothing moves, nothing is learned.
    let record = train(&autoencoder(DataKind::Digits, &knobs));
    assert_eq!(record.status, Status::Stalled, "{}", record.reason);
    assert!(record.epochs < 60.0, "{}", record.epochs);
    assert!(record.reason.contains("Raise the learning rate"));
}

#[test]
fn a_long_run_keeps_bounded_memory() {
    let knobs = [
        number(CodeSize, 2.0),
        number(Epochs, 8000.0),
        number(BatchSize, 2.0),
    ];
    let record = train(&autoencoder(DataKind::Onehot, &knobs));
    assert_eq!(record.steps, 32_000);
    assert!(record.history.batches.len() <= MOST_BUCKETS);
    assert!(record.history.epochs.len() <= 502);
    let last = record.history.batches.last().unwrap();
    assert_eq!(last.step, record.steps);
    let bytes = ron::to_string(&record).unwrap().len();
    assert!(bytes < 400_000, "{bytes} bytes");
}

#[test]
fn a_configuration_that_cannot_be_fails_with_a_sentence() {
    let mut config = autoencoder(DataKind::Digits, &[]);
    let far = Value::Number(1e9);
    config.settings = config.settings.with(CodeSize, far);
    let mut script = Script::new(&[]);
    let (library, cache) = (Library::embedded(), Cache::new());
    run::run(&config, &library, &cache, &mut script);
    let [TrainEvent::Failed(told)] = script.events.as_slice() else {
        panic!("{:?}", script.events)
    };
    assert!(told.contains("code size"), "{told}");
}
