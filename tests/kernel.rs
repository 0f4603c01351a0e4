//! Every kernel against the plainest loop there is: on random shapes, at
//! every level of the processor, with several threads.

use gargalo::kernel::columns::Columns;
use gargalo::kernel::columns::Squared;
use gargalo::kernel::crew::Crew;
use gargalo::kernel::curve::Curve;
use gargalo::kernel::engine::Engine;
use gargalo::kernel::input::Input;
use gargalo::kernel::level::Level;
use gargalo::kernel::losses::Compared;
use gargalo::kernel::losses::Mistake;
use gargalo::kernel::passes::Hands;
use gargalo::kernel::product::Plus;
use gargalo::kernel::product::Product;
use gargalo::kernel::steps::Adam;
use gargalo::kernel::steps::Remembered;
use gargalo::nn::random::Purpose;
use gargalo::nn::random::Rng;
use gargalo::nn::random::rng;
use ndarray::Array2;
use ndarray::ArrayView2;
use ndarray::s;
use rand::RngExt as _;

const CURVES: [Curve; 4] =
    [Curve::Linear, Curve::Sigmoid, Curve::Tanh, Curve::Relu];

fn matrix(rows: usize, columns: usize, rng: &mut Rng) -> Array2<f32> {
    Array2::from_shape_simple_fn((rows, columns), || {
        rng.random_range(-1.0..1.0)
    })
}

/// One of the ways in which a `[rows, columns]` may lie in memory.
fn view(from: &Array2<f32>, way: usize) -> ArrayView2<'_, f32> {
    match way {
        0 => from.view(),
        1 => from.t(),
        2 => from.slice(s![..;2, ..;3]),
        _ => from.slice(s![..;-1, 1..]),
    }
}

/// Memory for such a view of so many rows and columns.
fn memory(
    (rows, columns): (usize, usize),
    way: usize,
    rng: &mut Rng,
) -> Array2<f32> {
    match way {
        0 => matrix(rows, columns, rng),
        1 => matrix(columns, rows, rng),
        2 => matrix(
            (2 * rows).saturating_sub(1),
            (3 * columns).saturating_sub(2),
            rng,
        ),
        _ => matrix(rows, columns + 1, rng),
    }
}

/// `curve(start + A · B)`, by the book, in 64 bits.
fn by_the_book(
    a: ArrayView2<f32>,
    b: ArrayView2<f32>,
    start: impl Fn(usize, usize) -> f32,
    curve: Curve,
) -> Array2<f64> {
    Array2::from_shape_fn((a.nrows(), b.ncols()), |(i, j)| {
        let mut sum = f64::from(start(i, j));
        for p in 0..a.ncols() {
            sum += f64::from(a[[i, p]]) * f64::from(b[[p, j]]);
        }
        bent(curve, sum)
    })
}

fn bent(curve: Curve, z: f64) -> f64 {
    match curve {
        Curve::Linear => z,
        Curve::Sigmoid => 1.0 / (1.0 + (-z).exp()),
        Curve::Tanh => z.tanh(),
        Curve::Relu => z.max(0.0),
    }
}

/// The slope of a curve where it answers `y`.
fn slope(curve: Curve, y: f64) -> f64 {
    match curve {
        Curve::Linear => 1.0,
        Curve::Sigmoid => y * (1.0 - y),
        Curve::Tanh => 1.0 - y * y,
        Curve::Relu => f64::from(u8::from(y > 0.0)),
    }
}

fn assert_close(got: &[f32], expected: &[f64], bound: f64, what: &str) {
    assert_eq!(got.len(), expected.len(), "{what}");
    for (i, (got, expected)) in got.iter().zip(expected).enumerate() {
        let gap = (f64::from(*got) - expected).abs();
        let bound = bound * expected.abs().max(1.0);
        assert!(gap <= bound, "{what} at {i}: {got} for {expected}");
    }
}

