//! PCA: nothing to train. In the plane, the search for the first axis is
//! shown turn by turn.

use crate::Real;
use crate::lesson::goal::Status;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::lesson::possible::is_plane;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::model::Codec as _;
use crate::nn::pca::Pca;
use crate::nn::pca::covariance;
use crate::nn::power_iteration::PowerIteration;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::train::Link;
use crate::train::Plan;
use crate::train::Report;
use crate::train::TrainEvent;
use crate::train::baseline::Baseline;
use crate::train::build;
use crate::train::history::EpochPoint;
use crate::train::history::History;
use crate::train::metrics;
use crate::train::pace::Pace;
use crate::train::picture::Studio;
use crate::train::picture::View;
use crate::train::record::FORMAT;
use crate::train::record::RunRecord;
use crate::train::run::Bench;
use ndarray::array;
use rand::RngExt as _;
use std::f32::consts::TAU;
use std::sync::Arc;

/// Most turns of the arrow.
const MOST_TURNS: u64 = 60;

/// The arrow has arrived when a turn moves it by less.
const ARRIVED: Real = 1e-4;

/// How often a turn waits for the screen to be ready.
const PATIENCE: u32 = 8;

/// PCA on its way.
struct Turning<'a> {
    bench: Bench<'a>,
    link: &'a mut dyn Link,
    base: Arc<Baseline>,
    pca: Pca,
    studio: Studio<'a>,
    history: History,
    pace: Pace,
    step: u64,
}

/// Finds the axes, and in the plane shows how one could.
pub fn run(bench: Bench, link: &mut dyn Link) -> RunRecord {
    let base = bench.cache.baseline(bench.data);
    let pca = build::pca(bench.config, bench.data, &base);
    let studio = Studio::new(bench, &base);
    let (history, pace) = (History::default(), Pace::Run);
    let mut turning =
        Turning { bench, link, base, pca, studio, history, pace, step: 0 };
    let metrics = turning.measure();
    turning.announce(&metrics);
    let whole = !is_plane(bench.data.kind) || turning.search();
    turning.step = turning.step.max(1);
    turning.record(metrics, whole)
}

