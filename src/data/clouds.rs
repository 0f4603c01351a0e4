//! Points of the plane, made by a formula and a seed.
//!
//! Every point is drawn with the same number of random numbers whatever the
//! settings are: a student who turns a knob sees the same points move.

use std::f64::consts::FRAC_1_SQRT_2;
use std::f64::consts::TAU;

use rand::RngExt;
use rand_distr::StandardNormal;

use crate::Real;
use crate::nn::Matrix;
use crate::nn::random::Purpose;
use crate::nn::random::Rng;
use crate::nn::random::stream;

use super::DataSpec;
use super::Dataset;
use super::Samples;
use super::Shape;

/// Training points when all are wanted.
pub(super) const TRAIN: usize = 2000;

/// The most training points one can ask for.
pub(super) const MOST: usize = 20_000;

/// Test points.
pub(super) const TEST: usize = 1000;

/// How often an arm of the spiral goes round.
const TURNS: f64 = 1.25;

/// Draws one point and its label.
pub(super) type Draw = fn(&DataSpec, &mut Rng) -> ([f64; 2], u8);

/// A cloud: training points from one stream, test points from another.
pub(super) fn cloud(spec: &DataSpec, draw: Draw) -> Dataset {
    let train = match spec.examples {
        0 => TRAIN,
        examples => examples.min(MOST),
    };
    let parts = [(train, 0), (TEST, 1)]
        .map(|(count, index)| points(spec, draw, count, index));
    Dataset::new(spec.kind, parts, Shape::Plane)
}

/// A Gaussian cloud. Both coordinates have variance 1 and the correlation
/// asked for; noise adds its own variance to both:
///
/// ```text
/// x₁ = z₁ + noise·n₁      x₂ = ρ·z₁ + √(1-ρ²)·z₂ + noise·n₂
/// ```
///
/// The label is the quarter of the cloud a point lies in, counted along the
/// long diagonal.
pub(super) fn gauss(spec: &DataSpec, rng: &mut Rng) -> ([f64; 2], u8) {
    let [z1, z2, n1, n2] = [0; 4].map(|_| normal(rng));
    let (rho, noise) = (spec.correlation, spec.noise);
    let x1 = z1 + noise * n1;
    let x2 = rho * z1 + (1.0 - rho * rho).sqrt() * z2 + noise * n2;
    // Along the diagonal the variance is 1 + ρ + noise²; the quartiles of a
    // normal distribution lie at 0.6745 standard deviations.
    let along = FRAC_1_SQRT_2 * (x1 + x2);
    let quartile = 0.6745 * (1.0 + rho + noise * noise).sqrt();
    let cuts = [-quartile, 0.0, quartile];
    let label = cuts.iter().filter(|&&cut| along >= cut).count();
    ([x1, x2], label as u8)
}

/// A circle of radius 1; noise moves a point towards the middle or away.
/// The label is the eighth of the circle.
pub(super) fn ring(spec: &DataSpec, rng: &mut Rng) -> ([f64; 2], u8) {
    let turn: f64 = rng.random();
    let radius = 1.0 + spec.noise * normal(rng);
    let (sin, cos) = (TAU * turn).sin_cos();
    ([radius * cos, radius * sin], (turn * 8.0) as u8)
}

/// Two arms of an Archimedean spiral that meet in the middle, so that both
/// together are one bent line. Points lie about equally dense along it;
/// noise moves them in every direction. The label is the arm.
pub(super) fn spiral(spec: &DataSpec, rng: &mut Rng) -> ([f64; 2], u8) {
    let place: f64 = rng.random_range(-1.0..1.0);
    let [n1, n2] = [0; 2].map(|_| spec.noise * normal(rng));
    // The length of the line up to a radius grows about with its square.
    let radius = place.abs().sqrt();
    let (sin, cos) = (TAU * TURNS * radius).sin_cos();
    let radius = radius.copysign(place);
    ([radius * cos + n1, radius * sin + n2], u8::from(place < 0.0))
}

/// Two circles around the same middle, of radius 1/2 and 1; noise moves a
/// point towards the middle or away. No straight line tells them apart. The
/// label is the circle.
pub(super) fn circles(spec: &DataSpec, rng: &mut Rng) -> ([f64; 2], u8) {
    let draw: f64 = rng.random_range(0.0..2.0);
    let (outer, turn) = (draw >= 1.0, draw.fract());
    let radius = if outer { 1.0 } else { 0.5 };
    let radius = radius + spec.noise * normal(rng);
    let (sin, cos) = (TAU * turn).sin_cos();
    ([radius * cos, radius * sin], u8::from(outer))
}

/// Eight round clusters, evenly spaced on a circle of radius 1; noise is
/// their standard deviation in every direction. The label is the cluster.
pub(super) fn clusters(spec: &DataSpec, rng: &mut Rng) -> ([f64; 2], u8) {
    let cluster = rng.random_range(0..8_u8);
    let [n1, n2] = [0; 2].map(|_| spec.noise * normal(rng));
    let (sin, cos) = (TAU * f64::from(cluster) / 8.0).sin_cos();
    ([cos + n1, sin + n2], cluster)
}

/// `count` points from one stream. The shift moves them along the short
/// diagonal, (1, -1): across the long axis of a cloud with positive
/// correlation, where forgetting to center does the most harm.
fn points(
    spec: &DataSpec,
    draw: Draw,
    count: usize,
    index: u64,
) -> Samples {
    let mut rng = stream(spec.seed, Purpose::Data, index);
    let step = FRAC_1_SQRT_2 * spec.shift;
    let mut x = Matrix::zeros((count, 2));
    let mut labels = Vec::with_capacity(count);
    for mut row in x.outer_iter_mut() {
        let ([x1, x2], label) = draw(spec, &mut rng);
        row[0] = (x1 + step) as Real;
        row[1] = (x2 - step) as Real;
        labels.push(label);
    }
    Samples { x, labels }
}

/// One number from the standard normal distribution.
fn normal(rng: &mut Rng) -> f64 {
    rng.sample(StandardNormal)
}
