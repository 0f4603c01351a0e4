//! From the names in a configuration to data, model and optimizer.
//!
//! The shape of an autoencoder follows from the knobs and the data:
//!
//! ```text
//! pictures   D-(hidden)-K-(hidden)-D   mse: linear output; bce: sigmoid
//! plane      2-(hidden)-K-(hidden)-2   mse: linear output
//! one-bit    T-(hidden)-K-(hidden)-T   sigmoid output with either loss
//! ```
//!
//! With the squared error, pictures get a linear output even though pixels
//! lie between 0 and 1: only then is a linear autoencoder the same as PCA.
//! One-bit states are asked "which one?", so their outputs are sigmoids.

use crate::Real;
use crate::data::DataKind;
use crate::data::Dataset;
use crate::lesson::knob::KnobId;
use crate::nn::activation::Activation;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::blueprint::Blueprint;
use crate::nn::blueprint::Tying;
use crate::nn::line::Line;
use crate::nn::loss::Loss;
use crate::nn::optimizer::Optimizer;
use crate::nn::optimizer::Rule;
use crate::nn::pca::Pca;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::train::baseline::Baseline;
use crate::train::config::RunConfig;

/// The plan of the autoencoder that the knobs ask for.
pub fn blueprint(config: &RunConfig, data: &Dataset) -> Blueprint {
    let settings = &config.settings;
    let hidden = match settings.whole(KnobId::Hidden) {
        0 => Vec::new(),
        units => vec![units],
    };
    let output_activation = match data.kind {
        DataKind::Onehot => Activation::Sigmoid,
        _ => Activation::Linear,
    };
    let tied = settings.switch(KnobId::Tied);
    Blueprint {
        inputs: data.train.features(),
        hidden,
        code: settings.whole(KnobId::CodeSize),
        activation: activation(&settings.word(KnobId::Activation)),
        code_activation: activation(&settings.word(KnobId::CodeActivation)),
        output_activation,
        loss: loss(config),
        tying: if tied { Tying::Tied } else { Tying::Free },
        init_scale: settings.number(KnobId::InitScale) as Real,
    }
}

/// The autoencoder that the knobs ask for, with fresh weights.
pub fn autoencoder(config: &RunConfig, data: &Dataset) -> Autoencoder {
    let mut first_weights = rng(config.seed(), Purpose::Init);
    let mut model = blueprint(config, data).build(&mut first_weights);
    model.code_noise = config.settings.number(KnobId::CodeNoise) as Real;
    model
}

/// The optimizer that the knobs ask for.
pub fn optimizer(config: &RunConfig) -> Optimizer {
    let rule = match config.settings.word(KnobId::Optimizer).as_str() {
        "sgd" => Rule::Sgd,
        "momentum" => Rule::Momentum,
        _ => Rule::Adam,
    };
    let rate = config.settings.number(KnobId::LearningRate);
    Optimizer::new(rule, rate as Real)
}

/// PCA as the knobs ask for it: around the mean, or from the origin.
pub fn pca(config: &RunConfig, data: &Dataset, base: &Baseline) -> Pca {
    let k = config.settings.whole(KnobId::CodeSize);
    if config.settings.switch(KnobId::Center) {
        Pca { kept: k, ..base.pca.clone() }
    } else {
        Pca::fit_uncentered(&data.train.x, k)
    }
}

/// The line through the mean of the training points.
pub fn line(config: &RunConfig, data: &Dataset) -> Line {
    let degrees = config.settings.number(KnobId::Angle) as Real;
    Line::through_mean(&data.train.x, degrees)
}

/// What the knob says training minimizes.
pub fn loss(config: &RunConfig) -> Loss {
    match config.settings.word(KnobId::Loss).as_str() {
        "bce" => Loss::CrossEntropy,
        _ => Loss::SquaredError,
    }
}

fn activation(word: &str) -> Activation {
    match word {
        "sigmoid" => Activation::Sigmoid,
        "tanh" => Activation::Tanh,
        "relu" => Activation::Relu,
        _ => Activation::Linear,
    }
}
