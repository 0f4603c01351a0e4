//! Whether LaTeX can be read; it is drawn elsewhere.

use pulldown_latex::Event;
use pulldown_latex::Parser;
use pulldown_latex::Storage;

/// The longest formula, in bytes.
const LONGEST: usize = 4096;

/// How deep groups may be nested.
const DEEPEST: usize = 48;

/// How many bytes around a mistake the parser shows. Blanks at the end
/// keep what it shows inside the text.
const CONTEXT: usize = 16;

/// Commands that define commands; no lesson needs them.
const DEFINITIONS: [&str; 4] =
    [r"\def", r"\let", r"\newcommand", r"\renew"];

/// Whether a formula can be read.
///
/// # Errors
/// A sentence that says why not.
pub fn reads(tex: &str) -> Result<(), String> {
    if tex.trim().is_empty() {
        return Err("The formula is empty.".to_owned());
    }
    if tex.len() > LONGEST {
        return Err(format!("The formula has more than {LONGEST} bytes."));
    }
    for name in DEFINITIONS {
        let mut uses = tex.match_indices(name).map(|(at, _)| at);
        let rest = |at| tex.get(at + name.len()..).unwrap_or_default();
        let whole = |at| {
            name.ends_with("renew")
                || !rest(at).starts_with(|c: char| c.is_ascii_alphabetic())
        };
        if uses.any(whole) {
            return Err(format!("The formula uses `{name}`."));
        }
    }
    let padded = format!(
        "{}{}",
        tex.replace(r"\operatorname*", r"\operatorname"),
        " ".repeat(CONTEXT)
    );
    let storage = Storage::new();
    let mut depth = 0_usize;
    for event in Parser::new(&padded, &storage) {
        match event {
            Ok(Event::Begin(_)) => depth += 1,
            Ok(Event::End) => depth = depth.saturating_sub(1),
            Ok(_) => {}
            Err(error) => return Err(reason(&error.to_string())),
        }
        if depth > DEEPEST {
            return Err("The formula is nested too deep.".to_owned());
        }
    }
    Ok(())
}

/// The first line of what the parser says.
fn reason(error: &str) -> String {
    let line = error.lines().find(|line| !line.trim().is_empty());
    let line = line.unwrap_or("it is no LaTeX").trim();
    let line = line.strip_prefix("parsing error: ").unwrap_or(line);
    format!(
        "The formula cannot be read: {}.",
        line.trim_end_matches([':', '.'])
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_of_the_course_are_read() {
        for tex in [
            r"L(X) = \sum_{x \in X} \ell(x, r(h(x)))",
            r"\hat{x} = \mu + U_K U_K^\top (x - \mu)",
            r"\operatorname*{argmin}_\theta \|x - \hat x\|_2^2",
            r"\begin{cases} z & z > 0 \\ 0 & z \le 0 \end{cases}",
            r"\log_2 T",
        ] {
            assert_eq!(reads(tex), Ok(()), "{tex}");
        }
    }

    #[test]
    fn broken_formulas_are_refused() {
        for tex in [
            "",
            r"\frac{1",
            r"x^",
            r"\nonsense",
            r"\left( x",
            r"\def\a{\a\a}",
            &"{".repeat(100),
            &"x".repeat(LONGEST + 1),
        ] {
            assert!(reads(tex).is_err(), "{tex}");
        }
    }
}
