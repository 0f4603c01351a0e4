//! Goals, layers, languages, looks, and any keys at all.

use super::*;

#[test]
fn a_goal_is_checked_explained_and_reached() {
    hold(&[
        ("L90/reach", "<enter>", "missing"),
        ("L90/reach", "w", "missing"),
        ("L90/reach", "o", "L90/pca"),
        ("L90/reach", "I", "asks Solution"),
        ("L90/reach", "Iy", "asks Apply"),
        ("L90/reach", "Iyy", "L90/pca; knob Correlation = 0"),
        ("L90/reach", "Iyyu", "L90/pca; knob Correlation = 0.8"),
        ("L90/reach", "Iq", "L90/reach; effects Load:L90"),
        ("L90/m1", "o", "L90/pca; knob Correlation = 0"),
    ]);
    let mut tester = Tester::open("L90/reach").press("Iyy<space>").train(9);
    assert!(tester.facts().contains("says reach: done."));
    let mut tester = tester.press("o");
    assert!(tester.facts().contains("right Without correlation"));
}

#[test]
fn a_known_wrong_way_has_its_own_answer() {
    let tester = Tester::open("L90/reach").press("o1<bs>.99<enter>");
    let mut tester = tester.press("<space>").train(9);
    assert!(tester.facts().contains("says That is a needle."));
    let mut tester = tester.press("o<enter>");
    assert!(tester.facts().contains("wrong That is a needle."));
}

#[test]
fn deeds_anywhere_in_the_lesson_count() {
    let tester = Tester::open("L90/net").press("<space>").begin();
    let mut tester = tester.press("<space>?");
    assert!(tester.facts().contains("says do: done."));
}

#[test]
fn layers_open_and_close() {
    hold(&[
        ("L90", "?", "help 0"),
        ("L90", "?jj", "help 2"),
        ("L90", "??", "L90/intro; effects"),
        ("L90", "?q", "L90/intro; effects"),
        ("L90", "/zyzzyva", "search zyzzyva: 2"),
        ("L90", "/zyzzyva<down><enter>", "L90/review"),
        ("L90", "/zyzzyva<enter>n", "L90/review; says 2/2"),
        ("L90", "/zyzzyva<enter>nn", "L90/intro; says 1/2"),
        ("L90", "/zyzzyva<enter>N", "L90/review"),
        ("L90", "/gargalo<enter>", "L00/"),
        ("L90", "g/gargalo", "search gargalo: 0"),
        ("L90", "g/zyzzyva", "search zyzzyva: 2"),
        ("L90", "/zebra<enter>", "says `zebra` is in none"),
        ("L90", "/x<esc>", "L90/intro"),
        ("L90", "n", "says Nothing was searched"),
        ("L90", "aq:?<enter>", "L90/intro; Save"),
        ("L90", "ahello<esc>a", "note hello"),
        ("L90/pca", "z", "zoom"),
        ("L90/pca", "z<tab>ql", "knob Correlation = 0.81"),
        ("L90/pca", "zq", "L90/pca"),
        ("L90/pca", "llR", "asks ResetCell"),
        ("L90/pca", "llRy", "knob Correlation = 0.8"),
        ("L90/pca", "RR", "asks ResetLesson"),
    ]);
}

#[test]
fn commands_are_completed_done_or_refused() {
    hold(&[
        ("L90", ":rev<tab>", "command rev"),
        ("L90", ":book<tab>", "command bookmark"),
        ("L90", ":helpp<enter>", "says There is no command `helpp`; try"),
        ("L90", ":pause<enter>", "says `pause` does nothing here"),
        ("L90/net", ":run<enter>", "starting"),
        ("L90", ":quit<enter>", "Save Quit"),
        ("L90", ":help<enter>", "help 0"),
        ("L90/net", ":runs<enter>", "runs 0"),
        ("L90", ":theme<enter>", "says `theme` needs a word"),
    ]);
    let command = |place: &str, command: &str| {
        let tester = Tester::open(place).press(":").types(command);
        tester.press("<enter>").facts()
    };
    assert!(command("L90", "goto L00").contains("L00/welcome"));
    assert!(command("L90", "goto L00/e1").contains("L00/e1"));
    assert!(command("L90", "goto nowhere").contains("says There is no"));
    assert!(command("L90", "theme dark").contains("says Theme: dark."));
    assert!(command("L90", "render ascii").contains("ascii"));
    assert!(command("L90", "lang pt-BR").contains("Português"));
    assert!(command("L90", "lang de").contains("en and pt-BR"));
    let set = command("L90/net", "set learning-rate 0.5");
    assert!(set.contains("knob LearningRate = 0.5"));
    let set = command("L90/net", "set learning-rate zebra");
    assert!(set.contains("says learning rate must be"));
    let set = command("L90/net", "set color red");
    assert!(set.contains("learning-rate, batch-size, epochs"));
}

#[test]
fn the_language_changes_and_the_student_stays_where_he_is() {
    let mut tester = Tester::open("L90/net").press("llL");
    assert!(tester.app.lesson().unwrap().lesson.title.ends_with("(pt)"));
    assert!(tester.facts().contains("L90/net; knob LearningRate = 0.05"));
    let preferences = &tester.app.progress.preferences;
    assert_eq!(preferences.language.as_deref(), Some("pt-BR"));
}

