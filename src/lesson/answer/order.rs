//! Steps to be put in order, with intruders among them (a Parsons problem;
//! Parsons and Haden, "Parson's programming puzzles", 2006).
//!
//! The verdict says how far the order is right and what is wrong with the
//! first step that is not; it never says which step belongs there.

use crate::nn::random;
use rand::seq::SliceRandom;
use serde::Deserialize;
use serde::Serialize;
use std::fmt;

/// The right order, as a lesson states it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderKey {
    /// The steps, in the right order. Steps with the same text may change
    /// places.
    pub steps: Vec<String>,
    /// Steps that do not belong.
    #[serde(default)]
    pub distractors: Vec<Distractor>,
}

/// A step that does not belong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Distractor {
    /// What it says.
    pub text: String,
    /// Why it does not belong, shown when it is the first wrong one.
    #[serde(default)]
    pub why: String,
}

impl OrderKey {
    /// All choices: the steps, then the distractors. An answer is a list of
    /// places in this one.
    pub fn choices(&self) -> Vec<&str> {
        let steps = self.steps.iter().map(String::as_str);
        steps.chain(self.distractors.iter().map(|d| &*d.text)).collect()
    }

    /// An order to show all choices in, the same for the same seed and
    /// never beginning with the solution.
    pub fn shuffled(&self, seed: u64) -> Vec<usize> {
        let mut order: Vec<usize> =
            (0..self.steps.len() + self.distractors.len()).collect();
        let mut rng = random::rng(seed, random::Purpose::Look);
        order.shuffle(&mut rng);
        let n = self.steps.len();
        let solved = |order: &[usize]| {
            let shown = order.get(..n).unwrap_or_default();
            check_order(shown, self) == OrderVerdict::Right
        };
        // The same steps one place further, if chance solved it.
        for _ in 0..order.len() {
            if solved(&order) {
                order.rotate_left(1);
            }
        }
        order
    }

    /// Whether the key makes sense.
    ///
    /// # Errors
    /// A sentence for the author.
    pub fn check(&self) -> Result<(), String> {
        if self.steps.len() < 2 || self.choices().len() > MAX_CHOICES {
            return Err(format!(
                "An order needs at least two steps and at most \
                 {MAX_CHOICES} choices, distractors included."
            ));
        }
        if self.choices().iter().any(|text| text.trim().is_empty()) {
            return Err("A step or distractor has no text.".to_owned());
        }
        let twin = self
            .distractors
            .iter()
            .find(|distractor| self.steps.contains(&distractor.text));
        match twin {
            Some(twin) => Err(format!(
                "`{}` is both a step and a distractor, so no answer could \
                 be right.",
                twin.text
            )),
            None => Ok(()),
        }
    }
}

/// What becomes of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderVerdict {
    /// It is right.
    Right,
    /// It goes wrong somewhere.
    Wrong {
        /// How many steps from the first on are right. The next one, if
        /// there is one, is the first wrong one.
        leading: usize,
        /// What is wrong there.
        fault: OrderFault,
    },
}

/// What is wrong with the first wrong step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderFault {
    /// It belongs elsewhere.
    Misplaced,
    /// It does not belong at all; why not.
    Intruder(String),
    /// It was used already.
    Repeated,
    /// It is none of the choices.
    Unknown,
    /// There is none, though some are missing.
    Missing,
}

impl fmt::Display for OrderVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Wrong { leading, fault } = self else {
            return f.write_str("The order is right.");
        };
        match leading {
            0 => {}
            1 => write!(f, "The first step is right. ")?,
            n => write!(f, "The first {n} steps are right. ")?,
        }
        let step = leading + 1;
        match fault {
            OrderFault::Misplaced => {
                write!(f, "Step {step} belongs elsewhere.")
            }
            OrderFault::Intruder(why) if why.is_empty() => {
                write!(f, "Step {step} does not belong at all.")
            }
            OrderFault::Intruder(why) => {
                write!(f, "Step {step} does not belong at all: {why}")
            }
            OrderFault::Repeated => {
                write!(f, "Step {step} was used before.")
            }
            OrderFault::Unknown => {
                write!(f, "Step {step} is none of the choices.")
            }
            OrderFault::Missing if *leading == 0 => {
                f.write_str("No step is placed yet.")
            }
            OrderFault::Missing => {
                f.write_str("After that something is missing.")
            }
        }
    }
}

/// Compares an order with the key. `answer` holds places in
/// [`OrderKey::choices`].
pub fn check_order(answer: &[usize], key: &OrderKey) -> OrderVerdict {
    let choices = key.choices();
    let text = |choice: &usize| choices.get(*choice).copied();
    let right = |(choice, step): &(&usize, &String)| {
        text(choice) == Some(step.as_str())
    };
    let pairs = answer.iter().zip(&key.steps);
    let mut leading = pairs.take_while(right).count();
    // The same choice twice is not the other step with its text.
    if let Some(twice) = first_repeated(answer) {
        leading = leading.min(twice);
    }
    let Some(choice) = answer.get(leading) else {
        if leading == key.steps.len() {
            return OrderVerdict::Right;
        }
        let fault = OrderFault::Missing;
        return OrderVerdict::Wrong { leading, fault };
    };
    let before = answer.get(..leading).unwrap_or_default();
    let intruder = choice
        .checked_sub(key.steps.len())
        .and_then(|place| key.distractors.get(place));
    let fault = match intruder {
        Some(intruder) => OrderFault::Intruder(intruder.why.clone()),
        None if text(choice).is_none() => OrderFault::Unknown,
        None if before.contains(choice) => OrderFault::Repeated,
        None => OrderFault::Misplaced,
    };
    OrderVerdict::Wrong { leading, fault }
}

/// The most choices one exercise may offer.
const MAX_CHOICES: usize = 20;

/// The first place that holds the same choice as one before it.
fn first_repeated(answer: &[usize]) -> Option<usize> {
    let seen = |(place, choice): (usize, &usize)| {
        answer.iter().take(place).any(|earlier| earlier == choice)
    };
    answer.iter().enumerate().position(seen)
}
