//! `gargalo check` and `gargalo calibrate`.

use crate::data::Library;
use crate::lesson::check;
use crate::lesson::course::Course;
use crate::lesson::embedded;
use crate::lesson::knob::short;
use crate::lesson::load;
use crate::lesson::overlay::Overlay;
use crate::lesson::overlay::check_overlay;
use crate::lesson::problem::Problem;
use crate::lesson::schema::Lesson;
use crate::shell::headless::Answer;
use crate::shell::headless::json;
use crate::shell::headless::lessons::find;
use crate::train::cache::Cache;
use crate::train::calibrate;
use crate::train::calibrate::Way;
use crate::train::prove;
use crate::view::text::Glyphs;
use crate::view::text::formula;
use serde_json::json;
use std::fmt::Write as _;
use std::io;
use std::io::IsTerminal;
use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;

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
    let mut problems = check::check_course(&with_course(&files), &draws);
    problems.retain(|p| files.iter().any(|(file, _)| *file == p.file));
    problems.extend(translations(order.path, &files));
    let mut text = String::new();
    if order.train && problems.is_empty() {
        for (file, source) in &files {
            problems.extend(prove(file, source, library, &mut text));
        }
    }
    text.push_str(&problems_text(&problems, files.len()));
    if order.json {
        text = json(&problems_json(&problems));
    }
    Ok(match problems.is_empty() {
        true => Answer::fine(text),
        false => Answer::not_met(text),
    })
}

/// The files to check among the built-in lessons before them, which they
/// may build on. A file takes the place of the lesson of its id.
fn with_course(files: &[(String, String)]) -> Vec<(String, String)> {
    let id = |(file, text): &(String, String)| {
        load::parse(file, text).map(|lesson| lesson.id).ok()
    };
    let own: Vec<_> = files.iter().map(id).collect();
    let built_in = embedded::LESSONS.iter().map(|(file, text)| {
        (format!("built-in {file}"), (*text).to_owned())
    });
    let mut all: Vec<_> =
        built_in.filter(|lesson| !own.contains(&id(lesson))).collect();
    all.extend(files.iter().cloned());
    all.sort_by_key(|lesson| id(lesson));
    all
}

/// Trains everything a lesson speaks of; what is not so is a problem.
fn prove(
    file: &str,
    source: &str,
    library: &Library,
    text: &mut String,
) -> Vec<Problem> {
    let Ok(lesson) = load::parse(file, source) else { return Vec::new() };
    let cache = Cache::new();
    let mut progress = |run: &str| say(&format!("{}: {run}", lesson.id));
    let proofs = prove::prove(&lesson, library, &cache, &mut progress);
    let good = proofs.iter().filter(|p| p.problem.is_none()).count();
    let _ = writeln!(
        text,
        "{}: {good} of {} proven by training",
        lesson.id,
        proofs.len()
    );
    let failed = proofs.into_iter().filter_map(|proof| {
        let why = proof.problem?;
        let (line, column) = place(source, &proof.cell);
        Some(Problem {
            file: file.to_owned(),
            line,
            column,
            what: format!("{}: {}", proof.cell, proof.what),
            advice: why,
        })
    });
    failed.collect()
}

/// Line and column of the cell with this id.
fn place(source: &str, cell: &str) -> (usize, usize) {
    let wanted = format!("id: \"{cell}\"");
    for (n, line) in (1..).zip(source.lines()) {
        if let Some(at) = line.find(&wanted) {
            return (n, line[..at].chars().count() + 1);
        }
    }
    (0, 0)
}

