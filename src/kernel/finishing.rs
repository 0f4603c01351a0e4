//! What becomes of the sums of a convolution before they are written:
//! they are still in registers, or at least near.

use crate::kernel::curve::Curve;
use crate::kernel::images::After;
use crate::kernel::images::GROUP;
use crate::kernel::images::Then;
use crate::kernel::number::Number;
use crate::kernel::vectors::larger;
use crate::kernel::vectors::plus;
use crate::kernel::vectors::where_positive;

impl<T: Number> After<'_, T> {
    /// Writes the sums of a pixel, bent or multiplied by slopes.
    #[inline(always)]
    pub(super) fn finish<
        const N: usize,
        const FUSED: bool,
        const K: usize,
    >(
        &self,
        [channel, lane, start]: [usize; 3],
        mut sums: [[T; N]; K],
        to: &mut [T],
    ) {
        let rows = to.as_chunks_mut::<GROUP>().0.iter_mut();
        match self.then {
            Then::Nothing => {}
            Then::Bend(bias) => {
                let least = match self.curve {
                    Curve::Relu => T::zero(),
                    _ => T::of(f64::NEG_INFINITY),
                };
                let bias = &bias[channel..channel + K];
                for (sum, bias) in sums.iter_mut().zip(bias) {
                    let more = plus::<T, N, FUSED>(*sum, [*bias; N]);
                    *sum = larger::<T, N, FUSED>([least; N], more);
                }
            }
            Then::Slope(y) if self.curve == Curve::Relu => {
                let y = y[start..start + K * GROUP].as_chunks::<GROUP>().0;
                for (sum, y) in sums.iter_mut().zip(y) {
                    let y = y[lane..].first_chunk::<N>().copied();
                    let y = y.unwrap_or([T::zero(); N]);
                    *sum = where_positive::<T, N, FUSED>(y, *sum);
                }
            }
            Then::Slope(_) => {}
        }
        for (row, sum) in rows.zip(&sums) {
            row[lane..lane + N].copy_from_slice(sum);
        }
        if let Curve::Sigmoid | Curve::Tanh = self.curve {
            bend_more::<T, N, FUSED>(*self, start, lane, to);
        }
    }
}

/// Bends the vectors of a pixel from a lane on, or multiplies them by
/// slopes: curves that want more than an instruction.
#[inline(always)]
fn bend_more<T: Number, const N: usize, const FUSED: bool>(
    after: After<T>,
    start: usize,
    lane: usize,
    pixel: &mut [T],
) {
    let curve = after.curve;
    match after.then {
        Then::Nothing => {}
        Then::Bend(_) => {
            for row in pixel.as_chunks_mut::<GROUP>().0 {
                curve.bend::<T, FUSED>(&mut row[lane..lane + N]);
            }
        }
        Then::Slope(y) => {
            let y = y[start..start + pixel.len()].as_chunks::<GROUP>().0;
            for (row, y) in
                pixel.as_chunks_mut::<GROUP>().0.iter_mut().zip(y)
            {
                let lanes = lane..lane + N;
                curve.unbend(&y[lanes.clone()], &mut row[lanes]);
            }
        }
    }
}
