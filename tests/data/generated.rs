//! Data made by a formula: repeatable, and with the statistics it promises.

use gargalo::data::DataKind;
use gargalo::data::DataSpec;
use gargalo::data::Dataset;
use gargalo::data::Library;
use gargalo::data::Shape;

use super::assert_near;
use super::counts;
use super::mean_and_deviation;
use super::moments;
use super::usual;

const GENERATED: [DataKind; 5] = [
    DataKind::Gauss2d,
    DataKind::Ring2d,
    DataKind::Spiral2d,
    DataKind::Noise,
    DataKind::Shuffled,
];

const CLOUDS: [DataKind; 3] =
    [DataKind::Gauss2d, DataKind::Ring2d, DataKind::Spiral2d];

fn load(spec: DataSpec) -> Dataset {
    Library::embedded().load(&spec).unwrap()
}

/// Many points of a cloud without noise.
fn clean(kind: DataKind) -> DataSpec {
    DataSpec { examples: 20_000, noise: 0.0, ..DataSpec::new(kind) }
}

/// Both coordinates of each training point.
fn points(data: &Dataset) -> Vec<[f64; 2]> {
    let row = |row: ndarray::ArrayView1<'_, f32>| [row[0], row[1]];
    let rows = data.train.x.outer_iter().map(row);
    rows.map(|point| point.map(f64::from)).collect()
}

#[test]
fn the_same_seed_gives_the_same_bits_and_another_seed_others() {
    for kind in GENERATED {
        let spec = |seed| DataSpec { seed, ..DataSpec::new(kind) };
        let (a, b) = (load(spec(5)), load(spec(5)));
        assert_eq!(a, b, "{kind:?}");
        assert_eq!(a.hash, b.hash);
        assert_ne!(a.hash, load(spec(6)).hash, "{kind:?}");
    }
}

#[test]
fn these_data_are_the_same_bits_on_every_system() {
    // The first two were computed by another program in another language.
    for (kind, hash) in [
        (DataKind::Digits, 0x8468_3F1D_B1E9_0F12_u64),
        (DataKind::Onehot, 0x3D81_1F04_3381_F0D5),
        (DataKind::Digits8, 0x7B5E_D1C2_0C8E_F8E9),
        (DataKind::Noise, 0xDE4D_4A26_2CE0_ED5D),
        (DataKind::Shuffled, 0xCD2E_9A4C_FAF3_F458),
    ] {
        let found = usual(kind).hash;
        assert_eq!(found, hash, "{kind:?} {found:#x}");
    }
}

#[test]
fn training_and_test_points_are_different_draws_of_the_same_thing() {
    for kind in CLOUDS {
        let data = usual(kind);
        assert_eq!((data.train.len(), data.test.len()), (2000, 1000));
        assert_eq!(data.shape, Shape::Plane);
        let first = data.train.x.slice(ndarray::s![..1000, ..]);
        assert_ne!(first, data.test.x);
        let (mean, deviation) = mean_and_deviation(&data.train.x);
        let (test_mean, test_deviation) = mean_and_deviation(&data.test.x);
        assert_near(test_mean, mean, 0.15);
        assert_near(test_deviation, deviation, 0.1);
    }
}

#[test]
fn more_points_begin_with_the_same_points() {
    for kind in [&CLOUDS[..], &[DataKind::Noise]].concat() {
        let spec = |examples| DataSpec { examples, ..DataSpec::new(kind) };
        let (few, more) = (load(spec(50)), load(spec(70)));
        assert_eq!(few.train.x, more.train.x.slice(ndarray::s![..50, ..]));
        assert_eq!(few.test, more.test);
    }
}

#[test]
fn the_cloud_has_the_correlation_asked_for() {
    for rho in [-0.5, 0.0, 0.8, 0.99] {
        let spec = clean(DataKind::Gauss2d);
        let data = load(DataSpec { correlation: rho, ..spec });
        let points = points(&data);
        let (mean_1, deviation_1) = moments(points.iter().map(|p| p[0]));
        let (mean_2, deviation_2) = moments(points.iter().map(|p| p[1]));
        let (both, _) = moments(points.iter().map(|p| p[0] * p[1]));
        let found = (both - mean_1 * mean_2) / (deviation_1 * deviation_2);
        // Four standard errors: (1 - rho²)/√n for it, 1/√n for the means.
        let error = 4.0 / (points.len() as f64).sqrt();
        assert_near(found, rho, error * (1.0 - rho * rho));
        assert_near(mean_1, 0.0, error);
        assert_near(mean_2, 0.0, error);
        assert_near(deviation_1, 1.0, error);
        assert_near(deviation_2, 1.0, error);
    }
}

#[test]
fn noise_adds_its_variance_to_the_cloud() {
    let spec = clean(DataKind::Gauss2d);
    let data = load(DataSpec { noise: 0.5, ..spec });
    let (_, deviation) = mean_and_deviation(&data.train.x);
    assert_near(deviation * deviation, 1.25, 0.05);
}

#[test]
fn the_labels_of_the_cloud_are_quarters_along_the_diagonal() {
    let data = load(DataSpec { noise: 0.3, ..clean(DataKind::Gauss2d) });
    for count in counts(&data.train.labels, 4) {
        // Four standard errors of a quarter of 20,000 are 245.
        assert_near(count as f64, 5000.0, 245.0);
    }
    let sums = points(&data).into_iter().map(|[a, b]| a + b);
    let labeled = sums.zip(&data.train.labels);
    let mut highest = [f64::NEG_INFINITY; 4];
    let mut lowest = [f64::INFINITY; 4];
    for (sum, &label) in labeled {
        let label = usize::from(label);
        highest[label] = highest[label].max(sum);
        lowest[label] = lowest[label].min(sum);
    }
    assert!((1..4).all(|i| highest[i - 1] < lowest[i]));
}

