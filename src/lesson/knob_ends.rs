//! Knobs of classifiers, variational codes, alarms, and of generated data.

use crate::lesson::knob::Acts;
use crate::lesson::knob::Kind;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::KnobInfo;
use crate::lesson::knob_row::count;
use crate::lesson::knob_row::even;
use crate::lesson::knob_row::knob;
use crate::lesson::knob_row::log;
use crate::lesson::knob_row::off;
use crate::lesson::knob_row::whole;

/// Classifiers, variational codes, alarms; PCA and generated data.
pub(super) const ENDS: [KnobInfo; 23] = {
    use Acts::Fresh;
    use Acts::Live;
    use KnobId::*;
    [
        knob(
            Pretraining,
            ("pretraining", "pretraining"),
            Kind::Words(&["none", "plain", "denoising", "contractive"]),
            Fresh,
            "how each layer learns before there are labels",
        ),
        knob(
            PretrainEpochs,
            ("pretrain-epochs", "pretrain epochs"),
            count(0.0, 100.0),
            Fresh,
            "passes over the training set for each layer",
        ),
        knob(
            Labels,
            ("labels", "labels"),
            whole(10.0, 10_000.0),
            Fresh,
            "labeled examples that the classifier learns from",
        ),
        knob(
            FineTune,
            ("fine-tune", "fine-tuning"),
            Kind::Switch,
            Fresh,
            "the layers below go on learning with the classifier",
        ),
        knob(
            Head,
            ("head", "classifier"),
            Kind::Words(&[
                "softmax", "mlp", "svm", "rbf", "knn", "boosted",
            ]),
            Fresh,
            "the classifier on top",
        ),
        knob(
            ReconstructionWeight,
            ("reconstruction-weight", "weight C"),
            log(1e-3, 1e3),
            Live,
            "how much the reconstruction counts against the KL term",
        ),
        knob(
            KlWeight,
            ("kl-weight", "KL weight"),
            off(1e-3, 1e3),
            Live,
            "how much the KL term counts, beta",
        ),
        knob(
            WarmUp,
            ("warm-up", "warm-up epochs"),
            count(0.0, 100.0),
            Fresh,
            "epochs during which the KL term grows from 0",
        ),
        knob(
            Reduction,
            ("reduction", "reduction"),
            Kind::Words(&["sum", "mean"]),
            Fresh,
            "the loss of an image is the sum over its pixels, or their mean",
        ),
        knob(
            Reparametrized,
            ("reparametrized", "reparametrized"),
            Kind::Switch,
            Fresh,
            "the gradient passes through the sampled code",
        ),
        knob(
            Probe,
            ("probe", "probe"),
            Kind::Words(&["none", "softmax", "svm", "knn"]),
            Fresh,
            "the classifier that tests what the code knows",
        ),
        knob(
            LabelsPerClass,
            ("labels-per-class", "labels per class"),
            whole(1.0, 500.0),
            Fresh,
            "labeled examples per class for the probe",
        ),
        knob(
            Contamination,
            ("contamination", "contamination"),
            even(0.0, 0.5, 0.01),
            Fresh,
            "the share of anomalies among the training examples",
        ),
        knob(
            Threshold,
            ("threshold", "threshold z"),
            even(-1.0, 4.0, 0.1),
            Live,
            "standard deviations above the mean error that raise an alarm",
        ),
        knob(
            Temperature,
            ("temperature", "temperature"),
            even(0.0, 2.0, 0.1),
            Live,
            "the spread of the codes drawn to generate examples",
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
