//! Original over reconstruction over difference, example by example.

use crate::train::snapshot::Example;
use crate::train::snapshot::Image;
use crate::view::glyphs;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use crate::view::widget::axis;
use crate::view::widget::fit;
use crate::view::widget::fit::Fit;
use crate::view::widget::image::Picture;
use crate::view::widget::image::Size;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "Reconstructions", height, draw, foot, sentence };

/// Columns and rows of a thumbnail.
const THUMB: (u16, u16) = (14, 7);

fn height(width: u16, shown: &Shown<'_>) -> u16 {
    let examples = examples(shown);
    let (_, rows) = thumb(examples);
    if is_corrupted(examples) {
        // Three rows of smaller images.
        return 16;
    }
    // Original and reconstruction, and the caption; the difference where
    // there are columns, and so probably rows, to spare.
    if width >= 100 { 3 * rows + 3 } else { 2 * rows + 2 }
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let examples = examples(shown);
    if examples.is_empty() {
        common::empty(
            buf,
            area,
            "images and their copies appear here",
            (shown, ctx),
        );
        return;
    }
    if is_corrupted(examples) && area.height < 3 * 4 + 1 {
        side_by_side(buf, area, (examples, shown.look), ctx);
        return;
    }
    let strips = strips(area, examples);
    let classed = is_classed(examples);
    let (columns, rows) = thumb(examples);
    // Coarse images run into each other without a gap.
    let coarse = u16::from(examples[0].original.height <= 10);
    let room = area.height.saturating_sub(1 + coarse * (strips - 1));
    let rows = rows.min(room / strips).max(1);
    // Whole rows, however small: the columns follow.
    let columns =
        fit::cells(&examples[0].original, columns, rows).0.max(11);
    let fit = ((area.width + 1) / (columns + 1)).max(1);
    let fit = usize::from(fit).min(examples.len());
    let look = shown.look % examples.len();
    let first = look.saturating_sub(fit - 1);
    // A free row between the images, where there is one.
    let spare = area.height.saturating_sub(strips * rows + 1);
    let every = rows + u16::from(spare >= strips - 1);
    let high = strips * every - (every - rows);
    let used = fit as u16 * (columns + 1) - 1;
    let left = area.width.saturating_sub(used) / 2;
    let shown_now = examples.iter().enumerate().skip(first).take(fit);
    for (slot, (i, example)) in shown_now.enumerate() {
        let x = left + slot as u16 * (columns + 1);
        let mut pen = Pen::new(buf, area, ctx.glyphs);
        let place = pen.part(x, 0, columns, high + 1);
        let pen = Pen::new(pen.buffer(), place, ctx.glyphs);
        stack(pen, example, (strips, rows, every), ctx);
        let mut pen = Pen::new(buf, area, ctx.glyphs);
        let selected = i == look && examples.len() > 1;
        let place = (x, columns, high);
        caption(&mut pen, place, (example, classed), ctx, selected);
    }
    let below = Rect {
        y: area.y.saturating_add(high + 2),
        height: area.height.saturating_sub(high + 2),
        ..area
    };
    large(buf, below, &examples[look], ctx);
}

/// The images of an example beside each other, where rows are too few to
/// draw them below each other.
fn side_by_side(
    buf: &mut Buffer,
    area: Rect,
    (examples, look): (&[Example], usize),
    ctx: &Ctx<'_>,
) {
    let look = look % examples.len().max(1);
    let Some(example) = examples.get(look) else { return };
    let most = area.height.saturating_sub(1);
    let wide = |rows| fit::cells(&example.original, area.width, rows).0;
    let fits = |rows: u16| (area.width + 2) / (3 * (wide(rows) + 1) + 2);
    let rows = (4..=most).rev().find(|rows| fits(*rows) >= 2);
    let rows = rows.unwrap_or(most);
    let (step, count) = (wide(rows) + 1, fits(rows).max(1));
    let first = (look + 1).saturating_sub(usize::from(count));
    let left = area.width.saturating_sub(count * (3 * step + 2)) / 2;
    let listed = examples.iter().enumerate().skip(first);
    for ((i, example), slot) in listed.zip(0..count) {
        let x = left + slot * (3 * step + 2);
        for ((_, image), n) in images(example).into_iter().zip(0..3) {
            let pen = Pen::new(buf, area, ctx.glyphs);
            let place = pen.part(x + n * step, 0, step - 1, rows);
            picture(buf, place, image, ctx);
        }
        let mut pen = Pen::new(buf, area, ctx.glyphs);
        let selected = i == look && examples.len() > 1;
        let place = (x, 3 * step, rows);
        let example = (example, is_classed(examples));
        caption(&mut pen, place, example, ctx, selected);
    }
}

fn foot(area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) -> String {
    let examples = examples(shown);
    if examples.is_empty() {
        return String::new();
    }
    let (more, less) = common::signs(ctx);
    let difference = format!("difference: {more} added, {less} lost");
    match (is_corrupted(examples), strips(area, examples)) {
        (true, 4) if area.width >= 78 => {
            format!("original, corrupted, reconstruction, {difference}")
        }
        (true, _) => "original, corrupted, reconstruction".to_owned(),
        (false, 3) => format!("original, reconstruction, {difference}"),
        (false, _) => {
            let words = "original, below it its reconstruction";
            match is_classed(examples) {
                true => format!("{words}; class, squared error"),
                false => format!("{words}; squared error"),
            }
        }
    }
}

