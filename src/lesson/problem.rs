//! What is wrong with a lesson file, where, and what to do about it.

use std::fmt;

/// One problem of a lesson file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, as it was named.
    pub file: String,
    /// Line, from 1; 0 if it is about the whole file.
    pub line: usize,
    /// Column in characters, from 1; 0 if it is about the whole file.
    pub column: usize,
    /// What is wrong, as a sentence.
    pub what: String,
    /// What to do, as a sentence.
    pub advice: String,
}

impl Problem {
    /// A problem of a whole file.
    pub fn whole(file: &str, what: &str, advice: &str) -> Self {
        Self {
            file: file.to_owned(),
            line: 0,
            column: 0,
            what: what.to_owned(),
            advice: advice.to_owned(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        write!(f, ": {} {}", self.what, self.advice)
    }
}

impl std::error::Error for Problem {}
