//! Mirrors: how a symmetric matrix becomes one with three diagonals.
//!
//! ```text
//! H = I - τ v vᵀ        A ← H · A · H        T = Hₙ ... A ... Hₙ
//! ```
//!
//! A mirror turns a row into a single number beside the diagonal
//! (Householder, 1958); one after the other does so with every row, from
//! the last to the first. The eigenvalues stay the same, and
//! [`tridiagonal`](crate::kernel::tridiagonal) finds them.
//!
//! A mirror costs one walk over the triangle: on the way, every number is
//! changed as the mirror before asks for, and multiplied with the vector
//! of the next one.

use crate::kernel::crew::Crew;
use crate::kernel::crew::Worth;
use crate::kernel::cut::Cut;
use crate::kernel::level::Job;
use crate::kernel::level::Level;
use crate::kernel::number::Number as _;
use crate::kernel::tridiagonal::Tridiagonal;
use std::ops::Range;

/// Numbers that are calculated at once.
const LANES: usize = 8;

/// So many sums are kept apart and added up in order, whatever the number
/// of threads.
const STRIPES: usize = 4;

/// Neighboring rows of a stripe.
const GROUP: usize = 16;

/// Rows that are visited side by side: a part of [`LANES`], whose rows are
/// equally long.
const SIDE: usize = 4;

/// Vectors that are mirrored together: they stay in the cache.
const FLOCK: usize = 32;

/// As many numbers as one instruction takes, in a cache line.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Lane([f64; LANES]);

/// A symmetric matrix, `Q · T · Qᵀ`, with `Q` as mirrors.
#[derive(Debug)]
pub struct Mirrored {
    /// With three diagonals.
    pub tridiagonal: Tridiagonal,
    /// The vector of mirror `i` in row `i`.
    triangle: Vec<Lane>,
    /// `τ` of every mirror; 0 for none.
    scales: Vec<f64>,
}

/// A mirror on its way: what the walk adds to every number, and the vector
/// that it multiplies with.
struct Walk<'a> {
    triangle: Cut<'a, Lane>,
    rows: usize,
    /// `A ← A - v qᵀ - q vᵀ`
    old: [&'a [Lane]; 2],
    new: &'a [Lane],
    /// `A · new`, in as many summands as there are stripes.
    sums: Cut<'a, Lane>,
}

impl Mirrored {
    /// Of a symmetric matrix of so many rows; only the numbers up to the
    /// diagonal are looked at, `entry(row, column)`.
    pub fn new(
        size: usize,
        entry: impl Fn(usize, usize) -> f64,
        level: Level,
        crew: &mut Crew,
    ) -> Mirrored {
        let mut triangle = vec![Lane::default(); row(size).start];
        let mut largest: f64 = 0.0;
        for i in 0..size {
            for (j, x) in numbers(&mut triangle[row(i)]).enumerate() {
                *x = if j <= i { entry(i, j) } else { 0.0 };
                largest = largest.max(x.abs());
            }
        }
        let dust = (f64::EPSILON * f64::EPSILON * largest).powi(2);
        let width = row(size).len();
        let mut q = vec![Lane::default(); width];
        let mut sums = vec![Lane::default(); STRIPES * width];
        let nothing = q.clone();
        let mut scales = vec![0.0; size];
        let mut tridiagonal = Tridiagonal::zeros(size);
        for i in (0..size).rev() {
            let (above, this) = triangle.split_at_mut(row(i).start);
            let (this, below) = this.split_at_mut(row(i).len());
            let old = if i + 1 < size { &*below } else { &nothing };
            let polish = Polish { this, i, old: [old, &q], dust };
            let [diagonal, beside, scale] = level.run(polish);
            tridiagonal.diagonal[i] = diagonal;
            scales[i] = scale;
            if i == 0 {
                break;
            }
            tridiagonal.beside[i - 1] = beside;
            let walk = Walk {
                triangle: Cut::new(above),
                rows: i,
                old: [old, &q],
                new: this,
                sums: Cut::new(&mut sums),
            };
            walk.go(level, crew);
            level.run(Turn { sums: &sums, scale, v: this, q: &mut q });
        }
        Mirrored { tridiagonal, triangle, scales }
    }

    /// Eigenvectors of the matrix, from those of its tridiagonal form:
    /// `vectors` is `[many, size]`, row after row.
    pub fn turn_back(
        &self,
        vectors: &mut [f64],
        level: Level,
        crew: &mut Crew,
    ) {
        let size = self.scales.len();
        let many = vectors.len() / size.max(1);
        let worth = Worth::of(many * size * size / LANES);
        let vectors = Cut::new(vectors);
        crew.share(worth, &|piece| {
            // Every walk through the mirrors costs: one for each thread.
            let Some(piece) = piece.for_thread() else { return };
            let vectors = vectors.rows(piece, size);
            level.run(Back { mirrored: self, vectors });
        });
    }
}

