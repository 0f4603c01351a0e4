//! The list of lessons.

use crate::app::message::Layout as Laid;
use crate::app::message::Spot;
use crate::app::message::Target;
use crate::app::state::App;
use crate::app::state::Entry;
use crate::app::state::Home;
use crate::view::cell::prose;
use crate::view::glyphs;
use crate::view::panel::Ctx;
use crate::view::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Widget;

/// The sign of the house: wide, narrow, wide again.
const SIGN: [&str; 5] =
    ["● ● ● ● ●", "  ● ● ●  ", "    ●    ", "  ● ● ●  ", "● ● ● ● ●"];

/// Rows of the sign with its words, and of the line that stands for it
/// where the list needs the rows.
const SIGN_ROWS: u16 = 7;
const SHORT_ROWS: u16 = 2;

/// Rows for what is said about the selected lesson.
const ABOUT: u16 = 4;

/// Draws the list and tells where the lessons are.
pub fn draw(
    buf: &mut Buffer,
    area: Rect,
    (app, home): (&App, &Home),
    ctx: &Ctx,
    laid: &mut Laid,
) {
    let count = app.course.len();
    let rows = u16::try_from(count).unwrap_or(u16::MAX);
    let all = rows.saturating_add(SIGN_ROWS + 1 + ABOUT);
    let header = if all <= area.height { SIGN_ROWS } else { SHORT_ROWS };
    let header = header.min(area.height);
    draw_sign(buf, Rect { height: header, ..area }, app, ctx);
    let list = Rect {
        x: area.x + 2,
        y: area.y + header,
        width: area.width.saturating_sub(4).min(100),
        height: area.height - header,
    };
    let about = about(app, home, list.width.saturating_sub(4), ctx);
    let below = u16::try_from(about.len()).unwrap_or(ABOUT).max(3) + 1;
    let room = list.height.saturating_sub(below).min(rows);
    let first = first_row(home.selected, count, room);
    let entries = app.course.iter().enumerate().skip(first);
    let mut y = list.y;
    for (index, entry) in entries.take(usize::from(room)) {
        let line = row(app, (index, entry), home, (list.width, ctx));
        let place = Rect { y, height: 1, ..list };
        line.render(place, buf);
        let spot = Spot { x: list.x, y, width: list.width, height: 1 };
        laid.spots.push((spot, Target::Lesson(index)));
        y += 1;
    }
    let below = count.saturating_sub(first + usize::from(room));
    let above = list.y.saturating_sub(1);
    more(buf, Rect { y: above, height: 1, ..list }, (first, "above"), ctx);
    more(buf, Rect { y, height: 1, ..list }, (below, "below"), ctx);
    y += 1;
    for line in about {
        if y >= area.bottom() {
            break;
        }
        let place = Rect { x: list.x + 4, y, height: 1, ..list };
        let width = list.width.saturating_sub(4);
        line.render(Rect { width, ..place }, buf);
        y += 1;
    }
    laid.body = room;
}

/// How many lessons are on a side of those in view.
fn more(
    buf: &mut Buffer,
    area: Rect,
    (count, side): (usize, &str),
    ctx: &Ctx,
) {
    let text = format!("    {count} more {side}");
    let text = Span::styled(text, ctx.theme.style(Role::Dim));
    if count > 0 {
        Line::from(text).render(area.intersection(buf.area), buf);
    }
}

fn draw_sign(buf: &mut Buffer, area: Rect, app: &App, ctx: &Ctx) {
    let style = |role| ctx.theme.style(role);
    let words = [
        Line::default(),
        Line::from(Span::styled("gargalo", style(Role::Title))),
        Line::from("autoencoders, hands on"),
        Line::from(Span::styled(
            "real digits, real networks, trained before your eyes",
            style(Role::Dim),
        )),
    ];
    if area.height < 6 {
        let line = Line::from(vec![
            Span::styled(" >< ", style(Role::Accent)),
            Span::styled("gargalo", style(Role::Title)),
            Span::styled("  autoencoders, hands on", style(Role::Dim)),
        ]);
        line.render(area, buf);
        let done = Span::styled(finished(app), style(Role::Dim));
        if area.width >= NARROW {
            Line::from(done).right_aligned().render(area, buf);
        }
        return;
    }
    for (n, row) in (1..).zip(SIGN) {
        let y = area.y + n;
        let text = ctx.glyphs.text(row).replace("(*)", "o");
        let sign = Span::styled(text, style(Role::Accent));
        let place = Rect { x: area.x + 3, y, height: 1, ..area };
        Line::from(sign).render(place, buf);
        if let Some(line) = words.get(usize::from(n) - 1) {
            let width = area.width.saturating_sub(16);
            line.render(Rect { x: area.x + 16, y, width, height: 1 }, buf);
        }
    }
}

