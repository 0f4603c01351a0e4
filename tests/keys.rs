//! What keys do: a place, the keys, what is then to be seen.

mod support;

#[path = "keys/layers.rs"]
mod layers;
#[path = "keys/room.rs"]
mod room;

use gargalo::app::message::Key;
use gargalo::app::message::Layout;
use gargalo::app::message::Message;
use gargalo::app::message::Mouse;
use gargalo::app::message::Spot;
use gargalo::app::message::Target;
use gargalo::app::progress::Answer;
use gargalo::app::progress::Progress;
use gargalo::app::state::CellState;
use gargalo::app::state::QuestionState;
use gargalo::train::RunId;
use gargalo::train::TrainEvent;
use support::Tester;
use support::keys_in;

/// Place, keys, and what the facts must contain, parted by `;`.
fn hold(triples: &[(&str, &str, &str)]) {
    for (place, keys, expected) in triples {
        let facts = Tester::open(place).press(keys).facts();
        let facts: Vec<&str> = facts.split("; ").collect();
        for part in expected.split("; ") {
            let found = facts.iter().any(|fact| fact.contains(part));
            assert!(found, "{place} {keys}: `{part}` not in {facts:?}");
        }
    }
}

#[test]
fn moving_about() {
    hold(&[
        ("L90", "", "L90/intro; effects Load:L90"),
        ("L90", "jj", "L90/code"),
        ("L90", "jjk", "L90/f"),
        ("L90", "<enter>", "L90/f"),
        ("L90", "G", "L90/review"),
        ("L90", "Ggg", "L90/intro"),
        ("L90", "<end><home>", "L90/intro"),
        ("L90", "3G", "L90/code"),
        ("L90", "99G", "L90/review"),
        ("L90/net", "3G", "L90/code"),
        ("L90", "gx", "L90/intro"),
        ("L90", "q", "home 2"),
        ("L90", "qk", "home 1"),
        ("L90", "qk<enter>", "home 1; says This lesson cannot be read"),
        ("L90", "qgg<enter>", "L00/welcome; effects"),
        ("L90", "q90", "home 2"),
        ("L90", "q0k", "home 1"),
        ("L90", "q2", "home 1"),
        ("L90/code", "[", "L00/welcome"),
        ("L90/code", "[]", "L90/code"),
        ("L90", "]", "says There is no lesson further on"),
        ("L90", "q[", "home 2"),
    ]);
}

#[test]
fn knobs_turn_and_turn_back() {
    hold(&[
        ("L90/net", "l", "knob LearningRate = 0.02"),
        ("L90/net", "hh", "knob LearningRate = 0.002"),
        ("L90/net", "<s-right>", "knob LearningRate = 0.1"),
        ("L90/net", "ll0", "knob LearningRate = 0.01"),
        ("L90/net", "0.", "typing ."),
        ("L90/net", "1.5<enter>", "knob LearningRate = 1.5; idle"),
        ("L90/net", ".05<enter>", "knob LearningRate = 0.05"),
        ("L90/net", "7x<enter>", "knob LearningRate = 0.01; error"),
        ("L90/net", "2<esc>l", "knob LearningRate = 0.02"),
        ("L90/net", "<tab>", "knob BatchSize = 32"),
        ("L90/net", "<tab><tab><tab>", "picture Some(LossCurve)"),
        ("L90/net", "<backtab>", "picture Some(Cloud)"),
        ("L90/net", "<backtab><tab>", "knob LearningRate"),
        ("L90/net", "lllu", "knob LearningRate = 0.05; effects"),
        ("L90/net", "llluu<c-r>", "knob LearningRate = 0.05"),
        ("L90/net", "u", "says No knob"),
        ("L90/pca", "<tab><tab>l", "knob Data = ring2d"),
        ("L90/pca", "<tab><enter>", "knob Center = off"),
        ("L90/net", ":set epochs 5<enter>", "L90/net"),
    ]);
}

