//! Which numbers a run of a model on some data can report.

use crate::data::DataKind;
use crate::lesson::metric::Metric;
use crate::lesson::possible::is_image;
use crate::lesson::possible::is_ink;
use crate::lesson::possible::is_share;
use crate::lesson::schema::ModelKind;

impl ModelKind {
    /// Whether a run of this model on these data can report a metric, if
    /// its knobs allow.
    pub fn reports(self, metric: Metric, data: DataKind) -> bool {
        let learns = self.learns();
        let codes = self != Self::Line;
        match metric {
            Metric::AngleToMean | Metric::ComponentsFor90 => {
                self == Self::Pca
            }
            Metric::FirstShare => !learns,
            Metric::LineError
            | Metric::LineVariance
            | Metric::LineShare => self == Self::Line,
            Metric::NoiseMse | Metric::ShuffledMse => codes && is_ink(data),
            Metric::DistinctCodes
            | Metric::RowsRight
            | Metric::RowsRightRounded => {
                self == Self::Autoencoder && data == DataKind::Onehot
            }
            Metric::BceFloor | Metric::TestBce => learns && is_share(data),
            Metric::GradientError
            | Metric::PrincipalAngle
            | Metric::Saturation => self == Self::Autoencoder,
            Metric::DeadUnits
            | Metric::Epochs
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
            _ => self.tells(metric, data),
        }
    }

    /// The same for what only networks of certain kinds have to tell.
    #[expect(clippy::too_many_lines, reason = "one row per metric")]
    fn tells(self, metric: Metric, data: DataKind) -> bool {
        let learns = self.learns();
        let dense = self == Self::Autoencoder;
        let labeled = has_classes(data);
        match metric {
            Metric::ProbeAccuracy | Metric::RawProbeAccuracy => {
                learns && self != Self::Stacked && labeled
            }
            Metric::NoisyProbeAccuracy => {
                matches!(self, Self::Autoencoder | Self::Convolutional)
                    && labeled
            }
            Metric::KnnAccuracy | Metric::PcaKnnAccuracy => {
                learns && labeled
            }
            Metric::MajorityShare
            | Metric::BestNeuron
            | Metric::BestNeuronControl => learns && labeled,
            Metric::DenoisedMse
            | Metric::NoisyTestMse
            | Metric::NoiseGain => {
                matches!(self, Self::Autoencoder | Self::Convolutional)
            }
            Metric::IdentityResidual | Metric::PcaMatch => learns,
            Metric::ActiveUnits
            | Metric::EncoderNorm
            | Metric::MeanActivation
            | Metric::UnusedUnits => dense,
            Metric::JacobianNorm => dense,
            Metric::NormalSensitivity | Metric::TangentSensitivity => {
                dense && data != DataKind::Onehot
            }
            Metric::FilterSize | Metric::OrientedFilters => {
                dense && is_image(data)
            }
            Metric::PixelAccuracy
            | Metric::PixelAccuracyBound
            | Metric::ShiftedMse
            | Metric::InterpolationDistance => learns && is_ink(data),
            Metric::ActiveLatents
            | Metric::AggregateMean
            | Metric::ImportanceBound
            | Metric::KlTotal
            | Metric::MedianSigma
            | Metric::NegativeElbo => self == Self::Variational,
            Metric::SampleDiversity | Metric::SampleValid => {
                self == Self::Variational && labeled && is_image(data)
            }
            Metric::Auc
            | Metric::ErrorThreshold
            | Metric::FlaggedNormal
            | Metric::Precision
            | Metric::Recall => {
                learns && self != Self::Stacked && data == DataKind::Ecg
            }
            Metric::HeadAccuracy | Metric::ScratchAccuracy => {
                self == Self::Stacked && labeled
            }
            Metric::BestFactorCorrelation => {
                learns && matches!(data, DataKind::Shapes)
            }
            Metric::PcaRetrieval | Metric::Retrieval => {
                learns && data == DataKind::Documents
            }
            _ => false,
        }
    }
}

/// Whether there are classes to tell apart.
pub fn has_classes(data: DataKind) -> bool {
    !matches!(
        data,
        DataKind::Gauss2d
            | DataKind::Ring2d
            | DataKind::Onehot
            | DataKind::Patches
            | DataKind::Curves
            | DataKind::Noise
    )
}
