//! The open lesson.
//!
//! ```text
//! ┌──────────────────────────────────────────────────────────────┐
//! │ L02  The traditional autoencoder             5/14 ▮▮▮▮▯▯▯▯▯▯ │ title
//! │   prose                                    │  pictures of    │
//! │ > [4] experiment L02/linear                │  the experiment │
//! │   > learning rate ◂ 0.01 ▸   code size 8   │  in focus, on   │ body
//! │   ▶ ▮▮▮▮····  epoch 12/30 · 41k images/s   │  wide windows   │
//! │   prose                                    │                 │
//! │ a notice, if there is one                                    │
//! │ Space run  h l turn  Tab next  i hint  ? help                │ keys
//! └──────────────────────────────────────────────────────────────┘
//! ```

use crate::app::message::Layout as Laid;
use crate::app::message::Spot;
use crate::app::message::Target;
use crate::app::state::App;
use crate::app::state::CellState;
use crate::app::state::LessonScreen;
use crate::app::state::Screen;
use crate::lesson::schema::Cell;
use crate::view::cell;
use crate::view::cell::Layout;
use crate::view::cell::Scene;
use crate::view::panel;
use crate::view::panel::Ctx;
use crate::view::piece;
use crate::view::piece::Piece;
use crate::view::plain;
use crate::view::shown;
use crate::view::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Widget;

/// Prose is never wider than this, however wide the window.
const WIDEST_COLUMN: u16 = 76;

/// From this width on the pictures stand beside the text.
const WIDE: u16 = 112;

/// Columns left of a cell: the mark of the focus and a space.
const GUTTER: u16 = 2;

/// Draws the lesson and tells where things are.
pub fn draw(
    buf: &mut Buffer,
    area: Rect,
    (app, screen): (&App, &LessonScreen),
    ctx: &Ctx,
    laid: &mut Laid,
) {
    let [title, body] = split_top(area);
    draw_title(buf, title, app, screen, ctx);
    let (column, lab) = split(body);
    let layout =
        if lab.is_some() { Layout::Beside } else { Layout::Column };
    let width = column.width.saturating_sub(GUTTER);
    let scene = Scene { app, screen, ctx, width, layout };
    draw_column(buf, column, &scene, laid);
    if let Some(lab) = lab {
        draw_lab(buf, lab, &scene, laid);
    }
}

/// The whole lesson as lines of text, cell after cell, as on a window of
/// this width.
pub fn rows(app: &App, width: u16, ctx: &Ctx) -> Vec<String> {
    let Screen::Lesson(screen) = &app.screen else { return Vec::new() };
    let width = width.min(WIDEST_COLUMN + GUTTER);
    let text = width.saturating_sub(GUTTER);
    let layout = Layout::Column;
    let scene = Scene { app, screen, ctx, width: text, layout };
    let mut rows = Vec::new();
    for index in 0..screen.lesson.cells.len() {
        let pieces = cell::pieces(&scene, index);
        let area = Rect::new(0, 0, width, piece::height(&pieces));
        let mut laid = Laid::default();
        rows.extend(plain::lines(area.width, area.height, |buf, area| {
            let mut y = 0;
            for piece in &pieces {
                draw_piece(buf, area, (piece, y), &scene, &mut laid);
                y += i32::from(piece.height());
            }
        }));
        rows.push(String::new());
    }
    rows
}

fn split_top(area: Rect) -> [Rect; 2] {
    let title = Rect { height: area.height.min(1), ..area };
    let body = Rect {
        y: area.y + title.height,
        height: area.height - title.height,
        ..area
    };
    [title, body]
}

/// The column of text, and on a wide window the place of the pictures.
fn split(body: Rect) -> (Rect, Option<Rect>) {
    let most = WIDEST_COLUMN + GUTTER;
    if body.width < WIDE {
        return (Rect { width: body.width.min(most), ..body }, None);
    }
    // Text keeps 60 columns at least; what is left, pictures get.
    let width = (body.width / 2).clamp(60 + GUTTER, most);
    let lab = Rect {
        x: body.x + width + 1,
        width: body.width - width - 1,
        ..body
    };
    (Rect { width, ..body }, Some(lab))
}

