//! How large and how long a run may be.
//!
//! All numbers come from the knobs alone: nothing is loaded or allocated
//! to find out that it would not fit.

use crate::data::grouped::grouped;
use crate::lesson::knob::KnobId;
use crate::train::config::ConfigError;
use crate::train::config::RunConfig;
use crate::train::cost::Cost;
use crate::train::cost::USUAL_SPEED;
use crate::train::cost::examples;
use crate::train::cost::is_full;

/// Most weights and biases of a model: room for the two networks of 2006
/// that the course tells of, 784-1000-500-250-30 (2.8 million, both ways)
/// and 2000-500-250-125-2 for documents (2.3 million).
pub const MOST_PARAMETERS: f64 = 3e6;

/// Most units of a layer.
pub const MOST_UNITS: usize = 4096;

/// Most examples of a step that looks at all of them.
pub const MOST_FULL: usize = 10_000;

/// Most training steps of a run.
pub const MOST_STEPS: f64 = 1e6;

/// Most multiply-adds of a run: a minute or two on one core.
pub const MOST_WORK: f64 = 2e12;

/// Most memory of a run in bytes. The 70,000 images of the whole MNIST
/// are 220 MB.
pub const MOST_BYTES: f64 = 512.0 * 1024.0 * 1024.0;

/// Refuses a run that is too large or too long.
///
/// # Errors
///
/// Names the knob that makes it so, and what would fit.
pub fn check(config: &RunConfig) -> Result<(), ConfigError> {
    let units = config.settings.whole(KnobId::CodeSize);
    let units = units.max(config.settings.whole(KnobId::Hidden));
    if is_full(config) && examples(config).0 > MOST_FULL {
        let message = format!(
            "The optimizer lbfgs looks at all examples in every step, and \
             at most {} are allowed, so that every order is followed at \
             once. Choose fewer examples, or adam.",
            grouped(MOST_FULL),
        );
        return Err(ConfigError::about(KnobId::Examples, message));
    }
    if units > MOST_UNITS {
        let message = format!(
            "A layer of {} units is too large: at most {} are allowed. \
             Choose fewer.",
            grouped(units),
            grouped(MOST_UNITS),
        );
        return Err(ConfigError::about(KnobId::Hidden, message));
    }
    check_size(config, &config.cost())
}

/// Refuses a run that is too large for data with so many classes: of a
/// user's files, they are known only when the files are read.
///
/// # Errors
///
/// As [`check`].
pub fn check_classes(
    config: &RunConfig,
    classes: usize,
) -> Result<(), ConfigError> {
    check_size(config, &Cost::with_classes(config, classes))
}

fn check_size(config: &RunConfig, cost: &Cost) -> Result<(), ConfigError> {
    if cost.parameters as f64 > MOST_PARAMETERS {
        let message = format!(
            "The model would have {} weights and biases; at most \
             {} are allowed. Choose fewer hidden units or a smaller code.",
            grouped(cost.parameters),
            grouped(MOST_PARAMETERS),
        );
        return Err(ConfigError::about(KnobId::Hidden, message));
    }
    if cost.bytes > MOST_BYTES {
        let message = format!(
            "The run would need {:.0} MB of memory; at most {:.0} MB are \
             allowed. Choose fewer examples.",
            cost.bytes / 1e6,
            MOST_BYTES / 1e6,
        );
        return Err(ConfigError::about(KnobId::Examples, message));
    }
    check_length(config, cost)
}

fn check_length(
    config: &RunConfig,
    cost: &Cost,
) -> Result<(), ConfigError> {
    let epochs = config.settings.whole(KnobId::Epochs).max(1) as f64;
    let most =
        (MOST_STEPS / cost.steps).min(MOST_WORK / cost.multiply_adds);
    if most >= 1.0 {
        return Ok(());
    }
    let fit = (epochs * most).floor().max(1.0);
    let message = format!(
        "The run would take {} steps and {:.1e} multiply-adds, about {} \
         minutes; at most {} steps and {MOST_WORK:.0e} multiply-adds are \
         allowed. With these knobs, {} epochs fit; fewer examples or \
         larger batches help, too.",
        grouped(cost.steps),
        cost.multiply_adds,
        grouped((cost.seconds(USUAL_SPEED) / 60.0).ceil()),
        grouped(MOST_STEPS),
        grouped(fit),
    );
    Err(ConfigError::about(KnobId::Epochs, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::cost::tests::config;

    #[test]
    fn too_large_is_refused_and_told() {
        let large = [(KnobId::Hidden, 1024.0), (KnobId::CodeSize, 700.0)];
        let error = check(&config(&large)).unwrap_err();
        // 2 · (784·1024 + 1024·700) + 2·1024 + 700 + 784
        let told = "would have 3,042,764 weights and biases";
        assert!(error.message.contains(told), "{error}");
        assert!(error.message.contains("at most 3,000,000"), "{error}");
        let long = [(KnobId::Epochs, 10_000.0), (KnobId::BatchSize, 1.0)];
        let error = check(&config(&long)).unwrap_err();
        assert_eq!(error.knob, Some(KnobId::Epochs));
        assert!(error.message.contains("500 epochs fit"), "{error}");
        let heavy = [
            (KnobId::Epochs, 10_000.0),
            (KnobId::BatchSize, 4096.0),
            (KnobId::CodeSize, 64.0),
        ];
        let error = check(&config(&heavy)).unwrap_err();
        assert_eq!(error.knob, Some(KnobId::Epochs));
        let wide = [(KnobId::Examples, 60_000.0)];
        assert!(check(&config(&wide)).is_ok());
    }
}
