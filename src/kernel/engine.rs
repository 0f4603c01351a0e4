//! The engine: the kernels, asked with matrices.
//!
//! Matrices are `[rows, columns]`, rows one after the other; the factors
//! of a product may be transposed views. A matrix that is laid out in
//! another way is copied first.

use crate::kernel::columns::Columns;
use crate::kernel::columns::Squared;
use crate::kernel::crew::Crew;
use crate::kernel::crew::Worth;
use crate::kernel::curve::Curve;
use crate::kernel::cut::Cut;
use crate::kernel::following::Following;
use crate::kernel::input::Input;
use crate::kernel::level::Level;
use crate::kernel::losses::Compared;
use crate::kernel::losses::Mistake;
use crate::kernel::number::Number;
use crate::kernel::passes::Hands;
use crate::kernel::product::Plus;
use crate::kernel::product::Product;
use crate::kernel::steps::Adam;
use crate::kernel::steps::Remembered;
use ndarray::Array2;
use ndarray::ArrayView2;
use ndarray::CowArray;
use ndarray::Ix2;

/// The processor, and the threads to use of it.
#[derive(Debug, Clone)]
pub struct Engine {
    pub(super) level: Level,
    pub(super) crew: Crew,
}

impl Default for Engine {
    fn default() -> Self {
        Self::with_threads(1)
    }
}

impl Engine {
    /// So many threads, the calling one included; they start when there is
    /// work for them. The results do not depend on their number.
    pub fn with_threads(threads: usize) -> Self {
        Self { level: Level::best(), crew: Crew::new(threads) }
    }

    /// The same with the instructions of a level, for comparisons.
    ///
    /// # Panics
    ///
    /// When this processor does not have them.
    pub fn at_level(level: Level, threads: usize) -> Self {
        assert!(level.is_here(), "this processor has no {level:?}");
        Self { level, crew: Crew::new(threads) }
    }

    /// How many threads there are.
    pub fn threads(&self) -> usize {
        self.crew.threads()
    }

    /// `C = A · B`
    pub fn product<T: Number>(
        &mut self,
        a: ArrayView2<T>,
        b: ArrayView2<T>,
        c: &mut Array2<T>,
    ) {
        self.multiply((a, b), Plus::Nothing, Curve::Linear, c);
    }

    /// `C = C + A · B`
    pub fn add_product<T: Number>(
        &mut self,
        a: ArrayView2<T>,
        b: ArrayView2<T>,
        c: &mut Array2<T>,
    ) {
        self.multiply((a, b), Plus::Old, Curve::Linear, c);
    }

    /// `C = A · B` where `marks` is not 0, else 0; all as large as `C`.
    pub fn product_at<T: Number>(
        &mut self,
        (a, b): (ArrayView2<T>, ArrayView2<T>),
        marks: &Array2<T>,
        c: &mut Array2<T>,
    ) {
        assert!(c.dim() == (a.nrows(), b.ncols()), "{:?} for it", c.dim());
        assert!(c.dim() == marks.dim(), "{:?} marks", marks.dim());
        let (a, b) = (forward(a), forward(b));
        let inputs = (Input::of(a.view()), Input::of(b.view()));
        let (Some(a), Some(b)) = inputs else { return };
        let marks = marks.as_standard_layout();
        let (plus, curve) = (Plus::Nothing, Curve::Linear);
        let (product, level) =
            (Product { a, b, plus, curve }, self.level_for::<T>());
        let (marks, c) = (numbers(&marks), numbers_mut(c));
        product.write_at(marks, c, level, &mut self.crew);
    }

    /// `Y = s(X · W + bias)`, the bias `[1, columns]` for every row.
    pub fn layer<T: Number>(
        &mut self,
        x: ArrayView2<T>,
        (w, bias): (ArrayView2<T>, &Array2<T>),
        curve: Curve,
        y: &mut Array2<T>,
    ) {
        let bias = bias.as_standard_layout();
        let bias = Plus::Row(numbers(&bias));
        self.multiply((x, w), bias, curve, y);
    }

    fn multiply<T: Number>(
        &mut self,
        (a, b): (ArrayView2<T>, ArrayView2<T>),
        plus: Plus<T>,
        curve: Curve,
        c: &mut Array2<T>,
    ) {
        let (a_dim, b_dim) = (a.dim(), b.dim());
        assert!(a_dim.1 == b_dim.0, "{a_dim:?} times {b_dim:?}");
        assert!(c.dim() == (a_dim.0, b_dim.1), "{:?} for it", c.dim());
        let (a, b) = (forward(a), forward(b));
        let inputs = (Input::of(a.view()), Input::of(b.view()));
        let (Some(a), Some(b)) = inputs else { return };
        let level = self.level_for::<T>();
        let product = Product { a, b, plus, curve };
        product.write(numbers_mut(c), level, &mut self.crew);
    }

