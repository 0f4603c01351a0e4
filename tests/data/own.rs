//! A user's own pictures and tables, in every form that is understood.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use gargalo::data::DataKind;
use gargalo::data::DataSpec;
use gargalo::data::Dataset;
use gargalo::data::Library;
use gargalo::data::Origin;
use gargalo::data::Shape;

use super::folder::Folder;
use super::folder::header;
use super::folder::labels;

fn load(folder: &Folder, kind: DataKind) -> Result<Dataset, String> {
    let library = Library::with_folder(folder.0.clone());
    let loaded = library.load(&DataSpec::new(kind));
    loaded.map_err(|error| error.to_string())
}

fn images(folder: &Folder) -> Result<Dataset, String> {
    load(folder, DataKind::OwnImages)
}

fn table(folder: &Folder) -> Result<Dataset, String> {
    load(folder, DataKind::OwnTable)
}

/// An array of NumPy.
fn npy(descr: &str, shape: &str, values: &[u8]) -> Vec<u8> {
    let header = format!(
        "{{'descr': '{descr}', 'fortran_order': False, 'shape': ({shape}), \
         }}\n"
    );
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(values);
    bytes
}

/// An archive as `numpy.savez_compressed` writes it.
fn npz(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in entries {
        let mut packer =
            DeflateEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(content).unwrap();
        let packed = packer.finish().unwrap();
        let start = bytes.len() as u32;
        let sizes = [packed.len() as u32, content.len() as u32];
        let sizes = sizes.map(u32::to_le_bytes).concat();
        let length = (name.len() as u16).to_le_bytes();
        bytes.extend(b"PK\x03\x04\x2d\0\0\0\x08\0\0\0\0\0\0\0\0\0");
        bytes.extend(&sizes);
        bytes.extend([&length[..], &[0, 0], name.as_bytes()].concat());
        bytes.extend(&packed);
        directory.extend(b"PK\x01\x02\x2d\0\x2d\0\0\0\x08\0");
        directory.extend([0; 8]);
        directory.extend(&sizes);
        directory.extend(length);
        directory.extend([0; 12]);
        directory.extend(start.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, count) = (bytes.len() as u32, entries.len() as u16);
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count, count].map(u16::to_le_bytes).concat());
    let sizes = [directory.len() as u32, at].map(u32::to_le_bytes);
    bytes.extend(sizes.concat());
    bytes.extend([0, 0]);
    bytes
}

fn png(side: u32, gray: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    let pixels = vec![gray; (side * side) as usize];
    writer.write_image_data(&pixels).unwrap();
    writer.finish().unwrap();
    bytes
}

