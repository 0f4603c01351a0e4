//! Handwritten digits: MNIST (28 x 28) and the small ones of UCI (8 x 8).
//!
//! What is inside the program lies in `lessons/data/`, with its origin, its
//! terms and the script that made it. A user who has all of MNIST puts the
//! four files into a folder; they then take the place of the built-in part.

use std::path::Path;
use std::path::PathBuf;

use crate::Real;
use crate::nn::Matrix;

use super::DataError;
use super::DataKind;
use super::DataSpec;
use super::Dataset;
use super::Samples;
use super::Shape;
use super::batches::gather;
use super::batches::order;
use super::idx::Content;
use super::idx::Header;
use super::idx::IdxFile;

/// The mean pixel of the built-in training digits; a test measures it.
pub(super) const MEAN_PIXEL: f64 = 0.131_126;

/// Pixels on each side of a picture.
pub(super) const SIDE: usize = 28;

/// How many of the 1,797 small digits are for training; 360 are left.
pub(super) const TRAIN8: usize = 1437;

/// All small digits.
pub(super) const ALL8: usize = 1797;

/// Fixes which of the small digits are for training.
const SPLIT8: u64 = 8;

/// The small digits are stored with values from 0 to 16.
const WHITE8: Real = 16.0;

/// A file of `lessons/data/`, inside the program.
macro_rules! embedded {
    ($name:literal) => {
        IdxFile::embedded(
            $name,
            include_bytes!(concat!("../../lessons/data/", $name)),
        )
    };
}

/// Pictures and the labels that belong to them.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    images: IdxFile,
    labels: IdxFile,
}

/// The digits of 28 x 28 pixels, wherever they lie.
#[derive(Clone, Debug)]
pub(super) struct Digits {
    train: Pair,
    test: Pair,
}

impl Digits {
    /// Those inside the program: the first 10,000 training pictures and
    /// every fifth test picture of MNIST.
    pub(super) fn embedded() -> Self {
        let train = Pair {
            images: embedded!("digits-train-images-idx3-ubyte.gz"),
            labels: embedded!("digits-train-labels-idx1-ubyte.gz"),
        };
        let test = Pair {
            images: embedded!("digits-t10k-images-idx3-ubyte.gz"),
            labels: embedded!("digits-t10k-labels-idx1-ubyte.gz"),
        };
        Self { train, test }
    }

    /// Those in a user's folder, if any of the four files is there. The
    /// others must be there, too.
    pub(super) fn in_folder(
        folder: &Path,
    ) -> Result<Option<Self>, DataError> {
        let parts = [
            ("train", Content::Images),
            ("train", Content::Labels),
            ("t10k", Content::Images),
            ("t10k", Content::Labels),
        ];
        let found = parts.map(|(part, content)| {
            let names = names(part, content);
            find(folder, &names).ok_or_else(|| {
                let folder = folder.display().to_string();
                let [file, ..] = names;
                DataError::Missing { folder, file }
            })
        });
        if found.iter().all(Result::is_err) {
            return Ok(None);
        }
        let [a, b, c, d] = found;
        let pair = |images, labels| Pair {
            images: IdxFile::on_disk(images),
            labels: IdxFile::on_disk(labels),
        };
        Ok(Some(Self { train: pair(a?, b?), test: pair(c?, d?) }))
    }

    /// Training pictures as many as wanted, in their order, and all test
    /// pictures.
    pub(super) fn load(
        &self,
        spec: &DataSpec,
    ) -> Result<[Samples; 2], DataError> {
        let wanted = spec.wanted(usize::MAX);
        Ok([self.train.load(wanted)?, self.test.load(usize::MAX)?])
    }

    /// How many examples there are for training and for testing.
    pub(super) fn counts(&self) -> Result<(usize, usize), DataError> {
        Ok((self.train.count()?, self.test.count()?))
    }

    /// Bytes of the four files as they lie.
    pub(super) fn bytes(&self) -> u64 {
        self.train.bytes() + self.test.bytes()
    }
}

