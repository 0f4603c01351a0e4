//! Pictures of the code: which units speak, what each draws, how strongly
//! they feel the input.

use crate::nn::Matrix;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::convolutional::Convolutional;
use crate::nn::decoder::Decoder;
use crate::nn::kl::per_dimension;
use crate::nn::model::Codec;
use crate::train::metrics::SILENT;
use crate::train::metrics::decoder_rows;
use crate::train::net::Net;
use crate::train::picture::Studio;
use crate::train::picture::View;
use crate::train::picture::image;
use crate::train::snapshot::Heat;
use crate::train::snapshot::MapStrip;
use crate::train::snapshot::Raster;
use ndarray::Axis;
use ndarray::s;

/// Examples in the raster, and units.
const RASTER: (usize, usize) = (64, 256);

/// Feature maps shown per layer.
const MAPS: usize = 16;

/// Terms of the sum that makes an image.
const TERMS: usize = 8;

/// Most features whose derivatives are drawn as a table.
const TABLE: usize = 100;

/// Words named per unit, and units.
const WORDS: (usize, usize) = (6, 12);

/// How far an input is moved to measure a derivative.
const STEP: f32 = 0.01;

/// Multiply-adds that a spectrum may cost while the model trains.
const LIVE_SPECTRUM: usize = 60_000_000;

/// The maps of every layer for the first shown example.
pub fn feature_maps(
    studio: &Studio,
    model: &Convolutional,
) -> Vec<MapStrip> {
    if studio.shown.nrows() == 0 {
        return Vec::new();
    }
    let x = studio.shown.slice(s![..1, ..]).to_owned();
    let layers = model.feature_maps(&x).into_iter();
    layers
        .map(|maps| {
            let (width, height) = (maps.shape.width, maps.shape.height);
            let size = (width as u16, height as u16);
            let area = (width * height).max(1);
            let shown = maps.values.chunks(area).take(MAPS);
            let images = shown.map(|map| brightened(map, size)).collect();
            MapStrip { name: maps.name, images }
        })
        .collect()
}

/// A map as a grey image, its largest value white.
fn brightened(
    map: &[f32],
    size: (u16, u16),
) -> crate::train::snapshot::Image {
    let most = map.iter().copied().fold(0.0_f32, f32::max);
    let factor = if most > 0.0 { 1.0 / most } else { 0.0 };
    let row: Vec<f32> = map.iter().map(|v| v * factor).collect();
    image::grey(ndarray::ArrayView1::from(&row[..]), size)
}

/// Which units speak for which examples.
pub fn raster(studio: &Studio, codec: &dyn Codec) -> Raster {
    let codes = codec.encode(&studio.mapped);
    let units = codes.ncols().min(RASTER.1);
    let rows = codes.nrows().min(RASTER.0);
    let shown = codes.slice(s![..rows, ..units]).mapv(f32::abs);
    let most = shown.iter().copied().fold(0.0_f32, f32::max);
    let factor = if most > 0.0 { 255.0 / most } else { 0.0 };
    let values = shown.iter().map(|&v| (v * factor) as u8).collect();
    let usage = codes.columns().into_iter().take(units).map(|unit| {
        let speaks = unit.iter().filter(|v| v.abs() > SILENT).count();
        speaks as f32 / unit.len().max(1) as f32
    });
    Raster { units: units as u16, values, usage: usage.collect() }
}

/// Mean singular values of the encoder's Jacobian.
pub fn spectrum(
    studio: &Studio,
    model: &Autoencoder,
    view: &View,
) -> Vec<(String, Vec<f32>)> {
    let features = studio.mapped.ncols();
    let units = model.code_layer().outputs();
    let small = features.min(units);
    let one = features * features * units + 20 * small.pow(3);
    let rows = match view.unhurried {
        true => (20 * LIVE_SPECTRUM / one.max(1)).clamp(2, 20),
        false => LIVE_SPECTRUM / one.max(1),
    };
    let rows = rows.min(20).min(studio.mapped.nrows());
    if rows == 0 {
        return Vec::new();
    }
    let x = studio.mapped.slice(s![..rows, ..]).to_owned();
    vec![("this model".to_owned(), model.spectrum(&x))]
}

