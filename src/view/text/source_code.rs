//! Rust source with colors.
//!
//! The lexer is rustc's own; what it calls an identifier is told apart
//! here: keywords by a list, types by their capital, functions and macros
//! by what follows. Nothing is parsed, so broken code has colors, too.

use std::ops::Range;

use ra_ap_rustc_lexer::FrontmatterAllowed;
use ra_ap_rustc_lexer::LiteralKind;
use ra_ap_rustc_lexer::TokenKind;
use ra_ap_rustc_lexer::tokenize;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

use crate::view::text::SyntaxStyle;
use crate::view::text::clean::clean;
use crate::view::text::wrap;

/// Columns from one tab stop to the next.
const TAB: usize = 4;

/// Colors Rust source, one line per line of it. Tabs are expanded and
/// control characters dropped; lines keep their width.
pub fn highlight(source: &str, style: &SyntaxStyle) -> Vec<Line<'static>> {
    let source = expand_tabs(&clean(source));
    let mut lines = vec![Line::default()];
    for (range, look) in looks(&source, style) {
        let text = source.get(range).unwrap_or_default();
        for (number, part) in text.split('\n').enumerate() {
            if number > 0 {
                lines.push(Line::default());
            }
            if let Some(line) = lines.last_mut() {
                push(line, part, look);
            }
        }
    }
    if source.is_empty() || source.ends_with('\n') {
        lines.pop();
    }
    lines
}

/// Cuts a line off at a width.
pub fn clip(line: &mut Line<'static>, width: usize) {
    if line.width() <= width {
        return;
    }
    let mut used = 0;
    for span in &mut line.spans {
        let room = width.saturating_sub(used);
        let kept = match wrap::split(&span.content, room).0 {
            part if part.width() <= room => part.to_owned(),
            _ => String::new(),
        };
        used = match kept.len() < span.content.len() {
            true => width,
            false => used + kept.width(),
        };
        span.content = kept.into();
    }
    line.spans.retain(|span| !span.content.is_empty());
}

/// Adds text to a line, joined to what looks the same.
pub(super) fn push(line: &mut Line<'static>, text: &str, look: Style) {
    match line.spans.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.style == look => {
            last.content.to_mut().push_str(text);
        }
        _ => line.spans.push(Span::styled(text.to_owned(), look)),
    }
}

/// Tabs as blanks up to the next tab stop.
pub(super) fn expand_tabs(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut column = 0;
    for c in source.chars() {
        match c {
            '\t' => {
                let gap = TAB - column % TAB;
                out.extend(std::iter::repeat_n(' ', gap));
                column += gap;
            }
            '\n' => {
                out.push(c);
                column = 0;
            }
            _ => {
                out.push(c);
                column += c.encode_utf8(&mut [0; 4]).width();
            }
        }
    }
    out
}

/// All tokens and how each of them looks.
fn looks(source: &str, style: &SyntaxStyle) -> Vec<(Range<usize>, Style)> {
    let mut tokens: Vec<(Range<usize>, TokenKind)> = Vec::new();
    let mut start = 0;
    for token in tokenize(source, FrontmatterAllowed::No) {
        let end = start + token.len as usize;
        tokens.push((start..end, token.kind));
        start = end;
    }
    let mut attribute = Attribute::Outside;
    let mut looks = Vec::new();
    for (place, (range, kind)) in tokens.iter().enumerate() {
        let next = |ahead: usize| tokens.get(place + ahead);
        let following = next(1).map(|(_, kind)| *kind);
        attribute = attribute.after(*kind, following);
        let text = source.get(range.clone()).unwrap_or_default();
        let defines = place.checked_sub(2).is_some_and(|before| {
            tokens.get(before).is_some_and(|(range, _)| {
                source.get(range.clone()) == Some("fn")
            })
        });
        let look = match kind {
            TokenKind::LineComment { .. }
            | TokenKind::BlockComment { .. } => style.comment,
            _ if attribute != Attribute::Outside => style.macro_,
            TokenKind::Ident | TokenKind::RawIdent if defines => {
                style.function
            }
            TokenKind::Ident | TokenKind::RawIdent => {
                let after = next(2).map(|(_, kind)| *kind);
                name(text, [following, after], style)
            }
            TokenKind::Literal { kind, .. } => literal(*kind, style),
            TokenKind::Lifetime { .. } | TokenKind::RawLifetime => {
                style.type_
            }
            _ => Style::new(),
        };
        looks.push((range.clone(), look));
    }
    looks
}

/// How far an attribute such as `#[derive(Debug)]` reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attribute {
    Outside,
    /// Its last bracket; the next token is outside.
    Last,
    /// The sign before it.
    Begins,
    /// So many brackets are open.
    Inside(usize),
}

