//! A slice that several threads write, each its own part.
#![expect(
    unsafe_code,
    reason = "the parts of a slice are handed out by number, where \
              `chunks_mut` would have to hand them out in a row"
)]

use crate::kernel::crew::Piece;
use std::marker::PhantomData;
use std::ops::Range;

/// A slice to be written in pieces.
#[derive(Debug)]
pub struct Cut<'a, T> {
    start: *mut T,
    len: usize,
    life: PhantomData<&'a mut [T]>,
}

// SAFETY: threads get different parts, as if of `chunks_mut`.
unsafe impl<T: Send> Sync for Cut<'_, T> {}

impl<'a, T> Cut<'a, T> {
    /// To be written by pieces of work.
    pub fn new(slice: &'a mut [T]) -> Self {
        let (start, len) = (slice.as_mut_ptr(), slice.len());
        Cut { start, len, life: PhantomData }
    }

    /// The part of a piece of work, for that piece alone.
    #[inline(always)]
    pub fn part(&self, piece: Piece) -> &mut [T] {
        self.range(piece.share_of(self.len))
    }

    /// The rows of a piece, of a matrix with so many columns.
    #[inline(always)]
    pub fn rows(&self, piece: Piece, columns: usize) -> &mut [T] {
        let rows = piece.share_of(self.len / columns.max(1));
        self.range(rows.start * columns..rows.end * columns)
    }

    /// The rows of a piece that gets whole groups of so many rows.
    #[inline(always)]
    pub fn groups(
        &self,
        piece: Piece,
        columns: usize,
        group: usize,
    ) -> &mut [T] {
        let rows = self.len / columns.max(1);
        let groups = piece.share_of(rows.div_ceil(group));
        let place = |at: usize| (at * group).min(rows) * columns;
        self.range(place(groups.start)..place(groups.end))
    }

    /// The numbered one of stretches of so many.
    #[inline(always)]
    pub fn stretch(&self, number: usize, size: usize) -> &mut [T] {
        self.range(number * size..(number + 1) * size)
    }

    /// A stretch that no other piece asks for.
    #[inline(always)]
    pub fn between(&self, range: Range<usize>) -> &mut [T] {
        self.range(range)
    }

    /// The whole slice again, when the work is done.
    pub fn into_inner(self) -> &'a mut [T] {
        // SAFETY: `self` is the only one that has it, and no part lives.
        unsafe { std::slice::from_raw_parts_mut(self.start, self.len) }
    }

    #[inline(always)]
    #[expect(
        clippy::mut_from_ref,
        reason = "every piece of a work is done once, and the parts of two \
                  pieces have nothing in common"
    )]
    fn range(&self, range: Range<usize>) -> &mut [T] {
        assert!(range.start <= range.end && range.end <= self.len);
        // SAFETY: inside the slice, and no other piece has these numbers.
        unsafe {
            std::slice::from_raw_parts_mut(
                self.start.add(range.start),
                range.len(),
            )
        }
    }
}
