//! Every model learns, obeys and is the same on any number of threads.

use super::runs::Script;
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
use gargalo::train::Control::Tune;
use gargalo::train::config::RunConfig;
use gargalo::train::record::RunRecord;
use gargalo::train::symptom::Fault;

type Turned = Vec<(KnobId, Value)>;

/// A small order on small digits.
pub fn order(model: ModelKind, knobs: &[(KnobId, Value)]) -> RunConfig {
    order_on(model, DataKind::Digits8, knobs)
}

/// The same on other data.
pub fn order_on(
    model: ModelKind,
    data: DataKind,
    knobs: &[(KnobId, Value)],
) -> RunConfig {
    let mut all = vec![number(Examples, 600.0), number(Epochs, 6.0)];
    all.extend(knobs.iter().cloned());
    let cell = cell(model, data, &all);
    RunConfig::new(&cell, &Settings::default(), 1).unwrap()
}

type Named = (&'static str, ModelKind, Turned);

/// The dense autoencoder with each of its regularizers.
fn dense_ones() -> Vec<Named> {
    let sigmoid = || word(CodeActivation, "sigmoid");
    let deep = [number(Hidden, 48.0), number(Depth, 2.0)];
    let tied = [(Tied, Value::Switch(true))];
    let frozen =
        [word(Corruption, "gaussian"), (FreshNoise, Value::Switch(false))];
    let emphasis = [word(Corruption, "salt-pepper"), number(Emphasis, 0.5)];
    let kl =
        [sigmoid(), word(Sparsity, "kl"), number(SparsityWeight, 1e-3)];
    let l1 = [word(Sparsity, "l1"), number(SparsityWeight, 1e-4)];
    let winners = [word(Sparsity, "k-sparse"), number(ActiveUnits, 6.0)];
    let named: [(&str, Vec<(KnobId, Value)>); 11] = [
        ("overcomplete", vec![number(CodeSize, 96.0)]),
        ("decay", vec![number(WeightDecay, 1e-4)]),
        ("deep", [&deep[..], &tied].concat()),
        ("masking", vec![word(Corruption, "mask")]),
        ("frozen", frozen.to_vec()),
        ("emphasis", emphasis.to_vec()),
        ("kl", kl.to_vec()),
        ("l1", l1.to_vec()),
        ("k-sparse", winners.to_vec()),
        ("contractive", vec![sigmoid(), number(Contraction, 1e-3)]),
        ("l-bfgs", vec![word(Optimizer, "lbfgs"), number(Epochs, 20.0)]),
    ];
    let all = named.into_iter();
    all.map(|(name, knobs)| {
        let mut all = vec![number(CodeSize, 32.0)];
        all.extend(knobs);
        (name, ModelKind::Autoencoder, all)
    })
    .collect()
}

/// One of each kind, and the regularizers of the dense one.
fn everyone() -> Vec<Named> {
    let quick = || vec![number(LearningRate, 0.01)];
    let stacked = vec![number(PretrainEpochs, 3.0), number(Epochs, 30.0)];
    let mut all = dense_ones();
    all.push(("convolutional", ModelKind::Convolutional, quick()));
    all.push(("variational", ModelKind::Variational, quick()));
    all.push(("stacked", ModelKind::Stacked, stacked));
    all
}

/// A record without its time.
fn timeless(record: RunRecord) -> RunRecord {
    RunRecord { seconds: 0.0, ..record }
}

#[test]
fn every_model_learns_the_same_on_one_thread_and_two() {
    for (name, kind, knobs) in everyone() {
        let mut config = order(kind, &knobs);
        let one = timeless(train(&config));
        assert_eq!(one.status, Status::Finished, "{name}: {}", one.reason);
        let start = &one.history.epochs[0].metrics;
        let (mean, error) = (
            metric(&one, Metric::MeanTestMse),
            metric(&one, Metric::TestMse),
        );
        if kind == ModelKind::Stacked {
            let right = metric(&one, Metric::HeadAccuracy);
            assert!(right > 0.5, "{name}: {right}");
        } else {
            assert!(error < 0.9 * mean, "{name}: {error} of {mean}");
            assert!(error < start[&Metric::TestMse], "{name}: {error}");
        }
        config.threads = 2;
        assert_eq!(one, timeless(train(&config)), "{name}");
    }
}

#[test]
fn live_knobs_act_at_once_and_leave_a_mark() {
    let dense = ModelKind::Autoencoder;
    let cases: [(ModelKind, Turned, KnobId, f64); 8] = [
        (dense, vec![word(Corruption, "mask")], CorruptionLevel, 0.9),
        (
            dense,
            vec![word(Sparsity, "l1"), word(CodeActivation, "sigmoid")],
            SparsityWeight,
            1.0,
        ),
        (dense, vec![word(CodeActivation, "tanh")], Contraction, 1.0),
        (ModelKind::Convolutional, vec![], LearningRate, 1e-5),
        (ModelKind::Variational, vec![], KlWeight, 100.0),
        (ModelKind::Variational, vec![], ReconstructionWeight, 10.0),
        (ModelKind::Stacked, vec![], CorruptionLevel, 0.95),
        (ModelKind::Stacked, vec![], LearningRate, 1e-5),
    ];
    for (kind, mut knobs, knob, to) in cases {
        knobs.push(number(Examples, 96.0));
        let config = order(kind, &knobs);
        let turn = Tune(knob, Value::Number(to));
        let turned = Script::new(&[(4, turn)]).run(&config);
        let marks = &turned.history.marks;
        assert_eq!(marks.len(), 1, "{knob:?}");
        assert_eq!((marks[0].step, marks[0].knob), (3, knob));
        let calm = Script::new(&[]).run(&config);
        assert_ne!(calm.metrics, turned.metrics, "{knob:?}");
        assert_eq!(calm.history.batches[..3], turned.history.batches[..3]);
    }
}

#[test]
fn every_model_stops_within_one_batch() {
    for (name, kind, knobs) in everyone() {
        let config = order(kind, &knobs);
        let mut script = Script::new(&[]);
        script.stop_after = 5;
        let record = script.run(&config);
        assert_eq!(record.status, Status::Stopped, "{name}");
        assert_eq!(record.steps, 3, "{name}");
    }
}

#[test]
fn the_phases_of_a_stack_follow_each_other() {
    let knobs = [
        number(Examples, 320.0),
        number(PretrainEpochs, 2.0),
        number(Labels, 64.0),
        number(Epochs, 5.0),
    ];
    let record = train(&order(ModelKind::Stacked, &knobs));
    // Two layers of ten batches for two epochs, then two batches of labels
    // for five.
    assert_eq!((record.steps, record.epochs), (40 + 10, 9.0));
    let scratch = metric(&record, Metric::ScratchAccuracy);
    assert!(scratch > 0.3, "{scratch}");
    for head in ["svm", "rbf", "knn", "boosted", "mlp"] {
        let mut knobs = knobs.to_vec();
        // A perceptron learns by steps: give it some.
        knobs.push(number(Epochs, 50.0));
        knobs.push(word(Head, head));
        knobs.push((FineTune, Value::Switch(false)));
        let record = train(&order(ModelKind::Stacked, &knobs));
        let right = metric(&record, Metric::HeadAccuracy);
        assert!(right > 0.3, "{head}: {right}");
    }
}

#[test]
fn dead_units_are_noticed_at_their_step() {
    let knobs = [
        word(CodeActivation, "relu"),
        word(Optimizer, "sgd"),
        number(LearningRate, 60.0),
        number(Epochs, 20.0),
        number(CodeSize, 8.0),
    ];
    let record = train(&order(ModelKind::Autoencoder, &knobs));
    let symptoms = &record.history.symptoms;
    let dead = symptoms.iter().find(|s| s.fault == Fault::Dead);
    assert!(dead.is_some(), "{symptoms:?} {}", record.reason);
    assert!(metric(&record, Metric::TestMse).is_finite());
}

#[test]
fn a_code_that_costs_too_much_collapses() {
    let knobs = [number(KlWeight, 1000.0), number(Epochs, 20.0)];
    let record = train(&order(ModelKind::Variational, &knobs));
    let symptoms = &record.history.symptoms;
    let found = symptoms.iter().find(|s| s.fault == Fault::Collapsed);
    assert!(found.is_some(), "{symptoms:?} {}", record.reason);
    assert_eq!(metric(&record, Metric::ActiveLatents), 0.0);
    assert!(record.reason.contains("collapsed"), "{}", record.reason);
}

#[test]
fn too_large_is_refused_for_every_model() {
    let cases: [(ModelKind, Turned, KnobId); 6] = [
        (
            ModelKind::Variational,
            vec![number(Hidden, 1024.0), number(Depth, 5.0)],
            Hidden,
        ),
        (
            ModelKind::Stacked,
            vec![
                number(Hidden, 1024.0),
                number(Depth, 5.0),
                word(Taper, "equal"),
            ],
            Hidden,
        ),
        (
            ModelKind::Convolutional,
            vec![
                number(Filters, 32.0),
                number(Epochs, 10_000.0),
                number(Examples, 60_000.0),
            ],
            Epochs,
        ),
        (
            ModelKind::Convolutional,
            vec![number(KernelSize, 4.0)],
            KernelSize,
        ),
        (ModelKind::Stacked, vec![word(Head, "svm")], FineTune),
        (
            ModelKind::Autoencoder,
            vec![word(Sparsity, "kl")],
            CodeActivation,
        ),
    ];
    for (kind, knobs, about) in cases {
        let knobs: Turned = knobs
            .into_iter()
            .chain([word(Data, "digits"), number(CodeSize, 64.0)])
            .filter(|(knob, _)| kind.uses(*knob, DataKind::Digits))
            .collect();
        let cell = cell(kind, DataKind::Digits, &knobs);
        let refused = RunConfig::new(&cell, &Settings::default(), 1);
        let error = refused.unwrap_err();
        assert_eq!(error.knob, Some(about), "{error}");
        assert!(error.message.len() > 40, "{error}");
    }
}

#[test]
fn heartbeats_raise_alarms_and_contamination_is_mixed_in() {
    let knobs = [number(Epochs, 60.0), number(CodeSize, 8.0)];
    let data = DataKind::Ecg;
    let config = order_on(ModelKind::Autoencoder, data, &knobs);
    let record = train(&config);
    let auc = metric(&record, Metric::Auc);
    assert!(auc > 0.7, "{auc}");
    for metric_of in [Metric::Precision, Metric::Recall] {
        let share = metric(&record, metric_of);
        assert!((0.0..=1.0).contains(&share), "{metric_of:?} {share}");
    }
    let mut mixed = config.clone();
    mixed.settings = mixed.settings.with(Contamination, Value::Number(0.2));
    assert_ne!(train(&mixed).data_hash, record.data_hash);
}

#[test]
fn probes_are_asked_about_codes_inputs_and_noise() {
    for probe in ["softmax", "svm", "knn"] {
        let knobs = [word(Probe, probe), number(CodeSize, 32.0)];
        let record = train(&order(ModelKind::Autoencoder, &knobs));
        for metric_of in [
            Metric::ProbeAccuracy,
            Metric::RawProbeAccuracy,
            Metric::NoisyProbeAccuracy,
        ] {
            let right = metric(&record, metric_of);
            assert!(right > 0.3, "{probe}: {metric_of:?} {right}");
        }
    }
}
