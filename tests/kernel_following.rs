//! A step along a product against the product and then the step: the same
//! bits, on random shapes, at every level, with several threads.

use gargalo::kernel::engine::Engine;
use gargalo::kernel::following::fits;
use gargalo::kernel::level::Level;
use gargalo::kernel::steps::Adam;
use gargalo::nn::random::Purpose;
use gargalo::nn::random::Rng;
use gargalo::nn::random::rng;
use ndarray::Array2;
use rand::RngExt as _;

const ADAM: Adam<f32> = Adam {
    beta_1: 0.9,
    beta_2: 0.999,
    rate: 3e-3,
    unbias: 17.0,
    epsilon: 1e-8,
};

/// A matrix of which so many numbers in a hundred are not zero.
fn matrix(
    rows: usize,
    columns: usize,
    busy: u32,
    rng: &mut Rng,
) -> Array2<f32> {
    Array2::from_shape_simple_fn((rows, columns), || {
        let x = rng.random_range(-1.0..1.0);
        if rng.random_range(0..100) < busy { x } else { 0.0 }
    })
}

/// Weights and what is remembered of them.
#[derive(Debug, Clone, PartialEq)]
struct Weights {
    w: Array2<f32>,
    m: Array2<f32>,
    v: Array2<f32>,
}

fn check(
    (batch, inputs, outputs): (usize, usize, usize),
    [busy_x, busy_dz]: [u32; 2],
    rng: &mut Rng,
) {
    let x = matrix(batch, inputs, busy_x, rng);
    let dz = matrix(batch, outputs, busy_dz, rng);
    let start = Weights {
        w: matrix(inputs, outputs, 100, rng),
        m: matrix(inputs, outputs, 100, rng),
        v: matrix(inputs, outputs, 100, rng).mapv(f32::abs),
    };
    for level in Level::best().and_below() {
        let mut engine = Engine::at_level(level, 1);
        let mut expected = start.clone();
        let mut g = Array2::zeros((inputs, outputs));
        engine.product(x.t(), dz.view(), &mut g);
        let Weights { w, m, v } = &mut expected;
        engine.adam(ADAM, w, (m, v), &g);
        for threads in [1, 2, 3] {
            let mut engine = Engine::at_level(level, threads);
            let mut moved = start.clone();
            let Weights { w, m, v } = &mut moved;
            engine.follow(ADAM, w, (m, v), (x.t(), dz.view()));
            let about = (batch, inputs, outputs, busy_x, busy_dz);
            assert_eq!(moved, expected, "{about:?} {level:?} {threads}");
        }
    }
}

#[test]
fn a_step_along_a_product_is_the_product_and_then_the_step() {
    let mut rng = rng(1, Purpose::Data);
    for _ in 0..60 {
        let shape = (
            rng.random_range(1..70),
            rng.random_range(1..90),
            rng.random_range(1..130),
        );
        check(shape, [100, 100], &mut rng);
    }
}

#[test]
fn so_it_is_with_few_speakers() {
    let mut rng = rng(2, Purpose::Data);
    for busy in [[3, 100], [100, 3], [3, 3], [0, 100], [100, 0]] {
        for outputs in [17, 300, 1500, 2300] {
            let inputs = rng.random_range(1..60);
            check(
                (rng.random_range(2..70), inputs, outputs),
                busy,
                &mut rng,
            );
        }
    }
}

#[test]
fn so_it_is_with_large_matrices_and_deep_products() {
    let mut rng = rng(3, Purpose::Data);
    for shape in [(256, 130, 70), (100, 30, 1100), (64, 200, 784)] {
        check(shape, [100, 100], &mut rng);
        check(shape, [4, 100], &mut rng);
    }
    assert!(fits(256) && !fits(257) && !fits(0));
}
