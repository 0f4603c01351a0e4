//! What a student did is never lost: not by a crash, a full disk, a
//! damaged file, a newer version, or a second window.

#[path = "support/scratch.rs"]
mod scratch;

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
    };
    let course = Course::embedded();
    run::record(&course, &Library::embedded(), &order).unwrap().1
}

fn numbered(run: &RunRecord, number: u32) -> RunRecord {
    RunRecord { number, ..run.clone() }
}

#[test]
fn runs_that_cannot_be_read_are_not_overwritten_either() {
    let scratch = Scratch::new();
    let mut store = store(scratch.path());
    let run = a_run();
    store.save_runs("L00", "r", &[numbered(&run, 1)]).unwrap();
    let folder = scratch.path().join("runs/L00");
    let whole = fs::read_to_string(folder.join("r.ron")).unwrap();
    assert!(whole.starts_with("[(format:1,"));
    let newer = whole.replace("format:1", "format:2");
    for (n, bytes) in [&whole[..whole.len() / 2], &newer].iter().enumerate()
    {
        fs::write(folder.join("r.ron"), bytes).unwrap();
        let said = store.save_runs("L00", "r", &[numbered(&run, 2)]);
        let said = said.unwrap().join(" ");
        let kind = ["damaged", "newer"][n];
        let kept = format!("r.{kind}-1.ron");
        assert!(said.contains(&kept), "{said}");
        let kept = fs::read_to_string(folder.join(kept)).unwrap();
        assert_eq!(kept, **bytes);
        let loaded = store.load_runs("L00");
        assert_eq!(loaded.value["r"].len(), 1);
        assert!(loaded.notices.is_empty());
    }
}

#[test]
fn two_windows_lose_no_run_and_bring_no_deleted_one_back() {
    let scratch = Scratch::new();
    let run = a_run();
    let (mut one, mut two) = (store(scratch.path()), store(scratch.path()));
    let [a, b, c] = [1, 2, 3].map(|n| numbered(&run, n));
    one.save_runs("L00", "r", std::slice::from_ref(&a)).unwrap();
    two.load_runs("L00");
    one.save_runs("L00", "r", &[a.clone(), b]).unwrap();
    two.save_runs("L00", "r", &[a, c.clone()]).unwrap();
    let numbers = |store: &mut Store| -> Vec<u32> {
        let runs = &store.load_runs("L00").value["r"];
        let mut all: Vec<u32> = runs.iter().map(|r| r.number).collect();
        all.sort_unstable();
        all
    };
    assert_eq!(numbers(&mut store(scratch.path())), [1, 2, 3]);
    numbers(&mut two);
    two.save_runs("L00", "r", &[c]).unwrap();
    assert_eq!(numbers(&mut two), [3]);
}

#[test]
fn eight_threads_that_save_at_once_lose_no_answer() {
    let scratch = Scratch::new();
    thread::scope(|scope| {
        for n in 0..8 {
            let folder = scratch.path().to_owned();
            scope.spawn(move || {
                let mut mine = Progress::default();
                for i in 0..6 {
                    mine.change("L00", &format!("t{n}-{i}")).done = true;
                    store(&folder).save(&mine).unwrap();
                }
            });
        }
    });
    let all = store(scratch.path()).load();
    assert!(all.notices.is_empty());
    for n in 0..8 {
        for i in 0..6 {
            assert!(is_done(&all.value, &format!("t{n}-{i}")), "t{n}-{i}");
        }
    }
    assert!(others(scratch.path()).is_empty());
}

/// Not a test: what the killed children of the next one do.
#[test]
fn the_child() {
    let Ok(folder) = std::env::var(CHILD) else { return };
    let store = store(Path::new(&folder));
    let mut progress = store.load().value;
    if let Ok(name) = std::env::var(NAME) {
        for i in 0..15 {
            progress.change("L00", &format!("{name}-{i}")).done = true;
            store.save(&progress).unwrap();
        }
        return;
    }
    let mut n = progress.sequence;
    loop {
        n += 1;
        progress.change("L00", &format!("c{}", n % 40)).attempts += 1;
        store.save(&progress).unwrap();
        println!("saved {}", progress.sequence);
    }
}

#[test]
fn four_programs_that_save_at_once_lose_no_answer() {
    let scratch = Scratch::new();
    let names = ["ana", "bia", "caio", "davi"];
    let children = names.map(|name| {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "the_child"])
            .env(CHILD, scratch.path())
            .env(NAME, name)
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    });
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let all = store(scratch.path()).load().value;
    for name in names {
        for i in 0..15 {
            assert!(is_done(&all, &format!("{name}-{i}")), "{name}-{i}");
        }
    }
}

#[test]
fn a_kill_in_the_middle_of_a_save_loses_nothing_acknowledged() {
    let scratch = Scratch::new();
    let myself = std::env::current_exe().unwrap();
    for n in 0..50 {
        let mut child = Command::new(&myself)
            .args(["--exact", "the_child", "--nocapture"])
            .env(CHILD, scratch.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(15 + n * 7 % 23));
        child.kill().unwrap();
        let said = text(&child.wait_with_output().unwrap().stdout);
        let saved = said.lines().rev().filter_map(|line| {
            line.strip_prefix("saved ")?.parse::<u64>().ok()
        });
        let loaded = store(scratch.path()).load();
        assert!(loaded.notices.is_empty(), "{:?}", loaded.notices);
        if let Some(saved) = saved.max() {
            assert!(loaded.value.sequence >= saved, "kill {n}");
        }
    }
    let store = store(scratch.path());
    assert!(store.load().value.sequence > 50, "the children saved nothing");
    // A half-written file of a killed child goes at the next start that
    // has something to repair.
    fs::write(scratch.path().join("progress.7-7.tmp"), "half").unwrap();
    fs::write(file(scratch.path()), "damaged").unwrap();
    store.load();
    assert_eq!(others(scratch.path()), ["progress.damaged-1.ron"]);
}

