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
use gargalo::train::Control;
use gargalo::train::Link;
use gargalo::train::Report;
use gargalo::train::TrainEvent;
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

/// The same order with other pictures.
pub fn with_panels(config: &RunConfig, panels: &[Panel]) -> RunConfig {
    RunConfig { panels: panels.to_vec(), ..config.clone() }
}

/// A link that follows a script: at a step it gives orders, and it keeps
/// what was reported.
pub struct Script {
    /// Orders, each given after so many reports, or when the run waits. If
    /// there are no more, a run that waits goes on.
    pub orders: Vec<(usize, Control)>,
    /// Stop once so many reports have come in.
    pub stop_after: usize,
    /// Everything that was reported.
    pub events: Vec<TrainEvent>,
}

impl Script {
    /// Gives these orders, each after so many reports; never stops.
    pub fn new(orders: &[(usize, Control)]) -> Self {
        let (orders, events) = (orders.to_vec(), Vec::new());
        Self { orders, stop_after: usize::MAX, events }
    }

    /// Runs and returns the record.
    pub fn run(&mut self, config: &RunConfig) -> RunRecord {
        let (library, cache) = (Library::embedded(), Cache::new());
        run::run(config, &library, &cache, self);
        match self.events.pop() {
            Some(TrainEvent::Ended(record)) => *record,
            other => panic!("the last event is {other:?}"),
        }
    }

    /// All progress reports.
    pub fn reports(&self) -> Vec<&Report> {
        let reports = self.events.iter().filter_map(|event| match event {
            TrainEvent::Progress(report) => Some(&**report),
            _ => None,
        });
        reports.collect()
    }
}

impl Link for Script {
    fn orders(&mut self, paused: bool) -> Vec<Control> {
        let now = self.reports().len();
        match self.orders.first() {
            Some((after, _)) if now >= *after || paused => {
                vec![self.orders.remove(0).1]
            }
            None if paused => vec![Control::Resume],
            _ => Vec::new(),
        }
    }

    fn report(&mut self, event: TrainEvent) {
        self.events.push(event);
    }

    fn due(&mut self) -> bool {
        true
    }

    fn stopped(&self) -> bool {
        self.reports().len() >= self.stop_after
    }

    fn seconds(&self) -> f64 {
        // A clock that ticks with every report.
        self.events.len() as f64
    }
}
