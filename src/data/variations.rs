//! The digits made harder, after Larochelle, Erhan, Courville, Bergstra and
//! Bengio (2007): turned by any angle, or on a background of noise.

use rand::RngExt;

use crate::Real;
use crate::nn::Matrix;
use crate::nn::random::Purpose;
use crate::nn::random::stream;

use super::DataSpec;
use super::Dataset;
use super::Samples;
use super::four_files::IMAGE;
use super::four_files::SIDE;

/// The digits, each turned around its middle by an angle of its own, 0 to
/// 360 degrees counterclockwise; pixels are interpolated from the four
/// around them. The angle is known as a factor.
pub(super) fn rotated(spec: &DataSpec, digits: [Samples; 2]) -> Dataset {
    let mut index = 0;
    let parts = digits.map(|Samples { mut x, labels }| {
        let mut rng = stream(spec.seed, Purpose::Data, index);
        index += 1;
        let mut angles = Matrix::zeros((x.nrows(), 1));
        let mut before = vec![0.0; SIDE * SIDE];
        for (i, mut row) in x.outer_iter_mut().enumerate() {
            let degrees: f64 = rng.random_range(0.0..360.0);
            angles[[i, 0]] = degrees as Real;
            before.iter_mut().zip(&row).for_each(|(to, from)| *to = *from);
            turn(&before, degrees, |place, ink| row[place] = ink);
        }
        (Samples { x, labels }, angles)
    });
    let [(train, angles), (test, of_test)] = parts;
    Dataset::new(spec.kind, [train, test], IMAGE)
        .with_factors(&["rotation"], [angles, of_test])
}

/// The digits on a background where every pixel is uniform between 0 and 1.
/// Ink hides what is behind it: with ink x and background b, the pixel is
/// x + (1 - x) b.
pub(super) fn backgrounds(
    spec: &DataSpec,
    digits: [Samples; 2],
) -> Dataset {
    let mut index = 0;
    let parts = digits.map(|Samples { mut x, labels }| {
        let mut rng = stream(spec.seed, Purpose::Data, index);
        index += 1;
        x.mapv_inplace(|ink| {
            let behind: Real = rng.random();
            ink + (1.0 - ink) * behind
        });
        Samples { x, labels }
    });
    Dataset::new(spec.kind, parts, IMAGE)
}

/// Turns a picture and tells the new ink of each place.
fn turn(picture: &[Real], degrees: f64, mut tell: impl FnMut(usize, Real)) {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let middle = (SIDE - 1) as f64 / 2.0;
    for place in 0..SIDE * SIDE {
        let (column, row) = (place % SIDE, place / SIDE);
        let (x, y) = (column as f64 - middle, row as f64 - middle);
        // Rows count downwards, so this looks where the ink came from.
        let from = (cos * x - sin * y + middle, sin * x + cos * y + middle);
        tell(place, between(picture, from));
    }
}

/// The ink between pixels; outside of the picture there is none.
fn between(picture: &[Real], (x, y): (f64, f64)) -> Real {
    let (left, top) = (x.floor(), y.floor());
    let (right, below) = (x - left, y - top);
    let ink = |column: f64, row: f64| {
        let inside = 0.0..SIDE as f64;
        if inside.contains(&column) && inside.contains(&row) {
            f64::from(picture[row as usize * SIDE + column as usize])
        } else {
            0.0
        }
    };
    let upper =
        (1.0 - right) * ink(left, top) + right * ink(left + 1.0, top);
    let lower = (1.0 - right) * ink(left, top + 1.0)
        + right * ink(left + 1.0, top + 1.0);
    ((1.0 - below) * upper + below * lower) as Real
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(picture: &[Real], degrees: f64) -> Vec<Real> {
        let mut new = vec![0.0; picture.len()];
        turn(picture, degrees, |place, ink| new[place] = ink);
        new
    }

    #[test]
    fn a_quarter_turn_moves_right_to_top() {
        let mut picture = vec![0.0; SIDE * SIDE];
        picture[13 * SIDE + 20] = 1.0;
        let new = turned(&picture, 90.0);
        // 6.5 right of the middle and 0.5 above it becomes 6.5 above it
        // and 0.5 left of it.
        assert!((new[7 * SIDE + 13] - 1.0).abs() < 1e-5);
        assert!((new.iter().sum::<Real>() - 1.0).abs() < 1e-5);
        let old = turned(&turned(&new, 180.0), 90.0);
        for (a, b) in old.iter().zip(&picture) {
            assert!((a - b).abs() < 1e-5);
        }
    }
}
