//! Le et al. (ICML 2012): a unit that knows cats, trained without labels.

use crate::Real;
use crate::data::DataKind;
use crate::nn::Matrix;
use crate::nn::best_of_many::findings;
use crate::nn::best_of_many::random_filters;
use crate::nn::concepts::FACES;
use crate::nn::concepts::best_units;
use crate::nn::corruption::Corruption;
use crate::nn::corruption::CorruptionKind;
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
use crate::train::reproduce::lab::mean;
use crate::train::reproduce::vincent::tied;

/// The row of this paper.
pub const ROWS: [Row; 1] = [Row {
    id: "LE-BEST",
    claim: "the best unit knows a class nobody named",
    source: "Le et al. 2012",
    reported: "faces 81.7 %, guessing 64.8 % (here: digits, 35.2 % each)",
    mark: Mark::Read,
    tier: Tier::Order,
    full: None,
    measure: best,
}];

/// Units of the autoencoder.
const UNITS: usize = 200;

fn best(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits)?;
    let (test, labels) = (&data.test.x, &data.test.labels[..]);
    let score = |activities: &Matrix| -> (Vec<f64>, Vec<f64>) {
        let percent = |x: Real| 100.0 * f64::from(x);
        let same = best_units(activities, labels, 10, FACES).into_iter();
        let others = findings(activities, labels, 10, FACES).into_iter();
        let same = same.map(|d| percent(d.accuracy)).collect();
        (same, others.map(|f| percent(f.held_out)).collect())
    };
    let pixel = score(test);
    let look = &mut rng(lab.seed, Purpose::Look);
    let random = score(&random_filters(test, UNITS, look));
    let pca = score(&lab.baseline(&data).pca.project(test, 64));
    let (mut paper, mut held_out) = (Vec::new(), Vec::new());
    let mut wins = Vec::new();
    for seed in lab.seeds() {
        let mut model = tied(784, UNITS, seed);
        let (kind, level) = (CorruptionKind::Masking, 0.25);
        model.corruption = Corruption { kind, level };
        let (target, weight) = (0.05, 3.0 * 2.0 / 784.0);
        model.sparsity = Sparsity::Kl { target, weight };
        let plan = Plan::adam(100, 12);
        fit(lab, &mut model, &data.train.x, plan, seed)?;
        let found = score(&model.encode(test));
        let pairs = found.0.iter().zip(&pca.0);
        wins.push(pairs.filter(|(own, pca)| own > pca).count() as f64);
        paper.push(mean(&found.0));
        held_out.push(mean(&found.1));
    }
    let line =
        |what: &str, x: f64| Finding::of(what, Unit::Percent).measured(x);
    let near = |middle| Expected::Near(middle, 1.5);
    Ok(vec![
        line("best pixel", mean(&pixel.0)).expect(near(77.5)),
        line("best of 200 random filters", mean(&random.0))
            .expect(near(79.6)),
        line("best of 64 components", mean(&pca.0)).expect(near(80.2)),
        line("the same, chosen on other digits", mean(&pca.1)),
        line("best unit: 2 points above components", mean(&paper))
            .expect(Expected::AtLeast(mean(&pca.0) + 2.0)),
        line("the same, chosen on other digits", mean(&held_out))
            .expect(Expected::AtLeast(mean(&pca.1) + 2.0)),
        Finding::of("classes in which it beats components", Unit::Count)
            .expect(Expected::AtLeast(7.0))
            .measured(mean(&wins)),
    ])
}
