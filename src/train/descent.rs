//! Training an autoencoder: epochs, batches, orders, reports.

use crate::Real;
use crate::data::batches::gather_into;
use crate::data::batches::order;
use crate::lesson::goal::Status;
use crate::lesson::knob::Acts;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::knob::Value;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::desk::Desk;
use crate::nn::model::Model as _;
use crate::nn::optimizer::Optimizer;
use crate::nn::random::Purpose;
use crate::nn::random::stream;
use crate::train::Control;
use crate::train::Link;
use crate::train::Plan;
use crate::train::Report;
use crate::train::TrainEvent;
use crate::train::baseline::Baseline;
use crate::train::build;
use crate::train::clock::Clock;
use crate::train::cost::LOOKED_AT;
use crate::train::cost::LOOKS;
use crate::train::evaluate::Looker;
use crate::train::evaluate::Seen;
use crate::train::history::EpochPoint;
use crate::train::history::History;
use crate::train::history::Mark;
use crate::train::metrics;
use crate::train::pace::Pace;
use crate::train::picture::Studio;
use crate::train::picture::View;
use crate::train::reason;
use crate::train::record::FORMAT;
use crate::train::record::RunRecord;
use crate::train::run::Bench;
use crate::train::snapshot::Snapshot;
use crate::train::watch::Blowup;
use crate::train::watch::Look;
use crate::train::watch::Rest;
use crate::train::watch::Watch;
use std::sync::Arc;

/// Multiply-adds that a look after an epoch may cost: some ten
/// milliseconds, during which no order is taken.
const QUICK_LOOK: usize = 400_000_000;

/// Multiply-adds that the last look may cost.
const LAST_LOOK: usize = 5_000_000_000;

/// An autoencoder in training.
pub struct Descent<'a> {
    bench: Bench<'a>,
    link: &'a mut dyn Link,
    base: Arc<Baseline>,
    learner: Learner,
    settings: Settings,
    history: History,
    known: Metrics,
    watch: Watch,
    studio: Studio<'a>,
    flow: Flow,
}

/// What changes with every step.
struct Learner {
    model: Autoencoder,
    optimizer: Optimizer,
    desk: Desk,
    step: u64,
    /// The model after the newest epoch at which all was finite.
    sound: (Autoencoder, u64),
}

/// How the run and its reports go on.
struct Flow {
    pace: Pace,
    clock: Clock,
    /// Epoch points not yet reported.
    trail: Vec<EpochPoint>,
}

/// How the loop over epochs ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// After the last epoch.
    Last,
    /// By the student.
    Stopped,
    /// Because nothing got better.
    Rested(Rest),
    /// Because the loss exploded.
    Blown(Blowup),
}

impl<'a> Descent<'a> {
    /// Builds the model and compares the data with simpler models.
    pub fn new(bench: Bench<'a>, link: &'a mut dyn Link) -> Self {
        let (config, data) = (bench.config, bench.data);
        let base = bench.cache.baseline(data);
        let model = build::autoencoder(config, data);
        let known = metrics::known(config, data, &base, &model);
        let studio = Studio::new(bench, &base);
        let learner = Learner {
            sound: (model.clone(), 0),
            model,
            optimizer: build::optimizer(config),
            desk: Desk::new(),
            step: 0,
        };
        Self {
            bench,
            link,
            base,
            learner,
            settings: config.settings.clone(),
            history: History::default(),
            known,
            watch: Watch::new(0.0, 0.0),
            studio,
            flow: Flow {
                pace: Pace::Run,
                clock: Clock::default(),
                trail: Vec::new(),
            },
        }
    }

    /// Trains to the end, one way or another.
    pub fn run(mut self) -> RunRecord {
        self.announce();
        let start = self.look_around(LOOKED_AT, QUICK_LOOK);
        let cost = self.bench.config.cost();
        self.watch = Watch::new(start.0.objective, cost.multiply_adds);
        self.note_epoch(&start);
        self.report();
        let end = self.epochs();
        self.record(end)
    }

    fn announce(&mut self) {
        let per_epoch = self.per_epoch();
        let plan = Plan {
            parameters: self.learner.model.parameter_count(),
            steps: self.planned() * per_epoch,
            steps_per_epoch: per_epoch,
            epochs: self.planned(),
            known: self.known.clone(),
        };
        self.link.report(TrainEvent::Started(Box::new(plan)));
    }

