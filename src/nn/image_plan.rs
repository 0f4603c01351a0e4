//! The plan of a convolutional autoencoder: how often to halve, and how.
//!
//! ```text
//! encoder   conv, halve, conv, halve, ...         channels F, ..., code
//! decoder   conv, double, conv, double, ..., conv      the same, back
//! ```
//!
//! Halving is max-pooling after a convolution, or a convolution that
//! itself has stride 2. Doubling is repeating every pixel, or a transposed
//! convolution with stride 2.

use crate::nn::activation::Activation;
use crate::nn::loss::Loss;
use crate::nn::window::ImageShape;

/// How an encoder halves a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Down {
    /// A convolution, then max-pooling.
    MaxPool,
    /// A convolution with stride 2.
    Stride,
}

/// How a decoder doubles it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Up {
    /// A convolution, then every pixel 2 × 2 times; one line less if the
    /// encoder came from an odd size.
    Nearest,
    /// The same, never a line less. Three doublings lead from 4 to 32, not
    /// to 28: so the last convolution before a doubling has no padding,
    /// and makes 14 out of 16.
    NearestWhole,
    /// A transposed convolution with stride 2.
    Transposed,
}

/// What must be decided before a convolutional autoencoder can learn.
#[derive(Debug, Clone, PartialEq)]
pub struct ImagePlan {
    /// The size of the pictures.
    pub picture: ImageShape,
    /// Feature maps of every level of the encoder; the last are the code.
    pub channels: Vec<usize>,
    /// The side of every window.
    pub kernel: usize,
    /// How the encoder halves.
    pub down: Down,
    /// How the decoder doubles.
    pub up: Up,
    /// How all layers but the last bend their sums.
    pub activation: Activation,
    /// How the output bends its sums; ignored with cross-entropy, whose
    /// output is always a sigmoid.
    pub output_activation: Activation,
    /// What counts as a mistake.
    pub loss: Loss,
}

impl ImagePlan {
    /// `depth` halvings with `filters` maps each, the last with `code`.
    pub fn new(
        picture: ImageShape,
        filters: usize,
        code: usize,
        depth: usize,
    ) -> ImagePlan {
        let mut channels = vec![filters; depth.saturating_sub(1)];
        channels.push(code);
        ImagePlan {
            picture,
            channels,
            kernel: 3,
            down: Down::Stride,
            up: Up::Transposed,
            activation: Activation::Relu,
            output_activation: Activation::Sigmoid,
            loss: Loss::SquaredError,
        }
    }

    /// The network of TensorFlow's autoencoder tutorial, for 28 × 28
    /// pixels: 1,320 weights down, 1,897 up.
    pub fn tensorflow() -> ImagePlan {
        ImagePlan::new(ImageShape::new(1, 28, 28), 16, 8, 2)
    }

    /// The network of Keras's "Building Autoencoders" for 28 × 28 pixels.
    pub fn keras() -> ImagePlan {
        let mut plan = ImagePlan::tensorflow();
        plan.channels = vec![16, 8, 8];
        (plan.down, plan.up) = (Down::MaxPool, Up::NearestWhole);
        plan.loss = Loss::CrossEntropy;
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::Matrix;
    use crate::nn::convolutional::Convolutional;
    use crate::nn::model::Codec as _;
    use crate::nn::model::Model as _;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;

    fn build(plan: &ImagePlan) -> Convolutional {
        plan.build(&mut rng(1, Purpose::Init))
    }

    #[test]
    fn parameters_of_the_published_networks() {
        let model = build(&ImagePlan::tensorflow());
        let count = |p: crate::nn::model::Parts<&Matrix>| {
            p.iter().map(|p| p.len()).sum::<usize>()
        };
        // 160 + 1,160, then 584 + 1,168 + 145.
        assert_eq!(count(model.encoder.parameters()), 1320);
        assert_eq!(count(model.decoder.parameters()), 1897);
        // 160 + 1,160 + 584, then 584 + 584 + 1,168 + 145.
        let model = build(&ImagePlan::keras());
        assert_eq!(model.parameter_count(), 4385);
        assert_eq!(model.encoder.output(), ImageShape::new(8, 4, 4));
    }

    #[test]
    fn any_size_comes_back_as_it_was() {
        for (height, width) in [(28, 28), (8, 8), (16, 16), (5, 9)] {
            for depth in 1..4 {
                let shape = ImageShape::new(1, height, width);
                let mut plan = ImagePlan::new(shape, 4, 2, depth);
                plan.kernel = if depth == 2 { 5 } else { 3 };
                for down in [Down::MaxPool, Down::Stride] {
                    for up in [Up::Nearest, Up::Transposed] {
                        (plan.down, plan.up) = (down, up);
                        let model = build(&plan);
                        let x = Matrix::ones((2, shape.len()));
                        assert_eq!(model.reconstruct(&x).dim(), x.dim());
                    }
                }
            }
        }
    }
}
