//! Decoder times encoder against the identity.

use crate::train::snapshot::Heat;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use crate::view::widget::axis;
use crate::view::widget::heatmap::Heatmap;
use crate::view::widget::heatmap::Scale;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "Identity", height, draw, foot, sentence };

/// Columns of the words beside the matrix.
const WORDS: u16 = 30;

fn height(_: u16, _: &Shown<'_>) -> u16 {
    16
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let Some(heat) = heat(shown) else {
        common::empty(buf, area, "decoder times encoder", (shown, ctx));
        return;
    };
    let map = Heatmap {
        columns: heat.width,
        values: &heat.values,
        scale: Scale::Signed,
        way: ctx.pictures,
        theme: ctx.theme,
    };
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let (width, height) = (pen.width(), pen.height());
    let beside = width >= WORDS + 20;
    let room = if beside { width - WORDS } else { width };
    let (columns, rows) = map.cells(room, height);
    let place = pen.part(
        room.saturating_sub(columns) / 2,
        height.saturating_sub(rows) / 2,
        columns,
        rows,
    );
    if beside {
        let top = height.saturating_sub(9) / 2;
        words(&mut pen, (room + 1, top), Facts::of(heat), ctx);
    }
    map.render(place, buf);
}

fn words(
    pen: &mut Pen<'_>,
    (x, y): (u16, u16),
    facts: Facts,
    ctx: &Ctx<'_>,
) {
    let text = ctx.theme.style(Role::Text);
    let dim = ctx.theme.style(Role::Dim);
    let lines = [
        ("on the diagonal", facts.diagonal, "1 copies a number"),
        ("largest off it", facts.off, "0 mixes nothing in"),
        ("distance to identity", facts.residual, "0 is a copy machine"),
    ];
    for ((name, value, meaning), i) in lines.into_iter().zip(0_u16..) {
        let row = y + 3 * i;
        let next = pen.text(x, row, name, text);
        let value = format!(" {}", axis::number(value));
        pen.text(next, row, &value, ctx.theme.style(Role::Accent));
        pen.text(x, row + 1, meaning, dim);
    }
}

fn foot(_: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) -> String {
    if heat(shown).is_none() {
        return String::new();
    }
    if common::signs(ctx).0 == "red" {
        return "red 1, blue -1: the identity is a red diagonal".to_owned();
    }
    ". + x # up to 1, . - = ~ down to -1".to_owned()
}

fn sentence(shown: &Shown<'_>) -> String {
    let Some(heat) = heat(shown) else {
        return "no product of decoder and encoder yet".to_owned();
    };
    let facts = Facts::of(heat);
    format!(
        "{}: mean {} on the diagonal, at most {} off it; its distance to \
         the identity is {} of the identity's size",
        heat.title,
        axis::number(facts.diagonal),
        axis::number(facts.off),
        axis::number(facts.residual),
    )
}

fn heat<'a>(shown: &Shown<'a>) -> Option<&'a Heat> {
    let heat = shown.snapshot?.identity.as_ref()?;
    (!heat.values.is_empty() && heat.width > 0).then_some(heat)
}

/// How near a matrix is to the identity.
struct Facts {
    /// The mean of the diagonal.
    diagonal: f64,
    /// The largest size off the diagonal.
    off: f64,
    /// The Frobenius norm of the difference, over that of the identity.
    residual: f64,
}

impl Facts {
    fn of(heat: &Heat) -> Self {
        let width = usize::from(heat.width);
        let (mut sum, mut off, mut squares) = (0.0, 0.0_f64, 0.0);
        for (i, value) in heat.values.iter().enumerate() {
            let value = f64::from(*value);
            if i / width == i % width {
                sum += value;
                squares += (value - 1.0).powi(2);
            } else {
                off = off.max(value.abs());
                squares += value.powi(2);
            }
        }
        let n = f64::from(heat.width);
        Self { diagonal: sum / n, off, residual: (squares / n).sqrt() }
    }
}