    fn epochs(&mut self) -> End {
        let n = self.bench.data.train.len();
        let seed = self.bench.config.seed();
        let mut epoch = 0;
        while epoch < self.planned() {
            let rows = order(n, seed, epoch);
            if let Some(end) = self.epoch(&rows) {
                return end;
            }
            epoch += 1;
            let stride = self.planned().div_ceil(LOOKS).max(1);
            if epoch % stride == 0 || epoch >= self.planned() {
                let seen = self.look_around(LOOKED_AT, QUICK_LOOK);
                if let Some(rest) = self.note_epoch(&seen) {
                    return End::Rested(rest);
                }
            }
        }
        End::Last
    }

    /// All batches of one epoch, shown in the order of `rows`.
    fn epoch(&mut self, rows: &[u32]) -> Option<End> {
        for batch in rows.chunks(self.batch_size()) {
            if !self.gate() {
                return Some(End::Stopped);
            }
            let loss = self.step(batch);
            self.history.push_batch(self.learner.step, loss);
            let blowup = self.watch.batch(f64::from(loss));
            if let Some(blowup) = blowup {
                return Some(End::Blown(blowup));
            }
        }
        None
    }

    /// One step with the examples in `rows`; returns their loss.
    fn step(&mut self, rows: &[u32]) -> Real {
        let seed = self.bench.config.seed();
        let x = &self.bench.data.train.x;
        let Learner { model, optimizer, desk, step, .. } =
            &mut self.learner;
        let mut batch = desk.sheet(rows.len(), x.ncols());
        gather_into(x, rows, &mut batch);
        let mut noise = stream(seed, Purpose::Noise, *step);
        let (losses, gradients) = model.gradients(&batch, &mut noise, desk);
        optimizer.step(model.parameters_mut(), &gradients);
        desk.put_back_all(gradients);
        desk.put_back(batch);
        *step += 1;
        losses.total
    }

    /// Between two batches: takes orders, waits if told so, reports if
    /// somebody wants to know. Says whether to go on.
    fn gate(&mut self) -> bool {
        self.take_orders(false);
        if self.flow.pace.waits(self.learner.step) {
            self.report();
            while self.flow.pace.waits(self.learner.step)
                && !self.link.stopped()
            {
                if self.take_orders(true) {
                    self.report();
                }
            }
            self.flow.clock.restart(self.link.seconds());
        } else if self.link.due() {
            self.report();
        }
        !self.link.stopped()
    }

    /// Says whether there were any.
    fn take_orders(&mut self, paused: bool) -> bool {
        let orders = self.link.orders(paused);
        let per_epoch = self.per_epoch();
        for order in &orders {
            self.flow.pace.order(order, self.learner.step, per_epoch);
            if let Control::Tune(knob, value) = order {
                self.tune(*knob, value);
            }
        }
        !orders.is_empty()
    }

    /// Turns a knob that acts live; one that does not, or a value that
    /// cannot be, is left alone: the screen has said so already.
    fn tune(&mut self, knob: KnobId, value: &Value) {
        let settings = self.settings.with(knob, value.clone());
        let mut config = self.bench.config.clone();
        config.settings = settings;
        if knob.info().acts != Acts::Live || config.check().is_err() {
            return;
        }
        self.settings = config.settings;
        let number = self.settings.number(knob) as Real;
        match knob {
            KnobId::LearningRate => {
                self.learner.optimizer.learning_rate = number;
            }
            KnobId::CodeNoise => self.learner.model.code_noise = number,
            _ => {}
        }
        let (step, value) = (self.learner.step, value.clone());
        self.history.push_mark(Mark { step, knob, value });
    }

    /// Looks at training and test examples, at most so many of each and at
    /// most for so many multiply-adds.
    fn look_around(&mut self, most: usize, work: usize) -> (Seen, Seen) {
        let model = &self.learner.model;
        let affordable = work / model.parameter_count().max(1);
        let most = most.min(affordable.max(200));
        let threads = self.bench.config.threads;
        let mut looker = Looker { threads, go_on: &mut || true };
        let data = self.bench.data;
        let mut look = |x| looker.look(model, x, most).unwrap_or_default();
        (look(&data.train.x), look(&data.test.x))
    }

