//! Knobs: the hyper-parameters a student may turn.
//!
//! What a knob is called, which values it takes and whether it acts while
//! a model trains are properties of the knob, here in one table. A lesson
//! only chooses which knobs to offer and may narrow their range.

use crate::data::grouped::grouped;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::de;
use std::collections::BTreeMap;
use std::fmt;

/// The closed list of knobs.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
)]
pub enum KnobId {
    /// The non-linearity of the hidden layers.
    Activation,
    /// Units of a k-sparse code that may speak for each example, k.
    ActiveUnits,
    /// The direction of the line turned by hand, degrees.
    Angle,
    /// Whether a k-sparse code starts with all units and ends with k.
    AnnealK,
    /// Examples per training step.
    BatchSize,
    /// Whether PCA subtracts the mean first.
    Center,
    /// The non-linearity of the code layer.
    CodeActivation,
    /// Feature maps of a convolutional code.
    CodeChannels,
    /// Standard deviation of the noise on the code while training.
    CodeNoise,
    /// Units of the code, K.
    CodeSize,
    /// Share of anomalies among the training examples.
    Contamination,
    /// Price of a code that moves with the input: the weight of the
    /// contractive penalty against a mean over the D numbers of an
    /// example, so lambda / D of a paper that adds them up.
    Contraction,
    /// Correlation of the two axes of `gauss2d`.
    Correlation,
    /// What is done to the inputs while a model trains.
    Corruption,
    /// Share of pixels that are destroyed, or size of the noise.
    CorruptionLevel,
    /// Which data set.
    Data,
    /// Hidden layers on each side of the code.
    Depth,
    /// How a convolutional encoder makes its maps smaller.
    Down,
    /// Weight of the pixels that were left untouched, in the loss of a
    /// denoising autoencoder.
    Emphasis,
    /// Passes over the training set.
    Epochs,
    /// Training examples, N.
    Examples,
    /// Feature maps of the first convolution.
    Filters,
    /// Whether the layers below a classifier go on learning with it.
    FineTune,
    /// Whether the noise is drawn anew in every epoch.
    FreshNoise,
    /// The classifier on top of the stacked layers.
    Head,
    /// Units of the hidden layers around the code; 0 for none.
    Hidden,
    /// Factor on the size of the first weights.
    InitScale,
    /// What the pixels are multiplied with before a network sees them.
    InputScale,
    /// Columns and rows of a convolution's filters.
    KernelSize,
    /// Weight of the divergence from the prior, beta.
    KlWeight,
    /// Labeled examples that a classifier learns from.
    Labels,
    /// Labeled examples per class that a probe learns from.
    LabelsPerClass,
    /// Step size of the optimizer.
    LearningRate,
    /// What training minimizes.
    Loss,
    /// Standard deviation of the noise of a generated data set.
    Noise,
    /// Whether the noisy input is the target, too.
    NoisyTarget,
    /// How a gradient becomes a step.
    Optimizer,
    /// The non-linearity of the output layer.
    OutputActivation,
    /// Pixels on each side of the patches of `patches`.
    PatchSize,
    /// Passes over the training set for each stacked layer.
    PretrainEpochs,
    /// How each stacked layer learns before there are labels.
    Pretraining,
    /// The classifier that tests how much of the classes is in the code.
    Probe,
    /// Weight of the reconstruction against the divergence, C.
    ReconstructionWeight,
    /// Whether the loss of an image is the sum over its pixels or their
    /// mean.
    Reduction,
    /// Whether the gradient passes through the sampled code.
    Reparametrized,
    /// Whether the code is rounded to 0 and 1 when looked at.
    RoundCode,
    /// The seed of everything random in a run.
    Seed,
    /// How far a generated cloud is moved from the origin.
    Shift,
    /// What keeps most units of the code silent.
    Sparsity,
    /// Mean activation that the KL penalty asks of each unit, rho.
    SparsityTarget,
    /// Weight of the sparsity penalty against the same mean, beta / D or
    /// lambda / D.
    SparsityWeight,
    /// One-bit states of `onehot`, T.
    States,
    /// Sizes of deeper hidden layers.
    Taper,
    /// Spread of the codes that are drawn to generate examples.
    Temperature,
    /// Standard deviations above the mean error at which an alarm starts.
    Threshold,
    /// Whether the decoder uses the encoder's weights transposed.
    Tied,
    /// How a convolutional decoder makes its maps larger.
    Up,
    /// Epochs during which the weight of the divergence grows from 0.
    WarmUp,
    /// Price of large weights.
    WeightDecay,
    /// What is done to the patches of photographs first.
    Whitening,
}

/// A value a knob can have.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Off or on.
    Switch(bool),
    /// A finite number.
    Number(f64),
    /// One of the words of a choice.
    Word(String),
}

/// When a turned knob acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acts {
    /// At once, while the model trains; leaves a mark on the curve.
    Live,
    /// Only in a run with fresh weights; the old output becomes stale.
    Fresh,
}

