//! What is known about denoising: the best linear denoiser, the score.

use super::cloud;
use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::blueprint::Blueprint;
use crate::nn::corruption::Corrupted;
use crate::nn::corruption::Corruption;
use crate::nn::corruption::CorruptionKind;
use crate::nn::desk::Desk;
use crate::nn::full_batch::FullBatch;
use crate::nn::gradient::written;
use crate::nn::lbfgs::Lbfgs;
use crate::nn::loss::Loss;
use crate::nn::model::Codec as _;
use crate::nn::model::Model as _;
use crate::nn::noise::normal;
use crate::nn::optimizer::Optimizer;
use crate::nn::optimizer::Rule;
use crate::nn::pca::covariance;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::random::stream;
use crate::nn::score;
use rand::RngExt as _;

/// Damaged copies of every row whose noise has mean 0, covariance `σ² I`
/// and nothing to do with the row, exactly: one step along every axis, to
/// both sides. And the clean rows, one for each.
fn exactly_noisy(x: &Matrix, sigma: Real) -> (Corrupted, Matrix) {
    let (n, d) = x.dim();
    let shape = (2 * n * d, d);
    let clean = Matrix::from_shape_fn(shape, |(i, j)| x[[i / (2 * d), j]]);
    let step = sigma * (d as Real).sqrt();
    let noise = Matrix::from_shape_fn(shape, |(i, j)| {
        let sign = if i % 2 == 0 { 1.0 } else { -1.0 };
        if i / 2 % d == j { sign * step } else { 0.0 }
    });
    let touched = Matrix::ones(shape);
    (Corrupted { x: &clean + noise, touched }, clean)
}

/// Trained to the end, a linear denoising autoencoder without bottleneck
/// is `Σ (Σ + σ² I)⁻¹`: it shrinks every axis by `λ / (λ + σ²)`.
#[test]
fn a_linear_denoiser_is_the_exact_one() {
    let x = cloud() - 1.0;
    let center = Matrix::zeros((1, 6));
    let mean = x.mean_axis(ndarray::Axis(0)).expect("60 points");
    let x = x - &mean;
    for sigma in [0.3, 1.0] {
        let exact = score::linear(
            &covariance(&x, &center, &mut Desk::new()),
            sigma,
        );
        let (damaged, clean) = exactly_noisy(&x, sigma);
        let plan = Blueprint::linear(6, 6);
        let mut model = plan.build(&mut rng(1, Purpose::Init));
        let (mut calm, desk) = (rng(1, Purpose::Noise), &mut Desk::new());
        let mut lbfgs = Lbfgs::new();
        let flat = |parts: &[&Matrix]| -> Vec<Real> {
            parts.iter().flat_map(|p| p.iter().copied()).collect()
        };
        let mut at = flat(&model.parameters());
        for _ in 0..500 {
            lbfgs.step(&mut at, &mut |at, slopes| {
                write(&mut model, at);
                let (losses, gradients) =
                    model.repair(&damaged, &clean, &mut calm, desk);
                let gradients = written(gradients, desk);
                let list = flat(&gradients.iter().collect::<Vec<_>>());
                slopes.copy_from_slice(&list);
                losses.total
            });
        }
        write(&mut model, &at);
        let found = model.reconstruct(&Matrix::eye(6))
            - model.reconstruct(&Matrix::zeros((6, 6)));
        let gap = (&found - &exact).mapv(Real::abs);
        let worst = gap.iter().copied().fold(0.0, Real::max);
        println!("sigma {sigma}: off by {worst:e}");
        assert!(worst < 1e-6, "{worst:e}");
    }
}

fn write(model: &mut Autoencoder, at: &[Real]) {
    let mut numbers = at.iter();
    for parameter in model.parameters_mut() {
        for w in parameter {
            *w = *numbers.next().expect("one per parameter");
        }
    }
}

/// A denoiser 2-64-64-2, trained on fresh draws of `points` and noise.
fn trained(
    points: &dyn Fn(u64) -> Matrix,
    sigma: Real,
    steps: u64,
) -> Autoencoder {
    let mut plan = Blueprint::linear(2, 64);
    plan.hidden = vec![64];
    plan.activation = Activation::Tanh;
    plan.code_activation = Activation::Tanh;
    let mut model = plan.build(&mut rng(1, Purpose::Init));
    let (kind, level) = (CorruptionKind::Gaussian, sigma);
    model.corruption = Corruption { kind, level };
    let mut optimizer = Optimizer::new(Rule::Adam, 2e-3);
    let desk = &mut Desk::new();
    for step in 0..steps {
        let left = 1.0 - step as Real / steps as Real;
        optimizer.learning_rate = 2e-3 * left;
        let mut noise = stream(1, Purpose::Noise, step);
        let x = points(step);
        let (_, gradients) = model.gradients(&x, &mut noise, desk);
        optimizer.step(model.parameters_mut(), &gradients);
        desk.put_back_all(gradients);
    }
    model
}

/// Points all around at these distances from 0.
fn rings(lengths: &[Real]) -> Matrix {
    let around = 24;
    Matrix::from_shape_fn((lengths.len() * around, 2), |(i, j)| {
        let angle = std::f64::consts::TAU * i as Real / around as Real;
        let unit = [angle.cos(), angle.sin()][j];
        lengths[i / around] * unit
    })
}

/// The mean cosine of the angles between two lists of arrows.
fn mean_cosine(a: &Matrix, b: &Matrix) -> Real {
    let rows = a.rows().into_iter().zip(b.rows());
    let cosines = rows.map(|(a, b)| {
        a.dot(&b) / (a.dot(&a).sqrt() * b.dot(&b).sqrt()).max(1e-12)
    });
    cosines.sum::<Real>() / a.nrows() as Real
}

