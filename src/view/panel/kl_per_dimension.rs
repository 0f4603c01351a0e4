//! Nats per latent dimension: which ones carry something.

use crate::view::glyphs;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::bar_columns;
use crate::view::panel::common;
use crate::view::theme::Ink;
use crate::view::widget::axis;
use crate::view::widget::bars::Bar;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) const PARTS: Parts =
    Parts { title: "KL per dimension", height, draw, foot, sentence };

/// A dimension with fewer nats than this is as good as the prior.
const ACTIVE: f32 = 0.01;

fn height(_: u16, shown: &Shown<'_>) -> u16 {
    let rows = u16::try_from(nats(shown).len()).unwrap_or(u16::MAX);
    rows.clamp(4, 14) + 1
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let nats = nats(shown);
    if nats.is_empty() {
        common::empty(buf, area, "what every number carries", (shown, ctx));
        return;
    }
    let on = ctx.glyphs.get(glyphs::FULL);
    let bars: Vec<Bar> = nats
        .iter()
        .zip(1_u32..)
        .map(|(nats, i)| {
            let active = *nats >= ACTIVE;
            let ink = if active { Ink::Train } else { Ink::Baseline };
            let mark = if active { on } else { "-" };
            Bar {
                label: format!("z{i}"),
                value: f64::from(*nats),
                text: format!("{nats:.2} {mark}"),
                style: ctx.theme.ink(ink),
            }
        })
        .collect();
    bar_columns::draw(buf, area, &bars, ctx);
}

fn foot(area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) -> String {
    let nats = nats(shown);
    if nats.is_empty() {
        return String::new();
    }
    let on = ctx.glyphs.get(glyphs::FULL);
    let (some, all) = (active(nats), nats.len());
    let sum = axis::number(total(nats));
    if area.width < 60 {
        return format!("{on} active: {some} of {all}; sum {sum}");
    }
    format!(
        "{on} active, {ACTIVE} nats or more: {some} of {all}; together \
         {sum} nats"
    )
}

fn sentence(shown: &Shown<'_>) -> String {
    let nats = nats(shown);
    let finite = nats.iter().enumerate().filter(|(_, n)| n.is_finite());
    let most = finite.max_by(|a, b| a.1.total_cmp(b.1));
    let Some((most, value)) = most else {
        return "no divergence per dimension yet".to_owned();
    };
    let some = active(nats);
    let collapsed =
        if some == 0 { ": the posterior collapsed" } else { "" };
    format!(
        "{some} of {} are active{collapsed}; z{} carries most, {} nats, of \
         {} in all",
        common::plural(nats.len(), "latent dimension"),
        most + 1,
        axis::number(f64::from(*value)),
        axis::number(total(nats)),
    )
}

fn nats<'a>(shown: &Shown<'a>) -> &'a [f32] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.kl)
}

fn active(nats: &[f32]) -> usize {
    nats.iter().filter(|nats| **nats >= ACTIVE).count()
}

fn total(nats: &[f32]) -> f64 {
    nats.iter().map(|nats| f64::from(*nats)).sum()
}
