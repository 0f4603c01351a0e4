//! The life of a run: start, pause, steps, reports, the end, the record.

use crate::app::action::Run;
use crate::app::config::config_for;
use crate::app::effect::Effect;
use crate::app::memory::Parked;
use crate::app::progress::MOST_RUNS;
use crate::app::progress::Runs;
use crate::app::state::App;
use crate::app::state::CellState;
use crate::app::state::LessonScreen;
use crate::app::state::LiveRun;
use crate::app::state::RunState;
use crate::app::state::Screen;
use crate::lesson::goal::Deed;
use crate::lesson::goal::Status;
use crate::train::Control;
use crate::train::Plan;
use crate::train::Report;
use crate::train::RunId;
use crate::train::TrainEvent;
use crate::train::record::RunRecord;
use std::collections::BTreeMap;

impl App {
    /// Trains, pauses, stops.
    pub(super) fn run(&mut self, run: Run) {
        let Some((_, cell)) = self.focused() else { return };
        match run {
            Run::Start | Run::Fresh => self.start(cell, None),
            Run::Pause => self.pause(cell),
            Run::Resume => self.resume(),
            Run::Batch => self.take_step(cell, Control::StepBatch),
            Run::Epoch => self.take_step(cell, Control::StepEpoch),
            Run::Stop => self.stop_all(),
            Run::All => self.run_all(),
            Run::Compare => self.compare_before(cell),
        }
    }

    /// Starts a run, perhaps for one step only. A run that is alive is
    /// stopped; its record is kept.
    pub(super) fn start(&mut self, cell: usize, step: Option<Control>) {
        let Some((model, state)) = self.model(cell) else { return };
        let settings = state.settings.clone();
        let number = state.number.max(highest(self.cell_runs(cell))) + 1;
        let config = match config_for(model, &settings, number) {
            Ok(config) => config,
            Err(error) => {
                self.notice = Some(error.message.clone());
                if let Some(state) = self.state_mut(cell) {
                    state.error = Some((error.knob, error.message));
                }
                return;
            }
        };
        self.stop_all();
        self.memory.runs += 1;
        let id = RunId(self.memory.runs);
        if let Some(state) = self.state_mut(cell) {
            state.run = RunState::Starting;
            state.started = settings;
            state.frames.clear();
            state.number = number;
            state.shown = None;
            state.error = None;
        }
        if let Some(screen) = self.lesson_mut() {
            screen.live = Some((id, cell));
        }
        self.memory.out.push(Effect::Start(id, Box::new(config)));
        if let Some(order) = step {
            self.memory.out.push(Effect::Control(id, order));
        }
        self.show_pictures(cell);
        self.did(cell, Deed::Started);
    }

    /// Where a cell is higher than the window, scrolls to its end: there
    /// are its knobs, its state and its pictures.
    pub(super) fn show_pictures(&mut self, cell: usize) {
        let height = self.layout.heights.get(cell).copied().unwrap_or(0);
        let beyond = height.saturating_sub(self.layout.body);
        // Another picture may be higher than the one laid out before.
        self.memory.to_end = true;
        if let Some(screen) = self.lesson_mut()
            && screen.focus == cell
            && beyond > 0
        {
            screen.scroll = beyond;
        }
    }

    fn pause(&mut self, cell: usize) {
        let Some((id, of)) = self.live() else { return };
        self.memory.out.push(Effect::Control(id, Control::Pause));
        if let Some(state) = self.state_mut(of) {
            state.run = match std::mem::take(&mut state.run) {
                RunState::Running(live) => RunState::Paused(live),
                other => other,
            };
        }
        self.did(cell, Deed::Paused);
    }

    fn resume(&mut self) {
        let Some((id, of)) = self.live() else { return };
        self.memory.out.push(Effect::Control(id, Control::Resume));
        if let Some(state) = self.state_mut(of) {
            state.run = match std::mem::take(&mut state.run) {
                RunState::Paused(live) => RunState::Running(live),
                other => other,
            };
        }
    }

    fn take_step(&mut self, cell: usize, order: Control) {
        match self.live() {
            Some((id, of)) if of == cell => {
                self.memory.out.push(Effect::Control(id, order));
            }
            _ => self.start(cell, Some(order)),
        }
        self.did(cell, Deed::Stepped);
    }

    /// The run that is alive in the open lesson, and its cell.
    pub(super) fn live(&self) -> Option<(RunId, usize)> {
        self.lesson().and_then(|screen| screen.live)
    }