impl Turning<'_> {
    fn announce(&mut self, metrics: &Metrics) {
        let plane = is_plane(self.bench.data.kind);
        let steps = if plane { MOST_TURNS } else { 1 };
        let plan = Plan {
            parameters: self.parameters(),
            steps,
            steps_per_epoch: steps,
            epochs: 1,
            known: metrics.clone(),
        };
        self.link.report(TrainEvent::Started(Box::new(plan)));
    }

    /// Turns the arrow until it has arrived; says whether it was left to.
    fn search(&mut self) -> bool {
        let x = &self.bench.data.train.x;
        let covariance = covariance(x, &self.pca.mean, &mut Desk::new());
        let total = covariance.diag().sum();
        let mut look = rng(self.bench.config.seed(), Purpose::Look);
        let angle: Real = look.random_range(0.0..TAU);
        let start = array![[angle.cos(), angle.sin()]];
        let mut arrow = PowerIteration::new(covariance, start);
        while self.step < MOST_TURNS {
            self.report(&arrow.direction);
            if !self.gate(&arrow.direction) {
                return false;
            }
            let moved = arrow.step();
            self.step += 1;
            let lost = (total - arrow.variance()) / x.ncols() as Real;
            self.history.push_batch(self.step, lost);
            if moved < ARRIVED {
                break;
            }
        }
        true
    }

    /// Takes orders and gives the eye time to follow: a turn takes no time
    /// at all. Without a screen nothing waits.
    fn gate(&mut self, direction: &Matrix) -> bool {
        let mut tries = 0;
        loop {
            let waits = self.pace.waits(self.step);
            let orders = self.link.orders(true);
            for order in &orders {
                self.pace.order(order, self.step, MOST_TURNS);
            }
            if self.link.stopped() {
                return false;
            }
            let still = self.pace.waits(self.step);
            if still != waits {
                self.report(direction);
            }
            tries += 1;
            if !still && (self.link.due() || tries >= PATIENCE) {
                return true;
            }
        }
    }

    fn report(&mut self, direction: &Matrix) {
        let settings = &self.bench.config.settings;
        let epoch = self.step as f64 / MOST_TURNS as f64;
        let view = View {
            step: self.step,
            epoch,
            settings,
            last: None,
            unhurried: false,
        };
        let arrow = Some(direction);
        let snapshot = self.studio.of_pca(&self.pca, arrow, &view);
        let report = Report {
            step: self.step,
            epoch,
            curve: self.history.batches.clone(),
            trail: Vec::new(),
            snapshot: Some(Box::new(snapshot)),
            speed: 0.0,
            seconds_left: 0.0,
            paused: self.pace.waits(self.step),
            symptom: None,
        };
        self.link.report(TrainEvent::Progress(Box::new(report)));
    }

    fn measure(&self) -> Metrics {
        let (train, test) =
            (&self.bench.data.train.x, &self.bench.data.test.x);
        let on_train = metrics::error(&self.pca, train);
        let on_test = metrics::error(&self.pca, test);
        let (base, k) = (&self.base, self.pca.kept);
        let total = base.mean_train();
        let explained = self.pca.explained();
        let first = explained.first().copied().unwrap_or(0.0);
        let spread = metrics::variance(&self.pca.reconstruct(test));
        let mut metrics = Metrics::from([
            (Metric::OutputSpread, spread / metrics::variance(test)),
            (Metric::TrainMse, on_train),
            (Metric::TestMse, on_test),
            (Metric::Gap, on_test / on_train),
            (Metric::MeanTestMse, base.mean_test()),
            (Metric::PcaTestMse, base.pca_test(k)),
            (Metric::PcaTrainMse, base.pca_train(k)),
            (Metric::VarianceKept, (total - on_train) / total),
            (Metric::FirstShare, f64::from(first)),
            (Metric::ComponentsFor90, self.pca.axes_for(0.9) as f64),
            (Metric::Parameters, self.parameters() as f64),
        ]);
        if let Some(degrees) = self.angle_to_mean() {
            metrics.insert(Metric::AngleToMean, degrees);
        }
        metrics.extend(self.studio.strangers(&self.pca, true));
        metrics.retain(|_, value| value.is_finite());
        metrics
    }

    /// Degrees between the first axis and the mean of the data, 0 to 90: an
    /// axis has no front.
    fn angle_to_mean(&self) -> Option<f64> {
        let axis = self.pca.axes(1);
        let mean = &self.base.pca.mean;
        let length = mean.iter().map(|m| m * m).sum::<Real>().sqrt();
        let cosine = (&axis * mean).sum().abs() / length;
        let degrees = cosine.min(1.0).acos().to_degrees();
        (length > 0.0).then_some(f64::from(degrees))
    }

    fn record(self, metrics: Metrics, whole: bool) -> RunRecord {
        let settings = &self.bench.config.settings;
        let step = self.step;
        let view = View {
            step,
            epoch: 1.0,
            settings,
            last: Some(&metrics),
            unhurried: true,
        };
        let snapshot = self.studio.of_pca(&self.pca, None, &view);
        let mut history = self.history;
        let point =
            EpochPoint { step, epoch: 1.0, metrics: metrics.clone() };
        history.push_epoch(point);
        let kept = metrics.get(&Metric::VarianceKept).copied();
        let (status, reason) = match whole {
            true => (Status::Finished, told(self.pca.kept, kept)),
            false => (Status::Stopped, STOPPED.to_owned()),
        };
        RunRecord {
            format: FORMAT,
            number: self.bench.config.number,
            model: self.bench.config.model,
            settings: settings.clone(),
            start: settings.clone(),
            data_hash: self.bench.data.hash,
            parameters: self.pca.mean.len() * (self.pca.kept + 1),
            steps: step,
            epochs: 1.0,
            seconds: self.link.seconds(),
            status,
            reason,
            history,
            metrics,
            snapshot,
            pinned: false,
        }
    }

    /// K axes and the mean.
    fn parameters(&self) -> usize {
        self.pca.mean.len() * (self.pca.kept + 1)
    }
}

/// What came of it.
fn told(k: usize, kept: Option<f64>) -> String {
    let share = 100.0 * kept.unwrap_or(0.0);
    let axes =
        if k == 1 { "One component keeps" } else { "components keep" };
    match k {
        1 => format!("{axes} {share:.1} % of the variance."),
        _ => format!("{k} {axes} {share:.1} % of the variance."),
    }
}

const STOPPED: &str = "Stopped by you; the axes are known all the same. \
                       Press r to see the search again.";
