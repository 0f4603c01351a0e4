//! Tree to one line of text.
//!
//! What two dimensions show by place has to be said with signs here:
//! fractions become `a / b`, with parentheses wherever a reader could take
//! the wrong parts together.

use super::spacing::Size;
use super::spacing::Spacing;
use super::symbols;
use super::tree::Class;
use super::tree::Edge;
use super::tree::Layout;
use super::tree::Node;
use super::tree::Table;
use crate::view::text::Glyphs;

/// A whole formula in one line.
pub(super) fn write(tree: &Node, glyphs: Glyphs) -> String {
    let text = Writer { glyphs, size: Size::Inline }.text(tree);
    let words: Vec<&str> =
        text.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Writes parts of a formula.
#[derive(Debug, Clone, Copy)]
struct Writer {
    glyphs: Glyphs,
    size: Size,
}

impl Writer {
    fn text(self, node: &Node) -> String {
        match node {
            Node::Atom(atom) => symbols::symbol(atom, self.glyphs),
            Node::Row(nodes) => self.row(nodes),
            Node::Space(_) if self.size == Size::Script => String::new(),
            Node::Space(columns) => " ".repeat(*columns),
            Node::Fence(open, body, close) => {
                self.fence(*open, body, *close)
            }
            Node::Fraction(over, under) => self.fraction(over, under),
            Node::Pile(over, under) => {
                format!("{} over {}", self.text(over), self.text(under))
            }
            Node::Root { radicand, index } => {
                self.root(radicand, index.as_deref())
            }
            Node::Script { base, sub, sup, .. } => {
                let (sub, sup) = (sub.as_deref(), sup.as_deref());
                if let Node::Brace(body, _) = &**base {
                    let label = sub.or(sup).map(|node| self.text(node));
                    let label = label.unwrap_or_default();
                    return format!("({}) [{label}]", self.text(body));
                }
                let sub = self.lowered(sub);
                // A long subscript in signs calls for a superscript alike.
                let sup = match sub.ends_with('}') {
                    true => self.marked(sup),
                    false => self.raised(sup),
                };
                self.base(base) + &sub + &sup
            }
            Node::Accent(base, mark) => self.accent(base, *mark),
            Node::Brace(base, _) => self.text(base),
            Node::Line(base, Edge::Over) => {
                format!("bar({})", self.text(base))
            }
            Node::Line(base, Edge::Under) => {
                format!("underline({})", self.text(base))
            }
            Node::Table(table) => self.table(table),
        }
    }

    fn row(self, nodes: &[Node]) -> String {
        let mut out = String::new();
        let mut spacing = Spacing::new(self.glyphs, self.size);
        let mut marked = false;
        for (place, node) in nodes.iter().enumerate() {
            let mut gap = spacing.before(node);
            let mut text = self.text(node);
            if matches!(node, Node::Fraction(..)) {
                let before = nodes.get(..place).unwrap_or_default();
                let after = nodes.get(place + 1..).unwrap_or_default();
                let factor = multiplies_left(before);
                if factor || multiplies_right(after) {
                    text = format!("({text})");
                    gap |= factor;
                    spacing.parenthesized();
                }
            }
            let touches = text.starts_with(char::is_alphanumeric);
            if gap || (marked && touches) {
                out.push(' ');
            }
            out.push_str(&text);
            marked = self.is_marked(node);
        }
        out
    }

    fn fence(
        self,
        open: Option<char>,
        body: &Node,
        close: Option<char>,
    ) -> String {
        let cases = matches!(body, Node::Table(table)
            if table.layout == Layout::Cases);
        let close = close.or(cases.then_some('}'));
        let sign = |bracket: Option<char>| {
            bracket.map(|c| symbols::bracket(c, self.glyphs))
        };
        let body = match body {
            Node::Table(table) => self.rows(table),
            other => self.text(other),
        };
        let open = sign(open).unwrap_or_default();
        format!("{open}{body}{}", sign(close).unwrap_or_default())
    }

    fn fraction(self, over: &Node, under: &Node) -> String {
        let mut top = self.text(over);
        if is_sum(over) {
            top = format!("({top})");
        }
        let mut bottom = self.text(under);
        if is_sum(under) || is_product(under) {
            bottom = format!("({bottom})");
        }
        let slash = match top.contains(' ') || bottom.contains(' ') {
            true if self.size != Size::Script => " / ",
            _ => "/",
        };
        format!("{top}{slash}{bottom}")
    }

    fn root(self, radicand: &Node, index: Option<&Node>) -> String {
        let body = self.text(radicand);
        let index = index.map(|index| {
            symbols::raised(index, self.glyphs)
                .ok_or_else(|| braced(self.tiny().text(index)))
        });
        let ascii = self.glyphs == Glyphs::Ascii;
        let name = match index {
            None if ascii => "sqrt".to_owned(),
            None => "√".to_owned(),
            Some(Ok(small)) => format!("{small}√"),
            Some(Err(index)) => format!("root_{index}"),
        };
        match body.chars().count() == 1 && !ascii {
            true => name + &body,
            false => format!("{name}({body})"),
        }
    }

    /// What carries scripts, in parentheses if it has several parts.
    fn base(self, base: &Node) -> String {
        let text = self.text(base);
        match base {
            Node::Row(nodes) if nodes.len() > 1 => format!("({text})"),
            Node::Fraction(..) | Node::Root { .. } => format!("({text})"),
            _ => text,
        }
    }

    fn lowered(self, sub: Option<&Node>) -> String {
        let Some(sub) = sub else { return String::new() };
        symbols::lowered(sub, self.glyphs).unwrap_or_else(|| {
            format!("_{}", braced(self.tiny().text(sub)))
        })
    }

    fn raised(self, sup: Option<&Node>) -> String {
        let Some(sup) = sup else { return String::new() };
        if let Some('′') = sup.single_char() {
            return symbols::bracket('′', self.glyphs);
        }
        symbols::raised(sup, self.glyphs)
            .unwrap_or_else(|| self.marked(Some(sup)))
    }

    /// A superscript after a sign.
    fn marked(self, sup: Option<&Node>) -> String {
        let Some(sup) = sup else { return String::new() };
        format!("^{}", braced(self.tiny().text(sup)))
    }

    fn accent(self, base: &Node, mark: char) -> String {
        let text = self.text(base);
        let name = symbols::accent_name(mark);
        let single = base.single_char().is_some_and(|c| c != ' ');
        match (self.glyphs, symbols::combining(mark)) {
            (Glyphs::Unicode, Some(mark)) if single => {
                format!("{text}{mark}")
            }
            (Glyphs::Unicode, _) => format!("{name}({text})"),
            _ if matches!(base, Node::Row(_)) => {
                format!("({text})_{name}")
            }
            _ => format!("{text}_{name}"),
        }
    }

    /// A table that no fence encloses.
    fn table(self, table: &Table) -> String {
        let rows = self.rows(table);
        match table.layout {
            Layout::Grid => format!("[{rows}]"),
            _ => rows,
        }
    }

    /// Rows apart by semicolons.
    fn rows(self, table: &Table) -> String {
        let between = match table.layout {
            Layout::Grid | Layout::Cases => ", ",
            Layout::Equations | Layout::Lines => " ",
        };
        let row = |row: &Vec<Node>| {
            let cells = row.iter().map(|cell| self.text(cell));
            let cells: Vec<String> = cells
                .map(|text| {
                    text.trim().trim_end_matches([',', ';']).to_owned()
                })
                .collect();
            cells.join(between).trim().to_owned()
        };
        let rows: Vec<String> = table.rows.iter().map(row).collect();
        rows.join(match self.size {
            Size::Script => ";",
            _ => "; ",
        })
    }

    fn tiny(self) -> Self {
        Self { size: Size::Script, ..self }
    }

    /// Whether a part ends with a script that a letter must not touch.
    fn is_marked(self, node: &Node) -> bool {
        let Node::Script { sub, sup, .. } = node else { return false };
        let low = sub.as_deref();
        let high = sup.as_deref();
        low.is_some_and(|n| symbols::lowered(n, self.glyphs).is_none())
            || high
                .is_some_and(|n| symbols::raised(n, self.glyphs).is_none())
    }
}

/// A script in braces, unless it is one word or already enclosed.
fn braced(text: String) -> String {
    let text = text.trim();
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    let enclosed = inner.is_some_and(|inner| !inner.contains(['(', ')']));
    let word = text.chars().all(char::is_alphanumeric);
    match enclosed || word || text.chars().count() == 1 {
        true if !text.is_empty() => text.to_owned(),
        _ => format!("{{{text}}}"),
    }
}

/// Whether a slash would cut a part in two: whether a sign stands in it
/// that no bracket encloses.
fn is_sum(node: &Node) -> bool {
    let Node::Row(nodes) = node else {
        return matches!(node, Node::Fraction(..) | Node::Table(_));
    };
    let mut depth = 0_usize;
    nodes.iter().any(|node| {
        match node.class() {
            Class::Open => depth += 1,
            Class::Close => depth = depth.saturating_sub(1),
            Class::Binary | Class::Relation | Class::Punctuation => {
                return depth == 0;
            }
            _ => {}
        }
        matches!(node, Node::Fraction(..)) && depth == 0
    })
}

/// Whether a part under a slash has several factors. The sign of a partial
/// derivative and its variable are one.
fn is_product(node: &Node) -> bool {
    let Node::Row(nodes) = node else { return false };
    match nodes.as_slice() {
        [] | [_] => false,
        [first, _] => first.single_char() != Some('∂'),
        [first, .., last] => {
            first.class() != Class::Open || last.class() != Class::Close
        }
    }
}

/// Whether what stands before is a factor.
fn multiplies_left(before: &[Node]) -> bool {
    let last = before.iter().rev().find(|n| !matches!(n, Node::Space(_)));
    last.is_some_and(|node| match node {
        Node::Fence(_, _, close) => close.is_some(),
        _ => matches!(
            node.class(),
            Class::Ordinary | Class::Close | Class::Operator | Class::Large
        ),
    })
}

/// Whether what stands after is a factor.
fn multiplies_right(after: &[Node]) -> bool {
    let next = after.iter().find(|n| !matches!(n, Node::Space(_)));
    next.is_some_and(|node| {
        !matches!(
            node.class(),
            Class::Relation
                | Class::Binary
                | Class::Close
                | Class::Punctuation
        )
    })
}
