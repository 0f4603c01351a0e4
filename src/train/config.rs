//! What a run is asked to do, checked once; only a checked one can train.
//!
//! Checking allocates nothing that grows with the numbers asked for, so a
//! lesson from a stranger cannot cost memory by asking.

use crate::data::DataKind;
use crate::data::DataSpec;
use crate::data::Whitening;
use crate::lesson::knob::Kind;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Scale;
use crate::lesson::knob::Settings;
use crate::lesson::knob::Value;
use crate::lesson::knob::spoken;
use crate::lesson::schema::Model;
use crate::lesson::schema::ModelKind;
use crate::lesson::schema::Panel;
use crate::train::cost::Cost;
use crate::train::knobs;
use crate::train::limits;
use crate::train::together;

/// A checked order for one run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunConfig {
    /// Which model.
    pub model: ModelKind,
    /// Every knob the model and its data use.
    pub settings: Settings,
    /// The pictures that will be wanted.
    pub panels: Vec<Panel>,
    /// The run's number among the runs of its cell, from 1.
    pub number: u32,
    /// Threads to train with; the result does not depend on it. 1 unless
    /// the caller, who knows the machine, says otherwise.
    pub threads: usize,
}

/// Why a run cannot be: which knob, and a sentence.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct ConfigError {
    /// The knob it is about, if it is about one.
    pub knob: Option<KnobId>,
    /// What is wrong, why, and what to do.
    pub message: String,
}

impl ConfigError {
    /// An error about one knob.
    pub fn about(knob: KnobId, message: String) -> Self {
        Self { knob: Some(knob), message }
    }
}

impl RunConfig {
    /// The cell's model with the knobs as the student turned them.
    ///
    /// # Errors
    ///
    /// A knob the model does not use, a value out of range, knobs that do
    /// not go together, a run that is too large or too long.
    pub fn new(
        cell: &Model,
        turned: &Settings,
        number: u32,
    ) -> Result<Self, ConfigError> {
        let config = Self {
            model: cell.model,
            settings: knobs::complete(cell, turned),
            panels: cell.panels.clone(),
            number,
            threads: 1,
        };
        config.check()?;
        Ok(config)
    }

    /// Checks everything again, after a knob was turned in `settings`.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn check(&self) -> Result<(), ConfigError> {
        let used = knobs::knobs_of(self.model);
        for (&knob, value) in &self.settings.0 {
            if !used.contains(&knob) {
                return Err(self.unused(knob));
            }
            check_value(knob, value)?;
        }
        together::check(self)?;
        limits::check(self)
    }

    /// The data set.
    pub fn data(&self) -> DataKind {
        let word = self.settings.word(KnobId::Data);
        DataKind::from_name(&word).unwrap_or(DataKind::Digits)
    }

    /// Everything that shapes the data set. One seed serves for the data
    /// as for the weights.
    pub fn spec(&self) -> DataSpec {
        let settings = &self.settings;
        DataSpec {
            kind: self.data(),
            examples: settings.whole(KnobId::Examples),
            noise: settings.number(KnobId::Noise),
            correlation: settings.number(KnobId::Correlation),
            shift: settings.number(KnobId::Shift),
            states: settings.whole(KnobId::States),
            patch: settings.whole(KnobId::PatchSize),
            whitening: self.whitening(),
            seed: self.seed(),
        }
    }

    /// What is done to patches of photographs.
    pub(super) fn whitening(&self) -> Whitening {
        let word = self.settings.word(KnobId::Whitening);
        Whitening::from_name(&word).unwrap_or_default()
    }

    /// The seed of everything random in the run.
    pub fn seed(&self) -> u64 {
        self.settings.whole(KnobId::Seed) as u64
    }

    /// Whether a picture is wanted.
    pub fn wants(&self, panel: Panel) -> bool {
        self.panels.contains(&panel)
    }

    /// What the run will cost, estimated from the knobs alone.
    pub fn cost(&self) -> Cost {
        Cost::of(self)
    }

    fn unused(&self, knob: KnobId) -> ConfigError {
        let model = match self.model {
            ModelKind::Line => "a line turned by hand",
            model => model.title(),
        };
        let label = knob.info().label;
        let message = format!(
            "The knob {label} has no effect on {model}. Take it out of \
             the settings.",
        );
        ConfigError::about(knob, message)
    }
}

/// Refuses a value that the knob cannot have.
fn check_value(knob: KnobId, value: &Value) -> Result<(), ConfigError> {
    let fits = match (knob.info().kind, value) {
        (Kind::Real(scale), Value::Number(x)) => scale.holds(*x),
        (Kind::Whole(scale), Value::Number(x)) => {
            scale.holds(*x) && x.fract() == 0.0
        }
        (Kind::Words(words), Value::Word(word)) => {
            words.contains(&word.as_str())
        }
        (Kind::Switch, Value::Switch(_)) => true,
        _ => false,
    };
    if fits {
        return Ok(());
    }
    let (label, allowed) = (knob.info().label, allowed(knob));
    let message =
        format!("{label} = {value} cannot be used. It must be {allowed}.");
    Err(ConfigError::about(knob, message))
}

