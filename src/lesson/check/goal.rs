//! The rules about goals: they can be judged, and they can be met.

use super::model;
use super::report::Report;
use crate::lesson::goal::Bound;
use crate::lesson::goal::Goal;
use crate::lesson::knob::Kind;
use crate::lesson::knob::KnobId;
use crate::lesson::schema::Model;

/// Most parts of a goal.
const MOST_PARTS: usize = 64;

/// Checks a goal on the runs of a cell.
pub fn check(report: &mut Report, path: &str, goal: &Goal, cell: &Model) {
    shape(report, path, goal);
    for metric in goal.metrics() {
        let data = model::data_of(cell);
        if !data.iter().any(|data| cell.model.reports(metric, *data)) {
            let what = format!(
                "A run of `{}` does not report {metric:?}.",
                cell.id
            );
            let advice = format!(
                "{} on {} has other metrics; see lessons/README.md.",
                model::capital(cell.model.title()),
                cell.data.name()
            );
            report.add(path, what, advice);
        }
    }
    for knob in goal.knobs() {
        if !model::uses(cell, knob) {
            let what = format!("`{}` does not use {knob:?}.", cell.id);
            report.add(path, what, "Leave it out of the goal.");
        }
    }
}

/// Checks a goal on what the student did, without any run.
pub fn deeds_only(report: &mut Report, path: &str, goal: &Goal) {
    shape(report, path, goal);
    goal.walk(&mut |part| {
        let fits = matches!(
            part,
            Goal::Did(_) | Goal::All(_) | Goal::Any(_) | Goal::Not(_)
        );
        if !fits {
            let what = "This goal needs a run, but there is no cell.";
            let advice = "Use Did(...) here, or Reach with a cell.";
            report.add(path, what, advice);
        }
    });
}

/// Rules that hold for any goal.
fn shape(report: &mut Report, path: &str, goal: &Goal) {
    let mut parts = 0;
    goal.walk(&mut |part| {
        parts += 1;
        if parts <= MOST_PARTS
            && let Err((what, advice)) = one(part)
        {
            report.add(path, what, advice);
        }
    });
    if parts > MOST_PARTS {
        let what = format!("The goal has {parts} parts.");
        let advice = format!("Use at most {MOST_PARTS}.");
        report.add(path, what, advice);
    }
}

fn one(goal: &Goal) -> Result<(), (String, String)> {
    let wrong = |what: &str, advice: &str| {
        Err((what.to_owned(), advice.to_owned()))
    };
    match goal {
        Goal::Below(_, bound) | Goal::Above(_, bound) => match bound {
            Bound::Of(_, factor) if *factor <= 0.0 => wrong(
                "A bound is a multiple of a metric by 0 or less.",
                "Write a factor above 0.",
            ),
            _ => Ok(()),
        },
        Goal::Setting(knob, from, to) => setting(*knob, *from, *to),
        Goal::Is(knob, value) => {
            knob.whole_range().accepts(value).map_err(|why| {
                (format!("{}.", model::capital(&why)), REACH.to_owned())
            })
        }
        Goal::All(goals) | Goal::Any(goals) if goals.is_empty() => {
            wrong("A list of goals is empty.", "Add a goal.")
        }
        Goal::SomeRun(inner) if has(inner, is_some_run) => wrong(
            "SomeRun stands inside another SomeRun.",
            "Remove the inner one: it looks at one run.",
        ),
        Goal::During(inner) if has(inner, is_narrowing) => wrong(
            "SomeRun or During stands inside a During.",
            "Write SomeRun(During(...)).",
        ),
        _ => Ok(()),
    }
}

fn setting(
    knob: KnobId,
    from: f64,
    to: f64,
) -> Result<(), (String, String)> {
    let (Kind::Real(scale) | Kind::Whole(scale)) = knob.info().kind else {
        let what = format!("{knob:?} has no numbers.");
        return Err((what, "Use Is(...) for it.".to_owned()));
    };
    if from > to || !(scale.clamp(from) <= to && scale.clamp(to) >= from) {
        let what = format!("{knob:?} can never be from {from} to {to}.");
        return Err((what, REACH.to_owned()));
    }
    Ok(())
}

fn has(goal: &Goal, wanted: fn(&Goal) -> bool) -> bool {
    let mut found = false;
    goal.walk(&mut |part| found |= wanted(part));
    found
}

fn is_some_run(goal: &Goal) -> bool {
    matches!(goal, Goal::SomeRun(_))
}

fn is_narrowing(goal: &Goal) -> bool {
    matches!(goal, Goal::SomeRun(_) | Goal::During(_))
}

const REACH: &str = "Ask for a value the knob can have.";
