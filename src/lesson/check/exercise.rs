//! The rules about exercises: they can be judged, solved and helped with.

use super::goal;
use super::model;
use super::question;
use super::report::Report;
use crate::lesson::answer::FormulaKey;
use crate::lesson::answer::NumberKey;
use crate::lesson::knob::Settings;
use crate::lesson::schema::Exercise;
use crate::lesson::schema::Model;
use crate::lesson::schema::Reach;
use crate::lesson::schema::Task;

/// Hints of an exercise.
const HINTS: usize = 3;

/// Most runs of one way to a goal: as many as a cell keeps.
const MOST_RUNS: usize = 12;

/// Checks an exercise.
pub fn check(report: &mut Report, path: &str, cell: &Exercise) {
    report.prose(format!("{path}/text"), &cell.text);
    report.prose(format!("{path}/solution"), &cell.solution);
    hints(report, path, &cell.hints);
    let task = format!("{path}/task");
    match &cell.task {
        Task::Choose { options } => {
            let path = format!("{task}/options");
            question::choices(report, &path, options);
        }
        Task::Number(key) => number(report, path, cell, key),
        Task::Measure { cell, metric, tolerance } => {
            if !(*tolerance > 0.0 && *tolerance < 0.5) {
                let what = format!("A tolerance of {tolerance}.");
                let advice = "Give a part between 0 and 0.5, as 0.02.";
                report.add(format!("{task}/tolerance"), what, advice);
            }
            let here = format!("{task}/cell");
            if let Some(model) = model::named(report, &here, cell) {
                let goal = crate::lesson::goal::Goal::Above(
                    *metric,
                    crate::lesson::goal::Bound::Value(0.0),
                );
                let here = format!("{task}/metric");
                goal::check(report, &here, &goal, model);
            }
        }
        Task::Formula(key) => formula(report, path, cell, key),
        Task::Order(key) => {
            if let Err(what) = key.check() {
                report.add(format!("{task}/steps"), what, "Correct it.");
            }
        }
        Task::Reach(reach) | Task::BreakIt(reach) => {
            reached(report, &task, reach);
        }
        Task::Do { goal } => {
            goal::deeds_only(report, &format!("{task}/goal"), goal);
        }
    }
}

fn hints(report: &mut Report, path: &str, hints: &[String]) {
    let path = format!("{path}/hints");
    if hints.len() != HINTS {
        let what = format!("The exercise has {} hints.", hints.len());
        let advice = "Write three: the idea, which knob and which way, a \
                      narrow range.";
        report.add(&*path, what, advice);
    }
    for (i, hint) in hints.iter().enumerate() {
        let path = format!("{path}/{i}");
        let same = |other: &String| other.trim() == hint.trim();
        if hints.iter().take(i).any(same) {
            let what = "Two hints say the same.";
            report.add(&*path, what, "Let each hint say more.");
        }
        report.prose(path, hint);
    }
}

fn number(
    report: &mut Report,
    path: &str,
    cell: &Exercise,
    key: &NumberKey,
) {
    if let Err(what) = key.check() {
        report.add(format!("{path}/task/value"), what, "Correct it.");
    }
    // Small numbers occur in any sentence; and what the question itself
    // says gives nothing away.
    let small = key.value.fract() == 0.0 && key.value.abs() < 4.0;
    if small || names(&cell.text, key.value) {
        return;
    }
    for (i, hint) in cell.hints.iter().enumerate() {
        if names(hint, key.value) {
            let what = "The hint says the number that is asked for.";
            let advice = "Say how to find it.";
            report.add(format!("{path}/hints/{i}"), what, advice);
        }
    }
}

/// Whether a text has this very number in it.
fn names(text: &str, value: f64) -> bool {
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    text.split(|c| !digit(c)).any(|word| {
        let word = word.trim_matches(['.', ',']);
        let plain = word.replace(',', "").parse();
        let comma = word.replace(',', ".").parse();
        plain == Ok(value) || comma == Ok(value)
    })
}

fn formula(
    report: &mut Report,
    path: &str,
    cell: &Exercise,
    key: &FormulaKey,
) {
    let task = format!("{path}/task");
    if let Err(error) = key.check() {
        let field = match error.place.split_once(' ') {
            Some((_, number)) => match number.parse::<usize>() {
                Ok(n) => format!("wrong/{}", n.saturating_sub(1)),
                Err(_) => "wrong".to_owned(),
            },
            None => error.place.clone(),
        };
        report.add(format!("{task}/{field}"), error.message, "Correct it.");
    }
    for (i, wrong) in key.wrong.iter().enumerate() {
        let path = format!("{task}/wrong/{i}/message");
        report.prose(path, &wrong.message);
    }
    let packed = |text: &str| text.replace([' ', '`', '$'], "");
    let answer = packed(&key.key);
    for (i, hint) in cell.hints.iter().enumerate() {
        if answer.len() > 3 && packed(hint).contains(&answer) {
            let what = "The hint says the formula that is asked for.";
            let advice = "Say how to find it.";
            report.add(format!("{path}/hints/{i}"), what, advice);
        }
    }
}

fn reached(report: &mut Report, task: &str, reach: &Reach) {
    let here = format!("{task}/cell");
    let Some(model) = model::named(report, &here, &reach.cell) else {
        return;
    };
    goal::check(report, &format!("{task}/goal"), &reach.goal, model);
    if reach.solutions.is_empty() {
        let what = "No way to the goal is given.";
        let advice = "Give one that was tried, as knobs turned away from \
                      the cell's settings.";
        report.add(format!("{task}/solutions"), what, advice);
    }
    for (i, way) in reach.solutions.iter().enumerate() {
        let path = format!("{task}/solutions/{i}");
        if reach.solutions.iter().take(i).any(|other| other == way) {
            let what = "The same way is given twice.";
            report.add(&*path, what, "Give another way, or delete it.");
        }
        runs(report, &path, way, model);
    }
    for (i, wrong) in reach.wrong.iter().enumerate() {
        let path = format!("{task}/wrong/{i}");
        report.prose(format!("{path}/message"), &wrong.message);
        goal::check(report, &format!("{path}/when"), &wrong.when, model);
        runs(report, &format!("{path}/runs"), &wrong.runs, model);
    }
}

fn runs(report: &mut Report, path: &str, runs: &[Settings], model: &Model) {
    if !(1..=MOST_RUNS).contains(&runs.len()) {
        let what = format!("This way takes {} runs.", runs.len());
        let advice = format!("Write 1 to {MOST_RUNS} of them: [{{...}}].");
        report.add(path, what, advice);
    }
    for (i, turned) in runs.iter().enumerate() {
        model::reachable(report, &format!("{path}/{i}"), turned, model);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_however_it_is_written() {
        for text in ["it is 16672.", "16,672 weights", "near 16672, or"] {
            assert!(names(text, 16672.0), "{text}");
        }
        assert!(names("about 0,5", 0.5));
        for text in ["1667", "166720 of 1", "none", "v16.672.1"] {
            assert!(!names(text, 16672.0), "{text}");
        }
    }
}
