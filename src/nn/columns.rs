//! Columns: a group of pictures side by side.
//!
//! Everywhere else a row is an example. Layers for pictures have it the
//! other way round: up to sixteen pictures are the columns of a *sheet*.
//!
//! ```text
//! pictures   [count, channels · height · width]
//! sheet      [height · width · channels, 16]
//! ```
//!
//! A row of a sheet is the same number of all pictures, and what a layer
//! does to a number it does to the row. Columns without a picture are 0
//! when they come in; what becomes of them is nobody's business, since the
//! loss never looks at them.
//!
//! A group walks through all layers before the next one comes. So a batch
//! of any size needs the paper of sixteen pictures.

use crate::Real;
use crate::kernel::images;
use crate::nn::Matrix;
use crate::nn::correlation::flat;
use crate::nn::correlation::flat_mut;
use crate::nn::desk::Desk;
use crate::nn::window::ImageShape;

/// Pictures of a group.
pub const GROUP: usize = images::GROUP;

/// A row of a sheet: the same number of all pictures of a group.
pub type Row = [Real; GROUP];

/// All rows of a sheet.
pub fn rows_of(sheet: &Matrix) -> &[Row] {
    flat(sheet, GROUP).as_chunks().0
}

/// The same, to be written.
pub fn rows_mut(sheet: &mut Matrix) -> &mut [Row] {
    flat_mut(sheet, GROUP).as_chunks_mut().0
}

/// Pictures one after the other, at most a group, become a sheet.
pub fn columns(
    pictures: &[Real],
    shape: ImageShape,
    desk: &mut Desk,
) -> Matrix {
    let mut sheet = desk.sheet(shape.len(), GROUP);
    let all = flat_mut(&mut sheet, GROUP);
    desk.engine.images::<Real>().turn_in(shape.channels, pictures, all);
    sheet
}

/// The first pictures of a sheet, as many as there is room for.
pub fn turn_back(
    sheet: &Matrix,
    shape: ImageShape,
    pictures: &mut [Real],
    desk: &mut Desk,
) {
    let all = flat(sheet, GROUP);
    desk.engine.images::<Real>().turn_out(shape.channels, all, pictures);
}

/// The same as a matrix `[count, channels · height · width]`.
pub fn rows(
    sheet: &Matrix,
    shape: ImageShape,
    count: usize,
    desk: &mut Desk,
) -> Matrix {
    let mut pictures = desk.sheet(count, shape.len());
    let all = flat_mut(&mut pictures, shape.len());
    turn_back(sheet, shape, all, desk);
    pictures
}

/// The pictures of a group, out of all.
pub fn group(all: &Matrix, number: usize) -> &[Real] {
    let (size, first) = (all.ncols(), number * GROUP);
    let end = all.nrows().min(first + GROUP);
    &flat(all, size)[first * size..end * size]
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn channels_of_a_pixel_come_to_lie_side_by_side() {
        // Two pictures, two channels, three pixels.
        let shape = ImageShape::new(2, 1, 3);
        let x = array![
            [1.0, 2.0, 3.0, 10.0, 20.0, 30.0],
            [4.0, 5.0, 6.0, 40.0, 50.0, 60.0],
        ];
        let mut desk = Desk::new();
        let sheet = columns(group(&x, 0), shape, &mut desk);
        assert_eq!(sheet.dim(), (6, GROUP));
        let first = [1.0, 10.0, 2.0, 20.0, 3.0, 30.0];
        assert_eq!(sheet.column(0).to_vec(), first);
        assert_eq!(
            sheet.column(1).to_vec(),
            first.map(|x| { if x < 10.0 { x + 3.0 } else { x + 30.0 } })
        );
        assert_eq!(sheet.column(2).sum(), 0.0);
        assert_eq!(rows(&sheet, shape, 2, &mut desk), x);
    }

    #[test]
    fn the_last_group_is_what_is_left() {
        let shape = ImageShape::new(1, 5, 5);
        let x =
            Matrix::from_shape_fn((20, 25), |(i, j)| (i * 25 + j) as Real);
        let mut desk = Desk::new();
        for (number, count) in [(0, 16), (1, 4)] {
            let part = group(&x, number);
            let sheet = columns(part, shape, &mut desk);
            let back = rows(&sheet, shape, count, &mut desk);
            assert_eq!(back.as_slice().unwrap(), part);
        }
    }
}
