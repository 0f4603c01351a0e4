//! An image as large as it fits into an area, and no larger than that:
//! where a thumbnail of half the pixels is still too large, pixels are
//! taken together.

use crate::app::progress::Pictures;
use crate::train::snapshot::Image;
use crate::view::theme::Theme;
use crate::view::widget::grid::Grid;
use crate::view::widget::image::Picture;
use crate::view::widget::image::Size;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// An image to draw in the middle of an area.
#[derive(Debug, Clone, Copy)]
pub struct Fit<'a> {
    /// The image.
    pub image: &'a Image,
    /// The way to draw it.
    pub way: Pictures,
    /// For black and white where the way has no colors of its own.
    pub theme: &'a Theme,
}

/// Columns and rows that an image takes of so many: at least one each
/// where there is any room.
pub fn cells(image: &Image, width: u16, height: u16) -> (u16, u16) {
    if width == 0 || height == 0 {
        return (0, 0);
    }
    let size = Size::fitting(image, width, height);
    let (columns, rows) = size.cells(image);
    let fits = columns <= width && rows <= height;
    // Even pixels look best, unless that leaves much of the room empty.
    let small = 3 * columns < 2 * width && 3 * rows < 2 * height;
    if fits && (!small || size > Size::FULL) {
        return (columns, rows);
    }
    // Two pixels above each other are one character.
    let wide = f64::from(image.width.max(1));
    let high = f64::from(image.height.max(1)) / 2.0;
    let scale = (f64::from(width) / wide).min(f64::from(height) / high);
    let cell = |pixels: f64| (pixels * scale).round().max(1.0) as u16;
    let cells = (cell(wide).min(width), cell(high).min(height));
    if fits && cells.0 <= columns { (columns, rows) } else { cells }
}

impl Widget for Fit<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let Self { image, way, theme } = self;
        let (columns, rows) = cells(image, area.width, area.height);
        let place = Rect {
            x: area.x + (area.width - columns) / 2,
            y: area.y + (area.height - rows) / 2,
            width: columns,
            height: rows,
        };
        let size = Size::fitting(image, columns, rows);
        if size.cells(image) == (columns, rows) {
            Picture { image, way, size, theme }.render(place, buf);
            return;
        }
        let small = smaller(image, columns, rows);
        let (image, size) = (&small, Size::FULL);
        Picture { image, way, size, theme }.render(place, buf);
    }
}

/// The image with a pixel per column and two per row.
fn smaller(image: &Image, columns: u16, rows: u16) -> Image {
    let (width, height) = (columns, rows.saturating_mul(2));
    let grid = Grid::new(image, (width, height), (1, 1));
    let places = (0..u32::from(height))
        .flat_map(|y| (0..u32::from(width)).map(move |x| (x, y)));
    let pixels = places.map(|(x, y)| grid.at(x, y)).collect();
    Image { width, height, pixels, signed: image.signed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::progress::ThemeName;
    use crate::view::theme::Depth;

    fn image(side: u16) -> Image {
        let pixels = vec![255; usize::from(side) * usize::from(side)];
        Image { width: side, height: side, pixels, signed: false }
    }

    #[test]
    fn an_image_fits_into_any_area() {
        assert_eq!(cells(&image(28), 28, 14), (28, 14));
        assert_eq!(cells(&image(28), 20, 14), (14, 7));
        assert_eq!(cells(&image(28), 80, 4), (8, 4));
        assert_eq!(cells(&image(28), 1, 1), (1, 1));
        assert_eq!(cells(&image(0), 9, 9), (0, 0));
        for (w, h) in [(0, 0), (1, 1), (3, 9), (40, 2), (60, 30)] {
            for side in [0, 1, 7, 28, 300] {
                let (columns, rows) = cells(&image(side), w, h);
                assert!(columns <= w && rows <= h, "{side} in {w} x {h}");
            }
        }
    }

    #[test]
    fn a_small_image_fills_its_cells_and_nothing_else() {
        let theme = Theme::new(ThemeName::Mono, Depth::None);
        let (way, image) = (Pictures::Ascii, image(28));
        let mut buf = Buffer::empty(Rect::new(0, 0, 10, 3));
        Fit { image: &image, way, theme: &theme }
            .render(buf.area, &mut buf);
        let row = "  @@@@@@  ";
        assert_eq!(buf, Buffer::with_lines([row, row, row]));
    }
}
