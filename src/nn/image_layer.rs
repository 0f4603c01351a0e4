//! A layer of a convolutional network: any of four, with one face.
//!
//! ```text
//! convolution   transposed convolution   max-pooling   upsampling
//! ```
//!
//! Only the first two have weights, and an activation. All of them read
//! and write [sheets](crate::nn::columns), whose columns are pictures.

use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::conv::Convolution;
use crate::nn::desk::Desk;
use crate::nn::pool::MaxPool;
use crate::nn::pool::Upsample;
use crate::nn::transposed::Transposed;
use crate::nn::window::ImageShape;

/// From pictures to pictures.
#[derive(Debug, Clone, PartialEq)]
pub enum ImageLayer {
    /// Looks through a window.
    Convolution(Convolution),
    /// Stamps what a window would see.
    Transposed(Transposed),
    /// Keeps the largest of four pixels.
    MaxPool(MaxPool),
    /// Repeats every pixel.
    Upsample(Upsample),
}

impl ImageLayer {
    /// The size of what comes in.
    pub fn input(&self) -> ImageShape {
        match self {
            ImageLayer::Convolution(layer) => layer.window.image,
            ImageLayer::Transposed(layer) => layer.input(),
            ImageLayer::MaxPool(layer) => layer.input,
            ImageLayer::Upsample(layer) => layer.input(),
        }
    }

    /// The size of what goes out.
    pub fn output(&self) -> ImageShape {
        match self {
            ImageLayer::Convolution(layer) => layer.output(),
            ImageLayer::Transposed(layer) => layer.window.image,
            ImageLayer::MaxPool(layer) => layer.output(),
            ImageLayer::Upsample(layer) => layer.output,
        }
    }

    /// From a sheet of pictures `[input, 16]` to a sheet `[output, 16]`.
    pub fn forward(&self, x: &Matrix, desk: &mut Desk) -> Matrix {
        match self {
            ImageLayer::Convolution(layer) => layer.forward(x, desk),
            ImageLayer::Transposed(layer) => layer.forward(x, desk),
            ImageLayer::MaxPool(layer) => layer.forward(x, desk),
            ImageLayer::Upsample(layer) => layer.forward(x, desk),
        }
    }

    /// How its sums are bent.
    pub fn activation(&self) -> Activation {
        match self {
            ImageLayer::Convolution(layer) => layer.activation,
            ImageLayer::Transposed(layer) => layer.activation,
            _ => Activation::Linear,
        }
    }

    /// The gradients of weights and bias, if it has any.
    pub fn gradients(
        &self,
        x: &Matrix,
        dz: &Matrix,
        desk: &mut Desk,
    ) -> Option<[Matrix; 2]> {
        match self {
            ImageLayer::Convolution(l) => Some(l.gradients(x, dz, desk)),
            ImageLayer::Transposed(l) => Some(l.gradients(x, dz, desk)),
            _ => None,
        }
    }

    /// Passes the blame on to the sums of the layer below, which bent them
    /// into the input `x = s(z)`: a sheet `[input, 16]`.
    pub fn backward(
        &self,
        dz: &Matrix,
        (x, s): (&Matrix, Activation),
        desk: &mut Desk,
    ) -> Matrix {
        let mut blame = match self {
            ImageLayer::Convolution(l) => {
                return l.backward(dz, (x, s), desk);
            }
            ImageLayer::Transposed(l) => {
                return l.backward(dz, (x, s), desk);
            }
            ImageLayer::MaxPool(layer) => layer.backward(x, dz, desk),
            ImageLayer::Upsample(layer) => layer.backward(dz, desk),
        };
        s.backward(x, &mut blame, desk);
        blame
    }

    /// Weights and bias, if it has any.
    pub fn parameters(&self) -> Option<[&Matrix; 2]> {
        match self {
            ImageLayer::Convolution(l) => Some([&l.weights, &l.bias]),
            ImageLayer::Transposed(l) => Some([&l.weights, &l.bias]),
            _ => None,
        }
    }

    /// The same, to be changed by an optimizer.
    pub fn parameters_mut(&mut self) -> Option<[&mut Matrix; 2]> {
        match self {
            ImageLayer::Convolution(l) => {
                Some([&mut l.weights, &mut l.bias])
            }
            ImageLayer::Transposed(l) => {
                Some([&mut l.weights, &mut l.bias])
            }
            _ => None,
        }
    }

    /// `conv`, `transposed`, `pool` or `upsample`.
    pub fn name(&self) -> &'static str {
        match self {
            ImageLayer::Convolution(_) => "conv",
            ImageLayer::Transposed(_) => "transposed",
            ImageLayer::MaxPool(_) => "pool",
            ImageLayer::Upsample(_) => "upsample",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::columns::GROUP;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use crate::nn::window::Window;

    #[test]
    fn down_and_up_again() {
        let (wide, narrow) =
            (ImageShape::new(1, 5, 7), ImageShape::new(2, 3, 4));
        let relu = Activation::Relu;
        let window = Window::same(wide, 3, 2);
        let mut rng = rng(1, Purpose::Init);
        let conv = Convolution::new(window, 2, relu, &mut rng);
        let up = Transposed::new(window, 2, relu, &mut rng);
        for (layer, input, output) in [
            (ImageLayer::Convolution(conv), wide, narrow),
            (ImageLayer::Transposed(up), narrow, wide),
        ] {
            assert_eq!((layer.input(), layer.output()), (input, output));
            let x = Matrix::ones((input.len(), GROUP));
            let mut desk = Desk::new();
            let y = layer.forward(&x, &mut desk);
            assert_eq!(y.dim(), (output.len(), GROUP));
            let dx = layer.backward(&y, (&x, relu), &mut desk);
            assert_eq!(dx.dim(), x.dim());
            let gradients = layer.gradients(&x, &y, &mut desk).unwrap();
            let [weights, bias] = layer.parameters().unwrap();
            assert_eq!(gradients[0].dim(), weights.dim());
            assert_eq!(gradients[1].dim(), bias.dim());
        }
    }
}
