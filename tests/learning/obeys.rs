//! Orders act within one batch.

use super::runs::Script;
use super::runs::autoencoder;
use super::runs::number;
use gargalo::data::DataKind;
use gargalo::data::Library;
use gargalo::lesson::goal::Status;
use gargalo::lesson::knob::KnobId::*;
use gargalo::lesson::knob::Value;
use gargalo::train::Control::*;
use gargalo::train::TrainEvent;
use gargalo::train::cache::Cache;
use gargalo::train::config::RunConfig;
use gargalo::train::trainer::Trainer;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// 320 digits in batches of 32: ten steps per epoch.
fn ten_steps(epochs: f64) -> RunConfig {
    let knobs = [
        number(CodeSize, 4.0),
        number(Examples, 320.0),
        number(Epochs, epochs),
    ];
    autoencoder(DataKind::Digits, &knobs)
}

#[test]
fn the_plan_comes_first_and_every_epoch_is_told_once() {
    let mut script = Script::new(&[]);
    let record = script.run(&ten_steps(3.0));
    let TrainEvent::Started(plan) = &script.events[0] else {
        panic!("{:?}", script.events[0])
    };
    assert_eq!((plan.steps, plan.steps_per_epoch), (30, 10));
    assert_eq!(plan.parameters, record.parameters);
    assert!(!plan.known.is_empty());
    let reports = script.reports();
    assert_eq!(reports[0].step, 0);
    assert!(reports[0].snapshot.is_some());
    let trail = reports.iter().flat_map(|report| &report.trail);
    let steps: Vec<u64> = trail.map(|point| point.step).collect();
    // What the record adds last is not reported before.
    assert_eq!(steps, [0, 10, 20]);
}

#[test]
fn pause_step_and_resume() {
    // Reports: 1 at the start, then one per batch.
    let orders = [
        (4, Pause),
        (5, StepBatch),
        (7, StepEpoch),
        (9, StepEpoch),
        (20, Resume),
    ];
    let mut script = Script::new(&orders);
    let record = script.run(&ten_steps(4.0));
    assert_eq!(record.status, Status::Finished);
    assert_eq!(record.steps, 40);
    let paused: Vec<u64> = script
        .reports()
        .iter()
        .filter(|report| report.paused)
        .map(|report| report.step)
        .collect();
    assert!(paused.contains(&3), "{paused:?}");
    assert!(paused.contains(&4), "{paused:?}");
    // Steps of an epoch wait where an epoch ends.
    let late = paused.iter().filter(|&&step| step > 4);
    assert!(late.clone().count() > 0, "{paused:?}");
    assert!(late.clone().all(|step| step % 10 == 0), "{paused:?}");
    assert!(record.snapshot.step == 40);
}

#[test]
fn a_turned_rate_acts_at_once_and_leaves_a_mark() {
    let fast = Value::Number(1e-5);
    let orders = [(5, Tune(LearningRate, fast.clone()))];
    let mut script = Script::new(&orders);
    let record = script.run(&ten_steps(3.0));
    let marks = &record.history.marks;
    assert_eq!(marks.len(), 1);
    assert_eq!((marks[0].step, marks[0].knob), (4, LearningRate));
    assert_eq!(record.settings.get(LearningRate), Some(&fast));
    let began = record.start.get(LearningRate);
    assert_eq!(began, Some(&Value::Number(0.01)));
    let calm = Script::new(&[]).run(&ten_steps(3.0));
    assert_ne!(calm.metrics, record.metrics);
    // Up to the mark the curves agree.
    let first = |r: &gargalo::train::record::RunRecord| {
        r.history.batches[..4].to_vec()
    };
    assert_eq!(first(&calm), first(&record));
}

#[test]
fn the_number_of_epochs_can_be_turned_while_it_trains() {
    let more = Tune(Epochs, Value::Number(6.0));
    let record = Script::new(&[(5, more)]).run(&ten_steps(3.0));
    assert_eq!(record.steps, 60);
    let fewer = Tune(Epochs, Value::Number(1.0));
    let record = Script::new(&[(15, fewer)]).run(&ten_steps(9.0));
    assert_eq!(record.steps, 20);
}

#[test]
fn knobs_that_need_fresh_weights_and_bad_values_are_left_alone() {
    let orders = [
        (3, Tune(CodeSize, Value::Number(9.0))),
        (4, Tune(LearningRate, Value::Number(-1.0))),
        (5, Tune(LearningRate, Value::Switch(true))),
        (6, Tune(Epochs, Value::Number(1e12))),
    ];
    let record = Script::new(&orders).run(&ten_steps(2.0));
    assert_eq!(record.settings, record.start);
    assert!(record.history.marks.is_empty());
}

#[test]
fn a_stop_acts_within_one_batch_and_keeps_the_result() {
    let mut script = Script::new(&[]);
    script.stop_after = 8;
    let record = script.run(&ten_steps(1000.0));
    assert_eq!(record.status, Status::Stopped);
    // One report before the first step, one before each.
    assert_eq!(record.steps, 6);
    assert!(record.reason.contains("0.6 of 1,000"), "{}", record.reason);
    assert!(!record.snapshot.examples.is_empty());
    // Also while it waits.
    let mut script = Script::new(&[(3, Pause), (4, StepBatch)]);
    script.stop_after = 5;
    assert_eq!(script.run(&ten_steps(1000.0)).status, Status::Stopped);
}

#[test]
fn dropping_a_busy_trainer_returns_within_a_second() {
    let knobs = [
        number(CodeSize, 64.0),
        number(Hidden, 512.0),
        number(Examples, 5000.0),
        number(Epochs, 40.0),
    ];
    let config = autoencoder(DataKind::Digits, &knobs);
    let (library, cache) = (Library::embedded(), Cache::new());
    let trainer =
        Trainer::spawn(config, Arc::new(library), Arc::new(cache)).unwrap();
    let start = Instant::now();
    let mut events = Vec::new();
    while events.len() < 3 {
        assert!(start.elapsed() < Duration::from_secs(60), "no report");
        thread::sleep(Duration::from_millis(10));
        events.extend(trainer.drain());
    }
    let start = Instant::now();
    drop(trainer);
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[test]
fn a_trainer_pauses_goes_on_and_ends() {
    let (library, cache) = (Library::embedded(), Cache::new());
    let trainer =
        Trainer::spawn(ten_steps(40.0), library.into(), cache.into());
    let trainer = trainer.unwrap();
    trainer.send(Pause);
    let start = Instant::now();
    let mut events = Vec::new();
    let mut resumed = false;
    let over = |events: &[TrainEvent]| {
        matches!(events.last(), Some(TrainEvent::Ended(_)))
    };
    while !over(&events) {
        assert!(start.elapsed() < Duration::from_secs(60), "no end");
        thread::sleep(Duration::from_millis(5));
        events.extend(trainer.drain());
        let paused = |event: &TrainEvent| matches!(event, TrainEvent::Progress(r) if r.paused);
        if !resumed && events.iter().any(paused) {
            trainer.send(Resume);
            resumed = true;
        }
    }
    assert!(resumed, "it never said that it waits");
}
