//! The real data sets besides the digits have the counts and statistics
//! that `lessons/data/README.md` states.

use gargalo::data::DataKind;
use gargalo::data::DataSpec;
use gargalo::data::Dataset;
use gargalo::data::Library;
use gargalo::data::Shape;
use gargalo::data::Whitening;
use gargalo::nn::Matrix;

use super::assert_near;
use super::counts;
use super::mean_and_deviation;
use super::moments;
use super::usual;

const PICTURE: Shape = Shape::Image { width: 28, height: 28 };

#[test]
fn the_clothes_are_the_published_ones() {
    let data = usual(DataKind::Fashion);
    assert_eq!(data.train.x.dim(), (5000, 784));
    assert_eq!(data.test.x.dim(), (1000, 784));
    assert_eq!(data.shape, PICTURE);
    assert_eq!(data.classes[9], "ankle boot");
    let (mean, deviation) = mean_and_deviation(&data.train.x);
    assert_near(mean, 0.2861, 5e-5);
    assert_near(deviation, 0.3544, 5e-5);
    let (mean, deviation) = mean_and_deviation(&data.test.x);
    assert_near(mean, 0.2894, 5e-5);
    assert_near(deviation, 0.3563, 5e-5);
    assert_eq!(
        counts(&data.train.labels, 10),
        [457, 556, 504, 501, 488, 493, 493, 512, 490, 506]
    );
    assert_eq!(
        counts(&data.test.labels, 10),
        [98, 101, 98, 88, 97, 105, 97, 104, 107, 105]
    );
    // The first labels of Fashion-MNIST: ankle boot, T-shirt, T-shirt ...
    assert_eq!(data.train.labels[..10], [9, 0, 0, 3, 0, 2, 7, 2, 5, 5]);
}

#[test]
fn there_are_eighty_and_twenty_sketches_of_each_thing() {
    let data = usual(DataKind::Sketches);
    assert_eq!(data.train.x.dim(), (1600, 784));
    assert_eq!(data.shape, PICTURE);
    assert_eq!(counts(&data.train.labels, 20), [80; 20]);
    assert_eq!(counts(&data.test.labels, 20), [20; 20]);
    for name in ["cat", "face", "dog", "eye", "hand", "house", "car"] {
        assert!(data.classes.iter().any(|class| class == name), "{name}");
    }
    let spec =
        DataSpec { examples: 20, ..DataSpec::new(DataKind::Sketches) };
    let few = Library::embedded().load(&spec).unwrap();
    assert_eq!(counts(&few.train.labels, 20), [1; 20]);
}

#[test]
fn sketches_are_in_the_middle_of_their_pictures() {
    let data = usual(DataKind::Sketches);
    for x in [&data.train.x, &data.test.x] {
        for row in x.outer_iter() {
            let inked = || (0..784).filter(|&i| row[i] > 0.0);
            let [columns, rows] = [1, 28].map(|step| {
                let place = |i: usize| i / step % 28;
                let low = inked().map(place).min().unwrap();
                low + inked().map(place).max().unwrap()
            });
            assert!((26..=27).contains(&columns), "{columns}");
            assert!((26..=27).contains(&rows), "{rows}");
        }
    }
    let (mean, deviation) = mean_and_deviation(&data.train.x);
    assert_near(mean, 0.150, 1e-3);
    assert_near(deviation, 0.312, 1e-3);
}

fn patches(whitening: Whitening, patch: usize) -> Dataset {
    let kind = DataKind::Patches;
    let spec = DataSpec { whitening, patch, ..DataSpec::new(kind) };
    Library::embedded().load(&spec).unwrap()
}

/// The correlation of a pixel with its right neighbor, over all patches.
fn neighbors(x: &Matrix, at: usize) -> f64 {
    let pixel = |i: usize| x.column(i).mapv(f64::from);
    let (a, b) = (pixel(at), pixel(at + 1));
    let (a, b) = (&a - a.mean().unwrap(), &b - b.mean().unwrap());
    (&a * &b).sum() / ((&a * &a).sum() * (&b * &b).sum()).sqrt()
}

