//! Sketches of twenty things: for questions such as whether some unit has
//! become a detector of faces.

use super::DataError;
use super::DataSpec;
use super::Dataset;
use super::Samples;
use super::Shape;
use super::finish;
use super::four_files::IMAGE;
use super::four_files::Pair;
use super::four_files::matrix;
use super::idx::Content;
use super::own::Raw;
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

/// The user's sketches: any classes, but pictures of 28 x 28.
pub(super) fn of_user(
    spec: &DataSpec,
    raw: Raw,
) -> Result<Dataset, DataError> {
    let folder = raw.folder.clone();
    let data = finish::pictures(spec, raw)?;
    if data.shape != IMAGE {
        let what = "its pictures are not of 28 x 28 pixels";
        let advice = "Move them to own-images.";
        return Err(DataError::unusable(&folder, what, advice));
    }
    Ok(data)
}
