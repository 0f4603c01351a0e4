//! Small squares cut out of photographs: the world that the visual cortex
//! of a mammal, and a sparse autoencoder, has to explain.

use std::path::Path;

use rand::RngExt;

use crate::Real;
use crate::nn::Matrix;
use crate::nn::pca::Pca;
use crate::nn::random::Purpose;
use crate::nn::random::stream;

use super::DataError;
use super::DataSpec;
use super::Dataset;
use super::Samples;
use super::Shape;
use super::Whitening;
use super::npy;
use super::own_pictures;
use super::pictures;
use super::pictures::Gray;
use super::stored::Stored;
use super::stored::embedded;

/// Training patches when all are wanted, the most one can ask for, and test
/// patches.
pub(super) const TRAIN: usize = 10_000;
pub(super) const MOST: usize = 50_000;
pub(super) const TEST: usize = 2000;

/// Whitening is fitted to this many training patches, however many are
/// wanted, so that the first patches are the same whatever is wanted.
const FITTED: usize = 10_000;

/// Added to every variance before whitening, as a share of the mean one.
/// The faintest directions of a photograph are noise, and full whitening
/// would make them as loud as all others. It was chosen by looking at the
/// filters of a sparse autoencoder: with a tenth or less they are noise,
/// with the whole mean most are edges.
const FLOOR: Real = 1.0;

/// The least side of a user's photograph: its lowest quarter holds the
/// largest patch.
const LEAST: usize = 64;

/// The side of a built-in photograph.
const SIDE: usize = 240;

/// The eleven photographs, one below the other.
pub(super) fn file() -> Stored {
    embedded!("photos.png")
}

/// The built-in photographs.
pub(super) fn photos() -> Result<Vec<Gray>, DataError> {
    let Gray { width, pixels, .. } = pictures::read(&file())?;
    let cut = pixels.chunks_exact(width * SIDE);
    Ok(cut
        .map(|pixels| Gray { width, height: SIDE, pixels: pixels.to_vec() })
        .collect())
}

/// The user's photographs: PNG or PGM, at least 64 pixels on each side and
/// 64 Mi pixels in all.
pub(super) fn photos_in(folder: &Path) -> Result<Vec<Gray>, DataError> {
    let mut photos = Vec::new();
    let mut pixels = 0;
    for path in own_pictures::pictures(folder)? {
        let file = Stored::on_disk(path);
        let photo = pictures::read(&file)?;
        if photo.width.min(photo.height) < LEAST {
            let what = "it has a side of less than 64 pixels";
            return Err(file.unusable(what, "Use a larger photograph."));
        }
        pixels += photo.pixels.len();
        if pixels > npy::MOST {
            let what = "with it there are more than 67,108,864 pixels";
            return Err(file.unusable(what, "Use fewer photographs."));
        }
        photos.push(photo);
    }
    Ok(photos)
}

/// Patches of random places of photographs, all places of all photographs
/// alike. The lowest quarter of every photograph is for testing and the
/// rest for training, so no pixel is in both. All labels are 0.
pub(super) fn patches(spec: &DataSpec, photos: &[Gray]) -> Dataset {
    let wanted = match spec.examples {
        0 => TRAIN,
        examples => examples.min(MOST),
    };
    let fitted = match spec.whitening {
        Whitening::Off => 0,
        Whitening::Zca | Whitening::Ufldl => FITTED,
    };
    let mut train = cut(spec, photos, wanted.max(fitted), Part::Train);
    let mut test = cut(spec, photos, TEST, Part::Test);
    let side = spec.patch;
    let mut shape = Shape::Image { width: side, height: side };
    if spec.whitening != Whitening::Off {
        let whiten = Whiten::fit(&train, FITTED);
        train = whiten.apply(&train);
        test = whiten.apply(&test);
        shape = Shape::Patch { side };
    }
    if spec.whitening == Whitening::Ufldl {
        let limit = 3.0 * deviation(&train, FITTED);
        for part in [&mut train, &mut test] {
            part.mapv_inplace(|v| squeezed(v, limit));
        }
        shape = Shape::Image { width: side, height: side };
    }
    let train = train.slice(ndarray::s![..wanted, ..]).to_owned();
    let parts = [train, test].map(|x| {
        let labels = vec![0; x.nrows()];
        Samples { x, labels }
    });
    Dataset::new(spec.kind, parts, shape)
}

/// -limit to limit as 0.1 to 0.9; what lies outside is cut off.
fn squeezed(value: Real, limit: Real) -> Real {
    (value / limit).clamp(-1.0, 1.0) * 0.4 + 0.5
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Train,
    Test,
}

