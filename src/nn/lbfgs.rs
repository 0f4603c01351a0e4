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

/// The function to make small: it takes a point, writes the gradient
/// there, one number per number of the point, and gives back the loss.
pub type Look<'a> = dyn FnMut(&[Real], &mut [Real]) -> Real + 'a;

/// The optimizer, and what it remembers.
#[derive(Debug, Clone, Default)]
pub struct Lbfgs {
    curvature: Curvature,
    /// Where the last step ended, if `is_known`.
    here: Place,
    is_known: bool,
    /// Where the line search looked last.
    there: Place,
    direction: Vec<Real>,
    /// The last step, and how it changed the gradient.
    change: [Vec<Real>; 2],
}

/// A point that was looked at.
#[derive(Debug, Clone, Default)]
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
        self.is_known = false;
    }

    /// One step of `at`; if the memory leads nowhere, straight downhill.
    pub fn step(&mut self, at: &mut [Real], f: &mut Look) -> Move {
        let mut looks = 0;
        let mut f = |at: &[Real], gradient: &mut [Real]| {
            looks += 1;
            f(at, gradient)
        };
        if !self.is_known || self.here.at != at {
            along(at, 0.0, at, &mut self.here.at);
            self.here.look(&mut f);
            self.is_known = true;
        }
        let mut found = self.next(&mut f);
        if !found && !self.curvature.is_empty() {
            self.curvature.clear();
            found = self.next(&mut f);
        }
        if !found {
            return Move { loss: self.here.loss, length: 0.0, looks };
        }
        let Lbfgs { here, there, change: [s, y], .. } = self;
        along(&there.at, -1.0, &here.at, s);
        along(&there.gradient, -1.0, &here.gradient, y);
        self.curvature.remember(s, y);
        let length = dot(s, s).sqrt();
        std::mem::swap(here, there);
        at.copy_from_slice(&here.at);
        Move { loss: here.loss, length, looks }
    }

    /// Goes `there`, to a better place along the direction that the memory
    /// suggests; says whether there is one.
    fn next(&mut self, f: &mut Look) -> bool {
        let Lbfgs { curvature, here, there, direction, .. } = self;
        curvature.direction(&here.gradient, direction);
        let size = here.gradient.iter().map(|g| g.abs()).sum::<Real>();
        // The very first direction has no sense of length yet.
        let fresh = curvature.is_empty() && size > 1.0;
        let first = if fresh { 1.0 / size } else { 1.0 };
        let (loss, slope) = (here.loss, dot(&here.gradient, direction));
        let start = Probe { step: 0.0, loss, slope };
        let mut last = 0.0;
        let mut look = |step: Real| {
            last = step;
            along(&here.at, step, direction, &mut there.at);
            there.look(f);
            let slope = dot(&there.gradient, direction);
            Probe { step, loss: there.loss, slope }
        };
        let Some(end) = search(&start, first, &mut look) else {
            return false;
        };
        let is_elsewhere = last != end.step;
        if is_elsewhere {
            along(&here.at, end.step, direction, &mut there.at);
            there.look(f);
        }
        true
    }
}

impl Place {
    /// Finds out loss and gradient.
    fn look(&mut self, f: &mut Look) {
        self.gradient.resize(self.at.len(), 0.0);
        self.loss = f(&self.at, &mut self.gradient);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rosenbrock's (1960) valley, `(1 - a)² + 100 (b - a²)²`.
    fn valley(at: &[Real], slopes: &mut [Real]) -> Real {
        let (a, b) = (at[0], at[1]);
        let (gap, bend) = (1.0 - a, b - a * a);
        slopes[0] = -2.0 * gap - 400.0 * a * bend;
        slopes[1] = 200.0 * bend;
        gap * gap + 100.0 * bend * bend
    }

    #[test]
    fn a_round_bowl_takes_two_steps() {
        // f = a² + b²: one pair knows all there is to know.
        let mut f = |at: &[Real], slopes: &mut [Real]| {
            slopes.iter_mut().zip(at).for_each(|(s, a)| *s = 2.0 * a);
            dot(at, at)
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
        let mut lowest = valley(&at, &mut [0.0; 2]);
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
