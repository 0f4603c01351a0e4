//! Matrices with three diagonals: their eigenvalues, and as many of their
//! eigenvectors as are asked for.
//!
//! The values by the QL method (Bowdler, Martin, Reinsch & Wilkinson,
//! 1968), its rotations without square roots (Pal, Walker & Kahan; in
//! Parlett, The Symmetric Eigenvalue Problem, 1980), a vector by inverse iteration: solve
//! `(T - λ I) x = b` for any `b`, and `x` points along the eigenvector of
//! `λ`, since everything else is stretched far less (Wielandt, 1944).

use crate::kernel::level::Job;
use crate::kernel::level::Level;
use crate::kernel::number::Number as _;

/// Values nearer than this share of the largest have vectors that are
/// kept at right angles.
const NEAR: f64 = 1e-5;

/// Rounds of inverse iteration; two are enough but for bad luck.
const ROUNDS: usize = 3;

/// Of a vector of length 1, what is smaller is nothing.
const DUST: f64 = 1e-30;

/// Sweeps to find a value; three are usual.
const SWEEPS: usize = 60;

/// A number to divide by is larger.
const TINY: f64 = 1e-290;

/// A symmetric matrix with three diagonals.
#[derive(Debug, Clone, PartialEq)]
pub struct Tridiagonal {
    /// `[size]`
    pub diagonal: Vec<f64>,
    /// `[size]`: number `i` is beside the diagonal between `i` and
    /// `i + 1`; the last one is 0.
    pub beside: Vec<f64>,
}

impl Tridiagonal {
    /// Nothing but zeros.
    pub fn zeros(size: usize) -> Tridiagonal {
        Tridiagonal { diagonal: vec![0.0; size], beside: vec![0.0; size] }
    }

    /// The eigenvalues, largest first.
    pub fn values(&self) -> Vec<f64> {
        let largest = self.largest();
        if !largest.is_finite() {
            return vec![f64::NAN; self.diagonal.len()];
        }
        // At most 1, so that squares are numbers.
        let scale = if largest > 0.0 { largest } else { 1.0 };
        let share = |x: &f64| x / scale;
        let mut d: Vec<f64> = self.diagonal.iter().map(share).collect();
        let squares = self.beside.iter().map(|x| share(x).powi(2));
        let mut e: Vec<f64> = squares.collect();
        let small = f64::EPSILON * f64::EPSILON;
        for from in 0..d.len() {
            for _ in 0..SWEEPS {
                let is_end = |at: &usize| {
                    let beside = d[*at].abs() + d[at + 1].abs();
                    let bound = f64::EPSILON * beside + small;
                    e[*at] <= bound * bound
                };
                let last = d.len() - 1;
                let to = (from..last).find(is_end).unwrap_or(last);
                if to == from {
                    break;
                }
                sweep(&mut d[from..=to], &mut e[from..=to]);
            }
        }
        d.iter_mut().for_each(|value| *value *= scale);
        d.sort_by(|a, b| b.total_cmp(a));
        d
    }

    /// The eigenvectors of some of the [values](Self::values), largest
    /// first and without gaps: `[values, size]`, one after the other, each
    /// of length 1.
    pub fn vectors(&self, values: &[f64], level: Level) -> Vec<f64> {
        let size = self.diagonal.len();
        let (largest, mut solver) = (self.largest(), Solver::new(size));
        let mut vectors = vec![0.0; values.len() * size];
        for (number, value) in values.iter().enumerate() {
            let (before, from) = vectors.split_at_mut(number * size);
            let vector = &mut from[..size];
            start(number, vector);
            solver.factor(self, *value, largest);
            let near = |v: &&f64| **v - value <= NEAR * largest;
            let near = values[..number].iter().rev().take_while(near);
            let near = &before[(number - near.count()) * size..];
            for _ in 0..ROUNDS {
                solver.solve(vector);
                level.run(Upright { vector, others: near });
            }
            // What is left of the other axes after a few rounds.
            let dust = |x: &&mut f64| x.abs() < DUST;
            vector.iter_mut().filter(dust).for_each(|x| *x = 0.0);
        }
        vectors
    }

    /// No eigenvalue is larger.
    fn largest(&self) -> f64 {
        let mut before = 0.0;
        let mut largest: f64 = 0.0;
        for (d, e) in self.diagonal.iter().zip(&self.beside) {
            let row = d.abs() + e.abs() + before;
            largest = if row <= largest { largest } else { row };
            before = e.abs();
        }
        largest
    }
}

/// One sweep of QL over a block without zeros beside the diagonal, of
/// which `e` has the squares: rotations without a square root.
fn sweep(d: &mut [f64], e: &mut [f64]) {
    let last = d.len() - 1;
    let root = e[0].sqrt();
    let half = (d[1] - d[0]) / (2.0 * root);
    let far = half + (half * half + 1.0).sqrt().copysign(half);
    let shift = d[0] - root / far;
    // The squared cosine and sine of the rotation before.
    let (mut c, mut s) = (1.0, 0.0);
    let mut g = d[last] - shift;
    let mut p = g * g;
    for i in (0..last).rev() {
        let (beside, before) = (e[i], g);
        let r = p + beside;
        if i + 1 < last {
            e[i + 1] = s * r;
        }
        // Three quotients at once; none has to wait for another.
        let (old, inverse) = (c, r / p);
        (c, s) = (p / r, beside / r);
        g = c * (d[i] - shift) - s * before;
        d[i + 1] = before + (d[i] - g);
        p = if p > TINY { g * g * inverse } else { old * beside };
    }
    e[0] = s * p;
    d[0] = shift + g;
}

