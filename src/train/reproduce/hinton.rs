//! Hinton & Salakhutdinov (Science 313, 2006): reducing the number of
//! dimensions with a deep autoencoder.

use crate::data::DataKind;
use crate::data::DataSpec;
use crate::data::Dataset;
use crate::nn::activation::Activation;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::blueprint::Blueprint;
use crate::nn::loss::Loss;
use crate::nn::model::Codec;
use crate::nn::neighbors::Neighbors;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
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
use crate::train::reproduce::score::percent_right;
use crate::train::reproduce::score::squared_error;

/// The rows of this paper.
pub const ROWS: [Row; 5] = [
    Row {
        id: "H06-PCA30",
        claim: "30 principal components of a digit",
        source: "Hinton & Salakhutdinov 2006, fig. 2B",
        reported: "13.87 on all of MNIST",
        mark: Mark::Read,
        tier: Tier::Measured,
        full: Some("10 s"),
        measure: pca30,
    },
    Row {
        id: "H06-LPCA",
        claim: "logistic PCA: a linear code, a logistic output",
        source: "Hinton & Salakhutdinov 2006, fig. 2B",
        reported: "8.01 on all of MNIST",
        mark: Mark::Read,
        tier: Tier::Range,
        full: Some("30 s"),
        measure: logistic,
    },
    Row {
        id: "H06-AE30",
        claim: "a deep code of 30 numbers beats both",
        source: "Hinton & Salakhutdinov 2006, fig. 2B",
        reported: "3.00; PCA 13.87, logistic PCA 8.01",
        mark: Mark::Read,
        tier: Tier::Range,
        full: Some("45 min"),
        measure: deep,
    },
    Row {
        id: "H06-2D",
        claim: "digits lie apart in a code of 2 numbers",
        source: "Hinton & Salakhutdinov 2006, fig. 3",
        reported: "a figure; PCA 42.4 % of neighbors right",
        mark: Mark::Read,
        tier: Tier::Order,
        full: Some("10 min"),
        measure: plane,
    },
    Row {
        id: "H06-CURVES",
        claim: "6 deep numbers beat 18 straight ones on curves",
        source: "Hinton & Salakhutdinov 2006, fig. 2A",
        reported: "AE-6 1.44 < LPCA-18 2.45 < PCA-18 5.90 < LPCA-6 7.64",
        mark: Mark::Read,
        tier: Tier::Order,
        full: None,
        measure: curves,
    },
];

/// 30 principal components, fitted to the training digits.
fn pca30(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits)?;
    let mut pca = lab.baseline(&data).pca.clone();
    pca.kept = 30;
    let expected = match lab.scale {
        Scale::Small => Expected::Near(14.025, 0.002),
        Scale::Full => Expected::Near(13.866, 0.01),
    };
    let error = squared_error(&pca, &data.test.x);
    let share: f32 = pca.explained()[..30].iter().sum();
    Ok(vec![
        Finding::of("test error of PCA-30", Unit::SumPerImage)
            .expect(expected)
            .measured(error),
        Finding::of("variance kept", Unit::Percent)
            .expect(Expected::Near(lab.pick(73.57, 73.05), 0.01))
            .measured(100.0 * share),
    ])
}

/// A network with relu layers, a linear code and a logistic output.
fn build(hidden: &[usize], code: usize, seed: u64) -> Autoencoder {
    let mut plan = Blueprint::linear(784, code);
    plan.hidden = hidden.to_vec();
    plan.activation = Activation::Relu;
    plan.loss = Loss::CrossEntropy;
    plan.build(&mut rng(seed, Purpose::Init))
}

/// The same, trained with Adam and batches of 100.
fn trained(
    lab: &mut Lab,
    data: &Dataset,
    (hidden, code): (&[usize], usize),
    (epochs, seed): (u64, u64),
) -> Result<Autoencoder, Halt> {
    let mut model = build(hidden, code, seed);
    fit(lab, &mut model, &data.train.x, Plan::adam(100, epochs), seed)?;
    Ok(model)
}

fn logistic(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits)?;
    let (epochs, seed) = (lab.pick(30, 20), lab.seed);
    let model = trained(lab, &data, (&[], 30), (epochs, seed))?;
    let expected = match lab.scale {
        Scale::Small => Expected::pinned("H06-LPCA", "test error"),
        Scale::Full => Expected::Within(8.0, 8.6),
    };
    Ok(vec![
        Finding::of("test error", Unit::SumPerImage)
            .expect(expected)
            .measured(squared_error(&model, &data.test.x)),
    ])
}

