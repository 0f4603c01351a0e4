//! Which examples are for training and which for testing, where nobody has
//! decided it.

use super::batches::order;

/// Fixes the division.
const SEED: u64 = 5;

/// All rows, shuffled once and for all and then divided: of every five
/// examples of a class, in the shuffled order, the fifth is for testing. A
/// set where that leaves nothing for testing gives its last example.
pub(super) fn split(labels: &[u8]) -> (Vec<u32>, Vec<u32>) {
    let mut seen = [0_usize; 256];
    let order = order(labels.len(), SEED, 0);
    let (mut test, mut train): (Vec<u32>, Vec<u32>) =
        order.into_iter().partition(|&row| {
            let class = &mut seen[usize::from(labels[row as usize])];
            *class += 1;
            *class % 5 == 0
        });
    if test.is_empty() && train.len() > 1 {
        test.extend(train.pop());
    }
    (train, test)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_gives_a_fifth() {
        let labels: Vec<u8> = (0..100).map(|i| i % 4).collect();
        let (train, test) = split(&labels);
        assert_eq!((train.len(), test.len()), (80, 20));
        for class in 0..4 {
            let of = |rows: &[u32]| {
                let mine = |&&row: &&u32| labels[row as usize] == class;
                rows.iter().filter(mine).count()
            };
            assert_eq!((of(&train), of(&test)), (20, 5));
        }
        let mut all = [train, test].concat();
        all.sort_unstable();
        assert_eq!(all, (0..100).collect::<Vec<u32>>());
    }

    #[test]
    fn small_sets_are_divided_too() {
        assert_eq!(split(&[0, 1]).1.len(), 1);
        assert_eq!(split(&[0]), (vec![0], vec![]));
    }
}
