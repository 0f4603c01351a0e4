//! Networks for pictures and variational autoencoders against PyTorch.
//!
//! `make_conv_vae.py` asked it once, `values_conv_vae.json` keeps what it
//! said.

use super::compare::Gaps;
use gargalo::Real;
use gargalo::nn::Matrix;
use gargalo::nn::activation::Activation;
use gargalo::nn::blueprint::Blueprint;
use gargalo::nn::convolutional::Convolutional;
use gargalo::nn::desk::Desk;
use gargalo::nn::gradient::written;
use gargalo::nn::image_plan::ImagePlan;
use gargalo::nn::loss::Loss;
use gargalo::nn::model::Losses;
use gargalo::nn::model::Model;
use gargalo::nn::optimizer::Optimizer;
use gargalo::nn::optimizer::Rule;
use gargalo::nn::random::Purpose;
use gargalo::nn::random::rng;
use gargalo::nn::variational::Reduction;
use gargalo::nn::variational::Variational;
use serde::Deserialize;

#[derive(Deserialize)]
struct Values {
    steps: usize,
    learning_rate: Real,
    sizes: [usize; 3],
    convolutional: Vec<Pictures>,
    variational: Vec<Drawn>,
}

#[derive(Deserialize)]
struct Pictures {
    name: String,
    #[serde(flatten)]
    said: Said,
}

#[derive(Deserialize)]
struct Drawn {
    loss_function: Loss,
    reduction: Reduction,
    reconstruction_weight: Real,
    kl_weight: Real,
    noise: Vec<f64>,
    #[serde(flatten)]
    said: Said,
}

/// Matrices line by line; shapes are those of the model.
#[derive(Deserialize)]
struct Said {
    parameters: Vec<Vec<f64>>,
    batch: Vec<f64>,
    loss: f64,
    gradients: Vec<Vec<f64>>,
    after: Vec<Vec<f64>>,
}

fn values() -> Values {
    let text = include_str!("values_conv_vae.json");
    serde_json::from_str(text).expect("what make_conv_vae.py wrote")
}

fn matrix(rows: usize, values: &[f64]) -> Matrix {
    let columns = values.len() / rows;
    let values = values.iter().map(|&v| v as Real).collect();
    Matrix::from_shape_vec((rows, columns), values).expect("whole rows")
}

impl Pictures {
    fn model(&self) -> Convolutional {
        let plan = match self.name.as_str() {
            "tensorflow" => ImagePlan::tensorflow(),
            _ => ImagePlan::keras(),
        };
        let mut model = plan.build(&mut rng(1, Purpose::Init));
        self.said.fill(&mut model);
        model
    }
}

impl Drawn {
    fn model(&self, sizes: [usize; 3]) -> Variational {
        let mut plan = Blueprint::linear(sizes[0], sizes[2]);
        plan.hidden = vec![sizes[1]];
        plan.activation = Activation::Relu;
        plan.loss = self.loss_function;
        let mut model = Variational::new(&plan, &mut rng(1, Purpose::Init));
        self.said.fill(&mut model);
        model.reduction = self.reduction;
        model.reconstruction_weight = self.reconstruction_weight;
        model.kl_weight = self.kl_weight;
        model
    }
}

impl Said {
    fn fill(&self, model: &mut dyn Model) {
        let (n, m) = (model.parameters().len(), self.parameters.len());
        assert_eq!(n, m);
        for (p, said) in
            model.parameters_mut().into_iter().zip(&self.parameters)
        {
            assert_eq!(p.len(), said.len());
            *p = matrix(p.nrows(), said);
        }
    }
}

/// `|ours - theirs| / |theirs|` over all entries of one matrix.
fn relative(ours: &Matrix, theirs: &[f64]) -> f64 {
    assert_eq!(ours.len(), theirs.len());
    let (mut gap, mut size) = (0.0, 0.0);
    for (&ours, theirs) in ours.iter().zip(theirs) {
        gap += (f64::from(ours) - theirs).powi(2);
        size += theirs * theirs;
    }
    (gap / size).sqrt()
}

/// One look, then ten steps of Adam; prints and returns the largest
/// relative difference of loss, gradients and weights.
fn compare<M: Model>(
    name: &str,
    mut model: M,
    said: &Said,
    look: impl Fn(&M) -> (Losses, Vec<Matrix>),
) -> f64 {
    let (losses, gradients) = look(&model);
    let loss = (f64::from(losses.total) / said.loss - 1.0).abs();
    let pairs = gradients.iter().zip(&said.gradients);
    let parts = pairs.map(|(g, said)| relative(g, said));
    let largest = parts.fold(0.0, f64::max);
    assert_eq!(gradients.len(), said.gradients.len());
    let values = values();
    let before: Vec<Matrix> =
        model.parameters().into_iter().cloned().collect();
    let mut optimizer = Optimizer::new(Rule::Adam, values.learning_rate);
    for _ in 0..values.steps {
        let (_, gradients) = look(&model);
        optimizer.step(model.parameters_mut(), &gradients);
    }
    let mut weights: f64 = 0.0;
    for ((ours, said), before) in
        model.parameters().into_iter().zip(&said.after).zip(&before)
    {
        weights = weights.max(relative(ours, said));
        // The steps are far larger than the gap.
        assert!(relative(before, said) > 100.0 * relative(ours, said));
    }
    let gaps = Gaps { loss, gradients: largest, weights };
    gaps.tell(name);
    gaps.largest()
}

#[test]
fn both_networks_for_pictures() {
    let cases = values().convolutional;
    assert_eq!(cases.len(), 2);
    for case in cases {
        let x = matrix(3, &case.said.batch);
        let look = |model: &Convolutional| {
            let mut noise = rng(1, Purpose::Noise);
            let desk = &mut Desk::new();
            let (losses, all) = model.gradients(&x, &mut noise, desk);
            (losses, all.into_vec())
        };
        let named = format!("convolutional, {}", case.name);
        let gap = compare(&named, case.model(), &case.said, look);
        assert!(gap < 1e-4, "{} {gap:e}", case.name);
    }
}

#[test]
fn variational_autoencoders_with_given_noise() {
    let values = values();
    assert_eq!(values.variational.len(), 4);
    for case in values.variational {
        let x = matrix(5, &case.said.batch);
        let noise = matrix(5, &case.noise);
        let look = |model: &Variational| {
            let desk = &mut Desk::new();
            let (losses, all) = model.learn_with(&x, &x, &noise, desk);
            (losses, written(all, desk).into_vec())
        };
        let kind = (case.loss_function, case.reduction);
        let name = format!("variational, {kind:?}");
        let model = case.model(values.sizes);
        let gap = compare(&name, model, &case.said, look);
        assert!(gap < 1e-4, "{name} {gap:e}");
    }
}
