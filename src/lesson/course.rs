//! All lessons in their order. A lesson that cannot be read is an entry
//! too: it says what is wrong, and the others stay usable.

use crate::lesson::embedded;
use crate::lesson::load;
use crate::lesson::problem::Problem;
use crate::lesson::schema::Lesson;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// The largest number of lessons in a folder.
pub const MOST_LESSONS: usize = 1000;

/// A lesson of the course, or why it cannot be read.
#[derive(Debug, Clone)]
pub enum Entry {
    /// It can be opened.
    Lesson(Box<Lesson>),
    /// It is broken.
    Broken {
        /// The file, as it was named.
        file: String,
        /// Everything that is wrong with it.
        problems: Vec<Problem>,
    },
}

/// All lessons in order.
#[derive(Debug, Clone, Default)]
pub struct Course {
    /// The lessons and the broken ones, by file name.
    pub entries: Vec<Entry>,
}

impl Course {
    /// The lessons that are part of the program.
    pub fn embedded() -> Self {
        let entry =
            |(file, source): &(&str, &str)| match load::parse(file, source)
            {
                Ok(lesson) => Entry::Lesson(Box::new(lesson)),
                Err(problem) => broken(file, problem),
            };
        Self { entries: embedded::LESSONS.iter().map(entry).collect() }
    }

    /// The lessons of a folder, `*.ron` in the order of their names.
    ///
    /// # Errors
    /// The folder cannot be read, has no lessons, or too many.
    pub fn from_folder(folder: &Path) -> Result<Self, Problem> {
        let files = files(folder)?;
        let mut course = Self::default();
        let mut ids = BTreeSet::new();
        for path in files {
            let file = path.display().to_string();
            let read = load::text_of(&path)
                .and_then(|source| load::parse(&file, &source));
            course.entries.push(match read {
                Ok(lesson) if ids.insert(lesson.id.clone()) => {
                    Entry::Lesson(Box::new(lesson))
                }
                Ok(lesson) => broken(&file, twice(&file, &lesson.id)),
                Err(problem) => broken(&file, problem),
            });
        }
        Ok(course)
    }

    /// The lessons that can be opened, each with its index.
    pub fn lessons(&self) -> impl Iterator<Item = (usize, &Lesson)> {
        self.entries.iter().enumerate().filter_map(|(i, entry)| match entry
        {
            Entry::Lesson(lesson) => Some((i, &**lesson)),
            Entry::Broken { .. } => None,
        })
    }

    /// The index of a lesson by its id, such as `L02`.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.lessons().find(|(_, lesson)| lesson.id == id).map(|(i, _)| i)
    }
}

fn broken(file: &str, problem: Problem) -> Entry {
    Entry::Broken { file: file.to_owned(), problems: vec![problem] }
}

fn twice(file: &str, id: &str) -> Problem {
    let what = format!("Another lesson has the id {id}, too.");
    Problem::whole(file, &what, "Give each lesson an id of its own.")
}

/// The `*.ron` files of a folder, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let name = folder.display().to_string();
    let unreadable = |error: io::Error| {
        let what = format!("The folder cannot be read: {error}.");
        Problem::whole(&name, &what, "Check its name.")
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|end| end == "ron") {
            found.push(path);
        }
        if found.len() > MOST_LESSONS {
            let what = format!("It has more than {MOST_LESSONS} lessons.");
            let advice = "Split it into several folders.";
            return Err(Problem::whole(&name, &what, advice));
        }
    }
    if found.is_empty() {
        let what = "The folder has no lessons: no file ends in .ron.";
        let advice = "Name a folder with files such as 00-first.ron.";
        return Err(Problem::whole(&name, what, advice));
    }
    found.sort();
    Ok(found)
}
