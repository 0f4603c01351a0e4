//! From knobs to networks: the one place where a model gets its sizes.

use crate::Real;
use crate::data::Dataset;
use crate::data::Shape;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::schema::ModelKind;
use crate::nn::activation::Activation;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::blueprint::Blueprint;
use crate::nn::blueprint::Tying;
use crate::nn::convolutional::Convolutional;
use crate::nn::corruption::Corruption;
use crate::nn::corruption::CorruptionKind;
use crate::nn::denoising::Target;
use crate::nn::image_plan::Down;
use crate::nn::image_plan::ImagePlan;
use crate::nn::image_plan::Up;
use crate::nn::line::Line;
use crate::nn::loss::Loss;
use crate::nn::model::Model as _;
use crate::nn::optimizer::Optimizer;
use crate::nn::optimizer::Rule;
use crate::nn::pca::Pca;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::reparametrization::Path;
use crate::nn::sparse::Sparsity;
use crate::nn::variational::Reduction;
use crate::nn::variational::Variational;
use crate::nn::window::ImageShape;
use crate::train::baseline::Baseline;
use crate::train::config::RunConfig;
use crate::train::net::Net;
use crate::train::stacking;

/// The network that the knobs ask for, with fresh weights.
pub fn net(config: &RunConfig, data: &Dataset) -> Net {
    match config.model {
        ModelKind::Convolutional => {
            Net::Convolutional(Box::new(convolutional(config, data)))
        }
        ModelKind::Variational => {
            Net::Variational(Box::new(variational(config, data)))
        }
        ModelKind::Stacked => {
            Net::Stacked(Box::new(stacking::stacked(config, data)))
        }
        _ => Net::Dense(Box::new(autoencoder(config, data))),
    }
}

/// The plan of the dense network that the knobs ask for.
pub fn blueprint(config: &RunConfig, data: &Dataset) -> Blueprint {
    let settings = &config.settings;
    let tied = settings.switch(KnobId::Tied);
    Blueprint {
        inputs: data.train.features(),
        hidden: hidden(settings),
        code: settings.whole(KnobId::CodeSize),
        activation: activation(&settings.word(KnobId::Activation)),
        code_activation: activation(&settings.word(KnobId::CodeActivation)),
        output_activation: output(config),
        loss: loss(config),
        tying: if tied { Tying::Tied } else { Tying::Free },
        init_scale: settings.number(KnobId::InitScale) as Real,
    }
}

/// Sizes of the hidden layers from the input to the code.
pub fn hidden(settings: &Settings) -> Vec<usize> {
    let units = settings.whole(KnobId::Hidden);
    let depth = settings.whole(KnobId::Depth);
    let halve = settings.word(KnobId::Taper) == "halve";
    let layers = (0..if units == 0 { 0 } else { depth })
        .map(|l| if halve { (units >> l).max(1) } else { units });
    layers.collect()
}

/// The dense autoencoder that the knobs ask for, with fresh weights.
pub fn autoencoder(config: &RunConfig, data: &Dataset) -> Autoencoder {
    let mut first_weights = rng(config.seed(), Purpose::Init);
    let mut model = blueprint(config, data).build(&mut first_weights);
    regularize(&mut model, &config.settings);
    model
}

/// Everything that keeps a dense autoencoder from copying.
pub fn regularize(model: &mut Autoencoder, settings: &Settings) {
    let number = |knob| settings.number(knob) as Real;
    model.code_noise = number(KnobId::CodeNoise);
    model.weight_decay = number(KnobId::WeightDecay);
    model.contraction = number(KnobId::Contraction);
    model.emphasis = number(KnobId::Emphasis);
    model.target = target(settings);
    let weight = number(KnobId::SparsityWeight);
    let units = model.code_layer().outputs();
    model.sparsity = match settings.word(KnobId::Sparsity).as_str() {
        "kl" => {
            let target = number(KnobId::SparsityTarget);
            Sparsity::Kl { target, weight }
        }
        "l1" => Sparsity::L1 { weight },
        "k-sparse" => {
            let active = settings.whole(KnobId::ActiveUnits).min(units);
            Sparsity::KSparse { active }
        }
        _ => Sparsity::None,
    };
}

