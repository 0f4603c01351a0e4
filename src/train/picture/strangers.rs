//! The error on data the model has not been made for.

use crate::Real;
use crate::data::DataKind;
use crate::data::DataSpec;
use crate::data::batches::order;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::lesson::possible::is_ink;
use crate::lesson::schema::ModelKind;
use crate::nn::Matrix;
use crate::nn::model::Codec;
use crate::nn::random::Purpose;
use crate::nn::random::stream;
use crate::train::metrics::error;
use crate::train::picture::Studio;
use crate::train::picture::View;
use crate::train::run::Bench;
use ndarray::Axis;
use ndarray::s;
use rand::RngExt as _;

/// Examples of each kind.
const ROWS: usize = 500;

/// Examples of each kind while the model trains.
const LIVE: usize = 100;

/// Other kinds of data of the same size, for a model of pictures: its own
/// test set with the pixels shuffled, and noise.
pub fn gather(bench: Bench) -> Vec<(&'static str, Matrix)> {
    let data = bench.data;
    if !is_ink(data.kind) || bench.config.model == ModelKind::Line {
        return Vec::new();
    }
    let rows = data.test.len().min(ROWS);
    let own = data.test.x.slice(s![..rows, ..]).to_owned();
    let seed = bench.config.seed();
    // The same shuffle as that of the data set `shuffled`.
    let places = order(own.ncols(), seed, u64::MAX);
    let places: Vec<usize> = places.iter().map(|&p| p as usize).collect();
    let shuffled = own.select(Axis(1), &places);
    let grey = own.mean().unwrap_or(0.0);
    let mut all = vec![("test set", own), ("shuffled", shuffled)];
    all.push(("noise", noise(bench, rows, grey)));
    all
}

/// As many pictures of noise: of the data set `noise`, or, for pictures of
/// another size, made like it, as bright as the data on average.
fn noise(bench: Bench, rows: usize, grey: Real) -> Matrix {
    let (seed, features) =
        (bench.config.seed(), bench.data.test.features());
    let mut spec = DataSpec::new(DataKind::Noise);
    (spec.examples, spec.seed) = (1, seed);
    if let Ok(noise) = bench.cache.dataset(bench.library, &spec)
        && noise.test.features() == features
    {
        let rows = noise.test.len().min(rows);
        return noise.test.x.slice(s![..rows, ..]).to_owned();
    }
    let mut rng = stream(seed, Purpose::Data, 2);
    let lit = (2.0 * grey).clamp(0.01, 1.0);
    Matrix::from_shape_simple_fn((rows, features), || {
        let draw: Real = rng.random();
        if draw < lit { draw / lit } else { 0.0 }
    })
}

/// The errors as metrics, from all examples, or from a few in a hurry.
pub fn metrics(
    studio: &Studio,
    codec: &dyn Codec,
    unhurried: bool,
) -> Metrics {
    let most = if unhurried { ROWS } else { LIVE };
    let named = studio.strangers.iter().filter_map(|(name, x)| {
        let metric = match *name {
            "noise" => Metric::NoiseMse,
            "shuffled" => Metric::ShuffledMse,
            _ => return None,
        };
        let rows = x.nrows().min(most);
        Some((metric, error(codec, &x.slice(s![..rows, ..]).to_owned())))
    });
    named.collect()
}

/// The errors as bars. At the end they are the metrics, so that picture
/// and table agree.
pub fn bars(
    studio: &Studio,
    codec: &dyn Codec,
    view: &View,
) -> Vec<(String, f32)> {
    let measured = |name: &str| {
        let metric = match name {
            "noise" => Metric::NoiseMse,
            "shuffled" => Metric::ShuffledMse,
            _ => Metric::TestMse,
        };
        view.last.and_then(|metrics| metrics.get(&metric)).copied()
    };
    let quick = |x: &Matrix| {
        let rows = x.nrows().min(LIVE);
        error(codec, &x.slice(s![..rows, ..]).to_owned())
    };
    studio
        .strangers
        .iter()
        .map(|(name, x)| {
            let error = measured(name).unwrap_or_else(|| quick(x));
            ((*name).to_owned(), error as f32)
        })
        .collect()
}
