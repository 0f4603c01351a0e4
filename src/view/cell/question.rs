//! Predictions, questions and exercises.

use crate::app::message::Target;
use crate::app::progress::Answer;
use crate::app::progress::CellProgress;
use crate::app::state::Feedback;
use crate::app::state::QuestionState;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Choice;
use crate::lesson::schema::Exercise;
use crate::lesson::schema::Predict;
use crate::lesson::schema::Task;
use crate::view::cell::Scene;
use crate::view::cell::prose;
use crate::view::piece::Piece;
use crate::view::theme::Role;
use ratatui::text::Line;

/// The pieces of a question.
pub fn pieces(
    scene: &Scene,
    index: usize,
    cell: &Cell,
    state: &QuestionState,
    pieces: &mut Vec<Piece>,
) {
    match cell {
        Cell::Predict(predict) => {
            prose::lines(scene.prose(&predict.text, 0), pieces);
            prediction(scene, index, predict, state, pieces);
        }
        Cell::Quiz(quiz) => {
            prose::lines(scene.prose(&quiz.text, 0), pieces);
            choices(scene, index, &quiz.options, state, pieces);
        }
        Cell::Exercise(exercise) => {
            prose::lines(scene.prose(&exercise.text, 0), pieces);
            task(scene, index, exercise, state, pieces);
            help(scene, index, exercise, pieces);
        }
        _ => {}
    }
    feedback(scene, state, pieces);
}

fn prediction(
    scene: &Scene,
    index: usize,
    predict: &Predict,
    state: &QuestionState,
    pieces: &mut Vec<Piece>,
) {
    let progress = scene.progress(index);
    let chosen = chosen(progress);
    let happened = progress.and_then(|p| p.happened);
    for (n, outcome) in predict.options.iter().enumerate() {
        let mut notes = Vec::new();
        if chosen == Some(n) {
            notes.push("your prediction");
        }
        if happened == Some(n) {
            notes.push("this happened");
        }
        let note = notes.join(", ");
        let mark = if chosen == Some(n) { "●" } else { "○" };
        let here = (index, n, state.item);
        option(scene, here, (mark, &outcome.text, &note), pieces);
    }
    match (chosen, happened) {
        (None, _) => {
            let text = "Enter records your guess. A guess is never wrong.";
            hint_line(scene, text, pieces);
        }
        (Some(_), None) => {
            let sure = progress.and_then(|p| p.confidence).unwrap_or(50);
            let text = format!(
                "Recorded, {sure} % sure (h l change that). Now run {} \
                 and see.",
                predict.cell
            );
            hint_line(scene, &text, pieces);
        }
        (Some(_), Some(_)) => {
            prose::lines(scene.prose(&predict.reveal, 0), pieces);
        }
    }
}

fn choices(
    scene: &Scene,
    index: usize,
    options: &[Choice],
    state: &QuestionState,
    pieces: &mut Vec<Piece>,
) {
    let chosen = chosen(scene.progress(index));
    for (n, choice) in options.iter().enumerate() {
        let mark = match (chosen == Some(n), choice.right) {
            (true, true) => "✓",
            (true, false) => "✗",
            (false, _) => "○",
        };
        let here = (index, n, state.item);
        option(scene, here, (mark, &choice.text, ""), pieces);
    }
    if chosen.is_none() {
        hint_line(
            scene,
            "A number picks an answer, Enter gives it.",
            pieces,
        );
    }
}

/// One option: number, mark, text; wrapped under itself.
fn option(
    scene: &Scene,
    (cell, n, selected): (usize, usize, usize),
    (mark, text, note): (&str, &str, &str),
    pieces: &mut Vec<Piece>,
) {
    let here = scene.focused(cell) && n == selected;
    let cursor = if here { "> " } else { "  " };
    let role = match mark {
        "✓" => Role::Good,
        "✗" => Role::Bad,
        _ if here => Role::Accent,
        _ => Role::Dim,
    };
    let rows = scene.prose(text, 8);
    for (row, line) in rows.into_iter().enumerate() {
        let mut spans = if row == 0 {
            vec![
                scene.span(cursor, Role::Accent),
                scene.span(format!("{} ", n + 1), Role::Key),
                scene.span(format!("{mark} "), role),
            ]
        } else {
            vec![scene.span("       ", Role::Dim)]
        };
        spans.extend(line.spans);
        if row == 0 && !note.is_empty() {
            spans.push(scene.span(format!("  ({note})"), Role::Accent));
        }
        let target = Target::Item(cell, n);
        pieces.push(Piece::Line(Line::from(spans), Some(target)));
    }
}

fn task(
    scene: &Scene,
    index: usize,
    exercise: &Exercise,
    state: &QuestionState,
    pieces: &mut Vec<Piece>,
) {
    match &exercise.task {
        Task::Choose { options } => {
            choices(scene, index, options, state, pieces);
        }
        Task::Number(_) | Task::Measure { .. } | Task::Formula(_) => {
            field(scene, index, state, pieces);
        }
        Task::Order(key) => {
            order(scene, index, &key.choices(), state, pieces);
        }
        Task::Reach(reach) | Task::BreakIt(reach) => {
            let text = format!(
                "o opens the experiment {}; Enter checks, w says what is \
                 missing.",
                reach.cell
            );
            hint_line(scene, &text, pieces);
        }
        Task::Do { .. } => {
            hint_line(scene, "Do it; Enter checks.", pieces);
        }
    }
}

