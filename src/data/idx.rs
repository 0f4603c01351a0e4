//! The IDX format: how MNIST and its relatives are stored.
//!
//! ```text
//! images   00 00 08 03   count   rows   columns   one byte per pixel ...
//! labels   00 00 08 01   count                    one byte per label ...
//! ```
//!
//! All numbers have 32 bits, the high byte first. A header is believed only within [`LARGEST`]; a user's file is read to its end,
//! so that a broken copy is noticed even when few examples are wanted.

use std::cmp::Ordering;
use std::io;
use std::io::Read;

use flate2::bufread::MultiGzDecoder;

use super::DataError;
use super::grouped::grouped;
use super::stored::Packing;
use super::stored::Stored;

/// The most bytes of pixels or labels a file may announce: 64 MiB. All of
/// MNIST has 47 million.
pub const LARGEST: u64 = 64 << 20;

/// What a file should hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Pictures of one byte per pixel.
    Images,
    /// One byte per example.
    Labels,
}

impl Content {
    /// The first four bytes of such a file.
    pub fn magic(self) -> u32 {
        match self {
            Self::Images => 0x0803,
            Self::Labels => 0x0801,
        }
    }

    /// How many sizes follow the magic number.
    fn dimensions(self) -> u64 {
        match self {
            Self::Images => 3,
            Self::Labels => 1,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Images => "images",
            Self::Labels => "labels",
        }
    }
}

/// The sizes a file announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Examples.
    pub count: usize,
    /// Rows of a picture; 1 for labels.
    pub height: usize,
    /// Columns of a picture; 1 for labels.
    pub width: usize,
}

impl Header {
    /// Bytes of one example.
    pub fn item(&self) -> usize {
        self.height * self.width
    }
}

impl Stored {
    /// The sizes an IDX file announces; reads no further. Where the bytes
    /// lie as they are, their number is compared, too.
    pub fn header(&self, content: Content) -> Result<Header, DataError> {
        let mut reader = Reader::open(self, content)?;
        if self.is_users() && reader.packing == Packing::Plain {
            reader.seen = self.stored_bytes();
            reader.ends()?;
        }
        Ok(reader.header)
    }

    /// The sizes and the bytes of the first `first` examples of an IDX
    /// file.
    pub fn read(
        &self,
        content: Content,
        first: usize,
    ) -> Result<(Header, Vec<u8>), DataError> {
        let mut reader = Reader::open(self, content)?;
        let header = reader.header;
        let bytes = header.item() * header.count.min(first);
        let bytes = reader.take(bytes as u64)?;
        if self.is_users() {
            reader.finish()?;
        }
        Ok((header, bytes))
    }
}

/// A file that is being read.
struct Reader<'a> {
    name: &'a str,
    bytes: Box<dyn Read + 'a>,
    packing: Packing,
    header: Header,
    /// Bytes there should be, header included.
    expected: u64,
    /// Bytes read so far.
    seen: u64,
}

impl<'a> Reader<'a> {
    /// Opens a file and reads its header.
    fn open(file: &'a Stored, content: Content) -> Result<Self, DataError> {
        let name = file.name.as_str();
        let (raw, packing) = file.raw().map_err(|reason| {
            DataError::Unreadable { file: name.to_owned(), reason }
        })?;
        let bytes: Box<dyn Read> = match packing {
            Packing::Plain => raw,
            Packing::Gzip => Box::new(MultiGzDecoder::new(raw)),
        };
        let header = Header { count: 0, height: 1, width: 1 };
        let expected = 4 + 4 * content.dimensions();
        let mut reader =
            Self { name, bytes, packing, header, expected, seen: 0 };
        reader.magic(content)?;
        reader.sizes(content)?;
        Ok(reader)
    }

    /// Reads the magic number and compares it.
    fn magic(&mut self, content: Content) -> Result<(), DataError> {
        let found = self.number()?;
        if found == content.magic() {
            return Ok(());
        }
        let other = [Content::Images, Content::Labels]
            .into_iter()
            .find(|other| other.magic() == found)
            .map_or("something else", Content::name);
        let say = |what, magic| format!("{what} (magic {magic:#010x})");
        Err(DataError::WrongKind {
            file: self.name.to_owned(),
            expected: say(content.name(), content.magic()),
            found: say(other, found),
        })
    }

    /// Reads the sizes and refuses those that make no sense.
    fn sizes(&mut self, content: Content) -> Result<(), DataError> {
        let file = self.name.to_owned();
        let count = self.number()?;
        let (height, width) = match content {
            Content::Images => (self.number()?, self.number()?),
            Content::Labels => (1, 1),
        };
        let found = match content {
            Content::Images => {
                let sizes = [count, height, width].map(grouped);
                format!("{} pixels", sizes.join(" x "))
            }
            Content::Labels => format!("{} labels", grouped(count)),
        };
        let bytes = u64::from(count)
            .checked_mul(u64::from(height))
            .and_then(|bytes| bytes.checked_mul(u64::from(width)));
        match bytes {
            Some(0) => return Err(DataError::Empty { file, found }),
            Some(bytes) if bytes <= LARGEST => self.expected += bytes,
            _ => {
                let limit = LARGEST;
                return Err(DataError::TooLarge { file, limit, found });
            }
        }
        // Safe: each size is at most the product, which is at most 64 MiB.
        let [count, height, width] =
            [count, height, width].map(|size| size as usize);
        self.header = Header { count, height, width };
        Ok(())
    }

    /// The next number of the header.
    fn number(&mut self) -> Result<u32, DataError> {
        let bytes = self.take(4)?;
        Ok(bytes.iter().fold(0, |sum, &byte| sum << 8 | u32::from(byte)))
    }

    /// The next `n` bytes, all of them.
    fn take(&mut self, n: u64) -> Result<Vec<u8>, DataError> {
        // A header can lie about a short file: grow beyond this only as
        // bytes arrive.
        let room = n.min(8 << 20) as usize;
        let mut bytes = Vec::with_capacity(room);
        let end = self.bytes.by_ref().take(n).read_to_end(&mut bytes);
        self.seen += bytes.len() as u64;
        match end {
            Ok(_) if bytes.len() as u64 == n => Ok(bytes),
            Ok(_) => Err(self.truncated()),
            Err(reason) => Err(self.broken(reason)),
        }
    }

    /// Reads what is left and makes sure that the end is at its place.
    fn finish(&mut self) -> Result<(), DataError> {
        let mut buffer = [0; 1 << 16];
        while self.seen <= self.expected {
            match self.bytes.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => self.seen += n as u64,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(reason) => return Err(self.broken(reason)),
            }
        }
        self.ends()
    }

    /// Compares the bytes there are with those there should be.
    fn ends(&self) -> Result<(), DataError> {
        match self.seen.cmp(&self.expected) {
            Ordering::Less => Err(self.truncated()),
            Ordering::Equal => Ok(()),
            Ordering::Greater => Err(DataError::TooLong {
                file: self.name.to_owned(),
                expected: self.expected,
            }),
        }
    }

    fn truncated(&self) -> DataError {
        DataError::Truncated {
            file: self.name.to_owned(),
            expected: self.expected,
            found: self.seen,
        }
    }

    /// What an error while reading means.
    fn broken(&self, reason: io::Error) -> DataError {
        let ended = reason.kind() == io::ErrorKind::UnexpectedEof;
        if ended && self.seen < self.expected {
            return self.truncated();
        }
        let file = self.name.to_owned();
        match self.packing {
            Packing::Gzip => DataError::Damaged { file, reason },
            Packing::Plain => DataError::Unreadable { file, reason },
        }
    }
}
