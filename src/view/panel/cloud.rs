//! Two-dimensional data, and where the model puts them.

use crate::train::snapshot::Cloud;
use crate::train::snapshot::Dot;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Ink;
use crate::view::widget::axis;
use crate::view::widget::scatter::Arrow;
use crate::view::widget::scatter::Layer;
use crate::view::widget::scatter::Look;
use crate::view::widget::scatter::Point;
use crate::view::widget::scatter::Scatter;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "Data and model", height, draw, foot, sentence };

fn height(_: u16, _: &Shown<'_>) -> u16 {
    16
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let Some(cloud) = cloud(shown) else {
        common::empty(
            buf,
            area,
            "the data and their copies appear here",
            (shown, ctx),
        );
        return;
    };
    let layer = |dots: &[Dot], look: Look| Layer {
        points: dots.iter().map(point).collect(),
        look,
    };
    let layers = vec![
        layer(&cloud.points, Look::Dots(Ink::Baseline, '.')),
        layer(&cloud.mapped, Look::Dots(Ink::Train, 'o')),
        layer(&cloud.curve, Look::Dots(Ink::Test, '*')),
    ];
    let arrows = cloud.arrows.iter().map(|(name, from, to)| Arrow {
        name: name.clone(),
        from: place(from),
        to: place(to),
    });
    let arrows = arrows.collect();
    let (theme, glyphs) = (ctx.theme, ctx.glyphs);
    let curve = cloud.curve.iter().map(place).collect();
    Scatter { layers, curve, arrows, theme, glyphs }.render(area, buf);
}

fn foot(_: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) -> String {
    let Some(cloud) = cloud(shown) else { return String::new() };
    let points = common::plural(cloud.points.len(), "point");
    match (cloud.mapped.is_empty(), ctx.glyphs.unicode) {
        (true, _) => points,
        (false, true) if ctx.theme.has_color() => {
            format!("{points} (grey) and their copies (blue)")
        }
        (false, true) => format!("{points} and their copies"),
        (false, false) => format!("{points} (.) and their copies (o)"),
    }
}

fn sentence(shown: &Shown<'_>) -> String {
    let Some(cloud) = cloud(shown) else {
        return "no data to show yet".to_owned();
    };
    let mut text = format!(
        "{} with x from {} and y from {}",
        common::plural(cloud.points.len(), "point"),
        common::range(cloud.points.iter().map(|dot| dot.x)),
        common::range(cloud.points.iter().map(|dot| dot.y)),
    );
    if !cloud.mapped.is_empty() {
        text.push_str(&format!(
            "; the model puts them at x from {} and y from {}",
            common::range(cloud.mapped.iter().map(|dot| dot.x)),
            common::range(cloud.mapped.iter().map(|dot| dot.y)),
        ));
    }
    for (name, from, to) in &cloud.arrows {
        let (from, to) = (place(from), place(to));
        let angle = (to.1 - from.1).atan2(to.0 - from.0).to_degrees();
        let angle = axis::number(angle.rem_euclid(180.0));
        text.push_str(&format!("; {name} points to {angle} degrees"));
    }
    text
}

fn cloud<'a>(shown: &Shown<'a>) -> Option<&'a Cloud> {
    shown.snapshot?.cloud.as_ref().filter(|c| !c.points.is_empty())
}

fn place(dot: &Dot) -> (f64, f64) {
    (f64::from(dot.x), f64::from(dot.y))
}

fn point(dot: &Dot) -> Point {
    (f64::from(dot.x), f64::from(dot.y), dot.label)
}