    /// Bends every number.
    pub fn bend<T: Number>(&mut self, curve: Curve, z: &mut Array2<T>) {
        self.hands::<T>().bend(curve, numbers_mut(z));
    }

    /// Multiplies blame `dy` by the slope of the curve where it gave `y`.
    pub fn unbend<T: Number>(
        &mut self,
        curve: Curve,
        y: &Array2<T>,
        dy: &mut Array2<T>,
    ) {
        let y = y.as_standard_layout();
        self.hands::<T>().unbend(curve, numbers(&y), numbers_mut(dy));
    }

    /// Adds up the rows of `x` into `sums`, `[1, columns]`.
    pub fn column_sums<T: Number>(
        &mut self,
        x: &Array2<T>,
        sums: &mut Array2<T>,
    ) {
        let x = x.as_standard_layout();
        self.hands::<T>().column_sums(numbers(&x), numbers_mut(sums));
    }

    /// `Σ x²`; not finite if a number of `x` is not.
    pub fn squares<T: Number>(&mut self, x: &Array2<T>) -> T {
        let x = x.as_standard_layout();
        self.hands::<T>().squares(numbers(&x))
    }

    /// Copies the numbered rows of `x` to `to`, `[rows, columns]`.
    pub fn pick_rows<T: Number>(
        &mut self,
        x: &Array2<T>,
        rows: &[u32],
        to: &mut Array2<T>,
    ) {
        let x = x.as_standard_layout();
        let (from, to) = ((numbers(&x), x.ncols()), numbers_mut(to));
        self.hands::<T>().pick_rows(from, rows, to);
    }

    /// Adds up squares down every column of `x` into `sums`,
    /// `[1, columns]`: of its numbers, or of slopes.
    pub fn column_squares<T: Number>(
        &mut self,
        what: Squared,
        x: &Array2<T>,
        sums: &mut Array2<T>,
    ) {
        let x = x.as_standard_layout();
        let sums = numbers_mut(sums);
        self.hands::<T>().column_squares(what, numbers(&x), sums);
    }

    /// `Y = Y + X · diagonal(shares)`, with shares `[1, columns]`.
    pub fn add_columns<T: Number>(
        &mut self,
        y: &mut Array2<T>,
        (x, shares): (&Array2<T>, &Array2<T>),
    ) {
        let x = x.as_standard_layout();
        let shares = shares.as_standard_layout();
        let of = Columns { x: numbers(&x), shares: numbers(&shares) };
        self.hands::<T>().add_columns(numbers_mut(y), of);
    }

    /// The same with the derivative of squared slopes, see
    /// [`Hands::add_slope_changes`].
    pub fn add_slope_changes<T: Number>(
        &mut self,
        curve: Curve,
        y: &mut Array2<T>,
        (x, shares): (&Array2<T>, &Array2<T>),
    ) {
        let x = x.as_standard_layout();
        let shares = shares.as_standard_layout();
        let of = Columns { x: numbers(&x), shares: numbers(&shares) };
        self.hands::<T>().add_slope_changes(curve, numbers_mut(y), of);
    }

    /// `Y = Y + a X`
    pub fn add_scaled<T: Number>(
        &mut self,
        y: &mut Array2<T>,
        a: T,
        x: &Array2<T>,
    ) {
        let x = x.as_standard_layout();
        self.hands::<T>().add_scaled(numbers_mut(y), a, numbers(&x));
    }

    /// Compares outputs with targets, all `[rows, columns]`: the slopes
    /// times `share` go to `slopes`, the sum of every row to `sums`,
    /// `[rows, 1]`.
    pub fn compare<T: Number>(
        &mut self,
        loss: Mistake,
        (outputs, targets): (&Array2<T>, &Array2<T>),
        share: T,
        (slopes, sums): (&mut Array2<T>, &mut Array2<T>),
    ) {
        let outputs = outputs.as_standard_layout();
        let targets = targets.as_standard_layout();
        let all = Compared {
            outputs: numbers(&outputs),
            targets: numbers(&targets),
            slopes: numbers_mut(slopes),
            sums: numbers_mut(sums),
            share,
        };
        self.hands::<T>().compare(loss, all);
    }

    /// Marks the `k` largest of every row of `x` with 1, the others with
    /// 0; of equals, the first ones win.
    pub fn crown<T: Number>(
        &mut self,
        x: &Array2<T>,
        k: usize,
        winners: &mut Array2<T>,
    ) {
        let (x, columns) = (x.as_standard_layout(), x.ncols());
        let winners = numbers_mut(winners);
        self.hands::<T>().crown(numbers(&x), columns, k, winners);
    }

    /// Copies a matrix of the same shape.
    pub fn copy<T: Number>(&mut self, x: &Array2<T>, to: &mut Array2<T>) {
        assert!(x.dim() == to.dim(), "{:?} to {:?}", x.dim(), to.dim());
        let x = x.as_standard_layout();
        self.hands::<T>().copy(numbers(&x), numbers_mut(to));
    }

