//! The convolution: a dense unit that looks through a window.
//!
//! A unit of a [`Dense`](crate::nn::dense::Dense) layer has a weight of
//! its own for every pixel. Here a unit sees only a window, and uses *the
//! same* weights wherever the window stands; its answers, one per stop,
//! are a picture: a feature map.
//!
//! ```text
//! z = W · unfold(x) + b        y = s(z)
//! ```
//!
//! Few weights: 16 kernels of 3 × 3 on one channel are 16 · 9 + 16 = 160,
//! however large the picture.

use crate::Real;
use crate::kernel::images::After;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::columns::GROUP;
use crate::nn::correlation::flat;
use crate::nn::correlation::flat_mut;
use crate::nn::desk::Desk;
use crate::nn::random::Rng;
use crate::nn::window::ImageShape;
use crate::nn::window::Window;
use rand::RngExt as _;
use rand_distr::StandardNormal;

/// A convolutional layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Convolution {
    /// `[outputs, inputs · k · k]`: one kernel per row.
    pub weights: Matrix,
    /// `[1, outputs]`: one number per feature map.
    pub bias: Matrix,
    /// How the sums are bent.
    pub activation: Activation,
    /// Slides over the input; its stops are the pixels of the output.
    pub window: Window,
}

impl Convolution {
    /// A layer of `outputs` feature maps, with small random weights.
    pub fn new(
        window: Window,
        outputs: usize,
        activation: Activation,
        rng: &mut Rng,
    ) -> Convolution {
        let fans = [window.sees(), outputs * window.side * window.side];
        let shape = (outputs, window.sees());
        let weights = first_weights(shape, fans, activation, rng);
        let bias = Matrix::zeros((1, outputs));
        Convolution { weights, bias, activation, window }
    }

    /// The feature maps' size.
    pub fn output(&self) -> ImageShape {
        let [height, width] = self.window.stops;
        ImageShape::new(self.weights.nrows(), height, width)
    }

    /// From a sheet of pictures `[input, 16]` to a sheet of feature maps
    /// `[output, 16]`.
    pub fn forward(&self, x: &Matrix, desk: &mut Desk) -> Matrix {
        let after = finish(&self.bias, self.activation);
        self.window.gather(&self.weights, x, after, desk)
    }

    /// The gradients of weights and bias, given the blame for the sums.
    ///
    /// ```text
    /// dL/dW = Σ dz · unfold(x)ᵀ        dL/db = Σ dz
    /// ```
    pub fn gradients(
        &self,
        x: &Matrix,
        dz: &Matrix,
        desk: &mut Desk,
    ) -> [Matrix; 2] {
        let weights = self.window.blame(x, dz, desk);
        [weights, channel_sums(dz, self.bias.len(), desk)]
    }

    /// Passes the blame on to the sums of the layer below, which it bent
    /// into the input `x = s(z)`: a sheet `[input, 16]`.
    ///
    /// ```text
    /// dL/dz = fold(Wᵀ · dz above) · s'
    /// ```
    pub fn backward(
        &self,
        dz: &Matrix,
        (x, s): (&Matrix, Activation),
        desk: &mut Desk,
    ) -> Matrix {
        let after = slope(x, s);
        self.window.scatter(&self.weights, dz, after, desk)
    }
}

/// First weights as in [`dense`](crate::nn::dense): `fans` are how many
/// numbers a sum adds up, and how many sums a number goes into.
pub fn first_weights(
    shape: (usize, usize),
    fans: [usize; 2],
    activation: Activation,
    rng: &mut Rng,
) -> Matrix {
    let [inputs, outputs] = fans.map(|fan| fan as Real);
    let deviation = (2.0 / inputs).sqrt();
    let limit = (6.0 / (inputs + outputs)).sqrt();
    Matrix::from_shape_simple_fn(shape, || match activation {
        Activation::Relu => {
            rng.sample::<Real, _>(StandardNormal) * deviation
        }
        _ => rng.random_range(-1.0..1.0) * limit,
    })
}

/// What becomes of every sum: `y = s(z + b)`, with one number `b` per
/// channel `[1, channels]`.
pub fn finish(b: &Matrix, s: Activation) -> After<'_, Real> {
    After::bend(flat(b, b.len()), s.curve())
}

/// What becomes of blame for `x = s(z)`: it is multiplied by the slope.
pub fn slope(x: &Matrix, s: Activation) -> After<'_, Real> {
    After::slope(flat(x, GROUP), s.curve())
}

/// Adds up every channel of a sheet, over all pixels and pictures:
/// `[1, channels]`.
pub fn channel_sums(
    dz: &Matrix,
    channels: usize,
    desk: &mut Desk,
) -> Matrix {
    let mut sums = desk.sheet(1, channels);
    let all = flat_mut(&mut sums, channels);
    desk.engine.images::<Real>().sheet_sums(flat(dz, GROUP), all);
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::columns::columns;
    use crate::nn::columns::rows;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn a_feature_map_by_hand() {
        // 1 2 3
        // 4 5 6     kernel 1 0 / 0 1, bias -7: 1+5-7 = -1 and 2+6-7 = 1.
        let window = Window::valid(ImageShape::new(1, 2, 3), 2);
        let layer = Convolution {
            weights: array![[1.0, 0.0, 0.0, 1.0]],
            bias: array![[-7.0]],
            activation: Activation::Relu,
            window,
        };
        let (mut desk, maps) = (Desk::new(), ImageShape::new(1, 1, 2));
        assert_eq!(layer.output(), maps);
        let pixels = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let x = columns(&pixels, window.image, &mut desk);
        let y = layer.forward(&x, &mut desk);
        assert_eq!(rows(&y, maps, 1, &mut desk), array![[0.0, 1.0]]);
        let dz = columns(&[0.0, 10.0], maps, &mut desk);
        let [weights, bias] = layer.gradients(&x, &dz, &mut desk);
        assert_eq!(weights, array![[20.0, 30.0, 50.0, 60.0]]);
        assert_eq!(bias, array![[10.0]]);
        let dx = layer.backward(&dz, (&x, Activation::Linear), &mut desk);
        let dx = rows(&dx, window.image, 1, &mut desk);
        assert_eq!(dx, array![[0.0, 10.0, 0.0, 0.0, 0.0, 10.0]]);
    }

    #[test]
    fn parameters_of_the_page_above() {
        let window = Window::same(ImageShape::new(1, 28, 28), 3, 2);
        let mut rng = rng(1, Purpose::Init);
        let layer =
            Convolution::new(window, 16, Activation::Relu, &mut rng);
        assert_eq!(layer.weights.len() + layer.bias.len(), 160);
        assert_eq!(layer.output(), ImageShape::new(16, 14, 14));
    }
}
