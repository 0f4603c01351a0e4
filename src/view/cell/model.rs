//! Live experiments: text, knobs, state of the run, pictures.

use crate::app::message::Target;
use crate::app::state::LiveRun;
use crate::app::state::ModelState;
use crate::app::state::Part;
use crate::app::state::RunState;
use crate::data::grouped::grouped;
use crate::lesson::goal::Status;
use crate::lesson::knob::Knob;
use crate::lesson::knob::short;
use crate::lesson::schema::Model;
use crate::train::cost::USUAL_SPEED;
use crate::train::record::RunRecord;
use crate::view::cell::Layout;
use crate::view::cell::Scene;
use crate::view::cell::groups;
use crate::view::cell::prose;
use crate::view::panel;
use crate::view::piece::Piece;
use crate::view::shown;
use crate::view::theme::Role;
use ratatui::text::Line;
use ratatui::text::Span;

/// Rows around the body of a lesson: title, notice, keys; and the empty
/// row after a cell.
const FIXED_ROWS: u16 = 4;

/// The pieces of an experiment.
pub fn pieces(
    scene: &Scene,
    index: usize,
    model: &Model,
    state: &ModelState,
    pieces: &mut Vec<Piece>,
) {
    prose::lines(scene.prose(&model.text, 0), pieces);
    let above = if scene.screen.lesson.is_room() {
        groups::pieces(scene, index, model, state, pieces);
        // All of a room's cell is in view at once.
        0
    } else {
        pieces.push(Piece::blank());
        let above = pieces.len();
        knobs(scene, index, model, state, pieces);
        above
    };
    if let Some((_, error)) = &state.error {
        let line = Line::from(scene.span(format!("✗ {error}"), Role::Bad));
        prose::lines(prose::wrap(line, scene.width), pieces);
    }
    for line in status(scene, index, model, state) {
        prose::lines(prose::wrap(line, scene.width), pieces);
    }
    if scene.layout == Layout::Beside {
        return;
    }
    pieces.push(tabs(scene, index, model, state));
    if let Some(panel) = model.panels.get(state.panel) {
        let shown = shown::of(scene.app, scene.screen, index);
        let height = panel::height(*panel, scene.width, &shown);
        // Knobs, state and tabs stay in view with the picture.
        let around = FIXED_ROWS + (pieces.len() - above) as u16;
        let room = scene.app.size.1.saturating_sub(around).max(6);
        let height = height.min(room);
        pieces.push(Piece::Panel(*panel, index, height));
    }
}

/// The knobs, as many in a row as fit.
fn knobs(
    scene: &Scene,
    index: usize,
    model: &Model,
    state: &ModelState,
    pieces: &mut Vec<Piece>,
) {
    let mut spans: Vec<Span> = Vec::new();
    let mut spots = Vec::new();
    let mut x: usize = 0;
    for (n, knob) in model.knobs.iter().enumerate() {
        let words = knob_spans(scene, index, n, knob, state);
        let width: usize = words.iter().map(Span::width).sum();
        if x > 0 && x + width > usize::from(scene.width) {
            let line = Line::from(std::mem::take(&mut spans));
            pieces.push(Piece::Spots(line, std::mem::take(&mut spots)));
            x = 0;
        }
        let target = Target::Item(index, n);
        spots.push((x as u16, width as u16, target));
        spans.extend(words);
        x += width;
    }
    if !spans.is_empty() {
        pieces.push(Piece::Spots(Line::from(spans), spots));
    }
}

