//! The sandbox: in, about, and back to the same spot.

use super::*;

#[test]
fn the_sandbox_takes_the_experiment_along_and_leads_back() {
    hold(&[
        ("L90/net", "S", "R5/autoencoder; knob Data = gauss2d; says The"),
        ("L90/net", "S}", "R5/autoencoder; knob CodeSize = 1"),
        ("L90/net", "lS}}}}{", "R5/autoencoder; knob Loss"),
        ("L90/net", "lS<backtab>", "R5/autoencoder; picture"),
        ("L90/net", "lSS", "L90/net; knob LearningRate = 0.02"),
        ("L90/net", "lS<space>S", "L90/net; Start1"),
        ("L90/pca", "S", "R5/pca; knob Data = gauss2d"),
        ("L90/code", "S", "R5/autoencoder"),
        ("L90/code", "SS", "L90/code"),
        ("L90/code", "S:sandbox<enter>", "L90/code"),
        ("L90/code", "qS", "R5"),
        ("L90/code", "qSS", "home"),
        ("L90/net", "Sq", "home 3"),
        ("L90/net", "S]", "R5/autoencoder; says There is no lesson"),
        ("L90/net", "S[", "L90"),
        ("L90/net", "Sj", "R5/convolutional"),
    ]);
}

#[test]
fn what_cannot_be_is_said_before_anything_runs() {
    hold(&[
        ("L90/net", "S:set loss bce<enter>", "R5/autoencoder"),
        ("L90/net", "S G", "R5/line"),
    ]);
    let tester = Tester::open("L90/net").press("S:");
    let mut tester = tester.types("set loss bce").press("<enter><space>");
    let facts = tester.facts();
    assert!(facts.contains("error The loss bce"), "{facts}");
    assert!(facts.contains("idle") && !facts.contains("Start1"), "{facts}");
    let tester = tester.press("Sq S 2G :");
    let mut tester = tester.types("set data iris").press("<enter><space>");
    let facts = tester.facts();
    assert!(facts.contains("R5/convolutional"), "{facts}");
    assert!(facts.contains("error A convolution"), "{facts}");
}

#[test]
fn knobs_and_pictures_follow_the_data_and_stay_in_the_next_session() {
    let tester = Tester::open("L90/net").press("S:");
    let mut tester = tester.types("set corruption mask").press("<enter>");
    let knobs = |tester: &Tester| -> Vec<String> {
        let screen = tester.app.lesson().unwrap();
        let model = screen.lesson.model("autoencoder").unwrap();
        model.knobs.iter().map(|k| format!("{:?}", k.id)).collect()
    };
    assert!(knobs(&tester).contains(&"CorruptionLevel".to_owned()));
    let facts = tester.facts();
    assert!(facts.contains("knob Data = gauss2d"), "the cursor stays");
    // Another language and another session have the same knobs.
    let tester = tester.press("L");
    assert!(knobs(&tester).contains(&"CorruptionLevel".to_owned()));
    let again = Tester::with(tester.app.progress.clone());
    assert!(knobs(&again).contains(&"CorruptionLevel".to_owned()));
    assert!(knobs(&again).contains(&"Correlation".to_owned()));
}

#[test]
fn a_room_has_nothing_to_do() {
    let tester = Tester::open("L90/net").press("S<space>").train(99);
    let screen = tester.app.lesson().unwrap();
    assert_eq!(tester.app.done(&screen.lesson), (0, 0));
    assert_eq!(tester.app.runs["autoencoder"].len(), 1);
}
