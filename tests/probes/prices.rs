//! The prices of weights that linear probes have by default were chosen on
//! labels of the training set, half of it against the other half. No test
//! example has a say in them.

use super::digits::load;
use gargalo::Real;
use gargalo::data::DataKind;
use gargalo::nn::Matrix;
use gargalo::nn::pca::Pca;
use gargalo::nn::probe::Probe;
use gargalo::nn::probe::ProbePlan;
use gargalo::nn::probe::per_class;
use gargalo::nn::random::Purpose;
use gargalo::nn::random::rng;
use gargalo::nn::softmax::SoftmaxPlan;
use gargalo::nn::svm::SvmPlan;
use ndarray::Axis;
use ndarray::s;

/// Labels per class.
const BUDGETS: [usize; 3] = [5, 20, 50];

/// Training examples: the first half is fitted, the second one asked.
const SEEN: usize = 1400;

/// A price may be this much worse than the best one of the row.
const SLACK: Real = 0.01;

/// Examples, as they are and as sixteen components, with their labels.
fn views(kind: DataKind) -> ([Matrix; 2], Vec<u8>) {
    let data = load(kind);
    let x = data.train.x.slice(s![..SEEN, ..]).to_owned();
    let components = Pca::fit(&x, 16).project(&x, 16);
    ([x, components], data.train.labels[..SEEN].to_vec())
}

/// The mean accuracy of a probe over data, views and budgets.
fn accuracy(plan: &ProbePlan) -> Real {
    let mut all = Vec::new();
    for kind in [DataKind::Digits8, DataKind::Digits, DataKind::Fashion] {
        let (views, labels) = views(kind);
        let (fitted, asked) = labels.split_at(SEEN / 2);
        for x in views {
            let (low, high) = x.view().split_at(Axis(0), SEEN / 2);
            for budget in BUDGETS {
                let rows = per_class(fitted, budget);
                let known: Vec<u8> =
                    rows.iter().map(|&row| fitted[row]).collect();
                let codes = low.select(Axis(0), &rows);
                let look = &mut rng(1, Purpose::Look);
                let probe = Probe::fit(plan, &codes, &known, 10, look);
                all.push(probe.accuracy(&high.to_owned(), asked));
            }
        }
    }
    all.iter().sum::<Real>() / all.len() as Real
}

/// The accuracy with the usual price, and the best with another one.
fn compare(
    name: &str,
    usual: Real,
    prices: &[Real],
    plan: impl Fn(Real) -> ProbePlan,
) {
    let mut best: Real = 0.0;
    for &price in prices {
        let found = accuracy(&plan(price));
        println!("{name} with {price}: {found}");
        best = best.max(found);
    }
    let found = accuracy(&plan(usual));
    println!("{name} with {usual}, as usual: {found}");
    assert!(found > best - SLACK, "{name}: {found}, best {best}");
}

#[test]
fn the_usual_price_of_a_softmax_is_good_on_training_labels() {
    let usual = SoftmaxPlan::default();
    let prices = [1e-4, 1e-3, 1e-2, 1e-1];
    compare("softmax", usual.weight_decay, &prices, |weight_decay| {
        ProbePlan::Softmax(SoftmaxPlan { weight_decay, ..usual })
    });
}

#[test]
fn the_usual_price_of_a_wide_street_is_good_on_training_labels() {
    let usual = SvmPlan::default();
    let prices = [1e-3, 1e-2, 1e-1, 1.0];
    compare("svm", usual.price, &prices, |price| {
        ProbePlan::Svm(SvmPlan { price, ..usual })
    });
}
