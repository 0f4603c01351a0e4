//! The tutorial "Intro to Autoencoders" of TensorFlow.

use crate::Real;
use crate::data::DataKind;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::anomaly;
use crate::nn::anomaly::Measure;
use crate::nn::anomaly::Threshold;
use crate::nn::blueprint::Blueprint;
use crate::nn::convolutional::Convolutional;
use crate::nn::corruption::Corruption;
use crate::nn::corruption::CorruptionKind;
use crate::nn::desk::Desk;
use crate::nn::image_plan::ImagePlan;
use crate::nn::model::Codec as _;
use crate::nn::model::Model as _;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::roc::Roc;
use crate::train::reproduce::Mark;
use crate::train::reproduce::Row;
use crate::train::reproduce::Tier;
use crate::train::reproduce::finding::Expected;
use crate::train::reproduce::finding::Finding;
use crate::train::reproduce::finding::Unit;
use crate::train::reproduce::fit::Bench;
use crate::train::reproduce::fit::Plan;
use crate::train::reproduce::fit::fit;
use crate::train::reproduce::fit::fit_by;
use crate::train::reproduce::lab::Halt;
use crate::train::reproduce::lab::Lab;
use crate::train::reproduce::lab::Scale;
use crate::train::reproduce::score::between;
use crate::train::reproduce::score::squared_error;
use ndarray::Axis;
use ndarray::concatenate;
use ndarray::s;

/// The rows of this tutorial.
pub const ROWS: [Row; 3] = [
    Row {
        id: "TF-A",
        claim: "clothes through 64 numbers",
        source: "TensorFlow, Intro to Autoencoders, part 1",
        reported: "validation MSE 0.0088 on 60,000 images",
        mark: Mark::Read,
        tier: Tier::Range,
        full: Some("1 min"),
        measure: basic,
    },
    Row {
        id: "TF-B",
        claim: "a convolutional network takes noise away",
        source: "TensorFlow, Intro to Autoencoders, part 2",
        reported: "validation MSE 0.0068 to 0.0076",
        mark: Mark::Read,
        tier: Tier::Range,
        full: Some("10 min"),
        measure: denoise,
    },
    Row {
        id: "TF-C",
        claim: "large errors give anomalous heartbeats away",
        source: "TensorFlow, Intro to Autoencoders, part 3",
        reported: "ECG5000: 0.943, 0.992, 0.905 (here: record 208, MSE)",
        mark: Mark::Read,
        tier: Tier::Range,
        full: None,
        measure: heartbeats,
    },
];

/// The mean of a squared error over pixels and images.
fn mse(y: &Matrix, x: &Matrix) -> f64 {
    between(y, x, |y, x| (y - x) * (y - x)) / x.ncols() as f64
}

fn basic(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Fashion)?;
    let mut plan = Blueprint::linear(784, 64);
    plan.code_activation = Activation::Relu;
    plan.output_activation = Activation::Sigmoid;
    let seed = lab.seed;
    let mut model = plan.build(&mut rng(seed, Purpose::Init));
    let epochs = lab.pick(30, 10);
    fit(lab, &mut model, &data.train.x, Plan::adam(32, epochs), seed)?;
    let what = "test loss";
    let expected = match lab.scale {
        Scale::Small => Expected::pinned("TF-A", what),
        Scale::Full => Expected::Near(0.0088, 0.0003),
    };
    let error = squared_error(&model, &data.test.x) / 784.0;
    let pca = lab.baseline(&data).pca_test(64);
    Ok(vec![
        Finding::of(what, Unit::MeanPerPixel)
            .expect(expected)
            .measured(error),
        Finding::of("the same / PCA-64 on the same data", Unit::Ratio)
            .expect(Expected::Near(1.0, 0.1))
            .measured(error / pca),
    ])
}

