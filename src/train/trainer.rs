//! The worker thread around a run.

use crate::data::Library;
use crate::train::Control;
use crate::train::Link;
use crate::train::TrainEvent;
use crate::train::cache::Cache;
use crate::train::config::RunConfig;
use crate::train::run;
use std::io;
use std::panic;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::Sender;
use std::sync::mpsc::SyncSender;
use std::thread;
use std::thread::JoinHandle;
use std::time::Duration;
use std::time::Instant;

/// A run on a thread of its own.
#[derive(Debug)]
pub struct Trainer {
    stop: Arc<AtomicBool>,
    orders: Sender<Control>,
    events: Option<Receiver<TrainEvent>>,
    thread: Option<JoinHandle<()>>,
}

impl Trainer {
    /// Starts a run.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn spawn(
        config: RunConfig,
        library: Arc<Library>,
        cache: Arc<Cache>,
    ) -> io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let (orders, inbox) = mpsc::channel();
        let (outbox, events) = mpsc::sync_channel(2);
        let flag = Arc::clone(&stop);
        let thread = thread::Builder::new()
            .name("trainer".to_owned())
            .spawn(move || {
                let mut link = Worker {
                    stop: flag,
                    inbox,
                    outbox,
                    since: Instant::now(),
                    last: None,
                };
                let ran = panic::catch_unwind(AssertUnwindSafe(|| {
                    run::run(&config, &library, &cache, &mut link);
                }));
                if ran.is_err() {
                    let why = "The experiment broke down inside the \
                               program. Press r to try again.";
                    let event = TrainEvent::Failed(why.to_owned());
                    let _ = link.outbox.send(event);
                }
            })?;
        Ok(Self {
            stop,
            orders,
            events: Some(events),
            thread: Some(thread),
        })
    }

    /// Gives an order.
    pub fn send(&self, order: Control) {
        let _ = self.orders.send(order);
    }

    /// Ends the run; its record still comes.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::SeqCst);
    }

    /// What was reported since the last call. Never waits.
    pub fn drain(&self) -> Vec<TrainEvent> {
        let events = self.events.iter();
        events.flat_map(Receiver::try_iter).collect()
    }
}

impl Drop for Trainer {
    fn drop(&mut self) {
        self.stop();
        // The last report may wait for room: without a receiver it fails
        // at once, and the thread ends.
        self.events = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Worker {
    stop: Arc<AtomicBool>,
    inbox: Receiver<Control>,
    outbox: SyncSender<TrainEvent>,
    since: Instant,
    last: Option<Instant>,
}

impl Link for Worker {
    fn orders(&mut self, paused: bool) -> Vec<Control> {
        let mut orders: Vec<Control> = Vec::new();
        if paused {
            let wait = Duration::from_millis(50);
            orders.extend(self.inbox.recv_timeout(wait));
        }
        orders.extend(self.inbox.try_iter());
        orders
    }

    fn report(&mut self, event: TrainEvent) {
        let _ = self.outbox.send(event);
    }

    fn due(&mut self) -> bool {
        let now = Instant::now();
        let pause = Duration::from_millis(60);
        let due = self.last.is_none_or(|last| now - last >= pause);
        if due {
            self.last = Some(now);
        }
        due
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    fn seconds(&self) -> f64 {
        self.since.elapsed().as_secs_f64()
    }
}
