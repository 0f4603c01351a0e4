//! Layers for pictures at random shapes, and networks of them.

use super::ACTIVATIONS;
use super::STEP;
use super::TOLERANCE;
use super::batch;
use crate::Real;
use crate::kernel::images::After;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::columns::GROUP;
use crate::nn::columns::columns;
use crate::nn::columns::group;
use crate::nn::columns::rows;
use crate::nn::conv::Convolution;
use crate::nn::corruption::Corruption;
use crate::nn::corruption::CorruptionKind;
use crate::nn::desk::Desk;
use crate::nn::gradient_check::GradientCheck;
use crate::nn::gradient_check::check;
use crate::nn::gradient_check::numeric_gradient;
use crate::nn::image_layer::ImageLayer;
use crate::nn::image_plan::Down;
use crate::nn::image_plan::ImagePlan;
use crate::nn::image_plan::Up;
use crate::nn::loss::Loss;
use crate::nn::model::Model as _;
use crate::nn::noise::normal;
use crate::nn::pool::MaxPool;
use crate::nn::pool::Upsample;
use crate::nn::random::Purpose;
use crate::nn::random::Rng;
use crate::nn::random::rng;
use crate::nn::transposed::Transposed;
use crate::nn::window::ImageShape;
use crate::nn::window::Window;
use crate::worst::Worst;
use rand::RngExt as _;

/// A window on a picture, both of random size.
fn random_window(rng: &mut Rng) -> Window {
    let mut size = |from, to| rng.random_range(from..to);
    let image = ImageShape::new(size(1, 4), size(5, 9), size(5, 9));
    let side = [1, 2, 3, 5][size(0, 4)];
    let (stride, padded) = (size(1, 4), size(0, 2));
    match padded {
        0 => Window::valid(image, side),
        _ => Window::same(image, side, stride),
    }
}

/// `Σ t · layer(x)`, a number whose slopes are easy to measure.
fn product(layer: &ImageLayer, x: &Matrix, t: &Matrix) -> Real {
    (layer.forward(x, &mut Desk::new()) * t).sum()
}

/// The norm ratios of input, weights and bias of one layer.
fn ratios(mut layer: ImageLayer, rng: &mut Rng) -> Vec<Real> {
    let mut desk = Desk::new();
    let batch = rng.random_range(1..4);
    let (input, output) = (layer.input(), layer.output());
    let x = normal(batch, input.len(), rng);
    let x = columns(group(&x, 0), input, &mut desk);
    let t = normal(batch, output.len(), rng);
    let t = columns(group(&t, 0), output, &mut desk);
    if let Some([_, bias]) = layer.parameters_mut() {
        *bias = normal(1, bias.len(), rng);
    }
    let y = layer.forward(&x, &mut desk);
    let mut dz = t.clone();
    layer.activation().backward(&y, &mut dz, &mut desk);
    let linear = Activation::Linear;
    let dx = layer.backward(&dz, (&x, linear), &mut desk);
    let f = |x: &Matrix| product(&layer, x, &t);
    let mut numeric = vec![numeric_gradient(&f, &x, STEP)];
    let mut analytic = vec![dx];
    if let Some(gradients) = layer.gradients(&x, &dz, &mut desk) {
        for (i, gradient) in gradients.into_iter().enumerate() {
            let at = layer.parameters().expect("has some")[i].clone();
            let f = |p: &Matrix| {
                let mut other = layer.clone();
                *other.parameters_mut().expect("has some")[i] = p.clone();
                product(&other, &x, &t)
            };
            numeric.push(numeric_gradient(&f, &at, STEP));
            analytic.push(gradient);
        }
    }
    let pairs = numeric.into_iter().zip(analytic);
    pairs
        .map(|(n, a)| GradientCheck::compare(vec![n], vec![a]).ratio)
        .collect()
}

#[test]
fn every_image_layer_at_random_shapes() {
    let mut worst =
        Worst::of("convolution, transposed, pooling, upsampling");
    for seed in 0..60 {
        let mut rng = rng(seed, Purpose::Look);
        let window = random_window(&mut rng);
        let maps = rng.random_range(1..4);
        let bend = ACTIVATIONS[seed as usize % 4];
        let image = window.image;
        let layers = [
            ImageLayer::Convolution(Convolution::new(
                window, maps, bend, &mut rng,
            )),
            ImageLayer::Transposed(Transposed::new(
                window, maps, bend, &mut rng,
            )),
            ImageLayer::MaxPool(MaxPool { input: image }),
            ImageLayer::Upsample(Upsample { output: image }),
        ];
        for layer in layers {
            let ratios = ratios(layer.clone(), &mut rng);
            for ratio in ratios {
                worst.hold(ratio, TOLERANCE);
            }
        }
    }
    worst.tell();
}

