//! Interpolation: what lies between two pictures?
//!
//! Walk from one code to the other and decode on the way:
//!
//! ```text
//! line    z(t) = (1 - t) a + t b
//! sphere  z(t) = sin((1-t) Ω)/sin Ω · a  +  sin(t Ω)/sin Ω · b
//! ```
//!
//! `Ω` is the angle between `a` and `b`. The walk on the sphere (Shoemake,
//! 1985) keeps the length of codes that lie around the origin, as those of
//! a variational autoencoder do; the middle of a line is too short there.
//! With `t` below 0 or above 1 the walk goes on beyond its ends.
//!
//! The same blend of the *pixels* shows two faint pictures at once.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::neighbors::Neighbor;
use crate::nn::neighbors::nearest;
use ndarray::Array1;
use ndarray::ArrayView1;

/// How to walk from one code to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// Straight.
    Line,
    /// Around the origin.
    Sphere,
}

impl Walk {
    /// The code at `t`: `a` at 0, `b` at 1, both `[code]`.
    pub fn at(
        self,
        a: ArrayView1<Real>,
        b: ArrayView1<Real>,
        t: Real,
    ) -> Array1<Real> {
        let (from, to) = match self {
            Walk::Line => (1.0 - t, t),
            Walk::Sphere => sphere_weights(angle(a, b), t),
        };
        &a * from + &b * to
    }

    /// The codes at all `times`, `[times, code]`.
    pub fn path(
        self,
        a: ArrayView1<Real>,
        b: ArrayView1<Real>,
        times: &[Real],
    ) -> Matrix {
        let mut path = Matrix::zeros((times.len(), a.len()));
        for (mut row, &t) in path.rows_mut().into_iter().zip(times) {
            row.assign(&self.at(a, b, t));
        }
        path
    }
}

/// `count` times from `from` to `to`, both included.
pub fn evenly(from: Real, to: Real, count: usize) -> Vec<Real> {
    let gaps = count.saturating_sub(1).max(1) as Real;
    (0..count).map(|i| from + (to - from) * i as Real / gaps).collect()
}

/// The angle between two codes, in radians; 0 if one has no length.
pub fn angle(a: ArrayView1<Real>, b: ArrayView1<Real>) -> Real {
    let lengths = (a.dot(&a) * b.dot(&b)).sqrt();
    if lengths == 0.0 {
        return 0.0;
    }
    (a.dot(&b) / lengths).clamp(-1.0, 1.0).acos()
}

/// How much of either end; straight if there is no way around.
fn sphere_weights(angle: Real, t: Real) -> (Real, Real) {
    let sine = angle.sin();
    // Codes in the same direction, or in opposite ones, define no circle.
    if sine < 1e-3 {
        return (1.0 - t, t);
    }
    (((1.0 - t) * angle).sin() / sine, (t * angle).sin() / sine)
}

/// How real invented pictures look: for every row of `pictures`, the most
/// similar row of `examples`, and how far it is.
pub fn nearest_examples(
    examples: &Matrix,
    pictures: &Matrix,
) -> Vec<Neighbor> {
    nearest(examples, pictures, 1).into_iter().flatten().collect()
}

/// How far the middle of a walk is from any example, relative to the
/// middle of the pixels: below 1, the walk invents the better pictures.
///
/// `decoded` and `blended` are pictures `[pairs, pixels]` at t = 0.5.
pub fn realism(
    examples: &Matrix,
    decoded: &Matrix,
    blended: &Matrix,
) -> Vec<Real> {
    let walks = nearest_examples(examples, decoded);
    let blends = nearest_examples(examples, blended);
    let pairs = walks.iter().zip(&blends);
    let tiny = Real::MIN_POSITIVE;
    pairs.map(|(w, b)| w.distance / b.distance.max(tiny)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_straight_walk_by_hand() {
        let (a, b) = (array![2.0, -1.0], array![0.0, 3.0]);
        let z = Walk::Line.at(a.view(), b.view(), 0.25);
        assert_eq!(z, array![1.5, 0.0]);
        let path = Walk::Line.path(a.view(), b.view(), &[0.0, 1.0, 2.0]);
        assert_eq!(path, array![[2.0, -1.0], [0.0, 3.0], [-2.0, 7.0]]);
    }

    #[test]
    fn a_walk_on_the_sphere_keeps_its_length() {
        let (a, b) = (array![2.0, 0.0], array![0.0, 2.0]);
        let z = Walk::Sphere.at(a.view(), b.view(), 0.5);
        let half: Real = 0.5;
        let gap = &z - &array![2.0 * half.sqrt(), 2.0 * half.sqrt()];
        assert!(gap.iter().all(|g| g.abs() < 1e-6), "{z}");
        for t in evenly(-0.5, 1.5, 9) {
            let z = Walk::Sphere.at(a.view(), b.view(), t);
            assert!((z.dot(&z) - 4.0).abs() < 1e-5);
        }
    }

    #[test]
    fn where_there_is_no_circle_the_walk_is_straight() {
        let a = array![1.0, 1.0];
        for b in [array![3.0, 3.0], array![-1.0, -1.0], array![0.0, 0.0]] {
            for t in [0.0, 0.3, 1.0] {
                let straight = Walk::Line.at(a.view(), b.view(), t);
                assert_eq!(
                    Walk::Sphere.at(a.view(), b.view(), t),
                    straight
                );
            }
        }
    }

    #[test]
    fn times_include_both_ends() {
        assert_eq!(evenly(0.0, 1.0, 3), [0.0, 0.5, 1.0]);
        assert_eq!(evenly(0.0, 1.0, 1), [0.0]);
        assert!(evenly(0.0, 1.0, 0).is_empty());
    }

    #[test]
    fn a_picture_among_the_examples_is_more_real() {
        let examples = array![[0.0, 0.0], [1.0, 1.0]];
        let (decoded, blended) = (array![[1.0, 0.9]], array![[0.5, 0.5]]);
        let found = nearest_examples(&examples, &decoded);
        assert_eq!(found[0].row, 1);
        // 0.1 against √0.5
        let ratio = realism(&examples, &decoded, &blended)[0];
        assert!((ratio - 0.1414).abs() < 1e-3, "{ratio}");
    }
}
