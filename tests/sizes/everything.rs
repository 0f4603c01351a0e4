//! Every screen at every size, and any key.

use super::*;

#[test]
fn every_kind_of_screen_fits_every_size() {
    let mut all = kinds(true);
    all.extend(screens(true).into_iter().step_by(5));
    for (_, app) in &mut all {
        for width in (1..=60).step_by(3).chain([39, 40, 41]) {
            for height in (1..=30).step_by(3).chain([11, 12]) {
                draw(app, (width, height), Depth::Ansi256);
            }
        }
        for size in USUAL {
            draw(app, size, Depth::True);
        }
    }
}

#[test]
fn every_cell_of_every_lesson_is_drawn_in_usual_windows() {
    for (name, mut app) in screens(true) {
        for size in USUAL {
            let text = draw(&mut app, size, Depth::Ansi256);
            assert!(text.trim().len() > 20, "{name} at {size:?} is empty");
        }
    }
}

#[test]
fn without_unicode_no_screen_has_anything_beyond_ascii() {
    let mut all = screens(false);
    all.extend(kinds(false));
    let mut found: BTreeMap<char, String> = BTreeMap::new();
    for (name, mut app) in all {
        for pictures in [
            Pictures::Ascii,
            Pictures::Greys,
            Pictures::Quadrant,
            Pictures::Braille,
        ] {
            app.look.pictures = pictures;
            for (size, depth) in [
                ((80, 24), Depth::None),
                ((40, 12), Depth::Ansi16),
                ((120, 40), Depth::Ansi256),
                ((200, 60), Depth::None),
                ((10, 4), Depth::None),
            ] {
                let text = draw(&mut app, size, depth);
                for line in beyond_ascii(&text) {
                    for c in line.chars().filter(|c| !c.is_ascii()) {
                        let near = format!("{name} {size:?}: {line}");
                        found.entry(c).or_insert(near);
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_keys_at_any_size_make_it_panic() {
    let mut dice = Dice(20_261_124);
    let mut app = app(true);
    let mut size = (80, 24);
    let depths = [Depth::None, Depth::Ansi16, Depth::Ansi256, Depth::True];
    for n in 0..20_000u64 {
        let (x, y) = (dice.roll(90) as u16, dice.roll(30) as u16);
        let message = match dice.roll(40) {
            0 => Message::Mouse(Mouse::Click(x, y)),
            1 => Message::Mouse(Mouse::Drag(x, y)),
            2 => Message::Mouse(Mouse::Down(x, y)),
            3 => Message::Paste("3 é∎ x^2\n\u{1b}[A".to_owned()),
            _ => Message::Key(dice.key()),
        };
        app.update(Message::Tick(n * 40));
        let effects = app.update(message);
        obey(&mut app, effects, &mut dice);
        if dice.roll(12) == 0 {
            let small = (dice.roll(60) + 1, dice.roll(30) + 1);
            let (width, height) = match dice.roll(8) {
                0 => (120, 40),
                1..=3 => small,
                _ => (80, 24),
            };
            size = (width as u16, height as u16);
        }
        if dice.roll(200) == 0 {
            app.look.unicode = !app.look.unicode;
        }
        draw(&mut app, size, depths[dice.roll(4)]);
    }
}
