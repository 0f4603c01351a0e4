//! Live experiments: the knobs and the pictures. Runs are in `runs`.

use crate::app::action::Knob;
use crate::app::config;
use crate::app::config::config_for;
use crate::app::effect::Effect;
use crate::app::message::Key;
use crate::app::progress::CellProgress;
use crate::app::state::App;
use crate::app::state::CellState;
use crate::app::state::Field;
use crate::app::state::ModelState;
use crate::app::state::Part;
use crate::app::state::RunState;
use crate::lesson::goal::Deed;
use crate::lesson::knob::Acts;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::knob::Value;
use crate::lesson::knob_turn::Turn;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Lesson;
use crate::lesson::schema::Model;
use crate::train::Control;
use crate::train::RunId;
use crate::train::history::Mark;
use std::sync::Arc;

/// How many turns of knobs can be undone.
const MOST_UNDO: usize = 100;

/// The knobs in which two settings differ: the knob, the value in `a`, the
/// value in `b`. A knob that is not set has its own default.
pub fn diff(a: &Settings, b: &Settings) -> Vec<(KnobId, Value, Value)> {
    let ids =
        a.0.keys().chain(b.0.keys().filter(|id| a.get(**id).is_none()));
    let pairs = ids.map(|id| (*id, a.value(*id), b.value(*id)));
    pairs.filter(|(_, x, y)| x != y).collect()
}

impl ModelState {
    /// An experiment as its lesson opens.
    pub fn new(model: &Model, record: Option<&CellProgress>) -> Self {
        let start = config::start_of(model);
        let settings = match record {
            Some(record) => start.merged(&record.knobs),
            None => start,
        };
        Self {
            settings,
            part: config::first_part(model),
            ..Self::default()
        }
    }

    /// Whether it begins, trains or waits.
    pub fn is_live(&self) -> bool {
        !matches!(self.run, RunState::Idle | RunState::Failed(_))
    }
}

impl App {
    /// The model of a cell of the open lesson and its state.
    pub fn model(&self, cell: usize) -> Option<(&Model, &ModelState)> {
        let screen = self.lesson()?;
        match (screen.lesson.cells.get(cell)?, screen.cells.get(cell)?) {
            (Cell::Model(model), CellState::Model(state)) => {
                Some((model, state))
            }
            _ => None,
        }
    }

    /// The knobs whose values differ from those of the run that is shown:
    /// what must be run again before the pictures fit the knobs. Empty if
    /// there is no run.
    pub fn stale(&self, cell: usize) -> Vec<KnobId> {
        let Some((_, state)) = self.model(cell) else { return Vec::new() };
        let shown = match (state.is_live(), self.shown_run(cell)) {
            (true, _) => &state.started,
            (false, Some(run)) => &run.settings,
            (false, None) => return Vec::new(),
        };
        let differ = |id: &&KnobId| {
            shown
                .get(**id)
                .is_some_and(|x| *x != state.settings.value(**id))
        };
        state.settings.0.keys().filter(differ).copied().collect()
    }

    pub(super) fn state_mut(
        &mut self,
        cell: usize,
    ) -> Option<&mut ModelState> {
        match self.lesson_mut()?.cells.get_mut(cell)? {
            CellState::Model(state) => Some(state),
            _ => None,
        }
    }

    /// Turns the knob in focus.
    pub(super) fn knob(&mut self, knob: Knob, key: Option<Key>) {
        match knob {
            Knob::More => self.turn(Turn::Up),
            Knob::Less => self.turn(Turn::Down),
            Knob::FarMore => self.turn(Turn::FarUp),
            Knob::FarLess => self.turn(Turn::FarDown),
            Knob::Default => self.reset_knob(),
            Knob::Digit => self.type_value(key),
            Knob::Edit => self.type_value(None),
            Knob::Set => self.set_typed(),
            Knob::Undo => self.undo_knob(),
            Knob::Redo => self.redo_knob(),
        }
    }

    fn turn(&mut self, turn: Turn) {
        let Some((lesson, cell)) = self.focused() else { return };
        let Some(knob) = self.knob_at(&lesson, cell) else { return };
        let Some((_, state)) = self.model(cell) else { return };
        let value = knob.turn(&state.settings.value(knob.id), turn);
        let settings = state.settings.with(knob.id, value);
        self.set_knobs(cell, settings);
    }

    fn reset_knob(&mut self) {
        let Some((lesson, cell)) = self.focused() else { return };
        let Some(knob) = self.knob_at(&lesson, cell) else { return };
        let Some((model, state)) = self.model(cell) else { return };
        let value = config::start_of(model).value(knob.id);
        let settings = state.settings.with(knob.id, value);
        self.set_knobs(cell, settings);
    }

    fn type_value(&mut self, key: Option<Key>) {
        let Some((_, cell)) = self.focused() else { return };
        let Some(state) = self.state_mut(cell) else { return };
        state.typed = Field::editing("");
        if let Some(key) = key {
            state.typed.press(key);
        }
    }

