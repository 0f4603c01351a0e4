//! Prose as a student sees it.

use ratatui::style::Modifier;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::view::text::Glyphs;

const PAGE: &str = r#"
# Title with *stress*

A code $z = h(x)$ of a **narrow** place, `as_it is` and [a link](http://x).

- A bullet that is long enough to wrap below its word
- Another
  1. inner
- [x] done

> Quoted $$ \frac{a}{b} $$ text

| Layer | Formula | What it does |
|:--|:-:|--:|
| Dense | $xW + b$ | sums everything |

```rust
fn f() {} // a comment
```

---
"#;

#[test]
fn a_page_has_every_kind_of_block() {
    insta::assert_snapshot!(plain(PAGE, 40).join("\n"), @r"
    # Title with stress

    A code z = h(x) of a narrow place,
    `as_it is` and a link.

    • A bullet that is long enough to wrap
      below its word
    • Another
      1. inner
    [x] done

    │ Quoted
    │
    │             a
    │            ───
    │             b
    │
    │ text

    Layer │ Formula │    What it does
    ──────┼─────────┼────────────────
    Dense │ xW + b  │ sums everything

      fn f() {} // a comment

    ────────────────────────────────────────
    ");
}

#[test]
fn no_line_is_wider_than_the_page() {
    for glyphs in [Glyphs::Unicode, Glyphs::Plain, Glyphs::Ascii] {
        let style = TextStyle { glyphs, ..TextStyle::plain() };
        for width in 1..90 {
            for line in render(PAGE, width, &style) {
                assert!(line.width() <= width, "{width}: {line}");
                let text = line.to_string();
                assert!(glyphs != Glyphs::Ascii || text.is_ascii());
            }
        }
    }
}

#[test]
fn styles_nest_and_reach_the_words() {
    let style = TextStyle {
        strong: Style::new().add_modifier(Modifier::BOLD),
        emphasis: Style::new().add_modifier(Modifier::ITALIC),
        ..TextStyle::plain()
    };
    let lines = render("a **b *c* d**.", 40, &style);
    let looks: Vec<(String, Modifier)> = lines[0]
        .spans
        .iter()
        .map(|span| (span.content.to_string(), span.style.add_modifier))
        .collect();
    let bold = Modifier::BOLD;
    let expected = [
        ("a ", Modifier::empty()),
        ("b ", bold),
        ("c", bold | Modifier::ITALIC),
        (" d", bold),
        (".", Modifier::empty()),
    ];
    assert_eq!(looks, expected.map(|(text, look)| (text.to_owned(), look)));
}

#[test]
fn escape_sequences_never_reach_a_line() {
    let sources = [
        "a \u{1b}[31mred\u{1b}[0m b",
        "&#27;[31m and &#x9b;2J",
        "`\u{1b}]0;title\u{7}` \u{202e}mirror",
        "```\n\u{1b}[2J\n```",
        "| \u{1b}[1m |\n|--|\n| \u{9d} |",
        "$\\text{\u{1b}[31m}$ $$\\char27$$",
        "<b \u{1b}[31m> &#8238;",
    ];
    for source in sources {
        for line in plain(source, 30) {
            let bad = |c: char| c.is_control() || c == '\u{202e}';
            assert!(!line.contains(bad), "{line:?}");
        }
    }
}

#[test]
fn loose_lists_keep_their_empty_lines() {
    assert_eq!(plain("- a\n\n- b", 9), ["• a", "", "• b"]);
    assert_eq!(plain("- a\n- b", 9), ["• a", "• b"]);
    assert_eq!(plain("9. a\n10. b", 9), [" 9. a", "10. b"]);
}

#[test]
fn a_table_too_narrow_to_read_is_written_as_a_list() {
    let source = "|abcdefgh|ijklmnop|\n|--|--|\n|qrst|uvwx|";
    let rows = ["abcdefgh │ ijklmnop", "─────────┼─────────"];
    assert_eq!(plain(source, 19)[..2], rows);
    let list = ["abcdefgh", "ijklmnop", "", "qrst", "uvwx"];
    assert_eq!(plain(source, 18), list);
}

#[test]
fn a_head_without_words_is_left_out() {
    assert_eq!(plain("| | |\n|--|--|\n|a|b|", 20), ["a │ b"]);
}

#[test]
fn a_wide_table_column_gives_way_first() {
    let source = "|a|bbb bbb bbb bbb|\n|--|--|\n|c|d|";
    let lines = plain(source, 11);
    assert_eq!(lines[0], "a │ bbb bbb");
    assert_eq!(lines[1], "  │ bbb bbb");
}

#[test]
fn a_wrong_formula_shows_its_source_and_what_is_wrong() {
    let text = plain(r"$$ \foo + 1 $$", 60).join(" ");
    assert!(text.starts_with(r"\foo + 1"), "{text}");
    assert!(text.contains("not known here"), "{text}");
    assert_eq!(plain(r"see $\foo$.", 60), [r"see $\foo$."]);
}

#[test]
fn deep_nesting_and_long_lines_are_harmless() {
    let quotes = ">".repeat(5_000) + " a";
    let stars = "*a **b ".repeat(5_000);
    let lists: String =
        (0..300).map(|n| " ".repeat(2 * n) + "- a\n").collect();
    let code = format!("```\n{}\n```", "x".repeat(50_000));
    for source in [quotes, stars, lists, code, "a".repeat(50_000)] {
        for line in plain(&source, 40) {
            assert!(line.width() <= 40);
        }
    }
}

#[test]
fn nothing_gives_no_lines() {
    assert!(plain("", 40).is_empty());
    assert!(plain(" \n\n", 0).is_empty());
}