fn draw_title(
    buf: &mut Buffer,
    area: Rect,
    app: &App,
    screen: &LessonScreen,
    ctx: &Ctx,
) {
    let lesson = &screen.lesson;
    let (done, all) = app.done(lesson);
    let style = |role| ctx.theme.style(role);
    let left = Line::from(vec![
        Span::styled(format!(" {}  ", lesson.id), style(Role::Dim)),
        Span::styled(
            ctx.glyphs.text(&lesson.title).into_owned(),
            style(Role::Title),
        ),
    ]);
    let cell =
        format!("cell {}/{}  ", screen.focus + 1, lesson.cells.len());
    let share = done as f64 / all.max(1) as f64;
    if all == 0 {
        left.render(area, buf);
        let place = Span::styled(cell, style(Role::Dim));
        Line::from(place).right_aligned().render(area, buf);
        return;
    }
    let right = Line::from(vec![
        Span::styled(cell, style(Role::Dim)),
        Span::styled(format!("done {done}/{all} "), style(Role::Text)),
        Span::styled(
            format!("{:<8}", ctx.glyphs.bar(share, 8)),
            style(Role::Good),
        ),
        Span::raw(" "),
    ]);
    let room = area.width.saturating_sub(left.width() as u16 + 1);
    left.render(area, buf);
    if right.width() as u16 <= room {
        right.right_aligned().render(area, buf);
    }
}

fn draw_column(
    buf: &mut Buffer,
    area: Rect,
    scene: &Scene,
    laid: &mut Laid,
) {
    let count = scene.screen.lesson.cells.len();
    let cells: Vec<Vec<Piece>> =
        (0..count).map(|i| cell::pieces(scene, i)).collect();
    laid.body = area.height;
    laid.heights =
        cells.iter().map(|pieces| piece::height(pieces)).collect();
    let mut y = top(scene.screen, &laid.heights, area.height);
    for (index, pieces) in cells.iter().enumerate() {
        let from = y;
        for piece in pieces {
            draw_piece(buf, area, (piece, y), scene, laid);
            y += i32::from(piece.height());
        }
        if let Some(spot) = clip(area, from, laid.heights[index]) {
            // The cell lies under its own items.
            laid.spots.insert(0, (spot, Target::Cell(index)));
            if scene.focused(index) {
                mark(buf, area, spot, scene.ctx);
            }
        }
    }
}

/// The row, relative to the body, at which the first cell begins.
fn top(screen: &LessonScreen, heights: &[u16], body: u16) -> i32 {
    let sum = |cells: &[u16]| -> i32 {
        cells.iter().map(|height| i32::from(*height)).sum()
    };
    let body = i32::from(body);
    let before = sum(heights.get(..screen.focus).unwrap_or(&[]));
    let height =
        i32::from(heights.get(screen.focus).copied().unwrap_or_default());
    let scroll = i32::from(screen.scroll);
    let at = if scroll > 0 || height > body {
        -scroll
    } else {
        // Some of what came before stays in view.
        ((body - height) / 3).min(before)
    };
    // No empty rows at the end while there is text above.
    let all = sum(heights);
    let lowest = (body - (all - before)).min(before);
    at.max(lowest.min(before)).min(before) - before
}

/// The visible part of `height` rows that begin at row `from` of the body.
fn clip(area: Rect, from: i32, height: u16) -> Option<Spot> {
    let top = from.max(0);
    let bottom = (from + i32::from(height)).min(i32::from(area.height));
    if bottom <= top {
        return None;
    }
    Some(Spot {
        x: area.x,
        y: area.y + top as u16,
        width: area.width,
        height: (bottom - top) as u16,
    })
}

/// The mark of the focused cell: `>` on its first row, a bar below.
fn mark(buf: &mut Buffer, area: Rect, spot: Spot, ctx: &Ctx) {
    let style = ctx.theme.style(Role::Accent);
    let bar = if ctx.glyphs.unicode { "▎" } else { "|" };
    for row in 0..spot.height.saturating_sub(1) {
        let symbol = if row == 0 { ">" } else { bar };
        if let Some(cell) = buf.cell_mut((area.x, spot.y + row)) {
            cell.set_symbol(symbol).set_style(style);
        }
    }
}

