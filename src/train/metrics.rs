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
use crate::nn::autoencoder::Autoencoder;
use crate::nn::decoder::Decoder;
use crate::nn::gradient_check;
use crate::nn::loss::Loss;
use crate::nn::model::Model as _;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::slow_motion::STEP;
use crate::nn::subspace::principal_angles;
use crate::train::baseline::Baseline;
use crate::train::config::RunConfig;
use crate::train::evaluate::Seen;
use crate::train::onehot;

/// Most parameters of a model whose gradients are checked by measuring.
pub const TINY: usize = 300;

/// A unit whose activation stays within this range is dead.
const STILL: f32 = 1e-6;

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

/// What is known about an autoencoder's run before its first step.
pub fn known(
    config: &RunConfig,
    data: &Dataset,
    base: &Baseline,
    model: &Autoencoder,
) -> Metrics {
    let k = config.settings.whole(KnobId::CodeSize);
    let parameters = model.parameter_count();
    let mut known = Metrics::from([
        (Metric::Parameters, parameters as f64),
        (Metric::MeanTestMse, base.mean_test()),
        (Metric::PcaTestMse, base.pca_test(k)),
        (Metric::PcaTrainMse, base.pca_train(k)),
    ]);
    if model.loss == Loss::CrossEntropy {
        let floor = model.loss.floor(&data.test.x);
        known.insert(Metric::BceFloor, f64::from(floor));
    }
    if parameters <= TINY {
        known.insert(Metric::GradientError, gradient_error(model, data));
    }
    known
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
    model: &Autoencoder,
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
    if model.loss == Loss::CrossEntropy {
        trail.insert(Metric::TestBce, test.objective);
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
    let code = model.encoder.layers.last().map(|layer| layer.activation);
    if code == Some(crate::nn::activation::Activation::Sigmoid) {
        trail.insert(Metric::Saturation, saturation(&test.codes));
    }
    if data.kind == DataKind::Onehot {
        trail.extend(onehot::metrics(model, &data.test.x));
    }
    trail.retain(|_, value| value.is_finite());
    trail
}

/// What is worth its time only at the end.
pub fn closing(model: &Autoencoder, base: &Baseline) -> Metrics {
    let mut closing = Metrics::new();
    if let Some(degrees) = principal_angle(model, base) {
        closing.insert(Metric::PrincipalAngle, degrees);
    }
    closing
}

/// The largest angle, in degrees, between what the decoder can draw and
/// the first K principal axes. Only for a decoder of one layer, whose rows
/// span a plane, with no more units than pixels.
fn principal_angle(model: &Autoencoder, base: &Baseline) -> Option<f64> {
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

/// Whether all weights are finite numbers.
pub fn is_finite(model: &Autoencoder) -> bool {
    let mut all = model.parameters().into_iter().flat_map(|p| p.iter());
    all.all(|w| w.is_finite())
}
