//! Proves a lesson: its claims hold, its exercises can be solved, and
//! neither an untouched notebook nor a known wrong way solves them.

use crate::data::Library;
use crate::lesson::goal::Deed;
use crate::lesson::goal::Evidence;
use crate::lesson::goal::Goal;
use crate::lesson::goal::RunFacts;
use crate::lesson::goal::Verdict;
use crate::lesson::knob::Settings;
use crate::lesson::metric::Metric;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Exercise;
use crate::lesson::schema::Lesson;
use crate::lesson::schema::Model;
use crate::lesson::schema::Predict;
use crate::lesson::schema::Reach;
use crate::lesson::schema::Task;
use crate::train::cache::Cache;
use crate::train::config::RunConfig;
use crate::train::run;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// One thing that was put to the test.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// The cell of the lesson that says it.
    pub cell: String,
    /// What should be the case, as a sentence.
    pub what: String,
    /// Why it is not, if it is not.
    pub problem: Option<String>,
}

/// Trains what a lesson speaks of, every run once.
pub struct Prover<'a> {
    lesson: &'a Lesson,
    library: &'a Library,
    cache: &'a Cache,
    /// Threads to train with.
    pub threads: usize,
    runs: BTreeMap<String, Result<RunFacts, String>>,
    /// Told the name of every run before it starts.
    progress: &'a mut dyn FnMut(&str),
}

/// Puts everything a lesson says about its runs to the test; `progress` is
/// told the name of every run before it starts.
pub fn prove(
    lesson: &Lesson,
    library: &Library,
    cache: &Cache,
    progress: &mut dyn FnMut(&str),
) -> Vec<Proof> {
    Prover::new(lesson, library, cache, progress).prove()
}

impl<'a> Prover<'a> {
    /// One for a lesson; it trains on one thread unless told otherwise.
    pub fn new(
        lesson: &'a Lesson,
        library: &'a Library,
        cache: &'a Cache,
        progress: &'a mut dyn FnMut(&str),
    ) -> Self {
        let runs = BTreeMap::new();
        Self { lesson, library, cache, threads: 1, runs, progress }
    }

    /// Puts everything to the test, in the order of the lesson.
    pub fn prove(&mut self) -> Vec<Proof> {
        let mut proofs = Vec::new();
        for cell in &self.lesson.cells {
            match cell {
                Cell::Model(model) => self.model(model, &mut proofs),
                Cell::Predict(predict) => {
                    proofs.push(self.predict(predict));
                }
                Cell::Exercise(exercise) => {
                    self.exercise(exercise, &mut proofs);
                }
                Cell::Misconception(wrong) => {
                    if let Some((cell, knobs)) = &wrong.shown_by {
                        let what = "The refutation can be run.";
                        let run = self.run(cell, knobs);
                        proofs.push(proof(&wrong.id, what, run.err()));
                    }
                }
                _ => {}
            }
        }
        proofs
    }

    /// The facts of a run of a cell with these knobs turned, trained now
    /// or before.
    ///
    /// # Errors
    ///
    /// Why it cannot be run.
    pub fn run(
        &mut self,
        cell: &str,
        turned: &Settings,
    ) -> Result<RunFacts, String> {
        let name = name(cell, turned);
        if let Some(facts) = self.runs.get(&name) {
            return facts.clone();
        }
        (self.progress)(&name);
        let facts = self.train(cell, turned);
        self.runs.insert(name, facts.clone());
        facts
    }

    fn train(
        &self,
        cell: &str,
        turned: &Settings,
    ) -> Result<RunFacts, String> {
        let model = self.lesson.model(cell);
        let model = model
            .ok_or_else(|| format!("There is no model cell {cell}."))?;
        let config = RunConfig::new(model, turned, 1);
        let mut config = config.map_err(|error| error.message)?;
        config.threads = self.threads;
        let record = run::train(&config, self.library, self.cache)?;
        Ok(record.facts())
    }

    /// Several runs, one after the other.
    fn all(
        &mut self,
        cell: &str,
        list: &[Settings],
    ) -> Result<Vec<RunFacts>, String> {
        list.iter().map(|turned| self.run(cell, turned)).collect()
    }

    fn model(&mut self, model: &Model, proofs: &mut Vec<Proof>) {
        let plain = self.run(&model.id, &Settings::default());
        let what = "The experiment runs as it stands.";
        proofs.push(proof(&model.id, what, plain.err()));
        for claim in &model.claims {
            let problem = match self.run(&model.id, &claim.settings) {
                Ok(facts) => missing(&claim.goal, &[facts], &deeds(&[])),
                Err(problem) => Some(problem),
            };
            proofs.push(proof(&model.id, &claim.say, problem));
        }
    }

