//! What the models see.
//!
//! Every data set is named by a [`DataKind`], shaped by a [`DataSpec`] and
//! loaded from a [`Library`]. Built-in sets and a user's own files go
//! through the same loaders; the others are made by a formula and a seed.
//! Nothing here downloads anything, and nothing here knows a model.

pub mod batches;
pub mod grouped;
pub mod idx;

mod catalog;
mod classes;
mod clouds;
mod curves;
mod delimited;
mod digits;
mod documents;
mod drawings;
mod ecg;
mod error;
mod finish;
mod four_files;
mod kind;
mod library;
mod npy;
mod onehot;
mod outliers;
mod own;
mod own_documents;
mod own_pictures;
mod patches;
mod pictures;
mod shapes;
mod sketches;
mod spec;
mod split;
pub mod stored;
mod tables;
mod variations;
mod zip;

pub use self::catalog::Entry;
pub use self::catalog::Origin;
pub use self::error::DataError;
pub use self::kind::DataKind;
pub use self::library::Library;
pub use self::spec::DataSpec;
pub use self::spec::Whitening;

use crate::nn::Matrix;

/// A data set, ready to learn from.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// Which one it is.
    pub kind: DataKind,
    /// What the model learns from.
    pub train: Samples,
    /// What it has never seen.
    pub test: Samples,
    /// How one example is to be drawn.
    pub shape: Shape,
    /// What the labels stand for, by number.
    pub classes: Vec<String>,
    /// What each number of an example is called: a word of the documents,
    /// a measurement of a table. Empty where numbers have no names, such
    /// as pixels.
    pub columns: Vec<String>,
    /// What each example was made from, where that is known.
    pub factors: Option<Factors>,
    /// A fingerprint of all values and labels, the same on every run and
    /// system that has the same data. It tells data sets apart; it is no
    /// protection against somebody who wants to deceive.
    pub hash: u64,
}

impl Dataset {
    /// Tells what the examples were made from.
    fn with_factors(
        mut self,
        names: &[&'static str],
        [train, test]: [Matrix; 2],
    ) -> Self {
        self.factors = Some(Factors { names: names.to_vec(), train, test });
        self
    }

    /// Puts a data set together and takes its fingerprint.
    fn new(kind: DataKind, parts: [Samples; 2], shape: Shape) -> Self {
        let hash = fingerprint(&parts);
        let [train, test] = parts;
        let classes = kind.classes(train.features());
        let columns = Vec::new();
        let factors = None;
        Self { kind, train, test, shape, classes, columns, factors, hash }
    }
}

/// Examples with their labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples {
    /// `[examples, features]`: pixels from 0 to 1, or coordinates.
    pub x: Matrix,
    /// The class of each example. An autoencoder never sees them; they
    /// color the pictures and serve the probes.
    pub labels: Vec<u8>,
}

impl Samples {
    /// How many examples there are.
    pub fn len(&self) -> usize {
        self.x.nrows()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many numbers make one example.
    pub fn features(&self) -> usize {
        self.x.ncols()
    }
}

/// The true causes of generated examples: what a good code should find.
/// Like the labels, they are never shown to a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Factors {
    /// What the columns of the tables stand for.
    pub names: Vec<&'static str>,
    /// `[training examples, factors]`.
    pub train: Matrix,
    /// `[test examples, factors]`.
    pub test: Matrix,
}

/// How one example is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A gray picture, row by row; 0 is background, 1 is ink.
    Image {
        /// Columns.
        width: usize,
        /// Rows.
        height: usize,
    },
    /// A point of the plane: two coordinates.
    Plane,
    /// A row of bits.
    Bits,
    /// A square patch of a photograph, row by row, with values around 0: 0
    /// is middle gray, whitened pixels reach about -4 to 4.
    Patch {
        /// Columns, and rows as well.
        side: usize,
    },
    /// A signal in time, evenly sampled.
    Signal {
        /// Samples.
        points: usize,
    },
    /// How often each word comes in a document; `columns` has the words.
    Words,
    /// Measurements of different kinds; `columns` has their names.
    Table,
}

/// FNV-1a, fed with the 32 bits of a value (or one label) at a time.
fn fingerprint(parts: &[Samples]) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    let mut eat = |word: u32| {
        hash = (hash ^ u64::from(word)).wrapping_mul(0x0100_0000_01B3);
    };
    for part in parts {
        part.x.iter().for_each(|value| eat(value.to_bits()));
        part.labels.iter().for_each(|&label| eat(u32::from(label)));
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(x: &[f32], labels: &[u8]) -> Samples {
        let shape = (labels.len(), x.len() / labels.len());
        let x = Matrix::from_shape_vec(shape, x.to_vec()).unwrap();
        Samples { x, labels: labels.to_vec() }
    }

    #[test]
    fn the_fingerprint_is_fnv_1a_of_the_words() {
        // By hand: one value 0.0 (word 0) and one label 1.
        let prime = 0x0100_0000_01B3_u64;
        let after_value = 0xCBF2_9CE4_8422_2325_u64.wrapping_mul(prime);
        let expected = (after_value ^ 1).wrapping_mul(prime);
        assert_eq!(fingerprint(&[samples(&[0.0], &[1])]), expected);
    }

    #[test]
    fn the_fingerprint_sees_values_labels_and_order() {
        let base = fingerprint(&[samples(&[0.0, 1.0], &[0, 1])]);
        for (x, labels) in [
            ([1.0, 0.0], [0, 1]),
            ([0.0, 1.0], [1, 0]),
            ([0.0, 0.5], [0, 1]),
        ] {
            assert_ne!(base, fingerprint(&[samples(&x, &labels)]));
        }
    }
}
