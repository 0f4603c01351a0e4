//! One latent number walks, the others stay.

use crate::train::snapshot::Image;
use crate::train::snapshot::MapStrip;
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
    Parts { title: "Traversal", height, draw, foot, sentence };

fn height(_: u16, shown: &Shown<'_>) -> u16 {
    strips::height(walks(shown).len())
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let walks = walks(shown);
    if walks.is_empty() {
        common::empty(
            buf,
            area,
            "what every latent number changes",
            (shown, ctx),
        );
        return;
    }
    let strips: Vec<Strip<'_>> = walks
        .iter()
        .map(|walk| Strip {
            names: vec![walk.name.clone(), change(walk)],
            images: &walk.images,
            long: Long::Thin,
        })
        .collect();
    let look = shown.look % strips.len();
    strips::draw(buf, area, &strips, Some(look), ctx);
}

fn foot(_: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    if walks(shown).is_empty() {
        return String::new();
    }
    "one number walks from low to high, the others stay".to_owned()
}

fn sentence(shown: &Shown<'_>) -> String {
    let walks = walks(shown);
    let by_change = |a: &&MapStrip, b: &&MapStrip| {
        changed(&a.images).total_cmp(&changed(&b.images))
    };
    let most = walks.iter().max_by(by_change);
    let (Some(most), Some(least)) = (most, walks.iter().min_by(by_change))
    else {
        return "no traversal yet".to_owned();
    };
    format!(
        "{} walked one by one; {} changes the image most, by {} per pixel, \
         {} least, by {}",
        common::plural(walks.len(), "latent number"),
        most.name,
        axis::number(changed(&most.images)),
        least.name,
        axis::number(changed(&least.images)),
    )
}

fn walks<'a>(shown: &Shown<'a>) -> &'a [MapStrip] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.traversals)
}

fn change(walk: &MapStrip) -> String {
    format!("moves {:.2}", changed(&walk.images))
}

/// The mean difference of pixels from the first to the last image, 0 to 1.
fn changed(images: &[Image]) -> f64 {
    let (Some(first), Some(last)) = (images.first(), images.last()) else {
        return 0.0;
    };
    let pairs = first.pixels.iter().zip(&last.pixels);
    let sum: u64 = pairs.map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / 255.0 / first.pixels.len().max(1) as f64
}
