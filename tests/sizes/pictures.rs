//! Every picture of every model, in the sandbox, at every size.

use super::*;
use gargalo::lesson::room;
use gargalo::lesson::schema::Panel;

/// The sandbox with a run of every model that has every picture.
fn sandbox(unicode: bool) -> App {
    let mut open = app(unicode);
    let mut run = runs("L00").into_values().next().unwrap();
    made_up::add_to(&mut run[0].snapshot);
    let room = open.find_lesson(room::SANDBOX).unwrap();
    open.open_lesson(room);
    let cells = open.lesson().unwrap().lesson.cells.clone();
    let runs = cells.iter().map(|cell| (cell.id().to_owned(), run.clone()));
    open.update(Message::Runs(room::SANDBOX.to_owned(), runs.collect()));
    open
}

#[test]
fn every_picture_is_drawn_at_every_size() {
    let mut open = sandbox(true);
    let mut seen = Vec::new();
    for cell in 0..6 {
        press(
            &mut open,
            &[Key::Char(char::from(b'1' + cell)), Key::Char('G')],
        );
        let lesson = open.lesson().unwrap().lesson.clone();
        let Cell::Model(model) = &lesson.cells[usize::from(cell)] else {
            panic!("no experiment")
        };
        for panel in &model.panels {
            let mut zoomed = open.clone();
            press(&mut zoomed, &[Key::Char('z')]);
            for screen in [&mut open, &mut zoomed] {
                for size in [(3, 2), (24, 9), (41, 13), (80, 24), (120, 40)]
                {
                    let text = draw(screen, size, Depth::Ansi256);
                    assert!(!text.is_empty());
                }
            }
            if *panel == Panel::Interpolation {
                let text = draw(&mut zoomed, (80, 24), Depth::Ansi256);
                assert!(text.contains("on an arc"), "{text}");
            }
            seen.push(*panel);
            press(&mut open, &[Key::Char(';')]);
        }
    }
    let models = [Panel::Raster, Panel::FeatureMaps, Panel::Manifold];
    for panel in models {
        assert!(seen.contains(&panel), "{panel:?} is in no sandbox");
    }
}

#[test]
fn no_picture_of_a_model_needs_more_than_ascii() {
    let mut open = sandbox(false);
    open.look.pictures = Pictures::Ascii;
    for cell in 0..6 {
        press(
            &mut open,
            &[Key::Char(char::from(b'1' + cell)), Key::Char('G')],
        );
        let lesson = open.lesson().unwrap().lesson.clone();
        let Cell::Model(model) = &lesson.cells[usize::from(cell)] else {
            panic!("no experiment")
        };
        for panel in &model.panels {
            for size in [(80, 24), (120, 40)] {
                let text = draw(&mut open, size, Depth::None);
                let beyond = beyond_ascii(&text);
                assert!(beyond.is_empty(), "{panel:?}: {beyond:#?}");
            }
            press(&mut open, &[Key::Char(';')]);
        }
    }
}

#[test]
fn a_cursor_walks_on_the_plane_of_codes() {
    let mut open = sandbox(true);
    press(&mut open, &[Key::Char('3'), Key::Char('G')]);
    let shows = |open: &mut App| draw(open, (80, 24), Depth::None);
    for _ in 0..40 {
        if shows(&mut open).contains("[Manifold]") {
            break;
        }
        press(&mut open, &[Key::Char(';')]);
    }
    press(&mut open, &[Key::Char('z')]);
    assert!(shows(&mut open).contains("z = (0.00, 0.00)"));
    press(&mut open, &[Key::Char('l'), Key::Char('k'), Key::Up]);
    let text = shows(&mut open);
    assert!(text.contains("z = (0.50, 1.00)"), "{text}");
    press(&mut open, &[Key::Char('j'); 20]);
    let text = shows(&mut open);
    assert!(text.contains("z = (0.50, -2.00)"), "{text}");
    assert!(text.contains("row 1 of 9"), "{text}");
}
