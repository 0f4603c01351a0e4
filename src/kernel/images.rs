//! The products of a convolution, sixteen pictures at a time.
//!
//! A window of `side × side` pixels slides over *wide* pictures; every
//! stop is a pixel of *narrow* ones:
//!
//! ```text
//! gather    narrow[n, y, x] = Σ over c, dy, dx of
//!               kernel[n, c, dy, dx] · wide[c, y s + dy - p, x s + dx - p]
//! scatter   the way back: wide from narrow
//! blame     the gradient of the kernels
//! ```
//!
//! Pictures are turned so that the same pixel of all pictures of a group
//! is one vector: then a convolution is nothing but multiply-adds of whole
//! vectors, whatever the window. A border of zeros spares asking whether a
//! window hangs over the edge.

use crate::kernel::blaming::Blame;
use crate::kernel::crew::Piece;
use crate::kernel::crew::Worth;
use crate::kernel::cut::Cut;
use crate::kernel::number::Number;
use crate::kernel::passes::Hands;
use crate::kernel::sliding::Gather;
use crate::kernel::sliding::Scatter;

/// A window over pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Geometry {
    /// Channels, lines and columns of a wide picture.
    pub wide: [usize; 3],
    /// Channels, lines and columns of a narrow picture.
    pub narrow: [usize; 3],
    /// The window's side.
    pub side: usize,
    /// Pixels from stop to stop.
    pub stride: usize,
    /// Zeros above and at the left of a wide picture.
    pub before: [usize; 2],
}

impl Geometry {
    /// Numbers in a wide picture.
    pub fn wide_len(&self) -> usize {
        self.wide.iter().product()
    }

    /// Numbers in a narrow picture.
    pub fn narrow_len(&self) -> usize {
        self.narrow.iter().product()
    }

    /// Weights of one kernel.
    pub fn sees(&self) -> usize {
        self.wide[0] * self.side * self.side
    }

    /// Channels, lines and columns of a wide picture with its border.
    pub fn framed_wide(&self) -> [usize; 3] {
        let size = |axis: usize| {
            let size = self.wide[axis] + self.before[axis - 1];
            let stops = self.narrow[axis].max(1);
            size.max((stops - 1) * self.stride + self.side)
        };
        [self.wide[0], size(1), size(2)]
    }

    /// Zeros around a narrow picture: as many stops as see one pixel.
    pub fn margin(&self) -> usize {
        self.side.div_ceil(self.stride)
    }

    /// Channels, lines and columns of a narrow picture with its margin,
    /// large enough for every stop that a pixel of a wide picture might
    /// belong to.
    pub fn framed_narrow(&self) -> [usize; 3] {
        let size = |axis: usize| {
            let end = self.wide[axis] + self.before[axis - 1];
            let stops = self.narrow[axis].max(end.div_ceil(self.stride));
            stops + 2 * self.margin()
        };
        [self.narrow[0], size(1), size(2)]
    }

    /// Numbers of paper for a piece of work.
    fn paper(&self) -> usize {
        let wide: usize = self.framed_wide().iter().product();
        let narrow: usize = self.framed_narrow().iter().product();
        LANES * (wide + narrow + 1)
    }
}

/// The widest vector: so many pictures at most are turned at once.
const LANES: usize = 16;

/// Paper for a call: as much as [`Hands::image_paper`] says.
pub type Paper<'a, T> = &'a mut [T];

