//! Corruption: damage an example on purpose.
//!
//! ```text
//! masking           x̃ = 0 with probability p, else x
//! gaussian          x̃ = x + σ n,  n normal: mean 0, deviation 1
//! clipped           the same, then cut to 0..1, as a picture would be
//! salt and pepper   x̃ = 0 or 1 with probability p/2 each, else x
//! ```
//!
//! The damage also says which numbers it *touched*, whether or not they
//! look different afterwards: a black pixel that is masked stays black,
//! and still nobody knows any more what it was (Vincent et al., 2010).

use crate::Real;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::random::Rng;
use ndarray::Zip;
use rand::RngExt as _;
use rand_distr::StandardNormal;
use serde::Deserialize;
use serde::Serialize;

/// What the damage is like.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize,
)]
pub enum CorruptionKind {
    /// No damage.
    #[default]
    None,
    /// Some numbers become 0.
    Masking,
    /// Every number gets normal noise.
    Gaussian,
    /// Every number gets normal noise, and stays between 0 and 1.
    Clipped,
    /// Some numbers become 0 or 1.
    SaltAndPepper,
}

/// A kind of damage, and how much of it.
#[derive(
    Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize,
)]
pub struct Corruption {
    /// What the damage is like.
    pub kind: CorruptionKind,
    /// The probability `p`, 0 to 1, or the noise's deviation `σ`.
    pub level: Real,
}

/// Damaged examples.
#[derive(Debug, Clone, PartialEq)]
pub struct Corrupted {
    /// The examples after the damage, `[batch, features]`.
    pub x: Matrix,
    /// 1 where a number was touched, else 0, `[batch, features]`.
    pub touched: Matrix,
}

impl Corruption {
    /// Whether nothing would ever be damaged.
    pub fn is_none(self) -> bool {
        self.kind == CorruptionKind::None
    }

    /// A damaged copy of `x` `[batch, features]`, on paper from the desk.
    pub fn corrupt(
        self,
        x: &Matrix,
        rng: &mut Rng,
        desk: &mut Desk,
    ) -> Corrupted {
        let touched = desk.zeros(x.nrows(), x.ncols());
        let mut damaged = Corrupted { x: desk.copy(x), touched };
        let places = Zip::from(&mut damaged.x).and(&mut damaged.touched);
        places.for_each(|x, touched| {
            if let Some(value) = self.draw(*x, rng) {
                (*x, *touched) = (value, 1.0);
            }
        });
        damaged
    }

    /// What becomes of one number, if it is touched.
    fn draw(self, x: Real, rng: &mut Rng) -> Option<Real> {
        let p = self.level;
        match self.kind {
            CorruptionKind::None => None,
            CorruptionKind::Masking => (chance(rng) < p).then_some(0.0),
            CorruptionKind::Gaussian => Some(x + p * normal(rng)),
            CorruptionKind::Clipped => {
                Some((x + p * normal(rng)).clamp(0.0, 1.0))
            }
            CorruptionKind::SaltAndPepper => {
                let toss = chance(rng);
                let salt = Real::from(u8::from(toss < p / 2.0));
                (toss < p).then_some(salt)
            }
        }
    }
}

impl Corrupted {
    /// Gives its paper back.
    pub fn put_back(self, desk: &mut Desk) {
        desk.put_back(self.x);
        desk.put_back(self.touched);
    }
}

/// A draw between 0 and 1, all equally likely.
fn chance(rng: &mut Rng) -> Real {
    rng.random_range(0.0..1.0)
}

/// A normal draw.
fn normal(rng: &mut Rng) -> Real {
    rng.sample(StandardNormal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    /// 20,000 grey numbers after the damage.
    fn damaged(kind: CorruptionKind, level: Real) -> Corrupted {
        let grey = Matrix::from_elem((100, 200), 0.5);
        let mut noise = rng(1, Purpose::Noise);
        let corruption = Corruption { kind, level };
        corruption.corrupt(&grey, &mut noise, &mut Desk::new())
    }

    fn share(of: &Matrix, is: Real) -> Real {
        let found = of.iter().filter(|&&value| value == is).count();
        found as Real / of.len() as Real
    }

    #[test]
    fn sure_damage_by_hand() {
        let x = array![[0.25, 0.0]];
        let (mut noise, desk) = (rng(1, Purpose::Noise), &mut Desk::new());
        let mut with = |kind, level| {
            Corruption { kind, level }.corrupt(&x, &mut noise, desk)
        };
        let all = with(CorruptionKind::Masking, 1.0);
        assert_eq!(all.x, array![[0.0, 0.0]]);
        // The second number was touched, too, though it was 0 before.
        assert_eq!(all.touched, array![[1.0, 1.0]]);
        for kind in [CorruptionKind::None, CorruptionKind::Masking] {
            let none = with(kind, 0.0);
            assert_eq!((none.x, none.touched.sum()), (x.clone(), 0.0));
        }
    }

    #[test]
    fn the_share_of_damaged_numbers_is_p() {
        let masked = damaged(CorruptionKind::Masking, 0.25);
        assert!((share(&masked.touched, 1.0) - 0.25).abs() < 0.01);
        assert_eq!(share(&masked.touched, 1.0), share(&masked.x, 0.0));
        let spots = damaged(CorruptionKind::SaltAndPepper, 0.4);
        for (value, expected) in [(0.0, 0.2), (1.0, 0.2), (0.5, 0.6)] {
            let found = share(&spots.x, value);
            assert!((found - expected).abs() < 0.01, "{value}: {found}");
        }
        assert_eq!(share(&spots.touched, 0.0), share(&spots.x, 0.5));
    }

    #[test]
    fn gaussian_noise_has_its_deviation_and_touches_all() {
        let noisy = damaged(CorruptionKind::Gaussian, 0.5);
        assert!((noisy.x.std(0.0) - 0.5).abs() < 0.01);
        assert_eq!(share(&noisy.touched, 1.0), 1.0);
        let cut = damaged(CorruptionKind::Clipped, 0.5);
        assert_eq!(cut.x, noisy.x.mapv(|x| x.clamp(0.0, 1.0)));
    }

    #[test]
    fn the_same_stream_does_the_same_damage() {
        let look = || damaged(CorruptionKind::SaltAndPepper, 0.3);
        assert_eq!(look(), look());
    }
}