/// Alain & Bengio (2014): the arrows of a denoiser are `σ²` times the
/// score of the blurred data, here of a circle.
#[test]
fn a_denoiser_of_a_circle_draws_its_score() {
    let circle = |step| {
        let mut draws = stream(1, Purpose::Data, step);
        let mut points = Matrix::zeros((100, 2));
        for mut row in points.rows_mut() {
            let angle: Real =
                draws.random_range(0.0..std::f64::consts::TAU);
            (row[0], row[1]) = (angle.cos(), angle.sin());
        }
        points
    };
    let sigma = 0.3;
    let model = trained(&circle, sigma, 4000);
    let points = rings(&[0.3, 0.5, 0.7, 0.9, 1.1, 1.3, 1.5]);
    let exact = score::circle(&points, 1.0, sigma);
    let gap = model.reconstruct(&points) - &exact;
    let rms = (gap.mapv(|d| d * d).sum() / points.nrows() as Real).sqrt();
    // Between 0.9 and 1.1 the arrows vanish and have no direction.
    let apart = rings(&[0.3, 0.5, 0.7, 1.3, 1.5]);
    let arrows = score::arrows(&model, &apart);
    let exact = score::circle(&apart, 1.0, sigma) - &apart;
    let cosine = mean_cosine(&arrows, &exact);
    println!("rms {rms}, cosine {cosine}");
    assert!(rms < 0.05, "{rms}");
    assert!(cosine > 0.98, "{cosine}");
}

/// The same for a Gaussian: the denoiser shrinks by `s² / (s² + σ²)`.
#[test]
fn a_denoiser_of_a_gaussian_shrinks() {
    let (spread, sigma): (Real, Real) = (0.8, 0.5);
    let cloud = |step| {
        let mut draws = stream(1, Purpose::Data, step);
        normal(200, 2, &mut draws) * spread
    };
    let model = trained(&cloud, sigma, 5000);
    let points = rings(&[0.3, 0.6, 0.9, 1.2]);
    let restored = model.reconstruct(&points);
    let slope = (&restored * &points).sum() / (&points * &points).sum();
    let exact = spread.powi(2) / (spread.powi(2) + sigma.powi(2));
    println!("slope {slope}, exact {exact}");
    assert!((slope - exact).abs() < 0.02, "{slope} or {exact}");
}

/// Vincent et al. (2010), full emphasis: pixels that were not damaged get
/// no blame at all.
#[test]
fn without_weight_untouched_pixels_teach_nothing() {
    let mut plan = Blueprint::linear(8, 5);
    plan.code_activation = Activation::Sigmoid;
    plan.loss = Loss::CrossEntropy;
    let mut model = plan.build(&mut rng(1, Purpose::Init));
    model.emphasis = 0.0;
    let mut draws = rng(2, Purpose::Data);
    let clean = Matrix::from_shape_simple_fn((6, 8), || {
        draws.random_range(0.0..1.0)
    });
    // The last three pixels are never touched.
    let touched =
        Matrix::from_shape_fn((6, 8), |(i, j)| match j < 5 && i != j {
            true => 1.0,
            false => 0.0,
        });
    let x = &clean * &touched.mapv(|t| 1.0 - t);
    let damaged = Corrupted { x, touched };
    let (mut calm, desk) = (rng(1, Purpose::Noise), &mut Desk::new());
    let look = |target: &Matrix, model: &Autoencoder, desk: &mut Desk| {
        let (losses, gradients) =
            model.repair(&damaged, target, &mut calm.clone(), desk);
        (losses, written(gradients, desk))
    };
    let (losses, gradients) = look(&clean, &model, desk);
    // Their biases and weights in the decoder are never moved ...
    for j in 5..8 {
        assert!(gradients[2].column(j).iter().all(|&g| g == 0.0));
        assert_eq!(gradients[3][[0, j]], 0.0);
    }
    assert!(gradients[3].iter().any(|&g| g != 0.0));
    // ... and another target for them changes nothing at all.
    let mut other = clean.clone();
    let untouched = damaged.touched.mapv(|t| 1.0 - t);
    other.zip_mut_with(&untouched, |x, &u| {
        *x = (1.0 - *x) * u + *x * (1.0 - u)
    });
    assert_ne!(other, clean);
    let (same, equal) = look(&other, &model, desk);
    assert_eq!((losses, gradients), (same, equal));
    model.emphasis = 0.5;
    assert_ne!(model.repair(&damaged, &other, &mut calm, desk).0, losses);
}

/// One step on one batch of the optimizer over all data never goes up.
#[test]
fn noise_that_stays_the_same_can_be_learned_by_full_batches() {
    let x = cloud();
    let mut model =
        Blueprint::linear(6, 4).build(&mut rng(1, Purpose::Init));
    let (kind, level) = (CorruptionKind::Masking, 0.3);
    model.corruption = Corruption { kind, level };
    let (frozen, desk) = (rng(1, Purpose::Noise), &mut Desk::new());
    let mut optimizer = FullBatch::new();
    let first = optimizer.step(&mut model, &x, &frozen, desk).loss;
    let mut last = first;
    for _ in 0..100 {
        let loss = optimizer.step(&mut model, &x, &frozen, desk).loss;
        assert!(loss <= last, "{loss} after {last}");
        last = loss;
    }
    assert!(last < 0.5 * first, "{first} to {last}");
}
