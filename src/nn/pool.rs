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
use crate::nn::correlation::flat;
use crate::nn::correlation::flat_mut;
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

    /// From pictures `[batch, input]` to `[batch, output]`.
    pub fn forward(self, x: &Matrix, desk: &mut Desk) -> Matrix {
        let mut y = desk.sheet(x.nrows(), self.output().len());
        let pixels = flat(x, self.input.len());
        let largest = flat_mut(&mut y, self.output().len());
        self.each_winner(pixels, |place, pixel| {
            largest[place] = pixels[pixel];
        });
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
        let mut dx = desk.zeros(x.nrows(), self.input.len());
        let pixels = flat(x, self.input.len());
        let blame = flat_mut(&mut dx, self.input.len());
        let dy = flat(dy, self.output().len());
        self.each_winner(pixels, |place, pixel| blame[pixel] += dy[place]);
        dx
    }

    /// Visits every place of the outputs, with the pixel that it keeps.
    fn each_winner(
        self,
        pixels: &[Real],
        mut visit: impl FnMut(usize, usize),
    ) {
        let ImageShape { height, width, .. } = self.input;
        let small = self.output();
        for line in 0..pixels.len() / self.input.area() * small.height {
            let (plane, y) = (line / small.height, line % small.height);
            let first = (plane * height + y * SIDE) * width;
            let lines = SIDE.min(height - y * SIDE);
            for x in 0..small.width {
                let corner = first + x * SIDE;
                let mut best = corner;
                for dy in 0..lines {
                    for dx in 0..SIDE.min(width - x * SIDE) {
                        let pixel = corner + dy * width + dx;
                        if pixels[pixel] > pixels[best] {
                            best = pixel;
                        }
                    }
                }
                visit(line * small.width + x, best);
            }
        }
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

    /// From pictures `[batch, input]` to `[batch, output]`.
    pub fn forward(self, x: &Matrix, desk: &mut Desk) -> Matrix {
        let mut y = desk.sheet(x.nrows(), self.output.len());
        let pixels = flat(x, self.input().len());
        let copies = flat_mut(&mut y, self.output.len());
        self.each_line(copies.len(), |copy, pixel| {
            for x in 0..self.output.width {
                copies[copy + x] = pixels[pixel + x / SIDE];
            }
        });
        y
    }

    /// A pixel takes the blame of all its copies, `[batch, input]`.
    pub fn backward(self, dy: &Matrix, desk: &mut Desk) -> Matrix {
        let mut dx = desk.zeros(dy.nrows(), self.input().len());
        let blame = flat_mut(&mut dx, self.input().len());
        let copies = flat(dy, self.output.len());
        self.each_line(copies.len(), |copy, pixel| {
            for x in 0..self.output.width {
                blame[pixel + x / SIDE] += copies[copy + x];
            }
        });
        dx
    }

    /// Visits every line of the outputs: where it starts, and where the
    /// line starts that it is copied from.
    fn each_line(self, all: usize, mut visit: impl FnMut(usize, usize)) {
        let ImageShape { height, width, .. } = self.output;
        let small = self.input();
        for line in 0..all / width {
            let (plane, y) = (line / height, line % height);
            let from = (plane * small.height + y / SIDE) * small.width;
            visit(line * width, from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn three_by_three_by_hand() {
        // 1 5 2
        // 0 3 7      pooled:  5 7      and back up:  5 5 7
        // 8 4 6               8 6                    5 5 7
        //                                            8 8 6
        let shape = ImageShape::new(1, 3, 3);
        let x = array![[1.0, 5.0, 2.0, 0.0, 3.0, 7.0, 8.0, 4.0, 6.0]];
        let (pool, mut desk) = (MaxPool { input: shape }, Desk::new());
        let y = pool.forward(&x, &mut desk);
        assert_eq!(y, array![[5.0, 7.0, 8.0, 6.0]]);
        let dy = array![[1.0, 2.0, 3.0, 4.0]];
        let dx = pool.backward(&x, &dy, &mut desk);
        let blame = [0.0, 1.0, 0.0, 0.0, 0.0, 2.0, 3.0, 0.0, 4.0];
        assert_eq!(dx.as_slice().unwrap(), blame);
        let up = Upsample { output: shape };
        let back = up.forward(&y, &mut desk);
        let copies = [5.0, 5.0, 7.0, 5.0, 5.0, 7.0, 8.0, 8.0, 6.0];
        assert_eq!(back.as_slice().unwrap(), copies);
        let ones = Matrix::ones((1, 9));
        let counts = array![[4.0, 2.0, 2.0, 1.0]];
        assert_eq!(up.backward(&ones, &mut desk), counts);
    }

    #[test]
    fn pictures_and_channels_do_not_mix() {
        let pool = MaxPool { input: ImageShape::new(2, 1, 2) };
        let x = array![[1.0, 2.0, 4.0, 3.0], [8.0, 7.0, 5.0, 6.0]];
        let y = pool.forward(&x, &mut Desk::new());
        assert_eq!(y, array![[2.0, 4.0], [8.0, 6.0]]);
    }
}
