//! A cell of the notebook as a stack of pieces: lines of text, or a
//! picture of a known height.

use crate::app::message::Target;
use crate::lesson::schema::Panel;
use ratatui::text::Line;

/// A part of a cell that is drawn as a whole.
#[derive(Debug, Clone)]
pub enum Piece {
    /// One line of text, and what a click on it does.
    Line(Line<'static>, Option<Target>),
    /// A line of text of which parts answer to the mouse: first column,
    /// width, what it does.
    Spots(Line<'static>, Vec<(u16, u16, Target)>),
    /// A picture of the model cell with this index, in so many rows.
    Panel(Panel, usize, u16),
}

impl Piece {
    /// An empty line.
    pub fn blank() -> Self {
        Self::Line(Line::default(), None)
    }

    /// A line that answers to nothing.
    pub fn text(line: impl Into<Line<'static>>) -> Self {
        Self::Line(line.into(), None)
    }

    /// Its rows.
    pub fn height(&self) -> u16 {
        match self {
            Self::Line(..) | Self::Spots(..) => 1,
            Self::Panel(_, _, height) => *height,
        }
    }
}

/// The rows of a stack of pieces.
pub fn height(pieces: &[Piece]) -> u16 {
    pieces
        .iter()
        .fold(0u16, |sum, piece| sum.saturating_add(piece.height()))
}
