//! All lessons in their order. A lesson that cannot be read is an entry
//! too: it says what is wrong, and the others stay usable.

use crate::lesson::check::check;
use crate::lesson::embedded;
use crate::lesson::load;
use crate::lesson::overlay::Overlay;
use crate::lesson::overlay::Translated;
use crate::lesson::overlay::is_language;
use crate::lesson::problem::Problem;
use crate::lesson::schema::Lesson;
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
    /// The translations that could be read.
    pub overlays: Vec<Overlay>,
    /// What is wrong with translations; their lessons stay in English.
    pub problems: Vec<Problem>,
}

impl Course {
    /// The lessons that are part of the program. They were checked when it
    /// was built.
    pub fn embedded() -> Self {
        let mut course = Self::default();
        for (file, source) in embedded::LESSONS {
            let lesson = load::parse(file, source);
            course.push(file, lesson.map_err(|problem| vec![problem]));
        }
        for (file, source) in embedded::TRANSLATIONS {
            course.translate(Overlay::parse(file, source));
        }
        course
    }

    /// The lessons of a folder, `*.ron` in the order of their names, and
    /// the translations in its folders `pt-BR` and the like. A lesson with
    /// any problem is broken.
    ///
    /// # Errors
    /// The folder cannot be read, has no lessons, or too many.
    pub fn from_folder(folder: &Path) -> Result<Self, Problem> {
        let mut course = Self::default();
        for path in files(folder)? {
            let file = path.display().to_string();
            course.push(&file, checked(&path, &file));
        }
        for path in translations(folder) {
            let file = path.display().to_string();
            course.translate(
                load::text_of(&path)
                    .and_then(|source| Overlay::parse(&file, &source)),
            );
        }
        Ok(course)
    }

    fn push(&mut self, file: &str, read: Result<Lesson, Vec<Problem>>) {
        let file = file.to_owned();
        let entry = match read {
            Ok(lesson) if self.find(&lesson.id).is_some() => {
                let problems = vec![twice(&file, &lesson.id)];
                Entry::Broken { file, problems }
            }
            Ok(lesson) => Entry::Lesson(Box::new(lesson)),
            Err(problems) => Entry::Broken { file, problems },
        };
        self.entries.push(entry);
    }

    fn translate(&mut self, read: Result<Overlay, Problem>) {
        match read {
            Ok(overlay) => self.overlays.push(overlay),
            Err(problem) => self.problems.push(problem),
        }
    }

    /// The languages there are, English first.
    pub fn languages(&self) -> Vec<&str> {
        let mut languages = vec!["en"];
        for overlay in &self.overlays {
            if !languages.contains(&&*overlay.language) {
                languages.push(&overlay.language);
            }
        }
        languages
    }

    /// A lesson in a language, if there is a translation; texts whose
    /// English original has changed stay in English.
    pub fn translated(
        &self,
        id: &str,
        language: &str,
    ) -> Option<Translated> {
        let (_, lesson) = self.lessons().find(|(_, l)| l.id == id)?;
        let fits = |o: &&Overlay| o.lesson == id && o.language == language;
        let overlay = self.overlays.iter().find(fits)?;
        Some(overlay.apply(lesson))
    }

    /// The same course with every lesson in a language as far as there are
    /// translations.
    pub fn in_language(&self, language: &str) -> Self {
        let mut course = self.clone();
        for entry in &mut course.entries {
            if let Entry::Lesson(lesson) = entry
                && let Some(new) = self.translated(&lesson.id, language)
            {
                **lesson = new.lesson;
            }
        }
        course
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

/// A lesson file without any problem.
fn checked(path: &Path, file: &str) -> Result<Lesson, Vec<Problem>> {
    let source = load::text_of(path).map_err(|problem| vec![problem])?;
    match check(file, &source) {
        (Some(lesson), problems) if problems.is_empty() => Ok(lesson),
        (_, problems) => Err(problems),
    }
}

/// The translations below a folder; none if it cannot be read.
fn translations(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if name.to_str().is_some_and(is_language) && path.is_dir() {
            found.extend(files(&path).unwrap_or_default());
        }
    }
    found.sort();
    found
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
