//! Reads a lesson file: limits first, then RON.
//!
//! Nothing is built from a file before its size, its depth and its format
//! number are known to be harmless. Whether the lesson makes sense is the
//! business of `check`.

use crate::lesson::file::complaint::complaint;
use crate::lesson::file::place::Place;
use crate::lesson::file::place::places;
use crate::lesson::file::place::word;
use crate::lesson::file::scan::scan;
use crate::lesson::problem::Problem;
use crate::lesson::schema::FORMAT;
use crate::lesson::schema::Lesson;
use ron::Options;
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;
use std::fs;
use std::io::Read;
use std::path::Path;

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 1 << 20;

/// Reads a lesson from its text.
///
/// # Errors
/// The first problem: a file that cannot be read is not looked at further.
pub fn parse(file: &str, source: &str) -> Result<Lesson, Problem> {
    read(file, source, FORMAT)
}

/// The text of a file on disk.
///
/// # Errors
/// A file that is missing, too large, a link, or not UTF-8.
pub fn text_of(path: &Path) -> Result<String, Problem> {
    let file = path.display().to_string();
    let unreadable = |error: std::io::Error| {
        let what = format!("It cannot be read: {error}.");
        Problem::whole(&file, &what, "Check that it is there and yours.")
    };
    let facts = fs::symlink_metadata(path).map_err(unreadable)?;
    if !facts.is_file() {
        let what = "It is not a plain file.";
        let advice = "Put the file itself here, not a link or folder.";
        return Err(Problem::whole(&file, what, advice));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|f| f.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(too_large(&file));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let text = String::from_utf8_lossy(&bytes);
        let what = "From here on it is not UTF-8 text.";
        at(&file, &text, good, (what, "Save it as UTF-8."))
    })
}

/// Reads RON of any type after all limits were checked; `format` is the
/// newest number that its field `format` may have.
pub(super) fn read<T: DeserializeOwned>(
    file: &str,
    source: &str,
    format: u32,
) -> Result<T, Problem> {
    if source.len() as u64 > LARGEST {
        return Err(too_large(file));
    }
    let source = without_mark(source);
    scan(source).map_err(|refusal| {
        at(file, source, refusal.byte, (&refusal.what, &refusal.advice))
    })?;
    check_format(file, source, format)?;
    let extensions =
        Extensions::UNWRAP_VARIANT_NEWTYPES | Extensions::IMPLICIT_SOME;
    let options = Options::default()
        .with_default_extension(extensions)
        .with_recursion_limit(128);
    options.from_str(source).map_err(|error| {
        let (what, advice) = complaint(&error.code);
        let (line, column) = (error.span.start.line, error.span.start.col);
        Problem { file: file.to_owned(), line, column, what, advice }
    })
}

/// The text without the byte order mark some editors put first.
pub(super) fn without_mark(source: &str) -> &str {
    source.strip_prefix('\u{FEFF}').unwrap_or(source)
}

fn check_format(
    file: &str,
    source: &str,
    newest: u32,
) -> Result<(), Problem> {
    let Some(number) = word(source, "format") else {
        return Ok(()); // RON says what is missing.
    };
    let (what, advice) = match number.parse::<u64>() {
        Ok(n) if n > u64::from(newest) => (
            format!(
                "The file has format {n}; this program reads formats up \
                 to {newest}."
            ),
            "Read it with a newer version of the program.".to_owned(),
        ),
        Ok(0) => (
            "There is no format 0.".to_owned(),
            format!("Write `format: {newest}`."),
        ),
        _ => return Ok(()),
    };
    let found = places(source, &["format".to_owned()]);
    let (line, column) =
        found.first().map_or((1, 1), |place| (place.line, place.column));
    Err(Problem { file: file.to_owned(), line, column, what, advice })
}

fn at(
    file: &str,
    source: &str,
    byte: usize,
    (what, advice): (&str, &str),
) -> Problem {
    let Place { line, column } = Place::of(source, byte);
    let (what, advice) = (what.to_owned(), advice.to_owned());
    Problem { file: file.to_owned(), line, column, what, advice }
}

fn too_large(file: &str) -> Problem {
    let what = format!("It is larger than {} KiB.", LARGEST / 1024);
    Problem::whole(file, &what, "Split it into several lessons.")
}
