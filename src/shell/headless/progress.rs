//! `gargalo progress`: what is done, and forgetting it.

use crate::app::progress::LessonProgress;
use crate::lesson::course::Course;
use crate::shell::headless::Answer;
use crate::shell::headless::json;
use crate::shell::store::Loaded;
use crate::shell::store::Store;
use serde_json::json;
use std::fmt::Write;
use std::io::BufRead;

/// What is done, as text.
pub fn text(course: &Course, store: &Store) -> Answer {
    let Loaded { value: progress, notices } = store.peek();
    let mut text = String::new();
    for notice in &notices {
        let _ = writeln!(text, "{notice}");
    }
    for (_, lesson) in course.lessons() {
        let (done, all) = progress.done(lesson);
        let kept = progress.lessons.get(&lesson.id);
        let (attempts, hints) = kept.map_or((0, 0), counts);
        let _ = writeln!(
            text,
            "{}  {:<44} {done:>2} of {all:>2} done  {attempts:>3} \
             answers  {hints:>2} hints",
            lesson.id, lesson.title,
        );
    }
    let place = match &progress.place {
        Some((lesson, cell)) => format!("left at {lesson}/{cell}"),
        None => "not begun".to_owned(),
    };
    let _ =
        writeln!(text, "\n{place}\nkept in {}", store.folder().display());
    Answer::fine(text)
}

fn counts(lesson: &LessonProgress) -> (u32, u32) {
    let cells = lesson.cells.values();
    cells.fold((0, 0), |(attempts, hints), cell| {
        (attempts + cell.attempts, hints + cell.hints)
    })
}

/// What is done, as JSON.
pub fn as_json(course: &Course, store: &Store) -> Answer {
    let Loaded { value: progress, notices } = store.peek();
    let lessons: Vec<_> = course
        .lessons()
        .map(|(_, lesson)| {
            let (done, all) = progress.done(lesson);
            let kept = progress.lessons.get(&lesson.id);
            let cells: Vec<_> = lesson
                .to_do()
                .map(|cell| {
                    let kept = kept.and_then(|k| k.cells.get(cell.id()));
                    json!({
                        "id": cell.id(),
                        "kind": cell.kind(),
                        "done": kept.is_some_and(|k| k.done),
                        "attempts": kept.map_or(0, |k| k.attempts),
                        "hints": kept.map_or(0, |k| k.hints),
                        "solution": kept.is_some_and(|k| k.solution),
                    })
                })
                .collect();
            json!({
                "id": lesson.id,
                "done": done,
                "of": all,
                "cells": cells,
            })
        })
        .collect();
    let place = progress.place.as_ref();
    Answer::fine(json(&json!({
        "format": progress.format,
        "folder": store.folder().display().to_string(),
        "place": place.map(|(lesson, cell)| format!("{lesson}/{cell}")),
        "lessons": lessons,
        "notices": notices,
    })))
}

/// The question before forgetting.
pub fn question(lesson: Option<&str>) -> String {
    match lesson {
        Some(lesson) => format!(
            "Forget all answers, notes and runs of {lesson} for good? \
             Type yes: "
        ),
        None => "Forget all answers, notes and runs of all lessons for \
             good? Type yes: "
            .to_owned(),
    }
}

/// Whether the answer to the question is yes.
pub fn is_yes(input: &mut impl BufRead) -> bool {
    let mut line = String::new();
    let read = input.read_line(&mut line).is_ok();
    read && matches!(line.trim(), "yes" | "y" | "sim" | "s")
}

/// Forgets.
///
/// # Errors
///
/// When the files cannot be written.
pub fn reset(
    store: &Store,
    lesson: Option<&str>,
) -> anyhow::Result<Answer> {
    let notices =
        store.reset(lesson).map_err(|why| anyhow::anyhow!(why))?;
    let what = lesson.unwrap_or("everything");
    let mut text = format!("Forgotten: {what}\n");
    for notice in notices {
        let _ = writeln!(text, "{notice}");
    }
    Ok(Answer::fine(text))
}
