//! Tree to picture.

use std::slice;

use super::MAX_HEIGHT;
use super::MAX_WIDTH;
use super::error::FormulaError;
use super::fences::fence;
use super::math_box::Align;
use super::math_box::MathBox;
use super::spacing::Size;
use super::spacing::Spacing;
use super::symbols;
use super::tree::Atom;
use super::tree::Class;
use super::tree::Edge;
use super::tree::Layout;
use super::tree::Node;
use super::tree::Table;
use crate::view::text::Glyphs;

/// What drawing a part gives.
pub(super) type Drawn = Result<MathBox, FormulaError>;

/// Draws parts of a formula.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brush {
    pub glyphs: Glyphs,
    pub size: Size,
}

impl Brush {
    /// One part as a rectangle.
    pub fn draw(self, node: &Node) -> Drawn {
        let picture = match node {
            Node::Atom(atom) => self.atom(atom),
            Node::Row(nodes) => {
                self.row(nodes, Spacing::new(self.glyphs, self.size))?
            }
            Node::Space(columns) => MathBox::text(&" ".repeat(*columns)),
            Node::Fence(open, body, close) => {
                let body = self.draw(body)?;
                let open = fence(*open, &body, self.glyphs);
                let close = fence(*close, &body, self.glyphs);
                open.beside(body).beside(close)
            }
            Node::Fraction(over, under) => self.fraction(over, under)?,
            Node::Pile(over, under) => self.pile(over, under)?,
            Node::Root { radicand, index } => {
                self.root(radicand, index.as_deref())?
            }
            Node::Script { base, sub, sup, place } => {
                let scripts = (sub.as_deref(), sup.as_deref());
                self.script(base, scripts, *place)?
            }
            Node::Accent(base, mark) => self.accent(base, *mark)?,
            Node::Brace(base, edge) => self.brace(base, *edge)?,
            Node::Line(base, edge) => self.line(base, *edge)?,
            Node::Table(table) => self.table(table)?,
        };
        checked(picture)
    }

    /// Parts side by side, with blanks where they belong.
    pub fn row(self, nodes: &[Node], mut spacing: Spacing) -> Drawn {
        let mut out = MathBox::text("");
        let mut last: Option<&Node> = None;
        for node in nodes {
            let crowded = last.is_some_and(|last| crowd(last, node));
            if spacing.before(node) || crowded {
                out = out.beside(MathBox::text(" "));
            }
            out = checked(out.beside(self.draw(node)?))?;
            last = Some(node);
        }
        Ok(out)
    }

    /// The same brush for parts that have less room.
    pub(super) fn smaller(self) -> Self {
        let size = match self.size {
            Size::Display => Size::Inline,
            other => other,
        };
        Self { size, ..self }
    }

    /// The same brush for scripts.
    pub(super) fn tiny(self) -> Self {
        Self { size: Size::Script, ..self }
    }

    fn atom(self, atom: &Atom) -> MathBox {
        let large = atom.class == Class::Large
            && self.size == Size::Display
            && self.glyphs == Glyphs::Unicode;
        match atom.text.as_str() {
            // Every monospaced font has these; few have the halves of a sum.
            "∑" if large => MathBox::column(["╲▔", "╱▁"].into_iter(), 0),
            "∫" if large => MathBox::column(["⌠", "⌡"].into_iter(), 0),
            _ => MathBox::text(&symbols::symbol(atom, self.glyphs)),
        }
    }

    fn fraction(self, over: &Node, under: &Node) -> Drawn {
        let over = self.smaller().draw(over)?;
        let under = self.smaller().draw(under)?;
        let margin = match self.size {
            Size::Display => 2,
            _ => 0,
        };
        let width = over.width().max(under.width()).max(1) + margin;
        let bar = MathBox::text(&self.dash().repeat(width));
        Ok(MathBox::stack(vec![over, bar, under], 1, Align::Center))
    }

    fn pile(self, over: &Node, under: &Node) -> Drawn {
        let over = self.smaller().draw(over)?;
        let under = self.smaller().draw(under)?;
        let gap = MathBox::text(" ");
        Ok(MathBox::stack(vec![over, gap, under], 1, Align::Center))
    }

