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
        if text.trim().is_empty() {
            let advice = "Write what the student shall read.";
            return self.add(path, "This text is empty.", advice);
        }
        if text.len() > LONGEST {
            let what = format!("This text has {} bytes.", text.len());
            let advice = format!("Cut it to {LONGEST}.");
            return self.add(path, what, advice);
        }
        if let Some(bad) = text.chars().find(|c| !is_harmless(*c)) {
            let what = format!(
                "The text has an invisible control character (U+{:04X}).",
                u32::from(bad)
            );
            self.add(path.clone(), what, "Delete it.");
        }
        match text::formulas(text) {
            Ok(formulas) => {
                for tex in formulas {
                    self.formula(path.clone(), &tex);
                }
            }
            Err(what) => {
                let advice = "Close it with a second `$`, or write `\\\\$` \
                              for the sign itself.";
                self.add(path, what, advice);
            }
        }
    }

    /// A formula that can be drawn.
    pub fn formula(&mut self, path: impl Into<String>, tex: &str) {
        if let Err(why) = (self.formula)(tex) {
            let advice = "Correct the LaTeX.";
            self.add(path, format!("{why} (in `{}`)", cut(tex)), advice);
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

/// The beginning of a text, for a message.
pub fn cut(text: &str) -> String {
    let mut chars = text.chars();
    let start: String = chars.by_ref().take(40).collect();
    if chars.next().is_some() { start + "…" } else { start }
}
