//! The runs of a cell: show, compare, pin, delete.

use crate::app::model_cell::diff;
use crate::app::state::App;
use crate::app::state::RunList;
use crate::lesson::knob::short;
use crate::lesson::metric::Metric;
use crate::train::record::RunRecord;
use crate::view::cell::prose;
use crate::view::overlay::frame;
use crate::view::overlay::put;
use crate::view::overlay::span;
use crate::view::panel::Ctx;
use crate::view::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// The runs of a cell, and how the one under the cursor differs.
pub fn draw(
    buf: &mut Buffer,
    area: Rect,
    (app, list): (&App, &RunList),
    ctx: &Ctx,
) {
    let runs = app.cell_runs(list.cell);
    let height = (runs.len() as u16 + 8)
        .max(9)
        .min(area.height.saturating_sub(2).max(1));
    let inside = frame(buf, area, ("Runs of this cell", 78, height), ctx);
    let mut lines = Vec::new();
    if runs.is_empty() {
        let text = "No run yet: close this with Esc and press Space.";
        lines.push(Line::from(span(ctx, text, Role::Dim)));
    }
    let number = |run: Option<&RunRecord>| run.map(|run| run.number);
    let shown = number(app.shown_run(list.cell));
    let compared = number(app.compared_run(list.cell));
    // The newest is on top.
    for (n, run) in runs.iter().rev().enumerate() {
        let mut notes = Vec::new();
        if shown == Some(run.number) {
            notes.push("shown");
        }
        if compared == Some(run.number) {
            notes.push("compared");
        }
        if run.pinned {
            notes.push("pinned");
        }
        let here = n == list.selected;
        let role = if here { Role::Selected } else { Role::Text };
        lines.push(Line::from(vec![
            span(ctx, if here { "> " } else { "  " }, Role::Accent),
            span(ctx, row(run), role),
            span(ctx, format!("  {}", notes.join(", ")), Role::Accent),
        ]));
    }
    lines.push(Line::default());
    if let Some(text) = difference(app, list) {
        let line = Line::from(span(ctx, text, Role::Text));
        lines.extend(prose::wrap(line, inside.width));
    }
    lines.push(Line::from(span(
        ctx,
        "Enter shows, c compares, p pins, d deletes, Esc closes",
        Role::Dim,
    )));
    put(buf, inside, &lines, 0);
}

/// What a run came to, in one row.
fn row(run: &RunRecord) -> String {
    let error = run.metrics.get(&Metric::TestMse);
    let error = error.map_or("-".to_owned(), |x| format!("{x:.4}"));
    format!(
        "run {:<3} {:<10} test error {error:<8} {:>5} epochs {:>6} s",
        run.number,
        run.outcome(),
        short(run.epochs.round()),
        short((run.seconds * 10.0).round() / 10.0),
    )
}

/// The knobs in which the run under the cursor differs from the one that
/// is shown.
fn difference(app: &App, list: &RunList) -> Option<String> {
    let runs = app.cell_runs(list.cell);
    let here = runs.iter().rev().nth(list.selected)?;
    let shown = app.shown_run(list.cell)?;
    if here.number == shown.number {
        return None;
    }
    let parts: Vec<String> = diff(&shown.settings, &here.settings)
        .into_iter()
        .map(|(knob, theirs, ours)| {
            format!("{} {ours} instead of {theirs}", knob.info().label)
        })
        .collect();
    let parts = match parts.len() {
        0 => "the same knobs".to_owned(),
        _ => parts.join(", "),
    };
    Some(format!(
        "run {} against run {}: {parts}",
        here.number, shown.number
    ))
}
