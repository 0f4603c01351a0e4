//! What holds for every panel, and some facts about single ones.

use super::*;
use crate::app::progress::ThemeName;
use crate::lesson::goal::Bound;
use crate::lesson::goal::Goal;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Value;
use crate::lesson::metric::Metric;
use crate::view::theme::Depth;
use ratatui::buffer::Cell;

const PANELS: [Panel; 34] = [
    Panel::LossCurve,
    Panel::Reconstructions,
    Panel::Code,
    Panel::Filters,
    Panel::CodeMap,
    Panel::Cloud,
    Panel::CodeTable,
    Panel::Scree,
    Panel::Correlation,
    Panel::Network,
    Panel::Unit,
    Panel::SlowMotion,
    Panel::Balance,
    Panel::Elbow,
    Panel::OtherData,
    Panel::RenderCard,
    Panel::Numbers,
    Panel::FeatureMaps,
    Panel::Raster,
    Panel::JacobianSpectrum,
    Panel::KlPerDimension,
    Panel::Sampler,
    Panel::Manifold,
    Panel::Traversal,
    Panel::Interpolation,
    Panel::Signals,
    Panel::Detection,
    Panel::LabelCurve,
    Panel::Concepts,
    Panel::Probes,
    Panel::Field,
    Panel::Identity,
    Panel::Assembly,
    Panel::Words,
];

fn ctx(theme: &Theme) -> Ctx<'_> {
    if theme.has_color() {
        let (pictures, glyphs) = (Pictures::TrueColor, Glyphs::UNICODE);
        Ctx { theme, pictures, glyphs }
    } else {
        let (pictures, glyphs) = (Pictures::Ascii, Glyphs::ASCII);
        Ctx { theme, pictures, glyphs }
    }
}

fn colored() -> Theme {
    Theme::new(ThemeName::Dark, Depth::True)
}

fn plain() -> Theme {
    Theme::new(ThemeName::Mono, Depth::None)
}

/// A panel in ASCII, as lines.
fn screen(panel: Panel, shown: &Shown<'_>, width: u16) -> Vec<String> {
    let theme = plain();
    let area = Rect::new(0, 0, width, height(panel, width, shown));
    let mut buf = Buffer::empty(area);
    dispatch(panel, &mut buf, area, shown, &ctx(&theme));
    let row = |y| (0..width).map(|x| buf[(x, y)].symbol()).collect();
    (0..area.height).map(row).collect()
}

fn nothing<'a>(metrics: &'a Metrics, settings: &'a Settings) -> Shown<'a> {
    Shown {
        history: Trail::default(),
        snapshot: None,
        metrics,
        claims: &[],
        baselines: &[],
        settings,
        total_epochs: 0.0,
        other: None,
        runs: &[],
        look: usize::MAX,
        log: true,
        bare: false,
        aligned: false,
    }
}

/// Draws a panel into a part of a buffer full of `~` and checks that
/// nothing around it has changed.
fn check_bounds(panel: Panel, shown: &Shown<'_>, (w, h): (u16, u16)) {
    for theme in [colored(), plain()] {
        let all = Rect::new(0, 0, w + 4, h + 2);
        let area = Rect::new(2, 1, w, h);
        let mut buf = Buffer::filled(all, Cell::new("~"));
        dispatch(panel, &mut buf, area, shown, &ctx(&theme));
        for place in all.positions().filter(|p| !area.contains(*p)) {
            let cell = &buf[place];
            assert_eq!(cell.symbol(), "~", "{panel:?} {w}x{h} {place}");
            assert_eq!(cell.style(), Cell::new("~").style());
        }
        // An area that sticks out of the buffer.
        let out = Rect::new(w / 2, h / 2, w + 9, h + 9);
        dispatch(panel, &mut buf, out, shown, &ctx(&theme));
    }
}

#[test]
fn no_panel_breaks_or_leaves_its_area_at_any_size() {
    let run = sample::run();
    let other = sample::run();
    let (metrics, settings) = (Metrics::new(), Settings::default());
    let mut full = sample::shown(&run);
    full.other = Some(&other);
    full.look = 100;
    let shown = [full, nothing(&metrics, &settings)];
    for panel in PANELS {
        for shown in &shown {
            for w in [0, 1, 2, 3, 5, 9, 17, 24, 41, 60, 76, 117, 200] {
                for h in [0, 1, 2, 3, 4, 7, 10, 18, 38, 60] {
                    check_bounds(panel, shown, (w, h));
                }
            }
        }
    }
}

