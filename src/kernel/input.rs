//! A matrix to read from, with any strides.
#![expect(
    unsafe_code,
    reason = "a view's numbers need not be next to each other, so there is \
              no slice of them; the view itself vouches for its places"
)]

use crate::kernel::number::Number;
use crate::kernel::tile::Factor;

use ndarray::ArrayView2;
use std::marker::PhantomData;

/// A matrix that is read: `[rows, columns]`.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a, T> {
    factor: Factor<T>,
    rows: usize,
    columns: usize,
    life: PhantomData<&'a T>,
}

// SAFETY: it is only read, like the shared slice that it stands for.
unsafe impl<T: Sync> Sync for Input<'_, T> {}

impl<'a, T: Number> Input<'a, T> {
    /// What a view sees; `None` if its rows or columns run backwards.
    pub fn of(view: ArrayView2<'a, T>) -> Option<Self> {
        let (rows, columns) = view.dim();
        let [down, right] = [view.strides()[0], view.strides()[1]];
        // Where there is only one, the stride means nothing.
        let row = if rows > 1 { usize::try_from(down).ok()? } else { 0 };
        let column =
            if columns > 1 { usize::try_from(right).ok()? } else { 1 };
        let factor = Factor { start: view.as_ptr(), row, column };
        Some(Input { factor, rows, columns, life: PhantomData })
    }

    /// Rows of so many columns, one after the other.
    ///
    /// # Panics
    ///
    /// When there are more or fewer numbers.
    pub fn of_rows(numbers: &'a [T], rows: usize, columns: usize) -> Self {
        assert!(numbers.len() == rows * columns, "of another shape");
        let (start, row, column) = (numbers.as_ptr(), columns, 1);
        let factor = Factor { start, row, column };
        Input { factor, rows, columns, life: PhantomData }
    }

    /// `(rows, columns)`
    pub fn dim(&self) -> (usize, usize) {
        (self.rows, self.columns)
    }

    /// The matrix from a place on; it must be inside.
    pub fn from(&self, row: usize, column: usize) -> Factor<T> {
        let Factor { start, row: down, column: right } = self.factor;
        let place = row * down + column * right;
        assert!(row < self.rows && column < self.columns, "outside");
        // SAFETY: the place is one of the view's.
        let start = unsafe { start.add(place) };
        Factor { start, row: down, column: right }
    }

    /// Whether the numbers of a row are next to each other.
    pub fn has_rows(&self) -> bool {
        self.factor.column == 1
    }

    /// Whether the numbers of a column are next to each other.
    pub fn has_columns(&self) -> bool {
        self.factor.row == 1
    }

    /// One number.
    #[inline(always)]
    pub fn at(&self, row: usize, column: usize) -> T {
        // SAFETY: `from` has checked the place.
        unsafe { *self.from(row, column).start }
    }

    /// Part of a row, of a matrix that [has rows](Self::has_rows).
    #[inline(always)]
    pub fn in_row(&self, row: usize, from: usize, width: usize) -> &'a [T] {
        assert!(self.has_rows() && from + width <= self.columns);
        // SAFETY: all these places are the view's, next to each other.
        unsafe {
            let start = self.from(row, from).start;
            std::slice::from_raw_parts(start, width)
        }
    }

    /// Part of a column, of one that [has columns](Self::has_columns).
    #[inline(always)]
    pub fn in_column(
        &self,
        column: usize,
        from: usize,
        height: usize,
    ) -> &'a [T] {
        assert!(self.has_columns() && from + height <= self.rows);
        // SAFETY: all these places are the view's, next to each other.
        unsafe {
            let start = self.from(from, column).start;
            std::slice::from_raw_parts(start, height)
        }
    }
}
