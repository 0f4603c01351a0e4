//! The window: a small square that slides over a picture.
//!
//! A picture with channels is a row of numbers, one channel after the
//! other, each line by line. At every stop the window sees `k × k` pixels
//! of every channel; outside the picture it sees 0. Written one stop per
//! column, what it sees are the *patches*:
//!
//! ```text
//! patches[(c, dy, dx), (y, x)] = picture[c, y s + dy - p, x s + dx - p]
//! ```
//!
//! with stride `s` and padding `p`. *Unfolding* copies pixels into patches;
//! *folding* adds every entry of the patches to the pixel it came from.

use crate::Real;
use std::ops::Range;

/// The size of a picture: `[channels, height, width]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageShape {
    /// Values per pixel.
    pub channels: usize,
    /// Lines.
    pub height: usize,
    /// Pixels in a line.
    pub width: usize,
}

impl ImageShape {
    /// A picture with these channels, height and width.
    pub fn new(channels: usize, height: usize, width: usize) -> ImageShape {
        ImageShape { channels, height, width }
    }

    /// Pixels per channel.
    pub fn area(self) -> usize {
        self.height * self.width
    }

    /// Numbers in the whole picture.
    pub fn len(self) -> usize {
        self.channels * self.area()
    }

    /// Whether there is no pixel at all.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// A window and the picture it slides over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The picture.
    pub image: ImageShape,
    /// The window's side `k`.
    pub side: usize,
    /// Pixels from stop to stop, `s`.
    pub stride: usize,
    /// Lines above and pixels left of the picture that are seen as 0.
    pub before: [usize; 2],
    /// Stops per column and per line.
    pub stops: [usize; 2],
}

impl Window {
    /// With just enough padding that every `stride`-th pixel is a stop; if
    /// it cannot be the same on both sides, there is one more below and to
    /// the right. TensorFlow calls this `same`.
    pub fn same(image: ImageShape, side: usize, stride: usize) -> Window {
        assert!(side > 0 && stride > 0, "window {side}, stride {stride}");
        let size = [image.height, image.width];
        let stops = size.map(|n| n.div_ceil(stride));
        let before = [0, 1].map(|axis| {
            let end = stops[axis].saturating_sub(1) * stride + side;
            end.saturating_sub(size[axis]) / 2
        });
        Window { image, side, stride, before, stops }
    }

    /// Without padding, one pixel from stop to stop: `valid`.
    pub fn valid(image: ImageShape, side: usize) -> Window {
        let size = [image.height, image.width];
        let fits = side > 0 && size.iter().all(|&n| n >= side);
        assert!(fits, "a window of {side} in {image:?}");
        let stops = size.map(|n| n - side + 1);
        Window { image, side, stride: 1, before: [0, 0], stops }
    }

    /// How many stops there are.
    pub fn places(&self) -> usize {
        self.stops[0] * self.stops[1]
    }

    /// How many numbers it sees at once, `channels · k · k`.
    pub fn sees(&self) -> usize {
        self.image.channels * self.side * self.side
    }

    /// From a picture to its patches `[sees, places]`, line by line.
    pub fn unfold(&self, picture: &[Real], patches: &mut [Real]) {
        self.assert_sizes(picture, patches);
        patches.fill(0.0);
        self.each_run(|pixels, entries| {
            let seen = picture[pixels].iter().step_by(self.stride);
            let patch = patches[entries].iter_mut();
            patch.zip(seen).for_each(|(patch, &pixel)| *patch = pixel);
        });
    }

    /// Adds patches `[sees, places]` to a picture.
    pub fn fold(&self, patches: &[Real], picture: &mut [Real]) {
        self.assert_sizes(picture, patches);
        self.each_run(|pixels, entries| {
            let pixels = picture[pixels].iter_mut().step_by(self.stride);
            let patch = patches[entries].iter();
            patch.zip(pixels).for_each(|(patch, pixel)| *pixel += patch);
        });
    }

    /// Visits every run of stops in a line for which one place of the
    /// window lies inside the picture: a range of pixels, of which every
    /// `stride`-th is meant, and the range of entries that belong to them.
    fn each_run(&self, mut visit: impl FnMut(Range<usize>, Range<usize>)) {
        let ImageShape { channels, height, width } = self.image;
        let (k, s) = (self.side, self.stride);
        for row in 0..channels * k * k {
            let (c, dy, dx) = (row / (k * k), row / k % k, row % k);
            let columns = self.inside(1, dx, width);
            if columns.is_empty() {
                continue;
            }
            for y in self.inside(0, dy, height) {
                let line = c * height + y * s + dy - self.before[0];
                let first = columns.start * s + dx - self.before[1];
                let from = line * width + first;
                let to = from + (columns.len() - 1) * s + 1;
                let stop = (row * self.stops[0] + y) * self.stops[1];
                visit(from..to, stop + columns.start..stop + columns.end);
            }
        }
    }

    /// The stops along an axis of `n` pixels where place `d` of the window
    /// is inside the picture: `0 <= stop · s + d - p < n`.
    fn inside(&self, axis: usize, d: usize, n: usize) -> Range<usize> {
        let p = self.before[axis];
        let from = p.saturating_sub(d).div_ceil(self.stride);
        let to = (n + p).saturating_sub(d).div_ceil(self.stride);
        from..to.min(self.stops[axis])
    }

    fn assert_sizes(&self, picture: &[Real], patches: &[Real]) {
        let sizes = (picture.len(), patches.len());
        let expected = (self.image.len(), self.sees() * self.places());
        assert!(sizes == expected, "{sizes:?}, expected {expected:?}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_by_two_windows_by_hand() {
        // 1 2 3
        // 4 5 6     stops of a window of 2 without padding: 1245 and 2356
        let window = Window::valid(ImageShape::new(1, 2, 3), 2);
        let mut patches = vec![0.0; 8];
        window.unfold(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &mut patches);
        assert_eq!(patches, [1.0, 2.0, 2.0, 3.0, 4.0, 5.0, 5.0, 6.0]);
        // Pixels 2 and 5 are seen twice, so they get back twice.
        let mut picture = vec![0.0; 6];
        window.fold(&patches, &mut picture);
        assert_eq!(picture, [1.0, 4.0, 3.0, 4.0, 10.0, 6.0]);
    }

    #[test]
    fn padding_is_that_of_tensorflow() {
        let stops = |n, side, stride| {
            let w = Window::same(ImageShape::new(1, n, n), side, stride);
            (w.stops[0], w.before[0])
        };
        // 28 → 14 with a window of 3 misses one pixel: it goes to the end.
        assert_eq!(stops(28, 3, 2), (14, 0));
        assert_eq!(stops(7, 3, 2), (4, 1));
        assert_eq!(stops(28, 3, 1), (28, 1));
        assert_eq!(stops(28, 5, 2), (14, 1));
        assert_eq!(stops(5, 1, 2), (3, 0));
    }
}
