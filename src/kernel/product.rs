//! Products of matrices, tile by tile.
//!
//! ```text
//! C = A · B        Aᵀ · B        A · Bᵀ        and  C = s(A · B + bias)
//! ```
//!
//! Whether a factor is transposed is read off its strides. A factor that
//! is nearly all zeros, and one with a single row, are multiplied in ways
//! of their own; all others tile by tile (`tiles.rs`). Every number of
//! `C` is the same sum in the same order, whichever way it goes.

use crate::kernel::crew::Crew;
use crate::kernel::crew::Worth;
use crate::kernel::curve::Curve;
use crate::kernel::cut::Cut;
use crate::kernel::input::Input;
use crate::kernel::level::Level;
use crate::kernel::line::Line;
use crate::kernel::number::Number;
use crate::kernel::output::Output;
use crate::kernel::passes::Hands;
use crate::kernel::sparse::AddFewRows;
use crate::kernel::sparse::FewColumns;
use crate::kernel::sparse::FewPlaces;
use crate::kernel::sparse::FewRows;
use crate::kernel::sparse::PutFewColumns;
use crate::kernel::sparse::is_sparse;
use crate::kernel::tiles::Tiles;

/// What is added to a product.
#[derive(Debug, Clone, Copy)]
pub enum Plus<'a, T> {
    /// Nothing: `A · B`.
    Nothing,
    /// A row: `A · B + bias`.
    Row(&'a [T]),
    /// What is there already: `C + A · B`.
    Old,
}

/// A product to be computed.
#[derive(Debug, Clone, Copy)]
pub struct Product<'a, T> {
    /// `[rows, depth]`
    pub a: Input<'a, T>,
    /// `[depth, columns]`
    pub b: Input<'a, T>,
    /// What is added.
    pub plus: Plus<'a, T>,
    /// How the sums are bent.
    pub curve: Curve,
}

impl<T: Number> Product<'_, T> {
    /// Computes it into `c`, `[rows, columns]`, row after row.
    ///
    /// # Panics
    ///
    /// When the shapes do not fit.
    pub fn write(&self, c: &mut [T], level: Level, crew: &mut Crew) {
        let (rows, depth) = self.a.dim();
        let columns = self.b.dim().1;
        assert!(depth == self.b.dim().0, "A and B do not fit");
        assert!(c.len() == rows * columns, "C is of another shape");
        if let Plus::Row(bias) = self.plus {
            assert!(bias.len() == columns, "the bias is of another shape");
        }
        if c.is_empty() {
            return;
        }
        if depth == 0 {
            c.chunks_exact_mut(columns).for_each(|row| self.begin(row));
            return Hands { level, crew }.bend(self.curve, c);
        }
        if rows == 1 && self.b.has_rows() {
            self.begin(c);
            level.run(Line { a: &self.a, b: &self.b, c });
            return Hands { level, crew }.bend(self.curve, c);
        }
        if self.b.has_rows() && is_sparse(&self.a) {
            return self.write_few(c, level, crew);
        }
        let is_bare = matches!(self.plus, Plus::Nothing);
        let is_bare = is_bare && self.curve == Curve::Linear;
        if is_bare && FewColumns::fits(&self.a, &self.b) {
            let worth = Worth::of(c.len());
            let c = Cut::new(c);
            return crew.share(worth, &|piece| {
                let of = FewColumns { a: &self.a, b: &self.b };
                let c = c.rows(piece, columns);
                level.run(PutFewColumns { of, piece, c });
            });
        }
        let c = Output::new(c, columns);
        let worth = Worth::of(rows * columns * depth / 16);
        crew.share(worth, &|piece| {
            level.run(Tiles { product: self, c: &c, piece });
        });
    }
}

impl<T: Number> Product<'_, T> {
    /// Computes it where the marks are not zero, `[rows, columns]`; else
    /// there is zero.
    ///
    /// # Panics
    ///
    /// When the shapes do not fit.
    pub fn write_at(
        &self,
        marks: &[T],
        c: &mut [T],
        level: Level,
        crew: &mut Crew,
    ) {
        let (rows, columns) = (self.a.dim().0, self.b.dim().1);
        assert!(marks.len() == c.len(), "marks for another C");
        let found = Input::of_rows(marks, rows, columns);
        let is_few = self.a.has_rows() && self.b.has_columns();
        if !is_few || c.is_empty() || !is_sparse(&found) {
            self.write(c, level, crew);
            for (c, mark) in c.iter_mut().zip(marks) {
                *c = if *mark == T::zero() { T::zero() } else { *c };
            }
            return;
        }
        assert!(self.a.dim().1 == self.b.dim().0, "A and B do not fit");
        assert!(c.len() == rows * columns, "C is of another shape");
        let worth = Worth::of(c.len());
        let c = &Output::new(c, columns);
        crew.share(worth, &|piece| {
            let (a, b) = (&self.a, &self.b);
            level.run(FewPlaces { a, b, marks, c, piece });
        });
    }

    /// The same where nearly all of A is zero.
    fn write_few(&self, c: &mut [T], level: Level, crew: &mut Crew) {
        let columns = self.b.dim().1;
        for row in c.chunks_exact_mut(columns) {
            self.begin(row);
        }
        let worth = Worth::of(c.len());
        let c = Cut::new(c);
        crew.share(worth, &|piece| {
            let of = FewRows { a: &self.a, b: &self.b };
            let c = c.rows(piece, columns);
            level.run(AddFewRows { of, piece, c });
        });
        let c = c.into_inner();
        Hands { level, crew }.bend(self.curve, c);
    }

    /// What the sums of a row start from.
    fn begin(&self, row: &mut [T]) {
        match self.plus {
            Plus::Nothing => row.fill(T::zero()),
            Plus::Row(bias) => row.copy_from_slice(bias),
            Plus::Old => {}
        }
    }
}
