//! The cells of a lesson, each as a stack of pieces.

mod groups;
pub mod model;
pub mod prose;
pub mod question;

use crate::app::progress::CellProgress;
use crate::app::state::App;
use crate::app::state::CellState;
use crate::app::state::LessonScreen;
use crate::lesson::schema::Cell;
use crate::view::panel::Ctx;
use crate::view::piece::Piece;
use crate::view::theme::Role;
use ratatui::text::Line;
use ratatui::text::Span;

/// Where the pictures of a model cell go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Into the column, under the knobs.
    Column,
    /// Beside the column, where they stay in view.
    Beside,
}

/// Everything a cell is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The whole state.
    pub app: &'a App,
    /// The open lesson.
    pub screen: &'a LessonScreen,
    /// Theme, pictures, glyphs.
    pub ctx: &'a Ctx<'a>,
    /// Columns for text.
    pub width: u16,
    /// Where pictures go.
    pub layout: Layout,
}

impl<'a> Scene<'a> {
    /// The cell with this index.
    pub fn cell(&self, index: usize) -> Option<&'a Cell> {
        self.screen.lesson.cells.get(index)
    }

    /// What the student did in the cell with this index.
    pub fn progress(&self, index: usize) -> Option<&'a CellProgress> {
        let lesson = &self.screen.lesson;
        let cell = lesson.cells.get(index)?;
        let kept = self.app.progress.lessons.get(&lesson.id)?;
        kept.cells.get(cell.id())
    }

    /// Whether the cell with this index is in focus.
    pub fn focused(&self, index: usize) -> bool {
        self.screen.focus == index
    }

    /// A span in the style of a role.
    pub fn span(&self, text: impl AsRef<str>, role: Role) -> Span<'static> {
        let text = self.ctx.glyphs.text(text.as_ref()).into_owned();
        Span::styled(text, self.ctx.theme.style(role))
    }

    /// Markdown, wrapped to the column less some columns.
    pub fn prose(&self, source: &str, less: u16) -> Vec<Line<'static>> {
        prose::markdown(source, self.width.saturating_sub(less), self.ctx)
    }
}

/// A cell as pieces, its header included.
pub fn pieces(scene: &Scene, index: usize) -> Vec<Piece> {
    let Some(cell) = scene.cell(index) else { return Vec::new() };
    let mut pieces = Vec::new();
    if let Some(header) = header(scene, index, cell) {
        pieces.push(Piece::text(header));
    }
    let state = scene.screen.cells.get(index);
    match (cell, state) {
        (Cell::Model(model), Some(CellState::Model(state))) => {
            model::pieces(scene, index, model, state, &mut pieces);
        }
        (_, Some(CellState::Question(state))) => {
            question::pieces(scene, index, cell, state, &mut pieces);
        }
        _ => prose::pieces(scene, cell, &mut pieces),
    }
    note(scene, index, &mut pieces);
    pieces.push(Piece::blank());
    pieces
}

/// The line above a cell that is more than prose: its number, its kind,
/// its id, and whether it is done.
fn header(
    scene: &Scene,
    index: usize,
    cell: &Cell,
) -> Option<Line<'static>> {
    // A room says what a cell is in its own words.
    let room = scene.screen.lesson.is_room();
    let kind = match cell {
        Cell::Text(_) | Cell::Formula(_) => return None,
        Cell::Model(_) if room => return None,
        Cell::Code(_) => "source",
        Cell::Predict(_) => "prediction",
        Cell::Model(_) => "experiment",
        Cell::Quiz(quiz) if quiz.back.is_some() => "flash-back",
        Cell::Quiz(_) => "question",
        Cell::Exercise(_) => "exercise",
        Cell::Misconception(_) => "people say",
        Cell::Review(_) => "to take home",
        Cell::Setup(_) => "choose",
    };
    let progress = scene.progress(index);
    let mut spans = vec![
        scene.span(format!("[{}] ", index + 1), Role::Dim),
        scene.span(kind, Role::Accent),
        scene.span(
            format!(" {}/{}", scene.screen.lesson.id, cell.id()),
            Role::Dim,
        ),
    ];
    if progress.is_some_and(|p| p.bookmark) {
        spans.push(scene.span("  ⚑ bookmark", Role::Warn));
    }
    if progress.is_some_and(|p| p.done) {
        spans.push(scene.span("  ✓ done", Role::Good));
    }
    Some(Line::from(spans))
}

/// The student's own note, under the cell.
fn note(scene: &Scene, index: usize, pieces: &mut Vec<Piece>) {
    let Some(progress) = scene.progress(index) else { return };
    if progress.note.is_empty() {
        return;
    }
    let mut label = vec![scene.span("your note: ", Role::Accent)];
    label.push(scene.span(&progress.note, Role::Text));
    let width = scene.width.saturating_sub(2);
    for line in prose::wrap(Line::from(label), width) {
        pieces.push(Piece::text(line));
    }
}
