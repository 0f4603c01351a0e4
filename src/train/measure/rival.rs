//! A stack with its classifier, and its rival from scratch.

use crate::data::Dataset;
use crate::data::batches::order;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Value;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::nn::desk::Desk;
use crate::nn::stacked::Phase;
use crate::nn::stacked::Stacked;
use crate::train::build;
use crate::train::config::RunConfig;
use crate::train::feed::Feed;
use crate::train::measure::Exam;
use crate::train::net::Net;
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

/// A stack that went through all its phases as the knobs say, without a
/// screen; `None` if it was told to stop.
pub fn trained(
    config: &RunConfig,
    data: &Dataset,
    go_on: &dyn Fn() -> bool,
) -> Option<Stacked> {
    let settings = &config.settings;
    let stack = stacking::stacked(config, data);
    let labeled = stacking::labeled(settings, data);
    let mut net = Net::Stacked(Box::new(stack));
    let mut feed = Feed::new(&data.train, config.seed(), settings);
    let mut desk = Desk::new();
    let batch = settings.whole(KnobId::BatchSize).max(1);
    let (mut step, mut epoch) = (0, 0);
    for (phase, epochs) in stacking::phases(settings) {
        let mut optimizer = build::optimizer(settings);
        let stack = net.stacked_mut()?;
        stack.start(phase);
        let labels = !matches!(phase, Phase::Layer(_));
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
                optimizer.step(parameters, &gradients);
                desk.put_back_all(gradients);
                step += 1;
            }
            epoch += 1;
        }
    }
    net.stacked().cloned()
}
