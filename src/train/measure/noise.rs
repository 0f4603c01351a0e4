//! How well damaged test examples are repaired.

use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::nn::Matrix;
use crate::nn::corruption::Corruption;
use crate::nn::corruption::CorruptionKind;
use crate::nn::desk::Desk;
use crate::train::build;
use crate::train::evaluate::Seen;
use crate::train::measure::Draw;
use crate::train::measure::Exam;
use crate::train::measure::gap;
use crate::train::net::Net;

/// Damaged copies of examples: as in training, and masked where training
/// damages nothing, so that models can be compared.
pub fn damaged(exam: &Exam, x: &Matrix) -> Matrix {
    let Corruption { kind, level } =
        build::corruption(&exam.config.settings);
    let kind = match kind {
        CorruptionKind::None => CorruptionKind::Masking,
        kind => kind,
    };
    let corruption = Corruption { kind, level };
    let mut rng = exam.rng(Draw::Damage);
    corruption.corrupt(x, &mut rng, &mut Desk::new()).x
}

/// The error before and after.
pub fn metrics(exam: &Exam, _: &(Seen, Seen)) -> Metrics {
    if !matches!(exam.net, Net::Dense(_) | Net::Convolutional(_)) {
        return Metrics::new();
    }
    let (clean, _) = exam.test(exam.rows());
    let noisy = damaged(exam, &clean);
    let before = gap(&clean, &noisy);
    let after = gap(&clean, &exam.net.model().reconstruct(&noisy));
    let mut all = Metrics::from([
        (Metric::NoisyTestMse, before),
        (Metric::DenoisedMse, after),
    ]);
    if after > 0.0 {
        all.insert(Metric::NoiseGain, before / after);
    }
    all
}
