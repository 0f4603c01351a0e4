//! Documents and drawings that a user brought.

use gargalo::data::DataKind;
use gargalo::data::DataSpec;
use gargalo::data::Dataset;
use gargalo::data::Library;
use gargalo::data::Origin;
use gargalo::data::Shape;

use super::folder::Folder;
use super::folder::NAMES;
use super::folder::contents;

fn load(folder: &Folder, kind: DataKind) -> Result<Dataset, String> {
    let library = Library::with_folder(folder.0.clone());
    let loaded = library.load(&DataSpec::new(kind));
    loaded.map_err(|error| error.to_string())
}

fn documents(folder: &Folder) -> Result<Dataset, String> {
    load(folder, DataKind::Documents)
}

/// A word's value in the first document that has it.
fn value(data: &Dataset, document: usize, word: &str) -> f32 {
    let column = data.columns.iter().position(|w| w == word).unwrap();
    data.train.x[[document, column]]
}

const LINES: &str = "category\ttext\nd\tstring\nclass\tmeta\n\
    earn\tThe profit rose, the PROFIT of oil!\n\
    earn\tThe profit fell.\n\
    crude\tThe oil flows.\n\
    crude\tThe oil 123 of it.\n";

#[test]
fn a_line_is_a_topic_a_tab_and_a_text() {
    let folder = Folder::new();
    folder.write("documents/r8-train.tab", LINES.as_bytes());
    let test = "earn\tprofit and more\ncrude\toil, oil, oil, flows\n";
    folder.write("documents/r8-test.tab", test.as_bytes());
    let data = documents(&folder).unwrap();
    assert_eq!((data.train.len(), data.test.len()), (4, 2));
    assert_eq!(data.shape, Shape::Words);
    assert_eq!(data.classes, ["crude", "earn"]);
    assert_eq!(data.train.labels, [1, 1, 0, 0]);
    // `the` comes in all and `oil` in three of four: more than half. What
    // is shorter than three letters is no word.
    assert_eq!(data.columns, ["profit", "fell", "flows", "rose"]);
    // Of three words in the first document two are `profit`.
    let expected = (2.0_f32 / 3.0).sqrt();
    assert!((value(&data, 0, "profit") - expected).abs() < 1e-6);
    let squares = data.test.x.mapv(|v| v * v).sum_axis(ndarray::Axis(1));
    assert!(squares.iter().all(|sum| (sum - 1.0).abs() < 1e-6));
    let spec =
        DataSpec { examples: 2, ..DataSpec::new(DataKind::Documents) };
    let library = Library::with_folder(folder.0.clone());
    assert_eq!(library.load(&spec).unwrap().train.len(), 2);
    let catalog = library.catalog();
    let entry = catalog.iter().find(|e| e.kind == DataKind::Documents);
    let entry = entry.unwrap();
    assert_eq!((entry.train, entry.test, entry.features), (4, 2, 4));
    assert!(matches!(entry.from, Origin::Folder(_)));
}

#[test]
fn a_file_is_a_document_and_a_folder_a_topic() {
    let folder = Folder::new();
    for n in 0..5 {
        let text = format!("space orbit number{n} moon");
        folder.write(&format!("documents/sci.space/{n}"), text.as_bytes());
        let text = b"engine wheel \xE9t\xE9 moon";
        folder.write(&format!("documents/rec.autos/{n}.txt"), text);
        folder.write(&format!("documents/rec.autos/{n}.png"), b"no text");
    }
    let data = documents(&folder).unwrap();
    assert_eq!((data.train.len(), data.test.len()), (8, 2));
    assert_eq!(data.classes, ["rec.autos", "sci.space"]);
    let mut words = data.columns.clone();
    words.sort();
    assert_eq!(words, ["engine", "number", "orbit", "space", "wheel"]);
}

