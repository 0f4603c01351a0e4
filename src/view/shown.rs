//! What a picture is drawn from: the living run, or the one that is shown.

use crate::app::state::App;
use crate::app::state::CellState;
use crate::app::state::LessonScreen;
use crate::app::state::ModelState;
use crate::app::state::RunState;
use crate::lesson::knob::Settings;
use crate::lesson::metric::Metrics;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Model;
use crate::train::record::RunRecord;
use crate::view::panel::Shown;
use crate::view::panel::Trail;
use std::collections::BTreeMap;

/// What the pictures of the cell with this index show now.
pub fn of<'a>(
    app: &'a App,
    screen: &'a LessonScreen,
    index: usize,
) -> Shown<'a> {
    let (Some(Cell::Model(model)), Some(CellState::Model(state))) =
        (screen.lesson.cells.get(index), screen.cells.get(index))
    else {
        return empty();
    };
    let runs = app.runs.get(&model.id).map_or(&[][..], Vec::as_slice);
    let find = |number: Option<u32>| {
        let number = number?;
        runs.iter().find(|run| run.number == number)
    };
    let record = find(state.shown).or(runs.last());
    let mut shown = match &state.run {
        RunState::Running(live) | RunState::Paused(live) => Shown {
            history: Trail {
                batches: &live.report.curve,
                epochs: &live.report.trail,
                marks: &live.marks,
            },
            snapshot: live.report.snapshot.as_deref(),
            metrics: &live.metrics,
            settings: &state.settings,
            total_epochs: live.plan.epochs as f64,
            ..empty()
        },
        RunState::Starting => empty(),
        _ => record.map_or_else(empty, |run| of_record(run)),
    };
    finish(&mut shown, model, state, runs);
    if let Some(earlier) = state.frames.looked_at()
        && state.shown.is_none()
    {
        shown.snapshot = Some(earlier);
    }
    shown.other = find(state.compared);
    shown
}

/// What the pictures of a finished run show.
pub fn of_record(run: &RunRecord) -> Shown<'_> {
    Shown {
        history: Trail::from(&run.history),
        snapshot: Some(&run.snapshot),
        metrics: &run.metrics,
        settings: &run.settings,
        total_epochs: run.epochs,
        ..empty()
    }
}

fn finish<'a>(
    shown: &mut Shown<'a>,
    model: &'a Model,
    state: &'a ModelState,
    runs: &'a [RunRecord],
) {
    shown.claims = &model.claims;
    shown.baselines = &model.baselines;
    shown.runs = runs;
    shown.look = state.look;
    shown.log = state.log;
    shown.bare = state.bare;
    shown.aligned = state.aligned;
}

/// Nothing: no run, no knobs.
pub fn empty<'a>() -> Shown<'a> {
    static NO_METRICS: Metrics = Metrics::new();
    static NO_SETTINGS: Settings = Settings(BTreeMap::new());
    Shown {
        history: Trail::default(),
        snapshot: None,
        metrics: &NO_METRICS,
        claims: &[],
        baselines: &[],
        settings: &NO_SETTINGS,
        total_epochs: 0.0,
        other: None,
        runs: &[],
        look: 0,
        log: false,
        bare: false,
        aligned: false,
    }
}
