//! Translations: laid over a lesson, told when they no longer fit.

use crate::files::GOOD;
use gargalo::lesson::check::check;
use gargalo::lesson::course::Course;
use gargalo::lesson::embedded;
use gargalo::lesson::overlay::Overlay;
use gargalo::lesson::overlay::check_overlay;
use gargalo::lesson::overlay::fingerprint;
use gargalo::lesson::overlay::skeleton;
use gargalo::lesson::schema::Lesson;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn good() -> Lesson {
    check("90-everything.ron", GOOD).0.unwrap()
}

fn told(source: &str) -> Vec<String> {
    let (_, problems) = check_overlay("t.ron", source, &good());
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn every_text_has_a_path_of_its_own() {
    let texts = good().texts();
    let paths: BTreeSet<&str> =
        texts.iter().map(|piece| &*piece.path).collect();
    assert_eq!(paths.len(), texts.len());
    for path in [
        "title",
        "prose/text",
        "guess/options/1/text",
        "units/options/0/why",
        "choose/task/options/0/why",
        "number/task/misses/0/1",
        "formula/task/wrong/0/message",
        "order/task/distractors/0/why",
        "reach/task/wrong/0/message",
        "do/hints/2",
        "myth/truth",
        "review/lines/0",
    ] {
        assert!(paths.contains(path), "{path}");
    }
}

#[test]
fn a_skeleton_is_a_translation_without_problems() {
    let lesson = good();
    let source = skeleton(&lesson, "pt-BR");
    assert_eq!(told(&source), Vec::<String>::new());
    let overlay = Overlay::parse("t.ron", &source).unwrap();
    let done = overlay.apply(&lesson);
    assert_eq!(done.lesson, lesson);
    assert!(done.stale.is_empty() && done.missing.is_empty());
}

#[test]
fn translated_texts_appear_and_changed_originals_stay_english() {
    let mut lesson = good();
    let source = skeleton(&lesson, "pt-BR")
        .replace("text: \"Everything\"", "text: \"Tudo\"")
        .replace("text: \"Train it.\"", "text: \"Treine.\"");
    let overlay = Overlay::parse("t.ron", &source).unwrap();
    lesson.for_each_text(&mut |_, path, text| {
        if path == "bits/text" {
            "Train it now.".clone_into(text);
        }
    });
    let done = overlay.apply(&lesson);
    assert_eq!(done.lesson.title, "Tudo");
    assert_eq!(done.stale, ["bits/text"]);
    let text = &done.lesson.model("bits").unwrap().text;
    assert_eq!(text, "Train it now.");
}

#[test]
fn a_translation_cannot_change_a_check() {
    let lesson = good();
    let source = skeleton(&lesson, "pt-BR").replace("Yes", "Sim");
    let done = Overlay::parse("t.ron", &source).unwrap().apply(&lesson);
    let mut back = done.lesson.clone();
    assert_ne!(back, lesson);
    let english: Vec<String> =
        lesson.texts().into_iter().map(|piece| piece.text).collect();
    let mut english = english.into_iter();
    back.for_each_text(&mut |_, _, text| *text = english.next().unwrap());
    assert_eq!(back, lesson);
}

#[test]
fn what_is_wrong_with_a_translation_is_told_with_its_place() {
    let source = skeleton(&good(), "pt-BR");
    let old = fingerprint("Everything");
    for (from, to, words) in [
        (&*old, "00000000", "The English text of `title` has changed."),
        ("\"title\"", "\"titel\"", "The lesson has no text `titel`."),
        ("\"L90\"", "\"L91\"", "This translates L91, not L90."),
        ("\"pt-BR\"", "\"Portuguese\"", "`Portuguese` is no language."),
        ("text: \"Everything\"", "text: \"\"", "This text is empty."),
        ("text: \"Everything\"", "text: \"$x\"", "dollar sign"),
        ("format: 1", "format: 2", "reads formats up to 1"),
        ("texts:", "words:", "`Overlay` has no field `words`."),
    ] {
        let broken = source.replacen(from, to, 1);
        let problems = told(&broken);
        let byte = source.find(from).unwrap();
        let line = source[..byte].matches('\n').count() + 1;
        let hit = problems.iter().find(|text| text.contains(words));
        let hit = hit.unwrap_or_else(|| panic!("{words}: {problems:?}"));
        let place = format!("t.ron:{line}:");
        // A wrong path is told at its value, which is on the same line.
        assert!(hit.starts_with(&place), "{hit} {place}");
    }
    let advice = told(&source.replacen(&*old, "00000000", 1));
    assert!(advice[0].contains(&format!("of: \"{old}\"")), "{advice:?}");
    let missing = told(&source.replacen("\"title\"", "\"titel\"", 1));
    let add = format!("Add \"title\": (of: \"{old}\"");
    assert!(missing.iter().any(|text| text.contains(&add)), "{missing:?}");
}

#[test]
fn the_fingerprint_is_fnv_1a_of_the_words() {
    // The published values of the empty text and of "a".
    assert_eq!(fingerprint(""), "811c9dc5");
    assert_eq!(fingerprint("a"), "e40c292c");
    assert_eq!(fingerprint("a b"), fingerprint(" a\n  b "));
    assert_ne!(fingerprint("a b"), fingerprint("ab"));
}

#[test]
fn a_folder_brings_its_translations() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = root.join("lessons-translated");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("pt-BR")).unwrap();
    let (name, source) = embedded::LESSONS[0];
    fs::write(folder.join(name), source).unwrap();
    let lesson = check(name, source).0.unwrap();
    let title = format!("text: {:?}", lesson.title);
    let overlay = skeleton(&lesson, "pt-BR").replacen(
        &title,
        "text: \"Primeiros passos\"",
        1,
    );
    fs::write(folder.join("pt-BR").join(name), overlay).unwrap();
    fs::write(folder.join("pt-BR/01-broken.ron"), "(").unwrap();
    let course = Course::from_folder(&folder).unwrap();
    assert_eq!(course.languages(), ["en", "pt-BR"]);
    assert_eq!(course.problems.len(), 1);
    let translated = course.in_language("pt-BR");
    let (_, lesson) = translated.lessons().next().unwrap();
    assert_eq!(lesson.title, "Primeiros passos");
    assert!(course.translated("L00", "de").is_none());
}
