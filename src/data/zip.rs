//! Just enough of ZIP to read what `numpy.savez` writes: entries that are
//! stored as they are or deflated, listed in the directory at the end.

use std::io::Read;

use flate2::read::DeflateDecoder;

use super::DataError;
use super::stored::Stored;

/// The most bytes of an archive as it lies.
const LARGEST: u64 = 512 << 20;

const AGAIN: &str = "Save it again with numpy.savez.";

/// An archive in memory.
pub(super) struct Zip {
    name: String,
    bytes: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    deflated: bool,
    /// Where its local header begins, and its length as it lies.
    start: usize,
    length: usize,
}

impl Zip {
    /// Reads an archive and its directory.
    pub(super) fn read(file: &Stored) -> Result<Self, DataError> {
        let bytes = file.content(LARGEST)?;
        let entries = directory(&bytes).ok_or_else(|| {
            file.unusable("it is no ZIP with a sound directory", AGAIN)
        })?;
        Ok(Self { name: file.name.clone(), bytes, entries })
    }

    /// Whether there is an entry of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    /// The content of an entry, unpacked while it is read, and what to call
    /// it in a message.
    pub(super) fn open(
        &self,
        name: &str,
    ) -> Result<(Box<dyn Read + '_>, String), DataError> {
        let title = format!("{}: {name}", self.name);
        let entry = self.entries.iter().find(|entry| entry.name == name);
        let content = entry.and_then(|entry| self.content(entry));
        let Some((content, entry)) = content.zip(entry) else {
            let what = "it is missing or cut off";
            return Err(DataError::unusable(&title, what, AGAIN));
        };
        let reader: Box<dyn Read> = match entry.deflated {
            true => Box::new(DeflateDecoder::new(content)),
            false => Box::new(content),
        };
        Ok((reader, title))
    }

    /// The bytes behind the local header.
    fn content(&self, entry: &Entry) -> Option<&[u8]> {
        let local = self.bytes.get(entry.start..)?;
        if !local.starts_with(b"PK\x03\x04") {
            return None;
        }
        let skip = 30 + number(local, 26, 2)? + number(local, 28, 2)?;
        local.get(skip..)?.get(..entry.length)
    }
}

/// A number of some bytes, the low one first.
fn number(bytes: &[u8], at: usize, size: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(size)?)?;
    let sum = bytes.iter().rev().fold(0_u64, |n, &b| n << 8 | u64::from(b));
    usize::try_from(sum).ok()
}

/// The entries, as the directory at the end names them.
fn directory(bytes: &[u8]) -> Option<Vec<Entry>> {
    // The end record has 22 bytes and a comment of at most 64 KiB.
    let from = bytes.len().saturating_sub(22 + (1 << 16));
    let tail = &bytes[from..];
    let end = tail.windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let count = number(tail, end + 10, 2)?;
    let mut at = number(tail, end + 16, 4)?;
    let mut entries = Vec::new();
    for _ in 0..count {
        let head = bytes.get(at..)?;
        if !head.starts_with(b"PK\x01\x02") {
            return None;
        }
        let name = number(head, 28, 2)?;
        let text = head.get(46..46 + name)?;
        let method = number(head, 10, 2)?;
        if method == 0 || method == 8 {
            entries.push(Entry {
                name: String::from_utf8_lossy(text).into_owned(),
                deflated: method == 8,
                start: number(head, 42, 4)?,
                length: number(head, 20, 4)?,
            });
        }
        at += 46 + name + number(head, 30, 2)? + number(head, 32, 2)?;
    }
    Some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive with one entry `a` that holds `hi`, stored.
    fn archive() -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        bytes.extend([0; 22]);
        bytes.extend([1, 0, 0, 0]);
        bytes.extend(b"ahi");
        let directory = bytes.len() as u8;
        bytes.extend(b"PK\x01\x02");
        bytes.extend([0; 16]);
        bytes.extend([2, 0, 0, 0, 2, 0, 0, 0, 1, 0]);
        bytes.extend([0; 16]);
        bytes.extend(b"a");
        bytes.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
        bytes.extend([47, 0, 0, 0, directory, 0, 0, 0, 0, 0]);
        bytes
    }

    #[test]
    fn an_entry_is_found_and_read() {
        let file = Stored::embedded("x.npz", archive().leak());
        let zip = Zip::read(&file).unwrap();
        assert!(zip.has("a") && !zip.has("b"));
        let (mut reader, title) = zip.open("a").unwrap();
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        assert_eq!((&*text, &*title), ("hi", "x.npz: a"));
        let told = zip.open("b").err().unwrap().to_string();
        assert!(told.contains("it is missing or cut off"), "{told}");
    }

    #[test]
    fn a_broken_archive_is_refused_wherever_it_breaks() {
        let whole = archive();
        for length in 0..whole.len() - 4 {
            let file =
                Stored::embedded("x", whole[..length].to_vec().leak());
            assert!(Zip::read(&file).is_err(), "{length}");
        }
        for place in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[place] = 0xFF;
            let file = Stored::embedded("x", bytes.leak());
            if let Ok(zip) = Zip::read(&file) {
                let _ = zip.open("a").map(|(mut reader, _)| {
                    reader.read_to_end(&mut Vec::new())
                });
            }
        }
    }
}
