//! One unit with its real numbers: z = s(w · x + b).

use crate::train::snapshot::Image;
use crate::train::snapshot::UnitView;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use crate::view::widget::image::Picture;
use crate::view::widget::image::Size;
use crate::view::widget::table::Side;
use crate::view::widget::table::Table;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "One unit", height, draw, foot, sentence };

fn height(_: u16, shown: &Shown<'_>) -> u16 {
    let terms = unit(shown).map_or(6, |unit| unit.terms.len());
    // The headings, the terms, the others, the sum, the bias, the output.
    u16::try_from(terms + 6).unwrap_or(u16::MAX).clamp(9, 16)
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let Some(unit) = unit(shown) else {
        common::empty(
            buf,
            area,
            "one unit, number by number",
            (shown, ctx),
        );
        return;
    };
    let mut left = 0;
    let images = [("input x", &unit.example), ("weights w", &unit.picture)];
    let images = images.map(|(name, image)| (name, image.as_ref()));
    for (name, image) in images {
        let Some(image) = image else { continue };
        let columns = side(image, area);
        if area.width < left + columns + 44 {
            continue;
        }
        let pen = Pen::new(buf, area, ctx.glyphs);
        let place = pen.part(left, 0, columns, area.height);
        picture(buf, place, (name, image), ctx);
        left += columns + 2;
    }
    let pen = Pen::new(buf, area, ctx.glyphs);
    let place = pen.part(left, 0, area.width - left, area.height);
    products(buf, place, unit, ctx);
}

fn foot(area: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let Some(unit) = unit(shown) else { return String::new() };
    let which = format!("unit {} of {}", unit.unit + 1, unit.layer);
    if area.width < 60 {
        return which;
    }
    format!("{which}: z = {}(w · x + b)", unit.activation)
}

fn sentence(shown: &Shown<'_>) -> String {
    let Some(unit) = unit(shown) else {
        return "no unit to look at yet".to_owned();
    };
    format!(
        "unit {} of {}: the products add up to {}, the bias is {}, {} of \
         {} is {}",
        unit.unit + 1,
        unit.layer,
        number(unit.sum),
        number(unit.bias),
        unit.activation,
        number(unit.sum + unit.bias),
        number(unit.output),
    )
}

fn unit<'a>(shown: &Shown<'a>) -> Option<&'a UnitView> {
    shown.snapshot?.unit.as_ref()
}

fn number(x: f32) -> String {
    format!("{x:.3}")
}

fn side(image: &Image, area: Rect) -> u16 {
    let rows = area.height.saturating_sub(1);
    let wide = if area.width >= 104 { 28 } else { 14 };
    Size::fitting(image, wide, rows).cells(image).0.max(9)
}

fn picture(
    buf: &mut Buffer,
    area: Rect,
    (name, image): (&str, &Image),
    ctx: &Ctx<'_>,
) {
    let rows = area.height.saturating_sub(1);
    let size = Size::fitting(image, area.width, rows);
    let (_, rows) = size.cells(image);
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let (width, top) =
        (pen.width(), pen.height().saturating_sub(rows + 1) / 2);
    let dim = ctx.theme.style(Role::Dim);
    pen.center((0, width), top + rows, name, dim);
    let place = pen.part(0, top, width, rows);
    let (way, theme) = (ctx.pictures, ctx.theme);
    Picture { image, way, size, theme }.render(place, buf);
}

/// The largest products, all the others, and what becomes of their sum.
fn products(buf: &mut Buffer, area: Rect, unit: &UnitView, ctx: &Ctx<'_>) {
    let text = ctx.theme.style(Role::Text);
    let dim = ctx.theme.style(Role::Dim);
    let accent = ctx.theme.style(Role::Accent);
    // Five rows are for the headings and the sum.
    let most = usize::from(area.height.saturating_sub(6)).max(1);
    let terms = &unit.terms[..unit.terms.len().min(most)];
    let mut rows: Vec<Vec<(String, Style)>> = terms
        .iter()
        .map(|(input, x, w, product)| {
            vec![
                (format!("{input}"), dim),
                (number(*x), text),
                (number(*w), text),
                (number(*product), text),
            ]
        })
        .collect();
    let listed: f32 = terms.iter().map(|(.., product)| product).sum();
    let total = unit.sum + unit.bias;
    let empty = || (String::new(), text);
    let mut below = |name: &str, value: f32, style: Style| {
        rows.push(vec![
            empty(),
            empty(),
            (name.to_owned(), dim),
            (number(value), style),
        ]);
    };
    below("all others", unit.sum - listed, text);
    below("sum w · x", unit.sum, text);
    below("bias b", unit.bias, text);
    below("w · x + b", total, text);
    below(&format!("z = {}", unit.activation), unit.output, accent);
    let head = [
        ("input", Side::Right),
        ("x", Side::Right),
        ("w", Side::Right),
        ("w · x", Side::Right),
    ];
    let (theme, glyphs) = (ctx.theme, ctx.glyphs);
    let drawn = Table { head: &head, rows: &rows, gap: 2, theme, glyphs };
    common::centered(buf, area, drawn, ctx);
}
