//! Convolutions, sparse products and the largest of a row, each against
//! the plainest loop there is, at every level and with several threads.

use gargalo::kernel::crew::Crew;
use gargalo::kernel::curve::Curve;
use gargalo::kernel::engine::Engine;
use gargalo::kernel::images::After;
use gargalo::kernel::images::GROUP;
use gargalo::kernel::images::Geometry;
use gargalo::kernel::images::Kernels;
use gargalo::kernel::level::Level;
use gargalo::kernel::passes::Hands;
use gargalo::nn::random::Purpose;
use gargalo::nn::random::Rng;
use gargalo::nn::random::rng;
use ndarray::Array2;
use rand::RngExt as _;

fn numbers(count: usize, rng: &mut Rng) -> Vec<f32> {
    (0..count).map(|_| rng.random_range(-1.0..1.0)).collect()
}

fn assert_close(got: &[f32], expected: &[f64], what: &str) {
    assert_eq!(got.len(), expected.len());
    for (i, (got, expected)) in got.iter().zip(expected).enumerate() {
        let gap = (f64::from(*got) - expected).abs();
        let bound = 1e-5 * expected.abs().max(1.0);
        assert!(gap < bound, "{what} at {i}: {got} for {expected}");
    }
}

/// Visits every pair of a wide and a narrow pixel of one picture that a
/// weight connects: their places, and the weight's.
fn each(of: &Geometry, mut visit: impl FnMut(usize, usize, usize)) {
    let [channels, height, width] = of.wide;
    let [kernels, lines, columns] = of.narrow;
    let (k, s) = (of.side, of.stride);
    for place in 0..kernels * lines * columns {
        let (n, y, x) = (
            place / (lines * columns),
            place / columns % lines,
            place % columns,
        );
        for weight in 0..channels * k * k {
            let (c, dy, dx) =
                (weight / (k * k), weight / k % k, weight % k);
            let line = (y * s + dy).checked_sub(of.before[0]);
            let column = (x * s + dx).checked_sub(of.before[1]);
            let (Some(line), Some(column)) = (line, column) else {
                continue;
            };
            if line < height && column < width {
                let pixel = (c * height + line) * width + column;
                visit(pixel, place, n * channels * k * k + weight);
            }
        }
    }
}

/// A window of which every stop sees a pixel of the picture.
fn random_geometry(rng: &mut Rng) -> Geometry {
    let (side, stride) = (rng.random_range(1..6), rng.random_range(1..4));
    let mut size = || rng.random_range(side..side + 12);
    let (height, width) = (size(), size());
    let before = [0; 2].map(|_| rng.random_range(0..side));
    let stops = |n: usize, b: usize| (n + b - 1) / stride + 1;
    let kernels = rng.random_range(1..14);
    Geometry {
        wide: [rng.random_range(1..14), height, width],
        narrow: [
            kernels,
            stops(height, before[0]),
            stops(width, before[1]),
        ],
        side,
        stride,
        before,
    }
}

/// A sheet of pictures; every column is one.
fn sheet(
    hands: &mut Hands,
    channels: usize,
    pictures: &[f32],
    size: usize,
) -> Vec<f32> {
    let mut sheet = vec![f32::NAN; size * GROUP];
    hands.turn_in(channels, pictures, &mut sheet);
    sheet
}

/// The pictures of a sheet again.
fn back(
    hands: &mut Hands,
    channels: usize,
    sheet: &[f32],
    count: usize,
) -> Vec<f32> {
    let mut pictures = vec![f32::NAN; count * sheet.len() / GROUP];
    hands.turn_out(channels, sheet, &mut pictures);
    pictures
}

#[test]
fn sheets_become_the_same_pictures_again() {
    let mut rng = rng(14, Purpose::Data);
    for (count, channels, area) in [(1, 1, 1), (16, 3, 49), (7, 2, 100)] {
        let size = channels * area;
        let pictures = numbers(count * size, &mut rng);
        for level in Level::best().and_below() {
            let hands = &mut Hands { level, crew: &mut Crew::new(1) };
            let turned = sheet(hands, channels, &pictures, size);
            for (place, row) in turned.chunks(GROUP).enumerate() {
                let from = place % channels * area + place / channels;
                for (n, number) in row.iter().enumerate() {
                    let picture = pictures.get(n * size + from);
                    assert_eq!(number, picture.unwrap_or(&0.0));
                }
            }
            assert_eq!(back(hands, channels, &turned, count), pictures);
        }
    }
}

