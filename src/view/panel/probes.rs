//! Accuracy of classifiers on pixels and on codes.

use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Ink;
use crate::view::widget::Pen;
use crate::view::widget::bars::Bar;
use crate::view::widget::bars::Bars;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "Probes", height, draw, foot, sentence };

fn height(_: u16, shown: &Shown<'_>) -> u16 {
    let bars = u16::try_from(probes(shown).len()).unwrap_or(u16::MAX);
    bars.clamp(3, 8) * 2
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let probes = probes(shown);
    if probes.is_empty() {
        common::empty(
            buf,
            area,
            "what a classifier makes of codes",
            (shown, ctx),
        );
        return;
    }
    let best = best(probes).map_or("", |(name, _)| name);
    let pen = Pen::new(buf, area, ctx.glyphs);
    let widest = probes.iter().map(|(name, _)| pen.columns(name)).max();
    let widest = usize::from(widest.unwrap_or(0));
    let every =
        if usize::from(area.height) >= 2 * probes.len() { 2 } else { 1 };
    for ((name, share), i) in probes.iter().zip(0_u16..) {
        // Codes in one color, everything else in the other.
        let ink =
            if name.contains("code") { Ink::Train } else { Ink::Test };
        let mark = if name == best { "best" } else { "" };
        let bar = Bar {
            label: format!("{name:>widest$}"),
            value: f64::from(*share),
            text: format!("{} {mark:<4}", percent(*share)),
            style: ctx.theme.ink(ink),
        };
        let pen = Pen::new(buf, area, ctx.glyphs);
        let row = i.saturating_mul(every).saturating_add(every - 1);
        let place = pen.part(1, row, area.width.saturating_sub(2), 1);
        let (theme, glyphs) = (ctx.theme, ctx.glyphs);
        Bars { bars: &[bar], range: (0.0, 1.0), theme, glyphs }
            .render(place, buf);
    }
}

fn foot(_: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    if probes(shown).is_empty() {
        return String::new();
    }
    "share of test examples sorted rightly".to_owned()
}

fn sentence(shown: &Shown<'_>) -> String {
    let probes = probes(shown);
    let Some((best, share)) = best(probes) else {
        return "no probes yet".to_owned();
    };
    let all: Vec<String> = probes
        .iter()
        .map(|(name, share)| format!("{name} {}", percent(*share).trim()))
        .collect();
    format!(
        "test accuracy: {}; the best is {best} with {}",
        all.join(", "),
        percent(share).trim(),
    )
}

fn probes<'a>(shown: &Shown<'a>) -> &'a [(String, f32)] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.probes)
}

fn best(probes: &[(String, f32)]) -> Option<(&str, f32)> {
    let finite = probes.iter().filter(|(_, share)| share.is_finite());
    let best = finite.max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some((&best.0, best.1))
}

fn percent(share: f32) -> String {
    format!("{:5.1} %", 100.0 * f64::from(share))
}