/// Cuts patches at random places.
fn cut(
    spec: &DataSpec,
    photos: &[Gray],
    count: usize,
    part: Part,
) -> Matrix {
    let side = spec.patch;
    let mut rng = stream(spec.seed, Purpose::Data, part as u64);
    let mut x = Matrix::zeros((count, side * side));
    for mut row in x.outer_iter_mut() {
        let photo =
            &photos[rng.random_range(0..photos.len() as u32) as usize];
        let border = photo.height * 3 / 4;
        let (first, last) = match part {
            Part::Train => (0, border - side),
            Part::Test => (border, photo.height - side),
        };
        let top = rng.random_range(first as u32..=last as u32) as usize;
        let last = (photo.width - side) as u32;
        let left = rng.random_range(0..=last) as usize;
        for (i, pixel) in row.iter_mut().enumerate() {
            let (y, x) = (top + i / side, left + i % side);
            *pixel = photo.pixels[y * photo.width + x];
        }
    }
    x
}

/// Whitening with ZCA (Bell and Sejnowski, 1997), after the mean of each
/// patch was taken away:
///
/// ```text
/// z = s E diag(1/√(λ + ε)) Eᵀ (x - mean)
/// ```
///
/// where E holds the principal axes, λ their variances, ε the mean of all
/// λ, and s gives all numbers together the deviation 1.
struct Whiten {
    mean: Matrix,
    /// `[features, features]`
    turn: Matrix,
}

impl Whiten {
    /// Fits it to the first rows.
    fn fit(x: &Matrix, rows: usize) -> Self {
        let rows = rows.min(x.nrows());
        let x = x.slice(ndarray::s![..rows, ..]).to_owned();
        let Pca { mean, eigenvalues, components: axes, .. } =
            Pca::fit(&without_level(&x), 1);
        let all: Real = eigenvalues.iter().sum();
        let floor = FLOOR * all / eigenvalues.len().max(1) as Real;
        let mut scaled = axes.clone();
        for (mut axis, &variance) in
            scaled.outer_iter_mut().zip(&eigenvalues)
        {
            let variance = variance.max(0.0) + floor;
            axis.mapv_inplace(|v| v / variance.max(1e-12).sqrt());
        }
        let mut whiten = Self { mean, turn: axes.t().dot(&scaled) };
        let spread = deviation(&whiten.apply(&x), rows).max(1e-12);
        whiten.turn.mapv_inplace(|v| v / spread);
        whiten
    }

    fn apply(&self, x: &Matrix) -> Matrix {
        (without_level(x) - &self.mean).dot(&self.turn)
    }
}

/// Takes the mean of each patch away.
fn without_level(x: &Matrix) -> Matrix {
    let mut x = x.clone();
    for mut row in x.outer_iter_mut() {
        let level = row.mean().unwrap_or(0.0);
        row.mapv_inplace(|v| v - level);
    }
    x
}

/// The standard deviation of all numbers of the first rows.
fn deviation(x: &Matrix, rows: usize) -> Real {
    let rows = rows.min(x.nrows());
    x.slice(ndarray::s![..rows, ..]).std(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_deviations_become_a_tenth_and_nine_tenths() {
        for (value, expected) in
            [(0.0, 0.5), (3.0, 0.9), (-9.0, 0.1), (1.5, 0.7)]
        {
            assert!((squeezed(value, 3.0) - expected).abs() < 1e-6);
        }
    }

    #[test]
    fn a_patch_is_a_piece_of_its_photograph() {
        // Brightness tells the place: 1000 rows and columns of one photo.
        let (width, height) = (40, 32);
        let pixels = (0..width * height).map(|i| i as Real).collect();
        let photo = Gray { width, height, pixels };
        let spec = DataSpec {
            patch: 4,
            ..DataSpec::new(crate::data::DataKind::Patches)
        };
        for (part, rows) in [(Part::Train, 0..24), (Part::Test, 24..32)] {
            let x = cut(&spec, std::slice::from_ref(&photo), 300, part);
            let mut seen = std::collections::BTreeSet::new();
            for row in x.outer_iter() {
                let first = row[0] as usize;
                let (top, left) = (first / width, first % width);
                assert!(left <= width - 4);
                assert!(rows.contains(&top) && rows.contains(&(top + 3)));
                seen.insert(top);
                for (i, &pixel) in row.iter().enumerate() {
                    let place = (top + i / 4) * width + left + i % 4;
                    assert_eq!(pixel, place as Real);
                }
            }
            assert_eq!(seen.len(), rows.len() - 3, "every row comes");
        }
    }
}
