//! The layers: boxes narrowing to the bottleneck, shapes, parameters.

use crate::data::grouped::grouped;
use crate::train::snapshot::Layer;
use crate::view::glyphs;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use crate::view::widget::table::Side;
use crate::view::widget::table::Table;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

pub(super) const PARTS: Parts =
    Parts { title: "Network", height, draw, foot, sentence };

/// Rows of the tallest box.
const TALLEST: u16 = 7;

fn height(_: u16, shown: &Shown<'_>) -> u16 {
    let layers = u16::try_from(layers(shown).len()).unwrap_or(u16::MAX);
    // The boxes, an empty row, the headings, the layers, the sum.
    TALLEST.saturating_add(layers.max(3)).saturating_add(3).min(18)
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let layers = layers(shown);
    if layers.is_empty() {
        common::empty(
            buf,
            area,
            "the layers and their sizes",
            (shown, ctx),
        );
        return;
    }
    let rows = u16::try_from(layers.len()).unwrap_or(u16::MAX);
    let table_rows = rows.saturating_add(2);
    let room = area.height.saturating_sub(table_rows);
    let mut top = 0;
    if room >= 4 {
        let pen = Pen::new(buf, area, ctx.glyphs);
        let place = pen.part(0, 0, area.width, room.min(TALLEST));
        boxes(buf, place, layers, ctx);
        top = room.min(TALLEST + 1);
    }
    let pen = Pen::new(buf, area, ctx.glyphs);
    let place = pen.part(0, top, area.width, area.height - top);
    table(buf, place, layers, ctx);
}

fn foot(area: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let layers = layers(shown);
    if layers.is_empty() || area.width < 40 {
        return String::new();
    }
    sizes(layers)
}

fn sentence(shown: &Shown<'_>) -> String {
    let layers = layers(shown);
    if layers.is_empty() {
        return "no network yet".to_owned();
    }
    let parts: Vec<String> = layers
        .iter()
        .map(|layer| format!("{} {}", layer.name, layer.activation))
        .collect();
    format!(
        "{} with {} parameters: {}",
        sizes(layers).replace('→', "to"),
        grouped(total(layers)),
        parts.join(", "),
    )
}

fn layers<'a>(shown: &Shown<'a>) -> &'a [Layer] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.layers)
}

/// `784 → 32 → 784`.
fn sizes(layers: &[Layer]) -> String {
    let first = layers.first().map(|layer| layer.inputs);
    let all = first.into_iter().chain(layers.iter().map(|l| l.outputs));
    let all: Vec<String> = all.map(|n| format!("{n}")).collect();
    all.join(" → ")
}

fn total(layers: &[Layer]) -> usize {
    layers.iter().map(|layer| layer.parameters).sum()
}

/// A box per vector of numbers, the taller the more numbers.
fn boxes(buf: &mut Buffer, area: Rect, layers: &[Layer], ctx: &Ctx<'_>) {
    let mut sizes = vec![layers.first().map_or(0, |layer| layer.inputs)];
    sizes.extend(layers.iter().map(|layer| layer.outputs));
    let count = u16::try_from(sizes.len()).unwrap_or(u16::MAX);
    let numbers: Vec<String> =
        sizes.iter().map(|n| format!("{n}")).collect();
    let widest = numbers.iter().map(String::len).max().unwrap_or(1);
    let wide = u16::try_from(widest).unwrap_or(u16::MAX).saturating_add(4);
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let free = pen.width().checked_sub(wide.saturating_mul(count));
    let Some(free) = free.filter(|free| *free >= 3 * (count - 1)) else {
        return;
    };
    let gap = (free / (count - 1).max(1)).min(12);
    let used = wide * count + gap * (count - 1);
    let left = (pen.width() - used) / 2;
    // A classifier on top is not the bottleneck.
    let below = layers.iter().filter(|l| !l.name.starts_with("head"));
    let narrowest = below.map(|l| l.outputs.min(l.inputs)).min();
    let narrowest = narrowest.unwrap_or(0);
    let most = sizes.iter().max().copied().unwrap_or(1);
    let arrow = ctx.glyphs.get(glyphs::ARROW_RIGHT);
    let dim = ctx.theme.style(Role::Dim);
    let middle = pen.height() / 2;
    for ((size, number), slot) in sizes.iter().zip(&numbers).zip(0..count) {
        let x = left + slot * (wide + gap);
        let tall = tall(*size, most, pen.height());
        let neck = *size == narrowest && narrowest < most;
        let role = if neck { Role::Accent } else { Role::Border };
        let y = middle - tall / 2;
        let style = ctx.theme.style(role);
        outline(&mut pen, (x, y, wide, tall), style, ctx);
        let role = if neck { Role::Accent } else { Role::Text };
        let style = ctx.theme.style(role);
        pen.center((x, wide), middle, number, style);
        if slot + 1 < count {
            pen.center((x + wide, gap), middle, arrow, dim);
        }
    }
}

