//! Tree to a sentence, for screen readers.
//!
//! `\frac{\partial L}{\partial \hat{x}}` is read "partial L over partial
//! x hat". What a listener cannot see, the end of a fraction or of a root,
//! is said where it would be unclear.

use std::slice;

use super::symbols;
use super::tree::Atom;
use super::tree::Class;
use super::tree::Edge;
use super::tree::Layout;
use super::tree::Node;
use super::tree::Place;
use super::tree::Table;
use crate::view::text::ascii::ascii;

/// A whole formula as a sentence without its full stop.
pub(super) fn speak(tree: &Node) -> String {
    let text = node(tree).replace(',', " , ").replace(';', " ; ");
    let mut out = String::new();
    for word in text.split_whitespace() {
        let mark = matches!(word, "," | ";");
        match out.chars().next_back() {
            // One pause is enough.
            None | Some(',' | ';') if mark => continue,
            None => {}
            _ if mark => {}
            _ => out.push(' '),
        }
        out.push_str(word);
    }
    out.trim_end_matches([',', ';']).to_owned()
}

fn node(part: &Node) -> String {
    match part {
        Node::Atom(atom) => word(atom),
        Node::Row(nodes) => row(nodes),
        Node::Space(2..) => ",".to_owned(),
        Node::Space(_) => String::new(),
        Node::Fence(open, body, close) => {
            enclosed(open.or(*close).unwrap_or(' '), &node(body))
        }
        Node::Fraction(over, under) => fraction(over, under),
        Node::Pile(over, under) => {
            format!("{} over {}", node(over), node(under))
        }
        Node::Root { radicand, index } => root(radicand, index.as_deref()),
        Node::Script { base, sub, sup, place } => {
            let (sub, sup) = (sub.as_deref(), sup.as_deref());
            match &**base {
                base if *place == Place::Limits
                    && base.class() == Class::Operator =>
                {
                    format!("{}{} of", node(base), limits(sub, sup))
                }
                Node::Brace(body, _) => {
                    let label = sub.or(sup).map(node).unwrap_or_default();
                    format!("{}, called {label},", node(body))
                }
                base if base.class() == Class::Large => {
                    format!("{}{} of", node(base), limits(sub, sup))
                }
                base => node(base) + &scripts(sub, sup),
            }
        }
        Node::Accent(base, mark) => {
            format!("{} {}", node(base), symbols::accent_name(*mark))
        }
        Node::Brace(base, _) | Node::Line(base, Edge::Under) => node(base),
        Node::Line(base, Edge::Over) => format!("{} bar", node(base)),
        Node::Table(table) => rows(table),
    }
}

/// Parts one after the other; brackets are read with what they hold.
fn row(nodes: &[Node]) -> String {
    let mut out = String::new();
    let mut place = 0;
    while let Some(part) = nodes.get(place) {
        let before = place.checked_sub(1).and_then(|at| nodes.get(at));
        let text = match (part, closing(nodes, place)) {
            (Node::Atom(open), Some(end)) => {
                let inner = nodes.get(place + 1..end).unwrap_or_default();
                let first = open.text.chars().next().unwrap_or(' ');
                place = end;
                let after = match nodes.get(end) {
                    Some(Node::Script { sub, sup, .. }) => {
                        scripts(sub.as_deref(), sup.as_deref())
                    }
                    _ => String::new(),
                };
                bracketed(before, first, inner) + &after
            }
            (Node::Fence(Some('('), body, _), _) => {
                let inner = match &**body {
                    Node::Row(nodes) => nodes.as_slice(),
                    other => slice::from_ref(other),
                };
                bracketed(before, '(', inner)
            }
            _ => node(part),
        };
        out.push(' ');
        out.push_str(&text);
        place += 1;
    }
    out
}

/// Where the bracket that opens here closes.
fn closing(nodes: &[Node], place: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, part) in nodes.iter().enumerate().skip(place) {
        match part.class() {
            Class::Open => depth += 1,
            Class::Close => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return (at > place).then_some(at);
        }
    }
    None
}

/// A bracket with what stands before it and what it holds.
fn bracketed(before: Option<&Node>, open: char, inner: &[Node]) -> String {
    let text = row(inner);
    let text = text.trim();
    let sum = inner.iter().any(|part| part.class() == Class::Binary);
    let takes = match before.and_then(function) {
        // A capital before a sum is a matrix that is multiplied with it.
        Some(name) => !(sum && name.starts_with(char::is_uppercase)),
        None => false,
    };
    match (open, takes) {
        ('(', true) if text.contains(' ') => format!("of {text},"),
        ('(', true) => format!("of {text}"),
        _ => enclosed(open, text),
    }
}

/// The name of a function that a bracket after it would be applied by.
fn function(part: &Node) -> Option<&str> {
    match part {
        Node::Atom(atom) => {
            let named =
                matches!(atom.class, Class::Ordinary | Class::Operator)
                    && atom
                        .text
                        .chars()
                        .all(|c| c.is_alphabetic() || c == '′');
            named.then_some(atom.text.as_str())
        }
        Node::Script { base, sup, .. } => match sup.as_deref() {
            // A power is a number; a prime or an index in brackets is not.
            Some(Node::Row(nodes))
                if nodes.first().map(Node::class) == Some(Class::Open) =>
            {
                function(base)
            }
            Some(sup) if sup.single_char() != Some('′') => None,
            _ => function(base),
        },
        Node::Accent(base, _) => function(base),
        _ => None,
    }
}

