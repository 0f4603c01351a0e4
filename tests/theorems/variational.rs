//! What is proven about variational autoencoders.

use super::embedded;
use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::blueprint::Blueprint;
use crate::nn::desk::Desk;
use crate::nn::gradient::put_back_all;
use crate::nn::gradient::written;
use crate::nn::kl;
use crate::nn::likelihood::importance_bound;
use crate::nn::linear_vae;
use crate::nn::loss::Loss;
use crate::nn::model::Model as _;
use crate::nn::noise::normal;
use crate::nn::optimizer::Optimizer;
use crate::nn::optimizer::Rule;
use crate::nn::pca::Pca;
use crate::nn::posterior::Posterior;
use crate::nn::random::Purpose;
use crate::nn::random::Rng;
use crate::nn::random::rng;
use crate::nn::reparametrization::Path;
use crate::nn::reparametrization::draw;
use crate::nn::variational::Reduction;
use crate::nn::variational::Variational;
use gargalo::data::DataKind;
use ndarray::Axis;
use ndarray::concatenate;
use ndarray::s;

/// Mean and standard error of some numbers.
fn mean_and_error(values: &[Real]) -> (Real, Real) {
    let n = values.len() as Real;
    let mean = values.iter().sum::<Real>() / n;
    let squares = values.iter().map(|v| (v - mean) * (v - mean));
    (mean, (squares.sum::<Real>() / (n - 1.0) / n).sqrt())
}

/// The same row `n` times.
fn copies(row: &Matrix, n: usize) -> Matrix {
    Matrix::from_shape_fn((n, row.ncols()), |(_, i)| row[[0, i]])
}

/// One hidden layer of tanh units.
fn small(inputs: usize, hidden: usize, loss: Loss) -> Variational {
    let mut plan = Blueprint::linear(inputs, 2);
    plan.hidden = vec![hidden];
    (plan.activation, plan.loss) = (Activation::Tanh, loss);
    Variational::new(&plan, &mut rng(1, Purpose::Init))
}

/// Steps of Adam on batches of 100, in turn.
fn train(model: &mut Variational, x: &Matrix, rate: Real, steps: usize) {
    let mut optimizer = Optimizer::new(Rule::Adam, rate);
    let (mut noise, mut desk) = (rng(1, Purpose::Noise), Desk::new());
    for step in 0..steps {
        let from = step * 100 % (x.nrows() - 99);
        let batch = x.slice(s![from..from + 100, ..]).to_owned();
        let (_, g) = model.gradients(&batch, &mut noise, &mut desk);
        optimizer.step(model.parameters_mut(), &g);
        desk.put_back_all(g);
    }
}

/// VAE-KL: the closed form is the mean of `ln q - ln p` over draws.
#[test]
fn the_divergence_is_what_draws_say_on_average() {
    let mut rng = rng(1, Purpose::Noise);
    for (mean, deviation) in [(0.0, 1.0), (1.0, 0.5), (-2.0, 0.1)] {
        let log_variance: Real = 2.0 * Real::ln(deviation);
        let noise = normal(100_000, 1, &mut rng);
        let gaps: Vec<Real> = noise
            .iter()
            .map(|e| {
                let z: Real = mean + deviation * e;
                0.5 * (z * z - e * e) - 0.5 * log_variance
            })
            .collect();
        let (seen, error) = mean_and_error(&gaps);
        let gap = seen - kl::kl(mean, log_variance);
        assert!(gap.abs() <= 3.0 * error + 1e-12, "{gap} of {error}");
    }
}

/// Kingma & Welling (2014): blame through the draw and blame by luck,
/// `(L(z) - baseline) · d ln q(z) / d statistics`, agree on average; and
/// the first has far less noise.
#[test]
fn blame_through_the_draw_is_blame_by_luck_with_less_noise() {
    let mut model = small(3, 4, Loss::CrossEntropy);
    model.kl_weight = 0.0;
    let x = copies(&ndarray::array![[0.1, 0.9, 0.6]], 2000);
    let statistics = model.statistics(&x);
    let (mut desk, mut rng) = (Desk::new(), rng(1, Purpose::Noise));
    let [mut gaps, mut through, mut luck] =
        [(); 3].map(|_| [(); 4].map(|_| Vec::new()));
    for _ in 0..60 {
        let noise = normal(2000, 2, &mut rng);
        let (_, g) = model.learn_with(&x, &x, &noise, &mut desk);
        let g = written(g, &mut desk);
        let z = draw(&statistics, &noise, &mut desk);
        let costs = model.log_likelihood(&x, &z);
        let baseline = -costs.iter().sum::<Real>() / 2000.0;
        for i in 0..4 {
            let (axis, spread) = (i % 2, i / 2 == 1);
            let slope = |n: usize| {
                let e = noise[[n, axis]];
                let log_variance = statistics[[0, 2 + axis]];
                let by_mean = e / (0.5 * log_variance).exp();
                if spread { 0.5 * (e * e - 1.0) } else { by_mean }
            };
            let shares = costs.iter().enumerate();
            let sum = shares.map(|(n, c)| (-c - baseline) * slope(n));
            let by_luck = sum.sum::<Real>() / 2000.0;
            // The gradient of the bias is that of the statistics.
            let passed = g[3][[0, i]];
            through[i].push(passed);
            luck[i].push(by_luck);
            gaps[i].push(passed - by_luck);
        }
        desk.put_back_all(g);
    }
    for i in 0..4 {
        let (gap, error) = mean_and_error(&gaps[i]);
        assert!(gap.abs() < 3.5 * error, "{i}: {gap} of {error}");
        let [calm, wild] =
            [&through[i], &luck[i]].map(|v| mean_and_error(v).1);
        assert!(calm < wild, "{i}: {calm} and {wild}");
    }
}

