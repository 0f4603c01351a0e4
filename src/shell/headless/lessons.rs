//! `gargalo list` and `gargalo show`.

use crate::app::Setup;
use crate::app::progress::Preferences;
use crate::app::progress::Progress;
use crate::app::state::App;
use crate::lesson::course::Course;
use crate::lesson::course::Entry;
use crate::shell::facts::Facts;
use crate::shell::headless::Answer;
use crate::shell::headless::json;
use crate::view;
use crate::view::glyphs::Glyphs;
use crate::view::plain;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// The lessons as text.
pub fn list(course: &Course, progress: &Progress) -> Answer {
    let mut text = String::new();
    for entry in &course.entries {
        let _ = match entry {
            Entry::Lesson(lesson) => {
                let (done, all) = progress.done(lesson);
                writeln!(
                    text,
                    "{}  {:<44} {:>3} min  {done:>2} of {all:>2} done",
                    lesson.id, lesson.title, lesson.minutes,
                )
            }
            Entry::Broken { file, problems } => {
                writeln!(
                    text,
                    "{file}  cannot be read: {} problems, see gargalo \
                     check",
                    problems.len()
                )
            }
        };
    }
    Answer::fine(text)
}

/// The lessons as JSON.
pub fn list_json(course: &Course, progress: &Progress) -> Answer {
    let lessons: Vec<_> = course
        .lessons()
        .map(|(_, lesson)| {
            let (done, all) = progress.done(lesson);
            json!({
                "id": lesson.id,
                "title": lesson.title,
                "minutes": lesson.minutes,
                "done": done,
                "of": all,
            })
        })
        .collect();
    Answer::fine(json(&json!(lessons)))
}

/// The cells of a lesson as JSON.
///
/// # Errors
///
/// When there is no such lesson.
pub fn show_json(course: &Course, id: &str) -> anyhow::Result<Answer> {
    let (_, lesson) = find(course, id)?;
    let cells: Vec<_> = lesson
        .cells
        .iter()
        .map(|cell| json!({ "id": cell.id(), "kind": cell.kind() }))
        .collect();
    Ok(Answer::fine(json(&json!({
        "id": lesson.id,
        "title": lesson.title,
        "minutes": lesson.minutes,
        "cells": cells,
    }))))
}

/// The lesson with this id, however its letter is written.
///
/// # Errors
///
/// When there is none; names those there are.
pub fn find<'a>(
    course: &'a Course,
    id: &str,
) -> anyhow::Result<(usize, &'a crate::lesson::schema::Lesson)> {
    let found = course
        .lessons()
        .find(|(_, lesson)| lesson.id.eq_ignore_ascii_case(id));
    found.ok_or_else(|| {
        let ids: Vec<_> =
            course.lessons().map(|(_, l)| l.id.as_str()).collect();
        anyhow::anyhow!(
            "there is no lesson {id}; there are {}",
            ids.join(", ")
        )
    })
}

/// A lesson as text: every cell as the screen shows it, without colors.
///
/// # Errors
///
/// When there is no such lesson.
pub fn show(
    course: &Course,
    id: &str,
    (width, height): (u16, u16),
) -> anyhow::Result<Answer> {
    let (index, _) = find(course, id)?;
    let facts = Facts::of_process();
    let look = facts.look(&Preferences::default());
    let entries: Vec<_> =
        course.entries.iter().cloned().map(Into::into).collect();
    let language = look.language.clone();
    let mut app = App::new(Setup {
        courses: BTreeMap::from([(language, Arc::new(entries))]),
        progress: Progress::default(),
        look,
        size: (width, height),
    });
    app.open_lesson(index);
    let theme = plain::theme();
    let glyphs = Glyphs { unicode: facts.unicode };
    let ctx = plain::ctx(&theme, glyphs);
    let rows = view::lesson::rows(&app, width, &ctx);
    Ok(Answer::fine(rows.join("\n") + "\n"))
}