/// What a bracket holds when no function stands before it.
fn enclosed(open: char, inner: &str) -> String {
    match open {
        _ if inner.starts_with("a matrix") => inner.to_owned(),
        '(' => format!("open parenthesis {inner} close parenthesis"),
        '[' => format!("open bracket {inner} close bracket"),
        '‖' | '∥' => format!("the norm of {inner},"),
        '|' => format!("the size of {inner},"),
        '⌊' => format!("the floor of {inner},"),
        '⌈' => format!("the ceiling of {inner},"),
        _ => inner.to_owned(),
    }
}

fn fraction(over: &Node, under: &Node) -> String {
    let (top, bottom) = (node(over), node(under));
    let words = |text: &str| text.split_whitespace().count();
    match (words(&top), words(&bottom)) {
        (..=3, ..=3) => format!("{top} over {bottom},"),
        _ => format!("the fraction {top} over {bottom}, end of fraction,"),
    }
}

fn root(radicand: &Node, index: Option<&Node>) -> String {
    let name = match index.map(node) {
        None => "square root".to_owned(),
        Some(index) => format!("root {index}"),
    };
    let body = node(radicand);
    match body.trim().contains(' ') {
        true => format!("the {name} of {body}, end of root,"),
        false => format!("the {name} of {body}"),
    }
}

/// Scripts beside a symbol.
fn scripts(sub: Option<&Node>, sup: Option<&Node>) -> String {
    let sub = sub.map(|sub| format!(" sub {}", node(sub)));
    let sup = sup.map(|sup| match sup.single_char() {
        Some('2') => " squared".to_owned(),
        Some('3') => " cubed".to_owned(),
        Some('T' | '⊤') => " transposed".to_owned(),
        Some('′') => " prime".to_owned(),
        Some('*' | '∗') => " star".to_owned(),
        _ => match speak(sup).as_str() {
            "minus 1" => " inverse".to_owned(),
            text => match text.strip_prefix("open parenthesis ") {
                // Such a superscript is a number, not a power.
                Some(rest) => {
                    let rest = rest.trim_end_matches(" close parenthesis");
                    format!(" number {rest}")
                }
                None => format!(" to the {text}"),
            },
        },
    });
    sub.unwrap_or_default() + &sup.unwrap_or_default()
}

/// Scripts of a sum or product.
fn limits(sub: Option<&Node>, sup: Option<&Node>) -> String {
    match (sub.map(node), sup.map(node)) {
        (Some(from), Some(to)) => format!(" from {from} to {to}"),
        (Some(over), None) => format!(" over {over}"),
        (None, Some(to)) => format!(" up to {to}"),
        (None, None) => String::new(),
    }
}

fn rows(table: &Table) -> String {
    let between = match table.layout {
        Layout::Grid => ", ",
        Layout::Cases | Layout::Equations | Layout::Lines => " ",
    };
    let row = |row: &Vec<Node>| {
        row.iter().map(node).collect::<Vec<_>>().join(between)
    };
    let rows: Vec<String> = table.rows.iter().map(row).collect();
    let count = rows.len();
    let rows = rows.join("; ");
    match table.layout {
        Layout::Grid => format!("a matrix of {count} rows: {rows};"),
        Layout::Cases => format!("one of {count} cases: {rows};"),
        Layout::Equations | Layout::Lines => rows,
    }
}

/// A symbol as a word.
fn word(atom: &Atom) -> String {
    if let Some(text) = atom.text.strip_suffix(symbols::STROKE) {
        return format!(" not {} ", ascii(text));
    }
    let word = match atom.text.as_str() {
        "=" => "equals",
        ":=" | "≔" => "is defined as",
        "≠" => "is not equal to",
        "≈" => "is about",
        "<" => "is less than",
        ">" => "is greater than",
        "≤" | "⩽" => "is at most",
        "≥" | "⩾" => "is at least",
        "∼" => "is drawn from",
        "∝" => "is proportional to",
        "+" => "plus",
        "−" => "minus",
        "±" => "plus or minus",
        "×" | "⋅" | "·" | "∗" => "times",
        "⊙" => "times, element by element,",
        "/" => "over",
        "∈" => "in",
        "∉" => "not in",
        "→" | "⟶" => "to",
        "↦" => "maps to",
        "∣" | "|" => "given",
        "‖" | "∥" => "from",
        "∂" => "partial",
        "∇" => "the gradient of",
        "∑" => "the sum",
        "∏" => "the product",
        "∫" => "the integral",
        "∞" => "infinity",
        "∘" => "after",
        "′" => "prime",
        "…" | "⋯" => "and so on",
        ":" => "from",
        "!" => "factorial",
        // Names of letters, but words with their accents.
        other if other.chars().any(|c| c > 'ɏ') => {
            return format!("{} ", ascii(other));
        }
        other => return format!("{other} "),
    };
    // Blanks keep words apart; they are put in order at the end.
    format!(" {word} ")
}