/// IW-NLL: more draws, closer to the likelihood (Burda et al., 2016); and
/// many draws find what a grid adds up.
#[test]
fn bounds_rise_to_the_likelihood() {
    let [x, _] = embedded(DataKind::Digits8);
    let mut model = small(64, 24, Loss::CrossEntropy);
    train(&mut model, &x, 0.01, 400);
    let mut draws = rng(1, Purpose::Look);
    let some = x.slice(s![..100, ..]).to_owned();
    let weights = model.log_weights(&some, 500, &mut draws);
    let bound = |k: usize| {
        let mut sum = 0.0;
        for part in weights.axis_chunks_iter(Axis(1), k) {
            let bounds = importance_bound(&part.to_owned());
            sum += bounds.iter().sum::<Real>();
        }
        sum / (100 * 500 / k) as Real
    };
    let (one, five, fifty) = (bound(1), bound(5), bound(50));
    let most = bound(500);
    println!("ELBO {one} IW-5 {five} IW-50 {fifty} IW-500 {most}");
    assert!(one < five && five < fifty && fifty < most);
    // The loss is the first of them, but for other draws.
    let loss = -model.loss(&some).total;
    assert!((loss - one).abs() < 0.3, "{loss} and {one}");
    for n in 0..4 {
        let example = x.slice(s![n..n + 1, ..]).to_owned();
        let weights = model.log_weights(&example, 5000, &mut draws);
        let sampled = importance_bound(&weights)[0];
        let grid = model.grid_likelihood(&example, 200);
        assert!((sampled - grid).abs() < 0.05, "{sampled} and {grid}");
    }
}

/// With the exact posterior every draw weighs the same: `p(x)`.
#[test]
fn the_exact_posterior_has_constant_weights() {
    let [x, _] = embedded(DataKind::Digits8);
    let pca = Pca::fit(&x, 0);
    for c in [0.5, 5.0, 50.0] {
        let model = linear_vae::best(&pca, 10, c);
        let mut draws = rng(1, Purpose::Look);
        let weights = model.log_weights(&x, 5, &mut draws);
        let spread = weights.var_axis(Axis(1), 0.0);
        assert!(spread.iter().all(|&v| v < 1e-10), "{c}");
        let variance = linear_vae::pixel_variance(c);
        let known = linear_vae::log_likelihood(&pca, 10, variance);
        let gap = weights.mean().expect("some") / known - 1.0;
        assert!(gap.abs() < 1e-9, "{c}: {gap:e}");
    }
}

/// LV-ACTIVE: on the digits inside the program. All of MNIST has as many,
/// but for 23 instead of 22 at 0.5.
#[test]
fn axes_are_worth_their_price_or_not() {
    let [x, _] = embedded(DataKind::Digits);
    let pca = Pca::fit(&x, 0);
    let counts = [3.0, 2.0, 1.5, 1.0, 0.5]
        .map(|variance| linear_vae::active(&pca, 784, variance));
    assert_eq!(counts, [3, 6, 8, 12, 22]);
    assert_eq!(linear_vae::active(&pca, 784, 6.0), 0);
}

/// LV-ELBO, Lucas et al. (2019): the bound of a linear variational
/// autoencoder reaches the likelihood of probabilistic PCA, and a
/// dimension is active if and only if `λ > β σ²`.
#[test]
fn a_linear_variational_autoencoder_learns_probabilistic_pca() {
    let [x, _] = embedded(DataKind::Digits);
    // Along the 16 longest axes of 400 digits, where all of it happens.
    let some = x.slice(s![..400, ..]).to_owned();
    let x = Pca::fit(&some, 0).project(&some, 16);
    let pca = Pca::fit(&x, 0);
    let twice = concatenate(Axis(0), &[x.view(), x.view()]).expect("fits");
    for (variance, beta) in [(1.5, 1.0), (0.8, 1.0), (0.8, 2.0)] {
        let plan = Blueprint::linear(16, 12);
        let mut model = Variational::new(&plan, &mut rng(1, Purpose::Init));
        (model.reconstruction_weight, model.kl_weight) =
            (0.5 / variance, beta);
        let (mut desk, mut tosses) = (Desk::new(), rng(1, Purpose::Noise));
        for (rate, steps) in [(0.02, 1000), (0.002, 1000)] {
            let mut optimizer = Optimizer::new(Rule::Adam, rate);
            for _ in 0..steps {
                let noise = coins(400, 12, &mut tosses);
                let (_, g) =
                    model.learn_with(&twice, &twice, &noise, &mut desk);
                optimizer.follow(model.parameters_mut(), &g, &mut desk);
                put_back_all(g, &mut desk);
            }
        }
        let used = linear_vae::active(&pca, 12, beta * variance);
        let found = Posterior::of(&model, &x).active_by_kl();
        println!("σ² {variance} β {beta}: {found} of {used} active");
        assert_eq!(found, used);
        if beta == 1.0 {
            let known = linear_vae::log_likelihood(&pca, 12, variance);
            let gap = 1.0 - exact_bound(&model, &x) / known;
            println!("gap to the likelihood {gap:e}");
            assert!(gap < 1e-9 && gap > -1e-3, "{gap:e}");
        }
    }
}