/// Tells whoever waits what is going on.
fn say(text: &str) {
    let mut stderr = io::stderr();
    if stderr.is_terminal() {
        let _ = writeln!(stderr, "{text}");
    }
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

/// Problems of the translations that belong to the lessons: texts that
/// are missing, unknown, or whose English original has changed.
fn translations(
    path: Option<&Path>,
    files: &[(String, String)],
) -> Vec<Problem> {
    let overlays: Vec<(String, String)> = match path {
        None => embedded::TRANSLATIONS
            .iter()
            .map(|(file, text)| {
                (format!("lessons/{file}"), (*text).to_owned())
            })
            .collect(),
        Some(path) if path.is_dir() => overlay_files(path),
        Some(_) => Vec::new(),
    };
    let lessons: Vec<Lesson> = files
        .iter()
        .filter_map(|(file, text)| load::parse(file, text).ok())
        .collect();
    let mut problems = Vec::new();
    for (file, text) in overlays {
        let overlay = match Overlay::parse(&file, &text) {
            Ok(overlay) => overlay,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let lesson = lessons.iter().find(|l| l.id == overlay.lesson);
        problems.extend(match lesson {
            Some(lesson) => check_overlay(&file, &text, lesson).1,
            None => vec![Problem::whole(
                &file,
                &format!("There is no lesson {}.", overlay.lesson),
                "Name the lesson that it translates.",
            )],
        });
    }
    problems
}

/// Name and text of every translation in the folders of a folder.
fn overlay_files(folder: &Path) -> Vec<(String, String)> {
    let entries = |folder: &Path| -> Vec<PathBuf> {
        let read = std::fs::read_dir(folder);
        let mut paths: Vec<PathBuf> = read
            .into_iter()
            .flatten()
            .flatten()
            .map(|e| e.path())
            .collect();
        paths.sort();
        paths
    };
    let mut files = Vec::new();
    for language in entries(folder).iter().filter(|path| path.is_dir()) {
        for path in entries(language) {
            let is_ron = path.extension().is_some_and(|e| e == "ron");
            if let (true, Ok(text)) = (is_ron, load::text_of(&path)) {
                files.push((path.display().to_string(), text));
            }
        }
    }
    files
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

/// Runs every solution and every known wrong answer with many seeds;
/// exit code 1 if more than one in fifty solutions is refused or any wrong
/// answer is accepted.
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
    let only = match lesson {
        Some(id) => Some(find(course, id)?.0),
        None => None,
    };
    let cache = Cache::new();
    let mut text = String::new();
    let mut good = true;
    for (index, lesson) in course.lessons() {
        if only.is_some_and(|only| only != index) {
            continue;
        }
        let mut progress =
            |run: &str| say(&format!("{}: {run}", lesson.id));
        let tools = (library, &cache);
        for tried in
            calibrate::calibrate(lesson, seeds, tools, &mut progress)
        {
            let _ = writeln!(text, "{}/{}", lesson.id, tried.exercise);
            for way in &tried.ways {
                good &= way_text(way, &mut text);
            }
        }
    }
    Ok(if good { Answer::fine(text) } else { Answer::not_met(text) })
}

/// A line for a way and one for each of its metrics; whether it is good.
fn way_text(way: &Way, text: &mut String) -> bool {
    let solution = way.name.starts_with("solution");
    let refused = way.seeds - way.accepted;
    let good = match solution {
        true => u64::from(refused) * 50 <= u64::from(way.seeds),
        false => way.accepted == 0,
    };
    let mark = if good { "ok " } else { "BAD" };
    let recognized = match way.name.starts_with("wrong") {
        true => format!(", recognized {}", way.recognized),
        false => String::new(),
    };
    let _ = writeln!(
        text,
        "  {mark} {:<11} accepted {:>2} of {:>2}{recognized}",
        way.name, way.accepted, way.seeds
    );
    if let Some(problem) = &way.problem {
        let _ = writeln!(text, "      {problem}");
    }
    for spread in &way.spreads {
        let _ = writeln!(
            text,
            "      {:<18} {} .. {} .. {}",
            format!("{:?}", spread.metric),
            short(spread.low),
            short(spread.median),
            short(spread.high)
        );
    }
    good && way.problem.is_none()
}
