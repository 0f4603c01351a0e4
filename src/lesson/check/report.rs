//! Gathers what is wrong, by path, and finds the places at the end.

use super::FormulaCheck;
use super::MOST_PROBLEMS;
use super::text;
use crate::lesson::file::place::places;
use crate::lesson::file::scan::is_harmless;
use crate::lesson::problem::Problem;
use crate::lesson::schema::Lesson;

/// The longest text, in bytes.
const LONGEST: usize = 64 * 1024;

/// What is wrong with a lesson so far.
pub struct Report<'a> {
    /// The lesson.
    pub lesson: &'a Lesson,
    formula: FormulaCheck<'a>,
    findings: Vec<Finding>,
}

struct Finding {
    path: String,
    what: String,
    advice: String,
}

impl<'a> Report<'a> {
    /// Nothing is wrong yet.
    pub fn new(lesson: &'a Lesson, formula: FormulaCheck<'a>) -> Self {
        Self { lesson, formula, findings: Vec::new() }
    }

    /// Something is wrong with the value at a path.
    pub fn add(
        &mut self,
        path: impl Into<String>,
        what: impl Into<String>,
        advice: impl Into<String>,
    ) {
        self.findings.push(Finding {
            path: path.into(),
            what: what.into(),
            advice: advice.into(),
        });
    }

    /// A line of text that may not be empty.
    pub fn line(&mut self, path: impl Into<String>, text: &str, most: u32) {
        let path = path.into();
        let length = text.chars().count();
        if length > most as usize {
            let what = format!("This text has {length} characters.");
            let advice = format!("Shorten it to {most}.");
            self.add(path.clone(), what, advice);
        }
        self.prose(path, text);
    }

    /// Markdown that may not be empty, with formulas that can be drawn.
    pub fn prose(&mut self, path: impl Into<String>, text: &str) {
        let path = path.into();
        for (what, advice) in text_problems(text, self.formula) {
            self.add(path.clone(), what, advice);
        }
    }

    /// A formula that can be drawn.
    pub fn formula(&mut self, path: impl Into<String>, tex: &str) {
        if let Err((what, advice)) = formula(tex, self.formula) {
            self.add(path, what, advice);
        }
    }

    /// Everything that is wrong, with places, in the order of the file.
    pub fn problems(mut self, file: &str, source: &str) -> Vec<Problem> {
        let more = self.findings.len().saturating_sub(MOST_PROBLEMS);
        self.findings.truncate(MOST_PROBLEMS);
        let paths: Vec<String> =
            self.findings.iter().map(|f| f.path.clone()).collect();
        let places = places(source, &paths);
        let mut problems: Vec<Problem> = self
            .findings
            .into_iter()
            .zip(places)
            .map(|(finding, place)| Problem {
                file: file.to_owned(),
                line: place.line,
                column: place.column,
                what: finding.what,
                advice: finding.advice,
            })
            .collect();
        problems.sort();
        if more > 0 {
            let what = format!("There are {more} more problems.");
            let advice = "Correct these first.";
            problems.push(Problem::whole(file, &what, advice));
        }
        problems
    }
}

/// What is wrong with a Markdown text, each with advice.
pub fn text_problems(
    text: &str,
    check: FormulaCheck,
) -> Vec<(String, String)> {
    let one = |what: &str, advice: &str| {
        vec![(what.to_owned(), advice.to_owned())]
    };
    if text.trim().is_empty() {
        let advice = "Write what the student shall read.";
        return one("This text is empty.", advice);
    }
    if text.len() > LONGEST {
        let what = format!("This text has {} bytes.", text.len());
        return one(&what, &format!("Cut it to {LONGEST}."));
    }
    if let Some(bad) = text.chars().find(|c| !is_harmless(*c)) {
        let what = format!(
            "The text has an invisible control character (U+{:04X}).",
            u32::from(bad)
        );
        return one(&what, "Delete it.");
    }
    match text::formulas(text) {
        Ok(formulas) => formulas
            .iter()
            .filter_map(|tex| formula(tex, check).err())
            .collect(),
        Err(what) => one(
            &what,
            "Close it with a second `$`, or write `\\$` for the sign \
             itself.",
        ),
    }
}

fn formula(tex: &str, check: FormulaCheck) -> Result<(), (String, String)> {
    check(tex).map_err(|why| {
        let what = format!("{why} (in `{}`)", cut(tex));
        (what, "Correct the LaTeX.".to_owned())
    })
}

/// The beginning of a text, for a message.
pub fn cut(text: &str) -> String {
    let mut chars = text.chars();
    let start: String = chars.by_ref().take(40).collect();
    if chars.next().is_some() { start + "…" } else { start }
}
