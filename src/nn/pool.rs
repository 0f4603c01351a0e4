//! Smaller and larger without weights: max-pooling and upsampling.
//!
//! ```text
//! pooling      y = the largest of each 2 × 2 pixels    (28 → 14 → 7 → 4)
//! upsampling   y = every pixel 2 × 2 times             (4 → 8, or 7)
//! ```
//!
//! Both work on every channel alone. What is left over at the edge of a
//! picture of odd size is pooled, too.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::columns::GROUP;
use crate::nn::columns::Row;
use crate::nn::columns::rows_mut;
use crate::nn::columns::rows_of;
use crate::nn::desk::Desk;
use crate::nn::window::ImageShape;

/// Squares of this many pixels become one, or come from one.
pub const SIDE: usize = 2;

/// Keeps the largest pixel of every square.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaxPool {
    /// The size of what comes in.
    pub input: ImageShape,
}

impl MaxPool {
    /// Half as high and wide, rounded up.
    pub fn output(self) -> ImageShape {
        let half = |n: usize| n.div_ceil(SIDE);
        let ImageShape { channels, height, width } = self.input;
        ImageShape::new(channels, half(height), half(width))
    }

    /// From a sheet of pictures `[input, 16]` to a sheet `[output, 16]`.
    pub fn forward(self, x: &Matrix, desk: &mut Desk) -> Matrix {
        let mut y = desk.sheet(self.output().len(), GROUP);
        let pixels = rows_of(x);
        for (place, largest) in rows_mut(&mut y).iter_mut().enumerate() {
            *largest = self.largest(place, pixels);
        }
        y
    }

    /// Blames the largest pixel of every square, and no other.
    ///
    /// ```text
    /// dL/dx = dL/dy where x was the largest (the first of equals), else 0
    /// ```
    pub fn backward(
        self,
        x: &Matrix,
        dy: &Matrix,
        desk: &mut Desk,
    ) -> Matrix {
        let mut dx = desk.sheet(self.input.len(), GROUP);
        let (pixels, blame) = (rows_of(x), rows_mut(&mut dx));
        for (place, &dy) in rows_of(dy).iter().enumerate() {
            let (largest, mut left) = (self.largest(place, pixels), dy);
            for pixel in self.square(place) {
                // Who is the largest takes all the blame that is left.
                for i in 0..GROUP {
                    let wins = pixels[pixel][i] == largest[i];
                    blame[pixel][i] = if wins { left[i] } else { 0.0 };
                    left[i] = if wins { 0.0 } else { left[i] };
                }
            }
        }
        dx
    }

    /// The largest of a square, for every picture of the group.
    fn largest(self, place: usize, pixels: &[Row]) -> Row {
        let mut best = [Real::NEG_INFINITY; GROUP];
        for pixel in self.square(place) {
            for (best, &x) in best.iter_mut().zip(&pixels[pixel]) {
                *best = if x > *best { x } else { *best };
            }
        }
        best
    }

    /// The rows of a square of pixels: one channel of up to four pixels.
    fn square(self, place: usize) -> impl Iterator<Item = usize> {
        let ImageShape { channels, height, width } = self.input;
        let across = self.output().width;
        let (pixel, channel) = (place / channels, place % channels);
        let (y, x) = (pixel / across * SIDE, pixel % across * SIDE);
        let lines = y..height.min(y + SIDE);
        lines.flat_map(move |y| {
            let pixels = x..width.min(x + SIDE);
            pixels.map(move |x| (y * width + x) * channels + channel)
        })
    }
}

/// Repeats every pixel: the nearest one is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upsample {
    /// The size of what comes out.
    pub output: ImageShape,
}

impl Upsample {
    /// Half as high and wide, rounded up.
    pub fn input(self) -> ImageShape {
        MaxPool { input: self.output }.output()
    }

