//! Names for data sets.

use serde::Deserialize;
use serde::Serialize;

/// The data sets a lesson can ask for: a closed vocabulary.
#[derive(
    Serialize,
    Deserialize,
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
)]
pub enum DataKind {
    /// Handwritten digits of 28 x 28 pixels (MNIST).
    Digits,
    /// Handwritten digits of 8 x 8 pixels (UCI).
    Digits8,
    /// Pictures of clothes of 28 x 28 pixels (Fashion-MNIST).
    Fashion,
    /// Sketches of 20 things, 28 x 28 pixels (Quick, Draw!).
    Sketches,
    /// Small square patches of eleven photographs.
    Patches,
    /// Heartbeats of 140 points from one electrocardiogram.
    Ecg,
    /// Dictionary documents of ten topics as counts of 2,000 words.
    Documents,
    /// Four measurements of 150 flowers of three kinds.
    Iris,
    /// Thirteen measurements of 178 wines of three growers.
    Wine,
    /// Thirty measurements of 569 samples of breast tissue.
    Cancer,
    /// A Gaussian cloud in the plane.
    Gauss2d,
    /// A circle in the plane.
    Ring2d,
    /// Two arms that wind around their common middle.
    Spiral2d,
    /// Two circles around the same middle.
    Circles2,
    /// Eight clusters on a circle in the plane.
    Mix8,
    /// T states, each of them one bit that is on.
    Onehot,
    /// Simple shapes of which place, size and rotation are known.
    Shapes,
    /// Smooth curves with six degrees of freedom, 28 x 28 pixels.
    Curves,
    /// The digits, each turned by a random angle.
    Rotated,
    /// The digits on a background of noise.
    Backgrounds,
    /// Pictures of nothing, as bright as the digits on average.
    Noise,
    /// The digits with their pixels moved to other places.
    Shuffled,
    /// The user's own pictures.
    OwnImages,
    /// The user's own rows of numbers.
    OwnTable,
}

impl DataKind {
    /// All of them, in the order of the catalog.
    pub const ALL: [Self; 24] = [
        Self::Digits,
        Self::Digits8,
        Self::Fashion,
        Self::Sketches,
        Self::Patches,
        Self::Ecg,
        Self::Documents,
        Self::Iris,
        Self::Wine,
        Self::Cancer,
        Self::Gauss2d,
        Self::Ring2d,
        Self::Spiral2d,
        Self::Circles2,
        Self::Mix8,
        Self::Onehot,
        Self::Shapes,
        Self::Curves,
        Self::Rotated,
        Self::Backgrounds,
        Self::Noise,
        Self::Shuffled,
        Self::OwnImages,
        Self::OwnTable,
    ];

    /// The short name, as on the command line: `digits`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Digits => "digits",
            Self::Digits8 => "digits8",
            Self::Fashion => "fashion",
            Self::Sketches => "sketches",
            Self::Patches => "patches",
            Self::Ecg => "ecg",
            Self::Documents => "documents",
            Self::Iris => "iris",
            Self::Wine => "wine",
            Self::Cancer => "cancer",
            Self::Gauss2d => "gauss2d",
            Self::Ring2d => "ring2d",
            Self::Spiral2d => "spiral2d",
            Self::Circles2 => "circles2",
            Self::Mix8 => "mix8",
            Self::Onehot => "onehot",
            Self::Shapes => "shapes",
            Self::Curves => "curves",
            Self::Rotated => "rotated",
            Self::Backgrounds => "backgrounds",
            Self::Noise => "noise",
            Self::Shuffled => "shuffled",
            Self::OwnImages => "own-images",
            Self::OwnTable => "own-table",
        }
    }

    /// The kind with this short name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What it is, in a few words for a list.
    pub fn title(self) -> &'static str {
        match self {
            Self::Digits => "Handwritten digits, 28 x 28",
            Self::Digits8 => "Handwritten digits, 8 x 8",
            Self::Fashion => "Fashion-MNIST: clothes, 28 x 28",
            Self::Sketches => "Sketches by everybody, 28 x 28",
            Self::Patches => "Patches of photographs",
            Self::Ecg => "Heartbeats of one record, 140 points",
            Self::Documents => "Dictionary documents, 2,000 words",
            Self::Iris => "Iris flowers, 4 measurements",
            Self::Wine => "Wines, 13 measurements",
            Self::Cancer => "Cell nuclei of the breast, 30 measurements",
            Self::Gauss2d => "Gaussian cloud in the plane",
            Self::Ring2d => "Ring in the plane",
            Self::Spiral2d => "Spiral with two arms in the plane",
            Self::Circles2 => "Two circles in the plane",
            Self::Mix8 => "Eight clusters in the plane",
            Self::Onehot => "One-bit states",
            Self::Shapes => "Simple shapes with known factors, 28 x 28",
            Self::Curves => "Curves with six degrees of freedom, 28 x 28",
            Self::Rotated => "Rotated digits, 28 x 28",
            Self::Backgrounds => "Digits on noise, 28 x 28",
            Self::Noise => "Noise as bright as the digits",
            Self::Shuffled => "Digits with shuffled pixels",
            Self::OwnImages => "Your own pictures",
            Self::OwnTable => "Your own rows of numbers",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in DataKind::ALL {
            assert_eq!(DataKind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(DataKind::from_name("Digits"), None);
    }

    #[test]
    fn the_words_of_a_kind_fit_every_terminal() {
        for kind in DataKind::ALL {
            let words =
                kind.classes(8).concat() + kind.title() + kind.name();
            assert!(words.is_ascii(), "{words}");
        }
    }

    #[test]
    fn a_lesson_names_a_kind_by_its_variant() {
        let kind: DataKind = ron::from_str("Ring2d").unwrap();
        assert_eq!(kind, DataKind::Ring2d);
        assert!(ron::from_str::<DataKind>("ring").is_err());
    }
}