impl Attribute {
    /// The state at this token, given that before it.
    fn after(self, kind: TokenKind, next: Option<TokenKind>) -> Self {
        use TokenKind::*;
        match (self, kind) {
            (Self::Outside | Self::Last, Pound)
                if matches!(next, Some(OpenBracket | Bang)) =>
            {
                Self::Begins
            }
            (Self::Outside | Self::Last, _) => Self::Outside,
            (Self::Begins, Bang) if next == Some(OpenBracket) => {
                Self::Begins
            }
            (Self::Begins, OpenBracket) => Self::Inside(1),
            (Self::Begins, _) => Self::Outside,
            (Self::Inside(open), OpenBracket) => Self::Inside(open + 1),
            (Self::Inside(1), CloseBracket) => Self::Last,
            (Self::Inside(open), CloseBracket) => Self::Inside(open - 1),
            (inside, _) => inside,
        }
    }
}

/// The look of a name, by itself and by the two tokens that follow.
fn name(
    text: &str,
    next: [Option<TokenKind>; 2],
    style: &SyntaxStyle,
) -> Style {
    let [following, after] = next;
    let capital = text.starts_with(|c: char| c.is_uppercase());
    match following {
        _ if KEYWORDS.contains(&text) => style.keyword,
        Some(TokenKind::Bang) if after != Some(TokenKind::Eq) => {
            style.macro_
        }
        _ if PRIMITIVES.contains(&text) => style.type_,
        _ if capital => style.type_,
        Some(TokenKind::OpenParen) => style.function,
        _ => Style::new(),
    }
}

fn literal(kind: LiteralKind, style: &SyntaxStyle) -> Style {
    match kind {
        LiteralKind::Int { .. } | LiteralKind::Float { .. } => style.number,
        _ => style.string,
    }
}

#[rustfmt::skip]
const KEYWORDS: [&str; 39] = [
    "as", "async", "await", "break", "const", "continue", "crate", "dyn",
    "else", "enum", "extern", "false", "fn", "for", "if", "impl", "in",
    "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return",
    "self", "static", "struct", "super", "trait", "true", "type", "unsafe",
    "use", "where", "while", "yield", "macro_rules",
];

#[rustfmt::skip]
const PRIMITIVES: [&str; 17] = [
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128",
    "isize", "str", "u8", "u16", "u32", "u64", "u128", "usize",
];

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::*;

    /// A style that names each kind by a letter.
    fn style() -> SyntaxStyle {
        let color = |index| Style::new().fg(Color::Indexed(index));
        SyntaxStyle {
            keyword: color(b'k'),
            type_: color(b't'),
            function: color(b'f'),
            string: color(b's'),
            number: color(b'n'),
            comment: color(b'c'),
            macro_: color(b'm'),
        }
    }

    /// The letter of each character's kind, blanks as they are.
    fn kinds(source: &str) -> Vec<String> {
        let letter = |style: Style| match style.fg {
            Some(Color::Indexed(index)) => char::from(index),
            _ => '.',
        };
        let line = |line: &Line<'static>| {
            let spans = line.spans.iter();
            spans
                .flat_map(|span| {
                    let letter = letter(span.style);
                    span.content.chars().map(move |c| match c {
                        ' ' => ' ',
                        _ => letter,
                    })
                })
                .collect()
        };
        highlight(source, &style()).iter().map(line).collect()
    }

    #[test]
    fn names_are_told_apart_by_what_surrounds_them() {
        let source = "pub fn f<'a>(x: &'a Matrix) -> f32 { g(x) + 1.5 }";
        let expected = "kkk kk f.tt.... .tt tttttt. .. ttt . f... . nnn .";
        assert_eq!(kinds(source), [expected]);
        let source = "vec![\"a\", 'b']; let a = !b != c; // end";
        let expected = "mmm..sss. sss.. kkk . . .. .. .. cc ccc";
        assert_eq!(kinds(source), [expected]);
    }

    #[test]
    fn attributes_are_colored_up_to_their_bracket() {
        let source = "#[derive(Debug)]\nstruct A; #![x[0]] b";
        let expected = ["mmmmmmmmmmmmmmmm", "kkkkkk t. mmmmmmmm ."];
        assert_eq!(kinds(source), expected);
    }

    #[test]
    fn comments_and_strings_go_on_over_lines() {
        assert_eq!(kinds("/* a\n b */ x\n"), ["cc c", " c cc ."]);
        assert_eq!(kinds("\"a\n\nb\""), ["ss", "", "ss"]);
    }

    #[test]
    fn tabs_are_expanded_and_escapes_dropped() {
        let lines = highlight("\ta\tb\u{1b}[31m", &style());
        assert_eq!(lines[0].to_string(), "    a   b");
    }

    #[test]
    fn a_clipped_line_ends_at_the_width() {
        let mut line = highlight("let 数 = 1;", &style()).remove(0);
        clip(&mut line, 5);
        assert_eq!(line.to_string(), "let ");
        clip(&mut line, 0);
        assert_eq!(line.width(), 0);
    }

    #[test]
    fn nothing_gives_no_lines_and_broken_code_gives_colors() {
        assert!(highlight("", &style()).is_empty());
        assert_eq!(kinds("\"open"), ["sssss"]);
        assert_eq!(kinds("fn )("), ["kk .."]);
    }
}