/// How the values of a numeric knob are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Scale {
    /// Equal steps.
    Linear {
        /// Smallest value.
        from: f64,
        /// Largest value.
        to: f64,
        /// Distance between neighbors.
        step: f64,
    },
    /// Equal ratios, three steps per doubling or so: 1, 2, 5, 10, ...
    Log {
        /// Smallest value, above zero.
        from: f64,
        /// Largest value.
        to: f64,
    },
    /// The same with 0 below it, which switches the thing off.
    OffOrLog {
        /// Smallest value above zero.
        from: f64,
        /// Largest value.
        to: f64,
    },
}

/// Which values a knob can take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// A number with fractions.
    Real(Scale),
    /// A whole number.
    Whole(Scale),
    /// One of these words.
    Words(&'static [&'static str]),
    /// Off or on.
    Switch,
}

/// All there is to know about one knob.
#[derive(Debug, Clone, Copy)]
pub struct KnobInfo {
    /// Which knob.
    pub id: KnobId,
    /// Its name on the command line, as in `--set learning-rate=0.01`.
    pub name: &'static str,
    /// Its label on the screen.
    pub label: &'static str,
    /// Its values, with the limits no lesson can widen.
    pub kind: Kind,
    /// When a new value acts.
    pub acts: Acts,
    /// One sentence for the help.
    pub help: &'static str,
}

/// A knob as a lesson offers it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Knob {
    /// Which knob.
    pub id: KnobId,
    /// A narrower range than the knob's own; must lie inside it.
    #[serde(default)]
    pub scale: Option<Scale>,
    /// A shorter list of words than the knob's own.
    #[serde(default)]
    pub words: Vec<String>,
}

/// The values of the knobs of one run; a knob that is not named has the
/// default of its model.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Settings(pub BTreeMap<KnobId, Value>);

impl Settings {
    /// The value of a knob, if it is set.
    pub fn get(&self, id: KnobId) -> Option<&Value> {
        self.0.get(&id)
    }

    /// The value of a knob, or the knob's own default.
    pub fn value(&self, id: KnobId) -> Value {
        self.get(id).cloned().unwrap_or_else(|| id.default_value())
    }

    /// The number a knob is set to, or the knob's own default.
    pub fn number(&self, id: KnobId) -> f64 {
        match self.0.get(&id) {
            Some(Value::Number(x)) => *x,
            _ => match id.default_value() {
                Value::Number(x) => x,
                _ => 0.0,
            },
        }
    }

    /// The whole number a knob is set to, at least 0.
    pub fn whole(&self, id: KnobId) -> usize {
        let x = self.number(id).round();
        // Knobs are bounded far below 2^53: the cast is exact.
        if x > 0.0 { x as usize } else { 0 }
    }

    /// The word a knob is set to, or the knob's own default.
    pub fn word(&self, id: KnobId) -> String {
        match self.0.get(&id) {
            Some(Value::Word(word)) => word.clone(),
            _ => match id.default_value() {
                Value::Word(word) => word,
                _ => String::new(),
            },
        }
    }

    /// Whether a switch is on.
    pub fn switch(&self, id: KnobId) -> bool {
        match self.0.get(&id) {
            Some(Value::Switch(on)) => *on,
            _ => id.default_value() == Value::Switch(true),
        }
    }

    /// The same settings with one knob turned.
    pub fn with(&self, id: KnobId, value: Value) -> Self {
        let mut settings = self.clone();
        settings.0.insert(id, value);
        settings
    }

    /// These settings, with `other`'s knobs turned to `other`'s values.
    pub fn merged(&self, other: &Self) -> Self {
        let mut settings = self.clone();
        settings.0.extend(other.0.clone());
        settings
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl de::Visitor<'_> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, true or false, or a word in quotes")
    }

    fn visit_bool<E: de::Error>(self, on: bool) -> Result<Value, E> {
        Ok(Value::Switch(on))
    }

    fn visit_f64<E: de::Error>(self, x: f64) -> Result<Value, E> {
        if x.is_finite() {
            Ok(Value::Number(x))
        } else {
            Err(E::custom("a knob needs a finite number"))
        }
    }

    fn visit_i64<E: de::Error>(self, x: i64) -> Result<Value, E> {
        Ok(Value::Number(x as f64))
    }

    fn visit_u64<E: de::Error>(self, x: u64) -> Result<Value, E> {
        Ok(Value::Number(x as f64))
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Value, E> {
        Ok(Value::Word(word.to_owned()))
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Switch(true) => f.write_str("on"),
            Self::Switch(false) => f.write_str("off"),
            Self::Number(x) => f.write_str(&short(*x)),
            Self::Word(word) => f.write_str(word),
        }
    }
}

/// A number in as few characters as still tell it apart.
pub fn short(x: f64) -> String {
    let size = x.abs();
    if size != 0.0 && !(1e-3..1e6).contains(&size) {
        return format!("{x:e}");
    }
    let text = format!("{x:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.to_owned()
}

/// The same for a sentence: a whole number of five digits or more has them
/// in groups of three.
pub fn spoken(x: f64) -> String {
    match x.abs() >= 1e4 && x.fract() == 0.0 && x.abs() <= 1e9 {
        true if x > 0.0 => grouped(x),
        _ => short(x),
    }
}
