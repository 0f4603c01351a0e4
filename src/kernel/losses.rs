//! The loss of a batch and its slopes, in one pass.

use crate::kernel::crew::Worth;
use crate::kernel::cut::Cut;
use crate::kernel::level::Job;
use crate::kernel::number::Number;
use crate::kernel::passes::Hands;

/// Factors of a product of numbers between 1 and 2 before it is put away:
/// 2⁶⁴ is far from an overflow.
const FACTORS: usize = 64;

/// What is compared, row by row: outputs, targets, and where to put the
/// slopes and the loss of every row.
#[derive(Debug)]
pub struct Compared<'a, T> {
    /// `[rows, columns]`
    pub outputs: &'a [T],
    /// `[rows, columns]`
    pub targets: &'a [T],
    /// `[rows, columns]`: the slopes, times `share`.
    pub slopes: &'a mut [T],
    /// `[rows]`: the sum over a row.
    pub sums: &'a mut [T],
    /// What a slope counts.
    pub share: T,
}

/// A loss whose slopes are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    /// `(y - x)²` with the slope `2 (y - x)`.
    Squared,
    /// `max(z, 0) - x z + ln (1 + exp(-|z|))` with the slope
    /// `sigmoid(z) - x`, of a logit `z`.
    CrossEntropy,
}

impl Hands<'_> {
    /// Fills in slopes and sums.
    ///
    /// # Panics
    ///
    /// When the sizes differ.
    pub fn compare<T: Number>(&mut self, loss: Mistake, all: Compared<T>) {
        let Compared { outputs, targets, slopes, sums, share } = all;
        let size = outputs.len();
        let columns = size / sums.len().max(1);
        assert!(targets.len() == size && slopes.len() == size);
        assert!(columns * sums.len() == size, "no whole number of columns");
        let (level, rows) = (self.level, sums.len());
        let (slopes, sums) = (Cut::new(slopes), Cut::new(sums));
        self.crew.share(Worth::of(4 * size), &|piece| {
            let part = piece.share_of(rows);
            let part = part.start * columns..part.end * columns;
            level.run(Compare {
                loss,
                columns,
                rows: Compared {
                    outputs: &outputs[part.clone()],
                    targets: &targets[part],
                    slopes: slopes.rows(piece, columns),
                    sums: sums.part(piece),
                    share,
                },
            });
        });
    }
}

struct Compare<'a, T> {
    loss: Mistake,
    columns: usize,
    rows: Compared<'a, T>,
}

impl<T: Number> Job for Compare<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let Compared { outputs, targets, slopes, sums, share } = self.rows;
        for (row, sum) in sums.iter_mut().enumerate() {
            let part = row * self.columns..(row + 1) * self.columns;
            let output = &outputs[part.clone()];
            let target = &targets[part.clone()];
            let slopes = &mut slopes[part];
            *sum = match self.loss {
                Mistake::Squared => {
                    squared::<T, N, FUSED>(output, target, slopes, share)
                }
                Mistake::CrossEntropy => {
                    entropy::<T, N, FUSED>(output, target, slopes, share)
                }
            };
        }
    }
}

#[inline(always)]
fn squared<T: Number, const N: usize, const FUSED: bool>(
    y: &[T],
    x: &[T],
    slopes: &mut [T],
    share: T,
) -> T {
    let twice = share + share;
    let mut lanes = [T::zero(); N];
    let parts = y.chunks(N).zip(x.chunks(N)).zip(slopes.chunks_mut(N));
    for ((y, x), slopes) in parts {
        let pixels = y.iter().zip(x).zip(slopes).zip(&mut lanes);
        for (((y, x), slope), lane) in pixels {
            let gap = *y - *x;
            *lane = gap.times_plus::<FUSED>(gap, *lane);
            *slope = gap * twice;
        }
    }
    lanes.into_iter().sum()
}

/// A row needs few logarithms, not one for every number, since
/// `ln a + ln b = ln ab`.
#[inline(always)]
fn entropy<T: Number, const N: usize, const FUSED: bool>(
    z: &[T],
    x: &[T],
    slopes: &mut [T],
    share: T,
) -> T {
    let mut lanes = [T::zero(); N];
    let most = N * FACTORS;
    let parts =
        z.chunks(most).zip(x.chunks(most)).zip(slopes.chunks_mut(most));
    for ((z, x), slopes) in parts {
        let mut product = [T::one(); N];
        let parts = z.chunks(N).zip(x.chunks(N)).zip(slopes.chunks_mut(N));
        for ((z, x), slopes) in parts {
            let lanes = lanes.iter_mut().zip(&mut product);
            let pixels = z.iter().zip(x).zip(slopes).zip(lanes);
            for (((z, x), slope), (lane, product)) in pixels {
                let e = (-z.size()).exponential::<FUSED>();
                let r = T::one() / (T::one() + e);
                let p = if *z < T::zero() { e * r } else { r };
                *slope = (p - *x) * share;
                *lane +=
                    (-*x).times_plus::<FUSED>(*z, z.or_more(T::zero()));
                *product = *product * (T::one() + e);
            }
        }
        for (lane, product) in lanes.iter_mut().zip(product) {
            *lane += product.logarithm::<FUSED>();
        }
    }
    lanes.into_iter().sum()
}
