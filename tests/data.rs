//! The data sets: what is inside the program, what a user may bring, what
//! is made by a formula, and what is refused.

#[path = "data/brought.rs"]
mod brought;
#[path = "data/embedded.rs"]
mod embedded;
#[path = "data/folder.rs"]
mod folder;
#[path = "data/generated.rs"]
mod generated;
#[path = "data/made.rs"]
mod made;
#[path = "data/own.rs"]
mod own;
#[path = "data/real.rs"]
mod real;
#[path = "data/refused.rs"]
mod refused;
#[path = "data/sha256.rs"]
mod sha256;
#[path = "data/user.rs"]
mod user;

use gargalo::data::DataKind;
use gargalo::data::DataSpec;
use gargalo::data::Dataset;
use gargalo::data::Library;
use gargalo::nn::Matrix;

/// A built-in data set with its usual settings.
fn usual(kind: DataKind) -> Dataset {
    Library::embedded().load(&DataSpec::new(kind)).unwrap()
}

/// Mean and standard deviation of all numbers.
fn mean_and_deviation(x: &Matrix) -> (f64, f64) {
    moments(x.iter().map(|&value| f64::from(value)))
}

/// Mean and standard deviation.
fn moments(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (mut n, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for value in values {
        n += 1.0;
        sum += value;
        squares += value * value;
    }
    let mean = sum / n;
    (mean, (squares / n - mean * mean).sqrt())
}

/// How often each class comes.
fn counts(labels: &[u8], classes: usize) -> Vec<usize> {
    let mut counts = vec![0; classes];
    labels.iter().for_each(|&label| counts[usize::from(label)] += 1);
    counts
}

/// Whether two numbers differ by at most `tolerance`.
#[track_caller]
fn assert_near(found: f64, expected: f64, tolerance: f64) {
    let near = (found - expected).abs() <= tolerance;
    assert!(near, "found {found}, expected {expected} within {tolerance}");
}
