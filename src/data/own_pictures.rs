//! Folders of pictures: a subfolder for each class.

use std::path::Path;
use std::path::PathBuf;

use crate::Real;
use crate::nn::Matrix;

use super::DataError;
use super::grouped::grouped;
use super::npy;
use super::own::Part;
use super::own::Raw;
use super::own::entries;
use super::own::name;
use super::pictures;
use super::pictures::Gray;
use super::stored::Stored;

/// The most pictures of a folder.
const MOST: usize = 100_000;

/// The largest side of a picture that is shown to a model; larger ones are
/// shrunk by a whole number.
pub(super) const SIDE: usize = 32;

/// Pictures in `train` and `test`, in folders named like classes, or as
/// they lie.
pub(super) fn folders(
    folder: &Path,
    raw: &mut Raw,
) -> Result<bool, DataError> {
    let inner = folder.join("train");
    if inner.is_dir() {
        let train = classes(&inner, &mut raw.bytes)?;
        raw.test = classes(&folder.join("test"), &mut raw.bytes)?;
        raw.train = train.unwrap_or_default();
    } else if let Some(train) = classes(folder, &mut raw.bytes)? {
        raw.train = train;
    }
    Ok(raw.train.x.nrows() > 0)
}

/// The pictures of a folder that end in `.pgm` or `.png`.
pub(super) fn pictures(folder: &Path) -> Result<Vec<PathBuf>, DataError> {
    entries(folder, |path| {
        let name = name(path);
        let picture = name.ends_with(".pgm") || name.ends_with(".png");
        picture && path.is_file()
    })
}

/// All pictures of one part.
fn classes(
    folder: &Path,
    bytes: &mut u64,
) -> Result<Option<Part>, DataError> {
    let mut all: Vec<(String, PathBuf)> = Vec::new();
    for inner in entries(folder, Path::is_dir)? {
        let file_name = inner.file_name().unwrap_or_default();
        let class = file_name.to_string_lossy().into_owned();
        let found = pictures(&inner)?.into_iter();
        all.extend(found.map(|path| (class.clone(), path)));
    }
    if all.is_empty() {
        let found = pictures(folder)?.into_iter();
        all.extend(found.map(|path| (String::new(), path)));
    }
    if all.len() > MOST {
        let what = format!("it has {} pictures", grouped(all.len()));
        let name = folder.display().to_string();
        let advice = "Use at most 100,000 pictures.";
        return Err(DataError::unusable(&name, what, advice));
    }
    let mut labels = Vec::with_capacity(all.len());
    let mut values: Vec<Real> = Vec::new();
    let mut size = None;
    for (class, path) in all {
        let file = Stored::on_disk(path);
        *bytes += file.stored_bytes();
        let Gray { width, height, pixels } = shrunk(pictures::read(&file)?);
        if *size.get_or_insert((width, height)) != (width, height) {
            let what = format!(
                "it becomes {width} x {height} pixels, unlike those before \
                 it"
            );
            let advice = "Use pictures of one size.";
            return Err(file.unusable(what, advice));
        }
        values.extend(pixels);
        if values.len() > npy::MOST {
            let what = "with it there are more than 67,108,864 pixels";
            return Err(file.unusable(what, "Use fewer pictures."));
        }
        labels.push(class);
    }
    let Some((width, height)) = size else { return Ok(None) };
    let shape = (labels.len(), width * height);
    let x = Matrix::from_shape_vec(shape, values).map_err(|error| {
        let name = folder.display().to_string();
        DataError::unusable(&name, error.to_string(), "Use others.")
    })?;
    if labels.iter().all(String::is_empty) {
        labels.clear();
    }
    Ok(Some(Part { x, size, is_bytes: false, labels }))
}

/// A picture whose sides are at most [`SIDE`]: each new pixel is the mean
/// of a square of old ones; what is left at the right and below is cut off.
pub(super) fn shrunk(picture: Gray) -> Gray {
    let longer = picture.width.max(picture.height);
    let factor = longer.div_ceil(SIDE);
    if factor <= 1 {
        return picture;
    }
    let width = (picture.width / factor).max(1);
    let height = (picture.height / factor).max(1);
    let mut pixels = vec![0.0; width * height];
    let across = factor.min(picture.width);
    let down = factor.min(picture.height);
    for (i, pixel) in pixels.iter_mut().enumerate() {
        let (left, top) = (i % width * factor, i / width * factor);
        let mut sum = 0.0;
        for row in top..top + down {
            let start = row * picture.width + left;
            let square = &picture.pixels[start..start + across];
            sum += square.iter().sum::<Real>();
        }
        *pixel = sum / (across * down) as Real;
    }
    Gray { width, height, pixels }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_pictures_are_shrunk_by_a_whole_number() {
        let (width, height) = (92, 112);
        let pixels = (0..width * height).map(|i| (i % width) as Real);
        let picture = Gray { width, height, pixels: pixels.collect() };
        let small = shrunk(picture);
        // 112 / 4 = 28 and 92 / 4 = 23; the mean of 0, 1, 2, 3 is 1.5.
        assert_eq!((small.width, small.height), (23, 28));
        assert_eq!(small.pixels[..3], [1.5, 5.5, 9.5]);
        assert_eq!(small.pixels[23 * 27 + 22], 89.5);
    }

    #[test]
    fn small_and_thin_pictures_survive() {
        let tiny = Gray { width: 3, height: 2, pixels: vec![0.5; 6] };
        assert_eq!(shrunk(tiny.clone()), tiny);
        let line = Gray { width: 100, height: 1, pixels: vec![0.5; 100] };
        let line = shrunk(line);
        assert_eq!((line.width, line.height), (25, 1));
        assert_eq!(line.pixels[24], 0.5);
    }
}
