//! The post "Building Autoencoders in Keras" (2016), its loss of means,
//! and the accuracies of a lecture that used its networks.

use crate::Real;
use crate::data::DataKind;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::blueprint::Blueprint;
use crate::nn::loss::Loss;
use crate::nn::model::Codec as _;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::sparse::Sparsity;
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
use crate::train::reproduce::lab::Scale;
use crate::train::reproduce::lab::mean;
use crate::train::reproduce::score::cross_entropy;
use crate::train::reproduce::score::grey_floor;

/// The rows of this post.
pub const ROWS: [Row; 3] = [
    Row {
        id: "KB-32",
        claim: "a dense code of 32 numbers",
        source: "Chollet 2016, Building Autoencoders in Keras",
        reported: "0.11; with Adam 0.093 on all of MNIST",
        mark: Mark::Read,
        tier: Tier::Range,
        full: Some("1 min"),
        measure: dense,
    },
    Row {
        id: "KB-L1",
        claim: "a price on activity makes the code small",
        source: "Chollet 2016, Building Autoencoders in Keras",
        reported: "mean code 3.33 against 7.30",
        mark: Mark::Read,
        tier: Tier::Order,
        full: None,
        measure: sparse,
    },
    Row {
        id: "L-88/92",
        claim: "what an accuracy of 88 % or 92 % can mean",
        source: "a lecture on autoencoders with these networks",
        reported: "88 % and 92 %, definition not given",
        mark: Mark::Read,
        tier: Tier::Measured,
        full: None,
        measure: accuracies,
    },
];

/// 784-32-784: relu code, logistic output, cross-entropy.
pub fn network(code: usize, seed: u64) -> Autoencoder {
    let mut plan = Blueprint::linear(784, code);
    plan.code_activation = Activation::Relu;
    plan.loss = Loss::CrossEntropy;
    plan.build(&mut rng(seed, Purpose::Init))
}

fn dense(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits)?;
    let mut model = network(32, lab.seed);
    let plan = Plan::adam(lab.pick(100, 256), 50);
    let seed = lab.seed;
    fit(lab, &mut model, &data.train.x, plan, seed)?;
    let test = &data.test.x;
    let expected = match lab.scale {
        Scale::Small => Expected::pinned("KB-32", "test loss"),
        Scale::Full => Expected::Near(0.0927, 0.001),
    };
    let floor = match lab.scale {
        Scale::Small => Expected::Near(0.058048, 0.00001),
        Scale::Full => Expected::Near(0.05808, 0.00001),
    };
    Ok(vec![
        Finding::of("test loss", Unit::MeanPerPixel)
            .expect(expected)
            .measured(cross_entropy(&model, test) / 784.0),
        Finding::of("its floor: a perfect picture", Unit::MeanPerPixel)
            .expect(floor)
            .measured(grey_floor(test) / 784.0),
    ])
}

/// The price of activity: the post's, for a sum over units.
const PRICE: Real = 1e-4;

fn sparse(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits)?;
    let mut sizes = [Vec::new(), Vec::new()];
    let mut losses = sizes.clone();
    for seed in lab.seeds() {
        for (i, weight) in [0.0, PRICE].into_iter().enumerate() {
            let mut model = network(32, seed);
            model.sparsity = Sparsity::L1 { weight };
            let plan = Plan::adam(100, 20);
            fit(lab, &mut model, &data.train.x, plan, seed)?;
            let test = &data.test.x;
            let code = model.encode(test).mean().unwrap_or(Real::NAN);
            sizes[i].push(f64::from(code));
            losses[i].push(cross_entropy(&model, test) / 784.0);
        }
    }
    let [free, paid] = sizes.map(|sizes| mean(&sizes));
    let [before, after] = losses.map(|losses| mean(&losses));
    Ok(vec![
        Finding::of("mean code, without a price", Unit::Plain)
            .measured(free),
        Finding::of("the same / with a price", Unit::Ratio)
            .expect(Expected::AtLeast(1.5))
            .measured(free / paid),
        Finding::of("what it adds to the loss", Unit::MeanPerPixel)
            .expect(Expected::Below(0.02))
            .measured(after - before),
    ])
}

/// Percent of pixels for which something is so.
fn share(
    y: &Matrix,
    x: &Matrix,
    right: impl Fn(Real, Real) -> bool,
) -> f64 {
    let pairs = y.iter().zip(x);
    let hits = pairs.filter(|(y, x)| right(**y, **x)).count();
    100.0 * hits as f64 / x.len() as f64
}

/// As the table calls it.
const SIDES: &str = "(b) same side of one half";

/// Four definitions side by side, each with its trivial answer.
fn accuracies(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits)?;
    let mut model = network(32, lab.seed);
    let seed = lab.seed;
    fit(lab, &mut model, &data.train.x, Plan::adam(100, 30), seed)?;
    let x = &data.test.x;
    let y = model.reconstruct(x);
    let black = Matrix::zeros(x.dim());
    let keras = |y: Real, x: Real| y.round() == x;
    let halves = |y: Real, x: Real| (y >= 0.5) == (x >= 0.5);
    let close = |y: Real, x: Real| (y - x).abs() <= 0.1;
    let shown =
        |what: &str, x: f64| Finding::of(what, Unit::Percent).measured(x);
    let near = Expected::Near;
    let loss = cross_entropy(&model, x) / 784.0;
    Ok(vec![
        shown("(a) rounded output equals the pixel", share(&y, x, keras)),
        shown("most that any network can reach by (a)", share(x, x, keras))
            .expect(near(81.45, 0.01)),
        shown(SIDES, share(&y, x, halves)).expect(
            lab.pick(Expected::pinned("L-88/92", SIDES), Expected::Shown),
        ),
        shown("an all-black picture by (b)", share(&black, x, halves))
            .expect(near(lab.pick(86.54, 86.58), 0.01)),
        shown("(c) 1 - loss", 100.0 * (1.0 - loss)),
        shown("(d) within 0.1 of the pixel", share(&y, x, close)),
        shown("an all-black picture by (d)", share(&black, x, close)),
    ])
}