#[test]
fn the_shift_moves_the_mean_across_the_diagonal() {
    for kind in CLOUDS {
        let still = load(clean(kind));
        let moved = load(DataSpec { shift: 3.0, ..clean(kind) });
        let step = 3.0 / 2_f64.sqrt();
        for (from, to) in points(&still).iter().zip(points(&moved)) {
            assert_near(to[0] - from[0], step, 1e-6);
            assert_near(to[1] - from[1], -step, 1e-6);
        }
        assert_eq!(still.train.labels, moved.train.labels);
    }
}

#[test]
fn a_ring_without_noise_has_radius_1_and_equal_eighths() {
    let data = load(clean(DataKind::Ring2d));
    for (point, &label) in points(&data).iter().zip(&data.train.labels) {
        assert_near(point[0].hypot(point[1]), 1.0, 1e-6);
        let degrees = point[1].atan2(point[0]).to_degrees();
        let into = degrees.rem_euclid(360.0) - 45.0 * f64::from(label);
        assert!((-1e-4..45.0001).contains(&into), "{degrees} {label}");
    }
    for count in counts(&data.train.labels, 8) {
        assert_near(count as f64, 2500.0, 190.0);
    }
}

#[test]
fn noise_changes_the_radius_of_the_ring_and_not_the_place() {
    let clean = clean(DataKind::Ring2d);
    let noisy = load(DataSpec { noise: 0.1, ..clean.clone() });
    let clean = load(clean);
    let radii = points(&noisy).into_iter().map(|[a, b]| a.hypot(b));
    let (mean, deviation) = moments(radii);
    assert_near(mean, 1.0, 0.003);
    assert_near(deviation, 0.1, 0.002);
    for (from, to) in points(&clean).iter().zip(points(&noisy)) {
        let cross = from[0] * to[1] - from[1] * to[0];
        assert_near(cross, 0.0, 1e-6);
    }
}

#[test]
fn both_arms_of_the_spiral_turn_with_the_radius() {
    let data = load(clean(DataKind::Spiral2d));
    for (point, &label) in points(&data).iter().zip(&data.train.labels) {
        let radius = point[0].hypot(point[1]);
        assert!(radius <= 1.0 + 1e-6);
        // Turn back by the angle that belongs to the radius: what remains
        // is the first arm to the right and the second to the left.
        let angle = -1.25 * std::f64::consts::TAU * radius;
        let right = point[0] * angle.cos() - point[1] * angle.sin();
        let sign = if label == 0 { 1.0 } else { -1.0 };
        assert_near(right, sign * radius, 1e-5);
    }
    for count in counts(&data.train.labels, 2) {
        assert_near(count as f64, 10_000.0, 283.0);
    }
}

#[test]
fn one_bit_states_are_the_identity_matrix() {
    for states in [2, 8, 256] {
        let kind = DataKind::Onehot;
        let data = load(DataSpec { states, ..DataSpec::new(kind) });
        assert_eq!(data.train.x, ndarray::Array2::<f32>::eye(states));
        assert_eq!(data.train, data.test);
        assert_eq!(data.classes.len(), states);
        assert_eq!(usize::from(data.train.labels[states - 1]), states - 1);
        assert_eq!(data.shape, Shape::Bits);
    }
}

#[test]
fn noise_is_as_bright_as_the_digits_and_knows_no_neighbors() {
    let noise = usual(DataKind::Noise).train.x;
    let digits = usual(DataKind::Digits).train.x;
    let (mean, deviation) = mean_and_deviation(&noise);
    assert_near(mean, mean_and_deviation(&digits).0, 0.001);
    assert_near(deviation, 0.265, 0.001);
    // A pixel and its right neighbor, away from the edge of the picture.
    let neighbors = |x: &ndarray::Array2<f32>| {
        let pixel = |i: usize| x.column(i).mapv(f64::from);
        let (a, b) = (pixel(14 * 28 + 13), pixel(14 * 28 + 14));
        let (a, b) = (&a - a.mean().unwrap(), &b - b.mean().unwrap());
        (&a * &b).sum() / ((&a * &a).sum() * (&b * &b).sum()).sqrt()
    };
    assert_near(neighbors(&noise), 0.0, 4.0 / 2000_f64.sqrt());
    assert!(neighbors(&digits) > 0.5, "{}", neighbors(&digits));
}

#[test]
fn shuffled_digits_have_the_same_pixels_in_other_places() {
    let spec = |seed| DataSpec {
        examples: 200,
        seed,
        ..DataSpec::new(DataKind::Shuffled)
    };
    let shuffled = load(spec(1));
    let digits = load(DataSpec { kind: DataKind::Digits, ..spec(1) });
    assert_eq!(shuffled.train.labels, digits.train.labels);
    let sorted = |x: ndarray::ArrayView1<'_, f32>| {
        let mut values = x.to_vec();
        values.sort_by(f32::total_cmp);
        values
    };
    let pairs =
        shuffled.train.x.outer_iter().zip(digits.train.x.outer_iter());
    for (a, b) in pairs {
        assert_ne!(a, b);
        assert_eq!(sorted(a), sorted(b));
    }
    // The shuffle is the same for all pictures: columns are moved whole.
    let columns = |x: &ndarray::Array2<f32>| {
        let mut columns: Vec<Vec<u32>> = x
            .columns()
            .into_iter()
            .map(|column| column.iter().map(|v| v.to_bits()).collect())
            .collect();
        columns.sort();
        columns
    };
    assert_eq!(columns(&shuffled.train.x), columns(&digits.train.x));
    assert_eq!(columns(&shuffled.test.x), columns(&digits.test.x));
}
