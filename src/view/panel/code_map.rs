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
    format!("{images}; right: code unit 1, up: code unit 2")
}

fn sentence(shown: &Shown<'_>) -> String {
    let map = map(shown);
    if map.is_empty() {
        return "no code map yet".to_owned();
    }
    let classes: BTreeSet<u8> = map.iter().map(|dot| dot.label).collect();
    format!(
        "codes of {} of {}: unit 1 from {}, unit 2 from {}",
        common::plural(map.len(), "test example"),
        if classes.len() == 1 {
            "1 class".to_owned()
        } else {
            format!("{} classes", classes.len())
        },
        common::range(map.iter().map(|dot| dot.x)),
        common::range(map.iter().map(|dot| dot.y)),
    )
}

fn map<'a>(shown: &Shown<'a>) -> &'a [Dot] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.map)
}
