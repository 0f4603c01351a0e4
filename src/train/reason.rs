//! How a run ended, in a sentence: what happened, the likely cause, what
//! helps.

use crate::data::grouped::grouped;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::knob::short;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::lesson::schema::ModelKind;
use crate::train::descent::End;
use crate::train::symptom::Symptom;
use crate::train::watch::Blowup;
use crate::train::watch::Rest;
use crate::train::watch::Watch;

/// First weights this many times their usual size are a cause of trouble.
const LARGE_INIT: f64 = 5.0;

/// An error above this share of the mean's has learned nothing.
const NO_BETTER: f64 = 0.99;

/// What there is to tell about a run that trained.
pub struct Story<'a> {
    /// What trained.
    pub model: ModelKind,
    /// How the loop ended.
    pub end: End,
    /// The knobs at the end.
    pub settings: &'a Settings,
    /// The metrics at the end.
    pub metrics: &'a Metrics,
    /// How it went.
    pub watch: &'a Watch,
    /// What was going wrong at the end.
    pub symptom: Option<Symptom>,
    /// The layer in which numbers were left first.
    pub origin: Option<String>,
    /// Epochs planned.
    pub planned: u64,
    /// Steps done.
    pub steps: u64,
    /// Epochs done.
    pub epochs: f64,
}

impl Story<'_> {
    /// The sentence, or two or three of them.
    pub fn tell(&self) -> String {
        let planned = grouped(self.planned);
        match self.end {
            End::Stopped => format!(
                "Stopped by you after {:.1} of {planned} epochs; the \
                 result so far is kept. Press r to start afresh.",
                self.epochs,
            ),
            End::Blown(blowup) => self.blown(blowup),
            End::Rested(Rest::Stalled) => format!(
                "After {:.0} of {planned} epochs it is still no better \
                 than answering everything with the mean, and nothing \
                 moves any more. {}",
                self.epochs,
                self.wrong().unwrap_or_else(|| self.why_stuck()),
            ),
            End::Rested(Rest::Converged) => format!(
                "The error no longer falls: it has gained less than 0.1 % \
                 in a long time, so the run ended after {:.0} of {planned} \
                 epochs. {}",
                self.epochs,
                self.wrong().unwrap_or_else(|| {
                    "More of them will hardly help; a larger code, hidden \
                     units or a smaller learning rate may."
                        .to_owned()
                }),
            ),
            End::Last => self.finished(&planned),
        }
    }

    fn finished(&self, planned: &str) -> String {
        let done = match self.planned {
            1 => "The one epoch is done.".to_owned(),
            _ => format!("All {planned} epochs are done."),
        };
        let tail = if let Some(wrong) = self.wrong() {
            wrong
        } else if self.watch.best_share() >= NO_BETTER {
            format!(
                "It is no better than answering everything with the mean. \
                 {}",
                self.why_stuck(),
            )
        } else if self.watch.was_gaining(self.epochs as u64) {
            "The error was still falling: more epochs may help.".to_owned()
        } else {
            "The error had almost stopped falling.".to_owned()
        };
        format!("{done} {tail}")
    }

    /// What was going wrong at the end, since when, and what helps.
    fn wrong(&self) -> Option<String> {
        self.symptom.as_ref().map(|symptom| {
            let advice = symptom.advice(self.model);
            let since = grouped(symptom.step);
            format!("Since step {since} something is wrong. {advice}")
        })
    }

    fn blown(&self, blowup: Blowup) -> String {
        let what = match blowup {
            Blowup::NotANumber => format!(
                "The loss left the range of numbers at step {}{}; the last \
                 sound weights are kept.",
                grouped(self.steps),
                self.place(),
            ),
            Blowup::Runaway => format!(
                "The loss ran away: at step {} it was {} times what it \
                 was at the start.",
                grouped(self.steps),
                rough(self.watch.growth()),
            ),
        };
        let rate = short(self.settings.number(KnobId::LearningRate));
        let init = self.settings.number(KnobId::InitScale);
        let why = if init >= LARGE_INIT {
            format!(
                "The first weights were {} times their usual size. Set \
                 the init scale to 1 and press r.",
                short(init),
            )
        } else if self.watch.longest_rise() >= 3 {
            format!(
                "It grew {} steps in a row: with a learning rate of \
                 {rate} every step overshoots. Lower the learning rate \
                 and press r.",
                self.watch.longest_rise(),
            )
        } else {
            format!(
                "The learning rate of {rate} is the likely cause: one \
                 step was too long. Lower the learning rate and press r.",
            )
        };
        format!("{what} {why}")
    }

    /// Where numbers were left first, if that is known.
    fn place(&self) -> String {
        self.origin.as_ref().map_or_else(String::new, |layer| {
            format!(", first in the layer {layer}")
        })
    }

    /// Why nothing is learned, as far as one can tell.
    fn why_stuck(&self) -> String {
        let dead = self.metrics.get(&Metric::DeadUnits).copied();
        let spread = self.metrics.get(&Metric::OutputSpread).copied();
        let rate = self.settings.number(KnobId::LearningRate);
        if dead.is_some_and(|share| share >= 1.0) {
            return "No code unit ever changes, so nothing gets through \
                    the bottleneck: the units are dead. Lower the \
                    learning rate and press r for fresh weights."
                .to_owned();
        }
        if self.settings.number(KnobId::InitScale) < 0.1 {
            return "The first weights are very small, and so are all \
                    gradients. Set the init scale to 1 and press r."
                .to_owned();
        }
        if (0.8..1.05).contains(&self.watch.growth()) {
            return "The loss is still about what it was at the start: the \
                    steps are too small. Raise the learning rate and \
                    press r."
                .to_owned();
        }
        if spread.is_some_and(|spread| spread < 0.05) && rate < 0.3 {
            return "The outputs hardly differ from each other. Raise the \
                    learning rate or the number of epochs, or let Adam \
                    choose the steps, and press r."
                .to_owned();
        }
        "The steps may be too long to settle. Lower the learning rate and \
         press r."
            .to_owned()
    }
}

