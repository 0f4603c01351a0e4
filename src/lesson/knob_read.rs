//! Reading knobs that somebody typed: `0,01`, `1e-3`, `tanh`, `on`.

use crate::lesson::knob::Knob;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Value;
use crate::lesson::knob_table::KNOBS;
use crate::lesson::knob_turn::Range;
use crate::lesson::knob_turn::one_of;

/// The longest value that is looked at, in bytes.
const LONGEST: usize = 64;

impl Knob {
    /// Reads a typed value: a number with point or comma, a word or the
    /// beginning of one, `on` or `off`. Whole knobs round.
    ///
    /// # Errors
    /// A sentence that names what is allowed.
    pub fn read(&self, text: &str) -> Result<Value, String> {
        let label = self.id.info().label;
        let typed = text.trim().to_lowercase();
        if typed.is_empty() || typed.len() > LONGEST {
            return Err(format!("{label} must be {}", self.range()));
        }
        let refused =
            || format!("{label} must be {}, not `{typed}`", self.range());
        let value = match self.range() {
            Range::Switch => switch(&typed).map(Value::Switch),
            Range::Words(words) => word(&words, &typed).map(Value::Word),
            Range::Real(_) => number(&typed).map(Value::Number),
            Range::Whole(_) => grouped(&typed)
                .or_else(|| number(&typed))
                .map(|x| Value::Number(x.round())),
        };
        let value = value.ok_or_else(refused)?;
        self.accepts(&value)?;
        Ok(value)
    }
}

/// Reads an assignment such as `learning-rate=0.01`.
///
/// # Errors
/// A sentence that names the known knobs or the allowed values.
pub fn parse_set(text: &str) -> Result<(KnobId, Value), String> {
    let Some((name, value)) = text.split_once('=') else {
        return Err(format!(
            "`{}` sets nothing: write a knob, an equals sign and a value, \
             as in learning-rate=0.01",
            cut(text)
        ));
    };
    let name = name.trim().to_lowercase().replace('_', "-");
    let Some(id) = KnobId::from_name(&name) else {
        return Err(unknown(&name));
    };
    let knob = id.whole_range();
    // A script means what it says: no rounding behind its back.
    if let (Range::Whole(_), Some(x)) =
        (knob.range(), number(&value.trim().to_lowercase()))
        && grouped(value.trim()).is_none()
    {
        knob.accepts(&Value::Number(x))?;
    }
    Ok((id, knob.read(value)?))
}

fn unknown(name: &str) -> String {
    let names: Vec<&str> = KNOBS.iter().map(|row| row.name).collect();
    match nearest(name, names.iter().copied()) {
        Some(near) => {
            format!(
                "there is no knob `{}`; did you mean {near}?",
                cut(name)
            )
        }
        None => format!(
            "there is no knob `{}`; the knobs are {}",
            cut(name),
            one_of(&names)
        ),
    }
}

/// The one of several words that is nearest to a word, if one is near.
pub fn nearest<'a>(
    word: &str,
    words: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    words
        .map(|other| (distance(word, other), other))
        .min()
        .filter(|(far, other)| *far <= (other.len() + 1) / 3)
        .map(|(_, other)| other)
}

/// How many letters must be typed, removed or replaced to make one word
/// from another.
///
/// V. I. Levenshtein, "Binary codes capable of correcting deletions,
/// insertions, and reversals" (1966).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (y, above) in b.iter().zip(row.iter().skip(1)) {
            let replaced = corner + usize::from(x != *y);
            left = replaced.min(left + 1).min(above + 1);
            corner = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

fn switch(typed: &str) -> Option<bool> {
    match typed {
        "on" | "true" | "yes" | "1" | "sim" => Some(true),
        "off" | "false" | "no" | "0" | "nao" | "não" => Some(false),
        _ => None,
    }
}

/// The word, or the only one that begins like it.
fn word(words: &[String], typed: &str) -> Option<String> {
    let exact = words.iter().find(|w| w.as_str() == typed);
    let mut begun = words.iter().filter(|w| w.starts_with(typed));
    let only = match (begun.next(), begun.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    };
    exact.or(only).cloned()
}

/// A number, finite, with a point or a comma.
fn number(typed: &str) -> Option<f64> {
    let digits = |c: char| {
        c.is_ascii_digit() || matches!(c, '.' | ',' | 'e' | '+' | '-')
    };
    if !typed.chars().all(digits) {
        return None;
    }
    let x: f64 = typed.replacen(',', ".", 1).parse().ok()?;
    x.is_finite().then_some(x)
}

/// A whole number with its thousands set apart: `10,000` or `10.000`.
fn grouped(typed: &str) -> Option<f64> {
    let mark = if typed.contains(',') { ',' } else { '.' };
    let mut parts = typed.split(mark);
    let head = parts.next()?;
    let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let mut whole = head.to_owned();
    for part in parts {
        if part.len() != 3 || !number(part) {
            return None;
        }
        whole.push_str(part);
    }
    let plain = (1..=3).contains(&head.len()) && head != "0";
    let fits = plain && number(head) && whole.len() > head.len();
    if fits { whole.parse().ok() } else { None }
}

/// The beginning of what was typed, for a message.
fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}