    /// Stops whatever trains, here or in a lesson that was closed. The
    /// records still come.
    pub(super) fn stop_all(&mut self) {
        let mut out = Vec::new();
        let parked = self.memory.parked.iter_mut();
        for screen in parked.map(|parked| &mut *parked.screen) {
            out.extend(end(screen));
        }
        if let Screen::Lesson(screen) = &mut self.screen {
            screen.queue.clear();
            out.extend(end(screen));
        }
        self.memory.out.extend(out.into_iter().map(Effect::Stop));
    }

    /// Whether anything trains, here or in a lesson that was closed.
    pub(super) fn trains(&self) -> bool {
        let parked = self.memory.parked.iter();
        let parked = parked.map(|parked| &*parked.screen);
        let mut screens = parked.chain(self.lesson());
        screens.any(|screen| screen.live.is_some())
    }

    fn run_all(&mut self) {
        let Some((lesson, _)) = self.focused() else { return };
        let cells = 0..lesson.cells.len();
        let mut models = cells.filter(|cell| self.model(*cell).is_some());
        let Some(first) = models.next() else {
            return self.tell(
                "This lesson has no experiments.",
                "Esta aula não tem experimentos.",
            );
        };
        let rest: Vec<usize> = models.collect();
        self.start(first, None);
        if let Some(screen) = self.lesson_mut() {
            screen.queue = rest;
        }
    }

    /// A trainer reports. Reports of runs that are over are dropped.
    pub(super) fn train(&mut self, id: RunId, event: TrainEvent) {
        if self.lesson().is_some_and(|screen| owns(screen, id)) {
            return self.report(id, event);
        }
        let parked = &self.memory.parked;
        let owner = parked.iter().position(|p| owns(&p.screen, id));
        if let Some(owner) = owner {
            self.report_parked(owner, id, event);
        }
    }

    /// Opens a lesson that was closed for the time of one report.
    fn report_parked(
        &mut self,
        owner: usize,
        id: RunId,
        event: TrainEvent,
    ) {
        let Parked { screen, runs } = self.memory.parked.remove(owner);
        let screen =
            std::mem::replace(&mut self.screen, Screen::Lesson(screen));
        let runs = std::mem::replace(&mut self.runs, runs);
        self.report(id, event);
        let screen = std::mem::replace(&mut self.screen, screen);
        let runs = std::mem::replace(&mut self.runs, runs);
        if let Screen::Lesson(screen) = screen {
            self.memory.parked.insert(owner, Parked { screen, runs });
        }
    }

    fn report(&mut self, id: RunId, event: TrainEvent) {
        let Some(screen) = self.lesson_mut() else { return };
        let live = screen.live.filter(|(live, _)| *live == id);
        let (alive, cell) = match live {
            Some((_, cell)) => (true, cell),
            None => {
                let mut ending = screen.ending.iter();
                let Some((_, cell)) = ending.find(|(of, _)| *of == id)
                else {
                    return;
                };
                (false, *cell)
            }
        };
        // Who looks at its pictures does so when they grow.
        let in_focus = screen.focus == cell;
        self.memory.to_end |= in_focus;
        match event {
            TrainEvent::Started(plan) if alive => self.begun(cell, *plan),
            TrainEvent::Progress(report) if alive => {
                self.advanced(cell, *report);
            }
            TrainEvent::Started(_) | TrainEvent::Progress(_) => {}
            TrainEvent::Ended(record) => {
                self.over(id, RunState::Idle);
                self.keep(cell, *record);
                self.next_in_queue();
            }
            TrainEvent::Failed(why) => {
                self.over(id, RunState::Failed(why));
                self.next_in_queue();
            }
        }
    }

    fn begun(&mut self, cell: usize, plan: Plan) {
        let report = Report {
            step: 0,
            epoch: 0.0,
            curve: Vec::new(),
            trail: Vec::new(),
            snapshot: None,
            speed: 0.0,
            seconds_left: f64::NAN,
            paused: false,
            symptom: None,
        };
        if let Some(state) = self.state_mut(cell) {
            let marks = Vec::new();
            let metrics = plan.known.clone();
            let live = LiveRun { plan, report, marks, metrics };
            state.run = RunState::Running(Box::new(live));
        }
    }

