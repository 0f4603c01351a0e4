//! What every family of models is asked: the loss, all gradients, and the
//! weights after ten steps of every optimizer.

use gargalo::Real;
use gargalo::nn::Matrix;
use gargalo::nn::desk::Sheets;
use gargalo::nn::model::Losses;
use gargalo::nn::model::Model;
use gargalo::nn::optimizer::Optimizer;
use gargalo::nn::optimizer::Rule;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How far any of it may be off, relative to its size.
pub const TOLERANCE: f64 = 1e-4;

pub type Rows = Vec<Vec<f64>>;

/// What `asked` of common.py wrote.
#[derive(Deserialize)]
pub struct Asked {
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

/// The largest relative differences.
#[derive(Debug, Clone, Copy)]
pub struct Gaps {
    pub loss: f64,
    pub gradients: f64,
    pub weights: f64,
}

impl Gaps {
    pub fn largest(self) -> f64 {
        self.loss.max(self.gradients).max(self.weights)
    }

    /// Prints the line of the table; CONTRIBUTING.md names the command.
    pub fn tell(self, model: &str) {
        println!(
            "parity: {model:50} {:.0e}  (loss {:.0e}, gradients {:.0e}, \
             ten steps {:.0e})",
            self.largest(),
            self.loss,
            self.gradients,
            self.weights
        );
    }
}

pub fn matrix(rows: &Rows) -> Matrix {
    Matrix::from_shape_fn((rows.len(), rows[0].len()), |(i, j)| {
        rows[i][j] as Real
    })
}

/// `|ours - theirs| / |theirs|` over all entries of all matrices.
pub fn relative(ours: &[&Matrix], theirs: &[Rows]) -> f64 {
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

/// Gives a model these parameters.
pub fn give(model: &mut dyn Model, parameters: &[Rows]) {
    let places = model.parameters_mut();
    assert_eq!(places.len(), parameters.len());
    for (place, rows) in places.into_iter().zip(parameters) {
        assert_eq!(place.dim(), (rows.len(), rows[0].len()));
        *place = matrix(rows);
    }
}

impl Asked {
    /// The examples.
    pub fn batch(&self) -> Matrix {
        matrix(&self.batch)
    }

    /// Asks `model` the same, who learns by `learn`.
    pub fn compare<M: Model>(
        &self,
        model: &mut M,
        learn: &mut dyn FnMut(&M) -> (Losses, Sheets),
    ) -> Gaps {
        give(model, &self.parameters);
        let (losses, gradients) = learn(model);
        let loss = (f64::from(losses.total) / self.loss - 1.0).abs();
        assert_eq!(gradients.len(), self.gradients.len());
        let parts = gradients.iter().zip(&self.gradients);
        let parts = parts.map(|(ours, theirs)| {
            relative(&[ours], std::slice::from_ref(theirs))
        });
        let gradients = parts.fold(0.0, f64::max);
        let mut weights: f64 = 0.0;
        for rule in ["Sgd", "Momentum", "Adam"] {
            weights = weights.max(self.after_ten(rule, model, learn));
        }
        Gaps { loss, gradients, weights }
    }

    /// The gap after ten steps of a rule.
    fn after_ten<M: Model>(
        &self,
        rule: &str,
        model: &mut M,
        learn: &mut dyn FnMut(&M) -> (Losses, Sheets),
    ) -> f64 {
        let steps = &self.steps[rule];
        let known = match rule {
            "Sgd" => Rule::Sgd,
            "Momentum" => Rule::Momentum,
            _ => Rule::Adam,
        };
        give(model, &self.parameters);
        let mut optimizer = Optimizer::new(known, steps.learning_rate);
        for _ in 0..10 {
            let (_, gradients) = learn(model);
            optimizer.step(model.parameters_mut(), &gradients);
        }
        let gap = relative(&model.parameters(), &steps.after);
        // The steps are far larger than the gap.
        give(model, &self.parameters);
        let moved = relative(&model.parameters(), &steps.after);
        assert!(moved > 100.0 * gap, "{rule} moved {moved:e}, gap {gap:e}");
        gap
    }
}
