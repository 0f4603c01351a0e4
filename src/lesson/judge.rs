//! Judges goals: what holds, what is missing, and by how much.
//!
//! A goal is true, false, or not known yet because nothing was measured.
//! What is not known is never taken for false, so `Not` cannot be met by a
//! run that does not exist.

use crate::lesson::goal::Bound;
use crate::lesson::goal::Deed;
use crate::lesson::goal::Evidence;
use crate::lesson::goal::Goal;
use crate::lesson::goal::RunFacts;
use crate::lesson::goal::Shortfall;
use crate::lesson::goal::Status;
use crate::lesson::goal::Verdict;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Value;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::lesson::say;
use std::collections::BTreeSet;

impl Goal {
    /// Judges the goal on some evidence.
    ///
    /// The work is bounded by runs x epochs x parts of the goal: inside a
    /// `SomeRun` another one looks at that run only, inside a `During`
    /// another one at that epoch only.
    pub fn met(&self, evidence: &Evidence) -> Verdict {
        let case = Case {
            runs: evidence.runs,
            epoch: None,
            deeds: evidence.deeds,
            within: Within::Cell,
        };
        let judged = case.judge(self);
        if judged.truth == Truth::Yes {
            return Verdict::Met;
        }
        let mut missing: Vec<Shortfall> = Vec::new();
        for lack in judged.lacks {
            let shortfall =
                Shortfall { say: lack.say, metric: lack.metric };
            if !missing.contains(&shortfall) {
                missing.push(shortfall);
            }
        }
        Verdict::Missing(missing)
    }
}

/// Whether a part holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Truth {
    No,
    Unknown,
    Yes,
}

/// One thing that is missing, and how far away it is: 0 is close.
struct Lack {
    say: String,
    metric: Option<Metric>,
    gap: f64,
}

/// What became of a part; lacks are empty exactly when it holds.
struct Judged {
    truth: Truth,
    lacks: Vec<Lack>,
}

/// How far the view is narrowed: the whole cell, one run, one epoch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Cell,
    Run,
    Epoch,
}

/// What is looked at: the last of `runs`, perhaps at one of its epochs.
#[derive(Clone, Copy)]
struct Case<'a> {
    runs: &'a [RunFacts],
    epoch: Option<&'a Metrics>,
    deeds: &'a BTreeSet<Deed>,
    within: Within,
}

impl<'a> Case<'a> {
    fn judge(&self, goal: &Goal) -> Judged {
        match goal {
            Goal::Below(metric, bound) => {
                self.compare(*metric, *bound, Side::Below)
            }
            Goal::Above(metric, bound) => {
                self.compare(*metric, *bound, Side::Above)
            }
            Goal::Setting(knob, from, to) => {
                self.with_run(|run| setting(run, *knob, (*from, *to)))
            }
            Goal::Is(knob, value) => {
                self.with_run(|run| is(run, *knob, value))
            }
            Goal::Status(wanted) => {
                self.with_run(|run| status(run, *wanted))
            }
            Goal::During(goal) => self.during(goal),
            Goal::SomeRun(goal) => self.some_run(goal),
            Goal::Did(deed) => self.did(*deed),
            Goal::All(goals) => self.all(goals),
            Goal::Any(goals) => self.any(goals),
            Goal::Not(goal) => self.not(goal),
        }
    }

    fn with_run(
        &self,
        judge: impl FnOnce(&'a RunFacts) -> Judged,
    ) -> Judged {
        self.runs.last().map_or_else(no_run, judge)
    }

    /// A metric at the epoch that is looked at, or at the end. Metrics that
    /// do not change while a model trains are known at every epoch.
    fn metric(&self, metric: Metric) -> Option<f64> {
        let end = self.runs.last().map(|run| &run.metrics);
        let at_end = || end.and_then(|end| end.get(&metric)).copied();
        match self.epoch {
            None => at_end(),
            Some(here) => match here.get(&metric) {
                Some(x) => Some(*x),
                None if metric.is_fixed() => at_end(),
                None => None,
            },
        }
    }

    /// Why a metric is not there.
    fn unmeasured(&self, metric: Metric) -> String {
        match self.runs.last().map(|run| run.status) {
            Some(Status::Diverged) => say::no_number(metric),
            _ => say::not_measured(metric),
        }
    }

    fn compare(&self, metric: Metric, bound: Bound, side: Side) -> Judged {
        if self.runs.is_empty() {
            return no_run();
        }
        let unmeasured = |metric| unknown(metric, self.unmeasured(metric));
        let Some(x) = self.metric(metric) else {
            return unmeasured(metric);
        };
        let limit = match bound {
            Bound::Value(limit) => limit,
            Bound::Of(other, factor) => match self.metric(other) {
                Some(y) => factor * y,
                None => return unmeasured(other),
            },
        };
        if x.is_nan() {
            return unknown(metric, say::no_number(metric));
        }
        if limit.is_nan() {
            return unknown(metric, say::no_bound(bound));
        }
        let (holds, words) = match side {
            Side::Below => (x <= limit, "at most"),
            Side::Above => (x >= limit, "at least"),
        };
        if holds {
            return yes();
        }
        let text = say::too_far(metric, x, (words, limit), bound);
        no(text, Some(metric), relative(x, limit))
    }

    fn during(&self, goal: &Goal) -> Judged {
        if self.within == Within::Epoch {
            return self.judge(goal);
        }
        let Some(run) = self.runs.last() else { return no_run() };
        let end = std::iter::once(&run.metrics);
        let moments = run.trail.iter().chain(end).map(|epoch| Case {
            epoch: Some(epoch),
            within: Within::Epoch,
            ..*self
        });
        let judged = closest(moments.map(|case| case.judge(goal)));
        judged.prefixed("at no epoch so far; closest: ")
    }

    fn some_run(&self, goal: &Goal) -> Judged {
        if self.within != Within::Cell {
            return self.judge(goal);
        }
        let cases = (1..=self.runs.len()).filter_map(|n| {
            let runs = self.runs.get(..n)?;
            Some(Case { runs, within: Within::Run, ..*self })
        });
        if self.runs.is_empty() {
            let case = Case { within: Within::Run, ..*self };
            return case.judge(goal);
        }
        let judged = closest(cases.map(|case| case.judge(goal)));
        if self.runs.len() < 2 {
            return judged;
        }
        judged.prefixed("in no run so far; closest: ")
    }

    fn did(&self, deed: Deed) -> Judged {
        if self.deeds.contains(&deed) {
            return yes();
        }
        no(say::to_do(deed).to_owned(), None, 1.0)
    }

    fn all(&self, goals: &[Goal]) -> Judged {
        let mut whole = yes();
        for goal in goals {
            let part = self.judge(goal);
            whole.truth = whole.truth.min(part.truth);
            whole.lacks.extend(part.lacks);
        }
        whole
    }

    fn any(&self, goals: &[Goal]) -> Judged {
        let parts: Vec<_> = goals.iter().map(|g| self.judge(g)).collect();
        let truth = parts.iter().map(|part| part.truth).max();
        match truth {
            Some(Truth::Yes) => yes(),
            Some(truth) => Judged { truth, lacks: vec![either(parts)] },
            None => no("this goal can never be met".to_owned(), None, 1.0),
        }
    }

    fn not(&self, goal: &Goal) -> Judged {
        let part = self.judge(goal);
        match part.truth {
            Truth::No => yes(),
            Truth::Unknown => part,
            Truth::Yes => {
                let text = format!("this must not hold: {goal}");
                no(text, goal.metrics().first().copied(), 1.0)
            }
        }
    }
}

impl Judged {
    /// The sum of the distances.
    fn gap(&self) -> f64 {
        self.lacks.iter().map(|lack| lack.gap).sum()
    }