/// Some vector, another one for every number.
fn start(number: usize, vector: &mut [f64]) {
    let mut state = number as u64;
    for x in vector.iter_mut() {
        // A step of SplitMix64.
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mix = state ^ (state >> 30);
        let mix = mix.wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mix = mix ^ (mix >> 27);
        let mix = mix.wrapping_mul(0x94D0_49BB_1331_11EB);
        let mix = (mix ^ (mix >> 31)) >> 11;
        *x = mix as f64 / (1u64 << 53) as f64 - 0.5;
    }
}

/// Takes away what a vector has in common with others; its length becomes
/// 1.
struct Upright<'a> {
    vector: &'a mut [f64],
    others: &'a [f64],
}

impl Job for Upright<'_> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let Upright { vector, others } = self;
        normalize::<FUSED>(vector);
        if others.is_empty() {
            return;
        }
        for other in others.chunks_exact(vector.len()) {
            let much = -dot::<FUSED>(other, vector);
            for (x, y) in vector.iter_mut().zip(other) {
                *x = much.times_plus::<FUSED>(*y, *x);
            }
        }
        normalize::<FUSED>(vector);
    }
}

#[inline(always)]
fn dot<const FUSED: bool>(a: &[f64], b: &[f64]) -> f64 {
    // Several sums, so that none has to wait for the one before.
    let (whole, rest) = a.as_chunks::<32>();
    let (whole_b, rest_b) = b.as_chunks::<32>();
    let mut sums = [0.0; 32];
    for (a, b) in whole.iter().zip(whole_b) {
        sums = f64::vector_times_plus::<32, FUSED>(*a, *b, sums);
    }
    let rest = rest.iter().zip(rest_b).map(|(a, b)| a * b);
    sums.iter().sum::<f64>() + rest.sum::<f64>()
}

#[inline(always)]
fn normalize<const FUSED: bool>(vector: &mut [f64]) {
    // Not to overflow: first the largest becomes 1.
    let largest = vector.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    if largest == 0.0 || !largest.is_finite() {
        return;
    }
    vector.iter_mut().for_each(|x| *x /= largest);
    let length = dot::<FUSED>(vector, vector).sqrt();
    vector.iter_mut().for_each(|x| *x /= length);
}

/// A row of the upper factor.
#[derive(Debug, Clone, Copy, Default)]
struct Pivot {
    /// 1 / the number on the diagonal.
    inverse: f64,
    /// The two numbers to its right.
    right: [f64; 2],
    /// How often this row is taken off the next one.
    times: f64,
    /// Whether the two rows were exchanged first.
    exchanged: bool,
}

/// Solves systems with `T - λ I`.
struct Solver {
    pivots: Vec<Pivot>,
}

impl Solver {
    fn new(size: usize) -> Solver {
        Solver { pivots: vec![Pivot::default(); size] }
    }

    /// Elimination; of two rows the one with the larger number goes first.
    fn factor(&mut self, of: &Tridiagonal, value: f64, largest: f64) {
        // Small enough not to matter, large enough to divide by.
        let smallest = (f64::EPSILON * largest).max(1e-290);
        let size = self.pivots.len();
        let some = |x: f64| if x.abs() < smallest { smallest } else { x };
        let at = |i: usize| of.diagonal.get(i).map_or(0.0, |d| d - value);
        let mut this = [at(0), of.beside.first().copied().unwrap_or(0.0)];
        for i in 0..size {
            let below = of.beside[i];
            let next = of.beside.get(i + 1).copied().unwrap_or(0.0);
            let other = [at(i + 1), next];
            let pivot = &mut self.pivots[i];
            if below.abs() <= this[0].abs().max(smallest) {
                let first = some(this[0]);
                let times = below / first;
                *pivot = Pivot {
                    inverse: 1.0 / first,
                    right: [this[1], 0.0],
                    times,
                    exchanged: false,
                };
                this = [other[0] - times * this[1], other[1]];
            } else {
                let times = this[0] / below;
                *pivot = Pivot {
                    inverse: 1.0 / below,
                    right: other,
                    times,
                    exchanged: true,
                };
                this = [this[1] - times * other[0], -times * other[1]];
            }
        }
    }

    fn solve(&self, b: &mut [f64]) {
        let size = b.len();
        for i in 1..size {
            let pivot = self.pivots[i - 1];
            let (mut first, mut second) = (b[i - 1], b[i]);
            if pivot.exchanged {
                (first, second) = (second, first);
            }
            b[i - 1] = first;
            b[i] = second - pivot.times * first;
        }
        let (mut next, mut after) = (0.0, 0.0);
        for (x, pivot) in b.iter_mut().zip(&self.pivots).rev() {
            let [near, far] = pivot.right;
            *x = (*x - near * next - far * after) * pivot.inverse;
            (next, after) = (*x, next);
        }
    }
}
