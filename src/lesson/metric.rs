//! The numbers a run is judged by.

use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeMap;

/// Metrics by name.
pub type Metrics = BTreeMap<Metric, f64>;

/// The closed list of numbers a run can report. Errors are means over
/// pixels and images unless the name says otherwise.
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
pub enum Metric {
    /// Degrees between the first principal axis and the mean.
    AngleToMean,
    /// The lowest cross-entropy possible on the test set: its entropy.
    BceFloor,
    /// Fewest principal components that keep 90 % of the variance.
    ComponentsFor90,
    /// Share of code units that never change over the test set.
    DeadUnits,
    /// Different rounded codes among the patterns.
    DistinctCodes,
    /// Passes over the training set so far.
    Epochs,
    /// Share of the variance along the first principal axis.
    FirstShare,
    /// Test error divided by training error.
    Gap,
    /// Largest relative difference of analytic and numeric gradients.
    GradientError,
    /// Mean squared distance to the line turned by hand.
    LineError,
    /// Variance along the line turned by hand.
    LineVariance,
    /// Share of the largest variance any line keeps.
    LineShare,
    /// Error of answering every test image with the mean image.
    MeanTestMse,
    /// Error on uniform noise.
    NoiseMse,
    /// Variance of the outputs over the inputs, against that of the data.
    OutputSpread,
    /// Weights and biases.
    Parameters,
    /// Error of PCA with the same K on the test set.
    PcaTestMse,
    /// Error of PCA with the same K on the training set.
    PcaTrainMse,
    /// Largest angle, in degrees, between decoder and PCA subspace.
    PrincipalAngle,
    /// Patterns whose largest output is the right one.
    RowsRight,
    /// The same when the code is rounded to 0 and 1.
    RowsRightRounded,
    /// Share of code activations below 0.1 or above 0.9.
    Saturation,
    /// Error on digits whose pixels are shuffled.
    ShuffledMse,
    /// Cross-entropy on the test set.
    TestBce,
    /// Squared error on the test set.
    TestMse,
    /// Squared error on the training set.
    TrainMse,
    /// The objective on the training set.
    TrainLoss,
    /// The objective on the test set.
    TestLoss,
    /// Share of the variance that K components keep.
    VarianceKept,
    /// Latent dimensions whose mean varies over the test set.
    ActiveLatents,
    /// Code units that speak for a test example, on average.
    ActiveUnits,
    /// Length of the mean code of the test set; 0 for a perfect prior.
    AggregateMean,
    /// Share of pairs of a normal and an anomalous example told apart.
    Auc,
    /// Correlation with its best code unit, for the worst known factor.
    BestFactorCorrelation,
    /// Accuracy of the code unit that detects a concept best: unit, concept
    /// and threshold are chosen on training examples, scored on others.
    BestNeuron,
    /// The same for the best of as many random filters.
    BestNeuronControl,
    /// Error of the outputs for corrupted inputs, against the clean ones.
    DenoisedMse,
    /// Length of all weights of the encoder.
    EncoderNorm,
    /// Error above which an example is called an anomaly.
    ErrorThreshold,
    /// Pixels that a filter of the first layer really uses.
    FilterSize,
    /// Share of the normal test examples that are called anomalies.
    FlaggedNormal,
    /// Accuracy of the classifier on top of the stacked layers.
    HeadAccuracy,
    /// How far input to output is from the identity; 0 for a copy.
    IdentityResidual,
    /// Bound on the negative log-likelihood, importance-weighted, nats.
    ImportanceBound,
    /// Distance of a code midpoint to the nearest image, against a pixel
    /// midpoint.
    InterpolationDistance,
    /// Frobenius norm of the encoder's Jacobian, mean over the test set.
    JacobianNorm,
    /// Divergence of the codes from the prior, nats per example.
    KlTotal,
    /// Accuracy of nearest neighbors among the codes.
    KnnAccuracy,
    /// Share of the most frequent class in the test set.
    MajorityShare,
    /// Mean activation of the code units, rho hat.
    MeanActivation,
    /// Median standard deviation of the codes.
    MedianSigma,
    /// Negative evidence lower bound, nats per example.
    NegativeElbo,
    /// Error of the corrupted test inputs against that of the outputs.
    NoiseGain,
    /// Accuracy of the probe on codes of corrupted inputs.
    NoisyProbeAccuracy,
    /// Error of the corrupted test inputs themselves.
    NoisyTestMse,
    /// How far the code moves with a step away from the data.
    NormalSensitivity,
    /// Share of the filters that have one clear orientation.
    OrientedFilters,
    /// Accuracy of nearest neighbors among PCA codes with the same K.
    PcaKnnAccuracy,
    /// Fewest principal components that reach the test error.
    PcaMatch,
    /// Share of the same topic among the ten nearest documents, PCA.
    PcaRetrieval,
    /// Share of the test pixels that come out exactly right once rounded.
    PixelAccuracy,
    /// The most it can be: the share of pixels that are 0 or 1.
    PixelAccuracyBound,
    /// Share of real anomalies among those that are flagged.
    Precision,
    /// Accuracy of the probe on the codes.
    ProbeAccuracy,
    /// Accuracy of the same probe on the inputs themselves.
    RawProbeAccuracy,
    /// Share of the anomalies that are flagged.
    Recall,
    /// Share of the same topic among the ten nearest documents.
    Retrieval,
    /// Classes among the generated examples.
    SampleDiversity,
    /// Share of the generated examples that a classifier is sure of.
    SampleValid,
    /// Accuracy of the same network trained with the labels alone.
    ScratchAccuracy,
    /// Error on test images moved by two pixels.
    ShiftedMse,
    /// How far the code moves with a step along the data.
    TangentSensitivity,
    /// Code units that do not contribute to any output.
    UnusedUnits,
}

