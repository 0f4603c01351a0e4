//! What is kept between visits, on disk.
//!
//! ```text
//! progress.ron          answers, attempts, hints, notes, position
//! progress.bak.ron      the same, one save earlier
//! runs/L02/r1.ron       the runs of one cell
//! lock                  held while a file is read, merged and written
//! ```
//!
//! Every write goes to a temporary file that is synced and then renamed,
//! so that a file is either the old one or the new one. Before a write the
//! file is read again and merged, so that two gargalos at once lose
//! nothing. What cannot be read is set aside untouched, never overwritten.

use crate::app::progress;
use crate::app::progress::Progress;
use crate::app::progress::Runs;
use crate::shell::files;
use crate::shell::files::Aside;
use crate::shell::files::Trouble;
use crate::train::record;
use crate::train::record::RunRecord;
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::fs::File;
use std::fs::TryLockError;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

/// The student's files.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    /// The runs this program has read or written, by lesson and cell, so
    /// that a run deleted here does not come back from the disk.
    known: BTreeMap<(String, String), BTreeSet<u64>>,
}

/// What was found on disk.
#[derive(Debug)]
pub struct Loaded<T> {
    /// The value; a new one where there was none.
    pub value: T,
    /// What the student should know, in sentences.
    pub notices: Vec<String>,
}

impl Store {
    /// The files in this folder, which need not exist yet.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, known: BTreeMap::new() }
    }

    /// Where the files are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The progress so far; a fresh one where there is none. What cannot
    /// be used is moved aside, and the save before it takes its place.
    pub fn load(&self) -> Loaded<Progress> {
        if let Ok(value) = read_progress(&self.progress()) {
            return Loaded { value, notices: Vec::new() };
        }
        let mut notices = Vec::new();
        let found = self.locked(|| {
            files::sweep(&self.folder);
            self.latest(&mut notices)
        });
        match found {
            Ok(value) => Loaded { value, notices },
            Err(why) => {
                notices.push(why);
                Loaded { value: self.peek().value, notices }
            }
        }
    }

    /// The progress so far, without touching any file.
    pub fn peek(&self) -> Loaded<Progress> {
        let (path, mut notices) = (self.progress(), Vec::new());
        match read_progress(&path) {
            Ok(value) => return Loaded { value, notices },
            Err(Trouble::Missing) => {}
            Err(Trouble::Unusable(_, why)) => notices
                .push(format!("{} cannot be used: {why}.", path.display())),
            Err(Trouble::Unreadable(e)) => notices.push(unread(&path, &e)),
        }
        let value = read_progress(&self.backup()).unwrap_or_default();
        Loaded { value, notices }
    }

    /// Saves the progress, merged with what another gargalo saved since.
    /// Gives back what the student should know, in sentences.
    ///
    /// # Errors
    ///
    /// A sentence that names the file and the reason.
    pub fn save(&self, progress: &Progress) -> Result<Vec<String>, String> {
        let path = self.progress();
        let mut notices = Vec::new();
        self.locked(|| {
            let mut merged = progress.clone();
            if let Some(other) = usable(&path, read_progress, &mut notices)?
            {
                merged.merge(&other);
            }
            write(&path, Some(&self.backup()), &merged)
        })?;
        Ok(notices)
    }

    /// Forgets everything, or one lesson, for good. Gives back what the
    /// student should know, in sentences.
    ///
    /// # Errors
    ///
    /// A sentence that names the file and the reason.
    pub fn reset(
        &self,
        lesson: Option<&str>,
    ) -> Result<Vec<String>, String> {
        let mut notices = Vec::new();
        self.locked(|| {
            let mut left = self.latest(&mut notices)?;
            let mut runs = self.folder.join("runs");
            match lesson {
                Some(lesson) => {
                    left.lessons.remove(lesson);
                    left.place = left.place.filter(|(at, _)| at != lesson);
                    runs.push(lesson);
                }
                None => left = Progress::default(),
            }
            write(&self.progress(), None, &left)?;
            forget(&self.backup(), |path| fs::remove_file(path))?;
            forget(&runs, |path| fs::remove_dir_all(path))
        })?;
        Ok(notices)
    }

    fn progress(&self) -> PathBuf {
        self.folder.join("progress.ron")
    }

    fn backup(&self) -> PathBuf {
        self.folder.join("progress.bak.ron")
    }

    /// The progress, or the save before it where that cannot be used; for
    /// whoever has the lock.
    fn latest(
        &self,
        notices: &mut Vec<String>,
    ) -> Result<Progress, String> {
        if let Some(value) =
            usable(&self.progress(), read_progress, notices)?
        {
            return Ok(value);
        }
        let damaged = !notices.is_empty();
        let before = usable(&self.backup(), read_progress, notices)?;
        if before.is_some() && damaged {
            notices.push("The save before it is used instead.".to_owned());
        }
        Ok(before.unwrap_or_default())
    }

    /// The runs of every cell of a lesson.
    pub fn load_runs(
        &mut self,
        lesson: &str,
    ) -> Loaded<BTreeMap<String, Runs>> {
        let mut loaded =
            Loaded { value: BTreeMap::new(), notices: Vec::new() };
        let folder = self.folder.join("runs").join(lesson);
        let Ok(entries) = fs::read_dir(&folder) else { return loaded };
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default();
            let name = name.to_string_lossy().into_owned();
            let Some(cell) = name.strip_suffix(".ron") else { continue };
            if cell.contains('.') {
                continue;
            }
            match read_runs(&path) {
                Ok(runs) => {
                    self.learn(lesson, cell, &runs);
                    loaded.value.insert(cell.to_owned(), runs);
                }
                Err(Trouble::Missing) => {}
                Err(Trouble::Unreadable(e)) => {
                    loaded.notices.push(unread(&path, &e));
                }
                Err(Trouble::Unusable(..)) => {
                    let notices = &mut loaded.notices;
                    let aside = self.locked(|| {
                        usable(&path, read_runs, notices).map(|_| ())
                    });
                    loaded.notices.extend(aside.err());
                }
            }
        }
        loaded
    }

    /// Saves the runs of a cell, together with those that another
    /// gargalo added since. Gives back what the student should know, in
    /// sentences.
    ///
    /// # Errors
    ///
    /// A sentence that names the file and the reason.
    pub fn save_runs(
        &mut self,
        lesson: &str,
        cell: &str,
        runs: &[RunRecord],
    ) -> Result<Vec<String>, String> {
        let folder = self.folder.join("runs").join(lesson);
        let path = folder.join(format!("{cell}.ron"));
        let key = (lesson.to_owned(), cell.to_owned());
        let known = self.known.get(&key).cloned().unwrap_or_default();
        let mut merged = runs.to_vec();
        let mine: BTreeSet<u64> = runs.iter().map(identity).collect();
        let mut notices = Vec::new();
        self.locked(|| {
            let others = usable(&path, read_runs, &mut notices)?;
            let others = others.unwrap_or_default();
            merged.extend(others.into_iter().filter(|run| {
                let id = identity(run);
                !known.contains(&id) && !mine.contains(&id)
            }));
            fs::create_dir_all(&folder).map_err(|e| unsaved(&path, &e))?;
            write(&path, None, &merged)
        })?;
        self.learn(lesson, cell, runs);
        Ok(notices)
    }

    fn learn(&mut self, lesson: &str, cell: &str, runs: &[RunRecord]) {
        let key = (lesson.to_owned(), cell.to_owned());
        let known = self.known.entry(key).or_default();
        known.extend(runs.iter().map(identity));
    }

    /// Does something with the lock held. Where the lock cannot be had
    /// for two seconds the work is done without: a save that may overlap
    /// with another is better than none.
    fn locked<T>(
        &self,
        work: impl FnOnce() -> Result<T, String>,
    ) -> Result<T, String> {
        let say = |e| unsaved(&self.folder, &e);
        fs::create_dir_all(&self.folder).map_err(say)?;
        let path = self.folder.join("lock");
        let lock = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|e| unsaved(&path, &e))?;
        for _ in 0..200 {
            match lock.try_lock() {
                Err(TryLockError::WouldBlock) => {
                    thread::sleep(Duration::from_millis(10));
                }
                // Held, or there are no locks here at all.
                _ => break,
            }
        }
        work()
    }
}