/// What is done to inputs while a model trains.
pub fn corruption(settings: &Settings) -> Corruption {
    let kind = match settings.word(KnobId::Corruption).as_str() {
        "mask" => CorruptionKind::Masking,
        "gaussian" => CorruptionKind::Gaussian,
        "salt-pepper" => CorruptionKind::SaltAndPepper,
        _ => CorruptionKind::None,
    };
    let level = settings.number(KnobId::CorruptionLevel) as Real;
    Corruption { kind, level }
}

/// What shall come out when the input was damaged.
pub fn target(settings: &Settings) -> Target {
    match settings.switch(KnobId::NoisyTarget) {
        true => Target::Noisy,
        false => Target::Clean,
    }
}

fn convolutional(config: &RunConfig, data: &Dataset) -> Convolutional {
    let mut first_weights = rng(config.seed(), Purpose::Init);
    let settings = &config.settings;
    let mut model = image_plan(config, data.shape, data.train.features())
        .build(&mut first_weights);
    let scale = settings.number(KnobId::InitScale) as Real;
    if scale != 1.0 {
        for weights in model.parameters_mut().into_iter().step_by(2) {
            *weights *= scale;
        }
    }
    model.input_scale = settings.number(KnobId::InputScale) as Real;
    model.weight_decay = settings.number(KnobId::WeightDecay) as Real;
    model
}

/// The plan of the convolutional network that the knobs ask for.
pub fn image_plan(
    config: &RunConfig,
    shape: Shape,
    features: usize,
) -> ImagePlan {
    let settings = &config.settings;
    let whole = |knob| settings.whole(knob);
    let (width, height) = match shape {
        Shape::Image { width, height } => (width, height),
        Shape::Patch { side } => (side, side),
        _ => (features, 1),
    };
    let picture = ImageShape::new(1, height, width);
    let (filters, code) =
        (whole(KnobId::Filters), whole(KnobId::CodeChannels));
    let mut plan =
        ImagePlan::new(picture, filters, code, whole(KnobId::Depth).max(1));
    plan.kernel = whole(KnobId::KernelSize);
    plan.down = match settings.word(KnobId::Down).as_str() {
        "stride" => Down::Stride,
        _ => Down::MaxPool,
    };
    plan.up = match settings.word(KnobId::Up).as_str() {
        "transposed" => Up::Transposed,
        _ => Up::Nearest,
    };
    plan.activation = activation(&settings.word(KnobId::Activation));
    plan.output_activation = output(config);
    plan.loss = loss(config);
    plan
}

fn variational(config: &RunConfig, data: &Dataset) -> Variational {
    let mut first_weights = rng(config.seed(), Purpose::Init);
    let plan = blueprint(config, data);
    let mut model = Variational::new(&plan, &mut first_weights);
    weigh(&mut model, &config.settings);
    model
}

/// How the two parts of a variational loss are weighed.
pub fn weigh(model: &mut Variational, settings: &Settings) {
    let number = |knob| settings.number(knob) as Real;
    model.reconstruction_weight = number(KnobId::ReconstructionWeight);
    model.kl_weight = number(KnobId::KlWeight);
    model.reduction = match settings.word(KnobId::Reduction).as_str() {
        "mean" => Reduction::Mean,
        _ => Reduction::Sum,
    };
    model.path = match settings.switch(KnobId::Reparametrized) {
        true => Path::Open,
        false => Path::Blocked,
    };
}

/// The optimizer that the knobs ask for.
pub fn optimizer(settings: &Settings) -> Optimizer {
    let rule = match settings.word(KnobId::Optimizer).as_str() {
        "sgd" => Rule::Sgd,
        "momentum" => Rule::Momentum,
        _ => Rule::Adam,
    };
    let rate = settings.number(KnobId::LearningRate);
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

/// How the output bends its sums when the loss is the squared error.
fn output(config: &RunConfig) -> Activation {
    activation(&config.settings.word(KnobId::OutputActivation))
}

/// The non-linearity of this name.
pub fn activation(word: &str) -> Activation {
    match word {
        "sigmoid" => Activation::Sigmoid,
        "tanh" => Activation::Tanh,
        "relu" => Activation::Relu,
        _ => Activation::Linear,
    }
}
