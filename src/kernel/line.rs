//! A product with a single row: one example on its way through a layer.
//!
//! ```text
//! c = c + a · B
//! ```
//!
//! Every number of `B` is used once, so nothing is packed: `B` is read
//! from its beginning to its end, as fast as it comes. A sum adds up its
//! products in the order in which a tile does.

use crate::kernel::input::Input;
use crate::kernel::level::Job;
use crate::kernel::number::Number;

/// Rows of `B` that are added at once.
const ROWS: usize = 4;

/// Bytes of a cache line.
const LINE: usize = 64;

/// So many vectors are short: a sum would have to wait for the one before
/// it, which had not been written yet.
const SHORT: usize = 16;

/// A row times a matrix that [has rows](Input::has_rows).
#[derive(Debug)]
pub struct Line<'a, T> {
    /// `[1, depth]`
    pub a: &'a Input<'a, T>,
    /// `[depth, columns]`
    pub b: &'a Input<'a, T>,
    /// Where the sums start, and then the sums.
    pub c: &'a mut [T],
}

impl<T: Number> Job for Line<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(mut self) {
        let vectors = self.c.len() / N;
        if vectors < SHORT {
            let mut at = 0;
            for _ in 0..vectors / 8 {
                at += self.panel::<N, FUSED, 8>(at);
            }
            match vectors % 8 / 4 {
                0 => {}
                _ => at += self.panel::<N, FUSED, 4>(at),
            }
            for _ in 0..vectors % 4 / 2 {
                at += self.panel::<N, FUSED, 2>(at);
            }
            for _ in 0..vectors % 2 {
                at += self.panel::<N, FUSED, 1>(at);
            }
            return self.rest::<FUSED>(at);
        }
        let depth = self.b.dim().0;
        let head = self.head::<N>();
        let mut p = 0;
        while p + ROWS <= depth {
            self.rows::<N, FUSED, ROWS>(p, head);
            p += ROWS;
        }
        while p < depth {
            self.rows::<N, FUSED, 1>(p, head);
            p += 1;
        }
    }
}

impl<T: Number> Line<'_, T> {
    /// The sums of `V` vectors of columns, kept at hand all the way down;
    /// returns how many columns these are.
    #[inline(always)]
    fn panel<const N: usize, const FUSED: bool, const V: usize>(
        &mut self,
        from: usize,
    ) -> usize {
        let width = V * N;
        let here = &mut self.c[from..from + width];
        let here = here.as_chunks_mut::<N>().0;
        let mut sums = [[T::zero(); N]; V];
        sums.copy_from_slice(here);
        for p in 0..self.b.dim().0 {
            let x = [self.a.at(0, p); N];
            let row = self.b.in_row(p, from, width).as_chunks::<N>().0;
            for v in 0..V {
                sums[v] =
                    T::vector_times_plus::<N, FUSED>(x, row[v], sums[v]);
            }
        }
        here.copy_from_slice(&sums);
        width
    }

    /// The sums of the last few columns.
    #[inline(always)]
    fn rest<const FUSED: bool>(&mut self, from: usize) {
        let rest = &mut self.c[from..];
        if rest.is_empty() {
            return;
        }
        for p in 0..self.b.dim().0 {
            let x = self.a.at(0, p);
            let row = self.b.in_row(p, from, rest.len());
            for (sum, y) in rest.iter_mut().zip(row) {
                *sum = x.times_plus::<FUSED>(*y, *sum);
            }
        }
    }

    /// Columns before the first one that begins a cache line in every row:
    /// a vector that lies in two lines takes twice as long.
    #[inline(always)]
    fn head<const N: usize>(&self) -> usize {
        let columns = self.c.len();
        let head = match self.b.dim().0 {
            0 => 0,
            _ => self.b.in_row(0, 0, columns).as_ptr().align_offset(LINE),
        };
        if columns.is_multiple_of(N) && head < N { head } else { 0 }
    }

    /// Adds `R` rows of `B`, from row `p` on, to all sums.
    #[inline(always)]
    fn rows<const N: usize, const FUSED: bool, const R: usize>(
        &mut self,
        p: usize,
        head: usize,
    ) {
        let columns = self.c.len();
        let x: [T; R] = std::array::from_fn(|r| self.a.at(0, p + r));
        let rows: [&[T]; R] =
            std::array::from_fn(|r| self.b.in_row(p + r, 0, columns));
        let end = columns - (columns - head) % N;
        edge::<T, FUSED, R>(
            &mut self.c[..head],
            x,
            rows.map(|r| &r[..head]),
        );
        let whole = self.c[head..end].as_chunks_mut::<N>().0;
        let parts = rows
            .map(|row| &row[head..end].as_chunks::<N>().0[..whole.len()]);
        for (j, sum) in whole.iter_mut().enumerate() {
            let mut new = *sum;
            for r in 0..R {
                let (x, row) = ([x[r]; N], parts[r][j]);
                new = T::vector_times_plus::<N, FUSED>(x, row, new);
            }
            *sum = new;
        }
        edge::<T, FUSED, R>(&mut self.c[end..], x, rows.map(|r| &r[end..]));
    }
}

/// The same for a few columns, four at a time.
#[inline(always)]
fn edge<T: Number, const FUSED: bool, const R: usize>(
    c: &mut [T],
    x: [T; R],
    rows: [&[T]; R],
) {
    let (fours, rest) = c.as_chunks_mut::<4>();
    let parts = rows.map(|row| &row.as_chunks::<4>().0[..fours.len()]);
    for (j, sum) in fours.iter_mut().enumerate() {
        let mut new = *sum;
        for r in 0..R {
            let (x, row) = ([x[r]; 4], parts[r][j]);
            new = T::vector_times_plus::<4, FUSED>(x, row, new);
        }
        *sum = new;
    }
    let from = 4 * fours.len();
    for (j, sum) in rest.iter_mut().enumerate() {
        for r in 0..R {
            *sum = x[r].times_plus::<FUSED>(rows[r][from + j], *sum);
        }
    }
}
