//! The axes of clouds of data, against what the words mean: an eigenvector
//! is only stretched, and all of them are at right angles.

use gargalo::kernel::crew::Crew;
use gargalo::kernel::engine::Engine;
use gargalo::kernel::level::Level;
use gargalo::kernel::mirrors::Mirrored;
use gargalo::nn::random::Purpose;
use gargalo::nn::random::Rng;
use gargalo::nn::random::rng;
use ndarray::Array2;
use ndarray::s;
use rand::RngExt as _;

type Square = Array2<f64>;

fn random(rows: usize, columns: usize, rng: &mut Rng) -> Square {
    Array2::from_shape_simple_fn((rows, columns), || {
        rng.random_range(-1.0..1.0)
    })
}

/// Symmetric matrices that are easy and hard: any, of low rank with empty
/// rows, with all values alike, with nothing in them, of very different
/// sizes, in separate blocks.
fn hard(size: usize, kind: usize, rng: &mut Rng) -> Square {
    let any = random(size, size, rng);
    let any = &any + &any.t();
    match kind {
        0 => any,
        1 => {
            let mut few = random(3, size, rng);
            few.slice_mut(s![.., ..;3]).fill(0.0);
            few.t().dot(&few)
        }
        2 => Square::eye(size) * 2.0,
        3 => Square::zeros((size, size)),
        4 => Square::from_shape_fn((size, size), |(i, j)| {
            any[[i, j]] * 0.5_f64.powi((i + j) as i32)
        }),
        _ => Square::from_shape_fn((size, size), |(i, j)| {
            if i / 5 == j / 5 { any[[i % 5, j % 5]] } else { 0.0 }
        }),
    }
}

struct Found {
    values: Vec<f64>,
    vectors: Square,
}

fn find(a: &Square, many: usize, level: Level, threads: usize) -> Found {
    let (size, crew) = (a.nrows(), &mut Crew::new(threads));
    let mirrored = Mirrored::new(size, |i, j| a[[i, j]], level, crew);
    let values = mirrored.tridiagonal.values();
    let mut vectors = mirrored.tridiagonal.vectors(&values[..many], level);
    mirrored.turn_back(&mut vectors, level, crew);
    let vectors = Square::from_shape_vec((many, size), vectors).unwrap();
    Found { values, vectors }
}

fn largest(x: &Square) -> f64 {
    x.iter().fold(0.0, |most: f64, x| most.max(x.abs()))
}

#[test]
fn eigenvectors_are_only_stretched_and_at_right_angles() {
    let rng = &mut rng(1, Purpose::Data);
    for size in [0, 1, 2, 3, 7, 8, 9, 16, 33, 64, 65, 130] {
        for kind in 0..6 {
            let a = hard(size, kind, rng);
            for level in Level::best().and_below() {
                let Found { values, vectors } = find(&a, size, level, 1);
                let place = format!("{size}, kind {kind}, {level:?}");
                assert!(values.is_sorted_by(|a, b| a >= b), "{place}");
                let scale = 1e-12 * (1.0 + largest(&a) * size as f64);
                let mut gap = vectors.dot(&a);
                for (i, value) in values.iter().enumerate() {
                    gap.row_mut(i).scaled_add(-value, &vectors.row(i));
                }
                assert!(
                    largest(&gap) < scale,
                    "{place}: {}",
                    largest(&gap)
                );
                let angles = vectors.dot(&vectors.t()) - Square::eye(size);
                let angle = largest(&angles);
                assert!(angle < 1e-10, "{place}: {angle}");
                let trace = a.diag().sum() - values.iter().sum::<f64>();
                assert!(trace.abs() < scale, "{place}: {trace}");
            }
        }
    }
}

#[test]
fn a_few_vectors_are_the_first_of_all() {
    let rng = &mut rng(2, Purpose::Data);
    let a = hard(90, 1, rng);
    let all = find(&a, 90, Level::best(), 1);
    let few = find(&a, 4, Level::best(), 1);
    assert_eq!(few.values, all.values);
    assert_eq!(few.vectors, all.vectors.slice(s![..4, ..]));
}

#[test]
fn axes_do_not_depend_on_the_number_of_threads() {
    let rng = &mut rng(3, Purpose::Data);
    let a = hard(700, 0, rng);
    let [one, two, three] =
        [1, 2, 3].map(|threads| find(&a, 40, Level::best(), threads));
    assert_eq!(one.values, two.values);
    assert_eq!(one.vectors, two.vectors);
    assert_eq!(one.vectors, three.vectors);
}

#[test]
fn what_is_no_number_does_no_harm() {
    let mut a = Square::eye(20);
    a[[7, 3]] = f64::NAN;
    let found = find(&a, 20, Level::best(), 1);
    assert!(found.values.iter().all(|value| value.is_nan()));
}

#[test]
fn columns_vary_together_as_the_sum_says() {
    let rng = &mut rng(4, Purpose::Data);
    for (rows, columns) in [(1, 1), (5, 3), (600, 97), (513, 200), (0, 4)] {
        let x = random(rows, columns, rng) + 3.0;
        let mean = random(1, columns, rng);
        let centered = &x - &mean;
        let exact = centered.t().dot(&centered);
        let mut sums = Square::ones((columns, columns));
        let engine = &mut Engine::with_threads(1);
        engine.spread(x.view(), &mean, &mut sums);
        let gap = largest(&(&sums - &exact));
        assert!(gap < 1e-9, "{rows} x {columns}: {gap}");
        let few = x.mapv(|x| x as f32);
        let mean = mean.mapv(|x| x as f32);
        let [one, two] = [1, 2].map(|threads| {
            let mut sums = Array2::<f32>::ones((columns, columns));
            let engine = &mut Engine::with_threads(threads);
            engine.spread(few.view(), &mean, &mut sums);
            sums
        });
        assert_eq!(one, two);
        let gap = &one.mapv(f64::from) - &exact;
        let most = largest(&exact) * 1e-5;
        assert!(largest(&gap) <= most, "{rows} x {columns}");
        assert_eq!(one, one.t(), "not symmetric");
    }
}