#[test]
fn a_transposed_convolution_is_the_exact_adjoint() {
    for seed in 0..100 {
        let mut rng = rng(seed, Purpose::Look);
        let (window, mut desk) = (random_window(&mut rng), Desk::new());
        let n = rng.random_range(1..5);
        let kernels = normal(n, window.sees(), &mut rng);
        let x = normal(window.image.len(), GROUP, &mut rng);
        let y = normal(n * window.places(), GROUP, &mut rng);
        let (plain, desk) = (After::nothing(), &mut desk);
        let there = (window.gather(&kernels, &x, plain, desk) * &y).sum();
        let back = (window.scatter(&kernels, &y, plain, desk) * &x).sum();
        let share = (window.blame(&x, &y, desk) * &kernels).sum();
        let size = there.abs().max(1.0);
        assert!((there - back).abs() < 1e-12 * size, "{seed} {window:?}");
        assert!((there - share).abs() < 1e-12 * size, "{seed} {window:?}");
    }
}

#[test]
fn a_convolution_is_what_its_definition_says() {
    for seed in 0..40 {
        let mut rng = rng(seed, Purpose::Look);
        let (window, mut desk) = (random_window(&mut rng), Desk::new());
        let bend = Activation::Tanh;
        let mut layer = Convolution::new(window, 3, bend, &mut rng);
        layer.bias = normal(1, 3, &mut rng);
        let x = normal(2, window.image.len(), &mut rng);
        let mut y = naive(&window, &layer.weights, &x);
        let area = window.places();
        for ((_, place), z) in y.indexed_iter_mut() {
            *z += layer.bias[[0, place / area]];
        }
        bend.apply(&mut y);
        let x = columns(group(&x, 0), window.image, &mut desk);
        let maps = layer.forward(&x, &mut desk);
        let maps = rows(&maps, layer.output(), 2, &mut desk);
        let gap = (maps - y).mapv(Real::abs).sum();
        assert!(gap < 1e-12, "{seed} {gap:e} {window:?}");
    }
}

/// Seven loops, straight from the formula.
fn naive(window: &Window, kernels: &Matrix, x: &Matrix) -> Matrix {
    let (image, k) = (window.image, window.side);
    let [height, width] = window.stops;
    let at = |n: usize, c: usize, y: isize, x_: isize| {
        let inside = (0..image.height as isize).contains(&y)
            && (0..image.width as isize).contains(&x_);
        if !inside {
            return 0.0;
        }
        let line = (c * image.height + y as usize) * image.width;
        x[[n, line + x_ as usize]]
    };
    let shape = (x.nrows(), kernels.nrows() * height * width);
    Matrix::from_shape_fn(shape, |(n, place)| {
        let (o, rest) =
            (place / (height * width), place % (height * width));
        let (row, column) = (rest / width, rest % width);
        let mut sum = 0.0;
        for c in 0..image.channels {
            for dy in 0..k {
                for dx in 0..k {
                    let y = (row * window.stride + dy) as isize;
                    let x = (column * window.stride + dx) as isize;
                    let pixel = at(
                        n,
                        c,
                        y - window.before[0] as isize,
                        x - window.before[1] as isize,
                    );
                    sum += kernels[[o, (c * k + dy) * k + dx]] * pixel;
                }
            }
        }
        sum
    })
}

#[test]
fn convolutional_autoencoders_of_every_kind() {
    let mut worst = Worst::of("convolutional autoencoders");
    let mut seed: u64 = 0;
    for down in [Down::MaxPool, Down::Stride] {
        for up in [Up::Nearest, Up::Transposed] {
            for loss in [Loss::SquaredError, Loss::CrossEntropy] {
                seed += 1;
                let mut rng = rng(seed, Purpose::Look);
                let mut size = || rng.random_range(4..8);
                let picture = ImageShape::new(1, size(), size());
                let mut plan = ImagePlan::new(picture, 3, 2, 2);
                (plan.down, plan.up, plan.loss) = (down, up, loss);
                plan.kernel = if seed.is_multiple_of(3) { 5 } else { 3 };
                plan.activation = ACTIVATIONS[seed as usize % 4];
                let mut model = plan.build(&mut rng);
                for p in model.parameters_mut() {
                    p.mapv_inplace(|w| w + rng.random_range(-0.3..0.3));
                }
                model.weight_decay = 0.1;
                model.corruption = Corruption {
                    kind: CorruptionKind::Gaussian,
                    level: 0.2,
                };
                model.input_scale =
                    if seed.is_multiple_of(4) { 2.0 } else { 1.0 };
                let x = batch(2, picture.len(), seed);
                let noise = crate::nn::random::rng(seed, Purpose::Noise);
                let ratio = check(&mut model, &x, STEP, &noise).ratio;
                worst.hold(ratio, TOLERANCE);
            }
        }
    }
    worst.tell();
}
