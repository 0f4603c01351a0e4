//! Which instructions the processor has, found out while the program runs.
//!
//! A [`Job`] is ordinary Rust, compiled once for every level: with vectors
//! of 512 bits, of 256 bits, and with what every processor of the kind has.
//! All levels give the same results but for the last digits, and a level
//! always gives the same bits.
#![expect(
    unsafe_code,
    reason = "a function compiled for more instructions than every \
              processor has may be called only where they are"
)]

/// What the processor can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// What every processor of this kind can.
    Plain,
    /// x86-64 with vectors of 256 bits that multiply and add in one go.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// x86-64 with vectors of 512 bits.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// Something to calculate, the same at every level.
///
/// `run` must be `#[inline(always)]`, and everything it calls, too, or it
/// is compiled for the plain level.
pub trait Job {
    /// What comes out.
    type Answer;

    /// Does it with vectors of `N` 32-bit numbers; `FUSED` says whether
    /// `a · b + c` is one instruction.
    fn run<const N: usize, const FUSED: bool>(self) -> Self::Answer;
}

impl Level {
    /// The best level of this processor.
    #[inline]
    pub fn best() -> Level {
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512bw")
            {
                return Level::Avx512;
            }
            if is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("fma")
            {
                return Level::Avx2;
            }
        }
        Level::Plain
    }

    /// This level and every lower one.
    pub fn and_below(self) -> Vec<Level> {
        #[cfg(target_arch = "x86_64")]
        let all = [Level::Plain, Level::Avx2, Level::Avx512];
        #[cfg(not(target_arch = "x86_64"))]
        let all = [Level::Plain];
        let place = all.iter().position(|level| *level == self);
        all[..=place.unwrap_or(0)].to_vec()
    }

    /// Whether this processor has the instructions.
    #[inline]
    pub fn is_here(self) -> bool {
        match self {
            Level::Plain => true,
            #[cfg(target_arch = "x86_64")]
            // No processor has the better ones without these.
            Level::Avx2 => Level::best() != Level::Plain,
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => Level::best() == self,
        }
    }

    /// Does a job with the instructions of this level.
    ///
    /// # Panics
    ///
    /// When this processor does not have them.
    #[inline]
    pub fn run<J: Job>(self, job: J) -> J::Answer {
        assert!(self.is_here(), "this processor has no {self:?}");
        match self {
            Level::Plain => plain(job),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: the processor has been asked.
            Level::Avx2 => unsafe { on_avx2(job) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: the processor has been asked.
            Level::Avx512 => unsafe { on_avx512(job) },
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw,avx2,fma")]
fn on_avx512<J: Job>(job: J) -> J::Answer {
    job.run::<16, true>()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn on_avx2<J: Job>(job: J) -> J::Answer {
    job.run::<8, true>()
}

/// On AArch64 every processor has NEON, which multiplies and adds in one.
fn plain<J: Job>(job: J) -> J::Answer {
    if cfg!(target_arch = "aarch64") {
        job.run::<8, true>()
    } else {
        job.run::<8, false>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Width;

    impl Job for Width {
        type Answer = usize;

        #[inline(always)]
        fn run<const N: usize, const FUSED: bool>(self) -> usize {
            N
        }
    }

    #[test]
    fn every_level_up_to_the_best_runs() {
        for level in Level::best().and_below() {
            assert!([8, 16].contains(&level.run(Width)), "{level:?}");
        }
        assert_eq!(Level::Plain.run(Width), 8);
    }
}
