//! What is proven about autoencoders, checked on the textbook's own code.
//!
//! The textbook is compiled here a second time with 64-bit numbers.

/// The number type for this copy of the textbook.
pub type Real = f64;

#[path = "../src/nn/mod.rs"]
#[expect(clippy::unnecessary_cast, reason = "for 32-bit numbers it is")]
pub mod nn;

pub use gargalo::kernel;

#[path = "theorems/contractive.rs"]
mod contractive;
#[path = "theorems/denoising.rs"]
mod denoising;
#[path = "theorems/sparse.rs"]
mod sparse;
#[path = "theorems/variational.rs"]
mod variational;

use gargalo::data::DataKind;
use gargalo::data::DataSpec;
use gargalo::data::Library;
use ndarray::s;
use nn::Matrix;
use nn::activation::Activation;
use nn::autoencoder::Autoencoder;
use nn::blueprint::Blueprint;
use nn::decoder::Decoder;
use nn::desk::Desk;
use nn::loss::Loss;
use nn::loss::sum_per_image;
use nn::model::Codec as _;
use nn::model::Model as _;
use nn::model::rounded;
use nn::noise::normal;
use nn::optimizer::Optimizer;
use nn::optimizer::Rule;
use nn::pca::Pca;
use nn::random::Purpose;
use nn::random::rng;
use nn::subspace::align;
use nn::subspace::hidden_components;
use nn::subspace::principal_angles;
use std::collections::BTreeSet;

/// The training part of an embedded data set, in 64 bits.
fn embedded(kind: DataKind) -> [Matrix; 2] {
    let library = Library::embedded();
    let data = library.load(&DataSpec::new(kind)).expect("embedded");
    [data.train.x, data.test.x].map(|x| x.mapv(Real::from))
}

/// A cloud of 60 points with axes of clearly different lengths.
fn cloud() -> Matrix {
    let mut rng = rng(1, Purpose::Data);
    let spread = ndarray::array![[3.0, 2.0, 1.4, 0.8, 0.5, 0.3]];
    let turn = normal(6, 6, &mut rng);
    let points = normal(60, 6, &mut rng) * spread;
    points.dot(&align(&turn, &Matrix::eye(6))) + 1.0
}

/// Full-batch training; `watch` sees the loss before every step.
fn train(
    model: &mut Autoencoder,
    x: &Matrix,
    plan: &[(Rule, Real, usize)],
    watch: &mut dyn FnMut(Real),
) {
    let (mut noise, desk) = (rng(1, Purpose::Noise), &mut Desk::new());
    for &(rule, rate, steps) in plan {
        let mut optimizer = Optimizer::new(rule, rate);
        for _ in 0..steps {
            let (losses, gradients) = model.gradients(x, &mut noise, desk);
            watch(losses.total);
            optimizer.step(model.parameters_mut(), &gradients);
        }
    }
}

/// The weights of a decoder with one layer of its own, `[code, features]`.
fn decoder_weights(model: &Autoencoder) -> &Matrix {
    match &model.decoder {
        Decoder::Own(network) => &network.layers[0].weights,
        Decoder::Tied(_) => panic!("a tied decoder has no weights"),
    }
}

/// Squared error per image, summed over pixels.
fn error(model: &Autoencoder, x: &Matrix) -> Real {
    sum_per_image(model.loss(x).reconstruction, x.ncols())
}

/// Bourlard & Kamp (1988), Baldi & Hornik (1989): at its minimum, a linear
/// autoencoder loses the discarded eigenvalues and spans the subspace of
/// the principal components. Plaut (2018): its decoder still contains them.
#[test]
fn a_linear_autoencoder_finds_the_principal_subspace_exactly() {
    let x = cloud();
    let pca = Pca::fit(&x, 2);
    let plan = Blueprint::linear(6, 2);
    let mut model = plan.build(&mut rng(1, Purpose::Init));
    let floor = pca.residual(2);
    let mut lowest = Real::MAX;
    let rules = [(Rule::Momentum, 0.02, 5000)];
    train(&mut model, &x, &rules, &mut |loss| lowest = lowest.min(loss));
    let ratio = error(&model, &x) / floor;
    assert!((1.0 - 1e-9..1.0 + 1e-6).contains(&ratio), "{ratio}");
    assert!(sum_per_image(lowest, 6) > floor * (1.0 - 1e-9));
    let weights = decoder_weights(&model);
    let angles = principal_angles(weights, &pca.axes(2));
    assert!(angles[1] < 1e-4, "{angles:?}");
    // Its own axes are a mix of the components, until they are unmixed.
    let own = weights.row(0);
    let cosine = own.dot(&pca.axes(2).row(0)) / own.dot(&own).sqrt();
    assert!(cosine.abs() < 0.99, "{cosine}");
    let hidden = hidden_components(weights, &model.encode(&x));
    let gap = (hidden - pca.axes(2)).mapv(Real::abs).sum();
    assert!(gap < 1e-3, "{gap}");
}

