//! Where data sets come from.

use std::path::PathBuf;

use super::DataError;
use super::DataKind;
use super::DataSpec;
use super::Dataset;
use super::Shape;
use super::clouds;
use super::curves;
use super::digits;
use super::digits::Digits;
use super::onehot::onehot;
use super::outliers;
use super::shapes;
use super::variations;

/// The data sets of this program, and those of a user's folder that take
/// their place.
#[derive(Clone, Debug, Default)]
pub struct Library {
    folder: Option<PathBuf>,
}

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
    /// What is inside the program, and nothing else.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// The same, but a user's files come first.
    ///
    /// The four files of MNIST are looked for in `folder/digits` and then
    /// in `folder` itself, under their usual names:
    /// `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`,
    /// `t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte`, also with a
    /// dot before `idx`, plain or with `.gz` at the end. If none of them is
    /// there (or no such folder), the built-in digits serve; if only some
    /// are, loading says which one is missing.
    pub fn with_folder(folder: PathBuf) -> Self {
        Self { folder: Some(folder) }
    }

    /// Loads or makes a data set.
    ///
    /// # Errors
    ///
    /// A user's file that is missing, broken or not what its name says, and
    /// a setting out of its range. Nothing falls back silently.
    pub fn load(&self, spec: &DataSpec) -> Result<Dataset, DataError> {
        spec.check()?;
        let kind = spec.kind;
        match kind {
            DataKind::Digits => {
                let parts = self.digits()?.0.load(spec)?;
                let (width, height) = (digits::SIDE, digits::SIDE);
                let shape = Shape::Image { width, height };
                Ok(Dataset::new(kind, parts, shape))
            }
            DataKind::Shuffled => {
                let parts = self.digits()?.0.load(spec)?;
                Ok(outliers::shuffled(spec, parts))
            }
            DataKind::Digits8 => digits::digits8(spec),
            DataKind::Gauss2d => Ok(clouds::cloud(spec, clouds::gauss)),
            DataKind::Ring2d => Ok(clouds::cloud(spec, clouds::ring)),
            DataKind::Spiral2d => Ok(clouds::cloud(spec, clouds::spiral)),
            DataKind::Circles2 => Ok(clouds::cloud(spec, clouds::circles)),
            DataKind::Mix8 => Ok(clouds::cloud(spec, clouds::clusters)),
            DataKind::Onehot => Ok(onehot(spec)),
            DataKind::Shapes => Ok(shapes::shapes(spec)),
            DataKind::Curves => Ok(curves::curves(spec)),
            DataKind::Rotated => {
                let parts = self.digits()?.0.load(spec)?;
                Ok(variations::rotated(spec, parts))
            }
            DataKind::Backgrounds => {
                let parts = self.digits()?.0.load(spec)?;
                Ok(variations::backgrounds(spec, parts))
            }
            DataKind::Noise => Ok(outliers::noise(spec)),
            _ => Err(DataError::NotYet { name: kind.name() }),
        }
    }

    /// What there is, in the order of [`DataKind::ALL`]. Reads headers.
    pub fn catalog(&self) -> Vec<Entry> {
        DataKind::ALL.into_iter().map(|kind| self.entry(kind)).collect()
    }

    /// The digits that serve, and where they lie.
    fn digits(&self) -> Result<(Digits, Origin), DataError> {
        let folder = self.folder.as_deref();
        let places =
            folder.map(|folder| [folder.join("digits"), folder.into()]);
        for place in places.into_iter().flatten() {
            if let Some(digits) = Digits::in_folder(&place)? {
                return Ok((digits, Origin::Folder(place)));
            }
        }
        Ok((Digits::embedded(), Origin::Embedded))
    }

    fn entry(&self, kind: DataKind) -> Entry {
        match kind {
            DataKind::Digits
            | DataKind::Shuffled
            | DataKind::Rotated
            | DataKind::Backgrounds => self.digits_entry(kind),
            DataKind::Shapes | DataKind::Curves => Entry {
                features: digits::SIDE * digits::SIDE,
                ..generated(kind)
            },
            DataKind::Digits8 => Entry {
                train: digits::TRAIN8,
                test: digits::ALL8 - digits::TRAIN8,
                features: 64,
                source: "E. Alpaydin, C. Kaynak; UCI repository",
                license: "CC BY 4.0, as reported; see NOTICE-digits8.md",
                bytes: digits::bytes8(),
                from: Origin::Embedded,
                ..generated(kind)
            },
            DataKind::Onehot => Entry {
                train: DataSpec::new(kind).states,
                test: DataSpec::new(kind).states,
                features: DataSpec::new(kind).states,
                ..generated(kind)
            },
            DataKind::Noise => Entry {
                train: outliers::NOISE,
                test: outliers::NOISE,
                features: digits::SIDE * digits::SIDE,
                ..generated(kind)
            },
            DataKind::Gauss2d
            | DataKind::Ring2d
            | DataKind::Spiral2d
            | DataKind::Circles2
            | DataKind::Mix8 => generated(kind),
            _ => Entry {
                problem: Some(
                    DataError::NotYet { name: kind.name() }.to_string(),
                ),
                ..generated(kind)
            },
        }
    }

    /// The digits as they lie, or why they cannot be used.
    fn digits_entry(&self, kind: DataKind) -> Entry {
        let found = self.digits().and_then(|(digits, from)| {
            let counts = digits.counts()?;
            Ok((counts, digits.bytes(), from))
        });
        let entry = Entry {
            train: 0,
            test: 0,
            features: digits::SIDE * digits::SIDE,
            ..generated(kind)
        };
        match found {
            Err(problem) => {
                let folder = self.folder.clone().unwrap_or_default();
                let problem = Some(problem.to_string());
                Entry { from: Origin::Folder(folder), problem, ..entry }
            }
            Ok(((train, test), bytes, from)) => {
                let (source, license) = terms(&from);
                Entry { train, test, source, license, bytes, from, ..entry }
            }
        }
    }
}

/// Maker and terms of the digits that lie there.
fn terms(from: &Origin) -> (&'static str, &'static str) {
    match from {
        Origin::Folder(_) => ("your own files", "that of your files"),
        _ => (
            "MNIST: Y. LeCun, C. Cortes, C. Burges",
            "CC BY-SA 3.0, as reported; see NOTICE-mnist.md",
        ),
    }
}

/// The entry of a generated cloud; others change what differs.
fn generated(kind: DataKind) -> Entry {
    Entry {
        kind,
        title: kind.title(),
        train: clouds::TRAIN,
        test: clouds::TEST,
        features: 2,
        source: "made by gargalo from a seed",
        license: "that of gargalo",
        bytes: 0,
        from: Origin::Generated,
        problem: None,
    }
}
