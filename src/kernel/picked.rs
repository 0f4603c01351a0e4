//! Rows picked out of a large matrix, which lie far apart: while one is
//! copied, the next one is asked for.

use crate::kernel::crew::Worth;
use crate::kernel::cut::Cut;
use crate::kernel::number::Number;
use crate::kernel::output::fetch;
use crate::kernel::passes::Hands;

/// What it takes to copy a number from afar, in operations.
const FAR: usize = 4;

impl Hands<'_> {
    /// Copies the numbered rows of `x`, `[any, columns]`, to `to`,
    /// `[rows, columns]`.
    ///
    /// # Panics
    ///
    /// When there is no such row, or no room for it.
    pub fn pick_rows<T: Number>(
        &mut self,
        (x, columns): (&[T], usize),
        rows: &[u32],
        to: &mut [T],
    ) {
        assert!(to.len() == rows.len() * columns, "no room for the rows");
        let row = |number: u32| {
            let start = number as usize * columns;
            &x[start..start + columns]
        };
        let worth = Worth::of(FAR * to.len());
        let to = Cut::new(to);
        self.crew.share(worth, &|piece| {
            let numbers = &rows[piece.share_of(rows.len())];
            let to = to.rows(piece, columns);
            let rows = to.chunks_exact_mut(columns.max(1));
            for (i, (to, number)) in rows.zip(numbers).enumerate() {
                if let Some(next) = numbers.get(i + 1) {
                    fetch(row(*next).as_ptr(), columns);
                }
                to.copy_from_slice(row(*number));
            }
        });
    }
}