#[test]
fn convolutions_of_random_shapes() {
    let mut rng = rng(8, Purpose::Data);
    for round in 0..24 {
        let of = random_geometry(&mut rng);
        let pictures = [1, 5, 16, 11][round % 4];
        let weights = numbers(of.narrow[0] * of.sees(), &mut rng);
        let wide = numbers(pictures * of.wide_len(), &mut rng);
        let narrow = numbers(pictures * of.narrow_len(), &mut rng);
        let mut gathered = vec![0.0; narrow.len()];
        let mut scattered = vec![0.0; wide.len()];
        let mut blamed = vec![0.0; weights.len()];
        for p in 0..pictures {
            let (w, n) = (p * of.wide_len(), p * of.narrow_len());
            each(&of, |pixel, place, weight| {
                let (pixel, place) = (w + pixel, n + place);
                let [k, a, b] =
                    [weights[weight], wide[pixel], narrow[place]]
                        .map(f64::from);
                gathered[place] += k * a;
                scattered[pixel] += k * b;
                blamed[weight] += a * b;
            });
        }
        let [read, written] = [of.wide[0], of.narrow[0]];
        for level in Level::best().and_below() {
            let what = format!("{of:?} {level:?}");
            let hands = &mut Hands { level, crew: &mut Crew::new(1) };
            let mut paper = vec![f32::NAN; of.paper()];
            let a = sheet(hands, read, &wide, of.wide_len());
            let b = sheet(hands, written, &narrow, of.narrow_len());
            let plain =
                Kernels { weights: &weights, after: After::nothing() };
            let mut sums = vec![f32::NAN; b.len()];
            hands.gather(&of, plain, (&a, &mut sums), &mut paper);
            let sums = back(hands, written, &sums, pictures);
            assert_close(&sums, &gathered, &what);
            let mut sums = vec![f32::NAN; a.len()];
            hands.scatter(&of, plain, (&b, &mut sums), &mut paper);
            let sums = back(hands, read, &sums, pictures);
            assert_close(&sums, &scattered, &what);
            let mut blame = vec![f32::NAN; weights.len()];
            hands.blame_kernels(&of, (&a, &b), &mut blame, &mut paper);
            assert_close(&blame, &blamed, &what);
        }
    }
}

#[test]
fn sums_are_finished_before_they_are_written() {
    let mut rng = rng(15, Purpose::Data);
    let curves = [Curve::Linear, Curve::Sigmoid, Curve::Tanh, Curve::Relu];
    for round in 0..24 {
        let of = random_geometry(&mut rng);
        let curve = curves[round % 4];
        let weights = numbers(of.narrow[0] * of.sees(), &mut rng);
        let bias = numbers(of.narrow[0], &mut rng);
        let wide = numbers(GROUP * of.wide_len(), &mut rng);
        let y = numbers(GROUP * of.narrow_len(), &mut rng);
        for level in Level::best().and_below() {
            let hands = &mut Hands { level, crew: &mut Crew::new(1) };
            let mut paper = vec![f32::NAN; of.paper()];
            let mut walk = |after| {
                let kernels = Kernels { weights: &weights, after };
                let mut sums = vec![f32::NAN; y.len()];
                hands.gather(&of, kernels, (&wide, &mut sums), &mut paper);
                sums
            };
            let plain = walk(After::nothing());
            let bent = walk(After::bend(&bias, curve));
            let blamed = walk(After::slope(&y, curve));
            let mut book: Vec<f32> = plain.clone();
            let channels = bias.len();
            for (row, sums) in book.chunks_mut(GROUP).enumerate() {
                sums.iter_mut().for_each(|z| *z += bias[row % channels]);
            }
            hands.bend(curve, &mut book);
            assert_eq!(bent, book, "{level:?} {curve:?} {of:?}");
            book.copy_from_slice(&plain);
            hands.unbend(curve, &y, &mut book);
            assert_eq!(blamed, book, "{level:?} {curve:?} {of:?}");
        }
    }
}

#[test]
fn a_sparse_factor_gives_what_a_dense_one_would() {
    let mut rng = rng(9, Purpose::Data);
    for (m, k, n) in [(64, 500, 70), (5, 33, 784), (300, 64, 100)] {
        let mut a = Array2::zeros((m, k));
        for _ in 0..m * k / 20 {
            let place = [rng.random_range(0..m), rng.random_range(0..k)];
            a[place] = rng.random_range(-1.0..1.0);
        }
        let b = numbers(k * n, &mut rng);
        let b = Array2::from_shape_vec((k, n), b).unwrap();
        let dense = a.mapv(f64::from).dot(&b.mapv(f64::from));
        let dense: Vec<f64> = dense.into_iter().collect();
        let turned = a.t().as_standard_layout().into_owned();
        for a in [a.view(), turned.t()] {
            for threads in [1, 3] {
                let mut c = Array2::from_elem((m, n), f32::NAN);
                let mut engine = Engine::with_threads(threads);
                engine.product(a, b.view(), &mut c);
                assert_close(c.as_slice().unwrap(), &dense, "sparse");
            }
        }
    }
}

