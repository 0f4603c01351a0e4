//! Layers for pictures in a row: a [`Network`](crate::nn::network) again.
//!
//! ```text
//! picture → conv → pool → conv → pool → ... → picture
//! ```

use crate::nn::Matrix;
use crate::nn::columns::GROUP;
use crate::nn::columns::columns;
use crate::nn::columns::group;
use crate::nn::columns::turn_back;
use crate::nn::desk::Desk;
use crate::nn::desk::Sheets;
use crate::nn::image_layer::ImageLayer;
use crate::nn::model::Parts;
use crate::nn::window::ImageShape;

/// Layers from pictures to pictures in a row.
#[derive(Debug, Clone, PartialEq)]
pub struct ImageNetwork {
    /// From input to output; at least one.
    pub layers: Vec<ImageLayer>,
}

/// What [`ImageNetwork::backward`] found out.
#[derive(Debug, Clone)]
pub struct ImageBlame {
    /// Weights and bias of the first layer that has some, and so on.
    pub gradients: Sheets,
    /// dL/dz of layer 0, `[batch, output of layer 0]`.
    pub first: Matrix,
}

impl ImageNetwork {
    /// A row of layers; each must fit the one before.
    pub fn new(layers: Vec<ImageLayer>) -> ImageNetwork {
        assert!(!layers.is_empty(), "a network needs at least one layer");
        for pair in layers.windows(2) {
            let (out, next) = (pair[0].output(), pair[1].input());
            assert!(out == next, "{out:?} meets {next:?}");
        }
        ImageNetwork { layers }
    }

    /// The size of what comes in.
    pub fn input(&self) -> ImageShape {
        self.layers[0].input()
    }

    /// The size of what goes out.
    pub fn output(&self) -> ImageShape {
        self.layers[self.layers.len() - 1].output()
    }

    /// From pictures `[batch, input]` to pictures `[batch, output]`, one
    /// group after the other.
    pub fn forward(&self, x: &Matrix, desk: &mut Desk) -> Matrix {
        let mut y = desk.sheet(x.nrows(), self.output().len());
        desk.share(&mut y, GROUP, &|number, pictures, desk| {
            let mut y = columns(group(x, number), self.input(), desk);
            for layer in &self.layers {
                let above = layer.forward(&y, desk);
                desk.put_back(y);
                y = above;
            }
            turn_back(&y, self.output(), pictures, desk);
            desk.put_back(y);
        });
        y
    }

    /// What every layer makes of one group; `x` and the answers are
    /// [sheets](crate::nn::columns).
    pub fn trace(&self, x: &Matrix, desk: &mut Desk) -> Sheets {
        let mut outputs = Sheets::new();
        for layer in &self.layers {
            let y = layer.forward(outputs.last().unwrap_or(x), desk);
            outputs.push(y);
        }
        outputs
    }

    /// The gradient of every parameter, given dL/dy of the last layer.
    ///
    /// `x` is what went in, `outputs` what [`trace`](Self::trace) kept; all
    /// are sheets.
    pub fn backward(
        &self,
        x: &Matrix,
        outputs: &[Matrix],
        dy: Matrix,
        desk: &mut Desk,
    ) -> ImageBlame {
        let last = self.layers.len() - 1;
        let (mut dz, mut gradients) = (dy, Sheets::new());
        let s = self.layers[last].activation();
        s.backward(&outputs[last], &mut dz, desk);
        for l in (0..=last).rev() {
            let layer = &self.layers[l];
            let below = if l == 0 { x } else { &outputs[l - 1] };
            if let Some([w, b]) = layer.gradients(below, &dz, desk) {
                gradients.extend([b, w]);
            }
            if l > 0 {
                let s = self.layers[l - 1].activation();
                let blame = layer.backward(&dz, (below, s), desk);
                desk.put_back(dz);
                dz = blame;
            }
        }
        gradients.reverse();
        ImageBlame { gradients, first: dz }
    }

    /// Weights and bias of the first layer that has some, and so on.
    pub fn parameters(&self) -> Parts<&Matrix> {
        self.layers
            .iter()
            .filter_map(|l| l.parameters())
            .flatten()
            .collect()
    }

    /// The same, to be changed by an optimizer.
    pub fn parameters_mut(&mut self) -> Parts<&mut Matrix> {
        let layers = self.layers.iter_mut();
        layers.filter_map(|l| l.parameters_mut()).flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::activation::Activation;
    use crate::nn::conv::Convolution;
    use crate::nn::pool::MaxPool;
    use crate::nn::window::Window;
    use ndarray::array;

    /// A 1 × 1 kernel on pictures of 1 × 2 pixels: y = relu(2 x).
    fn double() -> ImageLayer {
        let window = Window::valid(ImageShape::new(1, 1, 2), 1);
        ImageLayer::Convolution(Convolution {
            weights: array![[2.0]],
            bias: array![[0.0]],
            activation: Activation::Relu,
            window,
        })
    }

    #[test]
    fn a_convolution_and_a_pool_by_hand() {
        let input = ImageShape::new(1, 1, 2);
        let pool = ImageLayer::MaxPool(MaxPool { input });
        let network = ImageNetwork::new(vec![double(), pool]);
        let (x, mut desk) = (array![[3.0, -1.0]], Desk::new());
        assert_eq!(network.forward(&x, &mut desk), array![[6.0]]);
        let x = columns(group(&x, 0), input, &mut desk);
        let outputs = network.trace(&x, &mut desk);
        assert_eq!(outputs[0].column(0).to_vec(), [6.0, 0.0]);
        assert_eq!(outputs[1].column(0).to_vec(), [6.0]);
        // Only the winner, 3, is to blame: dL/dw = 3, dL/db = 1.
        let dy = columns(&[1.0], network.output(), &mut desk);
        let blame = network.backward(&x, &outputs, dy, &mut desk);
        assert_eq!(blame.gradients[..], [array![[3.0]], array![[1.0]]]);
        assert_eq!(blame.first.column(0).to_vec(), [1.0, 0.0]);
    }

    #[test]
    #[should_panic(expected = "meets")]
    fn layers_that_do_not_fit_are_refused() {
        let input = ImageShape::new(1, 1, 2);
        let pool = ImageLayer::MaxPool(MaxPool { input });
        ImageNetwork::new(vec![pool, double()]);
    }
}