fn denoise(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Fashion)?;
    let seed = lab.seed;
    let (kind, level) = (CorruptionKind::Clipped, 0.2);
    let noise = Corruption { kind, level };
    let draws = &mut rng(seed, Purpose::Data);
    let [seen, test] = [&data.train.x, &data.test.x]
        .map(|x| noise.corrupt(x, draws, &mut Desk::new()).x);
    // The tutorial damages every image once and for all.
    let both = concatenate(Axis(1), &[seen.view(), data.train.x.view()]);
    let both = both.map_err(|why| Halt::Data(why.to_string()))?;
    let plan = ImagePlan::tensorflow();
    let mut model = plan.build(&mut rng(seed, Purpose::Init));
    let mut look = |model: &Convolutional, x: &Matrix, b: &mut Bench| {
        let seen = b.desk.copy(&x.slice(s![.., ..784]).to_owned());
        let clean = b.desk.copy(&x.slice(s![.., 784..]).to_owned());
        let found = model.look(&seen, &clean, &mut b.rng, &mut b.desk);
        b.desk.put_back(seen);
        b.desk.put_back(clean);
        found
    };
    let plan = (Plan::adam(32, 10), seed);
    fit_by(lab, &mut model, &both, plan, &mut look)?;
    let what = "test loss";
    let expected = match lab.scale {
        Scale::Small => Expected::pinned("TF-B", what),
        Scale::Full => Expected::Within(0.0065, 0.0078),
    };
    let clean = &data.test.x;
    let error = mse(&model.reconstruct(&test), clean);
    Ok(vec![
        Finding::of(what, Unit::MeanPerPixel)
            .expect(expected)
            .measured(error),
        Finding::of("the same / that of the noisy picture", Unit::Ratio)
            .expect(Expected::Within(0.0, 0.45))
            .measured(error / mse(&test, clean)),
    ])
}

/// Labels of the heartbeats.
const NORMAL: u8 = 0;
const WIDE: u8 = 1;

fn heartbeats(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let data = lab.data(DataKind::Ecg)?;
    let seed = lab.seed;
    let mut plan = Blueprint::linear(140, 8);
    plan.hidden = vec![32, 16];
    plan.activation = Activation::Relu;
    plan.code_activation = Activation::Relu;
    plan.output_activation = Activation::Sigmoid;
    let mut model = plan.build(&mut rng(seed, Purpose::Init));
    fit(lab, &mut model, &data.train.x, Plan::adam(32, 100), seed)?;
    let errors = |x: &Matrix| {
        anomaly::errors(Measure::Absolute, x, &model.reconstruct(x))
    };
    let limit = Threshold::Deviations(1.0).of(&errors(&data.train.x));
    let clear: Vec<usize> = (0..data.test.len())
        .filter(|&i| [NORMAL, WIDE].contains(&data.test.labels[i]))
        .collect();
    let errors = errors(&data.test.x.select(Axis(0), &clear));
    let wide: Vec<bool> =
        clear.iter().map(|&i| data.test.labels[i] == WIDE).collect();
    let count = |flagged: bool, is_wide: bool| {
        let pairs = errors.iter().zip(&wide);
        pairs
            .filter(|(e, w)| (**e > limit, **w) == (flagged, is_wide))
            .count() as f64
    };
    // The tutorial's positive class is the normal one.
    let (tp, fp) = (count(false, false), count(false, true));
    let (miss, tn) = (count(true, false), count(true, true));
    let auc = Roc::of(&errors, &wide).map_or(Real::NAN, |roc| roc.auc);
    let line = |what: &'static str, x: f64| {
        Finding::of(what, Unit::Ratio)
            .expect(Expected::pinned("TF-C", what))
            .measured(x)
    };
    Ok(vec![
        line("accuracy", (tp + tn) / errors.len() as f64),
        line("precision, normal is positive", tp / (tp + fp)),
        line("recall, normal is positive", tp / (tp + miss)),
        Finding::of("area under the ROC curve", Unit::Ratio)
            .expect(Expected::AtLeast(0.95))
            .measured(auc),
    ])
}
