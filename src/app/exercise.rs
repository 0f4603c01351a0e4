//! Exercises: typed answers, orders, goals; hints and solutions.

use crate::app::progress::Answer;
use crate::app::state::App;
use crate::app::state::Confirm;
use crate::app::state::Feedback;
use crate::app::state::Overlay;
use crate::app::state::Then;
use crate::lesson::answer::FormulaVerdict;
use crate::lesson::answer::NumberKey;
use crate::lesson::answer::NumberVerdict;
use crate::lesson::answer::OrderVerdict;
use crate::lesson::answer::check_formula;
use crate::lesson::answer::check_number;
use crate::lesson::answer::check_order;
use crate::lesson::goal::Verdict;
use crate::lesson::knob::Settings;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Exercise;
use crate::lesson::schema::Reach;
use crate::lesson::schema::Task;

impl App {
    /// Checks the exercise in focus.
    pub(super) fn check(&mut self, cell: usize, exercise: &Exercise) {
        let Some(state) = self.question_mut(cell) else { return };
        state.typed.active = false;
        let typed = state.typed.text.trim().to_owned();
        let order: Vec<usize> =
            state.order.iter().take(state.placed).copied().collect();
        let types = matches!(
            exercise.task,
            Task::Number(_) | Task::Formula(_) | Task::Measure { .. }
        );
        if types && typed.is_empty() {
            return;
        }
        let feedback = match &exercise.task {
            Task::Number(key) => by_number(&typed, key, &exercise.solution),
            Task::Formula(key) => match check_formula(&typed, key) {
                Ok(verdict) => by_formula(verdict, &exercise.solution),
                Err(error) => Feedback::Wrong(error.to_string(), None),
            },
            Task::Measure { .. } => self.by_measure(&typed, exercise),
            Task::Order(key) => match check_order(&order, key) {
                OrderVerdict::Right => right(exercise),
                wrong => Feedback::Wrong(wrong.to_string(), None),
            },
            Task::Reach(reach) | Task::BreakIt(reach) => {
                self.by_goal(reach, exercise)
            }
            Task::Do { goal } => match self.accomplished(goal) {
                Verdict::Met => right(exercise),
                Verdict::Missing(missing) => Feedback::Missing(missing),
            },
            Task::Choose { .. } => return,
        };
        let answer = match &exercise.task {
            Task::Order(_) => Some(Answer::Order(order)),
            _ if types => Some(Answer::Typed(typed)),
            _ => None,
        };
        self.judged(cell, feedback, answer);
    }

    /// Remembers what came of a check.
    fn judged(
        &mut self,
        cell: usize,
        feedback: Feedback,
        answer: Option<Answer>,
    ) {
        let right = matches!(feedback, Feedback::Right(_));
        self.feed_back(cell, feedback);
        if let Some(record) = self.record(cell) {
            record.attempts += 1;
            record.done |= right;
            record.answer = answer;
        }
        if !right {
            self.offer_hint(cell);
        }
    }

    fn by_measure(&self, typed: &str, exercise: &Exercise) -> Feedback {
        let Task::Measure { cell, metric, tolerance } = &exercise.task
        else {
            return Feedback::None;
        };
        let newest = self.runs.get(cell).and_then(|runs| runs.last());
        let value = newest.and_then(|run| run.metrics.get(metric));
        let Some(value) = value else {
            let metric = metric.label();
            return Feedback::Wrong(
                self.word(
                    &format!("Run {cell} first: it measures {metric}."),
                    &format!("Rode {cell} antes: ele mede {metric}."),
                ),
                None,
            );
        };
        let key =
            NumberKey { tolerance: *tolerance, ..NumberKey::about(*value) };
        by_number(typed, &key, &exercise.solution)
    }

    fn by_goal(&self, reach: &Reach, exercise: &Exercise) -> Feedback {
        match self.reached(reach, &reach.goal) {
            Verdict::Met => right(exercise),
            Verdict::Missing(missing) => match self.known_wrong(reach) {
                Some(message) => Feedback::Wrong(message, None),
                None => Feedback::Missing(missing),
            },
        }
    }

    /// After every third check that failed: one line about the hints.
    pub(super) fn offer_hint(&mut self, cell: usize) {
        let Some((lesson, _)) = self.focused() else { return };
        let hints = match lesson.cells.get(cell) {
            Some(Cell::Exercise(exercise)) => exercise.hints.len(),
            _ => 0,
        };
        let record = self.cell_progress(cell);
        let due = record.is_some_and(|record| {
            record.attempts % 3 == 0 && (record.hints as usize) < hints
        });
        if due {
            self.tell(
                "i opens a hint, if you would like one.",
                "i abre uma dica, se você quiser.",
            );
        }
    }

    /// Opens one more hint.
    pub(super) fn hint(&mut self, cell: usize) {
        let Some((lesson, _)) = self.focused() else { return };
        let Some(Cell::Exercise(exercise)) = lesson.cells.get(cell) else {
            return self.tell(
                "Quizzes have no hints: every option says why.",
                "Perguntas não têm dicas: cada opção diz por quê.",
            );
        };
        let open = self.cell_progress(cell).map_or(0, |r| r.hints) as usize;
        if open >= exercise.hints.len() {
            return self.tell(
                "These are all the hints; I shows the solution.",
                "Estas são todas as dicas; I mostra a solução.",
            );
        }
        if let Some(record) = self.record(cell) {
            record.hints += 1;
        }
    }

