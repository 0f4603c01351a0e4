//! What the labels of a data set stand for.

use super::DataKind;
use super::shapes;

/// The things that were drawn, in the order of their labels.
pub(super) const SKETCHES: [&str; 20] = [
    "airplane",
    "apple",
    "bicycle",
    "bird",
    "car",
    "cat",
    "clock",
    "cup",
    "dog",
    "eye",
    "face",
    "fish",
    "flower",
    "guitar",
    "hand",
    "house",
    "smiley face",
    "star",
    "sun",
    "tree",
];

/// The pieces of clothing, in the order of their labels.
const CLOTHES: [&str; 10] = [
    "T-shirt",
    "trousers",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
];

/// The topics of the documents, in the order of their labels.
pub(super) const TOPICS: [&str; 10] = [
    "animal",
    "artifact",
    "attribute",
    "body",
    "communication",
    "food",
    "person",
    "plant",
    "state",
    "substance",
];

impl DataKind {
    /// What the labels stand for; `features` matters for one-bit states,
    /// which have one class each. Empty where only the files know.
    pub fn classes(self, features: usize) -> Vec<String> {
        match self {
            Self::Digits
            | Self::Digits8
            | Self::Shuffled
            | Self::Rotated
            | Self::Backgrounds => {
                (0..10).map(|digit| digit.to_string()).collect()
            }
            Self::Fashion => words(&CLOTHES).collect(),
            Self::Sketches => words(&SKETCHES).collect(),
            Self::Patches => words(&["patch"]).collect(),
            Self::Ecg => words(&["narrow", "wide", "between"]).collect(),
            Self::Documents => words(&TOPICS).collect(),
            Self::Iris => {
                words(&["setosa", "versicolor", "virginica"]).collect()
            }
            Self::Wine => words(&["first", "second", "third"])
                .map(|which| format!("{which} grower"))
                .collect(),
            Self::Cancer => words(&["benign", "malignant"]).collect(),
            Self::Gauss2d => words(&["first", "second", "third", "fourth"])
                .map(|which| format!("{which} quarter"))
                .collect(),
            Self::Ring2d => (0..8)
                .map(|i| format!("{} to {} degrees", i * 45, i * 45 + 45))
                .collect(),
            Self::Spiral2d => words(&["first arm", "second arm"]).collect(),
            Self::Circles2 => {
                words(&["inner circle", "outer circle"]).collect()
            }
            Self::Mix8 => (1..=8).map(|i| format!("cluster {i}")).collect(),
            Self::Onehot => {
                (1..=features).map(|i| format!("state {i}")).collect()
            }
            Self::Shapes => words(&shapes::NAMES).collect(),
            Self::Curves => words(&["curve"]).collect(),
            Self::Noise => words(&["noise"]).collect(),
            Self::OwnImages | Self::OwnTable => Vec::new(),
        }
    }
}

/// Words as strings.
fn words(words: &[&str]) -> impl Iterator<Item = String> {
    words.iter().map(|&word| word.to_owned())
}
