//! The error on data the model has not been made for.

use crate::data::DataKind;
use crate::data::DataSpec;
use crate::data::Shape;
use crate::data::batches::order;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::lesson::schema::ModelKind;
use crate::nn::Matrix;
use crate::nn::model::Codec;
use crate::train::metrics::error;
use crate::train::picture::Studio;
use crate::train::picture::View;
use crate::train::run::Bench;
use ndarray::Axis;
use ndarray::s;

/// Examples of each kind.
const ROWS: usize = 500;

/// Examples of each kind while the model trains.
const LIVE: usize = 100;

/// Other kinds of data of the same size, for a model of pictures: its own
/// test set with the pixels shuffled, and noise where there is some.
pub fn gather(bench: Bench) -> Vec<(&'static str, Matrix)> {
    let data = bench.data;
    let image = matches!(data.shape, Shape::Image { .. });
    if !image || bench.config.model == ModelKind::Line {
        return Vec::new();
    }
    let rows = data.test.len().min(ROWS);
    let own = data.test.x.slice(s![..rows, ..]).to_owned();
    let seed = bench.config.seed();
    // The same shuffle as that of the data set `shuffled`.
    let places = order(own.ncols(), seed, u64::MAX);
    let places: Vec<usize> = places.iter().map(|&p| p as usize).collect();
    let shuffled = own.select(Axis(1), &places);
    let mut all = vec![("test set", own), ("shuffled", shuffled)];
    let mut spec = DataSpec::new(DataKind::Noise);
    (spec.examples, spec.seed) = (1, seed);
    if let Ok(noise) = bench.cache.dataset(bench.library, &spec)
        && noise.test.features() == data.test.features()
    {
        let rows = noise.test.len().min(ROWS);
        let noise = noise.test.x.slice(s![..rows, ..]).to_owned();
        all.push(("noise", noise));
    }
    all
}

/// The errors as metrics.
pub fn metrics(studio: &Studio, codec: &dyn Codec) -> Metrics {
    let named = studio.strangers.iter().filter_map(|(name, x)| {
        let metric = match *name {
            "noise" => Metric::NoiseMse,
            "shuffled" => Metric::ShuffledMse,
            _ => return None,
        };
        Some((metric, error(codec, x)))
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
