//! Curves over time, their reconstructions and the error between.

use crate::train::snapshot::Signal;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Ink;
use crate::view::widget::axis;
use crate::view::widget::axis::Axis;
use crate::view::widget::curve::Curve;
use crate::view::widget::curve::Line;
use crate::view::widget::curve::Pattern;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "Signals", height, draw, foot, sentence };

/// From so many rows on a second signal is drawn below the first.
const TWO: u16 = 26;

fn height(width: u16, _: &Shown<'_>) -> u16 {
    if width < 60 { 12 } else { 15 }
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let signals = signals(shown);
    let Some(look) = shown.look.checked_rem(signals.len()) else {
        common::empty(buf, area, "signals and their copies", (shown, ctx));
        return;
    };
    let range = range(signals);
    // Two of different kinds tell more than two alike.
    let other = signals.iter().enumerate().cycle().skip(look + 1);
    let other = other
        .take(signals.len())
        .find(|(_, s)| s.label != signals[look].label);
    match other.filter(|_| area.height >= TWO) {
        None => chart(buf, area, (look, &signals[look]), range, ctx),
        Some(second) => {
            let half = area.height / 2;
            let above = Rect { height: half, ..area };
            let below = Rect {
                y: area.y + half,
                height: area.height - half,
                ..area
            };
            chart(buf, above, (look, &signals[look]), range, ctx);
            chart(buf, below, second, range, ctx);
        }
    }
}

fn chart(
    buf: &mut Buffer,
    area: Rect,
    (number, signal): (usize, &Signal),
    (low, high): (f64, f64),
    ctx: &Ctx<'_>,
) {
    let points = |values: &[f32]| -> Vec<(f64, f64)> {
        let numbered = values.iter().zip(0_u32..);
        numbered.map(|(y, x)| (f64::from(x), f64::from(*y))).collect()
    };
    let (original, copy) =
        (points(&signal.original), points(&signal.reconstruction));
    let pairs = original.iter().zip(&copy);
    let band = pairs.flat_map(|(a, b)| [*a, *b]).collect();
    let error = axis::number(f64::from(signal.error));
    let line = |label: String, points, pattern, ink| Line {
        label,
        points,
        pattern,
        ink,
    };
    let lines = vec![
        line(format!("error {error}"), band, Pattern::Veil, Ink::Mark),
        line("copy".to_owned(), copy, Pattern::Dashed, Ink::Test),
        line("original".to_owned(), original, Pattern::Solid, Ink::Train),
    ];
    let last = signal.original.len().max(2) as f64 - 1.0;
    let unit = format!("{} {}: value", kind(signal), number + 1);
    Curve {
        lines,
        marks: worst(signal).map(|(at, _)| at as f64).into_iter().collect(),
        x: (Axis::straight(0.0, last), "time"),
        y: (Axis::straight(low, high), &unit),
        theme: ctx.theme,
        glyphs: ctx.glyphs,
    }
    .render(area, buf);
}

fn foot(area: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let signals = signals(shown);
    let Some(i) = shown.look.checked_rem(signals.len()) else {
        return String::new();
    };
    let which = format!("{} of {}", i + 1, signals.len());
    let signal = &signals[i];
    match worst(signal) {
        Some((at, _)) if area.width >= 60 => {
            format!("{which}, {}; ▲ worst at {at}", kind(signal))
        }
        _ => format!("{which}, {}", kind(signal)),
    }
}

fn sentence(shown: &Shown<'_>) -> String {
    let signals = signals(shown);
    let Some(i) = shown.look.checked_rem(signals.len()) else {
        return "no signals yet".to_owned();
    };
    let signal = &signals[i];
    let mut text = format!(
        "signal {} of {}, {}: mean absolute error {}",
        i + 1,
        signals.len(),
        kind(signal),
        axis::number(f64::from(signal.error)),
    );
    if let Some((at, error)) = worst(signal) {
        let error = axis::number(f64::from(error));
        text.push_str(&format!(", worst at point {at}, by {error}"));
    }
    text
}

fn signals<'a>(shown: &Shown<'a>) -> &'a [Signal] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.signals)
}

fn kind(signal: &Signal) -> &'static str {
    if signal.label == 0 { "normal" } else { "not normal" }
}

/// Where the copy is furthest from the original, and how far.
fn worst(signal: &Signal) -> Option<(usize, f32)> {
    let pairs = signal.original.iter().zip(&signal.reconstruction);
    let errors = pairs.map(|(a, b)| (a - b).abs()).enumerate();
    errors.filter(|(_, e)| e.is_finite()).max_by(|a, b| a.1.total_cmp(&b.1))
}

/// One scale for all signals, so that they can be compared.
fn range(signals: &[Signal]) -> (f64, f64) {
    let all = signals
        .iter()
        .flat_map(|s| s.original.iter().chain(&s.reconstruction))
        .map(|value| f64::from(*value))
        .filter(|value| value.is_finite());
    let nothing = (f64::INFINITY, f64::NEG_INFINITY);
    let (low, high) =
        all.fold(nothing, |(low, high), x| (low.min(x), high.max(x)));
    let margin = 0.04 * (high - low);
    (low - margin, high + margin)
}
