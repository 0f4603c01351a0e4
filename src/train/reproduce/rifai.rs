//! Rifai et al. (ICML 2011): contractive autoencoders.

use crate::Real;
use crate::data::DataKind;
use crate::data::DataSpec;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::contractive::squared_norm;
use crate::nn::corruption::Corruption;
use crate::nn::corruption::CorruptionKind;
use crate::nn::desk::Desk;
use crate::nn::jacobian::directions_for;
use crate::nn::jacobian::saturation;
use crate::nn::model::Codec as _;
use crate::train::reproduce::Mark;
use crate::train::reproduce::Row;
use crate::train::reproduce::Tier;
use crate::train::reproduce::finding::Expected;
use crate::train::reproduce::finding::Finding;
use crate::train::reproduce::finding::Unit;
use crate::train::reproduce::fit::Plan;
use crate::train::reproduce::fit::fit;
use crate::train::reproduce::lab::Halt;
use crate::train::reproduce::lab::Lab;
use crate::train::reproduce::lab::mean;
use crate::train::reproduce::vincent::tied;
use ndarray::s;

/// The rows of this paper.
pub const ROWS: [Row; 3] = [
    Row {
        id: "R11-J",
        claim: "the norm of the Jacobian has a closed form",
        source: "Rifai et al. 2011, equation 7",
        reported: "agrees with small steps",
        mark: Mark::Theorem,
        tier: Tier::Exact,
        full: None,
        measure: norm,
    },
    Row {
        id: "R11-T1",
        claim: "a contractive code moves little and saturates",
        source: "Rifai et al. 2011, table 1",
        reported: "norms: AE 24 x CAE; saturated: 86 against 50 % (1,000 units)",
        mark: Mark::Memory,
        tier: Tier::Order,
        full: None,
        measure: table,
    },
    Row {
        id: "R11-SPEC",
        claim: "it feels few directions",
        source: "Rifai et al. 2011, figure 3",
        reported: "a figure: few large singular values",
        mark: Mark::Memory,
        tier: Tier::Order,
        full: None,
        measure: spectrum,
    },
];

/// What is pinned, by name.
const RATIO: &str = "|J|, plain / contractive";
const MORE: &str = "more saturated by";

/// Digits seen, and units.
const SEEN: usize = 4000;
const UNITS: usize = 100;

/// The price of contraction: 10 of a loss that sums over pixels.
const PRICE: Real = 10.0 / 784.0;

fn norm(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Digits8)?;
    let mut model = tied(64, 10, lab.seed);
    let x = data.train.x.slice(s![..20, ..]).to_owned();
    let seed = lab.seed;
    fit(lab, &mut model, &data.train.x, Plan::adam(100, 5), seed)?;
    let layer = &model.encoder.layers[0];
    let code = model.encode(&x);
    let closed = f64::from(squared_norm(layer, &code, &mut Desk::new()));
    let mut sum = 0.0;
    for x in x.rows() {
        let x: Vec<f64> = x.iter().map(|v| f64::from(*v)).collect();
        for i in 0..x.len() {
            let at = |step: f64| {
                let mut x = x.clone();
                x[i] += step;
                code_of(&layer.weights, &layer.bias, &x)
            };
            let pairs = at(1e-5).into_iter().zip(at(-1e-5));
            let slopes = pairs.map(|(a, b)| (a - b) / 2e-5);
            sum += slopes.map(|s| s * s).sum::<f64>();
        }
    }
    let measured = sum / x.nrows() as f64;
    Ok(vec![
        Finding::of("|J|, relative difference", Unit::Plain)
            .expect(Expected::Below(1e-6))
            .measured((closed / measured - 1.0).abs()),
    ])
}

/// A sigmoid code with 64-bit numbers, apart from the textbook's own.
fn code_of(weights: &Matrix, bias: &Matrix, x: &[f64]) -> Vec<f64> {
    let unit = |(w, b): (ndarray::ArrayView1<Real>, &Real)| {
        let sum: f64 =
            w.iter().zip(x).map(|(w, x)| f64::from(*w) * x).sum();
        1.0 / (1.0 + (-sum - f64::from(*b)).exp())
    };
    weights.columns().into_iter().zip(bias).map(unit).collect()
}

