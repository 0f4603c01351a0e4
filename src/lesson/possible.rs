//! What goes together: the knobs a model uses, the pictures that can be
//! made of it, the numbers it can be judged by.

use crate::data::DataKind;
use crate::lesson::knob::KnobId;
use crate::lesson::reported::has_classes;
use crate::lesson::schema::ModelKind;
use crate::lesson::schema::Panel;

impl ModelKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Autoencoder,
        Self::Convolutional,
        Self::Line,
        Self::Pca,
        Self::Stacked,
        Self::Variational,
    ];

    /// What it is, in the middle of a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::Autoencoder => "an autoencoder",
            Self::Convolutional => "a convolutional autoencoder",
            Self::Line => "a line",
            Self::Pca => "PCA",
            Self::Stacked => "a stacked autoencoder",
            Self::Variational => "a variational autoencoder",
        }
    }

    /// Whether it is a network that learns by gradient descent.
    pub fn learns(self) -> bool {
        !matches!(self, Self::Line | Self::Pca)
    }

    /// Whether a knob changes anything in this model on these data.
    #[expect(clippy::too_many_lines, reason = "one row per knob")]
    pub fn uses(self, knob: KnobId, data: DataKind) -> bool {
        match knob {
            KnobId::Data | KnobId::Seed => true,
            KnobId::Examples => data != DataKind::Onehot,
            KnobId::States => data == DataKind::Onehot,
            KnobId::Correlation => data == DataKind::Gauss2d,
            KnobId::Noise | KnobId::Shift => is_plane(data),
            KnobId::PatchSize | KnobId::Whitening => {
                data == DataKind::Patches
            }
            KnobId::Angle => self == Self::Line,
            KnobId::Center => self == Self::Pca,
            KnobId::CodeSize => {
                !matches!(self, Self::Line | Self::Convolutional)
            }
            KnobId::BatchSize
            | KnobId::Epochs
            | KnobId::InitScale
            | KnobId::LearningRate
            | KnobId::Optimizer => self.learns(),
            KnobId::Activation | KnobId::Depth => self.learns(),
            KnobId::Hidden | KnobId::Taper => {
                self.learns() && self != Self::Convolutional
            }
            KnobId::Loss
            | KnobId::OutputActivation
            | KnobId::Probe
            | KnobId::LabelsPerClass => {
                self.learns() && self != Self::Stacked
            }
            KnobId::Contamination | KnobId::Threshold => {
                self.learns()
                    && self != Self::Stacked
                    && data == DataKind::Ecg
            }
            KnobId::Corruption
            | KnobId::CorruptionLevel
            | KnobId::FreshNoise
            | KnobId::NoisyTarget => {
                matches!(self, Self::Autoencoder | Self::Convolutional)
                    || knob == KnobId::CorruptionLevel
                        && self == Self::Stacked
            }
            KnobId::WeightDecay => {
                matches!(self, Self::Autoencoder | Self::Convolutional)
            }
            KnobId::ActiveUnits
            | KnobId::AnnealK
            | KnobId::CodeActivation
            | KnobId::CodeNoise
            | KnobId::Emphasis
            | KnobId::RoundCode
            | KnobId::Sparsity
            | KnobId::SparsityTarget
            | KnobId::SparsityWeight
            | KnobId::Tied => self == Self::Autoencoder,
            KnobId::Contraction => {
                matches!(self, Self::Autoencoder | Self::Stacked)
            }
            KnobId::CodeChannels
            | KnobId::Down
            | KnobId::Filters
            | KnobId::InputScale
            | KnobId::KernelSize
            | KnobId::Up => self == Self::Convolutional,
            KnobId::FineTune
            | KnobId::Head
            | KnobId::Labels
            | KnobId::PretrainEpochs
            | KnobId::Pretraining => self == Self::Stacked,
            KnobId::KlWeight
            | KnobId::ReconstructionWeight
            | KnobId::Reduction
            | KnobId::Reparametrized
            | KnobId::Temperature
            | KnobId::WarmUp => self == Self::Variational,
        }
    }

    /// Whether a picture can be made of this model on these data.
    pub fn shows(self, panel: Panel, data: DataKind) -> bool {
        let (learns, codes) = (self.learns(), self != Self::Line);
        let dense = self == Self::Autoencoder;
        let variational = self == Self::Variational;
        let flat = dense || variational;
        match panel {
            Panel::Numbers => true,
            Panel::RenderCard => is_image(data),
            Panel::Correlation => codes && !is_wide(data),
            Panel::Network => learns,
            Panel::Unit | Panel::SlowMotion => dense,
            Panel::LossCurve | Panel::CodeMap | Panel::Elbow => codes,
            Panel::Reconstructions | Panel::Code => codes && is_drawn(data),
            Panel::Filters => {
                codes && self != Self::Convolutional && is_drawn(data)
            }
            Panel::OtherData => codes && is_ink(data),
            Panel::Cloud => is_plane(data),
            Panel::CodeTable => dense && data == DataKind::Onehot,
            Panel::Scree => self == Self::Pca,
            Panel::Balance => self == Self::Line,
            Panel::FeatureMaps => self == Self::Convolutional,
            Panel::KlPerDimension => variational,
            Panel::Sampler | Panel::Traversal | Panel::Manifold => {
                flat && is_image(data)
            }
            Panel::Raster | Panel::JacobianSpectrum => dense,
            Panel::Identity => dense && is_small(data),
            Panel::Assembly => dense && is_image(data),
            Panel::Interpolation => {
                learns && self != Self::Stacked && is_image(data)
            }
            Panel::Probes => {
                learns && self != Self::Stacked && has_classes(data)
            }
            Panel::Concepts => {
                learns && is_image(data) && has_classes(data)
            }
            Panel::LabelCurve => self == Self::Stacked && has_classes(data),
            Panel::Field => dense && is_plane(data),
            Panel::Signals | Panel::Detection => {
                learns && self != Self::Stacked && data == DataKind::Ecg
            }
            Panel::Words => learns && data == DataKind::Documents,
        }
    }
}