fn sentence(shown: &Shown<'_>) -> String {
    let examples = examples(shown);
    let Some(worst) =
        examples.iter().max_by(|a, b| a.error.total_cmp(&b.error))
    else {
        return "no reconstructions yet".to_owned();
    };
    let mean = examples.iter().map(|e| f64::from(e.error)).sum::<f64>()
        / examples.len() as f64;
    format!(
        "{}{} with their reconstructions: mean squared error {}, worst {} \
         for {}",
        common::plural(examples.len(), "example"),
        if is_corrupted(examples) { ", corrupted first," } else { "" },
        axis::number(mean),
        axis::number(f64::from(worst.error)),
        common::thing(shown, worst.label),
    )
}

fn examples<'a>(shown: &Shown<'a>) -> &'a [Example] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.examples)
}

/// Columns and rows of the images in the strip.
fn thumb(examples: &[Example]) -> (u16, u16) {
    let Some(example) = examples.first() else { return THUMB };
    let size = Size::fitting(&example.original, THUMB.0, THUMB.1);
    let (columns, rows) = size.cells(&example.original);
    // The caption needs a few columns even under a narrow image.
    (columns.clamp(8, 40), rows.clamp(1, 20))
}

/// Images above each other: with the difference where there is room.
fn strips(area: Rect, examples: &[Example]) -> u16 {
    let (_, rows) = thumb(examples);
    let fewest = if is_corrupted(examples) { 3 } else { 2 };
    if area.height > (fewest + 1) * rows { fewest + 1 } else { fewest }
}

/// Whether any example was made worse before it went in.
fn is_corrupted(examples: &[Example]) -> bool {
    examples.iter().any(|example| example.corrupted.is_some())
}

/// Whether the examples are of different classes.
fn is_classed(examples: &[Example]) -> bool {
    examples.iter().any(|example| example.label != 0)
}

/// The images of an example from top to bottom.
fn images(example: &Example) -> Vec<(&'static str, &Image)> {
    let corrupted = example.corrupted.as_ref();
    let mut images = vec![("original", &example.original)];
    images.extend(corrupted.map(|image| ("corrupted", image)));
    images.push(("reconstruction", &example.reconstruction));
    images.push(("difference", &example.difference));
    images
}

/// One above the other: original, reconstruction, difference; between
/// the first two what really went in, if that was something else.
fn stack(
    mut pen: Pen<'_>,
    example: &Example,
    (strips, rows, every): (u16, u16, u16),
    ctx: &Ctx<'_>,
) {
    for ((_, image), strip) in images(example).into_iter().zip(0..strips) {
        let place = pen.part(0, strip * every, pen.width(), rows);
        picture(pen.buffer(), place, image, ctx);
    }
}

/// Draws an image as large as it fits, in the middle of its columns.
fn picture(buf: &mut Buffer, area: Rect, image: &Image, ctx: &Ctx<'_>) {
    let (way, theme) = (ctx.pictures, ctx.theme);
    Fit { image, way, theme }.render(area, buf);
}

fn caption(
    pen: &mut Pen<'_>,
    (x, width, y): (u16, u16, u16),
    (example, classed): (&Example, bool),
    ctx: &Ctx<'_>,
    selected: bool,
) {
    let set = if example.test || width < 14 { "" } else { "train " };
    let error = axis::number(f64::from(example.error));
    let text = match classed {
        true => format!("{}  {set}{error}", example.label),
        false => format!("{set}{error}"),
    };
    let long = pen.columns(&text);
    let start = x + width.saturating_sub(long) / 2;
    let (label, rest) = text.split_at(text.len() - set.len() - error.len());
    if selected && start >= 2 {
        let cursor = ctx.glyphs.get(glyphs::CURSOR);
        let style = ctx.theme.style(Role::Accent);
        pen.text(start - 2, y, cursor, style);
    }
    let role = if selected { Role::Accent } else { Role::Text };
    let next = pen.text(start, y, label, ctx.theme.style(role));
    pen.text(next, y, rest, ctx.theme.style(Role::Dim));
}

/// The example looked at at full size, where there is room for it.
fn large(buf: &mut Buffer, area: Rect, example: &Example, ctx: &Ctx<'_>) {
    let images = images(example);
    let size = [Size::ZOOM, Size::FULL].into_iter().find(|size| {
        let (columns, rows) = size.cells(&example.original);
        area.height > rows && area.width > 2 * columns
    });
    let Some(size) = size else { return };
    let (columns, rows) = size.cells(&example.original);
    let fit = ((area.width + 1) / (columns + 1)).min(4);
    let fit = fit.min(u16::try_from(images.len()).unwrap_or(4));
    let left = area.width.saturating_sub(fit * (columns + 1) - 1) / 2;
    for ((name, image), slot) in images.into_iter().zip(0..fit) {
        let x = left + slot * (columns + 1);
        let mut pen = Pen::new(buf, area, ctx.glyphs);
        let dim = ctx.theme.style(Role::Dim);
        pen.center((x, columns), rows, name, dim);
        let place = pen.part(x, 0, columns, rows);
        let (way, theme) = (ctx.pictures, ctx.theme);
        Picture { image, way, size, theme }.render(place, pen.buffer());
    }
}