#[test]
fn a_linear_autoencoder_reaches_pca_on_digits() {
    let [x, _] = embedded(DataKind::Digits8);
    let pca = Pca::fit(&x, 4);
    let plan = Blueprint::linear(64, 4);
    let mut model = plan.build(&mut rng(1, Purpose::Init));
    let rules = [(Rule::Adam, 0.02, 300), (Rule::Momentum, 1.0, 1000)];
    train(&mut model, &x, &rules, &mut |_| ());
    let ratio = error(&model, &x) / pca.residual(4);
    let angles = principal_angles(decoder_weights(&model), &pca.axes(4));
    println!("ratio {ratio}, angles {angles:?}");
    assert!((1.0..1.005).contains(&ratio), "{ratio}");
    assert!(angles[3] < 0.01, "{angles:?}");
}

/// Baldi & Hornik (1989): any other set of components is a saddle.
#[test]
fn the_wrong_components_are_a_saddle() {
    let x = cloud();
    let pca = Pca::fit(&x, 2);
    let wrong = pca.components.slice(s![1..3, ..]).to_owned();
    let plan = Blueprint::linear(6, 2);
    let mut model = plan.build(&mut rng(1, Purpose::Init));
    let center = -pca.mean.dot(&wrong.t());
    let values = [wrong.t().to_owned(), center, wrong, pca.mean.clone()];
    for (p, value) in model.parameters_mut().into_iter().zip(values) {
        *p = value;
    }
    let (losses, gradients) =
        model.gradients(&x, &mut rng(1, Purpose::Noise), &mut Desk::new());
    let lambda = &pca.eigenvalues;
    let expected = pca.residual(0) - lambda[1] - lambda[2];
    let loss = sum_per_image(losses.total, 6);
    assert!((loss - expected).abs() < 1e-9, "{loss} {expected}");
    let slope: Real = gradients.iter().flatten().map(|g| g * g).sum();
    assert!(slope.sqrt() < 1e-10, "{slope:e}");
    // A small push is enough to fall off.
    for p in model.parameters_mut() {
        *p += &(normal(p.nrows(), p.ncols(), &mut rng(1, Purpose::Look))
            * 1e-3);
    }
    let rules = [(Rule::Momentum, 0.02, 3000)];
    train(&mut model, &x, &rules, &mut |_| ());
    assert!(error(&model, &x) < expected - 0.5 * (lambda[0] - lambda[2]));
}

/// Codes may be mixed by any invertible matrix if the decoder unmixes them.
#[test]
fn mixing_the_code_changes_nothing() {
    let x = cloud();
    let plan = Blueprint::linear(6, 2);
    let mut model = plan.build(&mut rng(1, Purpose::Init));
    let before = model.loss(&x).total;
    let mix = ndarray::array![[2.0, 1.0], [1.0, 1.0]];
    let unmix = ndarray::array![[1.0, -1.0], [-1.0, 2.0]];
    let mut parameters = model.parameters_mut();
    *parameters[0] = parameters[0].dot(&mix);
    *parameters[2] = unmix.dot(parameters[2]);
    drop(parameters);
    let after = model.loss(&x).total;
    assert!((after / before - 1.0).abs() < 1e-12);
}

/// Bourlard & Kamp (1988): with a linear output, a bent code cannot beat
/// PCA on the data it was fitted to.
#[test]
fn a_tanh_code_with_a_linear_output_never_beats_pca() {
    let [x, _] = embedded(DataKind::Digits8);
    let x = x.slice(s![..300, ..]).to_owned();
    for k in [2, 6] {
        let floor = Pca::fit(&x, k).residual(k);
        for seed in 0..3 {
            let mut plan = Blueprint::linear(64, k);
            plan.code_activation = Activation::Tanh;
            let mut model = plan.build(&mut rng(seed, Purpose::Init));
            let mut lowest = Real::MAX;
            let rules = [(Rule::Adam, 0.02, 600)];
            train(&mut model, &x, &rules, &mut |loss| {
                lowest = lowest.min(sum_per_image(loss, 64));
            });
            let ratio = lowest / floor;
            assert!(ratio >= 1.0, "k = {k}, seed {seed}: {ratio}");
            // It comes close, so the bound is felt.
            assert!(ratio < 1.1, "k = {k}, seed {seed}: {ratio}");
        }
    }
}

