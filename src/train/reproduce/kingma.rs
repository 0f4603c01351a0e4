//! Variational autoencoders: Kingma & Welling (2014), Burda et al. (2016),
//! the examples of PyTorch and Keras, and the post whose losses were means.

use crate::Real;
use crate::data::DataKind;
use crate::data::DataSpec;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::blueprint::Blueprint;
use crate::nn::gradient::as_written;
use crate::nn::kl;
use crate::nn::likelihood::importance_bound;
use crate::nn::loss::Loss;
use crate::nn::model::Model as _;
use crate::nn::noise::normal;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::variational::Reduction;
use crate::nn::variational::Variational;
use crate::train::reproduce::Mark;
use crate::train::reproduce::Row;
use crate::train::reproduce::Tier;
use crate::train::reproduce::finding::Expected;
use crate::train::reproduce::finding::Finding;
use crate::train::reproduce::finding::Unit;
use crate::train::reproduce::fit::Bench;
use crate::train::reproduce::fit::Plan;
use crate::train::reproduce::fit::fit;
use crate::train::reproduce::fit::fit_by;
use crate::train::reproduce::lab::Halt;
use crate::train::reproduce::lab::Lab;
use crate::train::reproduce::lab::Scale;
use crate::train::reproduce::lab::deviation;
use crate::train::reproduce::lab::mean;
use crate::train::reproduce::score::cross_entropy;
use ndarray::s;

/// The rows of these sources.
pub const ROWS: [Row; 6] = [
    Row {
        id: "PT-VAE",
        claim: "784-400-20 after 10 epochs",
        source: "PyTorch examples, vae",
        reported: "105.6 on all of MNIST",
        mark: Mark::Read,
        tier: Tier::Range,
        full: Some("2 min"),
        measure: pytorch,
    },
    Row {
        id: "K-VAE2",
        claim: "a variational code of 2 numbers",
        source: "Keras examples, variational autoencoder (dense here)",
        reported: "146.95, of which KL 6.80 (convolutional, training loss)",
        mark: Mark::Read,
        tier: Tier::Range,
        full: None,
        measure: keras,
    },
    Row {
        id: "KW-DIM",
        claim: "more latent dimensions do no harm",
        source: "Kingma & Welling 2014, fig. 2",
        reported: "a figure: 20 < 10 < 5 < 3 dimensions",
        mark: Mark::Memory,
        tier: Tier::Order,
        full: None,
        measure: dimensions,
    },
    Row {
        id: "IW-NLL",
        claim: "more draws tighten the bound on the likelihood",
        source: "Burda et al. 2016",
        reported: "ELBO <= 5 draws <= 50 draws <= ln p; 86.76 nats",
        mark: Mark::Theorem,
        tier: Tier::Exact,
        full: None,
        measure: draws,
    },
    Row {
        id: "VAE-KL",
        claim: "the KL divergence has a closed form",
        source: "Kingma & Welling 2014, appendix B",
        reported: "agrees with drawing lots",
        mark: Mark::Theorem,
        tier: Tier::Exact,
        full: None,
        measure: closed_form,
    },
    Row {
        id: "BLOG-b392",
        claim: "losses of means make a code collapse",
        source: "Chollet 2016, code of the post: beta is 784 / 2",
        reported: "the code of the post",
        mark: Mark::Read,
        tier: Tier::Measured,
        full: None,
        measure: collapse,
    },
];

/// 784, hidden relu layers, a code, and back; cross-entropy.
fn network(hidden: &[usize], code: usize, seed: u64) -> Variational {
    let mut plan = Blueprint::linear(784, code);
    plan.hidden = hidden.to_vec();
    plan.activation = Activation::Relu;
    plan.loss = Loss::CrossEntropy;
    Variational::new(&plan, &mut rng(seed, Purpose::Init))
}

fn pytorch(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits)?;
    let seed = lab.seed;
    let mut model = network(&[400], 20, seed);
    fit(lab, &mut model, &data.train.x, Plan::adam(128, 10), seed)?;
    let what = "test loss";
    let expected = match lab.scale {
        Scale::Small => Expected::pinned("PT-VAE", what),
        Scale::Full => Expected::Near(105.6, 0.8),
    };
    Ok(vec![
        Finding::of(what, Unit::NatsPerImage)
            .expect(expected)
            .measured(model.loss(&data.test.x).total),
    ])
}

fn keras(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits)?;
    let seed = lab.seed;
    let mut model = network(&[256], 2, seed);
    fit(lab, &mut model, &data.train.x, Plan::adam(100, 30), seed)?;
    let losses = model.loss(&data.test.x);
    let nats = |what: &'static str, x: Real| {
        Finding::of(what, Unit::NatsPerImage)
            .expect(Expected::pinned("K-VAE2", what))
            .measured(x)
    };
    Ok(vec![
        nats("test loss", losses.total),
        nats("of which KL", losses.penalty),
    ])
}

fn dimensions(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let mut spec = DataSpec::new(DataKind::Digits);
    spec.examples = 5000;
    let data = lab.shaped(&spec)?;
    let mut losses = Vec::new();
    for code in [2, 5, 10, 20] {
        let mut found = Vec::new();
        for seed in lab.seeds() {
            let mut model = network(&[128], code, seed);
            let x = &data.train.x;
            fit(lab, &mut model, x, Plan::adam(100, 20), seed)?;
            found.push(f64::from(model.loss(&data.test.x).total));
        }
        losses.push(mean(&found));
    }
    let line = |what: &str, bound: f64, x: f64| {
        Finding::of(what, Unit::NatsPerImage)
            .expect(Expected::Below(bound))
            .measured(x)
    };
    Ok(vec![
        Finding::of("test loss, 2 dimensions", Unit::NatsPerImage)
            .measured(losses[0]),
        line("5 dimensions: less", losses[0], losses[1]),
        line("10 dimensions: less still", losses[1], losses[2]),
        line("20: no more than 3 nats above 10", losses[2] + 3., losses[3]),
    ])
}

