//! L-BFGS: downhill with a memory for how the slope changes.
//!
//! ```text
//! direction   -H⁻¹ g, with the curvature of the last few steps
//! step        as long as the line search finds good
//! ```
//!
//! It needs no learning rate, but a loss that stays the same function: the
//! whole data, not a batch of them (Liu & Nocedal, 1989).

use crate::Real;
use crate::nn::curvature::Curvature;
use crate::nn::curvature::along;
use crate::nn::curvature::dot;
use crate::nn::line_search::Probe;
use crate::nn::line_search::search;

/// The loss at a point, and its gradient.
pub type Answer = (Real, Vec<Real>);

/// The optimizer, and what it remembers.
#[derive(Debug, Clone, Default)]
pub struct Lbfgs {
    curvature: Curvature,
    /// Where the last step ended.
    here: Option<Place>,
}

/// A point that was looked at.
#[derive(Debug, Clone)]
struct Place {
    at: Vec<Real>,
    loss: Real,
    gradient: Vec<Real>,
}

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Move {
    /// The loss afterwards.
    pub loss: Real,
    /// How far the point moved; 0 if no way leads down any more.
    pub length: Real,
    /// How often loss and gradient were computed.
    pub looks: usize,
}

impl Lbfgs {
    /// An optimizer that has seen nothing yet.
    pub fn new() -> Lbfgs {
        Lbfgs::default()
    }

    /// Call this when the loss has become another function, for instance
    /// because a price was changed.
    pub fn forget(&mut self) {
        self.look_again();
        self.curvature.clear();
    }

    /// Call this when the loss has become a similar function, for instance
    /// because its noise was drawn anew: the next step looks first.
    pub fn look_again(&mut self) {
        self.here = None;
    }

    /// One step of `at`; if the memory leads nowhere, straight downhill.
    ///
    /// `f` is the function to make small: it takes a point to its loss and
    /// gradient.
    pub fn step(
        &mut self,
        at: &mut [Real],
        f: &mut dyn FnMut(&[Real]) -> Answer,
    ) -> Move {
        let mut looks = 0;
        let mut look = |at: &[Real]| {
            looks += 1;
            let (loss, gradient) = f(at);
            Place { at: at.to_vec(), loss, gradient }
        };
        let here = self.here.take().filter(|here| here.at == at);
        let here = here.unwrap_or_else(|| look(at));
        let mut next = self.next(&here, &mut look);
        if next.is_none() && !self.curvature.is_empty() {
            self.curvature.clear();
            next = self.next(&here, &mut look);
        }
        let Some(next) = next else {
            let loss = here.loss;
            self.here = Some(here);
            return Move { loss, length: 0.0, looks };
        };
        let s = along(&next.at, -1.0, &here.at);
        let y = along(&next.gradient, -1.0, &here.gradient);
        let (loss, length) = (next.loss, dot(&s, &s).sqrt());
        self.curvature.remember(s, y);
        at.copy_from_slice(&next.at);
        self.here = Some(next);
        Move { loss, length, looks }
    }

    /// A better place along the direction that the memory suggests.
    fn next(
        &self,
        here: &Place,
        look: &mut dyn FnMut(&[Real]) -> Place,
    ) -> Option<Place> {
        let direction = self.curvature.direction(&here.gradient);
        let size = here.gradient.iter().map(|g| g.abs()).sum::<Real>();
        // The very first direction has no sense of length yet.
        let fresh = self.curvature.is_empty() && size > 1.0;
        let first = if fresh { 1.0 / size } else { 1.0 };
        let probe = |step: Real, place: Place| {
            let (loss, gradient) = (place.loss, place.gradient);
            let slope = dot(&gradient, &direction);
            Probe { step, loss, slope, gradient }
        };
        let start = probe(0.0, here.clone());
        let end = search(&start, first, &mut |step| {
            probe(step, look(&along(&here.at, step, &direction)))
        })?;
        let at = along(&here.at, end.step, &direction);
        Some(Place { at, loss: end.loss, gradient: end.gradient })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rosenbrock's (1960) valley, `(1 - a)² + 100 (b - a²)²`.
    fn valley(at: &[Real]) -> (Real, Vec<Real>) {
        let (a, b) = (at[0], at[1]);
        let (gap, bend) = (1.0 - a, b - a * a);
        let slopes = [-2.0 * gap - 400.0 * a * bend, 200.0 * bend];
        (gap * gap + 100.0 * bend * bend, slopes.to_vec())
    }

    #[test]
    fn a_round_bowl_takes_two_steps() {
        // f = a² + b²: one pair knows all there is to know.
        let mut f = |at: &[Real]| {
            (dot(at, at), at.iter().map(|a| 2.0 * a).collect())
        };
        let (mut at, mut lbfgs) = (vec![3.0, 4.0], Lbfgs::new());
        let first = lbfgs.step(&mut at, &mut f);
        assert!(first.loss < 25.0 && first.looks == 2, "{first:?}");
        lbfgs.step(&mut at, &mut f);
        assert!(at.iter().all(|a| a.abs() < 1e-5), "{at:?}");
    }

    #[test]
    fn the_bent_valley_is_walked_to_its_end() {
        let (mut at, mut lbfgs) = (vec![-1.2, 1.0], Lbfgs::new());
        let mut lowest = valley(&at).0;
        for _ in 0..60 {
            let moved = lbfgs.step(&mut at, &mut valley);
            assert!(moved.loss <= lowest, "{moved:?} from {lowest}");
            lowest = moved.loss;
        }
        assert!(at.iter().all(|a| (a - 1.0).abs() < 1e-3), "{at:?}");
        // At the end there is nowhere to go, and nothing breaks.
        let last = lbfgs.step(&mut at, &mut valley);
        assert!(last.length < 1e-4 && last.loss <= lowest, "{last:?}");
    }
}