#[test]
fn wild_numbers_break_nothing() {
    let mut run = sample::run();
    for (i, bucket) in run.history.batches.iter_mut().enumerate() {
        let wild = [f32::NAN, f32::INFINITY, 1e38, -1.0];
        bucket.high = wild[i % 4];
    }
    for value in run.metrics.values_mut() {
        *value = f64::NAN;
    }
    run.history.epochs[7].metrics.insert(Metric::TestMse, f64::INFINITY);
    run.history.epochs[9].metrics.insert(Metric::TrainMse, -5.0);
    let snapshot = &mut run.snapshot;
    snapshot.map[3].x = f32::NAN;
    snapshot.spectrum[2] = f32::NAN;
    snapshot.examples[0].code = vec![f32::INFINITY; 900];
    snapshot.examples[0].original.pixels.clear();
    snapshot.bars[1].1 = f32::NAN;
    if let Some(table) = &mut snapshot.table {
        table.winner.clear();
        table.codes[1] = vec![0.5; 70];
    }
    if let Some(heat) = &mut snapshot.heat {
        heat.width = 0;
    }
    for log in [false, true] {
        let mut shown = sample::shown(&run);
        shown.log = log;
        for panel in PANELS {
            check_bounds(panel, &shown, (76, 18));
            check_bounds(panel, &shown, (30, 9));
            assert!(!sentence(panel, &shown).is_empty());
        }
    }
}

#[test]
fn ascii_means_ascii() {
    let run = sample::run();
    let (metrics, settings) = (Metrics::new(), Settings::default());
    for shown in [sample::shown(&run), nothing(&metrics, &settings)] {
        for panel in PANELS {
            for width in [40, 76, 120] {
                for line in screen(panel, &shown, width) {
                    assert!(line.is_ascii(), "{panel:?}: {line}");
                }
            }
        }
    }
}

#[test]
fn every_panel_fits_a_small_screen_and_has_a_title_and_a_sentence() {
    let run = sample::run();
    let shown = sample::shown(&run);
    for panel in PANELS {
        let rows = height(panel, 76, &shown);
        assert!((5..=18).contains(&rows), "{panel:?} wants {rows} rows");
        let lines = screen(panel, &shown, 76);
        let title = format!("+- {} -", title(panel));
        assert!(lines[0].starts_with(&title), "{panel:?}: {}", lines[0]);
        assert!(lines[0].ends_with("epoch 20 of 20 -+"));
        assert!(lines[1..].concat().contains(char::is_alphanumeric));
        let sentence = sentence(panel, &shown);
        assert!(sentence.len() > 20, "{panel:?}: {sentence}");
    }
}

#[test]
fn before_a_run_every_panel_names_the_key_to_press() {
    let (metrics, settings) = (Metrics::new(), Settings::default());
    let shown = nothing(&metrics, &settings);
    for panel in PANELS {
        let text = screen(panel, &shown, 76).join("\n");
        let key = match panel {
            Panel::RenderCard => "press 1 to 5",
            _ => "press Space to run",
        };
        assert!(text.contains(key), "{panel:?}:\n{text}");
        assert!(!sentence(panel, &shown).is_empty());
    }
}

#[test]
fn the_loss_curve_says_what_it_shows() {
    let run = sample::run();
    let mut shown = sample::shown(&run);
    assert_eq!(
        sentence(Panel::LossCurve, &shown),
        "test error fell from 0.240 to 0.0395 in 20 epochs, steady; \
         41 % below the mean image; 6 % above PCA with K = 8"
    );
    let text = screen(Panel::LossCurve, &shown, 76).join("\n");
    for part in [
        "squared error per pixel",
        "oo test 0.0395",
        "** train 0.0380",
        ".. PCA 0.0374",
        "^ learning rate turned to 0.003",
        "epochs",
    ] {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
    shown.log = true;
    let text = screen(Panel::LossCurve, &shown, 76).join("\n");
    assert!(text.contains("log scale") && text.contains("0.01"), "{text}");
}

#[test]
fn the_compared_run_lies_under_the_shown_one() {
    let run = sample::run();
    let mut other = sample::run();
    other.number = 1;
    for point in &mut other.history.epochs {
        for value in point.metrics.values_mut() {
            *value *= 2.0;
        }
    }
    let mut shown = sample::shown(&run);
    shown.other = Some(&other);
    let text = screen(Panel::LossCurve, &shown, 76).join("\n");
    assert!(text.contains("oo run 1 0.0791"), "{text}");
    let text = screen(Panel::Numbers, &shown, 76).join("\n");
    assert!(text.contains("this run") && text.contains("run 1"));
}

#[test]
fn numbers_that_the_lesson_talks_of_come_first() {
    let run = sample::run();
    let mut shown = sample::shown(&run);
    let first = |shown: &Shown<'_>| {
        let text = screen(Panel::Numbers, shown, 76);
        text[1].trim_matches(['|', ' ']).to_owned()
    };
    assert!(first(&shown).starts_with("test error "), "{shown:?}");
    let goal = Goal::Below(Metric::MeanTestMse, Bound::Value(1.0));
    let (say, settings) = (String::new(), Settings::default());
    let claims = [Claim { say, settings, goal }];
    shown.claims = &claims;
    let text = first(&shown);
    assert!(text.starts_with("error of the mean image"), "{text}");
}