impl Metric {
    /// Whether it is the same at every epoch of a run, because it says
    /// something about the data or the size of the model.
    pub fn is_fixed(self) -> bool {
        matches!(
            self,
            Self::BceFloor
                | Self::ComponentsFor90
                | Self::FirstShare
                | Self::MajorityShare
                | Self::MeanTestMse
                | Self::Parameters
                | Self::PcaKnnAccuracy
                | Self::PcaRetrieval
                | Self::PcaTestMse
                | Self::PcaTrainMse
                | Self::PixelAccuracyBound
                | Self::RawProbeAccuracy
        )
    }

    /// Its name for a student.
    #[expect(clippy::too_many_lines, reason = "one line per metric")]
    pub fn label(self) -> &'static str {
        match self {
            Self::AngleToMean => "angle of axis 1 to the mean",
            Self::BceFloor => "cross-entropy floor",
            Self::ComponentsFor90 => "components for 90 % of the variance",
            Self::DeadUnits => "dead code units",
            Self::DistinctCodes => "distinct rounded codes",
            Self::Epochs => "epochs",
            Self::FirstShare => "variance share of axis 1",
            Self::Gap => "test error / training error",
            Self::GradientError => "gradient check",
            Self::LineError => "error of your line",
            Self::LineVariance => "variance along your line",
            Self::LineShare => "share of the best line's variance",
            Self::MeanTestMse => "error of the mean image",
            Self::NoiseMse => "error on noise",
            Self::OutputSpread => "spread of the outputs",
            Self::Parameters => "parameters",
            Self::PcaTestMse => "test error of PCA",
            Self::PcaTrainMse => "training error of PCA",
            Self::PrincipalAngle => "angle to the PCA subspace",
            Self::RowsRight => "patterns right",
            Self::RowsRightRounded => "patterns right, rounded code",
            Self::Saturation => "saturated code units",
            Self::ShuffledMse => "error on shuffled digits",
            Self::TestBce => "test cross-entropy",
            Self::TestMse => "test error",
            Self::TrainMse => "training error",
            Self::TrainLoss => "training loss",
            Self::TestLoss => "test loss",
            Self::VarianceKept => "variance kept",
            Self::ActiveLatents => "active latent dimensions",
            Self::ActiveUnits => "active units per example",
            Self::AggregateMean => "mean code, distance from 0",
            Self::Auc => "area under the ROC curve",
            Self::BestFactorCorrelation => {
                "weakest factor's best correlation"
            }
            Self::BestNeuron => "best unit as detector",
            Self::BestNeuronControl => "best random filter as detector",
            Self::DenoisedMse => "error after cleaning",
            Self::EncoderNorm => "size of the encoder's weights",
            Self::ErrorThreshold => "threshold of the error",
            Self::FilterSize => "pixels per filter",
            Self::FlaggedNormal => "normal examples flagged",
            Self::HeadAccuracy => "test accuracy of the classifier",
            Self::IdentityResidual => "distance from the identity",
            Self::ImportanceBound => "importance-weighted bound, nats",
            Self::InterpolationDistance => {
                "distance of midpoints to the data"
            }
            Self::JacobianNorm => "norm of the Jacobian",
            Self::KlTotal => "divergence from the prior, nats",
            Self::KnnAccuracy => "nearest neighbors on codes",
            Self::MajorityShare => "share of the largest class",
            Self::MeanActivation => "mean activation of the code",
            Self::MedianSigma => "median sigma of the code",
            Self::NegativeElbo => "negative ELBO, nats",
            Self::NoiseGain => "gain over the noise",
            Self::NoisyProbeAccuracy => "probe on codes of noisy inputs",
            Self::NoisyTestMse => "error of the noisy inputs",
            Self::NormalSensitivity => "sensitivity across the data",
            Self::OrientedFilters => "oriented filters",
            Self::PcaKnnAccuracy => "nearest neighbors on PCA",
            Self::PcaMatch => "components that do as well",
            Self::PcaRetrieval => "retrieval with PCA",
            Self::PixelAccuracy => "pixels exactly right",
            Self::PixelAccuracyBound => "most pixels that can be right",
            Self::Precision => "precision for anomalies",
            Self::ProbeAccuracy => "probe on codes",
            Self::RawProbeAccuracy => "probe on inputs",
            Self::Recall => "recall for anomalies",
            Self::Retrieval => "retrieval",
            Self::SampleDiversity => "classes among the samples",
            Self::SampleValid => "valid samples",
            Self::ScratchAccuracy => "test accuracy from scratch",
            Self::ShiftedMse => "error on shifted images",
            Self::TangentSensitivity => "sensitivity along the data",
            Self::UnusedUnits => "unused code units",
        }
    }
}
