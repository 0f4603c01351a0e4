//! The three products of a convolution.
//!
//! Slide a window over a *wide* picture; at every stop each of `n` kernels
//! multiplies what it sees, and the sums are the pixels of a *narrow*
//! picture with `n` channels. Read backwards, the same kernels lead from
//! narrow to wide. With one kernel per row of `W`:
//!
//! ```text
//! gather    narrow = W · unfold(wide)
//! scatter   wide   = fold(Wᵀ · narrow)
//! blame     dL/dW  = Σ over pictures of narrow · unfold(wide)ᵀ
//! ```
//!
//! A convolution gathers on its way forward and scatters its blame; a
//! transposed convolution does the opposite. Rows are pictures everywhere.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::window::Window;
use ndarray::ArrayView2;
use ndarray::ArrayViewMut2;
use ndarray::linalg::general_mat_mul;

impl Window {
    /// From wide pictures `[batch, image]` and kernels `[n, sees]` to
    /// narrow pictures `[batch, n · places]`.
    pub fn gather(
        &self,
        kernels: &Matrix,
        wide: &Matrix,
        desk: &mut Desk,
    ) -> Matrix {
        let size = self.narrow(kernels);
        let mut narrow = desk.sheet(wide.nrows(), size);
        let mut patches = desk.sheet(self.sees(), self.places());
        let wide = flat(wide, self.image.len());
        let sums = flat_mut(&mut narrow, size).chunks_exact_mut(size);
        for (wide, sums) in wide.chunks_exact(self.image.len()).zip(sums) {
            self.unfold(wide, flat_mut(&mut patches, self.places()));
            let mut sums = table_mut(sums, kernels.nrows());
            general_mat_mul(1.0, kernels, &patches, 0.0, &mut sums);
        }
        desk.put_back(patches);
        narrow
    }

    /// From narrow pictures `[batch, n · places]` and kernels `[n, sees]`
    /// to wide pictures `[batch, image]`.
    pub fn scatter(
        &self,
        kernels: &Matrix,
        narrow: &Matrix,
        desk: &mut Desk,
    ) -> Matrix {
        let (size, length) = (self.narrow(kernels), self.image.len());
        let mut wide = desk.zeros(narrow.nrows(), length);
        let mut patches = desk.sheet(self.sees(), self.places());
        let narrow = flat(narrow, size).chunks_exact(size);
        let pictures = flat_mut(&mut wide, length);
        for (narrow, wide) in narrow.zip(pictures.chunks_exact_mut(length))
        {
            let sums = table(narrow, kernels.nrows());
            general_mat_mul(1.0, &kernels.t(), &sums, 0.0, &mut patches);
            self.fold(flat(&patches, self.places()), wide);
        }
        desk.put_back(patches);
        wide
    }

    /// The gradient of the kernels, `[n, sees]`: one of the two is what
    /// went in, `[batch, ..]`, the other the blame for what came out.
    pub fn blame(
        &self,
        wide: &Matrix,
        narrow: &Matrix,
        desk: &mut Desk,
    ) -> Matrix {
        let (size, length) = (narrow.ncols(), self.image.len());
        let mut kernels = desk.zeros(size / self.places(), self.sees());
        let mut patches = desk.sheet(self.sees(), self.places());
        let narrow = flat(narrow, self.narrow(&kernels));
        let wide = flat(wide, length).chunks_exact(length);
        for (wide, narrow) in wide.zip(narrow.chunks_exact(size)) {
            self.unfold(wide, flat_mut(&mut patches, self.places()));
            let sums = table(narrow, kernels.nrows());
            general_mat_mul(1.0, &sums, &patches.t(), 1.0, &mut kernels);
        }
        desk.put_back(patches);
        kernels
    }

    /// Numbers in a narrow picture made with these kernels.
    fn narrow(&self, kernels: &Matrix) -> usize {
        let (seen, sees) = (kernels.ncols(), self.sees());
        assert!(seen == sees, "kernels of {seen} in a window of {sees}");
        kernels.nrows() * self.places()
    }
}

/// All numbers of a matrix with `columns` columns, row by row.
pub fn flat(matrix: &Matrix, columns: usize) -> &[Real] {
    let found = matrix.ncols();
    assert!(found == columns, "{found} columns instead of {columns}");
    assert!(matrix.is_standard_layout(), "not stored row by row");
    matrix.as_slice().unwrap_or_default()
}

/// The same, to be written.
pub fn flat_mut(matrix: &mut Matrix, columns: usize) -> &mut [Real] {
    let found = matrix.ncols();
    assert!(found == columns, "{found} columns instead of {columns}");
    assert!(matrix.is_standard_layout(), "not stored row by row");
    matrix.as_slice_mut().unwrap_or_default()
}

/// A picture as a table with one row per channel.
fn table(picture: &[Real], channels: usize) -> ArrayView2<'_, Real> {
    let shape = (channels, picture.len() / channels);
    let table = ArrayView2::from_shape(shape, picture);
    table.unwrap_or_else(|wrong| unreachable!("{shape:?}: {wrong}"))
}

/// The same, to be written.
fn table_mut(
    picture: &mut [Real],
    channels: usize,
) -> ArrayViewMut2<'_, Real> {
    let shape = (channels, picture.len() / channels);
    let table = ArrayViewMut2::from_shape(shape, picture);
    table.unwrap_or_else(|wrong| unreachable!("{shape:?}: {wrong}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::window::ImageShape;
    use ndarray::array;

    #[test]
    fn one_kernel_by_hand() {
        // 1 2 3
        // 4 5 6     and the kernel  1 0 / 0 -1:  1 - 5 and 2 - 6
        let window = Window::valid(ImageShape::new(1, 2, 3), 2);
        let kernel = array![[1.0, 0.0, 0.0, -1.0]];
        let x = array![[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]];
        let mut desk = Desk::new();
        let y = window.gather(&kernel, &x, &mut desk);
        assert_eq!(y, array![[-4.0, -4.0]]);
        // Backwards, each stop stamps the kernel, times 1 and times 10.
        let dy = array![[1.0, 10.0]];
        let dx = window.scatter(&kernel, &dy, &mut desk);
        assert_eq!(dx, array![[1.0, 10.0, 0.0, 0.0, -1.0, -10.0]]);
        // The first weight saw pixels 1 and 2: 1·1 + 10·2 = 21.
        let dw = window.blame(&x, &dy, &mut desk);
        assert_eq!(dw, array![[21.0, 32.0, 54.0, 65.0]]);
    }
}