    fn advanced(&mut self, cell: usize, report: Report) {
        let Some(state) = self.state_mut(cell) else { return };
        let (RunState::Running(mut live) | RunState::Paused(mut live)) =
            std::mem::take(&mut state.run)
        else {
            state.run = RunState::Starting;
            return;
        };
        let before = std::mem::replace(&mut live.report, report);
        let now = &mut live.report;
        if let Some(newest) = now.trail.last() {
            live.metrics.extend(&newest.metrics);
        }
        now.trail.splice(0..0, before.trail);
        match &now.snapshot {
            Some(snapshot) => state.frames.take(snapshot),
            None => now.snapshot = before.snapshot,
        }
        state.run = if now.paused {
            RunState::Paused(live)
        } else {
            RunState::Running(live)
        };
    }

    /// A run is no longer: its cell shows what is left of it.
    fn over(&mut self, id: RunId, left: RunState) {
        let Some(screen) = self.lesson_mut() else { return };
        screen.ending.retain(|(ending, _)| *ending != id);
        if let Some((_, cell)) = screen.live.take_if(|live| live.0 == id)
            && let Some(CellState::Model(state)) =
                screen.cells.get_mut(cell)
        {
            state.run = left;
        }
    }

    /// Keeps the record of a run and judges by it.
    fn keep(&mut self, cell: usize, mut record: RunRecord) {
        let Some((lesson, _)) = self.focused() else { return };
        let Some(of) = lesson.cells.get(cell) else { return };
        let whole = record.status != Status::Stopped;
        if let Some(state) = self.state_mut(cell)
            && state.number == record.number
        {
            state.frames.finish(&record.snapshot);
        }
        let runs = self.runs.entry(of.id().to_owned()).or_default();
        // It may have begun before the saved runs were read.
        if runs.iter().any(|old| old.number == record.number) {
            record.number = highest(runs) + 1;
        }
        insert(runs, record);
        let order = Effect::SaveRuns(lesson.id.clone(), of.id().to_owned());
        self.memory.out.push(order);
        if let Some(record) = self.record(cell) {
            record.done |= whole;
        }
        self.judge(cell);
    }

    fn next_in_queue(&mut self) {
        let Some(screen) = self.lesson_mut() else { return };
        if screen.live.is_some() || screen.queue.is_empty() {
            return;
        }
        let mut rest = std::mem::take(&mut screen.queue);
        let next = rest.remove(0);
        self.start(next, None);
        if let Some(screen) = self.lesson_mut() {
            screen.queue = rest;
        }
    }

    /// The saved runs of a lesson have been read.
    pub(super) fn take_runs(
        &mut self,
        lesson: &str,
        saved: BTreeMap<String, Runs>,
    ) {
        let open = self.lesson().is_some_and(|s| s.lesson.id == lesson);
        let parked = &mut self.memory.parked;
        let runs = if open {
            &mut self.runs
        } else if let Some(parked) =
            parked.iter_mut().find(|p| p.screen.lesson.id == lesson)
        {
            &mut parked.runs
        } else {
            return;
        };
        for (cell, mut saved) in saved {
            let fresh = runs.remove(&cell).unwrap_or_default();
            for run in fresh {
                insert(&mut saved, run);
            }
            runs.insert(cell, saved);
        }
    }
}

/// Whether a run belongs to this screen.
fn owns(screen: &LessonScreen, id: RunId) -> bool {
    let live = screen.live.is_some_and(|(live, _)| live == id);
    live || screen.ending.iter().any(|(ending, _)| *ending == id)
}

/// Ends the run that is alive; says which one it was.
fn end(screen: &mut LessonScreen) -> Option<RunId> {
    let (id, cell) = screen.live.take()?;
    screen.ending.push((id, cell));
    if let Some(CellState::Model(state)) = screen.cells.get_mut(cell) {
        state.run = RunState::Idle;
    }
    Some(id)
}

fn highest(runs: &[RunRecord]) -> u32 {
    runs.iter().map(|run| run.number).max().unwrap_or(0)
}

/// Adds a run in the order of numbers. The oldest that is not pinned goes
/// when there are too many.
fn insert(runs: &mut Runs, run: RunRecord) {
    let place = runs.partition_point(|old| old.number <= run.number);
    runs.insert(place, run);
    while runs.iter().filter(|run| !run.pinned).count() > MOST_RUNS {
        let oldest = runs.iter().position(|run| !run.pinned);
        if let Some(oldest) = oldest {
            runs.remove(oldest);
        }
    }
}
