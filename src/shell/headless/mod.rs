//! The commands that need no screen.
//!
//! Each gives back what goes to standard output, so that `main` is the
//! only place that prints, and tests read the same text.

pub mod bench;
pub mod check;
pub mod data;
pub mod doctor;
pub mod lessons;
pub mod progress;
pub mod reproduce;
pub mod run;

use crate::cli::Common;
use crate::data::Library;
use crate::lesson::course::Course;
use crate::shell::facts::Facts;
use crate::shell::store;
use crate::shell::store::Store;
use anyhow::anyhow;

/// The languages the program speaks.
const LANGUAGES: [&str; 2] = ["en", "pt-BR"];

/// What a command has to say, and its exit code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// For standard output.
    pub text: String,
    /// 0 fine, 1 a check is not met.
    pub code: u8,
}

impl Answer {
    /// All is well.
    pub fn fine(text: String) -> Self {
        Self { text, code: 0 }
    }

    /// A check is not met.
    pub fn not_met(text: String) -> Self {
        Self { text, code: 1 }
    }
}

/// The lessons that the options name.
///
/// # Errors
///
/// When the folder cannot be used, or there are no lessons in the
/// language.
pub fn course(common: &Common) -> anyhow::Result<Course> {
    let course = match &common.lessons {
        None => Course::embedded(),
        Some(folder) => Course::from_folder(folder)
            .map_err(|problem| anyhow!("{problem}"))?,
    };
    match &common.lang {
        Some(wanted) if !LANGUAGES.contains(&wanted.as_str()) => {
            Err(anyhow!(
                "--lang {wanted}: the languages are {}",
                LANGUAGES.join(" and ")
            ))
        }
        _ => Ok(course),
    }
}

/// The data sets that the options name: a folder given, else the folder
/// `data` of the student's files if there is one.
///
/// # Errors
///
/// When a folder is given and is none.
pub fn library(common: &Common) -> anyhow::Result<Library> {
    if let Some(folder) = &common.data {
        if !folder.is_dir() {
            return Err(anyhow!(
                "--data {}: there is no such folder. Name the one that \
                 has your IDX files, or leave --data out for the built-in \
                 digits",
                folder.display()
            ));
        }
        return Ok(Library::with_folder(folder.clone()));
    }
    Ok(match store::usual_folder().map(|home| home.join("data")) {
        Ok(folder) if folder.is_dir() => Library::with_folder(folder),
        _ => Library::embedded(),
    })
}

/// The student's files.
///
/// # Errors
///
/// When there is no home folder.
pub fn store() -> anyhow::Result<Store> {
    let folder = store::usual_folder().map_err(|why| anyhow!(why))?;
    Ok(Store::new(folder))
}

/// The language: the option, else the saved choice, else the locale.
pub fn language(common: &Common) -> String {
    if let Some(language) = &common.lang {
        return language.clone();
    }
    let preferences = match store() {
        Ok(store) => store.peek().value.preferences,
        Err(_) => Default::default(),
    };
    Facts::of_process().look(&preferences).language
}

/// JSON, indented, with a newline at the end.
pub fn json(value: &serde_json::Value) -> String {
    match serde_json::to_string_pretty(value) {
        Ok(text) => text + "\n",
        Err(_) => "null\n".to_owned(),
    }
}

/// A number for JSON: whole where it is whole, `null` where it is not
/// finite.
pub fn number(x: f64) -> serde_json::Value {
    if x.fract() == 0.0 && x.abs() < 1e15 {
        return serde_json::Value::from(x as i64);
    }
    serde_json::Number::from_f64(x)
        .map_or(serde_json::Value::Null, serde_json::Value::Number)
}
