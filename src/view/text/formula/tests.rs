//! What holds for every formula, and how the rarer parts are drawn.

use rand::RngExt;
use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;

use super::*;

const ALL: [Glyphs; 3] = [Glyphs::Unicode, Glyphs::Plain, Glyphs::Ascii];

fn picture(tex: &str, glyphs: Glyphs) -> Vec<String> {
    layout(tex, glyphs).unwrap().lines()
}

fn problem(tex: &str) -> String {
    let error = layout(tex, Glyphs::Unicode).unwrap_err();
    assert_eq!(one_line(tex, Glyphs::Unicode).unwrap_err(), error);
    error.to_string()
}

#[test]
fn matrices_stand_in_tall_brackets() {
    let tex = r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}
        \begin{bmatrix} x \\ y \end{bmatrix}";
    assert_eq!(picture(tex, Glyphs::Unicode), ["⎛a  b⎞⎡x⎤", "⎝c  d⎠⎣y⎦"]);
    assert_eq!(picture(tex, Glyphs::Ascii), [r"/a  b\[x]", r"\c  d/[y]"]);
    assert_eq!(one_line(tex, Glyphs::Ascii).unwrap(), "(a, b; c, d)[x; y]");
}

#[test]
fn a_brace_names_what_it_holds() {
    let tex = r"\underbrace{x - \hat{x}}_{\text{error}}";
    let drawn = ["x − x̂", "╰─┬─╯", "error"];
    assert_eq!(picture(tex, Glyphs::Unicode), drawn);
    let drawn = ["x - x^", r"\____/", "error"];
    assert_eq!(picture(tex, Glyphs::Ascii), drawn);
    let line = one_line(tex, Glyphs::Ascii).unwrap();
    assert_eq!(line, "(x - x_hat) [error]");
}

#[test]
fn roots_cover_what_is_under_them() {
    let tex = r"\sqrt[3]{x+1} + \sqrt{y}";
    let drawn = [" ┌─────", "³√x + 1 + √y"];
    assert_eq!(picture(tex, Glyphs::Unicode), drawn);
    let drawn = ["root_3(x + 1) + sqrt(y)"];
    assert_eq!(picture(tex, Glyphs::Ascii), drawn);
}

#[test]
fn a_sign_with_nothing_to_its_left_has_no_blank_after_it() {
    let tex = r"-x + (-y) \cdot -2 = |{-z}| - 1";
    let line = one_line(tex, Glyphs::Unicode).unwrap();
    assert_eq!(line, "−x + (−y) · −2 = |−z| − 1");
}

#[test]
fn names_spelled_out_do_not_touch() {
    let tex = r"2\sigma\mu x \epsilon_i y";
    let line = one_line(tex, Glyphs::Ascii).unwrap();
    assert_eq!(line, "2 sigma mu x epsilon_i y");
}

#[test]
fn parentheses_keep_factors_apart_from_fractions() {
    let line = |tex| one_line(tex, Glyphs::Unicode).unwrap();
    assert_eq!(line(r"\frac{1}{2}x"), "(1/2) x");
    assert_eq!(line(r"\frac{a+b}{2\sigma^2}"), "(a + b) / (2σ²)");
    assert_eq!(line(r"\left(\frac{a}{b}\right)^2"), "(a/b)²");
    assert_eq!(line(r"\frac{2(a - b)}{D} + 1"), "2(a − b) / D + 1");
}

#[test]
fn a_wide_formula_is_broken_before_relations_then_before_signs() {
    let tex = r"a = b + c + d + e + f = g + h";
    let within =
        |width| layout_within(tex, Glyphs::Ascii, width).unwrap().lines();
    assert_eq!(within(29), ["a = b + c + d + e + f = g + h"]);
    assert_eq!(within(22), ["a = b + c + d + e + f", "  = g + h"]);
    assert_eq!(within(18), ["a = b + c + d + e", "  + f = g + h"]);
    assert_eq!(
        within(4),
        ["a =", "b +", "c +", "d +", "e +", "f =", "g +", "h"]
    );
}

#[test]
fn errors_say_where_and_what_to_do() {
    assert_eq!(
        problem(r"a + \fracc{a}{b}"),
        r"The formula cannot be read at character 10, after `\fracc`: this command is not known here. Check its spelling."
    );
    assert!(problem(r"\frac{a}{").contains("Add a `}`"));
    assert!(problem(r"x_1_2").contains("two subscripts"));
    assert!(problem(r"x^").contains("missing"));
    assert!(problem(r"a & b").contains("only stand in a matrix"));
    assert!(problem(r"\left( a").contains(r"`\left` is never closed"));
    assert!(problem(r"\begin{foo}\end{foo}").contains("environment"));
    assert!(problem(r"\newcommand{\a}[0]{b}").contains("cannot define"));
}

#[test]
fn size_and_depth_are_bounded() {
    let long = "x".repeat(MAX_BYTES + 1);
    assert!(problem(&long).contains("4097 bytes"));
    let deep = r"\sqrt{".repeat(60) + &"}".repeat(60);
    assert!(problem(&deep).contains("48 deep"));
    let wide = layout(&"x+".repeat(300), Glyphs::Unicode);
    assert!(matches!(wide, Err(FormulaError::TooLarge { .. })));
    let tall = r"\begin{matrix}".to_owned() + &r"x\\".repeat(61);
    let tall = layout(&(tall + r"\end{matrix}"), Glyphs::Unicode);
    assert!(matches!(tall, Err(FormulaError::TooLarge { .. })));
}

#[test]
fn what_is_too_wide_to_draw_can_still_be_broken() {
    let tex = "x+".repeat(300);
    let picture = layout_within(&tex, Glyphs::Unicode, 72).unwrap();
    assert!(picture.width() <= 72 && picture.height() < 20);
}