#[test]
fn what_was_said_about_an_answer_changes_its_language_too() {
    hold(&[
        ("L90/q1", "1<enter>L", "wrong It is wide. (pt)"),
        ("L90/q1", "1<enter>LL", "wrong It is wide.; says English"),
    ]);
}

#[test]
fn a_setup_cell_is_answered_with_a_digit() {
    let tester = Tester::open("L90/theme").press("2");
    assert!(tester.app.progress.preferences.theme.is_some());
}

#[test]
fn a_student_comes_back_to_the_same_cell() {
    let tester = Tester::open("L90").press("3G");
    let progress = tester.app.progress.clone();
    assert!(Tester::with(progress).facts().contains("L90/code"));
    let tester = tester.press("q");
    let mut back = Tester::with(tester.app.progress.clone());
    assert!(back.facts().starts_with("home"));
    let mut first = Tester::with(Progress::default());
    assert!(first.facts().starts_with("L00/welcome"));
}

#[test]
fn the_mouse_finds_what_is_on_top() {
    let spot = Spot { x: 0, y: 0, width: 10, height: 2 };
    let layout = Layout {
        body: 20,
        heights: vec![5; 17],
        spots: vec![
            (spot, Target::Cell(2)),
            (Spot { width: 2, ..spot }, Target::Item(6, 1)),
            (Spot { y: 5, ..spot }, Target::Key(Key::Char('?'))),
        ],
    };
    let click = |x, y| {
        let mut tester = Tester::open("L90");
        tester.send(Message::Laid(layout.clone()));
        tester.send(Message::Mouse(Mouse::Click(x, y)));
        tester.facts()
    };
    assert!(click(5, 1).contains("L90/code"));
    assert!(click(1, 1).contains("L90/net; knob BatchSize"));
    assert!(click(5, 6).contains("help 0"));
    assert!(click(50, 20).contains("L90/intro"));
}

#[test]
fn pages_cross_cells_and_tall_cells_are_read_to_the_end() {
    let mut tester = Tester::open("L90");
    let mut heights = vec![4; 17];
    heights[0] = 50;
    let layout = Layout { body: 20, heights, spots: Vec::new() };
    tester.send(Message::Laid(layout));
    let at = |tester: &Tester| {
        let screen = tester.app.lesson().unwrap();
        (screen.focus, screen.scroll)
    };
    let tester = tester.press("j");
    assert_eq!(at(&tester), (0, 18));
    let tester = tester.press("j");
    assert_eq!(at(&tester), (0, 30));
    let tester = tester.press("j");
    assert_eq!(at(&tester), (1, 0));
    let tester = tester.press("<c-u>");
    assert_eq!(at(&tester), (0, 40));
    let tester = tester.press("<c-d><c-d>");
    assert_eq!(at(&tester), (3, 2));
}

#[test]
fn no_keys_bring_it_down_and_there_is_always_a_way_out() {
    let special = "<enter><esc><tab><backtab><space><up><down><left><right>\
         <s-left><s-right><bs><del><home><end><pgup><pgdn><c-a><c-c><c-d>\
         <c-e><c-l><c-n><c-p><c-r><c-u><c-w><c-z>";
    let mut keys = keys_in(special);
    keys.extend((' '..='~').map(Key::Char));
    keys.extend("çãé漢\u{0}\u{301}".chars().map(Key::Char));
    let mut dice = Dice(0x6761_7267_616c_6f21);
    let mut tester = Tester::open("L90");
    for n in 0..100_000_u64 {
        let message = match dice.roll(40) {
            0 => Message::Tick(n * 100),
            1 => Message::Mouse(Mouse::Down(0, 0)),
            2 => {
                let id = RunId(dice.roll(200) as u64);
                let why = "broke".to_owned();
                Message::Train(id, TrainEvent::Failed(why))
            }
            3 => Message::Resize(1, 1),
            4 => Message::Paste("1/3\nx".to_owned()),
            _ => Message::Key(keys[dice.roll(keys.len())]),
        };
        tester.send(message);
        if n % 1_000 == 0 {
            tester.effects();
            let out = Tester::of(tester.app.clone());
            let mut out = out.press("<esc>q<esc>q<esc>q");
            assert!(out.effects().contains(&"Quit".to_owned()));
        }
    }
}

#[test]
fn earlier_epochs_can_be_looked_at_again() {
    let epoch = |tester: &Tester| {
        let (_, state) = tester.app.model(cell(tester)).unwrap();
        state.frames.looked_at().map(|snapshot| snapshot.epoch)
    };
    let tester = Tester::open("L90/net").press("<");
    assert!(tester.app.notice.as_ref().unwrap().contains("Earlier epochs"));
    let tester = tester.press("<space>").train(usize::MAX);
    assert_eq!(epoch(&tester), None, "the newest is shown at first");
    let tester = tester.press("<");
    let late = epoch(&tester).unwrap();
    let tester = tester.press("<<<<<<<<");
    let early = epoch(&tester).unwrap();
    assert!(early < late, "{early} {late}");
    let tester = tester.press(">>>>>>>>>>");
    assert_eq!(epoch(&tester), None);
    // A new run has epochs of its own.
    let tester = tester.press("<").press("r");
    assert_eq!(epoch(&tester), None);
}
