//! Steps of an optimizer, each in one pass over a parameter.
//!
//! A unit that fell silent has no gradient any more, and what is
//! remembered of it fades, a tenth every step, until it is a number with
//! fewer digits than the others. Processors need a hundred times as long
//! for those. So what has faded that far is nothing.

use crate::kernel::crew::Worth;
use crate::kernel::cut::Cut;
use crate::kernel::level::Job;
use crate::kernel::number::Number;
use crate::kernel::passes::Hands;

/// The numbers of a step of Adam (Kingma & Ba, 2015, algorithm 1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adam<T> {
    /// How much of its mean gradient it keeps.
    pub beta_1: T,
    /// How much of its mean squared gradient it keeps.
    pub beta_2: T,
    /// The learning rate, over `1 - β₁ᵗ`.
    pub rate: T,
    /// `1 / (1 - β₂ᵗ)`
    pub unbias: T,
    /// Keeps it from dividing by zero.
    pub epsilon: T,
}

/// A parameter, what Adam remembers of it, and its gradient.
#[derive(Debug)]
pub struct Remembered<'a, T> {
    /// The parameter.
    pub w: &'a mut [T],
    /// The mean gradient.
    pub m: &'a mut [T],
    /// The mean squared gradient.
    pub v: &'a mut [T],
    /// The gradient.
    pub g: &'a [T],
}

impl Hands<'_> {
    /// ```text
    /// m ← β₁ m + (1 - β₁) g        v ← β₂ v + (1 - β₂) g²
    /// w ← w - rate m / (√(unbias v) + ε)
    /// ```
    ///
    /// # Panics
    ///
    /// When the sizes differ.
    pub fn adam<T: Number>(&mut self, adam: Adam<T>, all: Remembered<T>) {
        let Remembered { w, m, v, g } = all;
        let size = g.len();
        assert!(w.len() == size && m.len() == size && v.len() == size);
        let level = self.level;
        let (w, m, v) = (Cut::new(w), Cut::new(m), Cut::new(v));
        self.crew.share(Worth::of(4 * size), &|piece| {
            let (w, m, v) = (w.part(piece), m.part(piece), v.part(piece));
            let g = &g[piece.share_of(size)];
            level.run(Step { adam, all: Remembered { w, m, v, g } });
        });
    }

    /// `v ← keep v + g`, `w ← w - rate v`.
    ///
    /// # Panics
    ///
    /// When the sizes differ.
    pub fn momentum<T: Number>(
        &mut self,
        [keep, rate]: [T; 2],
        w: &mut [T],
        v: &mut [T],
        g: &[T],
    ) {
        let size = g.len();
        assert!(w.len() == size && v.len() == size);
        let level = self.level;
        let (w, v) = (Cut::new(w), Cut::new(v));
        self.crew.share(Worth::of(2 * size), &|piece| {
            let (w, v) = (w.part(piece), v.part(piece));
            let g = &g[piece.share_of(size)];
            level.run(Momentum { keep, rate, w, v, g });
        });
    }
}

/// No mean square is less: its root is nothing next to `ε`.
const LEAST: f64 = 1e-37;

struct Step<'a, T> {
    adam: Adam<T>,
    all: Remembered<'a, T>,
}

impl<T: Number> Job for Step<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        step::<T, FUSED>(self.adam, self.all);
    }
}

/// The step itself, of numbers that lie side by side.
#[inline(always)]
pub(super) fn step<T: Number, const FUSED: bool>(
    adam: Adam<T>,
    all: Remembered<T>,
) {
    let Adam { beta_1, beta_2, rate, unbias, epsilon } = adam;
    let Remembered { w, m, v, g } = all;
    let (new_1, new_2) = (T::one() - beta_1, T::one() - beta_2);
    let least = T::of(LEAST);
    let numbers = w.iter_mut().zip(m).zip(v.iter_mut().zip(g));
    for ((w, m), (v, g)) in numbers {
        let g = g.or_nothing();
        let mean = beta_1.times_plus::<FUSED>(*m, new_1 * g);
        *m = mean.or_nothing();
        let square = beta_2.times_plus::<FUSED>(*v, new_2 * g * g);
        *v = square.or_more(least);
        let size = (unbias * *v).root::<FUSED>() + epsilon;
        *w = *w - rate * *m / size;
    }
}

struct Momentum<'a, T> {
    keep: T,
    rate: T,
    w: &'a mut [T],
    v: &'a mut [T],
    g: &'a [T],
}

impl<T: Number> Job for Momentum<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        for ((w, v), g) in self.w.iter_mut().zip(self.v).zip(self.g) {
            *v = self.keep.times_plus::<FUSED>(*v, *g).or_nothing();
            *w = (-self.rate).times_plus::<FUSED>(*v, *w);
        }
    }
}