/// Whether the examples are points of the plane.
pub fn is_plane(data: DataKind) -> bool {
    matches!(
        data,
        DataKind::Gauss2d
            | DataKind::Ring2d
            | DataKind::Spiral2d
            | DataKind::Circles2
            | DataKind::Mix8
    )
}

/// Whether the examples are pictures.
pub fn is_image(data: DataKind) -> bool {
    match data {
        DataKind::Digits
        | DataKind::Digits8
        | DataKind::Fashion
        | DataKind::Sketches
        | DataKind::Patches
        | DataKind::Shapes
        | DataKind::Curves
        | DataKind::Rotated
        | DataKind::Backgrounds
        | DataKind::Noise
        | DataKind::Shuffled
        | DataKind::OwnImages => true,
        DataKind::Ecg
        | DataKind::Documents
        | DataKind::Iris
        | DataKind::Wine
        | DataKind::Cancer
        | DataKind::Gauss2d
        | DataKind::Ring2d
        | DataKind::Spiral2d
        | DataKind::Circles2
        | DataKind::Mix8
        | DataKind::Onehot
        | DataKind::OwnTable => false,
    }
}

/// Whether the examples are pictures where 0 is background and 1 is ink.
pub fn is_ink(data: DataKind) -> bool {
    is_image(data) && data != DataKind::Patches
}

/// Whether an example is drawn as pixels: pictures and one-bit states.
pub fn is_drawn(data: DataKind) -> bool {
    is_image(data) || data == DataKind::Onehot
}

/// Whether the values lie from 0 to 1, as cross-entropy needs it. Patches
/// do unless they are whitened with `zca`.
pub fn is_share(data: DataKind) -> bool {
    is_drawn(data) || data == DataKind::Documents
}

/// Whether an example has so few numbers that a table of all against all
/// can be seen.
pub fn is_small(data: DataKind) -> bool {
    is_plane(data)
        || matches!(
            data,
            DataKind::Onehot
                | DataKind::Digits8
                | DataKind::Patches
                | DataKind::Iris
                | DataKind::Wine
                | DataKind::Cancer
        )
}

/// Whether an example that is no picture may have so many numbers that a
/// table of all against all is of no use.
fn is_wide(data: DataKind) -> bool {
    matches!(data, DataKind::Documents | DataKind::OwnTable)
}
