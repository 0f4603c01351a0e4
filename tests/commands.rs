//! The commands that need no screen: what they print, where, and with
//! which exit code.

#[path = "support/program.rs"]
mod program;
#[path = "support/scratch.rs"]
mod scratch;

use program::Said;
use scratch::Scratch;
use serde_json::Value;
use std::fs;
use std::path::Path;
use unicode_width::UnicodeWidthStr;

/// A small run, so that the test is short.
const SMALL: &str = "run L00/first-run --set examples=200 --set epochs=2";

fn gargalo(words: &str) -> Said {
    program::gargalo(Scratch::new().path(), words)
}

/// The keys of a JSON object, in order.
fn keys(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Holds a command to one clear sentence on standard error, nothing on
/// standard output, and exit code 2.
#[track_caller]
fn refused(words: &str, parts: &[&str]) {
    let said = gargalo(words);
    assert_eq!(said.code, 2, "{words}");
    assert_eq!(said.out, "", "{words}");
    for part in parts {
        assert!(said.err.contains(part), "{words}: {}", said.err);
    }
    // What is no word of the command line at all, clap explains at length.
    let by_clap = said.err.starts_with("error: ");
    assert!(by_clap || said.err.lines().count() == 1, "{}", said.err);
}

#[test]
fn lessons_are_listed() {
    let said = gargalo("list");
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.starts_with("L00  First steps"), "{}", said.out);
    let json = gargalo("list --json").json();
    let lessons = json.as_array().unwrap();
    assert_eq!(lessons.len(), said.out.lines().count());
    for lesson in lessons {
        assert_eq!(keys(lesson), ["done", "id", "minutes", "of", "title"]);
        assert!(lesson["of"].as_u64() > Some(0));
    }
}

#[test]
fn every_lesson_can_be_printed_at_any_width() {
    for lesson in gargalo("list --json").json().as_array().unwrap() {
        let id = lesson["id"].as_str().unwrap();
        for width in [40, 80, 200] {
            let said = gargalo(&format!("show {id} --size {width}x24"));
            assert_eq!((said.code, said.err.as_str()), (0, ""));
            for line in said.out.lines() {
                assert!(line.width() <= width, "{id}: {line}");
                assert!(!line.contains('\u{1b}'));
            }
        }
        let json = gargalo(&format!("show {id} --json")).json();
        assert_eq!(keys(&json), ["cells", "id", "minutes", "title"]);
        assert_eq!(keys(&json["cells"][0]), ["id", "kind"]);
    }
}

#[test]
fn a_run_tells_its_configuration_metrics_and_history() {
    let json = gargalo(&format!("{SMALL} --seed 7 --json")).json();
    assert_eq!(
        keys(&json),
        [
            "cell",
            "configuration",
            "data_hash",
            "epochs",
            "history",
            "metrics",
            "model",
            "parameters",
            "reason",
            "seconds",
            "seed",
            "status",
            "steps"
        ]
    );
    assert_eq!(json["cell"], "L00/first-run");
    assert_eq!(json["configuration"]["examples"], 200.0);
    assert_eq!(json["configuration"]["activation"], "relu");
    assert_eq!(json["status"], "Finished");
    assert_eq!(json["epochs"], 2.0);
    let history = &json["history"];
    let epochs = history["epochs"].as_array().unwrap();
    assert!(epochs[0]["metrics"]["TestMse"].is_number());
    let batch = &history["batches"][0];
    assert_eq!(keys(batch), ["count", "high", "low", "mean", "step"]);
    let text = gargalo(SMALL);
    assert_eq!((text.code, text.err.as_str()), (0, ""));
    assert!(text.out.contains("TestMse") && !text.out.contains('\u{1b}'));
}

#[test]
fn one_seed_means_one_result_on_any_number_of_threads() {
    let run = |more: &str| {
        let json = gargalo(&format!("{SMALL} --json {more}")).json();
        let mut map = json.as_object().unwrap().clone();
        map.remove("seconds").unwrap();
        serde_json::to_string(&map).unwrap()
    };
    let one = run("--seed 3 --threads 1");
    assert_eq!(one, run("--seed 3 --threads 2"));
    assert_eq!(one, run("--seed 3 --threads 3"));
    assert_ne!(one, run("--seed 4 --threads 1"));
}

