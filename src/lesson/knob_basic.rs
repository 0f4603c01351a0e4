//! Knobs of data, network and training.

use crate::lesson::knob::Acts;
use crate::lesson::knob::Kind;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::KnobInfo;
use crate::lesson::knob_row::ACTIVATIONS;
use crate::lesson::knob_row::count;
use crate::lesson::knob_row::even;
use crate::lesson::knob_row::knob;
use crate::lesson::knob_row::log;
use crate::lesson::knob_row::off;
use crate::lesson::knob_row::whole;

/// Data, network and training.
pub(super) const BASIC: [KnobInfo; 20] = {
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
            whole(1.0, 2048.0),
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
            Depth,
            ("depth", "hidden layers"),
            count(1.0, 5.0),
            Fresh,
            "hidden layers on each side of the code",
        ),
        knob(
            Taper,
            ("taper", "taper"),
            Kind::Words(&["halve", "equal"]),
            Fresh,
            "deeper hidden layers are half as large, or equally large",
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
            OutputActivation,
            ("output-activation", "output"),
            Kind::Words(&["linear", "sigmoid", "tanh", "relu"]),
            Fresh,
            "the non-linearity of the output layer, with the loss mse",
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
            Kind::Words(&["sgd", "momentum", "adam", "lbfgs"]),
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
            WeightDecay,
            ("weight-decay", "weight decay"),
            off(1e-6, 1.0),
            Fresh,
            "the price of large weights",
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
    ]
};
