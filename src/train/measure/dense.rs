//! What only a dense autoencoder has: filters, a Jacobian in closed form,
//! a subspace.

use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::lesson::possible::is_image;
use crate::nn::Matrix;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::decoder::Decoder;
use crate::nn::desk::Desk;
use crate::nn::jacobian::along_and_across;
use crate::nn::neighbors::nearest;
use crate::nn::oriented::mean_participation;
use crate::nn::oriented::oriented_share;
use crate::nn::pca::Pca;
use crate::train::evaluate::Seen;
use crate::train::measure::Exam;
use crate::train::metrics;
use crate::train::picture::size;
use ndarray::Axis;
use ndarray::s;

/// Multiply-adds that Jacobians may cost.
const JACOBIANS: usize = 1_000_000_000;

/// Neighbors from which the directions along the data are read.
const NEIGHBORS: usize = 12;

/// Directions along the data; one in the plane.
const DIRECTIONS: usize = 5;

/// A unit that moves the output less than this share of the busiest unit
/// is not used.
const UNUSED: f32 = 0.01;

/// Everything about a dense autoencoder.
pub fn metrics(exam: &Exam, (_, test): &(Seen, Seen)) -> Metrics {
    let Some(model) = exam.net.dense() else { return Metrics::new() };
    let weights = model.encoder.layers.iter().map(|layer| &layer.weights);
    let squares = weights.flat_map(|w| w.iter());
    let squares: f64 = squares.map(|&w| f64::from(w).powi(2)).sum();
    let mut all = Metrics::from([
        (Metric::EncoderNorm, squares.sqrt()),
        (Metric::UnusedUnits, unused(model, &test.codes) as f64),
    ]);
    if let Some(degrees) = metrics::principal_angle(model, exam.base) {
        all.insert(Metric::PrincipalAngle, degrees);
    }
    all.extend(sensitivity(exam, model));
    if is_image(exam.data.kind)
        && let Some(first) = model.encoder.layers.first()
        && let Some((width, height)) =
            size(exam.data.shape, first.weights.nrows())
    {
        let (width, height) = (usize::from(width), usize::from(height));
        let oriented = oriented_share(&first.weights, width, height);
        all.insert(Metric::OrientedFilters, f64::from(oriented));
        let pixels = mean_participation(&first.weights);
        all.insert(Metric::FilterSize, f64::from(pixels));
    }
    all
}

/// Code units whose changes hardly reach the layer after them.
fn unused(model: &Autoencoder, codes: &Matrix) -> usize {
    let reach = reach(model);
    let strength: Vec<f32> = codes
        .columns()
        .into_iter()
        .zip(&reach)
        .map(|(unit, reach)| unit.std(0.0) * reach)
        .collect();
    let most = strength.iter().copied().fold(0.0, f32::max);
    strength.iter().filter(|&&s| s <= UNUSED * most).count()
}

/// The length of the weights that lead out of each code unit.
fn reach(model: &Autoencoder) -> Vec<f32> {
    let lengths = |w: &Matrix, axis| {
        w.map_axis(axis, |unit| unit.dot(&unit).sqrt()).to_vec()
    };
    match &model.decoder {
        Decoder::Own(network) => network
            .layers
            .first()
            .map_or_else(Vec::new, |l| lengths(&l.weights, Axis(1))),
        Decoder::Tied(_) => lengths(&model.code_layer().weights, Axis(0)),
    }
}

/// How strongly the code answers small moves of the input: in all, along
/// the data, and across them.
fn sensitivity(exam: &Exam, model: &Autoencoder) -> Metrics {
    let features = exam.data.test.features();
    let units = model.code_layer().outputs();
    let one = features * features * units.max(1);
    let most = (JACOBIANS / one.max(1)).clamp(3, 20);
    let (x, _) = exam.test(most);
    let (train, _) = exam.train(1000);
    let directions = DIRECTIONS.min(features.saturating_sub(1));
    let near = nearest(&train, &x, NEIGHBORS);
    let has_tangents = directions > 0 && train.nrows() > NEIGHBORS;
    let (mut norm, mut along, mut across) = (0.0, 0.0, 0.0);
    for (row, near) in near.iter().enumerate() {
        let example = x.slice(s![row..row + 1, ..]).to_owned();
        let jacobian = model.jacobian(&example);
        norm += f64::from(jacobian.mapv(|j| j * j).sum()).sqrt();
        if !has_tangents {
            continue;
        }
        let rows: Vec<usize> = near.iter().map(|n| n.row).collect();
        let cloud = train.select(Axis(0), &rows);
        let tangents = tangents(&cloud, directions);
        let (t, n) = along_and_across(&jacobian, &tangents);
        along += f64::from(t);
        across += f64::from(n);
    }
    let count = near.len().max(1) as f64;
    let mut all = Metrics::from([(Metric::JacobianNorm, norm / count)]);
    if has_tangents {
        all.insert(Metric::TangentSensitivity, along / count);
        all.insert(Metric::NormalSensitivity, across / count);
    }
    all
}

/// The main directions of a few points, `[directions, features]`, found
/// from their small table of products: there are fewer points than
/// features.
fn tangents(cloud: &Matrix, directions: usize) -> Matrix {
    if cloud.ncols() <= cloud.nrows() {
        let desk = &mut Desk::new();
        return Pca::fit_short(cloud, directions, desk).components;
    }
    let mean = cloud.sum_axis(Axis(0)) / cloud.nrows() as f32;
    let centered = cloud - &mean;
    let products = centered.dot(&centered.t());
    let desk = &mut Desk::new();
    let eigen = crate::nn::eigen::largest(&products, directions, desk);
    let mut axes = eigen.vectors.dot(&centered);
    for mut axis in axes.rows_mut() {
        let length = axis.dot(&axis).sqrt().max(1e-12);
        axis /= length;
    }
    axes
}