#[test]
fn products_of_random_shapes_and_layouts() {
    let mut rng = rng(1, Purpose::Data);
    for round in 0..120 {
        let mut size = |most: usize| match rng.random_range(0..10) {
            0 => rng.random_range(0..2),
            _ => rng.random_range(1..most),
        };
        let (m, k, n) = (size(40), size(600), size(120));
        let (way_a, way_b) = (round % 4, round / 4 % 4);
        let a = memory((m, k), way_a, &mut rng);
        let b = memory((k, n), way_b, &mut rng);
        let (a, b) = (view(&a, way_a), view(&b, way_b));
        assert_eq!((a.dim(), b.dim()), ((m, k), (k, n)));
        let (bias, old) = (matrix(1, n, &mut rng), matrix(m, n, &mut rng));
        let curve = CURVES[round % 3];
        let bound = 1e-6 * (k as f64).sqrt().max(4.0);
        for threads in [1, 2, 3] {
            let mut engine = Engine::with_threads(threads);
            let what = format!("{m}x{k}x{n}, ways {way_a} {way_b}");
            let mut c = Array2::from_elem((m, n), f32::NAN);
            engine.product(a, b, &mut c);
            let book = by_the_book(a, b, |_, _| 0.0, Curve::Linear);
            let (c, book) = (c.into_raw_vec_and_offset().0, flat(&book));
            assert_close(&c, &book, bound, &what);
            let mut y = Array2::from_elem((m, n), f32::NAN);
            engine.layer(a, (b, &bias), curve, &mut y);
            let book = by_the_book(a, b, |_, j| bias[[0, j]], curve);
            assert_close(&flat(&y), &flat(&book), bound, &what);
            let mut sum = old.clone();
            engine.add_product(a, b, &mut sum);
            let book = by_the_book(a, b, |i, j| old[[i, j]], Curve::Linear);
            assert_close(&flat(&sum), &flat(&book), bound, &what);
        }
    }
}

fn flat<T: Copy>(matrix: &Array2<T>) -> Vec<T> {
    matrix.iter().copied().collect()
}

#[test]
fn all_levels_agree_and_threads_change_no_bit() {
    let mut rng = rng(2, Purpose::Data);
    for (m, k, n) in [(64, 784, 35), (100, 300, 250), (7, 33, 784)] {
        let (a, b) = (matrix(m, k, &mut rng), matrix(n, k, &mut rng));
        let bias = matrix(1, n, &mut rng);
        let product = Product {
            a: Input::of(a.view()).unwrap(),
            b: Input::of(b.t()).unwrap(),
            plus: Plus::Row(bias.as_slice().unwrap()),
            curve: Curve::Tanh,
        };
        let mut plain = vec![0.0; m * n];
        product.write(&mut plain, Level::Plain, &mut Crew::new(1));
        let plain: Vec<f64> = plain.into_iter().map(f64::from).collect();
        for level in Level::best().and_below() {
            let mut one = vec![0.0; m * n];
            product.write(&mut one, level, &mut Crew::new(1));
            assert_close(&one, &plain, 2e-5, &format!("{level:?}"));
            for threads in [2, 4] {
                let mut more = vec![0.0; m * n];
                let mut crew = Crew::new(threads);
                product.write(&mut more, level, &mut crew);
                assert!(one == more, "{level:?} on {threads} threads");
            }
        }
    }
}

#[test]
fn a_row_alone_has_the_bits_that_it_has_among_others() {
    let mut rng = rng(3, Purpose::Data);
    let (x, w) = (matrix(9, 700, &mut rng), matrix(700, 50, &mut rng));
    let bias = matrix(1, 50, &mut rng);
    let mut engine = Engine::default();
    let mut all = Array2::zeros((9, 50));
    engine.layer(x.view(), (w.view(), &bias), Curve::Tanh, &mut all);
    let mut one = Array2::zeros((1, 50));
    let row = x.slice(s![4..5, ..]);
    engine.layer(row, (w.view(), &bias), Curve::Tanh, &mut one);
    assert_eq!(one, all.slice(s![4..5, ..]));
}

/// Runs a pass at every level with one, two and three threads.
fn everywhere(mut pass: impl FnMut(&mut Hands, &str)) {
    for level in Level::best().and_below() {
        for threads in [1, 2, 3] {
            let crew = &mut Crew::new(threads);
            let what = format!("{level:?} on {threads} threads");
            pass(&mut Hands { level, crew }, &what);
        }
    }
}

