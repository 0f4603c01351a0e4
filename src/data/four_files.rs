//! Sets that are stored as MNIST is: four files in the IDX format, pictures
//! and labels for training and for testing.

use std::path::Path;
use std::path::PathBuf;

use crate::Real;
use crate::nn::Matrix;

use super::DataError;
use super::DataSpec;
use super::Samples;
use super::Shape;
use super::idx::Content;
use super::idx::Header;
use super::stored::Stored;
use super::stored::embedded;

/// Pixels on each side of a picture.
pub(super) const SIDE: usize = 28;

/// How a picture is to be drawn.
pub(super) const IMAGE: Shape = Shape::Image { width: SIDE, height: SIDE };

/// Pictures and the labels that belong to them.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    /// The pictures.
    pub images: Stored,
    /// Their labels.
    pub labels: Stored,
}

/// Four files of pictures of 28 x 28 pixels in ten classes, wherever they
/// lie.
#[derive(Clone, Debug)]
pub(super) struct FourFiles {
    train: Pair,
    test: Pair,
}

impl FourFiles {
    /// The digits inside the program: the first 10,000 training pictures
    /// and every fifth test picture of MNIST.
    pub(super) fn digits() -> Self {
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

    /// The clothes inside the program: the first 5,000 training pictures
    /// and every tenth test picture of Fashion-MNIST.
    pub(super) fn fashion() -> Self {
        let train = Pair {
            images: embedded!("fashion-train-images-idx3-ubyte.gz"),
            labels: embedded!("fashion-train-labels-idx1-ubyte.gz"),
        };
        let test = Pair {
            images: embedded!("fashion-t10k-images-idx3-ubyte.gz"),
            labels: embedded!("fashion-t10k-labels-idx1-ubyte.gz"),
        };
        Self { train, test }
    }

    /// Those in a user's folder, if any of the four files is there. The
    /// others must be there, too.
    pub(super) fn in_folder(
        folder: &Path,
        set: &'static str,
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
                DataError::Missing { folder, file, set }
            })
        });
        if found.iter().all(Result::is_err) {
            return Ok(None);
        }
        let [a, b, c, d] = found;
        let pair = |images, labels| Pair {
            images: Stored::on_disk(images),
            labels: Stored::on_disk(labels),
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

    /// Bytes of both files as they lie.
    pub(super) fn bytes(&self) -> u64 {
        self.images.stored_bytes() + self.labels.stored_bytes()
    }
}

/// Bytes as a matrix `[examples, item]`, where `white` becomes 1.
pub(super) fn matrix(bytes: &[u8], item: usize, white: Real) -> Matrix {
    let mut x = Matrix::zeros((bytes.len() / item, item));
    for (to, &from) in x.iter_mut().zip(bytes) {
        *to = Real::from(from) / white;
    }
    x
}

/// The names a file of MNIST goes by.
pub(super) fn names(part: &str, content: Content) -> [String; 4] {
    let (what, dimensions) = match content {
        Content::Images => ("images", 3),
        Content::Labels => ("labels", 1),
    };
    let plain = |dot| format!("{part}-{what}{dot}idx{dimensions}-ubyte");
    let packed = |dot| plain(dot) + ".gz";
    [plain("-"), packed("-"), plain("."), packed(".")]
}

/// The first of these names that is an ordinary file in the folder.
pub(super) fn find(folder: &Path, names: &[String]) -> Option<PathBuf> {
    names.iter().map(|name| folder.join(name)).find(|path| path.is_file())
}
