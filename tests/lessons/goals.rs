//! Goals on hand-made runs: what is met, and what is said if not.

use gargalo::lesson::goal::Bound;
use gargalo::lesson::goal::Deed;
use gargalo::lesson::goal::Evidence;
use gargalo::lesson::goal::Goal;
use gargalo::lesson::goal::RunFacts;
use gargalo::lesson::goal::Status;
use gargalo::lesson::goal::Verdict;
use gargalo::lesson::knob::KnobId;
use gargalo::lesson::knob::Settings;
use gargalo::lesson::knob::Value;
use gargalo::lesson::metric::Metric;
use gargalo::lesson::metric::Metrics;
use std::collections::BTreeSet;

/// A finished run with a test error at each epoch and some metrics.
fn run(trail: &[f64], metrics: &[(Metric, f64)]) -> RunFacts {
    let at = |x: &f64| Metrics::from([(Metric::TestMse, *x)]);
    let trail: Vec<Metrics> = trail.iter().map(at).collect();
    let mut end = trail.last().cloned().unwrap_or_default();
    end.extend(metrics.iter().copied());
    RunFacts {
        settings: Settings::default()
            .with(KnobId::CodeSize, Value::Number(8.0))
            .with(KnobId::Activation, Value::Word("relu".to_owned())),
        metrics: end,
        trail,
        status: Status::Finished,
    }
}

/// The sentences of what is missing; none if it is met.
fn missing(goal: &str, runs: &[RunFacts]) -> Vec<String> {
    after(goal, runs, &[])
}

fn after(goal: &str, runs: &[RunFacts], deeds: &[Deed]) -> Vec<String> {
    let goal: Goal = ron::Options::default()
        .with_default_extension(
            ron::extensions::Extensions::UNWRAP_VARIANT_NEWTYPES,
        )
        .from_str(goal)
        .unwrap_or_else(|error| panic!("{goal}: {error}"));
    let deeds: BTreeSet<Deed> = deeds.iter().copied().collect();
    match goal.met(&Evidence { runs, deeds: &deeds }) {
        Verdict::Met => Vec::new(),
        Verdict::Missing(parts) => {
            assert!(!parts.is_empty());
            parts.into_iter().map(|part| part.say).collect()
        }
    }
}

#[test]
fn every_kind_of_goal_is_met_by_a_run_that_shows_it() {
    let met = run(
        &[0.09, 0.02, 0.0312],
        &[(Metric::PcaTestMse, 0.03), (Metric::RowsRight, 8.0)],
    );
    for goal in [
        "Below(TestMse, Value(0.0312))",
        "Below(TestMse, Of(PcaTestMse, 1.05))",
        "Above(RowsRight, Value(8))",
        "Setting(CodeSize, 8, 8)",
        "Setting(LearningRate, 0.001, 0.01)",
        "Is(Activation, \"relu\")",
        "Is(CodeSize, 8)",
        "Is(Tied, false)",
        "Status(Finished)",
        "During(Below(TestMse, Value(0.025)))",
        "During(Below(TestMse, Of(PcaTestMse, 0.7)))",
        "SomeRun(Below(TestMse, Value(0.04)))",
        "All([Above(RowsRight, Value(8)), Status(Finished)])",
        "Any([Status(Diverged), Status(Finished)])",
        "Not(Status(Diverged))",
        "All([])",
    ] {
        let said = missing(goal, std::slice::from_ref(&met));
        assert_eq!(said, Vec::<String>::new(), "{goal}");
    }
    assert_eq!(after("Did(Paused)", &[], &[Deed::Paused]).len(), 0);
}

