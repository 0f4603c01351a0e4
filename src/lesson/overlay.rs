//! Translations: texts laid over a lesson, each with a fingerprint of the
//! English text it was made from.
//!
//! When an English text changes, its translation no longer fits: the
//! English text is shown until the translation is looked at again. A
//! translation can change words only, never a check.

use crate::lesson::check::FormulaCheck;
use crate::lesson::check::is_lesson_id;
use crate::lesson::check::read_formula;
use crate::lesson::check::text_problems;
use crate::lesson::file::place::places;
use crate::lesson::load;
use crate::lesson::problem::Problem;
use crate::lesson::schema::Lesson;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The number of the format of translations.
pub const FORMAT: u32 = 1;

/// A translation, as in `lessons/pt-BR/02-traditional.ron`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// The number of the format, [`FORMAT`].
    pub format: u32,
    /// The id of the lesson, such as `L02`.
    pub lesson: String,
    /// The language, such as `pt-BR`.
    pub language: String,
    /// The texts by their paths.
    pub texts: BTreeMap<String, Translation>,
}

/// One translated text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// The fingerprint of the English text, see [`fingerprint`].
    pub of: String,
    /// The text in the other language.
    pub text: String,
}

/// A lesson in another language.
#[derive(Debug, Clone, PartialEq)]
pub struct Translated {
    /// The lesson.
    pub lesson: Lesson,
    /// Texts whose English original has changed; shown in English.
    pub stale: Vec<String>,
    /// Texts without a translation; shown in English.
    pub missing: Vec<String>,
}

impl Overlay {
    /// Reads a translation.
    ///
    /// # Errors
    /// The first problem of a file that cannot be read.
    pub fn parse(file: &str, source: &str) -> Result<Self, Problem> {
        load::read(file, source, FORMAT)
    }

    /// The lesson with its texts translated.
    pub fn apply(&self, lesson: &Lesson) -> Translated {
        let mut lesson = lesson.clone();
        let (mut stale, mut missing) = (Vec::new(), Vec::new());
        lesson.for_each_text(
            &mut |_, path, text| match self.texts.get(path) {
                None if text.is_empty() => {}
                None => missing.push(path.to_owned()),
                Some(new) if new.of != fingerprint(text) => {
                    stale.push(path.to_owned());
                }
                Some(new) => text.clone_from(&new.text),
            },
        );
        Translated { lesson, stale, missing }
    }
}

/// Checks a translation against its lesson: the translation, if it can be
/// read, and everything that is wrong with it.
pub fn check_overlay(
    file: &str,
    source: &str,
    lesson: &Lesson,
) -> (Option<Overlay>, Vec<Problem>) {
    check_overlay_with(file, source, lesson, &read_formula)
}

/// The same with another judge of formulas, such as one that draws them.
pub fn check_overlay_with(
    file: &str,
    source: &str,
    lesson: &Lesson,
    formula: FormulaCheck,
) -> (Option<Overlay>, Vec<Problem>) {
    let overlay = match Overlay::parse(file, source) {
        Ok(overlay) => overlay,
        Err(problem) => return (None, vec![problem]),
    };
    let mut found = head(&overlay, lesson);
    let english: BTreeMap<String, String> = lesson
        .texts()
        .into_iter()
        .map(|piece| (piece.path, piece.text))
        .collect();
    for (path, new) in &overlay.texts {
        let here = format!("texts/{path}");
        let Some(old) = english.get(path) else {
            let what = format!("The lesson has no text `{path}`.");
            let advice = "Delete it, or correct the path.".to_owned();
            found.push((here, what, advice));
            continue;
        };
        let now = fingerprint(old);
        if new.of != now {
            let what = format!("The English text of `{path}` has changed.");
            let advice =
                format!("Look at it again, then write of: \"{now}\".");
            found.push((format!("{here}/of"), what, advice));
        }
        for (what, advice) in text_problems(&new.text, formula) {
            found.push((format!("{here}/text"), what, advice));
        }
    }
    for (path, text) in &english {
        if !overlay.texts.contains_key(path) && !text.is_empty() {
            let what = format!("`{path}` is not translated.");
            let advice = format!(
                "Add \"{path}\": (of: \"{}\", text: \"...\").",
                fingerprint(text)
            );
            found.push(("texts".to_owned(), what, advice));
        }
    }
    let problems = placed(file, load::without_mark(source), found);
    (Some(overlay), problems)
}

/// A translation of a lesson with the English texts in the place of the
/// translated ones, to begin with.
pub fn skeleton(lesson: &Lesson, language: &str) -> String {
    let mut text = format!(
        "Overlay(\n    format: {FORMAT},\n    lesson: {:?},\n    \
         language: {language:?},\n    texts: {{\n",
        lesson.id
    );
    for piece in lesson.texts() {
        if piece.text.is_empty() {
            continue;
        }
        // Writing to a String cannot fail.
        _ = write!(
            text,
            "        {:?}: (\n            of: \"{}\",\n            text: \
             {},\n        ),\n",
            piece.path,
            fingerprint(&piece.text),
            quoted(&piece.text)
        );
    }
    text + "    },\n)\n"
}

/// Eight hexadecimal digits that tell a text from its older versions:
/// FNV-1a of its words. Line breaks and blanks between words do not count.
///
/// G. Fowler, L. C. Noll, K.-P. Vo (1991).
pub fn fingerprint(text: &str) -> String {
    let mut hash = 0x811C_9DC5_u32;
    for (i, word) in text.split_whitespace().enumerate() {
        let gap: &[u8] = if i > 0 { b" " } else { b"" };
        for byte in gap.iter().chain(word.as_bytes()) {
            hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    }
    format!("{hash:08x}")
}

/// What is wrong: path, what, advice.
type Found = (String, String, String);

fn head(overlay: &Overlay, lesson: &Lesson) -> Vec<Found> {
    let mut found = Vec::new();
    if overlay.lesson != lesson.id || !is_lesson_id(&overlay.lesson) {
        found.push((
            "lesson".to_owned(),
            format!(
                "This translates {}, not {}.",
                overlay.lesson, lesson.id
            ),
            "Give both files the same name and id.".to_owned(),
        ));
    }
    if !is_language(&overlay.language) {
        found.push((
            "language".to_owned(),
            format!("`{}` is no language.", overlay.language),
            "Write it as in pt-BR.".to_owned(),
        ));
    }
    found
}

/// Whether a name is a language such as `pt-BR` or `de`.
pub fn is_language(name: &str) -> bool {
    let (language, region) = name.split_once('-').unwrap_or((name, "XX"));
    let small = language.bytes().all(|b| b.is_ascii_lowercase());
    let large = region.bytes().all(|b| b.is_ascii_uppercase());
    small && large && language.len() == 2 && region.len() == 2
}

fn placed(file: &str, source: &str, found: Vec<Found>) -> Vec<Problem> {
    let paths: Vec<String> = found.iter().map(|f| f.0.clone()).collect();
    let places = places(source, &paths);
    let mut problems: Vec<Problem> = found
        .into_iter()
        .zip(places)
        .map(|((_, what, advice), place)| Problem {
            file: file.to_owned(),
            line: place.line,
            column: place.column,
            what,
            advice,
        })
        .collect();
    problems.sort();
    problems
}

/// A text as RON: raw if it has quotes or backslashes.
fn quoted(text: &str) -> String {
    if !text.contains(['"', '\\']) {
        return format!("\"{text}\"");
    }
    let mut marks = "#".to_owned();
    while text.contains(&format!("\"{marks}")) {
        marks.push('#');
    }
    format!("r{marks}\"{text}\"{marks}")
}