pub(super) fn knob_spans(
    scene: &Scene,
    index: usize,
    n: usize,
    knob: &Knob,
    state: &ModelState,
) -> Vec<Span<'static>> {
    let here = scene.focused(index)
        && n == state.knob
        && state.part == Part::Knobs;
    let label = knob.id.info().label;
    let own = match state.settings.get(knob.id) {
        Some(value) => value.to_string(),
        None => knob.id.default_value().to_string(),
    };
    let value = if here && state.typed.active {
        format!("{}_", state.typed.text)
    } else {
        own
    };
    let role = if here { Role::Selected } else { Role::Key };
    let arrows = if here { ("◂ ", " ▸") } else { ("", "") };
    vec![
        scene.span(if here { "> " } else { "  " }, Role::Accent),
        scene.span(format!("{label} "), Role::Text),
        scene.span(format!("{}{value}{}", arrows.0, arrows.1), role),
        scene.span("  ", Role::Text),
    ]
}

/// What the experiment is doing, in one or two lines.
fn status(
    scene: &Scene,
    index: usize,
    model: &Model,
    state: &ModelState,
) -> Vec<Line<'static>> {
    match &state.run {
        RunState::Idle => idle(scene, index, model, state),
        RunState::Starting => {
            let text = "… starting: the data are read, the baselines \
                computed";
            vec![Line::from(scene.span(text, Role::Warn))]
        }
        RunState::Running(live) => {
            vec![progress(scene, live, ("▶", Role::Good))]
        }
        RunState::Paused(live) => {
            let mut line = progress(scene, live, ("⏸", Role::Warn));
            let text = "  paused: Space goes on, s one batch, e one epoch";
            line.spans.push(scene.span(text, Role::Warn));
            vec![line]
        }
        RunState::Failed(why) => {
            vec![Line::from(scene.span(format!("✗ {why}"), Role::Bad))]
        }
    }
}

/// Bar, epoch, speed, time to go, errors so far.
fn progress(
    scene: &Scene,
    live: &LiveRun,
    (mark, role): (&str, Role),
) -> Line<'static> {
    let report = &live.report;
    let share = report.step as f64 / live.plan.steps.max(1) as f64;
    let bar = scene.ctx.glyphs.bar(share, 10);
    let rest = if report.seconds_left.is_finite() && !report.paused {
        format!(" · {:.0} s left", report.seconds_left.max(0.0).ceil())
    } else {
        String::new()
    };
    let empty = "·".repeat(10usize.saturating_sub(bar.chars().count()));
    let wrong =
        report.symptom.as_ref().map_or_else(String::new, |symptom| {
            let (what, step) = (symptom.fault.name(), symptom.step);
            format!(" · {what} since step {}", grouped(step))
        });
    Line::from(vec![
        scene.span(format!("{mark} "), role),
        scene.span(bar, role),
        scene.span(empty, Role::Dim),
        scene.span(
            format!(
                " epoch {:.0}/{} · {} images/s{rest}",
                report.epoch.floor(),
                live.plan.epochs,
                rounded(report.speed),
            ),
            Role::Text,
        ),
        scene.span(wrong, Role::Warn),
    ])
}

/// What the shown run came to, or how to make one.
fn idle(
    scene: &Scene,
    index: usize,
    model: &Model,
    state: &ModelState,
) -> Vec<Line<'static>> {
    let runs = scene.app.runs.get(&model.id);
    let newest = runs.and_then(|runs| match state.shown {
        Some(number) => runs.iter().find(|run| run.number == number),
        None => runs.last(),
    });
    let cost = cost(scene, index);
    if newest.is_none() && state.error.is_some() {
        // What stands in the way is said above.
        return Vec::new();
    }
    let Some(run) = newest else {
        return vec![Line::from(vec![
            scene.span("Space", Role::Key),
            scene.span(" runs it", Role::Text),
            scene.span(format!("  {cost}"), Role::Dim),
        ])];
    };
    let (mark, role) = verdict(run);
    let head = format!("{mark} run {}: ", run.number);
    let mut lines = vec![Line::from(vec![
        scene.span(head, role),
        scene.span(&run.reason, Role::Text),
    ])];
    let stale = scene.app.stale(index);
    if !stale.is_empty() {
        let names: Vec<String> = stale
            .iter()
            .map(|knob| {
                let value = state.settings.get(*knob);
                let value = value.map(ToString::to_string);
                format!(
                    "{} is now {}",
                    knob.info().label,
                    value.unwrap_or_default()
                )
            })
            .collect();
        lines.push(Line::from(vec![
            scene.span("stale ", Role::Warn),
            scene.span(names.join(", "), Role::Text),
            scene.span(" · ", Role::Dim),
            scene.span("r", Role::Key),
            scene.span(format!(" runs afresh  {cost}"), Role::Dim),
        ]));
    }
    lines
}

