//! Estimates about Markdown: the formulas in it and the rows it needs.

use unicode_width::UnicodeWidthStr;

/// Columns of a line of prose.
pub const COLUMNS: usize = 76;

/// Rows of prose that fit on the smallest good screen.
pub const ROWS: usize = 20;

/// The formulas between dollar signs; code is left alone.
///
/// # Errors
/// A dollar sign without its partner.
pub fn formulas(text: &str) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    let mut code = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, &mut open) {
            ('\\', None) => drop(chars.next()),
            ('`', None) => code = !code,
            ('$', None) if !code => {
                while chars.next_if_eq(&'$').is_some() {}
                open = Some(String::new());
            }
            ('$', Some(tex)) => {
                while chars.next_if_eq(&'$').is_some() {}
                found.push(std::mem::take(tex));
                open = None;
            }
            ('\\', Some(tex)) => {
                tex.push(c);
                tex.extend(chars.next());
            }
            (c, Some(tex)) => tex.push(c),
            _ => {}
        }
    }
    match open {
        None => Ok(found),
        Some(tex) => {
            let start: String = tex.chars().take(20).collect();
            Err(format!("The dollar sign in `${start}` has no partner."))
        }
    }
}

/// How many rows a text needs, about.
pub fn rows(markdown: &str) -> usize {
    let mut rows = 0;
    let mut paragraph = String::new();
    let mut code = false;
    for line in markdown.trim().lines() {
        let fence = line.trim_start().starts_with("```");
        if fence || code || line.trim().is_empty() || begins(line) {
            rows += wrapped(&std::mem::take(&mut paragraph));
        }
        if fence {
            code = !code;
            rows += 1;
        } else if code || line.trim().is_empty() {
            rows += 1;
        } else {
            paragraph.push_str(line.trim());
            paragraph.push(' ');
        }
    }
    rows + wrapped(&paragraph)
}

/// Whether a line begins a paragraph of its own: a list, a table, a title.
fn begins(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['#', '|', '>'])
        || ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
        || (number.len() < line.len() && number.starts_with(". "))
}

/// The rows of a paragraph when its words are wrapped.
fn wrapped(paragraph: &str) -> usize {
    let mut rows = 0;
    let mut column = COLUMNS;
    for word in paragraph.split_whitespace() {
        let width = word.width();
        if column + 1 + width > COLUMNS {
            rows += 1 + width.saturating_sub(1) / COLUMNS;
            column = width % (COLUMNS + 1);
        } else {
            column += 1 + width;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_found_outside_of_code() {
        let text = r"a $x^2$ b `$HOME` c \$5 d $$\frac{1}{\$}$$";
        assert_eq!(formulas(text).unwrap(), ["x^2", r"\frac{1}{\$}"]);
        assert!(formulas("costs 5 $ or so").is_err());
    }

    #[test]
    fn rows_are_counted_by_words() {
        assert_eq!(rows("one line"), 1);
        assert_eq!(rows("one\nline"), 1);
        assert_eq!(rows("one\n\ntwo"), 3);
        assert_eq!(rows("- one\n- two\n- three"), 3);
        assert_eq!(rows("```\na\nb\n```"), 4);
        // Ten words of seven letters and their blanks: 79 columns.
        assert_eq!(rows(&"letters ".repeat(10)), 2);
        assert_eq!(rows(&"x".repeat(77)), 2);
    }
}
