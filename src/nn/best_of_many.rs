//! The best of many: how good would it be by chance?
//!
//! Toss 64 coins a hundred times each: the luckiest is right about 62
//! times. So a unit that was *chosen* for its score needs controls:
//!
//! - choose it on one half of the examples, score it on the other;
//! - the best pixel, the best principal component, the best of as many
//!   random filters: all are searched like the units of a network;
//! - shuffled labels, that nothing can know anything about.
//!
//! The expected best of `N` coins, each tossed `n` times, is exact: all of
//! them stay at or below `k` with probability `F(k)ᴺ`, so
//!
//! ```text
//! E[best] = Σ over k from 0 to n - 1 of (1 - F(k)ᴺ)
//! ```

use crate::Real;
use crate::nn::Matrix;
use crate::nn::concepts::Detector;
use crate::nn::concepts::best_units;
use crate::nn::noise::normal;
use crate::nn::random::Rng;
use ndarray::Axis;
use rand::seq::SliceRandom as _;

/// What was found for one class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finding {
    /// Chosen on one half of the examples.
    pub detector: Detector,
    /// Its accuracy on the other half: the honest number.
    pub held_out: Real,
    /// Chosen and scored on all examples, as in the paper.
    pub paper: Detector,
}

/// The best unit for every class: `activations` are `[examples, units]`,
/// with one label per row; the class makes up `share` of the examples.
pub fn findings(
    activations: &Matrix,
    labels: &[u8],
    classes: usize,
    share: Real,
) -> Vec<Finding> {
    let [one, other] = halves(labels);
    let part = |rows: &[usize]| {
        let labels = rows.iter().map(|&i| labels[i]).collect::<Vec<_>>();
        (activations.select(Axis(0), rows), labels)
    };
    let ((x, seen), (y, unseen)) = (part(&one), part(&other));
    let chosen = best_units(&x, &seen, classes, share);
    let paper = best_units(activations, labels, classes, share);
    let both = chosen.into_iter().zip(paper).enumerate();
    let finding = |(class, (detector, paper)): (_, (Detector, _))| {
        let column = y.column(detector.unit);
        let held_out = detector.score(column, &unseen, class as u8, share);
        Finding { detector, held_out, paper }
    };
    both.map(finding).collect()
}

/// What `count` filters that never learned anything say about examples
/// `[examples, features]`: `[examples, count]`.
pub fn random_filters(x: &Matrix, count: usize, rng: &mut Rng) -> Matrix {
    x.dot(&normal(x.ncols(), count, rng))
}

/// The same labels for other examples.
pub fn shuffled(labels: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut shuffled = labels.to_vec();
    shuffled.shuffle(rng);
    shuffled
}

/// The expected share of right answers of the best of `units` coins on
/// `examples` yes-or-no questions.
pub fn best_coin(units: usize, examples: usize) -> Real {
    let n = examples as f64;
    // ln of the probability of k right answers, from k = 0 on.
    let mut log_chance = -n * std::f64::consts::LN_2;
    let (mut up_to, mut best) = (0.0, 0.0);
    for k in 0..examples {
        up_to += log_chance.exp();
        best += 1.0 - f64::min(up_to, 1.0).powf(units as f64);
        let k = k as f64;
        log_chance += ((n - k) / (k + 1.0)).ln();
    }
    (best / n.max(1.0)) as Real
}

/// The rows of two halves, with the classes dealt out evenly.
fn halves(labels: &[u8]) -> [Vec<usize>; 2] {
    let mut seen = [0_usize; 256];
    let mut halves = [Vec::new(), Vec::new()];
    for (row, &label) in labels.iter().enumerate() {
        let count = &mut seen[usize::from(label)];
        halves[*count % 2].push(row);
        *count += 1;
    }
    halves
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use rand::RngExt as _;

    #[test]
    fn the_best_coin_by_hand() {
        // One coin: one half. Two coins tossed once: 3/4.
        assert!((best_coin(1, 10) - 0.5).abs() < 1e-6);
        assert!((best_coin(2, 1) - 0.75).abs() < 1e-6);
        // Sixty-four coins, a hundred tosses.
        assert!((best_coin(64, 100) - 0.62).abs() < 0.005);
        assert!((best_coin(64, 20_000) - 0.508).abs() < 0.002);
    }

    #[test]
    fn the_best_coin_is_what_many_tosses_show() {
        let mut rng = rng(1, Purpose::Look);
        let mut right = || (0..40).filter(|_| rng.random()).count();
        let mut best = || (0..16).map(|_| right()).max().unwrap_or(0);
        let mean = (0..2000).map(|_| best()).sum::<usize>() as Real;
        let gap = mean / 2000.0 / 40.0 - best_coin(16, 40);
        assert!(gap.abs() < 0.003, "{gap}");
    }

    #[test]
    fn a_lucky_unit_is_ordinary_on_the_other_half() {
        let mut rng = rng(1, Purpose::Look);
        let labels: Vec<u8> = (0..200).map(|i| (i % 2) as u8).collect();
        let (mut chosen, mut held_out, mut paper) = (0.0, 0.0, 0.0);
        for _ in 0..50 {
            let noise = normal(200, 20, &mut rng);
            let finding = findings(&noise, &labels, 2, 0.5)[0];
            chosen += finding.detector.accuracy / 50.0;
            held_out += finding.held_out / 50.0;
            paper += finding.paper.accuracy / 50.0;
        }
        assert!((held_out - 0.5).abs() < 0.02, "{held_out}");
        assert!(chosen > 0.62 && paper > 0.58, "{chosen} {paper}");
    }

    #[test]
    fn halves_share_every_class() {
        let [one, other] = halves(&[0, 0, 1, 0, 1, 0]);
        assert_eq!((one, other), (vec![0, 2, 3], vec![1, 4, 5]));
    }

    #[test]
    fn controls_are_shuffled_and_random_but_repeatable() {
        let labels = [0, 1, 2, 3, 4, 5, 6, 7];
        let mut sorted = shuffled(&labels, &mut rng(1, Purpose::Look));
        assert_ne!(sorted, labels);
        sorted.sort_unstable();
        assert_eq!(sorted, labels);
        let x = Matrix::ones((3, 4));
        let look = || random_filters(&x, 5, &mut rng(1, Purpose::Look));
        assert_eq!(look().dim(), (3, 5));
        assert_eq!(look(), look());
    }
}
