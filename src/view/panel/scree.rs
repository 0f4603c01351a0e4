//! Share of the variance per principal axis, and their running sum.

use crate::lesson::knob::KnobId;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Ink;
use crate::view::widget::axis::Axis;
use crate::view::widget::curve::Curve;
use crate::view::widget::curve::Line;
use crate::view::widget::curve::Pattern;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "Scree plot", height, draw, foot, sentence };

fn height(width: u16, _: &Shown<'_>) -> u16 {
    if width < 60 { 12 } else { 14 }
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let shares = shares(shown);
    if shares.is_empty() {
        common::empty(
            buf,
            area,
            "the variance of every axis",
            (shown, ctx),
        );
        return;
    }
    let x = Axis::straight(0.0, (shares.len() as f64).max(2.0));
    let numbered =
        || shares.iter().zip(1..).map(|(s, i)| (f64::from(i), *s));
    let kept = kept(shares, shown.settings.whole(KnobId::CodeSize));
    let lines = vec![
        Line::level("90 %".to_owned(), 0.9, x),
        Line {
            label: "each axis".to_owned(),
            points: numbered().map(|(i, s)| (i, f64::from(s))).collect(),
            pattern: Pattern::Dashed,
            ink: Ink::Test,
        },
        Line {
            label: "all up to it".to_owned(),
            points: sums(shares),
            pattern: Pattern::Solid,
            ink: Ink::Train,
        },
    ];
    Curve {
        lines,
        marks: kept.map(|(k, _)| k as f64).into_iter().collect(),
        x: (x, "axis"),
        y: (Axis::straight(0.0, 1.0), "share of the variance"),
        theme: ctx.theme,
        glyphs: ctx.glyphs,
    }
    .render(area, buf);
}

fn foot(_: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let k = shown.settings.whole(KnobId::CodeSize);
    match kept(shares(shown), k) {
        Some((k, share)) => {
            format!(
                "▲ K = {k} keeps {:.1} % of the variance",
                100.0 * share
            )
        }
        None => String::new(),
    }
}

fn sentence(shown: &Shown<'_>) -> String {
    let shares = shares(shown);
    let Some(first) = shares.first() else {
        return "no spectrum yet".to_owned();
    };
    let mut text = format!(
        "axis 1 holds {:.1} % of the variance",
        100.0 * f64::from(*first)
    );
    if let Some((k, _)) = sums(shares).iter().find(|(_, sum)| *sum >= 0.9) {
        text.push_str(&format!("; the first {k} hold 90 %"));
    }
    let k = shown.settings.whole(KnobId::CodeSize);
    if let Some((k, share)) = kept(shares, k) {
        let percent = 100.0 * share;
        text.push_str(&format!("; K = {k} keeps {percent:.1} %"));
    }
    text
}

fn shares<'a>(shown: &Shown<'a>) -> &'a [f32] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.spectrum)
}

/// The running sum, from axis 1 on.
fn sums(shares: &[f32]) -> Vec<(f64, f64)> {
    let mut sum = 0.0;
    let sums = shares.iter().zip(1..).map(|(share, i)| {
        sum += f64::from(*share);
        (f64::from(i), sum)
    });
    sums.collect()
}

/// K, and the share that the first K axes hold.
fn kept(shares: &[f32], k: usize) -> Option<(usize, f64)> {
    let (_, share) = *sums(shares).get(k.checked_sub(1)?)?;
    Some((k, share))
}
