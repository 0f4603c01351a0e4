//! Generated sets with known causes: the causes explain the examples.

use gargalo::data::DataKind;
use gargalo::data::DataSpec;
use gargalo::data::Dataset;
use gargalo::data::Library;
use gargalo::data::Shape;

use super::assert_near;
use super::counts;
use super::moments;
use super::usual;

const KNOWN: [DataKind; 3] =
    [DataKind::Shapes, DataKind::Curves, DataKind::Rotated];

fn load(kind: DataKind, examples: usize) -> Dataset {
    let spec = DataSpec { examples, ..DataSpec::new(kind) };
    Library::embedded().load(&spec).unwrap()
}

#[test]
fn every_example_has_its_causes_beside_it() {
    for kind in KNOWN {
        let data = usual(kind);
        let factors = data.factors.unwrap();
        assert_eq!(factors.train.nrows(), data.train.len());
        assert_eq!(factors.test.nrows(), data.test.len());
        assert_eq!(factors.train.ncols(), factors.names.len());
        assert_eq!(data.shape, Shape::Image { width: 28, height: 28 });
    }
    assert_eq!(usual(DataKind::Digits).factors, None);
}

#[test]
fn more_examples_begin_with_the_same_ones() {
    for kind in [
        DataKind::Shapes,
        DataKind::Curves,
        DataKind::Rotated,
        DataKind::Backgrounds,
        DataKind::Circles2,
        DataKind::Mix8,
    ] {
        let (few, more) = (load(kind, 30), load(kind, 50));
        let first = ndarray::s![..30, ..];
        assert_eq!(few.train.x, more.train.x.slice(first), "{kind:?}");
        assert_eq!(few.test, more.test);
        let again = load(kind, 30);
        assert_eq!(few.hash, again.hash);
        if let (Some(few), Some(more)) = (few.factors, more.factors) {
            assert_eq!(few.train, more.train.slice(first));
        }
    }
}

#[test]
fn the_middle_of_a_square_is_where_its_factors_say() {
    let data = load(DataKind::Shapes, 500);
    let factors = data.factors.unwrap().train;
    for (i, row) in data.train.x.outer_iter().enumerate() {
        let known = factors.row(i);
        assert_eq!(known[0] as u8, data.train.labels[i]);
        if known[0] != 0.0 {
            continue;
        }
        let ink: f64 = row.iter().map(|&v| f64::from(v)).sum();
        let place = |step: usize| {
            let at = |i: usize| (i / step % 28) as f64 + 0.5;
            let sum =
                row.indexed_iter().map(|(i, &v)| at(i) * f64::from(v));
            sum.sum::<f64>() / ink
        };
        assert_near(place(1), 14.0 + 5.0 * f64::from(known[1]), 0.1);
        assert_near(place(28), 14.0 + 5.0 * f64::from(known[2]), 0.1);
        let side = 2_f64.sqrt() * 8.0 * f64::from(known[3]);
        assert_near(ink, side * side, 0.05 * side * side);
    }
}

#[test]
fn factors_are_drawn_evenly_and_independently() {
    let data = load(DataKind::Shapes, 4000);
    for count in counts(&data.train.labels, 3) {
        assert_near(count as f64, 4000.0 / 3.0, 120.0);
    }
    let factors = data.factors.unwrap().train;
    for (column, low, high) in
        [(1, -1.0, 1.0), (2, -1.0, 1.0), (3, 0.5, 1.0), (4, 0.0, 360.0)]
    {
        let values = factors.column(column);
        let (mean, deviation) =
            moments(values.iter().map(|&v| f64::from(v)));
        let width = high - low;
        assert_near(mean, (low + high) / 2.0, 0.02 * width);
        assert_near(deviation, width / 12_f64.sqrt(), 0.02 * width);
    }
    let product = factors.column(1).into_iter().zip(factors.column(3));
    let (both, _) = moments(
        product.map(|(&x, &s)| f64::from(x) * (f64::from(s) - 0.75)),
    );
    assert_near(both, 0.0, 0.01);
}