/// Coins instead of dice, for `2 n` examples: each toss of 1 or -1 once
/// with either sign. Its mean is 0 and its square 1, which is all that a
/// linear model feels.
fn coins(n: usize, k: usize, rng: &mut Rng) -> Matrix {
    let toss = normal(n, k, rng).mapv(Real::signum);
    concatenate(Axis(0), &[toss.view(), (-&toss).view()]).expect("fits")
}

/// The mean bound of a linear model with squared error, without dice: a
/// draw's noise adds `σ² |w|²` per dimension to the error.
fn exact_bound(model: &Variational, x: &Matrix) -> Real {
    let statistics = model.statistics(x);
    let (k, d) = (model.dimensions(), x.ncols());
    let mean = statistics.slice(s![.., ..k]).to_owned();
    let decoder = &model.decoder.layers[0];
    let gap = mean.dot(&decoder.weights) + &decoder.bias - x;
    let variances = statistics.slice(s![.., k..]).mapv(Real::exp);
    let lengths = decoder.weights.mapv(|w| w * w).sum_axis(Axis(1));
    let error = gap.mapv(|g| g * g).sum() + variances.dot(&lengths).sum();
    let c = model.reconstruction_weight;
    let constant = 0.5 * d as Real * (c / std::f64::consts::PI).ln();
    constant - c * error / x.nrows() as Real - kl::mean(&statistics)
}

/// Without a path through the draw, the reconstruction teaches the encoder
/// nothing at all.
#[test]
fn a_blocked_draw_stops_all_blame_of_the_reconstruction() {
    let [x, _] = embedded(DataKind::Digits8);
    let x = x.slice(s![..20, ..]).to_owned();
    let mut model = small(64, 8, Loss::CrossEntropy);
    model.kl_weight = 0.0;
    let norms = |model: &Variational| {
        let (mut noise, mut desk) = (rng(1, Purpose::Noise), Desk::new());
        let (_, g) = model.gradients(&x, &mut noise, &mut desk);
        let heads = g[2].mapv(|g| g * g);
        let log_variance = heads.slice(s![.., 2..]).sum();
        (log_variance, g[0].mapv(|g| g * g).sum(), g[4].clone())
    };
    let open = norms(&model);
    model.path = Path::Blocked;
    let blocked = norms(&model);
    assert!(open.0 > 0.0 && open.1 > 0.0);
    assert_eq!((blocked.0, blocked.1), (0.0, 0.0));
    // The decoder learns as before.
    assert_eq!(open.2, blocked.2);
}

/// BLOG-β392: averaging over 784 pixels and 2 dimensions multiplies β by
/// 392; the code collapses, and the output is the mean digit.
#[test]
fn averaged_losses_collapse_the_code() {
    let [x, test] = embedded(DataKind::Digits);
    let mut model = small(784, 12, Loss::CrossEntropy);
    model.reduction = Reduction::Mean;
    train(&mut model, &x, 0.05, 250);
    train(&mut model, &x, 0.005, 150);
    let divergence = kl::mean(&model.statistics(&test));
    let error = model.loss(&test).reconstruction;
    // The best constant output is the mean of the training digits; on all
    // of MNIST it costs 0.2623, on these test digits 0.2641.
    let mean = x.mean_axis(Axis(0)).expect("some").insert_axis(Axis(0));
    let logits = mean.mapv(|p| (p.max(1e-9) / (1.0 - p)).ln());
    let floor = Loss::CrossEntropy.mean(&copies(&logits, 2000), &test);
    println!("KL {divergence} BCE {error}, of the mean digit {floor}");
    assert_eq!(test.nrows(), 2000);
    assert!(divergence < 0.05, "{divergence}");
    assert!((floor - 0.2641).abs() < 1e-4, "{floor}");
    assert!((error - floor).abs() < 0.002, "{error} {floor}");
    // The same network with sums says something in its code.
    let mut honest = small(784, 12, Loss::CrossEntropy);
    train(&mut honest, &x, 0.005, 100);
    let divergence = kl::mean(&honest.statistics(&test));
    assert!(divergence > 1.0, "{divergence}");
}
