//! Training a network: stages, epochs, batches, orders.

use crate::Real;
use crate::data::batches::order_into;
use crate::lesson::knob::Acts;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::knob::Value;
use crate::lesson::metric::Metrics;
use crate::nn::desk::Desk;
use crate::nn::desk::Sheets;
use crate::nn::full_batch::FullBatch;
use crate::nn::gradient::put_back_all;
use crate::nn::optimizer::Optimizer;
use crate::train::Control;
use crate::train::Link;
use crate::train::Plan;
use crate::train::TrainEvent;
use crate::train::baseline::Baseline;
use crate::train::build;
use crate::train::clock::Clock;
use crate::train::cost;
use crate::train::cost::LOOKED_AT;
use crate::train::cost::LOOKS;
use crate::train::evaluate::Seen;
use crate::train::faults;
use crate::train::faults::Nurse;
use crate::train::feed::Feed;
use crate::train::history::EpochPoint;
use crate::train::history::History;
use crate::train::history::Mark;
use crate::train::metrics;
use crate::train::net::Net;
use crate::train::pace::Pace;
use crate::train::picture::Studio;
use crate::train::record::RunRecord;
use crate::train::run::Bench;
use crate::train::schedule::Schedule;
use crate::train::schedule::Stage;
use crate::train::stacking;
use crate::train::watch::Blowup;
use crate::train::watch::Rest;
use crate::train::watch::Watch;
use std::sync::Arc;

/// Multiply-adds that a look after an epoch may cost: some ten
/// milliseconds, during which no order is taken.
pub const QUICK_LOOK: usize = 400_000_000;

/// Labeled examples seen between two looks, at least.
const FEW: usize = 500;

/// Multiply-adds that the last look may cost.
pub const LAST_LOOK: usize = 5_000_000_000;

/// A network in training.
pub struct Descent<'a> {
    pub(super) bench: Bench<'a>,
    pub(super) link: &'a mut dyn Link,
    pub(super) base: Arc<Baseline>,
    pub(super) learner: Learner,
    pub(super) feed: Feed<'a>,
    pub(super) schedule: Schedule,
    /// The rows of the labeled examples, in a stack.
    pub(super) labeled: Vec<u32>,
    pub(super) settings: Settings,
    pub(super) history: History,
    pub(super) known: Metrics,
    pub(super) watch: Watch,
    pub(super) nurse: Nurse,
    /// The layer in which numbers were left first.
    pub(super) origin: Option<String>,
    pub(super) studio: Studio<'a>,
    pub(super) flow: Flow,
}

/// What changes with every step.
pub struct Learner {
    pub(super) net: Net,
    optimizer: Optimizer,
    /// The optimizer that looks at all examples at once, if that is it.
    full: Option<FullBatch>,
    desk: Desk,
    pub(super) step: u64,
    /// The stage it is in.
    stage: usize,
    /// The network after the newest epoch at which all was finite.
    pub(super) sound: (Net, u64),
}