/// The eight bytes of each number.
fn wide(numbers: &[i64]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

#[test]
fn an_archive_with_all_four_arrays_is_read() {
    let folder = Folder::new();
    let pixels: Vec<u8> = (0..12).map(|i| i * 20).collect();
    let archive = npz(&[
        ("x_train.npy", npy("|u1", "3, 2, 2", &pixels)),
        ("y_train.npy", npy("<i8", "3,", &wide(&[7, 3, 7]))),
        ("x_test.npy", npy("|u1", "1, 2, 2", &[255, 0, 0, 0])),
        ("y_test.npy", npy("<i8", "1,", &wide(&[3]))),
    ]);
    folder.write("own-images/set.npz", &archive);
    let data = images(&folder).unwrap();
    assert_eq!(data.shape, Shape::Image { width: 2, height: 2 });
    assert_eq!(data.train.x.dim(), (3, 4));
    assert_eq!(data.train.x[[1, 0]], 80.0 / 255.0);
    assert_eq!(data.test.x[[0, 0]], 1.0);
    assert_eq!(data.classes, ["3", "7"]);
    assert_eq!(data.train.labels, [1, 0, 1]);
    assert_eq!(data.test.labels, [0]);
}

#[test]
fn single_arrays_do_and_a_class_in_each_file_does() {
    let folder = Folder::new();
    let floats: Vec<u8> =
        (0..40).flat_map(|i| (i as f32 / 40.0).to_le_bytes()).collect();
    folder.write("own-images/x_train.npy", &npy("<f4", "10, 4", &floats));
    let data = images(&folder).unwrap();
    assert_eq!((data.train.len(), data.test.len()), (8, 2));
    assert_eq!(data.shape, Shape::Image { width: 2, height: 2 });
    assert_eq!(data.classes, ["all"]);
    // Numbers up to 1 stay as they are.
    let most = data.train.x.iter().copied().fold(0.0, f32::max);
    assert!(most <= 39.0 / 40.0, "{most}");

    let folder = Folder::new();
    for (name, gray) in [("cat", 100), ("full_numpy_bitmap_ice cream", 200)]
    {
        let name = format!("own-images/{name}.npy");
        folder.write(&name, &npy("|u1", "10, 9", &[gray; 90]));
    }
    let data = images(&folder).unwrap();
    assert_eq!(data.classes, ["cat", "ice cream"]);
    assert_eq!((data.train.len(), data.test.len()), (16, 4));
    for (row, &label) in data.train.x.outer_iter().zip(&data.train.labels) {
        assert_eq!(row[0], if label == 0 { 100.0 } else { 200.0 } / 255.0);
    }
}

#[test]
fn the_four_files_may_have_pictures_of_another_size() {
    let folder = Folder::new();
    let mut pictures = header(0x803, &[10, 3, 5]);
    pictures.extend([255; 150]);
    folder.write("own-images/train-images-idx3-ubyte.gz", &pictures);
    let letters = labels(&[11, 26, 11, 26, 11, 26, 11, 26, 11, 26]);
    folder.write("own-images/train-labels.idx1-ubyte", &letters);
    let data = images(&folder).unwrap();
    assert_eq!(data.shape, Shape::Image { width: 5, height: 3 });
    assert_eq!(data.classes, ["11", "26"]);
    assert_eq!(data.train.len() + data.test.len(), 10);
}

#[test]
fn folders_of_pictures_are_classes_and_large_ones_shrink() {
    let folder = Folder::new();
    for i in 0..5 {
        folder.write(&format!("own-images/Dogs/{i}.PNG"), &png(64, 51));
        folder.write(&format!("own-images/cats/{i}.png"), &png(64, 255));
    }
    let mut pgm = b"P5 64 64 255\n".to_vec();
    pgm.extend([255; 64 * 64]);
    folder.write("own-images/cats/5.pgm", &pgm);
    folder.write("own-images/notes.txt", b"not looked at");
    let data = images(&folder).unwrap();
    assert_eq!(data.shape, Shape::Image { width: 32, height: 32 });
    assert_eq!(data.classes, ["Dogs", "cats"]);
    assert_eq!(data.train.len() + data.test.len(), 11);
    for (row, &label) in data.train.x.outer_iter().zip(&data.train.labels) {
        let gray = if label == 0 { 0.2 } else { 1.0 };
        assert!(row.iter().all(|&v| (v - gray).abs() < 1e-6));
    }
}

#[test]
fn train_and_test_folders_are_kept_apart() {
    let folder = Folder::new();
    for i in 0..3 {
        folder.write(&format!("own-images/train/a/{i}.png"), &png(4, 0));
    }
    folder.write("own-images/test/a/0.png", &png(4, 255));
    let data = images(&folder).unwrap();
    assert_eq!((data.train.len(), data.test.len()), (3, 1));
    assert_eq!(data.test.x[[0, 0]], 1.0);
}

#[test]
fn a_table_has_its_names_and_is_standardized() {
    let folder = Folder::new();
    let mut text = "height,weight,species\n".to_owned();
    for i in 0..20 {
        let class = if i % 2 == 0 { "owl" } else { "elk" };
        text += &format!("{i}.5,7,{class}\n");
    }
    folder.write("own-table/animals.csv", text.as_bytes());
    let data = table(&folder).unwrap();
    assert_eq!(data.shape, Shape::Table);
    assert_eq!(data.columns, ["height", "weight"]);
    assert_eq!(data.classes, ["elk", "owl"]);
    assert_eq!((data.train.len(), data.test.len()), (16, 4));
    assert!(data.train.x.column(0).sum().abs() < 1e-4);
    assert!(data.train.x.column(1).iter().all(|&v| v == 0.0));
}

#[test]
fn a_label_in_front_and_pixels_behind_make_pictures() {
    let folder = Folder::new();
    let row = |label: u8| format!("{label},0,255,51,0\n");
    let text = "label,a,b,c,d\n".to_owned() + &row(4) + &row(9);
    folder.write("own-images/train.csv", text.as_bytes());
    folder.write("own-images/test.csv", row(9).as_bytes());
    let told = images(&folder).unwrap_err();
    assert!(told.contains("differ in size"), "{told}");
    folder.write("own-images/test.csv", text.as_bytes());
    let data = images(&folder).unwrap();
    assert_eq!(data.train.x.row(0).to_vec(), [0.0, 1.0, 0.2, 0.0]);
    assert_eq!(data.classes, ["4", "9"]);
    assert_eq!(data.test.labels, [0, 1]);
}

#[test]
fn the_catalog_counts_what_is_there_and_says_what_is_missing() {
    let folder = Folder::new();
    folder.write("own-table/x.csv", b"1.5,2.5,a\n3.5,4.5,b\n1.5,0.5,a\n");
    let library = Library::with_folder(folder.0.clone());
    let catalog = library.catalog();
    let entry = |kind| catalog.iter().find(|e| e.kind == kind).unwrap();
    let table = entry(DataKind::OwnTable);
    assert_eq!((table.train, table.test, table.features), (2, 1, 2));
    assert_eq!(table.from, Origin::Folder(folder.0.join("own-table")));
    let missing = entry(DataKind::OwnImages).problem.clone().unwrap();
    let place = folder.0.join("own-images").display().to_string();
    assert!(missing.contains(&place), "{missing}");
}

#[test]
fn what_cannot_be_used_is_said() {
    let long: String = (0..1030).map(|i| format!("{i}.5,")).collect();
    let long = format!("{long}1\n{long}2\n");
    for (name, bytes, part) in [
        ("own-images/x.npz", b"PK".to_vec(), "no ZIP with a sound"),
        (
            "own-images/x.npz",
            npz(&[("z.npy", npy("|u1", "1, 4", &[0; 4]))]),
            "neither x_train nor x",
        ),
        (
            "own-images/x_train.npy",
            npy("|u1", "2, 3", &[0; 6]),
            "3 numbers, which make no square picture",
        ),
        (
            "own-images/x_train.npy",
            npy("|i1", "2, 4", &[0xFF; 8]),
            "numbers below 0",
        ),
        (
            "own-images/x_train.npy",
            npy("|u1", "1, 4", &[0; 4]),
            "fewer than two examples",
        ),
        (
            "own-images/x_train.npy",
            npy("|u1", "2, 2, 2, 3", &[0; 24]),
            "the shape [2, 2, 2, 3]",
        ),
        ("own-table/x.csv", long.into_bytes(), "rows have 1,030 numbers"),
        ("own-images/a/x.png", b"\x89PNG".to_vec(), "no sound PNG"),
    ] {
        let folder = Folder::new();
        folder.write(name, &bytes);
        let kind = match name.starts_with("own-table") {
            true => DataKind::OwnTable,
            false => DataKind::OwnImages,
        };
        let told = load(&folder, kind).unwrap_err();
        assert!(told.contains(part), "{name}: {told}");
        assert!(told.ends_with('.') && !told.contains('!'), "{told}");
    }
    let folder = Folder::new();
    folder.write("own-images/a/1.png", &png(4, 9));
    folder.write("own-images/a/2.png", &png(5, 9));
    let told = images(&folder).unwrap_err();
    assert!(told.contains("5 x 5 pixels, unlike"), "{told}");
}

#[test]
fn the_full_copies_of_built_in_sets_take_their_place() {
    let folder = Folder::new();
    let library = Library::with_folder(folder.0.clone());
    let bitmap = npy("|u1", "10, 784", &[255; 7840]);
    folder.write("sketches/full_numpy_bitmap_yoga.npy", &bitmap);
    let data = load(&folder, DataKind::Sketches).unwrap();
    assert_eq!(data.classes, ["yoga"]);
    assert_eq!(data.train.x.dim(), (8, 784));

    folder.write("patches/lake.png", &png(64, 51));
    let spec = DataSpec {
        examples: 10,
        whitening: gargalo::data::Whitening::Off,
        ..DataSpec::new(DataKind::Patches)
    };
    let data = library.load(&spec).unwrap();
    assert!(data.train.x.iter().all(|v| (v - 0.2).abs() < 1e-6));
    // Whitening what never changes leaves zeros and no infinities.
    let data = load(&folder, DataKind::Patches).unwrap();
    assert!(data.train.x.iter().all(|v| v.is_finite()));
    folder.write("patches/small.png", &png(63, 51));
    let told = load(&folder, DataKind::Patches).unwrap_err();
    assert!(told.contains("less than 64 pixels"), "{told}");

    let beat = |label: &str, v: f64| {
        let points: Vec<String> =
            (0..140).map(|i| format!("{:.2}", v + f64::from(i))).collect();
        format!("{label},{}\n", points.join(","))
    };
    let train = beat("1", 0.25) + &beat("2", 9.5) + &beat("1", 1.5);
    folder.write("ecg/ECG5000_TRAIN.txt", train.as_bytes());
    let test = beat("1", 0.5) + &beat("3", 9.5);
    folder.write("ecg/ECG5000_TEST.txt", test.as_bytes());
    let data = load(&folder, DataKind::Ecg).unwrap();
    assert_eq!(data.classes, ["normal", "anomaly"]);
    assert_eq!(data.train.labels, [0, 0]);
    assert_eq!(data.test.labels, [0, 1, 1]);
    assert_eq!((data.train.x[[0, 0]], data.train.x[[1, 139]]), (0.0, 1.0));
}
