//! Errors of normal and other examples, and the line between.

use crate::train::snapshot::Detection;
use crate::view::glyphs;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::panel::confusion;
use crate::view::theme::Ink;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use crate::view::widget::axis;
use crate::view::widget::axis::Axis;
use crate::view::widget::curve::Curve;
use crate::view::widget::curve::Line;
use crate::view::widget::curve::Pattern;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "Detection", height, draw, foot, sentence };

/// Columns of the table and the curve beside the histogram.
const BESIDE: u16 = 34;

/// One row of the histogram: lower end, normal, the others.
type Bin = (f32, u32, u32);

fn height(_: u16, _: &Shown<'_>) -> u16 {
    16
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let Some(detection) = detection(shown) else {
        common::empty(buf, area, "errors of both kinds", (shown, ctx));
        return;
    };
    if area.width < BESIDE + 24 {
        histogram(buf, area, detection, ctx);
        return;
    }
    let left = Rect { width: area.width - BESIDE - 1, ..area };
    histogram(buf, left, detection, ctx);
    let right = Rect { x: area.x + left.width + 1, width: BESIDE, ..area };
    confusion::draw(buf, right, detection, ctx);
    let below = Rect {
        y: right.y.saturating_add(confusion::ROWS),
        height: right.height.saturating_sub(confusion::ROWS),
        ..right
    };
    if below.height >= 7 {
        roc(buf, below, detection, ctx);
    }
}

/// A row per error: normal examples, then the others; the threshold is a
/// row of its own.
fn histogram(
    buf: &mut Buffer,
    area: Rect,
    detection: &Detection,
    ctx: &Ctx<'_>,
) {
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    // The legend, a free row, and the threshold.
    let rows = usize::from(pen.height().saturating_sub(3)).max(1);
    let bins = merged(&detection.bins, rows);
    let digits = decimals(&bins);
    let most = bins.iter().map(|(_, a, b)| a + b).max().unwrap_or(1).max(1);
    let text = ctx.theme.style(Role::Text);
    let dim = ctx.theme.style(Role::Dim);
    let next = pen.text(0, 0, "error   ", dim);
    let (normal, other) = signs(ctx);
    let (one, two) = inks(ctx);
    let next = pen.text(next, 0, &normal.to_string().repeat(2), one);
    let next = pen.text(next + 1, 0, "normal  ", text);
    let next = pen.text(next, 0, &other.to_string().repeat(2), two);
    pen.text(next + 1, 0, &detection.positive, text);
    let room = pen.width().saturating_sub(8 + 1);
    let mut y = 2;
    let mut drawn = false;
    for (error, a, b) in bins {
        if !drawn && error >= detection.threshold {
            line(&mut pen, y, detection.threshold, ctx);
            (y, drawn) = (y + 1, true);
        }
        let label = format!("{error:.digits$}");
        pen.right(7, y, &label, dim);
        let columns = |n: u32| {
            let share = f64::from(n) / f64::from(most);
            let columns = (share * f64::from(room)).round() as u16;
            // Even a single example is seen.
            columns.max(u16::from(n > 0))
        };
        let mut x = 8;
        for (count, sign, style) in [(a, normal, one), (b, other, two)] {
            for _ in 0..columns(count) {
                pen.put(x, y, sign, style);
                x += 1;
            }
        }
        y += 1;
    }
    if !drawn {
        line(&mut pen, y, detection.threshold, ctx);
    }
}

fn line(pen: &mut Pen<'_>, y: u16, threshold: f32, ctx: &Ctx<'_>) {
    let style = ctx.theme.ink(Ink::Mark);
    let width = pen.width();
    pen.rule((0, width), y, style);
    let threshold = axis::number(f64::from(threshold));
    pen.text(8, y, &format!(" threshold {threshold} "), style);
}