/// Goals that the run of the next test misses, and what it is told.
const SHORTFALLS: &[(&str, &str)] = &[
    (
        "Below(TestMse, Value(0.028))",
        "test error is 0.0312; it must be at most 0.0280",
    ),
    (
        "Below(TestMse, Of(PcaTestMse, 1.05))",
        "test error is 0.0312; it must be at most 0.0280, which is \
             1.05 times the test error of PCA",
    ),
    (
        "Below(TestMse, Of(PcaTestMse, 1))",
        "test error is 0.0312; it must be at most 0.0267, which is the \
             test error of PCA",
    ),
    (
        "Below(TestMse, Value(0.03119))",
        "test error is 0.03120; it must be at most 0.03119",
    ),
    (
        "Above(RowsRight, Value(8))",
        "patterns right are 6; they must be at least 8",
    ),
    ("Setting(CodeSize, 1, 4)", "code size K is 8; it must be from 1 to 4"),
    ("Setting(CodeSize, 4, 4)", "code size K is 8; it must be 4"),
    ("Is(Activation, \"tanh\")", "activation is relu; it must be tanh"),
    ("Is(Tied, true)", "tied weights is off; it must be on"),
    ("Status(Diverged)", "the run came to its last epoch; it must diverge"),
    (
        "During(Above(TestMse, Value(0.2)))",
        "at no epoch so far; closest: test error is 0.0900; it must be \
             at least 0.200",
    ),
    (
        "Any([Status(Diverged), Is(CodeSize, 2)])",
        "one of these is needed: the run came to its last epoch; it \
             must diverge; or code size K is 8; it must be 2",
    ),
    (
        "Not(Below(TestMse, Value(0.05)))",
        "this must not hold: test error at most 0.05",
    ),
    ("Did(Compared)", "compare two runs"),
    (
        "Above(VarianceKept, Value(0.9))",
        "this run did not measure: variance kept",
    ),
    (
        "Below(TestMse, Of(MeanTestMse, 1))",
        "this run did not measure: error of the mean image",
    ),
];

#[test]
fn a_shortfall_says_which_part_fails_and_by_how_much() {
    let short = run(
        &[0.09, 0.06, 0.0312],
        &[(Metric::PcaTestMse, 0.026_666_67), (Metric::RowsRight, 6.0)],
    );
    for (goal, said) in SHORTFALLS {
        let all = missing(goal, std::slice::from_ref(&short));
        assert_eq!(all, [*said], "{goal}");
    }
}

#[test]
fn all_lists_every_missing_part_once() {
    let short = run(&[0.05], &[(Metric::RowsRight, 6.0)]);
    let said = missing(
        "All([Below(TestMse, Value(0.01)), Above(RowsRight, Value(8)), \
         Above(RowsRight, Value(8)), Status(Finished)])",
        &[short],
    );
    assert_eq!(said.len(), 2, "{said:?}");
}

#[test]
fn without_a_run_nothing_about_runs_is_met() {
    for goal in [
        "Below(TestMse, Value(1))",
        "Not(Below(TestMse, Value(1)))",
        "Setting(CodeSize, 1, 9)",
        "Not(Is(CodeSize, 1))",
        "Status(Finished)",
        "Not(Status(Diverged))",
        "During(Status(Finished))",
        "SomeRun(Status(Finished))",
        "Not(SomeRun(Status(Diverged)))",
        "Any([Status(Finished), Status(Diverged)])",
        "All([Status(Finished), Below(TestMse, Value(1))])",
    ] {
        assert_eq!(
            missing(goal, &[]),
            ["run the experiment first"],
            "{goal}"
        );
    }
    // What does not need a run is judged without one.
    let said = after("All([Did(Paused)])", &[], &[Deed::Paused]);
    assert_eq!(said.len(), 0);
    let said = missing("Any([Did(Paused), Not(Did(Paused))])", &[]);
    assert_eq!(said.len(), 0);
}

#[test]
fn what_is_no_number_meets_neither_a_goal_nor_its_opposite() {
    let broken = run(&[f64::NAN], &[(Metric::PcaTestMse, f64::NAN)]);
    for goal in [
        "Below(TestMse, Value(1))",
        "Above(TestMse, Value(0))",
        "Not(Below(TestMse, Value(1)))",
    ] {
        let said = missing(goal, std::slice::from_ref(&broken));
        assert_eq!(
            said,
            ["test error is not a number: the run broke down"],
            "{goal}"
        );
    }
    // Records leave out what is not finite.
    let mut gone = run(&[], &[]);
    gone.status = Status::Diverged;
    let said = missing("Below(TestMse, Value(1))", &[gone]);
    assert_eq!(said, ["test error is not a number: the run broke down"]);
    let fine = run(&[0.1], &[(Metric::PcaTestMse, f64::NAN)]);
    let said = missing("Below(TestMse, Of(PcaTestMse, 1.1))", &[fine]);
    assert!(said[0].contains("nothing can be held against it"), "{said:?}");
}

