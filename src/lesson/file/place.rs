//! Where a value stands in a lesson file.
//!
//! A value is named by its path: field names and positions, such as
//! `cells/3/options/0/why`.

use crate::lesson::file::lexer::Kind;
use crate::lesson::file::lexer::Lexer;
use crate::lesson::file::lexer::Token;
use std::collections::BTreeMap;

/// A line and a column in characters, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl Place {
    /// The place of a byte.
    pub fn of(source: &str, byte: usize) -> Self {
        let before = source.get(..byte).unwrap_or(source);
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before.get(start..).unwrap_or_default();
        Self { line, column: column.chars().count() + 1 }
    }
}

/// Finds the places of values; a path that is not in the file gets the
/// place of its longest beginning that is.
pub fn places(source: &str, paths: &[String]) -> Vec<Place> {
    let mut wanted: BTreeMap<&str, usize> = BTreeMap::new();
    for path in paths {
        for (at, _) in path.match_indices('/') {
            wanted.insert(path.get(..at).unwrap_or_default(), usize::MAX);
        }
        wanted.insert(path, usize::MAX);
    }
    for_each_value(source, |path, token| {
        if let Some(byte) = wanted.get_mut(path)
            && *byte == usize::MAX
        {
            *byte = token.start;
        }
    });
    paths.iter().map(|path| place(source, path, &wanted)).collect()
}

/// The text of the value at a path, if it is a single word.
pub fn word<'a>(source: &'a str, path: &str) -> Option<&'a str> {
    let mut found = None;
    for_each_value(source, |here, token| {
        if here == path && token.kind == Kind::Word && found.is_none() {
            found = source.get(token.start..token.end);
        }
    });
    found
}

fn place(
    source: &str,
    path: &str,
    wanted: &BTreeMap<&str, usize>,
) -> Place {
    let mut path = path;
    loop {
        match wanted.get(path) {
            Some(byte) if *byte != usize::MAX => {
                return Place::of(source, *byte);
            }
            _ => {}
        }
        match path.rsplit_once('/') {
            Some((shorter, _)) => path = shorter,
            None => return Place { line: 1, column: 1 },
        }
    }
}

/// One open bracket.
struct Frame {
    /// The length of the path up to and without the values in it.
    path: usize,
    /// How many values came before.
    index: usize,
    /// Whether the current value has been seen.
    seen: bool,
}

/// Shows every value with its path, by its first token.
fn for_each_value(source: &str, mut visit: impl FnMut(&str, Token)) {
    let mut path = String::new();
    let mut frames: Vec<Frame> = Vec::new();
    let mut tokens = Lexer::new(source).peekable();
    while let Some(token) = tokens.next() {
        let Some(frame) = frames.last_mut() else {
            if matches!(token.kind, Kind::Open(_)) {
                frames.push(Frame { path: 0, index: 0, seen: false });
            }
            continue;
        };
        match token.kind {
            Kind::Comma => {
                path.truncate(frame.path);
                frame.index += 1;
                frame.seen = false;
                continue;
            }
            Kind::Close(_) => {
                path.truncate(frame.path);
                frames.pop();
                continue;
            }
            Kind::Colon => {
                continue;
            }
            _ => {}
        }
        let colon = tokens.peek().is_some_and(|t| t.kind == Kind::Colon);
        if colon && !frame.seen {
            let name = source.get(token.start..token.end);
            let name = name.unwrap_or_default().trim_matches('"');
            path.truncate(frame.path);
            push(&mut path, name);
            continue;
        }
        if !frame.seen {
            frame.seen = true;
            if path.len() == frame.path {
                push(&mut path, &frame.index.to_string());
            }
            visit(&path, token);
        }
        if matches!(token.kind, Kind::Open(_)) {
            let path = path.len();
            frames.push(Frame { path, index: 0, seen: false });
        }
    }
}

fn push(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('/');
    }
    path.push_str(name);
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "// x\nLesson(format: 1, cells: [\n  Text(id: \
                          \"a\"),\n  Quiz(\n    options: [(why: \"é\", \
                          ok: true), (why: 5)],\n  ),\n])";

    #[test]
    fn values_are_found_by_path() {
        let paths = [
            "format",
            "cells/0/id",
            "cells/1",
            "cells/1/options/0/ok",
            "cells/1/options/1/why",
            "cells/1/nothing/here",
            "nowhere",
        ];
        let found = places(SOURCE, &paths.map(String::from));
        let found: Vec<_> =
            found.iter().map(|p| (p.line, p.column)).collect();
        let expected =
            [(2, 16), (3, 12), (4, 3), (5, 30), (5, 43), (4, 3), (1, 1)];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_word_is_read_by_path() {
        assert_eq!(word(SOURCE, "format"), Some("1"));
        assert_eq!(word(SOURCE, "cells/1/options/1/why"), Some("5"));
        assert_eq!(word(SOURCE, "cells/0/id"), None);
    }
}