/// The values a knob can have, in words.
fn allowed(knob: KnobId) -> String {
    let range = |scale: Scale| match scale {
        Scale::OffOrLog { from, to } => {
            format!("0 or from {} to {}", spoken(from), spoken(to))
        }
        _ => {
            let (from, to) = scale.ends();
            format!("from {} to {}", spoken(from), spoken(to))
        }
    };
    match knob.info().kind {
        Kind::Real(scale) => format!("a number {}", range(scale)),
        Kind::Whole(scale) => format!("a whole number {}", range(scale)),
        Kind::Words(words) => format!("one of {}", words.join(", ")),
        Kind::Switch => "on or off".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(model: ModelKind, data: DataKind) -> Model {
        Model {
            id: "m".to_owned(),
            text: String::new(),
            model,
            data,
            settings: Settings::default(),
            knobs: Vec::new(),
            panels: Vec::new(),
            baselines: Vec::new(),
            claims: Vec::new(),
        }
    }

    fn refused(data: DataKind, knobs: &[(KnobId, Value)]) -> ConfigError {
        let cell = cell(ModelKind::Autoencoder, data);
        let turned = Settings(knobs.iter().cloned().collect());
        RunConfig::new(&cell, &turned, 1).unwrap_err()
    }

    #[test]
    fn every_knob_of_the_model_has_a_value() {
        let cell = cell(ModelKind::Autoencoder, DataKind::Onehot);
        let config =
            RunConfig::new(&cell, &Settings::default(), 1).unwrap();
        let used = knobs::knobs_of(ModelKind::Autoencoder);
        assert_eq!(config.settings.0.len(), used.len());
        assert_eq!(config.data(), DataKind::Onehot);
        let code = config.settings.word(KnobId::CodeActivation);
        assert_eq!(code, "sigmoid");
    }

    #[test]
    fn a_value_out_of_range_is_named_with_its_range() {
        let turned = [(KnobId::LearningRate, Value::Number(1e5))];
        let error = refused(DataKind::Digits, &turned);
        assert_eq!(error.knob, Some(KnobId::LearningRate));
        let expected = "learning rate = 100000 cannot be used. It must \
                        be a number from 1e-5 to 10,000.";
        assert_eq!(error.message, expected);
    }

    #[test]
    fn halves_words_and_no_numbers_are_refused() {
        for value in [
            Value::Number(2.5),
            Value::Number(f64::NAN),
            Value::Number(f64::INFINITY),
            Value::Number(0.0),
            Value::Word("many".to_owned()),
            Value::Switch(true),
        ] {
            let turned = [(KnobId::CodeSize, value)];
            let error = refused(DataKind::Digits, &turned);
            assert_eq!(error.knob, Some(KnobId::CodeSize));
        }
        let turned = [(KnobId::Optimizer, Value::Word("lion".into()))];
        let message = refused(DataKind::Digits, &turned).message;
        assert!(message.contains("sgd, momentum, adam"), "{message}");
    }

    #[test]
    fn the_penalty_kl_needs_activations_between_two_limits() {
        let kl = (KnobId::Sparsity, Value::Word("kl".to_owned()));
        for (bend, fits) in [
            ("linear", false),
            ("relu", false),
            ("sigmoid", true),
            ("tanh", true),
        ] {
            let word = Value::Word(bend.to_owned());
            let turned = [kl.clone(), (KnobId::CodeActivation, word)];
            if fits {
                let cell = cell(ModelKind::Autoencoder, DataKind::Digits);
                let turned = Settings(turned.into_iter().collect());
                let config = RunConfig::new(&cell, &turned, 1);
                assert!(config.is_ok(), "{bend}: {config:?}");
            } else {
                let error = refused(DataKind::Digits, &turned);
                assert_eq!(error.knob, Some(KnobId::CodeActivation));
                assert!(error.message.contains("sigmoid or tanh"));
            }
        }
    }

    #[test]
    fn knobs_must_go_together() {
        let turned = [(KnobId::Loss, Value::Word("bce".to_owned()))];
        let error = refused(DataKind::Ring2d, &turned);
        assert_eq!(error.knob, Some(KnobId::Loss));
        let turned = [(KnobId::Angle, Value::Number(10.0))];
        let error = refused(DataKind::Ring2d, &turned);
        assert!(error.message.contains("no effect"), "{error}");
        let none = Settings::default();
        let line = cell(ModelKind::Line, DataKind::Digits);
        let error = RunConfig::new(&line, &none, 1).unwrap_err();
        assert_eq!(error.knob, Some(KnobId::Data));
        let mut pca = cell(ModelKind::Pca, DataKind::Ring2d);
        let error = RunConfig::new(&pca, &none, 1).unwrap_err();
        assert_eq!(error.knob, Some(KnobId::CodeSize));
        pca.settings =
            Settings::default().with(KnobId::CodeSize, Value::Number(2.0));
        assert!(RunConfig::new(&pca, &none, 1).is_ok());
    }
}