#[test]
fn a_diverged_run_is_still_json() {
    let json = gargalo(&format!(
        "{SMALL} --json --set learning-rate=900 --set optimizer=sgd"
    ))
    .json();
    assert_eq!(json["status"], "Diverged");
    assert!(json["reason"].as_str().unwrap().contains("learning rate"));
}

#[test]
fn the_data_sets_are_listed() {
    let json = gargalo("data --json").json();
    let sets = json.as_array().unwrap();
    assert!(sets.len() > 3);
    for set in sets {
        assert_eq!(
            keys(set),
            [
                "bytes", "features", "from", "id", "license", "problem",
                "source", "test", "title", "train"
            ]
        );
        // Nobody has brought anything of their own here.
        let own = set["id"].as_str().unwrap().starts_with("own-");
        assert_eq!(set["problem"].is_string(), own, "{set}");
    }
    let text = gargalo("data");
    assert!(text.out.contains("license: ") && text.code == 0);
}

#[test]
fn the_doctor_tells_facts() {
    let json = gargalo("doctor --json").json();
    for key in [
        "version", "terminal", "size", "colors", "unicode", "pictures",
        "locale", "language", "remote", "cores", "progress", "own_data",
    ] {
        assert!(json[key].is_string(), "{key}");
    }
    let text = gargalo("doctor");
    assert_eq!((text.code, text.err.as_str()), (0, ""));
    assert!(text.out.contains("(not a terminal)"), "{}", text.out);
}

#[test]
fn completions_come_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let said = gargalo(&format!("completions {shell}"));
        assert_eq!((said.code, said.err.as_str()), (0, ""));
        assert!(said.out.contains("gargalo") && said.out.len() > 500);
    }
    let said = gargalo("completions tcl");
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("tcl") && said.err.contains("bash"));
}

#[test]
fn the_skeleton_of_a_translation_reads_back() {
    let said = gargalo("translate l00 pt-BR");
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let value: ron::Value = ron::from_str(&said.out).unwrap();
    assert!(matches!(value, ron::Value::Map(_)));
    assert!(said.out.contains("lesson: \"L00\""));
}

#[test]
fn wrong_words_get_one_sentence() {
    refused("show L99", &["no lesson L99", "L00, "]);
    refused("L99", &["no lesson L99", "L00, "]);
    refused("L01 list", &["L01 is a lesson", "gargalo L01"]);
    refused("lst", &["lst", "neither a command nor a lesson"]);
    refused("show L00 --size 3x3", &["3x3", "80x24"]);
    refused("show L00 --size wide", &["wide", "80x24"]);
    refused("run L00", &["LESSON/CELL"]);
    refused("run L99/x", &["no lesson L99"]);
    refused("run L00/nope", &["no experiment nope", "first-run"]);
    refused("translate L99 de", &["no lesson L99"]);
    refused("calibrate L99", &["no lesson L99"]);
    refused("progress reset L99 --yes", &["no lesson L99"]);
    refused("list --lang xx", &["--lang xx", "en and pt-BR"]);
    refused("check /no/such/file.ron", &["/no/such/file.ron"]);
    refused("list --lessons /no/such", &["/no/such"]);
}

#[test]
fn wrong_knobs_get_one_sentence() {
    let set = |set: &str| format!("run L00/first-run --set {set}");
    refused(&set("zzzzzz=1"), &["no knob `zzzzzz`", "learning-rate"]);
    refused(&set("code-size"), &["code-size"]);
    refused(&set("code-size=0"), &["code", "0", "1"]);
    refused(&set("code-size=99999"), &["code", "99999"]);
    refused(&set("code-size=2.5"), &["code", "2.5"]);
    refused(&set("code-size=two"), &["code", "two"]);
    refused(&set("learning-rate=-1"), &["learning rate", "-1"]);
    refused(&set("learning-rate=nan"), &["learning", "nan"]);
    refused(&set("learning-rate=1e999"), &["learning"]);
    refused(&set("activation=foo"), &["activation", "foo", "relu"]);
    refused(&set("epochs=1000000000"), &["epochs"]);
    let two = "run autoencoder/digits8 --set data=shuffled";
    refused(two, &["digits8", "data=shuffled", "autoencoder/shuffled"]);
    refused("run L00/first-run --threads 0", &["threads", "0"]);
    refused("run L00/first-run --seed -1", &["-1"]);
}