    fn set_typed(&mut self) {
        let Some((lesson, cell)) = self.focused() else { return };
        let Some(knob) = self.knob_at(&lesson, cell).cloned() else {
            return;
        };
        let Some(state) = self.state_mut(cell) else { return };
        state.typed.active = false;
        if state.typed.text.trim().is_empty() {
            return;
        }
        match knob.read(&state.typed.text) {
            Ok(value) => {
                let settings = state.settings.with(knob.id, value);
                self.set_knobs(cell, settings);
            }
            Err(why) => {
                state.error = Some((Some(knob.id), why.clone()));
                self.notice = Some(why);
            }
        }
    }

    /// Turns a knob that was named, as in `:set learning-rate 0.1`.
    ///
    /// # Errors
    /// A sentence that says what can be set.
    pub(super) fn set_named(
        &mut self,
        name: &str,
        value: &str,
    ) -> Result<(), String> {
        let Some((_, cell)) = self.focused() else {
            return Err(self.word(
                "Knobs belong to experiments: open a lesson first.",
                "Botões são de experimentos: abra uma aula primeiro.",
            ));
        };
        let Some((model, state)) = self.model(cell) else {
            return Err(self.word(
                "Go to an experiment first: this cell has no knobs.",
                "Vá a um experimento: esta célula não tem botões.",
            ));
        };
        let names: Vec<&str> =
            model.knobs.iter().map(|k| k.id.info().name).collect();
        let knob = model.knobs.iter().find(|k| k.id.info().name == name);
        let Some(knob) = knob else {
            let names = names.join(", ");
            return Err(self.word(
                &format!("This experiment has the knobs {names}."),
                &format!("Este experimento tem os botões {names}."),
            ));
        };
        let value = knob.read(value)?;
        let settings = state.settings.with(knob.id, value);
        self.set_knobs(cell, settings);
        Ok(())
    }

    fn undo_knob(&mut self) {
        let Some((_, cell)) = self.focused() else { return };
        let Some(state) = self.state_mut(cell) else { return };
        let Some(before) = state.undo.pop() else {
            return self.tell(
                "No knob of this experiment was turned.",
                "Nenhum botão deste experimento foi girado.",
            );
        };
        state.redo.push(state.settings.clone());
        self.apply(cell, before);
        self.did(cell, Deed::Undid);
    }

    fn redo_knob(&mut self) {
        let Some((_, cell)) = self.focused() else { return };
        let Some(state) = self.state_mut(cell) else { return };
        let Some(after) = state.redo.pop() else {
            return self.tell(
                "There is nothing to do again.",
                "Não há nada a refazer.",
            );
        };
        state.undo.push(state.settings.clone());
        self.apply(cell, after);
    }

    /// Turns knobs in a way that can be undone.
    pub(super) fn set_knobs(&mut self, cell: usize, settings: Settings) {
        let Some(state) = self.state_mut(cell) else { return };
        if state.settings == settings {
            return;
        }
        state.undo.push(state.settings.clone());
        if state.undo.len() > MOST_UNDO {
            state.undo.remove(0);
        }
        state.redo.clear();
        self.apply(cell, settings);
    }

    /// Puts settings in place: tells a run that is alive, remembers them,
    /// and says at once if they cannot be run.
    fn apply(&mut self, cell: usize, settings: Settings) {
        let live = self.lesson().and_then(|screen| screen.live);
        let live = live.filter(|(_, of)| *of == cell).map(|(id, _)| id);
        let Some((model, _)) = self.model(cell) else { return };
        let start = config::start_of(model);
        let turned = diff(&start, &settings);
        let error = config_for(model, &settings, 1).err();
        if let Some(id) = live {
            self.tune(id, cell, &settings);
        }
        let Some(state) = self.state_mut(cell) else { return };
        state.settings = settings;
        state.typed.text.clear();
        state.error = error.map(|error| (error.knob, error.message));
        if let Some(record) = self.record(cell) {
            let turned = turned.into_iter().map(|(id, _, new)| (id, new));
            record.knobs = Settings(turned.collect());
        }
        self.refit(cell);
    }

    /// Tells a run about the knobs that act while it trains.
    fn tune(&mut self, id: RunId, cell: usize, settings: &Settings) {
        let Some(state) = self.state_mut(cell) else { return };
        let mut orders = Vec::new();
        for (knob, _, value) in diff(&state.started, settings) {
            if knob.info().acts == Acts::Live {
                state.started.0.insert(knob, value.clone());
                mark(&mut state.run, knob, &value);
                let order = Control::Tune(knob, value);
                orders.push(Effect::Control(id, order));
            }
        }
        self.memory.out.extend(orders);
    }

    /// The knob in focus, as its lesson offers it.
    fn knob_at<'a>(
        &self,
        lesson: &'a Arc<Lesson>,
        cell: usize,
    ) -> Option<&'a crate::lesson::knob::Knob> {
        let Cell::Model(model) = lesson.cells.get(cell)? else {
            return None;
        };
        let (_, state) = self.model(cell)?;
        match state.part {
            Part::Knobs => model.knobs.get(state.knob),
            Part::Pictures => None,
        }
    }
}

/// Leaves a mark on the curve of a run that is alive.
fn mark(run: &mut RunState, knob: KnobId, value: &Value) {
    if let RunState::Running(live) | RunState::Paused(live) = run {
        let step = live.report.step;
        live.marks.push(Mark { step, knob, value: value.clone() });
    }
}
