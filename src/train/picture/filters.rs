//! Weights and principal axes as signed images.

use crate::nn::Matrix;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::network::Network;
use crate::nn::pca::Pca;
use crate::nn::subspace::align;
use crate::train::metrics::decoder_rows;
use crate::train::picture::Studio;
use crate::train::picture::View;
use crate::train::picture::image;
use crate::train::snapshot::Image;
use crate::train::snapshot::Snapshot;
use ndarray::s;

/// Most units shown.
const SHOWN: usize = 64;

/// The weights of an autoencoder: what each code unit draws, if it draws
/// on the picture directly; else what each unit of the first layer looks
/// for. With the former also the principal axes, and, when the run is
/// over, the weights turned within their plane to match the axes.
pub fn of_autoencoder(
    studio: &Studio,
    model: &Autoencoder,
    view: &View,
    snapshot: &mut Snapshot,
) {
    let drawn = decoder_rows(model);
    let first = model.encoder.layers.first();
    let looked_for = first.map(|layer| layer.weights.t().to_owned());
    if let Some(rows) = drawn.as_ref().or(looked_for.as_ref()) {
        snapshot.filters = images(studio, rows);
    }
    let Some(rows) = drawn else { return };
    let (k, features) = rows.dim();
    if k > SHOWN.min(features) {
        return;
    }
    snapshot.axes = axes(studio, &studio.base.pca, k);
    let finite = rows.iter().all(|weight| weight.is_finite());
    if view.last.is_some() && finite {
        let turned = align(&rows, &studio.base.pca.axes(k));
        snapshot.aligned = images(studio, &turned);
    }
}

/// What each unit of the first layer looks for.
pub fn looked_for(studio: &Studio, encoder: &Network) -> Vec<Image> {
    let first = encoder.layers.first();
    first.map_or_else(Vec::new, |layer| {
        images(studio, &layer.weights.t().to_owned())
    })
}

/// The first `k` principal axes as images.
pub fn axes(studio: &Studio, pca: &Pca, k: usize) -> Vec<Image> {
    images(studio, &pca.axes(k.min(SHOWN)))
}

/// Rows as images, each with its largest weight at full strength. Points
/// of the plane have none.
fn images(studio: &Studio, rows: &Matrix) -> Vec<Image> {
    let shape = studio.bench.data.shape;
    let Some(size) = image::size(shape, rows.ncols()) else {
        return Vec::new();
    };
    let shown = rows.nrows().min(SHOWN);
    let rows = rows.slice(s![..shown, ..]);
    rows.outer_iter().map(|row| image::stretched(row, size)).collect()
}
