//! Which data sets there are.

use std::path::PathBuf;

use super::DataError;
use super::DataKind;
use super::DataSpec;
use super::Library;
use super::clouds;
use super::digits;
use super::documents;
use super::ecg;
use super::four_files;
use super::four_files::FourFiles;
use super::outliers;
use super::own_pictures;
use super::patches;
use super::sketches;
use super::stored::Stored;
use super::tables;

/// One line of the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which data set.
    pub kind: DataKind,
    /// What it is, in a few words.
    pub title: &'static str,
    /// Training examples there are, with the usual settings.
    pub train: usize,
    /// Test examples.
    pub test: usize,
    /// Numbers per example.
    pub features: usize,
    /// Who made it.
    pub source: &'static str,
    /// The terms it comes under.
    pub license: &'static str,
    /// Bytes as stored, packed; 0 if it is generated.
    pub bytes: u64,
    /// Where it lies.
    pub from: Origin,
    /// Why it cannot be loaded, if it cannot. Then the counts are 0.
    pub problem: Option<String>,
}

/// Where a data set lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In the program.
    Embedded,
    /// In this folder of the user.
    Folder(PathBuf),
    /// Made when it is wanted.
    Generated,
}

impl Library {
    /// What there is, in the order of [`DataKind::ALL`]. Of most sets only
    /// headers are read; a user's pictures and tables are read whole.
    pub fn catalog(&self) -> Vec<Entry> {
        DataKind::ALL.into_iter().map(|kind| self.entry(kind)).collect()
    }

    fn entry(&self, kind: DataKind) -> Entry {
        let blank = generated(kind);
        match kind {
            DataKind::Digits
            | DataKind::Shuffled
            | DataKind::Rotated
            | DataKind::Backgrounds => {
                self.four_files(kind, self.digits(), MNIST)
            }
            DataKind::Fashion => {
                self.four_files(kind, self.fashion(), FASHION)
            }
            DataKind::Sketches
            | DataKind::Patches
            | DataKind::Documents
            | DataKind::Ecg => match self.brought(kind) {
                Ok(0) => embedded(kind),
                _ => self.own_entry(kind),
            },
            DataKind::Digits8
            | DataKind::Iris
            | DataKind::Wine
            | DataKind::Cancer => embedded(kind),
            DataKind::Shapes | DataKind::Curves => {
                Entry { features: PIXELS, ..blank }
            }
            DataKind::Onehot => {
                let states = DataSpec::new(kind).states;
                let (train, test) = (states, states);
                Entry { train, test, features: states, ..blank }
            }
            DataKind::Noise => Entry {
                train: outliers::NOISE,
                test: outliers::NOISE,
                features: PIXELS,
                ..blank
            },
            DataKind::Gauss2d
            | DataKind::Ring2d
            | DataKind::Spiral2d
            | DataKind::Circles2
            | DataKind::Mix8 => blank,
            DataKind::OwnImages | DataKind::OwnTable => {
                self.own_entry(kind)
            }
        }
    }

    /// What the user brought, or why there is nothing.
    fn own_entry(&self, kind: DataKind) -> Entry {
        let folder = self.folder.clone().unwrap_or_default();
        let from = Origin::Folder(folder.join(kind.name()));
        let spec = DataSpec::new(kind);
        let found = self
            .load(&spec)
            .and_then(|data| Ok((self.brought(kind)?, data)));
        let (source, license) = YOURS;
        let entry = Entry { source, license, from, ..generated(kind) };
        match found {
            Ok((bytes, data)) => Entry {
                train: data.train.len(),
                test: data.test.len(),
                features: data.train.features(),
                bytes,
                ..entry
            },
            Err(problem) => Entry {
                train: 0,
                test: 0,
                features: 0,
                problem: Some(problem.to_string()),
                ..entry
            },
        }
    }

    /// Bytes that the user brought for a set.
    fn brought(&self, kind: DataKind) -> Result<u64, DataError> {
        if kind != DataKind::Patches {
            return Ok(self.users(kind)?.map_or(0, |raw| raw.bytes));
        }
        let mut bytes = 0;
        for place in self.places(&[kind.name()]) {
            for path in own_pictures::pictures(&place)? {
                bytes += Stored::on_disk(path).stored_bytes();
            }
        }
        Ok(bytes)
    }

