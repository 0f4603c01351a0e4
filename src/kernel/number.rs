//! The two kinds of numbers: `f32` for speed, `f64` for proofs.
//!
//! All functions are free of branches, so that a loop over them becomes
//! vector instructions. `FUSED` says whether `a · b + c` is one
//! instruction of the processor; where it is not, asking for one would be
//! a slow function call.
#![expect(unsafe_code, reason = "two functions for whole vectors")]

use crate::kernel::square;
use ndarray::LinalgScalar;
use std::fmt::Debug;
use std::iter::Sum;
use std::ops::AddAssign;
use std::ops::Neg;

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

/// The square of this is the smallest 32-bit number with all its digits.
const SMALL: f64 = 1.1e-19;

/// `f32` or `f64`.
pub trait Number:
    sealed::Sealed
    + LinalgScalar
    + Neg<Output = Self>
    + AddAssign
    + PartialOrd
    + Debug
    + Sum
    + Send
    + Sync
{
    /// `self · b + c`.
    fn times_plus<const FUSED: bool>(self, b: Self, c: Self) -> Self;

    /// `eˣ`, to one or two units of the last digit.
    fn exponential<const FUSED: bool>(self) -> Self;

    /// `ln x` of a positive `x`, to one unit of the last digit.
    fn logarithm<const FUSED: bool>(self) -> Self;

    /// `√x`, to four units of the last digit.
    fn root<const FUSED: bool>(self) -> Self;

    /// `|x|`.
    fn size(self) -> Self;

    /// A number with a fraction.
    fn of(x: f64) -> Self;

    /// Zero for a number so small that its square is none with all its
    /// digits.
    #[inline(always)]
    fn or_nothing(self) -> Self {
        if self.size() < Self::of(SMALL) { Self::zero() } else { self }
    }

    /// The larger one.
    #[inline(always)]
    fn or_more(self, other: Self) -> Self {
        if self > other { self } else { other }
    }

    /// `1 / (1 + e⁻ˣ)`.
    #[inline(always)]
    fn sigmoid<const FUSED: bool>(self) -> Self {
        Self::one() / (Self::one() + (-self).exponential::<FUSED>())
    }

    /// The hyperbolic tangent.
    fn tangent<const FUSED: bool>(self) -> Self;

    /// `a · b + c` for vectors of a job.
    #[inline(always)]
    fn vector_times_plus<const N: usize, const FUSED: bool>(
        a: [Self; N],
        b: [Self; N],
        c: [Self; N],
    ) -> [Self; N] {
        std::array::from_fn(|l| a[l].times_plus::<FUSED>(b[l], c[l]))
    }

    /// Rows and columns exchanged; `N` is the width of a job's vectors.
    #[inline(always)]
    fn transposed<const N: usize>(
        square: [[Self; N]; N],
    ) -> [[Self; N]; N] {
        square::transposed(square)
    }
}

impl Number for f64 {
    #[inline(always)]
    fn times_plus<const FUSED: bool>(self, b: f64, c: f64) -> f64 {
        if FUSED { self.mul_add(b, c) } else { self * b + c }
    }

    #[inline(always)]
    fn exponential<const FUSED: bool>(self) -> f64 {
        f64::exp(self)
    }

    #[inline(always)]
    fn logarithm<const FUSED: bool>(self) -> f64 {
        f64::ln(self)
    }

    #[inline(always)]
    fn root<const FUSED: bool>(self) -> f64 {
        f64::sqrt(self)
    }

    #[inline(always)]
    fn size(self) -> f64 {
        f64::abs(self)
    }

    #[inline(always)]
    fn of(x: f64) -> f64 {
        x
    }

    #[inline(always)]
    fn tangent<const FUSED: bool>(self) -> f64 {
        f64::tanh(self)
    }
}

/// 1.5 · 2²³: adding it leaves a whole number in the low bits.
const ROUND: f32 = 12_582_912.0;

/// ln 2 in two parts, so that a whole multiple of it loses nothing.
const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];

/// `(eʳ - 1 - r) / r²` for |r| <= ln 2 / 2, highest power first (Cephes).
const EXP: [f32; 6] = [
    1.987_569_2e-4,
    1.398_2e-3,
    8.333_452e-3,
    4.166_579_6e-2,
    1.666_666_5e-1,
    0.5,
];