    /// Exactly one of the things that may happen must happen.
    fn predict(&mut self, predict: &Predict) -> Proof {
        let what = "Exactly one of the options happens.";
        let facts = match self.run(&predict.cell, &predict.settings) {
            Ok(facts) => facts,
            Err(problem) => {
                return proof(&predict.id, what, Some(problem));
            }
        };
        let runs = [facts];
        let none = deeds(&[]);
        let happened: Vec<String> = predict
            .options
            .iter()
            .filter(|option| missing(&option.when, &runs, &none).is_none())
            .map(|option| format!("“{}”", option.text))
            .collect();
        let problem = match happened.len() {
            0 => Some("None of them does.".to_owned()),
            1 => None,
            _ => Some(format!("{} do.", happened.join(" and "))),
        };
        proof(&predict.id, what, problem)
    }

    fn exercise(&mut self, exercise: &Exercise, proofs: &mut Vec<Proof>) {
        match &exercise.task {
            Task::Reach(reach) | Task::BreakIt(reach) => {
                self.reach(&exercise.id, reach, proofs);
            }
            Task::Measure { cell, metric, .. } => {
                let what = "The number can be read off the run.";
                let problem = self.measured(cell, *metric);
                proofs.push(proof(&exercise.id, what, problem));
            }
            Task::Do { goal } => {
                let what = "Doing nothing does not solve it.";
                let solved = missing(goal, &[], &deeds(&[])).is_none();
                proofs.push(proof(&exercise.id, what, solved_by(solved)));
            }
            _ => {}
        }
    }

    /// Why a metric cannot be read off the cell's own run.
    fn measured(&mut self, cell: &str, metric: Metric) -> Option<String> {
        match self.run(cell, &Settings::default()) {
            Ok(facts) if facts.metrics.contains_key(&metric) => None,
            Ok(_) => {
                Some(format!("The run does not report {}.", metric.label()))
            }
            Err(problem) => Some(problem),
        }
    }

    fn reach(&mut self, id: &str, reach: &Reach, proofs: &mut Vec<Proof>) {
        let mut say = |what: &str, problem| {
            proofs.push(proof(id, what, problem));
        };
        let untouched = missing(&reach.goal, &[], &deeds(&[])).is_none();
        say("Doing nothing does not solve it.", solved_by(untouched));
        let start = self.run(&reach.cell, &Settings::default());
        say(
            "The lesson's own settings do not solve it.",
            match start {
                Ok(facts) => {
                    let done = deeds(&[Deed::Started]);
                    let rest = missing(&reach.goal, &[facts], &done);
                    solved_by(rest.is_none())
                }
                Err(problem) => Some(problem),
            },
        );
        for (n, way) in (1..).zip(&reach.solutions) {
            let problem = match self.all(&reach.cell, way) {
                Ok(runs) => {
                    let done = every_deed(&reach.goal);
                    missing(&reach.goal, &runs, &done)
                }
                Err(problem) => Some(problem),
            };
            say(&format!("Solution {n} solves it."), problem);
        }
        for (n, wrong) in (1..).zip(&reach.wrong) {
            let runs = self.all(&reach.cell, &wrong.runs);
            let done = deeds(&[Deed::Started]);
            let (known, kept_out) = match runs {
                Ok(runs) => {
                    let rest = missing(&reach.goal, &runs, &done);
                    let known = missing(&wrong.when, &runs, &done);
                    (known, solved_by(rest.is_none()))
                }
                Err(problem) => (Some(problem), None),
            };
            say(&format!("Wrong way {n} is recognized."), known);
            say(&format!("Wrong way {n} does not solve it."), kept_out);
        }
    }
}

/// What a goal still lacks, as sentences; `None` if it is met.
pub fn missing(
    goal: &Goal,
    runs: &[RunFacts],
    deeds: &BTreeSet<Deed>,
) -> Option<String> {
    match goal.met(&Evidence { runs, deeds }) {
        Verdict::Met => None,
        Verdict::Missing(parts) => {
            let parts: Vec<String> =
                parts.into_iter().map(|part| part.say).collect();
            Some(parts.join("; "))
        }
    }
}

/// All deeds a goal asks for: runs alone cannot do them.
pub fn every_deed(goal: &Goal) -> BTreeSet<Deed> {
    let mut all = BTreeSet::new();
    goal.walk(&mut |part| {
        if let Goal::Did(deed) = part {
            all.insert(*deed);
        }
    });
    all
}

/// A name for a run: its cell and what was turned.
pub fn name(cell: &str, turned: &Settings) -> String {
    let knobs: Vec<String> = turned
        .0
        .iter()
        .map(|(knob, value)| format!("{}={value}", knob.info().name))
        .collect();
    match knobs.is_empty() {
        true => cell.to_owned(),
        false => format!("{cell} {}", knobs.join(" ")),
    }
}

fn deeds(list: &[Deed]) -> BTreeSet<Deed> {
    list.iter().copied().collect()
}

fn proof(cell: &str, what: &str, problem: Option<String>) -> Proof {
    Proof { cell: cell.to_owned(), what: what.to_owned(), problem }
}

fn solved_by(solved: bool) -> Option<String> {
    solved.then(|| "The goal is met.".to_owned())
}
