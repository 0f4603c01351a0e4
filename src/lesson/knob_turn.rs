//! Turning a knob: which values it can take and what comes next.

use crate::lesson::knob::Kind;
use crate::lesson::knob::Knob;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Scale;
use crate::lesson::knob::Value;
use crate::lesson::knob::spoken;
use std::fmt;

/// The values on offer.
#[derive(Debug, Clone, PartialEq)]
pub enum Range {
    /// A number with fractions.
    Real(Scale),
    /// A whole number.
    Whole(Scale),
    /// One of these words.
    Words(Vec<String>),
    /// Off or on.
    Switch,
}

/// One turn of a knob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// To the next value.
    Up,
    /// To the value before.
    Down,
    /// A big step: ten values, or a factor of ten, or the last word.
    FarUp,
    /// A big step back.
    FarDown,
}

impl KnobId {
    /// The knob with its whole range, as if a lesson offered all of it.
    pub fn whole_range(self) -> Knob {
        Knob { id: self, scale: None, words: Vec::new() }
    }
}

impl Knob {
    /// The values on offer: the lesson's if it narrows them, else the
    /// knob's own.
    pub fn range(&self) -> Range {
        match self.id.info().kind {
            Kind::Real(scale) => Range::Real(self.scale.unwrap_or(scale)),
            Kind::Whole(scale) => Range::Whole(self.scale.unwrap_or(scale)),
            Kind::Switch => Range::Switch,
            Kind::Words(words) if self.words.is_empty() => {
                Range::Words(words.iter().map(|&w| w.to_owned()).collect())
            }
            Kind::Words(_) => Range::Words(self.words.clone()),
        }
    }

    /// Whether a value is on offer.
    ///
    /// # Errors
    /// A sentence that names the knob, the value and what is allowed.
    pub fn accepts(&self, value: &Value) -> Result<(), String> {
        let label = self.id.info().label;
        let range = self.range();
        let fits = match (&range, value) {
            (Range::Real(scale), Value::Number(x)) => scale.holds(*x),
            (Range::Whole(scale), Value::Number(x)) => {
                if x.fract() != 0.0 {
                    return Err(format!(
                        "{label} must be a whole number, {}, not {value}",
                        scale.limits()
                    ));
                }
                scale.holds(*x)
            }
            (Range::Words(words), Value::Word(word)) => {
                words.contains(word)
            }
            (Range::Switch, Value::Switch(_)) => true,
            _ => false,
        };
        if fits {
            return Ok(());
        }
        Err(format!("{label} must be {range}, not {value}"))
    }

    /// The value after a turn; at the end of the range it stays. A value
    /// between two steps goes to the nearer one in that direction.
    pub fn turn(&self, value: &Value, turn: Turn) -> Value {
        let up = matches!(turn, Turn::Up | Turn::FarUp);
        let far = matches!(turn, Turn::FarUp | Turn::FarDown);
        match (self.range(), value) {
            (Range::Switch, Value::Switch(on)) => Value::Switch(!on),
            (Range::Words(words), Value::Word(word)) => {
                turned_word(&words, word, turn)
            }
            (Range::Real(scale), Value::Number(x)) => {
                let steps = if far { scale.far() } else { 1 };
                Value::Number(scale.walk(*x, up, steps))
            }
            (Range::Whole(scale), Value::Number(x)) => {
                let steps = if far { scale.far() } else { 1 };
                let next = scale.whole().walk(x.round(), up, steps);
                Value::Number(next.round())
            }
            // A value of the wrong kind: start from the knob's own.
            _ => self.id.default_value(),
        }
    }
}

/// The range in words: "between 1 and 2048", "linear, tanh or relu".
impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Real(scale) => write!(f, "{}", scale.limits()),
            Self::Whole(scale) => {
                write!(f, "a whole number {}", scale.limits())
            }
            Self::Words(words) => f.write_str(&one_of(words)),
            Self::Switch => f.write_str("on or off"),
        }
    }
}

impl Scale {
    /// The smallest and the largest value.
    pub fn ends(self) -> (f64, f64) {
        match self {
            Self::Linear { from, to, .. } | Self::Log { from, to } => {
                (from, to)
            }
            Self::OffOrLog { to, .. } => (0.0, to),
        }
    }