#[test]
fn a_run_lives_and_dies() {
    hold(&[
        ("L90/net", "<space>", "starting; Start1 Save"),
        ("L90/net", "<space><space>", "starting; Pause1"),
        ("L90/net", "<space>r", "starting; Start1 Save Stop1 Start2"),
        ("L90/net", "s", "Start1 StepBatch1"),
        ("L90/net", "e", "Start1 StepEpoch1"),
        ("L90/net", "<space>l", "Tune1:LearningRate=0.02"),
        ("L90/net", "<space><c-c>", "idle; says Stopped; Stop1"),
        ("L90/net", "<space><c-c><c-c>", "asks Quit"),
        ("L90/net", "<c-c><c-c>y", "Save Quit"),
        ("L90/net", "<space><c-c><c-c>n", "L90/net; idle"),
    ]);
    let mut tester = Tester::open("L90/net").press("<space>").begin();
    assert!(tester.facts().contains("; running"));
    let mut tester = tester.press("<space>");
    assert!(tester.facts().contains("; paused; effects Pause1 Save"));
    let mut tester = tester.press("<space>");
    assert!(tester.facts().contains("; running; effects Resume1"));
}

#[test]
fn a_whole_run_is_kept_and_marks_the_cell_done() {
    let mut tester = Tester::open("L90/net").press("<space>").train(999);
    let facts = tester.facts();
    assert!(facts.contains("idle; done"), "{facts}");
    assert!(facts.contains("Runs:L90/net"), "{facts}");
    assert_eq!(tester.app.runs["net"].len(), 1);
    assert!(tester.app.stale(6).is_empty());
    let mut tester = tester.press("<tab>l");
    assert_eq!(tester.app.stale(6).len(), 1);
    assert!(!tester.facts().contains("Start"), "nothing retrains itself");
    let tester = tester.press("u");
    assert!(tester.app.stale(6).is_empty());
}

#[test]
fn reports_of_a_run_that_is_over_are_dropped() {
    let mut tester = Tester::open("L90/net").press("<space>r");
    let failed = TrainEvent::Failed("old".to_owned());
    tester.send(Message::Train(RunId(1), failed.clone()));
    assert!(tester.facts().contains("starting"));
    tester.send(Message::Train(RunId(7), failed.clone()));
    assert!(tester.facts().contains("starting"));
    tester.send(Message::Train(RunId(2), failed));
    assert!(tester.facts().contains("failed"));
}

#[test]
fn the_record_of_a_run_that_was_replaced_is_kept() {
    let tester = Tester::open("L90/net").press("<space>r").train(999);
    let numbers: Vec<u32> =
        tester.app.runs["net"].iter().map(|run| run.number).collect();
    assert_eq!(numbers, [1, 2]);
}

#[test]
fn a_run_goes_on_while_the_student_is_elsewhere() {
    let tester = Tester::open("L90/net").press("<space>q").train(999);
    assert_eq!(tester.app.runs_of("L90", "net").len(), 1);
    let mut tester = tester.press("<enter>");
    assert!(tester.facts().contains("L90/net"));
    assert_eq!(tester.app.runs["net"].len(), 1);
}

#[test]
fn all_experiments_run_one_after_the_other() {
    let mut tester =
        Tester::open("L90").press(":run").types(" all").press("<enter>");
    assert!(tester.facts().contains("Start1"));
    let tester = tester.train(999);
    assert_eq!(tester.app.runs.len(), 2);
}

#[test]
fn runs_are_listed_compared_pinned_deleted_and_brought_back() {
    let tester = Tester::open("L90/pca").press("<space>").train(9);
    let tester = tester.press("h<space>").train(9);
    let mut tester = tester.press("c");
    let compared =
        |tester: &Tester| tester.app.compared_run(5).map(|run| run.number);
    assert_eq!(compared(&tester), Some(1));
    assert!(tester.facts().contains("L90/pca"));
    let tester = tester.press("c");
    assert_eq!(compared(&tester), None);
    let tester = tester.press("Hjp");
    assert!(tester.app.runs["pca"][0].pinned);
    let tester = tester.press("c");
    assert_eq!(compared(&tester), Some(1));
    let tester = tester.press("Hjd");
    assert_eq!(tester.app.runs["pca"].len(), 1);
    assert_eq!(compared(&tester), None);
    let tester = tester.press("u");
    assert_eq!(tester.app.runs["pca"].len(), 2);
    let tester = tester.press("j<enter>");
    assert_eq!(tester.app.shown_run(5).map(|run| run.number), Some(1));
}

