//! The unit that tells each concept best.

use crate::train::snapshot::Concept;
use crate::view::glyphs;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::panel::strips;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use crate::view::widget::fit;
use crate::view::widget::fit::Fit;
use crate::view::widget::table::Side;
use crate::view::widget::table::Table;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "Concepts", height, draw, foot, sentence };

/// Rows that the pictures below the list take at least.
const PICTURES: u16 = 9;

fn height(_: u16, shown: &Shown<'_>) -> u16 {
    let rows = concepts(shown).len().clamp(1, 6);
    u16::try_from(rows + 10).unwrap_or(16).min(16)
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let concepts = concepts(shown);
    let Some(look) = shown.look.checked_rem(concepts.len()) else {
        common::empty(
            buf,
            area,
            "the unit that knows a concept",
            (shown, ctx),
        );
        return;
    };
    let listed = listed(area, shown);
    let first = (look + 1).saturating_sub(listed);
    let table = u16::try_from(listed + 1).unwrap_or(u16::MAX);
    let top = Rect { height: table.min(area.height), ..area };
    list(buf, top, (&concepts[first..first + listed], look - first), ctx);
    let below = Rect {
        y: area.y.saturating_add(table + 1),
        height: area.height.saturating_sub(table + 1),
        ..area
    };
    pictures(buf, below, &concepts[look], ctx);
}

/// How many concepts are in the list.
fn listed(area: Rect, shown: &Shown<'_>) -> usize {
    // The whole list if pictures would be too small below it.
    let room = match area.height {
        high if high < PICTURES + 7 => high,
        high => high - PICTURES,
    };
    let room = usize::from(room.saturating_sub(1)).max(1);
    concepts(shown).len().min(room)
}

fn list(
    buf: &mut Buffer,
    area: Rect,
    (concepts, look): (&[Concept], usize),
    ctx: &Ctx<'_>,
) {
    let text = ctx.theme.style(Role::Text);
    let dim = ctx.theme.style(Role::Dim);
    let accent = ctx.theme.style(Role::Accent);
    let rows: Vec<Vec<(String, Style)>> = concepts
        .iter()
        .enumerate()
        .map(|(i, concept)| {
            let here = i == look;
            let cursor =
                if here { ctx.glyphs.get(glyphs::CURSOR) } else { " " };
            let style = if here { accent } else { text };
            let (mark, role) = match is_found(concept) {
                true => (glyphs::CHECK, Role::Good),
                false => (glyphs::CROSS, Role::Bad),
            };
            let sign = if concept.sign < 0 { "off" } else { "on" };
            vec![
                (cursor.to_owned(), accent),
                (concept.name.clone(), style),
                (format!("{} {sign}", concept.unit + 1), text),
                (percent(concept.accuracy), style),
                (percent(concept.control), dim),
                (percent(concept.chance), dim),
                (ctx.glyphs.get(mark).to_owned(), ctx.theme.style(role)),
            ]
        })
        .collect();
    let head = [
        ("", Side::Left),
        ("concept", Side::Left),
        ("unit", Side::Right),
        ("right", Side::Right),
        ("random", Side::Right),
        ("chance", Side::Right),
        ("", Side::Left),
    ];
    let (theme, glyphs) = (ctx.theme, ctx.glyphs);
    let gap = if area.width >= 60 { 3 } else { 1 };
    let table = Table { head: &head, rows: &rows, gap, theme, glyphs };
    common::centered(buf, area, table, ctx);
}

/// What drives the unit most: the made-up input, and test images.
fn pictures(buf: &mut Buffer, area: Rect, of: &Concept, ctx: &Ctx<'_>) {
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let dim = ctx.theme.style(Role::Dim);
    let rows = pen.height().saturating_sub(1);
    if rows < 3 {
        return;
    }
    let mut left = 0;
    if let Some(image) = &of.stimulus {
        let (wide, _) = fit::cells(image, pen.width() / 2, rows);
        let wide = wide.max(8);
        let (_, high) = fit::cells(image, wide, rows);
        let place = pen.part(0, 1, wide, high);
        pen.text(0, 0, "excites most", dim);
        let (way, theme) = (ctx.pictures, ctx.theme);
        Fit { image, way, theme }.render(place, pen.buffer());
        left = wide.max(13) + 2;
    }
    let room = pen.width().saturating_sub(left);
    if of.top.is_empty() || room < 8 {
        return;
    }
    pen.text(left, 0, "test images, the strongest first", dim);
    let place = pen.part(left, 1, room, rows);
    strips::grid(pen.buffer(), place, (&of.top, 0), ctx);
}

fn foot(area: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    if concepts(shown).is_empty() {
        return String::new();
    }
    let (all, listed) = (concepts(shown).len(), listed(area, shown));
    if area.width < 60 {
        return "random: the best random filter".to_owned();
    }
    if listed < all {
        return format!(
            "{listed} of {all}: z, then l; random: the best random filter"
        );
    }
    "random: the best of as many random filters; on, off: when it answers"
        .to_owned()
}

fn sentence(shown: &Shown<'_>) -> String {
    let concepts = concepts(shown);
    if concepts.is_empty() {
        return "no units for concepts yet".to_owned();
    }
    let parts: Vec<String> = concepts
        .iter()
        .map(|concept| {
            let verdict = match is_found(concept) {
                true => "better than",
                false => "no better than",
            };
            format!(
                "{}: unit {} sorts {} rightly, {verdict} the best random \
                 filter with {} and chance with {}",
                concept.name,
                concept.unit + 1,
                percent(concept.accuracy),
                percent(concept.control),
                percent(concept.chance),
            )
        })
        .collect();
    parts.join("; ")
}

fn concepts<'a>(shown: &Shown<'a>) -> &'a [Concept] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.concepts)
}

/// Whether the unit beats both controls.
fn is_found(concept: &Concept) -> bool {
    concept.accuracy > concept.control.max(concept.chance)
}

fn percent(share: f32) -> String {
    format!("{:.1} %", 100.0 * share)
}