#[test]
fn curves_and_their_slopes() {
    let mut rng = rng(4, Purpose::Data);
    for size in [0, 1, 17, 1000, 150_001] {
        let z = matrix(1, size, &mut rng) * 9.0;
        let blame = flat(&matrix(1, size, &mut rng));
        for curve in CURVES {
            let book = z.map(|z| bent(curve, f64::from(*z)));
            everywhere(|hands, what| {
                let mut y = flat(&z);
                hands.bend(curve, &mut y);
                assert_close(&y, &flat(&book), 5e-7, what);
                let pairs = blame.iter().zip(&y);
                let book: Vec<f64> = pairs
                    .map(|(dy, y)| {
                        f64::from(*dy) * slope(curve, f64::from(*y))
                    })
                    .collect();
                let mut dy = blame.clone();
                hands.unbend(curve, &y, &mut dy);
                assert_close(&dy, &book, 3e-7, what);
            });
        }
    }
}

#[test]
fn losses_and_their_slopes() {
    let mut rng = rng(5, Purpose::Data);
    for (rows, columns) in [(0, 3), (1, 1), (3, 17), (40, 784), (2, 5000)] {
        let z = matrix(rows, columns, &mut rng) * 30.0;
        let x = matrix(rows, columns, &mut rng).mapv(f32::abs);
        for loss in [Mistake::Squared, Mistake::CrossEntropy] {
            let of = |z: f32, x: f32| {
                let (z, x) = (f64::from(z), f64::from(x));
                match loss {
                    Mistake::Squared => ((z - x) * (z - x), 2.0 * (z - x)),
                    Mistake::CrossEntropy => (
                        z.max(0.0) - x * z + (-z.abs()).exp().ln_1p(),
                        1.0 / (1.0 + (-z).exp()) - x,
                    ),
                }
            };
            let pairs = || z.iter().zip(&x);
            let slopes = pairs().map(|(z, x)| of(*z, *x).1 * 0.25);
            let slopes: Vec<f64> = slopes.collect();
            let book = z.rows().into_iter().zip(x.rows()).map(|(z, x)| {
                z.iter().zip(x).map(|(z, x)| of(*z, *x).0).sum()
            });
            let book: Vec<f64> = book.collect();
            everywhere(|hands, what| {
                let mut sums = vec![f32::NAN; rows];
                let mut found = vec![f32::NAN; rows * columns];
                let all = Compared {
                    outputs: z.as_slice().unwrap(),
                    targets: x.as_slice().unwrap(),
                    slopes: &mut found,
                    sums: &mut sums,
                    share: 0.25,
                };
                hands.compare(loss, all);
                assert_close(&found, &slopes, 1e-6, what);
                assert_close(&sums, &book, 2e-6, what);
            });
        }
    }
}

#[test]
fn sums_of_columns_and_scaled_sums() {
    let mut rng = rng(6, Purpose::Data);
    for (rows, columns) in [(0, 5), (7, 1), (33, 70), (300, 784)] {
        let x = matrix(rows, columns, &mut rng);
        let book = x.map(|x| f64::from(*x)).sum_axis(ndarray::Axis(0));
        everywhere(|hands, what| {
            let mut sums = vec![f32::NAN; columns];
            hands.column_sums(x.as_slice().unwrap(), &mut sums);
            assert_close(&sums, &book.to_vec(), 1e-5, what);
            let mut y = flat(&x);
            hands.add_scaled(&mut y, -0.5, x.as_slice().unwrap());
            let half = x.map(|x| 0.5 * f64::from(*x));
            assert_close(&y, &flat(&half), 1e-7, what);
        });
    }
}

