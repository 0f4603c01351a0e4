//! What is inside the program is what `lessons/data/README.md` says.

use std::fs;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use gargalo::data::DataKind;
use gargalo::data::DataSpec;
use gargalo::data::Library;
use gargalo::data::Origin;
use gargalo::data::Shape;

use super::assert_near;
use super::counts;
use super::mean_and_deviation;
use super::sha256::sha256;
use super::usual;

const OWN: [DataKind; 2] = [DataKind::OwnImages, DataKind::OwnTable];

#[test]
fn the_files_have_their_checksums() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons/data");
    let list = fs::read_to_string(folder.join("checksums.txt")).unwrap();
    let mut packed_bytes = 0;
    for line in list.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [packed, name, size, "unpacked", content, length] = words[..]
        else {
            panic!("{line}");
        };
        let bytes = fs::read(folder.join(name)).unwrap();
        assert_eq!(sha256(&bytes), packed, "{name}");
        assert_eq!(bytes.len().to_string(), size, "{name}");
        packed_bytes += bytes.len();
        let mut unpacked = Vec::new();
        if name.ends_with(".gz") {
            GzDecoder::new(&bytes[..]).read_to_end(&mut unpacked).unwrap();
        } else {
            unpacked.clone_from(&bytes);
        }
        assert_eq!(sha256(&unpacked), content, "{name}");
        assert_eq!(unpacked.len().to_string(), length, "{name}");
    }
    assert!(packed_bytes <= 7_000_000, "{packed_bytes}");
    // No other data lies there.
    let others = ["md", "py", "txt"];
    let data = fs::read_dir(folder).unwrap().filter(|entry| {
        let path = entry.as_ref().unwrap().path();
        let end = path.extension().unwrap_or_default().to_owned();
        path.is_file() && !others.iter().any(|other| end == *other)
    });
    assert_eq!(data.count(), list.lines().count());
}

#[test]
fn every_notice_that_is_named_is_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons/data");
    for entry in Library::embedded().catalog() {
        if let Some((_, name)) = entry.license.split_once("see ") {
            assert!(folder.join(name).is_file(), "{name}");
        }
    }
}

#[test]
fn the_digits_are_the_published_ones() {
    let digits = usual(DataKind::Digits);
    assert_eq!(digits.train.x.dim(), (10_000, 784));
    assert_eq!(digits.test.x.dim(), (2_000, 784));
    assert_eq!(digits.shape, Shape::Image { width: 28, height: 28 });
    assert_eq!(digits.classes.len(), 10);
    assert_eq!(digits.classes[7], "7");
    let (mean, deviation) = mean_and_deviation(&digits.train.x);
    assert_near(mean, 0.1311, 5e-5);
    assert_near(deviation, 0.3087, 5e-5);
    let (mean, deviation) = mean_and_deviation(&digits.test.x);
    assert_near(mean, 0.1329, 5e-5);
    assert_near(deviation, 0.3109, 5e-5);
    assert_eq!(
        counts(&digits.train.labels, 10),
        [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]
    );
    assert_eq!(
        counts(&digits.test.labels, 10),
        [189, 222, 212, 242, 196, 186, 158, 215, 193, 187]
    );
    // The first ten labels of MNIST, as everybody knows them.
    assert_eq!(digits.train.labels[..10], [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    assert_eq!(digits.test.labels[..3], [7, 1, 0]);
}

#[test]
fn the_digits_mix_both_kinds_of_writers() {
    // Even places of MNIST are fainter than odd ones (0.1227 and 0.1386): a
    // subset taken with an even stride would show no such difference.
    let x = usual(DataKind::Digits).train.x;
    let mean = |from: isize| {
        let half = x.slice(ndarray::s![from..;2, ..]).to_owned();
        mean_and_deviation(&half).0
    };
    assert_near(mean(1) - mean(0), 0.0159, 0.002);
}

#[test]
fn pixels_go_from_exactly_0_to_exactly_1() {
    for kind in [DataKind::Digits, DataKind::Digits8, DataKind::Shuffled] {
        let data = usual(kind);
        for x in [&data.train.x, &data.test.x] {
            let low = x.iter().copied().fold(1.0, f32::min);
            let high = x.iter().copied().fold(0.0, f32::max);
            assert_eq!((low, high), (0.0, 1.0), "{kind:?}");
        }
    }
}

#[test]
fn the_small_digits_are_the_published_ones() {
    let digits = usual(DataKind::Digits8);
    assert_eq!(digits.train.x.dim(), (1437, 64));
    assert_eq!(digits.test.x.dim(), (360, 64));
    assert_eq!(digits.shape, Shape::Image { width: 8, height: 8 });
    let all = [&digits.train.labels[..], &digits.test.labels].concat();
    assert_eq!(
        counts(&all, 10),
        [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    );
    let parts = [digits.train.x.view(), digits.test.x.view()];
    let x = ndarray::concatenate(ndarray::Axis(0), &parts).unwrap();
    let (mean, deviation) = mean_and_deviation(&x);
    assert_near(mean, 0.3053, 5e-5);
    assert_near(deviation, 0.3760, 5e-5);
    // Every class is on both sides: 36 of each expected in the test set.
    let test = counts(&digits.test.labels, 10);
    assert!(test.iter().all(|&n| (18..=54).contains(&n)), "{test:?}");
}

#[test]
fn fewer_examples_are_the_first_ones() {
    let library = Library::embedded();
    for kind in [DataKind::Digits, DataKind::Digits8, DataKind::Shuffled] {
        let all = usual(kind);
        let spec = DataSpec { examples: 100, ..DataSpec::new(kind) };
        let some = library.load(&spec).unwrap();
        let first = ndarray::s![..100, ..];
        assert_eq!(some.train.x, all.train.x.slice(first));
        assert_eq!(some.train.labels, all.train.labels[..100]);
        assert_eq!(some.test, all.test);
        assert_ne!(some.hash, all.hash);
        let spec = DataSpec { examples: 1_000_000, ..DataSpec::new(kind) };
        assert_eq!(library.load(&spec).unwrap().hash, all.hash);
    }
}

#[test]
fn the_catalog_says_what_loading_gives() {
    for entry in Library::embedded().catalog() {
        if OWN.contains(&entry.kind) {
            assert_eq!((entry.train, entry.test), (0, 0));
            continue;
        }
        let data = usual(entry.kind);
        assert_eq!(entry.train, data.train.len(), "{entry:?}");
        assert_eq!(entry.test, data.test.len(), "{entry:?}");
        assert_eq!(entry.features, data.train.features(), "{entry:?}");
        assert_eq!(entry.title, entry.kind.title());
        assert_eq!(entry.problem, None);
        let stored = entry.from == Origin::Embedded;
        assert_eq!(entry.bytes > 0, stored, "{entry:?}");
    }
}

#[test]
fn every_label_names_a_class_and_every_value_is_finite() {
    for kind in DataKind::ALL {
        if OWN.contains(&kind) {
            continue;
        }
        let data = usual(kind);
        for part in [&data.train, &data.test] {
            assert_eq!(part.len(), part.labels.len());
            assert!(part.x.iter().all(|value| value.is_finite()));
            counts(&part.labels, data.classes.len());
        }
    }
}
