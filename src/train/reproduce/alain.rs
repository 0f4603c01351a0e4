//! Alain & Bengio (2014): a denoising autoencoder learns where the data
//! lie dense.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::blueprint::Blueprint;
use crate::nn::model::Codec as _;
use crate::nn::model::Model as _;
use crate::nn::noise::normal;
use crate::nn::optimizer::Rule;
use crate::nn::random::Purpose;
use crate::nn::random::Rng;
use crate::nn::random::rng;
use crate::train::reproduce::Mark;
use crate::train::reproduce::Row;
use crate::train::reproduce::Tier;
use crate::train::reproduce::finding::Expected;
use crate::train::reproduce::finding::Finding;
use crate::train::reproduce::finding::Unit;
use crate::train::reproduce::fit::Bench;
use crate::train::reproduce::fit::Plan;
use crate::train::reproduce::fit::fit_by;
use crate::train::reproduce::lab::Halt;
use crate::train::reproduce::lab::Lab;
use nalgebra::DMatrix;
use ndarray::Axis;
use rand::RngExt as _;
use std::f64::consts::TAU;

/// The row of this paper.
pub const ROWS: [Row; 1] = [Row {
    id: "AB-SCORE",
    claim: "denoising points to where the data lie dense",
    source: "Alain & Bengio 2014",
    reported: "r(x) - x = variance of the noise x gradient of log density",
    mark: Mark::Theorem,
    tier: Tier::Exact,
    full: None,
    measure: score,
}];

/// The noise on the circle.
const SIGMA: f64 = 0.3;

/// Trains a network to undo Gaussian noise of this size, fresh each time.
fn denoise(
    lab: &mut Lab,
    model: &mut Autoencoder,
    x: &Matrix,
    (plan, sigma): (Plan, f64),
) -> Result<(), Halt> {
    let sigma = sigma as Real;
    let seed = lab.seed;
    let mut look = |model: &Autoencoder, x: &Matrix, bench: &mut Bench| {
        let noise = normal(x.nrows(), x.ncols(), &mut bench.rng) * sigma;
        model.look(&(x + &noise), x, &mut bench.rng, &mut bench.desk)
    };
    fit_by(lab, model, x, (plan, seed), &mut look)
}

fn score(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let mut findings = circle(lab)?;
    findings.push(gauss(lab)?);
    findings.push(straight(lab)?);
    Ok(findings)
}

/// Points on the circle of radius 1, at random angles.
fn ring(n: usize, rng: &mut Rng) -> Matrix {
    let angles: Vec<f64> =
        (0..n).map(|_| rng.random_range(0.0..TAU)).collect();
    Matrix::from_shape_fn((n, 2), |(i, j)| match j {
        0 => angles[i].cos() as Real,
        _ => angles[i].sin() as Real,
    })
}

/// A deep denoiser against the closed form on the circle:
/// `r*(x) = I1(|x|/s2) / I0(|x|/s2) x/|x|` with the noise variance s2.
fn circle(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let x = ring(20_000, &mut rng(lab.seed, Purpose::Data));
    let mut plan = Blueprint::linear(2, 64);
    (plan.activation, plan.hidden) = (Activation::Tanh, vec![64]);
    plan.code_activation = Activation::Tanh;
    let mut model = plan.build(&mut rng(lab.seed, Purpose::Init));
    for (rate, epochs) in [(3e-3, 20), (1e-3, 15), (2e-4, 15)] {
        let rule = Rule::Adam;
        let plan = Plan { rule, rate, batch: 500, epochs };
        denoise(lab, &mut model, &x, (plan, SIGMA))?;
    }
    let (mut squares, mut dot, mut own, mut truth) = (0., 0., 0., 0.);
    let mut n = 0.0;
    for ring in 0..25 {
        let radius = 0.3 + 1.2 * f64::from(ring) / 24.0;
        let best = bessel_ratio(radius / (SIGMA * SIGMA));
        for turn in 0..36 {
            let angle = TAU * f64::from(turn) / 36.0;
            let (c, s) = (angle.cos(), angle.sin());
            let at = [radius * c, radius * s];
            let x = ndarray::array![[at[0] as Real, at[1] as Real]];
            let r = model.reconstruct(&x);
            for (j, unit) in [c, s].into_iter().enumerate() {
                let (r, right) = (f64::from(r[[0, j]]), best * unit);
                squares += (r - right) * (r - right);
                let (go, should) = (r - at[j], right - at[j]);
                dot += go * should;
                own += go * go;
                truth += should * should;
            }
            n += 1.0;
        }
    }
    Ok(vec![
        Finding::of("circle, distance from the best answer", Unit::Plain)
            .expect(Expected::Below(0.05))
            .measured(f64::sqrt(squares / n)),
        Finding::of("circle, cosine with the true score", Unit::Ratio)
            .expect(Expected::AtLeast(0.98))
            .measured(dot / f64::sqrt(own * truth)),
    ])
}

