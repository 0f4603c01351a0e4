//! The numbers a run is judged by, computed.
//!
//! Three kinds: *known* before training (facts about data and model), the
//! *trail* (after every epoch), and *closing* ones that are worth their
//! time only once, at the end.

use crate::data::DataKind;
use crate::data::Dataset;
use crate::lesson::knob::KnobId;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::lesson::schema::ModelKind;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::decoder::Decoder;
use crate::nn::gradient_check;
use crate::nn::loss::Loss;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::slow_motion::STEP;
use crate::nn::subspace::principal_angles;
use crate::train::baseline::Baseline;
use crate::train::config::RunConfig;
use crate::train::evaluate::Seen;
use crate::train::net::Net;
use crate::train::onehot;

/// Most parameters of a model whose gradients are checked by measuring.
pub const TINY: usize = 300;

/// A unit whose activation stays within this range is dead.
const STILL: f32 = 1e-6;

/// A unit with a smaller activation is silent.
pub const SILENT: f32 = 0.01;

/// All metrics.
const ALL: [Metric; 73] = {
    use Metric::*;
    [
        AngleToMean,
        BceFloor,
        ComponentsFor90,
        DeadUnits,
        DistinctCodes,
        Epochs,
        FirstShare,
        Gap,
        GradientError,
        LineError,
        LineVariance,
        LineShare,
        MeanTestMse,
        NoiseMse,
        OutputSpread,
        Parameters,
        PcaTestMse,
        PcaTrainMse,
        PrincipalAngle,
        RowsRight,
        RowsRightRounded,
        Saturation,
        ShuffledMse,
        TestBce,
        TestMse,
        TrainMse,
        TrainLoss,
        TestLoss,
        VarianceKept,
        ActiveLatents,
        ActiveUnits,
        AggregateMean,
        Auc,
        BestFactorCorrelation,
        BestNeuron,
        BestNeuronControl,
        DenoisedMse,
        EncoderNorm,
        ErrorThreshold,
        FilterSize,
        FlaggedNormal,
        HeadAccuracy,
        IdentityResidual,
        ImportanceBound,
        InterpolationDistance,
        JacobianNorm,
        KlTotal,
        KnnAccuracy,
        MajorityShare,
        MeanActivation,
        MedianSigma,
        NegativeElbo,
        NoiseGain,
        NoisyProbeAccuracy,
        NoisyTestMse,
        NormalSensitivity,
        OrientedFilters,
        PcaKnnAccuracy,
        PcaMatch,
        PcaRetrieval,
        PixelAccuracy,
        PixelAccuracyBound,
        Precision,
        ProbeAccuracy,
        RawProbeAccuracy,
        Recall,
        Retrieval,
        SampleDiversity,
        SampleValid,
        ScratchAccuracy,
        ShiftedMse,
        TangentSensitivity,
        UnusedUnits,
    ]
};

/// The metrics that a model reports on a kind of data, if its knobs allow:
/// cross-entropy when it is the loss, saturation with a sigmoid code, the
/// principal angle without hidden layers, the gradient check of a tiny
/// model.
pub fn metrics_of(model: ModelKind, data: DataKind) -> Vec<Metric> {
    let reported = |metric: &Metric| model.reports(*metric, data);
    ALL.into_iter().filter(reported).collect()
}

/// What is known about a network's run before its first step.
pub fn known(
    config: &RunConfig,
    data: &Dataset,
    base: &Baseline,
    net: &Net,
) -> Metrics {
    let k = code_size(config, net);
    let parameters = net.parameter_count();
    let mut known = Metrics::from([
        (Metric::Parameters, parameters as f64),
        (Metric::MeanTestMse, base.mean_test()),
        (Metric::PcaTestMse, base.pca_test(k)),
        (Metric::PcaTrainMse, base.pca_train(k)),
    ]);
    if net.loss() == Loss::CrossEntropy {
        let floor = net.loss().floor(&data.test.x);
        known.insert(Metric::BceFloor, f64::from(floor));
    }
    if let Some(model) = net.dense()
        && parameters <= TINY
    {
        known.insert(Metric::GradientError, gradient_error(model, data));
    }
    known
}

/// Numbers of a code.
pub fn code_size(config: &RunConfig, net: &Net) -> usize {
    match net {
        Net::Convolutional(model) => {
            let last = model.encoder.layers.last();
            last.map_or(1, |layer| layer.output().len())
        }
        _ => config.settings.whole(KnobId::CodeSize),
    }
}

/// How surprised a stack is by the labels, in nats per example; 0 if its
/// head knows no probabilities.
pub fn surprise(net: &Net, x: &Matrix, labels: &[u8]) -> f64 {
    let losses = net.stacked().and_then(|s| s.label_loss(x, labels));
    losses.map_or(0.0, |losses| f64::from(losses.total))
}

