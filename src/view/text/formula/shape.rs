//! Puts nodes together: recognizes accents, braces and pairs of bars.

use super::symbols::STROKE;
use super::tree::Atom;
use super::tree::Class;
use super::tree::Edge;
use super::tree::Face;
use super::tree::Node;
use super::tree::Place;

/// Nodes side by side. A single node needs no row around it.
pub(super) fn row(mut nodes: Vec<Node>) -> Node {
    pair_bars(&mut nodes);
    join_definitions(&mut nodes);
    join_words(&mut nodes);
    match nodes.len() {
        1 => nodes.remove(0),
        _ => Node::Row(nodes),
    }
}

/// A base with its scripts, or the accent, brace or line they stand for.
pub(super) fn script(
    base: Box<Node>,
    sub: Option<Box<Node>>,
    sup: Option<Box<Node>>,
    place: Place,
) -> Node {
    let over = sup.as_ref().and_then(|node| node.single_char());
    let under = sub.as_ref().and_then(|node| node.single_char());
    match (place, sub.is_some(), over, sup.is_some(), under) {
        (Place::Stacked, false, Some(mark), _, _) => match mark {
            '⏞' | '⏠' | '⎴' => Node::Brace(base, Edge::Over),
            '‾' if !is_letter(&base) => Node::Line(base, Edge::Over),
            '^' | '~' | '‾' | '→' | '˙' | '¨' | '´' | '`' | 'ˇ' | '˘' => {
                Node::Accent(base, mark)
            }
            _ => Node::Script { base, sub, sup, place },
        },
        (Place::Stacked, _, _, false, Some('⏟' | '⏡' | '⎵')) => {
            Node::Brace(base, Edge::Under)
        }
        (Place::Stacked, _, _, false, Some('_')) => {
            Node::Line(base, Edge::Under)
        }
        _ => Node::Script { base, sub, sup, place },
    }
}

/// A relation struck through.
pub(super) fn negated(node: Node) -> Node {
    match node {
        Node::Atom(atom) => {
            let text = match atom.text.as_str() {
                "=" => "≠".to_owned(),
                "∈" => "∉".to_owned(),
                blank if blank.trim().is_empty() => blank.to_owned(),
                other => format!("{other}{STROKE}"),
            };
            Node::Atom(Atom { text, ..atom })
        }
        other => other,
    }
}

/// Whether an accent fits on top of it as a mark.
fn is_letter(node: &Node) -> bool {
    node.single_char().is_some_and(char::is_alphanumeric)
}

/// Bars look the same on both sides. If their number is even, every other
/// one closes, so that a minus after it is a binary operator.
fn pair_bars(nodes: &mut [Node]) {
    for bar in ["|", "‖", "∥"] {
        let mut bars: Vec<&mut Atom> =
            nodes.iter_mut().filter_map(|node| bar_of(node, bar)).collect();
        if !bars.len().is_multiple_of(2) {
            continue;
        }
        for (number, atom) in bars.iter_mut().enumerate() {
            atom.class = match number % 2 {
                0 => Class::Open,
                _ => Class::Close,
            };
        }
    }
}

/// A colon before an equals sign belongs to it; any other is a mark.
fn join_definitions(nodes: &mut Vec<Node>) {
    let is = |node: Option<&Node>, sign: &str| match node {
        Some(Node::Atom(atom)) => atom.text == sign,
        _ => false,
    };
    for at in (0..nodes.len()).rev() {
        if !is(nodes.get(at), ":") {
            continue;
        }
        let defines = is(nodes.get(at + 1), "=");
        if defines {
            nodes.remove(at + 1);
        }
        if let Some(Node::Atom(colon)) = nodes.get_mut(at) {
            if defines {
                colon.text.push('=');
            } else {
                colon.class = Class::Punctuation;
            }
        }
    }
}

/// Upright letters side by side are one word.
fn join_words(nodes: &mut Vec<Node>) {
    nodes.dedup_by(|next, last| match (last, next) {
        (Node::Atom(last), Node::Atom(next)) => {
            let join = [&*last, &*next].iter().all(|atom| {
                atom.face == Face::Upright
                    && atom.text.chars().all(char::is_alphabetic)
            });
            if join {
                last.text.push_str(&next.text);
            }
            join
        }
        _ => false,
    });
}

/// The atom of a bar, which may carry scripts.
fn bar_of<'a>(node: &'a mut Node, bar: &str) -> Option<&'a mut Atom> {
    match node {
        Node::Atom(atom) => (atom.text == bar
            && atom.class == Class::Ordinary)
            .then_some(atom),
        Node::Script { base, .. } => bar_of(base, bar),
        _ => None,
    }
}