/// A number with about two digits that count.
fn rough(x: f64) -> String {
    match x {
        x if x < 10.0 => format!("{x:.1}"),
        x if x < 1e6 => grouped(x.round()),
        x => format!("{x:.0e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::knob::Value;

    fn tell(end: End, knobs: &[(KnobId, f64)], watch: &Watch) -> String {
        let number = |&(knob, x): &(KnobId, f64)| (knob, Value::Number(x));
        let settings = Settings(knobs.iter().map(number).collect());
        let metrics = Metrics::from([(Metric::DeadUnits, 1.0)]);
        let (settings, metrics) = (&settings, &metrics);
        let (planned, steps, epochs) = (10, 34, 10.0);
        let story = Story {
            model: ModelKind::Autoencoder,
            end,
            settings,
            metrics,
            watch,
            symptom: None,
            origin: None,
            planned,
            steps,
            epochs,
        };
        story.tell()
    }

    #[test]
    fn a_runaway_loss_blames_the_rate_and_says_what_helps() {
        let mut watch = Watch::new(1.0, 1e12);
        for step in 1..30 {
            watch.batch(f64::from(step) * 10.0);
        }
        let rate = [(KnobId::LearningRate, 3.0)];
        let told = tell(End::Blown(Blowup::Runaway), &rate, &watch);
        assert!(told.contains("290 times"), "{told}");
        assert!(told.contains("learning rate of 3"), "{told}");
        assert!(told.contains("press r"), "{told}");
        let init = [(KnobId::InitScale, 50.0)];
        let told = tell(End::Blown(Blowup::NotANumber), &init, &watch);
        assert!(told.contains("50 times their usual size"), "{told}");
    }

    #[test]
    fn dead_units_are_named() {
        let watch = Watch::new(1.0, 1e12);
        let told = tell(End::Last, &[(KnobId::Epochs, 10.0)], &watch);
        assert!(told.contains("All 10 epochs"), "{told}");
        assert!(told.contains("dead"), "{told}");
    }
}