/// How a run ended, as a mark and its color.
fn verdict(run: &RunRecord) -> (&'static str, Role) {
    match (run.status, run.fault()) {
        (Status::Stopped, _) => ("■", Role::Warn),
        (Status::Diverged | Status::Stalled, _) | (_, Some(_)) => {
            ("✗", Role::Bad)
        }
        (Status::Finished | Status::Converged, None) => ("✓", Role::Good),
    }
}

/// The names of the pictures, the shown one marked; of too many for a
/// row, those around it.
fn tabs(
    scene: &Scene,
    index: usize,
    model: &Model,
    state: &ModelState,
) -> Piece {
    let names: Vec<String> = model
        .panels
        .iter()
        .enumerate()
        .map(|(n, panel)| match n == state.panel {
            true => format!("[{}]", panel::title(*panel)),
            false => format!(" {} ", panel::title(*panel)),
        })
        .collect();
    let (from, to) = in_sight(&names, state.panel, scene.width);
    let cursor = scene.focused(index) && state.part == Part::Pictures;
    let before = if from > 0 { "◂ " } else { "" };
    let mut spans = vec![scene.span(before, Role::Dim)];
    let mut spots = Vec::new();
    let mut x = spans[0].width();
    for (n, name) in names.iter().enumerate().take(to).skip(from) {
        let role = match (n == state.panel, cursor) {
            (true, true) => Role::Selected,
            (true, false) => Role::Accent,
            _ => Role::Dim,
        };
        let span = scene.span(name, role);
        let width = span.width();
        spots.push((x as u16, width as u16, Target::Panel(index, n)));
        x += width + 1;
        spans.push(span);
        spans.push(Span::raw(" "));
    }
    if to < names.len() {
        let more = format!("▸ +{}", names.len() - to);
        spans.push(scene.span(more, Role::Dim));
    }
    Piece::Spots(Line::from(spans), spots)
}

/// The first name and the one after the last that fit into a row, the
/// shown one among them.
fn in_sight(names: &[String], shown: usize, width: u16) -> (usize, usize) {
    let wide = |n: usize| names[n].chars().count() + 1;
    let all: usize = (0..names.len()).map(wide).sum();
    if all <= usize::from(width) + 1 || names.is_empty() {
        return (0, names.len());
    }
    // Room for the marks at both ends.
    let room = usize::from(width).saturating_sub(8);
    let shown = shown.min(names.len() - 1);
    let (mut from, mut to, mut used) = (shown, shown + 1, wide(shown));
    loop {
        let right = to < names.len() && used + wide(to) <= room;
        if right {
            used += wide(to);
            to += 1;
        }
        let left = from > 0 && used + wide(from - 1) <= room;
        if left {
            from -= 1;
            used += wide(from);
        }
        if !left && !right {
            return (from, to);
        }
    }
}

fn rounded(x: f64) -> String {
    if x >= 10_000.0 {
        format!("{:.0}k", x / 1000.0)
    } else {
        short(x.round())
    }
}

/// What a run with the knobs as they are would cost, in words.
fn cost(scene: &Scene, index: usize) -> String {
    let Some(cost) = scene.app.cost(index) else { return String::new() };
    let seconds = cost.seconds(USUAL_SPEED);
    let time = if seconds < 1.0 {
        "under a second".to_owned()
    } else {
        format!("about {seconds:.0} s")
    };
    match cost.parameters {
        0 => time,
        n => format!("{time}, {} parameters", grouped(n)),
    }
}
