//! Why a data set could not be had, in sentences for its owner.

use std::io;

use thiserror::Error;

use super::grouped::grouped;

/// Why a data set could not be had: which file, what was expected, what was
/// found, and what to do.
#[derive(Debug, Error)]
pub enum DataError {
    /// The system refuses to give the bytes.
    #[error(
        "{file} cannot be read: {reason}. Check that it is an ordinary \
         file and that you may read it."
    )]
    Unreadable {
        /// The file.
        file: String,
        /// What the system said.
        #[source]
        reason: io::Error,
    },
    /// Some of the four files are there, this one is not.
    #[error(
        "{file} is missing: {folder} has some of the four files of {set}, \
         but not this one. Add it, plain or as .gz, or take the others away \
         to use the built-in {set}."
    )]
    Missing {
        /// Where it should be.
        folder: String,
        /// Its standard name.
        file: String,
        /// The data set.
        set: &'static str,
    },
    /// The first four bytes say that this is something else.
    #[error(
        "{file} is not the file it should be: expected {expected}, found \
         {found}. Check that images and labels have not changed places and \
         that the download is not an error page."
    )]
    WrongKind {
        /// The file.
        file: String,
        /// What it should start with.
        expected: String,
        /// What it starts with.
        found: String,
    },
    /// The bytes end before the header says so.
    #[error(
        "{file} ends too early: expected {expected} bytes unpacked, found \
         {found}. Copy or download it again.",
        expected = grouped(.expected),
        found = grouped(.found)
    )]
    Truncated {
        /// The file.
        file: String,
        /// Bytes the header announces, header included.
        expected: u64,
        /// Bytes there are.
        found: u64,
    },
    /// There are bytes after the end.
    #[error(
        "{file} goes on after its end: expected {expected} bytes unpacked, \
         found more. Copy or download it again.",
        expected = grouped(.expected)
    )]
    TooLong {
        /// The file.
        file: String,
        /// Bytes the header announces, header included.
        expected: u64,
    },
    /// The header announces more than this program is willing to hold.
    #[error(
        "{file} is too large: expected at most {limit} bytes, found a \
         header that announces {found}. Use a file with fewer examples.",
        limit = grouped(.limit)
    )]
    TooLarge {
        /// The file.
        file: String,
        /// The limit in bytes of pixels or labels.
        limit: u64,
        /// The sizes in the header, multiplied out in words.
        found: String,
    },
    /// The header announces nothing.
    #[error(
        "{file} is empty: expected at least one example, found a header \
         that announces {found}. Use another file."
    )]
    Empty {
        /// The file.
        file: String,
        /// The sizes in the header.
        found: String,
    },
    /// The packed bytes do not make sense.
    #[error(
        "{file} is damaged: expected sound gzip data, found an error while \
         unpacking ({reason}). Copy or download it again."
    )]
    Damaged {
        /// The file.
        file: String,
        /// What the unpacker said.
        #[source]
        reason: io::Error,
    },
    /// Pictures of another size.
    #[error(
        "{file} has pictures of another size: expected 28 x 28 pixels, \
         found {width} x {height}. Use the MNIST files or others of the \
         same size."
    )]
    ImageSize {
        /// The file.
        file: String,
        /// Columns of a picture.
        width: usize,
        /// Rows of a picture.
        height: usize,
    },
    /// Pictures and labels that are not of the same set.
    #[error(
        "{labels} does not belong to {images}: expected {expected} labels, \
         found {found}. Use two files of the same set.",
        expected = grouped(.expected),
        found = grouped(.found)
    )]
    CountMismatch {
        /// The file of pictures.
        images: String,
        /// The file of labels.
        labels: String,
        /// How many pictures there are.
        expected: usize,
        /// How many labels there are.
        found: usize,
    },
    /// A label that stands for no class.
    #[error(
        "{file} has a label that stands for no class: expected 0 to 9, \
         found {found} at example {position}. Use the labels of the set.",
        position = grouped(.position)
    )]
    Label {
        /// The file.
        file: String,
        /// The label.
        found: u8,
        /// Which example has it, counted from 1.
        position: usize,
    },
    /// The content makes no sense.
    #[error("{file} cannot be used: {what}. {advice}")]
    Unusable {
        /// The file or folder.
        file: String,
        /// What is wrong.
        what: String,
        /// What to do.
        advice: &'static str,
    },
    /// Nothing of the user's own.
    #[error(
        "The data set {name} is empty: there are no examples in {folder}. \
         Put pictures (PNG, PGM, IDX, npy, npz) or a table (CSV, npy, npz) \
         there; --data names the folder around it."
    )]
    NoOwn {
        /// Its short name.
        name: &'static str,
        /// Where its files belong.
        folder: String,
    },
    /// A number that shapes generated data is out of range.
    #[error(
        "{name} = {value} cannot be used: expected a number from {low} to \
         {high}. Choose one in this range."
    )]
    Setting {
        /// The field of the specification.
        name: &'static str,
        /// Its value.
        value: f64,
        /// The least value allowed.
        low: f64,
        /// The greatest value allowed.
        high: f64,
    },
}

impl DataError {
    /// A content that makes no sense, and what to do about it.
    pub(super) fn unusable(
        file: &str,
        what: impl Into<String>,
        advice: &'static str,
    ) -> Self {
        let (file, what) = (file.to_owned(), what.into());
        Self::Unusable { file, what, advice }
    }
}