#[test]
fn a_missing_data_folder_gets_one_sentence() {
    let folder = "--data /no/such/folder";
    for command in [SMALL, "data", "calibrate L00"] {
        refused(&format!("{command} {folder}"), &[folder, "no such"]);
    }
}

/// The four files of an own MNIST, the first `n` bytes of the images.
fn idx(folder: &Path, n: usize) {
    let header = |dims: &[u32]| {
        let mut bytes = vec![0, 0, 8, dims.len() as u8];
        bytes.extend(dims.iter().flat_map(|dim| dim.to_be_bytes()));
        bytes
    };
    for part in ["train", "t10k"] {
        let mut images = header(&[60, 28, 28]);
        images.extend((0..60 * 784).map(|i| (i % 251) as u8));
        images.truncate(n);
        let mut labels = header(&[60]);
        labels.extend((0..60).map(|i| i % 10));
        let name = |what| format!("{part}-{what}-ubyte");
        fs::write(folder.join(name("images-idx3")), images).unwrap();
        fs::write(folder.join(name("labels-idx1")), labels).unwrap();
    }
}

#[test]
fn own_data_is_used_and_a_truncated_file_gets_one_sentence() {
    let scratch = Scratch::new();
    let option = format!("--data {}", scratch.path().display());
    let run = "run L00/first-run --set epochs=1 --set examples=50";
    idx(scratch.path(), usize::MAX);
    let json = gargalo(&format!("data --json {option}")).json();
    let digits = json.as_array().unwrap().iter();
    let digits = digits.clone().find(|set| set["id"] == "digits").unwrap();
    assert_eq!(digits["train"], 60);
    let own = gargalo(&format!("{run} --json {option}")).json();
    let usual = gargalo(&format!("{run} --json")).json();
    assert_ne!(own["data_hash"], usual["data_hash"]);
    for length in [0, 3, 10, 16, 5000] {
        idx(scratch.path(), length);
        refused(&format!("{run} {option}"), &["images-idx3-ubyte"]);
        let listed = gargalo(&format!("data --json {option}")).json();
        let all = listed.as_array().unwrap();
        let told = all.iter().any(|set| set["problem"].is_string());
        assert!(told, "{length} bytes: {listed}");
    }
}

#[test]
fn the_built_in_lessons_have_no_problem() {
    let said = gargalo("check");
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    assert_eq!(gargalo("check --json").json(), Value::Array(Vec::new()));
}

#[test]
fn a_broken_lesson_is_explained_with_file_line_and_column() {
    let file = "tests/broken/field-unknown.ron";
    let said = gargalo(&format!("check {file}"));
    assert_eq!((said.code, said.err.as_str()), (1, ""));
    assert!(said.out.starts_with(&format!("{file}:5:5: ")));
    let json = gargalo(&format!("check {file} --json")).json();
    let first = &json[0];
    assert_eq!(keys(first), ["advice", "column", "file", "line", "what"]);
    assert_eq!(
        (first["line"].as_u64(), first["column"].as_u64()),
        (Some(5), Some(5))
    );
}

#[test]
fn a_folder_with_a_broken_lesson_still_lists_the_others() {
    let scratch = Scratch::new();
    let copy = |from: &str| {
        let name = Path::new(from).file_name().unwrap();
        fs::copy(from, scratch.path().join(name)).unwrap();
    };
    copy("lessons/00-first-steps.ron");
    fs::write(scratch.path().join("01-x.ron"), "Lesson(").unwrap();
    let folder = scratch.path().display();
    let said = gargalo(&format!("list --lessons {folder}"));
    assert_eq!(said.code, 0);
    assert!(said.out.contains("L00") && said.out.contains("01-x.ron"));
}

#[test]
fn help_and_version_are_data() {
    for word in ["--help", "--version", "run --help"] {
        let said = gargalo(word);
        assert_eq!((said.code, said.err.as_str()), (0, ""));
        assert!(said.out.contains("gargalo"));
    }
    let said = gargalo("frobnicate");
    assert_eq!((said.code, said.out.as_str()), (2, ""));
}

#[test]
fn without_a_terminal_the_tutor_names_the_commands() {
    let said = gargalo("");
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("not a terminal"));
    assert!(said.err.contains("gargalo show L00"));
    assert!(!said.err.contains('\u{1b}'));
}
