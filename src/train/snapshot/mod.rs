//! A model seen at one step: everything the pictures need, as plain data.
//!
//! A snapshot is made by the run itself, so no picture can come from
//! another model than the one recorded, and no view computes statistics.

mod seen;

pub use seen::Blend;
pub use seen::Concept;
pub use seen::Detection;
pub use seen::Manifold;
pub use seen::MapStrip;
pub use seen::Raster;
pub use seen::Series;
pub use seen::Signal;

use serde::Deserialize;
use serde::Serialize;

/// A model seen at one step. Parts that no panel of the cell asks for are
/// empty.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Snapshot {
    /// Steps so far.
    pub step: u64,
    /// Epochs so far, with a fraction.
    pub epoch: f64,
    /// Some examples with their reconstructions and codes.
    pub examples: Vec<Example>,
    /// Weights of units, or principal axes, as signed images.
    pub filters: Vec<Image>,
    /// The principal axes to hold the filters against, as many of them.
    #[serde(default)]
    pub axes: Vec<Image>,
    /// The filters of a finished run, turned within their own plane to
    /// match the principal axes.
    #[serde(default)]
    pub aligned: Vec<Image>,
    /// The names of the classes.
    #[serde(default)]
    pub classes: Vec<String>,
    /// Codes of test examples, two numbers of each.
    pub map: Vec<Dot>,
    /// Which two units of a longer code those are, counted from 0, and how
    /// many units it has.
    #[serde(default)]
    pub map_units: Option<[usize; 3]>,
    /// Two-dimensional data and what the model makes of them.
    pub cloud: Option<Cloud>,
    /// The table of a T-K-T encoder.
    pub table: Option<CodeTable>,
    /// Share of the variance per principal axis, largest first.
    pub spectrum: Vec<f32>,
    /// The layers, from input to output.
    pub layers: Vec<Layer>,
    /// A matrix to draw as a heat map.
    pub heat: Option<Heat>,
    /// One unit with its numbers.
    pub unit: Option<UnitView>,
    /// One step in slow motion.
    pub slow: Option<SlowMotion>,
    /// Named numbers in the order in which to show them, for the panels
    /// `Balance`, `OtherData` and `Elbow`. A name that is a number, a K,
    /// belongs to `Elbow`; `variance kept` and `error` to `Balance`; the
    /// others to `OtherData`.
    pub bars: Vec<(String, f32)>,
    /// The feature maps of one image, a strip per layer.
    #[serde(default)]
    pub maps: Vec<MapStrip>,
    /// How active every code unit is for every example.
    #[serde(default)]
    pub raster: Option<Raster>,
    /// Mean singular values of the encoder's Jacobian, largest first, by
    /// model: `this model`, `without penalty`.
    #[serde(default)]
    pub singular: Vec<(String, Vec<f32>)>,
    /// Nats per latent dimension: the divergence from the prior.
    #[serde(default)]
    pub kl: Vec<f32>,
    /// Decoded draws from the prior.
    #[serde(default)]
    pub samples: Vec<Image>,
    /// The decoded grid of a two-dimensional code.
    #[serde(default)]
    pub manifold: Option<Manifold>,
    /// A strip per latent dimension: the others stay, this one walks.
    #[serde(default)]
    pub traversals: Vec<MapStrip>,
    /// The ways from one example to another.
    #[serde(default)]
    pub interpolations: Vec<Blend>,
    /// Curves over time and what the model makes of them.
    #[serde(default)]
    pub signals: Vec<Signal>,
    /// Errors of two kinds of examples, and the line between them.
    #[serde(default)]
    pub detection: Option<Detection>,
    /// Accuracy against the number of labels, a line per method.
    #[serde(default)]
    pub label_curve: Vec<Series>,
    /// The unit that tells each concept best.
    #[serde(default)]
    pub concepts: Vec<Concept>,
    /// Accuracy of classifiers on pixels and on codes, by name.
    #[serde(default)]
    pub probes: Vec<(String, f32)>,
    /// Arrows of the plane: from a point to where the model puts it.
    #[serde(default)]
    pub field: Vec<(Dot, Dot)>,
    /// What a small circle around a point becomes: the point and the 2 x 2
    /// Jacobian there, row by row.
    #[serde(default)]
    pub ellipses: Vec<(Dot, [f32; 4])>,
    /// Decoder times encoder, to hold against the identity.
    #[serde(default)]
    pub identity: Option<Heat>,
    /// An image as a sum of codes times bases: the strips `bases` and
    /// `sums`.
    #[serde(default)]
    pub assembly: Vec<MapStrip>,
    /// Documents or units by name, with their top words.
    #[serde(default)]
    pub words: Vec<(String, Vec<String>)>,
}