#[test]
fn an_infinite_error_is_above_every_bound() {
    let broken = run(&[f64::INFINITY], &[]);
    let runs = std::slice::from_ref(&broken);
    assert_eq!(missing("Above(TestMse, Value(9))", runs).len(), 0);
    let said = missing("Below(TestMse, Value(9))", runs);
    assert_eq!(said, ["test error is inf; it must be at most 9"]);
}

#[test]
fn the_newest_run_counts_unless_any_run_may() {
    let good = run(&[0.01], &[]);
    let bad = run(&[0.5], &[]);
    let worse = run(&[0.9], &[]);
    let goal = "Below(TestMse, Value(0.02))";
    let some = format!("SomeRun({goal})");
    let runs = [good.clone(), bad.clone()];
    assert_eq!(missing(goal, &runs).len(), 1);
    assert_eq!(missing(&some, &runs).len(), 0);
    assert_eq!(missing(goal, &[bad.clone(), good]).len(), 0);
    let said = missing(&some, &[worse, bad]);
    assert_eq!(
        said,
        ["in no run so far; closest: test error is 0.500; it must be at \
          most 0.0200"]
    );
}

#[test]
fn two_runs_can_each_give_a_part() {
    let mut broken = run(&[0.9], &[]);
    broken.status = Status::Diverged;
    let repaired = run(&[0.01], &[]);
    let goal = "All([SomeRun(Status(Diverged)), Status(Finished), \
                Below(TestMse, Value(0.02))])";
    assert_eq!(missing(goal, &[broken.clone(), repaired]).len(), 0);
    assert_eq!(missing(goal, &[broken]).len(), 2);
}

#[test]
fn during_takes_each_epoch_for_itself() {
    let m = |mse, rows| {
        Metrics::from([(Metric::TestMse, mse), (Metric::RowsRight, rows)])
    };
    let mut run = run(&[], &[]);
    run.trail = vec![m(0.1, 8.0), m(0.01, 4.0)];
    run.metrics = m(0.01, 4.0);
    let both = "During(All([Below(TestMse, Value(0.05)), \
                Above(RowsRight, Value(8))]))";
    let said = missing(both, std::slice::from_ref(&run));
    assert_eq!(said.len(), 1, "{said:?}");
    let apart = "All([During(Below(TestMse, Value(0.05))), \
                 During(Above(RowsRight, Value(8)))])";
    assert_eq!(missing(apart, &[run]).len(), 0);
}

#[test]
fn goals_nested_without_end_are_judged_in_bounded_time() {
    let mut goal = Goal::Below(Metric::TestMse, Bound::Value(0.0));
    for i in 0..40 {
        goal = match i % 2 {
            0 => Goal::SomeRun(Box::new(goal)),
            _ => Goal::During(Box::new(goal)),
        };
    }
    let runs = vec![run(&[0.5; 2000], &[]); 12];
    let deeds = BTreeSet::new();
    let start = std::time::Instant::now();
    let verdict = goal.met(&Evidence { runs: &runs, deeds: &deeds });
    assert_ne!(verdict, Verdict::Met);
    assert!(start.elapsed().as_millis() < 1000);
}

#[test]
fn a_goal_knows_its_metrics_and_knobs() {
    let goal = Goal::All(vec![
        Goal::Below(Metric::TestMse, Bound::Of(Metric::PcaTestMse, 1.0)),
        Goal::Not(Box::new(Goal::Setting(KnobId::CodeSize, 1.0, 2.0))),
        Goal::Is(KnobId::Tied, Value::Switch(true)),
    ]);
    let metrics: Vec<_> = goal.metrics().into_iter().collect();
    assert_eq!(metrics, [Metric::PcaTestMse, Metric::TestMse]);
    let knobs: Vec<_> = goal.knobs().into_iter().collect();
    assert_eq!(knobs, [KnobId::CodeSize, KnobId::Tied]);
}
