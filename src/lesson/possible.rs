//! What goes together: the knobs a model uses, the pictures that can be
//! made of it, the numbers it can be judged by.

use crate::data::DataKind;
use crate::lesson::knob::KnobId;
use crate::lesson::metric::Metric;
use crate::lesson::schema::ModelKind;
use crate::lesson::schema::Panel;

impl ModelKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Autoencoder, Self::Line, Self::Pca];

    /// What it is, in the middle of a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::Autoencoder => "an autoencoder",
            Self::Line => "a line",
            Self::Pca => "PCA",
        }
    }

    /// Whether a knob changes anything in this model on these data.
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
            KnobId::CodeSize => self != Self::Line,
            KnobId::Activation
            | KnobId::BatchSize
            | KnobId::CodeActivation
            | KnobId::CodeNoise
            | KnobId::Epochs
            | KnobId::Hidden
            | KnobId::InitScale
            | KnobId::LearningRate
            | KnobId::Loss
            | KnobId::Optimizer
            | KnobId::RoundCode
            | KnobId::Tied => self == Self::Autoencoder,
        }
    }

    /// Whether a picture can be made of this model on these data.
    pub fn shows(self, panel: Panel, data: DataKind) -> bool {
        let learns = self == Self::Autoencoder;
        let codes = self != Self::Line;
        match panel {
            Panel::Numbers => true,
            Panel::RenderCard => is_image(data),
            Panel::Correlation => codes && !is_wide(data),
            Panel::Network | Panel::Unit | Panel::SlowMotion => learns,
            Panel::LossCurve | Panel::CodeMap | Panel::Elbow => codes,
            Panel::Reconstructions | Panel::Code => {
                codes && (is_drawn(data) || is_plane(data))
            }
            Panel::Filters => codes && is_drawn(data),
            Panel::OtherData => codes && is_ink(data),
            Panel::Cloud => is_plane(data),
            Panel::CodeTable => learns && data == DataKind::Onehot,
            Panel::Scree => self == Self::Pca,
            Panel::Balance => self == Self::Line,
            Panel::FeatureMaps
            | Panel::KlPerDimension
            | Panel::Sampler
            | Panel::Traversal
            | Panel::Raster
            | Panel::JacobianSpectrum
            | Panel::Probes
            | Panel::Identity => learns,
            Panel::Manifold
            | Panel::Interpolation
            | Panel::LabelCurve
            | Panel::Concepts
            | Panel::Assembly => learns && is_image(data),
            Panel::Field => learns && is_plane(data),
            Panel::Signals | Panel::Detection | Panel::Words => learns,
        }
    }

    /// Whether a run of this model on these data can report a metric.
    pub fn reports(self, metric: Metric, data: DataKind) -> bool {
        let learns = self == Self::Autoencoder;
        let codes = self != Self::Line;
        match metric {
            Metric::AngleToMean | Metric::ComponentsFor90 => {
                self == Self::Pca
            }
            Metric::FirstShare => self != Self::Autoencoder,
            Metric::LineError
            | Metric::LineVariance
            | Metric::LineShare => self == Self::Line,
            Metric::NoiseMse | Metric::ShuffledMse => codes && is_ink(data),
            Metric::DistinctCodes
            | Metric::RowsRight
            | Metric::RowsRightRounded => {
                learns && data == DataKind::Onehot
            }
            Metric::BceFloor | Metric::TestBce => learns && is_share(data),
            Metric::DeadUnits
            | Metric::Epochs
            | Metric::GradientError
            | Metric::PrincipalAngle
            | Metric::Saturation
            | Metric::TestLoss
            | Metric::TrainLoss => learns,
            Metric::Gap
            | Metric::MeanTestMse
            | Metric::TestMse
            | Metric::TrainMse
            | Metric::VarianceKept => true,
            Metric::OutputSpread
            | Metric::Parameters
            | Metric::PcaTestMse
            | Metric::PcaTrainMse => codes,
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

/// Whether an example that is no picture may have so many numbers that a
/// table of all against all is of no use.
fn is_wide(data: DataKind) -> bool {
    matches!(data, DataKind::Documents | DataKind::OwnTable)
}
