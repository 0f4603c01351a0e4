//! Saving, on a thread of its own: a slow disk never delays a key.

use crate::app::message::Message;
use crate::app::progress::Progress;
use crate::app::progress::Runs;
use crate::shell::store::Store;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::mpsc;
use std::thread;
use std::thread::JoinHandle;

/// Something to be saved.
#[derive(Debug)]
enum Job {
    Progress(Box<Progress>),
    Runs(String, String, Runs),
}

/// The thread that saves.
#[derive(Debug)]
pub struct Saver {
    jobs: Option<mpsc::Sender<Job>>,
    results: mpsc::Receiver<Result<(), String>>,
    thread: Option<JoinHandle<()>>,
    /// Jobs given and not yet answered.
    waiting: usize,
}

impl Saver {
    /// A thread that saves into this store.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn spawn(store: Arc<Mutex<Store>>) -> io::Result<Self> {
        let (jobs, inbox) = mpsc::channel();
        let (outbox, results) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("saver".to_owned())
            .spawn(move || work(&store, &inbox, &outbox))?;
        Ok(Self {
            jobs: Some(jobs),
            results,
            thread: Some(thread),
            waiting: 0,
        })
    }

    /// Saves the progress, soon.
    pub fn progress(&mut self, progress: &Progress) {
        self.give(Job::Progress(Box::new(progress.clone())));
    }

    /// Saves the runs of a cell, soon.
    pub fn runs(&mut self, lesson: String, cell: String, runs: Runs) {
        self.give(Job::Runs(lesson, cell, runs));
    }

    fn give(&mut self, job: Job) {
        let sent =
            self.jobs.as_ref().is_some_and(|jobs| jobs.send(job).is_ok());
        self.waiting += usize::from(sent);
    }

    /// Whether something is still being saved.
    pub fn busy(&self) -> bool {
        self.waiting > 0
    }

    /// What came of the saves since the last call; never waits.
    pub fn results(&mut self) -> Vec<Message> {
        let results: Vec<_> = self.results.try_iter().collect();
        self.waiting = self.waiting.saturating_sub(results.len());
        results.into_iter().map(Message::Saved).collect()
    }

    /// Waits until everything is saved; says what could not be.
    pub fn finish(mut self) -> Vec<String> {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        self.results.try_iter().filter_map(Result::err).collect()
    }
}

/// Saves what comes in; of several versions of the same thing only the
/// newest.
fn work(
    store: &Mutex<Store>,
    inbox: &mpsc::Receiver<Job>,
    outbox: &mpsc::Sender<Result<(), String>>,
) {
    while let Ok(first) = inbox.recv() {
        let mut progress = None;
        let mut runs = BTreeMap::new();
        let mut count = 0;
        for job in std::iter::once(first).chain(inbox.try_iter()) {
            count += 1;
            match job {
                Job::Progress(newest) => progress = Some(newest),
                Job::Runs(lesson, cell, newest) => {
                    runs.insert((lesson, cell), newest);
                }
            }
        }
        let mut store =
            store.lock().unwrap_or_else(PoisonError::into_inner);
        let mut result = Ok(());
        if let Some(progress) = progress {
            result = store.save(&progress);
        }
        for ((lesson, cell), runs) in runs {
            let saved = store.save_runs(&lesson, &cell, &runs);
            result = result.and(saved);
        }
        for _ in 0..count {
            if outbox.send(result.clone()).is_err() {
                break;
            }
        }
    }
}
