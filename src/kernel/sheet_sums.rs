//! Sums over the pixels of a [sheet](super::turned).

use crate::kernel::images::GROUP;
use crate::kernel::level::Job;
use crate::kernel::number::Number;
use crate::kernel::vectors::plus;

/// Channels that are added up together: so many neighboring rows.
const MANY: usize = 8;

/// See [`Hands::sheet_sums`](crate::kernel::passes::Hands::sheet_sums).
pub struct SheetSums<'a, T> {
    /// `[pixels · channels, GROUP]`
    pub sheet: &'a [T],
    /// `[channels]`
    pub sums: &'a mut [T],
}

impl<T: Number> Job for SheetSums<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let channels = self.sums.len();
        let mut c = 0;
        while c < channels {
            if channels - c >= MANY {
                self.sums[c..c + MANY].copy_from_slice(&sums_of::<
                    T,
                    N,
                    FUSED,
                    MANY,
                >(
                    self.sheet, channels, c,
                ));
                c += MANY;
            } else {
                [self.sums[c]] =
                    sums_of::<T, N, FUSED, 1>(self.sheet, channels, c);
                c += 1;
            }
        }
    }
}

#[inline(always)]
fn sums_of<T: Number, const N: usize, const FUSED: bool, const C: usize>(
    sheet: &[T],
    channels: usize,
    first: usize,
) -> [T; C] {
    let mut sums = [[T::zero(); N]; C];
    for pixel in sheet.chunks_exact(channels * GROUP) {
        let rows = pixel[first * GROUP..].as_chunks::<GROUP>().0;
        for (sum, row) in sums.iter_mut().zip(rows) {
            for part in row.as_chunks::<N>().0 {
                *sum = plus::<T, N, FUSED>(*sum, *part);
            }
        }
    }
    sums.map(|sums| sum_of(sums))
}

/// The sum of a vector: halves are added to each other.
#[inline(always)]
pub(super) fn sum_of<T: Number, const N: usize>(mut lanes: [T; N]) -> T {
    let mut half = N / 2;
    while half > 0 {
        for i in 0..half {
            lanes[i] += lanes[i + half];
        }
        half /= 2;
    }
    lanes[0]
}
