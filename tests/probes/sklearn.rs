//! The program's 32 bits against scikit-learn's 64.

use flate2::read::GzDecoder;
use gargalo::Real;
use gargalo::nn::Matrix;
use gargalo::nn::anomaly::flag;
use gargalo::nn::anomaly::mean_and_deviation;
use gargalo::nn::anomaly::percentile;
use gargalo::nn::class_loss::accuracy;
use gargalo::nn::confusion::Confusion;
use gargalo::nn::confusion::Positive;
use gargalo::nn::kmeans::KMeans;
use gargalo::nn::neighbors::Neighbors;
use gargalo::nn::random::Purpose;
use gargalo::nn::random::rng;
use gargalo::nn::roc::Roc;
use gargalo::nn::softmax::SoftmaxPlan;
use gargalo::nn::softmax::softmax;
use gargalo::nn::stumps::BoostPlan;
use gargalo::nn::stumps::Boosted;
use gargalo::nn::svm::Svm;
use gargalo::nn::svm::SvmPlan;
use gargalo::nn::traversal::normal_quantile;
use ndarray::Axis;
use ndarray::s;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Read as _;

type Rows = Vec<Vec<f64>>;

#[derive(Deserialize)]
struct Values {
    iris: Iris,
    digits: Digits,
    detector: Detector,
    quantiles: Quantiles,
}

#[derive(Deserialize)]
struct Iris {
    x: Rows,
    labels: Vec<u8>,
    decay: Real,
    weights: Rows,
    bias: Vec<f64>,
    probabilities: Rows,
    svm_weights: Rows,
    svm_bias: Vec<f64>,
    centers: Rows,
    start: Vec<usize>,
    inertia: f64,
    members: Vec<usize>,
}

#[derive(Deserialize)]
struct Digits {
    train: usize,
    decay: Real,
    softmax_accuracy: Real,
    softmax_predictions: Vec<u8>,
    svm_accuracy: Real,
    svm_objective: f64,
    neighbors: BTreeMap<usize, Vec<i16>>,
    boosted: BTreeMap<String, Real>,
}

#[derive(Deserialize)]
struct Detector {
    scores: Vec<Real>,
    positive: Vec<bool>,
    threshold: Real,
    precision: f64,
    recall: f64,
    f1: f64,
    normal_precision: f64,
    normal_recall: f64,
    auc: f64,
    false_alarms: Vec<f64>,
    hits: Vec<f64>,
    percentile_90: f64,
    mean: f64,
    deviation: f64,
}

#[derive(Deserialize)]
struct Quantiles {
    p: Vec<f64>,
    z: Vec<f64>,
}

fn values() -> Values {
    let text = include_str!("values.json");
    serde_json::from_str(text).expect("values.json is what make.py wrote")
}

fn matrix(rows: &Rows) -> Matrix {
    Matrix::from_shape_fn((rows.len(), rows[0].len()), |(i, j)| {
        rows[i][j] as Real
    })
}

/// The bytes of a packed IDX file after its header.
fn unpacked(packed: &[u8], header: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut bytes).expect("gzip");
    bytes.split_off(header)
}

/// The small digits in their original order: training, test.
fn digits(train: usize) -> [(Matrix, Vec<u8>); 2] {
    let images =
        include_bytes!("../../lessons/data/digits8-images-idx3-ubyte.gz");
    let labels =
        include_bytes!("../../lessons/data/digits8-labels-idx1-ubyte.gz");
    let (pixels, labels) = (unpacked(images, 16), unpacked(labels, 8));
    let x = Matrix::from_shape_fn((labels.len(), 64), |(i, j)| {
        Real::from(pixels[64 * i + j]) / 16.0
    });
    let (first, rest) = labels.split_at(train);
    [
        (x.slice(s![..train, ..]).to_owned(), first.to_vec()),
        (x.slice(s![train.., ..]).to_owned(), rest.to_vec()),
    ]
}

/// Fails where two numbers differ by more than `bound`.
fn near(found: f64, expected: f64, bound: f64) {
    let gap = (found - expected).abs();
    assert!(gap <= bound, "{found} is not {expected}: off by {gap:e}");
}

#[test]
fn softmax_finds_the_same_minimum() {
    let Iris { x, labels, decay, weights, bias, probabilities, .. } =
        values().iris;
    let x = matrix(&x);
    let plan = SoftmaxPlan { weight_decay: decay, steps: 2000, flat: 1e-7 };
    let model = softmax(&x, &labels, 3, &plan);
    let layer = &model.network.layers[0];
    for (class, expected) in weights.iter().enumerate() {
        for (i, expected) in expected.iter().enumerate() {
            near(layer.weights[[i, class]].into(), *expected, 1e-3);
        }
    }
    // Only differences between biases matter.
    let mean = layer.bias.mean().expect("three classes");
    for (class, expected) in bias.iter().enumerate() {
        near((layer.bias[[0, class]] - mean).into(), *expected, 1e-3);
    }
    let found = model.probabilities(&x);
    for (row, expected) in probabilities.iter().enumerate() {
        for (class, expected) in expected.iter().enumerate() {
            near(found[[10 * row, class]].into(), *expected, 1e-4);
        }
    }
}

