//! Sheets: a group of pictures turned so that each is a column.
//!
//! ```text
//! pictures   [count, channels · height · width]
//! sheet      [height · width · channels, 16]
//! ```
//!
//! A row of a sheet is one number of all pictures: a vector. Channels lie
//! side by side, so that what a window sees in a line is one run of rows.

use crate::kernel::images::GROUP;
use crate::kernel::level::Job;
use crate::kernel::number::Number;
use crate::kernel::pack::padded;

/// Makes a sheet of up to [`GROUP`] pictures; missing ones are zeros.
pub struct TurnIn<'a, T> {
    /// Channels of a picture.
    pub channels: usize,
    /// Numbers of a picture.
    pub size: usize,
    /// `[count, size]`
    pub pictures: &'a [T],
    /// `[size, GROUP]`
    pub sheet: &'a mut [T],
}

/// Makes pictures of a sheet, as many as there is room for.
pub struct TurnOut<'a, T> {
    /// Channels of a picture.
    pub channels: usize,
    /// Numbers of a picture.
    pub size: usize,
    /// `[size, GROUP]`
    pub sheet: &'a [T],
    /// `[count, size]`
    pub pictures: &'a mut [T],
}

impl<T: Number> Job for TurnIn<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let TurnIn { channels, size, pictures, sheet } = self;
        each_run::<N>(channels, size, |[lane, channel], from, width| {
            let mut square = [[T::zero(); N]; N];
            let group = pictures.chunks_exact(size).skip(lane);
            for (row, picture) in square.iter_mut().zip(group) {
                *row = padded(&picture[from..from + width]);
            }
            let square = T::transposed(square);
            let pixel = from - channel * (size / channels);
            for (n, row) in square.iter().take(width).enumerate() {
                let place = (pixel + n) * channels + channel;
                let to = &mut sheet[place * GROUP + lane..][..N];
                to.copy_from_slice(row);
            }
        });
    }
}

impl<T: Number> Job for TurnOut<'_, T> {
    type Answer = ();

    #[inline(always)]
    fn run<const N: usize, const FUSED: bool>(self) {
        let TurnOut { channels, size, sheet, pictures } = self;
        each_run::<N>(channels, size, |[lane, channel], from, width| {
            let mut square = [[T::zero(); N]; N];
            let pixel = from - channel * (size / channels);
            for (n, row) in square.iter_mut().take(width).enumerate() {
                let place = (pixel + n) * channels + channel;
                *row = padded(&sheet[place * GROUP + lane..][..N]);
            }
            let square = T::transposed(square);
            let group = pictures.chunks_exact_mut(size).skip(lane);
            for (row, picture) in square.iter().zip(group) {
                let to = &mut picture[from..from + width];
                match <&mut [T; N]>::try_from(&mut *to) {
                    Ok(to) => *to = *row,
                    Err(_) => to.copy_from_slice(&row[..width]),
                }
            }
        });
    }
}

/// Visits runs of up to `N` pixels of a channel, for every `N` pictures:
/// the first picture and the channel, the first number, and how many.
#[inline(always)]
fn each_run<const N: usize>(
    channels: usize,
    size: usize,
    mut visit: impl FnMut([usize; 2], usize, usize),
) {
    if size == 0 {
        return;
    }
    let area = size / channels;
    for lane in (0..GROUP).step_by(N) {
        for channel in 0..channels {
            for from in (0..area).step_by(N) {
                let width = N.min(area - from);
                visit([lane, channel], channel * area + from, width);
            }
        }
    }
}
