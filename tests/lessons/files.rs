//! The lessons of the program, and lessons in a folder.

use gargalo::lesson::check::check;
use gargalo::lesson::check::check_course;
use gargalo::lesson::check::read_formula;
use gargalo::lesson::course::Course;
use gargalo::lesson::course::Entry;
use gargalo::lesson::embedded;
use gargalo::lesson::overlay::check_overlay;
use gargalo::lesson::search::search;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// A lesson with one of everything.
pub const GOOD: &str = include_str!("good.ron");

#[test]
fn a_lesson_with_one_of_everything_has_no_problem() {
    let (lesson, problems) = check("90-everything.ron", GOOD);
    let problems: Vec<_> =
        problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(lesson.unwrap().cells.len(), 16);
}

#[test]
fn the_embedded_lessons_are_the_folder() {
    let names = |folder: &str| -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".ron"))
            .collect();
        names.sort();
        names
    };
    let embedded: Vec<_> =
        embedded::LESSONS.iter().map(|(name, _)| *name).collect();
    assert_eq!(embedded, names("lessons"));
    let mut translations = Vec::new();
    for entry in fs::read_dir("lessons").unwrap() {
        let entry = entry.unwrap();
        let folder = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() && folder != "data" {
            let inside = names(&format!("lessons/{folder}"));
            translations
                .extend(inside.iter().map(|n| format!("{folder}/{n}")));
        }
    }
    translations.sort();
    let embedded: Vec<_> =
        embedded::TRANSLATIONS.iter().map(|(name, _)| *name).collect();
    assert_eq!(embedded, translations);
}

#[test]
fn every_embedded_lesson_and_translation_has_no_problem() {
    let files: Vec<(String, String)> = embedded::LESSONS
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    let mut problems = check_course(&files, &read_formula);
    let course = Course::embedded();
    for (name, text) in embedded::TRANSLATIONS {
        let base = name.split_once('/').unwrap().1;
        let index =
            files.iter().position(|(file, _)| file == base).unwrap();
        let Entry::Lesson(lesson) = &course.entries[index] else {
            panic!("{base} cannot be read");
        };
        problems.extend(check_overlay(name, text, lesson).1);
    }
    let problems: Vec<_> =
        problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn a_folder_with_a_broken_lesson_keeps_the_others() {
    let folder = folder("broken-one");
    fs::write(folder.join("00-a.ron"), embedded::LESSONS[0].1).unwrap();
    fs::write(folder.join("01-b.ron"), "Lesson(format: 1,").unwrap();
    fs::write(folder.join("02-c.ron"), [b'(', 0xFF]).unwrap();
    fs::write(folder.join("90-d.ron"), GOOD).unwrap();
    fs::write(folder.join("91-e.ron"), GOOD).unwrap();
    fs::write(folder.join("notes.txt"), "not a lesson").unwrap();
    let course = Course::from_folder(&folder).unwrap();
    let opened: Vec<usize> = course.lessons().map(|(i, _)| i).collect();
    assert_eq!(opened, [0, 3]);
    assert_eq!(course.find("L90"), Some(3));
    let told = |i: usize| match &course.entries[i] {
        Entry::Broken { problems, .. } => problems[0].to_string(),
        Entry::Lesson(_) => panic!("entry {i} can be opened"),
    };
    assert!(told(1).contains("01-b.ron:1:7: This `(` is never closed."));
    assert!(told(2).contains("02-c.ron:1:2: From here on it is not UTF-8"));
    assert!(told(4).contains("The id L90 does not fit the file"));
}

#[test]
fn two_lessons_with_one_id_are_one_lesson_and_a_problem() {
    let folder = folder("twice");
    for name in ["a.ron", "b.ron"] {
        fs::write(folder.join(name), embedded::LESSONS[0].1).unwrap();
    }
    let course = Course::from_folder(&folder).unwrap();
    assert_eq!(course.lessons().count(), 1);
    let Entry::Broken { problems, .. } = &course.entries[1] else {
        panic!("the second one can be opened");
    };
    assert!(problems[0].what.contains("Another lesson has the id L00"));
}

#[test]
fn a_folder_that_is_none_is_explained() {
    let missing = Course::from_folder(Path::new("no/such/folder"));
    let told = missing.unwrap_err().to_string();
    assert!(told.contains("The folder cannot be read"), "{told}");
    let told = Course::from_folder(&folder("empty")).unwrap_err();
    assert!(told.what.contains("has no lessons"), "{told}");
}

#[cfg(unix)]
#[test]
fn links_and_folders_are_not_read_as_lessons() {
    let folder = folder("links");
    fs::create_dir(folder.join("00-folder.ron")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.join("01-link.ron"))
        .unwrap();
    let course = Course::from_folder(&folder).unwrap();
    for entry in &course.entries {
        let Entry::Broken { problems, .. } = entry else {
            panic!("it can be opened");
        };
        assert!(problems[0].what.contains("not a plain file"));
    }
}

#[test]
fn a_lesson_names_earlier_lessons_only() {
    let first = embedded::LESSONS[0].1.to_owned();
    let files = [
        ("90-x.ron".to_owned(), GOOD.to_owned()),
        ("00-first-steps.ron".to_owned(), first.clone()),
    ];
    let problems = check_course(&files, &read_formula);
    let told: Vec<_> =
        problems.iter().map(|p| (p.line, p.what.clone())).collect();
    let expected = "L00 does not come before this lesson.";
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|(_, what)| what == expected), "{told:?}");
    let alone = check_course(&files[..1], &read_formula);
    assert!(alone[0].what.contains("There is no lesson L00."));
    let twice = [files[1].clone(), ("x.ron".to_owned(), first)];
    let problems = check_course(&twice, &read_formula);
    assert!(problems[0].what.contains("Another lesson has the id L00"));
}

#[test]
fn words_are_found_in_every_text_once_per_cell() {
    let (lesson, _) = check("90-everything.ron", GOOD);
    let lesson = lesson.unwrap();
    let hits = |query| search([(7, &lesson)].into_iter(), query);
    let cells = |query| -> Vec<usize> {
        hits(query).iter().map(|hit| hit.cell).collect()
    };
    assert_eq!(cells("BÍASES"), [7]);
    assert_eq!(cells("to the third"), [5]);
    assert_eq!(cells("there are no labels"), [10]);
    assert_eq!(hits("biases")[0].lesson, 7);
    assert_eq!(hits("no such word"), []);
    assert_eq!(hits("  "), []);
}

/// A fresh folder for a test.
fn folder(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = root.join(format!("lessons-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}
