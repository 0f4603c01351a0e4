//! From what a user's folder holds to a data set.

use crate::Real;
use crate::nn::Matrix;

use super::DataError;
use super::DataSpec;
use super::Dataset;
use super::Samples;
use super::Shape;
use super::batches::gather;
use super::delimited::numbered;
use super::grouped::grouped;
use super::own::Part;
use super::own::Raw;
use super::own_pictures::SIDE;
use super::own_pictures::shrunk;
use super::pictures::Gray;
use super::split::split;
use super::tables::first;
use super::tables::standardized;

/// The most numbers of one example: 32 x 32 pixels.
pub(super) const FEATURES: usize = SIDE * SIDE;

/// Pictures: bytes become 0 to 1; other numbers are divided by the greatest
/// one if it is above 1. Sides above 32 are shrunk.
pub(super) fn pictures(
    spec: &DataSpec,
    raw: Raw,
) -> Result<Dataset, DataError> {
    let Divided { parts, classes, columns: _ } = divided(&raw)?;
    let (width, height) = size(&raw)?;
    let least = |x: &Matrix| x.iter().copied().fold(0.0, Real::min);
    if parts.iter().any(|part| least(&part.x) < 0.0) {
        let what = "its pictures have numbers below 0";
        let advice = "Use 0 for black and 255 or 1 for white, or move the \
                      files to own-table.";
        return Err(DataError::unusable(&raw.folder, what, advice));
    }
    let all = parts[0].x.iter().copied().fold(0.0, Real::max);
    let white = match () {
        () if raw.train.is_bytes => 255.0,
        () if all > 1.0 => all,
        () => 1.0,
    };
    let [train, test] = parts;
    let mut shape = (width, height);
    let parts = [first(train, spec), test].map(|mut part| {
        part.x.mapv_inplace(|v| (v / white).min(1.0));
        if width.max(height) > SIDE {
            (part.x, shape) = all_shrunk(&part.x, (width, height));
        }
        part
    });
    let (width, height) = shape;
    let shape = Shape::Image { width, height };
    let mut data = Dataset::new(spec.kind, parts, shape);
    data.classes = classes;
    Ok(data)
}

/// Rows of numbers, standardized.
pub(super) fn table(
    spec: &DataSpec,
    raw: Raw,
) -> Result<Dataset, DataError> {
    let Divided { parts, classes, columns } = divided(&raw)?;
    let features = parts[0].features();
    if features > FEATURES {
        let what = format!("its rows have {} numbers", grouped(features));
        let advice = "Use rows of at most 1,024 numbers.";
        return Err(DataError::unusable(&raw.folder, what, advice));
    }
    let [train, test] = standardized(parts);
    let parts = [first(train, spec), test];
    let mut data = Dataset::new(spec.kind, parts, Shape::Table);
    data.classes = classes;
    data.columns = columns;
    Ok(data)
}

/// Both parts with numbered labels.
pub(super) struct Divided {
    /// For training and for testing.
    pub parts: [Samples; 2],
    /// Names of the classes.
    pub classes: Vec<String>,
    /// Names of the columns; empty if there are none.
    pub columns: Vec<String>,
}

/// Numbers the labels, and divides what has no test part.
pub(super) fn divided(raw: &Raw) -> Result<Divided, DataError> {
    let no = |what: String, advice| {
        Err(DataError::unusable(&raw.folder, what, advice))
    };
    let both = [Some(&raw.train), raw.test.as_ref()];
    for part in both.into_iter().flatten() {
        let (rows, labels) = (part.x.nrows(), part.labels.len());
        if labels != 0 && labels != rows {
            let (rows, labels) = (grouped(rows), grouped(labels));
            let what =
                format!("it has {rows} examples and {labels} labels");
            return no(what, "Use one label for each example.");
        }
        if part.x.ncols() != raw.train.x.ncols() {
            let what = "training and test examples differ in size".into();
            return no(what, "Use examples of one size.");
        }
    }
    let labels: Vec<Vec<String>> =
        both.into_iter().flatten().map(labels).collect();
    let views: Vec<&[String]> = labels.iter().map(|l| &l[..]).collect();
    let (classes, mut numbers) = numbered(&raw.folder, &views)?;
    let columns = raw.columns.clone();
    if let Some(test) = &raw.test {
        let test = Samples {
            x: test.x.clone(),
            labels: numbers.pop().unwrap_or_default(),
        };
        let labels = numbers.pop().unwrap_or_default();
        let train = Samples { x: raw.train.x.clone(), labels };
        return Ok(Divided { parts: [train, test], classes, columns });
    }
    let labels = numbers.pop().unwrap_or_default();
    let (train, test) = split(&labels);
    if test.is_empty() {
        let what = "it has fewer than two examples".to_owned();
        return no(what, "Add more.");
    }
    let parts = [train, test].map(|rows| Samples {
        x: gather(&raw.train.x, &rows),
        labels: rows.iter().map(|&row| labels[row as usize]).collect(),
    });
    Ok(Divided { parts, classes, columns })
}

/// The labels of a part, or one class for all.
fn labels(part: &Part) -> Vec<String> {
    if part.labels.is_empty() {
        vec!["all".to_owned(); part.x.nrows()]
    } else {
        part.labels.clone()
    }
}

/// Columns and rows of the pictures: as the files say, or square.
fn size(raw: &Raw) -> Result<(usize, usize), DataError> {
    if let Some(size) = raw.train.size {
        return Ok(size);
    }
    let numbers = raw.train.x.ncols();
    let side = numbers.isqrt();
    if side * side == numbers {
        return Ok((side, side));
    }
    let what = format!(
        "its examples have {} numbers, which make no square picture",
        grouped(numbers)
    );
    let advice = "Save pictures as (examples, rows, columns), or move the \
                  files to own-table.";
    Err(DataError::unusable(&raw.folder, what, advice))
}

/// All pictures, shrunk, with their new size.
fn all_shrunk(
    x: &Matrix,
    (width, height): (usize, usize),
) -> (Matrix, (usize, usize)) {
    let mut size = (width, height);
    let mut values = Vec::new();
    for row in x.outer_iter() {
        let picture = Gray { width, height, pixels: row.to_vec() };
        let small = shrunk(picture);
        size = (small.width, small.height);
        values.extend(small.pixels);
    }
    let shape = (x.nrows(), size.0 * size.1);
    let small = Matrix::from_shape_vec(shape, values);
    (small.unwrap_or_else(|_| Matrix::zeros(shape)), size)
}
