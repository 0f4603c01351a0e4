//! Boosted stumps: many weak rules, each mending what is left.
//!
//! A *stump* asks one question: is feature `f` above `t`? Boosting adds up
//! hundreds of them into one score per class, and each new stump is fitted
//! to what the scores still get wrong, `r = [c is label] - p_c` (Friedman,
//! 2001). *Stochastic*: each looks at a random part of the examples only
//! (Friedman, 2002).
//!
//! ```text
//! stump      the f and t whose two sides differ most in their mean r
//! each side  γ = (C - 1)/C · Σ r / Σ |r| (1 - |r|)     a Newton step
//! score_c ← score_c + η γ        p = softmax(scores)
//! ```

use crate::Real;
use crate::nn::Matrix;
use crate::nn::class_loss::most_likely;
use crate::nn::class_loss::probabilities;
use crate::nn::random::Rng;
use crate::nn::stump::Sorted;
use crate::nn::stump::Stump;
use ndarray::Array1;
use rand::seq::SliceRandom as _;

/// How [`Boosted`] stumps are fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoostPlan {
    /// Stumps per class.
    pub rounds: usize,
    /// How much of its advice a stump may give, `η`.
    pub rate: Real,
    /// The share of the examples that each stump looks at.
    pub share: Real,
}

impl Default for BoostPlan {
    fn default() -> BoostPlan {
        BoostPlan { rounds: 100, rate: 0.1, share: 0.5 }
    }
}

/// Scores that are sums of stumps.
#[derive(Debug, Clone, PartialEq)]
pub struct Boosted {
    /// Before any stump: how common every class is, as a logarithm.
    pub start: Vec<Real>,
    /// One list per round, one stump per class.
    pub rounds: Vec<Vec<Stump>>,
}

impl Boosted {
    /// Fits examples `[examples, features]` and their labels.
    pub fn fit(
        x: &Matrix,
        labels: &[u8],
        classes: usize,
        plan: &BoostPlan,
        rng: &mut Rng,
    ) -> Boosted {
        let (n, m) = (x.nrows(), labels.len());
        assert!(n == m && n > 0, "{n} examples but {m} labels");
        let sorted = Sorted::new(x);
        let mut model = Boosted::undecided(labels, classes);
        let mut scores = model.scores(x);
        let seen = ((plan.share * n as Real).round() as usize).clamp(1, n);
        let mut order: Vec<usize> = (0..n).collect();
        for _ in 0..plan.rounds {
            order.shuffle(rng);
            let mut look = vec![false; n];
            order[..seen].iter().for_each(|&i| look[i] = true);
            let picked = sorted.only(&look);
            let p = probabilities(scores.clone());
            let mut round = Vec::with_capacity(classes);
            for class in 0..classes {
                let rest = labels.iter().zip(p.column(class));
                let rest = rest.map(|(&label, p)| {
                    Real::from(u8::from(usize::from(label) == class)) - p
                });
                let rest: Vec<Real> = rest.collect();
                let mut stump = picked.stump(&rest);
                let shrink = plan.rate * (1.0 - 1.0 / classes as Real);
                stump.advise(x, &rest, &look, shrink);
                let mut column = scores.column_mut(class);
                column += &stump.answers(x);
                round.push(stump);
            }
            model.rounds.push(round);
        }
        model
    }

    /// Knows only how common every class is.
    fn undecided(labels: &[u8], classes: usize) -> Boosted {
        let mut counts = vec![0.0; classes];
        labels.iter().for_each(|&l| counts[usize::from(l)] += 1.0);
        // A class that never occurs is rare, not impossible.
        let rare = |count: Real| count.max(1e-3) / labels.len() as Real;
        let start = counts.into_iter().map(|c| rare(c).ln()).collect();
        Boosted { start, rounds: Vec::new() }
    }

    /// One number per class, `[examples, classes]`; the largest wins.
    pub fn scores(&self, x: &Matrix) -> Matrix {
        let start = Array1::from(self.start.clone());
        let shape = (x.nrows(), self.start.len());
        let mut scores = Matrix::zeros(shape) + start;
        for round in &self.rounds {
            for (class, stump) in round.iter().enumerate() {
                let mut column = scores.column_mut(class);
                column += &stump.answers(x);
            }
        }
        scores
    }

    /// The most likely class of every example.
    pub fn predict(&self, x: &Matrix) -> Vec<u8> {
        most_likely(&self.scores(x))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn one_round_by_hand() {
        // Two classes, half each: p = 1/2, so r = ±1/2. Each side of the
        // stump: γ = 1/2 · (2 · 1/2) / (2 · 1/4) = 1.
        let x = array![[0.0], [1.0], [2.0], [3.0]];
        let labels = [0, 0, 1, 1];
        let plan = BoostPlan { rounds: 1, rate: 1.0, share: 1.0 };
        let look = &mut rng(1, Purpose::Look);
        let model = Boosted::fit(&x, &labels, 2, &plan, look);
        let stump = &model.rounds[0][1];
        assert_eq!((stump.feature, stump.threshold), (0, 1.5));
        assert_eq!((stump.below, stump.above), (-1.0, 1.0));
        assert_eq!(model.predict(&x), labels);
    }

    #[test]
    fn stumps_add_up_to_a_corner() {
        // Class 1 where both features are high: no single stump can.
        let value = |i: usize, j: usize| {
            let digit = if j == 0 { i % 6 } else { i / 6 };
            digit as Real
        };
        let x = Matrix::from_shape_fn((36, 2), |(i, j)| value(i, j));
        let corner = |i| value(i, 0) > 2.0 && value(i, 1) > 2.0;
        let labels: Vec<u8> =
            (0..36).map(|i| u8::from(corner(i))).collect();
        let fit = |rounds| {
            let plan = BoostPlan { rounds, ..Default::default() };
            let look = &mut rng(1, Purpose::Look);
            Boosted::fit(&x, &labels, 2, &plan, look)
        };
        assert_ne!(fit(1).predict(&x), labels);
        assert_eq!(fit(100).predict(&x), labels);
        assert_eq!(fit(20), fit(20));
    }
}
