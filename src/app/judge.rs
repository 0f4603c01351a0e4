//! What runs and deeds prove: predictions, exercises, what is done.

use crate::app::progress::Answer;
use crate::app::progress::CellProgress;
use crate::app::state::App;
use crate::app::state::CellState;
use crate::app::state::Feedback;
use crate::app::state::QuestionState;
use crate::lesson::goal::Deed;
use crate::lesson::goal::Evidence;
use crate::lesson::goal::Goal;
use crate::lesson::goal::RunFacts;
use crate::lesson::goal::Verdict;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Lesson;
use crate::lesson::schema::Predict;
use crate::lesson::schema::Reach;
use crate::lesson::schema::Task;
use std::collections::BTreeSet;

impl App {
    /// The record of a cell of the open lesson, about to be changed.
    pub(super) fn record(
        &mut self,
        cell: usize,
    ) -> Option<&mut CellProgress> {
        let (lesson, _) = self.focused()?;
        let id = lesson.cells.get(cell)?.id();
        self.memory.unsaved = true;
        Some(self.progress.change(&lesson.id, id))
    }

    pub(super) fn question_mut(
        &mut self,
        cell: usize,
    ) -> Option<&mut QuestionState> {
        match self.lesson_mut()?.cells.get_mut(cell)? {
            CellState::Question(state) => Some(state),
            _ => None,
        }
    }

    pub(super) fn feed_back(&mut self, cell: usize, feedback: Feedback) {
        if let Some(state) = self.question_mut(cell) {
            state.feedback = feedback;
        }
    }

    /// The student did something in a cell.
    pub(super) fn did(&mut self, cell: usize, deed: Deed) {
        let known = self
            .cell_progress(cell)
            .is_some_and(|record| record.deeds.contains(&deed));
        if known {
            return;
        }
        if let Some(record) = self.record(cell) {
            record.deeds.insert(deed);
        }
        self.judge_deeds();
    }

    /// The student did something in the focused cell of the open lesson.
    pub(super) fn did_here(&mut self, deed: Deed) {
        if let Some((_, cell)) = self.focused() {
            self.did(cell, deed);
        }
    }