    fn root(self, radicand: &Node, index: Option<&Node>) -> Drawn {
        let body = self.smaller().draw(radicand)?;
        let index = match index {
            None => MathBox::text(""),
            Some(index) => match symbols::raised(index, self.glyphs) {
                Some(small) => MathBox::text(&small),
                None => self.tiny().draw(index)?,
            },
        };
        if self.glyphs == Glyphs::Ascii {
            let open = fence(Some('('), &body, self.glyphs);
            let close = fence(Some(')'), &body, self.glyphs);
            let body = open.beside(body).beside(close);
            let name = match index.width() {
                0 => MathBox::text("sqrt"),
                _ => MathBox::text("root_").beside(index),
            };
            return Ok(name.beside(body));
        }
        if body.height() == 1 && body.width() == 1 && index.width() == 0 {
            return Ok(MathBox::text("√").beside(body));
        }
        let top = format!("┌{}", "─".repeat(body.width()));
        let last = body.height() - 1;
        let side = (0..=last).map(|row| match row == last {
            true => "√",
            false => "│",
        });
        let side = MathBox::column(side, body.base);
        let parts = vec![MathBox::text(&top), side.beside(body)];
        let root = MathBox::stack(parts, 1, Align::Left);
        Ok(index.beside(root))
    }

    fn accent(self, base: &Node, mark: char) -> Drawn {
        let body = self.draw(base)?;
        let one_cell = body.height() == 1 && body.width() == 1;
        if self.glyphs == Glyphs::Unicode {
            if one_cell && let Some(mark) = symbols::combining(mark) {
                let letter = body.rows.concat().concat();
                return Ok(MathBox::text(&format!("{letter}{mark}")));
            }
            let top = match mark {
                '→' => {
                    let line = body.width().saturating_sub(1);
                    format!("{}⇀", "─".repeat(line))
                }
                other => other.to_string(),
            };
            let parts = vec![MathBox::text(&top), body];
            return Ok(MathBox::stack(parts, 1, Align::Center));
        }
        let mark = match mark {
            '^' | '~' => mark.to_string(),
            other => format!("_{}", symbols::accent_name(other)),
        };
        let parenthesized = matches!(base, Node::Row(_));
        let body = match parenthesized {
            true => fence(Some('('), &body, self.glyphs)
                .beside(body.clone())
                .beside(fence(Some(')'), &body, self.glyphs)),
            false => body,
        };
        Ok(body.beside(MathBox::text(&mark)))
    }

    fn brace(self, base: &Node, edge: Edge) -> Drawn {
        let body = self.draw(base)?;
        let [left, middle, right] = match (self.glyphs, edge) {
            (Glyphs::Unicode, Edge::Under) => ["╰", "┬", "╯"],
            (Glyphs::Unicode, Edge::Over) => ["╭", "┴", "╮"],
            (Glyphs::Plain, Edge::Under) => ["└", "┬", "┘"],
            (Glyphs::Plain, Edge::Over) => ["┌", "┴", "┐"],
            (Glyphs::Ascii, Edge::Under) => ["\\", "_", "/"],
            (Glyphs::Ascii, Edge::Over) => ["/", "-", "\\"],
        };
        let dash = match (self.glyphs, edge) {
            (Glyphs::Ascii, Edge::Under) => "_",
            _ => self.dash(),
        };
        let inner = body.width().saturating_sub(3);
        let before = dash.repeat(inner / 2);
        let after = dash.repeat(inner - inner / 2);
        let line = format!("{left}{before}{middle}{after}{right}");
        Ok(attached(body, &line, edge))
    }

    fn line(self, base: &Node, edge: Edge) -> Drawn {
        let body = self.draw(base)?;
        let dash = match (self.glyphs, edge) {
            (Glyphs::Unicode, Edge::Over) => "▁",
            (Glyphs::Unicode, Edge::Under) => "▔",
            (_, Edge::Over) => "_",
            (_, Edge::Under) => "-",
        };
        let line = dash.repeat(body.width());
        Ok(attached(body, &line, edge))
    }

