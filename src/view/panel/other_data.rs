//! The error on other kinds of data than those the model has learned.

use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::balance;
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
    Parts { title: "Other data", height, draw, foot, sentence };

fn height(_: u16, shown: &Shown<'_>) -> u16 {
    let bars = u16::try_from(bars(shown).len()).unwrap_or(u16::MAX);
    bars.clamp(3, 8) * 2 + 1
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let values = bars(shown);
    if values.is_empty() {
        common::empty(
            buf,
            area,
            "the error on data never seen",
            (shown, ctx),
        );
        return;
    }
    let finite = values.iter().map(|(_, v)| f64::from(*v));
    let most = finite.filter(|v| v.is_finite()).fold(0.0, f64::max);
    let first = f64::from(values[0].1);
    let bars: Vec<Bar> = values
        .iter()
        .enumerate()
        .map(|(i, (name, value))| {
            let value = f64::from(*value);
            let ink = if i == 0 { Ink::Train } else { Ink::Test };
            let times = match value / first {
                _ if i == 0 => String::new(),
                times if times.is_finite() => format!("{times:.1} times"),
                _ => String::new(),
            };
            Bar {
                label: name.clone(),
                value,
                text: format!("{:>7} {times:>10}", axis::number(value)),
                style: ctx.theme.ink(ink),
            }
        })
        .collect();
    let (theme, glyphs) = (ctx.theme, ctx.glyphs);
    let spaced = u16::try_from(2 * bars.len()).unwrap_or(u16::MAX);
    if area.height <= spaced {
        Bars { bars: &bars, range: (0.0, most), theme, glyphs }
            .render(area, buf);
        return;
    }
    // With an empty row between them, on one scale: the labels are made
    // equally long, so that the bars begin in one column.
    let pen = Pen::new(buf, area, ctx.glyphs);
    let widest = bars.iter().map(|b| pen.columns(&b.label)).max();
    let widest = usize::from(widest.unwrap_or(0));
    for (bar, i) in bars.into_iter().zip(0..) {
        let label = format!("{:>widest$}", bar.label);
        let bars = [Bar { label, ..bar }];
        let pen = Pen::new(buf, area, ctx.glyphs);
        let place = pen.part(1, 2 * i + 1, area.width.saturating_sub(2), 1);
        Bars { bars: &bars, range: (0.0, most), theme, glyphs }
            .render(place, buf);
    }
}

fn foot(_: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    if bars(shown).is_empty() {
        return String::new();
    }
    "squared error per pixel".to_owned()
}

fn sentence(shown: &Shown<'_>) -> String {
    let bars = bars(shown);
    let Some((name, first)) = bars.first() else {
        return "no error on other data yet".to_owned();
    };
    let first = f64::from(*first);
    let mut text =
        format!("squared error on {name}: {}", axis::number(first));
    for (name, value) in &bars[1..] {
        let value = f64::from(*value);
        text.push_str(&format!(
            "; on {name}: {}, {:.1} times as much",
            axis::number(value),
            value / first,
        ));
    }
    text
}

/// The bars of this panel; other panels of the cell have theirs.
fn bars(shown: &Shown<'_>) -> Vec<(String, f32)> {
    common::bars(shown, |name| {
        common::size(name).is_none() && !balance::NAMES.contains(&name)
    })
}
