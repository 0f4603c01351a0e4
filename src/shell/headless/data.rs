//! `gargalo data`: which data sets there are.

use crate::data::Library;
use crate::data::Origin;
use crate::shell::headless::Answer;
use crate::shell::headless::json;
use serde_json::json;
use std::fmt::Write;

/// The list as text.
pub fn text(library: &Library) -> Answer {
    let mut text = String::new();
    for entry in library.catalog() {
        let from = match &entry.from {
            Origin::Embedded => {
                format!("embedded, {} bytes compressed", entry.bytes)
            }
            Origin::Folder(path) => format!("from {}", path.display()),
            Origin::Generated => "generated".to_owned(),
        };
        let _ = writeln!(
            text,
            "{:<11} {}\n            {} training and {} test examples of {} \
             numbers; {from}\n            source: {}\n            license: {}",
            entry.kind.name(),
            entry.title,
            entry.train,
            entry.test,
            entry.features,
            entry.source,
            entry.license,
        );
        if let Some(problem) = &entry.problem {
            let _ = writeln!(text, "            problem: {problem}");
        }
    }
    text.push_str(
        "\nYour own data: the folder that --data names, or `data` beside \
         your progress\n(gargalo doctor says where), may hold the four IDX \
         files of the full MNIST,\nplain or .gz, and folders: fashion \
         (the same for Fashion-MNIST), sketches\n(Quick, Draw!), patches \
         (photographs), documents (texts or counts), ecg (such\nas \
         ECG5000), own-images (IDX, npy, npz, CSV, PNG, PGM) and \
         own-table (npy,\nnpz, CSV).\n",
    );
    Answer::fine(text)
}

/// The list as JSON.
pub fn as_json(library: &Library) -> Answer {
    let entries: Vec<_> = library
        .catalog()
        .iter()
        .map(|entry| {
            let from = match &entry.from {
                Origin::Embedded => "embedded".to_owned(),
                Origin::Folder(path) => path.display().to_string(),
                Origin::Generated => "generated".to_owned(),
            };
            json!({
                "id": entry.kind.name(),
                "title": entry.title,
                "train": entry.train,
                "test": entry.test,
                "features": entry.features,
                "bytes": entry.bytes,
                "from": from,
                "source": entry.source,
                "license": entry.license,
                "problem": entry.problem,
            })
        })
        .collect();
    Answer::fine(json(&json!(entries)))
}
