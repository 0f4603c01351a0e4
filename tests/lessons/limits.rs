//! Limits: at the limit a lesson works, one more is refused; and nothing
//! in a file, however mangled, breaks the program or keeps it busy.

use crate::files::GOOD;
use gargalo::lesson::check::check;
use gargalo::lesson::course::Course;
use gargalo::lesson::course::Entry;
use gargalo::lesson::load::LARGEST;
use gargalo::lesson::load::text_of;
use gargalo::nn::random::Purpose;
use gargalo::nn::random::rng;
use rand::RngExt;
use std::fs;
use std::path::Path;
use std::time::Duration;
use std::time::Instant;

fn lesson(minutes: usize, cells: &str) -> String {
    format!(
        "(format: 1, id: \"L50\", title: \"T\", summary: \"S\", slide: \
         \"\", minutes: {minutes}, cells: [{cells}])"
    )
}

fn text(id: &str, text: &str) -> String {
    format!("Text(id: \"{id}\", text: \"{text}\"),")
}

fn told(source: &str) -> Vec<String> {
    check("x.ron", source).1.iter().map(ToString::to_string).collect()
}

/// The first source is fine, the second is told just one thing.
fn limit(fine: &str, refused: &str, words: &str) {
    assert_eq!(told(fine), Vec::<String>::new());
    let said = told(refused);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains(words), "{said:?}");
}

#[test]
fn ids_texts_cells_and_minutes_have_limits() {
    let one = text("a", "Words.");
    limit(&lesson(120, &one), &lesson(121, &one), "1 to 120 minutes");
    limit(&lesson(1, &one), &lesson(0, &one), "1 to 120 minutes");
    let id = |n: usize| lesson(5, &text(&"a".repeat(n), "Words."));
    limit(&id(64), &id(65), "1 to 64");
    let cells = |n: usize| {
        let cells: String =
            (0..n).map(|i| text(&format!("c{i}"), "Words.")).collect();
        lesson(5, &cells)
    };
    limit(&cells(500), &cells(501), "1 to 500 cells");
    let long = |n: usize| {
        let words = "a ".repeat(n / 2 - 1) + "ab";
        let cell =
            format!("Formula(id: \"f\", tex: \"x\", text: \"{words}\")");
        lesson(5, &cell)
    };
    limit(&long(65536), &long(65538), "65538 bytes");
    let formula = |n: usize| {
        let tex = "x".repeat(n);
        lesson(
            5,
            &format!("Formula(id: \"f\", tex: \"{tex}\", text: \"x\")"),
        )
    };
    limit(&formula(4096), &formula(4097), "4096 bytes");
    let rows = |n: usize| {
        let lines: String = (0..n).map(|_| "- one\n").collect();
        lesson(5, &text("a", &lines))
    };
    limit(&rows(20), &rows(21), "about 21 rows");
}

#[test]
fn a_file_has_a_largest_size() {
    let fill = |n: u64| {
        let source = lesson(5, &text("a", "Words."));
        let rest = n as usize - source.len();
        source + &" ".repeat(rest)
    };
    limit(&fill(LARGEST), &fill(LARGEST + 1), "larger than 1024 KiB");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("large.ron");
    fs::write(&path, fill(LARGEST)).unwrap();
    assert!(text_of(&path).is_ok());
    fs::write(&path, fill(LARGEST + 1)).unwrap();
    let problem = text_of(&path).unwrap_err();
    assert!(problem.what.contains("larger than 1024 KiB"), "{problem}");
}

#[test]
fn a_byte_order_mark_does_not_matter() {
    let source = format!("\u{FEFF}{}", lesson(0, &text("a", "Words.")));
    let (lesson, problems) = check("x.ron", &source);
    assert!(lesson.is_some());
    let place = source.find("0, cells").unwrap() - 3 + 1;
    assert_eq!((problems[0].line, problems[0].column), (1, place));
}

#[test]
fn at_most_a_hundred_problems_are_told() {
    let cells: String = (0..300).map(|_| text("A", "")).collect();
    let said = told(&lesson(5, &cells));
    assert_eq!(said.len(), 101);
    assert!(said[100].contains("more problems"), "{}", said[100]);
}

