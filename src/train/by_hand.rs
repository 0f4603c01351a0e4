//! A line turned by hand: nothing is trained, everything is measured.

use crate::lesson::goal::Status;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::nn::line::Line;
use crate::train::Link;
use crate::train::Plan;
use crate::train::TrainEvent;
use crate::train::baseline::Baseline;
use crate::train::build;
use crate::train::history::EpochPoint;
use crate::train::history::History;
use crate::train::metrics;
use crate::train::picture::Studio;
use crate::train::picture::View;
use crate::train::record::FORMAT;
use crate::train::record::RunRecord;
use crate::train::run::Bench;

/// Weights of a line: an angle and a point of the plane.
pub(super) const PARAMETERS: usize = 3;

/// Measures the line at its angle.
pub fn run(bench: Bench, link: &mut dyn Link) -> RunRecord {
    let base = bench.cache.baseline(bench.data);
    let line = build::line(bench.config, bench.data);
    let metrics = measure(&line, bench, &base);
    let plan = Plan {
        parameters: PARAMETERS,
        steps: 1,
        steps_per_epoch: 1,
        epochs: 1,
        known: metrics.clone(),
    };
    link.report(TrainEvent::Started(Box::new(plan)));
    let studio = Studio::new(bench, &base);
    let settings = &bench.config.settings;
    let view = View {
        step: 1,
        epoch: 1.0,
        settings,
        last: Some(&metrics),
        unhurried: true,
    };
    let snapshot = studio.of_line(&line, &view);
    let kept = metrics.get(&Metric::LineShare).copied().unwrap_or(0.0);
    let reason = format!(
        "The line keeps {:.1} % of the largest variance a line can keep.",
        100.0 * kept,
    );
    let mut history = History::default();
    history.push_epoch(EpochPoint {
        step: 1,
        epoch: 1.0,
        metrics: metrics.clone(),
    });
    RunRecord {
        format: FORMAT,
        number: bench.config.number,
        model: bench.config.model,
        settings: settings.clone(),
        start: settings.clone(),
        data_hash: bench.data.hash,
        parameters: PARAMETERS,
        steps: 1,
        epochs: 1.0,
        seconds: link.seconds(),
        status: Status::Finished,
        reason,
        history,
        metrics,
        snapshot,
        pinned: false,
    }
}

/// Everything about a line.
fn measure(line: &Line, bench: Bench, base: &Baseline) -> Metrics {
    let (train, test) = (&bench.data.train.x, &bench.data.test.x);
    let kept = f64::from(line.kept(train));
    let largest = base.pca.eigenvalues.first().copied().unwrap_or(0.0);
    let explained = base.pca.explained();
    let first = explained.first().copied().unwrap_or(0.0);
    let (on_train, on_test) =
        (metrics::error(line, train), metrics::error(line, test));
    let total = base.mean_train();
    let mut metrics = Metrics::from([
        (Metric::LineVariance, kept),
        (Metric::LineError, f64::from(line.lost(train))),
        (Metric::LineShare, kept / f64::from(largest)),
        (Metric::FirstShare, f64::from(first)),
        (Metric::TrainMse, on_train),
        (Metric::TestMse, on_test),
        (Metric::MeanTestMse, base.mean_test()),
        (Metric::VarianceKept, (total - on_train) / total),
        (Metric::Gap, on_test / on_train),
    ]);
    metrics.retain(|_, value| value.is_finite());
    metrics
}
