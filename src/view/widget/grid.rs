//! Makes the pixels of an image fewer or more.

use crate::train::snapshot::Image;

/// An image seen through a finer or coarser grid.
#[derive(Debug)]
pub struct Grid<'a> {
    image: &'a Image,
    columns: u32,
    rows: u32,
}

impl<'a> Grid<'a> {
    /// A grid of so many characters of so many fields each.
    pub fn new(
        image: &'a Image,
        cells: (u16, u16),
        parts: (u16, u16),
    ) -> Self {
        let columns = u32::from(cells.0) * u32::from(parts.0);
        let rows = u32::from(cells.1) * u32::from(parts.1);
        Self { image, columns: columns.max(1), rows: rows.max(1) }
    }

    /// The mean of the pixels that a field of the grid covers.
    pub fn at(&self, x: u32, y: u32) -> u8 {
        let span = |i: u32, pixels: u16, fields: u32| {
            let pixels = u64::from(pixels);
            let from = u64::from(i) * pixels / u64::from(fields);
            let to = (u64::from(i) + 1) * pixels / u64::from(fields);
            from..to.max(from + 1).min(pixels)
        };
        let (mut sum, mut count) = (0_u64, 0_u64);
        for row in span(y, self.image.height, self.rows) {
            for column in span(x, self.image.width, self.columns) {
                let index = row * u64::from(self.image.width) + column;
                let pixel = usize::try_from(index)
                    .ok()
                    .and_then(|index| self.image.pixels.get(index));
                sum += u64::from(pixel.copied().unwrap_or(self.nothing()));
                count += 1;
            }
        }
        let mean = (sum + count / 2).checked_div(count);
        mean.and_then(|m| u8::try_from(m).ok()).unwrap_or(self.nothing())
    }

    fn nothing(&self) -> u8 {
        if self.image.signed { 128 } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(width: u16, height: u16, signed: bool) -> Image {
        let pixels = vec![0, 40, 80, 120];
        Image { width, height, pixels, signed }
    }

    #[test]
    fn a_coarse_field_is_the_mean_of_its_pixels() {
        let image = image(4, 1, false);
        let grid = Grid::new(&image, (2, 1), (1, 1));
        assert_eq!((grid.at(0, 0), grid.at(1, 0)), (20, 100));
    }

    #[test]
    fn a_fine_field_is_the_pixel_below_it() {
        let image = image(2, 2, false);
        let grid = Grid::new(&image, (2, 2), (2, 1));
        let row: Vec<u8> = (0..4).map(|x| grid.at(x, 1)).collect();
        assert_eq!(row, [80, 80, 120, 120]);
    }

    #[test]
    fn pixels_that_are_missing_are_black_or_zero() {
        let large = image(2, 9, false);
        assert_eq!(Grid::new(&large, (2, 9), (1, 1)).at(0, 8), 0);
        let large = image(2, 9, true);
        assert_eq!(Grid::new(&large, (2, 9), (1, 1)).at(0, 8), 128);
        let none = image(0, 0, true);
        assert_eq!(Grid::new(&none, (0, 0), (1, 1)).at(7, 7), 128);
    }
}
