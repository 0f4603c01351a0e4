//! What is learned, and that it is learned again.

use super::runs::autoencoder;
use super::runs::cell;
use super::runs::metric;
use super::runs::number;
use super::runs::train;
use super::runs::word;
use gargalo::data::DataKind;
use gargalo::lesson::goal::Status;
use gargalo::lesson::knob::KnobId;
use gargalo::lesson::knob::KnobId::*;
use gargalo::lesson::knob::Settings;
use gargalo::lesson::knob::Value;
use gargalo::lesson::metric::Metric;
use gargalo::lesson::schema::ModelKind;
use gargalo::train::config::RunConfig;
use gargalo::train::metrics::metrics_of;
use gargalo::train::record::RunRecord;

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
    assert_eq!(record.snapshot.examples.len(), 10);
    let trail = &record.history.epochs;
    assert_eq!((trail.len(), trail[0].step), (6, 0));
    assert_eq!(record.history.batches.len(), 5 * 63);
}

#[test]
fn a_linear_autoencoder_finds_the_plane_of_pca() {
    let knobs = [
        number(CodeSize, 8.0),
        number(Epochs, 300.0),
        number(LearningRate, 0.005),
    ];
    let record = train(&autoencoder(DataKind::Digits8, &knobs));
    let ratio = metric(&record, Metric::TrainMse)
        / metric(&record, Metric::PcaTrainMse);
    // No linear map is better; the tolerance is for 32 bits.
    assert!((1.0 - 1e-4..1.01).contains(&ratio), "{ratio}");
    let angle = metric(&record, Metric::PrincipalAngle);
    assert!(angle < 5.0, "{angle} degrees");
}

#[test]
fn eight_states_fit_into_three_sigmoids() {
    let knobs = [
        number(States, 8.0),
        number(CodeSize, 3.0),
        word(Loss, "bce"),
        number(LearningRate, 0.02),
        number(BatchSize, 8.0),
        number(Epochs, 2000.0),
    ];
    let record = train(&autoencoder(DataKind::Onehot, &knobs));
    assert_eq!(metric(&record, Metric::RowsRight), 8.0);
    let table = record.history.epochs.len();
    assert!(table <= 502, "{table} points");
}

/// The record without what a clock says.
fn timeless(mut record: RunRecord) -> RunRecord {
    record.seconds = 0.0;
    record
}

#[test]
fn the_same_seed_gives_the_same_bits_on_one_thread_and_two() {
    let knobs = [
        number(CodeSize, 32.0),
        number(Hidden, 64.0),
        number(CodeNoise, 0.1),
        number(Epochs, 2.0),
        number(BatchSize, 100.0),
    ];
    let mut config = autoencoder(DataKind::Digits, &knobs);
    let one = timeless(train(&config));
    assert_eq!(timeless(train(&config)), one);
    config.threads = 2;
    assert_eq!(timeless(train(&config)), one);
    config.settings = config.settings.with(Seed, Value::Number(2.0));
    assert_ne!(timeless(train(&config)).metrics, one.metrics);
}

/// Metrics that need more than a model and data: a loss, a sigmoid code, a
/// decoder of one layer, a tiny model, a probe, more than a few examples.
fn on_condition(metric: Metric) -> bool {
    matches!(
        metric,
        Metric::TestBce
            | Metric::BceFloor
            | Metric::Saturation
            | Metric::PrincipalAngle
            | Metric::GradientError
            | Metric::ProbeAccuracy
            | Metric::RawProbeAccuracy
            | Metric::NoisyProbeAccuracy
    )
}

#[test]
fn every_model_reports_what_it_promises_on_every_data_set() {
    let mut missing = Vec::new();
    for model in ModelKind::ALL {
        for data in DataKind::ALL {
            let knobs: &[(KnobId, Value)] = match model {
                ModelKind::Autoencoder => &[
                    number(Examples, 100.0),
                    number(CodeSize, 2.0),
                    number(Epochs, 1.0),
                ],
                ModelKind::Pca => {
                    &[number(Examples, 100.0), number(CodeSize, 1.0)]
                }
                ModelKind::Line => &[number(Examples, 100.0)],
                // A code of more than 1024 numbers is not looked at.
                ModelKind::Convolutional => &[
                    number(Examples, 60.0),
                    number(Epochs, 1.0),
                    number(Depth, 2.0),
                ],
                _ => &[
                    number(Examples, 60.0),
                    number(Epochs, 1.0),
                    number(Depth, 1.0),
                ],
            };
            // Two thousand words are tried in a test of their own, and
            // nobody has put data of their own here.
            let own = [DataKind::OwnImages, DataKind::OwnTable];
            if data == DataKind::Documents || own.contains(&data) {
                continue;
            }
            let cell = cell(model, data, knobs);
            let turned = Settings::default();
            let Ok(config) = RunConfig::new(&cell, &turned, 1) else {
                // Lines want points, convolutions pictures, stacks classes.
                assert_ne!(model, ModelKind::Autoencoder);
                assert_ne!(model, ModelKind::Variational);
                continue;
            };
            let record = train(&config);
            for metric in metrics_of(model, data) {
                let told = record.metrics.contains_key(&metric);
                if !told && !on_condition(metric) {
                    missing.push((model, data, metric));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn conditional_metrics_are_measured_when_their_condition_holds() {
    let knobs = [
        number(States, 4.0),
        number(CodeSize, 2.0),
        word(Loss, "bce"),
        number(Epochs, 1.0),
    ];
    let record = train(&autoencoder(DataKind::Onehot, &knobs));
    for wanted in metrics_of(ModelKind::Autoencoder, DataKind::Onehot) {
        assert!(record.metrics.contains_key(&wanted), "{wanted:?}");
    }
    let gradient = metric(&record, Metric::GradientError);
    assert!(gradient < 1e-3, "{gradient}");
    assert_eq!(metric(&record, Metric::BceFloor), 0.0);
}
