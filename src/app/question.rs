//! Questions with options: predictions and quizzes; the keys of all
//! questions.

use crate::app::action::Ask;
use crate::app::message::Key;
use crate::app::progress::Answer;
use crate::app::progress::CellProgress;
use crate::app::state::App;
use crate::app::state::Feedback;
use crate::app::state::Field;
use crate::app::state::QuestionState;
use crate::lesson::goal::Deed;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Choice;
use crate::lesson::schema::Task;

/// How sure a student is who has not said.
const USUAL_CONFIDENCE: u8 = 70;

impl QuestionState {
    /// A question as its lesson opens.
    pub fn new(cell: &Cell, record: Option<&CellProgress>) -> Self {
        let mut state =
            Self { confidence: USUAL_CONFIDENCE, ..Self::default() };
        if let Cell::Exercise(exercise) = cell
            && let Task::Order(key) = &exercise.task
        {
            state.order = key.shuffled(seed_of(&exercise.id));
            state.placed = state.order.len();
        }
        let Some(record) = record else { return state };
        state.confidence = record.confidence.unwrap_or(USUAL_CONFIDENCE);
        match &record.answer {
            Some(Answer::Option(option)) => state.item = *option,
            Some(Answer::Typed(text)) => {
                let field = Field::editing(text);
                state.typed = Field { active: false, ..field };
            }
            Some(Answer::Order(order)) => state.replace(order),
            None => {}
        }
        state.feedback = remembered(cell, record);
        state
    }

    /// What was said about the answer, in the words of the lesson as it
    /// is now.
    pub fn say_again(&mut self, cell: &Cell, record: &CellProgress) {
        let said = matches!(
            self.feedback,
            Feedback::Right(_) | Feedback::Wrong(..)
        );
        let again = remembered(cell, record);
        if said && again != Feedback::None {
            self.feedback = again;
        }
    }

    /// Puts an answered order back: what it leaves out comes after it.
    fn replace(&mut self, order: &[usize]) {
        let known = |step: &&usize| self.order.contains(step);
        let mut all: Vec<usize> =
            order.iter().filter(known).copied().collect();
        all.dedup();
        self.placed = all.len();
        let rest: Vec<usize> = self
            .order
            .iter()
            .filter(|step| !all.contains(step))
            .copied()
            .collect();
        all.extend(rest);
        self.order = all;
    }
}

impl App {
    /// Deals with the question in focus.
    pub(super) fn ask(&mut self, ask: Ask, key: Option<Key>) {
        let Some((lesson, cell)) = self.focused() else { return };
        match ask {
            Ask::Digit => self.choose(key),
            Ask::Answer => self.answer(cell),
            Ask::Surer => self.doubt(cell, 10),
            Ask::LessSure => self.doubt(cell, -10),
            Ask::Edit => {
                if let Some(state) = self.question_mut(cell) {
                    state.typed.active = true;
                }
            }
            Ask::Lift => self.lift(cell),
            Ask::Drop => self.drop_step(cell),
            Ask::Later => self.move_step(cell, 1),
            Ask::Earlier => self.move_step(cell, -1),
            Ask::Undo => self.take_back(cell),
            Ask::Hint => self.hint(cell),
            Ask::Solution => self.ask_solution(cell),
            Ask::Why => self.why(cell),
            Ask::Again => match lesson.cells.get(cell) {
                Some(Cell::Predict(_)) => self.predict_again(cell),
                _ => self.open_prediction(cell),
            },
        }
    }

    /// How many items a question has.
    pub(super) fn options(&self, cell: usize) -> usize {
        let Some((lesson, _)) = self.focused() else { return 0 };
        match lesson.cells.get(cell) {
            Some(Cell::Predict(predict)) => predict.options.len(),
            Some(Cell::Quiz(quiz)) => quiz.options.len(),
            Some(Cell::Exercise(exercise)) => match &exercise.task {
                Task::Choose { options } => options.len(),
                Task::Order(key) => key.choices().len(),
                _ => 0,
            },
            _ => 0,
        }
    }

    fn choose(&mut self, key: Option<Key>) {
        let Some((_, cell)) = self.focused() else { return };
        let digit = match key {
            Some(Key::Char(c)) => c.to_digit(10),
            _ => None,
        };
        let Some(item) = digit.and_then(|d| d.checked_sub(1)) else {
            return;
        };
        let item = item as usize;
        let n = self.options(cell);
        if item >= n {
            return self.tell(
                &format!("There are only the options 1 to {n}."),
                &format!("Só há as opções de 1 a {n}."),
            );
        }
        if let Some(state) = self.question_mut(cell) {
            state.item = item;
        }
    }

