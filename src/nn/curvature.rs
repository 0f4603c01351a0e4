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
}

/// A step, and how it changed the gradient.
#[derive(Debug, Clone)]
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
        self.pairs.clear();
    }

    /// Keeps a step `s` that changed the gradient by `y`, unless the
    /// curvature it shows is not positive, as it is in every bowl.
    pub fn remember(&mut self, s: Vec<Real>, y: Vec<Real>) {
        let product = dot(&s, &y);
        if product > Real::EPSILON * dot(&y, &y) {
            if self.pairs.len() == MEMORY {
                self.pairs.pop_front();
            }
            self.pairs.push_back(Pair { s, y, product });
        }
    }

    /// Where to go from a place with this gradient: `-H⁻¹ g`; `-g` as long
    /// as nothing is known.
    pub fn direction(&self, gradient: &[Real]) -> Vec<Real> {
        let mut q: Vec<Real> = gradient.iter().map(|g| -g).collect();
        let mut shares = Vec::new();
        for pair in self.pairs.iter().rev() {
            let a = dot(&pair.s, &q) / pair.product;
            q = along(&q, -a, &pair.y);
            shares.push(a);
        }
        if let Some(newest) = self.pairs.back() {
            let scale = newest.product / dot(&newest.y, &newest.y);
            q.iter_mut().for_each(|q| *q *= scale);
        }
        for (pair, a) in self.pairs.iter().zip(shares.iter().rev()) {
            let b = dot(&pair.y, &q) / pair.product;
            q = along(&q, a - b, &pair.s);
        }
        q
    }
}

/// `a + t b`.
pub fn along(a: &[Real], t: Real, b: &[Real]) -> Vec<Real> {
    a.iter().zip(b).map(|(a, b)| a + t * b).collect()
}

/// The sum of products, added up in 64 bits.
pub fn dot(a: &[Real], b: &[Real]) -> Real {
    a.iter().zip(b).map(|(&a, &b)| a as f64 * b as f64).sum::<f64>() as Real
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_step_in_a_bowl_by_hand() {
        // f = a² + 4 b² has curvatures 2 and 8. A step of (0, 1) changes
        // the gradient by (0, 8), so the way from b = 3, with its slope of
        // 24, is -3: straight to the bottom.
        let mut known = Curvature::default();
        assert_eq!(known.direction(&[0.0, 24.0]), [0.0, -24.0]);
        known.remember(vec![0.0, 1.0], vec![0.0, 8.0]);
        assert_eq!(known.direction(&[0.0, 24.0]), [0.0, -3.0]);
        // Of the other axis it only guesses that it is as curved.
        assert_eq!(known.direction(&[8.0, 0.0]), [-1.0, 0.0]);
        known.remember(vec![1.0, 0.0], vec![2.0, 0.0]);
        assert_eq!(known.direction(&[8.0, 24.0]), [-4.0, -3.0]);
    }

    #[test]
    fn a_ridge_is_no_bowl() {
        let mut known = Curvature::default();
        known.remember(vec![1.0], vec![-1.0]);
        assert!(known.is_empty());
    }

    #[test]
    fn only_the_newest_steps_are_remembered() {
        let mut known = Curvature::default();
        for n in 1..100 {
            known.remember(vec![1.0], vec![n as Real]);
        }
        assert_eq!(known.pairs.len(), MEMORY);
        assert_eq!(known.direction(&[99.0]), [-1.0]);
    }
}
