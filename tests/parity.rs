//! The textbook against PyTorch and scikit-learn.
//!
//! `tests/parity/make.py` asked them once; `tests/parity/values.json` keeps
//! their answers. The program computes in 32 bits, they did in 64.

#[path = "parity/conv_vae.rs"]
mod conv_vae;

use gargalo::Real;
use gargalo::data::DataKind;
use gargalo::data::DataSpec;
use gargalo::data::Library;
use gargalo::nn::Matrix;
use gargalo::nn::autoencoder::Autoencoder;
use gargalo::nn::blueprint::Blueprint;
use gargalo::nn::blueprint::Tying;
use gargalo::nn::desk::Desk;
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
use std::collections::BTreeMap;

type Rows = Vec<Vec<f64>>;

#[derive(Deserialize)]
struct Values {
    networks: Vec<Case>,
    pca: PcaValues,
}

#[derive(Deserialize)]
struct Case {
    blueprint: Blueprint,
    weight_decay: Real,
    parameters: Vec<Rows>,
    batch: Rows,
    loss: f64,
    gradients: Vec<Rows>,
    steps: BTreeMap<String, Steps>,
}

#[derive(Deserialize)]
struct Steps {
    learning_rate: Real,
    after: Vec<Rows>,
}

#[derive(Deserialize)]
struct PcaValues {
    mean: Vec<f64>,
    explained_variance: Vec<f64>,
    explained_variance_ratio: Vec<f64>,
    components: Rows,
}

fn values() -> Values {
    let text = include_str!("parity/values.json");
    serde_json::from_str(text).expect("values.json is what make.py wrote")
}

fn matrix(rows: &Rows) -> Matrix {
    Matrix::from_shape_fn((rows.len(), rows[0].len()), |(i, j)| {
        rows[i][j] as Real
    })
}

impl Case {
    fn model(&self) -> Autoencoder {
        let mut model = self.blueprint.build(&mut rng(1, Purpose::Init));
        for (p, rows) in
            model.parameters_mut().into_iter().zip(&self.parameters)
        {
            assert_eq!(p.dim(), (rows.len(), rows[0].len()));
            *p = matrix(rows);
        }
        model.weight_decay = self.weight_decay;
        model
    }
}

fn noise() -> Rng {
    rng(1, Purpose::Noise)
}

/// `|ours - theirs| / |theirs|` over all entries of all matrices.
fn relative(ours: &[&Matrix], theirs: &[Rows]) -> f64 {
    assert_eq!(ours.len(), theirs.len());
    let (mut gap, mut size) = (0.0, 0.0);
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert_eq!(ours.dim(), (theirs.len(), theirs[0].len()));
        for ((i, j), &value) in ours.indexed_iter() {
            gap += (f64::from(value) - theirs[i][j]).powi(2);
            size += theirs[i][j].powi(2);
        }
    }
    (gap / size).sqrt()
}

#[test]
fn losses_and_gradients_are_those_of_pytorch() {
    let cases = values().networks;
    assert_eq!(cases.len(), 8);
    for case in cases {
        let model = case.model();
        let (losses, gradients) = model.gradients(
            &matrix(&case.batch),
            &mut noise(),
            &mut Desk::new(),
        );
        let gap = f64::from(losses.total) / case.loss - 1.0;
        assert!(gap.abs() < 1e-5, "{gap:e} {:?}", case.blueprint);
        for (ours, theirs) in gradients.iter().zip(&case.gradients) {
            let gap = relative(&[ours], std::slice::from_ref(theirs));
            assert!(gap < 1e-5, "{gap:e} {:?}", case.blueprint);
        }
        assert_eq!(gradients.len(), case.gradients.len());
    }
}

#[test]
fn ten_steps_end_where_those_of_pytorch_end() {
    let rules = [
        ("Sgd", Rule::Sgd),
        ("Momentum", Rule::Momentum),
        ("Adam", Rule::Adam),
    ];
    for case in values().networks {
        let x = matrix(&case.batch);
        for (name, rule) in rules {
            let steps = &case.steps[name];
            let mut model = case.model();
            let mut optimizer = Optimizer::new(rule, steps.learning_rate);
            let desk = &mut Desk::new();
            for _ in 0..10 {
                let (_, gradients) =
                    model.gradients(&x, &mut noise(), desk);
                optimizer.step(model.parameters_mut(), &gradients);
            }
            let gap = relative(&model.parameters(), &steps.after);
            assert!(gap < 1e-4, "{gap:e} {name} {:?}", case.blueprint);
            // The steps are far larger than the gap.
            let moved = relative(&case.model().parameters(), &steps.after);
            assert!(moved > 100.0 * gap, "{name} moved {moved:e}");
        }
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
