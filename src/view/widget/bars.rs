//! Horizontal bars: a label, the bar, and its number.

use crate::view::glyphs::Glyphs;
use crate::view::theme::Role;
use crate::view::theme::Theme;
use crate::view::widget::Pen;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// In front of it.
    pub label: String,
    /// Its length.
    pub value: f64,
    /// Behind it: the value with its unit.
    pub text: String,
    /// Its color.
    pub style: Style,
}

/// Bars on a common scale, one per row.
#[derive(Debug, Clone)]
pub struct Bars<'a> {
    /// From top to bottom.
    pub bars: &'a [Bar],
    /// The lowest and the highest value there is room for; bars begin at
    /// zero.
    pub range: (f64, f64),
    /// Colors.
    pub theme: &'a Theme,
    /// Characters.
    pub glyphs: Glyphs,
}

impl Widget for Bars<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let mut pen = Pen::new(buf, area, self.glyphs);
        let widest = |part: fn(&Bar) -> &str| {
            let columns =
                self.bars.iter().map(|bar| pen.columns(part(bar)));
            columns.max().unwrap_or(0)
        };
        let label = widest(|bar| &bar.label);
        let text = widest(|bar| &bar.text);
        let room = pen.width().saturating_sub(label + text + 2);
        let plain = self.theme.style(Role::Text);
        for (bar, row) in self.bars.iter().zip(0..pen.height()) {
            pen.right(label.min(pen.width()), row, &bar.label, plain);
            if room > 0 {
                self.bar(&mut pen, (label + 1, room), row, bar);
            }
            let end = label + room + 2 + text;
            pen.right(end.min(pen.width()), row, &bar.text, plain);
        }
    }
}

impl Bars<'_> {
    fn bar(
        &self,
        pen: &mut Pen<'_>,
        (left, room): (u16, u16),
        row: u16,
        bar: &Bar,
    ) {
        let (low, high) = (self.range.0.min(0.0), self.range.1.max(0.0));
        let span = high - low;
        if !bar.value.is_finite() || !span.is_finite() || span <= 0.0 {
            return;
        }
        let zero = (f64::from(room) * -low / span).round() as u16;
        let share = bar.value.abs() / span;
        if bar.value >= 0.0 {
            let room = room.saturating_sub(zero);
            let share = share * span / high.max(f64::MIN_POSITIVE);
            let text = self.glyphs.bar(share, room);
            pen.text(left + zero, row, &text, bar.style);
        } else {
            let most = f64::from(zero);
            let long = (share * f64::from(room)).round().min(most) as u16;
            let full = if self.glyphs.unicode { '█' } else { '#' };
            for x in zero - long..zero {
                pen.put(left + x, row, full, bar.style);
            }
        }
        if low < 0.0 {
            let line = if self.glyphs.unicode { '│' } else { '|' };
            if pen.character(left + zero, row) == Some(' ') {
                let border = self.theme.style(Role::Border);
                pen.put(left + zero, row, line, border);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::progress::ThemeName;
    use crate::view::theme::Depth;

    fn draw(values: &[f64], range: (f64, f64), width: u16) -> Buffer {
        let bars: Vec<Bar> = values
            .iter()
            .map(|value| Bar {
                label: "k".to_owned(),
                value: *value,
                text: format!("{value}"),
                style: Style::new(),
            })
            .collect();
        let theme = Theme::new(ThemeName::Mono, Depth::None);
        let rows = u16::try_from(values.len()).unwrap();
        let mut buf = Buffer::empty(Rect::new(0, 0, width, rows));
        let glyphs = Glyphs::UNICODE;
        Bars { bars: &bars, range, theme: &theme, glyphs }
            .render(buf.area, &mut buf);
        buf
    }

    #[test]
    fn bars_share_one_scale() {
        let buf = draw(&[4.0, 2.0, 1.5], (0.0, 4.0), 9);
        assert_eq!(
            buf,
            Buffer::with_lines(["k ███   4", "k █▌    2", "k █▏  1.5"])
        );
    }

    #[test]
    fn negative_bars_grow_to_the_left() {
        let buf = draw(&[-1.0, 1.0], (-1.0, 1.0), 9);
        assert_eq!(buf, Buffer::with_lines(["k ██│  -1", "k   ██  1"]));
    }

    #[test]
    fn no_numbers_and_no_room_are_harmless() {
        let values = [f64::NAN, f64::INFINITY, -9.0, 1e300];
        for width in [0, 1, 3, 40] {
            for range in [(0.0, 0.0), (1.0, -1.0), (f64::NAN, 1.0)] {
                draw(&values, range, width);
            }
        }
    }
}
