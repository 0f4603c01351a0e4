//! k-sparse codes: only the `k` most active units may speak.
//!
//! ```text
//! z = x · W + b      h = z where z is among the k largest, else 0
//! ```
//!
//! Everything else is a plain, linear autoencoder. Blame reaches only the
//! winners; the losers did not contribute and learn nothing (Makhzani &
//! Frey, 2013). With `k` = all units nothing is left out.
//!
//! Once trained, a few more may speak; then a code holds more detail.
//!
//! If `k` is small from the start, a few early winners win for ever and
//! the other units die. So `k` starts large and shrinks.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::desk::Desk;

/// A code after the competition.
#[derive(Debug, Clone, PartialEq)]
pub struct Competition {
    /// 1 for every winner, else 0, `[batch, units]`; `k` ones per row.
    pub winners: Matrix,
    /// What the winners say, and 0 for the losers, `[batch, units]`.
    pub code: Matrix,
}

impl Competition {
    /// Lets the units of every code `[batch, units]` compete; of equals,
    /// the first ones win.
    pub fn hold(code: &Matrix, k: usize, desk: &mut Desk) -> Competition {
        let mut winners = desk.sheet(code.nrows(), code.ncols());
        desk.engine.crown(code, k, &mut winners);
        let mut kept = desk.copy(code);
        kept *= &winners;
        Competition { winners, code: kept }
    }

    /// Takes the blame off the losers, `[batch, units]`.
    pub fn backward(&self, blame: &mut Matrix) {
        *blame *= &self.winners;
    }

    /// Gives its paper back.
    pub fn put_back(self, desk: &mut Desk) {
        desk.put_back(self.winners);
        desk.put_back(self.code);
    }
}

/// `k` at a moment of the training: falls evenly from `from` to `to` in
/// the first half, then stays.
///
/// `progress` runs from 0 to 1.
pub fn annealed(from: usize, to: usize, progress: Real) -> usize {
    let left = (1.0 - 2.0 * progress).clamp(0.0, 1.0);
    let more = from.saturating_sub(to) as Real * left;
    to + more.round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn hold(code: &Matrix, k: usize) -> Competition {
        Competition::hold(code, k, &mut Desk::new())
    }

    #[test]
    fn two_winners_by_hand() {
        // Active means large, not far from 0: -5 loses against 1.
        let code = array![[3.0, -5.0, 1.0, 0.5]];
        let result = hold(&code, 2);
        assert_eq!(result.code, array![[3.0, 0.0, 1.0, 0.0]]);
        let mut blame = array![[1.0, 2.0, 3.0, 4.0]];
        result.backward(&mut blame);
        assert_eq!(blame, array![[1.0, 0.0, 3.0, 0.0]]);
    }

    #[test]
    fn exactly_k_win_even_among_equals() {
        let code = array![[1.0, 2.0, 1.0, 1.0], [0.0, 0.0, 0.0, 0.0]];
        let expected = array![[1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0]];
        assert_eq!(hold(&code, 2).winners, expected);
        for k in 0..7 {
            let winners = hold(&code, k).winners;
            for row in winners.rows() {
                assert_eq!(row.sum(), k.min(4) as Real);
            }
        }
    }

    #[test]
    fn with_all_units_nothing_is_left_out() {
        let code = array![[3.0, -5.0, 1.0]];
        assert_eq!(hold(&code, 3).code, code);
    }

    #[test]
    fn k_falls_to_its_goal_by_half_time() {
        let at = |progress| annealed(100, 20, progress);
        assert_eq!(
            [at(0.0), at(0.25), at(0.5), at(1.0)],
            [100, 60, 20, 20]
        );
        assert_eq!(annealed(10, 20, 0.0), 20);
    }
}
