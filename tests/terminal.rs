//! The program itself in a real terminal.

#[path = "support/pty.rs"]
mod pty;
#[path = "support/scratch.rs"]
mod scratch;

use gargalo::shell::store::Store;
use pty::Pty;
use scratch::Scratch;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;
use std::thread;
use std::time::Duration;
use std::time::Instant;

const BEGIN: &[u8] = b"\x1b[?2026h";

/// Set for the copy of this test program that is a terminal.
const CHILD: &str = "GARGALO_TEST_TERMINAL";

/// At the first experiment of the first lesson, training.
fn training(home: &Path, variables: &[(&str, &str)]) -> Pty {
    let mut pty = Pty::open(home, variables);
    pty.wait("Welcome");
    pty.press("jj ");
    pty.wait("pause");
    pty
}

/// How often something stands in something longer.
fn count(bytes: &[u8], what: &[u8]) -> usize {
    bytes.windows(what.len()).filter(|window| *window == what).count()
}

#[test]
fn three_keys_after_the_first_start_there_is_a_digit_in_greys() {
    let scratch = Scratch::new();
    let mut pty = Pty::open(scratch.path(), &[]);
    pty.wait("Welcome");
    pty.press("jj ");
    pty.until("digit in half blocks", |screen| {
        let mut greys = BTreeSet::new();
        let mut blocks = 0;
        for (row, column) in
            (0..24).flat_map(|row| (0..80).map(move |column| (row, column)))
        {
            let cell = screen.cell(row, column).unwrap();
            if ["▀", "▄"].contains(&cell.contents()) {
                blocks += 1;
                if let vt100::Color::Idx(grey @ 232..) = cell.fgcolor() {
                    greys.insert(grey);
                }
            }
        }
        blocks > 30 && greys.len() > 5
    });
}

#[test]
fn a_lesson_is_opened_by_its_name() {
    let scratch = Scratch::new();
    let mut pty = Pty::with_words(scratch.path(), &["l02"]);
    pty.wait(" L02  ");
    pty.press("qq");
    assert_eq!(pty.end().0, 0);
}

#[test]
fn q_leaves_and_says_where_the_work_is() {
    let scratch = Scratch::new();
    let mut pty = Pty::open(scratch.path(), &[]);
    pty.wait("Welcome");
    pty.press("j");
    pty.wait("Can you see the digit");
    assert!(pty.look(|screen| screen.alternate_screen()));
    pty.press("qq");
    assert_eq!(pty.end().0, 0);
    pty.assert_given_back();
    let text = pty.text();
    assert!(text.contains(&scratch.path().display().to_string()));
    assert!(text.contains("Come back with: gargalo"), "{text}");
    let progress = Store::new(scratch.path().to_owned()).load().value;
    assert_eq!(progress.lessons["L00"].place, Some("pictures".to_owned()));
}

#[test]
fn a_signal_while_training_saves_and_gives_the_terminal_back() {
    for (name, code) in
        [("TERM", 143), ("INT", 130), ("HUP", 129), ("QUIT", 131)]
    {
        let scratch = Scratch::new();
        let mut pty = training(scratch.path(), &[]);
        pty.wait("images/s");
        pty.signal(name);
        assert_eq!(pty.end().0, code, "{name}");
        pty.assert_given_back();
        let mut store = Store::new(scratch.path().to_owned());
        let progress = store.load().value;
        let place = progress.lessons["L00"].place.clone();
        assert_eq!(place.as_deref(), Some("first-run"), "{name}");
        let runs = store.load_runs("L00").value;
        assert_eq!(runs["first-run"].len(), 1, "{name}: the run is lost");
    }
}

#[test]
fn a_terminal_that_takes_no_more_does_not_keep_the_program_alive() {
    let scratch = Scratch::new();
    let mut pty = training(scratch.path(), &[("COLORTERM", "truecolor")]);
    pty.deafen();
    for _ in 0..40 {
        pty.press("?");
        thread::sleep(Duration::from_millis(25));
    }
    pty.signal("TERM");
    pty.hold("gone", |pty| !pty.alive());
    pty.listen();
    assert_eq!(pty.end().0, 143);
    assert!(pty.is_cooked());
}

/// Not a test: a terminal that the next test closes by killing it.
#[test]
fn the_terminal() {
    let Ok(home) = std::env::var(CHILD) else { return };
    let pty = training(Path::new(&home), &[]);
    println!("pid {}", pty.id());
    thread::sleep(Duration::from_secs(60));
}