/// `(tanh x - x) / x³` in `x²` for |x| < 0.625, highest first (Cephes).
const TANH: [f32; 5] = [
    -5.704_988_7e-3,
    2.063_908_8e-2,
    -5.373_972e-2,
    1.333_144_2e-1,
    -3.333_328e-1,
];

/// The bits of √½.
const ROOT_OF_HALF: i32 = 0x3f35_04f3;

/// `(ln (1 + f) - f + f²/2) / f³`, highest power first (Cephes).
const LOG: [f32; 9] = [
    7.037_684e-2,
    -1.151_461e-1,
    1.167_699_9e-1,
    -1.242_014_1e-1,
    1.424_932_3e-1,
    -1.666_805_8e-1,
    2.000_071_5e-1,
    -2.499_999_4e-1,
    3.333_333e-1,
];

impl Number for f32 {
    #[inline(always)]
    fn times_plus<const FUSED: bool>(self, b: f32, c: f32) -> f32 {
        if FUSED { self.mul_add(b, c) } else { self * b + c }
    }

    /// `eˣ = 2ⁿ eʳ` with a whole `n` and a small `r`; what is not a number
    /// stays none.
    #[inline(always)]
    fn exponential<const FUSED: bool>(self) -> f32 {
        let x = self.clamp(-87.3, 88.3);
        let shifted =
            x.times_plus::<FUSED>(std::f32::consts::LOG2_E, ROUND);
        let n = shifted - ROUND;
        let r = n.times_plus::<FUSED>(-LN_2[0], x);
        let r = n.times_plus::<FUSED>(-LN_2[1], r);
        let mut p = EXP[0];
        for c in &EXP[1..] {
            p = p.times_plus::<FUSED>(r, *c);
        }
        let power = p.times_plus::<FUSED>(r * r, r + 1.0);
        // The whole number in the low bits becomes the exponent.
        let exponent = shifted.to_bits().wrapping_add(127) << 23;
        power * f32::from_bits(exponent)
    }

    /// `ln x = k ln 2 + ln m` with a whole `k` and `√½ ≤ m < √2`.
    #[inline(always)]
    fn logarithm<const FUSED: bool>(self) -> f32 {
        let bits = self.to_bits() as i32;
        let k = bits.wrapping_sub(ROOT_OF_HALF) >> 23;
        let m = f32::from_bits(bits.wrapping_sub(k << 23) as u32);
        let f = m - 1.0;
        let mut p = LOG[0];
        for c in &LOG[1..] {
            p = p.times_plus::<FUSED>(f, *c);
        }
        let k = k as f32;
        let y = k.times_plus::<FUSED>(LN_2[1], p * f * (f * f));
        let y = (f * f).times_plus::<FUSED>(-0.5, y);
        k.times_plus::<FUSED>(LN_2[0], f + y)
    }

    /// `x / √x`, where a first guess of `1 / √x` out of the bits is made
    /// better three times (Newton). A third of the time of the exact root.
    #[inline(always)]
    fn root<const FUSED: bool>(self) -> f32 {
        let half = 0.5 * self;
        let guess = 0x5f37_59df - (self.to_bits() >> 1);
        let mut y = f32::from_bits(guess);
        for _ in 0..3 {
            y *= (-half * y).times_plus::<FUSED>(y, 1.5);
        }
        self * y
    }

    #[inline(always)]
    fn vector_times_plus<const N: usize, const FUSED: bool>(
        a: [f32; N],
        b: [f32; N],
        c: [f32; N],
    ) -> [f32; N] {
        #[cfg(target_arch = "x86_64")]
        if N == 16 {
            // SAFETY: only jobs with 512 bits have vectors of 16, and a
            // vector of N is a vector of 16.
            return unsafe {
                let sum = std::arch::x86_64::_mm512_fmadd_ps(
                    std::mem::transmute_copy(&a),
                    std::mem::transmute_copy(&b),
                    std::mem::transmute_copy(&c),
                );
                std::mem::transmute_copy(&sum)
            };
        }
        #[cfg(target_arch = "x86_64")]
        if N == 8 && FUSED {
            // SAFETY: on this architecture only jobs with 256 bits have
            // vectors of 8 and such sums, and a vector of N is one of 8.
            return unsafe {
                let sum = std::arch::x86_64::_mm256_fmadd_ps(
                    std::mem::transmute_copy(&a),
                    std::mem::transmute_copy(&b),
                    std::mem::transmute_copy(&c),
                );
                std::mem::transmute_copy(&sum)
            };
        }
        std::array::from_fn(|l| a[l].times_plus::<FUSED>(b[l], c[l]))
    }