impl Pair {
    /// The first `first` examples, pixels from 0 to 1.
    fn load(&self, first: usize) -> Result<Samples, DataError> {
        let (header, pixels) = self.images.read(Content::Images, first)?;
        let (numbers, labels) = self.labels.read(Content::Labels, first)?;
        self.check(header, numbers)?;
        let wrong = labels.iter().zip(1..).find(|&(&label, _)| label > 9);
        if let Some((&found, position)) = wrong {
            let file = self.labels.name.clone();
            return Err(DataError::Label { file, found, position });
        }
        let x = matrix(&pixels, header.item(), Real::from(u8::MAX));
        Ok(Samples { x, labels })
    }

    /// How many examples there are; reads headers only.
    fn count(&self) -> Result<usize, DataError> {
        let images = self.images.header(Content::Images)?;
        self.check(images, self.labels.header(Content::Labels)?)?;
        Ok(images.count)
    }

    /// Refuses pictures of another size and labels of another set.
    fn check(
        &self,
        images: Header,
        labels: Header,
    ) -> Result<(), DataError> {
        let Header { count: expected, height, width } = images;
        if (height, width) != (SIDE, SIDE) {
            let file = self.images.name.clone();
            return Err(DataError::ImageSize { file, width, height });
        }
        if labels.count != expected {
            return Err(DataError::CountMismatch {
                images: self.images.name.clone(),
                labels: self.labels.name.clone(),
                expected,
                found: labels.count,
            });
        }
        Ok(())
    }

    fn bytes(&self) -> u64 {
        self.images.stored_bytes() + self.labels.stored_bytes()
    }
}

/// The files of the small digits: pictures, labels.
fn small() -> Pair {
    Pair {
        images: embedded!("digits8-images-idx3-ubyte.gz"),
        labels: embedded!("digits8-labels-idx1-ubyte.gz"),
    }
}

/// Bytes of the small digits as they lie.
pub(super) fn bytes8() -> u64 {
    small().bytes()
}

/// The small digits. They come sorted by writer, so they are shuffled once
/// and for all before they are divided: 1,437 for training and 360 for
/// testing. The same hand can therefore appear on both sides.
pub(super) fn digits8(spec: &DataSpec) -> Result<Dataset, DataError> {
    let files = small();
    let (header, pixels) =
        files.images.read(Content::Images, usize::MAX)?;
    let (_, labels) = files.labels.read(Content::Labels, usize::MAX)?;
    let x = matrix(&pixels, header.item(), WHITE8);
    let order = order(header.count, SPLIT8, 0);
    let (train, test) = order.split_at(TRAIN8);
    let (train, _) = train.split_at(spec.wanted(train.len()));
    let part = |rows: &[u32]| Samples {
        x: gather(&x, rows),
        labels: rows.iter().map(|&row| labels[row as usize]).collect(),
    };
    let shape = Shape::Image { width: header.width, height: header.height };
    let parts = [part(train), part(test)];
    Ok(Dataset::new(DataKind::Digits8, parts, shape))
}

/// Bytes as a matrix `[examples, item]`, where `white` becomes 1.
fn matrix(bytes: &[u8], item: usize, white: Real) -> Matrix {
    let mut x = Matrix::zeros((bytes.len() / item, item));
    for (to, &from) in x.iter_mut().zip(bytes) {
        *to = Real::from(from) / white;
    }
    x
}

/// The names a file of MNIST goes by.
fn names(part: &str, content: Content) -> [String; 4] {
    let (what, dimensions) = match content {
        Content::Images => ("images", 3),
        Content::Labels => ("labels", 1),
    };
    let plain = |dot| format!("{part}-{what}{dot}idx{dimensions}-ubyte");
    let packed = |dot| plain(dot) + ".gz";
    [plain("-"), packed("-"), plain("."), packed(".")]
}

/// The first of these names that is an ordinary file in the folder.
fn find(folder: &Path, names: &[String]) -> Option<PathBuf> {
    names.iter().map(|name| folder.join(name)).find(|path| path.is_file())
}