fn draw_piece(
    buf: &mut Buffer,
    area: Rect,
    (piece, y): (&Piece, i32),
    scene: &Scene,
    laid: &mut Laid,
) {
    let Some(spot) = clip(area, y, piece.height()) else { return };
    let x = area.x + GUTTER.min(area.width);
    let width = area.width.saturating_sub(GUTTER);
    let row = Rect { x, y: spot.y, width, height: 1 };
    match piece {
        Piece::Line(line, target) => {
            line.render(row, buf);
            if let Some(target) = target {
                laid.spots.push((spot, *target));
            }
        }
        Piece::Spots(line, spots) => {
            line.render(row, buf);
            for (from, width, target) in spots {
                let spot = Spot {
                    x: x + from,
                    y: spot.y,
                    width: *width,
                    height: 1,
                };
                laid.spots.push((spot, *target));
            }
        }
        Piece::Panel(panel, index, height) => {
            let shown = shown::of(scene.app, scene.screen, *index);
            let size = Rect { x: 0, y: 0, width, height: *height };
            let mut whole = Buffer::empty(size);
            panel::dispatch(*panel, &mut whole, size, &shown, scene.ctx);
            blit(buf, Rect { height: spot.height, ..row }, &whole, y);
        }
    }
}

/// Copies the rows of a picture that are in view; `y` is the row of the
/// body at which the picture begins, perhaps above the body.
fn blit(buf: &mut Buffer, to: Rect, whole: &Buffer, y: i32) {
    let skip = u16::try_from((-y).max(0)).unwrap_or(u16::MAX);
    for row in 0..to.height {
        for column in 0..to.width {
            let from = (column, row.saturating_add(skip));
            let Some(source) = whole.cell(from) else { continue };
            let at = (to.x + column, to.y + row);
            if let Some(cell) = buf.cell_mut(at) {
                let mut source = source.clone();
                // The base style of the theme shines through.
                if source.bg == ratatui::style::Color::Reset {
                    source.bg = cell.bg;
                }
                if source.fg == ratatui::style::Color::Reset {
                    source.fg = cell.fg;
                }
                *cell = source;
            }
        }
    }
}

/// The pictures of the experiment in focus, or of the last one above it,
/// as many as fit.
fn draw_lab(buf: &mut Buffer, area: Rect, scene: &Scene, laid: &mut Laid) {
    rule(buf, area, scene.ctx);
    let area =
        Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
    let Some((index, panels, first)) = in_view(scene) else {
        return;
    };
    let shown = shown::of(scene.app, scene.screen, index);
    let columns: u16 = if area.width >= 130 { 2 } else { 1 };
    let width = (area.width + 2) / columns - 2;
    let mut y = [area.y; 2];
    let order = (0..panels.len()).map(|n| (n + first) % panels.len());
    for (slot, n) in order.enumerate() {
        let panel = panels[n];
        let wanted = panel::height(panel, width, &shown);
        let column =
            (0..columns as usize).min_by_key(|c| y[*c]).unwrap_or_default();
        let left = area.bottom().saturating_sub(y[column]);
        if left < 4 || (slot > 0 && left < wanted.min(10)) {
            continue;
        }
        let x = area.x + column as u16 * (width + 2);
        let spot = Spot { x, y: y[column], width, height: 1 };
        laid.spots.push((spot, Target::Panel(index, n)));
        let height = wanted.min(left);
        let place = Rect { x, y: y[column], width, height };
        panel::dispatch(panel, buf, place, &shown, scene.ctx);
        y[column] += height;
    }
}

/// Which experiment's pictures are beside the text: cell, panels, the
/// panel on top.
fn in_view<'a>(
    scene: &Scene<'a>,
) -> Option<(usize, &'a [crate::lesson::schema::Panel], usize)> {
    let screen = scene.screen;
    let cells = &screen.lesson.cells;
    let live = screen.live.map(|(_, cell)| cell);
    let above = (0..=screen.focus.min(cells.len().saturating_sub(1))).rev();
    let candidates = above.chain(live).chain(0..cells.len());
    for index in candidates {
        let (Some(Cell::Model(model)), Some(CellState::Model(state))) =
            (cells.get(index), screen.cells.get(index))
        else {
            continue;
        };
        if !model.panels.is_empty() {
            let first = state.panel.min(model.panels.len() - 1);
            return Some((index, &model.panels, first));
        }
    }
    None
}

fn rule(buf: &mut Buffer, area: Rect, ctx: &Ctx) {
    let bar = if ctx.glyphs.unicode { "│" } else { "|" };
    let style = ctx.theme.style(Role::Border);
    for y in area.y..area.bottom() {
        if let Some(cell) = buf.cell_mut((area.x, y)) {
            cell.set_symbol(bar).set_style(style);
        }
    }
}