/// The lanes of a row of the triangle.
fn row(i: usize) -> Range<usize> {
    let (whole, rest) = (i / LANES, i % LANES);
    let start = (whole + 1) * (whole * LANES / 2 + rest);
    start..start + whole + 1
}

fn numbers(lanes: &mut [Lane]) -> impl Iterator<Item = &mut f64> {
    lanes.iter_mut().flat_map(|lane| &mut lane.0)
}

/// Row `i` becomes a mirror, once it is changed as the last one asks for;
/// the answer is the number on the diagonal, the one that is left beside
/// it, and `τ`.
struct Polish<'a> {
    this: &'a mut [Lane],
    i: usize,
    old: [&'a [Lane]; 2],
    /// A smaller square of the numbers to mirror away is nothing: where
    /// the matrix has not the full rank, they shrink from row to row until
    /// they could not be squared.
    dust: f64,
}

impl Job for Polish<'_> {
    type Answer = [f64; 3];

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) -> [f64; 3] {
        let Polish { this, i, old: [v, q], dust } = self;
        let (lane, l) = (i / LANES, i % LANES);
        let (at_v, at_q) = (-v[lane].0[l], -q[lane].0[l]);
        for ((x, v), q) in this.iter_mut().zip(v).zip(q) {
            *x = plus::<FUSED>(at_v, q, *x);
            *x = plus::<FUSED>(at_q, v, *x);
        }
        let diagonal = this[lane].0[l];
        this[lane].0[l..].fill(0.0);
        if i == 0 {
            return [diagonal, 0.0, 0.0];
        }
        let (lane, l) = ((i - 1) / LANES, (i - 1) % LANES);
        let last = std::mem::take(&mut this[lane].0[l]);
        let others = dot::<FUSED>(this, this);
        let all = others + last * last;
        if others <= dust || !all.is_finite() {
            this.fill(Lane::default());
            let beside = if all.is_finite() { last } else { all };
            return [diagonal, beside, 0.0];
        }
        let beside = -all.sqrt().copysign(last);
        this[lane].0[l] = last - beside;
        // vᵀ v = 2 |x|² - 2 x · beside
        [diagonal, beside, 1.0 / (all - last * beside)]
    }
}

impl Walk<'_> {
    fn go(&self, level: Level, crew: &mut Crew) {
        let worth = Worth::of(self.rows * self.rows / LANES * 4);
        crew.share(worth, &|piece| {
            for stripe in piece.share_of(STRIPES) {
                level.run(Stripe { walk: self, stripe });
            }
        });
    }
}

/// Every fourth group of rows of a walk.
struct Stripe<'a> {
    walk: &'a Walk<'a>,
    stripe: usize,
}

impl Job for Stripe<'_> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let Stripe { walk, stripe } = self;
        let width = walk.width();
        let sums = walk.sums.stretch(stripe, width);
        sums.fill(Lane::default());
        let groups = walk.rows.div_ceil(GROUP);
        for group in (stripe..groups).step_by(STRIPES) {
            let end = walk.rows.min((group + 1) * GROUP);
            let mut i = group * GROUP;
            while i + SIDE <= end {
                walk.visit::<FUSED, SIDE>(i, sums);
                i += SIDE;
            }
            (i..end).for_each(|i| walk.visit::<FUSED, 1>(i, sums));
        }
    }
}

