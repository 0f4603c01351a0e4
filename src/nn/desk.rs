//! The desk: paper to calculate on, used again and again.
//!
//! A training step needs the same matrices as the step before. Asking the
//! system for new memory every time would cost more than some of the
//! arithmetic, so whoever needs a matrix takes a sheet from the desk, and
//! puts it back when it is no longer needed.
//!
//! At the desk sits the engine, which calculates with whole matrices: the
//! formulas stand in the textbook, and how they are calculated fast stands
//! in `kernel`.

use crate::Real;
use crate::kernel::curve::Curve;
use crate::kernel::engine::Engine;
use crate::nn::Matrix;
use ndarray::Array1;
use ndarray::ArrayView2;
use ndarray::s;
use smallvec::SmallVec;

/// Bytes of a cache line, and the numbers that it takes to reach the next
/// one from anywhere.
const LINE: usize = 64;
const MARGIN: usize = LINE / size_of::<Real>();

/// A short list of matrices.
pub type Sheets = SmallVec<[Matrix; 32]>;

/// Paper that is used again.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    drawer: Vec<Vec<Real>>,
    /// Calculates with whole matrices, on one thread or several.
    pub engine: Engine,
    /// One for each of those who share a work.
    others: Vec<Desk>,
}

impl Desk {
    /// A desk without any paper yet.
    pub fn new() -> Desk {
        Desk::default()
    }

    /// The same with so many threads; no result depends on their number.
    pub fn with_threads(threads: usize) -> Desk {
        let engine = Engine::with_threads(threads);
        Desk { engine, ..Desk::default() }
    }

    /// A matrix to write on. There may be *anything* on it: every entry
    /// must be written.
    pub fn sheet(&mut self, rows: usize, columns: usize) -> Matrix {
        let size = rows * columns;
        let mut paper = self.smallest_with(size + MARGIN);
        if paper.len() < size + MARGIN {
            paper.resize(size + MARGIN, 0.0);
        }
        // Vectors that begin where a cache line begins are read faster.
        let first = paper.as_ptr().align_offset(LINE).min(MARGIN);
        let paper = Array1::from_vec(paper);
        let sheet = paper.slice_move(s![first..first + size]);
        match sheet.into_shape_with_order((rows, columns)) {
            Ok(sheet) => sheet,
            Err(_) => unreachable!("the paper has just this size"),
        }
    }

    /// A matrix of zeros.
    pub fn zeros(&mut self, rows: usize, columns: usize) -> Matrix {
        let mut sheet = self.sheet(rows, columns);
        sheet.fill(0.0);
        sheet
    }

    /// A copy of a matrix.
    pub fn copy(&mut self, of: &Matrix) -> Matrix {
        let mut sheet = self.sheet(of.nrows(), of.ncols());
        self.engine.copy(of, &mut sheet);
        sheet
    }

    /// `a · b`: `[n, m]` times `[m, k]` is `[n, k]`.
    pub fn product(
        &mut self,
        a: ArrayView2<Real>,
        b: ArrayView2<Real>,
    ) -> Matrix {
        let mut c = self.sheet(a.nrows(), b.ncols());
        self.engine.product(a, b, &mut c);
        c
    }

    /// `y = s(x · W + b)`: `[batch, inputs]` becomes `[batch, outputs]`.
    pub fn layer(
        &mut self,
        x: &Matrix,
        weights: ArrayView2<Real>,
        bias: &Matrix,
        curve: Curve,
    ) -> Matrix {
        let (x_dim, w_dim) = (x.dim(), weights.dim());
        assert!(x_dim.1 == w_dim.0, "x is {x_dim:?}, weights {w_dim:?}");
        let mut y = self.sheet(x.nrows(), weights.ncols());
        self.engine.layer(x.view(), (weights, bias), curve, &mut y);
        y
    }

    /// Lets every so many rows of a matrix be written as a piece of work of
    /// its own: its number, its rows, and a desk to work at. The engine may
    /// do several at a time; what a piece writes must not depend on others.
    pub fn share(
        &mut self,
        matrix: &mut Matrix,
        rows: usize,
        work: &(dyn Fn(usize, &mut [Real], &mut Desk) + Sync),
    ) {
        while self.others.len() < self.engine.threads() {
            let engine = self.engine.alone();
            self.others.push(Desk { engine, ..Desk::default() });
        }
        self.engine.share(matrix, rows, &mut self.others, work);
    }

    /// Takes back a matrix that is no longer needed.
    pub fn put_back(&mut self, sheet: Matrix) {
        self.drawer.push(sheet.into_raw_vec_and_offset().0);
    }

    /// Takes back a whole list.
    pub fn put_back_all(&mut self, sheets: Sheets) {
        for sheet in sheets {
            self.put_back(sheet);
        }
    }

    /// Paper of just this size; else the smallest that is large enough,
    /// else new paper.
    fn smallest_with(&mut self, size: usize) -> Vec<Real> {
        let fits = self.drawer.iter().enumerate();
        let fits = fits.filter(|(_, paper)| paper.capacity() >= size);
        let rank =
            |paper: &Vec<Real>| (paper.len() != size, paper.capacity());
        match fits.min_by_key(|(_, paper)| rank(paper)) {
            Some((place, _)) => self.drawer.swap_remove(place),
            None => Vec::with_capacity(size),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn the_same_paper_comes_back() {
        let mut desk = Desk::new();
        let large = desk.zeros(10, 10);
        let small = desk.zeros(2, 2);
        let places = [large.as_ptr(), small.as_ptr()];
        desk.put_back(large);
        desk.put_back(small);
        // The smallest that fits: 4 numbers, then 100 for 5.
        assert_eq!(desk.sheet(1, 4).as_ptr(), places[1]);
        assert_eq!(desk.sheet(5, 1).as_ptr(), places[0]);
    }

    #[test]
    fn old_notes_do_not_shine_through() {
        let mut desk = Desk::new();
        desk.put_back(array![[Real::NAN, Real::NAN]]);
        let product = desk.product(
            array![[1.0, 2.0]].view(),
            array![[3.0, 0.0], [4.0, 5.0]].view(),
        );
        assert_eq!(product, array![[11.0, 10.0]]);
        desk.put_back(product);
        assert_eq!(desk.zeros(1, 2), array![[0.0, 0.0]]);
    }
}
