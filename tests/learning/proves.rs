//! A lesson that says what its models do not show is found out.

use gargalo::data::Library;
use gargalo::lesson::schema::Lesson;
use gargalo::train::cache::Cache;
use gargalo::train::calibrate::calibrate;
use gargalo::train::prove::prove;

const LESSON: &str = r#"Lesson(
    format: 1, id: "L99", title: "t", summary: "s", slide: "x", minutes: 1,
    cells: [
        Model(
            id: "m", text: "", model: Line, data: Gauss2d,
            settings: { Angle: 120, Examples: 300 },
            panels: [Numbers],
            claims: [
                (say: "Across the cloud a line is bad.", goal: Below(LineShare, Value(0.5))),
                (say: "It is perfect.", goal: Above(LineShare, Value(0.99))),
                (say: "It cannot be.", settings: { Angle: 1000 }, goal: Above(LineShare, Value(0))),
            ],
        ),
        Predict(
            id: "p", text: "", cell: "m", reveal: "",
            options: [
                (text: "low", when: Below(LineShare, Value(0.5))),
                (text: "also low", when: Below(LineShare, Value(0.6))),
            ],
        ),
        Exercise(
            id: "e", text: "", hints: [], solution: "",
            task: Reach(
                cell: "m", goal: Above(LineShare, Value(0.99)),
                solutions: [[{ Angle: 45 }], [{ Angle: 90 }]],
                wrong: [
                    (runs: [{ Angle: 135 }], when: Below(LineShare, Value(0.5)), message: ""),
                    (runs: [{ Angle: 44 }], when: Below(LineShare, Value(0.5)), message: ""),
                ],
            ),
        ),
    ],
)"#;

fn lesson() -> Lesson {
    use ron::extensions::Extensions;
    let options = ron::Options::default()
        .with_default_extension(Extensions::UNWRAP_VARIANT_NEWTYPES);
    options.from_str(LESSON).unwrap()
}

#[test]
fn what_holds_and_what_does_not_is_told_apart() {
    let (library, cache) = (Library::embedded(), Cache::new());
    let mut runs = Vec::new();
    let mut note = |name: &str| runs.push(name.to_owned());
    let proofs = prove(&lesson(), &library, &cache, &mut note);
    let found: Vec<(&str, bool)> = proofs
        .iter()
        .map(|proof| (proof.what.as_str(), proof.problem.is_none()))
        .collect();
    let expected = [
        ("The experiment runs as it stands.", true),
        ("Across the cloud a line is bad.", true),
        ("It is perfect.", false),
        ("It cannot be.", false),
        ("Exactly one of the options happens.", false),
        ("Doing nothing does not solve it.", true),
        ("The lesson's own settings do not solve it.", true),
        ("Solution 1 solves it.", true),
        ("Solution 2 solves it.", false),
        ("Wrong way 1 is recognized.", true),
        ("Wrong way 1 does not solve it.", true),
        ("Wrong way 2 is recognized.", false),
        ("Wrong way 2 does not solve it.", false),
    ];
    assert_eq!(found, expected);
    // Every run once.
    let mut once = runs.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), runs.len(), "{runs:?}");
    let missing = proofs[2].problem.clone().unwrap();
    assert!(missing.contains("0.99"), "{missing}");
}

#[test]
fn seeds_tell_how_safe_a_threshold_is() {
    let (library, cache) = (Library::embedded(), Cache::new());
    let both = (&library, &cache);
    let all = calibrate(&lesson(), 5, both, &mut |_| {});
    assert_eq!(all.len(), 1);
    let ways = &all[0].ways;
    let names: Vec<&str> = ways.iter().map(|w| w.name.as_str()).collect();
    let expected =
        ["start", "solution 1", "solution 2", "wrong 1", "wrong 2"];
    assert_eq!(names, expected);
    let accepted: Vec<u32> = ways.iter().map(|w| w.accepted).collect();
    assert_eq!((accepted[0], accepted[2], accepted[3]), (0, 0, 0));
    assert!(accepted[1] >= 4, "{ways:?}");
    assert_eq!(ways[3].recognized, 5);
    let spread = ways[1].spreads[0];
    assert!(spread.low <= spread.median && spread.median <= spread.high);
}