impl Walk<'_> {
    /// The lanes of the mirror to come.
    fn width(&self) -> usize {
        self.new.len()
    }

    /// `R` rows of as many lanes each: side by side, since what is added
    /// to them is the same.
    #[inline(always)]
    fn visit<const FUSED: bool, const R: usize>(
        &self,
        i: usize,
        sums: &mut [Lane],
    ) {
        let lanes = row(i).len();
        let rows = row(i).start..row(i + R - 1).end;
        let mut rows = self.triangle.between(rows).chunks_exact_mut(lanes);
        let rows: [&mut [Lane]; R] =
            std::array::from_fn(|_| rows.next().unwrap_or_default());
        let [v, q, new] =
            [self.old[0], self.old[1], self.new].map(|all| &all[..lanes]);
        let sums = &mut sums[..lanes];
        let at = |all: &[Lane], r| all[lanes - 1].0[(i + r) % LANES];
        let at_v: [f64; R] = std::array::from_fn(|r| -at(v, r));
        let at_q: [f64; R] = std::array::from_fn(|r| -at(q, r));
        let at_new: [f64; R] = std::array::from_fn(|r| at(new, r));
        let mut dots = [Lane::default(); R];
        for k in 0..lanes {
            let (v, q, new, mut sum) = (&v[k], &q[k], &new[k], sums[k]);
            for r in 0..R {
                let a = plus::<FUSED>(at_v[r], q, rows[r][k]);
                let a = plus::<FUSED>(at_q[r], v, a);
                dots[r] = times::<FUSED>(&a, new, dots[r]);
                sum = plus::<FUSED>(at_new[r], &a, sum);
                rows[r][k] = a;
            }
            sums[k] = sum;
        }
        // What lies behind the diagonal is not there, and the diagonal
        // itself was counted twice.
        let (new, sum) = (&new[lanes - 1].0, &mut sums[lanes - 1].0);
        for r in 0..R {
            let (x, l) = (&mut rows[r][lanes - 1].0, (i + r) % LANES);
            let mut total: f64 = dots[r].0.iter().sum();
            total -= at_new[r] * x[l];
            for k in l + 1..LANES {
                total -= x[k] * new[k];
                sum[k] -= at_new[r] * x[k];
                x[k] = 0.0;
            }
            sum[l] += total;
        }
    }
}

/// `a x + y`
#[inline(always)]
fn plus<const FUSED: bool>(a: f64, x: &Lane, y: Lane) -> Lane {
    times::<FUSED>(&Lane([a; LANES]), x, y)
}

/// `x y + z`, number by number.
#[inline(always)]
fn times<const FUSED: bool>(x: &Lane, y: &Lane, z: Lane) -> Lane {
    Lane(f64::vector_times_plus::<LANES, FUSED>(x.0, y.0, z.0))
}

/// `q = τ A v - (τ² / 2 · vᵀ A v) v`, from the sums of the stripes.
struct Turn<'a> {
    sums: &'a [Lane],
    scale: f64,
    v: &'a [Lane],
    q: &'a mut [Lane],
}

impl Job for Turn<'_> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let Turn { sums, scale, v, q } = self;
        let q = &mut q[..v.len()];
        q.fill(Lane::default());
        for stripe in sums.chunks_exact(q.len()).take(STRIPES) {
            for (q, sum) in q.iter_mut().zip(stripe) {
                *q = plus::<FUSED>(scale, sum, *q);
            }
        }
        let share = -0.5 * scale * dot::<FUSED>(v, q);
        for (q, v) in q.iter_mut().zip(v) {
            *q = plus::<FUSED>(share, v, *q);
        }
    }
}

#[inline(always)]
fn dot<const FUSED: bool>(a: &[Lane], b: &[Lane]) -> f64 {
    // Several sums, so that none has to wait for the one before.
    let (fours, rest) = a.as_chunks::<4>();
    let (fours_b, rest_b) = b.as_chunks::<4>();
    let mut sums = [Lane::default(); 4];
    for (a, b) in fours.iter().zip(fours_b) {
        for k in 0..4 {
            sums[k] = times::<FUSED>(&a[k], &b[k], sums[k]);
        }
    }
    for (a, b) in rest.iter().zip(rest_b) {
        sums[0] = times::<FUSED>(a, b, sums[0]);
    }
    sums.iter().flat_map(|sum| sum.0).sum()
}

/// Some vectors on their way back.
struct Back<'a> {
    mirrored: &'a Mirrored,
    vectors: &'a mut [f64],
}

impl Job for Back<'_> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let Mirrored { triangle, scales, .. } = self.mirrored;
        let (size, width) = (scales.len(), row(scales.len()).len());
        let mut paper = vec![Lane::default(); FLOCK * width];
        for flock in self.vectors.chunks_mut(FLOCK * size.max(1)) {
            let pairs = flock.chunks(size).zip(paper.chunks_mut(width));
            for (vector, lanes) in pairs {
                numbers(lanes).zip(vector).for_each(|(to, x)| *to = *x);
            }
            for (i, scale) in scales.iter().enumerate() {
                if *scale == 0.0 {
                    continue;
                }
                let v = &triangle[row(i)];
                for lanes in paper.chunks_exact_mut(width) {
                    let lanes = &mut lanes[..v.len()];
                    let much = -scale * dot::<FUSED>(v, lanes);
                    for (x, v) in lanes.iter_mut().zip(v) {
                        *x = plus::<FUSED>(much, v, *x);
                    }
                }
            }
            let pairs = flock.chunks_mut(size).zip(paper.chunks_mut(width));
            for (vector, lanes) in pairs {
                vector
                    .iter_mut()
                    .zip(numbers(lanes))
                    .for_each(|(to, x)| *to = *x);
            }
        }
    }
}
