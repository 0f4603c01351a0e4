//! The rules about questions and predictions.

use super::goal;
use super::is_lesson_id;
use super::model;
use super::report::Report;
use super::report::cut;
use crate::lesson::schema::Choice;
use crate::lesson::schema::Predict;
use crate::lesson::schema::Quiz;

/// Most options: one digit each.
const MOST_OPTIONS: usize = 9;

/// Checks a question.
pub fn quiz(report: &mut Report, path: &str, cell: &Quiz) {
    report.prose(format!("{path}/text"), &cell.text);
    choices(report, &format!("{path}/options"), &cell.options);
    if let Some(id) = &cell.back
        && !is_lesson_id(id)
    {
        let what = format!("`{}` is no lesson.", cut(id));
        let advice = "Write the id of an earlier lesson, as in L02.";
        report.add(format!("{path}/back"), what, advice);
    }
}

/// Checks a prediction.
pub fn predict(report: &mut Report, path: &str, cell: &Predict) {
    report.prose(format!("{path}/text"), &cell.text);
    report.prose(format!("{path}/reveal"), &cell.reveal);
    let texts = cell.options.iter().map(|option| option.text.as_str());
    options(report, &format!("{path}/options"), texts);
    let cell_path = format!("{path}/cell");
    let Some(model) = model::named(report, &cell_path, &cell.cell) else {
        return;
    };
    let here = format!("{path}/settings");
    model::required(report, &here, &cell.settings, model);
    for (i, option) in cell.options.iter().enumerate() {
        let path = format!("{path}/options/{i}/when");
        goal::check(report, &path, &option.when, model);
    }
}

/// Options of which exactly one is right.
pub fn choices(report: &mut Report, path: &str, choices: &[Choice]) {
    options(report, path, choices.iter().map(|c| c.text.as_str()));
    let right = choices.iter().filter(|choice| choice.right).count();
    if right != 1 {
        let what = format!("{right} options are marked right.");
        report.add(path, what, "Mark exactly one with `right: true`.");
    }
    for (i, choice) in choices.iter().enumerate() {
        report.prose(format!("{path}/{i}/why"), &choice.why);
    }
}

fn options<'t>(
    report: &mut Report,
    path: &str,
    texts: impl Iterator<Item = &'t str>,
) {
    let texts: Vec<&str> = texts.collect();
    if !(2..=MOST_OPTIONS).contains(&texts.len()) {
        let what = format!("There are {} options.", texts.len());
        let advice = format!("Give two to {MOST_OPTIONS}.");
        report.add(path, what, advice);
    }
    for (i, text) in texts.iter().enumerate() {
        let path = format!("{path}/{i}/text");
        if texts.iter().take(i).any(|other| other == text) {
            let what = format!("`{}` is offered twice.", cut(text));
            report.add(&*path, what, "Change one of them.");
        }
        report.prose(path, text);
    }
}
