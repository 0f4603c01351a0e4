//! What lies on top of the screen: help, search, command line, runs, a
//! note, a question.

use crate::app::keymap;
use crate::app::message::Layout as Laid;
use crate::app::place::Place;
use crate::app::state::App;
use crate::app::state::CellState;
use crate::app::state::CommandLine;
use crate::app::state::Confirm;
use crate::app::state::Entry;
use crate::app::state::Field;
use crate::app::state::Hit;
use crate::app::state::LessonScreen;
use crate::app::state::Overlay;
use crate::app::state::Screen;
use crate::app::state::Search;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Panel;
use crate::view::cell::prose;
use crate::view::panel;
use crate::view::panel::Ctx;
use crate::view::run_list;
use crate::view::shown;
use crate::view::text::source_code;
use crate::view::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Block;
use ratatui::widgets::BorderType;
use ratatui::widgets::Clear;
use ratatui::widgets::Widget;

/// Draws the overlay that is open.
pub fn draw(
    buf: &mut Buffer,
    area: Rect,
    (app, overlay): (&App, &Overlay),
    ctx: &Ctx,
    laid: &mut Laid,
) {
    // Nothing below answers to the mouse.
    laid.spots.clear();
    match overlay {
        Overlay::Help(scroll) => help(buf, area, (app, *scroll), ctx),
        Overlay::Search(state) => search(buf, area, (app, state), ctx),
        Overlay::Command(state) => command(buf, area, state, ctx),
        Overlay::Runs(list) => run_list::draw(buf, area, (app, list), ctx),
        Overlay::Note(field) => note(buf, area, field, ctx),
        Overlay::Confirm(state) => confirm(buf, area, state, ctx),
        Overlay::Zoom => zoom(buf, area, app, ctx),
    }
}

/// An empty box in the middle, and what is inside it.
pub(super) fn frame(
    buf: &mut Buffer,
    area: Rect,
    (title, width, height): (&str, u16, u16),
    ctx: &Ctx,
) -> Rect {
    let width = width.min(area.width);
    let height = height.min(area.height);
    let place = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    };
    Clear.render(place, buf);
    buf.set_style(place, ctx.theme.base());
    let style = ctx.theme.style(Role::Border);
    if ctx.glyphs.unicode {
        let block = Block::bordered()
            .border_type(BorderType::Rounded)
            .border_style(style);
        block.render(place, buf);
    } else {
        ascii_border(buf, place, style);
    }
    let title = Span::styled(
        format!(" {} ", ctx.glyphs.text(title)),
        ctx.theme.style(Role::Title),
    );
    let row = Rect {
        x: place.x + 2.min(place.width),
        width: place.width.saturating_sub(4),
        height: place.height.min(1),
        ..place
    };
    Line::from(title).render(row, buf);
    Rect {
        x: place.x + 2.min(place.width),
        y: place.y + 1.min(place.height),
        width: place.width.saturating_sub(4),
        height: place.height.saturating_sub(2),
    }
}

fn ascii_border(
    buf: &mut Buffer,
    place: Rect,
    style: ratatui::style::Style,
) {
    let (right, bottom) = (place.right(), place.bottom());
    for y in place.y..bottom {
        for x in place.x..right {
            let side = x == place.x || x + 1 == right;
            let cap = y == place.y || y + 1 == bottom;
            let symbol = match (side, cap) {
                (true, true) => "+",
                (true, false) => "|",
                (false, true) => "-",
                (false, false) => continue,
            };
            if let Some(cell) = buf.cell_mut((x, y)) {
                cell.set_symbol(symbol).set_style(style);
            }
        }
    }
}

/// Draws lines into a box, from a row on.
pub(super) fn put(
    buf: &mut Buffer,
    area: Rect,
    lines: &[Line],
    from: usize,
) {
    let rows = lines.iter().skip(from);
    for (y, line) in (area.y..area.bottom()).zip(rows) {
        line.render(Rect { y, height: 1, ..area }, buf);
    }
}

