//! Small things to do with whole vectors of a job.
//!
//! The compiler makes one instruction of each where it is told to; left
//! alone it sometimes makes sixteen.
#![expect(unsafe_code, reason = "instructions for whole vectors")]

use crate::kernel::number::Number;

/// `a + b`
#[inline(always)]
pub fn plus<T: Number, const N: usize, const FUSED: bool>(
    a: [T; N],
    b: [T; N],
) -> [T; N] {
    T::vector_times_plus::<N, FUSED>([T::one(); N], a, b)
}

/// The larger of `a` and `b`; `b` if one of them is no number.
#[inline(always)]
pub fn larger<T: Number, const N: usize, const FUSED: bool>(
    a: [T; N],
    b: [T; N],
) -> [T; N] {
    #[cfg(target_arch = "x86_64")]
    if size_of::<T>() == 4 && N == 16 {
        // SAFETY: only jobs with 512 bits have vectors of 16, and a vector
        // of N numbers of 32 bits is a vector of 16.
        return unsafe {
            let larger = std::arch::x86_64::_mm512_max_ps(
                std::mem::transmute_copy(&a),
                std::mem::transmute_copy(&b),
            );
            std::mem::transmute_copy(&larger)
        };
    }
    #[cfg(target_arch = "x86_64")]
    if size_of::<T>() == 4 && N == 8 && FUSED {
        // SAFETY: on this architecture only jobs with 256 bits have
        // vectors of 8 and fused sums, and a vector of N is one of 8.
        return unsafe {
            let larger = std::arch::x86_64::_mm256_max_ps(
                std::mem::transmute_copy(&a),
                std::mem::transmute_copy(&b),
            );
            std::mem::transmute_copy(&larger)
        };
    }
    std::array::from_fn(|i| if a[i] > b[i] { a[i] } else { b[i] })
}

/// `a` where `y` is larger than zero, else zero.
#[inline(always)]
pub fn where_positive<T: Number, const N: usize, const FUSED: bool>(
    y: [T; N],
    a: [T; N],
) -> [T; N] {
    #[cfg(target_arch = "x86_64")]
    if size_of::<T>() == 4 && N == 16 {
        use std::arch::x86_64::*;
        // SAFETY: as above.
        return unsafe {
            let mask = _mm512_cmp_ps_mask::<_CMP_GT_OQ>(
                std::mem::transmute_copy(&y),
                _mm512_setzero_ps(),
            );
            let a = std::mem::transmute_copy(&a);
            let kept = _mm512_maskz_mov_ps(mask, a);
            std::mem::transmute_copy(&kept)
        };
    }
    #[cfg(target_arch = "x86_64")]
    if size_of::<T>() == 4 && N == 8 && FUSED {
        use std::arch::x86_64::*;
        // SAFETY: as above.
        return unsafe {
            let mask = _mm256_cmp_ps::<_CMP_GT_OQ>(
                std::mem::transmute_copy(&y),
                _mm256_setzero_ps(),
            );
            let a = std::mem::transmute_copy(&a);
            let kept = _mm256_and_ps(mask, a);
            std::mem::transmute_copy(&kept)
        };
    }
    let zero = T::zero();
    std::array::from_fn(|i| if y[i] > zero { a[i] } else { zero })
}