#[test]
fn the_largest_are_those_that_sorting_finds() {
    let mut rng = rng(10, Purpose::Data);
    for round in 0..200 {
        let (rows, columns) = (3, rng.random_range(1..80));
        let k = rng.random_range(0..columns + 2);
        // Every other time there are many equals.
        let coarse = if round % 2 == 0 { 1e6 } else { 3.0 };
        let x = numbers(rows * columns, &mut rng);
        let x: Vec<f32> =
            x.iter().map(|x| (x * coarse).round() / coarse + 0.0).collect();
        let mut book = vec![0.0; x.len()];
        for row in 0..rows {
            let x = &x[row * columns..(row + 1) * columns];
            let mut order: Vec<usize> = (0..columns).collect();
            order.sort_by(|&a, &b| x[b].total_cmp(&x[a]).then(a.cmp(&b)));
            for &winner in order.iter().take(k) {
                book[row * columns + winner] = 1.0;
            }
        }
        for level in Level::best().and_below() {
            let crew = &mut Crew::new(1);
            let mut winners = vec![f32::NAN; x.len()];
            let mut hands = Hands { level, crew };
            hands.crown(&x, columns, k, &mut winners);
            assert_eq!(winners, book, "{k} of {x:?}");
        }
    }
}

#[test]
fn a_sparse_blame_gives_what_a_dense_one_would() {
    let mut rng = rng(11, Purpose::Data);
    // Inputs, examples, units.
    for (m, k, n) in [(784, 64, 300), (33, 17, 256), (20, 500, 1030)] {
        let x = numbers(k * m, &mut rng);
        let x = Array2::from_shape_vec((k, m), x).unwrap();
        let mut dz = Array2::zeros((k, n));
        for _ in 0..k * n / 20 {
            let place = [rng.random_range(0..k), rng.random_range(0..n)];
            dz[place] = rng.random_range(-1.0..1.0);
        }
        let dense = x.t().mapv(f64::from).dot(&dz.mapv(f64::from));
        let dense: Vec<f64> = dense.into_iter().collect();
        for level in Level::best().and_below() {
            let mut one = Vec::new();
            for threads in [1, 2, 3] {
                let mut engine = Engine::at_level(level, threads);
                let mut c = Array2::from_elem((m, n), f32::NAN);
                engine.product(x.t(), dz.view(), &mut c);
                let c = c.into_raw_vec_and_offset().0;
                assert_close(&c, &dense, "sparse blame");
                assert!(one.is_empty() || one == c, "{threads} threads");
                one = c;
            }
        }
    }
}

#[test]
fn a_product_at_marks_is_the_product_there_and_zero_elsewhere() {
    let mut rng = rng(12, Purpose::Data);
    for (m, k, n, one_in) in
        [(64, 784, 300, 25), (7, 33, 70, 30), (130, 5, 40, 2)]
    {
        let [a, w] = [m * k, n * k].map(|size| numbers(size, &mut rng));
        let a = Array2::from_shape_vec((m, k), a).unwrap();
        let w = Array2::from_shape_vec((n, k), w).unwrap();
        let marks = Array2::from_shape_simple_fn((m, n), || {
            f32::from(u8::from(rng.random_range(0..one_in) == 0))
        });
        let dense = a.mapv(f64::from).dot(&w.t().mapv(f64::from));
        let dense: Vec<f64> =
            (dense * marks.mapv(f64::from)).into_iter().collect();
        for level in Level::best().and_below() {
            let mut one = Vec::new();
            for threads in [1, 2, 3] {
                let mut engine = Engine::at_level(level, threads);
                let mut c = Array2::from_elem((m, n), f32::NAN);
                engine.product_at((a.view(), w.t()), &marks, &mut c);
                let c = c.into_raw_vec_and_offset().0;
                assert_close(&c, &dense, "at marks");
                assert!(one.is_empty() || one == c, "{threads} threads");
                one = c;
            }
        }
    }
}

#[test]
fn channels_of_a_sheet_are_added_up() {
    let mut rng = rng(13, Purpose::Data);
    for (channels, area) in [(1, 1), (5, 143), (8, 4), (19, 7)] {
        let sheet = numbers(GROUP * channels * area, &mut rng);
        let mut sums = vec![0.0; channels];
        for (row, numbers) in sheet.chunks(GROUP).enumerate() {
            let numbers = numbers.iter().map(|&x| f64::from(x));
            sums[row % channels] += numbers.sum::<f64>();
        }
        for level in Level::best().and_below() {
            let mut hands = Hands { level, crew: &mut Crew::new(1) };
            let mut found = vec![f32::NAN; channels];
            hands.sheet_sums(&sheet, &mut found);
            assert_close(&found, &sums, "sums of channels");
        }
    }
}

#[test]
fn a_level_that_the_processor_lacks_is_refused() {
    let best = Level::best();
    assert!(best.and_below().into_iter().all(Level::is_here));
    #[cfg(target_arch = "x86_64")]
    for level in [Level::Avx2, Level::Avx512] {
        let engine = std::panic::catch_unwind(|| {
            Engine::at_level(level, 1).threads()
        });
        assert_eq!(engine.is_ok(), best.and_below().contains(&level));
    }
}
