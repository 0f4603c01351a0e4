//! The items inside a cell: knobs and pictures, options, steps.
//!
//! Tab goes through them in the order in which they are drawn, and round:
//! of an experiment first the knobs, then the pictures. On a knob `h` and
//! `l` turn it; on a picture they choose the example.

use crate::app::action::Look;
use crate::app::cursor;
use crate::app::state::App;
use crate::app::state::ModelState;
use crate::app::state::Part;
use crate::app::state::QuestionState;
use crate::lesson::schema::Model;
use crate::lesson::schema::Panel;
use crate::train::snapshot::Snapshot;

impl App {
    /// To the next or previous item of the focused cell.
    pub(super) fn next_item(&mut self, by: isize) {
        let Some((_, cell)) = self.focused() else { return };
        if let Some((model, state)) = self.model(cell) {
            let here = item_of(model, state);
            let all = model.knobs.len() + model.panels.len();
            return self.item(cell, round(here, by, all));
        }
        let n = self.options(cell);
        if let Some(state) = self.question_mut(cell) {
            state.item = round(state.item, by, n);
        }
    }

    /// Puts the cursor on an item of a cell: of an experiment the knobs
    /// are counted first, then the pictures.
    pub(super) fn item(&mut self, cell: usize, item: usize) {
        let n = self.options(cell);
        if let Some(state) = self.question_mut(cell) {
            state.item = item.min(n.saturating_sub(1));
            return;
        }
        let Some((model, _)) = self.model(cell) else { return };
        let (knobs, panels) = (model.knobs.len(), model.panels.len());
        let Some(state) = self.state_mut(cell) else { return };
        state.typed.active = false;
        if item < knobs {
            state.part = Part::Knobs;
            state.knob = item;
        } else if panels > 0 {
            state.part = Part::Pictures;
            state.panel = (item - knobs).min(panels - 1);
        }
    }

    /// To the next picture, wherever the cursor is.
    pub(super) fn next_picture(&mut self, by: isize) {
        let Some((_, cell)) = self.focused() else { return };
        let Some((model, _)) = self.model(cell) else { return };
        let panels = model.panels.len();
        if let Some(state) = self.state_mut(cell) {
            state.panel = round(state.panel, by, panels);
        }
        self.show_pictures(cell);
    }

    /// To another example, filter or unit of the picture; on a plane of
    /// codes, to another place.
    pub(super) fn look_further(&mut self, look: Look) {
        let Some((_, cell)) = self.focused() else { return };
        let Some((model, state)) = self.model(cell) else { return };
        let panel = model.panels.get(state.panel).copied();
        let snapshot = self.snapshot(cell);
        let at = state.look;
        let plane = snapshot.and_then(|s| s.manifold.as_ref());
        let next = match (panel, plane, snapshot) {
            (Some(Panel::Manifold), Some(plane), _) => {
                cursor::walked(plane, at, on_plane(look))
            }
            (panel, _, snapshot) => {
                let all = match panel {
                    Some(Panel::Numbers) => self.numbers(cell),
                    _ => snapshot.map_or(1, |s| cursor::things(panel, s)),
                };
                let last = all.saturating_sub(1);
                match look {
                    Look::Next => at + 1,
                    Look::Previous => at.min(last).saturating_sub(1),
                    Look::FarNext => at + 10,
                    Look::FarPrevious => at.min(last).saturating_sub(10),
                    _ => at,
                }
                .min(last)
            }
        };
        if let Some(state) = self.state_mut(cell) {
            state.look = next;
        }
    }

    /// The model as it is shown: of the run that is alive, else of the
    /// finished run that is shown.
    pub fn snapshot(&self, cell: usize) -> Option<&Snapshot> {
        use crate::app::state::RunState;
        let (_, state) = self.model(cell)?;
        match &state.run {
            RunState::Running(live) | RunState::Paused(live) => {
                live.report.snapshot.as_deref()
            }
            _ => self.shown_run(cell).map(|run| &run.snapshot),
        }
    }