/// How the run and its reports go on.
pub struct Flow {
    pub(super) pace: Pace,
    pub(super) clock: Clock,
    /// Epoch points not yet reported.
    pub(super) trail: Vec<EpochPoint>,
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
        let net = build::net(config, data);
        let known = metrics::known(config, data, &base, &net);
        let studio = Studio::new(bench, &base);
        let settings = config.settings.clone();
        let labeled = match net.stacked() {
            Some(_) => stacking::labeled(&settings, data),
            None => Vec::new(),
        };
        let learner = Learner {
            sound: (net.clone(), 0),
            net,
            optimizer: build::optimizer(&settings),
            full: cost::is_full(config).then(FullBatch::new),
            desk: Desk::with_threads(config.threads),
            step: 0,
            stage: 0,
        };
        let (pace, clock) = (Pace::Run, Clock::default());
        Self {
            feed: Feed::new(&data.train, config.seed(), &settings),
            schedule: Schedule::of(config, data.train.len(), labeled.len()),
            bench,
            link,
            base,
            learner,
            labeled,
            settings,
            history: History::with_paper(),
            known,
            watch: Watch::new(0.0, 0.0),
            nurse: Nurse::new(&data.train.x),
            origin: None,
            studio,
            flow: Flow { pace, clock, trail: Vec::new() },
        }
    }

    /// Trains to the end, one way or another; returns the network, too.
    pub fn run(mut self) -> (RunRecord, Net) {
        self.announce();
        self.enter(0);
        let start = self.look_around(LOOKED_AT, QUICK_LOOK);
        self.begin_watch(&start);
        self.note_epoch(&start);
        self.report();
        let end = self.stages();
        self.record(end)
    }

    fn announce(&mut self) {
        let first = self.schedule.stages.first();
        let per_epoch = first.map_or(1, |s| self.schedule.per_epoch(s));
        let plan = Plan {
            parameters: self.learner.net.parameter_count(),
            steps: self.schedule.steps(),
            steps_per_epoch: per_epoch,
            epochs: self.schedule.epochs(),
            known: self.known.clone(),
        };
        self.link.report(TrainEvent::Started(Box::new(plan)));
    }

    fn begin_watch(&mut self, start: &(Seen, Seen)) {
        let cost = self.bench.config.cost();
        self.watch = Watch::new(start.0.objective, cost.multiply_adds);
    }

    /// One stage after the other; what rests in one goes on in the next.
    fn stages(&mut self) -> End {
        let mut epoch = 0;
        for stage in 0..self.schedule.stages.len() {
            if stage > 0 {
                self.enter(stage);
                let start = self.look_around(LOOKED_AT, QUICK_LOOK);
                self.begin_watch(&start);
            }
            let end = self.epochs(stage, &mut epoch);
            let last = stage + 1 == self.schedule.stages.len();
            match end {
                End::Rested(_) if !last => {}
                End::Last => {}
                end => return end,
            }
        }
        End::Last
    }

    /// Lets other parameters learn, with an optimizer that has seen
    /// nothing yet.
    fn enter(&mut self, stage: usize) {
        self.learner.stage = stage;
        let Some(phase) = self.stage().phase else { return };
        let Some(stack) = self.learner.net.stacked_mut() else { return };
        stack.start(phase);
        self.learner.optimizer = build::optimizer(&self.settings);
        if self.stage().has_labels()
            && let Some(stack) = self.learner.net.stacked_mut()
        {
            stacking::fit_head(stack, self.bench.config, self.bench.data);
        }
    }

    pub(super) fn stage(&self) -> Stage {
        let stages = &self.schedule.stages;
        stages.get(self.learner.stage).copied().unwrap_or(Stage {
            phase: None,
            epochs: 0,
            examples: 1,
        })
    }

    /// The epochs of a stage; `epoch` counts those of all stages.
    fn epochs(&mut self, stage: usize, epoch: &mut u64) -> End {
        let seed = self.bench.config.seed();
        let (mut done, mut rows) = (0, Vec::new());
        while done < self.schedule.stages[stage].epochs {
            let examples = self.stage().examples;
            order_into(examples, seed, *epoch, &mut rows);
            if self.stage().has_labels() {
                for row in &mut rows {
                    *row = self.labeled[*row as usize];
                }
            }
            if let Some(end) = self.epoch(&rows) {
                return end;
            }
            done += 1;
            *epoch += 1;
            let stride = self.stride();
            let last = done >= self.schedule.stages[stage].epochs;
            if done % stride == 0 || last {
                let seen = self.look_around(LOOKED_AT, QUICK_LOOK);
                if let Some(rest) = self.note_epoch(&seen) {
                    return End::Rested(rest);
                }
            }
        }
        End::Last
    }

    /// Epochs between two looks: not more of them than a plot can show,
    /// and none after a handful of labels.
    fn stride(&self) -> u64 {
        let often = self.planned().div_ceil(LOOKS).max(1);
        let few = match self.stage().has_labels() {
            true => FEW.div_ceil(self.stage().examples.max(1)) as u64,
            false => 1,
        };
        often.max(few)
    }

    /// All batches of one epoch, shown in the order of `rows`.
    fn epoch(&mut self, rows: &[u32]) -> Option<End> {
        let batch = self.schedule.batch_of(&self.stage());
        for batch in rows.chunks(batch) {
            if !self.gate() {
                return Some(End::Stopped);
            }
            if let Some(blowup) = self.step(batch) {
                return Some(End::Blown(blowup));
            }
        }
        None
    }

    /// One step with the examples in `rows`. A gradient that is no finite
    /// number is not followed: the weights stay what they were.
    fn step(&mut self, rows: &[u32]) -> Option<Blowup> {
        let (epoch, labels) =
            (self.epochs_done(), self.stage().has_labels());
        let planned = self.planned() as f64;
        let share = self.watch.best_share();
        let Learner { net, optimizer, full, desk, step, .. } =
            &mut self.learner;
        net.move_on(&self.settings, epoch, planned);
        *step += 1;
        if let Some(full) = full {
            let loss = self.feed.descend(net, full, epoch as u64, desk);
            self.history.push_batch(*step, loss);
            return self.watch.batch(f64::from(loss));
        }
        let (losses, gradients) = match labels {
            true => self.feed.learn_labels(net, rows, desk),
            false => self.feed.learn(net, rows, *step - 1, desk),
        };
        let before = (*step).is_multiple_of(faults::PERIOD).then(|| {
            let all = net.model().parameters().into_iter();
            all.map(|p| desk.copy(p)).collect::<Sheets>()
        });
        let sound = losses.total.is_finite()
            && gradients.iter().all(|g| g.is_finite(desk));
        if sound {
            let parameters = net.model_mut().parameters_mut();
            optimizer.follow(parameters, &gradients, desk);
        } else {
            self.origin = faults::origin(net, &self.bench.data.train.x);
        }
        put_back_all(gradients, desk);
        if let Some(before) = before {
            let moved = faults::moved(&net.model().parameters(), &before);
            desk.put_back_all(before);
            self.nurse.look(net, (*step, moved), share, desk);
        }
        self.history.push_batch(*step, losses.total);
        match sound {
            true => self.watch.batch(f64::from(losses.total)),
            false => Some(Blowup::NotANumber),
        }
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
        for order in &orders {
            let step = self.learner.step;
            let end = self.schedule.epoch_end(step);
            self.flow.pace.order(order, step, end);
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
        let rate = self.settings.number(KnobId::LearningRate) as Real;
        self.learner.optimizer.learning_rate = rate;
        self.learner.net.obey(&self.settings);
        self.feed.obey(&self.settings);
        if let Some(full) = &mut self.learner.full {
            full.forget();
        }
        self.schedule.plan(self.settings.whole(KnobId::Epochs) as u64);
        let (step, value) = (self.learner.step, value.clone());
        self.history.push_mark(Mark { step, knob, value });
    }

    pub(super) fn planned(&self) -> u64 {
        self.schedule.epochs()
    }

    pub(super) fn epochs_done(&self) -> f64 {
        self.schedule.epoch_at(self.learner.step)
    }
}
