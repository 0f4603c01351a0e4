//! Feature maps: what every layer of a convolutional network sees.
//!
//! ```text
//! 1 × 28 × 28 → conv 1: 16 × 28 × 28 → pool 1: 16 × 14 × 14 → ...
//! ```

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::columns::columns;
use crate::nn::columns::group;
use crate::nn::columns::rows;
use crate::nn::convolutional::Convolutional;
use crate::nn::desk::Desk;
use crate::nn::image_layer::ImageLayer;
use crate::nn::loss::Loss;
use crate::nn::model::LayerInfo;
use crate::nn::window::ImageShape;

/// The maps that one layer makes of one picture.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureMaps {
    /// What the layer is called.
    pub name: String,
    /// How many maps there are, and their size.
    pub shape: ImageShape,
    /// One map after the other, each line by line.
    pub values: Vec<Real>,
}

impl Convolutional {
    /// The maps of every layer for one picture `x` `[1, pixels]`, from the
    /// first to the output.
    pub fn feature_maps(&self, x: &Matrix) -> Vec<FeatureMaps> {
        let count = x.nrows();
        assert!(count == 1, "the maps of 1 picture, not of {count}");
        let mut desk = Desk::new();
        let x = self.scaled(x, &mut desk);
        let x = columns(group(&x, 0), self.encoder.input(), &mut desk);
        let mut sheets = self.encoder.trace(&x, &mut desk);
        let code = &sheets[sheets.len() - 1];
        sheets.extend(self.decoder.trace(code, &mut desk));
        if let Some(output) = sheets.pop() {
            sheets.push(self.loss.reconstruction(output));
        }
        let mut maps = Vec::new();
        for ((layer, name), sheet) in named(self).into_iter().zip(sheets) {
            let shape = layer.output();
            let values = rows(&sheet, shape, 1, &mut desk).row(0).to_vec();
            maps.push(FeatureMaps { name, shape, values });
        }
        maps
    }
}

/// Names and sizes of all layers, for the pictures.
pub fn layer_infos(model: &Convolutional) -> Vec<LayerInfo> {
    let mut infos = Vec::new();
    for (layer, name) in named(model) {
        let sizes = layer.parameters().map(|p| p.map(|p| p.len()));
        infos.push(LayerInfo {
            name,
            inputs: layer.input().len(),
            outputs: layer.output().len(),
            activation: layer.activation(),
            parameters: sizes.map_or(0, |[w, b]| w + b),
        });
    }
    if let (Loss::CrossEntropy, Some(last)) = (model.loss, infos.last_mut())
    {
        last.activation = Activation::Sigmoid;
    }
    infos
}

/// All layers: `conv 1`, `pool 1`, ..., `code`, ..., `output`. Each kind
/// is counted from the input on.
fn named(model: &Convolutional) -> Vec<(&ImageLayer, String)> {
    let (below, above) = (&model.encoder.layers, &model.decoder.layers);
    let code = below.len();
    let all: Vec<&ImageLayer> = below.iter().chain(above).collect();
    let mut named = Vec::new();
    for (l, &layer) in (1..).zip(&all) {
        let same = all[..l].iter().filter(|o| o.name() == layer.name());
        let name = match l {
            _ if l == code => "code".into(),
            _ if l == all.len() => "output".into(),
            _ => format!("{} {}", layer.name(), same.count()),
        };
        named.push((layer, name));
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::image_plan::ImagePlan;
    use crate::nn::model::Codec as _;
    use crate::nn::model::Model as _;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;

    #[test]
    fn the_maps_of_the_keras_network() {
        let model = ImagePlan::keras().build(&mut rng(1, Purpose::Init));
        let x = Matrix::from_elem((1, 784), 0.5);
        let maps = model.feature_maps(&x);
        let names: Vec<&str> = maps.iter().map(|m| &m.name[..]).collect();
        let expected = [
            "conv 1",
            "pool 1",
            "conv 2",
            "pool 2",
            "conv 3",
            "code",
            "conv 4",
            "upsample 1",
            "conv 5",
            "upsample 2",
            "conv 6",
            "upsample 3",
            "output",
        ];
        assert_eq!(names, expected);
        assert_eq!(maps[5].shape, ImageShape::new(8, 4, 4));
        assert_eq!(maps[5].values, model.encode(&x).row(0).to_vec());
        assert_eq!(maps[12].values, model.reconstruct(&x).row(0).to_vec());
        let infos = model.layers();
        assert_eq!(infos[12].activation, Activation::Sigmoid);
        let told: usize = infos.iter().map(|l| l.parameters).sum();
        assert_eq!(told, model.parameter_count());
    }
}
