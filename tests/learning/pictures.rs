//! The pictures show the model that was trained, and every panel has what
//! it needs.

use super::runs::Script;
use super::runs::autoencoder;
use super::runs::cell;
use super::runs::metric;
use super::runs::number;
use super::runs::train;
use super::runs::with_panels;
use super::runs::word;
use gargalo::data::DataKind;
use gargalo::lesson::knob::KnobId::*;
use gargalo::lesson::knob::Settings;
use gargalo::lesson::knob::Value;
use gargalo::lesson::metric::Metric;
use gargalo::lesson::schema::ModelKind;
use gargalo::lesson::schema::Panel;
use gargalo::lesson::schema::Panel::*;
use gargalo::train::config::RunConfig;
use gargalo::train::snapshot::Snapshot;

#[test]
fn pictures_of_digits() {
    let knobs = [
        number(CodeSize, 6.0),
        number(Examples, 300.0),
        number(Epochs, 2.0),
    ];
    let config = autoencoder(DataKind::Digits, &knobs);
    let panels = [
        Reconstructions,
        Panel::Filters,
        CodeMap,
        Panel::Correlation,
        Network,
        Unit,
        Elbow,
        OtherData,
    ];
    let record = train(&with_panels(&config, &panels));
    let seen = &record.snapshot;
    let labels: Vec<u8> = seen.examples.iter().map(|e| e.label).collect();
    assert_eq!(labels, (0..10).collect::<Vec<u8>>());
    for example in &seen.examples {
        assert_eq!(example.original.pixels.len(), 784);
        assert_eq!(example.code.len(), 6);
        assert!(example.test && example.error > 0.0);
    }
    assert_eq!(seen.filters.len(), 6);
    assert_eq!((seen.axes.len(), seen.aligned.len()), (6, 6));
    assert_eq!(seen.map.len(), 500);
    let heat = seen.heat.as_ref().unwrap();
    assert_eq!((heat.width, heat.values.len()), (28, 784));
    assert!(heat.values.iter().all(|v| (-1.01..=1.01).contains(v)));
    let sizes: Vec<_> =
        seen.layers.iter().map(|l| (l.inputs, l.outputs)).collect();
    assert_eq!(sizes, [(784, 6), (6, 784)]);
    let unit = seen.unit.as_ref().unwrap();
    let all = unit.sum + unit.bias;
    assert!((all - unit.output).abs() < 1e-4, "{unit:?}");
    let bar = |name: &str| {
        let found = seen.bars.iter().find(|(n, _)| n == name);
        f64::from(found.unwrap().1)
    };
    assert!(bar("1") > bar("8") && bar("8") > bar("64"));
    let near = |a: f64, b: f64| (a - b).abs() < 1e-6 * (1.0 + b);
    assert!(near(bar("noise"), metric(&record, Metric::NoiseMse)));
    assert!(near(bar("test set"), metric(&record, Metric::TestMse)));
    assert!(bar("shuffled") > bar("test set"));
}

#[test]
fn a_ring_is_drawn_with_the_bent_line_of_the_model() {
    let knobs = [
        number(CodeSize, 1.0),
        number(Hidden, 32.0),
        word(Activation, "tanh"),
        number(Examples, 300.0),
        number(Epochs, 30.0),
    ];
    let config = autoencoder(DataKind::Ring2d, &knobs);
    let record = train(&with_panels(&config, &[Cloud, CodeMap]));
    let cloud = record.snapshot.cloud.unwrap();
    assert_eq!(cloud.points.len(), 300);
    assert_eq!(cloud.mapped.len(), 300);
    assert!(cloud.curve.len() > 50);
    let far = |d: &gargalo::train::snapshot::Dot| d.x.hypot(d.y) > 3.0;
    assert!(!cloud.curve.iter().any(far));
}

#[test]
fn a_tiny_network_is_shown_number_by_number() {
    let knobs = [
        number(States, 4.0),
        number(CodeSize, 2.0),
        word(Optimizer, "sgd"),
        number(LearningRate, 0.5),
        number(Epochs, 3.0),
    ];
    let config = autoencoder(DataKind::Onehot, &knobs);
    let panels = [SlowMotion, CodeTable, Unit];
    let seen = train(&with_panels(&config, &panels)).snapshot;
    let slow = seen.slow.unwrap();
    assert_eq!((slow.input.len(), slow.code.len()), (4, 2));
    assert!(slow.loss_after < slow.loss);
    for (name, before, gradient, numeric, after) in &slow.weights {
        assert!((gradient - numeric).abs() < 1e-3, "{name}");
        let step = before - 0.5 * gradient;
        assert!((step - after).abs() < 1e-6, "{name}");
    }
    let table = seen.table.unwrap();
    assert_eq!((table.codes.len(), table.codes[0].len()), (4, 2));
    assert_eq!(table.rounded_winner.len(), 4);
}

