//! The sandbox: into it from anywhere, and back to the same spot.

use crate::app::config;
use crate::app::state::App;
use crate::app::state::Entry;
use crate::app::state::Part;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::knob::Value;
use crate::lesson::room;
use crate::lesson::room::Group;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Model;
use crate::lesson::schema::ModelKind;
use std::sync::Arc;

/// The lessons of a language with the rooms behind them.
pub(super) fn with_rooms(
    course: &Arc<Vec<Entry>>,
    language: &str,
) -> Arc<Vec<Entry>> {
    let mut course = course.to_vec();
    course.push(Entry::Open(Box::new(room::sandbox(language))));
    Arc::new(course)
}

impl App {
    /// Whether the student is in a room.
    pub fn in_room(&self) -> bool {
        self.lesson().is_some_and(|screen| screen.lesson.is_room())
    }

    /// Opens the sandbox with the model and the knobs of the experiment in
    /// view; from the sandbox, goes back to where the student came from.
    pub fn sandbox(&mut self) {
        if self.in_room() {
            return self.leave_room();
        }
        let from = self.in_view();
        self.enter_sandbox();
        if let (true, Some((kind, settings))) = (self.in_room(), from) {
            self.take_along(kind, &settings);
        }
        self.tell(
            "The sandbox: nothing here is graded; S goes back.",
            "A caixa de areia: nada aqui vale nota; S volta.",
        );
    }

    /// Opens the sandbox as it was left.
    pub fn enter_sandbox(&mut self) {
        let Some(index) = self.find_lesson(room::SANDBOX) else { return };
        if !self.in_room() {
            let origin = self.lesson().map(|s| s.lesson.id.clone());
            self.memory.origin = origin;
            self.open_lesson(index);
        }
    }

    /// Back to the lesson the student came from, or to the list.
    fn leave_room(&mut self) {
        let origin = self.memory.origin.clone();
        match origin.and_then(|lesson| self.find_lesson(&lesson)) {
            Some(index) => self.open_lesson(index),
            None => self.leave_lesson(),
        }
        self.memory.origin = None;
    }

    /// The model of the experiment in focus, or of the last one above it,
    /// with its knobs as they are.
    fn in_view(&self) -> Option<(ModelKind, Settings)> {
        let focus = self.lesson()?.focus;
        let (model, state) =
            (0..=focus).rev().find_map(|cell| self.model(cell))?;
        let data = Value::Word(model.data.name().to_owned());
        let mut settings = state.settings.clone();
        settings.0.entry(KnobId::Data).or_insert(data);
        Some((model.model, settings))
    }

    /// Goes to the cell of a model and turns its knobs.
    fn take_along(&mut self, kind: ModelKind, settings: &Settings) {
        let Some((lesson, _)) = self.focused() else { return };
        let is_it = |cell: &Cell| match cell {
            Cell::Model(model) => model.model == kind,
            _ => false,
        };
        let Some(cell) = lesson.cells.iter().position(is_it) else {
            return;
        };
        self.focus_on(cell);
        if let Some((model, _)) = self.model(cell) {
            let start = config::start_of(model);
            self.set_knobs(cell, start.merged(settings));
        }
    }

    /// Makes every cell of a room fit its knobs.
    pub(super) fn refit_all(&mut self) {
        if self.in_room() {
            let cells = self.lesson().map_or(0, |s| s.cells.len());
            (0..cells).for_each(|cell| self.refit(cell));
        }
    }

    /// Makes a cell of a room fit its knobs: other data and other rules
    /// have other knobs and other pictures. The cursor stays on the same
    /// ones.
    pub(super) fn refit(&mut self, cell: usize) {
        if !self.in_room() {
            return;
        }
        let Some((model, state)) = self.model(cell) else { return };
        let fitted = room::fitted(model, &state.settings);
        if fitted == *model {
            return;
        }
        let knob = model.knobs.get(state.knob).map(|knob| knob.id);
        let knob = place_of(&fitted, knob, state.knob);
        let panel = model.panels.get(state.panel);
        let panel = panel.and_then(|panel| {
            fitted.panels.iter().position(|other| other == panel)
        });
        let start = config::start_of(&fitted);
        let Some(screen) = self.lesson_mut() else { return };
        let mut lesson = (*screen.lesson).clone();
        if let Some(old) = lesson.cells.get_mut(cell) {
            *old = Cell::Model(Box::new(fitted));
        }
        screen.lesson = Arc::new(lesson);
        let Some(state) = self.state_mut(cell) else { return };
        (state.knob, state.panel) = (knob, panel.unwrap_or(0));
        for (id, value) in start.0 {
            state.settings.0.entry(id).or_insert(value);
        }
    }

    /// To the first knob of the next or previous group, behind the last
    /// one to the picture, and round.
    pub(super) fn next_group(&mut self, by: isize) {
        let Some((_, cell)) = self.focused() else { return };
        let Some((model, state)) = self.model(cell) else { return };
        let group =
            |i: usize| model.knobs.get(i).map(|knob| Group::of(knob.id));
        let knobs = model.knobs.len();
        let mut starts: Vec<usize> = (0..knobs)
            .filter(|i| *i == 0 || group(*i) != group(i - 1))
            .collect();
        let here = match state.part {
            Part::Knobs => {
                starts.iter().rposition(|start| *start <= state.knob)
            }
            Part::Pictures => Some(starts.len()),
        };
        if !model.panels.is_empty() {
            starts.push(knobs + state.panel);
        }
        let last = starts.len().saturating_sub(1);
        let at = here.and_then(|here| here.checked_add_signed(by));
        let at = match at {
            None => last,
            Some(at) if at > last => 0,
            Some(at) => at,
        };
        if let Some(item) = starts.get(at) {
            self.item(cell, *item);
        }
    }
}

/// Where a knob is among the knobs of a cell, or a place that exists.
fn place_of(model: &Model, knob: Option<KnobId>, before: usize) -> usize {
    let mut ids = model.knobs.iter().map(|knob| Some(knob.id));
    let last = model.knobs.len().saturating_sub(1);
    ids.position(|id| id == knob).unwrap_or(before.min(last))
}