/// Where the student's files are: `GARGALO_HOME`, or `gargalo` in the
/// user's data folder.
///
/// # Errors
///
/// When there is no home folder to be found.
pub fn usual_folder() -> Result<PathBuf, String> {
    use etcetera::BaseStrategy;
    if let Some(folder) = std::env::var_os("GARGALO_HOME") {
        return Ok(PathBuf::from(folder));
    }
    match etcetera::choose_base_strategy() {
        Ok(base) => Ok(base.data_dir().join("gargalo")),
        Err(_) => Err("There is no home folder to keep the progress in: \
             set HOME, or GARGALO_HOME to a folder."
            .to_owned()),
    }
}

fn read_progress(path: &Path) -> Result<Progress, Trouble> {
    files::read(path, progress::FORMAT)
}

fn read_runs(path: &Path) -> Result<Runs, Trouble> {
    files::read(path, record::FORMAT)
}

/// What is in a file that is about to be replaced, if anything. What
/// cannot be used is moved aside first, and `notices` says so.
fn usable<T>(
    path: &Path,
    read: impl Fn(&Path) -> Result<T, Trouble>,
    notices: &mut Vec<String>,
) -> Result<Option<T>, String> {
    match read(path) {
        Ok(value) => Ok(Some(value)),
        Err(Trouble::Missing) => Ok(None),
        Err(Trouble::Unreadable(e)) => Err(unread(path, &e)),
        Err(Trouble::Unusable(kind, why)) => {
            match files::set_aside(path, kind, &why) {
                Aside::Kept(said) => {
                    notices.push(said);
                    Ok(None)
                }
                Aside::Stuck(said) => Err(said),
            }
        }
    }
}

fn write<T: Serialize>(
    path: &Path,
    backup: Option<&Path>,
    value: &T,
) -> Result<(), String> {
    files::write(path, backup, value).map_err(|e| unsaved(path, &e))
}

fn forget(
    path: &Path,
    remove: impl Fn(&Path) -> io::Result<()>,
) -> Result<(), String> {
    match remove(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(format!(
            "{} could not be removed ({}). Remove it by hand.",
            path.display(),
            files::plain(&e)
        )),
        _ => Ok(()),
    }
}

fn unsaved(path: &Path, error: &io::Error) -> String {
    format!(
        "Not saved: {} could not be written ({}). The lesson goes on; it \
         is tried again at the next change.",
        path.display(),
        files::plain(error)
    )
}

fn unread(path: &Path, error: &io::Error) -> String {
    format!(
        "{} could not be read ({}). It is left as it is.",
        path.display(),
        files::plain(error)
    )
}

/// Tells runs apart, whoever made them.
fn identity(run: &RunRecord) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let text = format!(
        "{} {:?} {} {} {}",
        run.number, run.start, run.steps, run.seconds, run.data_hash
    );
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
    hash
}
