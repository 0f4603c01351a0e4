//! Runs in a few words: cells, knobs, a link that follows a script.

use gargalo::data::DataKind;
use gargalo::data::Library;
use gargalo::lesson::knob::KnobId;
use gargalo::lesson::knob::Settings;
use gargalo::lesson::knob::Value;
use gargalo::lesson::metric::Metric;
use gargalo::lesson::schema::Model;
use gargalo::lesson::schema::ModelKind;
use gargalo::lesson::schema::Panel;
use gargalo::train::cache::Cache;
use gargalo::train::config::RunConfig;
use gargalo::train::record::RunRecord;
use gargalo::train::run;

/// A cell with nothing but a model, its data and knobs.
pub fn cell(
    model: ModelKind,
    data: DataKind,
    knobs: &[(KnobId, Value)],
) -> Model {
    Model {
        id: "cell".to_owned(),
        text: String::new(),
        model,
        data,
        settings: Settings(knobs.iter().cloned().collect()),
        knobs: Vec::new(),
        panels: vec![Panel::Reconstructions, Panel::LossCurve],
        baselines: Vec::new(),
        claims: Vec::new(),
    }
}

/// An order for an autoencoder.
pub fn autoencoder(data: DataKind, knobs: &[(KnobId, Value)]) -> RunConfig {
    let cell = cell(ModelKind::Autoencoder, data, knobs);
    RunConfig::new(&cell, &Settings::default(), 1).unwrap()
}

/// Runs to the end with nobody watching.
pub fn train(config: &RunConfig) -> RunRecord {
    let (library, cache) = (Library::embedded(), Cache::new());
    run::train(config, &library, &cache).unwrap()
}

/// A metric at the end of a run.
pub fn metric(record: &RunRecord, metric: Metric) -> f64 {
    *record.metrics.get(&metric).unwrap()
}

/// A knob set to a number.
pub fn number(knob: KnobId, x: f64) -> (KnobId, Value) {
    (knob, Value::Number(x))
}

/// A knob set to a word.
pub fn word(knob: KnobId, word: &str) -> (KnobId, Value) {
    (knob, Value::Word(word.to_owned()))
}