    /// Whether a number lies in the range.
    pub fn holds(self, x: f64) -> bool {
        let (from, to) = self.ends();
        match self {
            Self::OffOrLog { from, .. } => {
                x == 0.0 || (from..=to).contains(&x)
            }
            _ => (from..=to).contains(&x),
        }
    }

    /// The nearest number of the range.
    pub fn clamp(self, x: f64) -> f64 {
        let (from, to) = self.ends();
        if let Self::OffOrLog { from, .. } = self
            && x < from
        {
            // Nearer to off, or nearer to the smallest value.
            return if x < from / 2.0 { 0.0 } else { from };
        }
        // Not f64::clamp: it panics on a range the wrong way round.
        if x.is_nan() { from } else { x.max(from).min(to) }
    }

    /// The ends in words: "between 1 and 2048".
    pub fn limits(self) -> String {
        let (from, to) = self.ends();
        if let Self::OffOrLog { from, to } = self {
            let (from, to) = (spoken(from), spoken(to));
            return format!("0 or between {from} and {to}");
        }
        format!("between {} and {}", spoken(from), spoken(to))
    }

    /// How many small steps make a big one: ten, or a factor of ten.
    fn far(self) -> u32 {
        match self {
            Self::Linear { .. } => 10,
            Self::Log { .. } | Self::OffOrLog { .. } => 3,
        }
    }

    /// The same for whole numbers: no step below one.
    fn whole(self) -> Self {
        match self {
            Self::Linear { from, to, step } => {
                Self::Linear { from, to, step: step.round().max(1.0) }
            }
            log => log,
        }
    }

    fn walk(self, x: f64, up: bool, steps: u32) -> f64 {
        (0..steps).fold(self.clamp(x), |x, _| {
            let next = match self {
                Self::Linear { from, step, .. } => {
                    even_step(x - from, step, up) + from
                }
                Self::Log { from, .. } => round_number(x, up, from),
                Self::OffOrLog { from, .. } if x <= 0.0 => {
                    if up {
                        from
                    } else {
                        0.0
                    }
                }
                Self::OffOrLog { from, .. } if !up && x <= from => 0.0,
                Self::OffOrLog { from, .. } => {
                    round_number(x, up, from).max(from)
                }
            };
            self.clamp(tidy(next))
        })
    }
}

/// The next multiple of `step` above or below a number.
fn even_step(x: f64, step: f64, up: bool) -> f64 {
    let place = x / step;
    if !place.is_finite() {
        return x;
    }
    // A hair's breadth from a step counts as being on it.
    let hair = 1e-9 * place.abs().max(1.0);
    let next = if up {
        (place + hair).floor() + 1.0
    } else {
        (place - hair).ceil() - 1.0
    };
    next * step
}

/// The next of ..., 0.1, 0.2, 0.5, 1, 2, 5, ... above or below a number.
/// Whole knobs may start at 0; from there it is one step to 1.
fn round_number(x: f64, up: bool, from: f64) -> f64 {
    if x <= 0.0 {
        return if up { from.max(1.0) } else { from };
    }
    let decade = x.log10().floor();
    let round = (-1..=1).flat_map(|i| {
        let power = 10_f64.powf(decade + f64::from(i));
        [1.0, 2.0, 5.0].map(|digit| digit * power)
    });
    let hair = 1e-9 * x;
    if up {
        let mut above = round.filter(|y| *y > x + hair);
        above.next().unwrap_or(x)
    } else {
        let below = round.rev().find(|y| *y < x - hair).unwrap_or(x);
        if from <= 0.0 && below < 1.0 { from } else { below }
    }
}

/// Without the crumbs of binary arithmetic: 0.30000000000000004 is 0.3.
fn tidy(x: f64) -> f64 {
    format!("{x:.11e}").parse().unwrap_or(x)
}

fn turned_word(words: &[String], word: &str, turn: Turn) -> Value {
    let last = words.len().saturating_sub(1);
    let here = words.iter().position(|w| w == word);
    let there = match (turn, here) {
        (Turn::FarUp, _) => last,
        (Turn::FarDown, _) | (_, None) => 0,
        (Turn::Up, Some(i)) => last.min(i + 1),
        (Turn::Down, Some(i)) => i.saturating_sub(1),
    };
    let next = words.get(there).map_or(word, String::as_str);
    Value::Word(next.to_owned())
}

/// "a", "a or b", "a, b or c".
pub(super) fn one_of<S: AsRef<str>>(words: &[S]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.split_last() {
        None => "nothing".to_owned(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}
