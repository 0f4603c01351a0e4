//! Linear autoencoders are PCA: Bourlard & Kamp (1988), Baldi & Hornik
//! (1989), Kunin et al. (2019).
//!
//! Here with 32-bit numbers; `tests/theorems.rs` compiles the same models
//! with 64 bits and holds them to tighter bounds.

use crate::Real;
use crate::data::DataKind;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::blueprint::Blueprint;
use crate::nn::decoder::Decoder;
use crate::nn::desk::Desk;
use crate::nn::eigen;
use crate::nn::model::Model as _;
use crate::nn::noise::normal;
use crate::nn::optimizer::Rule;
use crate::nn::pca::Pca;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::subspace::principal_angles;
use crate::train::reproduce::Mark;
use crate::train::reproduce::Row;
use crate::train::reproduce::Tier;
use crate::train::reproduce::finding::Expected;
use crate::train::reproduce::finding::Finding;
use crate::train::reproduce::finding::Unit;
use crate::train::reproduce::fit::Plan;
use crate::train::reproduce::fit::fit;
use crate::train::reproduce::lab::Halt;
use crate::train::reproduce::lab::Lab;
use crate::train::reproduce::score::squared_error;
use ndarray::s;

/// The rows of these papers.
pub const ROWS: [Row; 5] = [
    Row {
        id: "BH-LOSS",
        claim: "a linear code loses the discarded eigenvalues",
        source: "Baldi & Hornik 1989; Bourlard & Kamp 1988",
        reported: "the error ends at their sum, never below",
        mark: Mark::Theorem,
        tier: Tier::Exact,
        full: None,
        measure: loss,
    },
    Row {
        id: "BH-ANGLE",
        claim: "it spans the plane of the principal components",
        source: "Baldi & Hornik 1989",
        reported: "all principal angles are 0",
        mark: Mark::Theorem,
        tier: Tier::Exact,
        full: None,
        measure: angle,
    },
    Row {
        id: "BH-SADDLE",
        claim: "other sets of components are saddles",
        source: "Baldi & Hornik 1989",
        reported: "no slope at components 2 and 3, and a way down",
        mark: Mark::Theorem,
        tier: Tier::Exact,
        full: None,
        measure: saddle,
    },
    Row {
        id: "BK-TANH",
        claim: "a tanh code with a linear output cannot beat PCA",
        source: "Bourlard & Kamp 1988",
        reported: "never below PCA on the fitted data",
        mark: Mark::Theorem,
        tier: Tier::Exact,
        full: None,
        measure: tanh,
    },
    Row {
        id: "KU-L2",
        claim: "with weight decay the decoder mirrors the encoder",
        source: "Kunin et al. 2019",
        reported: "B = A transposed; its axes are the components",
        mark: Mark::Read,
        tier: Tier::Exact,
        full: None,
        measure: mirror,
    },
];

/// Code units on the small digits.
const K: usize = 4;

/// The whole training set at once, with a heavy ball.
fn all_at_once(x: &Matrix, rule: Rule, rate: Real, steps: u64) -> Plan {
    Plan { rule, rate, batch: x.nrows(), epochs: steps }
}

/// A linear autoencoder, trained on the small digits until it rests.
fn at_rest(lab: &mut Lab, x: &Matrix) -> Result<Autoencoder, Halt> {
    let plan = Blueprint::linear(x.ncols(), K);
    let mut model = plan.build(&mut rng(lab.seed, Purpose::Init));
    for (rule, rate, steps) in
        [(Rule::Adam, 0.02, 300), (Rule::Momentum, 1.0, 1000)]
    {
        let seed = lab.seed;
        fit(lab, &mut model, x, all_at_once(x, rule, rate, steps), seed)?;
    }
    Ok(model)
}

fn loss(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let small = lab.data(DataKind::Digits8)?;
    let model = at_rest(lab, &small.train.x)?;
    let pca = Pca::fit(&small.train.x, K);
    let x = &small.train.x;
    let ratio = squared_error(&model, x) / squared_error(&pca, x);
    let large = lab.data(DataKind::Digits)?;
    let x = &large.train.x;
    let plan = Blueprint::linear(784, 16);
    let mut model = plan.build(&mut rng(lab.seed, Purpose::Init));
    for (rate, epochs) in [(1e-2, 6), (3e-3, 8), (1e-3, 6), (2e-4, 4)] {
        let rule = Rule::Adam;
        let plan = Plan { rule, rate, batch: 200, epochs };
        let seed = lab.seed;
        fit(lab, &mut model, x, plan, seed)?;
    }
    let floor = 784.0 * lab.baseline(&large).pca_train(16);
    // 32-bit numbers know the error to some seven digits.
    let expected = Expected::Within(1.0 - 1e-6, 1.005);
    Ok(vec![
        Finding::of("error / eigenvalues, 8 x 8, code 4", Unit::Ratio)
            .expect(expected)
            .measured(ratio),
        Finding::of("error / eigenvalues, 28 x 28, code 16", Unit::Ratio)
            .expect(expected)
            .measured(squared_error(&model, x) / floor),
    ])
}

