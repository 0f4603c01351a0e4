//! Rows of images with a name in front of each: maps, walks, sums.

use crate::train::snapshot::Image;
use crate::view::glyphs;
use crate::view::panel::Ctx;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use crate::view::widget::columns;
use crate::view::widget::fit;
use crate::view::widget::fit::Fit;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// A row of images.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Strip<'a> {
    /// Lines in front of it, the first one its name.
    pub names: Vec<String>,
    /// Its images.
    pub images: &'a [Image],
    /// What happens where they do not fit.
    pub long: Long,
}

/// What becomes of a row that is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Long {
    /// Its end is left out; how many those are is written.
    Cut,
    /// Steps in between are left out.
    Thin,
    /// Its images are drawn smaller, then its end is left out.
    Shrink,
}

/// Fewer steps of a walk than these are shown only if there are no more.
const STEPS: usize = 5;

/// The fewest rows an image is drawn in, and the most.
const ROWS: (u16, u16) = (3, 14);

/// Rows in which one can tell what an image is.
const LEGIBLE: u16 = 5;

/// Rows that so many strips would like in a small window.
pub(super) fn height(strips: usize) -> u16 {
    let strips = u16::try_from(strips).unwrap_or(u16::MAX).max(1);
    let rows = (16 / strips).clamp(4, 7);
    strips.saturating_mul(rows).clamp(7, 16)
}

