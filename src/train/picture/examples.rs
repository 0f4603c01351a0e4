//! Some examples with their reconstructions and codes.

use crate::data::DataKind;
use crate::data::Shape;
use crate::lesson::knob::KnobId;
use crate::nn::Matrix;
use crate::nn::model::Codec;
use crate::nn::model::rounded;
use crate::train::picture::Studio;
use crate::train::picture::View;
use crate::train::picture::image;
use crate::train::snapshot::Example;

/// How many examples are shown.
const SHOWN: usize = 10;

/// One-bit states are small: more of them fit.
const STATES: usize = 32;

/// The first example of every class in the order of classes, then others,
/// by index.
pub fn choose(labels: &[u8], kind: DataKind) -> Vec<usize> {
    let most = if kind == DataKind::Onehot { STATES } else { SHOWN };
    let mut chosen: Vec<usize> = Vec::new();
    for class in 0..=u8::MAX {
        if let Some(first) = labels.iter().position(|&l| l == class) {
            chosen.push(first);
        }
    }
    chosen.truncate(most);
    for index in 0..labels.len() {
        if chosen.len() >= most {
            break;
        }
        if !chosen.contains(&index) {
            chosen.push(index);
        }
    }
    chosen
}

/// The chosen examples through the codec, or what is left of them after
/// some damage. Points of the plane are shown
/// elsewhere.
pub fn of(
    studio: &Studio,
    codec: &dyn Codec,
    noisy: Option<&Matrix>,
    view: &View,
) -> Vec<Example> {
    let test = &studio.bench.data.test;
    let shape = studio.bench.data.shape;
    let Some(size) = image::size(shape, test.features()) else {
        return Vec::new();
    };
    let x = &studio.shown;
    let mut codes = codec.encode(noisy.unwrap_or(x));
    if view.settings.switch(KnobId::RoundCode) {
        codes = rounded(codes);
    }
    let y = codec.decode(&codes);
    let rows = studio.chosen.iter().enumerate();
    rows.map(|(i, &index)| {
        let difference = &y.row(i) - &x.row(i);
        let squares = difference.mapv(|d| d * d);
        let drawn = |row| match shape {
            Shape::Patch { .. } => image::patch(row, size),
            _ => image::grey(row, size),
        };
        Example {
            label: test.labels.get(index).copied().unwrap_or(0),
            test: true,
            original: drawn(x.row(i)),
            corrupted: noisy.map(|noisy| drawn(noisy.row(i))),
            reconstruction: drawn(y.row(i)),
            difference: image::signed(difference.view(), size),
            code: codes.row(i).to_vec(),
            error: squares.mean().unwrap_or(0.0),
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_each_class_in_order_then_others() {
        let labels = [3, 3, 1, 0, 1, 2];
        let chosen = choose(&labels, DataKind::Digits);
        assert_eq!(chosen, [3, 2, 5, 0, 1, 4]);
        let many: Vec<u8> = (0..200).map(|i| i % 10).collect();
        let chosen = choose(&many, DataKind::Digits);
        assert_eq!(chosen, (0..10).collect::<Vec<_>>());
        assert!(choose(&[], DataKind::Digits).is_empty());
    }
}
