//! Where the model moves every point of the plane.

use crate::train::snapshot::Dot;
use crate::train::snapshot::Snapshot;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Ink;
use crate::view::widget::axis;
use crate::view::widget::scatter::Arrow;
use crate::view::widget::scatter::Layer;
use crate::view::widget::scatter::Look;
use crate::view::widget::scatter::Scatter;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "Field", height, draw, foot, sentence };

fn height(_: u16, _: &Shown<'_>) -> u16 {
    16
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let Some(snapshot) = seen(shown) else {
        common::empty(
            buf,
            area,
            "where every point is moved",
            (shown, ctx),
        );
        return;
    };
    let data = snapshot.cloud.as_ref().map_or(&[][..], |c| &c.points);
    let points = data.iter().map(|dot| {
        let (x, y) = place(dot);
        (x, y, dot.label)
    });
    let points = points.collect();
    let look = Look::Dots(Ink::Baseline, '.');
    let arrows = thinned(snapshot, area.height);
    let arrows = arrows.map(|(from, to)| Arrow {
        name: String::new(),
        from: place(from),
        to: place(to),
    });
    let arrows = arrows.collect();
    let (theme, glyphs) = (ctx.theme, ctx.glyphs);
    let layers = vec![Layer { points, look }];
    let curve = rings(snapshot);
    Scatter { layers, curve, arrows, theme, glyphs }.render(area, buf);
}

fn foot(area: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let Some(snapshot) = seen(shown) else { return String::new() };
    let arrows = "arrows: from a point to its reconstruction";
    match (snapshot.ellipses.is_empty(), area.width >= 74) {
        (true, _) if area.width < 48 => "point -> copy".to_owned(),
        (true, _) => arrows.to_owned(),
        (false, true) => {
            "arrows: point to copy; rings: what a small circle becomes"
                .to_owned()
        }
        (false, false) => "rings: images of small circles".to_owned(),
    }
}

fn sentence(shown: &Shown<'_>) -> String {
    let Some(snapshot) = seen(shown) else {
        return "no field yet".to_owned();
    };
    let mut parts = Vec::new();
    let lengths: Vec<f64> = snapshot
        .field
        .iter()
        .map(|(from, to)| {
            let (a, b) = (place(from), place(to));
            (a.0 - b.0).hypot(a.1 - b.1)
        })
        .filter(|length| length.is_finite())
        .collect();
    if !lengths.is_empty() {
        let mean = lengths.iter().sum::<f64>() / lengths.len() as f64;
        let most = lengths.iter().copied().fold(0.0, f64::max);
        parts.push(format!(
            "{} from points to their reconstructions: on average {} long, \
             the longest {}",
            common::plural(lengths.len(), "arrow"),
            axis::number(mean),
            axis::number(most),
        ));
    }
    let areas = snapshot.ellipses.iter();
    let areas = areas.map(|(_, [a, b, c, d])| (a * d - b * c).abs());
    let areas: Vec<f32> = areas.collect();
    if !areas.is_empty() {
        parts.push(format!(
            "a small circle keeps {} of its area at {}",
            common::range(areas.iter().copied()),
            common::plural(areas.len(), "place"),
        ));
    }
    parts.join("; ")
}

fn seen<'a>(shown: &Shown<'a>) -> Option<&'a Snapshot> {
    let snapshot = shown.snapshot?;
    let empty = snapshot.field.is_empty() && snapshot.ellipses.is_empty();
    (!empty).then_some(snapshot)
}

/// As many arrows as can be told apart: of a square grid every so many-th
/// row and column.
fn thinned(
    snapshot: &Snapshot,
    rows: u16,
) -> impl Iterator<Item = &(Dot, Dot)> {
    let all = snapshot.field.len();
    let side = (all as f64).sqrt().round().max(1.0) as usize;
    let every = (2 * side).div_ceil(usize::from(rows).max(1)).max(1);
    let square = side * side == all;
    let kept = move |i: usize| match square {
        true => {
            [i / side, i % side].iter().all(|n| n.is_multiple_of(every))
        }
        false => i.is_multiple_of(every * every),
    };
    let arrows = snapshot.field.iter().enumerate();
    arrows.filter(move |(i, _)| kept(*i)).map(|(_, arrow)| arrow)
}

fn place(dot: &Dot) -> (f64, f64) {
    (f64::from(dot.x), f64::from(dot.y))
}

/// The images of small circles, a gap between any two.
fn rings(snapshot: &Snapshot) -> Vec<(f64, f64)> {
    const CORNERS: u8 = 24;
    let radius = radius(snapshot);
    let mut line = Vec::new();
    for (dot, jacobian) in &snapshot.ellipses {
        let [a, b, c, d] = jacobian.map(f64::from);
        let (x, y) = place(dot);
        for corner in 0..=CORNERS {
            let turn = f64::from(corner) / f64::from(CORNERS);
            let (v, u) = (std::f64::consts::TAU * turn).sin_cos();
            line.push((
                x + radius * (a * u + b * v),
                y + radius * (c * u + d * v),
            ));
        }
        line.push((f64::NAN, f64::NAN));
    }
    line
}

/// A circle that leaves its neighbors room.
fn radius(snapshot: &Snapshot) -> f64 {
    let wide = |of: fn(&Dot) -> f32| {
        let all = snapshot.ellipses.iter().map(|(dot, _)| of(dot));
        let all = all.filter(|x| x.is_finite()).map(f64::from);
        let nothing = (f64::INFINITY, f64::NEG_INFINITY);
        let (low, high) =
            all.fold(nothing, |(l, h), x| (l.min(x), h.max(x)));
        (high - low).max(0.0)
    };
    let span = wide(|dot| dot.x).max(wide(|dot| dot.y));
    let across = (snapshot.ellipses.len() as f64).sqrt().max(2.0);
    let span = if span.is_finite() && span > 0.0 { span } else { 1.0 };
    0.4 * span / (across - 1.0).max(1.0)
}
