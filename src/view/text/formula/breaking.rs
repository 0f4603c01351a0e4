//! Breaks a formula that is too wide.

use super::draw::Brush;
use super::draw::Drawn;
use super::draw::checked;
use super::error::FormulaError;
use super::line;
use super::math_box::Align;
use super::math_box::MathBox;
use super::spacing::Size;
use super::spacing::Spacing;
use super::tree::Class;
use super::tree::Layout;
use super::tree::Node;
use crate::view::text::Glyphs;
use crate::view::text::wrap;

/// Draws a formula within a width.
pub(super) fn fit(tree: &Node, glyphs: Glyphs, width: usize) -> Drawn {
    let brush = Brush { glyphs, size: Size::Display };
    match brush.draw(tree) {
        Ok(picture) if picture.width() <= width => return Ok(picture),
        Ok(_) | Err(FormulaError::TooLarge { .. }) => {}
        Err(error) => return Err(error),
    }
    if let Some(picture) = (Breaker { brush, width }).equations(tree)? {
        return Ok(picture);
    }
    let text = line::write(tree, glyphs);
    let lines = wrap::plain(&text, width);
    let lines = lines.iter().map(|line| MathBox::text(line)).collect();
    Ok(MathBox::stack(lines, 0, Align::Left))
}

/// Fills lines with pieces of a formula.
#[derive(Debug, Clone, Copy)]
struct Breaker {
    brush: Brush,
    width: usize,
}

impl Breaker {
    /// Breaks every equation of a formula; `None` if a piece is too wide.
    fn equations(
        self,
        tree: &Node,
    ) -> Result<Option<MathBox>, FormulaError> {
        let mut spread: Vec<MathBox> = Vec::new();
        for nodes in equations(tree) {
            let Some(lines) = self.lines(&nodes)? else {
                return Ok(None);
            };
            for line in lines {
                let tall =
                    |last: &MathBox| last.below() > 0 && line.base > 0;
                if spread.last().is_some_and(tall) {
                    spread.push(MathBox::text(""));
                }
                spread.push(line);
            }
        }
        let picture = MathBox::stack(spread, 0, Align::Left);
        checked(picture).map(Some)
    }

    /// Puts as many pieces on each line as fit.
    fn lines(
        self,
        nodes: &[Node],
    ) -> Result<Option<Vec<MathBox>>, FormulaError> {
        let ends = self.ends(nodes)?;
        let mut lines = Vec::new();
        let mut start = 0;
        let mut current: Option<(MathBox, usize)> = None;
        let mut place = 0;
        while let Some(&end) = ends.get(place) {
            match (self.line(nodes, start, end)?, current.take()) {
                (Some(line), _) => {
                    current = Some((line, end));
                    place += 1;
                }
                (None, Some((full, last))) => {
                    lines.push(full);
                    start = last;
                }
                (None, None) => return Ok(None),
            }
        }
        lines.extend(current.map(|(line, _)| line));
        Ok(Some(lines))
    }

    /// A line, indented if it goes on from another; `None` if it does not
    /// fit.
    fn line(
        self,
        nodes: &[Node],
        start: usize,
        end: usize,
    ) -> Result<Option<MathBox>, FormulaError> {
        let nodes = nodes.get(start..end).unwrap_or_default();
        let spacing = Spacing::new(self.brush.glyphs, Size::Display);
        let line = match start {
            0 => self.brush.row(nodes, spacing),
            _ => self.brush.row(nodes, spacing.continued()),
        };
        let line = match line {
            Ok(line) if start == 0 => line,
            Ok(line) => MathBox::text(" ").beside(line),
            Err(FormulaError::TooLarge { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok((line.width() <= self.width).then_some(line))
    }

    /// Where pieces end: before relations, and between them before a plus
    /// or minus where the part between two relations is too wide.
    fn ends(self, nodes: &[Node]) -> Result<Vec<usize>, FormulaError> {
        let mut ends = Vec::new();
        let mut start = 0;
        for end in 1..=nodes.len() {
            if end < nodes.len() && !relates(nodes, end) {
                continue;
            }
            if self.line(nodes, start, end)?.is_none() {
                ends.extend((start + 1..end).filter(|&at| adds(nodes, at)));
            }
            ends.push(end);
            start = end;
        }
        Ok(ends)
    }
}

/// Whether a relation stands here, or a wide blank before.
fn relates(nodes: &[Node], at: usize) -> bool {
    let class = |at: usize| nodes.get(at).map(Node::class);
    let wide = matches!(nodes.get(at - 1), Some(Node::Space(2..)));
    wide || class(at) == Some(Class::Relation)
}

/// Whether a plus or minus stands here, or a comma before.
fn adds(nodes: &[Node], at: usize) -> bool {
    let class = |at: usize| nodes.get(at).map(Node::class);
    match (class(at - 1), class(at)) {
        (Some(Class::Punctuation), _) => true,
        (Some(Class::Ordinary | Class::Close), here) => {
            here == Some(Class::Binary)
        }
        _ => false,
    }
}

/// The rows of parts that stand under each other at the top.
fn equations(tree: &Node) -> Vec<Vec<Node>> {
    match tree {
        Node::Row(nodes) => vec![nodes.clone()],
        Node::Table(table)
            if matches!(
                table.layout,
                Layout::Equations | Layout::Lines
            ) =>
        {
            let row = |row: &Vec<Node>| {
                row.iter().cloned().flat_map(flat).collect()
            };
            table.rows.iter().map(row).collect()
        }
        other => vec![vec![other.clone()]],
    }
}

/// The parts of a row.
fn flat(node: Node) -> Vec<Node> {
    match node {
        Node::Row(nodes) => nodes,
        other => vec![other],
    }
}
