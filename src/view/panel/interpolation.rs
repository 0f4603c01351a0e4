//! From one example to another, in pixels and in codes.

use crate::train::snapshot::Blend;
use crate::train::snapshot::Image;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::panel::strips;
use crate::view::panel::strips::Long;
use crate::view::panel::strips::Strip;
use crate::view::widget::axis;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) const PARTS: Parts =
    Parts { title: "Interpolation", height, draw, foot, sentence };

fn height(_: u16, shown: &Shown<'_>) -> u16 {
    let rows = blend(shown).map_or(4, |(_, blend)| rows(blend).len());
    strips::height(rows.max(1))
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let Some((_, blend)) = blend(shown) else {
        common::empty(
            buf,
            area,
            "the way from image to image",
            (shown, ctx),
        );
        return;
    };
    let strips: Vec<Strip<'_>> = rows(blend)
        .into_iter()
        .map(|(name, more, images)| Strip {
            names: vec![name.to_owned(), more.to_owned()],
            images,
            long: Long::Thin,
        })
        .collect();
    strips::draw(buf, area, &strips, None, ctx);
}

fn foot(area: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let Some((i, blend)) = blend(shown) else { return String::new() };
    let all = shown.snapshot.map_or(0, |s| s.interpolations.len());
    let way = way(shown, blend);
    if area.width < 50 {
        return way;
    }
    let pair = format!("{way}, pair {} of {all}", i + 1);
    match strips::hidden(area.height, rows(blend).len()) {
        0 => pair,
        n => format!("{pair}; {n} more: z"),
    }
}

fn sentence(shown: &Shown<'_>) -> String {
    let Some((_, blend)) = blend(shown) else {
        return "no interpolation yet".to_owned();
    };
    let mut text = format!(
        "{} in {}",
        way(shown, blend),
        common::plural(blend.line.len().max(blend.pixels.len()), "image"),
    );
    let middle = |images: &[Image]| images.get(images.len() / 2).cloned();
    let nearest = middle(&blend.nearest);
    let ways = [
        ("the mean of the pixels", &blend.pixels),
        ("the decoded straight line", &blend.line),
        ("the decoded arc", &blend.sphere),
    ];
    for (name, images) in ways {
        let pair = (middle(images), nearest.as_ref());
        if let (Some(image), Some(nearest)) = pair {
            let far = axis::number(distance(&image, nearest));
            text.push_str(&format!(
                "; half way {name} is {far} per pixel from a training image"
            ));
        }
    }
    text
}

/// From which class to which.
fn way(shown: &Shown<'_>, blend: &Blend) -> String {
    let thing = |label| common::thing(shown, label);
    format!("from {} to {}", thing(blend.from), thing(blend.to))
}

/// The pair looked at, with its number.
fn blend<'a>(shown: &Shown<'a>) -> Option<(usize, &'a Blend)> {
    let blends = &shown.snapshot?.interpolations;
    let number = shown.look.checked_rem(blends.len())?;
    blends.get(number).map(|blend| (number, blend))
}

fn rows(blend: &Blend) -> Vec<(&'static str, &'static str, &[Image])> {
    let all = [
        ("pixels", "mixed", &blend.pixels),
        ("codes", "on a line", &blend.line),
        ("nearest", "known one", &blend.nearest),
        ("codes", "on an arc", &blend.sphere),
    ];
    all.into_iter()
        .filter(|(.., images)| !images.is_empty())
        .map(|(name, more, images)| (name, more, images.as_slice()))
        .collect()
}

/// The mean difference of pixels, 0 to 1.
fn distance(a: &Image, b: &Image) -> f64 {
    let pairs = a.pixels.iter().zip(&b.pixels);
    let sum: u64 = pairs.map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / 255.0 / a.pixels.len().max(1) as f64
}