/// Kunin et al. (2019): with weight decay on both halves, encoder and
/// decoder are transposes and the decoder's axes the components.
#[test]
fn weight_decay_makes_the_decoder_the_mirror_of_the_encoder() {
    let x = cloud();
    let pca = Pca::fit(&x, 2);
    let plan = Blueprint::linear(6, 2);
    let mut model = plan.build(&mut rng(1, Purpose::Init));
    model.weight_decay = 0.05;
    let rules = [(Rule::Momentum, 0.02, 5000)];
    train(&mut model, &x, &rules, &mut |_| ());
    let encoder = &model.encoder.layers[0].weights;
    let decoder = decoder_weights(&model);
    let norm = |m: &Matrix| m.iter().map(|v| v * v).sum::<Real>().sqrt();
    let gap = norm(&(decoder - &encoder.t())) / norm(encoder);
    assert!(gap < 1e-2, "{gap}");
    let svd = nn::eigen::to_nalgebra(decoder).svd(false, true);
    let rows = nn::eigen::from_nalgebra(&svd.v_t.expect("asked for"));
    for i in 0..2 {
        let cosine = rows.row(i).dot(&pca.axes(2).row(i)).abs();
        assert!(cosine > 0.99, "axis {i}: {cosine}");
    }
}

/// Ackley, Hinton & Sejnowski (1985), with backpropagation: eight one-bit
/// states through three units. All are restored, but the rounded codes are
/// often not eight different ones.
#[test]
fn eight_states_pass_through_three_units() {
    // Loss, rule, learning rate, size of the first weights (of Glorot's).
    // The rates are those of a sum over units and states (squared error)
    // or a mean over states (cross-entropy), translated to our mean.
    let settings = [
        (Loss::CrossEntropy, Rule::Momentum, 0.5 * 8.0, 0.135),
        (Loss::SquaredError, Rule::Sgd, 0.3 * 32.0, 0.135),
        (Loss::SquaredError, Rule::Sgd, 2.0 * 32.0, 0.677),
    ];
    for (loss, rule, rate, scale) in settings {
        let mut plan = Blueprint::linear(8, 3);
        plan.code_activation = Activation::Sigmoid;
        plan.output_activation = Activation::Sigmoid;
        (plan.loss, plan.init_scale) = (loss, scale);
        let (mut restored, mut distinct) = (0, 0);
        for seed in 0..40 {
            let (all, codes) = eight_states(&plan, rule, rate, seed);
            restored += usize::from(all);
            distinct += usize::from(codes == 8);
        }
        println!("{loss:?} {rate}: {restored} restored, {distinct} binary");
        assert!(restored >= 38, "{loss:?}: {restored} of 40");
        assert!((14..=36).contains(&distinct), "{loss:?}: {distinct}");
    }
}

/// Whether all states came back, and how many different rounded codes.
fn eight_states(
    plan: &Blueprint,
    rule: Rule,
    rate: Real,
    seed: u64,
) -> (bool, usize) {
    let x = Matrix::eye(8);
    let mut model = plan.build(&mut rng(seed, Purpose::Init));
    train(&mut model, &x, &[(rule, rate, 5000)], &mut |_| ());
    let all = rounded(model.reconstruct(&x)) == x;
    let codes = rounded(model.encode(&x));
    let codes: BTreeSet<String> =
        codes.rows().into_iter().map(|row| row.to_string()).collect();
    (all, codes.len())
}

/// The floor for any linear autoencoder on the digits inside the program.
///
/// Measured: fitted on the 10,000 training digits, error on them and on
/// the 2,000 test digits. On all of MNIST it is 14.207 and 13.866 for 30
/// components (13.87 in Hinton & Salakhutdinov, 2006).
#[test]
fn the_floor_of_the_digits() {
    let measured = [
        (2, 43.565, 43.934),
        (8, 29.361, 29.647),
        (16, 21.026, 21.303),
        (30, 13.941, 14.025),
        (32, 13.264, 13.347),
    ];
    let [x, test] = embedded(DataKind::Digits);
    let mut pca = Pca::fit(&x, 0);
    for (k, train, unseen) in measured {
        pca.kept = k;
        let gap = pca.reconstruct(&test) - &test;
        let error = (&gap * &gap).sum() / test.nrows() as Real;
        assert!((pca.residual(k) - train).abs() < 0.002, "{k}: {train}");
        assert!((error - unseen).abs() < 0.002, "{k}: {error}");
    }
    assert!((pca.residual(0) - 52.752).abs() < 0.002);
    // The residual is what reconstructing the fitted digits really costs.
    let some = Pca::fit(&x.slice(s![..500, ..]).to_owned(), 30);
    let seen = x.slice(s![..500, ..]).to_owned();
    let gap = some.reconstruct(&seen) - &seen;
    let error = gap.iter().map(|v| v * v).sum::<Real>() / 500.0;
    assert!((error / some.residual(30) - 1.0).abs() < 1e-9);
}
