//! The most that the processor can do: multiply and add, and nothing else.

use crate::kernel::crew::Crew;
use crate::kernel::crew::Worth;
use crate::kernel::level::Job;
use crate::kernel::level::Level;
use crate::kernel::number::Number;
use std::hint::black_box;

/// Vectors that are added to in turn: enough that none waits for itself.
const SUMS: usize = 20;

/// Multiplies and adds 32-bit numbers in registers, `rounds` times per
/// piece, at the best level, on all threads; returns how many operations
/// that were, a multiplication and an addition counting as two.
pub fn exercise(rounds: usize, crew: &mut Crew) -> f64 {
    let level = Level::best();
    crew.share(Worth::Sharing, &|_| {
        black_box(level.run(Exercise { rounds }));
    });
    let width = level.run(Width);
    let pieces = crew.pieces(Worth::Sharing);
    2.0 * (pieces * rounds * SUMS * width) as f64
}

struct Exercise {
    rounds: usize,
}

impl Job for Exercise {
    type Answer = f32;

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) -> f32 {
        let (factor, more) = black_box((0.999_f32, 0.001));
        let mut sums = [[1.0_f32; N]; SUMS];
        for _ in 0..self.rounds {
            for vector in &mut sums {
                let (by, plus) = ([factor; N], [more; N]);
                *vector =
                    f32::vector_times_plus::<N, FUSED>(*vector, by, plus);
            }
        }
        sums.as_flattened().iter().sum()
    }
}

struct Width;

impl Job for Width {
    type Answer = usize;

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) -> usize {
        N
    }
}