impl Hands<'_> {
    /// Numbers of paper that a call needs for so many pictures.
    pub fn image_paper(&self, of: &Geometry, pictures: usize) -> usize {
        let pieces = self.crew.hands(worth(of, pictures));
        let kernels = of.narrow[0] * of.sees();
        pieces * of.paper() + pictures.div_ceil(8) * kernels
    }

    /// `narrow` from `wide`; all slices are pictures one after the other,
    /// and kernels `[narrow channels, sees]`.
    ///
    /// # Panics
    ///
    /// When the sizes differ.
    pub fn gather<T: Number>(
        &mut self,
        of: &Geometry,
        kernels: &[T],
        (wide, narrow): (&[T], &mut [T]),
        paper: Paper<T>,
    ) {
        let count = self.check(of, kernels, wide.len(), narrow.len());
        let (level, size) = (self.level, of.paper());
        let (narrow, paper) = (Cut::new(narrow), Cut::new(paper));
        self.crew.share(worth(of, count), &|piece| {
            let Some(piece) = piece.for_thread() else { return };
            level.run(Gather {
                of,
                kernels,
                wide: part(wide, of.wide_len(), count, piece),
                narrow: narrow.groups(piece, of.narrow_len(), LANES),
                paper: paper.stretch(piece.index, size),
            });
        });
    }

    /// `wide` from `narrow`.
    ///
    /// # Panics
    ///
    /// When the sizes differ.
    pub fn scatter<T: Number>(
        &mut self,
        of: &Geometry,
        kernels: &[T],
        (narrow, wide): (&[T], &mut [T]),
        paper: Paper<T>,
    ) {
        let count = self.check(of, kernels, wide.len(), narrow.len());
        let (level, size) = (self.level, of.paper());
        let (wide, paper) = (Cut::new(wide), Cut::new(paper));
        self.crew.share(worth(of, count), &|piece| {
            let Some(piece) = piece.for_thread() else { return };
            level.run(Scatter {
                of,
                kernels,
                narrow: part(narrow, of.narrow_len(), count, piece),
                wide: wide.groups(piece, of.wide_len(), LANES),
                paper: paper.stretch(piece.index, size),
            });
        });
    }

    /// The gradient of the kernels.
    ///
    /// # Panics
    ///
    /// When the sizes differ.
    pub fn blame_kernels<T: Number>(
        &mut self,
        of: &Geometry,
        (wide, narrow): (&[T], &[T]),
        kernels: &mut [T],
        paper: Paper<T>,
    ) {
        let count = self.check(of, kernels, wide.len(), narrow.len());
        let (level, size) = (self.level, of.paper());
        let pieces = self.crew.hands(worth(of, count));
        // Every eight or sixteen pictures have sums of their own, which
        // are added up in order.
        let (sums, paper) = paper.split_at_mut(paper.len() - pieces * size);
        let groups = count.div_ceil(LANES);
        let sums = &mut sums[..groups * kernels.len()];
        sums.fill(T::zero());
        let each = kernels.len();
        let (all, paper) = (Cut::new(sums), Cut::new(paper));
        self.crew.share(worth(of, count), &|piece| {
            let Some(piece) = piece.for_thread() else { return };
            level.run(Blame {
                of,
                wide: part(wide, of.wide_len(), count, piece),
                narrow: part(narrow, of.narrow_len(), count, piece),
                sums: all.rows(piece, each),
                paper: paper.stretch(piece.index, size),
            });
        });
        kernels.fill(T::zero());
        for sums in all.into_inner().chunks_exact(each) {
            for (sum, more) in kernels.iter_mut().zip(sums) {
                *sum += *more;
            }
        }
    }

    /// Checks all sizes; returns how many pictures there are.
    fn check<T: Number>(
        &self,
        of: &Geometry,
        kernels: &[T],
        wide: usize,
        narrow: usize,
    ) -> usize {
        let count = wide / of.wide_len().max(1);
        assert!(wide == count * of.wide_len(), "no whole wide pictures");
        assert!(narrow == count * of.narrow_len(), "no such narrow ones");
        assert!(kernels.len() == of.narrow[0] * of.sees(), "kernels");
        count
    }
}

fn worth(of: &Geometry, pictures: usize) -> Worth {
    Worth::of(pictures * of.narrow_len() * of.sees() / 16)
}

/// The pictures of a piece: whole groups of them.
fn part<T>(all: &[T], len: usize, count: usize, piece: Piece) -> &[T] {
    let groups = piece.share_of(count.div_ceil(LANES));
    let (from, to) = (groups.start * LANES, groups.end * LANES);
    &all[from.min(count) * len..to.min(count) * len]
}
