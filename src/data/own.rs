//! What a user's folder holds, before it is known what it is for.
//!
//! A folder is looked through in this order; the first form that is there
//! counts:
//!
//! ```text
//! the four IDX files of MNIST      of any size
//! NAME.npz                         x_train, y_train, x_test, y_test
//! x_train.npy, y_train.npy, ...    the same as single files
//! NAME.npy, NAME.npy, ...          one class per file
//! NAME.ndjson, ...                 the same, drawings of Quick, Draw!
//! train/CLASS/*.png, test/...      or CLASS/*.png, or *.png; also PGM
//! train.csv, test.csv              or one CSV
//! ```
//!
//! Labels and the test part may be missing.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use crate::nn::Matrix;

use super::DataError;
use super::delimited;
use super::drawings;
use super::four_files;
use super::four_files::matrix;
use super::grouped::grouped;
use super::idx::Content;
use super::npy;
use super::npy::Array;
use super::own_pictures;
use super::stored::Stored;
use super::zip::Zip;

/// Examples as a user's files have them.
#[derive(Debug, Default)]
pub(super) struct Raw {
    /// The folder, for messages.
    pub folder: String,
    /// For training, or all there are.
    pub train: Part,
    /// For testing.
    pub test: Option<Part>,
    /// Names of the columns; empty if there are none.
    pub columns: Vec<String>,
    /// Bytes as they lie.
    pub bytes: u64,
}

impl Raw {
    /// Of a folder in which nothing has been found yet.
    pub fn of(folder: &Path) -> Self {
        let folder = folder.display().to_string();
        Self { folder, ..Self::default() }
    }
}

/// Rows with their labels.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// `[rows, numbers]`
    pub x: Matrix,
    /// Columns and rows of a picture, where the file says so.
    pub size: Option<(usize, usize)>,
    /// Whether 255 is white; otherwise the greatest value or 1 is.
    pub is_bytes: bool,
    /// The label of each row; empty if there are none.
    pub labels: Vec<String>,
}

/// At most this many rows are taken of a file that is a whole class.
pub(super) const ROWS_OF_CLASS: usize = 2000;

/// Looks through a folder; nothing if it has none of these forms.
pub(super) fn gather(folder: &Path) -> Result<Option<Raw>, DataError> {
    let files = files(folder)?;
    let mut raw = Raw::of(folder);
    let with = |end: &str| {
        let ends = |path: &&PathBuf| name(path).ends_with(end);
        files.iter().filter(ends).cloned().collect::<Vec<_>>()
    };
    let ndjson = [with(".ndjson"), with(".ndjson.gz")].concat();
    let found = idx(folder, &mut raw)?
        || npz(&with(".npz"), &mut raw)?
        || arrays(folder, &mut raw)?
        || class_files(&with(".npy"), &mut raw)?
        || drawings::class_files(&ndjson, &mut raw)?
        || own_pictures::folders(folder, &mut raw)?
        || tables(&files, &mut raw)?;
    Ok(found.then_some(raw))
}

/// The name of a file without its folder, in small letters.
pub(super) fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().to_lowercase()
}

/// The ordinary files of a folder, by name; none if there is no folder.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, DataError> {
    entries(folder, |path| path.is_file() && !name(path).starts_with('.'))
}

