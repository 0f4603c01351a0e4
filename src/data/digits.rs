//! The small handwritten digits of UCI (8 x 8), and what is known of the
//! large ones.

use crate::Real;

use super::DataError;
use super::DataKind;
use super::DataSpec;
use super::Dataset;
use super::Samples;
use super::Shape;
use super::batches::gather;
use super::batches::order;
use super::four_files::Pair;
use super::four_files::matrix;
use super::idx::Content;
use super::stored::embedded;

/// The mean pixel of the built-in training digits; a test measures it.
pub(super) const MEAN_PIXEL: f64 = 0.131_126;

/// How many of the 1,797 small digits are for training; 360 are left.
pub(super) const TRAIN8: usize = 1437;

/// All small digits.
pub(super) const ALL8: usize = 1797;

/// Fixes which of the small digits are for training.
const SPLIT8: u64 = 8;

/// The small digits are stored with values from 0 to 16.
const WHITE8: Real = 16.0;

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
