//! The best of many: how good would it be by chance?
//!
//! Toss 64 coins a hundred times each: the luckiest is right about 62
//! times. So a unit that was *chosen* for its score needs controls:
//!
//! - choose it on some examples, score it on others; and if the class may
//!   be chosen, too, choose it on the first ones as well;
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
    /// Chosen on some examples.
    pub detector: Detector,
    /// Its accuracy on others: the honest number.
    pub held_out: Real,
}

/// Activations `[examples, units]`, and one label per row.
pub type Labeled<'a> = (&'a Matrix, &'a [u8]);

/// The best unit for every class, chosen on some examples and scored on
/// others; the class makes up `share` of them.
pub fn findings_on(
    (x, seen): Labeled,
    (y, unseen): Labeled,
    classes: usize,
    share: Real,
) -> Vec<Finding> {
    let chosen = best_units(x, seen, classes, share).into_iter();
    let finding = |(class, detector): (usize, Detector)| {
        let column = y.column(detector.unit);
        let held_out = detector.score(column, unseen, class as u8, share);
        Finding { detector, held_out }
    };
    chosen.enumerate().map(finding).collect()
}

/// The same, with one half of the examples for the choice and the other
/// half for the score.
pub fn findings(
    activations: &Matrix,
    labels: &[u8],
    classes: usize,
    share: Real,
) -> Vec<Finding> {
    let parts = halves(labels).map(|rows| {
        let labels = rows.iter().map(|&i| labels[i]).collect::<Vec<_>>();
        (activations.select(Axis(0), &rows), labels)
    });
    let [(x, seen), (y, unseen)] = &parts;
    findings_on((x, seen), (y, unseen), classes, share)
}

/// The class that is detected best, going by the examples on which its
/// detector was chosen: the others have no say in it.
pub fn surest(findings: &[Finding]) -> Option<&Finding> {
    let seen = |finding: &&Finding| finding.detector.accuracy;
    findings.iter().max_by(|a, b| seen(a).total_cmp(&seen(b)))
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
        let (mut chosen, mut held_out) = (0.0, 0.0);
        for _ in 0..50 {
            let noise = normal(200, 20, &mut rng);
            let finding = findings(&noise, &labels, 2, 0.5)[0];
            chosen += finding.detector.accuracy / 50.0;
            held_out += finding.held_out / 50.0;
        }
        assert!((held_out - 0.5).abs() < 0.02, "{held_out}");
        assert!(chosen > 0.62, "{chosen}");
    }

    #[test]
    fn the_best_of_many_classes_is_ordinary_on_the_other_half() {
        let mut rng = rng(2, Purpose::Look);
        let labels: Vec<u8> = (0..400).map(|i| (i % 20) as u8).collect();
        let (mut fair, mut flattered) = (0.0, 0.0);
        for _ in 0..30 {
            let noise = normal(400, 16, &mut rng);
            let found = findings(&noise, &labels, 20, 0.5);
            let held_out = found.iter().map(|f| f.held_out);
            flattered += held_out.fold(0.0, Real::max) / 30.0;
            fair += surest(&found).expect("20 classes").held_out / 30.0;
        }
        assert!((fair - 0.5).abs() < 0.03, "{fair}");
        assert!(flattered > 0.6, "{flattered}");
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
