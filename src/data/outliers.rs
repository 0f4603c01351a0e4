//! Pictures a model of digits has not been made for: noise that is as
//! bright as the digits, and digits whose pixels stand in the wrong places.

use rand::RngExt;

use crate::Real;
use crate::nn::Matrix;
use crate::nn::random::Purpose;
use crate::nn::random::stream;

use super::DataSpec;
use super::Dataset;
use super::Samples;
use super::batches::order;
use super::digits::MEAN_PIXEL;
use super::four_files::IMAGE;
use super::four_files::SIDE;

/// Training pictures of noise when all are wanted, and test pictures.
pub(super) const NOISE: usize = 2000;

/// The most training pictures of noise one can ask for.
const MOST: usize = 10_000;

/// Pictures of noise. A pixel is lit with probability 2m, where m is the
/// mean pixel of the built-in digits, and a lit pixel is uniform between 0
/// and 1. The mean is then m exactly, 0.131, and the standard deviation
/// √(2m/3 - m²) = 0.265, near the 0.309 of the digits: what differs is that
/// neighbors know nothing of each other. All labels are 0.
pub(super) fn noise(spec: &DataSpec) -> Dataset {
    let train = match spec.examples {
        0 => NOISE,
        examples => examples.min(MOST),
    };
    let parts = [(train, 0), (NOISE, 1)].map(|(count, index)| {
        let mut rng = stream(spec.seed, Purpose::Data, index);
        let lit = 2.0 * MEAN_PIXEL as Real;
        let x = Matrix::from_shape_simple_fn((count, SIDE * SIDE), || {
            // One draw serves both: below `lit` it is uniform again.
            let draw: Real = rng.random();
            if draw < lit { draw / lit } else { 0.0 }
        });
        Samples { x, labels: vec![0; count] }
    });
    Dataset::new(spec.kind, parts, IMAGE)
}

/// The digits after one fixed shuffle of the pixels, the same for every
/// picture, chosen by the seed. A dense layer cannot tell the difference; a
/// convolution and an eye can.
pub(super) fn shuffled(spec: &DataSpec, digits: [Samples; 2]) -> Dataset {
    let places = order(SIDE * SIDE, spec.seed, u64::MAX);
    let parts = digits.map(|Samples { mut x, labels }| {
        let mut before = vec![0.0; places.len()];
        for mut row in x.outer_iter_mut() {
            before.iter_mut().zip(&row).for_each(|(to, from)| *to = *from);
            for (to, &place) in row.iter_mut().zip(&places) {
                *to = before[place as usize];
            }
        }
        Samples { x, labels }
    });
    Dataset::new(spec.kind, parts, IMAGE)
}
