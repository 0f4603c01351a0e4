//! The thread around [`run`](crate::train::run::run).
//!
//! Training never waits for the screen: reports go through a channel of
//! two places, and when it is full the newest picture replaces the one that
//! waits while the points are gathered. Only the last event waits for its
//! place, and dropping the trainer ends that wait, too.

use crate::data::Library;
use crate::train::Control;
use crate::train::Link;
use crate::train::Report;
use crate::train::TrainEvent;
use crate::train::cache::Cache;
use crate::train::config::RunConfig;
use crate::train::run;
use std::any::Any;
use std::io;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::Sender;
use std::sync::mpsc::SyncSender;
use std::sync::mpsc::TrySendError;
use std::sync::mpsc::channel;
use std::sync::mpsc::sync_channel;
use std::thread::Builder;
use std::thread::JoinHandle;
use std::time::Duration;
use std::time::Instant;

/// Reports that may wait for the screen.
const PLACES: usize = 2;

/// Between two reports.
const PERIOD: Duration = Duration::from_millis(33);

/// How long a paused run sleeps before it looks around again.
const NAP: Duration = Duration::from_millis(10);

/// A run on a thread of its own. Dropping it ends the run.
#[derive(Debug)]
pub struct Trainer {
    orders: Sender<Control>,
    /// `None` only while dropping.
    events: Option<Receiver<TrainEvent>>,
    stop: Arc<AtomicBool>,
    worker: Option<JoinHandle<()>>,
}

impl Trainer {
    /// Starts a run.
    ///
    /// # Errors
    ///
    /// When the system has no thread to give.
    pub fn spawn(
        config: RunConfig,
        library: Arc<Library>,
        cache: Arc<Cache>,
    ) -> io::Result<Self> {
        Self::with(move |line| run::run(&config, &library, &cache, line))
    }

    /// Starts anything that reports through a link.
    fn with(
        work: impl FnOnce(&mut dyn Link) + Send + 'static,
    ) -> io::Result<Self> {
        let (orders, inbox) = channel();
        let (outbox, events) = sync_channel(PLACES);
        let stop = Arc::new(AtomicBool::new(false));
        let mut line = Line {
            inbox,
            outbox: outbox.clone(),
            stop: Arc::clone(&stop),
            began: Instant::now(),
            next: Instant::now(),
            waiting: None,
        };
        let body = move || {
            // The line is thrown away after a panic, so nobody can see it
            // half changed.
            let work = AssertUnwindSafe(|| work(&mut line));
            if let Err(panic) = catch_unwind(work) {
                let told = TrainEvent::Failed(sentence(panic.as_ref()));
                // If nobody listens any more, there is nobody to tell.
                let _ = outbox.send(told);
            }
        };
        let worker = Builder::new().name("trainer".into()).spawn(body)?;
        let (events, worker) = (Some(events), Some(worker));
        Ok(Self { orders, events, stop, worker })
    }

    /// Gives an order. A run that is over does not mind.
    pub fn send(&self, order: Control) {
        let _ = self.orders.send(order);
    }

    /// The reports that have come in; never waits.
    pub fn drain(&self) -> Vec<TrainEvent> {
        match &self.events {
            Some(events) => events.try_iter().collect(),
            None => Vec::new(),
        }
    }

    /// Asks the run to end; its record so far still comes as `Ended`.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Drop for Trainer {
    fn drop(&mut self) {
        self.stop();
        // In this order: a worker that waits to send its last event wakes
        // up when nobody can receive it any more.
        self.events = None;
        if let Some(worker) = self.worker.take() {
            // It caught its own panic; there is nothing else to hear.
            let _ = worker.join();
        }
    }
}

/// The worker's end.
struct Line {
    inbox: Receiver<Control>,
    outbox: SyncSender<TrainEvent>,
    stop: Arc<AtomicBool>,
    began: Instant,
    /// Not before then another report.
    next: Instant,
    /// A report that found no place.
    waiting: Option<Box<Report>>,
}

impl Line {
    /// Sends a report, or keeps it, joined with the one that waits.
    fn offer(&mut self, report: Box<Report>) {
        let report = match self.waiting.take() {
            Some(old) => joined(*old, report),
            None => report,
        };
        match self.outbox.try_send(TrainEvent::Progress(report)) {
            Err(TrySendError::Full(TrainEvent::Progress(report))) => {
                self.waiting = Some(report);
            }
            Err(TrySendError::Disconnected(_)) => {
                self.stop.store(true, Ordering::Relaxed);
            }
            Ok(()) | Err(TrySendError::Full(_)) => {}
        }
    }

