//! Curvature: how the slope changes, from the last few steps alone.
//!
//! Newton's step `-H⁻¹ g` would jump to the bottom of a bowl, but the
//! curvature `H` of a million weights is a table of a million times a
//! million. Remember instead the last few steps `s`, and the change of the
//! gradient `y` that each of them made, and treat `H⁻¹` as what explains
//! them (Nocedal, 1980):
//!
//! ```text
//! from the newest pair to the oldest   a = s·q / s·y   q ← q - a y
//! for the newest pair                  q ← q s·y / y·y
//! from the oldest to the newest        b = y·q / s·y   q ← q + (a - b) s
//! ```
//!
//! turns `q = -g` into `-H⁻¹ g`.

use crate::Real;
use std::collections::VecDeque;

/// How many steps are remembered.
pub const MEMORY: usize = 20;

/// The newest steps; the last is the newest.
#[derive(Debug, Clone, Default)]
pub struct Curvature {
    pairs: VecDeque<Pair>,
    /// Paper for more of them.
    spare: Vec<Pair>,
}

/// A step, and how it changed the gradient.
#[derive(Debug, Clone, Default)]
struct Pair {
    s: Vec<Real>,
    y: Vec<Real>,
    /// `s·y`, positive.
    product: Real,
}

impl Curvature {
    /// Whether nothing is known yet.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Forgets all steps.
    pub fn clear(&mut self) {
        self.spare.extend(self.pairs.drain(..));
    }

    /// Keeps a step `s` that changed the gradient by `y`, unless the
    /// curvature it shows is not positive, as it is in every bowl.
    pub fn remember(&mut self, s: &[Real], y: &[Real]) {
        let product = dot(s, y);
        if product <= Real::EPSILON * dot(y, y) || product.is_nan() {
            return;
        }
        if self.pairs.is_empty() && self.spare.is_empty() {
            // All the paper at once, so that later steps need none.
            let paper = || Vec::with_capacity(s.len());
            let pair = || Pair { s: paper(), y: paper(), product };
            self.spare.extend((0..MEMORY).map(|_| pair()));
            self.pairs.reserve(MEMORY);
        }
        let pair = self.spare.pop().or_else(|| self.pairs.pop_front());
        let mut pair = pair.unwrap_or_default();
        pair.s.clear();
        pair.s.extend(s);
        pair.y.clear();
        pair.y.extend(y);
        pair.product = product;
        self.pairs.push_back(pair);
    }

    /// Where to go from a place with this gradient: `-H⁻¹ g`; `-g` as long
    /// as nothing is known. The direction is written to `q`.
    pub fn direction(&self, gradient: &[Real], q: &mut Vec<Real>) {
        q.clear();
        q.extend(gradient.iter().map(|g| -g));
        let mut shares = [0.0; MEMORY];
        let pairs = || self.pairs.iter().zip(0..MEMORY);
        for (pair, i) in pairs().rev() {
            shares[i] = dot(&pair.s, q) / pair.product;
            add(q, -shares[i], &pair.y);
        }
        if let Some(newest) = self.pairs.back() {
            let scale = newest.product / dot(&newest.y, &newest.y);
            q.iter_mut().for_each(|q| *q *= scale);
        }
        for (pair, i) in pairs() {
            let b = dot(&pair.y, q) / pair.product;
            add(q, shares[i] - b, &pair.s);
        }
    }
}

/// `a ← a + t b`.
fn add(a: &mut [Real], t: Real, b: &[Real]) {
    a.iter_mut().zip(b).for_each(|(a, b)| *a += t * b);
}

/// Writes `a + t b` to `to`.
pub fn along(a: &[Real], t: Real, b: &[Real], to: &mut Vec<Real>) {
    to.clear();
    to.extend(a.iter().zip(b).map(|(a, b)| a + t * b));
}

/// The sum of products, added up in 64 bits.
pub fn dot(a: &[Real], b: &[Real]) -> Real {
    a.iter().zip(b).map(|(&a, &b)| a as f64 * b as f64).sum::<f64>() as Real
}

#[cfg(test)]
mod tests {
    use super::*;

    fn direction(known: &Curvature, gradient: &[Real]) -> Vec<Real> {
        let mut q = Vec::new();
        known.direction(gradient, &mut q);
        q
    }

    #[test]
    fn one_step_in_a_bowl_by_hand() {
        // f = a² + 4 b² has curvatures 2 and 8. A step of (0, 1) changes
        // the gradient by (0, 8), so the way from b = 3, with its slope of
        // 24, is -3: straight to the bottom.
        let mut known = Curvature::default();
        assert_eq!(direction(&known, &[0.0, 24.0]), [0.0, -24.0]);
        known.remember(&[0.0, 1.0], &[0.0, 8.0]);
        assert_eq!(direction(&known, &[0.0, 24.0]), [0.0, -3.0]);
        // Of the other axis it only guesses that it is as curved.
        assert_eq!(direction(&known, &[8.0, 0.0]), [-1.0, 0.0]);
        known.remember(&[1.0, 0.0], &[2.0, 0.0]);
        assert_eq!(direction(&known, &[8.0, 24.0]), [-4.0, -3.0]);
    }

    #[test]
    fn a_ridge_is_no_bowl() {
        let mut known = Curvature::default();
        known.remember(&[1.0], &[-1.0]);
        assert!(known.is_empty());
    }

    #[test]
    fn only_the_newest_steps_are_remembered() {
        let mut known = Curvature::default();
        for n in 1..100 {
            known.remember(&[1.0], &[n as Real]);
        }
        assert_eq!(known.pairs.len(), MEMORY);
        assert_eq!(direction(&known, &[99.0]), [-1.0]);
        known.clear();
        assert_eq!(direction(&known, &[99.0]), [-99.0]);
    }
}