#[test]
fn counts_of_words_are_read_as_other_numbers_are() {
    let folder = Folder::new();
    let table = "word,thing,label\n1,3,a\n0,2,b\n4,0,a\n0,0,b\n9,1,a\n";
    folder.write("documents/counts.csv", table.as_bytes());
    let data = documents(&folder).unwrap();
    assert_eq!(data.columns, ["word", "thing"]);
    let all = data.train.len() + data.test.len();
    assert_eq!((all, data.classes.len()), (5, 2));
    let lengths = [&data.train, &data.test]
        .map(|part| part.x.iter().map(|v| v * v).sum::<f32>());
    // A document without words stays empty.
    assert!((lengths.iter().sum::<f32>() - 4.0).abs() < 1e-5);
}

#[test]
fn documents_that_are_none_are_refused_with_the_reason() {
    for (file, content, words) in [
        ("a.tab", "earn\tok\nno tab here\n", "line 2 has no tab"),
        ("a.tab", "earn\t1 2\ncrude\t3\n", "no word in common"),
        ("a.tab", "earn\tone two six\n", "fewer than two"),
        ("a.csv", "1,-1,a\n2,3,b\n4,5,a\n", "below 0"),
    ] {
        let folder = Folder::new();
        folder.write(&format!("documents/{file}"), content.as_bytes());
        let told = documents(&folder).unwrap_err();
        assert!(told.contains(words), "{content}: {told}");
    }
    let empty = Folder::new();
    empty.write("documents/.keep", b"");
    let built_in = DataSpec::new(DataKind::Documents);
    let built_in = Library::embedded().load(&built_in).unwrap();
    assert_eq!(documents(&empty).unwrap().hash, built_in.hash);
}

#[test]
fn drawings_are_drawn_and_finished_pictures_are_taken() {
    let folder = Folder::new();
    let cross = r#"{"word":"plus","drawing":[[[0,254],[127,127]],
        [[127,127],[0,254]]]}"#;
    let cross = cross.replace('\n', "");
    let crosses = format!("{cross}\n\n{cross}\n").repeat(5);
    folder.write("sketches/plus_sign.ndjson", crosses.as_bytes());
    let picture = format!("[{}0.5]\n", "0,".repeat(783)).repeat(10);
    folder.write("sketches/corner.ndjson", picture.as_bytes());
    let data = load(&folder, DataKind::Sketches).unwrap();
    assert_eq!(data.shape, Shape::Image { width: 28, height: 28 });
    assert_eq!(data.classes, ["corner", "plus sign"]);
    assert_eq!((data.train.len(), data.test.len()), (16, 4));
    for (row, &label) in
        data.train.x.rows().into_iter().zip(&data.train.labels)
    {
        match label {
            0 => assert_eq!((row[783], row.sum()), (0.5, 0.5)),
            _ => {
                // The same upside down, and from left to right.
                assert!(row[14 * 28 + 14] > 0.7);
                for pixel in 0..784 {
                    let (y, x) = (pixel / 28, pixel % 28);
                    let mirrored = row[(27 - y) * 28 + 27 - x];
                    assert!((row[pixel] - mirrored).abs() < 1e-4);
                    let turned = row[x * 28 + y];
                    assert!((row[pixel] - turned).abs() < 1e-4);
                }
            }
        }
    }
}

#[test]
fn drawings_that_are_none_are_refused_with_their_line() {
    for (content, words) in [
        ("{\"drawing\": [[[1], [2]]]}\nrubbish", "line 2 is no drawing"),
        ("{\"drawing\": []}", "line 1 has no points"),
        ("[0.5, 1]", "2 numbers, not 784"),
    ] {
        let folder = Folder::new();
        folder.write("sketches/cat.ndjson", content.as_bytes());
        let told = load(&folder, DataKind::Sketches).unwrap_err();
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn a_folder_called_fashion_has_clothes_and_no_digits() {
    let folder = Folder::new();
    for (name, content) in NAMES.iter().zip(contents()) {
        folder.write(&format!("fashion-mnist/{name}"), &content);
    }
    let inside = folder.0.join("fashion-mnist");
    for place in [folder.0.clone(), inside] {
        let library = Library::with_folder(place);
        let load = |kind| library.load(&DataSpec::new(kind)).unwrap();
        assert_eq!(load(DataKind::Fashion).train.len(), 12);
        assert_eq!(load(DataKind::Digits).test.len(), 2000);
    }
}
