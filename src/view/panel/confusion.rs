//! The table of a detector: what it said against what was true.

use crate::train::snapshot::Detection;
use crate::view::panel::Ctx;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Rows it takes.
pub(super) const ROWS: u16 = 6;

/// Draws the table with precision and recall below it.
pub(super) fn draw(
    buf: &mut Buffer,
    area: Rect,
    of: &Detection,
    ctx: &Ctx<'_>,
) {
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let text = ctx.theme.style(Role::Text);
    let dim = ctx.theme.style(Role::Dim);
    let good = ctx.theme.style(Role::Good);
    let bad = ctx.theme.style(Role::Bad);
    let [tp, fp, missed, tn] = of.confusion;
    let positive: String = of.positive.chars().take(11).collect();
    pen.text(0, 0, "called", dim);
    pen.right(21, 0, &format!("is {positive}"), dim);
    pen.right(32, 0, "is normal", dim);
    let rows = [
        (positive, (tp, "found", good), (fp, "alarm", bad)),
        (
            "normal".to_owned(),
            (missed, "missed", bad),
            (tn, "passed", good),
        ),
    ];
    for ((name, one, two), y) in rows.into_iter().zip(1_u16..) {
        pen.text(0, y, &name, text);
        for ((count, word, style), end) in [(one, 21), (two, 32)] {
            pen.right(end, y, &format!("{word} {count}"), style);
        }
    }
    let (precision, recall) = scores(of);
    let one = |other: u32| tp.saturating_add(other);
    let lines = [
        ("precision", precision, format!("of {} called", one(fp))),
        ("recall", recall, format!("of {} there are", one(missed))),
    ];
    for ((name, share, meaning), y) in lines.into_iter().zip(4_u16..) {
        pen.text(0, y, name, dim);
        pen.right(17, y, &percent(share), text);
        pen.text(18, y, &meaning, dim);
    }
}

/// Precision and recall of the positive class.
pub(super) fn scores(of: &Detection) -> (f64, f64) {
    let [tp, fp, missed, _] = of.confusion.map(f64::from);
    (tp / (tp + fp), tp / (tp + missed))
}

/// False positive rate and true positive rate.
pub(super) fn rates(of: &Detection) -> (f64, f64) {
    let [_, fp, _, tn] = of.confusion.map(f64::from);
    (fp / (fp + tn), scores(of).1)
}

/// A share in percent, or a dash where there is nothing to divide by.
pub(super) fn percent(share: f64) -> String {
    if share.is_finite() {
        format!("{:.1} %", 100.0 * share)
    } else {
        "-".to_owned()
    }
}
