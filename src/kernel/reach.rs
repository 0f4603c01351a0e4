//! Reach: which inputs an output adds up, along one side of a picture.
//!
//! ```text
//! gather    output o sees inputs   o s - p + d          d = 0, 1, ..
//! scatter   output o was seen by   (o + p - d) / s      where that is whole
//! ```
//!
//! Both are a run of neighboring inputs, each with a place `d` of the
//! window. When scattering, outputs whose `o + p` leaves the same rest by
//! `s` meet the same places: they are a *phase*, and the larger `d`, the
//! lower the input. So with the places in the order of [`Axis::place`] a
//! run of inputs meets a run of weights, whichever way it goes.

use std::ops::Range;

/// A side of the pictures.
#[derive(Debug, Clone, Copy)]
pub struct Axis {
    /// Pixels that are written.
    pub outputs: usize,
    /// Pixels that are read.
    pub inputs: usize,
    /// The window's side.
    pub side: usize,
    /// Wide pixels from stop to stop.
    pub stride: usize,
    /// Zeros before the wide picture.
    pub before: usize,
    /// Which of the pictures is read.
    pub way: Way,
}

/// Which of the pictures is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The wide one.
    Gather,
    /// The narrow one.
    Scatter,
}

/// The run of an output, as if pictures had no end.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    /// The first input, maybe before the picture.
    pub origin: isize,
    /// The first place, in the order of the axis.
    pub first: usize,
    /// How many inputs.
    pub taps: usize,
}

impl Reach {
    /// The taps whose inputs are in a picture of so many.
    #[inline(always)]
    pub fn inside(self, inputs: usize) -> Range<usize> {
        let from = (-self.origin).max(0);
        let to = (inputs as isize - self.origin).min(self.taps as isize);
        from as usize..to.max(from) as usize
    }
}

impl Axis {
    /// The run of an output.
    #[inline(always)]
    pub fn reach(&self, output: usize) -> Reach {
        let Axis { side, stride, before, way, .. } = *self;
        if way == Way::Gather {
            let origin = (output * stride) as isize - before as isize;
            return Reach { origin, first: 0, taps: side };
        }
        let (stop, phase) =
            ((output + before) / stride, (output + before) % stride);
        let taps = self.taps(phase);
        let first = (0..phase).map(|other| self.taps(other)).sum();
        let origin = stop as isize + 1 - taps as isize;
        Reach { origin, first, taps }
    }

    /// From an output to the next one of its phase, and how far its run is
    /// from the other's.
    #[inline(always)]
    pub fn steps(&self) -> [usize; 2] {
        match self.way {
            Way::Gather => [1, self.stride],
            Way::Scatter => [self.stride, 1],
        }
    }

    /// The place of the window that comes at this position.
    #[inline(always)]
    pub fn place(&self, position: usize) -> usize {
        if self.way == Way::Gather {
            return position;
        }
        let (mut phase, mut rest) = (0, position);
        while rest >= self.taps(phase) {
            rest -= self.taps(phase);
            phase += 1;
        }
        phase + (self.taps(phase) - 1 - rest) * self.stride
    }

    /// Places of the window that a phase meets.
    #[inline(always)]
    fn taps(&self, phase: usize) -> usize {
        self.side.saturating_sub(phase).div_ceil(self.stride)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_pixels_meets_at_its_place() {
        let (wide, narrow, before) = (9, 5, 1);
        for (side, stride) in [(3, 1), (3, 2), (5, 2), (1, 2), (4, 3)] {
            let sizes = [(narrow, wide), (wide, narrow)];
            let ways = [Way::Gather, Way::Scatter];
            let [there, back] = [0, 1].map(|n| {
                let (outputs, inputs) = sizes[n];
                let way = ways[n];
                let axis =
                    Axis { outputs, inputs, side, stride, before, way };
                let mut all = Vec::new();
                for output in 0..outputs {
                    let reach = axis.reach(output);
                    for tap in reach.inside(inputs) {
                        let input = reach.origin + tap as isize;
                        let place = axis.place(reach.first + tap);
                        all.push([output, input as usize, place]);
                    }
                }
                all
            });
            let mut turned: Vec<_> =
                back.iter().map(|&[w, n, d]| [n, w, d]).collect();
            turned.sort_unstable();
            assert_eq!(there, turned, "side {side}, stride {stride}");
            for [n, w, d] in there {
                assert_eq!(n * stride + d, w + before);
            }
        }
    }
}
