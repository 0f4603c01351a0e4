//! The plane of a two-number code, decoded, with a cursor.

use crate::app::cursor;
use crate::train::snapshot::Manifold;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::panel::plane_map;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use crate::view::widget::fit;
use crate::view::widget::fit::Fit;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "Manifold", height, draw, foot, sentence };

/// Columns for the words below the image.
const WORDS: u16 = 24;

fn height(_: u16, _: &Shown<'_>) -> u16 {
    16
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let Some(manifold) = manifold(shown) else {
        common::empty(
            buf,
            area,
            "the plane of codes, decoded",
            (shown, ctx),
        );
        return;
    };
    let at = cursor::place(manifold, shown.look);
    // The image at the cursor on the left, the plane on the right.
    let rows = area.height.saturating_sub(3);
    let most = (area.width * 2 / 5).min(56);
    let (wide, high) = match manifold.images.first() {
        Some(image) => fit::cells(image, most, rows),
        None => (0, 0),
    };
    let pane = wide.max(WORDS);
    if wide < 4 || area.width < pane + 24 {
        plane_map::draw(buf, area, (manifold, at), shown, ctx);
        return;
    }
    let left = Rect { width: pane, height: high, ..area };
    if let Some(image) = image(manifold, at) {
        let (way, theme) = (ctx.pictures, ctx.theme);
        Fit { image, way, theme }.render(left, buf);
    }
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let text = ctx.theme.style(Role::Accent);
    let dim = ctx.theme.style(Role::Dim);
    pen.center((0, pane), high + 1, &code(manifold, at), text);
    pen.center((0, pane), high + 2, &near(shown, manifold, at), dim);
    let right = Rect {
        x: area.x.saturating_add(pane + 2),
        width: area.width.saturating_sub(pane + 2),
        ..area
    };
    let below = Rect {
        y: area.y.saturating_add(high + 3),
        width: pane,
        height: area.height.saturating_sub(high + 3),
        ..area
    };
    let tiled = plane_map::every(manifold, right).is_some();
    if below.height >= 7 && tiled {
        plane_map::dots(buf, below, (manifold, at), shown, ctx);
    }
    plane_map::draw(buf, right, (manifold, at), shown, ctx);
}

fn foot(area: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let Some(manifold) = manifold(shown) else { return String::new() };
    let at = cursor::place(manifold, shown.look);
    if area.width < 60 {
        return code(manifold, at);
    }
    "h j k l walk when it fills the screen (z); numerals: test images"
        .to_owned()
}

fn sentence(shown: &Shown<'_>) -> String {
    let Some(manifold) = manifold(shown) else {
        return "no manifold yet".to_owned();
    };
    let at = cursor::place(manifold, shown.look);
    format!(
        "the cursor is at {}, column {} of {} and row {} of {} from the \
         bottom; {}; the plane of codes goes from {} to {}",
        code(manifold, at),
        at.0 + 1,
        manifold.columns,
        manifold.rows - at.1,
        manifold.rows,
        near(shown, manifold, at),
        pair(manifold.from),
        pair(manifold.to),
    )
}

fn manifold<'a>(shown: &Shown<'a>) -> Option<&'a Manifold> {
    let manifold = shown.snapshot?.manifold.as_ref()?;
    let size = manifold.columns.min(manifold.rows);
    (size > 0 && !manifold.images.is_empty()).then_some(manifold)
}

fn image(
    manifold: &Manifold,
    (column, row): (u16, u16),
) -> Option<&crate::train::snapshot::Image> {
    let row = usize::from(row) * usize::from(manifold.columns);
    manifold.images.get(row + usize::from(column))
}

fn pair((x, y): (f32, f32)) -> String {
    format!("({x:.2}, {y:.2})")
}

fn code(manifold: &Manifold, at: (u16, u16)) -> String {
    format!("z = {}", pair(cursor::code(manifold, at)))
}

/// The class of the nearest test image.
fn near(shown: &Shown<'_>, manifold: &Manifold, at: (u16, u16)) -> String {
    let (x, y) = cursor::code(manifold, at);
    let far =
        |dot: &crate::train::snapshot::Dot| (dot.x - x).hypot(dot.y - y);
    let dots = manifold.dots.iter().filter(|dot| far(dot).is_finite());
    match dots.min_by(|a, b| far(a).total_cmp(&far(b))) {
        Some(dot) => {
            format!("nearest: {}", common::thing(shown, dot.label))
        }
        None => "no image near".to_owned(),
    }
}