#[test]
fn softmax_names_the_same_digits() {
    let values = values().digits;
    let [(x, labels), (x_test, unseen)] = digits(values.train);
    let weight_decay = values.decay;
    let plan = SoftmaxPlan { weight_decay, ..Default::default() };
    let predicted = softmax(&x, &labels, 10, &plan).predict(&x_test);
    let same = accuracy(&predicted, &values.softmax_predictions);
    let found = accuracy(&predicted, &unseen);
    println!("accuracy {found}, equal predictions {same}");
    assert!(same > 0.995, "{same}");
    assert!((found - values.softmax_accuracy).abs() < 0.004, "{found}");
}

#[test]
fn the_svm_finds_the_same_street() {
    let Iris { x, labels, svm_weights, svm_bias, .. } = values().iris;
    let x = matrix(&x);
    let plan = SvmPlan { rounds: 3000, tolerance: 1e-5, price: 1.0 };
    let look = &mut rng(1, Purpose::Look);
    let svm = Svm::fit(&x, &labels, 3, &plan, look);
    for (class, expected) in svm_weights.iter().enumerate() {
        for (i, expected) in expected.iter().enumerate() {
            near(svm.weights[[i, class]].into(), *expected, 1e-3);
        }
        near(svm.bias[[0, class]].into(), svm_bias[class], 1e-3);
    }
}

#[test]
fn the_svm_of_the_digits_is_as_good_and_as_cheap() {
    let values = values().digits;
    let [(x, labels), (x_test, unseen)] = digits(values.train);
    let look = &mut rng(1, Purpose::Look);
    let plan = SvmPlan { price: 1.0, rounds: 300, tolerance: 1e-3 };
    let svm = Svm::fit(&x, &labels, 10, &plan, look);
    let objective = f64::from(svm.objective(&x, &labels, 1.0));
    let ratio = objective / values.svm_objective;
    let found = accuracy(&svm.predict(&x_test), &unseen);
    println!("objective ratio {ratio}, accuracy {found}");
    assert!((0.9999..1.001).contains(&ratio), "{ratio}");
    assert!((found - values.svm_accuracy).abs() < 0.006, "{found}");
}

#[test]
fn neighbors_vote_alike() {
    let values = values().digits;
    let [(x, labels), (x_test, _)] = digits(values.train);
    for (k, expected) in values.neighbors {
        let model = Neighbors::new(x.clone(), labels.clone(), k);
        let predicted = model.predict(&x_test);
        for (row, (p, e)) in predicted.iter().zip(&expected).enumerate() {
            // -1: a draw, which each program settles in its own way.
            assert!(*e == -1 || *e == i16::from(*p), "k {k} row {row}");
        }
    }
}

#[test]
fn centers_settle_in_the_same_place() {
    let Iris { x, centers, start, inertia, members, .. } = values().iris;
    let x = matrix(&x);
    let found = KMeans::from(&x, x.select(Axis(0), &start));
    near(found.inertia.into(), inertia, 1e-5);
    assert_eq!(found.members, members);
    for (row, expected) in centers.iter().enumerate() {
        for (column, expected) in expected.iter().enumerate() {
            near(found.centers[[row, column]].into(), *expected, 1e-6);
        }
    }
}

#[test]
fn boosted_stumps_are_as_good_within_a_point() {
    let values = values().digits;
    let [(x, labels), (x_test, unseen)] = digits(values.train);
    for (name, share) in [("whole", 1.0), ("half", 0.5)] {
        let plan = BoostPlan { share, ..Default::default() };
        let look = &mut rng(1, Purpose::Look);
        let model = Boosted::fit(&x, &labels, 10, &plan, look);
        let found = accuracy(&model.predict(&x_test), &unseen);
        let expected = values.boosted[name];
        println!("{name}: {found}, scikit-learn {expected}");
        assert!((found - expected).abs() < 0.01, "{name}: {found}");
    }
}

#[test]
fn a_detector_has_the_same_figures_for_either_class() {
    let v = values().detector;
    let flagged = flag(&v.scores, v.threshold);
    let c = Confusion::count(&flagged, &v.positive, Positive::Anomaly);
    near(c.precision().into(), v.precision, 1e-6);
    near(c.recall().into(), v.recall, 1e-6);
    near(c.f1().into(), v.f1, 1e-6);
    near(c.swapped().precision().into(), v.normal_precision, 1e-6);
    near(c.swapped().recall().into(), v.normal_recall, 1e-6);
    near(percentile(&v.scores, 90.0).into(), v.percentile_90, 1e-5);
    let (mean, deviation) = mean_and_deviation(&v.scores);
    near(mean.into(), v.mean, 1e-6);
    near(deviation.into(), v.deviation, 1e-6);
}

#[test]
fn the_curve_has_the_same_corners_in_spite_of_ties() {
    let v = values().detector;
    let roc = Roc::of(&v.scores, &v.positive).expect("both kinds");
    near(roc.auc.into(), v.auc, 1e-6);
    assert_eq!(roc.points.len(), v.hits.len());
    let expected = v.false_alarms.iter().zip(&v.hits);
    for (point, (alarms, hits)) in roc.points.iter().zip(expected) {
        near(point.false_alarms.into(), *alarms, 1e-6);
        near(point.hits.into(), *hits, 1e-6);
    }
}

#[test]
fn quantiles_of_the_normal_distribution() {
    let Quantiles { p, z } = values().quantiles;
    for (p, z) in p.into_iter().zip(z) {
        near(normal_quantile(p), z, 3e-7 * (1.0 + z.abs()));
    }
}