/// A grey image, or a signed one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Image {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
    /// Row by row: 0 black to 255 white; signed: 0 is -1, 128 is 0.
    #[serde(with = "packed")]
    pub pixels: Vec<u8>,
    /// Whether 128 means zero.
    pub signed: bool,
}

/// One example through the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// Its class.
    pub label: u8,
    /// Whether it is from the test set.
    pub test: bool,
    /// What it was like before.
    pub original: Image,
    /// What went in, if that was made worse first.
    #[serde(default)]
    pub corrupted: Option<Image>,
    /// What came out.
    pub reconstruction: Image,
    /// Out minus original, signed.
    pub difference: Image,
    /// Its code, `[K]`.
    pub code: Vec<f32>,
    /// Its squared error, mean over pixels.
    pub error: f32,
}

/// A labeled point of the plane.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Dot {
    /// To the right.
    pub x: f32,
    /// Upward.
    pub y: f32,
    /// Its class.
    pub label: u8,
}

/// Two-dimensional data and what a model makes of them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Cloud {
    /// The data.
    pub points: Vec<Dot>,
    /// Where the model puts each of them, in the same order.
    pub mapped: Vec<Dot>,
    /// Arrows from a point to a point, each with a name: principal axes.
    pub arrows: Vec<(String, Dot, Dot)>,
    /// Where the model puts every possible code, if a code is one number.
    #[serde(default)]
    pub curve: Vec<Dot>,
}

/// The table of a T-K-T encoder: a row per pattern.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CodeTable {
    /// `[T][K]`: the code of each pattern.
    pub codes: Vec<Vec<f32>>,
    /// `[T]`: the largest output of each pattern.
    pub winner: Vec<u16>,
    /// `[T]`: the value of the largest output.
    pub strength: Vec<f32>,
    /// `[T]`: the largest output when the code is rounded.
    pub rounded_winner: Vec<u16>,
}

/// One layer of a network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Layer {
    /// `encoder 1`, `code`, `decoder 1`, ...
    pub name: String,
    /// Numbers in.
    pub inputs: usize,
    /// Numbers out.
    pub outputs: usize,
    /// `relu`, `linear`, ...
    pub activation: String,
    /// Weights and biases of its own.
    pub parameters: usize,
}

/// A matrix to draw as a heat map, values in -1..1.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Heat {
    /// What it shows.
    pub title: String,
    /// Columns.
    pub width: u16,
    /// Row by row.
    pub values: Vec<f32>,
}

/// One unit with its real numbers: z = s(w · x + b).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UnitView {
    /// Its layer.
    pub layer: String,
    /// Its number in the layer, from 0.
    pub unit: usize,
    /// The example that is looked at, if it is an image.
    pub example: Option<Image>,
    /// Its weights as a signed image, if the input is an image.
    pub picture: Option<Image>,
    /// The inputs with the largest products: (input index, x, w, w x).
    pub terms: Vec<(usize, f32, f32, f32)>,
    /// The sum of all the products.
    pub sum: f32,
    /// The bias.
    pub bias: f32,
    /// The name of s.
    pub activation: String,
    /// z.
    pub output: f32,
}

/// One training step of a tiny network, number by number.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SlowMotion {
    /// The input, which is also the target.
    pub input: Vec<f32>,
    /// The code.
    pub code: Vec<f32>,
    /// The output.
    pub output: Vec<f32>,
    /// The loss before the step.
    pub loss: f32,
    /// The loss on the same input after the step.
    pub loss_after: f32,
    /// Some weights: name, value, gradient by the chain rule, gradient by
    /// finite differences, value after the step.
    pub weights: Vec<(String, f32, f32, f32, f32)>,
}

/// Pixels as two hexadecimal digits each: short in a saved file.
mod packed {
    use serde::Deserialize;
    use serde::Deserializer;
    use serde::Serializer;
    use serde::de::Error;

    pub fn serialize<S: Serializer>(
        pixels: &[u8],
        s: S,
    ) -> Result<S::Ok, S::Error> {
        let mut text = String::with_capacity(2 * pixels.len());
        for pixel in pixels {
            text.push(digit(pixel >> 4));
            text.push(digit(pixel & 15));
        }
        s.serialize_str(&text)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        d: D,
    ) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(d)?;
        let nibbles: Option<Vec<u8>> =
            text.chars().map(|c| c.to_digit(16).map(|n| n as u8)).collect();
        let nibbles = nibbles
            .ok_or_else(|| Error::custom("pixels are no hex digits"))?;
        let (pairs, rest) = nibbles.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(Error::custom("half a pixel is missing"));
        }
        Ok(pairs.iter().map(|[high, low]| high << 4 | low).collect())
    }

    fn digit(nibble: u8) -> char {
        char::from_digit(u32::from(nibble), 16).unwrap_or('0')
    }
}