#[test]
fn costly_files_are_answered_quickly() {
    let deep = "(".repeat(1 << 20);
    let open = "/*".repeat(1 << 19);
    let text = format!("(a: \"{}", "\\\"".repeat(1 << 19));
    let wide = format!("(cells: [{}])", "(),".repeat(300_000));
    let raw = format!("r{}", "#".repeat((1 << 20) - 2));
    let raws = "r#".repeat(1 << 19);
    let words = "a:".repeat(1 << 19);
    let cells = lesson(5, &"Text(id:\"\",text:\"\"),".repeat(50_000));
    let sums = "Any([".repeat(12) + &"]),".repeat(12);
    let goals = lesson(
        5,
        &format!(
            "Exercise(id:\"a\",text:\"b\",hints:[],solution:\"c\",\
             task:Do(goal:All([{}])))",
            sums.repeat(9_000)
        ),
    );
    let braces = format!(
        "Formula(id:\"f\",text:\"x\",tex:r\"{}\")",
        "{".repeat(4000)
    );
    let braces = lesson(5, &braces.repeat(200));
    for source in
        [deep, open, text, wide, raw, raws, words, cells, goals, braces]
    {
        let start = Instant::now();
        let (_, problems) = check("x.ron", &source);
        let took = start.elapsed();
        let head: String = source.chars().take(60).collect();
        assert!(!problems.is_empty(), "{head}");
        assert!(took < Duration::from_millis(1500), "{took:?}: {head}");
    }
}

#[test]
fn mangled_lessons_are_answered_and_never_panic() {
    let good = GOOD.as_bytes();
    let mut rng = rng(1, Purpose::Data);
    let mut slowest = Duration::ZERO;
    let (mut read, mut refused) = (0, 0);
    for _ in 0..20_000 {
        let mut bytes = good.to_vec();
        for _ in 0..rng.random_range(1..4) {
            mangle(&mut bytes, good, &mut rng);
        }
        let source = String::from_utf8_lossy(&bytes);
        let start = Instant::now();
        let (lesson, problems) = check("90-x.ron", &source);
        slowest = slowest.max(start.elapsed());
        match lesson {
            Some(_) => read += 1,
            None => refused += 1,
        }
        let lines = source.lines().count() + 1;
        assert!(problems.iter().all(|p| p.line <= lines));
    }
    println!("{read} read, {refused} refused, slowest {slowest:?}");
    assert!(read > 1000 && refused > 1000, "{read} {refused}");
    assert!(slowest < Duration::from_millis(100), "{slowest:?}");
}

/// One random fault: a byte, a cut, a copy, a repetition.
fn mangle(
    bytes: &mut Vec<u8>,
    good: &[u8],
    rng: &mut gargalo::nn::random::Rng,
) {
    if bytes.is_empty() {
        return;
    }
    let at = rng.random_range(0..bytes.len());
    let length = rng.random_range(1..40_usize).min(bytes.len() - at);
    match rng.random_range(0..7) {
        0 => bytes[at] = rng.random_range(0..=255_u8),
        1 => bytes[at] ^= 1 << rng.random_range(0..8),
        2 => drop(bytes.drain(at..at + length)),
        3 => bytes.truncate(at),
        4 => {
            let from = rng.random_range(0..good.len() - 40);
            let piece = good[from..from + length].to_vec();
            bytes.splice(at..at, piece);
        }
        5 => {
            let signs = b"()[]{}\",:$\\0159.-eE\n";
            bytes[at] = signs[rng.random_range(0..signs.len())];
        }
        _ => {
            // A digit becomes another: numbers out of every range.
            if let Some(digit) =
                bytes[at..].iter_mut().find(|b| b.is_ascii_digit())
            {
                *digit = b'0' + rng.random_range(0..10_u8);
            }
        }
    }
}

#[test]
fn the_course_of_the_program_loads_quickly() {
    let start = Instant::now();
    let course = Course::embedded();
    let took = start.elapsed();
    println!("{} lessons in {took:?}", course.entries.len());
    assert!(took < Duration::from_millis(200), "{took:?}");
    let fine = |entry: &Entry| matches!(entry, Entry::Lesson(_));
    assert!(course.entries.iter().all(fine));
}
