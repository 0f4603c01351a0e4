//! Formulas of the course in the three sets of glyphs, as pictures.

use gargalo::view::text::Glyphs;
use gargalo::view::text::formula;
use rand::RngExt;
use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;

const ALL: [Glyphs; 3] = [Glyphs::Unicode, Glyphs::Plain, Glyphs::Ascii];

/// What random formulas are made of.
const TOKENS: [&str; 84] = [
    "x",
    "i",
    "2",
    "+",
    "-",
    "=",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "{",
    "}",
    "^",
    "_",
    "^{",
    "_{",
    ",",
    ":",
    "|",
    "'",
    "*",
    "/",
    "&",
    r"\\",
    " ",
    "~",
    "$",
    "#",
    "%",
    "é",
    "数",
    "\u{302}",
    "\u{1b}[31m",
    "\n",
    r"\frac",
    r"\frac{a}{b}",
    r"\sqrt",
    r"\sqrt[3]",
    r"\hat",
    r"\bar",
    r"\vec",
    r"\tilde",
    r"\overline",
    r"\underline",
    r"\underbrace",
    r"\overbrace",
    r"\sum",
    r"\prod",
    r"\int",
    r"\lim",
    r"\log",
    r"\operatorname*{arg}",
    r"\text{if}",
    r"\mathbb{R}",
    r"\mathcal{N}",
    r"\mathbf",
    r"\left(",
    r"\right)",
    r"\left.",
    r"\right|",
    r"\lVert",
    r"\rVert",
    r"\|",
    r"\begin{cases}",
    r"\end{cases}",
    r"\begin{pmatrix}",
    r"\end{pmatrix}",
    r"\begin{aligned}",
    r"\end{aligned}",
    r"\begin{array}{c|c}",
    r"\end{array}",
    r"\mu",
    r"\epsilon",
    r"\in",
    r"\not",
    r"\quad",
    r"\,",
    r"\!",
    r"\binom",
    r"\substack",
    r"\overset",
    r"\char27",
];

#[test]
fn random_sources_give_rectangles_or_errors() {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(7);
    let mut drawn = 0;
    for round in 0..200_000 {
        let length = rng.random_range(1..14);
        let tex: String = (0..length)
            .map(|_| TOKENS[rng.random_range(0..TOKENS.len())])
            .collect();
        let glyphs = ALL[round % ALL.len()];
        let width = rng.random_range(1..60);
        let whole = formula::layout(&tex, glyphs);
        let within = formula::layout_within(&tex, glyphs, width);
        let line = formula::one_line(&tex, glyphs);
        assert_eq!(whole.is_ok(), line.is_ok(), "{tex}");
        let (Ok(whole), Ok(within), Ok(line)) = (whole, within, line)
        else {
            continue;
        };
        drawn += 1;
        for picture in [&whole, &within] {
            let even = |row: &Vec<String>| row.len() == picture.width();
            assert!(picture.rows.iter().all(even), "{tex}");
            assert!(picture.base < picture.height(), "{tex}");
        }
        // A wide letter alone may be wider than the width asked for.
        assert!(within.width() <= width.max(2), "{tex}");
        let text =
            whole.lines().concat() + &within.lines().concat() + &line;
        assert!(!text.contains(char::is_control), "{tex}");
        assert!(glyphs != Glyphs::Ascii || text.is_ascii(), "{tex}");
    }
    assert!(drawn > 5_000, "only {drawn} of the sources were formulas");
}