pub(super) fn span(
    ctx: &Ctx,
    text: impl AsRef<str>,
    role: Role,
) -> Span<'static> {
    let text = ctx.glyphs.text(text.as_ref()).into_owned();
    Span::styled(text, ctx.theme.style(role))
}

fn help(
    buf: &mut Buffer,
    area: Rect,
    (app, scroll): (&App, u16),
    ctx: &Ctx,
) {
    let height = area.height.saturating_sub(2);
    let inside = frame(buf, area, ("Keys", 78, height), ctx);
    let here = keymap::rows_at(&Place::below(app));
    let mut lines = vec![Line::from(span(
        ctx,
        "What works here; ? or Esc closes this, j k scroll.",
        Role::Dim,
    ))];
    let mut seen = Vec::new();
    for row in &here {
        lines.extend(help_row(row, (app, inside.width), ctx));
        seen.push(row.name);
    }
    lines.push(Line::default());
    let text = "Everything else, in other places:";
    lines.push(Line::from(span(ctx, text, Role::Dim)));
    for row in keymap::rows() {
        if !row.strokes.is_empty() && !seen.contains(&row.name) {
            seen.push(row.name);
            lines.extend(help_row(row, (app, inside.width), ctx));
        }
    }
    let most = lines.len().saturating_sub(usize::from(inside.height));
    put(buf, inside, &lines, usize::from(scroll).min(most));
}

fn help_row(
    row: &keymap::Row,
    (app, width): (&App, u16),
    ctx: &Ctx,
) -> Vec<Line<'static>> {
    let keys = format!("{:<16}", row.keys().join(" "));
    let help = row.help(&app.look.language);
    let text = span(ctx, help, Role::Text);
    let rows = prose::wrap(Line::from(text), width.saturating_sub(17));
    rows.into_iter()
        .enumerate()
        .map(|(n, line)| {
            let lead = if n == 0 { keys.clone() } else { " ".repeat(16) };
            let mut spans = vec![span(ctx, lead, Role::Key)];
            spans.push(Span::raw(" "));
            spans.extend(line.spans);
            Line::from(spans)
        })
        .collect()
}

/// A field with its cursor.
fn field_line(lead: &str, field: &Field, ctx: &Ctx) -> Line<'static> {
    let before: String = field.text.chars().take(field.cursor).collect();
    let mut rest = field.text.chars().skip(field.cursor);
    let under = rest.next().unwrap_or(' ').to_string();
    Line::from(vec![
        span(ctx, lead, Role::Key),
        span(ctx, before, Role::Text),
        span(ctx, under, Role::Selected),
        span(ctx, rest.collect::<String>(), Role::Text),
    ])
}

fn search(
    buf: &mut Buffer,
    area: Rect,
    (app, state): (&App, &Search),
    ctx: &Ctx,
) {
    let height = (state.hits.len() as u16 + 5)
        .max(8)
        .min(area.height.saturating_sub(2).max(1));
    let title = "Search all lessons";
    let inside = frame(buf, area, (title, 78, height), ctx);
    let mut lines = vec![field_line("/ ", &state.field, ctx)];
    lines.push(Line::default());
    if state.hits.is_empty() {
        let text = if state.field.text.is_empty() {
            "Type a word; Enter finds it, Esc closes."
        } else if state.field.active {
            "Enter finds it."
        } else {
            "Not found. Try a shorter word, or one in English."
        };
        lines.push(Line::from(span(ctx, text, Role::Dim)));
    }
    for (n, hit) in state.hits.iter().enumerate() {
        let here = n == state.selected;
        let place = hit_place(app, hit);
        let role = if here { Role::Selected } else { Role::Text };
        lines.push(Line::from(vec![
            span(ctx, if here { "> " } else { "  " }, Role::Accent),
            span(ctx, format!("{place:<16} "), Role::Dim),
            span(ctx, &hit.excerpt, role),
        ]));
    }
    let room = usize::from(inside.height);
    let from = (state.selected + 3).saturating_sub(room);
    put(buf, inside, &lines, from);
}