#[test]
fn control_characters_never_come_through() {
    for tex in ["\u{1b}[31mx", "x\u{9b}", "\\text{a\u{202e}b}"] {
        for glyphs in ALL {
            let text = one_line(tex, glyphs).unwrap();
            assert!(!text.contains(['\u{1b}', '\u{202e}']), "{tex}");
        }
    }
}

#[test]
fn what_would_stop_the_parser_is_refused_before() {
    for tex in [r"\char é", r"\char9999999999999999999999", r"\color{#éaé}"]
    {
        assert!(problem(tex).contains("cannot"), "{tex}");
    }
    let tex = r"\begin{alignat}{99999} a \end{alignat}";
    assert!(problem(tex).contains("alignat"));
    let line = one_line("\\kern 1em\u{3000}x\u{a0}\u{2003}", Glyphs::Plain);
    assert_eq!(line.unwrap(), "x");
}

#[test]
fn chains_of_commands_fit_a_small_stack() {
    for command in [r"\hat", r"\frac1", r"\not", r"\left(", "{"] {
        let tex = command.repeat(MAX_BYTES / command.len());
        let draw = move || layout(&tex, Glyphs::Unicode).is_err();
        let thread = std::thread::Builder::new().stack_size(1 << 20);
        assert!(thread.spawn(draw).unwrap().join().unwrap());
    }
}

#[test]
fn formulas_can_be_read_out() {
    let says = |tex, sentence| assert_eq!(spoken(tex).unwrap(), sentence);
    says(r"z = s(Wx + b)", "z equals s of W x plus b");
    says(
        r"\frac{\partial L}{\partial z} = s'(z)",
        "partial L over partial z, equals s prime of z",
    );
    says(
        r"\hat{x} = \mu + U_K^\top (x - \mu)",
        "x hat equals mu plus U sub K transposed \
         open parenthesis x minus mu close parenthesis",
    );
    says(
        r"\sum_{j=1}^m \lVert x_j \rVert^2",
        "the sum from j equals 1 to m of the norm of x sub j, squared",
    );
    says(
        r"\mathrm{ReLU}(z) = \begin{cases} z & \text{se } z > 0 \\ 0 \end{cases}",
        "ReLU of z equals one of 2 cases: z se z is greater than 0; 0",
    );
    says(
        r"\sqrt{2\sigma^2}",
        "the square root of 2 sigma squared, end of root",
    );
}

#[rustfmt::skip]
const TOKENS: [&str; 92] = [
    "x", "i", "2", "+", "-", "=", "(", ")", "[", "]", "{", "}", "{", "}",
    "^", "_", "^{", "_{", ",", ":", "|", "'", "*", "/", "&", r"\\", " ",
    "~", "$", "#", "%", "é", "数", "\u{302}", "\u{1b}[31m", "\n", r"\frac",
    r"\frac{a}{b}", r"\sqrt", r"\sqrt[3]", r"\hat", r"\bar", r"\vec",
    r"\tilde", r"\overline", r"\underline", r"\underbrace", r"\overbrace",
    r"\sum", r"\prod", r"\int", r"\lim", r"\log", r"\operatorname*{arg}",
    r"\text{if}", r"\mathbb{R}", r"\mathcal{N}", r"\mathbf", r"\left(",
    r"\right)", r"\left.", r"\right|", r"\lVert", r"\rVert", r"\|",
    r"\begin{cases}", r"\end{cases}", r"\begin{pmatrix}",
    r"\end{pmatrix}", r"\begin{aligned}", r"\end{aligned}",
    r"\begin{array}{c|c}", r"\end{array}", r"\mu", r"\epsilon", r"\in",
    r"\not", r"\quad", r"\,", r"\!", r"\binom", r"\substack", r"\overset",
    r"\kern", "1em", r"\middle|", r"\genfrac", r"\limits", r"\hline",
    r"\xrightarrow", r"\pmod", "\u{a0}",
];

#[test]
fn random_sources_give_rectangles_or_errors() {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(7);
    let mut drawn = 0;
    for round in 0..200_000 {
        let length = rng.random_range(1..14);
        let token = |_| TOKENS[rng.random_range(0..TOKENS.len())];
        let tex: String = (0..length).map(token).collect();
        drawn += usize::from(holds(&tex, ALL[round % 3], round % 60 + 1));
    }
    assert!(drawn > 20_000, "only {drawn} of the sources were formulas");
}

/// Whether a source is a formula; if it is, its pictures are as promised.
fn holds(tex: &str, glyphs: Glyphs, width: usize) -> bool {
    let whole = layout(tex, glyphs);
    let within = layout_within(tex, glyphs, width);
    let line = one_line(tex, glyphs);
    assert_eq!(whole.is_ok(), line.is_ok(), "{tex}");
    let (Ok(whole), Ok(within), Ok(line)) = (whole, within, line) else {
        return false;
    };
    for picture in [&whole, &within] {
        let even = |row: &Vec<String>| row.len() == picture.width();
        assert!(picture.rows.iter().all(even), "{tex}");
        assert!(picture.base < picture.height(), "{tex}");
    }
    // A wide letter alone may be wider than the width asked for.
    assert!(within.width() <= width.max(2), "{tex}");
    let text = whole.lines().concat() + &within.lines().concat() + &line;
    assert!(!text.contains(char::is_control), "{tex}");
    assert!(glyphs != Glyphs::Ascii || text.is_ascii(), "{tex}");
    assert!(spoken(tex).is_ok_and(|text| !text.contains('\n')), "{tex}");
    true
}