    /// For the products of a convolution, see
    /// [`images`](crate::kernel::images).
    pub fn images<T: Number>(&mut self) -> Hands<'_> {
        self.hands::<T>()
    }

    /// The same instructions for somebody who works alone.
    pub fn alone(&self) -> Self {
        Self { level: self.level, crew: Crew::new(1) }
    }

    /// Lets every so many rows of a matrix be written as a piece of work:
    /// its number, its rows, and a seat that nobody else has meanwhile.
    ///
    /// # Panics
    ///
    /// When there are fewer seats than threads.
    pub fn share<T: Number, S: Send>(
        &mut self,
        matrix: &mut Array2<T>,
        rows: usize,
        seats: &mut [S],
        work: &(dyn Fn(usize, &mut [T], &mut S) + Sync),
    ) {
        let (all, columns) = matrix.dim();
        let pieces = all.div_ceil(rows);
        let worth = if pieces > 1 { Worth::Sharing } else { Worth::Alone };
        let seats = Cut::new(seats);
        let numbers = Cut::new(numbers_mut(matrix));
        self.crew.share(worth, &|piece| {
            let Some(piece) = piece.for_thread() else { return };
            for number in piece.share_of(pieces) {
                let place = |n: usize| (n * rows).min(all) * columns;
                let part = place(number)..place(number + 1);
                for seat in seats.stretch(piece.index, 1) {
                    work(number, numbers.between(part.clone()), seat);
                }
            }
        });
    }

    /// A step of Adam for a parameter `w` with the memory `m` and `v`.
    pub fn adam<T: Number>(
        &mut self,
        adam: Adam<T>,
        w: &mut Array2<T>,
        (m, v): (&mut Array2<T>, &mut Array2<T>),
        g: &Array2<T>,
    ) {
        let g = g.as_standard_layout();
        let (w, m, v) = (numbers_mut(w), numbers_mut(m), numbers_mut(v));
        let all = Remembered { w, m, v, g: numbers(&g) };
        self.hands::<T>().adam(adam, all);
    }

    /// A step of Adam along the gradient `A · B`, which is not written
    /// down, see [`following`](crate::kernel::following).
    ///
    /// # Panics
    ///
    /// When the shapes do not fit, or the product is too
    /// [deep](crate::kernel::following::fits).
    pub fn follow<T: Number>(
        &mut self,
        adam: Adam<T>,
        w: &mut Array2<T>,
        (m, v): (&mut Array2<T>, &mut Array2<T>),
        (a, b): (ArrayView2<T>, ArrayView2<T>),
    ) {
        let shape = (a.nrows(), b.ncols());
        assert!(w.dim() == shape, "{:?} along {shape:?}", w.dim());
        let (a, b) = (forward(a), forward(b));
        let inputs = (Input::of(a.view()), Input::of(b.view()));
        let (Some(a), Some(b)) = inputs else { return };
        let (w, m, v) = (numbers_mut(w), numbers_mut(m), numbers_mut(v));
        self.hands::<T>().follow(adam, Following { a, b, w, m, v });
    }

    /// A step with momentum: `v ← keep v + g`, `w ← w - rate v`.
    pub fn momentum<T: Number>(
        &mut self,
        [keep, rate]: [T; 2],
        (w, v): (&mut Array2<T>, &mut Array2<T>),
        g: &Array2<T>,
    ) {
        let g = g.as_standard_layout();
        let (w, v) = (numbers_mut(w), numbers_mut(v));
        self.hands::<T>().momentum([keep, rate], w, v, numbers(&g));
    }

    fn hands<T: Number>(&mut self) -> Hands<'_> {
        let level = self.level_for::<T>();
        Hands { level, crew: &mut self.crew }
    }

    /// Numbers of 64 bits are for proofs; the plain level is enough.
    pub(super) fn level_for<T: Number>(&self) -> Level {
        if size_of::<T>() == 4 { self.level } else { Level::Plain }
    }
}

/// A view whose rows and columns do not run backwards.
fn forward<T: Number>(view: ArrayView2<'_, T>) -> CowArray<'_, T, Ix2> {
    if Input::of(view).is_some() {
        return CowArray::from(view);
    }
    CowArray::from(view.as_standard_layout().into_owned())
}

/// The numbers of a matrix in standard layout.
pub(super) fn numbers<'a, T: Number>(
    matrix: &'a CowArray<'_, T, Ix2>,
) -> &'a [T] {
    matrix.as_slice().unwrap_or_default()
}

/// The numbers of a matrix, rows one after the other.
pub(super) fn numbers_mut<T: Number>(matrix: &mut Array2<T>) -> &mut [T] {
    if !matrix.is_standard_layout() {
        *matrix = matrix.as_standard_layout().into_owned();
    }
    matrix.as_slice_mut().unwrap_or_default()
}
