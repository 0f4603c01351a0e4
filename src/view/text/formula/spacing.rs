//! The blanks between the parts of a formula (the TeXbook, chapter 18).

use super::symbols;
use super::tree::Class;
use super::tree::Node;
use crate::view::text::Glyphs;

/// How much room a part has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// A formula of its own: limits above and below, wide fraction bars.
    Display,
    /// Within a fraction, a root or a table.
    Inline,
    /// Raised or lowered: no blanks around signs.
    Script,
}

/// Walks along a row and says where a blank belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spacing {
    glyphs: Glyphs,
    size: Size,
    last: Last,
}

/// What stands to the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Space,
    Part { class: Class, edge: Edge },
}

/// What the side of a part looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// A sign, a bracket.
    Sign,
    /// One letter or digit, which may touch another.
    Letter,
    /// A spelled-out name, which may not touch a letter.
    Word,
}

impl Spacing {
    /// The beginning of a row.
    pub fn new(glyphs: Glyphs, size: Size) -> Self {
        Self { glyphs, size, last: Last::Nothing }
    }

    /// The beginning of a continuation line: signs keep their blanks.
    pub fn continued(self) -> Self {
        let (class, edge) = (Class::Ordinary, Edge::Sign);
        Self { last: Last::Part { class, edge }, ..self }
    }

    /// Whether a blank belongs before this part, which becomes the last.
    pub fn before(&mut self, node: &Node) -> bool {
        if let Node::Space(_) = node {
            self.last = Last::Space;
            return false;
        }
        if node.is_empty() {
            return false;
        }
        let (opening, closing) = classes(node);
        let opening = self.unary(opening);
        let closing = match closing {
            Class::Binary => opening,
            other => other,
        };
        let gap = match self.last {
            Last::Nothing | Last::Space => false,
            Last::Part { class, edge } => {
                self.words_touch(edge, node)
                    || self.signs_touch(class, opening)
            }
        };
        let edge = self.right_edge(node);
        self.last = Last::Part { class: closing, edge };
        gap
    }

    /// Remembers that the part just walked over was put in parentheses.
    pub fn parenthesized(&mut self) {
        let (class, edge) = (Class::Close, Edge::Word);
        self.last = Last::Part { class, edge };
    }

    /// A plus or minus with nothing on its left is a sign of its number.
    fn unary(&self, class: Class) -> Class {
        let operand = matches!(
            self.last,
            Last::Part { class: Class::Ordinary | Class::Close, .. }
        );
        match class {
            Class::Binary if !operand => Class::Ordinary,
            other => other,
        }
    }

    fn signs_touch(&self, left: Class, right: Class) -> bool {
        use Class::*;
        match (left, right) {
            (Operator, Ordinary | Operator | Large) => true,
            (Ordinary | Close, Operator | Large) => {
                self.size != Size::Script
            }
            _ if self.size == Size::Script => false,
            (Open, _) | (_, Close | Punctuation) => false,
            (_, Relation | Binary) => true,
            (Relation | Binary | Punctuation | Large, _) => true,
            _ => false,
        }
    }

    fn words_touch(&self, left: Edge, node: &Node) -> bool {
        match (left, self.left_edge(node)) {
            (Edge::Word, Edge::Letter | Edge::Word) => true,
            (Edge::Letter, right) => right == Edge::Word,
            _ => false,
        }
    }

    fn left_edge(&self, node: &Node) -> Edge {
        match node {
            Node::Atom(atom) => {
                let text = symbols::symbol(atom, self.glyphs);
                self.edge(&text, text.chars().next())
            }
            Node::Script { base, .. } | Node::Accent(base, _) => {
                self.left_edge(base)
            }
            Node::Row(nodes) => {
                nodes.first().map_or(Edge::Sign, |n| self.left_edge(n))
            }
            Node::Root { .. } if self.glyphs == Glyphs::Ascii => Edge::Word,
            _ => Edge::Sign,
        }
    }

    fn right_edge(&self, node: &Node) -> Edge {
        match node {
            Node::Atom(atom) => {
                let text = symbols::symbol(atom, self.glyphs);
                self.edge(&text, text.chars().next_back())
            }
            Node::Script { base, .. } => self.right_edge(base),
            Node::Accent(..) if self.glyphs != Glyphs::Unicode => {
                Edge::Word
            }
            Node::Accent(base, _) => self.right_edge(base),
            Node::Row(nodes) => {
                nodes.last().map_or(Edge::Sign, |n| self.right_edge(n))
            }
            _ => Edge::Sign,
        }
    }

    /// What a text looks like from the side of its outermost character.
    fn edge(self, text: &str, outermost: Option<char>) -> Edge {
        if !outermost.is_some_and(char::is_alphanumeric) {
            Edge::Sign
        } else if self.glyphs != Glyphs::Unicode
            && text.chars().any(char::is_alphabetic)
            && text.chars().count() > 1
        {
            Edge::Word
        } else {
            Edge::Letter
        }
    }
}

/// The roles of a part as seen from its left and from its right.
fn classes(node: &Node) -> (Class, Class) {
    match node {
        Node::Fence(open, _, close) => (
            open.map_or(Class::Ordinary, |_| Class::Open),
            close.map_or(Class::Ordinary, |_| Class::Close),
        ),
        Node::Script { base, .. } => match classes(base) {
            // What carries a script is closed by it.
            (opening, Class::Open) => (opening, Class::Close),
            both => both,
        },
        _ => (node.class(), node.class()),
    }
}