#[test]
fn squares_of_columns_and_columns_that_count_differently() {
    let mut rng = rng(8, Purpose::Data);
    for (rows, columns) in [(0, 5), (7, 1), (33, 70), (300, 784)] {
        let x = matrix(rows, columns, &mut rng);
        let (y, shares) = (flat(&x), flat(&matrix(1, columns, &mut rng)));
        let of = Columns { x: &y, shares: &shares };
        let wide = |j: usize| f64::from(shares[j]);
        let sum_up = |f: &dyn Fn(f64) -> f64| {
            let all = x.map(|x| f(f64::from(*x)).powi(2));
            all.sum_axis(ndarray::Axis(0)).to_vec()
        };
        let add_up = |f: &dyn Fn(f64) -> f64| {
            let places = x.indexed_iter().map(|((_, j), x)| (j, x));
            let numbers = places.map(|(j, x)| (wide(j), f64::from(*x)));
            numbers.map(|(s, x)| x + s * f(x)).collect::<Vec<f64>>()
        };
        everywhere(|hands, what| {
            let (mut sums, mut z) = (vec![f32::NAN; columns], y.clone());
            hands.column_squares(Squared::Numbers, &y, &mut sums);
            assert_close(&sums, &sum_up(&|x| x), 1e-5, what);
            hands.add_columns(&mut z, of);
            assert_close(&z, &add_up(&|x| x), 1e-6, what);
            for curve in CURVES {
                let slopes = Squared::SlopesOf(curve);
                hands.column_squares(slopes, &y, &mut sums);
                assert_close(
                    &sums,
                    &sum_up(&|x| slope(curve, x)),
                    1e-5,
                    what,
                );
                let mut z = y.clone();
                hands.add_slope_changes(curve, &mut z, of);
                // What a small step of the answer does to the square.
                let at = |x: f64| slope(curve, x).powi(2) / 2e-4;
                let change = |x| match curve {
                    Curve::Relu => 0.0,
                    _ => at(x + 1e-4) - at(x - 1e-4),
                };
                assert_close(&z, &add_up(&change), 1e-6, what);
            }
        });
    }
}

#[test]
fn a_step_of_adam_and_one_with_momentum() {
    let mut rng = rng(7, Purpose::Data);
    let size = 70_001;
    let [w, m, g] = [0; 3].map(|_| flat(&matrix(1, size, &mut rng)));
    let mut v: Vec<f32> = g.iter().map(|g| g * g * 1e-3).collect();
    (v[0], v[1]) = (0.0, 1e-20);
    let adam = Adam {
        beta_1: 0.9,
        beta_2: 0.999,
        rate: 1e-3,
        unbias: 1.7,
        epsilon: 1e-8,
    };
    everywhere(|hands, what| {
        let [mut w_2, mut m_2, mut v_2] = [&w, &m, &v].map(Clone::clone);
        let (w_2, m_2, v_2) = (&mut w_2, &mut m_2, &mut v_2);
        hands.adam(adam, Remembered { w: w_2, m: m_2, v: v_2, g: &g });
        for i in 0..size {
            let [w, m, v, g] = [w[i], m[i], v[i], g[i]].map(f64::from);
            let new = f64::from(1.0 - 0.999_f32);
            let (m, v) = (0.9 * m + 0.1 * g, 0.999 * v + new * g * g);
            let step = 1e-3 * m / ((1.7 * v).sqrt() + 1e-8);
            let gap = (f64::from(w_2[i]) - (w - step)).abs();
            // The rates are 32-bit numbers.
            let bound = 2e-7 + 2e-6 * step.abs();
            assert!(gap < bound, "{what} at {i}: {gap}");
            assert!((f64::from(v_2[i]) - v).abs() < 1e-6 * v);
            assert!((f64::from(m_2[i]) - m).abs() < 1e-6);
        }
        let (mut w_2, mut v_2) = (w.clone(), m.clone());
        hands.momentum([0.9, 0.1], &mut w_2, &mut v_2, &g);
        let v = m.iter().zip(&g);
        let v = v.map(|(v, g)| 0.9 * f64::from(*v) + f64::from(*g));
        let w =
            w.iter().zip(v.clone()).map(|(w, v)| f64::from(*w) - 0.1 * v);
        assert_close(&v_2, &v.collect::<Vec<_>>(), 1e-6, what);
        assert_close(&w_2, &w.collect::<Vec<_>>(), 1e-6, what);
    });
}

#[test]
fn rows_are_picked_in_the_order_asked_for() {
    let mut rng = rng(9, Purpose::Data);
    for (many, columns, few) in [(1, 1, 3), (40, 7, 0), (90, 800, 70)] {
        let x = matrix(many, columns, &mut rng);
        let most = many as u32;
        let rows = (0..few).map(|_| rng.random_range(0..most));
        let rows: Vec<u32> = rows.collect();
        let book = rows.iter().flat_map(|row| x.row(*row as usize));
        let book: Vec<f32> = book.copied().collect();
        everywhere(|hands, what| {
            let mut to = vec![f32::NAN; few * columns];
            let from = (x.as_slice().unwrap(), columns);
            hands.pick_rows(from, &rows, &mut to);
            assert_eq!(to, book, "{what}");
        });
    }
}
