//! What is learned.

use super::runs::autoencoder;
use super::runs::metric;
use super::runs::number;
use super::runs::train;
use super::runs::word;
use gargalo::data::DataKind;
use gargalo::lesson::goal::Status;
use gargalo::lesson::knob::KnobId::*;
use gargalo::lesson::metric::Metric;

#[test]
fn eight_numbers_beat_the_mean_image() {
    let knobs = [number(CodeSize, 8.0), number(Epochs, 5.0)];
    let record = train(&autoencoder(DataKind::Digits, &knobs));
    assert_eq!(record.status, Status::Finished);
    let (error, mean) = (
        metric(&record, Metric::TestMse),
        metric(&record, Metric::MeanTestMse),
    );
    assert!(error < 0.7 * mean, "{error} against {mean}");
    println!("{} s {} {:?}", record.seconds, record.reason, record.metrics);
    assert!(record.snapshot.examples.len() == 10);
}

#[test]
fn a_rate_far_too_high_is_named() {
    for rate in [2.0, 3.0] {
        let knobs = [
            number(CodeSize, 8.0),
            number(Epochs, 12.0),
            number(LearningRate, rate),
            word(Optimizer, "adam"),
        ];
        let record = train(&autoencoder(DataKind::Digits, &knobs));
        println!("{:?} {} {}", record.status, record.reason, record.steps);
        assert_eq!(record.status, Status::Diverged, "{}", record.reason);
        assert!(record.reason.contains("learning rate"));
    }
}
