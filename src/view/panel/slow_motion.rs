//! One training step of a tiny network, number by number.

use crate::train::snapshot::SlowMotion;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use crate::view::widget::axis;
use crate::view::widget::table::Side;
use crate::view::widget::table::Table;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts = Parts {
    title: "One step in slow motion",
    height,
    draw,
    foot,
    sentence,
};

/// Rows above the table of the weights.
const ABOVE: u16 = 6;

fn height(_: u16, shown: &Shown<'_>) -> u16 {
    let weights = slow(shown).map_or(4, |slow| slow.weights.len());
    let rows = u16::try_from(weights + 1).unwrap_or(u16::MAX);
    rows.clamp(3, 10) + ABOVE
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let Some(slow) = slow(shown) else {
        common::empty(
            buf,
            area,
            "one training step, number by number",
            (shown, ctx),
        );
        return;
    };
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let dim = ctx.theme.style(Role::Dim);
    let text = ctx.theme.style(Role::Text);
    let accent = ctx.theme.style(Role::Accent);
    let vectors = [
        ("input x", &slow.input),
        ("code z", &slow.code),
        ("output", &slow.output),
    ];
    for ((name, vector), row) in vectors.into_iter().zip(0..) {
        pen.text(1, row, name, dim);
        let mut x = 11;
        for value in vector {
            x = pen.text(x, row, &format!("{value:6.3}"), text) + 1;
        }
    }
    pen.text(1, 3, "loss", dim);
    let x = pen.text(11, 3, &format!("{:6.4}", slow.loss), text);
    let x = pen.text(x + 1, 3, "→", dim);
    let after = format!("{:.4}", slow.loss_after);
    let x = pen.text(x + 1, 3, &after, accent);
    pen.text(x + 1, 3, "after the step", dim);
    let height = pen.height().saturating_sub(ABOVE - 1);
    let width = area.width.saturating_sub(1);
    let place = pen.part(1, ABOVE - 1, width, height);
    weights(buf, place, slow, ctx);
}

fn foot(_: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let Some(slow) = slow(shown) else { return String::new() };
    let worst = axis::number(difference(slow));
    format!("the two gradients differ by {worst} at most")
}

fn sentence(shown: &Shown<'_>) -> String {
    let Some(slow) = slow(shown) else {
        return "no step to look at yet".to_owned();
    };
    let number = |x: f32| axis::number(f64::from(x));
    format!(
        "one step changes the loss from {} to {}; gradients by the chain \
         rule and by finite differences of {} differ by {} at most",
        number(slow.loss),
        number(slow.loss_after),
        common::plural(slow.weights.len(), "weight"),
        axis::number(difference(slow)),
    )
}

fn slow<'a>(shown: &Shown<'a>) -> Option<&'a SlowMotion> {
    shown.snapshot?.slow.as_ref()
}

/// The largest difference of the two gradients.
fn difference(slow: &SlowMotion) -> f64 {
    let differences =
        slow.weights.iter().map(|(_, _, chain, finite, _)| {
            (f64::from(*chain) - f64::from(*finite)).abs()
        });
    differences.fold(0.0, f64::max)
}

fn weights(buf: &mut Buffer, area: Rect, slow: &SlowMotion, ctx: &Ctx<'_>) {
    let text = ctx.theme.style(Role::Text);
    let accent = ctx.theme.style(Role::Accent);
    let number = |x: f32, style: Style| (format!("{x:.4}"), style);
    let rows: Vec<Vec<(String, Style)>> = slow
        .weights
        .iter()
        .map(|(name, value, chain, finite, after)| {
            vec![
                (name.clone(), text),
                number(*value, text),
                number(*chain, text),
                number(*finite, text),
                number(*after, accent),
            ]
        })
        .collect();
    let head = [
        ("weight", Side::Left),
        ("value", Side::Right),
        ("by chain rule", Side::Right),
        ("by differences", Side::Right),
        ("new value", Side::Right),
    ];
    let (theme, glyphs) = (ctx.theme, ctx.glyphs);
    let gap = if area.width >= 60 { 3 } else { 2 };
    Table { head: &head, rows: &rows, gap, theme, glyphs }
        .render(area, buf);
}