    #[inline(always)]
    fn transposed<const N: usize>(square: [[f32; N]; N]) -> [[f32; N]; N] {
        #[cfg(target_arch = "x86_64")]
        if N == 16 {
            // SAFETY: only jobs with 512 bits have vectors of 16, and a
            // square of N is a square of 16.
            return unsafe {
                let square = std::mem::transmute_copy(&square);
                let turned = square::transposed_16(square);
                std::mem::transmute_copy(&turned)
            };
        }
        square::transposed(square)
    }

    #[inline(always)]
    fn size(self) -> f32 {
        f32::abs(self)
    }

    #[inline(always)]
    fn of(x: f64) -> f32 {
        x as f32
    }

    /// A polynomial near zero, where a quotient would cancel, else
    /// `1 - 2 / (e²ˣ + 1)`.
    #[inline(always)]
    fn tangent<const FUSED: bool>(self) -> f32 {
        let size = f32::abs(self);
        let square = self * self;
        let mut p = TANH[0];
        for c in &TANH[1..] {
            p = p.times_plus::<FUSED>(square, *c);
        }
        let near = (p * square).times_plus::<FUSED>(self, self);
        let e = (size + size).exponential::<FUSED>();
        let far = (1.0 - 2.0 / (e + 1.0)).copysign(self);
        // A choice without a branch.
        let is_near = u32::from(size < 0.625).wrapping_neg();
        let near = near.to_bits() & is_near;
        f32::from_bits(near | far.to_bits() & !is_near)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest error of `f` against `g` in units of the last digit.
    fn worst(f: fn(f32) -> f32, g: fn(f64) -> f64, to: f32) -> f64 {
        let mut worst: f64 = 0.0;
        for i in -100_000..=100_000 {
            let x = i as f32 / 1e5 * to;
            let exact = g(f64::from(x));
            let unit = f64::from(exact as f32).abs() * 2f64.powi(-24);
            let error = (f64::from(f(x)) - exact).abs() / unit.max(1e-45);
            worst = worst.max(error / 2.0);
        }
        worst
    }

    #[test]
    fn exponentials_are_good_to_the_last_digit_or_two() {
        let exp = worst(Number::exponential::<true>, f64::exp, 87.0);
        let plain = worst(Number::exponential::<false>, f64::exp, 87.0);
        let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
        let s = worst(|x| x.sigmoid::<true>(), sigmoid, 80.0);
        let t = worst(Number::tangent::<true>, f64::tanh, 12.0);
        println!("exp {exp} {plain}, sigmoid {s}, tanh {t}");
        assert!(exp < 1.5 && plain < 2.0 && s < 2.5 && t < 2.5);
    }

    #[test]
    fn roots_and_logarithms_are_good_to_the_last_digits() {
        let mut worst = 0f64;
        for i in 1..200_000 {
            let x = i as f32 * 1.7e-3;
            let exact = f64::from(x);
            let root = f64::from(Number::root::<true>(x));
            let error = (root / exact.sqrt() - 1.0).abs();
            assert!(error < 5e-7, "{x} {error}");
            let ln = f64::from(Number::logarithm::<true>(x));
            // A unit of the last digit of the answer.
            let power = exact.ln().abs().log2().floor() as i32;
            let unit = 2f64.powi(power - 23);
            let units = (ln - exact.ln()).abs() / unit;
            worst = worst.max(units);
        }
        println!("ln {worst}");
        assert!(worst < 1.0, "{worst}");
        assert_eq!(Number::root::<true>(0f32), 0.0);
        assert_eq!(Number::logarithm::<true>(1f32), 0.0);
        assert!(Number::root::<true>(f32::NAN).is_nan());
    }

    #[test]
    fn the_ends_are_finite_and_no_number_stays_none() {
        for x in [-1e30f32, -88.0, 0.0, 88.0, 1e30] {
            assert!(Number::exponential::<true>(x).is_finite(), "{x}");
            assert!((0.0..=1.0).contains(&x.sigmoid::<true>()));
            assert!(Number::tangent::<true>(x).abs() <= 1.0);
        }
        assert_eq!(Number::exponential::<true>(0f32), 1.0);
        assert!(Number::exponential::<true>(f32::NAN).is_nan());
        assert!(f32::NAN.sigmoid::<false>().is_nan());
        assert!(Number::tangent::<true>(f32::NAN).is_nan());
    }
}
