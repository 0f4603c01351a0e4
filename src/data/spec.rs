//! Names for data sets and everything that shapes them.

use serde::Deserialize;
use serde::Serialize;

use super::DataError;

/// The data sets a lesson can ask for: a closed vocabulary.
#[derive(
    Serialize,
    Deserialize,
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
)]
pub enum DataKind {
    /// Handwritten digits of 28 x 28 pixels (MNIST).
    Digits,
    /// Handwritten digits of 8 x 8 pixels (UCI).
    Digits8,
    /// A Gaussian cloud in the plane.
    Gauss2d,
    /// A circle in the plane.
    Ring2d,
    /// Two arms that wind around their common middle.
    Spiral2d,
    /// T states, each of them one bit that is on.
    Onehot,
    /// Pictures of nothing, as bright as the digits on average.
    Noise,
    /// The digits with their pixels moved to other places.
    Shuffled,
}

impl DataKind {
    /// All of them, in the order of the catalog.
    pub const ALL: [Self; 8] = [
        Self::Digits,
        Self::Digits8,
        Self::Gauss2d,
        Self::Ring2d,
        Self::Spiral2d,
        Self::Onehot,
        Self::Noise,
        Self::Shuffled,
    ];

    /// The short name, as on the command line: `digits`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Digits => "digits",
            Self::Digits8 => "digits8",
            Self::Gauss2d => "gauss2d",
            Self::Ring2d => "ring2d",
            Self::Spiral2d => "spiral2d",
            Self::Onehot => "onehot",
            Self::Noise => "noise",
            Self::Shuffled => "shuffled",
        }
    }

    /// The kind with this short name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What it is, in a few words for a list.
    pub fn title(self) -> &'static str {
        match self {
            Self::Digits => "Handwritten digits, 28 x 28",
            Self::Digits8 => "Handwritten digits, 8 x 8",
            Self::Gauss2d => "Gaussian cloud in the plane",
            Self::Ring2d => "Ring in the plane",
            Self::Spiral2d => "Spiral with two arms in the plane",
            Self::Onehot => "One-bit states",
            Self::Noise => "Noise as bright as the digits",
            Self::Shuffled => "Digits with shuffled pixels",
        }
    }

    /// What the labels stand for; `features` matters for one-bit states,
    /// which have one class each.
    pub(super) fn classes(self, features: usize) -> Vec<String> {
        match self {
            Self::Digits | Self::Digits8 | Self::Shuffled => {
                (0..10).map(|digit| digit.to_string()).collect()
            }
            Self::Gauss2d => ["first", "second", "third", "fourth"]
                .map(|which| format!("{which} quarter"))
                .to_vec(),
            Self::Ring2d => (0..8)
                .map(|i| format!("{} to {} degrees", i * 45, i * 45 + 45))
                .collect(),
            Self::Spiral2d => {
                ["first arm", "second arm"].map(String::from).to_vec()
            }
            Self::Onehot => {
                (1..=features).map(|i| format!("state {i}")).collect()
            }
            Self::Noise => vec!["noise".to_owned()],
        }
    }
}

/// Everything that shapes a data set. The same specification from the same
/// library gives the same data, bit for bit.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub struct DataSpec {
    /// Which one.
    pub kind: DataKind,
    /// Training examples; 0 means all there are, and a number larger than
    /// that means the same. The first `n` are the same whatever `n` is.
    /// One-bit states are always all there.
    pub examples: usize,
    /// Standard deviation of the noise added to points of the plane, 0 to
    /// 10: on the radius of a ring, in every direction elsewhere.
    pub noise: f64,
    /// How much the two coordinates of the Gaussian cloud agree, -0.99 to
    /// 0.99.
    pub correlation: f64,
    /// How far the mean of a cloud lies from the origin, -100 to 100.
    pub shift: f64,
    /// How many one-bit states there are, 2 to 256.
    pub states: usize,
    /// Where generated points, noise and shuffles come from. The digits
    /// themselves do not depend on it.
    pub seed: u64,
}

impl DataSpec {
    /// All examples of a data set with its usual settings: correlation 0.8
    /// and no noise for the Gaussian cloud, noise 0.05 for the other
    /// clouds, no shift, 8 states, seed 1.
    pub fn new(kind: DataKind) -> Self {
        let noise = match kind {
            DataKind::Ring2d | DataKind::Spiral2d => 0.05,
            _ => 0.0,
        };
        Self {
            kind,
            examples: 0,
            noise,
            correlation: 0.8,
            shift: 0.0,
            states: 8,
            seed: 1,
        }
    }

    /// Refuses numbers outside the ranges the fields name, and those that
    /// are no numbers.
    pub fn check(&self) -> Result<(), DataError> {
        within("noise", self.noise, 0.0, 10.0)?;
        within("correlation", self.correlation, -0.99, 0.99)?;
        within("shift", self.shift, -100.0, 100.0)?;
        within("states", self.states as f64, 2.0, 256.0)
    }

    /// How many of `available` training examples are wanted.
    pub(super) fn wanted(&self, available: usize) -> usize {
        if self.examples == 0 {
            available
        } else {
            self.examples.min(available)
        }
    }
}

/// Refuses a setting outside its range.
fn within(
    name: &'static str,
    value: f64,
    low: f64,
    high: f64,
) -> Result<(), DataError> {
    if (low..=high).contains(&value) {
        Ok(())
    } else {
        Err(DataError::Setting { name, value, low, high })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in DataKind::ALL {
            assert_eq!(DataKind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(DataKind::from_name("Digits"), None);
    }

    #[test]
    fn the_words_of_a_kind_fit_every_terminal() {
        for kind in DataKind::ALL {
            let words =
                kind.classes(8).concat() + kind.title() + kind.name();
            assert!(words.is_ascii(), "{words}");
        }
    }

    #[test]
    fn a_lesson_names_a_kind_by_its_variant() {
        let kind: DataKind = ron::from_str("Ring2d").unwrap();
        assert_eq!(kind, DataKind::Ring2d);
        assert!(ron::from_str::<DataKind>("ring").is_err());
    }

    #[test]
    fn the_usual_settings_are_allowed() {
        for kind in DataKind::ALL {
            DataSpec::new(kind).check().unwrap();
        }
    }

    #[test]
    fn settings_out_of_range_are_refused_with_the_range() {
        let usual = DataSpec::new(DataKind::Gauss2d);
        let refused =
            |spec: DataSpec| spec.check().unwrap_err().to_string();
        assert_eq!(
            refused(DataSpec { correlation: 1.0, ..usual.clone() }),
            "correlation = 1 cannot be used: expected a number from -0.99 \
             to 0.99. Choose one in this range."
        );
        let nan = refused(DataSpec { noise: f64::NAN, ..usual.clone() });
        assert!(nan.starts_with("noise = NaN cannot be used"), "{nan}");
        refused(DataSpec { shift: f64::INFINITY, ..usual.clone() });
        refused(DataSpec { states: 1, ..usual.clone() });
        refused(DataSpec { states: 257, ..usual });
    }

    #[test]
    fn zero_examples_means_all_and_too_many_means_all() {
        let spec = |examples| DataSpec {
            examples,
            ..DataSpec::new(DataKind::Digits)
        };
        assert_eq!(spec(0).wanted(10), 10);
        assert_eq!(spec(3).wanted(10), 3);
        assert_eq!(spec(11).wanted(10), 10);
    }
}
