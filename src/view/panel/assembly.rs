//! An image as a sum of codes times bases, term by term.

use crate::train::snapshot::MapStrip;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::panel::strips;
use crate::view::panel::strips::Long;
use crate::view::panel::strips::Strip;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) const PARTS: Parts =
    Parts { title: "Assembly", height, draw, foot, sentence };

fn height(_: u16, shown: &Shown<'_>) -> u16 {
    strips::height(parts(shown).len().max(2))
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let parts = parts(shown);
    if parts.is_empty() {
        common::empty(buf, area, "an image, put together", (shown, ctx));
        return;
    }
    let strips: Vec<Strip<'_>> = parts
        .iter()
        .map(|part| Strip {
            names: names(part),
            images: &part.images,
            long: Long::Shrink,
        })
        .collect();
    strips::draw(buf, area, &strips, None, ctx);
}

fn foot(area: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    match (parts(shown).is_empty(), area.width < 64) {
        (true, _) => String::new(),
        (false, true) => "image = sum of code x base".to_owned(),
        (false, false) => {
            "image = sum of code x base; each sum adds the base above it"
                .to_owned()
        }
    }
}

fn sentence(shown: &Shown<'_>) -> String {
    let parts = parts(shown);
    let terms = parts.iter().map(|part| part.images.len()).max();
    let Some(terms) = terms.filter(|terms| *terms > 0) else {
        return "no image put together yet".to_owned();
    };
    let names: Vec<&str> =
        parts.iter().map(|part| part.name.as_str()).collect();
    format!(
        "an image as a sum of {}, the largest first; rows: {}",
        common::plural(terms, "term"),
        names.join(", "),
    )
}

fn parts<'a>(shown: &Shown<'a>) -> &'a [MapStrip] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.assembly)
}

fn names(part: &MapStrip) -> Vec<String> {
    let what: &[&str] = match part.name.as_str() {
        "bases" => &["one term", "each"],
        "sums" => &["so far", "added up"],
        _ => &[],
    };
    let mut names = vec![part.name.clone()];
    names.extend(what.iter().map(|line| (*line).to_owned()));
    names
}