/// `I1(x) / I0(x)` of the modified Bessel functions, by their integrals
/// over the half circle.
fn bessel_ratio(x: f64) -> f64 {
    let (mut zero, mut one) = (0.0, 0.0);
    for step in 0..2000 {
        let angle = TAU / 2.0 * (f64::from(step) + 0.5) / 2000.0;
        // The largest factor is taken out: it cancels.
        let weight = (x * (angle.cos() - 1.0)).exp();
        zero += weight;
        one += weight * angle.cos();
    }
    one / zero
}

/// A deep denoiser of a round Gaussian shrinks by s2 / (s2 + sigma2).
fn gauss(lab: &mut Lab) -> Result<Finding, Halt> {
    let sigma = 0.5;
    let x = normal(20_000, 2, &mut rng(lab.seed, Purpose::Data));
    let mut plan = Blueprint::linear(2, 64);
    plan.code_activation = Activation::Tanh;
    let mut model = plan.build(&mut rng(lab.seed, Purpose::Init));
    for (rate, epochs) in [(3e-3, 15), (3e-4, 15)] {
        let rule = Rule::Adam;
        let plan = Plan { rule, rate, batch: 500, epochs };
        denoise(lab, &mut model, &x, (plan, sigma))?;
    }
    // The slope of the answer over clean points: least squares.
    let test = normal(2000, 2, &mut rng(lab.seed, Purpose::Look));
    let r = model.reconstruct(&test);
    let slope = (&r * &test).sum() / (&test * &test).sum();
    let right = 1.0 / (1.0 + sigma * sigma);
    Ok(Finding::of("Gaussian, shrinks by", Unit::Ratio)
        .expect(Expected::Near(right, 0.02))
        .measured(slope))
}

/// A linear denoiser has a closed form, C (C + sigma2 I)^-1. Noise of two
/// opposite jumps along every axis has just the variance it should, so
/// that descent can reach it.
fn straight(lab: &mut Lab) -> Result<Finding, Halt> {
    let (n, d, sigma) = (100, 4, 0.5);
    let mut x = normal(n, d, &mut rng(lab.seed, Purpose::Data));
    x -= &(x.sum_axis(Axis(0)) / n as Real);
    let jump = sigma * (d as f64).sqrt();
    let mut noisy = Matrix::zeros((2 * d * n, d));
    let mut clean = noisy.clone();
    for row in 0..2 * d * n {
        let (example, axis) = (row / (2 * d), row % (2 * d));
        clean.row_mut(row).assign(&x.row(example));
        noisy.row_mut(row).assign(&x.row(example));
        let side = if axis < d { jump } else { -jump };
        noisy[[row, axis % d]] += side as Real;
    }
    let plan = Blueprint::linear(d, d);
    let mut model = plan.build(&mut rng(lab.seed, Purpose::Init));
    let mut look = |model: &Autoencoder, _: &Matrix, bench: &mut Bench| {
        model.look(&noisy, &clean, &mut bench.rng, &mut bench.desk)
    };
    let (rule, rate) = (Rule::Momentum, 0.1);
    let plan = Plan { rule, rate, batch: n, epochs: 3000 };
    let seed = lab.seed;
    fit_by(lab, &mut model, &x, (plan, seed), &mut look)?;
    let c = x.t().dot(&x).mapv(f64::from) / n as f64;
    let c = DMatrix::from_fn(d, d, |i, j| c[[i, j]]);
    let noisy = &c + DMatrix::identity(d, d) * (sigma * sigma);
    let best = noisy.lu().solve(&c).unwrap_or_default();
    let here = model.reconstruct(&Matrix::eye(d))
        - model.reconstruct(&Matrix::zeros((d, d)));
    let gaps = here.indexed_iter().map(|(place, &w)| {
        (f64::from(w) - best.get(place).map_or(f64::NAN, |b| *b)).abs()
    });
    Ok(Finding::of("linear, from C / (C + s2), 32 bits", Unit::Plain)
        .expect(Expected::Below(1e-5))
        .measured(gaps.fold(0.0, f64::max)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bessel_functions_as_in_the_tables() {
        // I1(1) / I0(1) = 0.565159 / 1.266066.
        assert!((bessel_ratio(1.0) - 0.446_390).abs() < 1e-5);
        // The circle with noise 0.3, at radius 0.25, 0.5, 1 and 1.5.
        for (radius, best) in
            [(0.25, 0.7921), (0.5, 0.9048), (1.0, 0.9539), (1.5, 0.9695)]
        {
            let told = bessel_ratio(radius / 0.09);
            assert!((told - best).abs() < 5e-4, "{radius}: {told}");
        }
    }
}
