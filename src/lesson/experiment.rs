//! The live experiments of the lesson format.

use crate::data::DataKind;
use crate::lesson::goal::Goal;
use crate::lesson::knob::Knob;
use crate::lesson::knob::Settings;
use serde::Deserialize;
use serde::Serialize;

/// A live experiment: one model, its data, its knobs, its pictures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Unique in the lesson.
    pub id: String,
    /// What to do and what to watch, in Markdown.
    pub text: String,
    /// Which model.
    pub model: ModelKind,
    /// Which data, unless the knob `Data` says otherwise.
    pub data: DataKind,
    /// Where the knobs start.
    #[serde(default)]
    pub settings: Settings,
    /// The knobs on offer, in their order.
    #[serde(default)]
    pub knobs: Vec<Knob>,
    /// The pictures, most important first.
    pub panels: Vec<Panel>,
    /// Lines on the loss plot that give its numbers a meaning.
    #[serde(default)]
    pub baselines: Vec<Baseline>,
    /// The sentences of the prose that this run must show.
    #[serde(default)]
    pub claims: Vec<Claim>,
}

/// The closed list of models.
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
pub enum ModelKind {
    /// A dense autoencoder: D-(hidden)-K-(hidden)-D.
    Autoencoder,
    /// An autoencoder of images with shared filters.
    Convolutional,
    /// A line through a plane cloud, turned by hand.
    Line,
    /// Principal component analysis.
    Pca,
    /// Layers trained one by one without labels, then a classifier on top.
    Stacked,
    /// An autoencoder whose code is a distribution.
    Variational,
}

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
    /// What every layer of a convolutional network sees in one image.
    FeatureMaps,
    /// How active every code unit is for every example.
    Raster,
    /// How much the encoder stretches each direction.
    JacobianSpectrum,
    /// Nats per latent dimension: which ones carry something.
    KlPerDimension,
    /// Decoded draws from the prior.
    Sampler,
    /// The plane of a two-number code, decoded, with a cursor.
    Manifold,
    /// One latent number walks, the others stay.
    Traversal,
    /// From one example to another, in pixels and in codes.
    Interpolation,
    /// Curves over time, their reconstructions and the error between.
    Signals,
    /// Errors of normal and other examples, and the line between.
    Detection,
    /// Accuracy against the number of labels.
    LabelCurve,
    /// The unit that tells each concept best.
    Concepts,
    /// Accuracy of classifiers on pixels and on codes.
    Probes,
    /// Where the model moves every point of the plane.
    Field,
    /// Decoder times encoder against the identity.
    Identity,
    /// An image as a sum of codes times bases, term by term.
    Assembly,
    /// The strongest words of units and documents.
    Words,
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

/// A sentence of the prose, as a condition its run must meet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The sentence.
    pub say: String,
    /// Knobs turned away from the cell's settings for this claim.
    #[serde(default)]
    pub settings: Settings,
    /// What must hold.
    pub goal: Goal,
}
