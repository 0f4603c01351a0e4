//! The `k` largest numbers of a row, without sorting it.

use crate::kernel::crew::Worth;
use crate::kernel::cut::Cut;
use crate::kernel::level::Job;
use crate::kernel::number::Number;
use crate::kernel::passes::Hands;

/// Halvings after which any two numbers are told apart, or never.
const HALVINGS: usize = 200;

impl Hands<'_> {
    /// Marks the `k` largest numbers of every row of `columns` numbers
    /// with 1 and the others with 0; of equals, the first ones win.
    ///
    /// # Panics
    ///
    /// When the sizes differ.
    pub fn crown<T: Number>(
        &mut self,
        x: &[T],
        columns: usize,
        k: usize,
        winners: &mut [T],
    ) {
        assert!(x.len() == winners.len(), "marks for other numbers");
        let (level, columns) = (self.level, columns.max(1));
        let rows = x.len() / columns;
        let winners = Cut::new(winners);
        self.crew.share(Worth::of(20 * x.len()), &|piece| {
            let part = piece.share_of(rows);
            let x = &x[part.start * columns..part.end * columns];
            let winners = winners.rows(piece, columns);
            level.run(Crown { x, columns, k, winners });
        });
    }
}

struct Crown<'a, T> {
    x: &'a [T],
    columns: usize,
    k: usize,
    winners: &'a mut [T],
}

impl<T: Number> Job for Crown<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let Crown { x, columns, k, winners } = self;
        let rows = x.chunks_exact(columns);
        for (x, winners) in rows.zip(winners.chunks_exact_mut(columns)) {
            if k >= columns {
                winners.fill(T::one());
                continue;
            }
            let (low, high) = bar::<T, N>(x, k);
            if count::<T, N>(x, low) == k {
                for (winner, x) in winners.iter_mut().zip(x) {
                    *winner = if *x >= low { T::one() } else { T::zero() };
                }
                continue;
            }
            let above = x.iter().filter(|x| **x > high).count();
            let mut places = k - above.min(k);
            for (winner, x) in winners.iter_mut().zip(x) {
                let ties = *x >= low && *x <= high && places > 0;
                places -= usize::from(ties);
                let wins = *x > high || ties;
                *winner = if wins { T::one() } else { T::zero() };
            }
        }
    }
}

/// Two numbers: fewer than `k` are above the second, at least `k` are not
/// below the first. Closes in on the `k`th largest by halving.
#[inline(always)]
fn bar<T: Number, const N: usize>(x: &[T], k: usize) -> (T, T) {
    let first = x.first().copied().unwrap_or_else(T::zero);
    let (mut low, mut high) = (first, first);
    let mut lows = [first; N];
    let mut highs = [first; N];
    for vector in x.chunks(N) {
        let lanes = lows.iter_mut().zip(&mut highs);
        for (x, (low, high)) in vector.iter().zip(lanes) {
            *low = if *x < *low { *x } else { *low };
            *high = high.or_more(*x);
        }
    }
    for (a, b) in lows.into_iter().zip(highs) {
        low = if a < low { a } else { low };
        high = high.or_more(b);
    }
    for _ in 0..HALVINGS {
        let middle = low + (high - low) * T::of(0.5);
        if !(middle > low && middle < high) {
            // Two neighbors, or none left: is the upper one the bar?
            if count::<T, N>(x, high) >= k {
                low = high;
            } else {
                high = low;
            }
            break;
        }
        let reached = count::<T, N>(x, middle);
        if reached >= k {
            low = middle;
            if reached == k {
                break;
            }
        } else {
            high = middle;
        }
    }
    (low, high)
}

/// How many numbers are not below a bar.
#[inline(always)]
fn count<T: Number, const N: usize>(x: &[T], bar: T) -> usize {
    let mut counts = [0_u32; N];
    let (whole, rest) = x.as_chunks::<N>();
    for vector in whole {
        for (count, x) in counts.iter_mut().zip(vector) {
            *count += u32::from(*x >= bar);
        }
    }
    let rest = rest.iter().filter(|x| **x >= bar).count();
    counts.iter().sum::<u32>() as usize + rest
}
