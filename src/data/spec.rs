//! Everything that shapes a data set.

use serde::Deserialize;
use serde::Serialize;

use super::DataError;
use super::DataKind;

/// What is done to patches of photographs before a model sees them.
///
/// Neighboring pixels of a photograph are nearly equal, so most of its
/// variance is in broad areas of light and dark. Whitening makes those
/// fainter and details stronger, and what is left to learn is edges.
#[derive(
    Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Default,
)]
pub enum Whitening {
    /// Nothing: gray from 0 (black) to 1 (white).
    Off,
    /// The mean of each patch is taken away, then all patches are whitened
    /// with ZCA, which leaves a patch as similar to itself as possible; the
    /// faintest directions, which are noise, stay faint. Values have mean 0
    /// and deviation 1.
    #[default]
    Zca,
    /// Whitened as with [`Zca`](Self::Zca), cut off at three standard
    /// deviations and moved to 0.1 ... 0.9, where a sigmoid can answer: as
    /// in the exercises of UFLDL (Ng et al., 2011).
    Ufldl,
}

impl Whitening {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Off, Self::Zca, Self::Ufldl];

    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Zca => "zca",
            Self::Ufldl => "ufldl",
        }
    }

    /// The one with this word.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
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
    /// Pixels on each side of a patch of a photograph, 4 to 16.
    pub patch: usize,
    /// What is done to the patches of photographs.
    pub whitening: Whitening,
    /// Where generated points, noise and shuffles come from. The digits
    /// themselves do not depend on it.
    pub seed: u64,
}

impl DataSpec {
    /// All examples of a data set with its usual settings: correlation 0.8
    /// and no noise for the Gaussian cloud, noise 0.05 for the other
    /// clouds, no shift, 8 states, whitened patches of 8 x 8, seed 1.
    pub fn new(kind: DataKind) -> Self {
        let noise = match kind {
            DataKind::Ring2d
            | DataKind::Spiral2d
            | DataKind::Circles2
            | DataKind::Mix8 => 0.05,
            _ => 0.0,
        };
        Self {
            kind,
            examples: 0,
            noise,
            correlation: 0.8,
            shift: 0.0,
            states: 8,
            patch: 8,
            whitening: Whitening::Zca,
            seed: 1,
        }
    }

    /// Refuses numbers outside the ranges the fields name, and those that
    /// are no numbers.
    pub fn check(&self) -> Result<(), DataError> {
        within("noise", self.noise, 0.0, 10.0)?;
        within("correlation", self.correlation, -0.99, 0.99)?;
        within("shift", self.shift, -100.0, 100.0)?;
        within("states", self.states as f64, 2.0, 256.0)?;
        within("patch", self.patch as f64, 4.0, 16.0)
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
        refused(DataSpec { states: 257, ..usual.clone() });
        refused(DataSpec { patch: 3, ..usual.clone() });
        refused(DataSpec { patch: 17, ..usual });
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