/// The models of the table.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Plain,
    Decay,
    Gaussian,
    Contractive,
}

/// One of them, trained on the first digits.
fn trained(
    lab: &mut Lab,
    kind: Kind,
    x: &Matrix,
    seed: u64,
) -> Result<Autoencoder, Halt> {
    let mut model = tied(784, UNITS, seed);
    match kind {
        Kind::Plain => {}
        Kind::Decay => model.weight_decay = 1e-4,
        Kind::Contractive => model.contraction = PRICE,
        Kind::Gaussian => {
            let (kind, level) = (CorruptionKind::Gaussian, 0.3);
            model.corruption = Corruption { kind, level };
        }
    }
    fit(lab, &mut model, x, Plan::adam(50, 15), seed)?;
    Ok(model)
}

/// The training and the test digits of these rows.
fn digits(lab: &mut Lab) -> Result<[Matrix; 2], Halt> {
    let mut spec = DataSpec::new(DataKind::Digits);
    spec.examples = SEEN;
    let data = lab.shaped(&spec)?;
    Ok([data.train.x.clone(), data.test.x.clone()])
}

/// The mean norm of the Jacobian and percent of saturated activities, as
/// means over three seeds.
fn norm_and_flat(
    lab: &mut Lab,
    kind: Kind,
    [x, test]: &[Matrix; 2],
) -> Result<(f64, f64), Halt> {
    let (mut norms, mut flat) = (Vec::new(), Vec::new());
    for seed in lab.seeds() {
        let model = trained(lab, kind, x, seed)?;
        let (layer, code) = (&model.encoder.layers[0], model.encode(test));
        let square = squared_norm(layer, &code, &mut Desk::new());
        norms.push(f64::from(square).sqrt());
        let share = saturation(&code, Activation::Sigmoid);
        flat.push(100.0 * f64::from(share));
    }
    Ok((mean(&norms), mean(&flat)))
}

fn table(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = digits(lab)?;
    let plain = norm_and_flat(lab, Kind::Plain, &data)?;
    let decay = norm_and_flat(lab, Kind::Decay, &data)?;
    let gauss = norm_and_flat(lab, Kind::Gaussian, &data)?;
    let small = norm_and_flat(lab, Kind::Contractive, &data)?;
    let norm =
        |what: &str, x: f64| Finding::of(what, Unit::Plain).measured(x);
    let flat =
        |what: &str, x: f64| Finding::of(what, Unit::Percent).measured(x);
    Ok(vec![
        norm("|J|, plain", plain.0),
        norm("|J|, weight decay", decay.0),
        norm("|J|, denoising: less than plain", gauss.0)
            .expect(Expected::Below(plain.0)),
        norm("|J|, contractive: less than denoising", small.0)
            .expect(Expected::Below(gauss.0)),
        Finding::of(RATIO, Unit::Ratio)
            .expect(Expected::pinned("R11-T1", RATIO))
            .measured(plain.0 / small.0),
        flat("saturated, plain", plain.1),
        flat("saturated, denoising", gauss.1),
        flat("saturated, contractive: more than plain", small.1)
            .expect(Expected::AtLeast(plain.1)),
        Finding::of(MORE, Unit::Points)
            .expect(Expected::pinned("R11-T1", MORE))
            .measured(small.1 - plain.1),
    ])
}

fn spectrum(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = digits(lab)?;
    let test = data[1].slice(s![..100, ..]).to_owned();
    let mut counts = [Vec::new(), Vec::new()];
    for seed in lab.seeds() {
        let kinds = [Kind::Plain, Kind::Contractive];
        for (counts, kind) in counts.iter_mut().zip(kinds) {
            let model = trained(lab, kind, &data[0], seed)?;
            let values = model.spectrum(&test);
            counts.push(directions_for(&values, 0.9) as f64);
        }
    }
    let [plain, small] = counts.map(|counts| mean(&counts));
    Ok(vec![
        Finding::of("directions with 90 % of |J|^2, plain", Unit::Count)
            .measured(plain),
        Finding::of("the same, contractive: fewer", Unit::Count)
            .expect(Expected::Below(plain))
            .measured(small),
    ])
}