/// What is in a folder and wanted, by name.
pub(super) fn entries(
    folder: &Path,
    wanted: impl Fn(&Path) -> bool,
) -> Result<Vec<PathBuf>, DataError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let trouble = |reason| {
        let file = folder.display().to_string();
        DataError::Unreadable { file, reason }
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(trouble)? {
        let path = entry.map_err(trouble)?.path();
        if wanted(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The four files of MNIST, with pictures of any size.
fn idx(folder: &Path, raw: &mut Raw) -> Result<bool, DataError> {
    let file = |part, content| {
        let names = four_files::names(part, content);
        four_files::find(folder, &names).map(Stored::on_disk)
    };
    let mut part = |part| -> Result<Option<Part>, DataError> {
        let Some(images) = file(part, Content::Images) else {
            return Ok(None);
        };
        let (header, pixels) = images.read(Content::Images, usize::MAX)?;
        raw.bytes += images.stored_bytes();
        let mut labels = Vec::new();
        if let Some(file) = file(part, Content::Labels) {
            let (_, found) = file.read(Content::Labels, usize::MAX)?;
            labels = found.iter().map(u8::to_string).collect();
            raw.bytes += file.stored_bytes();
        }
        let x = matrix(&pixels, header.item(), 1.0);
        let size = Some((header.width, header.height));
        Ok(Some(Part { x, size, is_bytes: true, labels }))
    };
    let (train, test) = (part("train")?, part("t10k")?);
    let found = train.is_some();
    raw.train = train.unwrap_or_default();
    raw.test = test;
    Ok(found)
}

/// One archive of NumPy arrays.
fn npz(files: &[PathBuf], raw: &mut Raw) -> Result<bool, DataError> {
    let Some(path) = files.first() else { return Ok(false) };
    let file = Stored::on_disk(path.clone());
    let zip = Zip::read(&file)?;
    raw.bytes = file.stored_bytes();
    let array = |key: &str| {
        let entry = format!("{key}.npy");
        if !zip.has(&entry) {
            return Ok(None);
        }
        let (mut reader, title) = zip.open(&entry)?;
        npy::read(&title, &mut *reader, usize::MAX).map(Some)
    };
    let (train, test) = (array("x_train")?, array("x_test")?);
    let train = match train {
        None => array("x")?,
        Some(train) => Some(train),
    };
    let Some(train) = train else {
        let what = "it has neither x_train nor x";
        let advice =
            "Save it with numpy.savez(file, x_train=x, y_train=y).";
        return Err(file.unusable(what, advice));
    };
    let labels = match array("y_train")? {
        None => array("y")?,
        Some(labels) => Some(labels),
    };
    raw.train = part(&file.name, train, labels)?;
    if let Some(test) = test {
        raw.test = Some(part(&file.name, test, array("y_test")?)?);
    }
    Ok(true)
}

/// The same arrays in files of their own.
fn arrays(folder: &Path, raw: &mut Raw) -> Result<bool, DataError> {
    let mut bytes = 0;
    let mut array = |key: &str| {
        let path = folder.join(format!("{key}.npy"));
        if !path.is_file() {
            return Ok(None);
        }
        let file = Stored::on_disk(path);
        bytes += file.stored_bytes();
        npy::read(&file.name, &mut *file.open()?, usize::MAX).map(Some)
    };
    let Some(train) = array("x_train")? else { return Ok(false) };
    raw.train = part(&raw.folder, train, array("y_train")?)?;
    if let Some(test) = array("x_test")? {
        raw.test = Some(part(&raw.folder, test, array("y_test")?)?);
    }
    raw.bytes = bytes;
    Ok(true)
}

/// One array for each class, named like its file.
fn class_files(
    files: &[PathBuf],
    raw: &mut Raw,
) -> Result<bool, DataError> {
    let mut all: Option<Part> = None;
    for path in files {
        let file = Stored::on_disk(path.clone());
        raw.bytes += file.stored_bytes();
        let array =
            npy::read(&file.name, &mut *file.open()?, ROWS_OF_CLASS)?;
        let mut new = part(&file.name, array, None)?;
        let class = name(path).trim_end_matches(".npy").replace('_', " ");
        let class = class.replace("full numpy bitmap ", "");
        new.labels = vec![class; new.x.nrows()];
        all = Some(match all.take() {
            None => new,
            Some(all) => all.and(new, &file)?,
        });
    }
    raw.train = all.unwrap_or_default();
    Ok(!files.is_empty())
}

impl Part {
    /// These rows and others.
    pub(super) fn and(
        self,
        other: Self,
        file: &Stored,
    ) -> Result<Self, DataError> {
        let [a, b] = [&self.x, &other.x].map(Matrix::ncols);
        if a != b || self.size != other.size {
            let what = format!(
                "its examples have {} numbers and those before it {}, or \
                 another size",
                grouped(b),
                grouped(a)
            );
            let advice = "Use examples of one size.";
            return Err(file.unusable(what, advice));
        }
        let total = (self.x.len()).saturating_add(other.x.len());
        if total > npy::MOST {
            let what = "with it there are more than 67,108,864 numbers";
            return Err(file.unusable(what, "Use fewer examples."));
        }
        let mut x = self.x;
        x.append(ndarray::Axis(0), other.x.view())
            .map_err(|e| file.unusable(e.to_string(), "Use fewer."))?;
        let labels = [self.labels, other.labels].concat();
        let is_bytes = self.is_bytes && other.is_bytes;
        Ok(Self { x, size: self.size, is_bytes, labels })
    }
}

/// An array and its labels.
fn part(
    name: &str,
    array: Array,
    labels: Option<Array>,
) -> Result<Part, DataError> {
    let Array { shape, values, bytes } = array;
    let (size, columns) = match shape[..] {
        [_, columns] => (None, columns),
        [_, height, width] | [_, height, width, 1] => {
            (Some((width, height)), width * height)
        }
        _ => {
            let what = format!("its examples have the shape {shape:?}");
            let advice = "Use the shape (examples, numbers) or (examples, \
                          rows, columns); make colors gray first.";
            return Err(DataError::unusable(name, what, advice));
        }
    };
    let labels: Vec<String> = match labels {
        None => Vec::new(),
        Some(labels) => labels.values.iter().map(f32::to_string).collect(),
    };
    let x = Matrix::from_shape_vec((shape[0], columns), values).map_err(
        |e| DataError::unusable(name, e.to_string(), "Use another."),
    )?;
    Ok(Part { x, size, is_bytes: bytes, labels })
}

/// `train` and `test` as text, or one table.
fn tables(files: &[PathBuf], raw: &mut Raw) -> Result<bool, DataError> {
    let ends = [".csv", ".tsv", ".txt", ".ts", ".csv.gz", ".txt.gz"];
    let mut tables = files.iter().filter(|path| {
        let name = name(path);
        ends.iter().any(|end| name.ends_with(end))
    });
    let test = tables.clone().find(|path| name(path).contains("test"));
    let mut train =
        tables.clone().find(|path| name(path).contains("train"));
    if train.is_none() {
        train = tables.find(|path| Some(*path) != test);
    }
    let Some(train) = train else { return Ok(false) };
    let mut read = |path: &PathBuf| {
        let file = Stored::on_disk(path.clone());
        raw.bytes += file.stored_bytes();
        let table = delimited::read(&file)?;
        let (x, labels) = (table.x, table.labels);
        let part = Part { x, labels, ..Part::default() };
        Ok((part, table.columns))
    };
    let (part, columns) = read(train)?;
    let test = test.map(&mut read).transpose()?;
    raw.train = part;
    raw.columns = columns;
    raw.test = test.map(|(part, _)| part);
    Ok(true)
}
