//! What a row found out: a measured number beside the expected one.

use crate::train::reproduce::pins::PINS;
use crate::train::reproduce::pins::Pin;

/// What a number counts. Papers and programs disagree here by a factor of
/// 784 more often than about anything else, so no number goes without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Squared error, summed over pixels, mean over images.
    SumPerImage,
    /// Any error, mean over pixels and images.
    MeanPerPixel,
    /// Nats, summed over pixels or code units, mean over images.
    NatsPerImage,
    /// Percent of the examples.
    Percent,
    /// A difference of two percentages.
    Points,
    /// How many.
    Count,
    /// An angle.
    Radians,
    /// One number divided by another of its kind.
    Ratio,
    /// Anything else without a unit.
    Plain,
}

impl Unit {
    /// In the table, after the name of the quantity.
    pub fn label(self) -> &'static str {
        match self {
            Self::SumPerImage => "sum/image",
            Self::MeanPerPixel => "mean/pixel",
            Self::NatsPerImage => "nats/image",
            Self::Percent => "%",
            Self::Points => "points",
            Self::Radians => "rad",
            Self::Count | Self::Ratio | Self::Plain => "",
        }
    }
}

/// What a claim says about the number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Expected {
    /// So much, give or take.
    Near(f64, f64),
    /// Between these two, ends included.
    Within(f64, f64),
    /// Less than this.
    Below(f64),
    /// At least this.
    AtLeast(f64),
    /// What several seeds gave: mean, give or take three standard
    /// deviations.
    Pinned(&'static Pin),
    /// It was never measured with five seeds, and so nothing is certain.
    Unmeasured,
    /// Nothing: the number is shown beside others and proves nothing.
    Shown,
}

impl Expected {
    /// What several seeds gave for a quantity of a row.
    pub fn pinned(row: &str, what: &str) -> Self {
        let found = PINS.iter().find(|p| p.row == row && p.what == what);
        let enough = found.filter(|pin| pin.expected().is_some());
        enough.map_or(Self::Unmeasured, Self::Pinned)
    }

    /// Whether a number is as expected; one that is none never is.
    pub fn holds(self, x: f64) -> bool {
        let (low, high) = match self {
            Self::Near(middle, slack) => (middle - slack, middle + slack),
            Self::Within(low, high) => (low, high),
            Self::Below(limit) => return x < limit,
            Self::AtLeast(limit) => return x >= limit,
            Self::Pinned(pin) => match pin.expected() {
                Some((middle, slack)) => (middle - slack, middle + slack),
                None => return false,
            },
            Self::Unmeasured => return false,
            Self::Shown => return x.is_finite(),
        };
        (low..=high).contains(&x)
    }
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The quantity, in a few words.
    pub what: String,
    /// What it counts.
    pub unit: Unit,
    /// What it should be.
    pub expected: Expected,
    /// What it is.
    pub measured: f64,
    /// Why the claim is known not to hold on this data, if it does not.
    pub differs: Option<&'static str>,
}

impl Finding {
    /// A quantity without its number.
    pub fn of(what: impl Into<String>, unit: Unit) -> Self {
        Self {
            what: what.into(),
            unit,
            expected: Expected::Shown,
            measured: f64::NAN,
            differs: None,
        }
    }

    /// With what the claim says.
    pub fn expect(self, expected: Expected) -> Self {
        Self { expected, ..self }
    }

    /// With the number that was measured.
    pub fn measured(self, measured: impl Into<f64>) -> Self {
        Self { measured: measured.into(), ..self }
    }

    /// With the reason why the claim does not hold here.
    pub fn differs(self, because: &'static str) -> Self {
        Self { differs: Some(because), ..self }
    }

    /// What becomes of the claim.
    pub fn verdict(&self) -> Verdict {
        match (self.expected, self.expected.holds(self.measured)) {
            (Expected::Shown, true) => Verdict::Shown,
            (Expected::Unmeasured, _) if self.measured.is_finite() => {
                Verdict::Open
            }
            (_, true) => Verdict::Holds,
            (_, false) if !self.measured.is_finite() => Verdict::Fails,
            (_, false) if self.differs.is_some() => Verdict::Differs,
            (_, false) => Verdict::Fails,
        }
    }
}

/// What becomes of a claim; the later, the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A number to compare with, no claim.
    Shown,
    /// It is as expected.
    Holds,
    /// Nobody knows yet what it should be on this data.
    Open,
    /// It is not so on this data, and it is known why.
    Differs,
    /// It should be so and is not.
    Fails,
}

impl Verdict {
    /// In the table.
    pub fn label(self) -> &'static str {
        match self {
            Self::Shown => "",
            Self::Holds => "holds",
            Self::Open => "open",
            Self::Differs => "differs",
            Self::Fails => "FAILS",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(expected: Expected, x: f64) -> Verdict {
        let finding = Finding::of("error", Unit::SumPerImage);
        finding.expect(expected).measured(x).verdict()
    }

    #[test]
    fn a_number_on_the_wrong_side_fails() {
        for (expected, good, bad) in [
            (Expected::Near(14.03, 0.01), 14.04, 14.05),
            (Expected::Within(1.0, 1.005), 1.005, 0.999),
            (Expected::Below(0.01), 0.009, 0.01),
            (Expected::AtLeast(15.0), 15.0, 14.9),
        ] {
            assert_eq!(verdict(expected, good), Verdict::Holds);
            assert_eq!(verdict(expected, bad), Verdict::Fails);
            assert_eq!(verdict(expected, f64::NAN), Verdict::Fails);
        }
        assert_eq!(verdict(Expected::Shown, 3.0), Verdict::Shown);
        assert_eq!(verdict(Expected::Unmeasured, 3.0), Verdict::Open);
        assert_eq!(verdict(Expected::Shown, f64::NAN), Verdict::Fails);
    }

    #[test]
    fn a_known_reason_excuses_a_claim_but_not_a_breakdown() {
        let known = Finding::of("gain", Unit::Points)
            .expect(Expected::AtLeast(3.0))
            .differs("too few examples");
        let with = |x: f64| known.clone().measured(x).verdict();
        assert_eq!(with(2.0), Verdict::Differs);
        assert_eq!(with(3.0), Verdict::Holds);
        assert_eq!(with(f64::NAN), Verdict::Fails);
    }
}
