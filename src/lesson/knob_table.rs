//! The table of all knobs: names, ranges, defaults, and when they act.

use crate::lesson::knob::Acts;
use crate::lesson::knob::Kind;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::KnobInfo;
use crate::lesson::knob::Scale;
use crate::lesson::knob::Value;

const fn log(from: f64, to: f64) -> Kind {
    Kind::Real(Scale::Log { from, to })
}

const fn even(from: f64, to: f64, step: f64) -> Kind {
    Kind::Real(Scale::Linear { from, to, step })
}

const fn whole(from: f64, to: f64) -> Kind {
    Kind::Whole(Scale::Log { from, to })
}

const fn count(from: f64, to: f64) -> Kind {
    Kind::Whole(Scale::Linear { from, to, step: 1.0 })
}

const fn knob(
    id: KnobId,
    names: (&'static str, &'static str),
    kind: Kind,
    acts: Acts,
    help: &'static str,
) -> KnobInfo {
    KnobInfo { id, name: names.0, label: names.1, kind, acts, help }
}

const ACTIVATIONS: Kind =
    Kind::Words(&["linear", "sigmoid", "tanh", "relu"]);

/// One row per knob, in the order in which they are offered.
pub const KNOBS: [KnobInfo; 24] = {
    use Acts::Fresh;
    use Acts::Live;
    use KnobId::*;
    [
        knob(
            Data,
            ("data", "data"),
            Kind::Words(&[
                "digits",
                "digits8",
                "fashion",
                "sketches",
                "patches",
                "ecg",
                "documents",
                "iris",
                "wine",
                "cancer",
                "gauss2d",
                "ring2d",
                "spiral2d",
                "circles2",
                "mix8",
                "onehot",
                "shapes",
                "curves",
                "rotated",
                "backgrounds",
                "noise",
                "shuffled",
                "own-images",
                "own-table",
            ]),
            Fresh,
            "the data set the model sees",
        ),
        knob(
            Examples,
            ("examples", "examples"),
            whole(1.0, 60_000.0),
            Fresh,
            "how many training examples are used",
        ),
        knob(
            States,
            ("states", "states T"),
            whole(2.0, 64.0),
            Fresh,
            "how many one-bit patterns there are",
        ),
        knob(
            CodeSize,
            ("code-size", "code size K"),
            whole(1.0, 784.0),
            Fresh,
            "units in the bottleneck",
        ),
        knob(
            Hidden,
            ("hidden", "hidden units"),
            whole(0.0, 1024.0),
            Fresh,
            "units of the layers before and after the code; 0 for none",
        ),
        knob(
            Activation,
            ("activation", "activation"),
            ACTIVATIONS,
            Fresh,
            "the non-linearity of the hidden layers",
        ),
        knob(
            CodeActivation,
            ("code-activation", "code activation"),
            ACTIVATIONS,
            Fresh,
            "the non-linearity of the code layer",
        ),
        knob(
            Tied,
            ("tied", "tied weights"),
            Kind::Switch,
            Fresh,
            "the decoder uses the encoder's weights transposed",
        ),
        knob(
            Loss,
            ("loss", "loss"),
            Kind::Words(&["mse", "bce"]),
            Fresh,
            "what training minimizes: squared error or cross-entropy",
        ),
        knob(
            Optimizer,
            ("optimizer", "optimizer"),
            Kind::Words(&["sgd", "momentum", "adam"]),
            Fresh,
            "how a gradient becomes a step",
        ),
        knob(
            LearningRate,
            ("learning-rate", "learning rate"),
            log(1e-5, 1e4),
            Live,
            "the size of a step",
        ),
        knob(
            BatchSize,
            ("batch-size", "batch size"),
            whole(1.0, 4096.0),
            Fresh,
            "examples per step",
        ),
        knob(
            Epochs,
            ("epochs", "epochs"),
            whole(1.0, 10_000.0),
            Live,
            "passes over the training set",
        ),
        knob(
            InitScale,
            ("init-scale", "init scale"),
            log(1e-3, 100.0),
            Fresh,
            "factor on the size of the first weights",
        ),
        knob(
            CodeNoise,
            ("code-noise", "code noise"),
            even(0.0, 10.0, 0.1),
            Live,
            "noise added to the code while training, before its sigmoid",
        ),
        knob(
            RoundCode,
            ("round-code", "round code"),
            Kind::Switch,
            Live,
            "look at reconstructions from a code rounded to 0 and 1",
        ),
        knob(
            Center,
            ("center", "subtract mean"),
            Kind::Switch,
            Fresh,
            "PCA looks at the data from their mean, not from the origin",
        ),
        knob(
            Angle,
            ("angle", "angle"),
            even(0.0, 180.0, 1.0),
            Fresh,
            "the direction of the line, in degrees",
        ),
        knob(
            Correlation,
            ("correlation", "correlation"),
            even(0.0, 0.99, 0.01),
            Fresh,
            "how closely the two axes go together",
        ),
        knob(
            Noise,
            ("noise", "noise"),
            even(0.0, 2.0, 0.05),
            Fresh,
            "scatter of the points around their curve",
        ),
        knob(
            Shift,
            ("shift", "shift"),
            even(0.0, 50.0, 0.5),
            Fresh,
            "how far the cloud lies from the origin",
        ),
        knob(
            PatchSize,
            ("patch-size", "patch size"),
            count(4.0, 16.0),
            Fresh,
            "pixels on each side of a patch of a photograph",
        ),
        knob(
            Whitening,
            ("whitening", "whitening"),
            Kind::Words(&["off", "zca", "ufldl"]),
            Fresh,
            "whether neighboring pixels of patches are made independent",
        ),
        knob(
            Seed,
            ("seed", "seed"),
            count(0.0, 9999.0),
            Fresh,
            "the seed of first weights, order and noise",
        ),
    ]
};