    /// Answers with what is under the cursor, typed or put in order.
    fn answer(&mut self, cell: usize) {
        let Some((lesson, _)) = self.focused() else { return };
        match lesson.cells.get(cell) {
            Some(Cell::Predict(_)) => self.predict(cell),
            Some(Cell::Quiz(quiz)) => self.pick(cell, &quiz.options),
            Some(Cell::Exercise(exercise)) => match &exercise.task {
                Task::Choose { options } => self.pick(cell, options),
                _ => self.check(cell, exercise),
            },
            _ => {}
        }
    }

    fn predict(&mut self, cell: usize) {
        let Some(state) = self.question_mut(cell) else { return };
        let (item, confidence) = (state.item, state.confidence);
        state.feedback = Feedback::Recorded;
        if let Some(record) = self.record(cell) {
            record.answer = Some(Answer::Option(item));
            record.confidence = Some(confidence);
            record.happened = None;
            record.attempts += 1;
            record.done = true;
        }
        self.tell(
            "Recorded. o goes to the experiment that shows it.",
            "Registrado. o vai ao experimento que mostra.",
        );
    }

    fn predict_again(&mut self, cell: usize) {
        if let Some(record) = self.record(cell) {
            record.answer = None;
            record.happened = None;
        }
        self.feed_back(cell, Feedback::None);
    }

    fn doubt(&mut self, cell: usize, by: i16) {
        if let Some(state) = self.question_mut(cell) {
            let sure = i16::from(state.confidence) + by;
            state.confidence =
                u8::try_from(sure.clamp(50, 100)).unwrap_or(50);
        }
    }

    /// One of several options, one of them right.
    fn pick(&mut self, cell: usize, options: &[Choice]) {
        let Some(state) = self.question_mut(cell) else { return };
        let item = state.item;
        let Some(choice) = options.get(item) else { return };
        state.feedback = told(choice);
        if let Some(record) = self.record(cell) {
            record.answer = Some(Answer::Option(item));
            record.attempts += 1;
            record.done |= choice.right;
        }
        if !choice.right {
            self.offer_hint(cell);
        }
    }

    fn take_back(&mut self, cell: usize) {
        let Some((lesson, _)) = self.focused() else { return };
        let Some(of) = lesson.cells.get(cell) else { return };
        let Some(state) = self.question_mut(cell) else { return };
        let blank = QuestionState::new(of, None);
        let answered = state.feedback != Feedback::None
            || state.order != blank.order
            || !state.typed.text.is_empty();
        if !answered {
            return self.tell(
                "Nothing was answered here.",
                "Nada foi respondido aqui.",
            );
        }
        *state = blank;
        if let Some(record) = self.record(cell) {
            record.answer = None;
            record.happened = None;
        }
        self.did(cell, Deed::Undid);
    }
}

/// What an option is worth.
fn told(choice: &Choice) -> Feedback {
    if choice.right {
        Feedback::Right(choice.why.clone())
    } else {
        Feedback::Wrong(choice.why.clone(), None)
    }
}

/// What was said about the answer at an earlier visit.
fn remembered(cell: &Cell, record: &CellProgress) -> Feedback {
    let option = match &record.answer {
        Some(Answer::Option(option)) => Some(*option),
        _ => None,
    };
    let chosen = |options: &[Choice]| {
        option.and_then(|i| options.get(i)).map(told).unwrap_or_default()
    };
    match cell {
        Cell::Predict(_) if option.is_some() => Feedback::Recorded,
        Cell::Quiz(quiz) => chosen(&quiz.options),
        Cell::Exercise(exercise) => match &exercise.task {
            Task::Choose { options } => chosen(options),
            _ if record.done => Feedback::Right(exercise.solution.clone()),
            _ => Feedback::None,
        },
        _ => Feedback::None,
    }
}

/// A seed for the order in which steps are shown, from the cell's id.
fn seed_of(id: &str) -> u64 {
    id.bytes().fold(17, |seed, byte| {
        seed.wrapping_mul(31).wrapping_add(u64::from(byte))
    })
}
