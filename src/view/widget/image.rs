//! An image of a snapshot in characters, in one of five ways.
//!
//! All five take the same space: one column per pixel and one row per two
//! pixels at full size, so that pixels stay square.

use crate::app::progress::Pictures;
use crate::train::snapshot::Image;
use crate::view::palette;
use crate::view::theme::Theme;
use crate::view::widget::grid::Grid;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::style::Modifier;
use ratatui::style::Style;
use ratatui::widgets::Widget;

/// How large an image is drawn: columns per two pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub u16);

impl Size {
    /// Means of 2 x 2 pixels: a digit is 14 x 7.
    pub const THUMB: Self = Self(1);
    /// A column per pixel: a digit is 28 x 14.
    pub const FULL: Self = Self(2);
    /// Two columns per pixel: a digit is 56 x 28.
    pub const ZOOM: Self = Self(4);

    /// The largest size at which an image fits into so many columns and
    /// rows, at most four columns per pixel.
    pub fn fitting(image: &Image, width: u16, height: u16) -> Self {
        let fits = |size: &Self| {
            let (columns, rows) = size.cells(image);
            columns <= width && rows <= height
        };
        (1..=8).rev().map(Self).find(fits).unwrap_or(Self::THUMB)
    }

    /// Columns and rows that an image takes.
    pub fn cells(self, image: &Image) -> (u16, u16) {
        let columns = u32::from(image.width) * u32::from(self.0);
        let rows = u32::from(image.height) * u32::from(self.0);
        let short = |n: u32| u16::try_from(n).unwrap_or(u16::MAX);
        (short(columns.div_ceil(2)), short(rows.div_ceil(4)))
    }
}

/// An image to draw from the top left corner of an area.
#[derive(Debug, Clone, Copy)]
pub struct Picture<'a> {
    /// The image.
    pub image: &'a Image,
    /// The way to draw it.
    pub way: Pictures,
    /// How large.
    pub size: Size,
    /// For black and white where the way has no colors of its own.
    pub theme: &'a Theme,
}

impl Widget for Picture<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        match self.way {
            Pictures::TrueColor | Pictures::Greys => self.halves(area, buf),
            _ if self.image.signed => self.signs(area, buf),
            Pictures::Quadrant => self.quadrants(area, buf),
            Pictures::Braille => self.dots(area, buf),
            Pictures::Ascii => self.ramp(area, buf),
        }
    }
}