    fn table(self, table: &Table) -> Drawn {
        let brush = self.cells(table.layout);
        let mut cells = Vec::new();
        for row in &table.rows {
            let row: Result<Vec<_>, _> = row
                .iter()
                .enumerate()
                .map(|(column, cell)| match (table.layout, column % 2) {
                    (Layout::Equations, 1) => brush.continued(cell),
                    _ => brush.draw(cell),
                })
                .collect();
            cells.push(row?);
        }
        let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let cells = cells.iter().filter_map(|row| row.get(column));
                cells.map(MathBox::width).max().unwrap_or(0)
            })
            .collect();
        let mut lines: Vec<MathBox> = Vec::new();
        for row in cells {
            let mut line = MathBox::text("");
            for (column, cell) in row.into_iter().enumerate() {
                let gap = " ".repeat(gap(table.layout, column));
                let align = aligned(&table.aligns, column);
                let width = widths.get(column).copied().unwrap_or(0);
                let cell = cell.widened(width, align);
                line = line.beside(MathBox::text(&gap)).beside(cell);
                line = checked(line)?;
            }
            // Two tall rows would run into each other.
            let tall = |last: &MathBox| last.below() > 0 && line.base > 0;
            if lines.last().is_some_and(tall) {
                lines.push(MathBox::text(""));
            }
            lines.push(line);
        }
        let mut picture = MathBox::stack(lines, 0, Align::Left);
        picture.base = picture.height().saturating_sub(1) / 2;
        Ok(picture)
    }

    /// What stands after an alignment mark: a sign keeps its blanks.
    fn continued(self, cell: &Node) -> Drawn {
        let nodes = match cell {
            Node::Row(nodes) => nodes.as_slice(),
            other => slice::from_ref(other),
        };
        let spacing = Spacing::new(self.glyphs, self.size);
        self.row(nodes, spacing.continued())
    }

    /// The brush for the cells of a table.
    fn cells(self, layout: Layout) -> Self {
        match layout {
            Layout::Equations | Layout::Lines => self,
            Layout::Grid | Layout::Cases => self.smaller(),
        }
    }

    /// A piece of a horizontal line.
    fn dash(self) -> &'static str {
        match self.glyphs {
            Glyphs::Ascii => "-",
            Glyphs::Unicode | Glyphs::Plain => "─",
        }
    }
}

/// Refuses a picture that has grown too large, before it grows further.
pub(super) fn checked(picture: MathBox) -> Drawn {
    let (width, height) = (picture.width(), picture.height());
    match width <= MAX_WIDTH && height <= MAX_HEIGHT {
        true => Ok(picture),
        false => Err(FormulaError::TooLarge { width, height }),
    }
}

/// Whether two neighbors need a blank because one is a fraction, whose bar
/// would otherwise run into the other.
fn crowd(left: &Node, right: &Node) -> bool {
    let fraction = |node: &Node| matches!(node, Node::Fraction(..));
    let space = |node: &Node| matches!(node, Node::Space(_));
    (fraction(left) || fraction(right))
        && !(space(left) || space(right))
        && left.class() != Class::Open
        && !matches!(right.class(), Class::Close | Class::Punctuation)
}

/// A body with a line over or under it.
fn attached(body: MathBox, line: &str, edge: Edge) -> MathBox {
    let line = MathBox::text(line);
    match edge {
        Edge::Over => MathBox::stack(vec![line, body], 1, Align::Center),
        Edge::Under => MathBox::stack(vec![body, line], 0, Align::Center),
    }
}

/// Blanks before a column.
fn gap(layout: Layout, column: usize) -> usize {
    match layout {
        _ if column == 0 => 0,
        Layout::Grid | Layout::Cases => 2,
        Layout::Equations if column.is_multiple_of(2) => 2,
        Layout::Equations | Layout::Lines => 0,
    }
}

/// How a column is aligned.
fn aligned(aligns: &[Align], column: usize) -> Align {
    let column = column.checked_rem(aligns.len()).unwrap_or(0);
    aligns.get(column).copied().unwrap_or(Align::Center)
}
