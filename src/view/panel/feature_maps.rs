//! What every layer of a convolutional network sees in one image.

use crate::train::snapshot::MapStrip;
use crate::view::glyphs;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::panel::strips;
use crate::view::panel::strips::Long;
use crate::view::panel::strips::Strip;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) const PARTS: Parts =
    Parts { title: "Feature maps", height, draw, foot, sentence };

/// A map that is darker than this everywhere shows nothing.
const BLACK: u8 = 8;

fn height(width: u16, shown: &Shown<'_>) -> u16 {
    let all = u16::try_from(maps(shown).len()).unwrap_or(u16::MAX);
    match width >= 100 {
        true => all.saturating_mul(5).clamp(14, 30),
        false => 16,
    }
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let maps = maps(shown);
    if maps.is_empty() {
        common::empty(buf, area, "what every layer sees", (shown, ctx));
        return;
    }
    let look = shown.look % maps.len();
    if usize::from(area.height) < 5 * maps.len() {
        one_layer(buf, area, (maps, look), ctx);
        return;
    }
    let strips: Vec<Strip<'_>> = maps
        .iter()
        .map(|strip| Strip {
            names: vec![strip.name.clone(), size(strip)],
            images: &strip.images,
            long: Long::Cut,
        })
        .collect();
    strips::draw(buf, area, &strips, Some(look), ctx);
}

/// The names of all layers, and the maps of one as large as they fit.
fn one_layer(
    buf: &mut Buffer,
    area: Rect,
    (maps, look): (&[MapStrip], usize),
    ctx: &Ctx<'_>,
) {
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let longest = maps.iter().map(|strip| pen.columns(&strip.name)).max();
    let named = (longest.unwrap_or(0) + 3).min(area.width / 3);
    let room = usize::from(area.height).max(1);
    let first = (look + 1).saturating_sub(room);
    let listed = maps.iter().enumerate().skip(first);
    for ((i, strip), y) in listed.zip(0..area.height) {
        let here = i == look;
        let role = if here { Role::Accent } else { Role::Text };
        let cursor = ctx.glyphs.get(glyphs::CURSOR);
        let cursor = if here { cursor } else { " " };
        let line = format!("{cursor} {}", strip.name);
        pen.text(0, y, &line, ctx.theme.style(role));
    }
    let place = Rect {
        x: area.x.saturating_add(named),
        width: area.width.saturating_sub(named),
        ..area
    };
    // Dark maps run into each other without a gap.
    strips::grid(buf, place, (&maps[look].images, 1), ctx);
}

fn foot(_: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let maps = maps(shown);
    let Some(i) = shown.look.checked_rem(maps.len()) else {
        return String::new();
    };
    let (all, seen) = (maps.len(), seen(&maps[i]));
    format!("layer {} of {all}: {seen}", i + 1)
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
