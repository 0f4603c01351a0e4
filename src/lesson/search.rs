//! Finds words in the text of all lessons, whatever their case and
//! accents: `codigo` finds "Código".

use crate::lesson::schema::Lesson;

/// Most places that are found.
pub const MOST_HITS: usize = 100;

/// Characters of an excerpt before and after the word.
const AROUND: usize = 24;

/// A place where a word was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The lesson's index, as it was given.
    pub lesson: usize,
    /// The cell's index in the lesson; 0 for a hit in title or summary.
    pub cell: usize,
    /// The words around it, on one line.
    pub excerpt: String,
}

/// Every cell that has the query in one of its texts, once per cell.
///
/// Give lessons with their indices, as `Course::lessons` does.
pub fn search<'a>(
    lessons: impl Iterator<Item = (usize, &'a Lesson)>,
    query: &str,
) -> Vec<Hit> {
    let wanted: Vec<char> = folded(query.trim()).map(|(_, c)| c).collect();
    let mut hits: Vec<Hit> = Vec::new();
    if wanted.is_empty() {
        return hits;
    }
    for (index, lesson) in lessons {
        for piece in lesson.texts() {
            let cell = piece.cell.unwrap_or(0);
            let last = hits.last();
            let seen =
                last.is_some_and(|h| (h.lesson, h.cell) == (index, cell));
            if seen {
                continue;
            }
            if let Some(excerpt) = excerpt(&piece.text, &wanted) {
                hits.push(Hit { lesson: index, cell, excerpt });
            }
            if hits.len() == MOST_HITS {
                return hits;
            }
        }
    }
    hits
}

/// The words around the first place, if there is one.
fn excerpt(text: &str, wanted: &[char]) -> Option<String> {
    let letters: Vec<(usize, char)> = folded(text).collect();
    let at = letters.windows(wanted.len()).position(|window| {
        window.iter().map(|(_, c)| c).eq(wanted.iter())
    })?;
    let first = letters.get(at)?.0;
    let last = letters.get(at + wanted.len() - 1)?.0;
    let chars: Vec<char> = text.chars().collect();
    let from = first.saturating_sub(AROUND);
    let to = chars.len().min(last + 1 + AROUND);
    let inside: String = chars.get(from..to)?.iter().collect();
    let words: Vec<&str> = inside.split_whitespace().collect();
    let start = if from > 0 { "…" } else { "" };
    let end = if to < chars.len() { "…" } else { "" };
    Some(format!("{start}{}{end}", words.join(" ")))
}

/// The letters in small, without accents, each with the index of the
/// character it comes from. Every blank is a space.
fn folded(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.chars().enumerate().flat_map(|(i, c)| {
        let c = if c.is_whitespace() { ' ' } else { c };
        c.to_lowercase()
            .map(plain)
            .filter(|c| !('\u{300}'..='\u{36F}').contains(c))
            .map(move |c| (i, c))
    })
}

/// A letter without its accent, for the languages of Western Europe.
fn plain(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ė' | 'ę' => 'e',
        'ì'..='ï' | 'ī' | 'į' => 'i',
        'ñ' | 'ń' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ś' | 'š' => 's',
        'ù'..='ü' | 'ū' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, query: &str) -> Option<String> {
        let wanted: Vec<char> = folded(query).map(|(_, c)| c).collect();
        excerpt(text, &wanted)
    }

    #[test]
    fn case_and_accents_do_not_matter() {
        for (text, query) in [
            ("O código é curto", "CODIGO"),
            ("O codigo", "Código"),
            ("co\u{301}digo", "código"),
            ("two\nwords", "two words"),
        ] {
            assert!(found(text, query).is_some(), "{text} {query}");
        }
        assert_eq!(found("code", "codes"), None);
    }

    #[test]
    fn an_excerpt_is_one_line_around_the_word() {
        let text =
            format!("{} the\ncode {}", "a ".repeat(50), "b".repeat(50));
        let excerpt = found(&text, "code").unwrap();
        assert!(excerpt.starts_with('…') && excerpt.ends_with('…'));
        assert!(excerpt.contains("the code b"), "{excerpt}");
        assert!(excerpt.chars().count() <= 2 * AROUND + 6, "{excerpt}");
    }
}
