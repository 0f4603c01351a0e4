//! What a student did is never lost: not by a crash, a full disk, a
//! damaged file, a newer version, or a second window.

#[path = "support/scratch.rs"]
mod scratch;

#[path = "saves/crashes.rs"]
mod crashes;

use gargalo::app::progress::Answer;
use gargalo::app::progress::Progress;
use gargalo::data::Library;
use gargalo::lesson::course::Course;
use gargalo::shell::headless::run;
use gargalo::shell::store::Store;
use gargalo::train::record::RunRecord;
use scratch::Scratch;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

/// Set for the copy of this test program that saves until it is killed.
const CHILD: &str = "GARGALO_TEST_CHILD";

/// Set for a copy that saves a few answers under this name and ends.
const NAME: &str = "GARGALO_TEST_NAME";

fn store(folder: &Path) -> Store {
    Store::new(folder.to_owned())
}

/// A progress in which these cells of L00 are done.
fn done(cells: &[&str]) -> Progress {
    let mut progress = Progress::default();
    for cell in cells {
        let kept = progress.change("L00", cell);
        kept.done = true;
        kept.answer = Some(Answer::Typed(format!("é {cell}")));
    }
    progress
}

fn is_done(progress: &Progress, cell: &str) -> bool {
    progress.cell("L00", cell).is_some_and(|cell| cell.done)
}

fn file(folder: &Path) -> PathBuf {
    folder.join("progress.ron")
}

/// Names of the files in a folder that are not the usual ones.
fn others(folder: &Path) -> Vec<String> {
    let usual = ["progress.ron", "progress.bak.ron", "lock", "runs"];
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !usual.contains(&name.as_str()))
        .collect();
    names.sort();
    names
}

/// A folder with two saves: `a` is done in both, `b` only in the later.
fn saved() -> Scratch {
    let scratch = Scratch::new();
    let store = store(scratch.path());
    assert_eq!(store.save(&done(&["a"])), Ok(Vec::new()));
    assert_eq!(store.save(&done(&["a", "b"])), Ok(Vec::new()));
    scratch
}