fn command(buf: &mut Buffer, area: Rect, state: &CommandLine, ctx: &Ctx) {
    let offers = state.offers.len().min(8) as u16;
    let inside = frame(buf, area, ("Command", 70, offers + 4), ctx);
    let mut lines = vec![field_line(": ", &state.field, ctx)];
    lines.push(Line::from(span(
        ctx,
        "Tab completes, Enter does it, Esc closes",
        Role::Dim,
    )));
    let from = state.selected.saturating_sub(7);
    for (n, offer) in state.offers.iter().enumerate().skip(from).take(8) {
        let here = n == state.selected;
        let role = if here { Role::Selected } else { Role::Text };
        lines.push(Line::from(vec![
            span(ctx, if here { "> " } else { "  " }, Role::Accent),
            span(ctx, offer, role),
        ]));
    }
    put(buf, inside, &lines, 0);
}

fn note(buf: &mut Buffer, area: Rect, field: &Field, ctx: &Ctx) {
    let inside = frame(buf, area, ("Your note", 74, 7), ctx);
    let line = field_line("", field, ctx);
    let mut lines = prose::wrap(line, inside.width);
    lines.truncate(usize::from(inside.height.saturating_sub(1)));
    lines.push(Line::from(span(
        ctx,
        "Enter keeps it, Esc keeps what was there before",
        Role::Dim,
    )));
    put(buf, inside, &lines, 0);
}

fn confirm(buf: &mut Buffer, area: Rect, state: &Confirm, ctx: &Ctx) {
    let inside = frame(buf, area, ("Sure?", 60, 7), ctx);
    let text = span(ctx, &state.text, Role::Text);
    let mut lines = prose::wrap(Line::from(text), inside.width);
    lines.push(Line::default());
    lines.push(Line::from(vec![
        span(ctx, "y", Role::Key),
        span(ctx, " yes   ", Role::Text),
        span(ctx, "n", Role::Key),
        span(ctx, " no", Role::Text),
    ]));
    put(buf, inside, &lines, 0);
}

/// One picture on the whole screen.
fn zoom(buf: &mut Buffer, area: Rect, app: &App, ctx: &Ctx) {
    let Screen::Lesson(screen) = &app.screen else { return };
    let Some((index, panel)) = zoomed(screen) else { return };
    let title = panel::title(panel);
    let whole = (title, area.width, area.height);
    let inside = frame(buf, area, whole, ctx);
    let shown = shown::of(app, screen, index);
    let last = Rect {
        y: inside.bottom().saturating_sub(2),
        height: inside.height.min(2),
        ..inside
    };
    let height = inside.height.saturating_sub(last.height);
    let picture = Rect { height, ..inside };
    panel::dispatch(panel, buf, picture, &shown, ctx);
    let sentence = span(ctx, panel::sentence(panel, &shown), Role::Dim);
    let mut lines = prose::wrap(Line::from(sentence), inside.width);
    let room = usize::from(last.height);
    if lines.len() > room {
        lines.truncate(room);
        if let Some(line) = lines.last_mut() {
            let dots = span(ctx, " …", Role::Dim);
            let width = usize::from(last.width).saturating_sub(4);
            source_code::clip(line, width);
            line.spans.push(dots);
        }
    }
    put(buf, last, &lines, 0);
}

/// The cell whose picture is on the whole screen, and which picture.
fn zoomed(screen: &LessonScreen) -> Option<(usize, Panel)> {
    let cells = &screen.lesson.cells;
    let (Cell::Model(model), CellState::Model(state)) =
        (cells.get(screen.focus)?, screen.cells.get(screen.focus)?)
    else {
        return None;
    };
    Some((screen.focus, *model.panels.get(state.panel)?))
}

/// Where a hit is: lesson and cell.
fn hit_place(app: &App, hit: &Hit) -> String {
    match app.course.get(hit.lesson) {
        Some(Entry::Open(lesson)) => {
            let cell = lesson.cells.get(hit.cell);
            let cell = cell.map_or("", |cell| cell.id());
            format!("{}/{cell}", lesson.id)
        }
        _ => String::new(),
    }
}
