//! The products of a convolution, for a group of sixteen pictures.
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
//! Pictures are the columns of [sheets](super::turned): then a convolution
//! is nothing but multiply-adds of whole vectors, whatever the window. A
//! group goes through a whole network before the next one comes, so that
//! what it needs stays in the cache; several threads take a group each.

use crate::kernel::blaming::Blame;
use crate::kernel::curve::Curve;
use crate::kernel::number::Number;
use crate::kernel::passes::Hands;
use crate::kernel::reach::Axis;
use crate::kernel::reach::Way;
use crate::kernel::sheet_sums::SheetSums;
use crate::kernel::sliding::Slide;
use crate::kernel::turned::TurnIn;
use crate::kernel::turned::TurnOut;

/// Pictures of a group: the columns of a sheet.
pub const GROUP: usize = 16;

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

/// What becomes of every sum before it is written.
#[derive(Debug, Clone, Copy)]
pub struct After<'a, T> {
    pub(super) then: Then<'a, T>,
    pub(super) curve: Curve,
}

/// With what a curve is asked.
#[derive(Debug, Clone, Copy)]
pub(super) enum Then<'a, T> {
    Nothing,
    Bend(&'a [T]),
    Slope(&'a [T]),
}

impl<'a, T> After<'a, T> {
    /// It stays as it is.
    pub fn nothing() -> Self {
        After { then: Then::Nothing, curve: Curve::Linear }
    }

    /// `s(sum + bias)`, one bias per channel.
    pub fn bend(bias: &'a [T], curve: Curve) -> Self {
        After { then: Then::Bend(bias), curve }
    }

    /// `sum · s'`, the slope where the answer was `y`; a sheet of them.
    pub fn slope(y: &'a [T], curve: Curve) -> Self {
        After { then: Then::Slope(y), curve }
    }
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

    /// Numbers of paper that a product needs for a group.
    pub fn paper(&self) -> usize {
        let channels = self.wide[0].max(self.narrow[0]);
        (self.narrow[0] * self.sees() + channels) * GROUP
    }

    fn axis(&self, axis: usize, way: Way) -> Axis {
        let (side, stride) = (self.side, self.stride);
        let before = self.before[axis - 1];
        let (wide, narrow) = (self.wide[axis], self.narrow[axis]);
        let (outputs, inputs) = match way {
            Way::Gather => (narrow, wide),
            Way::Scatter => (wide, narrow),
        };
        Axis { outputs, inputs, side, stride, before, way }
    }
}

/// Kernels `[narrow channels, sees]`, and what becomes of the sums.
#[derive(Debug, Clone, Copy)]
pub struct Kernels<'a, T> {
    /// One kernel after the other.
    pub weights: &'a [T],
    /// What becomes of the sums.
    pub after: After<'a, T>,
}

impl Hands<'_> {
    /// A sheet of `narrow` from one of `wide`.
    ///
    /// # Panics
    ///
    /// When the sizes differ.
    pub fn gather<T: Number>(
        &mut self,
        of: &Geometry,
        kernels: Kernels<T>,
        (wide, narrow): (&[T], &mut [T]),
        paper: &mut [T],
    ) {
        check(of, kernels.weights.len(), wide.len(), narrow.len());
        self.level.run(Slide {
            rows: of.axis(1, Way::Gather),
            columns: of.axis(2, Way::Gather),
            channels: [of.wide[0], of.narrow[0]],
            steps: [of.side * of.side, of.sees()],
            kernels,
            from: wide,
            to: narrow,
            paper,
        });
    }

    /// A sheet of `wide` from one of `narrow`.
    ///
    /// # Panics
    ///
    /// When the sizes differ.
    pub fn scatter<T: Number>(
        &mut self,
        of: &Geometry,
        kernels: Kernels<T>,
        (narrow, wide): (&[T], &mut [T]),
        paper: &mut [T],
    ) {
        check(of, kernels.weights.len(), wide.len(), narrow.len());
        self.level.run(Slide {
            rows: of.axis(1, Way::Scatter),
            columns: of.axis(2, Way::Scatter),
            channels: [of.narrow[0], of.wide[0]],
            steps: [of.sees(), of.side * of.side],
            kernels,
            from: narrow,
            to: wide,
            paper,
        });
    }

    /// The gradient of the kernels, from two sheets.
    ///
    /// # Panics
    ///
    /// When the sizes differ.
    pub fn blame_kernels<T: Number>(
        &mut self,
        of: &Geometry,
        (wide, narrow): (&[T], &[T]),
        kernels: &mut [T],
        paper: &mut [T],
    ) {
        check(of, kernels.len(), wide.len(), narrow.len());
        self.level.run(Blame { of, wide, narrow, kernels, paper });
    }

    /// Adds up every channel of a sheet, over all pixels and pictures.
    ///
    /// # Panics
    ///
    /// When the sheet has no whole pixels.
    pub fn sheet_sums<T: Number>(&mut self, sheet: &[T], sums: &mut [T]) {
        let pixel = (sums.len() * GROUP).max(1);
        assert!(sheet.len().is_multiple_of(pixel), "no whole pixels");
        self.level.run(SheetSums { sheet, sums });
    }

    /// Makes a sheet of up to [`GROUP`] pictures with so many channels;
    /// missing ones become zeros.
    ///
    /// # Panics
    ///
    /// When the sizes differ.
    pub fn turn_in<T: Number>(
        &mut self,
        channels: usize,
        pictures: &[T],
        sheet: &mut [T],
    ) {
        let size = check_turn(channels, pictures.len(), sheet.len());
        self.level.run(TurnIn { channels, size, pictures, sheet });
    }

    /// Makes pictures of a sheet, as many as there is room for.
    ///
    /// # Panics
    ///
    /// When the sizes differ.
    pub fn turn_out<T: Number>(
        &mut self,
        channels: usize,
        sheet: &[T],
        pictures: &mut [T],
    ) {
        let size = check_turn(channels, pictures.len(), sheet.len());
        self.level.run(TurnOut { channels, size, sheet, pictures });
    }
}

fn check(of: &Geometry, kernels: usize, wide: usize, narrow: usize) {
    assert!(wide == GROUP * of.wide_len(), "no sheet of wide pictures");
    assert!(narrow == GROUP * of.narrow_len(), "no sheet of narrow ones");
    assert!(kernels == of.narrow[0] * of.sees(), "kernels");
}

/// Numbers of one picture.
fn check_turn(channels: usize, pictures: usize, sheet: usize) -> usize {
    let size = sheet / GROUP;
    assert!(size * GROUP == sheet, "no whole sheet");
    assert!(channels > 0 && size.is_multiple_of(channels), "channels");
    assert!(pictures <= sheet, "more pictures than a sheet has columns");
    assert!(pictures.is_multiple_of(size.max(1)), "no whole pictures");
    size
}