    /// How many numbers there are of the model as it is shown.
    fn numbers(&self, cell: usize) -> usize {
        use crate::app::state::RunState;
        match self.model(cell).map(|(_, state)| &state.run) {
            Some(RunState::Running(live) | RunState::Paused(live)) => {
                live.metrics.len()
            }
            _ => self.shown_run(cell).map_or(0, |run| run.metrics.len()),
        }
    }

    /// Moves the step under the cursor of an order. Between the last step
    /// of the answer and the first that does not belong lies a line: who
    /// crosses it changes sides first.
    pub(super) fn move_step(&mut self, cell: usize, by: isize) {
        if let Some(state) = self.question_mut(cell) {
            if by > 0 {
                later(state);
            } else {
                earlier(state);
            }
        }
    }

    /// Takes the step under the cursor up.
    pub(super) fn lift(&mut self, cell: usize) {
        if let Some(state) = self.question_mut(cell) {
            state.lifted = !state.order.is_empty();
        }
    }

    /// Puts it down.
    pub(super) fn drop_step(&mut self, cell: usize) {
        if let Some(state) = self.question_mut(cell) {
            state.lifted = false;
        }
    }
}

fn later(state: &mut QuestionState) {
    if state.item + 1 == state.placed {
        state.placed -= 1;
    } else if state.item + 1 < state.order.len() {
        state.order.swap(state.item, state.item + 1);
        state.item += 1;
    }
}

fn earlier(state: &mut QuestionState) {
    let here = state.item.min(state.order.len().saturating_sub(1));
    if here == state.placed && state.placed < state.order.len() {
        state.placed += 1;
    } else if here > 0 && here < state.order.len() {
        state.order.swap(here, here - 1);
        state.item = here - 1;
    }
}

/// Columns to the right and rows down.
fn on_plane(look: Look) -> (i16, i16) {
    match look {
        Look::Next => (1, 0),
        Look::Previous => (-1, 0),
        Look::FarNext => (5, 0),
        Look::FarPrevious => (-5, 0),
        Look::Above => (0, -1),
        Look::Below => (0, 1),
        _ => (0, 0),
    }
}

/// Where the cursor is among the items of an experiment.
fn item_of(model: &Model, state: &ModelState) -> usize {
    match state.part {
        Part::Knobs => state.knob,
        Part::Pictures => model.knobs.len() + state.panel,
    }
}

/// The next of `all` places, and round.
fn round(here: usize, by: isize, all: usize) -> usize {
    if all == 0 {
        return 0;
    }
    let last = all - 1;
    match here.min(last).checked_add_signed(by) {
        None => last,
        Some(next) if next > last => 0,
        Some(next) => next,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order() -> QuestionState {
        QuestionState {
            order: vec![0, 1, 2],
            placed: 3,
            item: 1,
            ..QuestionState::default()
        }
    }

    #[test]
    fn a_step_moves_down_and_then_below_the_line() {
        let mut state = order();
        later(&mut state);
        assert_eq!((&state.order[..], state.item), (&[0, 2, 1][..], 2));
        later(&mut state);
        assert_eq!((state.placed, state.item), (2, 2));
        later(&mut state);
        assert_eq!((state.placed, state.item), (2, 2));
    }

    #[test]
    fn a_step_comes_back_above_the_line_where_it_crosses_it() {
        let mut state = QuestionState { placed: 2, item: 2, ..order() };
        earlier(&mut state);
        assert_eq!((state.placed, state.item), (3, 2));
        earlier(&mut state);
        assert_eq!((&state.order[..], state.item), (&[0, 2, 1][..], 1));
    }

    #[test]
    fn items_go_round() {
        assert_eq!(round(2, 1, 3), 0);
        assert_eq!(round(0, -1, 3), 2);
        assert_eq!(round(9, 1, 0), 0);
    }
}
