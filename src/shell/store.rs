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
use crate::train::record;
use crate::train::record::RunRecord;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::fs::File;
use std::io;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

/// The largest file that is read back.
const LARGEST: u64 = 16 << 20;

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

/// What could be wrong with a file.
enum Trouble {
    /// It is not there.
    Missing,
    /// It is there but cannot be used: why.
    Unusable(&'static str, String),
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

    /// The progress so far; a fresh one where there is none.
    pub fn load(&self) -> Loaded<Progress> {
        let mut notices = Vec::new();
        let path = self.folder.join("progress.ron");
        match read_progress(&path) {
            Ok(value) => return Loaded { value, notices },
            Err(Trouble::Missing) => {}
            Err(Trouble::Unusable(kind, why)) => {
                notices.push(set_aside(&path, kind, &why));
            }
        }
        let backup = self.folder.join("progress.bak.ron");
        let value = match read_progress(&backup) {
            Ok(value) if !notices.is_empty() => {
                notices
                    .push("The save before it is used instead.".to_owned());
                value
            }
            Ok(value) => value,
            Err(_) => Progress::default(),
        };
        Loaded { value, notices }
    }

    /// The progress so far, without touching any file.
    pub fn peek(&self) -> Progress {
        let path = self.folder.join("progress.ron");
        let backup = self.folder.join("progress.bak.ron");
        read_progress(&path)
            .or_else(|_| read_progress(&backup))
            .unwrap_or_default()
    }

    /// Saves the progress, merged with what another gargalo saved since.
    ///
    /// # Errors
    ///
    /// A sentence that names the file and the reason.
    pub fn save(&self, progress: &Progress) -> Result<(), String> {
        let path = self.folder.join("progress.ron");
        self.locked(&path, || {
            let mut merged = progress.clone();
            match read_progress(&path) {
                Ok(other) => merged.merge(&other),
                Err(Trouble::Missing) => {}
                Err(Trouble::Unusable(kind, why)) => {
                    set_aside(&path, kind, &why);
                }
            }
            let backup = self.folder.join("progress.bak.ron");
            write(&path, Some(&backup), &merged)
        })
    }

    /// Forgets everything, or one lesson, for good.
    ///
    /// # Errors
    ///
    /// A sentence that names the file and the reason.
    pub fn reset(&self, lesson: Option<&str>) -> Result<(), String> {
        let path = self.folder.join("progress.ron");
        self.locked(&path, || {
            let mut left = match (lesson, read_progress(&path)) {
                (Some(_), Ok(progress)) => progress,
                _ => Progress::default(),
            };
            let runs = match lesson {
                Some(lesson) => {
                    left.lessons.remove(lesson);
                    self.folder.join("runs").join(lesson)
                }
                None => self.folder.join("runs"),
            };
            match fs::remove_dir_all(&runs) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => {
                    return Err(e);
                }
                _ => {}
            }
            let backup = self.folder.join("progress.bak.ron");
            write(&path, Some(&backup), &left)
        })
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
                Err(Trouble::Unusable(kind, why)) => {
                    loaded.notices.push(set_aside(&path, kind, &why));
                }
            }
        }
        loaded
    }

    /// Saves the runs of a cell, together with those that another
    /// gargalo added since.
    ///
    /// # Errors
    ///
    /// A sentence that names the file and the reason.
    pub fn save_runs(
        &mut self,
        lesson: &str,
        cell: &str,
        runs: &[RunRecord],
    ) -> Result<(), String> {
        let folder = self.folder.join("runs").join(lesson);
        let path = folder.join(format!("{cell}.ron"));
        let key = (lesson.to_owned(), cell.to_owned());
        let known = self.known.get(&key).cloned().unwrap_or_default();
        let mut merged = runs.to_vec();
        let mine: BTreeSet<u64> = runs.iter().map(identity).collect();
        self.locked(&path, || {
            if let Ok(others) = read_runs(&path) {
                merged.extend(others.into_iter().filter(|run| {
                    let id = identity(run);
                    !known.contains(&id) && !mine.contains(&id)
                }));
            }
            fs::create_dir_all(&folder)?;
            write(&path, None, &merged)
        })?;
        self.learn(lesson, cell, runs);
        Ok(())
    }

    fn learn(&mut self, lesson: &str, cell: &str, runs: &[RunRecord]) {
        let key = (lesson.to_owned(), cell.to_owned());
        let known = self.known.entry(key).or_default();
        known.extend(runs.iter().map(identity));
    }

    /// Does something with the lock held. Where the lock cannot be had
    /// for two seconds the work is done without: a save that may overlap
    /// with another is better than none.
    fn locked(
        &self,
        path: &Path,
        work: impl FnOnce() -> io::Result<()>,
    ) -> Result<(), String> {
        let say = |error: io::Error| {
            format!(
                "Not saved: {} could not be written ({}). The lesson goes \
                 on; it is tried again at the next change.",
                path.display(),
                plain(&error)
            )
        };
        fs::create_dir_all(&self.folder).map_err(say)?;
        let lock = File::create(self.folder.join("lock")).map_err(say)?;
        for _ in 0..100 {
            if lock.try_lock().is_ok() {
                break;
            }
            thread::sleep(Duration::from_millis(20));
        }
        work().map_err(say)
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
    let progress: Progress = read(path)?;
    if progress.format > progress::FORMAT {
        let why = format!(
            "it was written by a newer gargalo: format {}, this one \
             reads up to {}",
            progress.format,
            progress::FORMAT
        );
        return Err(Trouble::Unusable("newer", why));
    }
    Ok(progress)
}

