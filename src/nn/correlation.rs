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
use crate::kernel::images::Geometry;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::window::ImageShape;
use crate::nn::window::Window;

impl Window {
    /// From wide pictures `[batch, image]` and kernels `[n, sees]` to
    /// narrow pictures `[batch, n · places]`.
    pub fn gather(
        &self,
        kernels: &Matrix,
        wide: &Matrix,
        desk: &mut Desk,
    ) -> Matrix {
        let (size, of) = (self.narrow(kernels), self.geometry(kernels));
        let mut narrow = desk.sheet(wide.nrows(), size);
        let mut paper = paper(&of, wide.nrows(), desk);
        let pictures = flat(wide, self.image.len());
        let both = (pictures, flat_mut(&mut narrow, size));
        let all = flat(kernels, self.sees());
        let scratch = paper.as_slice_mut().unwrap_or_default();
        desk.engine.images::<Real>().gather(&of, all, both, scratch);
        desk.put_back(paper);
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
        let of = self.geometry(kernels);
        let mut wide = desk.sheet(narrow.nrows(), length);
        let mut paper = paper(&of, narrow.nrows(), desk);
        let both = (flat(narrow, size), flat_mut(&mut wide, length));
        let all = flat(kernels, self.sees());
        let scratch = paper.as_slice_mut().unwrap_or_default();
        desk.engine.images::<Real>().scatter(&of, all, both, scratch);
        desk.put_back(paper);
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
        let mut kernels = desk.sheet(size / self.places(), self.sees());
        let of = self.geometry(&kernels);
        let mut paper = paper(&of, wide.nrows(), desk);
        let both = (flat(wide, length), flat(narrow, size));
        let all = flat_mut(&mut kernels, self.sees());
        let scratch = paper.as_slice_mut().unwrap_or_default();
        desk.engine.images::<Real>().blame_kernels(&of, both, all, scratch);
        desk.put_back(paper);
        kernels
    }

    /// What the engine knows it as.
    fn geometry(&self, kernels: &Matrix) -> Geometry {
        let ImageShape { channels, height, width } = self.image;
        Geometry {
            wide: [channels, height, width],
            narrow: [kernels.nrows(), self.stops[0], self.stops[1]],
            side: self.side,
            stride: self.stride,
            before: self.before,
        }
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

/// Paper on which the engine turns so many pictures.
fn paper(of: &Geometry, pictures: usize, desk: &mut Desk) -> Matrix {
    let size = desk.engine.images::<Real>().image_paper(of, pictures);
    desk.sheet(1, size)
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
