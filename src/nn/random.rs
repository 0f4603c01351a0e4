//! Draws that can be repeated.
//!
//! Every random number of a run comes from one seed. Each *purpose* (the
//! first weights, the order of the examples, the noise) has a stream of its
//! own, so that a new use of chance does not shift all the others.

use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;

/// The one generator of this program, the same on every platform.
pub type Rng = Xoshiro256PlusPlus;

/// What a stream of random numbers is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The first weights.
    Init,
    /// The order in which examples are shown.
    Order,
    /// Noise added to inputs or codes.
    Noise,
    /// Data made by a generator.
    Data,
    /// Everything that only chooses what to look at.
    Look,
}

/// The stream of `seed` for one `purpose`.
pub fn rng(seed: u64, purpose: Purpose) -> Rng {
    stream(seed, purpose, 0)
}

/// The `index`-th stream of `seed` for one `purpose`, for instance one per
/// epoch or per shard of a batch.
pub fn stream(seed: u64, purpose: Purpose, index: u64) -> Rng {
    // Any odd constants do: they keep (seed, purpose, index) apart, and
    // the generator's own seeding mixes the bits.
    let purpose = (purpose as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let index = index.wrapping_mul(0xD1B5_4A32_D192_ED03);
    Rng::seed_from_u64(seed ^ purpose ^ index.rotate_left(17))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng as _;

    #[test]
    fn the_same_seed_gives_the_same_draws() {
        let (mut a, mut b) = (rng(7, Purpose::Init), rng(7, Purpose::Init));
        assert_eq!(a.next_u64(), b.next_u64());
    }

    #[test]
    fn purposes_and_indices_have_streams_of_their_own() {
        let first = |mut r: Rng| r.next_u64();
        let init = first(rng(7, Purpose::Init));
        assert_ne!(init, first(rng(7, Purpose::Order)));
        assert_ne!(init, first(stream(7, Purpose::Init, 1)));
        assert_ne!(init, first(rng(8, Purpose::Init)));
    }

    #[test]
    fn the_generator_is_the_published_xoshiro() {
        // First output for seed 42 of rand_xoshiro's generator.
        let mut r = Rng::seed_from_u64(42);
        assert_eq!(r.next_u64(), 0xd0764d4f4476689f);
    }
}