/// The line a student types into, with the place of a mistake under it.
fn field(
    scene: &Scene,
    index: usize,
    state: &QuestionState,
    pieces: &mut Vec<Piece>,
) {
    let typed = &state.typed;
    let mut spans = vec![scene.span("  answer: ", Role::Dim)];
    if typed.active {
        let before: String =
            typed.text.chars().take(typed.cursor).collect();
        let mut rest = typed.text.chars().skip(typed.cursor);
        let under = rest.next().unwrap_or(' ').to_string();
        spans.push(scene.span(before, Role::Text));
        spans.push(scene.span(under, Role::Selected));
        spans.push(scene.span(rest.collect::<String>(), Role::Text));
    } else if typed.text.is_empty() {
        spans.push(scene.span("press Enter and type", Role::Dim));
    } else {
        spans.push(scene.span(&typed.text, Role::Text));
    }
    let target = Target::Item(index, 0);
    pieces.push(Piece::Line(Line::from(spans), Some(target)));
    if let Feedback::Wrong(_, Some((from, to))) = state.feedback {
        let columns = |bytes: usize| {
            typed
                .text
                .char_indices()
                .take_while(|(at, _)| *at < bytes)
                .count()
        };
        let (from, to) = (columns(from), columns(to));
        let line = format!(
            "          {}{}",
            " ".repeat(from),
            "^".repeat(to.saturating_sub(from).max(1))
        );
        pieces.push(Piece::text(Line::from(scene.span(line, Role::Bad))));
    }
}

fn order(
    scene: &Scene,
    index: usize,
    all: &[&str],
    state: &QuestionState,
    pieces: &mut Vec<Piece>,
) {
    for (row, step) in state.order.iter().enumerate() {
        let Some(text) = all.get(*step) else { continue };
        if row == state.placed {
            hint_line(scene, BELOW, pieces);
        }
        let here = scene.focused(index) && row == state.item;
        let mark = match (here, state.lifted) {
            (true, true) => "⇅ ",
            (true, false) => "> ",
            _ => "  ",
        };
        let line = Line::from(vec![
            scene.span(mark, Role::Accent),
            scene.span(format!("{:>2}. ", row + 1), Role::Key),
            scene
                .span(text, if here { Role::Selected } else { Role::Text }),
        ]);
        let target = Target::Item(index, row);
        pieces.push(Piece::Line(line, Some(target)));
    }
    if state.placed >= state.order.len() {
        hint_line(scene, BELOW, pieces);
    }
    let text = "Tab moves the cursor; Space lifts a step, j k move it, \
        Space drops it; Enter checks.";
    hint_line(scene, text, pieces);
}

/// The line between the answer and what was left out of it.
const BELOW: &str = "── below this line: does not belong ──";

/// Hints that are open, and the solution.
fn help(
    scene: &Scene,
    index: usize,
    exercise: &Exercise,
    pieces: &mut Vec<Piece>,
) {
    let Some(progress) = scene.progress(index) else { return };
    let open = progress.hints as usize;
    for (n, hint) in (1..).zip(exercise.hints.iter().take(open)) {
        let source = format!("**Hint {n}:** {hint}");
        prose::lines(scene.prose(&source, 0), pieces);
    }
    if progress.solution {
        let source = format!("**Solution:** {}", exercise.solution);
        prose::lines(scene.prose(&source, 0), pieces);
    } else if progress.done {
        prose::lines(scene.prose(&exercise.solution, 0), pieces);
    } else if progress.attempts >= 3 && open < exercise.hints.len() {
        hint_line(scene, "i opens the next hint.", pieces);
    }
}

fn feedback(scene: &Scene, state: &QuestionState, pieces: &mut Vec<Piece>) {
    match &state.feedback {
        Feedback::None | Feedback::Recorded => {}
        Feedback::Right(why) => {
            verdict(scene, ("✓ ", Role::Good), why, pieces);
        }
        Feedback::Wrong(why, _) => {
            verdict(scene, ("✗ ", Role::Bad), why, pieces);
        }
        Feedback::Missing(parts) => {
            for part in parts {
                verdict(scene, ("… ", Role::Warn), &part.say, pieces);
            }
        }
    }
}

fn verdict(
    scene: &Scene,
    (mark, role): (&str, Role),
    text: &str,
    pieces: &mut Vec<Piece>,
) {
    for (row, line) in scene.prose(text, 4).into_iter().enumerate() {
        let lead = if row == 0 { mark } else { "  " };
        let mut spans = vec![scene.span(format!("  {lead}"), role)];
        spans.extend(line.spans);
        pieces.push(Piece::text(Line::from(spans)));
    }
}

fn hint_line(scene: &Scene, text: &str, pieces: &mut Vec<Piece>) {
    let line = Line::from(scene.span(text, Role::Dim));
    prose::lines(prose::wrap(line, scene.width), pieces);
}

fn chosen(progress: Option<&CellProgress>) -> Option<usize> {
    match progress?.answer {
        Some(Answer::Option(n)) => Some(n),
        _ => None,
    }
}