#[test]
fn where_no_file_can_be_written_one_sentence_says_so() {
    let scratch = Scratch::new();
    let blocked = scratch.path().join("a file");
    fs::write(&blocked, "x").unwrap();
    let inside = store(&blocked.join("home"));
    let said = inside.save(&done(&["a"])).unwrap_err();
    assert!(said.starts_with("Not saved: ") && said.contains("a file"));
    assert_eq!(said.lines().count(), 1);
    assert_eq!(inside.load().value, Progress::default());
    let said = inside.reset(None).unwrap_err();
    assert!(said.starts_with("Not saved: "), "{said}");
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

#[test]
fn a_full_disk_leaves_the_old_file_as_it_was() {
    let scratch = saved();
    let before = fs::read(file(scratch.path())).unwrap();
    let output = on_a_full_disk(scratch.path(), "progress reset L00 --yes");
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.contains("Not saved: "), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert_eq!(fs::read(file(scratch.path())).unwrap(), before);
    assert!(others(scratch.path()).is_empty());
    assert!(is_done(&store(scratch.path()).load().value, "b"));
}

#[test]
fn progress_is_shown_as_text_and_as_json() {
    let scratch = Scratch::new();
    let mut progress = done(&["e1"]);
    progress.change("L00", "e1").attempts = 3;
    progress.place = Some(("L00".to_owned(), "e1".to_owned()));
    store(scratch.path()).save(&progress).unwrap();
    let shown = gargalo(scratch.path(), &["progress"], "");
    let shown = text(&shown.stdout);
    assert!(shown.contains("left at L00/e1"), "{shown}");
    let json = gargalo(scratch.path(), &["progress", "--json"], "");
    let json: serde_json::Value =
        serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["format"], 1);
    assert_eq!(json["place"], "L00/e1");
    assert_eq!(json["notices"], serde_json::json!([]));
    let first = &json["lessons"][0];
    assert_eq!((&first["id"], &first["done"]), (&"L00".into(), &1.into()));
    let cells = first["cells"].as_array().unwrap();
    let cell = cells.iter().find(|cell| cell["id"] == "e1").unwrap();
    assert_eq!(cell["attempts"], 3);
    fs::write(file(scratch.path()), "damaged").unwrap();
    let shown = gargalo(scratch.path(), &["progress"], "");
    assert!(text(&shown.stdout).contains("cannot be used"));
    assert_eq!(fs::read(file(scratch.path())).unwrap(), b"damaged");
}

#[test]
fn forgetting_asks_and_acts_on_yes_alone() {
    let scratch = saved();
    let before = fs::read(file(scratch.path())).unwrap();
    let order = ["progress", "reset", "L00"];
    for typed in ["", "\n", "no\n", "n", "yesterday\n", "\u{0}\n"] {
        let output = gargalo(scratch.path(), &order, typed);
        assert_eq!(output.status.code(), Some(1), "{typed:?}");
        assert!(text(&output.stderr).contains("L00"));
        assert_eq!(fs::read(file(scratch.path())).unwrap(), before);
    }
    let output = gargalo(scratch.path(), &order, "yes\n");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stdout), "Forgotten: L00\n");
    assert_eq!(store(scratch.path()).load().value.lessons.len(), 0);
}

#[test]
fn forgetting_is_for_good_and_for_one_lesson_only() {
    let scratch = Scratch::new();
    let run = a_run();
    let mut kept = store(scratch.path());
    let mut progress = done(&["a"]);
    progress.change("L01", "q1").done = true;
    kept.save(&progress).unwrap();
    kept.save(&progress).unwrap();
    for lesson in ["L00", "L01"] {
        kept.save_runs(lesson, "r", std::slice::from_ref(&run)).unwrap();
    }
    let forget = |arguments: &[&str]| {
        let output = gargalo(scratch.path(), arguments, "");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    };
    forget(&["progress", "reset", "l00", "--yes"]);
    let left = store(scratch.path()).load().value;
    assert!(!is_done(&left, "a"));
    assert!(left.cell("L01", "q1").is_some_and(|cell| cell.done));
    assert!(!scratch.path().join("runs/L00").exists());
    assert!(scratch.path().join("runs/L01/r.ron").exists());
    forget(&["progress", "reset", "--yes"]);
    fs::remove_file(file(scratch.path())).unwrap();
    let left = store(scratch.path()).load().value;
    assert_eq!(left, Progress::default(), "the backup remembers");
    assert!(!scratch.path().join("runs").exists());
}

#[test]
fn forgetting_one_lesson_in_a_damaged_file_forgets_no_other() {
    let scratch = Scratch::new();
    let mut progress = done(&["a"]);
    progress.change("L01", "q1").done = true;
    let kept = store(scratch.path());
    kept.save(&progress).unwrap();
    kept.save(&progress).unwrap();
    fs::write(file(scratch.path()), "damaged").unwrap();
    let said = kept.reset(Some("L00")).unwrap().join(" ");
    assert!(said.contains("progress.damaged-1.ron"), "{said}");
    let left = store(scratch.path()).load().value;
    assert!(left.cell("L01", "q1").is_some_and(|cell| cell.done));
    assert!(!is_done(&left, "a"));
}
