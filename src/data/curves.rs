//! Smooth curves with six degrees of freedom, after the first experiment of
//! Hinton and Salakhutdinov (2006): three random points decide everything
//! there is to see in 784 pixels.

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
use super::shapes::SIDE;
use super::shapes::counts;

/// The three points, from left to right by their ends; -1 to 1 from left to
/// right and from top to bottom.
const FACTORS: [&str; 6] = ["x1", "y1", "x2", "y2", "x3", "y3"];

/// The points lie 14 ± 10 pixels from the corner; the curve between them
/// leaves this square by an eighth of its side at most.
const MIDDLE: f64 = 14.0;
const REACH: f64 = 10.0;

/// Pieces a curve is drawn in.
const PIECES: usize = 32;

/// Full ink up to this distance from the curve, in pixels, then less, and
/// none one pixel further out.
const PEN: f64 = 0.5;

type Point = [f64; 2];

/// Pictures of curves; all labels are 0.
pub(super) fn curves(spec: &DataSpec) -> Dataset {
    let parts = counts(spec).map(|(count, index)| {
        let mut rng = stream(spec.seed, Purpose::Data, index);
        let mut x = Matrix::zeros((count, SIDE * SIDE));
        let mut factors = Matrix::zeros((count, FACTORS.len()));
        for (mut row, mut known) in
            x.outer_iter_mut().zip(factors.outer_iter_mut())
        {
            let points = three(&mut rng);
            let values = points.iter().flatten();
            known
                .iter_mut()
                .zip(values)
                .for_each(|(to, &v)| *to = v as Real);
            draw(points, |column, line, ink| {
                let pixel = &mut row[line * SIDE + column];
                *pixel = pixel.max(ink);
            });
        }
        (Samples { x, labels: vec![0; count] }, factors)
    });
    let [(train, known), (test, of_test)] = parts;
    let shape = Shape::Image { width: SIDE, height: SIDE };
    Dataset::new(spec.kind, [train, test], shape)
        .with_factors(&FACTORS, [known, of_test])
}

/// Three points. A curve looks the same from both ends, so the first one is
/// the left end.
fn three(rng: &mut Rng) -> [Point; 3] {
    let mut points =
        [0; 3].map(|_| [0; 2].map(|_| rng.random_range(-1.0..1.0)));
    if points[0][0] > points[2][0] {
        points.swap(0, 2);
    }
    points
}

/// The parabola that passes the points at t = 0, 1/2 and 1.
fn at([a, b, c]: [Point; 3], t: f64) -> Point {
    let weigh = |i: usize| {
        a[i] * (1.0 - t) * (1.0 - 2.0 * t)
            + b[i] * 4.0 * t * (1.0 - t)
            + c[i] * t * (2.0 * t - 1.0)
    };
    [0, 1].map(|i| MIDDLE + REACH * weigh(i))
}

/// Tells the ink of every pixel near a curve, piece by piece.
fn draw(points: [Point; 3], mut tell: impl FnMut(usize, usize, Real)) {
    let reach = PEN + 1.0;
    let last = (SIDE - 1) as f64;
    let range = |a: f64, b: f64| {
        let from = (a.min(b) - reach - 0.5).clamp(0.0, last);
        let to = (a.max(b) + reach - 0.5).clamp(0.0, last);
        from.floor() as usize..=to.ceil() as usize
    };
    let place = |i: usize| at(points, i as f64 / PIECES as f64);
    for i in 0..PIECES {
        let (from, to) = (place(i), place(i + 1));
        for line in range(from[1], to[1]) {
            for column in range(from[0], to[0]) {
                let pixel = [column as f64 + 0.5, line as f64 + 0.5];
                let far = distance(pixel, from, to);
                let ink = (reach - far).clamp(0.0, 1.0);
                tell(column, line, ink as Real);
            }
        }
    }
}

/// From a point to the nearest point of a piece of a line.
fn distance(p: Point, from: Point, to: Point) -> f64 {
    let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    let [px, py] = [p[0] - from[0], p[1] - from[1]];
    let length = (dx * dx + dy * dy).max(f64::MIN_POSITIVE);
    let t = ((px * dx + py * dy) / length).clamp(0.0, 1.0);
    (px - t * dx).hypot(py - t * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_passes_its_three_points() {
        let points = [[-1.0, 0.2], [0.3, -0.8], [0.9, 1.0]];
        for (i, point) in points.into_iter().enumerate() {
            let found = at(points, i as f64 / 2.0);
            for (found, expected) in found.into_iter().zip(point) {
                let expected = MIDDLE + REACH * expected;
                assert!((found - expected).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn distances_by_hand() {
        let (a, b) = ([0.0, 0.0], [4.0, 0.0]);
        assert_eq!(distance([2.0, 3.0], a, b), 3.0);
        assert_eq!(distance([7.0, 4.0], a, b), 5.0);
        assert_eq!(distance([3.0, 4.0], a, a), 5.0);
    }

    #[test]
    fn a_straight_line_has_full_ink_on_it_and_none_beside_it() {
        let mut ink = vec![0.0; SIDE * SIDE];
        let line = [[-0.5, 0.05], [0.0, 0.05], [0.5, 0.05]];
        draw(line, |column, row, value| {
            let pixel = &mut ink[row * SIDE + column];
            *pixel = f64::from(value).max(*pixel);
        });
        // The line lies at height 14.5: the middle of row 14.
        for column in 9..19 {
            let ink =
                [12, 13, 14, 15, 16].map(|row| ink[row * SIDE + column]);
            for (found, expected) in
                ink.into_iter().zip([0.0, 0.5, 1.0, 0.5, 0.0])
            {
                assert!((found - expected).abs() < 1e-6, "{ink:?}");
            }
        }
    }
}
