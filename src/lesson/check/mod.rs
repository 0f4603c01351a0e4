//! Looks for everything that is wrong with a lesson, all at once.
//!
//! A lesson that passes can be opened and done: its formulas can be drawn,
//! its cells exist, its knobs turn, its goals can be judged. Whether its
//! claims are true and its exercises can be solved takes training and is
//! checked elsewhere.

mod cells;
mod course;
mod exercise;
mod formula;
mod goal;
mod model;
mod question;
mod report;
mod text;

pub use course::check_course;
pub use formula::reads as read_formula;

use crate::lesson::load;
use crate::lesson::problem::Problem;
use crate::lesson::schema::Lesson;
use report::Report;
pub(super) use report::text_problems;
use std::collections::BTreeSet;
use std::path::Path;

/// Most cells of a lesson.
pub const MOST_CELLS: usize = 500;

/// Most problems that are told about one file.
pub const MOST_PROBLEMS: usize = 100;

/// Longest time a lesson may take, in minutes.
pub const MOST_MINUTES: u32 = 120;

/// Says why a LaTeX formula cannot be drawn, as a sentence.
pub type FormulaCheck<'a> = &'a dyn Fn(&str) -> Result<(), String>;

/// Checks one file: the lesson, if it can be read at all, and everything
/// that is wrong with it.
pub fn check(file: &str, source: &str) -> (Option<Lesson>, Vec<Problem>) {
    check_with(file, source, &read_formula)
}

/// The same with another judge of formulas, such as one that draws them.
pub fn check_with(
    file: &str,
    source: &str,
    formula: FormulaCheck,
) -> (Option<Lesson>, Vec<Problem>) {
    let lesson = match load::parse(file, source) {
        Ok(lesson) => lesson,
        Err(problem) => return (None, vec![problem]),
    };
    let mut report = Report::new(&lesson, formula);
    head(&mut report, file);
    cells::check(&mut report);
    let problems = report.problems(file, load::without_mark(source));
    (Some(lesson), problems)
}

/// Whether an id has the shape of a cell's: `a-z`, `0-9` and `-`.
pub fn is_cell_id(id: &str) -> bool {
    let fits = |c| matches!(c, 'a'..='z' | '0'..='9' | '-');
    (1..=64).contains(&id.len()) && id.chars().all(fits)
}

/// Whether an id has the shape of a lesson's: `L00` to `L99`.
pub fn is_lesson_id(id: &str) -> bool {
    let digits = id.strip_prefix('L').unwrap_or_default();
    digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The rules about the lesson as a whole.
fn head(report: &mut Report, file: &str) {
    let lesson = report.lesson;
    if !is_lesson_id(&lesson.id) {
        let what = format!("The lesson id `{}` is none.", lesson.id);
        report.add("id", what, "Write L and two digits, as in L02.");
    }
    let number = number_of(file);
    if number.is_some_and(|number| lesson.id.get(1..) != Some(number)) {
        let what = format!("The id {} does not fit the file.", lesson.id);
        let advice = "Give id and file name the same two digits.";
        report.add("id", what, advice);
    }
    for (path, text) in
        [("title", &lesson.title), ("summary", &lesson.summary)]
    {
        report.line(path, text, 400);
    }
    if !(1..=MOST_MINUTES).contains(&lesson.minutes) {
        let what = format!("A lesson of {} minutes.", lesson.minutes);
        let advice = format!("Give it 1 to {MOST_MINUTES} minutes.");
        report.add("minutes", what, advice);
    }
    let mut seen = BTreeSet::new();
    for (i, id) in lesson.after.iter().enumerate() {
        let path = format!("after/{i}");
        if !is_lesson_id(id) || id == &lesson.id || !seen.insert(id) {
            let what = format!("`{id}` cannot stand here.");
            let advice = "List ids of other lessons, each once.";
            report.add(path, what, advice);
        }
    }
    let n = lesson.cells.len();
    if !(1..=MOST_CELLS).contains(&n) {
        let what = format!("The lesson has {n} cells.");
        let advice = format!("Give it 1 to {MOST_CELLS} cells.");
        report.add("cells", what, advice);
    }
}

/// The two digits a lesson file begins with.
fn number_of(file: &str) -> Option<&str> {
    let name = Path::new(file).file_name()?.to_str()?;
    let (number, rest) = name.split_at_checked(2)?;
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    (digits && rest.starts_with('-')).then_some(number)
}