#[test]
fn cross_entropy_is_never_held_against_squared_errors() {
    let mut run = sample::run();
    let bce = Value::Word("bce".to_owned());
    run.settings = run.settings.with(KnobId::Loss, bce);
    run.metrics.insert(Metric::BceFloor, 0.09);
    for point in &mut run.history.epochs {
        point.metrics.insert(Metric::TestLoss, 0.2);
    }
    let mut shown = sample::shown(&run);
    shown.baselines = &[Baseline::Pca, Baseline::BceFloor];
    let text = screen(Panel::LossCurve, &shown, 76).join("\n");
    assert!(
        text.contains("floor 0.0900") && !text.contains("PCA"),
        "{text}"
    );
    assert!(text.contains("cross-entropy per pixel"));
}

#[test]
fn a_patterns_row_shows_its_code_and_whether_it_comes_back() {
    let run = sample::run();
    let lines = screen(Panel::CodeTable, &sample::shown(&run), 76);
    let seventh = lines.iter().find(|l| l.contains("011")).unwrap();
    for part in ["0.10  0.90  0.90", "7 (0.90)", "[ok]", "3  [x]"] {
        assert!(seventh.contains(part), "{part}: {seventh}");
    }
}

#[test]
fn a_network_adds_its_parameters_up() {
    let run = sample::run();
    let text = screen(Panel::Network, &sample::shown(&run), 76).join("\n");
    assert!(text.contains("784 -> 128 -> 8 -> 784"), "{text}");
    assert!(text.contains("100,480") && text.contains("108,568"), "{text}");
    // Beside the text there is less room, but for the sum there is.
    let text = screen(Panel::Network, &sample::shown(&run), 50).join("\n");
    assert!(text.contains("108,568"), "{text}");
}

#[test]
fn a_unit_adds_up() {
    let run = sample::run();
    let text = screen(Panel::Unit, &sample::shown(&run), 76).join("\n");
    // 1.2 - (0.31 - 0.18), and 1.2 - 0.2.
    for part in ["all others   1.070", "w * x + b   1.000", "0.731"] {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
}

#[test]
fn looking_on_moves_the_cursor_and_wraps() {
    let run = sample::run();
    let mut shown = sample::shown(&run);
    let cursor = |shown: &Shown<'_>| {
        let lines = screen(Panel::Reconstructions, shown, 76);
        let caption = lines.into_iter().rfind(|l| l.contains('>')).unwrap();
        caption.split('>').nth(1).unwrap().trim().chars().next()
    };
    assert_eq!(cursor(&shown), Some('0'));
    shown.look = 5;
    assert_eq!(cursor(&shown), Some('5'));
    shown.look = 7;
    assert_eq!(cursor(&shown), Some('1'));
}

#[test]
fn panels_that_share_the_bars_take_only_their_own() {
    let mut run = sample::run();
    run.snapshot.bars.push(("digits8".to_owned(), 0.06));
    let shown = sample::shown(&run);
    let balance = sentence(Panel::Balance, &shown);
    assert_eq!(balance, "variance kept 1.5, error 0.300; together 1.8");
    let other = sentence(Panel::OtherData, &shown);
    assert_eq!(
        other,
        "squared error on digits: 0.0300; on noise: 0.290, 9.7 times as \
         much; on digits8: 0.0600, 2.0 times as much"
    );
    let elbow = sentence(Panel::Elbow, &shown);
    // A zoomed picture has room for the beginning only.
    assert!(elbow.starts_with("test error of your runs: "), "{elbow}");
    assert!(
        elbow.ends_with("0.0374 at K = 8, 0.0265 at K = 16"),
        "{elbow}"
    );
}

#[test]
fn what_was_made_worse_has_a_row_of_its_own() {
    let mut run = sample::run();
    for example in &mut run.snapshot.examples {
        example.corrupted = Some(example.original.clone());
    }
    let shown = sample::shown(&run);
    for w in [0, 1, 9, 24, 41, 76, 117] {
        for h in [0, 1, 3, 5, 9, 14, 18, 40] {
            check_bounds(Panel::Reconstructions, &shown, (w, h));
        }
    }
    let text = screen(Panel::Reconstructions, &shown, 76).join("\n");
    assert!(text.contains("original, corrupted, reconstruction"), "{text}");
    let sentence = sentence(Panel::Reconstructions, &shown);
    assert!(sentence.contains("corrupted first"), "{sentence}");
}

#[test]
fn a_run_without_a_picture_says_so() {
    let mut run = sample::run();
    run.snapshot.kl.clear();
    let shown = sample::shown(&run);
    let text = screen(Panel::KlPerDimension, &shown, 76).join("\n");
    assert!(text.contains("has none of it") && !text.contains("press"));
}
