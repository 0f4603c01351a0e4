//! Rows of numbers as images.

use crate::data::Shape;
use crate::train::snapshot::Image;
use ndarray::ArrayView1;

/// Columns and rows of the picture of one example; points of the plane,
/// signals, documents and tables have none.
pub fn size(shape: Shape, features: usize) -> Option<(u16, u16)> {
    let (width, height) = match shape {
        Shape::Image { width, height } => (width, height),
        Shape::Patch { side } => (side, side),
        Shape::Bits => (features, 1),
        Shape::Plane
        | Shape::Signal { .. }
        | Shape::Words
        | Shape::Table => return None,
    };
    Some((u16::try_from(width).ok()?, u16::try_from(height).ok()?))
}

/// Ink from 0 to 1 as grey; what lies outside is cut off.
pub fn grey(row: ArrayView1<f32>, (width, height): (u16, u16)) -> Image {
    let byte = |v: &f32| (v.clamp(0.0, 1.0) * 255.0).round() as u8;
    let pixels = row.iter().map(byte).collect();
    Image { width, height, pixels, signed: false }
}

/// Whitened pixels as grey: -3 is black, 0 middle grey, 3 white, about
/// three standard deviations; what lies outside is cut off.
pub fn patch(row: ArrayView1<f32>, size: (u16, u16)) -> Image {
    grey(row.mapv(|v| 0.5 + v / 6.0).view(), size)
}

/// Numbers from -1 to 1 as a signed image; what lies outside is cut off.
pub fn signed(row: ArrayView1<f32>, (width, height): (u16, u16)) -> Image {
    let pixels = row.iter().map(|&v| level(v)).collect();
    Image { width, height, pixels, signed: true }
}

/// Any numbers as a signed image, the largest of them at full strength.
pub fn stretched(row: ArrayView1<f32>, size: (u16, u16)) -> Image {
    let largest = row.iter().fold(0.0_f32, |most, v| most.max(v.abs()));
    let factor = if largest > 0.0 { 1.0 / largest } else { 0.0 };
    signed(row.mapv(|v| v * factor).view(), size)
}

/// -1 is 1, 0 is 128, 1 is 255; no number is 128.
fn level(v: f32) -> u8 {
    (128.0 + 127.0 * v.clamp(-1.0, 1.0)).round() as u8
        + u8::from(v.is_nan()) * 128
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn zero_is_the_middle_and_the_largest_is_full() {
        let row = array![0.0, 2.0, -1.0, f32::NAN];
        let image = stretched(row.view(), (2, 2));
        assert_eq!(image.pixels[..3], [128, 255, 65]);
        assert!(image.signed);
        let flat = stretched(array![0.0, 0.0].view(), (2, 1));
        assert_eq!(flat.pixels, [128, 128]);
    }

    #[test]
    fn ink_outside_of_its_range_is_cut_off() {
        let row = array![-3.0, 0.5, 7.0, f32::NAN];
        let image = grey(row.view(), (4, 1));
        assert_eq!(image.pixels, [0, 128, 255, 0]);
    }
}
