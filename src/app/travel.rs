//! From a question to its experiment and back.

use crate::app::state::App;
use crate::lesson::knob::Settings;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Task;

impl App {
    /// Goes to the experiment that the focused cell is about, and turns
    /// its knobs if the cell says how.
    pub(super) fn open_experiment(&mut self) {
        let Some((lesson, cell)) = self.focused() else { return };
        let none = Settings::default();
        let (id, settings) = match lesson.cells.get(cell) {
            Some(Cell::Predict(predict)) => {
                (&predict.cell, &predict.settings)
            }
            Some(Cell::Misconception(idea)) => match &idea.shown_by {
                Some((id, settings)) => (id, settings),
                None => return,
            },
            Some(Cell::Exercise(exercise)) => match &exercise.task {
                Task::Reach(reach) | Task::BreakIt(reach) => {
                    (&reach.cell, &none)
                }
                Task::Measure { cell, .. } => (cell, &none),
                _ => return,
            },
            _ => return,
        };
        self.visit(id, settings);
    }

    /// Goes to an experiment, remembers from where, and turns its knobs.
    pub(super) fn visit(&mut self, id: &str, settings: &Settings) {
        let Some((lesson, from)) = self.focused() else { return };
        let mut cells = lesson.cells.iter();
        let Some(cell) = cells.position(|cell| cell.id() == id) else {
            return self.tell(
                &format!("The experiment {id} is not in this lesson."),
                &format!("O experimento {id} não está nesta aula."),
            );
        };
        let Some((_, state)) = self.model(cell) else { return };
        let turned = state.settings.merged(settings);
        self.set_knobs(cell, turned);
        self.focus_on(cell);
        if let Some(screen) = self.lesson_mut() {
            screen.back = Some(from);
        }
    }

    /// Back to the cell that sent the student to an experiment.
    pub(super) fn go_back(&mut self) {
        let Some(screen) = self.lesson_mut() else { return };
        if let Some(back) = screen.back.take() {
            self.focus_on(back);
        }
    }

    /// To the prediction about the experiment in focus.
    pub(super) fn open_prediction(&mut self, model: usize) {
        let Some((lesson, _)) = self.focused() else { return };
        let Some(id) = lesson.cells.get(model).map(Cell::id) else {
            return;
        };
        let about = |cell: &Cell| match cell {
            Cell::Predict(predict) => predict.cell == id,
            _ => false,
        };
        match lesson.cells.iter().position(about) {
            Some(cell) => self.focus_on(cell),
            None => self.tell(
                "There is no prediction about this experiment.",
                "Não há previsão sobre este experimento.",
            ),
        }
    }
}
