//! From knobs to a stack: its layers, its head, and what learns when.

use crate::Real;
use crate::data::Dataset;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::nn::activation::Activation;
use crate::nn::blueprint::Blueprint;
use crate::nn::classifier::Classifier;
use crate::nn::corruption::Corruption;
use crate::nn::corruption::CorruptionKind;
use crate::nn::dense::Dense;
use crate::nn::mlp::MlpPlan;
use crate::nn::network::Network;
use crate::nn::probe::Probe;
use crate::nn::probe::ProbePlan;
use crate::nn::probe::per_class;
use crate::nn::random::Purpose;
use crate::nn::random::Rng;
use crate::nn::random::rng;
use crate::nn::random::stream;
use crate::nn::stacked::Head;
use crate::nn::stacked::Phase;
use crate::nn::stacked::Stacked;
use crate::train::build;
use crate::train::config::RunConfig;
use crate::train::probing::plan;
use ndarray::Axis;

/// The stack that the knobs ask for, with fresh weights.
pub fn stacked(config: &RunConfig, data: &Dataset) -> Stacked {
    let settings = &config.settings;
    let mut first_weights = rng(config.seed(), Purpose::Init);
    let mut sizes = vec![data.train.features()];
    sizes.extend(build::hidden(settings));
    sizes.push(settings.whole(KnobId::CodeSize));
    let bend = build::activation(&settings.word(KnobId::Activation));
    let layers = sizes.windows(2).map(|pair| {
        let mut plan = Blueprint::linear(pair[0], pair[1]);
        plan.code_activation = bend;
        plan.init_scale = settings.number(KnobId::InitScale) as Real;
        plan.build(&mut first_weights)
    });
    let layers = layers.collect();
    let code = settings.whole(KnobId::CodeSize);
    let head = head(settings, code, classes(data), &mut first_weights);
    let mut model = Stacked::new(layers, head);
    prepare(&mut model, settings);
    model
}

/// How the layers learn before there are labels.
pub fn prepare(model: &mut Stacked, settings: &Settings) {
    let level = settings.number(KnobId::CorruptionLevel) as Real;
    let contraction = settings.number(KnobId::Contraction) as Real;
    let way = settings.word(KnobId::Pretraining);
    for layer in &mut model.layers {
        layer.corruption = match way.as_str() {
            "denoising" => {
                Corruption { kind: CorruptionKind::Masking, level }
            }
            _ => Corruption::default(),
        };
        layer.contraction = match way.as_str() {
            "contractive" => contraction,
            _ => 0.0,
        };
    }
}

/// Classes to tell apart.
pub fn classes(data: &Dataset) -> usize {
    let largest = data.train.labels.iter().chain(&data.test.labels).max();
    largest.map_or(1, |&label| usize::from(label) + 1)
}

/// The rows of the labeled examples.
pub fn labeled(settings: &Settings, data: &Dataset) -> Vec<u32> {
    let wanted = settings.whole(KnobId::Labels);
    let each = wanted.div_ceil(classes(data).max(1));
    let mut rows = per_class(&data.train.labels, each);
    rows.truncate(wanted);
    rows.into_iter().map(|row| row as u32).collect()
}

/// A phase and the epochs it takes.
pub type Planned = (Phase, u64);

/// The phases in their order.
pub fn phases(settings: &Settings) -> Vec<Planned> {
    let layers = build::hidden(settings).len() + 1;
    let epochs = settings.whole(KnobId::PretrainEpochs) as u64;
    let mut all = Vec::new();
    if settings.word(KnobId::Pretraining) != "none" && epochs > 0 {
        all.extend((0..layers).map(|l| (Phase::Layer(l), epochs)));
    }
    let epochs = settings.whole(KnobId::Epochs) as u64;
    let last =
        match (is_fitted(settings), settings.switch(KnobId::FineTune)) {
            (true, _) => (Phase::Head, 0),
            (false, true) => (Phase::FineTune, epochs),
            (false, false) => (Phase::Head, epochs),
        };
    all.push(last);
    all
}

/// Whether the head is fitted at once instead of learning by steps.
pub fn is_fitted(settings: &Settings) -> bool {
    !matches!(settings.word(KnobId::Head).as_str(), "softmax" | "mlp")
}

/// Fits a head that does not learn by steps to the codes of the labeled
/// examples; the others are left as they are.
pub fn fit_head(model: &mut Stacked, config: &RunConfig, data: &Dataset) {
    let settings = &config.settings;
    let Some(plan) = head_plan(settings) else { return };
    let rows = labeled(settings, data);
    let places: Vec<usize> = rows.iter().map(|&r| r as usize).collect();
    if places.is_empty() {
        return;
    }
    let x = data.train.x.select(Axis(0), &places);
    let labels: Vec<u8> =
        places.iter().map(|&row| data.train.labels[row]).collect();
    let codes = model.codes(&x);
    let mut draws = stream(config.seed(), Purpose::Init, 7);
    let fitted =
        Probe::fit(&plan, &codes, &labels, classes(data), &mut draws);
    model.head = Head::Fitted(fitted);
}

fn head_plan(settings: &Settings) -> Option<ProbePlan> {
    is_fitted(settings)
        .then(|| plan(&settings.word(KnobId::Head)))
        .flatten()
}

/// A head that learns by steps.
fn head(
    settings: &Settings,
    code: usize,
    classes: usize,
    rng: &mut Rng,
) -> Classifier {
    match settings.word(KnobId::Head).as_str() {
        "mlp" => MlpPlan::default().build(code, classes, rng),
        _ => {
            let linear = Activation::Linear;
            let layer = Dense::new(code, classes, linear, 1.0, rng);
            Classifier::new(Network::new(vec![layer]))
        }
    }
}