/// An odd number of rows from 3 on, growing with the logarithm.
fn tall(size: usize, most: usize, height: u16) -> u16 {
    let share = (size.max(1) as f64).ln() / (most.max(2) as f64).ln();
    let steps = f64::from(height.saturating_sub(3) / 2);
    (3 + 2 * (steps * share.clamp(0.0, 1.0)).round() as u16).min(height)
}

fn outline(
    pen: &mut Pen<'_>,
    (x, y, wide, tall): (u16, u16, u16, u16),
    style: Style,
    ctx: &Ctx<'_>,
) {
    let get = |glyph| ctx.glyphs.get(glyph);
    let (right, bottom) = (x + wide - 1, y + tall - 1);
    pen.rule((x, right), y, style);
    pen.rule((x, right), bottom, style);
    for row in y + 1..bottom {
        pen.text(x, row, get(glyphs::VERTICAL), style);
        pen.text(right, row, get(glyphs::VERTICAL), style);
    }
    pen.text(x, y, get(glyphs::TOP_LEFT), style);
    pen.text(right, y, get(glyphs::TOP_RIGHT), style);
    pen.text(x, bottom, get(glyphs::BOTTOM_LEFT), style);
    pen.text(right, bottom, get(glyphs::BOTTOM_RIGHT), style);
}

fn table(buf: &mut Buffer, area: Rect, layers: &[Layer], ctx: &Ctx<'_>) {
    let text = ctx.theme.style(Role::Text);
    let dim = ctx.theme.style(Role::Dim);
    let mut rows: Vec<Vec<(String, Style)>> = layers
        .iter()
        .map(|layer| {
            vec![
                (layer.name.clone(), text),
                (format!("{} → {}", layer.inputs, layer.outputs), text),
                (layer.activation.clone(), text),
                (grouped(layer.parameters), text),
            ]
        })
        .collect();
    let sum = grouped(total(layers));
    let role = ctx.theme.style(Role::Title);
    rows.push(vec![
        (String::new(), dim),
        (String::new(), dim),
        ("in all".to_owned(), dim),
        (sum, role),
    ]);
    let mut head = vec![
        ("layer", Side::Left),
        ("numbers in → out", Side::Left),
        ("activation", Side::Left),
        ("parameters", Side::Right),
    ];
    let (theme, glyphs) = (ctx.theme, ctx.glyphs);
    let all = Table { head: &head, rows: &rows, gap: 3, theme, glyphs };
    let gap = if all.width() <= area.width { 3 } else { 2 };
    let all = Table { gap, ..all };
    if all.width() > area.width {
        // The sum is worth more than the words.
        head.remove(2);
        let sum = rows.len() - 1;
        for (n, row) in rows.iter_mut().enumerate() {
            row.remove(if n == sum { 1 } else { 2 });
        }
    }
    let drawn = Table { head: &head, rows: &rows, gap, theme, glyphs };
    common::centered(buf, area, drawn, ctx);
}
