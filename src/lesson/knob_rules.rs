//! Knobs of regularized and of convolutional networks.

use crate::lesson::knob::Acts;
use crate::lesson::knob::Kind;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::KnobInfo;
use crate::lesson::knob::Scale;
use crate::lesson::knob_row::count;
use crate::lesson::knob_row::even;
use crate::lesson::knob_row::knob;
use crate::lesson::knob_row::log;
use crate::lesson::knob_row::off;
use crate::lesson::knob_row::whole;

/// What regularizes a network, and what shapes a convolutional one.
pub(super) const RULES: [KnobInfo; 17] = {
    use Acts::Fresh;
    use Acts::Live;
    use KnobId::*;
    [
        knob(
            Corruption,
            ("corruption", "corruption"),
            Kind::Words(&["none", "mask", "gaussian", "salt-pepper"]),
            Fresh,
            "what is done to the inputs while the model trains",
        ),
        knob(
            CorruptionLevel,
            ("corruption-level", "noise level"),
            even(0.0, 1.0, 0.05),
            Live,
            "the share of pixels destroyed, or the size of the noise",
        ),
        knob(
            FreshNoise,
            ("fresh-noise", "fresh noise"),
            Kind::Switch,
            Fresh,
            "new noise in every epoch, or the same copy again and again",
        ),
        knob(
            NoisyTarget,
            ("noisy-target", "noisy target"),
            Kind::Switch,
            Fresh,
            "the noisy input is the target, too",
        ),
        knob(
            Emphasis,
            ("emphasis", "untouched weight"),
            even(0.0, 1.0, 0.05),
            Fresh,
            "how much untouched pixels count in the loss; 1 is plain",
        ),
        knob(
            Sparsity,
            ("sparsity", "sparsity"),
            Kind::Words(&["none", "kl", "l1", "k-sparse"]),
            Fresh,
            "what keeps most units of the code silent",
        ),
        knob(
            SparsityTarget,
            ("sparsity-target", "sparsity target"),
            log(0.005, 0.5),
            Fresh,
            "the mean activation that the penalty kl asks of each unit",
        ),
        knob(
            SparsityWeight,
            ("sparsity-weight", "sparsity weight"),
            off(1e-6, 10.0),
            Live,
            "the price of activity: beta of kl, lambda of l1",
        ),
        knob(
            ActiveUnits,
            ("active-units", "active units k"),
            whole(1.0, 1024.0),
            Fresh,
            "units of a k-sparse code that may speak",
        ),
        knob(
            AnnealK,
            ("anneal-k", "shrink k"),
            Kind::Switch,
            Fresh,
            "a k-sparse code starts with all units and ends with k",
        ),
        knob(
            Contraction,
            ("contraction", "contraction"),
            off(1e-5, 10.0),
            Live,
            "the price of a code that moves with the input",
        ),
        knob(
            Filters,
            ("filters", "filters"),
            count(2.0, 32.0),
            Fresh,
            "feature maps of the first convolution",
        ),
        knob(
            KernelSize,
            ("kernel-size", "kernel size"),
            Kind::Whole(Scale::Linear { from: 3.0, to: 5.0, step: 2.0 }),
            Fresh,
            "columns and rows of a filter: 3 or 5",
        ),
        knob(
            Down,
            ("down", "going down"),
            Kind::Words(&["max-pool", "stride"]),
            Fresh,
            "how maps become smaller",
        ),
        knob(
            Up,
            ("up", "going up"),
            Kind::Words(&["nearest", "transposed"]),
            Fresh,
            "how maps become larger again",
        ),
        knob(
            CodeChannels,
            ("code-channels", "code channels"),
            count(1.0, 16.0),
            Fresh,
            "feature maps of the code",
        ),
        knob(
            InputScale,
            ("input-scale", "input scale"),
            whole(1.0, 255.0),
            Fresh,
            "what pixels from 0 to 1 are multiplied with first",
        ),
    ]
};
