//! How often the ways of an exercise lead to its goal, over many seeds, so
//! that an author can set thresholds where luck does not decide.

use crate::data::Library;
use crate::lesson::goal::RunFacts;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::knob::Value;
use crate::lesson::metric::Metric;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Exercise;
use crate::lesson::schema::Lesson;
use crate::lesson::schema::Reach;
use crate::lesson::schema::Task;
use crate::train::cache::Cache;
use crate::train::prove::Prover;
use crate::train::prove::every_deed;
use crate::train::prove::missing;

/// What came of an exercise over many seeds.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// The exercise.
    pub exercise: String,
    /// The start, every solution, every known wrong way.
    pub ways: Vec<Way>,
}

/// One way of going about an exercise, with many seeds.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// `start`, `solution 1`, `wrong 2`.
    pub name: String,
    /// Seeds tried.
    pub seeds: u32,
    /// Seeds with which the goal was met.
    pub accepted: u32,
    /// Of a wrong way: seeds with which it was recognized.
    pub recognized: u32,
    /// The goal's metrics at the end of the last run.
    pub spreads: Vec<Spread>,
    /// Why it could not be run, if it could not.
    pub problem: Option<String>,
}

/// How a metric varies over the seeds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Which one.
    pub metric: Metric,
    /// Smallest value.
    pub low: f64,
    /// Median.
    pub median: f64,
    /// Largest value.
    pub high: f64,
}

/// Tries every way of every exercise with seeds 1 to `seeds`; `progress`
/// is told the name of every run before it starts.
pub fn calibrate(
    lesson: &Lesson,
    seeds: u32,
    (library, cache): (&Library, &Cache),
    progress: &mut dyn FnMut(&str),
) -> Vec<Calibration> {
    let mut prover = Prover::new(lesson, library, cache, progress);
    let exercises = lesson.cells.iter().filter_map(|cell| match cell {
        Cell::Exercise(exercise) => Some(exercise),
        _ => None,
    });
    let tried =
        exercises.filter_map(|exercise| one(exercise, seeds, &mut prover));
    tried.collect()
}

fn one(
    exercise: &Exercise,
    seeds: u32,
    prover: &mut Prover,
) -> Option<Calibration> {
    let (Task::Reach(reach) | Task::BreakIt(reach)) = &exercise.task else {
        return None;
    };
    let mut tries = vec![("start".to_owned(), vec![Settings::default()])];
    for (n, way) in (1..).zip(&reach.solutions) {
        tries.push((format!("solution {n}"), way.clone()));
    }
    for (n, wrong) in (1..).zip(&reach.wrong) {
        tries.push((format!("wrong {n}"), wrong.runs.clone()));
    }
    let first_wrong = 1 + reach.solutions.len();
    let ways = tries.into_iter().enumerate().map(|(i, (name, list))| {
        let wrong = i.checked_sub(first_wrong);
        let mut way = Way::new(name);
        way.tries(reach, &list, wrong, (seeds, &mut *prover));
        way
    });
    let ways = ways.collect();
    Some(Calibration { exercise: exercise.id.clone(), ways })
}

impl Way {
    fn new(name: String) -> Self {
        Self {
            name,
            seeds: 0,
            accepted: 0,
            recognized: 0,
            spreads: Vec::new(),
            problem: None,
        }
    }

    /// Goes this way with every seed.
    fn tries(
        &mut self,
        reach: &Reach,
        list: &[Settings],
        wrong: Option<usize>,
        (seeds, prover): (u32, &mut Prover),
    ) {
        let done = every_deed(&reach.goal);
        let when = wrong.and_then(|n| reach.wrong.get(n));
        let mut last: Vec<RunFacts> = Vec::new();
        for seed in 1..=seeds {
            let seed = Value::Number(f64::from(seed));
            let runs: Result<Vec<RunFacts>, String> = list
                .iter()
                .map(|turned| turned.with(KnobId::Seed, seed.clone()))
                .map(|turned| prover.run(&reach.cell, &turned))
                .collect();
            let runs = match runs {
                Ok(runs) => runs,
                Err(problem) => {
                    self.problem = Some(problem);
                    return;
                }
            };
            let met = |goal| missing(goal, &runs, &done).is_none();
            self.seeds += 1;
            self.accepted += u32::from(met(&reach.goal));
            self.recognized +=
                u32::from(when.is_some_and(|wrong| met(&wrong.when)));
            last.extend(runs.into_iter().next_back());
        }
        let metrics = reach.goal.metrics().into_iter();
        self.spreads = metrics.filter_map(|m| spread(m, &last)).collect();
    }
}

/// Smallest, median and largest value of a metric, if it was measured.
fn spread(metric: Metric, runs: &[RunFacts]) -> Option<Spread> {
    let values = runs.iter().filter_map(|run| run.metrics.get(&metric));
    let mut values: Vec<f64> = values.copied().collect();
    values.sort_by(f64::total_cmp);
    let at = |i: usize| values.get(i).copied();
    let middle = values.len() / 2;
    let median = match values.len() % 2 {
        1 => at(middle)?,
        _ => (at(middle.checked_sub(1)?)? + at(middle)?) / 2.0,
    };
    let (low, high) = (at(0)?, values.last().copied()?);
    Some(Spread { metric, low, median, high })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::goal::Status;
    use crate::lesson::metric::Metrics;

    #[test]
    fn the_median_is_in_the_middle() {
        let run = |x| RunFacts {
            settings: Settings::default(),
            metrics: Metrics::from([(Metric::TestMse, x)]),
            trail: Vec::new(),
            status: Status::Finished,
        };
        let runs: Vec<_> = [3.0, 1.0, 2.0, 9.0].map(run).to_vec();
        let found = spread(Metric::TestMse, &runs).unwrap();
        assert_eq!((found.low, found.median, found.high), (1.0, 2.5, 9.0));
        let found = spread(Metric::TestMse, &runs[..3]).unwrap();
        assert_eq!(found.median, 2.0);
        assert_eq!(spread(Metric::Gap, &runs), None);
    }
}