    fn prefixed(mut self, prefix: &str) -> Self {
        if self.truth == Truth::No {
            for lack in &mut self.lacks {
                lack.say.insert_str(0, prefix);
            }
        }
        self
    }
}

/// Which side of a bound is good.
#[derive(Clone, Copy)]
enum Side {
    Below,
    Above,
}

fn yes() -> Judged {
    Judged { truth: Truth::Yes, lacks: Vec::new() }
}

fn no(say: String, metric: Option<Metric>, gap: f64) -> Judged {
    Judged { truth: Truth::No, lacks: vec![Lack { say, metric, gap }] }
}

fn unknown(metric: Metric, say: String) -> Judged {
    let lack = Lack { say, metric: Some(metric), gap: f64::INFINITY };
    Judged { truth: Truth::Unknown, lacks: vec![lack] }
}

fn no_run() -> Judged {
    let say = "run the experiment first".to_owned();
    let lack = Lack { say, metric: None, gap: f64::INFINITY };
    Judged { truth: Truth::Unknown, lacks: vec![lack] }
}

/// The best of several; among equals the newest.
fn closest(parts: impl Iterator<Item = Judged>) -> Judged {
    let mut best: Option<Judged> = None;
    for part in parts {
        if part.truth == Truth::Yes {
            return part;
        }
        let better = best.as_ref().is_none_or(|best| {
            let few = part.lacks.len().cmp(&best.lacks.len());
            let near = part.gap().total_cmp(&best.gap());
            few.then(near).is_le()
        });
        if better {
            best = Some(part);
        }
    }
    best.unwrap_or_else(no_run)
}

/// Several alternatives as one lack.
fn either(parts: Vec<Judged>) -> Lack {
    let gap = parts.iter().map(Judged::gap).fold(f64::INFINITY, f64::min);
    let metric = parts.iter().find_map(|part| part.lacks.first()?.metric);
    let mut says: Vec<String> = Vec::new();
    for part in parts {
        let words: Vec<_> = part.lacks.into_iter().map(|l| l.say).collect();
        let say = words.join(" and ");
        if !says.contains(&say) {
            says.push(say);
        }
    }
    let say = match says.as_slice() {
        [only] => only.clone(),
        _ => format!("one of these is needed: {}", says.join("; or ")),
    };
    Lack { say, metric, gap }
}

fn setting(run: &RunFacts, knob: KnobId, range: (f64, f64)) -> Judged {
    let (from, to) = range;
    let x = run.settings.number(knob);
    if (from..=to).contains(&x) {
        return yes();
    }
    let limit = if x < from { from } else { to };
    no(say::out_of_range(knob, x, range), None, relative(x, limit))
}

fn is(run: &RunFacts, knob: KnobId, wanted: &Value) -> Judged {
    let value = run.settings.value(knob);
    let same = match (&value, wanted) {
        (Value::Number(a), Value::Number(b)) => {
            (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
        }
        (a, b) => a == b,
    };
    if same {
        return yes();
    }
    let label = knob.info().label;
    no(format!("{label} is {value}; it must be {wanted}"), None, 1.0)
}

fn status(run: &RunFacts, wanted: Status) -> Judged {
    if run.status == wanted {
        return yes();
    }
    let (was, must) = (run.status.was(), wanted.must());
    no(format!("the run {was}; it must {must}"), None, 1.0)
}

/// How far two numbers are apart, against the larger one.
fn relative(a: f64, b: f64) -> f64 {
    let size = a.abs().max(b.abs());
    if size.is_finite() && size > 0.0 { (a - b).abs() / size } else { 2.0 }
}