    /// Sends an event that must not get lost, after all others.
    fn insist(&mut self, event: TrainEvent) {
        if let Some(report) = self.waiting.take() {
            let _ = self.outbox.send(TrainEvent::Progress(report));
        }
        // Fails only if nobody listens any more.
        let _ = self.outbox.send(event);
    }
}

impl Link for Line {
    fn orders(&mut self, paused: bool) -> Vec<Control> {
        if paused {
            if let Some(report) = self.waiting.take() {
                self.offer(report);
            }
            if let Ok(first) = self.inbox.recv_timeout(NAP) {
                let mut orders = vec![first];
                orders.extend(self.inbox.try_iter());
                return orders;
            }
        }
        self.inbox.try_iter().collect()
    }

    fn report(&mut self, event: TrainEvent) {
        match event {
            TrainEvent::Progress(report) => {
                self.next = Instant::now() + PERIOD;
                self.offer(report);
            }
            event => self.insist(event),
        }
    }

    fn due(&mut self) -> bool {
        Instant::now() >= self.next
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }
}

/// The newer report, with what the older one knew and it does not.
fn joined(old: Report, mut new: Box<Report>) -> Box<Report> {
    let mut trail = old.trail;
    trail.append(&mut new.trail);
    new.trail = trail;
    new.snapshot = new.snapshot.or(old.snapshot);
    new
}

/// What to tell about a panic.
fn sentence(panic: &(dyn Any + Send)) -> String {
    let what = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no reason was given");
    format!(
        "The run broke down: {what}. This is a fault of the program, not \
         yours; other knobs may work."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::metric::Metrics;
    use crate::train::history::EpochPoint;
    use crate::train::snapshot::Snapshot;

    fn report(step: u64) -> TrainEvent {
        let metrics = Metrics::new();
        let epoch = step as f64;
        TrainEvent::Progress(Box::new(Report {
            step,
            epoch,
            curve: Vec::new(),
            trail: vec![EpochPoint { step, epoch, metrics }],
            snapshot: (step == 50).then(Box::<Snapshot>::default),
            speed: 0.0,
            seconds_left: 0.0,
            paused: false,
            symptom: None,
        }))
    }

    /// Waits, at most five seconds, until the run has said its last word.
    fn all(trainer: &Trainer) -> Vec<TrainEvent> {
        let mut events = Vec::new();
        for _ in 0..500 {
            events.extend(trainer.drain());
            if let Some(TrainEvent::Failed(_)) = events.last() {
                break;
            }
            std::thread::sleep(NAP);
        }
        events
    }

    #[test]
    fn a_panic_becomes_a_sentence() {
        let trainer = Trainer::with(|_| panic!("7 meets 3")).unwrap();
        let events = all(&trainer);
        let [TrainEvent::Failed(told)] = events.as_slice() else {
            panic!("{events:?}")
        };
        assert!(told.contains("7 meets 3"), "{told}");
    }

    #[test]
    fn a_slow_screen_loses_no_point_and_gets_the_newest_picture() {
        let work = |line: &mut dyn Link| {
            for step in 0..100 {
                line.report(report(step));
            }
            line.report(TrainEvent::Failed("end".to_owned()));
        };
        let trainer = Trainer::with(work).unwrap();
        // Until the worker waits for a place.
        std::thread::sleep(Duration::from_millis(50));
        let events = all(&trainer);
        let reports: Vec<_> = events
            .iter()
            .filter_map(|event| match event {
                TrainEvent::Progress(report) => Some(report),
                _ => None,
            })
            .collect();
        assert_eq!(reports.len(), PLACES + 1);
        let trail = reports.iter().flat_map(|report| &report.trail);
        let steps: Vec<u64> = trail.map(|point| point.step).collect();
        assert_eq!(steps, (0..100).collect::<Vec<_>>());
        let last = reports.last().unwrap();
        assert_eq!((last.step, last.snapshot.is_some()), (99, true));
    }

    #[test]
    fn dropping_a_worker_that_waits_for_its_last_word_ends_it() {
        let work = |line: &mut dyn Link| {
            for _ in 0..10 {
                line.report(TrainEvent::Failed("full".to_owned()));
            }
        };
        let trainer = Trainer::with(work).unwrap();
        std::thread::sleep(Duration::from_millis(20));
        let start = Instant::now();
        drop(trainer);
        assert!(start.elapsed() < Duration::from_secs(1));
    }
}