#[test]
fn a_prediction_is_recorded_and_meets_what_happened() {
    hold(&[
        ("L90/p1", "2", "item 1"),
        ("L90/p1", "<tab><tab>", "item 0"),
        ("L90/p1", "5", "says There are only the options 1 to 2"),
        ("L90/p1", "2<enter>", "recorded; done; says Recorded; Save"),
        ("L90/p1", "1<enter>o", "L90/pca; knob Correlation = 0"),
        ("L90/p1", "1<enter>oo", "L90/p1"),
        ("L90/pca", "p", "L90/p1"),
    ]);
    let mut tester =
        Tester::open("L90/p1").press("1ll<enter>o<space>").train(9);
    let facts = tester.facts();
    assert!(facts.contains("You predicted: Much. It happened: About half"));
    let record = tester.app.progress.cell("L90", "p1").unwrap();
    assert_eq!((record.happened, record.confidence), (Some(1), Some(90)));
    let mut tester = tester.press("op");
    assert!(tester.facts().ends_with("; done; effects Save"));
}

#[test]
fn a_run_with_other_knobs_says_nothing_about_a_prediction() {
    let tester = Tester::open("L90/p1").press("1<enter>ol<space>").train(9);
    let record = tester.app.progress.cell("L90", "p1").unwrap();
    assert_eq!(record.happened, None);
}

#[test]
fn questions_are_answered() {
    hold(&[
        ("L90/q1", "1<enter>", "wrong It is wide"),
        ("L90/q1", "1<enter>2<enter>", "right It is narrow; done"),
        ("L90/q1", "2<enter>1<enter>", "wrong It is wide; done"),
        ("L90/choose", "2<enter>", "wrong Not two"),
        ("L90/choose", "2<enter><enter><enter>", "says i opens a hint"),
        ("L90/choose", "i", "L90/choose; effects Load:L90 Save"),
        ("L90/choose", "iiii", "says These are all the hints"),
        ("L90/number", "<enter>q7", "typing q7"),
        ("L90/number", "<enter>8<enter>", "wrong 8 is not it"),
        ("L90/number", "<enter>4<enter>", "right log2 16 is 4.; done"),
        ("L90/number", "<enter>4<esc>j", "L90/formula"),
        ("L90/number", "<enter>4x<bs><enter>", "right"),
        ("L90/formula", "<enter>x+x<enter>", "right 2x.; done"),
        ("L90/formula", "<enter>x<enter>", "wrong Your formula is 1/2"),
        ("L90/measure", "<enter>4<enter>", "wrong Run net first"),
        ("L90/number", "<enter>8<enter>u", "item 0; effects"),
    ]);
}

#[test]
fn a_measured_number_is_read_off_the_newest_run() {
    let tester = Tester::open("L90/net").press("<space>").train(999);
    let metrics = &tester.app.runs["net"][0].metrics;
    let count = metrics[&gargalo::lesson::metric::Metric::Parameters];
    let keys = format!(":goto measure<enter><enter>{count}<enter>");
    let tester = tester.press(":goto").types(" measure");
    let mut tester = tester.press("<enter>");
    assert!(tester.facts().contains("L90/measure"), "{keys}");
    let mut tester =
        tester.press("<enter>").types(&count.to_string()).press("<enter>");
    assert!(tester.facts().contains("right Weights"));
}

fn steps(tester: &Tester) -> &QuestionState {
    let screen = tester.app.lesson().unwrap();
    match &screen.cells[screen.focus] {
        CellState::Question(state) => state,
        other => panic!("{other:?}"),
    }
}

#[test]
fn steps_are_put_in_order_and_what_does_not_belong_below_the_line() {
    let mut tester = Tester::open("L90/order");
    // The distractor to the end and below the line.
    while steps(&tester).order[steps(&tester).item] != 3 {
        tester = tester.press("<tab>");
    }
    tester = tester.press("<space>jjjj<space>");
    assert_eq!(steps(&tester).placed, 3);
    // A bubble sort by hand.
    for _ in 0..3 {
        for item in 0..2 {
            while steps(&tester).item != item {
                tester = tester.press("<tab>");
            }
            let order = &steps(&tester).order;
            if order[item] > order[item + 1] {
                tester = tester.press("l");
            }
        }
    }
    let mut tester = tester.press("<enter>");
    assert!(tester.facts().contains("right Encode, decode, compare."));
    let record = tester.app.progress.cell("L90", "order").unwrap();
    assert_eq!(record.answer, Some(Answer::Order(vec![0, 1, 2])));
    let tester = Tester::with(tester.app.progress.clone());
    assert_eq!((steps(&tester).placed, steps(&tester).order[3]), (3, 3));
}

/// Small, seeded, and the same everywhere (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

fn cell(tester: &Tester) -> usize {
    tester.app.lesson().unwrap().focus
}
