//! The optimal stimulus: what would a unit most like to see?
//!
//! Do not look for it among the examples, make it. Start somewhere and
//! climb: backpropagation says how every *pixel* should change for the
//! unit to be more active. Brightness alone must not help, so after each
//! step the picture gets its length back (Erhan et al., 2009; Le et al.,
//! 2012):
//!
//! ```text
//! maximize z_unit(x)   with |x| = r
//! x ← r (x + η r g/|g|) / |x + η r g/|g||,    g = dz/dx
//! ```
//!
//! Climbing `z`, the sum before it is bent, finds the same pictures and is
//! not stopped by a unit that is silent. For a unit that reads the pixels
//! themselves the answer is known: its own weights, made of length `r`.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::desk::Desk;
use crate::nn::gradient::put_back_all;
use crate::nn::network::Network;

/// How to climb.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Climb {
    /// The length `r` of the picture.
    pub radius: Real,
    /// The size `η` of a step, as a share of the radius.
    pub step: Real,
    /// How many steps.
    pub steps: usize,
}

impl Default for Climb {
    fn default() -> Climb {
        Climb { radius: 1.0, step: 0.1, steps: 200 }
    }
}

/// A made-up picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Stimulus {
    /// `[1, features]`, of length `r`; below 0 where dark is wanted.
    pub picture: Matrix,
    /// The sum `z` of the unit when it sees the picture.
    pub sum: Real,
}

/// The picture that unit `unit` of the last layer of `encoder` would most
/// like to see, found from the picture `start` `[1, features]`.
pub fn stimulus(
    encoder: &Network,
    unit: usize,
    start: &Matrix,
    climb: Climb,
) -> Stimulus {
    let mut open = encoder.clone();
    if let Some(last) = open.layers.last_mut() {
        last.activation = Activation::Linear;
    }
    let mut desk = Desk::new();
    ascend(start, climb, &mut |x| {
        let outputs = open.trace(x, &mut desk);
        let z = &outputs[outputs.len() - 1];
        let sum = z[[0, unit]];
        let mut dz = desk.zeros(1, z.ncols());
        dz[[0, unit]] = 1.0;
        let blame = open.backward(x, &outputs, dz, &mut desk);
        let slope = open.layers[0].backward(&blame.first, &mut desk);
        desk.put_back_all(outputs);
        put_back_all(blame.gradients, &mut desk);
        desk.put_back(blame.first);
        (sum, slope)
    })
}

/// Climbs any function of a picture, given as value and slope; keeps the
/// best picture on the way.
pub fn ascend(
    start: &Matrix,
    climb: Climb,
    look: &mut dyn FnMut(&Matrix) -> (Real, Matrix),
) -> Stimulus {
    let mut x = start.clone();
    set_length(&mut x, climb.radius);
    let (sum, mut slope) = look(&x);
    let mut best = Stimulus { picture: x.clone(), sum };
    for step in 0..climb.steps {
        // Shorter and shorter steps, so that the climb settles.
        let rest = 1.0 - step as Real / climb.steps as Real;
        set_length(&mut slope, climb.radius * climb.step * rest);
        x += &slope;
        set_length(&mut x, climb.radius);
        let (sum, next) = look(&x);
        slope = next;
        if sum > best.sum {
            best = Stimulus { picture: x.clone(), sum };
        }
    }
    best
}

/// Stretches or shrinks a picture; one that is all 0 has no direction.
fn set_length(x: &mut Matrix, radius: Real) {
    let length = x.iter().map(|v| v * v).sum::<Real>().sqrt();
    if length > 0.0 {
        *x *= radius / length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::dense::Dense;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn a_unit_that_sees_the_pixels_wants_its_own_weights() {
        let encoder = Network::new(vec![Dense {
            weights: array![[3.0, 0.0], [-4.0, 1.0]],
            bias: array![[-9.0, 0.0]],
            activation: Activation::Relu,
        }]);
        // Silent at the start, and still it is found: (3, -4) / 5 · 2.
        let climb = Climb { radius: 2.0, ..Default::default() };
        let found = stimulus(&encoder, 0, &array![[0.0, 1.0]], climb);
        let gap = &found.picture - &array![[1.2, -1.6]];
        assert!(gap.iter().all(|g| g.abs() < 1e-2), "{found:?}");
        // z = 5 · 2 - 9
        assert!((found.sum - 1.0).abs() < 1e-2, "{found:?}");
    }

    #[test]
    fn a_deeper_unit_likes_it_better_than_the_start() {
        let mut init = rng(1, Purpose::Init);
        let encoder = Network::new(vec![
            Dense::new(6, 5, Activation::Tanh, 1.0, &mut init),
            Dense::new(5, 3, Activation::Sigmoid, 1.0, &mut init),
        ]);
        let start = array![[0.1, 0.2, 0.3, 0.4, 0.5, 0.6]];
        let none = Climb { steps: 0, ..Default::default() };
        for unit in 0..3 {
            let before = stimulus(&encoder, unit, &start, none);
            let after = stimulus(&encoder, unit, &start, Climb::default());
            assert!(after.sum > before.sum + 0.1, "unit {unit}");
            let length = after.picture.iter().map(|v| v * v).sum::<Real>();
            assert!((length - 1.0).abs() < 1e-4);
        }
    }

    #[test]
    fn a_black_start_does_no_harm() {
        let encoder = Network::new(vec![Dense {
            weights: array![[0.0], [0.0]],
            bias: array![[0.5]],
            activation: Activation::Linear,
        }]);
        let black = Matrix::zeros((1, 2));
        let found = stimulus(&encoder, 0, &black, Climb::default());
        assert_eq!((found.picture, found.sum), (black, 0.5));
    }
}
