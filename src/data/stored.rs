//! Files, wherever they lie and however they are packed.
//!
//! Built-in files and those of a user are read in the same way, plain or
//! packed with gzip; which of the two is seen from the content, not from
//! the name.

use std::fs::File;
use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::path::PathBuf;

use flate2::bufread::MultiGzDecoder;

use super::DataError;
use super::grouped::grouped;

/// One file.
#[derive(Clone, Debug)]
pub struct Stored {
    /// What to call it in a message.
    pub name: String,
    source: Source,
}

/// Where the bytes are.
#[derive(Clone, Debug)]
enum Source {
    /// In the program.
    Embedded(&'static [u8]),
    /// On the disk.
    Disk(PathBuf),
}

/// Whether the bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    Gzip,
}

/// A file of `lessons/data/`, inside the program.
macro_rules! embedded {
    ($name:literal) => {
        $crate::data::stored::Stored::embedded(
            $name,
            include_bytes!(concat!("../../lessons/data/", $name)),
        )
    };
}

pub(super) use embedded;

impl Stored {
    /// A file inside the program.
    pub fn embedded(name: &str, bytes: &'static [u8]) -> Self {
        Self { name: name.to_owned(), source: Source::Embedded(bytes) }
    }

    /// A file of the user.
    pub fn on_disk(path: PathBuf) -> Self {
        let name = path.display().to_string();
        Self { name, source: Source::Disk(path) }
    }

    /// Whether it is a file of the user.
    pub(super) fn is_users(&self) -> bool {
        matches!(self.source, Source::Disk(_))
    }

    /// Bytes as they lie, packed if they are; 0 if nobody knows.
    pub fn stored_bytes(&self) -> u64 {
        match &self.source {
            Source::Embedded(bytes) => bytes.len() as u64,
            Source::Disk(path) => path.metadata().map_or(0, |m| m.len()),
        }
    }

    /// The bytes as they lie, and whether they are packed.
    pub(super) fn raw(
        &self,
    ) -> io::Result<(Box<dyn BufRead + '_>, Packing)> {
        let mut bytes: Box<dyn BufRead> = match &self.source {
            Source::Embedded(bytes) => Box::new(*bytes),
            Source::Disk(path) => {
                Box::new(BufReader::new(File::open(path)?))
            }
        };
        let packing = match bytes.fill_buf()? {
            [0x1F, 0x8B, ..] => Packing::Gzip,
            _ => Packing::Plain,
        };
        Ok((bytes, packing))
    }

    /// The content, unpacked while it is read.
    pub(super) fn open(&self) -> Result<Box<dyn Read + '_>, DataError> {
        let (raw, packing) = self.raw().map_err(|e| self.trouble(e))?;
        Ok(match packing {
            Packing::Plain => raw,
            Packing::Gzip => Box::new(MultiGzDecoder::new(raw)),
        })
    }

    /// The whole content, unpacked, if it is no longer than `limit` bytes.
    pub(super) fn content(&self, limit: u64) -> Result<Vec<u8>, DataError> {
        let mut bytes = Vec::new();
        let read = self.open()?.take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|reason| self.trouble(reason))?;
        if bytes.len() as u64 > limit {
            let what = format!(
                "it is longer than {} bytes unpacked",
                grouped(limit)
            );
            return Err(self.unusable(what, "Use a smaller file."));
        }
        Ok(bytes)
    }

    /// What an error while reading means.
    pub(super) fn trouble(&self, reason: io::Error) -> DataError {
        let file = self.name.clone();
        // The system's own errors have a number; those of the unpacker
        // have none.
        match reason.raw_os_error() {
            Some(_) => DataError::Unreadable { file, reason },
            None => DataError::Damaged { file, reason },
        }
    }

    /// A content that makes no sense.
    pub(super) fn unusable(
        &self,
        what: impl Into<String>,
        advice: &'static str,
    ) -> DataError {
        let (file, what) = (self.name.clone(), what.into());
        DataError::Unusable { file, what, advice }
    }
}
