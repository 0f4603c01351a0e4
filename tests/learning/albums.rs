//! The pictures of the later models show what they promise.

use super::models::order;
use super::models::order_on;
use super::runs::Script;
use super::runs::number;
use super::runs::train;
use super::runs::with_panels;
use super::runs::word;
use gargalo::data::DataKind;
use gargalo::lesson::knob::KnobId::*;
use gargalo::lesson::knob::Value;
use gargalo::lesson::schema::ModelKind;
use gargalo::lesson::schema::Panel;

#[test]
fn pictures_of_a_dense_code() {
    let knobs = [
        number(CodeSize, 12.0),
        word(CodeActivation, "sigmoid"),
        word(Corruption, "mask"),
        number(Epochs, 2.0),
    ];
    let panels = [
        Panel::Reconstructions,
        Panel::Raster,
        Panel::JacobianSpectrum,
        Panel::Identity,
        Panel::Assembly,
        Panel::Interpolation,
        Panel::Probes,
        Panel::Concepts,
        Panel::Traversal,
        Panel::Sampler,
    ];
    let config =
        with_panels(&order(ModelKind::Autoencoder, &knobs), &panels);
    let seen = train(&config).snapshot;
    assert!(seen.examples.iter().all(|e| e.corrupted.is_some()));
    let raster = seen.raster.unwrap();
    assert_eq!((raster.units, raster.usage.len()), (12, 12));
    assert_eq!(raster.values.len() % 12, 0);
    let (_, values) = &seen.singular[0];
    assert_eq!(values.len(), 12);
    assert!(values.is_sorted_by(|a, b| a >= b));
    let heat = seen.identity.unwrap();
    assert_eq!((heat.width, heat.values.len()), (64, 64 * 64));
    assert_eq!(seen.assembly.len(), 2);
    assert_eq!(seen.assembly[0].images.len(), 8);
    let walk = &seen.interpolations[0];
    assert_eq!((walk.from, walk.to, walk.line.len()), (1, 7, 9));
    assert_eq!(walk.nearest.len(), 9);
    assert_eq!(seen.probes.len(), 6);
    assert_eq!(seen.concepts.len(), 10);
    assert!(seen.concepts.iter().all(|c| c.stimulus.is_some()));
    assert_eq!(seen.traversals.len(), 10);
    assert_eq!(seen.samples.len(), 30);
}

#[test]
fn pictures_of_a_variational_code() {
    let knobs = [number(Epochs, 2.0)];
    let panels = [
        Panel::KlPerDimension,
        Panel::Sampler,
        Panel::Manifold,
        Panel::Traversal,
    ];
    let config =
        with_panels(&order(ModelKind::Variational, &knobs), &panels);
    let seen = train(&config).snapshot;
    assert_eq!(seen.kl.len(), 2);
    assert_eq!(seen.traversals.len(), 2);
    let grid = seen.manifold.unwrap();
    assert_eq!(grid.images.len(), 15 * 15);
    assert!(grid.from.0 < grid.to.0 && grid.from.1 < grid.to.1);
    assert!(!grid.dots.is_empty());
    // Live pictures are smaller.
    let mut script = Script::new(&[]);
    script.run(&config);
    let reports = script.reports();
    let live = reports.iter().find_map(|r| r.snapshot.as_ref()).unwrap();
    assert_eq!(live.manifold.as_ref().unwrap().images.len(), 81);
}

#[test]
fn pictures_of_a_convolutional_network() {
    let knobs = [number(Epochs, 1.0), number(Examples, 100.0)];
    let panels = [Panel::FeatureMaps, Panel::Network];
    let config =
        with_panels(&order(ModelKind::Convolutional, &knobs), &panels);
    let seen = train(&config).snapshot;
    assert_eq!(seen.maps.len(), seen.layers.len());
    let first = &seen.maps[0];
    assert_eq!(first.images.len(), 8);
    assert_eq!((first.images[0].width, first.images[0].height), (8, 8));
}

#[test]
fn pictures_of_a_stack_and_of_heartbeats() {
    let knobs = [
        number(Examples, 200.0),
        number(PretrainEpochs, 1.0),
        number(Epochs, 3.0),
    ];
    let config = order(ModelKind::Stacked, &knobs);
    let seen = train(&with_panels(&config, &[Panel::LabelCurve])).snapshot;
    let names: Vec<&str> =
        seen.label_curve.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["pretrained", "from scratch"]);
    for series in &seen.label_curve {
        assert_eq!(series.points.len(), 5);
        for (_, low, middle, high) in &series.points {
            assert!(low <= middle && middle <= high);
        }
    }
    let knobs = [number(Epochs, 3.0)];
    let config = order_on(ModelKind::Autoencoder, DataKind::Ecg, &knobs);
    let panels = [Panel::Signals, Panel::Detection];
    let seen = train(&with_panels(&config, &panels)).snapshot;
    assert_eq!(seen.signals.len(), 6);
    assert_eq!(seen.signals[0].original.len(), 140);
    let found = seen.detection.unwrap();
    let counted: u32 = found.confusion.iter().sum();
    let binned: u32 = found.bins.iter().map(|(_, a, b)| a + b).sum();
    assert_eq!(counted, binned);
    assert_eq!(found.positive, "wide");
    assert_eq!(found.roc.first(), Some(&(0.0, 0.0)));
    assert_eq!(found.roc.last(), Some(&(1.0, 1.0)));
}

#[test]
fn pictures_of_the_plane() {
    let knobs = [
        number(CodeSize, 2.0),
        number(Hidden, 16.0),
        number(Epochs, 3.0),
        word(Corruption, "gaussian"),
        (NoisyTarget, Value::Switch(false)),
    ];
    let config = order_on(ModelKind::Autoencoder, DataKind::Ring2d, &knobs);
    let seen = train(&with_panels(&config, &[Panel::Field])).snapshot;
    assert_eq!((seen.field.len(), seen.ellipses.len()), (160, 10));
}