#[test]
fn patches_as_they_are_go_from_black_to_white() {
    let data = patches(Whitening::Off, 12);
    assert_eq!(data.train.x.dim(), (10_000, 144));
    assert_eq!(data.test.x.dim(), (2000, 144));
    assert_eq!(data.shape, Shape::Image { width: 12, height: 12 });
    assert!(data.train.x.iter().all(|v| (0.0..=1.0).contains(v)));
    // The photographs: mean 128.1 of 255, deviation 63.1.
    let (mean, deviation) = mean_and_deviation(&data.train.x);
    assert_near(mean, 0.50, 0.05);
    assert_near(deviation, 0.25, 0.03);
    assert!(neighbors(&data.train.x, 70) > 0.95);
}

#[test]
fn whitened_patches_have_deviation_1_and_free_neighbors() {
    let data = patches(Whitening::Zca, 8);
    assert_eq!(data.shape, Shape::Patch { side: 8 });
    let (mean, deviation) = mean_and_deviation(&data.train.x);
    assert_near(mean, 0.0, 1e-3);
    assert_near(deviation, 1.0, 1e-3);
    let (_, deviation) = mean_and_deviation(&data.test.x);
    assert_near(deviation, 1.0, 0.2);
    let raw = neighbors(&patches(Whitening::Off, 8).train.x, 27);
    let white = neighbors(&data.train.x, 27);
    assert!(white.abs() < 0.6 && raw > 0.9, "{white} {raw}");
    for row in data.train.x.outer_iter() {
        assert_near(f64::from(row.mean().unwrap()), 0.0, 0.01);
    }
}

#[test]
fn patches_as_in_ufldl_lie_between_a_tenth_and_nine_tenths() {
    let data = patches(Whitening::Ufldl, 8);
    assert_eq!(data.shape, Shape::Image { width: 8, height: 8 });
    for x in [&data.train.x, &data.test.x] {
        assert!(x.iter().all(|v| (0.0999..=0.9001).contains(v)));
    }
    let (mean, deviation) = mean_and_deviation(&data.train.x);
    assert_near(mean, 0.5, 0.005);
    // A third of 0.4 for three deviations, a little less for what was cut.
    assert_near(deviation, 0.4 / 3.0, 0.02);
}

#[test]
fn the_first_patches_are_the_same_whatever_is_wanted() {
    let load = |examples| {
        let kind = DataKind::Patches;
        let spec = DataSpec { examples, ..DataSpec::new(kind) };
        Library::embedded().load(&spec).unwrap()
    };
    let (few, more) = (load(50), load(12_000));
    assert_eq!(more.train.len(), 12_000);
    let first = more.train.x.slice(ndarray::s![..50, ..]);
    for (a, b) in few.train.x.iter().zip(first) {
        assert_near(f64::from(*a), f64::from(*b), 1e-5);
    }
}

#[test]
fn training_beats_are_narrow_and_the_others_are_kept_for_the_test() {
    let data = usual(DataKind::Ecg);
    assert_eq!(data.train.x.dim(), (308, 140));
    assert_eq!(data.shape, Shape::Signal { points: 140 });
    assert_eq!(data.classes, ["narrow", "wide", "between"]);
    assert_eq!(counts(&data.train.labels, 3), [308, 0, 0]);
    assert_eq!(counts(&data.test.labels, 3), [77, 88, 26]);
    let (mean, deviation) = mean_and_deviation(&data.train.x);
    assert_near(mean, 0.4004, 5e-5);
    assert_near(deviation, 0.0628, 5e-5);
    let low = data.train.x.iter().copied().fold(9.0, f32::min);
    let high = data.train.x.iter().copied().fold(-9.0, f32::max);
    assert_eq!((low, high), (0.0, 1.0));
}

