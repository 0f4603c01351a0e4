//! The list of the runs of a cell: show, pin, compare, delete.

use crate::app::action::List;
use crate::app::effect::Effect;
use crate::app::state::App;
use crate::app::state::Overlay;
use crate::lesson::goal::Deed;
use crate::lesson::schema::Cell;
use crate::train::record::RunRecord;

impl App {
    /// The runs of a cell of a lesson, oldest first, whether the lesson is
    /// open or was just closed.
    pub fn runs_of(&self, lesson: &str, cell: &str) -> &[RunRecord] {
        let open = self.lesson().filter(|s| s.lesson.id == lesson);
        let runs = match open {
            Some(_) => Some(&self.runs),
            None => self
                .memory
                .parked
                .iter()
                .find(|parked| parked.screen.lesson.id == lesson)
                .map(|parked| &parked.runs),
        };
        runs.and_then(|runs| runs.get(cell)).map_or(&[], Vec::as_slice)
    }

    /// The runs of a cell of the open lesson, oldest first.
    pub fn cell_runs(&self, cell: usize) -> &[RunRecord] {
        let id = self.lesson().and_then(|s| s.lesson.cells.get(cell));
        let runs = id.and_then(|cell| self.runs.get(cell.id()));
        runs.map_or(&[], Vec::as_slice)
    }

    /// The finished run that is shown: the one chosen, else the newest.
    pub fn shown_run(&self, cell: usize) -> Option<&RunRecord> {
        let (_, state) = self.model(cell)?;
        let runs = self.cell_runs(cell);
        let chosen = state.shown.and_then(|number| numbered(runs, number));
        chosen.or(runs.last())
    }

    /// The run that is shown next to it.
    pub fn compared_run(&self, cell: usize) -> Option<&RunRecord> {
        let (_, state) = self.model(cell)?;
        numbered(self.cell_runs(cell), state.compared?)
    }

    /// Deals with the run under the cursor. `selected` counts from the
    /// newest run.
    pub(super) fn in_runs(&mut self, list: List) {
        let Some(Overlay::Runs(open)) = &self.overlay else { return };
        let (cell, selected) = (open.cell, open.selected);
        let runs = self.cell_runs(cell);
        let place = runs.len().checked_sub(selected + 1);
        let number = place.and_then(|p| runs.get(p)).map(|run| run.number);
        match (list, place, number) {
            (List::Restore, ..) => self.restore_run(cell),
            (List::Take, _, Some(number)) => {
                if let Some(state) = self.state_mut(cell) {
                    state.shown = Some(number);
                }
                self.overlay = None;
            }
            (List::Compare, _, Some(number)) => {
                self.compare_with(cell, number);
            }
            (List::Pin, Some(place), _) => {
                self.change_runs(cell, |runs| {
                    if let Some(run) = runs.get_mut(place) {
                        run.pinned = !run.pinned;
                    }
                });
            }
            (List::Delete, Some(place), _) => self.delete_run(cell, place),
            _ => {}
        }
    }

    fn change_runs(
        &mut self,
        cell: usize,
        change: impl FnOnce(&mut crate::app::progress::Runs),
    ) {
        let Some((lesson, _)) = self.focused() else { return };
        let Some(id) = lesson.cells.get(cell).map(Cell::id) else { return };
        let Some(runs) = self.runs.get_mut(id) else { return };
        change(runs);
        let order = Effect::SaveRuns(lesson.id.clone(), id.to_owned());
        self.memory.out.push(order);
    }

    fn delete_run(&mut self, cell: usize, place: usize) {
        let mut deleted = None;
        self.change_runs(cell, |runs| {
            if place < runs.len() {
                deleted = Some(runs.remove(place));
            }
        });
        let Some(run) = deleted else { return };
        let number = run.number;
        let id = self.focused().and_then(|(lesson, _)| {
            Some((
                lesson.id.clone(),
                lesson.cells.get(cell)?.id().to_owned(),
            ))
        });
        self.memory.deleted = id.map(|id| (id, run));
        if let Some(state) = self.state_mut(cell) {
            state.shown.take_if(|shown| *shown == number);
            state.compared.take_if(|compared| *compared == number);
        }
        let left = self.cell_runs(cell).len();
        if let Some(Overlay::Runs(open)) = &mut self.overlay {
            open.selected = open.selected.min(left.saturating_sub(1));
        }
        self.tell(
            &format!("Run {number} is deleted; u brings it back."),
            &format!("O treino {number} foi apagado; u o traz de volta."),
        );
    }

    fn restore_run(&mut self, cell: usize) {
        let Some((lesson, _)) = self.focused() else { return };
        let Some(id) = lesson.cells.get(cell).map(Cell::id) else { return };
        let here = (lesson.id.clone(), id.to_owned());
        let deleted = self.memory.deleted.take_if(|(of, _)| *of == here);
        let Some((_, run)) = deleted else {
            return self.tell(
                "No run of this experiment was deleted.",
                "Nenhum treino deste experimento foi apagado.",
            );
        };
        self.change_runs(cell, |runs| {
            let place = runs.partition_point(|old| old.number < run.number);
            runs.insert(place, run);
        });
        self.did(cell, Deed::Undid);
    }

    /// Puts a run next to the one that is shown; the same one again takes
    /// it away.
    fn compare_with(&mut self, cell: usize, number: u32) {
        let shown = self.shown_run(cell).map(|run| run.number);
        let Some(state) = self.state_mut(cell) else { return };
        if state.compared == Some(number) {
            state.compared = None;
        } else if shown == Some(number) {
            self.tell(
                "This is the run that is shown: choose another one.",
                "Este é o treino mostrado: escolha outro.",
            );
        } else {
            state.compared = Some(number);
            self.overlay = None;
            self.did(cell, Deed::Compared);
        }
    }

    /// Puts the run before the one that is shown next to it, or takes it
    /// away.
    pub(super) fn compare_before(&mut self, cell: usize) {
        let shown = self.shown_run(cell).map(|run| run.number);
        let runs = self.cell_runs(cell);
        let before = runs
            .iter()
            .rev()
            .map(|run| run.number)
            .find(|number| Some(*number) < shown)
            .or_else(|| {
                let mut runs = runs.iter().map(|run| run.number);
                runs.find(|number| Some(*number) != shown)
            });
        let Some(state) = self.state_mut(cell) else { return };
        if state.compared.take().is_some() {
            return;
        }
        state.compared = before;
        if before.is_some() {
            self.did(cell, Deed::Compared);
        } else {
            self.tell(
                "Comparing needs two runs of this experiment.",
                "Comparar precisa de dois treinos deste experimento.",
            );
        }
    }
}

/// The run with a number.
fn numbered(runs: &[RunRecord], number: u32) -> Option<&RunRecord> {
    runs.iter().find(|run| run.number == number)
}
