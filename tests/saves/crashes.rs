//! Several programs at once, kills, full disks, and forgetting on purpose.

use super::*;

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
            .args(["--exact", "crashes::the_child"])
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
            .args(["--exact", "crashes::the_child", "--nocapture"])
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
