//! The exercises of the lesson format.

use crate::lesson::answer::formula::FormulaKey;
use crate::lesson::answer::number::NumberKey;
use crate::lesson::answer::order::OrderKey;
use crate::lesson::goal::Goal;
use crate::lesson::knob::Settings;
use crate::lesson::metric::Metric;
use crate::lesson::schema::Choice;
use serde::Deserialize;
use serde::Serialize;

/// A task that checks itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exercise {
    /// Unique in the lesson.
    pub id: String,
    /// What to do, in Markdown.
    pub text: String,
    /// How it is checked.
    pub task: Task,
    /// Three hints: the idea, which knob and which way, a narrow range.
    pub hints: Vec<String>,
    /// The worked solution, with the reason.
    pub solution: String,
}

/// How an exercise is checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Task {
    /// Choose one option.
    Choose {
        /// Exactly one of them right.
        options: Vec<Choice>,
    },
    /// Type a number that is known beforehand.
    Number(NumberKey),
    /// Type a number read off a run of a model cell.
    Measure {
        /// The model cell.
        cell: String,
        /// The metric to type.
        metric: Metric,
        /// Relative tolerance.
        tolerance: f64,
    },
    /// Type a formula.
    Formula(FormulaKey),
    /// Put steps in order.
    Order(OrderKey),
    /// Bring a model cell to a goal.
    Reach(Reach),
    /// Break a model cell on purpose, then perhaps repair it.
    BreakIt(Reach),
    /// Do something in the program itself, such as a search.
    Do {
        /// What is to be done.
        goal: Goal,
    },
}

/// A goal on the runs of a model cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// The model cell.
    pub cell: String,
    /// What must hold.
    pub goal: Goal,
    /// Ways to get there: each a list of runs, one after the other, as
    /// knobs turned away from the cell's settings.
    pub solutions: Vec<Vec<Settings>>,
    /// Known wrong ways, each with its own answer.
    #[serde(default)]
    pub wrong: Vec<Wrong>,
}

/// A known wrong way to a goal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrong {
    /// The runs that go this way.
    pub runs: Vec<Settings>,
    /// How to recognize it.
    pub when: Goal,
    /// What to tell the student.
    pub message: String,
}