/// Measures all derivatives of a tiny model on a few examples.
fn gradient_error(model: &Autoencoder, data: &Dataset) -> f64 {
    let rows: Vec<u32> = (0..data.train.len().min(8) as u32).collect();
    let batch = crate::data::batches::gather(&data.train.x, &rows);
    let mut model = model.clone();
    model.code_noise = 0.0;
    let noise = rng(0, Purpose::Noise);
    let check = gradient_check::check(&mut model, &batch, STEP, &noise);
    f64::from(check.ratio)
}

/// What is measured after an epoch.
pub fn trail(
    net: &Net,
    data: &Dataset,
    base: &Baseline,
    (train, test): (&Seen, &Seen),
) -> Metrics {
    let mut trail = Metrics::from([
        (Metric::TrainMse, train.squared),
        (Metric::TestMse, test.squared),
        (Metric::TrainLoss, train.objective),
        (Metric::TestLoss, test.objective),
        (Metric::DeadUnits, dead_units(&test.codes)),
    ]);
    if let Some(entropy) = test.entropy {
        trail.insert(Metric::TestBce, entropy);
    }
    let mut ratio = |metric, above: f64, below: f64| {
        if below > 0.0 {
            trail.insert(metric, above / below);
        }
    };
    ratio(Metric::Gap, test.squared, train.squared);
    let kept = base.mean_train() - train.squared;
    ratio(Metric::VarianceKept, kept, base.mean_train());
    ratio(Metric::OutputSpread, test.spread, variance(&data.test.x));
    if let Some(model) = net.dense() {
        if model.code_layer().activation == Activation::Sigmoid {
            trail.insert(Metric::Saturation, saturation(&test.codes));
        }
        if data.kind == DataKind::Onehot {
            trail.extend(onehot::metrics(model, &data.test.x));
        }
        trail.extend(activity(&test.codes));
    }
    trail.retain(|_, value| value.is_finite());
    trail
}

/// The largest angle, in degrees, between what the decoder can draw and
/// the first K principal axes. Only for a decoder of one layer, whose rows
/// span a plane, with no more units than pixels.
pub fn principal_angle(
    model: &Autoencoder,
    base: &Baseline,
) -> Option<f64> {
    let rows = decoder_rows(model)?;
    let (k, features) = rows.dim();
    let finite = rows.iter().all(|w| w.is_finite());
    if k > features || !finite {
        return None;
    }
    let angles = principal_angles(&rows, &base.pca.axes(k));
    let largest = angles.last().copied().unwrap_or(0.0);
    Some(f64::from(largest).to_degrees())
}

/// What each code unit adds to the output, `[K, features]`, if the decoder
/// is a single layer.
pub fn decoder_rows(model: &Autoencoder) -> Option<Matrix> {
    let (encoder, decoder) = (&model.encoder, &model.decoder);
    match decoder {
        Decoder::Own(network) => match network.layers.as_slice() {
            [only] => Some(only.weights.clone()),
            _ => None,
        },
        Decoder::Tied(_) => match encoder.layers.as_slice() {
            [only] => Some(only.weights.t().to_owned()),
            _ => None,
        },
    }
}

/// Share of the units whose code never changes.
fn dead_units(codes: &Matrix) -> f64 {
    let still = |unit: ndarray::ArrayView1<f32>| {
        let low = unit.iter().copied().fold(f32::INFINITY, f32::min);
        let high = unit.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        high - low <= STILL
    };
    let dead = codes.columns().into_iter().filter(|&unit| still(unit));
    dead.count() as f64 / codes.ncols().max(1) as f64
}

/// How active the code is: the mean activation, and the units that speak
/// for an example, on average.
fn activity(codes: &Matrix) -> Metrics {
    let count = codes.len().max(1) as f64;
    let sum: f64 = codes.iter().map(|&c| f64::from(c)).sum();
    let speaking = codes.iter().filter(|c| c.abs() > SILENT).count();
    let rows = codes.nrows().max(1) as f64;
    Metrics::from([
        (Metric::MeanActivation, sum / count),
        (Metric::ActiveUnits, speaking as f64 / rows),
    ])
}

/// Share of the codes near 0 or near 1.
fn saturation(codes: &Matrix) -> f64 {
    let sure = codes.iter().filter(|&&c| !(0.1..=0.9).contains(&c));
    sure.count() as f64 / codes.len().max(1) as f64
}

/// Variance over the examples, mean over pixels.
pub fn variance(x: &Matrix) -> f64 {
    if x.is_empty() {
        return 0.0;
    }
    let all = x.var_axis(ndarray::Axis(0), 0.0);
    f64::from(all.sum()) / all.len() as f64
}

/// The mean over pixels and examples of the squared difference of `x` and
/// `y`, both `[examples, features]`.
pub fn mse(x: &Matrix, y: &Matrix) -> f64 {
    let mut sum = 0.0;
    for (x, y) in x.iter().zip(y) {
        let gap = f64::from(x - y);
        sum += gap * gap;
    }
    sum / x.len().max(1) as f64
}

/// The error of any codec on examples.
pub fn error(codec: &dyn crate::nn::model::Codec, x: &Matrix) -> f64 {
    mse(x, &codec.reconstruct(x))
}
