//! A matrix as fields of color, two rows of fields per character.

use crate::app::progress::Pictures;
use crate::view::palette;
use crate::view::palette::Rgb;
use crate::view::theme::Theme;
use crate::view::widget::image::signed_color;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::style::Style;
use ratatui::widgets::Widget;

/// What the numbers of a heat map mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// -1 to 1: blue over the background to red, or signs.
    Signed,
    /// 0 to 1: from dark to light, or from thin to dense characters.
    Share,
}

/// A matrix, drawn from the top left corner as large as it fits.
#[derive(Debug, Clone, Copy)]
pub struct Heatmap<'a> {
    /// Columns of the matrix.
    pub columns: u16,
    /// Row by row.
    pub values: &'a [f32],
    /// What they mean.
    pub scale: Scale,
    /// The way to draw.
    pub way: Pictures,
    /// Colors.
    pub theme: &'a Theme,
}

impl Heatmap<'_> {
    /// Rows of the matrix; a last row may be short.
    pub fn rows(&self) -> u16 {
        let rows =
            self.values.len().div_ceil(usize::from(self.columns.max(1)));
        u16::try_from(rows).unwrap_or(u16::MAX)
    }

    /// Columns and rows of characters it takes of so many.
    pub fn cells(&self, width: u16, height: u16) -> (u16, u16) {
        let zoom = self.zoom(width, height);
        let across = self.columns.saturating_mul(zoom);
        let down = self.rows().saturating_mul(zoom).div_ceil(2);
        (across.min(width), down.min(height))
    }

    /// Columns, and half rows, per field.
    fn zoom(&self, width: u16, height: u16) -> u16 {
        let across = width / self.columns.max(1);
        let down = height.saturating_mul(2) / self.rows().max(1);
        across.min(down).clamp(1, 8)
    }

    fn at(&self, x: u16, y: u16) -> Option<f32> {
        if x >= self.columns {
            return None;
        }
        let index = usize::from(y) * usize::from(self.columns);
        let value = self.values.get(index + usize::from(x))?;
        value.is_finite().then_some(*value)
    }

    fn color(&self, value: Option<f32>) -> Color {
        let Some(value) = value else { return Color::Reset };
        let rgb = match self.scale {
            Scale::Signed => {
                return signed_color(self.theme, self.way, value);
            }
            Scale::Share => viridis(value),
        };
        match self.way {
            Pictures::TrueColor => Color::Rgb(rgb[0], rgb[1], rgb[2]),
            _ => Color::Indexed(palette::nearest_of_256(rgb)),
        }
    }

    fn sign(&self, value: Option<f32>) -> char {
        let Some(value) = value else { return ' ' };
        match self.scale {
            Scale::Share => ramp(b" .:-=+*#%@", value),
            Scale::Signed if value < 0.0 => ramp(b" .-=~", -value),
            Scale::Signed => ramp(b" .+x#", value),
        }
    }
}

/// A character of two colors, one above the other; `Reset` is the
/// background.
fn half_blocks(above: Color, below: Color) -> (char, Style) {
    let style = Style::new();
    match (above, below) {
        (Color::Reset, Color::Reset) => (' ', style),
        (Color::Reset, below) => ('▄', style.fg(below)),
        (above, below) => ('▀', style.fg(above).bg(below)),
    }
}

impl Widget for Heatmap<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let zoom = self.zoom(area.width, area.height);
        let (columns, rows) = self.cells(area.width, area.height);
        let colored =
            matches!(self.way, Pictures::TrueColor | Pictures::Greys);
        for y in 0..rows {
            for x in 0..columns {
                let at =
                    |half: u16| self.at(x / zoom, (2 * y + half) / zoom);
                let Some(cell) = buf.cell_mut((area.x + x, area.y + y))
                else {
                    continue;
                };
                cell.reset();
                cell.set_style(self.theme.base());
                if colored {
                    let (above, below) = (at(0), at(1));
                    let (half, style) =
                        half_blocks(self.color(above), self.color(below));
                    cell.set_char(half).set_style(style);
                } else {
                    cell.set_char(self.sign(at(0)));
                }
            }
        }
    }
}

fn ramp(signs: &[u8], value: f32) -> char {
    let most = signs.len() - 1;
    let index = (value.clamp(0.0, 1.0) * most as f32).round() as usize;
    char::from(signs[index.min(most)])
}

/// Dark violet over green to yellow, ever lighter (after the color map of
/// Smith and van der Walt, 2015).
fn viridis(value: f32) -> Rgb {
    const STOPS: [Rgb; 5] = [
        [68, 1, 84],
        [59, 82, 139],
        [33, 145, 140],
        [94, 201, 98],
        [253, 231, 37],
    ];
    let place = value.clamp(0.0, 1.0) * 4.0;
    let stop = (place.floor() as usize).min(3);
    palette::mix(STOPS[stop], STOPS[stop + 1], place - stop as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::progress::ThemeName;
    use crate::view::theme::Depth;

    fn draw(values: &[f32], columns: u16, way: Pictures) -> Buffer {
        let theme = Theme::new(ThemeName::Dark, Depth::True);
        let map = Heatmap {
            columns,
            values,
            scale: Scale::Signed,
            way,
            theme: &theme,
        };
        let mut buf = Buffer::empty(Rect::new(0, 0, 4, 2));
        map.render(buf.area, &mut buf);
        buf
    }

    #[test]
    fn lightness_grows_with_the_value() {
        let light: Vec<f64> = (0..=40_u8)
            .map(|i| viridis(f32::from(i) / 40.0))
            .map(|rgb| palette::contrast(rgb, [0; 3]))
            .collect();
        assert!(light.is_sorted(), "{light:?}");
    }

    #[test]
    fn fields_grow_to_fill_the_area() {
        let buf = draw(&[1.0, -1.0, 0.0, 1.0], 2, Pictures::TrueColor);
        let color = |value| {
            let [r, g, b] = palette::diverging(ThemeName::Dark, value);
            Color::Rgb(r, g, b)
        };
        assert_eq!(buf[(1, 0)].fg, color(1.0));
        assert_eq!(buf[(2, 0)].bg, color(-1.0));
        assert_eq!(buf[(0, 1)].fg, color(0.0));
        let buf = draw(&[1.0, -1.0, 0.0, 1.0], 2, Pictures::Ascii);
        let text: String = buf.content.iter().map(|c| c.symbol()).collect();
        assert_eq!(text, "##~~  ##");
    }

    #[test]
    fn what_is_no_number_leaves_the_background() {
        let buf = draw(&[f32::NAN, 1.0], 1, Pictures::TrueColor);
        assert_eq!(buf[(0, 0)].symbol(), " ");
        assert_eq!(buf[(0, 1)].symbol(), "▀");
        let buf = draw(&[f32::NAN, 1.0], 2, Pictures::TrueColor);
        assert_eq!(buf[(0, 0)].symbol(), " ");
    }

    #[test]
    fn bad_matrices_are_harmless() {
        for columns in [0, 1, 3, u16::MAX] {
            for values in [&[][..], &[f32::NAN; 5], &[9.0; 7]] {
                draw(values, columns, Pictures::Greys);
                draw(values, columns, Pictures::Braille);
            }
        }
    }
}