fn angle(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits8)?;
    let model = at_rest(lab, &data.train.x)?;
    let pca = Pca::fit(&data.train.x, K);
    let angles = principal_angles(&decoder(&model), &pca.axes(K));
    Ok(vec![
        Finding::of("largest principal angle", Unit::Radians)
            .expect(Expected::Below(0.01))
            .measured(angles[K - 1]),
    ])
}

/// The weights of the decoder, `[code, features]`.
fn decoder(model: &Autoencoder) -> Matrix {
    match &model.decoder {
        Decoder::Own(network) => network.layers[0].weights.clone(),
        Decoder::Tied(_) => model.encoder.layers[0].weights.t().to_owned(),
    }
}

fn saddle(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits8)?;
    let x = &data.train.x;
    let pca = Pca::fit(x, 2);
    let wrong = pca.components.slice(s![1..3, ..]).to_owned();
    let plan = Blueprint::linear(x.ncols(), 2);
    let mut model = plan.build(&mut rng(lab.seed, Purpose::Init));
    let center = -pca.mean.dot(&wrong.t());
    let values = [wrong.t().to_owned(), center, wrong, pca.mean.clone()];
    for (p, value) in model.parameters_mut().into_iter().zip(values) {
        *p = value;
    }
    let noise = &mut rng(lab.seed, Purpose::Noise);
    let (_, gradients) = model.gradients(x, noise, &mut Desk::new());
    let slope: Real = gradients.iter().flatten().map(|g| g * g).sum();
    let there = squared_error(&model, x);
    let lambda = &pca.eigenvalues;
    let expected = f64::from(pca.residual(0) - lambda[1] - lambda[2]);
    for p in model.parameters_mut() {
        let look = &mut rng(lab.seed, Purpose::Look);
        *p += &(normal(p.nrows(), p.ncols(), look) * 1e-3);
    }
    let plan = all_at_once(x, Rule::Momentum, 1.0, 1500);
    let seed = lab.seed;
    fit(lab, &mut model, x, plan, seed)?;
    let down = (there - squared_error(&model, x))
        / f64::from(lambda[0] - lambda[2]);
    Ok(vec![
        Finding::of("slope there, 32 bits", Unit::Plain)
            .expect(Expected::Below(1e-6))
            .measured(slope.sqrt()),
        Finding::of("error there / total - l2 - l3", Unit::Ratio)
            .expect(Expected::Near(1.0, 1e-5))
            .measured(there / expected),
        Finding::of("after a push it falls by / l1 - l3", Unit::Ratio)
            .expect(Expected::Near(1.0, 0.01))
            .measured(down),
    ])
}

fn tanh(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits)?;
    let x = &data.train.x;
    let floor = 784.0 * lab.baseline(&data).pca_train(30);
    let mut plan = Blueprint::linear(784, 30);
    plan.code_activation = Activation::Tanh;
    let mut model = plan.build(&mut rng(lab.seed, Purpose::Init));
    let mut lowest = f64::MAX;
    for (rate, epochs) in [(2e-3, 4), (2e-3, 4), (5e-4, 4), (1e-4, 4)] {
        let rule = Rule::Adam;
        let plan = Plan { rule, rate, batch: 100, epochs };
        let seed = lab.seed;
        fit(lab, &mut model, x, plan, seed)?;
        lowest = lowest.min(squared_error(&model, x));
    }
    Ok(vec![
        Finding::of("lowest error / PCA-30, fitted data", Unit::Ratio)
            .expect(Expected::AtLeast(1.0))
            .measured(lowest / floor),
    ])
}

fn mirror(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits8)?;
    let x = &data.train.x;
    let pca = Pca::fit(x, K);
    let plan = Blueprint::linear(x.ncols(), K);
    let mut model = plan.build(&mut rng(lab.seed, Purpose::Init));
    model.weight_decay = 1e-3;
    for (rule, rate, steps) in
        [(Rule::Adam, 0.02, 500), (Rule::Momentum, 1.0, 4000)]
    {
        let seed = lab.seed;
        fit(lab, &mut model, x, all_at_once(x, rule, rate, steps), seed)?;
    }
    let (a, b) = (&model.encoder.layers[0].weights, decoder(&model));
    let norm = |m: &Matrix| m.iter().map(|v| v * v).sum::<Real>().sqrt();
    let gap = norm(&(&b - &a.t())) / norm(a);
    let svd = eigen::to_nalgebra(&b).svd(false, true);
    let mut cosine: f64 = 0.0;
    if let Some(rows) = svd.v_t.map(|v| eigen::from_nalgebra(&v)) {
        let axes = pca.axes(K);
        let pairs = rows.rows().into_iter().zip(axes.rows());
        let cosines = pairs.map(|(a, b)| f64::from(a.dot(&b).abs()));
        cosine = cosines.fold(1.0, f64::min);
    }
    Ok(vec![
        Finding::of("|B - A transposed| / |A|", Unit::Ratio)
            .expect(Expected::Below(0.01))
            .measured(gap),
        Finding::of("least cosine with the components", Unit::Ratio)
            .expect(Expected::AtLeast(0.99))
            .measured(cosine),
    ])
}
