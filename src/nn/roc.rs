//! The ROC curve: a detector at all its thresholds.
//!
//! Lower the threshold step by step. More and more examples are flagged:
//! anomalies (up) and, by mistake, normal ones (to the right).
//!
//! ```text
//! x = false alarms / normal examples      y = hits / anomalies
//! ```
//!
//! The area under the curve (AUC) is the probability that an anomaly has a
//! larger error than a normal example, a tie counting half: 0.5 is chance,
//! 1 is perfect (Hanley & McNeil, 1982). It needs no threshold.

use crate::Real;

/// The curve from (0, 0) to (1, 1).
#[derive(Debug, Clone, PartialEq)]
pub struct Roc {
    /// From the highest threshold to the lowest.
    pub points: Vec<RocPoint>,
    /// The area under the curve.
    pub auc: Real,
}

/// What a detector does at one threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RocPoint {
    /// Flags scores at or above this; infinite at the first point.
    pub threshold: Real,
    /// The share of negative examples that it flags.
    pub false_alarms: Real,
    /// The share of positive examples that it flags: the recall.
    pub hits: Real,
}

impl Roc {
    /// The curve for scores (large: positive) and for what is positive.
    ///
    /// Examples with equal scores are flagged together, so they make one
    /// slanted piece of the curve, whatever their order. `None` unless
    /// there are positive and negative examples, and no score is NaN.
    pub fn of(scores: &[Real], positive: &[bool]) -> Option<Roc> {
        let (n, m) = (scores.len(), positive.len());
        assert!(n == m, "{n} scores for {m} examples");
        let positives = positive.iter().filter(|&&p| p).count();
        let negatives = n - positives;
        let unknown = scores.iter().any(|s| s.is_nan());
        if unknown || positives == 0 || negatives == 0 {
            return None;
        }
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
        let point = |threshold, wrong: usize, right: usize| RocPoint {
            threshold,
            false_alarms: wrong as Real / negatives as Real,
            hits: right as Real / positives as Real,
        };
        let mut points = vec![point(Real::INFINITY, 0, 0)];
        let (mut right, mut wrong, mut area) = (0, 0, 0.0);
        let tie = |a: &usize, b: &usize| scores[*a] == scores[*b];
        for ties in order.chunk_by(tie) {
            let hits = ties.iter().filter(|&&i| positive[i]).count();
            let alarms = ties.len() - hits;
            // A strip as wide as the alarms, half of the hits on its top.
            area += alarms as f64 * (right as f64 + hits as f64 / 2.0);
            (right, wrong) = (right + hits, wrong + alarms);
            points.push(point(scores[ties[0]], wrong, right));
        }
        let auc = (area / (positives as f64 * negatives as f64)) as Real;
        Some(Roc { points, auc })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_scores_by_hand() {
        // Of the four pairs (anomaly, normal), three are in order.
        let scores = [0.1, 0.4, 0.35, 0.8];
        let positive = [false, false, true, true];
        let roc = Roc::of(&scores, &positive).unwrap();
        assert_eq!(roc.auc, 0.75);
        let path = roc.points.iter().map(|p| (p.false_alarms, p.hits));
        let corners =
            [(0.0, 0.0), (0.0, 0.5), (0.5, 0.5), (0.5, 1.0), (1.0, 1.0)];
        assert!(path.eq(corners));
        assert_eq!(roc.points[1].threshold, 0.8);
    }

    #[test]
    fn a_tie_counts_half_whatever_the_order() {
        let scores = [1.0, 1.0, 1.0];
        for positive in [[true, false, false], [false, false, true]] {
            let roc = Roc::of(&scores, &positive).unwrap();
            assert_eq!((roc.auc, roc.points.len()), (0.5, 2));
        }
        let roc = Roc::of(&[2.0, 1.0, 1.0], &[true, true, false]).unwrap();
        assert_eq!(roc.auc, 0.75);
    }

    #[test]
    fn a_perfect_detector_upside_down_is_perfectly_wrong() {
        let positive = [true, true, false];
        assert_eq!(Roc::of(&[3.0, 2.0, 1.0], &positive).unwrap().auc, 1.0);
        assert_eq!(Roc::of(&[1.0, 2.0, 3.0], &positive).unwrap().auc, 0.0);
    }

    #[test]
    fn one_kind_of_example_has_no_curve() {
        assert_eq!(Roc::of(&[1.0, 2.0], &[true, true]), None);
        assert_eq!(Roc::of(&[1.0, Real::NAN], &[true, false]), None);
        assert_eq!(Roc::of(&[], &[]), None);
    }
}
