//! Squares of numbers with rows and columns exchanged.
//!
//! ```text
//! answer[j][i] = square[i][j]
//! ```
#![expect(
    unsafe_code,
    reason = "the compiler makes single moves of it where the processor \
              has shuffles"
)]

/// In three rounds, halves off the diagonal change seats: first single
/// numbers, then pairs, then fours, then eights.
pub fn transposed<T: Copy, const N: usize>(
    square: [[T; N]; N],
) -> [[T; N]; N] {
    std::array::from_fn(|i| std::array::from_fn(|j| square[j][i]))
}

/// The same for 16 vectors of 512 bits.
///
/// # Safety
///
/// The processor must have them.
///
/// First, four rows at a time trade numbers within quarters of a vector;
/// then the quarters themselves change seats.
///
/// # Safety
///
/// Outside of code made for it, the processor must have AVX-512.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
#[inline]
pub fn transposed_16(square: [[f32; 16]; 16]) -> [[f32; 16]; 16] {
    use std::arch::x86_64::*;
    // SAFETY: both are 64 bytes of which every pattern is a value.
    let vector = |row: [f32; 16]| unsafe {
        std::mem::transmute::<[f32; 16], __m512>(row)
    };
    // SAFETY: as above.
    let numbers = |row: __m512| unsafe {
        std::mem::transmute::<__m512, [f32; 16]>(row)
    };
    let mut fours = [_mm512_setzero_ps(); 16];
    for g in [0, 4, 8, 12] {
        let [a, b, c, d] = std::array::from_fn(|i| vector(square[g + i]));
        let (low, high) =
            (_mm512_unpacklo_ps(a, b), _mm512_unpackhi_ps(a, b));
        let (low_2, high_2) =
            (_mm512_unpacklo_ps(c, d), _mm512_unpackhi_ps(c, d));
        fours[g] = _mm512_shuffle_ps::<0x44>(low, low_2);
        fours[g + 1] = _mm512_shuffle_ps::<0xEE>(low, low_2);
        fours[g + 2] = _mm512_shuffle_ps::<0x44>(high, high_2);
        fours[g + 3] = _mm512_shuffle_ps::<0xEE>(high, high_2);
    }
    // Quarter `l` of `fours[g + q]` now holds column `4 l + q` of rows
    // `g` to `g + 3`.
    let mut answer = [[0.0; 16]; 16];
    for q in 0..4 {
        let [a, b, c, d] = [0, 4, 8, 12].map(|g| fours[g + q]);
        let even = _mm512_shuffle_f32x4::<0x88>(a, b);
        let odd = _mm512_shuffle_f32x4::<0xDD>(a, b);
        let even_2 = _mm512_shuffle_f32x4::<0x88>(c, d);
        let odd_2 = _mm512_shuffle_f32x4::<0xDD>(c, d);
        answer[q] = numbers(_mm512_shuffle_f32x4::<0x88>(even, even_2));
        answer[q + 4] = numbers(_mm512_shuffle_f32x4::<0x88>(odd, odd_2));
        answer[q + 8] = numbers(_mm512_shuffle_f32x4::<0xDD>(even, even_2));
        answer[q + 12] = numbers(_mm512_shuffle_f32x4::<0xDD>(odd, odd_2));
    }
    answer
}

#[cfg(test)]
mod tests {
    use crate::kernel::level::Job;
    use crate::kernel::level::Level;
    use crate::kernel::number::Number as _;

    struct Turn;

    impl Job for Turn {
        type Answer = ();

        #[inline(always)]
        fn run<const N: usize, const FUSED: bool>(self) {
            let square: [[f32; N]; N] = std::array::from_fn(|i| {
                std::array::from_fn(|j| (100 * i + j) as f32)
            });
            let turned = f32::transposed(square);
            for i in 0..N {
                for j in 0..N {
                    assert_eq!(turned[j][i], square[i][j]);
                }
            }
        }
    }

    #[test]
    fn rows_become_columns_at_every_level() {
        for level in Level::best().and_below() {
            level.run(Turn);
        }
    }
}