/// Digits behind the point that tell neighbors apart.
fn decimals(bins: &[Bin]) -> usize {
    let step = bins.get(1).map_or(0.01, |bin| bin.0 - bins[0].0);
    let digits = 1.0 - f64::from(step).abs().log10().floor();
    if digits.is_finite() { digits.clamp(0.0, 5.0) as usize } else { 2 }
}

/// The characters of both classes.
fn signs(ctx: &Ctx<'_>) -> (char, char) {
    if ctx.glyphs.unicode { ('█', '▒') } else { ('#', 'o') }
}

fn inks(ctx: &Ctx<'_>) -> (ratatui::style::Style, ratatui::style::Style) {
    (ctx.theme.ink(Ink::Train), ctx.theme.ink(Ink::Test))
}

/// At most so many rows: neighbors are put together.
fn merged(bins: &[Bin], rows: usize) -> Vec<Bin> {
    // Empty rows at the end tell nothing.
    let full = bins.iter().rposition(|(_, a, b)| a + b > 0);
    let bins = &bins[..full.map_or(1, |last| last + 1).min(bins.len())];
    let together = bins.len().div_ceil(rows).max(1);
    let merge = |part: &[Bin]| {
        let sum = |of: fn(&Bin) -> u32| part.iter().map(of).sum();
        (part[0].0, sum(|bin| bin.1), sum(|bin| bin.2))
    };
    bins.chunks(together).map(merge).collect()
}

/// The true positive rate against the false positive rate.
fn roc(buf: &mut Buffer, area: Rect, of: &Detection, ctx: &Ctx<'_>) {
    let share = Axis::straight(0.0, 1.0);
    let points = of.roc.iter();
    let points = points.map(|(x, y)| (f64::from(*x), f64::from(*y)));
    let line = |points, pattern, ink| Line {
        label: String::new(),
        points,
        pattern,
        ink,
    };
    let chance = vec![(0.0, 0.0), (1.0, 1.0)];
    let rates = confusion::rates(of);
    let lines = vec![
        line(chance, Pattern::Dotted, Ink::Baseline),
        line(points.collect(), Pattern::Solid, Ink::Train),
        line(vec![rates], Pattern::Points, Ink::Mark),
    ];
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let text = ctx.theme.style(Role::Text);
    let dim = ctx.theme.style(Role::Dim);
    let next = pen.text(0, 0, &format!("AUC {:.3} ", of.auc), text);
    let point = ctx.glyphs.get(glyphs::POINT);
    let here = format!(" share found; {point} here");
    pen.text(next, 0, &here, dim);
    Curve {
        lines,
        marks: Vec::new(),
        x: (share, "false alarms"),
        y: (share, ""),
        theme: ctx.theme,
        glyphs: ctx.glyphs,
    }
    .render(area, buf);
}

fn foot(area: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let Some(of) = detection(shown) else { return String::new() };
    let threshold = axis::number(f64::from(of.threshold));
    if area.width < 60 {
        return format!("AUC {:.3}; threshold {threshold}", of.auc);
    }
    let (name, auc) = (&of.positive, of.auc);
    format!("above {threshold} it is called {name}; AUC {auc:.3}")
}

fn sentence(shown: &Shown<'_>) -> String {
    let Some(of) = detection(shown) else {
        return "no detection yet".to_owned();
    };
    let [tp, fp, missed, tn] = of.confusion;
    let (precision, recall) = confusion::scores(of);
    format!(
        "positive is {}: at threshold {} it finds {tp} and misses \
         {missed}, with {fp} false alarms and {tn} rightly passed; \
         precision {}, recall {}, AUC {:.3}",
        of.positive,
        axis::number(f64::from(of.threshold)),
        confusion::percent(precision),
        confusion::percent(recall),
        of.auc,
    )
}

fn detection<'a>(shown: &Shown<'a>) -> Option<&'a Detection> {
    let detection = shown.snapshot?.detection.as_ref()?;
    (!detection.bins.is_empty()).then_some(detection)
}
