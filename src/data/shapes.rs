//! Simple shapes whose factors are known: which shape, where, how large,
//! how far turned. After dSprites (Matthey et al., 2017), drawn anew.

use std::f64::consts::FRAC_1_SQRT_2;

use rand::RngExt;

use crate::Real;
use crate::nn::Matrix;
use crate::nn::random::Purpose;
use crate::nn::random::Rng;
use crate::nn::random::stream;

use super::DataSpec;
use super::Dataset;
use super::Samples;
use super::Shape;
use super::clouds::MOST;
use super::clouds::TEST;
use super::clouds::TRAIN;

/// The shapes, in the order of their labels.
pub(super) const NAMES: [&str; 3] = ["square", "ellipse", "heart"];

/// What is known about each picture: the shape's number; the place of its
/// middle, -1 to 1 from left to right and from top to bottom; its size, 0.5
/// to 1; and its rotation, 0 to 360 degrees. A square looks the same after
/// 90 degrees and an ellipse after 180.
const FACTORS: [&str; 5] = ["shape", "x", "y", "scale", "rotation"];

/// Pixels on each side.
pub(super) const SIDE: usize = 28;

/// Half the side, and the reach of x and y: 14 ± 5 pixels.
const MIDDLE: f64 = 14.0;
const REACH: f64 = 5.0;

/// How far a shape of scale 1 extends from its middle, in pixels.
const RADIUS: f64 = 8.0;

/// A pixel is looked at in this many places along each side.
const FINE: usize = 4;

/// Pictures of shapes: all factors are drawn evenly and independently. The
/// label is the shape.
pub(super) fn shapes(spec: &DataSpec) -> Dataset {
    let parts = counts(spec).map(|(count, index)| {
        let mut rng = stream(spec.seed, Purpose::Data, index);
        let mut x = Matrix::zeros((count, SIDE * SIDE));
        let mut factors = Matrix::zeros((count, FACTORS.len()));
        let mut labels = Vec::with_capacity(count);
        for (mut row, mut known) in
            x.outer_iter_mut().zip(factors.outer_iter_mut())
        {
            let sprite = Sprite::random(&mut rng);
            for (i, pixel) in row.iter_mut().enumerate() {
                *pixel = sprite.ink(i % SIDE, i / SIDE);
            }
            let values = sprite.factors();
            known.iter_mut().zip(values).for_each(|(to, v)| *to = v);
            labels.push(sprite.shape);
        }
        (Samples { x, labels }, factors)
    });
    let [(train, known), (test, of_test)] = parts;
    let shape = Shape::Image { width: SIDE, height: SIDE };
    Dataset::new(spec.kind, [train, test], shape)
        .with_factors(&FACTORS, [known, of_test])
}

/// Training and test pictures of a generated set, each with its stream.
pub(super) fn counts(spec: &DataSpec) -> [(usize, u64); 2] {
    let train = match spec.examples {
        0 => TRAIN,
        examples => examples.min(MOST),
    };
    [(train, 0), (TEST, 1)]
}

/// One shape on its picture.
struct Sprite {
    shape: u8,
    /// -1 to 1.
    place: [f64; 2],
    scale: f64,
    degrees: f64,
}

impl Sprite {
    fn random(rng: &mut Rng) -> Self {
        Self {
            shape: rng.random_range(0..NAMES.len() as u8),
            place: [0; 2].map(|_| rng.random_range(-1.0..1.0)),
            scale: rng.random_range(0.5..1.0),
            degrees: rng.random_range(0.0..360.0),
        }
    }

    fn factors(&self) -> [Real; 5] {
        let [x, y] = self.place;
        let shape = f64::from(self.shape);
        [shape, x, y, self.scale, self.degrees].map(|v| v as Real)
    }

