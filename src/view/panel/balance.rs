//! Variance kept and error of the line turned by hand: what one gains the
//! other loses.

use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Ink;
use crate::view::widget::Pen;
use crate::view::widget::axis;
use crate::view::widget::bars::Bar;
use crate::view::widget::bars::Bars;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "Kept and lost", height, draw, foot, sentence };

/// What is weighed.
pub(super) const NAMES: [&str; 2] = ["variance kept", "error"];

fn height(_: u16, shown: &Shown<'_>) -> u16 {
    let bars = u16::try_from(bars(shown).len()).unwrap_or(u16::MAX);
    bars.clamp(2, 6) * 2 + 1
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let values = bars(shown);
    if values.is_empty() {
        common::empty(
            buf,
            area,
            "variance kept, and what is lost",
            (shown, ctx),
        );
        return;
    }
    let total = total(&values);
    let inks = [Ink::Other, Ink::Test, Ink::Train, Ink::Mark];
    for (i, (name, value)) in values.iter().enumerate() {
        let value = f64::from(*value);
        let percent = (100.0 * value / total).max(0.0);
        let bar = Bar {
            label: format!("{name:>14}"),
            value,
            text: format!("{:>7} {percent:3.0} %", axis::number(value)),
            style: ctx.theme.ink(inks[i % inks.len()]),
        };
        let row = u16::try_from(2 * i + 1).unwrap_or(u16::MAX);
        let pen = Pen::new(buf, area, ctx.glyphs);
        let place = pen.part(1, row, area.width.saturating_sub(2), 1);
        let (theme, glyphs) = (ctx.theme, ctx.glyphs);
        Bars { bars: &[bar], range: (0.0, total), theme, glyphs }
            .render(place, buf);
    }
}

fn foot(_: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    if bars(shown).is_empty() {
        return String::new();
    }
    format!("together {}", axis::number(total(&bars(shown))))
}

fn sentence(shown: &Shown<'_>) -> String {
    let bars = bars(shown);
    if bars.is_empty() {
        return "nothing to weigh yet".to_owned();
    }
    let parts: Vec<String> = bars
        .iter()
        .map(|(name, value)| (name, f64::from(*value)))
        .map(|(name, value)| format!("{name} {}", axis::number(value)))
        .collect();
    let total = axis::number(total(&bars));
    format!("{}; together {total}", parts.join(", "))
}

/// The bars of this panel; other panels of the cell have theirs.
fn bars(shown: &Shown<'_>) -> Vec<(String, f32)> {
    common::bars(shown, |name| NAMES.contains(&name))
}

fn total(bars: &[(String, f32)]) -> f64 {
    let finite = bars.iter().map(|(_, v)| f64::from(*v));
    finite.filter(|v| v.is_finite()).sum::<f64>().max(f64::MIN_POSITIVE)
}
