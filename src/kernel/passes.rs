//! Passes: the same small calculation for every number of a matrix.
//!
//! Each is a plain loop, compiled for every level, cut into pieces where
//! it is long enough for several threads.

use crate::kernel::crew::Crew;
use crate::kernel::crew::Piece;
use crate::kernel::crew::Worth;
use crate::kernel::curve::Curve;
use crate::kernel::cut::Cut;
use crate::kernel::level::Job;
use crate::kernel::level::Level;
use crate::kernel::number::Number;

/// Who does a pass.
#[derive(Debug)]
pub struct Hands<'a> {
    /// With what instructions.
    pub level: Level,
    /// With which threads.
    pub crew: &'a mut Crew,
}

impl Hands<'_> {
    /// Bends every number, see [`Curve::bend`].
    pub fn bend<T: Number>(&mut self, curve: Curve, numbers: &mut [T]) {
        if curve == Curve::Linear {
            return;
        }
        let (level, worth) = (self.level, Worth::of(numbers.len()));
        let numbers = Cut::new(numbers);
        self.crew.share(worth, &|piece| {
            level.run(Bend { curve, numbers: numbers.part(piece) });
        });
    }

    /// Multiplies blame by slopes, see [`Curve::unbend`].
    pub fn unbend<T: Number>(
        &mut self,
        curve: Curve,
        y: &[T],
        dy: &mut [T],
    ) {
        assert!(y.len() == dy.len(), "outputs and blame differ in size");
        if curve == Curve::Linear {
            return;
        }
        let (level, worth) = (self.level, Worth::of(y.len()));
        let dy = Cut::new(dy);
        self.crew.share(worth, &|piece| {
            let y = &y[piece.share_of(y.len())];
            level.run(Unbend { curve, y, dy: dy.part(piece) });
        });
    }

    /// `sums[j] = Σ over the rows i of x[i, j]`.
    pub fn column_sums<T: Number>(&mut self, x: &[T], sums: &mut [T]) {
        let columns = sums.len().max(1);
        assert!(x.len().is_multiple_of(columns), "no whole number of rows");
        let (level, worth) = (self.level, Worth::of(x.len()));
        let sums = Cut::new(sums);
        self.crew.share(worth, &|piece| {
            let sums = sums.part(piece);
            level.run(ColumnSums { x, columns, piece, sums });
        });
    }

    /// Adds one number per channel to pictures of so many numbers, and
    /// bends the sums.
    pub fn channels<T: Number>(
        &mut self,
        (bias, curve): (&[T], Curve),
        pictures: &mut [T],
        size: usize,
    ) {
        let area = (size / bias.len().max(1)).max(1);
        assert!(area * bias.len() == size, "no whole channels");
        let (level, worth) = (self.level, Worth::of(2 * pictures.len()));
        let pictures = Cut::new(pictures);
        self.crew.share(worth, &|piece| {
            let pictures = pictures.rows(piece, size);
            level.run(Channels { bias, curve, area, pictures });
        });
    }

    /// Sums of every channel, over all pixels and pictures.
    pub fn channel_sums<T: Number>(
        &mut self,
        pictures: &[T],
        size: usize,
        sums: &mut [T],
    ) {
        let area = (size / sums.len().max(1)).max(1);
        assert!(area * sums.len() == size, "no whole channels");
        let (level, worth) = (self.level, Worth::of(pictures.len()));
        let sums = Cut::new(sums);
        self.crew.share(worth, &|piece| {
            let first = piece.share_of(size / area).start;
            let sums = sums.part(piece);
            level.run(ChannelSums { pictures, size, first, area, sums });
        });
    }

    /// `y ← y + a x`.
    pub fn add_scaled<T: Number>(&mut self, y: &mut [T], a: T, x: &[T]) {
        assert!(x.len() == y.len(), "the summands differ in size");
        let (level, worth) = (self.level, Worth::of(y.len()));
        let y = Cut::new(y);
        self.crew.share(worth, &|piece| {
            let x = &x[piece.share_of(x.len())];
            level.run(AddScaled { y: y.part(piece), a, x });
        });
    }
}

struct Bend<'a, T> {
    curve: Curve,
    numbers: &'a mut [T],
}

impl<T: Number> Job for Bend<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        self.curve.bend::<T, FUSED>(self.numbers);
    }
}

struct Unbend<'a, T> {
    curve: Curve,
    y: &'a [T],
    dy: &'a mut [T],
}

impl<T: Number> Job for Unbend<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        self.curve.unbend(self.y, self.dy);
    }
}

struct ColumnSums<'a, T> {
    x: &'a [T],
    columns: usize,
    piece: Piece,
    sums: &'a mut [T],
}

impl<T: Number> Job for ColumnSums<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        self.sums.fill(T::zero());
        let part = self.piece.share_of(self.columns);
        for row in self.x.chunks_exact(self.columns) {
            for (sum, x) in self.sums.iter_mut().zip(&row[part.clone()]) {
                *sum += *x;
            }
        }
    }
}

struct Channels<'a, T> {
    bias: &'a [T],
    curve: Curve,
    area: usize,
    pictures: &'a mut [T],
}

impl<T: Number> Job for Channels<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let all = self.pictures.chunks_exact_mut(self.area);
        for (channel, bias) in all.zip(self.bias.iter().cycle()) {
            channel.iter_mut().for_each(|z| *z += *bias);
            self.curve.bend::<T, FUSED>(channel);
        }
    }
}

struct ChannelSums<'a, T> {
    pictures: &'a [T],
    size: usize,
    first: usize,
    area: usize,
    sums: &'a mut [T],
}

impl<T: Number> Job for ChannelSums<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let ChannelSums { pictures, size, first, area, sums } = self;
        sums.fill(T::zero());
        for picture in pictures.chunks_exact(size) {
            let channels = picture[first * area..].chunks_exact(area);
            for (sum, channel) in sums.iter_mut().zip(channels) {
                let mut lanes = [T::zero(); N];
                for vector in channel.chunks(N) {
                    for (lane, z) in lanes.iter_mut().zip(vector) {
                        *lane += *z;
                    }
                }
                *sum += lanes.into_iter().sum();
            }
        }
    }
}

struct AddScaled<'a, T> {
    y: &'a mut [T],
    a: T,
    x: &'a [T],
}

impl<T: Number> Job for AddScaled<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        for (y, x) in self.y.iter_mut().zip(self.x) {
            *y = self.a.times_plus::<FUSED>(*x, *y);
        }
    }
}
