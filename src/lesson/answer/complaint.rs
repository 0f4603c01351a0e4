//! What to say about a formula that cannot be read, or only doubtfully.

/// Why a name nobody declared cannot be used.
pub(super) fn unknown(name: &str, symbols: &[String]) -> String {
    if symbols.is_empty() {
        return format!(
            "`{name}` is not known. This answer is a number; log2(16), \
             2^9 and 1/3 can be written too."
        );
    }
    let known = |part| symbols.iter().any(|symbol| symbol == part);
    let product = name.char_indices().skip(1).find_map(|(i, _)| {
        let (a, b) = name.split_at_checked(i)?;
        (known(a) && known(b)).then(|| format!(" Is it {a}*{b}?"))
    });
    format!(
        "`{name}` is not one of the symbols of this exercise: {}.{}",
        symbols.join(", "),
        product.unwrap_or_default()
    )
}

/// The complaint about a sign where a value should stand or nothing.
pub(super) fn stray(sign: char) -> String {
    match sign {
        ')' | ']' => format!("This `{sign}` closes nothing."),
        ',' => "A comma cannot stand here. It separates the values of \
                max, min and dot, or stands between two digits."
            .to_owned(),
        '…' => "A range stands in the brackets of a vector: lam[1..K]."
            .to_owned(),
        '|' | '‖' => format!(
            "This `{sign}` closes nothing. For nested bars write abs(..) \
             or norm(..)."
        ),
        '\'' => {
            "There is nothing to transpose before this sign.".to_owned()
        }
        _ => format!("A value is missing before this `{sign}`."),
    }
}

/// Why a sign cannot be read, and what to write instead.
pub(super) fn unreadable(letter: char) -> String {
    let advice = match letter {
        '=' | '≈' => "Write only what stands right of the equals sign.",
        '%' => "Write the fraction: 0.5 for 50 %.",
        ':' => {
            "A range is written with two dots, lam[1..K], and both \
                ends belong to it."
        }
        '{' | '}' => "Use round brackets.",
        '\\' | '$' => "Write the formula plainly, not in LaTeX: sqrt(x).",
        '√' => "Write sqrt(..).",
        '∑' => "Write sum(..).",
        '!' | '?' => "Only formulas are read here.",
        _ => "Write numbers, the symbols of the exercise and + - * / ^.",
    };
    if letter.is_control() {
        return format!("There is an invisible character here. {advice}");
    }
    format!("`{letter}` is not understood. {advice}")
}

/// How `1/2 x` was read.
pub(super) fn read_as_product(quotient: &str, factor: &str) -> String {
    format!(
        "`{quotient} {factor}` was read as `({quotient}) * {factor}`. Put \
         the denominator in brackets if you meant something else."
    )
}

/// How `0,5` was read in `max(0,5)`.
pub(super) fn read_as_two(text: &str) -> String {
    format!(
        "`{text}` was read as two values. If it is one number, write it \
         with a point or separate the values by `;`."
    )
}
