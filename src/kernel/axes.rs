//! The engine, asked for the axes of a cloud of data.

use crate::kernel::engine::Engine;
use crate::kernel::engine::numbers;
use crate::kernel::engine::numbers_mut;
use crate::kernel::input::Input;
use crate::kernel::mirrors::Mirrored;
use crate::kernel::number::Number;
use crate::kernel::spread;
use ndarray::Array2;
use ndarray::ArrayView2;

impl Engine {
    /// How the columns of `x` vary together, see
    /// [`spread`](mod@crate::kernel::spread).
    pub fn spread<T: Number>(
        &mut self,
        x: ArrayView2<T>,
        mean: &Array2<T>,
        sums: &mut Array2<T>,
    ) {
        let x = x.as_standard_layout();
        let Some(rows) = Input::of(x.view()) else { return };
        let (level, mean) =
            (self.level_for::<T>(), mean.as_standard_layout());
        let (mean, sums) = (numbers(&mean), numbers_mut(sums));
        spread::write(&rows, mean, sums, level, &mut self.crew);
    }

    /// All eigenvalues of a symmetric matrix of so many rows, largest
    /// first, and the eigenvectors of the first `many`, one after the
    /// other. Of its numbers only those up to the diagonal are looked at:
    /// `entry(row, column)`.
    pub fn eigen(
        &mut self,
        size: usize,
        many: usize,
        entry: impl Fn(usize, usize) -> f64,
    ) -> (Vec<f64>, Vec<f64>) {
        let (level, crew) = (self.level, &mut self.crew);
        let mirrored = Mirrored::new(size, entry, level, crew);
        let values = mirrored.tridiagonal.values();
        let wanted = &values[..many.min(size)];
        let mut vectors = mirrored.tridiagonal.vectors(wanted, level);
        mirrored.turn_back(&mut vectors, level, crew);
        (values, vectors)
    }
}