#[test]
fn when_the_terminal_goes_away_the_program_goes_and_saves() {
    let scratch = Scratch::new();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_terminal", "--nocapture"])
        .env(CHILD, scratch.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = std::io::BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("pid ") {
        line.clear();
        let n = std::io::BufRead::read_line(&mut lines, &mut line).unwrap();
        assert!(n > 0, "the terminal ended");
    }
    let id = line.trim().trim_start_matches("pid ").to_owned();
    let process = Path::new("/proc").join(id);
    let running = || {
        let state = fs::read_to_string(process.join("stat"));
        state.is_ok_and(|stat| !stat.contains(") Z "))
    };
    assert!(running());
    child.kill().unwrap();
    child.wait().unwrap();
    let closed = Instant::now();
    while running() {
        let late = closed.elapsed() > Duration::from_secs(2);
        assert!(!late, "it lives without a terminal");
        thread::sleep(Duration::from_millis(10));
    }
    let progress = Store::new(scratch.path().to_owned()).load().value;
    let place = progress.lessons["L00"].place.clone();
    assert_eq!(place.as_deref(), Some("first-run"));
}

#[test]
fn ctrl_z_stops_and_the_screen_comes_back_whole() {
    let scratch = Scratch::new();
    let mut pty = Pty::open(scratch.path(), &[]);
    pty.wait("Welcome");
    for stop in ["\u{1a}", "TSTP", "\u{1a}"] {
        pty.quiet();
        let before = pty.text();
        match stop {
            "TSTP" => pty.signal(stop),
            key => pty.press(key),
        }
        pty.hold("stopped", |pty| pty.stopped());
        pty.hold("given back", |pty| {
            pty.is_cooked() && !pty.look(|screen| screen.alternate_screen())
        });
        pty.assert_given_back();
        // Another program writes on the screen meanwhile.
        pty.signal("CONT");
        pty.wait("Welcome");
        pty.hold("raw", |pty| !pty.is_cooked());
        pty.quiet();
        assert_eq!(pty.text(), before);
        let mouse = pty.look(|screen| screen.mouse_protocol_mode());
        assert_ne!(mouse, vt100::MouseProtocolMode::None);
    }
    // Stopped from outside, without a word, and brought back.
    pty.signal("STOP");
    pty.hold("stopped", |pty| pty.stopped());
    let length = pty.bytes().len();
    pty.signal("CONT");
    pty.hold("painted", |pty| pty.bytes().len() > length + 500);
    pty.press("qq");
    assert_eq!(pty.end().0, 0);
}

#[test]
fn a_window_may_change_its_size_while_a_model_trains() {
    let scratch = Scratch::new();
    let mut pty = training(scratch.path(), &[]);
    for (columns, rows) in [(120, 40), (30, 8), (200, 60), (1, 1), (80, 24)]
    {
        pty.resize(columns, rows);
        thread::sleep(Duration::from_millis(100));
    }
    pty.wait("pause");
    pty.resize(30, 8);
    pty.wait("40x12 needed");
    pty.resize(100, 30);
    pty.wait("pause");
    pty.press("qq");
    pty.hold("gone or asking", |pty| {
        !pty.alive() || pty.text().contains(" y ")
    });
    if pty.alive() {
        pty.press("y");
    }
    assert_eq!(pty.end().0, 0);
    pty.assert_given_back();
}

#[test]
fn keys_are_answered_while_a_model_trains() {
    let scratch = Scratch::new();
    let mut pty = training(scratch.path(), &[]);
    for _ in 0..3 {
        let began = Instant::now();
        pty.press("?");
        pty.wait("Keys");
        pty.press("\u{1b}");
        pty.until("lesson", |s| !s.contents().contains("Keys"));
        let took = began.elapsed();
        assert!(took < Duration::from_secs(4), "{took:?}");
    }
}

#[test]
fn a_flood_of_keys_is_taken_to_the_last_one() {
    let scratch = Scratch::new();
    let mut pty = Pty::open(scratch.path(), &[]);
    pty.wait("Welcome");
    // More than are taken at once, in one write; the last one counts.
    let mut keys = "jk".repeat(450);
    keys.push('j');
    pty.press(&keys);
    pty.wait("Can you see the digit");
    pty.quiet();
    pty.press("qq");
    assert_eq!(pty.end().0, 0);
    let progress = Store::new(scratch.path().to_owned()).load().value;
    assert_eq!(progress.lessons["L00"].place, Some("pictures".to_owned()));
}

/// Every number of the color and attribute codes that were sent.
fn attributes(bytes: &[u8]) -> BTreeSet<u32> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = BTreeSet::new();
    for code in text.split("\x1b[").skip(1) {
        let numbers = code.chars().take_while(|c| !c.is_alphabetic());
        let numbers: String = numbers.collect();
        if code[numbers.len()..].starts_with('m') {
            found.extend(
                numbers.split(';').filter_map(|n| n.parse::<u32>().ok()),
            );
        }
    }
    found
}

