//! How pixels go together, as a heat map.

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
    Parts { title: "Correlation", height, draw, foot, sentence };

fn height(width: u16, shown: &Shown<'_>) -> u16 {
    let Some(heat) = heat(shown) else { return 12 };
    let columns = usize::from(heat.width.max(1));
    let rows = heat.values.len().div_ceil(columns);
    let rows = u16::try_from(rows.div_ceil(2)).unwrap_or(u16::MAX);
    let zoom = (width / heat.width.max(1)).clamp(1, 16 / rows.clamp(1, 16));
    rows.saturating_mul(zoom).clamp(6, 16) + 1
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let Some(heat) = heat(shown) else {
        common::empty(
            buf,
            area,
            "how the pixels go together",
            (shown, ctx),
        );
        return;
    };
    let signed = heat.values.iter().any(|value| *value < 0.0);
    let map = Heatmap {
        columns: heat.width,
        values: &heat.values,
        scale: if signed { Scale::Signed } else { Scale::Share },
        way: ctx.pictures,
        theme: ctx.theme,
    };
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let (columns, rows) =
        map.cells(pen.width(), pen.height().saturating_sub(1));
    let left = pen.width().saturating_sub(columns) / 2;
    let place = pen.part(left, 0, columns, rows);
    let width = pen.width();
    let dim = ctx.theme.style(Role::Dim);
    pen.center((0, width), rows, &heat.title, dim);
    map.render(place, buf);
}

fn foot(_: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) -> String {
    let Some(heat) = heat(shown) else { return String::new() };
    if !heat.values.iter().any(|value| *value < 0.0) {
        return "0 dark to 1 light".to_owned();
    }
    if common::signs(ctx).0 == "red" {
        return "red 1: together, blue -1: opposite".to_owned();
    }
    ". + x #: together, . - = ~: opposite".to_owned()
}

fn sentence(shown: &Shown<'_>) -> String {
    let Some(heat) = heat(shown) else {
        return "no heat map yet".to_owned();
    };
    let strong =
        heat.values.iter().filter(|value| value.abs() > 0.5).count();
    let share = 100.0 * strong as f64 / heat.values.len() as f64;
    format!(
        "{}: values from {}; {} % of them are stronger than 0.5",
        heat.title,
        common::range(heat.values.iter().copied()),
        axis::number(share.round()),
    )
}

fn heat<'a>(shown: &Shown<'a>) -> Option<&'a Heat> {
    shown.snapshot?.heat.as_ref().filter(|heat| !heat.values.is_empty())
}