    /// A run of a cell is over: what it proves.
    pub(super) fn judge(&mut self, model: usize) {
        let Some((lesson, _)) = self.focused() else { return };
        let Some(id) = lesson.cells.get(model).map(Cell::id) else {
            return;
        };
        self.notice = None;
        for (cell, of) in lesson.cells.iter().enumerate() {
            match of {
                Cell::Predict(predict) if predict.cell == id => {
                    self.judge_prediction(cell, predict, model);
                }
                Cell::Exercise(exercise) => match &exercise.task {
                    Task::Reach(reach) | Task::BreakIt(reach)
                        if reach.cell == id =>
                    {
                        self.judge_quietly(cell, reach);
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        self.judge_deeds();
    }

    /// Which of the predicted outcomes happened, if the run is one that
    /// the prediction is about.
    fn judge_prediction(
        &mut self,
        cell: usize,
        predict: &Predict,
        model: usize,
    ) {
        let record = self.cell_progress(cell);
        let Some((answer, None)) =
            record.map(|r| (r.answer.clone(), r.happened))
        else {
            return;
        };
        let Some(Answer::Option(predicted)) = answer else { return };
        let Some(run) = self.cell_runs(model).last() else { return };
        let facts = run.facts();
        let settings = predict.settings.0.iter();
        let same = |value| facts.settings.get(value);
        let mut fits = settings.map(|(id, value)| same(*id) == Some(value));
        if !fits.all(|fits| fits) {
            return;
        }
        let runs = [facts];
        let deeds = BTreeSet::new();
        let evidence = Evidence { runs: &runs, deeds: &deeds };
        let met = |goal: &Goal| goal.met(&evidence) == Verdict::Met;
        let mut options = predict.options.iter();
        let Some(happened) = options.position(|option| met(&option.when))
        else {
            return;
        };
        if let Some(record) = self.record(cell) {
            record.happened = Some(happened);
        }
        self.tell_outcome(predict, predicted, happened);
    }

    /// Says one more thing about the same run.
    fn add(&mut self, more: &str) {
        self.notice = Some(match self.notice.take() {
            Some(said) => format!("{said} {more}"),
            None => more.to_owned(),
        });
    }

    fn tell_outcome(
        &mut self,
        predict: &Predict,
        predicted: usize,
        happened: usize,
    ) {
        let text = |option: usize| {
            predict.options.get(option).map_or("", |o| o.text.as_str())
        };
        let (yours, seen) = (text(predicted), text(happened));
        let told = self.word(
            &format!("You predicted: {yours} It happened: {seen}"),
            &format!("Você previu: {yours} Aconteceu: {seen}"),
        );
        self.add(&told);
    }

    /// A goal after a run that nobody asked to check: only good news, and
    /// the answer to a known wrong way for who is at work on it.
    fn judge_quietly(&mut self, cell: usize, reach: &Reach) {
        if self.cell_progress(cell).is_some_and(|record| record.done) {
            return;
        }
        if self.reached(reach, &reach.goal) == Verdict::Met {
            return self.achieved(cell);
        }
        let sent = self.lesson().and_then(|screen| screen.back);
        let tried = self
            .cell_progress(cell)
            .is_some_and(|record| record.attempts > 0);
        if (tried || sent == Some(cell))
            && let Some(message) = self.known_wrong(reach)
        {
            self.add(&message);
            self.feed_back(cell, Feedback::Wrong(message, None));
        }
    }

    /// What to tell about a known wrong way to a goal.
    pub(super) fn known_wrong(&self, reach: &Reach) -> Option<String> {
        let mut wrong = reach.wrong.iter();
        wrong
            .find(|wrong| self.reached(reach, &wrong.when) == Verdict::Met)
            .map(|wrong| wrong.message.clone())
    }

    /// Whether a goal on the runs of a model cell is met.
    pub(super) fn reached(&self, reach: &Reach, goal: &Goal) -> Verdict {
        let Some((lesson, _)) = self.focused() else {
            return Verdict::Missing(Vec::new());
        };
        let runs: Vec<RunFacts> = self
            .runs
            .get(&reach.cell)
            .map(|runs| runs.iter().map(|run| run.facts()).collect())
            .unwrap_or_default();
        let record = self.progress.cell(&lesson.id, &reach.cell);
        let none = BTreeSet::new();
        let deeds = record.map_or(&none, |record| &record.deeds);
        goal.met(&Evidence { runs: &runs, deeds })
    }

    /// Whether a goal on the whole lesson is met: its runs and deeds in
    /// any cell.
    pub(super) fn accomplished(&self, goal: &Goal) -> Verdict {
        let Some((lesson, _)) = self.focused() else {
            return Verdict::Missing(Vec::new());
        };
        let models = lesson.cells.iter().map(Cell::id);
        let runs: Vec<RunFacts> = models
            .filter_map(|id| self.runs.get(id))
            .flat_map(|runs| runs.iter().map(|run| run.facts()))
            .collect();
        let deeds = self.deeds_in(&lesson);
        goal.met(&Evidence { runs: &runs, deeds: &deeds })
    }

    fn deeds_in(&self, lesson: &Lesson) -> BTreeSet<Deed> {
        let cells = self.progress.lessons.get(&lesson.id);
        let cells = cells.iter().flat_map(|lesson| lesson.cells.values());
        cells.flat_map(|cell| cell.deeds.iter().copied()).collect()
    }

    /// Exercises that ask for something in the program itself.
    fn judge_deeds(&mut self) {
        let Some((lesson, _)) = self.focused() else { return };
        for (cell, of) in lesson.cells.iter().enumerate() {
            let Cell::Exercise(exercise) = of else { continue };
            let Task::Do { goal } = &exercise.task else { continue };
            let done =
                self.cell_progress(cell).is_some_and(|record| record.done);
            if !done && self.accomplished(goal) == Verdict::Met {
                self.achieved(cell);
            }
        }
    }

    /// An exercise is done: one word, and the reason.
    pub(super) fn achieved(&mut self, cell: usize) {
        let Some((lesson, focus)) = self.focused() else { return };
        let Some(Cell::Exercise(exercise)) = lesson.cells.get(cell) else {
            return;
        };
        if let Some(record) = self.record(cell) {
            record.done = true;
        }
        let why = exercise.solution.clone();
        self.feed_back(cell, Feedback::Right(why));
        if cell != focus {
            let id = &exercise.id;
            let told = self
                .word(&format!("{id}: done."), &format!("{id}: feito."));
            self.add(&told);
        }
    }
}
