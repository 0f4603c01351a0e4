//! Pictures turned so that a pixel of all of them is one vector.

use crate::kernel::number::Number;
use crate::kernel::pack::padded;

/// A frame: where pictures lie in turned paper.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// Channels, lines and columns of a picture.
    pub size: [usize; 3],
    /// The same with what is around it.
    pub framed: [usize; 3],
    /// Lines above it and columns at its left.
    pub before: [usize; 2],
}

impl Frame {
    /// How many vectors it takes.
    pub fn vectors(&self) -> usize {
        self.framed.iter().product()
    }

    /// The place of a line's first pixel.
    #[inline(always)]
    pub fn line(&self, channel: usize, line: usize) -> usize {
        let [_, lines, columns] = self.framed;
        let above = channel * lines + line + self.before[0];
        above * columns + self.before[1]
    }

    /// Turns up to `N` pictures; around them and for missing ones there
    /// are zeros.
    #[inline(always)]
    pub fn turn_in<T: Number, const N: usize>(
        &self,
        pictures: &[T],
        paper: &mut [[T; N]],
    ) {
        let paper = &mut paper[..self.vectors()];
        self.clear_border(paper);
        let len: usize = self.size.iter().product();
        self.each_run(N, |pixel, place, width| {
            // Whole vectors, even if only some of their pixels count.
            let start = pixel.min(len.saturating_sub(N));
            let skip = pixel - start;
            let mut square = [[T::zero(); N]; N];
            let rows = square.iter_mut().zip(pictures.chunks_exact(len));
            for (row, picture) in rows {
                *row = padded(&picture[start..len.min(start + N)]);
            }
            let square = T::transposed(square);
            let to = paper[place..place + width].iter_mut();
            for (to, from) in to.zip(&square[skip..]) {
                *to = *from;
            }
        });
    }

    /// Zeros around every channel.
    #[inline(always)]
    fn clear_border<T: Number, const N: usize>(
        &self,
        paper: &mut [[T; N]],
    ) {
        let ([_, lines, columns], [_, _, across]) =
            (self.size, self.framed);
        let [above, left] = self.before;
        let nothing = [T::zero(); N];
        for (n, line) in paper.chunks_exact_mut(across.max(1)).enumerate() {
            let y = n % self.framed[1];
            if y < above || y >= above + lines {
                line.fill(nothing);
            } else {
                line[..left].fill(nothing);
                line[left + columns..].fill(nothing);
            }
        }
    }

    /// Turns pictures without a frame back, as many as there are.
    #[inline(always)]
    pub fn turn_out<T: Number, const N: usize>(
        &self,
        paper: &[[T; N]],
        pictures: &mut [T],
    ) {
        assert!(self.size == self.framed, "a frame around an answer");
        let len: usize = self.size.iter().product();
        for pixel in (0..len).step_by(N) {
            let start = pixel.min(len.saturating_sub(N));
            let end = len.min(start + N);
            let mut square = [[T::zero(); N]; N];
            for (to, from) in square.iter_mut().zip(&paper[start..end]) {
                *to = *from;
            }
            let square = T::transposed(square);
            let rows = pictures.chunks_exact_mut(len).zip(&square);
            for (picture, row) in rows {
                let to = &mut picture[start..end];
                match <&mut [T; N]>::try_from(&mut *to) {
                    Ok(to) => *to = *row,
                    Err(_) => to.copy_from_slice(&row[..end - start]),
                }
            }
        }
    }

    /// Visits runs of up to `most` pixels: the first one's number in the
    /// picture, its place in the frame, and how many.
    #[inline(always)]
    fn each_run(
        &self,
        most: usize,
        mut visit: impl FnMut(usize, usize, usize),
    ) {
        let [channels, lines, columns] = self.size;
        // Without a frame a picture is one line.
        let is_bare = self.size == self.framed;
        let (rows, columns) = match is_bare {
            true => (1, channels * lines * columns),
            false => (channels * lines, columns),
        };
        for row in 0..rows {
            let place = match is_bare {
                true => 0,
                false => self.line(row / lines, row % lines),
            };
            for x in (0..columns).step_by(most) {
                let width = most.min(columns - x);
                visit(row * columns + x, place + x, width);
            }
        }
    }
}
