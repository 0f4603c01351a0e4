//! Every bad file is refused with its name, what was expected, what was
//! found and what to do. Nothing panics, nothing is replaced silently.

use std::fs;

use gargalo::data::DataError;
use gargalo::data::DataKind;
use gargalo::data::DataSpec;
use gargalo::data::Library;
use proptest::prelude::*;

use super::folder::Folder;
use super::folder::NAMES;
use super::folder::contents;
use super::folder::gzip;
use super::folder::header;
use super::folder::images;
use super::folder::labels;

/// What loading digits from this folder ends in, whatever the number of
/// examples; the catalog must say the same or nothing.
#[track_caller]
fn refusal(folder: &Folder) -> DataError {
    let library = Library::with_folder(folder.0.clone());
    let load = |examples| {
        let spec = DataSpec { examples, ..DataSpec::new(DataKind::Digits) };
        library.load(&spec).unwrap_err()
    };
    let error = load(0);
    assert_eq!(error.to_string(), load(1).to_string());
    let entry = library.catalog().remove(0);
    if let Some(problem) = entry.problem {
        assert_eq!(problem, error.to_string());
        assert_eq!((entry.train, entry.test), (0, 0));
    }
    error
}

/// A folder where one file has been replaced; loads it and gives the
/// message with the folder's name taken out.
#[track_caller]
fn message(name: &str, bytes: &[u8]) -> String {
    let folder = Folder::with(NAMES);
    let full = folder.write(name, bytes);
    let message = refusal(&folder).to_string();
    assert!(message.contains(&full), "{message}");
    let place = format!("{}/", folder.0.display());
    message.replace(&place, "")
}

#[test]
fn a_missing_file_is_named() {
    let folder = Folder::with(NAMES);
    fs::remove_file(folder.0.join(NAMES[3])).unwrap();
    let expected = format!(
        "t10k-labels-idx1-ubyte is missing: {} has some of the four files \
         of digits, but not this one. Add it, plain or as .gz, or take the \
         others away to use the built-in digits.",
        folder.0.display()
    );
    assert_eq!(refusal(&folder).to_string(), expected);
}

#[test]
fn a_folder_in_place_of_a_file_counts_as_missing() {
    let folder = Folder::with(NAMES);
    fs::remove_file(folder.0.join(NAMES[0])).unwrap();
    fs::create_dir(folder.0.join(NAMES[0])).unwrap();
    let error = refusal(&folder);
    assert!(matches!(error, DataError::Missing { .. }), "{error}");
}

#[test]
fn labels_given_as_images_are_noticed() {
    let [_, labels, ..] = contents();
    assert_eq!(
        message(NAMES[0], &labels),
        "train-images-idx3-ubyte is not the file it should be: expected \
         images (magic 0x00000803), found labels (magic 0x00000801). Check \
         that images and labels have not changed places and that the \
         download is not an error page."
    );
}

#[test]
fn images_given_as_labels_are_noticed() {
    let [images, ..] = contents();
    let message = message(NAMES[3], &images);
    let part = "t10k-labels-idx1-ubyte is not the file it should be: \
                expected labels (magic 0x00000801), found images";
    assert!(message.starts_with(part), "{message}");
}

#[test]
fn an_error_page_is_not_an_image_file() {
    let message = message(NAMES[2], b"<!DOCTYPE html><title>404</title>");
    let part = "found something else (magic 0x3c21444f)";
    assert!(message.contains(part), "{message}");
}

#[test]
fn a_file_may_end_nowhere_but_at_its_end() {
    let whole = images(12, 0);
    for length in [0, 3, 4, 15, 16, 17, 800, whole.len() - 1] {
        let folder = Folder::with(NAMES);
        folder.write(NAMES[0], &whole[..length]);
        let error = refusal(&folder);
        let DataError::Truncated { expected, found, .. } = error else {
            panic!("{length}: {error}");
        };
        // Before the whole header is known, the header is what is missing.
        let announced = if length < 16 { 16 } else { whole.len() as u64 };
        assert_eq!(expected, announced, "{length}");
        assert_eq!(found, length as u64);
    }
    assert_eq!(
        message(NAMES[0], &whole[..5000]),
        "train-images-idx3-ubyte ends too early: expected 9,424 bytes \
         unpacked, found 5,000. Copy or download it again."
    );
}

#[test]
fn a_file_may_not_go_on_after_its_end() {
    let mut long = images(12, 0);
    long.push(0);
    let expected = "train-images-idx3-ubyte goes on after its end: \
                    expected 9,424 bytes unpacked, found more. Copy or \
                    download it again.";
    assert_eq!(message(NAMES[0], &long), expected);
}

