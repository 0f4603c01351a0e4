//! Sparse codes: few units speak at a time.
//!
//! A code may have more units than the input has numbers, if most of them
//! are silent for most examples. Two ways to make talking expensive, with
//! `h` the code, `[N, K]`:
//!
//! ```text
//! L1   λ 1/N Σ over examples, Σ over units, |h|
//!
//! KL   β Σ over units, KL(ρ ‖ q),      q = 1/N Σ over examples, h
//!      KL(ρ ‖ q) = ρ ln(ρ/q) + (1-ρ) ln((1-ρ)/(1-q))
//! ```
//!
//! `q` is how active a unit is on average, `ρ` how active it should be;
//! KL is 0 where they agree. Both are sums over units, not means, as in
//! the Stanford tutorial on sparse autoencoders (Ng, 2011). KL reads the
//! code as a probability: sigmoids between 0 and 1, tanh moved there by
//! `(h + 1) / 2`.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::dense::column_sums;
use crate::nn::desk::Desk;
use serde::Deserialize;
use serde::Serialize;

/// No mean activity counts as closer to 0 or 1 than this: KL is infinite
/// there.
const EDGE: Real = 1e-6;

/// What keeps most units silent.
#[derive(
    Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize,
)]
pub enum Sparsity {
    /// Nothing.
    #[default]
    None,
    /// A price for a mean activity other than `target`.
    Kl {
        /// The mean activity `ρ` that costs nothing, between 0 and 1.
        target: Real,
        /// The price `β`.
        weight: Real,
    },
    /// A price for all activity.
    L1 {
        /// The price `λ`.
        weight: Real,
    },
    /// A competition; see [`k_sparse`](crate::nn::k_sparse).
    KSparse {
        /// How many units of every code may speak, `k`.
        active: usize,
    },
}

impl Sparsity {
    /// Whether this can judge a code bent by `s`: only KL is choosy.
    pub fn fits(self, s: Activation) -> bool {
        let bounded = matches!(s, Activation::Sigmoid | Activation::Tanh);
        bounded || !matches!(self, Sparsity::Kl { .. })
    }

    /// What a code `[batch, units]` costs whose sums were bent by `s`.
    pub fn penalty(
        self,
        code: &Matrix,
        s: Activation,
        desk: &mut Desk,
    ) -> Real {
        match self {
            Sparsity::None | Sparsity::KSparse { .. } => 0.0,
            Sparsity::L1 { weight } => {
                let sum = code.iter().map(|h| h.abs()).sum::<Real>();
                weight * sum / code.nrows() as Real
            }
            Sparsity::Kl { target, weight } => {
                let q = mean_activity(code, s, desk);
                let sum = q.iter().map(|&q| kl(target, q)).sum::<Real>();
                desk.put_back(q);
                weight * sum
            }
        }
    }

    /// Adds its derivative by every activity to the blame for the code,
    /// `[batch, units]`.
    ///
    /// ```text
    /// L1   λ/N sign(h)          KL   β/N (-ρ/q + (1-ρ)/(1-q)) dq/dh
    /// ```
    pub fn add_blame(
        self,
        code: &Matrix,
        s: Activation,
        blame: &mut Matrix,
        desk: &mut Desk,
    ) {
        let n = code.nrows() as Real;
        match self {
            Sparsity::None | Sparsity::KSparse { .. } => (),
            Sparsity::L1 { weight } => {
                blame.zip_mut_with(code, |blame, &h| {
                    *blame += weight / n * sign(h);
                });
            }
            Sparsity::Kl { target, weight } => {
                let mut slopes = mean_activity(code, s, desk);
                let price = weight / n * if_tanh(s, 0.5, 1.0);
                slopes.mapv_inplace(|q| price * kl_slope(target, q));
                *blame += &slopes;
                desk.put_back(slopes);
            }
        }
    }
}

/// `q`, how active each unit is on average, between 0 and 1: `[1, units]`.
fn mean_activity(code: &Matrix, s: Activation, desk: &mut Desk) -> Matrix {
    assert!(
        matches!(s, Activation::Sigmoid | Activation::Tanh),
        "KL needs a code of sigmoid or tanh units, not {s:?}"
    );
    let n = code.nrows() as Real;
    let mut q = column_sums(code, desk);
    q.mapv_inplace(|sum| if_tanh(s, (sum / n + 1.0) / 2.0, sum / n));
    q.mapv_inplace(|q| q.clamp(EDGE, 1.0 - EDGE));
    q
}

/// How much it surprises to find `q` where `p` was expected, in nats.
pub fn kl(p: Real, q: Real) -> Real {
    p * (p / q).ln() + (1.0 - p) * ((1.0 - p) / (1.0 - q)).ln()
}

/// The derivative of [`kl`] by `q`.
pub fn kl_slope(p: Real, q: Real) -> Real {
    (1.0 - p) / (1.0 - q) - p / q
}

/// `a` for tanh, else `b`.
fn if_tanh(s: Activation, a: Real, b: Real) -> Real {
    if s == Activation::Tanh { a } else { b }
}

/// -1, 0 or 1: the slope of `|h|`; we take 0 at its kink.
fn sign(h: Real) -> Real {
    if h == 0.0 { 0.0 } else { h.signum() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn cost(sparsity: Sparsity, code: &Matrix, s: Activation) -> Real {
        sparsity.penalty(code, s, &mut Desk::new())
    }

    #[test]
    fn two_codes_by_hand() {
        // 0.5 (|1| + |-2| + |0| + |3|) / 2 = 1.5, slopes ±0.5 / 2 and 0.
        let code = array![[1.0, -2.0], [0.0, 3.0]];
        let (l1, s) = (Sparsity::L1 { weight: 0.5 }, Activation::Linear);
        assert_eq!(cost(l1, &code, s), 1.5);
        let mut blame = Matrix::zeros((2, 2));
        l1.add_blame(&code, s, &mut blame, &mut Desk::new());
        assert_eq!(blame, array![[0.25, -0.25], [0.0, 0.25]]);
    }

    #[test]
    fn the_start_of_the_tutorials_exercise_by_hand() {
        // 25 units, half awake, that should be at 0.01, and β = 3: the
        // tutorial's cost starts at 75 KL(0.01 ‖ 0.5) = 47.79.
        let kl = Sparsity::Kl { target: 0.01, weight: 3.0 };
        let half = Matrix::from_elem((4, 25), 0.5);
        let start = cost(kl, &half, Activation::Sigmoid);
        assert!((start - 47.79).abs() < 0.005, "{start}");
        // The same code as tanh units see it.
        let zero = Matrix::zeros((4, 25));
        assert_eq!(cost(kl, &zero, Activation::Tanh), start);
    }

    #[test]
    fn the_right_activity_is_free() {
        let kl = Sparsity::Kl { target: 0.25, weight: 3.0 };
        let code = array![[0.0], [0.5]];
        assert_eq!(cost(kl, &code, Activation::Sigmoid), 0.0);
        assert_eq!(kl_slope(0.25, 0.25), 0.0);
        // Too busy a unit is blamed, too quiet a one is encouraged.
        assert!(kl_slope(0.25, 0.3) > 0.0 && kl_slope(0.25, 0.2) < 0.0);
    }
}