fn read_runs(path: &Path) -> Result<Runs, Trouble> {
    let runs: Runs = read(path)?;
    match runs.iter().find(|run| run.format > record::FORMAT) {
        Some(run) => {
            let why = format!(
                "it was written by a newer gargalo: format {}",
                run.format
            );
            Err(Trouble::Unusable("newer", why))
        }
        None => Ok(runs),
    }
}

/// Only the number of a file's format, however new the rest is.
#[derive(serde::Deserialize)]
struct Format {
    format: u32,
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Trouble> {
    let unusable = |why: String| Trouble::Unusable("damaged", why);
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            return Err(Trouble::Missing);
        }
        Err(e) => return Err(unusable(plain(&e))),
    };
    let mut text = String::new();
    match file.take(LARGEST + 1).read_to_string(&mut text) {
        Ok(n) if n as u64 > LARGEST => {
            return Err(unusable("it is larger than 16 MiB".to_owned()));
        }
        Ok(_) => {}
        Err(e) => return Err(unusable(plain(&e))),
    }
    ron::from_str(&text).map_err(|error| {
        match ron::from_str::<Format>(&text) {
            Ok(found) if found.format > progress::FORMAT => {
                Trouble::Unusable(
                    "newer",
                    "it was written by a newer gargalo".to_owned(),
                )
            }
            _ => unusable(format!("line {error}")),
        }
    })
}

/// Moves a file out of the way without touching what is in it.
fn set_aside(path: &Path, kind: &str, why: &str) -> String {
    for n in 1..1000 {
        let aside = path.with_extension(format!("{kind}-{n}.ron"));
        if aside.exists() {
            continue;
        }
        return match fs::rename(path, &aside) {
            Ok(()) => format!(
                "{} could not be used: {why}. It is kept untouched as {}.",
                path.display(),
                aside.display()
            ),
            Err(e) => format!(
                "{} could not be used: {why}. It could not be moved \
                 aside either ({}).",
                path.display(),
                plain(&e)
            ),
        };
    }
    format!("{} could not be used: {why}.", path.display())
}

/// Temporary file, sync, rename, sync of the folder.
fn write<T: Serialize>(
    path: &Path,
    backup: Option<&Path>,
    value: &T,
) -> io::Result<()> {
    let text = ron::to_string(value).map_err(io::Error::other)?;
    let temporary = path.with_extension("tmp");
    let mut file = File::create(&temporary)?;
    file.write_all(text.as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    if let Some(backup) = backup
        && path.exists()
    {
        // A hard link: the old file never stops existing.
        let _ = fs::remove_file(backup);
        let _ = fs::hard_link(path, backup);
    }
    fs::rename(&temporary, path)?;
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
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

/// An error of the system without its number.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((text, _)) => text.to_lowercase(),
        None => text,
    }
}