#[test]
fn a_broken_archive_is_noticed_wherever_it_breaks() {
    let whole = gzip(&images(12, 0));
    for length in [2, 9, 10, 11, whole.len() / 2, whole.len() - 1] {
        let folder = Folder::with(NAMES);
        // Under the plain name: what counts is the content.
        folder.write(NAMES[0], &whole[..length]);
        let error = refusal(&folder);
        let told = matches!(
            error,
            DataError::Truncated { .. } | DataError::Damaged { .. }
        );
        assert!(told, "{length}: {error}");
    }
    let mut flipped = whole.clone();
    let checksum = flipped.len() - 6;
    flipped[checksum] ^= 1;
    let message = message(NAMES[0], &flipped);
    let part =
        "train-images-idx3-ubyte is damaged: expected sound gzip data";
    assert!(message.starts_with(part), "{message}");
}

#[test]
fn a_header_is_believed_only_within_the_limit() {
    let giant = header(0x803, &[u32::MAX, u32::MAX, u32::MAX]);
    assert_eq!(
        message(NAMES[0], &giant),
        "train-images-idx3-ubyte is too large: expected at most 67,108,864 \
         bytes, found a header that announces 4,294,967,295 x \
         4,294,967,295 x 4,294,967,295 pixels. Use a file with fewer examples."
    );
    for bytes in [
        header(0x803, &[85_599, 28, 28]),
        gzip(&header(0x803, &[u32::MAX, 28, 28])),
    ] {
        let message = message(NAMES[2], &bytes);
        assert!(message.contains("is too large"), "{message}");
    }
    let message = message(NAMES[1], &header(0x801, &[u32::MAX]));
    assert!(
        message.contains("announces 4,294,967,295 labels"),
        "{message}"
    );
}

#[test]
fn a_header_that_announces_nothing_is_refused() {
    for sizes in [[0, 28, 28], [12, 0, 28], [12, 28, 0]] {
        let message = message(NAMES[0], &header(0x803, &sizes));
        let part =
            "train-images-idx3-ubyte is empty: expected at least one";
        assert!(message.starts_with(part), "{message}");
    }
    let message = message(NAMES[1], &header(0x801, &[0]));
    assert!(message.contains("announces 0 labels"), "{message}");
}

#[test]
fn labels_of_another_set_are_refused() {
    let message = message(NAMES[1], &labels(&[1, 2, 3]));
    assert_eq!(
        message,
        "train-labels-idx1-ubyte does not belong to \
         train-images-idx3-ubyte: expected 12 labels, found 3. Use two \
         files of the same set."
    );
}

#[test]
fn a_label_that_is_no_digit_is_refused() {
    let message = message(NAMES[3], &labels(&[5, 6, 10, 8, 9]));
    assert_eq!(
        message,
        "t10k-labels-idx1-ubyte has a label that stands for no class: \
         expected 0 to 9, found 10 at example 3. Use the labels of the \
         set."
    );
}

#[test]
fn pictures_of_another_size_are_refused() {
    let mut small = header(0x803, &[12, 16, 20]);
    small.resize(16 + 12 * 320, 1);
    assert_eq!(
        message(NAMES[0], &small),
        "train-images-idx3-ubyte has pictures of another size: expected 28 \
         x 28 pixels, found 20 x 16. Use the MNIST files or others of the \
         same size."
    );
}

#[test]
fn settings_out_of_range_are_refused_before_anything_is_read() {
    let spec = DataSpec { noise: -0.1, ..DataSpec::new(DataKind::Ring2d) };
    let error = Library::embedded().load(&spec).unwrap_err();
    assert_eq!(
        error.to_string(),
        "noise = -0.1 cannot be used: expected a number from 0 to 10. \
         Choose one in this range."
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_happens_to_a_file_the_answer_is_data_or_a_message(
        which in 0..4_usize,
        packing in 0..2,
        keep in 0.5..1.0,
        changes in prop::collection::vec((0..60_usize, any::<u8>()), 0..4),
    ) {
        let folder = Folder::with(NAMES);
        let mut bytes = contents()[which].clone();
        if packing == 1 {
            bytes = gzip(&bytes);
        }
        bytes.truncate((bytes.len() as f64 * keep * 1.5) as usize);
        for (place, value) in changes {
            if let Some(byte) = bytes.get_mut(place) {
                *byte = value;
            }
        }
        folder.write(NAMES[which], &bytes);
        let library = Library::with_folder(folder.0.clone());
        match library.load(&DataSpec::new(DataKind::Digits)) {
            Ok(data) => {
                prop_assert_eq!(data.train.x.dim(), (12, 784));
                prop_assert_eq!(data.train.labels.len(), 12);
                prop_assert_eq!(data.test.x.dim(), (5, 784));
                prop_assert_eq!(data.test.labels.len(), 5);
            }
            Err(error) => {
                let message = error.to_string();
                prop_assert!(message.contains("ubyte"), "{}", message);
            }
        }
    }
}
