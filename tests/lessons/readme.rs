//! The description of the format: its lesson works, its lists are whole.

use gargalo::data::DataKind;
use gargalo::lesson::check::check;
use gargalo::lesson::goal::Deed;
use gargalo::lesson::goal::Goal;
use gargalo::lesson::goal::Status;
use gargalo::lesson::knob::KnobId;
use gargalo::lesson::metric::Metric;
use gargalo::lesson::overlay::Overlay;
use gargalo::lesson::schema::Baseline;
use gargalo::lesson::schema::ModelKind;
use gargalo::lesson::schema::Panel;
use gargalo::lesson::schema::Task;
use serde::de::DeserializeOwned;

const README: &str = include_str!("../../lessons/README.md");

/// The examples, without the fences.
fn examples() -> Vec<&'static str> {
    let parts = README.split("```ron\n").skip(1);
    parts.map(|part| part.split("```").next().unwrap()).collect()
}

#[test]
fn the_lesson_in_the_description_has_no_problem() {
    let (lesson, problems) = check("98-small.ron", examples()[0]);
    let problems: Vec<_> =
        problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems, Vec::<String>::new());
    assert!(lesson.is_some());
}

#[test]
fn the_translation_in_the_description_fits_its_lesson() {
    let lesson = check("98-small.ron", examples()[0]).0.unwrap();
    let overlay = Overlay::parse("x.ron", examples()[1]).unwrap();
    let done = overlay.apply(&lesson);
    assert_eq!(done.stale, Vec::<String>::new());
    assert_eq!(done.lesson.title, "Uma pequena lição");
}

/// The words a closed list takes, as the reader names them itself.
fn words<T: DeserializeOwned>() -> Vec<&'static str> {
    match ron::from_str::<T>("NoSuchWord").map_err(|error| error.code) {
        Err(ron::Error::NoSuchEnumVariant { expected, .. }) => {
            expected.to_vec()
        }
        _ => panic!("this is no closed list"),
    }
}

/// The first column of the table with a title.
fn listed(title: &str) -> Vec<&'static str> {
    let head = format!("| {title} | |\n| --- | --- |\n");
    let rows = README.split(&*head).nth(1).unwrap();
    let rows = rows.lines().take_while(|line| line.starts_with("| `"));
    rows.map(|row| row.split('`').nth(1).unwrap()).collect()
}

#[test]
fn every_list_in_the_description_is_whole() {
    for (title, words) in [
        ("Task", words::<Task>()),
        ("Goal", words::<Goal>()),
        ("Status", words::<Status>()),
        ("Deed", words::<Deed>()),
        ("Model", words::<ModelKind>()),
        ("Data", words::<DataKind>()),
        ("Knob", words::<KnobId>()),
        ("Panel", words::<Panel>()),
        ("Baseline", words::<Baseline>()),
        ("Metric", words::<Metric>()),
    ] {
        assert_eq!(listed(title), words, "{title}");
        assert!(!words.is_empty());
    }
}