#[test]
fn the_label_of_a_beat_follows_from_its_width() {
    let data = usual(DataKind::Ecg);
    let factors = data.factors.unwrap();
    assert_eq!(factors.names, ["seconds", "width (ms)"]);
    let rows = factors.test.outer_iter().zip(&data.test.labels);
    for (row, &label) in rows {
        let expected = match row[1] {
            width if width < 45.0 => 0,
            width if width >= 75.0 => 1,
            _ => 2,
        };
        assert_eq!(label, expected, "{row}");
        assert!((0.0..300.0).contains(&row[0]));
    }
    assert!(factors.train.column(1).iter().all(|&width| width < 45.0));
    // Test beats of the normal kind come after the training beats.
    let last = factors.train[[307, 0]];
    let normal = (0..191).filter(|&i| data.test.labels[i] == 0);
    assert!(normal.map(|i| factors.test[[i, 0]]).all(|s| s > last));
}

#[test]
fn documents_have_ten_topics_and_rows_of_length_1() {
    let data = usual(DataKind::Documents);
    assert_eq!(data.train.x.dim(), (2911, 2000));
    assert_eq!(data.test.x.dim(), (722, 2000));
    assert_eq!(data.shape, Shape::Words);
    assert_eq!(data.columns.len(), 2000);
    let all = [&data.train.labels[..], &data.test.labels].concat();
    assert_eq!(
        counts(&all, 10),
        [408, 899, 237, 125, 445, 169, 508, 364, 267, 211]
    );
    let mut words = 0;
    for x in [&data.train.x, &data.test.x] {
        for row in x.outer_iter() {
            assert_near(f64::from(row.dot(&row)), 1.0, 1e-5);
        }
        words += x.iter().filter(|&&value| value > 0.0).count();
    }
    assert_near(words as f64 / 3633.0, 30.2, 0.01);
}

#[test]
fn documents_about_plants_speak_of_leaves_and_those_of_food_do_not() {
    let data = usual(DataKind::Documents);
    let word = |word: &str| {
        data.columns.iter().position(|column| column == word).unwrap()
    };
    let share = |word: usize, topic: &str| {
        let of = |class: &String| class == topic;
        let topic = data.classes.iter().position(of).unwrap();
        let rows = data.train.x.outer_iter().zip(&data.train.labels);
        let mine = rows.filter(|&(_, &label)| usize::from(label) == topic);
        moments(mine.map(|(row, _)| f64::from(row[word] > 0.0))).0
    };
    let leaves = word("leaves");
    assert!(share(leaves, "plant") > 5.0 * share(leaves, "food"));
    let sauce = word("sauce");
    assert!(share(sauce, "food") > 5.0 * share(sauce, "plant"));
}

#[test]
fn tables_are_standardized_and_keep_their_names() {
    for (kind, all, first, classes) in [
        (DataKind::Iris, vec![50, 50, 50], "sepal length (cm)", "setosa"),
        (DataKind::Wine, vec![59, 71, 48], "alcohol", "first grower"),
        (DataKind::Cancer, vec![357, 212], "mean radius", "benign"),
    ] {
        let data = usual(kind);
        assert_eq!(data.shape, Shape::Table);
        assert_eq!(data.columns.len(), data.train.features());
        assert_eq!(data.columns[0], first);
        assert_eq!(data.classes[0], classes);
        let labels = [&data.train.labels[..], &data.test.labels].concat();
        assert_eq!(counts(&labels, all.len()), all, "{kind:?}");
        for column in data.train.x.columns() {
            let values = column.iter().map(|&v| f64::from(v));
            let (mean, deviation) = moments(values);
            assert_near(mean, 0.0, 1e-5);
            assert_near(deviation, 1.0, 1e-5);
        }
    }
}

#[test]
fn the_flowers_tell_themselves_apart_by_their_petals() {
    // Fisher's best known fact: setosa has petals under 2 cm, no other
    // flower has. In standardized form: all setosa below all others.
    let data = usual(DataKind::Iris);
    let rows = data.train.x.outer_iter().zip(&data.train.labels);
    let (mut setosa, mut others) = (f32::MIN, f32::MAX);
    for (row, &label) in rows {
        match label {
            0 => setosa = setosa.max(row[2]),
            _ => others = others.min(row[2]),
        }
    }
    assert!(setosa < others, "{setosa} {others}");
}
