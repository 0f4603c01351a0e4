//! Reading and writing one file so that nothing is ever lost.
//!
//! A file is written beside its place, synced, and renamed: whoever reads
//! finds the old one or the new one. A file that cannot be used is moved
//! aside with every byte it has, never overwritten.

use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::fs::File;
use std::io;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;

/// The largest file that is read back.
pub const LARGEST: u64 = 16 << 20;

/// What could be wrong with a file.
#[derive(Debug)]
pub enum Trouble {
    /// It is not there.
    Missing,
    /// It is there but cannot be used: the word for it in a file name, and
    /// why.
    Unusable(&'static str, String),
    /// Nobody knows what is in it, since the system gives no access now.
    Unreadable(io::Error),
}

/// What came of moving a file out of the way.
#[derive(Debug)]
pub enum Aside {
    /// It is kept under another name: the sentence that says so.
    Kept(String),
    /// It is where it was: the sentence that says why.
    Stuck(String),
}

/// Only the number of a file's format, however new the rest is.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// Reads a file of at most [`LARGEST`] bytes, in a format up to `newest`.
///
/// # Errors
///
/// What is wrong with it.
pub fn read<T: DeserializeOwned>(
    path: &Path,
    newest: u32,
) -> Result<T, Trouble> {
    let damaged = |why: &str| Trouble::Unusable("damaged", why.to_owned());
    match fs::metadata(path) {
        Ok(about) if about.is_file() => {}
        Ok(_) => return Err(damaged("it is not a file")),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            return Err(match fs::symlink_metadata(path) {
                Ok(_) => {
                    damaged("it is a link to a file that is not there")
                }
                Err(_) => Trouble::Missing,
            });
        }
        Err(e) => return Err(Trouble::Unreadable(e)),
    }
    let file = File::open(path).map_err(Trouble::Unreadable)?;
    let mut bytes = Vec::new();
    let mut limited = file.take(LARGEST + 1);
    limited.read_to_end(&mut bytes).map_err(Trouble::Unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(damaged("it is larger than 16 MiB"));
    }
    let Ok(text) = String::from_utf8(bytes) else {
        return Err(damaged("it is not text in UTF-8"));
    };
    if let Some(format) = format_of(&text)
        && format > newest
    {
        return Err(Trouble::Unusable(
            "newer",
            format!(
                "it was written by a newer gargalo: format {format}, this \
                 one reads up to {newest}"
            ),
        ));
    }
    ron::from_str(&text).map_err(|e| damaged(&format!("line {e}")))
}

/// The highest number of a format in a file, if there is one.
fn format_of(text: &str) -> Option<u32> {
    if let Ok(one) = ron::from_str::<Format>(text) {
        return Some(one.format);
    }
    let many = ron::from_str::<Vec<Format>>(text).ok()?;
    many.iter().map(|one| one.format).max()
}

/// Moves a file out of the way without touching what is in it.
pub fn set_aside(path: &Path, kind: &str, why: &str) -> Aside {
    let said = format!("{} could not be used: {why}.", path.display());
    for n in 1..1000 {
        let aside = path.with_extension(format!("{kind}-{n}.ron"));
        if fs::symlink_metadata(&aside).is_ok() {
            continue;
        }
        return match fs::rename(path, &aside) {
            Ok(()) => Aside::Kept(format!(
                "{said} It is kept untouched as {}.",
                aside.display()
            )),
            Err(e) => Aside::Stuck(format!(
                "{said} It could not be moved aside either ({}).",
                plain(&e)
            )),
        };
    }
    Aside::Stuck(format!("{said} There are 999 like it: move some away."))
}

/// Temporary file, sync, rename, sync of the folder. The file before it
/// stays as `backup`, if one is named.
///
/// # Errors
///
/// When the folder takes no file; the old one is then as it was.
pub fn write<T: Serialize>(
    path: &Path,
    backup: Option<&Path>,
    value: &T,
) -> io::Result<()> {
    let text = ron::to_string(value).map_err(io::Error::other)? + "\n";
    // Where the student keeps a link, the file behind it is replaced.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let temporary = temporary(&path);
    let written = put(&temporary, &text).and_then(|()| {
        if let Some(backup) = backup {
            keep(&path, backup);
        }
        fs::rename(&temporary, &path)
    });
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
        return written;
    }
    // Some file systems cannot sync a folder; the file is there anyway.
    if let Some(Ok(folder)) = path.parent().map(File::open) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// A name that nobody else uses: where the lock is not to be had, two may
/// write at once.
fn temporary(path: &Path) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let n = COUNT.fetch_add(1, Ordering::Relaxed);
    path.with_extension(format!("{}-{n}.tmp", std::process::id()))
}

fn put(temporary: &Path, text: &str) -> io::Result<()> {
    let _ = fs::remove_file(temporary);
    let mut file =
        File::options().write(true).create_new(true).open(temporary)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Keeps the file as its own backup. A hard link, so that the file never
/// stops existing; a copy where there are none.
fn keep(path: &Path, backup: &Path) {
    if path.is_file() {
        let _ = fs::remove_file(backup);
        if fs::hard_link(path, backup).is_err() {
            let _ = fs::copy(path, backup);
        }
    }
}

/// Removes what killed processes left half written.
pub fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.extension().is_some_and(|end| end == "tmp") {
            let _ = fs::remove_file(path);
        }
    }
}

/// An error of the system without its number.
pub fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((text, _)) => text.to_lowercase(),
        None => text,
    }
}
