//! One unit with its numbers, and one step in slow motion.

use crate::Real;
use crate::lesson::knob::KnobId;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::desk::Desk;
use crate::nn::model::Model as _;
use crate::nn::slow_motion;
use crate::nn::zoom::Unit;
use crate::train::metrics::TINY;
use crate::train::picture::Studio;
use crate::train::picture::View;
use crate::train::picture::image;
use crate::train::snapshot::SlowMotion;
use crate::train::snapshot::UnitView;
use ndarray::ArrayView1;
use ndarray::s;

/// Products listed.
const TERMS: usize = 10;

/// Weights listed.
const WEIGHTS: usize = 12;

/// The unit of the first layer that says most about the first example.
pub fn unit(studio: &Studio, model: &Autoencoder) -> Option<UnitView> {
    if studio.shown.nrows() == 0 {
        return None;
    }
    let x = studio.shown.slice(s![..1, ..]).to_owned();
    let layer = model.encoder.layers.first()?;
    let outputs = layer.forward(&x, &mut Desk::new());
    let sizes = outputs.iter().map(|y| y.abs()).enumerate();
    let (most, _) = sizes.max_by(|a, b| a.1.total_cmp(&b.1))?;
    let seen = Unit::of_layer(layer, &x, most);
    let size = image::size(studio.bench.data.shape, x.ncols());
    let mut order: Vec<usize> = (0..seen.products.len()).collect();
    let strength = |i: usize| seen.products[i].abs();
    order.sort_by(|&a, &b| strength(b).total_cmp(&strength(a)));
    order.truncate(TERMS);
    let terms = order
        .into_iter()
        .map(|i| (i, seen.inputs[i], seen.weights[i], seen.products[i]));
    let weights = ArrayView1::from(&seen.weights[..]);
    Some(UnitView {
        layer: model.layers().into_iter().next()?.name,
        unit: most,
        example: size.map(|size| image::grey(x.row(0), size)),
        picture: size.map(|size| image::stretched(weights, size)),
        terms: terms.collect(),
        sum: seen.sum - seen.bias,
        bias: seen.bias,
        activation: format!("{:?}", seen.activation).to_lowercase(),
        output: seen.output,
    })
}

/// The step that a tiny model would make next on one example, without
/// making it.
pub fn slow_motion(
    studio: &Studio,
    model: &Autoencoder,
    view: &View,
) -> Option<SlowMotion> {
    let examples = studio.shown.nrows();
    if model.parameter_count() > TINY || examples == 0 {
        return None;
    }
    // Step by step another example.
    let row = (view.step % examples as u64) as usize;
    let x = studio.shown.slice(s![row..row + 1, ..]).to_owned();
    let mut copy = model.clone();
    copy.code_noise = 0.0;
    let rate = view.settings.number(KnobId::LearningRate) as Real;
    let seen = slow_motion::SlowMotion::step(&mut copy, &x, rate);
    let depth = model.encoder.layers.len();
    let value = |at: usize| {
        seen.values.get(at).map(|v| v.iter().copied().collect())
    };
    Some(SlowMotion {
        input: value(0)?,
        code: value(depth)?,
        output: value(seen.values.len() - 1)?,
        loss: seen.loss,
        loss_after: seen.loss_after,
        weights: weights(model, &seen),
    })
}

/// Some weights with both gradients: those with the largest, from input to
/// output.
fn weights(
    model: &Autoencoder,
    seen: &slow_motion::SlowMotion,
) -> Vec<(String, f32, f32, f32, f32)> {
    let names = names(model);
    let mut all = Vec::new();
    for (p, analytic) in seen.gradients.analytic.iter().enumerate() {
        for (place, &gradient) in analytic.indexed_iter() {
            let name = names.get(p).map_or("", String::as_str);
            let (row, column) = (place.0 + 1, place.1 + 1);
            let name = match name.strip_suffix("bias") {
                Some(layer) => format!("{layer}b{column}"),
                None => format!("{name}w{row},{column}"),
            };
            let numeric = seen.gradients.numeric[p][place];
            let (before, after) =
                (seen.before[p][place], seen.after[p][place]);
            all.push((name, before, gradient, numeric, after));
        }
    }
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|&a, &b| all[b].2.abs().total_cmp(&all[a].2.abs()));
    order.truncate(WEIGHTS);
    order.sort_unstable();
    order.into_iter().map(|i| all[i].clone()).collect()
}

/// What each parameter belongs to, in the order of the model.
fn names(model: &Autoencoder) -> Vec<String> {
    let tied = model.parameters().len() < 2 * model.layers().len();
    let depth = model.encoder.layers.len();
    let layers = model.layers().into_iter().enumerate();
    layers
        .flat_map(|(l, info)| {
            let weights = format!("{} ", info.name);
            let bias = format!("{} bias", info.name);
            if tied && l >= depth {
                vec![bias]
            } else {
                vec![weights, bias]
            }
        })
        .collect()
}