/// Draws the strips above each other, as many as fit, the one looked at
/// among them and marked.
pub(super) fn draw(
    buf: &mut Buffer,
    area: Rect,
    strips: &[Strip<'_>],
    look: Option<usize>,
    ctx: &Ctx<'_>,
) {
    let (fit, rows) = visible(area.height, strips.len());
    let look_at = look.unwrap_or(0);
    let first = (look_at + 1).saturating_sub(fit);
    let named = name_columns(strips, area.width);
    let shown = strips.iter().enumerate().skip(first).take(fit);
    for ((i, strip), slot) in shown.zip(0_u16..) {
        let mut pen = Pen::new(buf, area, ctx.glyphs);
        let y = slot * rows;
        let here = look == Some(i);
        names(&mut pen, (y, rows, named), (strip, here), ctx);
        let place = pen.part(
            named + 1,
            y,
            area.width.saturating_sub(named + 1),
            rows,
        );
        row(pen.buffer(), place, strip, ctx);
    }
}

/// How many of so many strips there is no room for.
pub(super) fn hidden(height: u16, strips: usize) -> usize {
    strips - visible(height, strips).0.min(strips)
}

/// How many strips fit, and the rows of each.
fn visible(height: u16, strips: usize) -> (usize, u16) {
    // Few strips that can be seen are better than many that cannot.
    let least = if height < 8 { ROWS.0 } else { ROWS.0 + 1 };
    let most = usize::from(height / least).max(1);
    let fit = strips.clamp(1, most);
    let rows = height / u16::try_from(fit).unwrap_or(u16::MAX);
    (fit, rows.clamp(1, ROWS.1))
}

fn name_columns(strips: &[Strip<'_>], width: u16) -> u16 {
    let lines = strips.iter().flat_map(|strip| &strip.names);
    let longest = lines.map(|line| columns(line)).max().unwrap_or(0);
    (longest + 2).min(width / 3)
}

fn names(
    pen: &mut Pen<'_>,
    (y, rows, width): (u16, u16, u16),
    (strip, here): (&Strip<'_>, bool),
    ctx: &Ctx<'_>,
) {
    if here && width > 1 {
        let cursor = ctx.glyphs.get(glyphs::CURSOR);
        pen.text(0, y, cursor, ctx.theme.style(Role::Accent));
    }
    let roles =
        std::iter::once(if here { Role::Accent } else { Role::Text })
            .chain(std::iter::repeat(Role::Dim));
    for ((line, role), dy) in strip.names.iter().zip(roles).zip(0..rows) {
        let room = usize::from(width.saturating_sub(2));
        let line: String = line.chars().take(room).collect();
        pen.text(2, y + dy, &line, ctx.theme.style(role));
    }
}

/// The images of a strip, side by side.
fn row(buf: &mut Buffer, area: Rect, strip: &Strip<'_>, ctx: &Ctx<'_>) {
    let Some(first) = strip.images.first() else { return };
    // With images below each other a row stays free where it can.
    let most = if area.height > 5 { area.height - 1 } else { area.height };
    let across = |rows: u16| {
        let (wide, _) = fit::cells(first, area.width, rows);
        usize::from((area.width + 1) / (wide + 1)).max(1)
    };
    let wanted = match strip.long {
        Long::Shrink | Long::Thin => strip.images.len().min(STEPS),
        Long::Cut => 1,
    };
    let enough = |rows: &u16| across(*rows) >= wanted;
    let rows = (3..=most).rev().find(enough).unwrap_or(most.min(3));
    let (wide, high) = fit::cells(first, area.width, rows);
    if wide == 0 || high == 0 {
        return;
    }
    let (shown, more) = chosen(strip, across(rows), (area.width, wide));
    let mut x = 0_u16;
    for image in shown {
        let pen = Pen::new(buf, area, ctx.glyphs);
        let place = pen.part(x, 0, wide, rows);
        let (way, theme) = (ctx.pictures, ctx.theme);
        Fit { image, way, theme }.render(place, buf);
        x = x.saturating_add(wide + 1);
    }
    if more > 0 {
        let mut pen = Pen::new(buf, area, ctx.glyphs);
        let text = format!("+{more}");
        pen.text(x, rows / 2, &text, ctx.theme.style(Role::Dim));
    }
}

/// The images to draw where `across` fit, and how many are left out and
/// should be spoken of.
fn chosen<'a>(
    strip: &Strip<'a>,
    across: usize,
    (width, wide): (u16, u16),
) -> (Vec<&'a Image>, usize) {
    let images = strip.images;
    let count = images.len();
    if count <= across {
        return (images.iter().collect(), 0);
    }
    if strip.long == Long::Thin && across > 1 {
        // The first and the last one stay.
        let place = |i: usize| (i * (count - 1)) / (across - 1);
        return ((0..across).map(|i| &images[place(i)]).collect(), 0);
    }
    let keep = usize::from((width.saturating_sub(4)) / (wide + 1)).max(1);
    (images.iter().take(keep).collect(), count - keep.min(count))
}

/// Draws images in a grid, as large as they all fit, with so many free
/// rows between them; more if there is room.
pub(super) fn grid(
    buf: &mut Buffer,
    area: Rect,
    (images, gap): (&[Image], u16),
    ctx: &Ctx<'_>,
) {
    let Some(first) = images.first() else { return };
    let sizes = (3..=28.min(area.height)).rev();
    let size = sizes
        .map(|rows| Tiles::of(area, first, (rows, gap)))
        .find(|tiles| tiles.room() >= images.len());
    let least = || Tiles::of(area, first, (3.min(area.height), 0));
    let tiles = size.unwrap_or_else(least);
    if tiles.room() == 0 {
        return;
    }
    let (step, across) = (tiles.wide + 1, tiles.across);
    let used = usize::from(across).min(images.len()) as u16;
    let left = area.width.saturating_sub(used * step - 1) / 2;
    let down = images.len().min(tiles.room()).div_ceil(across.into());
    let down = u16::try_from(down).unwrap_or(u16::MAX).max(1);
    // A free row between the rows where there is room for it.
    let spare = down * (tiles.high + 1) <= area.height + 1;
    let every = tiles.high + gap.max(u16::from(spare));
    for (image, slot) in images.iter().take(tiles.room()).zip(0_u16..) {
        let x = left + slot % across * step;
        let y = (slot / across).saturating_mul(every);
        let pen = Pen::new(buf, area, ctx.glyphs);
        let place = pen.part(x, y, tiles.wide, tiles.high);
        let (way, theme) = (ctx.pictures, ctx.theme);
        Fit { image, way, theme }.render(place, buf);
    }
}

/// How many images of this kind fit so that one can see what they are.
pub(super) fn legible(area: Rect, first: &Image) -> usize {
    let down = ((area.height + LEGIBLE / 2) / LEGIBLE).max(1);
    Tiles::of(area, first, (area.height / down, 0)).room()
}

/// Images of one size beside and below each other.
struct Tiles {
    /// Columns and rows of each.
    wide: u16,
    high: u16,
    /// How many are beside and below each other.
    across: u16,
    down: u16,
}

impl Tiles {
    fn of(area: Rect, first: &Image, (rows, gap): (u16, u16)) -> Self {
        let (wide, high) = fit::cells(first, area.width, rows);
        let across = (area.width + 1) / (wide + 1);
        let down = (area.height + gap) / (high + gap).max(1);
        let (across, down) =
            if wide == 0 { (0, 0) } else { (across, down) };
        Self { wide, high, across, down }
    }

    fn room(&self) -> usize {
        usize::from(self.across) * usize::from(self.down)
    }
}
