//! The transposed convolution: a convolution read backwards.
//!
//! A convolution with stride 2 makes a picture half as wide. Its transposed
//! leads the way back: every pixel stamps its kernel, weighted by itself,
//! onto a picture twice as wide, and overlapping stamps add up.
//!
//! ```text
//! z = fold(Wᵀ · x) + b        y = s(z)
//! ```
//!
//! It gives back the *shape*, not the picture: it is no inverse. From 7
//! pixels a stride of 2 could lead to 13 or 14; the size of the output is
//! part of the layer.

use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::conv::channel_sums;
use crate::nn::conv::finish;
use crate::nn::conv::first_weights;
use crate::nn::conv::slope;
use crate::nn::desk::Desk;
use crate::nn::random::Rng;
use crate::nn::window::ImageShape;
use crate::nn::window::Window;

/// A transposed convolutional layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Transposed {
    /// `[inputs, outputs · k · k]`: one stamp per input channel and row.
    pub weights: Matrix,
    /// `[1, outputs]`: one number per output channel.
    pub bias: Matrix,
    /// How the sums are bent.
    pub activation: Activation,
    /// Slides over the *output*; its stops are the pixels of the input.
    pub window: Window,
}

impl Transposed {
    /// A layer that reads `inputs` channels with one pixel per stop of
    /// `window`, with small random weights.
    pub fn new(
        window: Window,
        inputs: usize,
        activation: Activation,
        rng: &mut Rng,
    ) -> Transposed {
        let square = window.side * window.side;
        // With a stride only every s²-th place of a stamp meets a pixel.
        let sums = inputs * square / (window.stride * window.stride);
        let fans = [sums.max(1), window.sees()];
        let shape = (inputs, window.sees());
        let weights = first_weights(shape, fans, activation, rng);
        let bias = Matrix::zeros((1, window.image.channels));
        Transposed { weights, bias, activation, window }
    }

    /// The size of what comes in.
    pub fn input(&self) -> ImageShape {
        let [height, width] = self.window.stops;
        ImageShape::new(self.weights.nrows(), height, width)
    }

    /// From a sheet of pictures `[input, 16]` to a sheet `[output, 16]`.
    pub fn forward(&self, x: &Matrix, desk: &mut Desk) -> Matrix {
        let after = finish(&self.bias, self.activation);
        self.window.scatter(&self.weights, x, after, desk)
    }

    /// The gradients of weights and bias, given the blame for the sums.
    ///
    /// ```text
    /// dL/dW = Σ x · unfold(dz)ᵀ        dL/db = Σ dz
    /// ```
    pub fn gradients(
        &self,
        x: &Matrix,
        dz: &Matrix,
        desk: &mut Desk,
    ) -> [Matrix; 2] {
        let weights = self.window.blame(dz, x, desk);
        [weights, channel_sums(dz, self.bias.len(), desk)]
    }

    /// Passes the blame on to the sums of the layer below, which it bent
    /// into the input `x = s(z)`: a sheet `[input, 16]`.
    ///
    /// ```text
    /// dL/dz = (W · unfold(dz above)) · s'
    /// ```
    pub fn backward(
        &self,
        dz: &Matrix,
        (x, s): (&Matrix, Activation),
        desk: &mut Desk,
    ) -> Matrix {
        self.window.gather(&self.weights, dz, slope(x, s), desk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::columns::columns;
    use crate::nn::columns::rows;
    use ndarray::array;

    #[test]
    fn two_stamps_by_hand() {
        // A line of two pixels, 1 and 2, onto a line of five: a stamp of 3
        // pixels at 0..3, another, twice as strong, at 2..5.
        let window = Window {
            image: ImageShape::new(1, 1, 5),
            side: 3,
            stride: 2,
            before: [1, 0],
            stops: [1, 2],
        };
        let stamp = array![[0.0, 0.0, 0.0, 1.0, 3.0, 5.0, 0.0, 0.0, 0.0]];
        let layer = Transposed {
            weights: stamp,
            bias: array![[0.5]],
            activation: Activation::Linear,
            window,
        };
        let (mut desk, line) = (Desk::new(), window.image);
        let x = columns(&[1.0, 2.0], layer.input(), &mut desk);
        let y = layer.forward(&x, &mut desk);
        let y = rows(&y, line, 1, &mut desk);
        assert_eq!(y, array![[1.5, 3.5, 7.5, 6.5, 10.5]]);
        // Each input pixel is to blame for what its stamp touched.
        let dz = columns(&[1.0, 0.0, 0.0, 0.0, 1.0], line, &mut desk);
        let dx = layer.backward(&dz, (&x, Activation::Linear), &mut desk);
        let dx = rows(&dx, layer.input(), 1, &mut desk);
        assert_eq!(dx, array![[1.0, 5.0]]);
        let [weights, bias] = layer.gradients(&x, &dz, &mut desk);
        // Place 0 of the stamp: 1·1 + 0·2; place 2: 0·1 + 1·2.
        assert_eq!(weights.as_slice().unwrap()[3..6], [1.0, 0.0, 2.0]);
        assert_eq!(bias, array![[2.0]]);
    }
}
