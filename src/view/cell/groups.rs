//! The knobs of a room, by group: the group under the cursor in full, the
//! others as one line each where rows are few.

use crate::app::message::Target;
use crate::app::state::ModelState;
use crate::app::state::Part;
use crate::lesson::knob::KnobId;
use crate::lesson::room::Group;
use crate::lesson::schema::Model;
use crate::view::cell::Scene;
use crate::view::cell::model::knob_spans;
use crate::view::piece::Piece;
use crate::view::theme::Role;
use ratatui::text::Line;
use ratatui::text::Span;

/// Columns for the names of the groups.
const NAME: usize = 15;

/// From this height of the window on every group is shown in full.
const TALL: u16 = 36;

/// The knobs with the number each has among all.
type Numbered = Vec<(usize, Vec<Span<'static>>)>;

/// The pieces of all groups.
pub fn pieces(
    scene: &Scene,
    index: usize,
    model: &Model,
    state: &ModelState,
    pieces: &mut Vec<Piece>,
) {
    let tall = scene.app.size.1 >= TALL;
    if state.part == Part::Pictures && !tall {
        pieces.push(turned(scene, index, model, state));
        return;
    }
    let here = model.knobs.get(state.knob).map(|knob| Group::of(knob.id));
    for group in Group::ALL {
        let knobs: Numbered = model
            .knobs
            .iter()
            .enumerate()
            .filter(|(_, knob)| Group::of(knob.id) == group)
            .map(|(n, knob)| (n, knob_spans(scene, index, n, knob, state)))
            .collect();
        if knobs.is_empty() {
            continue;
        }
        let here = here == Some(group) && state.part == Part::Knobs;
        let open = here || tall;
        let mut rows = wrapped(knobs, scene.width);
        let hidden: usize = rows.iter().skip(1).map(Vec::len).sum();
        if !open {
            rows.truncate(1);
        }
        for (n, row) in rows.into_iter().enumerate() {
            let name = if n == 0 {
                name(scene, group, here && scene.focused(index))
            } else {
                scene.span(" ".repeat(NAME), Role::Dim)
            };
            let mut piece = line(index, name, row);
            if let (Piece::Spots(line, _), false, 1..) =
                (&mut piece, open, hidden)
            {
                line.spans
                    .push(scene.span(format!("+{hidden}"), Role::Dim));
            }
            pieces.push(piece);
        }
    }
}

/// The data and the knobs that were turned, in one row: who looks at a
/// picture needs the rows for it.
fn turned(
    scene: &Scene,
    index: usize,
    model: &Model,
    state: &ModelState,
) -> Piece {
    let mut ids = scene.app.turned(index);
    ids.push(KnobId::Data);
    let knobs = model.knobs.iter().enumerate();
    let knobs = knobs.filter(|(_, knob)| ids.contains(&knob.id));
    let knobs: Numbered = knobs
        .map(|(n, knob)| (n, knob_spans(scene, index, n, knob, state)))
        .collect();
    let mut rows = wrapped(knobs, scene.width);
    let hidden: usize = rows.iter().skip(1).map(Vec::len).sum();
    let pt = scene.app.look.language.starts_with("pt");
    let label = if pt { "botões" } else { "knobs" };
    let label = format!("▸ {label:<width$}", width = NAME - 2);
    let first = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
    let mut piece = line(index, scene.span(label, Role::Dim), first);
    if let (Piece::Spots(line, _), 1..) = (&mut piece, hidden) {
        line.spans.push(scene.span(format!("+{hidden}"), Role::Dim));
    }
    piece
}

fn name(scene: &Scene, group: Group, here: bool) -> Span<'static> {
    let label = group.label(&scene.app.look.language);
    let role = if here { Role::Accent } else { Role::Dim };
    let mark = if here { "▾" } else { "▸" };
    scene.span(format!("{mark} {label:<width$}", width = NAME - 2), role)
}

/// As many knobs in a row as fit beside the name; a mark of what is hidden
/// must fit, too.
fn wrapped(knobs: Numbered, width: u16) -> Vec<Numbered> {
    let room = usize::from(width).saturating_sub(NAME + 4);
    let mut rows: Vec<Numbered> = Vec::new();
    let mut x = 0;
    let last = knobs.len().saturating_sub(1);
    for (i, (n, spans)) in knobs.into_iter().enumerate() {
        let wide: usize = spans.iter().map(Span::width).sum();
        // Behind the last one nothing is hidden; its blanks may go.
        let room = if i == last { room + 6 } else { room };
        if x > 0 && x + wide > room || rows.is_empty() {
            rows.push(Vec::new());
            x = 0;
        }
        x += wide;
        if let Some(row) = rows.last_mut() {
            row.push((n, spans));
        }
    }
    rows
}

fn line(index: usize, name: Span<'static>, knobs: Numbered) -> Piece {
    let mut x = name.width();
    let mut spans = vec![name];
    let mut spots = Vec::new();
    for (n, words) in knobs {
        let wide: usize = words.iter().map(Span::width).sum();
        let target = Target::Item(index, n);
        spots.push((x as u16, wide as u16, target));
        spans.extend(words);
        x += wide;
    }
    Piece::Spots(Line::from(spans), spots)
}
