//! The pictures a lesson can ask for, and the lines on the loss plot.

use serde::Deserialize;
use serde::Serialize;

/// The closed list of pictures of a model.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
)]
pub enum Panel {
    /// Training and test loss, with the baselines.
    LossCurve,
    /// Original over reconstruction over difference.
    Reconstructions,
    /// One image next to its code as bars and its reconstruction.
    Code,
    /// Weights of the units, or the principal axes, as images.
    Filters,
    /// A two-dimensional code as a scatter of class numerals.
    CodeMap,
    /// Two-dimensional data, and where the model puts them.
    Cloud,
    /// Patterns, codes and outputs of a T-K-T encoder as a table.
    CodeTable,
    /// Eigenvalues and their running sum.
    Scree,
    /// How pixels go together, as a heat map.
    Correlation,
    /// The layers with shapes and parameter counts.
    Network,
    /// One unit with its real numbers.
    Unit,
    /// One training step of a tiny network in slow motion.
    SlowMotion,
    /// Variance kept and error of the line turned by hand.
    Balance,
    /// Test error against K: PCA as a line, your runs as points.
    Elbow,
    /// The error on other kinds of data.
    OtherData,
    /// The same digit in every way this terminal might draw it.
    RenderCard,
    /// The final metrics as a table.
    Numbers,
}

/// A horizontal line on the loss plot.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
)]
pub enum Baseline {
    /// Answer every input with the mean of the training set.
    Mean,
    /// PCA with the same K on the same data.
    Pca,
    /// The entropy of the pixels, below which no cross-entropy can go.
    BceFloor,
}
