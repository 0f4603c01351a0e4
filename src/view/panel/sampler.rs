//! Decoded draws from the prior.

use crate::lesson::knob::KnobId;
use crate::train::snapshot::Image;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::panel::strips;
use crate::view::widget::axis;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) const PARTS: Parts =
    Parts { title: "Samples", height, draw, foot, sentence };

fn height(width: u16, _: &Shown<'_>) -> u16 {
    if width < 60 { 12 } else { 16 }
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let samples = samples(shown);
    if samples.is_empty() {
        common::empty(
            buf,
            area,
            "images that were never seen",
            (shown, ctx),
        );
        return;
    }
    let seen = strips::legible(area, &samples[0]).max(1);
    let seen = &samples[..seen.min(samples.len())];
    strips::grid(buf, area, (seen, 0), ctx);
}

fn foot(area: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    if samples(shown).is_empty() {
        return String::new();
    }
    let from = source(shown);
    if area.width < 60 {
        return format!("drawn from {from}");
    }
    format!("drawn from {from} and decoded; none of them is in the data")
}

fn sentence(shown: &Shown<'_>) -> String {
    let samples = samples(shown);
    let Some(apart) = apart(samples) else {
        return "no samples yet".to_owned();
    };
    let alike = if apart < 0.01 { ", so they are all alike" } else { "" };
    format!(
        "{} from {}; two of them differ by {} per pixel on average{alike}",
        common::plural(samples.len(), "decoded draw"),
        source(shown),
        axis::number(apart),
    )
}

/// Where the codes come from: only a variational model has a prior.
fn source(shown: &Shown<'_>) -> &'static str {
    match shown.settings.get(KnobId::KlWeight) {
        Some(_) => "the prior",
        None => "random codes",
    }
}

fn samples<'a>(shown: &Shown<'a>) -> &'a [Image] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.samples)
}

/// The mean difference of an image from the next, 0 to 1.
fn apart(samples: &[Image]) -> Option<f64> {
    let first = samples.first()?;
    let others = samples.iter().skip(1).chain([first]);
    let (mut sum, mut count) = (0_u64, 0_u64);
    for (a, b) in samples.iter().zip(others) {
        let pairs = a.pixels.iter().zip(&b.pixels);
        sum += pairs.map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>();
        count += a.pixels.len() as u64;
    }
    Some(sum as f64 / 255.0 / count.max(1) as f64)
}
