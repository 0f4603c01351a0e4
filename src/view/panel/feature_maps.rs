//! What every layer of a convolutional network sees in one image.

use crate::train::snapshot::MapStrip;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::panel::strips;
use crate::view::panel::strips::Strip;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) const PARTS: Parts =
    Parts { title: "Feature maps", height, draw, foot, sentence };

/// A map that is darker than this everywhere shows nothing.
const BLACK: u8 = 8;

fn height(_: u16, shown: &Shown<'_>) -> u16 {
    strips::height(maps(shown).len())
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let maps = maps(shown);
    if maps.is_empty() {
        common::empty(buf, area, "what every layer sees", ctx);
        return;
    }
    let strips: Vec<Strip<'_>> = maps
        .iter()
        .map(|strip| Strip {
            names: vec![strip.name.clone(), size(strip)],
            images: &strip.images,
        })
        .collect();
    let look = shown.look % strips.len();
    strips::draw(buf, area, &strips, Some(look), ctx);
}

fn foot(_: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let maps = maps(shown);
    let Some(i) = shown.look.checked_rem(maps.len()) else {
        return String::new();
    };
    let all = maps.len();
    format!("layer {} of {all}: {}", i + 1, seen(&maps[i]))
}

fn sentence(shown: &Shown<'_>) -> String {
    let maps = maps(shown);
    if maps.is_empty() {
        return "no feature maps yet".to_owned();
    }
    let layer =
        |strip: &MapStrip| format!("{}: {}", strip.name, seen(strip));
    let layers: Vec<String> = maps.iter().map(layer).collect();
    format!("feature maps of one image; {}", layers.join("; "))
}

fn maps<'a>(shown: &Shown<'a>) -> &'a [MapStrip] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.maps)
}

/// `16 of 14 x 14`.
fn size(strip: &MapStrip) -> String {
    let Some(first) = strip.images.first() else {
        return "nothing".to_owned();
    };
    let (width, height) = (first.width, first.height);
    match strip.images.len() {
        1 => format!("{width} x {height}"),
        n => format!("{n} of {width} x {height}"),
    }
}

/// How many maps there are, and how many of them are black.
fn seen(strip: &MapStrip) -> String {
    let black = strip
        .images
        .iter()
        .filter(|map| map.pixels.iter().all(|pixel| *pixel < BLACK))
        .count();
    let maps = size(strip);
    match black {
        0 => maps,
        1 => format!("{maps}, 1 of them black"),
        n => format!("{maps}, {n} of them black"),
    }
}