    pub(super) fn ask_solution(&mut self, cell: usize) {
        let Some((lesson, _)) = self.focused() else { return };
        let Some(Cell::Exercise(_)) = lesson.cells.get(cell) else {
            return self.tell(
                "Quizzes have no solution: try the options.",
                "Perguntas não têm solução: tente as opções.",
            );
        };
        let seen = self.cell_progress(cell).is_some_and(|r| r.solution);
        if seen {
            return self.show_solution();
        }
        let text = self.word("Show the solution?", "Mostrar a solução?");
        let then = Then::Solution;
        self.overlay = Some(Overlay::Confirm(Confirm { text, then }));
    }

    /// Shows the solution and offers to turn the knobs to it.
    pub(super) fn show_solution(&mut self) {
        let Some((lesson, cell)) = self.focused() else { return };
        if let Some(record) = self.record(cell) {
            record.solution = true;
        }
        let Some(Cell::Exercise(exercise)) = lesson.cells.get(cell) else {
            return;
        };
        if let Task::Reach(reach) | Task::BreakIt(reach) = &exercise.task
            && !reach.solutions.is_empty()
        {
            let id = &reach.cell;
            let text = self.word(
                &format!("Turn the knobs of {id} to the solution?"),
                &format!("Girar os botões de {id} para a solução?"),
            );
            let then = Then::Apply;
            self.overlay = Some(Overlay::Confirm(Confirm { text, then }));
        }
    }

    /// Turns the knobs to the next run of the solution and goes there.
    pub(super) fn apply_solution(&mut self) {
        let Some((lesson, cell)) = self.focused() else { return };
        let Some(Cell::Exercise(exercise)) = lesson.cells.get(cell) else {
            return;
        };
        let (Task::Reach(reach) | Task::BreakIt(reach)) = &exercise.task
        else {
            return;
        };
        let way = reach.solutions.first().map_or(&[][..], Vec::as_slice);
        // Of several runs, the first one that was not done yet.
        let runs = self.runs.get(&reach.cell);
        let done = |step: &Settings| {
            let has = |settings: &Settings| {
                step.0.iter().all(|(id, x)| settings.get(*id) == Some(x))
            };
            runs.is_some_and(|runs| runs.iter().any(|r| has(&r.settings)))
        };
        let next = way.iter().find(|step| !done(step)).or(way.last());
        if let Some(settings) = next.cloned() {
            self.visit(&reach.cell, &settings);
        }
    }

    /// Says what is missing, without counting an attempt.
    pub(super) fn why(&mut self, cell: usize) {
        let Some((lesson, _)) = self.focused() else { return };
        match lesson.cells.get(cell) {
            Some(Cell::Model(model)) => self.why_model(&model.id),
            Some(Cell::Exercise(exercise)) => match &exercise.task {
                Task::Reach(reach) | Task::BreakIt(reach) => {
                    let verdict = self.reached(reach, &reach.goal);
                    self.say_missing(cell, verdict);
                }
                Task::Do { goal } => {
                    let verdict = self.accomplished(goal);
                    self.say_missing(cell, verdict);
                }
                _ => self.tell(
                    "Answer first: the answer says what is wrong with it.",
                    "Responda antes: a resposta diz o que há de errado.",
                ),
            },
            _ => self.tell(
                "Choose an option: each one says why.",
                "Escolha uma opção: cada uma diz por quê.",
            ),
        }
    }

    fn say_missing(&mut self, cell: usize, verdict: Verdict) {
        match verdict {
            Verdict::Met => self.achieved(cell),
            Verdict::Missing(missing) => {
                self.feed_back(cell, Feedback::Missing(missing));
            }
        }
    }

    /// What the first goal on an experiment that is not met still lacks.
    fn why_model(&mut self, id: &str) {
        let Some((lesson, _)) = self.focused() else { return };
        for cell in &lesson.cells {
            let Cell::Exercise(exercise) = cell else { continue };
            let (Task::Reach(reach) | Task::BreakIt(reach)) =
                &exercise.task
            else {
                continue;
            };
            if reach.cell != id {
                continue;
            }
            if let Verdict::Missing(missing) =
                self.reached(reach, &reach.goal)
            {
                let say: Vec<&str> =
                    missing.iter().map(|m| m.say.as_str()).collect();
                let say = format!("{}: {}", exercise.id, say.join("; "));
                self.notice = Some(say);
                return;
            }
        }
        self.tell(
            "No goal for this experiment is open.",
            "Nenhuma meta deste experimento está aberta.",
        );
    }
}

fn right(exercise: &Exercise) -> Feedback {
    Feedback::Right(exercise.solution.clone())
}

fn by_number(typed: &str, key: &NumberKey, solution: &str) -> Feedback {
    match check_number(typed, key) {
        NumberVerdict::Right { .. } => Feedback::Right(solution.to_owned()),
        NumberVerdict::Unreadable(bad) => {
            Feedback::Wrong(bad.message, Some((bad.at.start, bad.at.end)))
        }
        wrong => Feedback::Wrong(wrong.to_string(), None),
    }
}

fn by_formula(verdict: FormulaVerdict, solution: &str) -> Feedback {
    match verdict {
        FormulaVerdict::Right => Feedback::Right(solution.to_owned()),
        FormulaVerdict::Unreadable(bad) => {
            Feedback::Wrong(bad.message, Some((bad.at.start, bad.at.end)))
        }
        wrong => Feedback::Wrong(wrong.to_string(), None),
    }
}
