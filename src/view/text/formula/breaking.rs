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

/// Where a line may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// Before a relation and after a wide blank.
    Relations,
    /// Also before a plus or minus and after a comma.
    Operators,
}

/// Draws a formula within a width.
pub(super) fn fit(tree: &Node, glyphs: Glyphs, width: usize) -> Drawn {
    let brush = Brush { glyphs, size: Size::Display };
    match brush.draw(tree) {
        Ok(picture) if picture.width() <= width => return Ok(picture),
        Ok(_) | Err(FormulaError::TooLarge { .. }) => {}
        Err(error) => return Err(error),
    }
    for cut in [Cut::Relations, Cut::Operators] {
        let breaker = Breaker { brush, cut, width };
        if let Some(picture) = breaker.equations(tree)? {
            return Ok(picture);
        }
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
    cut: Cut,
    width: usize,
}

impl Breaker {
    /// Breaks every equation of a formula; `None` if a piece is too wide.
    fn equations(
        self,
        tree: &Node,
    ) -> Result<Option<MathBox>, FormulaError> {
        let mut lines = Vec::new();
        for nodes in equations(tree) {
            match self.lines(&nodes)? {
                Some(more) => lines.extend(more),
                None => return Ok(None),
            }
        }
        let mut spread: Vec<MathBox> = Vec::new();
        for line in lines {
            let tall = |last: &MathBox| last.below() > 0 && line.base > 0;
            if spread.last().is_some_and(tall) {
                spread.push(MathBox::text(""));
            }
            spread.push(line);
        }
        let picture = MathBox::stack(spread, 0, Align::Left);
        checked(picture).map(Some)
    }

    /// Puts as many pieces on each line as fit.
    fn lines(
        self,
        nodes: &[Node],
    ) -> Result<Option<Vec<MathBox>>, FormulaError> {
        let mut lines = Vec::new();
        let mut start = 0;
        let mut current: Option<MathBox> = None;
        let mut ends = self.ends(nodes).into_iter().peekable();
        while let Some(&end) = ends.peek() {
            let part = nodes.get(start..end).unwrap_or_default();
            let picture = match self.piece(part, start) {
                Ok(picture) => Some(picture),
                Err(FormulaError::TooLarge { .. }) => None,
                Err(error) => return Err(error),
            };
            let picture = picture.filter(|p| p.width() <= self.width);
            match (picture, current.take()) {
                (Some(picture), _) => {
                    current = Some(picture);
                    ends.next();
                }
                (None, Some(full)) => {
                    lines.push(full);
                    start = self.last_end(nodes, end);
                }
                (None, None) => return Ok(None),
            }
        }
        lines.extend(current);
        Ok(Some(lines))
    }

    /// A line, indented if it goes on from another.
    fn piece(self, nodes: &[Node], start: usize) -> Drawn {
        let spacing = Spacing::new(self.brush.glyphs, Size::Display);
        if start == 0 {
            return self.brush.row(nodes, spacing);
        }
        let line = self.brush.row(nodes, spacing.continued())?;
        Ok(MathBox::text(" ").beside(line))
    }

    /// Where pieces end, the end of the formula included.
    fn ends(self, nodes: &[Node]) -> Vec<usize> {
        let inside = (1..nodes.len()).filter(|&at| self.breaks(nodes, at));
        inside.chain([nodes.len()]).collect()
    }

    /// The end before this one.
    fn last_end(self, nodes: &[Node], end: usize) -> usize {
        let before = (1..end).rev().find(|&at| self.breaks(nodes, at));
        before.unwrap_or(0)
    }

    /// Whether a line may end before this node.
    fn breaks(self, nodes: &[Node], at: usize) -> bool {
        let (Some(before), Some(node)) = (nodes.get(at - 1), nodes.get(at))
        else {
            return false;
        };
        let class = before.class();
        let relation = node.class() == Class::Relation
            || matches!(before, Node::Space(2..));
        let operand = matches!(class, Class::Ordinary | Class::Close);
        relation
            || self.cut == Cut::Operators
                && (class == Class::Punctuation
                    || operand && node.class() == Class::Binary)
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
