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
use std::sync::mpsc::RecvTimeoutError;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// How long leaving waits for a disk that does not answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// What came of a save: what the student should know, or why it failed.
type Saved = Result<Vec<String>, String>;

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
    results: mpsc::Receiver<Saved>,
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
        thread::Builder::new()
            .name("saver".to_owned())
            .spawn(move || work(&store, &inbox, &outbox))?;
        Ok(Self { jobs: Some(jobs), results, waiting: 0 })
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
        let mut messages = Vec::new();
        for saved in results {
            let notices = saved.as_ref().map_or(&[][..], Vec::as_slice);
            messages.extend(notices.iter().cloned().map(Message::Notice));
            messages.push(Message::Saved(saved.map(|_| ())));
        }
        messages
    }

    /// Waits until everything is saved, but not forever; says what could
    /// not be.
    pub fn finish(mut self) -> Vec<String> {
        self.wait()
    }

    fn wait(&mut self) -> Vec<String> {
        self.jobs = None;
        let mut said = Vec::new();
        let began = Instant::now();
        while self.waiting > 0 {
            let left = PATIENCE.saturating_sub(began.elapsed());
            match self.results.recv_timeout(left) {
                Ok(Ok(notices)) => said.extend(notices),
                Ok(Err(why)) => said.push(why),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    said.push(STUCK.to_owned());
                    break;
                }
            }
            self.waiting -= 1;
        }
        self.waiting = 0;
        said.dedup();
        said
    }
}

/// Whoever leaves by an error or a panic has answered questions, too.
impl Drop for Saver {
    fn drop(&mut self) {
        self.wait();
    }
}

const STUCK: &str = "Not saved: the disk did not answer within 5 seconds. \
    What was saved before is untouched.";

/// Saves what comes in; of several versions of the same thing only the
/// newest.
fn work(
    store: &Mutex<Store>,
    inbox: &mpsc::Receiver<Job>,
    outbox: &mpsc::Sender<Saved>,
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
        let mut result = Ok(Vec::new());
        if let Some(progress) = progress {
            result = store.save(&progress);
        }
        for ((lesson, cell), runs) in runs {
            let saved = store.save_runs(&lesson, &cell, &runs);
            result = both(result, saved);
        }
        drop(store);
        // One answer for each job; the notices only once.
        for _ in 0..count {
            if outbox.send(result.clone()).is_err() {
                break;
            }
            result = result.map(|_| Vec::new());
        }
    }
}

fn both(first: Saved, second: Saved) -> Saved {
    let mut notices = first?;
    notices.extend(second?);
    Ok(notices)
}
