//! How much the encoder stretches each direction.

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
    Parts { title: "Jacobian", height, draw, foot, sentence };

/// How the lines look, in their order.
const LOOKS: [(Pattern, Ink); 3] = [
    (Pattern::Solid, Ink::Train),
    (Pattern::Dashed, Ink::Test),
    (Pattern::Dotted, Ink::Other),
];

fn height(width: u16, _: &Shown<'_>) -> u16 {
    if width < 60 { 12 } else { 14 }
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let spectra = spectra(shown);
    let values = || spectra.iter().flat_map(|(_, values)| values);
    let Some((lowest, highest)) = ends(values()) else {
        let what = "how far the code moves with the input";
        common::empty(buf, area, what, (shown, ctx));
        return;
    };
    let longest = spectra.iter().map(|(_, s)| s.len()).max().unwrap_or(0);
    let x = Axis::straight(1.0, (longest as f64).max(2.0));
    // Here the logarithm is what one wants to see first.
    let y = if shown.log {
        Axis::covering(0.0, highest)
    } else {
        Axis::covering_log(lowest.max(highest / 1e4), highest)
    };
    let lines = spectra.iter().zip(LOOKS);
    let lines = lines.map(|((name, values), (pattern, ink))| Line {
        label: name.clone(),
        points: values
            .iter()
            .zip(1..)
            .map(|(value, i)| (f64::from(i), f64::from(*value)))
            .collect(),
        pattern,
        ink,
    });
    Curve {
        lines: lines.collect::<Vec<_>>().into_iter().rev().collect(),
        marks: Vec::new(),
        x: (x, "direction"),
        y: (y, "singular value"),
        theme: ctx.theme,
        glyphs: ctx.glyphs,
    }
    .render(area, buf);
}

fn foot(area: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    if spectra(shown).is_empty() {
        return String::new();
    }
    if area.width < 60 {
        return "steep: few directions count".to_owned();
    }
    "steep: the code moves with few directions and ignores the rest"
        .to_owned()
}

fn sentence(shown: &Shown<'_>) -> String {
    let spectra = spectra(shown);
    let parts: Vec<String> = spectra
        .iter()
        .filter_map(|(name, values)| {
            let first = f64::from(*values.first()?);
            let tenth = values.get(9).map(|value| f64::from(*value));
            let tenth = tenth.map_or(String::new(), |value| {
                format!(", the tenth {}", axis::number(value))
            });
            let strong = |value: &&f32| f64::from(**value) > first / 10.0;
            let strong = values.iter().filter(strong).count();
            Some(format!(
                "{name}: the largest singular value is {}{tenth}; {strong} \
                 of {} are above a tenth of the largest",
                axis::number(first),
                values.len(),
            ))
        })
        .collect();
    if parts.is_empty() {
        return "no spectrum of the Jacobian yet".to_owned();
    }
    parts.join("; ")
}

fn spectra<'a>(shown: &Shown<'a>) -> &'a [(String, Vec<f32>)] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.singular)
}

/// The smallest and the largest number above zero.
fn ends<'a>(values: impl Iterator<Item = &'a f32>) -> Option<(f64, f64)> {
    let fine = |value: &f64| value.is_finite() && *value > 0.0;
    let values = values.map(|value| f64::from(*value)).filter(fine);
    values.fold(None, |ends, value| {
        let (low, high) = ends.unwrap_or((value, value));
        Some((value.min(low), value.max(high)))
    })
}