impl Picture<'_> {
    /// Two pixels per character, one above the other.
    fn halves(self, area: Rect, buf: &mut Buffer) {
        let colors = self.colors();
        let color = |value: u8| colors[usize::from(value)];
        self.each(area, buf, (1, 2), |block| {
            let style =
                Style::new().fg(color(block[0])).bg(color(block[1]));
            ('▀', style)
        });
    }

    /// 2 x 2 dots per character, dithered.
    fn quadrants(self, area: Rect, buf: &mut Buffer) {
        const BLOCKS: [char; 16] = [
            ' ', '▘', '▝', '▀', '▖', '▌', '▞', '▛', '▗', '▚', '▐', '▜',
            '▄', '▙', '▟', '█',
        ];
        let style = self.white_on_black();
        self.each_dithered(area, buf, (2, 2), |bits| {
            (BLOCKS[usize::from(bits & 15)], style)
        });
    }

    /// 2 x 4 dots per character, dithered.
    fn dots(self, area: Rect, buf: &mut Buffer) {
        let style = self.white_on_black();
        self.each_dithered(area, buf, (2, 4), |bits| {
            let mut braille = 0;
            for (i, dot) in
                [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80_u32]
                    .into_iter()
                    .enumerate()
            {
                if bits >> i & 1 == 1 {
                    braille |= dot;
                }
            }
            let dots = char::from_u32(0x2800 + braille).unwrap_or(' ');
            (if braille == 0 { ' ' } else { dots }, style)
        });
    }

    /// One character per two pixels, the denser the brighter.
    fn ramp(self, area: Rect, buf: &mut Buffer) {
        const RAMP: [char; 10] =
            [' ', '.', ':', '-', '=', '+', '*', '#', '%', '@'];
        let style = self.white_on_black();
        self.each(area, buf, (1, 1), |block| {
            let level = (usize::from(block[0]) * 9 + 127) / 255;
            (RAMP[level], style)
        });
    }

    /// A sign where the value is not near zero, bold where it is large.
    fn signs(self, area: Rect, buf: &mut Buffer) {
        let style = if self.theme.has_color() {
            self.theme.base()
        } else {
            Style::new()
        };
        self.each(area, buf, (1, 1), |block| {
            let value = signed(block[0]);
            let style = if value.abs() >= 0.5 {
                style.add_modifier(Modifier::BOLD)
            } else {
                style
            };
            let sign = match value {
                v if v >= 0.08 => '+',
                v if v <= -0.08 => '-',
                _ => ' ',
            };
            (sign, style)
        });
    }

    /// Calls `draw` with the pixels of each character, row by row.
    fn each(
        self,
        area: Rect,
        buf: &mut Buffer,
        parts: (u16, u16),
        draw: impl Fn(&[u8]) -> (char, Style),
    ) {
        let (columns, rows) = self.size.cells(self.image);
        let grid = Grid::new(self.image, (columns, rows), parts);
        let mut block = Vec::with_capacity(8);
        for row in 0..rows.min(area.height) {
            for column in 0..columns.min(area.width) {
                block.clear();
                for y in 0..parts.1 {
                    for x in 0..parts.0 {
                        block.push(grid.at(
                            u32::from(column * parts.0 + x),
                            u32::from(row * parts.1 + y),
                        ));
                    }
                }
                let (character, style) = draw(&block);
                let place = (area.x + column, area.y + row);
                if let Some(cell) = buf.cell_mut(place) {
                    cell.reset();
                    cell.set_char(character).set_style(style);
                }
            }
        }
    }

    /// Calls `draw` with one bit per dot of each character.
    fn each_dithered(
        self,
        area: Rect,
        buf: &mut Buffer,
        (across, down): (u16, u16),
        draw: impl Fn(u8) -> (char, Style),
    ) {
        self.each(area, buf, (across, down), |block| {
            let mut bits = 0;
            for (i, value) in block.iter().enumerate() {
                let (x, y) =
                    (i % usize::from(across), i / usize::from(across));
                // A character is 2 dots wide and 2 or 4 high: the pattern
                // of 2 x 4 thresholds repeats with every character.
                let threshold = THRESHOLDS[y % 4][x % 2];
                if u16::from(*value) * 16 > (2 * threshold - 1) * 255 {
                    bits |= 1 << i;
                }
            }
            draw(bits)
        });
    }

    fn white_on_black(self) -> Style {
        if !self.theme.has_color() {
            return Style::new();
        }
        let (white, black) = ([255; 3], [0; 3]);
        Style::new().fg(self.theme.paint(white)).bg(self.theme.paint(black))
    }

    /// The color of every value a pixel can have.
    fn colors(self) -> [Color; 256] {
        let mut colors = [Color::Reset; 256];
        for (value, color) in (0..=u8::MAX).zip(&mut colors) {
            let value = self.theme.brightness(value);
            *color = match (self.way, self.image.signed) {
                (way, true) => signed_color(self.theme, way, signed(value)),
                (Pictures::TrueColor, _) => Color::Rgb(value, value, value),
                _ => Color::Indexed(palette::grey_of_256(value)),
            };
        }
        colors
    }
}

/// The color of a number from -1 to 1.
pub fn signed_color(theme: &Theme, way: Pictures, value: f32) -> Color {
    let [r, g, b] = palette::diverging(theme.name(), value);
    match way {
        Pictures::TrueColor => Color::Rgb(r, g, b),
        _ => Color::Indexed(palette::nearest_of_256([r, g, b])),
    }
}

/// The value of a pixel of a signed image.
pub fn signed(pixel: u8) -> f32 {
    ((f32::from(pixel) - 128.0) / 127.0).max(-1.0)
}