#[test]
fn no_color_means_no_color_code() {
    let scratch = Scratch::new();
    let mut pty = training(scratch.path(), &[("NO_COLOR", "1")]);
    pty.press("?");
    pty.wait("Keys");
    let found = attributes(&pty.bytes());
    assert!(found.iter().all(|n| *n < 10), "{found:?}");
    assert!(found.contains(&1), "not even bold");
    let other = training(Scratch::new().path(), &[]);
    assert!(attributes(&other.bytes()).contains(&38));
}

#[test]
fn simple_terminals_get_ascii_alone() {
    for term in ["linux", "vt100"] {
        let scratch = Scratch::new();
        let mut pty = training(scratch.path(), &[("TERM", term)]);
        for keys in ["?", "\u{1b}", "z", "\u{1b}", ":", "\u{1b}", "j"] {
            pty.press(keys);
            pty.quiet_enough();
        }
        pty.press("GkkK");
        pty.quiet_enough();
        let bytes = pty.bytes();
        let at = bytes.iter().position(|byte| !byte.is_ascii());
        let near = at.map(|at| {
            let from = at.saturating_sub(60);
            String::from_utf8_lossy(
                &bytes[from..(at + 20).min(bytes.len())],
            )
            .into_owned()
        });
        assert_eq!(near, None, "{term}");
    }
}

#[test]
fn a_dumb_terminal_gets_a_sentence_and_no_escape_code() {
    let scratch = Scratch::new();
    let mut pty = Pty::open(scratch.path(), &[("TERM", "dumb")]);
    assert_eq!(pty.end().0, 2);
    let text = String::from_utf8(pty.bytes()).unwrap();
    assert!(text.contains("gargalo show L00"), "{text}");
    assert!(!text.contains('\u{1b}'));
    pty.assert_given_back();
}

#[test]
fn a_full_disk_is_told_on_the_screen_and_the_session_goes_on() {
    let scratch = Scratch::new();
    let words = "trap '' XFSZ; ulimit -f 0; exec";
    let mut pty = Pty::in_shell(scratch.path(), words);
    pty.wait("Welcome");
    pty.press("jj ");
    pty.wait("Not saved");
    pty.press("?");
    pty.wait("Keys");
    pty.press("\u{1b}");
    pty.press("\u{3}\u{3}y");
    assert_eq!(pty.end().0, 0);
    pty.assert_given_back();
    assert!(pty.text().contains("Not saved: "), "{}", pty.text());
}

#[test]
fn at_rest_not_a_byte_is_written() {
    let scratch = Scratch::new();
    let mut pty = Pty::open(scratch.path(), &[]);
    pty.wait("Welcome");
    let length = pty.quiet();
    assert!(length < 16_000, "the first frame has {length} bytes");
    thread::sleep(Duration::from_secs(2));
    assert_eq!(pty.bytes().len(), length);
    // Nothing to scroll above the first cell: the frame does not change.
    pty.press("k");
    let unchanged = pty.quiet() - length;
    assert_eq!(unchanged, 0, "{unchanged} bytes for nothing");
    pty.press("j");
    let moved = pty.quiet() - length;
    assert!(moved < 12_000, "{moved} bytes for one key");
}

#[test]
fn over_ssh_a_training_model_is_drawn_four_times_a_second() {
    let scratch = Scratch::new();
    let ssh = [("SSH_CONNECTION", "10.0.0.2 5022 10.0.0.1 22")];
    let pty = training(scratch.path(), &ssh);
    pty.until("moving", |screen| screen.contents().contains("epoch"));
    let before = pty.bytes().len();
    thread::sleep(Duration::from_secs(2));
    let bytes = pty.bytes().split_off(before);
    let frames = count(&bytes, BEGIN);
    assert!((1..=11).contains(&frames), "{frames} frames in 2 seconds");
    let each = bytes.len() / frames;
    assert!(each <= 8_000, "{each} bytes for a frame");
}