impl KnobId {
    /// The row of this knob in the table.
    pub fn info(self) -> &'static KnobInfo {
        KNOBS.iter().find(|row| row.id == self).unwrap_or(&KNOBS[0])
    }

    /// The knob with this name on the command line, such as `code-size`.
    pub fn from_name(name: &str) -> Option<Self> {
        KNOBS.iter().find(|row| row.name == name).map(|row| row.id)
    }

    /// What a knob is set to where neither lesson nor student says.
    pub fn default_value(self) -> Value {
        match self {
            Self::Activation => Value::Word("relu".to_owned()),
            Self::CodeActivation => Value::Word("linear".to_owned()),
            Self::Data => Value::Word("digits".to_owned()),
            Self::Loss => Value::Word("mse".to_owned()),
            Self::Optimizer => Value::Word("adam".to_owned()),
            Self::Center => Value::Switch(true),
            Self::RoundCode | Self::Tied => Value::Switch(false),
            Self::Examples => Value::Number(2000.0),
            Self::States | Self::CodeSize | Self::PatchSize => {
                Value::Number(8.0)
            }
            Self::Whitening => Value::Word("zca".to_owned()),
            Self::Hidden | Self::CodeNoise | Self::Angle | Self::Shift => {
                Value::Number(0.0)
            }
            Self::LearningRate => Value::Number(0.01),
            Self::BatchSize => Value::Number(32.0),
            Self::Epochs => Value::Number(10.0),
            Self::InitScale | Self::Seed => Value::Number(1.0),
            Self::Correlation => Value::Number(0.8),
            Self::Noise => Value::Number(0.1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_knob_has_one_row_and_a_name_of_its_own() {
        let ids: BTreeSet<_> = KNOBS.iter().map(|row| row.id).collect();
        let names: BTreeSet<_> = KNOBS.iter().map(|row| row.name).collect();
        assert_eq!(ids.len(), KNOBS.len());
        assert_eq!(names.len(), KNOBS.len());
        for row in &KNOBS {
            assert_eq!(row.id.info().name, row.name);
            assert_eq!(KnobId::from_name(row.name), Some(row.id));
        }
    }
}
