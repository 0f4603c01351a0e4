//! Sketches of twenty things: for questions such as whether some unit has
//! become a detector of faces.

use super::DataError;
use super::DataSpec;
use super::Dataset;
use super::Samples;
use super::Shape;
use super::four_files::Pair;
use super::four_files::matrix;
use super::idx::Content;
use super::stored::embedded;

/// Sketches for training: 80 of each thing. Another 20 are for testing.
pub(super) const TRAIN: usize = 1600;
pub(super) const TEST: usize = 400;

/// Pictures and labels.
pub(super) fn files() -> Pair {
    Pair {
        images: embedded!("sketches-images-idx3-ubyte.gz"),
        labels: embedded!("sketches-labels-idx1-ubyte.gz"),
    }
}

/// The sketches: in the file the things take turns, so any beginning of it
/// has as many of each.
pub(super) fn sketches(spec: &DataSpec) -> Result<Dataset, DataError> {
    let files = files();
    let (header, pixels) =
        files.images.read(Content::Images, usize::MAX)?;
    let (_, labels) = files.labels.read(Content::Labels, usize::MAX)?;
    let item = header.item();
    let wanted = spec.wanted(TRAIN);
    let part = |from: usize, to: usize| Samples {
        x: matrix(&pixels[from * item..to * item], item, 255.0),
        labels: labels[from..to].to_vec(),
    };
    let parts = [part(0, wanted), part(TRAIN, header.count)];
    let shape = Shape::Image { width: header.width, height: header.height };
    Ok(Dataset::new(spec.kind, parts, shape))
}
