//! What the models beyond the plain autoencoder have to show.

use crate::train::snapshot::Dot;
use crate::train::snapshot::Image;
use serde::Deserialize;
use serde::Serialize;

/// Images in one row with a name: the feature maps of a layer, the walk
/// along a latent dimension, the terms of a sum.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MapStrip {
    /// What the row is.
    pub name: String,
    /// Its images.
    pub images: Vec<Image>,
}

/// How active every code unit is for every example.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Raster {
    /// Code units: the columns.
    pub units: u16,
    /// `[examples x units]`, row by row: 0 silent, 255 the largest
    /// activation of all.
    #[serde(with = "super::packed")]
    pub values: Vec<u8>,
    /// `[units]`: the share of all examples each unit is active for.
    pub usage: Vec<f32>,
}

/// The decoded grid of a two-dimensional code.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Manifold {
    /// Images side by side.
    pub columns: u16,
    /// Images above each other.
    pub rows: u16,
    /// The code of the image at the bottom left.
    pub from: (f32, f32),
    /// The code of the image at the top right.
    pub to: (f32, f32),
    /// Row by row, the top row first.
    pub images: Vec<Image>,
    /// Codes of test examples, with their classes.
    pub dots: Vec<Dot>,
}

/// The ways from one example to another.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Blend {
    /// The class of the first example.
    pub from: u8,
    /// The class of the last example.
    pub to: u8,
    /// One picture fades into the other, pixel by pixel.
    pub pixels: Vec<Image>,
    /// Decoded codes on the straight line between the two codes.
    pub line: Vec<Image>,
    /// Decoded codes on the arc between them.
    pub sphere: Vec<Image>,
    /// The training image nearest to each image of `line`.
    pub nearest: Vec<Image>,
}

/// A curve over time and what the model makes of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Signal {
    /// Its class; 0 is normal.
    pub label: u8,
    /// What went in.
    pub original: Vec<f32>,
    /// What came out.
    pub reconstruction: Vec<f32>,
    /// Its mean absolute error.
    pub error: f32,
}

/// Errors of two kinds of examples, and the line drawn between them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Detection {
    /// The class that counts as positive: what is looked for.
    pub positive: String,
    /// The histogram: lower end of the error, normal and anomalous
    /// examples, by error.
    pub bins: Vec<(f32, u32, u32)>,
    /// An example with a larger error is called positive.
    pub threshold: f32,
    /// True positives, false positives, false negatives, true negatives.
    pub confusion: [u32; 4],
    /// False positive rate and true positive rate over all thresholds.
    pub roc: Vec<(f32, f32)>,
    /// The area under that curve.
    pub auc: f32,
}

/// A line with a band: something measured over seeds.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Series {
    /// What it is.
    pub name: String,
    /// Labels; the lowest, the middle and the highest accuracy.
    pub points: Vec<(f32, f32, f32, f32)>,
}

/// The unit that tells a concept best, and how well.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Concept {
    /// The concept.
    pub name: String,
    /// The unit, from 0.
    pub unit: u16,
    /// Whether it answers with more (1) or less (-1) activity.
    pub sign: i8,
    /// The share of test examples it sorts rightly.
    pub accuracy: f32,
    /// The same for the best of as many random filters.
    pub control: f32,
    /// The same for the answer that is always given.
    pub chance: f32,
    /// The input that drives the unit most.
    pub stimulus: Option<Image>,
    /// The test examples that drive it most, the strongest first.
    pub top: Vec<Image>,
}