    /// Adds an epoch to the history and asks whether to go on.
    fn note_epoch(&mut self, (train, test): &(Seen, Seen)) -> Option<Rest> {
        if train.is_finite() && test.is_finite() {
            let Learner { model, step, sound, .. } = &mut self.learner;
            *sound = (model.clone(), *step);
        }
        let point = self.point((train, test));
        self.history.push_epoch(point.clone());
        self.flow.trail.push(point);
        self.watch.epoch(Look {
            epoch: self.learner.step / self.per_epoch(),
            planned: self.planned(),
            train: train.objective,
            test: test.objective,
            share: test.squared / self.base.mean_test().max(1e-12),
        })
    }

    fn point(&self, seen: (&Seen, &Seen)) -> EpochPoint {
        let (step, epoch) = (self.learner.step, self.epochs_done());
        let (model, data) = (&self.learner.model, self.bench.data);
        let mut metrics = metrics::trail(model, data, &self.base, seen);
        metrics.insert(Metric::Epochs, epoch);
        EpochPoint { step, epoch, metrics }
    }

    fn report(&mut self) {
        let now = self.link.seconds();
        let paused = self.flow.pace.waits(self.learner.step);
        let examples = self.learner.step * self.batch_size() as u64;
        self.flow.clock.note(now, examples);
        let wanted = paused || self.flow.clock.wants_picture(now);
        let snapshot = wanted.then(|| Box::new(self.snapshot(None)));
        self.flow.clock.pictured(now, self.link.seconds());
        let total = self.planned() * self.per_epoch();
        let steps_left = total.saturating_sub(self.learner.step);
        let examples_left = steps_left * self.batch_size() as u64;
        let report = Report {
            step: self.learner.step,
            epoch: self.epochs_done(),
            curve: self.history.batches.clone(),
            trail: std::mem::take(&mut self.flow.trail),
            snapshot,
            speed: self.flow.clock.speed(),
            seconds_left: self.flow.clock.seconds_for(examples_left),
            paused,
        };
        self.link.report(TrainEvent::Progress(Box::new(report)));
    }

    /// The model as it is; `last` are the metrics if the run is over.
    fn snapshot(&self, last: Option<&Metrics>) -> Snapshot {
        let view = View {
            step: self.learner.step,
            epoch: self.epochs_done(),
            settings: &self.settings,
            last,
        };
        self.studio.of_autoencoder(&self.learner.model, &view)
    }

    /// Measures everything a last time and closes the books.
    fn record(mut self, end: End) -> RunRecord {
        let (epochs, steps) = (self.epochs_done(), self.learner.step);
        if !metrics::is_finite(&self.learner.model) {
            // Keep what was last of any use.
            let (model, step) = self.learner.sound.clone();
            self.learner.model = model;
            self.learner.step = step;
        }
        let most = match end {
            End::Stopped => (LOOKED_AT, QUICK_LOOK),
            _ => (usize::MAX, LAST_LOOK),
        };
        let seen = self.look_around(most.0, most.1);
        let mut metrics = self.point((&seen.0, &seen.1)).metrics;
        metrics.extend(self.known.clone());
        let model = &self.learner.model;
        metrics.extend(metrics::closing(model, &self.base));
        metrics.extend(self.studio.strangers(model));
        metrics.retain(|_, value| value.is_finite());
        let status = match end {
            End::Last => Status::Finished,
            End::Stopped => Status::Stopped,
            End::Rested(Rest::Converged) => Status::Converged,
            End::Rested(Rest::Stalled) => Status::Stalled,
            End::Blown(_) => Status::Diverged,
        };
        let story = reason::Story {
            end,
            settings: &self.settings,
            metrics: &metrics,
            watch: &self.watch,
            steps,
            epochs,
        };
        RunRecord {
            format: FORMAT,
            number: self.bench.config.number,
            model: self.bench.config.model,
            start: self.bench.config.settings.clone(),
            data_hash: self.bench.data.hash,
            parameters: model.parameter_count(),
            steps,
            epochs,
            seconds: self.link.seconds(),
            status,
            reason: story.tell(),
            snapshot: self.snapshot(Some(&metrics)),
            settings: self.settings,
            history: self.history,
            metrics,
            pinned: false,
        }
    }

    fn planned(&self) -> u64 {
        self.settings.whole(KnobId::Epochs) as u64
    }

    fn batch_size(&self) -> usize {
        let n = self.bench.data.train.len();
        self.settings.whole(KnobId::BatchSize).clamp(1, n.max(1))
    }

    fn per_epoch(&self) -> u64 {
        let n = self.bench.data.train.len();
        n.div_ceil(self.batch_size()).max(1) as u64
    }

    fn epochs_done(&self) -> f64 {
        self.learner.step as f64 / self.per_epoch() as f64
    }
}
