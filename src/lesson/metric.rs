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
                | Self::MeanTestMse
                | Self::Parameters
                | Self::PcaTestMse
                | Self::PcaTrainMse
        )
    }

    /// Its name for a student.
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
        }
    }
}
