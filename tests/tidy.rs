//! Rules about the source itself, checked like any other behavior.
#![expect(
    clippy::unwrap_used,
    reason = "a test may fail on a file that cannot be read"
)]

use std::fs;
use std::path::Path;

/// Layers from the inside out. A file may use its own layer and any layer
/// listed before it.
const LAYERS: [&str; 8] =
    ["kernel", "nn", "data", "lesson", "train", "app", "view", "shell"];

#[test]
fn dependencies_point_one_way() {
    for (path, text) in sources("src") {
        assert!(
            !text.contains("use crate::{"),
            "{path}: one path per `use`"
        );
        let Some(layer) = layer_of(&path) else { continue };
        for used in text.split("crate::").skip(1).filter_map(first_layer) {
            let (this, that) = (LAYERS[layer], LAYERS[used]);
            assert!(
                used <= layer,
                "{path}: `{this}` must not use `{that}`"
            );
        }
    }
}

#[test]
fn files_stay_small() {
    let all = sources("src").into_iter().chain(sources("tests"));
    for (path, text) in all {
        let limit = if path.starts_with("src/nn/") { 200 } else { 400 };
        let lines = text.lines().count();
        assert!(lines <= limit, "{path}: {lines} lines, limit {limit}");
    }
}

#[test]
fn lines_fit_the_source_viewer() {
    for (path, text) in sources("src/nn") {
        for (n, line) in (1..).zip(text.lines()) {
            let width = line.chars().count();
            assert!(width <= 76, "{path}:{n}: {width} columns");
        }
    }
}

#[test]
fn state_and_views_do_no_input_or_output() {
    let forbidden = [
        "std::fs",
        "std::env",
        "std::time::Instant",
        "SystemTime",
        "std::thread",
        "std::process",
        "std::net",
        "OnceLock",
        "thread_local!",
        "static mut",
    ];
    for folder in ["src/nn", "src/app", "src/view"] {
        for (path, text) in sources(folder) {
            if path.ends_with("/tests.rs") {
                continue;
            }
            for word in forbidden {
                assert!(!text.contains(word), "{path}: `{word}`");
            }
        }
    }
}

#[test]
fn nothing_but_the_kernel_is_unsafe() {
    for (path, text) in sources("src") {
        if !path.starts_with("src/kernel/") {
            assert!(!text.contains("unsafe {"), "{path}: unsafe");
        }
    }
}

#[test]
fn every_panel_has_a_file_of_its_name() {
    let pictures = fs::read_to_string("src/lesson/experiment.rs").unwrap();
    let panels = pictures.split("pub enum Panel {").nth(1).unwrap();
    let panels = panels.split('}').next().unwrap();
    let mut count = 0;
    for line in panels.lines().map(str::trim) {
        let Some(name) = line.strip_suffix(',') else { continue };
        count += 1;
        let file = format!("src/view/panel/{}.rs", snake(name));
        assert!(Path::new(&file).exists(), "{file} is missing");
    }
    assert!(count > 10, "no panels found");
}

/// `LossCurve` as `loss_curve`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

/// The layer a file belongs to, by its folder.
fn layer_of(path: &str) -> Option<usize> {
    let folder = path.strip_prefix("src/")?.split('/').next()?;
    LAYERS.iter().position(|layer| *layer == folder)
}

/// The layer named at the start of what follows a `crate::`.
fn first_layer(rest: &str) -> Option<usize> {
    let name = rest.split("::").next()?;
    LAYERS.iter().position(|layer| *layer == name)
}

/// All Rust files below a folder, with their text.
fn sources(root: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(root).to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.to_string_lossy().into_owned(), text));
            }
        }
    }
    assert!(!found.is_empty(), "no sources under {root}");
    found
}