/// Ordered dithering (Bayer, 1973), in eighths.
const THRESHOLDS: [[u16; 2]; 4] = [[1, 5], [7, 3], [2, 6], [8, 4]];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::progress::ThemeName;
    use crate::view::theme::Depth;

    const WAYS: [Pictures; 5] = [
        Pictures::TrueColor,
        Pictures::Greys,
        Pictures::Quadrant,
        Pictures::Braille,
        Pictures::Ascii,
    ];

    fn theme() -> Theme {
        Theme::new(ThemeName::Dark, Depth::True)
    }

    fn image(width: u16, height: u16, pixels: Vec<u8>) -> Image {
        Image { width, height, pixels, signed: false }
    }

    fn draw(image: &Image, way: Pictures, size: Size) -> Buffer {
        let (columns, rows) = size.cells(image);
        let area = Rect::new(0, 0, columns, rows);
        let mut buf = Buffer::empty(area);
        let theme = theme();
        Picture { image, way, size, theme: &theme }.render(area, &mut buf);
        buf
    }

    fn text(buf: &Buffer) -> String {
        buf.content.iter().map(|cell| cell.symbol()).collect()
    }

    #[test]
    fn a_half_block_holds_two_pixels() {
        let buf = draw(&image(1, 2, vec![9, 200]), WAYS[0], Size::FULL);
        assert_eq!(buf[(0, 0)].symbol(), "▀");
        assert_eq!(buf[(0, 0)].fg, Color::Rgb(9, 9, 9));
        assert_eq!(buf[(0, 0)].bg, Color::Rgb(200, 200, 200));
        let buf = draw(&image(1, 2, vec![0, 255]), WAYS[1], Size::FULL);
        assert_eq!(buf[(0, 0)].fg, Color::Indexed(16));
        assert_eq!(buf[(0, 0)].bg, Color::Indexed(231));
    }

    #[test]
    fn a_thumbnail_shows_means_of_two_by_two() {
        let pixels = [0, 100, 10, 10, 200, 100, 10, 10];
        let whole = image(4, 4, pixels.repeat(2));
        let buf = draw(&whole, WAYS[0], Size::THUMB);
        assert_eq!(buf.area, Rect::new(0, 0, 2, 1));
        assert_eq!(buf[(0, 0)].fg, Color::Rgb(100, 100, 100));
        assert_eq!(buf[(1, 0)].fg, Color::Rgb(10, 10, 10));
    }

    #[test]
    fn dots_are_denser_where_it_is_brighter() {
        let steps = image(4, 2, vec![0, 80, 160, 255, 0, 80, 160, 255]);
        assert_eq!(text(&draw(&steps, WAYS[4], Size::FULL)), " -*@");
        let braille = text(&draw(&steps, WAYS[3], Size::FULL));
        let dots: Vec<u32> = braille
            .chars()
            .map(|c| (c as u32 & 0xff).count_ones())
            .collect();
        assert_eq!(dots[3], 8);
        assert!(dots[1] < dots[2] && dots[2] < 8, "{dots:?}");
        assert!(braille.starts_with(' '));
        assert!(text(&draw(&steps, WAYS[2], Size::FULL)).ends_with('█'));
    }

    #[test]
    fn signs_tell_what_colors_tell() {
        let mut weights = image(3, 2, vec![0, 128, 255, 0, 128, 255]);
        weights.signed = true;
        assert_eq!(text(&draw(&weights, WAYS[4], Size::FULL)), "- +");
        let buf = draw(&weights, WAYS[0], Size::FULL);
        let ends = [-1.0, 0.0, 1.0].map(|value| {
            signed_color(&theme(), Pictures::TrueColor, value)
        });
        assert_eq!([0, 1, 2].map(|x| buf[(x, 0)].fg), ends);
        assert_ne!(ends[0], ends[2]);
        let buf = draw(&weights, WAYS[1], Size::FULL);
        assert!(matches!(buf[(2, 0)].fg, Color::Indexed(16..)));
    }

    #[test]
    fn a_size_is_chosen_that_fits() {
        let digit = image(28, 28, vec![0; 784]);
        assert_eq!(Size::fitting(&digit, 28, 14), Size::FULL);
        assert_eq!(Size::fitting(&digit, 27, 14), Size::THUMB);
        assert_eq!(Size::fitting(&digit, 80, 30), Size::ZOOM);
        assert_eq!(Size::fitting(&image(8, 8, vec![]), 14, 7), Size(3));
        assert_eq!(Size::THUMB.cells(&digit), (14, 7));
    }

    #[test]
    fn no_image_and_no_area_can_break_it() {
        let images = [
            image(0, 0, vec![]),
            image(28, 28, vec![7]),
            image(u16::MAX, u16::MAX, vec![]),
            image(3, 5, vec![255; 15]),
        ];
        let theme = theme();
        for image in &images {
            for way in WAYS {
                for (w, h) in [(0, 0), (1, 1), (3, 2), (40, 20)] {
                    let all = Rect::new(0, 0, 12, 6);
                    let mut buf = Buffer::empty(all);
                    let size = Size::THUMB;
                    Picture { image, way, size, theme: &theme }
                        .render(Rect::new(2, 1, w, h), &mut buf);
                    assert_eq!(buf[(0, 0)].symbol(), " ");
                    assert_eq!(buf[(1, 3)].bg, Color::Reset);
                }
            }
        }
    }
}
