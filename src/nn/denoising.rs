//! Denoising: learn to undo damage.
//!
//! ```text
//! x ──damage──> x̃ ──encoder──> code ──decoder──> x̂      target: x
//! ```
//!
//! The network never sees the clean example, only hears about it. Copying
//! does not help, so it must learn what examples look like: which pixels
//! go together, where the data are (Vincent et al., 2008 and 2010).
//!
//! A damaged number is harder to restore than one that can be read off.
//! The *emphasized* loss lets the others count less:
//!
//! ```text
//! L = 1/(N D) (Σ over touched l(y, x)  +  β Σ over untouched l(y, x))
//! ```
//!
//! β = 1 is the plain loss; with β = 0 only what was damaged counts.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::loss::Loss;
use ndarray::Zip;
use serde::Deserialize;
use serde::Serialize;

/// What shall come out when a damaged example goes in.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize,
)]
pub enum Target {
    /// The example as it was: denoising.
    #[default]
    Clean,
    /// The damaged example: a mistake worth seeing. Whoever is praised for
    /// restoring noise learns to restore noise.
    Noisy,
}

impl Loss {
    /// The mean loss of `output` and `target` in which untouched numbers
    /// count `beta` times, and its derivative by every output.
    ///
    /// All matrices are `[batch, features]`; `touched` is 1 or 0.
    pub fn emphasized(
        self,
        output: &Matrix,
        target: &Matrix,
        (touched, beta): (&Matrix, Real),
        desk: &mut Desk,
    ) -> (Real, Matrix) {
        let (mean, mut slopes) =
            self.mean_and_gradient(output, target, desk);
        if beta == 1.0 {
            return (mean, slopes);
        }
        let mut sum = 0.0;
        let numbers =
            Zip::from(&mut slopes).and(output).and(target).and(touched);
        numbers.for_each(|slope, &y, &x, &touched| {
            let weight = touched + beta * (1.0 - touched);
            sum += weight * self.of(y, x);
            *slope *= weight;
        });
        (sum / output.len() as Real, slopes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    /// The first of two numbers was touched; both are wrong, by 2 and 4.
    fn emphasized(beta: Real) -> (Real, Matrix) {
        let (y, x) = (array![[3.0, 4.0]], array![[1.0, 0.0]]);
        let touched = array![[1.0, 0.0]];
        let desk = &mut Desk::new();
        Loss::SquaredError.emphasized(&y, &x, (&touched, beta), desk)
    }

    #[test]
    fn two_numbers_by_hand() {
        // (2² + ½ 4²) / 2 = 6, slopes 2·2 / 2 and ½ 2·4 / 2.
        assert_eq!(emphasized(0.5), (6.0, array![[2.0, 2.0]]));
        // All alike: (2² + 4²) / 2 = 10.
        assert_eq!(emphasized(1.0), (10.0, array![[2.0, 4.0]]));
    }

    #[test]
    fn without_weight_untouched_numbers_get_no_blame_at_all() {
        assert_eq!(emphasized(0.0), (2.0, array![[2.0, 0.0]]));
    }
}
