//! Small networks of every activation, loss and tying; principal
//! components.

use super::compare::Asked;
use super::compare::Rows;
use super::compare::TOLERANCE;
use super::compare::relative;
use gargalo::Real;
use gargalo::data::DataKind;
use gargalo::data::DataSpec;
use gargalo::data::Library;
use gargalo::nn::Matrix;
use gargalo::nn::blueprint::Blueprint;
use gargalo::nn::blueprint::Tying;
use gargalo::nn::desk::Desk;
use gargalo::nn::loss::Loss;
use gargalo::nn::model::Model as _;
use gargalo::nn::optimizer::Optimizer;
use gargalo::nn::optimizer::Rule;
use gargalo::nn::pca::Pca;
use gargalo::nn::random::Purpose;
use gargalo::nn::random::Rng;
use gargalo::nn::random::rng;
use ndarray::Axis;
use ndarray::concatenate;
use serde::Deserialize;

#[derive(Deserialize)]
struct Values {
    networks: Vec<Case>,
    pca: PcaValues,
}

#[derive(Deserialize)]
struct Case {
    blueprint: Blueprint,
    weight_decay: Real,
    #[serde(flatten)]
    asked: Asked,
}

#[derive(Deserialize)]
struct PcaValues {
    mean: Vec<f64>,
    explained_variance: Vec<f64>,
    explained_variance_ratio: Vec<f64>,
    components: Rows,
}

fn values() -> Values {
    let text = include_str!("values.json");
    serde_json::from_str(text).expect("values.json is what make.py wrote")
}

/// A network in a few words.
fn named(plan: &Blueprint) -> String {
    let bends = [plan.activation, plan.output_activation].map(|a| {
        let name = format!("{a:?}");
        name.to_lowercase()
    });
    let [inner, last] = bends;
    let loss = match plan.loss {
        Loss::SquaredError => "squared",
        Loss::CrossEntropy => "cross-entropy",
    };
    let depth = plan.hidden.len();
    let tied = if plan.tying == Tying::Tied { ", tied" } else { "" };
    format!("{depth} hidden, {inner}, {last}, {loss}{tied}")
}

fn noise() -> Rng {
    rng(1, Purpose::Noise)
}

#[test]
fn networks_are_those_of_pytorch() {
    let cases = values().networks;
    assert_eq!(cases.len(), 8);
    for case in &cases {
        let mut model = case.blueprint.build(&mut rng(1, Purpose::Init));
        model.weight_decay = case.weight_decay;
        let (x, desk) = (case.asked.batch(), &mut Desk::new());
        let gaps = case.asked.compare(&mut model, &mut |model| {
            model.gradients(&x, &mut noise(), desk)
        });
        gaps.tell(&named(&case.blueprint));
        let all = (gaps.loss.max(gaps.gradients), gaps.weights);
        assert!(all.0 < 1e-5, "{gaps:?} {:?}", case.blueprint);
        assert!(all.1 < TOLERANCE, "{gaps:?} {:?}", case.blueprint);
    }
}

#[test]
fn principal_components_are_those_of_scikit_learn() {
    let spec = DataSpec::new(DataKind::Digits8);
    let digits = Library::embedded().load(&spec).expect("embedded");
    let parts = [digits.train.x.view(), digits.test.x.view()];
    let x = concatenate(Axis(0), &parts).expect("equal widths");
    assert_eq!(x.dim(), (1797, 64));
    let (pca, theirs) = (Pca::fit(&x, 10), values().pca);
    // scikit-learn divides a variance by n - 1, the textbook by n.
    let n = x.nrows() as f64;
    for i in 0..10 {
        let ours = f64::from(pca.eigenvalues[i]) * n / (n - 1.0);
        let gap = ours / theirs.explained_variance[i] - 1.0;
        assert!(gap.abs() < 1e-4, "variance {i}: {gap:e}");
        let share = f64::from(pca.explained()[i]);
        let gap = share / theirs.explained_variance_ratio[i] - 1.0;
        assert!(gap.abs() < 1e-4, "share {i}: {gap:e}");
    }
    let gap = relative(&[&pca.mean], &[vec![theirs.mean]]);
    assert!(gap < 1e-5, "mean: {gap:e}");
    let axes = pca.axes(10);
    for i in 0..10 {
        for j in 0..64 {
            let gap = f64::from(axes[[i, j]]) - theirs.components[i][j];
            assert!(gap.abs() < 1e-4, "component {i}, {j}: {gap:e}");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_model_bit_for_bit() {
    let mut plan = Blueprint::linear(20, 5);
    plan.hidden = vec![10];
    for tying in [Tying::Free, Tying::Tied] {
        plan.tying = tying;
        let train = |seed| {
            let mut draws = rng(seed, Purpose::Init);
            let mut model = plan.build(&mut draws);
            model.code_noise = 0.5;
            let mut optimizer = Optimizer::new(Rule::Adam, 0.01);
            let mut noise = rng(seed, Purpose::Noise);
            let x = Matrix::from_shape_fn((30, 20), |(i, j)| {
                ((i * 7 + j * 3) % 11) as Real / 10.0
            });
            let desk = &mut Desk::new();
            for _ in 0..50 {
                let (_, gradients) = model.gradients(&x, &mut noise, desk);
                optimizer.step(model.parameters_mut(), &gradients);
            }
            let all = model.parameters().into_iter().flatten();
            all.map(|w| w.to_bits()).collect::<Vec<u32>>()
        };
        assert_eq!(train(7), train(7));
        assert_ne!(train(7), train(8));
    }
}