/// A run of PCA with nobody watching.
fn pca(
    data: DataKind,
    knobs: &[(gargalo::lesson::knob::KnobId, Value)],
) -> RunConfig {
    let mut cell = cell(ModelKind::Pca, data, knobs);
    cell.panels = vec![Cloud, Scree, Panel::Filters, Reconstructions];
    RunConfig::new(&cell, &Settings::default(), 1).unwrap()
}

#[test]
fn pca_turns_its_arrow_before_the_eye() {
    let knobs = [number(CodeSize, 1.0), number(Examples, 300.0)];
    let mut script = Script::new(&[]);
    let record = script.run(&pca(DataKind::Gauss2d, &knobs));
    let arrows = |seen: &Snapshot| seen.cloud.clone().unwrap().arrows;
    let reports = script.reports();
    assert!(reports.len() > 4, "{} turns", reports.len());
    let names: Vec<String> = reports
        .iter()
        .map(|r| arrows(r.snapshot.as_ref().unwrap())[0].0.clone())
        .collect();
    assert!(names.iter().all(|name| name == "search"));
    let end = arrows(&record.snapshot);
    assert_eq!((end[0].0.as_str(), end[1].0.as_str()), ("PC1", "PC2"));
    // The search arrives at the axis, or at its other end.
    let last = arrows(reports.last().unwrap().snapshot.as_ref().unwrap());
    let along = |a: &(String, _, _)| -> (f32, f32) {
        let (_, from, to): &(
            String,
            gargalo::train::snapshot::Dot,
            gargalo::train::snapshot::Dot,
        ) = a;
        (to.x - from.x, to.y - from.y)
    };
    let (a, b) = (along(&last[0]), along(&end[0]));
    let cosine =
        (a.0 * b.0 + a.1 * b.1) / (a.0.hypot(a.1) * b.0.hypot(b.1));
    assert!(cosine.abs() > 0.99, "{cosine}");
}

#[test]
fn pca_of_digits_is_the_known_one() {
    let record = train(&pca(DataKind::Digits, &[number(CodeSize, 30.0)]));
    assert_eq!(record.snapshot.filters.len(), 30);
    assert_eq!(record.snapshot.spectrum.len(), 128);
    // 60,000 digits give 14.2 of 52.7, which is 73 %; 2,000 are close.
    let kept = metric(&record, Metric::VarianceKept);
    assert!((0.72..0.76).contains(&kept), "{kept}");
    let test = 784.0 * metric(&record, Metric::TestMse);
    assert!((13.5..15.5).contains(&test), "{test}");
}

#[test]
fn an_uncentered_first_axis_points_at_the_mean() {
    let knobs = [
        number(CodeSize, 1.0),
        number(Shift, 10.0),
        (Center, Value::Switch(false)),
    ];
    let record = train(&pca(DataKind::Gauss2d, &knobs));
    let degrees = metric(&record, Metric::AngleToMean);
    assert!(degrees < 5.0, "{degrees}");
}

#[test]
fn a_line_keeps_and_loses_the_whole_variance_at_any_angle() {
    let mut sums = Vec::new();
    for angle in [0.0, 45.0, 135.0] {
        let knobs = [number(Angle, angle), number(Examples, 300.0)];
        let mut cell = cell(ModelKind::Line, DataKind::Gauss2d, &knobs);
        cell.panels = vec![Balance, Cloud];
        let config = RunConfig::new(&cell, &Settings::default(), 1);
        let record = train(&config.unwrap());
        let bars = &record.snapshot.bars;
        sums.push(bars[0].1 + bars[1].1);
        let share = metric(&record, Metric::LineShare);
        assert_eq!(share > 0.95, angle == 45.0, "{angle}: {share}");
        assert_eq!(record.snapshot.cloud.unwrap().arrows.len(), 2);
    }
    assert!((sums[0] - sums[1]).abs() < 1e-3, "{sums:?}");
    assert!((sums[0] - sums[2]).abs() < 1e-3, "{sums:?}");
}