#[test]
fn a_curve_has_ink_at_its_three_points() {
    let data = load(DataKind::Curves, 500);
    let factors = data.factors.unwrap();
    assert_eq!(factors.names.len(), 6);
    for (row, known) in
        data.train.x.outer_iter().zip(factors.train.outer_iter())
    {
        for point in 0..3 {
            let at = |v: f32| (14.0 + 10.0 * v) as usize;
            let (x, y) = (at(known[2 * point]), at(known[2 * point + 1]));
            assert!(row[28 * y + x] > 0.5, "{known}");
        }
        assert!(known[0] <= known[4], "the first end is the left one");
    }
}

#[test]
fn curves_need_more_than_six_straight_axes() {
    // Six numbers make a curve, yet no six axes hold the curves: that is
    // what the deep autoencoder is for.
    let data = usual(DataKind::Curves);
    let pca = gargalo::nn::pca::Pca::fit(&data.train.x, 6);
    let all: f32 = pca.eigenvalues.iter().sum();
    let six: f32 = pca.eigenvalues[..6].iter().sum();
    assert!((0.1..0.6).contains(&(six / all)), "{}", six / all);
}

#[test]
fn turned_digits_keep_their_labels_and_most_of_their_ink() {
    let (turned, digits) =
        (load(DataKind::Rotated, 300), load(DataKind::Digits, 300));
    assert_eq!(turned.train.labels, digits.train.labels);
    let rows = turned.train.x.outer_iter().zip(digits.train.x.outer_iter());
    for (a, b) in rows {
        assert_near(f64::from(a.sum() / b.sum()), 1.0, 0.04);
    }
    let angles = turned.factors.unwrap().train;
    let (mean, _) = moments(angles.iter().map(|&v| f64::from(v)));
    assert_near(mean, 180.0, 30.0);
}

#[test]
fn the_background_is_uniform_and_hides_behind_ink() {
    let (noisy, digits) =
        (load(DataKind::Backgrounds, 200), load(DataKind::Digits, 200));
    assert_eq!(noisy.train.labels, digits.train.labels);
    let mut behind = Vec::new();
    for (&a, &b) in noisy.train.x.iter().zip(&digits.train.x) {
        assert!(a >= b && a <= 1.0);
        if b == 0.0 {
            behind.push(f64::from(a));
        }
    }
    let (mean, deviation) = moments(behind.into_iter());
    assert_near(mean, 0.5, 0.005);
    assert_near(deviation, 1.0 / 12_f64.sqrt(), 0.005);
}

#[test]
fn two_circles_have_half_the_points_each_and_no_line_between() {
    let kind = DataKind::Circles2;
    let spec =
        DataSpec { examples: 20_000, noise: 0.0, ..DataSpec::new(kind) };
    let data = Library::embedded().load(&spec).unwrap();
    for (row, &label) in data.train.x.outer_iter().zip(&data.train.labels) {
        let radius = f64::from(row[0]).hypot(f64::from(row[1]));
        assert_near(radius, 0.5 + 0.5 * f64::from(label), 1e-6);
    }
    assert_near(counts(&data.train.labels, 2)[0] as f64, 10_000.0, 283.0);
}

#[test]
fn eight_clusters_have_their_middles_on_a_circle() {
    let data = load(DataKind::Mix8, 20_000);
    for cluster in 0..8_u8 {
        let rows = data.train.x.outer_iter().zip(&data.train.labels);
        let mine: Vec<_> =
            rows.filter(|&(_, &l)| l == cluster).map(|(r, _)| r).collect();
        assert_near(mine.len() as f64, 2500.0, 190.0);
        let (sin, cos) =
            (f64::from(cluster) * std::f64::consts::FRAC_PI_4).sin_cos();
        for (i, expected) in [cos, sin].into_iter().enumerate() {
            let values = mine.iter().map(|row| f64::from(row[i]));
            let (mean, deviation) = moments(values);
            assert_near(mean, expected, 0.005);
            assert_near(deviation, 0.05, 0.005);
        }
    }
}