    /// The share of a pixel that the shape covers.
    fn ink(&self, column: usize, row: usize) -> Real {
        let [x, y] = self.place.map(|place| MIDDLE + REACH * place);
        let (dx, dy) = (column as f64 + 0.5 - x, row as f64 + 0.5 - y);
        if dx.hypot(dy) > RADIUS * self.scale + 1.0 {
            return 0.0;
        }
        let (sin, cos) = self.degrees.to_radians().sin_cos();
        let unit = 1.0 / (RADIUS * self.scale);
        let mut covered = 0_u8;
        for i in 0..FINE * FINE {
            let off = |i: usize| (i as f64 + 0.5) / FINE as f64 - 0.5;
            let (dx, dy) = (dx + off(i % FINE), dy + off(i / FINE));
            let u = (cos * dx + sin * dy) * unit;
            let v = (cos * dy - sin * dx) * unit;
            covered += u8::from(self.covers(u, v));
        }
        Real::from(covered) / (FINE * FINE) as Real
    }

    /// Whether a point belongs to the shape when its middle is (0, 0), its
    /// size 1 and its rotation 0.
    fn covers(&self, u: f64, v: f64) -> bool {
        match self.shape {
            0 => u.abs().max(v.abs()) <= FRAC_1_SQRT_2,
            1 => u * u + 4.0 * v * v <= 1.0,
            _ => {
                // The curve (a² + b² - 1)³ = a² b³, its tip downwards.
                let (a, b) = (1.3 * u, 0.15 - 1.3 * v);
                (a * a + b * b - 1.0).powi(3) <= a * a * b.powi(3)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ink of a whole picture, and its middle.
    fn middle(shape: u8, place: [f64; 2], scale: f64) -> [f64; 3] {
        let sprite = Sprite { shape, place, scale, degrees: 30.0 };
        let mut sums = [0.0; 3];
        for i in 0..SIDE * SIDE {
            let ink = f64::from(sprite.ink(i % SIDE, i / SIDE));
            sums[0] += ink;
            sums[1] += ink * ((i % SIDE) as f64 + 0.5);
            sums[2] += ink * ((i / SIDE) as f64 + 0.5);
        }
        [sums[0], sums[1] / sums[0], sums[2] / sums[0]]
    }

    #[test]
    fn a_shape_has_its_area_at_its_place() {
        // Square: side 8√2 · scale. Ellipse: π · 8 · 4 · scale².
        let [ink, x, y] = middle(0, [0.4, -0.2], 0.5);
        assert!((ink - 32.0).abs() < 0.5, "{ink}");
        assert!((x - 16.0).abs() < 0.05 && (y - 13.0).abs() < 0.05);
        let [ink, x, y] = middle(1, [-1.0, 1.0], 1.0);
        let area = 32.0 * std::f64::consts::PI;
        assert!((ink - area).abs() < 0.5, "{ink}");
        assert!((x - 9.0).abs() < 0.05 && (y - 19.0).abs() < 0.05);
    }

    #[test]
    fn no_shape_reaches_the_edge_of_its_picture() {
        for shape in 0..3 {
            for degrees in 0..72 {
                let sprite = Sprite {
                    shape,
                    place: [1.0, -1.0],
                    scale: 1.0,
                    degrees: 5.0 * f64::from(degrees),
                };
                for i in 0..SIDE {
                    assert_eq!(sprite.ink(i, 0), 0.0, "{shape} {degrees}");
                    assert_eq!(sprite.ink(SIDE - 1, i), 0.0);
                }
            }
        }
    }

    #[test]
    fn a_heart_has_two_lobes_and_one_tip() {
        let heart =
            Sprite { shape: 2, place: [0.0; 2], scale: 1.0, degrees: 0.0 };
        let width =
            |row| (0..SIDE).filter(|&c| heart.ink(c, row) > 0.5).count();
        let rows: Vec<usize> =
            (0..SIDE).filter(|&row| width(row) > 0).collect();
        let (first, last) = (rows[0], rows[rows.len() - 1]);
        assert!(width(last) < width(first + 3), "the tip points down");
        assert!(heart.ink(14, first) < 0.5, "a notch between the lobes");
    }
}