fn deep(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits)?;
    let small: &[usize] = &[500, 250];
    let hidden = lab.pick(small, &[1000, 500, 250]);
    let (mut deep, mut flat) = (Vec::new(), Vec::new());
    for seed in lab.pick(lab.seeds(), lab.seed..lab.seed + 1) {
        let test = &data.test.x;
        let plan = (lab.pick(10, 100), seed);
        let model = trained(lab, &data, (hidden, 30), plan)?;
        deep.push(squared_error(&model, test));
        let plan = (lab.pick(30, 20), seed);
        let model = trained(lab, &data, (&[], 30), plan)?;
        flat.push(squared_error(&model, test));
    }
    let pca = 784.0 * lab.baseline(&data).pca_test(30);
    let expected = match lab.scale {
        Scale::Small => Expected::pinned("H06-AE30", "test error"),
        Scale::Full => Expected::Within(2.5, 3.5),
    };
    let gap = Expected::AtLeast(10.0);
    Ok(vec![
        Finding::of("test error", Unit::SumPerImage)
            .expect(expected)
            .measured(deep[0]),
        Finding::of("lower than logistic PCA by", Unit::Percent)
            .expect(gap)
            .measured(100.0 * (1.0 - mean(&deep) / mean(&flat))),
        Finding::of("which is lower than PCA by", Unit::Percent)
            .expect(gap)
            .measured(100.0 * (1.0 - mean(&flat) / pca)),
    ])
}

fn plane(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits)?;
    let mut pca = lab.baseline(&data).pca.clone();
    pca.kept = 2;
    let small: &[usize] = &[256, 128, 64];
    let hidden = lab.pick(small, &[1000, 500, 250]);
    let epochs = lab.pick(15, 50);
    let (mut right, mut errors) = (Vec::new(), Vec::new());
    for seed in lab.seeds() {
        let model = trained(lab, &data, (hidden, 2), (epochs, seed))?;
        right.push(five_nearest(&model, &data));
        errors.push(squared_error(&model, &data.test.x));
    }
    let straight = five_nearest(&pca, &data);
    let what = "5 nearest right, deep, mean of 3 seeds";
    Ok(vec![
        Finding::of("5 nearest right, PCA-2", Unit::Percent)
            .expect(Expected::Near(42.0, 2.0))
            .measured(straight),
        Finding::of(what, Unit::Percent)
            .expect(Expected::AtLeast(straight + 15.0))
            .measured(mean(&right)),
        Finding::of("test error, PCA-2", Unit::SumPerImage)
            .expect(Expected::Near(43.93, lab.pick(0.01, 0.4)))
            .measured(784.0 * lab.baseline(&data).pca_test(2)),
        Finding::of("test error, deep", Unit::SumPerImage)
            .expect(lab.pick(
                Expected::pinned("H06-2D", "test error, deep"),
                Expected::Shown,
            ))
            .measured(errors[0]),
    ])
}

/// Percent of test digits whose 5 nearest training codes agree with them.
fn five_nearest(codec: &dyn Codec, data: &Dataset) -> f64 {
    let codes = [&data.train.x, &data.test.x].map(|x| codec.encode(x));
    let [train, test] = codes;
    let near = Neighbors::new(train, data.train.labels.clone(), 5);
    percent_right(&near.predict(&test), &data.test.labels)
}

fn curves(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let mut spec = DataSpec::new(DataKind::Curves);
    spec.examples = 10_000;
    let data = lab.shaped(&spec)?;
    let (mut ae, mut wide, mut narrow) = (vec![], vec![], vec![]);
    let hidden: &[usize] = &[400, 200, 100, 50];
    let slow = Plan::adam(100, 25);
    let slower = Plan { rate: 2e-4, epochs: 8, ..slow };
    // Without hidden layers larger steps do no harm, and save time.
    let fast = Plan { rate: 3e-3, epochs: 30, ..slow };
    for seed in lab.seeds() {
        let mut error = |hidden, code, plans: &[Plan]| {
            let mut model = build(hidden, code, seed);
            for plan in plans {
                fit(lab, &mut model, &data.train.x, *plan, seed)?;
            }
            Ok::<f64, Halt>(squared_error(&model, &data.test.x))
        };
        ae.push(error(hidden, 6, &[slow, slower])?);
        wide.push(error(&[], 18, &[fast])?);
        narrow.push(error(&[], 6, &[fast])?);
    }
    let pca = 784.0 * lab.baseline(&data).pca_test(18);
    let (ae, wide, narrow) = (mean(&ae), mean(&wide), mean(&narrow));
    let below = Expected::Below;
    let line = |what, other, x: f64| {
        Finding::of(what, Unit::SumPerImage)
            .expect(below(other))
            .measured(x)
    };
    Ok(vec![
        line("deep code of 6 < logistic PCA-18", wide, ae),
        line("logistic PCA-18 < PCA-18", pca, wide),
        line("PCA-18 < logistic PCA-6", narrow, pca),
    ])
}