/// Nats per latent dimension.
pub fn nats(studio: &Studio, net: &Net) -> Vec<f32> {
    net.variational().map_or_else(Vec::new, |model| {
        per_dimension(&model.statistics(&studio.mapped))
    })
}

/// How the output follows the input, number by number: the derivative at
/// the mean example. For a linear network it is decoder times encoder.
pub fn identity(studio: &Studio, codec: &dyn Codec) -> Option<Heat> {
    let features = studio.mapped.ncols();
    if features > TABLE || studio.mapped.nrows() == 0 {
        return None;
    }
    let mean = studio.mapped.mean_axis(Axis(0))?.insert_axis(Axis(0));
    let moved = Matrix::eye(features) * STEP + &mean;
    let here = codec.reconstruct(&mean);
    // Row i: what becomes of a move along number i.
    let answers = (codec.reconstruct(&moved) - &here) / STEP;
    Some(Heat {
        title: "output moved by input".to_owned(),
        width: features as u16,
        values: answers.t().iter().map(|v| v.clamp(-1.0, 1.0)).collect(),
    })
}

/// The first shown example as a sum: code times base, the largest terms
/// first, and what they add up to.
pub fn assembly(studio: &Studio, model: &Autoencoder) -> Vec<MapStrip> {
    let (Some(rows), Some(size)) = (
        decoder_rows(model),
        image::size(studio.bench.data.shape, studio.shown.ncols()),
    ) else {
        return Vec::new();
    };
    if studio.shown.nrows() == 0 {
        return Vec::new();
    }
    let x = studio.shown.slice(s![..1, ..]).to_owned();
    let code = model.encode(&x).row(0).to_owned();
    let strength = |unit: usize| {
        let row = rows.row(unit);
        code[unit].abs() * row.dot(&row).sqrt()
    };
    let mut order: Vec<usize> = (0..code.len()).collect();
    order.sort_by(|&a, &b| strength(b).total_cmp(&strength(a)));
    order.truncate(TERMS);
    let bias = match &model.decoder {
        Decoder::Own(network) => {
            network.layers.last().map(|layer| &layer.bias)
        }
        Decoder::Tied(tied) => tied.biases.last(),
    };
    let Some(bias) = bias else { return Vec::new() };
    let mut sum = bias.clone();
    let (mut bases, mut sums) = (Vec::new(), Vec::new());
    for unit in order {
        let term = &rows.row(unit) * code[unit];
        bases.push(image::signed(term.view(), size));
        sum += &term;
        let output = model.loss.reconstruction(sum.clone());
        sums.push(image::grey(output.row(0), size));
    }
    let strip =
        |name: &str, images| MapStrip { name: name.to_owned(), images };
    vec![strip("bases", bases), strip("sums", sums)]
}

/// The words that a unit of the code brings up most.
pub fn words(
    studio: &Studio,
    codec: &dyn Codec,
) -> Vec<(String, Vec<String>)> {
    let names = &studio.bench.data.columns;
    let codes = codec.encode(&studio.mapped);
    let Some(mean) = codes.mean_axis(Axis(0)) else { return Vec::new() };
    let units = codes.ncols().min(WORDS.1);
    let mut moved = Matrix::zeros((units + 1, codes.ncols()));
    for (unit, mut row) in moved.rows_mut().into_iter().enumerate() {
        row.assign(&mean);
        if unit < units {
            row[unit] += codes.column(unit).std(0.0);
        }
    }
    let answers = codec.decode(&moved);
    let usual = answers.row(units).to_owned();
    (0..units)
        .map(|unit| {
            let more = &answers.row(unit) - &usual;
            let mut order: Vec<usize> = (0..more.len()).collect();
            order.sort_by(|&a, &b| more[b].total_cmp(&more[a]));
            let words = order.iter().take(WORDS.0);
            let words = words.filter_map(|&w| names.get(w).cloned());
            (format!("unit {}", unit + 1), words.collect())
        })
        .collect()
}
