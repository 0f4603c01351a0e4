//! Numbers as people write them: `16.672`, `1,5`, `15,9 %`, `4 bits`.
//!
//! A point or comma before exactly three digits may mark thousands or
//! decimals. Where one text can be two numbers, both are returned and the
//! key decides; nothing is guessed silently.

use super::expression::Bad;
use super::expression::Expression;

/// All numbers a text can mean, the likeliest first, at least one.
///
/// `integer` tells that a whole number is asked for; `unit` is a word or
/// sign that may follow the number. A `%` that is not the unit divides by
/// 100.
pub(super) fn readings(
    text: &str,
    integer: bool,
    unit: &str,
) -> Result<Vec<f64>, Bad> {
    let mut body = text.trim_end();
    if !unit.is_empty() {
        body = body.strip_suffix(unit).unwrap_or(body).trim_end();
    }
    let mut scale = 1.0;
    if unit != "%"
        && let Some(number) = body.strip_suffix('%')
    {
        (body, scale) = (number.trim_end(), 0.01);
    }
    if body.trim().is_empty() {
        let message = "The answer is empty. Type a number.";
        return Err(Bad::new(&(0..text.len()), message));
    }
    let grouped = grouped(body.trim_start());
    let numbers = match grouped {
        Some(Grouped::Surely(number)) => vec![number],
        Some(Grouped::Perhaps(number)) if integer => {
            vec![number, plain(body)?]
        }
        _ => vec![plain(body)?],
    };
    Ok(numbers.into_iter().map(|number| number * scale).collect())
}

/// The value of a number or a small calculation.
fn plain(text: &str) -> Result<f64, Bad> {
    let value = Expression::parse(text, &[])?.value(&[])?;
    let whole = 0..text.len();
    match value.number() {
        Some(number) if number.is_finite() => Ok(number),
        _ => Err(Bad::new(
            &whole,
            "This has no finite value. Check for a division by zero or \
             the logarithm or root of a negative number.",
        )),
    }
}

/// A number whose thousands are marked.
enum Grouped {
    Surely(f64),
    /// `1.234`, which may have one decimal mark instead.
    Perhaps(f64),
}

/// Reads `16.672`, `1 234 567`, `1.234,5` and `1,234.5`.
fn grouped(text: &str) -> Option<Grouped> {
    let (sign, unsigned) = match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let mark = unsigned.chars().find(|c| !c.is_ascii_digit())?;
    let decimal = match mark {
        '.' => ',',
        ',' => '.',
        ' ' | '\u{a0}' | '\u{202f}' | '_' if unsigned.contains(',') => ',',
        ' ' | '\u{a0}' | '\u{202f}' | '_' => '.',
        _ => return None,
    };
    let (whole, fraction) =
        unsigned.split_once(decimal).unwrap_or((unsigned, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let groups: Vec<&str> = whole.split(mark).collect();
    let (first, rest) = groups.split_first()?;
    let starts = (1..=3).contains(&first.len())
        && digits(first)
        && !first.starts_with('0');
    let goes_on = !rest.is_empty()
        && rest.iter().all(|group| group.len() == 3 && digits(group));
    if !starts || !goes_on || !digits(fraction) {
        return None;
    }
    let number: f64 =
        format!("{}.{fraction}0", groups.concat()).parse().ok()?;
    let lone = matches!(mark, '.' | ',') && rest.len() == 1;
    Some(if lone && fraction.is_empty() {
        Grouped::Perhaps(sign * number)
    } else {
        Grouped::Surely(sign * number)
    })
}

#[cfg(test)]
mod tests {
    use super::readings;

    #[test]
    fn thousands_are_read_where_they_are_certain() {
        for (text, integer, right) in [
            ("16.672", true, &[16672.0, 16.672][..]),
            ("16.672", false, &[16.672]),
            ("-1.234.567", false, &[-1_234_567.0]),
            ("1,234.5", false, &[1234.5]),
            ("1.234,5", false, &[1234.5]),
            ("12\u{a0}345,5", false, &[12345.5]),
            ("0.123", true, &[0.123]),
            ("0,5", true, &[0.5]),
            ("50 %", false, &[0.5]),
        ] {
            assert_eq!(
                readings(text, integer, "").unwrap(),
                right,
                "{text}"
            );
        }
        for text in ["1.23.456", "1 23", "1,234,5", "12.34.5", "1.234.5,6"]
        {
            assert!(readings(text, true, "").is_err(), "{text}");
        }
    }
}