/// `3 of 17 lessons done `.
fn finished(app: &App) -> String {
    let lessons = app.course.iter().filter_map(|entry| match entry {
        Entry::Open(lesson) if !lesson.is_room() => Some(app.done(lesson)),
        _ => None,
    });
    let (mut over, mut count) = (0, 0);
    for (done, all) in lessons {
        count += 1;
        over += u32::from(done == all && all > 0);
    }
    format!("{over} of {count} lessons done ")
}

/// The first lesson in view, so that the selected one is.
fn first_row(selected: usize, count: usize, room: u16) -> usize {
    let room = usize::from(room).max(1);
    let most = count.saturating_sub(room);
    selected.saturating_sub(room / 2).min(most)
}

/// Below this width a row of the list has no minutes and no bar.
const NARROW: u16 = 60;

fn row(
    app: &App,
    (index, entry): (usize, &Entry),
    home: &Home,
    (width, ctx): (u16, &Ctx),
) -> Line<'static> {
    let here = index == home.selected;
    let style = |role| ctx.theme.style(role);
    let role = if here { Role::Selected } else { Role::Text };
    let cursor = if here { "> " } else { "  " };
    match entry {
        Entry::Open(lesson) => {
            let (done, all) = app.done(lesson);
            let share = done as f64 / all.max(1) as f64;
            let bar = ctx.glyphs.bar(share, 8);
            // A narrow window keeps the title and leaves the rest out.
            let narrow = width < NARROW;
            let others = if narrow { 17 } else { 39 };
            let room = usize::from(width).saturating_sub(others);
            let title = clip(&ctx.glyphs.text(&lesson.title), room, ctx);
            let state = match done {
                0 => "        ".to_owned(),
                n if n == all => ctx.glyphs.text("✓ done  ").into(),
                n => format!("{:<8}", format!("{n}/{all}")),
            };
            let minutes = match lesson.is_room() {
                true => " ".repeat(9),
                false => format!("{:>3} min  ", lesson.minutes),
            };
            let mut spans = vec![
                Span::styled(cursor, style(Role::Accent)),
                Span::styled(
                    format!("{:<3}  ", lesson.id),
                    style(Role::Dim),
                ),
                Span::styled(format!("{title:<room$} "), style(role)),
                Span::styled(minutes, style(Role::Dim)),
                Span::styled(state, style(Role::Good)),
                Span::styled(format!("{bar:<8}"), style(Role::Good)),
            ];
            if narrow {
                spans.remove(5);
                spans.remove(3);
            }
            Line::from(spans)
        }
        Entry::Broken(file, _) => Line::from(vec![
            Span::styled(cursor, style(Role::Accent)),
            Span::styled(format!("{file} "), style(role)),
            Span::styled("cannot be read", style(Role::Bad)),
        ]),
    }
}

/// What the selected lesson is about, or what is wrong with it.
fn about(
    app: &App,
    home: &Home,
    width: u16,
    ctx: &Ctx,
) -> Vec<Line<'static>> {
    match app.course.get(home.selected) {
        Some(Entry::Open(lesson)) => {
            let mut lines = prose::markdown(&lesson.summary, width, ctx);
            let slide = format!("In the lecture: {}", lesson.slide);
            let style = ctx.theme.style(Role::Dim);
            let slide = ctx.glyphs.text(&slide).into_owned();
            let slide = clip(&slide, usize::from(width), ctx);
            if !lesson.is_room() {
                lines.push(Line::from(Span::styled(slide, style)));
            }
            if !lesson.after.is_empty() {
                let after =
                    format!("Builds on {}", lesson.after.join(", "));
                lines.push(Line::from(Span::styled(after, style)));
            }
            lines
        }
        Some(Entry::Broken(_, problems)) => {
            let style = ctx.theme.style(Role::Bad);
            let problems = problems.lines().take(8);
            problems
                .flat_map(|line| {
                    let line = Span::styled(line.to_owned(), style);
                    prose::wrap(Line::from(line), width)
                })
                .collect()
        }
        None => Vec::new(),
    }
}

/// The beginning of a text, with a mark where it is cut.
fn clip(text: &str, width: usize, ctx: &Ctx) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mark = ctx.glyphs.get(glyphs::ELLIPSIS);
    let kept = width.saturating_sub(mark.chars().count());
    let kept: String = text.chars().take(kept).collect();
    format!("{kept}{mark}")
}
