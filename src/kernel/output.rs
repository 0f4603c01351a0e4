//! The matrix that the tiles of a product are written to.
#![expect(
    unsafe_code,
    reason = "threads write different tiles of one matrix, whose rows are \
              not each in one piece"
)]

use crate::kernel::number::Number;
use crate::kernel::tile::Place;
use std::marker::PhantomData;

/// A matrix that is written, row after row, by several threads.
pub(super) struct Output<'a, T> {
    start: *mut T,
    pub(super) rows: usize,
    pub(super) columns: usize,
    life: PhantomData<&'a mut T>,
}

// SAFETY: no two pieces of a product write the same tile.
unsafe impl<T: Send> Sync for Output<'_, T> {}

/// Where a tile is, and how many of its columns count.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) width: usize,
}

impl<'a, T: Number> Output<'a, T> {
    /// To be written; at least one column.
    pub(super) fn new(c: &'a mut [T], columns: usize) -> Self {
        let (start, rows) = (c.as_mut_ptr(), c.len() / columns);
        Output { start, rows, columns, life: PhantomData }
    }

    /// A row of a tile.
    #[inline(always)]
    #[expect(clippy::mut_from_ref, reason = "no two tiles overlap")]
    pub(super) fn row(&self, spot: Spot) -> &mut [T] {
        let Spot { row, column, width } = spot;
        assert!(row < self.rows && column + width <= self.columns);
        // SAFETY: inside, and nobody else writes or reads this tile now.
        unsafe {
            let start = self.start.add(row * self.columns + column);
            std::slice::from_raw_parts_mut(start, width)
        }
    }

    /// A tile of so many rows.
    #[inline(always)]
    pub(super) fn place(&self, spot: Spot, height: usize) -> Place<T> {
        assert!(spot.row + height <= self.rows);
        assert!(spot.column + spot.width <= self.columns);
        let place = spot.row * self.columns + spot.column;
        let start = self.start.wrapping_add(place);
        Place { start, row: self.columns }
    }

    /// Asks for a row of a tile to be brought near: a hint.
    #[inline(always)]
    pub(super) fn fetch(&self, spot: Spot) {
        let place = spot.row * self.columns + spot.column;
        fetch(self.start.wrapping_add(place), spot.width);
    }
}

/// Asks for numbers to be brought to the second-level cache: a hint.
#[inline(always)]
pub(super) fn fetch<T>(start: *const T, count: usize) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::_MM_HINT_T1;
        use std::arch::x86_64::_mm_prefetch;
        for at in (0..count).step_by(64 / size_of::<T>()) {
            let place = start.wrapping_add(at).cast();
            // SAFETY: a hint reads nothing, wherever it points.
            unsafe { _mm_prefetch::<_MM_HINT_T1>(place) };
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (start, count);
}
