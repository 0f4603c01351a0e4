//! Every text of a lesson that a student reads, by its path.
//!
//! A path is the id of the cell and the fields down to the text, such as
//! `first-quiz/options/0/why`; `title` and `summary` belong to the lesson.
//! Translations, searches and checks all use these paths. Formulas, code
//! and the title of the slide are the same in every language.

use crate::lesson::schema::Cell;
use crate::lesson::schema::Choice;
use crate::lesson::schema::Exercise;
use crate::lesson::schema::Lesson;
use crate::lesson::schema::Reach;
use crate::lesson::schema::Task;

/// One text and its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The index of its cell; `None` for the title and the summary.
    pub cell: Option<usize>,
    /// The path.
    pub path: String,
    /// The text.
    pub text: String,
}

impl Lesson {
    /// Every text that can be translated, in the order of the lesson.
    pub fn texts(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        // The walk can change texts; this copy keeps them as they are.
        self.clone().for_each_text(&mut |cell, path, text| {
            let (path, text) = (path.to_owned(), text.clone());
            pieces.push(Piece { cell, path, text });
        });
        pieces
    }

    /// Shows every text that can be translated, to be changed.
    pub fn for_each_text(&mut self, visit: Visit) {
        visit(None, "title", &mut self.title);
        visit(None, "summary", &mut self.summary);
        for (i, cell) in self.cells.iter_mut().enumerate() {
            let id = cell.id().to_owned();
            walk(cell, &mut |field, text| {
                visit(Some(i), &format!("{id}/{field}"), text);
            });
        }
    }
}

/// Takes the index of a cell, a path and the text.
pub type Visit<'v> = &'v mut dyn FnMut(Option<usize>, &str, &mut String);

/// Takes the path inside a cell and the text.
type Field<'v> = &'v mut dyn FnMut(&str, &mut String);

fn walk(cell: &mut Cell, visit: Field) {
    match cell {
        Cell::Text(cell) => visit("text", &mut cell.text),
        Cell::Formula(cell) => visit("text", &mut cell.text),
        Cell::Code(cell) => visit("text", &mut cell.text),
        Cell::Model(cell) => visit("text", &mut cell.text),
        Cell::Predict(cell) => {
            visit("text", &mut cell.text);
            for (i, option) in cell.options.iter_mut().enumerate() {
                visit(&format!("options/{i}/text"), &mut option.text);
            }
            visit("reveal", &mut cell.reveal);
        }
        Cell::Quiz(cell) => {
            visit("text", &mut cell.text);
            choices("options", &mut cell.options, visit);
        }
        Cell::Exercise(cell) => exercise(cell, visit),
        Cell::Misconception(cell) => {
            visit("idea", &mut cell.idea);
            visit("truth", &mut cell.truth);
        }
        Cell::Review(cell) => {
            list("lines", &mut cell.lines, visit);
            visit("next", &mut cell.next);
        }
        Cell::Setup(cell) => visit("text", &mut cell.text),
    }
}

fn exercise(cell: &mut Exercise, visit: Field) {
    visit("text", &mut cell.text);
    match &mut cell.task {
        Task::Choose { options } => choices("task/options", options, visit),
        Task::Number(key) => {
            for (i, (_, text)) in key.misses.iter_mut().enumerate() {
                visit(&format!("task/misses/{i}/1"), text);
            }
        }
        Task::Formula(key) => {
            for (i, wrong) in key.wrong.iter_mut().enumerate() {
                visit(
                    &format!("task/wrong/{i}/message"),
                    &mut wrong.message,
                );
            }
        }
        Task::Order(key) => {
            list("task/steps", &mut key.steps, visit);
            for (i, step) in key.distractors.iter_mut().enumerate() {
                let path = format!("task/distractors/{i}");
                visit(&format!("{path}/text"), &mut step.text);
                visit(&format!("{path}/why"), &mut step.why);
            }
        }
        Task::Reach(reach) | Task::BreakIt(reach) => messages(reach, visit),
        Task::Measure { .. } | Task::Do { .. } => {}
    }
    list("hints", &mut cell.hints, visit);
    visit("solution", &mut cell.solution);
}

fn choices(path: &str, choices: &mut [Choice], visit: Field) {
    for (i, choice) in choices.iter_mut().enumerate() {
        visit(&format!("{path}/{i}/text"), &mut choice.text);
        visit(&format!("{path}/{i}/why"), &mut choice.why);
    }
}

fn list(path: &str, texts: &mut [String], visit: Field) {
    for (i, text) in texts.iter_mut().enumerate() {
        visit(&format!("{path}/{i}"), text);
    }
}

fn messages(reach: &mut Reach, visit: Field) {
    for (i, wrong) in reach.wrong.iter_mut().enumerate() {
        visit(&format!("task/wrong/{i}/message"), &mut wrong.message);
    }
}
