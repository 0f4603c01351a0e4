//! The line search: how far to go when the direction is known.
//!
//! Along a line, the loss is a curve `φ(t)`. A good step is neither too
//! long nor too short (Wolfe, 1969):
//!
//! ```text
//! enough   φ(t) ≤ φ(0) + 0.0001 t φ'(0)      it really went down
//! flat     |φ'(t)| ≤ 0.9 |φ'(0)|             and the slope is used up
//! ```
//!
//! First the step grows until a good one lies behind it, then the gap is
//! narrowed: algorithms 3.5 and 3.6 of Nocedal & Wright (2006).

use crate::Real;

/// How much of the promised descent is enough.
const ENOUGH: Real = 1e-4;
/// How much of the slope may remain.
const FLAT: Real = 0.9;
/// Looks before giving up, while growing and while narrowing.
const LOOKS: usize = 25;

/// One look at the loss along a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Probe {
    /// How far along the line, `t`.
    pub step: Real,
    /// `φ(t)`.
    pub loss: Real,
    /// `φ'(t)`: the gradient times the direction.
    pub slope: Real,
}

/// A good step from `start`, which looked at `t = 0` and saw a slope down.
///
/// `first` is tried first, `look` looks anywhere. `None` if no step goes
/// down, as at the end, where rounding is all that is left.
pub fn search(
    start: &Probe,
    first: Real,
    look: &mut dyn FnMut(Real) -> Probe,
) -> Option<Probe> {
    let (mut low, mut step) = (*start, first);
    for _ in 0..LOOKS {
        let high = look(step);
        let rises = low.step > 0.0 && high.loss >= low.loss;
        if rises || !enough(start, &high) {
            return narrow(start, low, high, look);
        }
        if flat(start, &high) {
            return Some(high);
        }
        if high.slope >= 0.0 {
            return narrow(start, high, low, look);
        }
        step *= 2.0;
        low = high;
    }
    Some(low)
}

/// A good step between `low`, the best so far, and `high`.
fn narrow(
    start: &Probe,
    mut low: Probe,
    mut high: Probe,
    look: &mut dyn FnMut(Real) -> Probe,
) -> Option<Probe> {
    for _ in 0..LOOKS {
        let gain = (low.slope * (high.step - low.step)).abs();
        if gain <= Real::EPSILON * low.loss.abs() {
            break; // No gain that the numbers could show.
        }
        let middle = look(between(&low, &high));
        if !enough(start, &middle) || middle.loss >= low.loss {
            high = middle;
            continue;
        }
        if flat(start, &middle) {
            return Some(middle);
        }
        if middle.slope * (high.step - low.step) >= 0.0 {
            high = low;
        }
        low = middle;
    }
    (low.step > 0.0).then_some(low)
}

/// Whether the loss fell as the slope at the start promised. Never true
/// of a loss that is not a number.
fn enough(start: &Probe, at: &Probe) -> bool {
    at.loss <= start.loss + ENOUGH * at.step * start.slope
}

/// Whether little of the slope is left.
fn flat(start: &Probe, at: &Probe) -> bool {
    at.slope.abs() <= FLAT * start.slope.abs()
}

/// The lowest point of the cubic that has both losses and both slopes, if
/// it lies well between; else the middle.
fn between(a: &Probe, b: &Probe) -> Real {
    let width = b.step - a.step;
    let bend = a.slope + b.slope - 3.0 * (b.loss - a.loss) / width;
    let root = (bend * bend - a.slope * b.slope).max(0.0).sqrt();
    let root = root * width.signum();
    let share = (b.slope + root - bend) / (b.slope - a.slope + 2.0 * root);
    let inside = (0.1..=0.9).contains(&share);
    b.step - width * if inside { share } else { 0.5 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks at `φ(t) = (t - 3)²`.
    fn bowl(step: Real) -> Probe {
        let (loss, slope) = ((step - 3.0).powi(2), 2.0 * (step - 3.0));
        Probe { step, loss, slope }
    }

    #[test]
    fn a_parabola_by_hand() {
        // φ(0) = 9, φ'(0) = -6. The first step of 1 is good: φ = 4 and
        // the slope -4 is less than 0.9 of what it was.
        assert_eq!(search(&bowl(0.0), 1.0, &mut bowl), Some(bowl(1.0)));
        // A cubic finds the bottom of a parabola at once.
        assert!((between(&bowl(0.0), &bowl(10.0)) - 3.0).abs() < 1e-5);
    }

    #[test]
    fn too_short_and_too_long_steps_are_mended() {
        for first in [1e-4, 0.01, 7.0, 1e4] {
            let found = search(&bowl(0.0), first, &mut bowl).unwrap();
            assert!(enough(&bowl(0.0), &found), "{first}: {found:?}");
            assert!(flat(&bowl(0.0), &found), "{first}: {found:?}");
        }
    }

    #[test]
    fn a_cliff_is_walked_around() {
        // Beyond 1 the loss is not a number.
        let mut cliff = |step| {
            let mut probe = bowl(step);
            if step > 1.0 {
                (probe.loss, probe.slope) = (Real::NAN, Real::NAN);
            }
            probe
        };
        let found = search(&bowl(0.0), 100.0, &mut cliff).unwrap();
        assert!(found.step > 0.0 && found.step <= 1.0, "{found:?}");
    }

    #[test]
    fn where_nothing_goes_down_there_is_no_step() {
        let mut wall = |step| Probe { loss: 9.0 + step, ..bowl(0.0) };
        assert_eq!(search(&bowl(0.0), 1.0, &mut wall), None);
    }
}
