//! The rules about all lessons together.

use super::FormulaCheck;
use super::check_with;
use crate::lesson::file::place::places;
use crate::lesson::load::without_mark;
use crate::lesson::problem::Problem;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Lesson;
use std::collections::BTreeMap;

/// Checks all lessons of a course, given as (file, text) in their order.
pub fn check_course(
    files: &[(String, String)],
    formula: FormulaCheck,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut lessons = Vec::new();
    for (file, source) in files {
        let (lesson, found) = check_with(file, source, formula);
        problems.extend(found);
        if let Some(lesson) = lesson {
            lessons.push((file, source, lesson));
        }
    }
    let mut order: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, (.., lesson)) in lessons.iter().enumerate() {
        order.entry(&lesson.id).or_insert(i);
    }
    for (i, (file, source, lesson)) in lessons.iter().enumerate() {
        let found = together(lesson, i, &order);
        let paths: Vec<String> =
            found.iter().map(|(path, ..)| path.clone()).collect();
        let places = places(without_mark(source), &paths);
        for ((_, what, advice), place) in found.into_iter().zip(places) {
            problems.push(Problem {
                file: (*file).clone(),
                line: place.line,
                column: place.column,
                what,
                advice,
            });
        }
    }
    problems
}

/// What is wrong with a lesson among the others: path, what, advice.
fn together(
    lesson: &Lesson,
    index: usize,
    order: &BTreeMap<&str, usize>,
) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    if order.get(&*lesson.id).is_some_and(|first| *first != index) {
        found.push((
            "id".to_owned(),
            format!("Another lesson has the id {}, too.", lesson.id),
            "Give each lesson an id of its own.".to_owned(),
        ));
    }
    let mut earlier = |path: String, id: &str| {
        let what = match order.get(id) {
            Some(there) if *there < index => return,
            Some(_) => format!("{id} does not come before this lesson."),
            None => format!("There is no lesson {id}."),
        };
        found.push((path, what, "Name an earlier lesson.".to_owned()));
    };
    for (i, id) in lesson.after.iter().enumerate() {
        earlier(format!("after/{i}"), id);
    }
    for (i, cell) in lesson.cells.iter().enumerate() {
        if let Cell::Quiz(quiz) = cell
            && let Some(id) = &quiz.back
        {
            earlier(format!("cells/{i}/back"), id);
        }
    }
    found
}
