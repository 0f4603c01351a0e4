//! A stack with its classifier, and its rival from scratch.

use crate::data::Dataset;
use crate::data::batches::order;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Value;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::nn::desk::Desk;
use crate::nn::gradient::put_back_all;
use crate::nn::stacked::Phase;
use crate::nn::stacked::Stacked;
use crate::train::build;
use crate::train::config::RunConfig;
use crate::train::feed::Feed;
use crate::train::measure::Exam;
use crate::train::net::Net;
use crate::train::snapshot::Series;
use crate::train::stacking;

/// The accuracies of both on the test set; nothing but the first if it
/// takes longer than `go_on` allows.
pub fn metrics(exam: &Exam, go_on: &dyn Fn() -> bool) -> Metrics {
    let Some(stack) = exam.net.stacked() else { return Metrics::new() };
    let mut all =
        Metrics::from([(Metric::HeadAccuracy, accuracy(stack, exam.data))]);
    let mut config = exam.config.clone();
    let none = Value::Word("none".to_owned());
    config.settings = config.settings.with(KnobId::Pretraining, none);
    let on = Value::Switch(true);
    config.settings = config.settings.with(KnobId::FineTune, on);
    if stacking::is_fitted(&config.settings) {
        let softmax = Value::Word("softmax".to_owned());
        config.settings = config.settings.with(KnobId::Head, softmax);
    }
    if let Some(rival) = trained(&config, exam.data, go_on) {
        all.insert(Metric::ScratchAccuracy, accuracy(&rival, exam.data));
    }
    all
}

/// The share of test examples that get their label.
pub fn accuracy(stack: &Stacked, data: &Dataset) -> f64 {
    f64::from(stack.accuracy(&data.test.x, &data.test.labels))
}

/// Numbers of labels that are tried.
const LABELS: [usize; 7] = [10, 20, 50, 100, 200, 500, 1000];

/// Seeds of the curve.
const SEEDS: u64 = 3;

/// Accuracy against the number of labels, with and without pretraining:
/// the lowest, the middle and the highest over some seeds. What was done
/// until `go_on` said no.
pub fn curve(
    config: &RunConfig,
    data: &Dataset,
    go_on: &dyn Fn() -> bool,
) -> Vec<Series> {
    let words = match config.settings.word(KnobId::Pretraining).as_str() {
        "none" => ["not pretrained", "from scratch"],
        _ => ["pretrained", "from scratch"],
    };
    let mut found: [Vec<(usize, f32)>; 2] = Default::default();
    for seed in 0..SEEDS {
        let seed = (config.seed() + seed) as f64;
        let seeded = turned(config, KnobId::Seed, Value::Number(seed));
        let none = Value::Word("none".to_owned());
        let plain = turned(&seeded, KnobId::Pretraining, none);
        let on = Value::Switch(true);
        let plain = turned(&plain, KnobId::FineTune, on);
        let Some(below) = pretrained(&seeded, data, go_on) else { break };
        let start = stacking::stacked(&plain, data);
        let all = data.train.len();
        for labels in LABELS.into_iter().filter(|&n| n <= all) {
            let count = Value::Number(labels as f64);
            let ways = [(&seeded, &below), (&plain, &start)];
            for (way, list) in ways.into_iter().zip(&mut found) {
                let way_config =
                    turned(way.0, KnobId::Labels, count.clone());
                let stack = way.1.clone();
                let done = labeled_phases(&way_config, data, stack, go_on);
                let Some(stack) = done else { break };
                list.push((labels, accuracy(&stack, data) as f32));
            }
        }
    }
    let series = words.into_iter().zip(found);
    series
        .map(|(name, found)| Series {
            name: name.to_owned(),
            points: LABELS
                .iter()
                .filter_map(|&n| band(&found, n))
                .collect(),
        })
        .collect()
}

/// The band of all accuracies with `labels` labels.
fn band(
    found: &[(usize, f32)],
    labels: usize,
) -> Option<(f32, f32, f32, f32)> {
    let same = found.iter().filter(|(n, _)| *n == labels);
    let mut values: Vec<f32> = same.map(|&(_, v)| v).collect();
    values.sort_by(f32::total_cmp);
    let (low, high) = (values.first()?, values.last()?);
    let middle = values.get(values.len() / 2)?;
    Some((labels as f32, *low, *middle, *high))
}

fn turned(config: &RunConfig, knob: KnobId, value: Value) -> RunConfig {
    let settings = config.settings.with(knob, value);
    RunConfig { settings, ..config.clone() }
}

/// A stack that went through all its phases as the knobs say, without a
/// screen; `None` if it was told to stop.
fn trained(
    config: &RunConfig,
    data: &Dataset,
    go_on: &dyn Fn() -> bool,
) -> Option<Stacked> {
    let below = pretrained(config, data, go_on)?;
    labeled_phases(config, data, below, go_on)
}

/// A stack whose layers have learned without labels.
fn pretrained(
    config: &RunConfig,
    data: &Dataset,
    go_on: &dyn Fn() -> bool,
) -> Option<Stacked> {
    let stack = stacking::stacked(config, data);
    let early = |phase: &Phase| matches!(phase, Phase::Layer(_));
    phases(config, data, (stack, &early), go_on)
}

/// The same stack after it has learned its labels.
fn labeled_phases(
    config: &RunConfig,
    data: &Dataset,
    stack: Stacked,
    go_on: &dyn Fn() -> bool,
) -> Option<Stacked> {
    let late = |phase: &Phase| !matches!(phase, Phase::Layer(_));
    phases(config, data, (stack, &late), go_on)
}

/// Goes through those phases that `wanted` picks.
fn phases(
    config: &RunConfig,
    data: &Dataset,
    (stack, wanted): (Stacked, &dyn Fn(&Phase) -> bool),
    go_on: &dyn Fn() -> bool,
) -> Option<Stacked> {
    let settings = &config.settings;
    let labeled = stacking::labeled(settings, data);
    let mut net = Net::Stacked(Box::new(stack));
    let mut feed = Feed::new(&data.train, config.seed(), settings);
    let mut desk = Desk::new();
    let batch = settings.whole(KnobId::BatchSize).max(1);
    let (mut step, mut epoch) = (0, 0);
    for (phase, epochs) in stacking::phases(settings) {
        let labels = !matches!(phase, Phase::Layer(_));
        if !wanted(&phase) {
            epoch += epochs;
            continue;
        }
        let mut optimizer = build::optimizer(settings);
        let stack = net.stacked_mut()?;
        stack.start(phase);
        if labels {
            stacking::fit_head(stack, config, data);
        }
        let examples =
            if labels { labeled.len() } else { data.train.len() };
        for _ in 0..epochs {
            let mut rows = order(examples, config.seed(), epoch);
            if labels {
                rows.iter_mut().for_each(|r| *r = labeled[*r as usize]);
            }
            for rows in rows.chunks(batch) {
                if !go_on() {
                    return None;
                }
                let (_, gradients) = match labels {
                    true => feed.learn_labels(&net, rows, &mut desk),
                    false => feed.learn(&net, rows, step, &mut desk),
                };
                let parameters = net.model_mut().parameters_mut();
                optimizer.follow(parameters, &gradients, &mut desk);
                put_back_all(gradients, &mut desk);
                step += 1;
            }
            epoch += 1;
        }
    }
    net.stacked().cloned()
}
