//! The rules about cells that are read: ids, prose, formulas, code.

use super::exercise;
use super::is_cell_id;
use super::model;
use super::question;
use super::report::Report;
use super::report::cut;
use super::text;
use crate::lesson::knob_read::nearest;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Code;
use crate::lesson::schema::Misconception;
use crate::lesson::schema::Review;
use crate::lesson::schema::Text;
use crate::lesson::source;
use std::collections::BTreeSet;

/// The longest code cell, in lines.
const MOST_LINES: usize = 500;

/// Checks every cell.
pub fn check(report: &mut Report) {
    let lesson = report.lesson;
    let mut ids = BTreeSet::new();
    let mut reviews = 0;
    for (i, cell) in lesson.cells.iter().enumerate() {
        let path = format!("cells/{i}");
        id(report, &format!("{path}/id"), cell.id());
        if !ids.insert(cell.id()) {
            let what = format!("Two cells have the id `{}`.", cell.id());
            let advice = "Give each cell an id of its own.";
            report.add(format!("{path}/id"), what, advice);
        }
        reviews += usize::from(matches!(cell, Cell::Review(_)));
        if reviews > 1 {
            let advice = "Keep one, at the end.";
            report.add(&*path, "A lesson has one review sheet.", advice);
        }
        one(report, &path, cell);
    }
}

fn one(report: &mut Report, path: &str, cell: &Cell) {
    match cell {
        Cell::Text(cell) => prose(report, path, cell),
        Cell::Formula(cell) => {
            report.formula(format!("{path}/tex"), &cell.tex);
            report.prose(format!("{path}/text"), &cell.text);
        }
        Cell::Code(cell) => code(report, path, cell),
        Cell::Predict(cell) => question::predict(report, path, cell),
        Cell::Model(cell) => model::check(report, path, cell),
        Cell::Quiz(cell) => question::quiz(report, path, cell),
        Cell::Exercise(cell) => exercise::check(report, path, cell),
        Cell::Misconception(cell) => misconception(report, path, cell),
        Cell::Review(cell) => review(report, path, cell),
        Cell::Setup(cell) => {
            report.prose(format!("{path}/text"), &cell.text);
        }
    }
}

fn id(report: &mut Report, path: &str, id: &str) {
    if !is_cell_id(id) {
        let what = format!("The id `{}` has a wrong shape.", cut(id));
        let advice = "Use 1 to 64 of a-z, 0-9 and -, as in `first-run`.";
        report.add(path, what, advice);
    }
}

fn prose(report: &mut Report, path: &str, cell: &Text) {
    report.prose(format!("{path}/text"), &cell.text);
    let rows = text::rows(&cell.text);
    if rows > text::ROWS {
        let what = format!(
            "The text needs about {rows} rows, more than the {} of a \
             screen of 80 x 24.",
            text::ROWS
        );
        let advice = "Split the cell.";
        report.add(format!("{path}/text"), what, advice);
    }
}

fn code(report: &mut Report, path: &str, cell: &Code) {
    report.prose(format!("{path}/text"), &cell.text);
    let (file, item) = (&cell.file, &cell.item);
    let Some(all) = source::file(file) else {
        let what = format!("There is no file src/nn/{}.", cut(file));
        let near = nearest(file, source::names());
        let advice = match near {
            Some(near) => format!("Did you mean {near}?"),
            None => "src/nn/mod.rs lists all of them.".to_owned(),
        };
        return report.add(format!("{path}/file"), what, advice);
    };
    match source::find_in(all, item) {
        None => {
            let what = format!("src/nn/{file} has no `{}`.", cut(item));
            let advice = "Name a function, type, constant, a method such \
                          as `Dense::forward`, or `*` for the whole file.";
            report.add(format!("{path}/item"), what, advice);
        }
        Some(text) if text.lines().count() > MOST_LINES => {
            let what =
                format!("`{item}` is longer than {MOST_LINES} lines.");
            report.add(format!("{path}/item"), what, "Show a part of it.");
        }
        Some(_) => {}
    }
}

fn misconception(report: &mut Report, path: &str, cell: &Misconception) {
    report.prose(format!("{path}/idea"), &cell.idea);
    report.prose(format!("{path}/truth"), &cell.truth);
    if let Some((id, settings)) = &cell.shown_by {
        let here = format!("{path}/shown_by");
        if let Some(model) = model::named(report, &format!("{here}/0"), id)
        {
            model::settings(report, &format!("{here}/1"), settings, model);
        }
    }
}

fn review(report: &mut Report, path: &str, cell: &Review) {
    let n = cell.lines.len();
    if n != 3 {
        let what = format!("The review sheet has {n} lines.");
        report.add(format!("{path}/lines"), what, "Write three.");
    }
    for (i, line) in cell.lines.iter().enumerate() {
        report.prose(format!("{path}/lines/{i}"), line);
    }
    report.prose(format!("{path}/next"), &cell.next);
}
