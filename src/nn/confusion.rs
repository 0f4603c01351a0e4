//! The confusion matrix: four ways to be right or wrong.
//!
//! ```text
//!                      said positive    said negative
//! is positive          TP               FN
//! is negative          FP               TN
//!
//! precision = TP / (TP + FP)      how many of those it named are right
//! recall    = TP / (TP + FN)      how many of those there are it named
//! F1        = harmonic mean of the two
//! accuracy  = (TP + TN) / all
//! ```
//!
//! *Positive* must be named: precision and recall for the normal examples
//! are other numbers than those for the anomalies.

use crate::Real;

/// What counts as positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Positive {
    /// Finding the normal examples.
    Normal,
    /// Finding the anomalies.
    Anomaly,
}

impl Positive {
    /// Its name in a table.
    pub fn name(self) -> &'static str {
        match self {
            Positive::Normal => "normal",
            Positive::Anomaly => "anomaly",
        }
    }
}

/// How often a detector was right and wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confusion {
    /// What counts as positive here.
    pub positive: Positive,
    /// Positive, and said so: TP.
    pub hits: u32,
    /// Negative, but said positive: FP.
    pub false_alarms: u32,
    /// Positive, but said negative: FN.
    pub misses: u32,
    /// Negative, and said so: TN.
    pub rejections: u32,
}

impl Confusion {
    /// Compares what was flagged as an anomaly with what is one.
    pub fn count(
        flagged: &[bool],
        anomalous: &[bool],
        positive: Positive,
    ) -> Confusion {
        let (n, m) = (flagged.len(), anomalous.len());
        assert!(n == m, "{n} flags for {m} examples");
        let pairs = |said: bool, is: bool| {
            let both = flagged.iter().zip(anomalous);
            both.filter(|pair| *pair == (&said, &is)).count() as u32
        };
        let of_anomalies = Confusion {
            positive: Positive::Anomaly,
            hits: pairs(true, true),
            false_alarms: pairs(true, false),
            misses: pairs(false, true),
            rejections: pairs(false, false),
        };
        match positive {
            Positive::Anomaly => of_anomalies,
            Positive::Normal => of_anomalies.swapped(),
        }
    }

    /// The same detector with the other class as the positive one.
    pub fn swapped(self) -> Confusion {
        Confusion {
            positive: match self.positive {
                Positive::Normal => Positive::Anomaly,
                Positive::Anomaly => Positive::Normal,
            },
            hits: self.rejections,
            false_alarms: self.misses,
            misses: self.false_alarms,
            rejections: self.hits,
        }
    }

    /// `TP / (TP + FP)`; 0 if nothing was named.
    pub fn precision(self) -> Real {
        share(self.hits, self.hits + self.false_alarms)
    }

    /// `TP / (TP + FN)`; 0 if there is nothing to name.
    pub fn recall(self) -> Real {
        share(self.hits, self.hits + self.misses)
    }

    /// `2 TP / (2 TP + FP + FN)`, the harmonic mean of precision and
    /// recall.
    pub fn f1(self) -> Real {
        let both = 2 * self.hits;
        share(both, both + self.false_alarms + self.misses)
    }

    /// The share of all examples that it is right about.
    pub fn accuracy(self) -> Real {
        share(self.hits + self.rejections, self.total())
    }

    /// All examples.
    pub fn total(self) -> u32 {
        self.hits + self.false_alarms + self.misses + self.rejections
    }
}

fn share(part: u32, whole: u32) -> Real {
    (f64::from(part) / f64::from(whole.max(1))) as Real
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The confusion matrix of a published run on heartbeats, where
    /// positive meant *normal*: 560 normal and 440 abnormal beats.
    const TUTORIAL: Confusion = Confusion {
        positive: Positive::Normal,
        hits: 507,
        false_alarms: 4,
        misses: 53,
        rejections: 436,
    };

    fn near(value: Real, printed: Real) {
        assert!((value - printed).abs() < 5e-5, "{value} {printed}");
    }

    #[test]
    fn the_tutorials_printed_figures_are_for_the_normal_beats() {
        near(TUTORIAL.accuracy(), 0.943);
        near(TUTORIAL.precision(), 0.9922);
        near(TUTORIAL.recall(), 0.9054);
        let second = Confusion {
            hits: 503,
            false_alarms: 3,
            misses: 57,
            rejections: 437,
            ..TUTORIAL
        };
        near(second.accuracy(), 0.940);
        near(second.precision(), 0.9941);
        near(second.recall(), 0.8982);
    }

    #[test]
    fn as_an_anomaly_detector_the_same_run_looks_different() {
        let anomaly = TUTORIAL.swapped();
        assert_eq!(anomaly.positive.name(), "anomaly");
        near(anomaly.precision(), 436.0 / 489.0); // 0.892
        near(anomaly.recall(), 436.0 / 440.0); // 0.991
        near(anomaly.accuracy(), TUTORIAL.accuracy());
        assert_eq!(anomaly.swapped(), TUTORIAL);
    }

    #[test]
    fn counts_by_hand() {
        let flagged = [true, true, false, false, false];
        let anomalous = [true, false, true, false, false];
        let c = Confusion::count(&flagged, &anomalous, Positive::Anomaly);
        let counts = [c.hits, c.false_alarms, c.misses, c.rejections];
        assert_eq!(counts, [1, 1, 1, 2]);
        assert_eq!((c.precision(), c.recall(), c.f1()), (0.5, 0.5, 0.5));
        let other =
            Confusion::count(&flagged, &anomalous, Positive::Normal);
        assert_eq!(other, c.swapped());
        assert_eq!(c.total(), 5);
    }

    #[test]
    fn a_detector_that_says_nothing_has_no_precision() {
        let c = Confusion::count(&[false], &[true], Positive::Anomaly);
        assert_eq!((c.precision(), c.recall(), c.f1()), (0.0, 0.0, 0.0));
    }
}