/// Test digits looked at closely, and draws for the best estimate.
const LOOKED_AT: usize = 8;
const MANY: usize = 20_000;

fn draws(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits)?;
    let seed = lab.seed;
    let mut model = network(&[64], 2, seed);
    fit(lab, &mut model, &data.train.x, Plan::adam(100, 5), seed)?;
    let x = data.test.x.slice(s![..LOOKED_AT, ..]).to_owned();
    look_closely(lab, &mut model, &x)?;
    let mut weights = Matrix::zeros((LOOKED_AT, MANY));
    let look = &mut rng(seed, Purpose::Look);
    let part = MANY / 40;
    for start in (0..MANY).step_by(part) {
        lab.go_on()?;
        let some = model.log_weights(&x, part, look);
        weights.slice_mut(s![.., start..start + part]).assign(&some);
    }
    let one =
        mean(&weights.iter().map(|w| f64::from(*w)).collect::<Vec<_>>());
    let [five, fifty, all] = [5, 50, MANY].map(|k| bound(&weights, k));
    let mut grid = Vec::new();
    for row in x.rows() {
        lab.go_on()?;
        let x = row.to_owned().insert_axis(ndarray::Axis(0));
        grid.push(f64::from(model.grid_likelihood(&x, 200)));
    }
    let at_least = |what: &str, bound: f64, x: f64| {
        Finding::of(what, Unit::NatsPerImage)
            .expect(Expected::AtLeast(bound))
            .measured(x)
    };
    Ok(vec![
        Finding::of("bound with 1 draw", Unit::NatsPerImage).measured(one),
        at_least("with 5 draws: no lower", one, five),
        at_least("with 50 draws: no lower", five, fifty),
        at_least("with 20,000 draws: no lower", fifty, all),
        Finding::of(
            "distance from the sum over a grid",
            Unit::NatsPerImage,
        )
        .expect(Expected::Below(0.05))
        .measured((all - mean(&grid)).abs()),
    ])
}

/// Teaches the encoder these very examples; the decoder, and with it the
/// likelihood, stays as it is. Draws from a better place settle sooner.
fn look_closely(
    lab: &mut Lab,
    model: &mut Variational,
    x: &Matrix,
) -> Result<(), Halt> {
    let below = model.encoder.parameters().len();
    let mut look = |model: &Variational, x: &Matrix, b: &mut Bench| {
        let found = model.gradients(x, &mut b.rng, &mut b.desk);
        let (losses, mut slopes) = found;
        slopes[below..].iter_mut().for_each(|slope| slope.fill(0.0));
        (losses, as_written(slopes))
    };
    let plan = (Plan::adam(LOOKED_AT, 1000), lab.seed);
    fit_by(lab, model, x, plan, &mut look)
}

/// The bound with `k` draws, as a mean over disjoint groups of draws and
/// over examples.
fn bound(weights: &Matrix, k: usize) -> f64 {
    let mut bounds = Vec::new();
    for start in (0..weights.ncols()).step_by(k) {
        let some = weights.slice(s![.., start..start + k]).to_owned();
        bounds.extend(importance_bound(&some).into_iter().map(f64::from));
    }
    mean(&bounds)
}

/// Draws for an expectation.
const LOTS: usize = 100_000;

fn closed_form(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let look = &mut rng(lab.seed, Purpose::Look);
    let mut worst: f64 = 0.0;
    for (m, log_variance) in [
        (0.0_f64, 0.0_f64),
        (1.0, 0.0),
        (0.0, -2.0),
        (-1.5, -1.0),
        (0.5, 1.0),
    ] {
        let closed = f64::from(kl::kl(m as Real, log_variance as Real));
        let draws = normal(LOTS, 1, look);
        let ratios: Vec<f64> = draws
            .iter()
            .map(|&e| {
                let e = f64::from(e);
                let z = m + (0.5 * log_variance).exp() * e;
                0.5 * (z * z - e * e - log_variance)
            })
            .collect();
        let error = deviation(&ratios) / (LOTS as f64).sqrt();
        let gap = (mean(&ratios) - closed).abs();
        // With the prior itself every ratio is 0, and so is the gap.
        worst = worst.max(gap / error.max(1e-9));
    }
    Ok(vec![
        Finding::of("largest gap, in standard errors", Unit::Plain)
            .expect(Expected::Below(3.0))
            .measured(worst),
    ])
}

fn collapse(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits)?;
    let seed = lab.seed;
    let mut model = network(&[256], 2, seed);
    model.reduction = Reduction::Mean;
    let plan = Plan::adam(100, 10);
    fit(lab, &mut model, &data.train.x, plan, seed)?;
    let plan = Plan { rate: 2e-4, epochs: 4, ..plan };
    fit(lab, &mut model, &data.train.x, plan, seed)?;
    let test = &data.test.x;
    let nats = kl::mean(&model.statistics(test));
    Ok(vec![
        Finding::of("KL divergence", Unit::NatsPerImage)
            .expect(Expected::Below(0.05))
            .measured(nats),
        Finding::of("loss: that of the mean picture", Unit::MeanPerPixel)
            .expect(Expected::Near(lab.pick(0.2641, 0.2623), 0.002))
            .measured(cross_entropy(&model, test) / 784.0),
    ])
}