fn gargalo(home: &Path, arguments: &[&str], typed: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gargalo"))
        .args(arguments)
        .env("GARGALO_HOME", home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may have answered without reading.
    let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_save_comes_back_and_starts_with_the_number_of_its_format() {
    let scratch = saved();
    let loaded = store(scratch.path()).load();
    assert_eq!(loaded.value, done(&["a", "b"]));
    assert!(loaded.notices.is_empty());
    let bytes = fs::read_to_string(file(scratch.path())).unwrap();
    assert!(bytes.starts_with("(format:1,"), "{bytes}");
    assert!(others(scratch.path()).is_empty());
    let backup = scratch.path().join("progress.bak.ron");
    assert!(fs::read_to_string(backup).unwrap().contains("é a"));
}

/// Damages a save and holds the program to its promises: no panic, the
/// save before is used, and the damaged file is kept and named.
fn damage(what: &str, bytes: &[u8]) {
    let scratch = saved();
    fs::write(file(scratch.path()), bytes).unwrap();
    let store = store(scratch.path());
    let before = store.peek();
    assert_eq!(before.notices.len(), 1, "{what}");
    let loaded = store.load();
    assert!(is_done(&loaded.value, "a"), "{what}: the backup is not used");
    let said = loaded.notices.join(" ");
    let kept = "progress.damaged-1.ron";
    assert!(said.contains(kept) && said.contains("save before"), "{said}");
    assert_eq!(fs::read(scratch.path().join(kept)).unwrap(), bytes);
    store.save(&done(&["a", "c"])).unwrap();
    assert_eq!(fs::read(scratch.path().join(kept)).unwrap(), bytes);
    assert!(is_done(&store.load().value, "c"));
}

#[test]
fn a_file_cut_off_anywhere_is_never_a_loss() {
    let scratch = saved();
    let whole = fs::read(file(scratch.path())).unwrap();
    // Without its last byte, the end of the line, it is still whole.
    for length in 0..whole.len() - 1 {
        damage(&format!("{length} bytes"), &whole[..length]);
    }
}

#[test]
fn a_flipped_bit_never_panics_and_nothing_is_overwritten() {
    let scratch = saved();
    let whole = fs::read(file(scratch.path())).unwrap();
    for (at, bit) in (0..whole.len()).flat_map(|at| [(at, 0), (at, 6)]) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << bit;
        fs::write(file(scratch.path()), &bytes).unwrap();
        let loaded = store(scratch.path()).load();
        if loaded.notices.is_empty() {
            // Still readable, only with another letter in it.
            continue;
        }
        let names = others(scratch.path());
        assert_eq!(names.len(), 1, "{names:?}");
        let kept = scratch.path().join(&names[0]);
        assert_eq!(fs::read(&kept).unwrap(), bytes);
        fs::remove_file(kept).unwrap();
    }
}

#[test]
fn zeros_latin_letters_and_20_megabytes_are_kept_aside() {
    damage("zeros", &[0; 4096]);
    damage("latin 1", b"(format:1,lessons:{\"\xe9\":()})");
    damage("20 MB", &vec![b' '; 20_000_000]);
    damage("deep", "(".repeat(100_000).as_bytes());
    damage("another file", b"# Notes\n");
}

#[test]
fn a_folder_or_a_dangling_link_in_the_files_place_is_kept_aside() {
    let scratch = saved();
    let path = file(scratch.path());
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    fs::write(path.join("mine"), "keep").unwrap();
    let loaded = store(scratch.path()).load();
    assert!(is_done(&loaded.value, "a"));
    assert!(loaded.notices[0].contains("not a file"), "{loaded:?}");
    let kept = scratch.path().join("progress.damaged-1.ron");
    assert_eq!(fs::read_to_string(kept.join("mine")).unwrap(), "keep");

    let target = scratch.path().join("elsewhere");
    std::os::unix::fs::symlink(&target, &path).unwrap();
    let store = store(scratch.path());
    let said = store.save(&done(&["c"])).unwrap().join(" ");
    assert!(said.contains("link") && said.contains("damaged-2"), "{said}");
    let kept = scratch.path().join("progress.damaged-2.ron");
    assert_eq!(fs::read_link(kept).unwrap(), target);
    assert!(is_done(&store.load().value, "c"));
}

#[test]
fn a_link_to_a_file_stays_a_link() {
    let scratch = saved();
    let real = scratch.path().join("real.ron");
    fs::rename(file(scratch.path()), &real).unwrap();
    std::os::unix::fs::symlink(&real, file(scratch.path())).unwrap();
    store(scratch.path()).save(&done(&["c"])).unwrap();
    assert!(fs::read_link(file(scratch.path())).is_ok());
    let bytes = fs::read_to_string(&real).unwrap();
    assert!(bytes.contains("é b") && bytes.contains("é c"), "{bytes}");
}

#[test]
fn a_newer_format_is_set_aside_byte_for_byte_the_backup_too() {
    let newer = b"(format:2,shape:Other([1,2]),lessons:7)\n";
    let scratch = saved();
    let backup = scratch.path().join("progress.bak.ron");
    fs::write(file(scratch.path()), newer).unwrap();
    fs::write(&backup, newer).unwrap();
    let store = store(scratch.path());
    let loaded = store.load();
    let said = loaded.notices.join(" ");
    assert!(said.contains("newer gargalo: format 2"), "{said}");
    assert_eq!(loaded.value, Progress::default());
    store.save(&done(&["a"])).unwrap();
    store.save(&done(&["a", "b"])).unwrap();
    let names = others(scratch.path());
    assert_eq!(names, ["progress.bak.newer-1.ron", "progress.newer-1.ron"]);
    for name in names {
        assert_eq!(fs::read(scratch.path().join(name)).unwrap(), newer);
    }
}

#[test]
fn a_newer_file_that_comes_while_the_program_runs_is_not_overwritten() {
    let newer = b"(format:9)";
    let scratch = saved();
    let store = store(scratch.path());
    fs::write(file(scratch.path()), newer).unwrap();
    let said = store.save(&done(&["a"])).unwrap().join(" ");
    assert!(said.contains("progress.newer-1.ron"), "{said}");
    let kept = scratch.path().join("progress.newer-1.ron");
    assert_eq!(fs::read(kept).unwrap(), newer);
}

/// A short run of L00.
fn a_run() -> RunRecord {
    let order = run::Order {
        cell: "L00/first-run",
        set: &["examples=200".to_owned(), "epochs=1".to_owned()],
        seed: None,
        threads: 1,
        weights: None,
        codes: None,
    };
    let course = Course::embedded();
    run::record(&course, &Library::embedded(), &order).unwrap().1
}

fn numbered(run: &RunRecord, number: u32) -> RunRecord {
    RunRecord { number, ..run.clone() }
}

/// A shell that lets no file grow, as on a full disk, and starts gargalo.
fn on_a_full_disk(home: &Path, arguments: &str) -> Output {
    let program = env!("CARGO_BIN_EXE_gargalo");
    Command::new("sh")
        .args([
            "-c",
            &format!(
                "trap '' XFSZ; ulimit -f 0; exec '{program}' {arguments}"
            ),
        ])
        .env("GARGALO_HOME", home)
        .output()
        .unwrap()
}
