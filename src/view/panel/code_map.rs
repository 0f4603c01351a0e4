//! A two-dimensional code as a scatter of class numerals.

use crate::train::snapshot::Dot;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Ink;
use crate::view::widget::scatter::Layer;
use crate::view::widget::scatter::Look;
use crate::view::widget::scatter::Scatter;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;
use std::collections::BTreeSet;

pub(super) const PARTS: Parts =
    Parts { title: "Code map", height, draw, foot, sentence };

fn height(_: u16, _: &Shown<'_>) -> u16 {
    16
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let map = map(shown);
    if map.is_empty() {
        common::empty(
            buf,
            area,
            "a numeral per example, at its code",
            (shown, ctx),
        );
        return;
    }
    let point = |dot: &Dot| (f64::from(dot.x), f64::from(dot.y), dot.label);
    let points = map.iter().map(point).collect();
    let classed = map.iter().any(|dot| dot.label != 0);
    let look = match shown.bare || !classed {
        true => Look::Dots(Ink::Train, '.'),
        false => Look::Numerals,
    };
    let layers = vec![Layer { points, look }];
    let (theme, glyphs) = (ctx.theme, ctx.glyphs);
    let (curve, arrows) = (Vec::new(), Vec::new());
    Scatter { layers, curve, arrows, theme, glyphs }.render(area, buf);
}

fn foot(area: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let map = map(shown);
    if map.is_empty() {
        return String::new();
    }
    let images = common::plural(map.len(), "test example");
    if area.width < 60 {
        return images;
    }
    let [right, up] = units(shown);
    let text = format!("{images}; right: code unit {right}, up: {up}");
    let widest = format!("{text}, which vary most");
    match shown.snapshot.and_then(|snapshot| snapshot.map_units) {
        Some(_) if common::columns(&widest) + 6 < area.width => widest,
        _ => text,
    }
}

fn sentence(shown: &Shown<'_>) -> String {
    let map = map(shown);
    if map.is_empty() {
        return "no code map yet".to_owned();
    }
    let classes: BTreeSet<u8> = map.iter().map(|dot| dot.label).collect();
    let [right, up] = units(shown);
    let of = shown.snapshot.and_then(|snapshot| snapshot.map_units);
    let which = of.map_or_else(String::new, |[.., all]| {
        format!(", the two units of {all} that vary most")
    });
    format!(
        "codes of {} of {}{}: unit {right} from {}, unit {up} from {}",
        common::plural(map.len(), "test example"),
        if classes.len() == 1 {
            "1 class".to_owned()
        } else {
            format!("{} classes", classes.len())
        },
        which,
        common::range(map.iter().map(|dot| dot.x)),
        common::range(map.iter().map(|dot| dot.y)),
    )
}

/// The units to the right and up, counted from 1.
fn units(shown: &Shown<'_>) -> [usize; 2] {
    let units = shown.snapshot.and_then(|snapshot| snapshot.map_units);
    units.map_or([1, 2], |[right, up, _]| [right + 1, up + 1])
}

fn map<'a>(shown: &Shown<'a>) -> &'a [Dot] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.map)
}
