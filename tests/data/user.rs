//! A user who has all of MNIST gets all of MNIST.

use gargalo::data::DataKind;
use gargalo::data::DataSpec;
use gargalo::data::Library;
use gargalo::data::Origin;

use super::folder::Folder;
use super::folder::NAMES;
use super::folder::contents;
use super::folder::header;

fn digits() -> DataSpec {
    DataSpec::new(DataKind::Digits)
}

#[test]
fn every_usual_name_is_found_and_gives_the_same_data() {
    let dotted = NAMES.map(|name| name.replace("-idx", ".idx"));
    let dotted = dotted.each_ref().map(String::as_str);
    let packed = NAMES.map(|name| format!("{name}.gz"));
    let packed = packed.each_ref().map(String::as_str);
    let dotted_packed = dotted.map(|name| format!("{name}.gz"));
    let dotted_packed = dotted_packed.each_ref().map(String::as_str);
    let inside = NAMES.map(|name| format!("digits/{name}"));
    let inside = inside.each_ref().map(String::as_str);
    let mixed = [packed[0], dotted[1], NAMES[2], dotted_packed[3]];
    for names in [NAMES, dotted, packed, dotted_packed, inside, mixed] {
        let folder = Folder::with(names);
        let library = Library::with_folder(folder.0.clone());
        let data = library.load(&digits()).unwrap();
        assert_eq!(data.train.x.dim(), (12, 784), "{names:?}");
        assert_eq!(data.test.x.dim(), (5, 784));
        assert_eq!(data.train.x[[3, 4]], 7.0 / 255.0);
        assert_eq!(data.test.x[[2, 1]], 103.0 / 255.0);
        assert_eq!(data.train.labels[10..], [0, 1]);
        assert_eq!(data.test.labels, [5, 6, 7, 8, 9]);
        let spec = DataSpec { examples: 4, ..digits() };
        assert_eq!(library.load(&spec).unwrap().train.len(), 4);
    }
}

#[test]
fn the_catalog_names_the_folder() {
    let folder = Folder::with(NAMES);
    let entry = Library::with_folder(folder.0.clone()).catalog().remove(0);
    assert_eq!((entry.train, entry.test), (12, 5));
    assert_eq!(entry.from, Origin::Folder(folder.0.clone()));
    assert_eq!(entry.bytes, 16 + 12 * 784 + 8 + 12 + 16 + 5 * 784 + 8 + 5);
    assert_eq!(entry.license, "that of your files");
}

#[test]
fn without_any_of_the_files_the_built_in_digits_serve() {
    let built_in = Library::embedded().load(&digits()).unwrap();
    let empty = Folder::new();
    empty.write("notes.txt", b"bread, milk");
    for path in [empty.0.clone(), empty.0.join("absent")] {
        let library = Library::with_folder(path);
        assert_eq!(library.load(&digits()).unwrap().hash, built_in.hash);
        assert_eq!(library.catalog()[0].from, Origin::Embedded);
    }
}

#[test]
fn other_data_sets_do_not_care_about_the_folder() {
    let folder = Folder::new();
    folder.write(NAMES[0], b"rubbish");
    let library = Library::with_folder(folder.0.clone());
    for kind in DataKind::ALL {
        let uses_it = matches!(
            kind,
            DataKind::Digits
                | DataKind::Shuffled
                | DataKind::Rotated
                | DataKind::Backgrounds
                | DataKind::OwnImages
                | DataKind::OwnTable
        );
        let loaded = library.load(&DataSpec::new(kind));
        assert_eq!(loaded.is_err(), uses_it, "{kind:?}");
    }
}

#[test]
fn shuffled_digits_come_from_the_same_files() {
    let folder = Folder::with(NAMES);
    let library = Library::with_folder(folder.0.clone());
    let spec = DataSpec::new(DataKind::Shuffled);
    assert_eq!(library.load(&spec).unwrap().train.len(), 12);
}

#[test]
fn a_set_as_large_as_all_of_mnist_passes() {
    let folder = Folder::new();
    let zeros = |magic, sizes: &[u32]| {
        let bytes: u32 = sizes.iter().product();
        let mut file = header(magic, sizes);
        file.resize(file.len() + bytes as usize, 0);
        file
    };
    let files = [
        zeros(0x803, &[60_000, 28, 28]),
        zeros(0x801, &[60_000]),
        zeros(0x803, &[10_000, 28, 28]),
        zeros(0x801, &[10_000]),
    ];
    for (name, bytes) in NAMES.into_iter().zip(files) {
        folder.write(&format!("{name}.gz"), &bytes);
    }
    let library = Library::with_folder(folder.0.clone());
    let entry = library.catalog().remove(0);
    assert_eq!((entry.train, entry.test), (60_000, 10_000));
    let spec = DataSpec { examples: 5, ..digits() };
    let data = library.load(&spec).unwrap();
    assert_eq!((data.train.len(), data.test.len()), (5, 10_000));
}

#[test]
fn the_test_helper_writes_what_the_format_says() {
    let [images, labels, ..] = contents();
    assert_eq!(images[..8], [0, 0, 8, 3, 0, 0, 0, 12]);
    assert_eq!(images.len(), 16 + 12 * 784);
    assert_eq!(labels[..9], [0, 0, 8, 1, 0, 0, 0, 12, 0]);
}
