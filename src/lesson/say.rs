//! Goals in words: the sentences a student reads about them.

use crate::lesson::goal::Bound;
use crate::lesson::goal::Deed;
use crate::lesson::goal::Goal;
use crate::lesson::goal::Status;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::short;
use crate::lesson::metric::Metric;
use std::fmt;

/// A goal as a condition: "test error at most 0.028".
impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Below(metric, bound) => {
                write!(f, "{} at most {bound}", metric.label())
            }
            Self::Above(metric, bound) => {
                write!(f, "{} at least {bound}", metric.label())
            }
            Self::Setting(knob, from, to) => {
                let (from, to) = (short(*from), short(*to));
                write!(f, "{} from {from} to {to}", knob.info().label)
            }
            Self::Is(knob, value) => {
                write!(f, "{} = {value}", knob.info().label)
            }
            Self::Status(status) => write!(f, "the run {}", status.was()),
            Self::During(goal) => write!(f, "at some epoch {goal}"),
            Self::SomeRun(goal) => write!(f, "in some run {goal}"),
            Self::Did(deed) => f.write_str(done(*deed)),
            Self::All(goals) => list(f, goals, " and "),
            Self::Any(goals) => list(f, goals, " or "),
            Self::Not(goal) => write!(f, "not ({goal})"),
        }
    }
}

/// A bound as a value: "0.028" or "1.05 times the test error of PCA".
impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(x) => f.write_str(&short(*x)),
            Self::Of(metric, 1.0) => write!(f, "the {}", metric.label()),
            Self::Of(metric, factor) => {
                write!(f, "{} times the {}", short(*factor), metric.label())
            }
        }
    }
}

impl Status {
    /// What became of the run, after "the run".
    pub fn was(self) -> &'static str {
        match self {
            Self::Finished => "came to its last epoch",
            Self::Stopped => "was stopped by hand",
            Self::Converged => "ended because the error no longer fell",
            Self::Diverged => "diverged",
            Self::Stalled => "never got better than the mean",
        }
    }

    /// What must become of the run, after "it must".
    pub(super) fn must(self) -> &'static str {
        match self {
            Self::Finished => "come to its last epoch",
            Self::Stopped => "be stopped by hand",
            Self::Converged => "go on until the error no longer falls",
            Self::Diverged => "diverge",
            Self::Stalled => "never get better than the mean",
        }
    }
}

/// What to do for a deed.
pub(super) fn to_do(deed: Deed) -> &'static str {
    match deed {
        Deed::Started => "start a run",
        Deed::Paused => "pause a run",
        Deed::Stepped => "take a single step",
        Deed::Undid => "undo something",
        Deed::OpenedHelp => "open the help",
        Deed::Searched => "search for a word and open a hit",
        Deed::Compared => "compare two runs",
        Deed::Aligned => "align the weights with the principal axes",
    }
}

fn done(deed: Deed) -> &'static str {
    match deed {
        Deed::Started => "a run was started",
        Deed::Paused => "a run was paused",
        Deed::Stepped => "a single step was taken",
        Deed::Undid => "something was undone",
        Deed::OpenedHelp => "the help was opened",
        Deed::Searched => "a word was searched and a hit opened",
        Deed::Compared => "two runs were compared",
        Deed::Aligned => "the weights were aligned",
    }
}

/// Why a value misses its bound.
pub(super) fn too_far(
    metric: Metric,
    x: f64,
    (words, limit): (&str, f64),
    bound: Bound,
) -> String {
    let (x, limit) = pair(x, limit);
    let (label, verb) = (metric.label(), verb(metric));
    let it = if verb == "is" { "it" } else { "they" };
    let of = match bound {
        Bound::Value(_) => String::new(),
        Bound::Of(..) => format!(", which is {bound}"),
    };
    format!("{label} {verb} {x}; {it} must be {words} {limit}{of}")
}

/// A metric that a run did not report.
pub(super) fn not_measured(metric: Metric) -> String {
    format!("this run did not measure: {}", metric.label())
}

/// A metric that came out as NaN.
pub(super) fn no_number(metric: Metric) -> String {
    let (label, verb) = (metric.label(), verb(metric));
    format!("{label} {verb} not a number: the run broke down")
}

/// A bound that came out as NaN.
pub(super) fn no_bound(bound: Bound) -> String {
    format!("{bound} is not a number, so nothing can be held against it")
}

/// A knob outside the range a goal asks for.
pub(super) fn out_of_range(
    knob: KnobId,
    x: f64,
    (from, to): (f64, f64),
) -> String {
    let (label, x) = (knob.info().label, short(x));
    if from == to {
        return format!("{label} is {x}; it must be {}", short(from));
    }
    let (from, to) = (short(from), short(to));
    format!("{label} is {x}; it must be from {from} to {to}")
}

/// Two numbers in as many digits as tell them apart, at least three.
fn pair(a: f64, b: f64) -> (String, String) {
    let both = |digits| (figures(a, digits), figures(b, digits));
    (3..9).map(both).find(|(a, b)| a != b).unwrap_or_else(|| both(9))
}

/// A number with so many significant digits; whole numbers as they are.
fn figures(x: f64, digits: usize) -> String {
    let size = x.abs();
    if !x.is_finite() || (x.fract() == 0.0 && size < 1e9) {
        return x.to_string();
    }
    if !(1e-4..1e6).contains(&size) {
        return format!("{x:.*e}", digits - 1);
    }
    let before = size.log10().floor() as i32;
    let places = (digits as i32 - 1 - before).max(0) as usize;
    format!("{x:.places$}")
}

fn verb(metric: Metric) -> &'static str {
    match metric {
        Metric::ComponentsFor90
        | Metric::DeadUnits
        | Metric::DistinctCodes
        | Metric::Epochs
        | Metric::Parameters
        | Metric::RowsRight
        | Metric::RowsRightRounded
        | Metric::Saturation => "are",
        _ => "is",
    }
}

fn list(
    f: &mut fmt::Formatter<'_>,
    goals: &[Goal],
    between: &str,
) -> fmt::Result {
    f.write_str("(")?;
    for (i, goal) in goals.iter().enumerate() {
        if i > 0 {
            f.write_str(between)?;
        }
        write!(f, "{goal}")?;
    }
    f.write_str(")")
}
