//! The zoom: one unit, one example, every number.
//!
//! ```text
//! input × weight = product,  Σ products + bias = sum,  s(sum) = output
//! ```

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::dense::Dense;
use crate::nn::desk::Desk;
use crate::nn::model::Model as _;

/// Everything one unit sees and does for one example.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// What comes in, one number per unit of the layer before.
    pub inputs: Vec<Real>,
    /// What each input is multiplied by.
    pub weights: Vec<Real>,
    /// Input times weight.
    pub products: Vec<Real>,
    /// Added to the products.
    pub bias: Real,
    /// The sum of products and bias.
    pub sum: Real,
    /// How the sum is bent.
    pub activation: Activation,
    /// What the unit says.
    pub output: Real,
}

impl Unit {
    /// Looks at one unit of a layer; `x` `[1, inputs]` is what comes in.
    pub fn of_layer(layer: &Dense, x: &Matrix, unit: usize) -> Unit {
        let (rows, units) = (x.nrows(), layer.outputs());
        assert!(rows == 1, "the zoom shows 1 example, not {rows}");
        assert!(unit < units, "unit {unit} of a layer of {units}");
        let inputs = x.row(0).to_vec();
        let weights = layer.weights.column(unit).to_vec();
        let pairs = inputs.iter().zip(&weights);
        let products: Vec<Real> = pairs.map(|(x, w)| x * w).collect();
        let bias = layer.bias[[0, unit]];
        let sum = products.iter().sum::<Real>() + bias;
        let activation = layer.activation;
        let output = activation.of(sum);
        Unit { inputs, weights, products, bias, sum, activation, output }
    }

    /// Looks at one unit of an autoencoder, its layers counted from 0 at
    /// the input, for one example `x` `[1, features]`.
    pub fn of(
        model: &Autoencoder,
        x: &Matrix,
        layer: usize,
        unit: usize,
    ) -> Unit {
        let chain = chain(model);
        let mut input = x.clone();
        for below in &chain[..layer] {
            input = below.forward(&input, &mut Desk::new());
        }
        Unit::of_layer(&chain[layer], &input, unit)
    }
}

/// All layers from input to output as they are shown: borrowed weights
/// copied, logits bent by their sigmoid.
pub fn chain(model: &Autoencoder) -> Vec<Dense> {
    let mut chain = model.encoder.layers.clone();
    chain.extend(model.decoder.layers(&model.encoder));
    for (layer, info) in chain.iter_mut().zip(model.layers()) {
        layer.activation = info.activation;
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::blueprint::Tying;
    use crate::nn::loss::Loss;
    use crate::nn::model::Codec as _;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn one_unit_by_hand() {
        let layer = Dense {
            weights: array![[1.0, 9.0], [-2.0, 9.0]],
            bias: array![[0.5, 9.0]],
            activation: Activation::Relu,
        };
        let unit = Unit::of_layer(&layer, &array![[4.0, 3.0]], 0);
        assert_eq!(unit.weights, [1.0, -2.0]);
        assert_eq!(unit.products, [4.0, -6.0]);
        // 4 - 6 + 0.5 = -1.5: the unit stays silent.
        assert_eq!((unit.sum, unit.output), (-1.5, 0.0));
    }

    #[test]
    fn the_zoom_shows_what_the_model_computes() {
        let x = array![[0.2, 0.9, 0.4]];
        for tying in [Tying::Free, Tying::Tied] {
            let mut plan = Blueprint::linear(3, 2);
            (plan.tying, plan.loss) = (tying, Loss::CrossEntropy);
            plan.code_activation = Activation::Tanh;
            let model = plan.build(&mut rng(1, Purpose::Init));
            for unit in 0..2 {
                let shown = Unit::of(&model, &x, 0, unit).output;
                let gap = shown - model.encode(&x)[[0, unit]];
                assert!(gap.abs() < 1e-6, "{tying:?} {gap}");
            }
            for unit in 0..3 {
                let shown = Unit::of(&model, &x, 1, unit).output;
                let gap = shown - model.reconstruct(&x)[[0, unit]];
                assert!(gap.abs() < 1e-6, "{tying:?} {gap}");
            }
        }
    }
}