    /// A set of four files as it lies, or why it cannot be used.
    fn four_files(
        &self,
        kind: DataKind,
        files: Result<(FourFiles, Origin), DataError>,
        terms: Terms,
    ) -> Entry {
        let found = files.and_then(|(files, from)| {
            let counts = files.counts()?;
            Ok((counts, files.bytes(), from))
        });
        let entry = Entry {
            train: 0,
            test: 0,
            features: PIXELS,
            ..generated(kind)
        };
        match found {
            Err(problem) => {
                let folder = self.folder.clone().unwrap_or_default();
                let problem = Some(problem.to_string());
                Entry { from: Origin::Folder(folder), problem, ..entry }
            }
            Ok(((train, test), bytes, from)) => {
                let (source, license) = match from {
                    Origin::Folder(_) => YOURS,
                    _ => terms,
                };
                Entry { train, test, source, license, bytes, from, ..entry }
            }
        }
    }
}

/// Pixels of a picture of 28 x 28.
const PIXELS: usize = four_files::SIDE * four_files::SIDE;

/// Who made it, and its terms.
type Terms = (&'static str, &'static str);

const YOURS: Terms = ("your own files", "that of your files");

const MNIST: Terms = (
    "MNIST: Y. LeCun, C. Cortes, C. Burges",
    "CC BY-SA 3.0, as reported; see NOTICE-mnist.md",
);

const FASHION: Terms = (
    "Fashion-MNIST: Zalando SE (H. Xiao, K. Rasul, R. Vollgraf)",
    "MIT; see NOTICE-fashion.md",
);

/// Maker and terms of the other built-in sets.
fn terms(kind: DataKind) -> Terms {
    match kind {
        DataKind::Digits8 => (
            "E. Alpaydin, C. Kaynak; UCI repository",
            "CC BY 4.0, as reported; see NOTICE-digits8.md",
        ),
        DataKind::Sketches => (
            "Quick, Draw!: Google, Inc. and the players",
            "CC BY 4.0; see NOTICE-sketches.md",
        ),
        DataKind::Patches => (
            "eleven photographs; who took them is in the notice",
            "CC0 or public domain; see NOTICE-photos.md",
        ),
        DataKind::Ecg => (
            "MIT-BIH record 208: G. Moody, R. Mark; labels by a rule of \
             widths, no diagnosis",
            "ODC-By 1.0, as reported; see NOTICE-ecg.md",
        ),
        DataKind::Documents => (
            "WordNet 3.0: Princeton University",
            "WordNet 3.0 license; see NOTICE-wordnet.md",
        ),
        DataKind::Iris => (
            "R. A. Fisher, E. Anderson; UCI repository",
            "CC BY 4.0, as reported; see NOTICE-tables.md",
        ),
        DataKind::Wine => (
            "M. Forina et al.; UCI repository",
            "CC BY 4.0, as reported; see NOTICE-tables.md",
        ),
        DataKind::Cancer => (
            "W. Wolberg, W. Street, O. Mangasarian; UCI repository",
            "CC BY 4.0, as reported; see NOTICE-tables.md",
        ),
        _ => ("made by gargalo from a seed", "that of gargalo"),
    }
}

/// The entry of a built-in set that is not four files.
fn embedded(kind: DataKind) -> Entry {
    let both = |files: [u64; 2]| files.iter().sum();
    let ([train, test, features], bytes) = match kind {
        DataKind::Digits8 => {
            let test = digits::ALL8 - digits::TRAIN8;
            ([digits::TRAIN8, test, 64], digits::bytes8())
        }
        DataKind::Sketches => (
            [sketches::TRAIN, sketches::TEST, PIXELS],
            sketches::files().bytes(),
        ),
        DataKind::Patches => {
            let features = DataSpec::new(kind).patch.pow(2);
            let sizes = [patches::TRAIN, patches::TEST, features];
            (sizes, patches::file().stored_bytes())
        }
        DataKind::Ecg => (
            [ecg::TRAIN, ecg::TEST, ecg::POINTS],
            both(ecg::files().map(|file| file.stored_bytes())),
        ),
        DataKind::Documents => (
            [documents::TRAIN, documents::TEST, documents::WORDS],
            documents::file().stored_bytes(),
        ),
        _ => (tables::sizes(kind), tables::file(kind).stored_bytes()),
    };
    let (source, license) = terms(kind);
    let from = Origin::Embedded;
    let entry = generated(kind);
    Entry { train, test, features, source, license, bytes, from, ..entry }
}

/// The entry of a generated cloud; others change what differs.
fn generated(kind: DataKind) -> Entry {
    let (source, license) = terms(DataKind::Gauss2d);
    Entry {
        kind,
        title: kind.title(),
        train: clouds::TRAIN,
        test: clouds::TEST,
        features: 2,
        source,
        license,
        bytes: 0,
        from: Origin::Generated,
        problem: None,
    }
}
