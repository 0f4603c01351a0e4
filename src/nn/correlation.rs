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
//! transposed convolution does the opposite. Pictures are the columns of
//! [sheets](crate::nn::columns): a sheet of wide pictures has
//! `image` rows, one of narrow pictures `n · places`.

use crate::Real;
use crate::kernel::images::After;
use crate::kernel::images::GROUP;
use crate::kernel::images::Geometry;
use crate::kernel::images::Kernels;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::window::ImageShape;
use crate::nn::window::Window;

impl Window {
    /// From a sheet of wide pictures and kernels `[n, sees]` to a sheet of
    /// narrow ones; `after` says what becomes of every sum.
    pub fn gather(
        &self,
        kernels: &Matrix,
        wide: &Matrix,
        after: After<Real>,
        desk: &mut Desk,
    ) -> Matrix {
        let of = self.geometry(kernels);
        let mut narrow = desk.sheet(of.narrow_len(), GROUP);
        let mut paper = desk.sheet(1, of.paper());
        let size = paper.len();
        let weights = flat(kernels, self.sees());
        let both = (flat(wide, GROUP), flat_mut(&mut narrow, GROUP));
        let kernels = Kernels { weights, after };
        let scratch = flat_mut(&mut paper, size);
        desk.engine.images::<Real>().gather(&of, kernels, both, scratch);
        desk.put_back(paper);
        narrow
    }

    /// From a sheet of narrow pictures and kernels `[n, sees]` to a sheet
    /// of wide ones.
    pub fn scatter(
        &self,
        kernels: &Matrix,
        narrow: &Matrix,
        after: After<Real>,
        desk: &mut Desk,
    ) -> Matrix {
        let of = self.geometry(kernels);
        let mut wide = desk.sheet(of.wide_len(), GROUP);
        let mut paper = desk.sheet(1, of.paper());
        let size = paper.len();
        let weights = flat(kernels, self.sees());
        let both = (flat(narrow, GROUP), flat_mut(&mut wide, GROUP));
        let kernels = Kernels { weights, after };
        let scratch = flat_mut(&mut paper, size);
        desk.engine.images::<Real>().scatter(&of, kernels, both, scratch);
        desk.put_back(paper);
        wide
    }

    /// The gradient of the kernels, `[n, sees]`: one of the two sheets is
    /// what went in, the other the blame for what came out.
    pub fn blame(
        &self,
        wide: &Matrix,
        narrow: &Matrix,
        desk: &mut Desk,
    ) -> Matrix {
        let count = narrow.nrows() / self.places();
        let mut kernels = desk.sheet(count, self.sees());
        let of = self.geometry(&kernels);
        let mut paper = desk.sheet(1, of.paper());
        let size = paper.len();
        let both = (flat(wide, GROUP), flat(narrow, GROUP));
        let all = flat_mut(&mut kernels, self.sees());
        let scratch = flat_mut(&mut paper, size);
        desk.engine.images::<Real>().blame_kernels(&of, both, all, scratch);
        desk.put_back(paper);
        kernels
    }

    /// What the engine knows it as.
    fn geometry(&self, kernels: &Matrix) -> Geometry {
        let (seen, sees) = (kernels.ncols(), self.sees());
        assert!(seen == sees, "kernels of {seen} in a window of {sees}");
        let ImageShape { channels, height, width } = self.image;
        Geometry {
            wide: [channels, height, width],
            narrow: [kernels.nrows(), self.stops[0], self.stops[1]],
            side: self.side,
            stride: self.stride,
            before: self.before,
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::columns::columns;
    use crate::nn::columns::rows;
    use ndarray::array;

    #[test]
    fn one_kernel_by_hand() {
        // 1 2 3
        // 4 5 6     and the kernel  1 0 / 0 -1:  1 - 5 and 2 - 6
        let window = Window::valid(ImageShape::new(1, 2, 3), 2);
        let kernel = array![[1.0, 0.0, 0.0, -1.0]];
        let (mut desk, plain) = (Desk::new(), After::nothing());
        let narrow = ImageShape::new(1, 1, 2);
        let pixels = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let x = columns(&pixels, window.image, &mut desk);
        let y = window.gather(&kernel, &x, plain, &mut desk);
        assert_eq!(rows(&y, narrow, 1, &mut desk), array![[-4.0, -4.0]]);
        // Backwards, each stop stamps the kernel, times 1 and times 10.
        let dy = columns(&[1.0, 10.0], narrow, &mut desk);
        let dx = window.scatter(&kernel, &dy, plain, &mut desk);
        let dx = rows(&dx, window.image, 1, &mut desk);
        assert_eq!(dx, array![[1.0, 10.0, 0.0, 0.0, -1.0, -10.0]]);
        // The first weight saw pixels 1 and 2: 1·1 + 10·2 = 21.
        let dw = window.blame(&x, &dy, &mut desk);
        assert_eq!(dw, array![[21.0, 32.0, 54.0, 65.0]]);
    }
}