    /// From a sheet of pictures `[input, 16]` to a sheet `[output, 16]`.
    pub fn forward(self, x: &Matrix, desk: &mut Desk) -> Matrix {
        let mut y = desk.sheet(self.output.len(), GROUP);
        let pixels = rows_of(x);
        for (place, copy) in rows_mut(&mut y).iter_mut().enumerate() {
            *copy = pixels[self.original(place)];
        }
        y
    }

    /// A pixel takes the blame of all its copies, a sheet `[input, 16]`.
    pub fn backward(self, dy: &Matrix, desk: &mut Desk) -> Matrix {
        let mut dx = desk.zeros(self.input().len(), GROUP);
        let blame = rows_mut(&mut dx);
        for (place, dy) in rows_of(dy).iter().enumerate() {
            let pixel = &mut blame[self.original(place)];
            pixel.iter_mut().zip(dy).for_each(|(sum, dy)| *sum += dy);
        }
        dx
    }

    /// The row that a row of the output is a copy of.
    fn original(self, place: usize) -> usize {
        let ImageShape { channels, width, .. } = self.output;
        let (pixel, channel) = (place / channels, place % channels);
        let (y, x) = (pixel / width / SIDE, pixel % width / SIDE);
        (y * self.input().width + x) * channels + channel
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::columns::columns;
    use crate::nn::columns::rows;
    use ndarray::array;

    #[test]
    fn three_by_three_by_hand() {
        // 1 5 2
        // 0 3 7      pooled:  5 7      and back up:  5 5 7
        // 8 4 6               8 6                    5 5 7
        //                                            8 8 6
        let shape = ImageShape::new(1, 3, 3);
        let x = [1.0, 5.0, 2.0, 0.0, 3.0, 7.0, 8.0, 4.0, 6.0];
        let (pool, mut desk) = (MaxPool { input: shape }, Desk::new());
        let x = columns(&x, shape, &mut desk);
        let y = pool.forward(&x, &mut desk);
        assert_eq!(first(&y), [5.0, 7.0, 8.0, 6.0]);
        let dy = [1.0, 2.0, 3.0, 4.0];
        let dy = columns(&dy, pool.output(), &mut desk);
        let dx = pool.backward(&x, &dy, &mut desk);
        let blame = [0.0, 1.0, 0.0, 0.0, 0.0, 2.0, 3.0, 0.0, 4.0];
        assert_eq!(first(&dx), blame);
        let up = Upsample { output: shape };
        let back = up.forward(&y, &mut desk);
        let copies = [5.0, 5.0, 7.0, 5.0, 5.0, 7.0, 8.0, 8.0, 6.0];
        assert_eq!(first(&back), copies);
        let ones = Matrix::ones((9, GROUP));
        let counts = [4.0, 2.0, 2.0, 1.0];
        assert_eq!(first(&up.backward(&ones, &mut desk)), counts);
    }

    #[test]
    fn pictures_and_channels_do_not_mix() {
        let pool = MaxPool { input: ImageShape::new(2, 1, 2) };
        let x = [1.0, 2.0, 4.0, 3.0, 8.0, 7.0, 5.0, 6.0];
        let mut desk = Desk::new();
        let x = columns(&x, pool.input, &mut desk);
        let y = pool.forward(&x, &mut desk);
        let y = rows(&y, pool.output(), 2, &mut desk);
        assert_eq!(y, array![[2.0, 4.0], [8.0, 6.0]]);
    }

    #[test]
    fn of_equals_the_first_is_to_blame() {
        let pool = MaxPool { input: ImageShape::new(1, 1, 2) };
        let mut desk = Desk::new();
        let x = columns(&[2.0, 2.0], pool.input, &mut desk);
        let dy = columns(&[3.0], pool.output(), &mut desk);
        assert_eq!(first(&pool.backward(&x, &dy, &mut desk)), [3.0, 0.0]);
    }

    /// The first picture of a sheet with one channel.
    fn first(sheet: &Matrix) -> Vec<Real> {
        sheet.column(0).to_vec()
    }
}
