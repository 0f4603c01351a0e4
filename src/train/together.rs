//! Refuses knobs that are fine alone but not together.

use crate::data::DataKind;
use crate::data::Whitening;
use crate::lesson::knob::KnobId;
use crate::lesson::possible::is_image;
use crate::lesson::possible::is_plane;
use crate::lesson::possible::is_share;
use crate::lesson::reported::has_classes;
use crate::lesson::schema::ModelKind;
use crate::nn::activation::Activation;
use crate::train::build;
use crate::train::config::ConfigError;
use crate::train::config::RunConfig;
use crate::train::cost;
use crate::train::stacking;

/// Checks everything that depends on more than one knob.
///
/// # Errors
///
/// Names the knob to turn, and why.
pub fn check(config: &RunConfig) -> Result<(), ConfigError> {
    data(config)?;
    loss(config)?;
    components(config)?;
    sparsity(config)?;
    windows(config)?;
    head(config)
}

/// Some models need data of a kind.
fn data(config: &RunConfig) -> Result<(), ConfigError> {
    let (kind, name) = (config.data(), config.data().name());
    let message = match config.model {
        ModelKind::Line if !is_plane(kind) => format!(
            "A line turned by hand needs points of the plane, and the \
             data {name} are none. Use gauss2d, ring2d or spiral2d.",
        ),
        ModelKind::Convolutional if !is_image(kind) => format!(
            "A convolution slides over pictures, and the data {name} are \
             none. Use digits, fashion or another set of pictures.",
        ),
        ModelKind::Stacked if !has_classes(kind) => format!(
            "A classifier needs classes, and the data {name} have none. \
             Use digits, fashion or another set with classes.",
        ),
        _ => return Ok(()),
    };
    Err(ConfigError::about(KnobId::Data, message))
}

/// Cross-entropy needs probabilities.
fn loss(config: &RunConfig) -> Result<(), ConfigError> {
    let (kind, name) = (config.data(), config.data().name());
    let bce = config.settings.word(KnobId::Loss) == "bce";
    let uses = config.model.uses(KnobId::Loss, kind);
    let signed =
        kind == DataKind::Patches && config.whitening() == Whitening::Zca;
    let share = is_share(kind) && !signed;
    if !uses || !bce || share {
        return Ok(());
    }
    let what = if is_plane(kind) {
        "are coordinates"
    } else if signed {
        "with whitening zca lie around 0"
    } else {
        "are measurements"
    };
    let message = format!(
        "The loss bce compares probabilities from 0 to 1, and the \
         data {name} {what}. Set the loss to mse.",
    );
    Err(ConfigError::about(KnobId::Loss, message))
}

/// PCA has no more components than the data have numbers.
fn components(config: &RunConfig) -> Result<(), ConfigError> {
    let (name, features) = (config.data().name(), cost::features(config));
    let k = config.settings.whole(KnobId::CodeSize);
    if config.model != ModelKind::Pca || k <= features {
        return Ok(());
    }
    let message = format!(
        "PCA on the data {name} has {features} components, so \
         code size K = {k} is too many. Choose 1 to {features}.",
    );
    Err(ConfigError::about(KnobId::CodeSize, message))
}

/// The KL penalty needs activations between two limits, and no more units
/// can win than there are.
fn sparsity(config: &RunConfig) -> Result<(), ConfigError> {
    let settings = &config.settings;
    if config.model != ModelKind::Autoencoder {
        return Ok(());
    }
    let bend = settings.word(KnobId::CodeActivation);
    let bounded = matches!(
        build::activation(&bend),
        Activation::Sigmoid | Activation::Tanh
    );
    let kind = settings.word(KnobId::Sparsity);
    if kind == "kl" && !bounded {
        let message = format!(
            "The penalty kl compares mean activations between 0 and 1, and \
             a {bend} unit has no upper limit. Set the code activation to \
             sigmoid or tanh.",
        );
        return Err(ConfigError::about(KnobId::CodeActivation, message));
    }
    let k = settings.whole(KnobId::ActiveUnits);
    let units = settings.whole(KnobId::CodeSize);
    if kind == "k-sparse" && k > units {
        let message = format!(
            "Of {units} code units no {k} can be active. Choose k from 1 \
             to {units}, or a larger code.",
        );
        return Err(ConfigError::about(KnobId::ActiveUnits, message));
    }
    Ok(())
}

/// A window needs a middle, and a picture can be halved only so often.
fn windows(config: &RunConfig) -> Result<(), ConfigError> {
    if config.model != ModelKind::Convolutional {
        return Ok(());
    }
    let size = config.settings.whole(KnobId::KernelSize);
    if size.is_multiple_of(2) {
        let message = format!(
            "A window of {size} x {size} pixels has no middle. Set the \
             kernel size to 3 or 5.",
        );
        return Err(ConfigError::about(KnobId::KernelSize, message));
    }
    let side = (cost::features(config) as f64).sqrt() as usize;
    let depth = config.settings.whole(KnobId::Depth);
    if depth > 0 && 1 << (depth - 1) >= side {
        let message = format!(
            "A picture of {side} x {side} pixels cannot be halved {depth} \
             times. Choose fewer hidden layers.",
        );
        return Err(ConfigError::about(KnobId::Depth, message));
    }
    Ok(())
}

/// Only heads that learn by steps can pass blame on.
fn head(config: &RunConfig) -> Result<(), ConfigError> {
    let settings = &config.settings;
    let stacked = config.model == ModelKind::Stacked;
    if stacked && cost::is_full(config) {
        let message = "A stack learns from batches, layer by layer, and \
                       lbfgs takes all examples at once. Choose adam, \
                       momentum or sgd.";
        return Err(ConfigError::about(
            KnobId::Optimizer,
            message.to_owned(),
        ));
    }
    if !stacked
        || !stacking::is_fitted(settings)
        || !settings.switch(KnobId::FineTune)
    {
        return Ok(());
    }
    let head = settings.word(KnobId::Head);
    let message = format!(
        "The classifier {head} is fitted at once and passes no blame on to \
         the layers below. Switch fine-tuning off, or take softmax or mlp.",
    );
    Err(ConfigError::about(KnobId::FineTune, message))
}
