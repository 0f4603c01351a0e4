//! From the plan of a convolutional autoencoder to its layers.
//!
//! The encoder's sizes are halved and rounded up, 28 → 14 → 7 → 4; the
//! decoder goes back through the same sizes, 4 → 7 → 14 → 28.

use crate::nn::activation::Activation;
use crate::nn::conv::Convolution;
use crate::nn::convolutional::Convolutional;
use crate::nn::corruption::Corruption;
use crate::nn::image_layer::ImageLayer;
use crate::nn::image_network::ImageNetwork;
use crate::nn::image_plan::Down;
use crate::nn::image_plan::ImagePlan;
use crate::nn::image_plan::Up;
use crate::nn::loss::Loss;
use crate::nn::pool::MaxPool;
use crate::nn::pool::SIDE;
use crate::nn::pool::Upsample;
use crate::nn::random::Rng;
use crate::nn::transposed::Transposed;
use crate::nn::window::ImageShape;
use crate::nn::window::Window;

impl ImagePlan {
    /// A convolutional autoencoder with fresh weights.
    pub fn build(&self, rng: &mut Rng) -> Convolutional {
        assert!(!self.channels.is_empty(), "at least one halving");
        let encoder = ImageNetwork::new(self.encoder(rng));
        let decoder = ImageNetwork::new(self.decoder(&encoder, rng));
        let (back, from) = (decoder.output(), self.picture);
        assert!(back == from, "{from:?} would come back as {back:?}");
        Convolutional {
            encoder,
            decoder,
            loss: self.loss,
            corruption: Corruption::default(),
            weight_decay: 0.0,
            input_scale: 1.0,
        }
    }

    fn encoder(&self, rng: &mut Rng) -> Vec<ImageLayer> {
        let (mut layers, mut at) = (Vec::new(), self.picture);
        for &maps in &self.channels {
            let stride = match self.down {
                Down::MaxPool => 1,
                Down::Stride => 2,
            };
            let window = Window::same(at, self.kernel, stride);
            layers.push(self.conv(window, maps, rng));
            if self.down == Down::MaxPool {
                let input = ImageShape { channels: maps, ..at };
                layers.push(ImageLayer::MaxPool(MaxPool { input }));
            }
            at = layers[layers.len() - 1].output();
        }
        layers
    }

    /// Back the way that the encoder came.
    fn decoder(
        &self,
        encoder: &ImageNetwork,
        rng: &mut Rng,
    ) -> Vec<ImageLayer> {
        let (mut layers, mut at) = (Vec::new(), encoder.output());
        for level in (0..self.channels.len()).rev() {
            let goal = self.size_at(level);
            self.double(&mut layers, at, goal, rng);
            at = layers[layers.len() - 1].output();
        }
        let bend = match self.loss {
            Loss::CrossEntropy => Activation::Linear,
            Loss::SquaredError => self.output_activation,
        };
        let (window, maps) = (self.padded(at), self.picture.channels);
        let last = Convolution::new(window, maps, bend, rng);
        layers.push(ImageLayer::Convolution(last));
        layers
    }

    /// From size `at` to size `goal`.
    fn double(
        &self,
        layers: &mut Vec<ImageLayer>,
        at: ImageShape,
        goal: ImageShape,
        rng: &mut Rng,
    ) {
        if self.up == Up::Transposed {
            let window = Window::same(goal, self.kernel, 2);
            let (inputs, bend) = (at.channels, self.activation);
            let layer = Transposed::new(window, inputs, bend, rng);
            return layers.push(ImageLayer::Transposed(layer));
        }
        let whole = self.up == Up::NearestWhole;
        let window = match whole && goal.area() == self.picture.area() {
            true => Window::valid(at, self.kernel),
            false => self.padded(at),
        };
        layers.push(self.conv(window, goal.channels, rng));
        let [height, width] = window.stops.map(|n| n * SIDE);
        let output = match whole {
            true => ImageShape { height, width, ..goal },
            false => goal,
        };
        layers.push(ImageLayer::Upsample(Upsample { output }));
    }

    /// The size before halving number `level`, with as many channels as
    /// the maps of that level.
    fn size_at(&self, level: usize) -> ImageShape {
        let half = |n: usize| n.div_ceil(SIDE.pow(level as u32));
        let ImageShape { height, width, .. } = self.picture;
        let channels = self.channels[level];
        ImageShape::new(channels, half(height), half(width))
    }

    fn padded(&self, image: ImageShape) -> Window {
        Window::same(image, self.kernel, 1)
    }

    fn conv(
        &self,
        window: Window,
        maps: usize,
        rng: &mut Rng,
    ) -> ImageLayer {
        let bend = self.activation;
        ImageLayer::Convolution(Convolution::new(window, maps, bend, rng))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;

    #[test]
    fn keras_loses_two_pixels_and_others_one() {
        let widths = |plan: &ImagePlan| -> Vec<usize> {
            let model = plan.build(&mut rng(1, Purpose::Init));
            let layers = &model.decoder.layers;
            layers.iter().map(|l| l.output().width).collect()
        };
        let mut plan = ImagePlan::keras();
        assert_eq!(widths(&plan), [4, 8, 8, 16, 14, 28, 28]);
        plan.up = Up::Nearest;
        assert_eq!(widths(&plan), [4, 7, 7, 14, 14, 28, 28]);
        plan.up = Up::Transposed;
        assert_eq!(widths(&plan), [7, 14, 28, 28]);
    }

    #[test]
    #[should_panic(expected = "would come back as")]
    fn a_plan_that_does_not_lead_back_is_refused() {
        let mut plan = ImagePlan::keras();
        plan.picture = ImageShape::new(1, 16, 16);
        plan.build(&mut rng(1, Purpose::Init));
    }
}
