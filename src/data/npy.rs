//! NumPy's own format for one array (NEP 1), versions 1 to 3.
//!
//! ```text
//! 93 "NUMPY"  version (2 bytes)  length (2 or 4 bytes, low byte first)
//! {'descr': '<f4', 'fortran_order': False, 'shape': (60000, 28, 28), }
//! values, row by row
//! ```
//!
//! Numbers are converted to `Real` while they are read; a header is
//! believed only within [`MOST`].

use std::io::ErrorKind;
use std::io::Read;

use crate::Real;

use super::DataError;
use super::grouped::grouped;

/// The most numbers an array may have: 64 Mi, 256 MiB of memory. All of
/// MNIST has 55 million.
pub(super) const MOST: usize = 64 << 20;

/// An array as it was stored.
#[derive(Debug, PartialEq)]
pub(super) struct Array {
    /// The sizes of its dimensions, slowest first.
    pub shape: Vec<usize>,
    /// All numbers, row by row.
    pub values: Vec<Real>,
    /// Whether the numbers were bytes, 0 to 255.
    pub bytes: bool,
}

/// How one number is stored.
#[derive(Clone, Copy)]
struct Format {
    size: usize,
    convert: fn(&[u8]) -> Real,
}

/// Reads an array; `name` is the file's, for messages. Only the first
/// `first` rows are kept.
pub(super) fn read(
    name: &str,
    source: &mut dyn Read,
    first: usize,
) -> Result<Array, DataError> {
    let header = header(name, source)?;
    let format = format(&header).ok_or_else(|| {
        let what = format!(
            "its numbers are of the kind {}",
            field(&header, "descr").unwrap_or("unknown")
        );
        DataError::unusable(name, what, KINDS)
    })?;
    if field(&header, "fortran_order") != Some("False") {
        let what = "its numbers are stored column by column";
        let advice = "Save numpy.ascontiguousarray(x) instead.";
        return Err(DataError::unusable(name, what, advice));
    }
    let mut shape = shape(name, &header)?;
    let row: usize = shape.iter().skip(1).product();
    shape[0] = shape[0].min(first);
    let count = shape[0] * row;
    let values = values(name, source, format, count)?;
    let bytes = field(&header, "descr").is_some_and(|d| d.ends_with("u1"));
    Ok(Array { shape, values, bytes })
}

const AGAIN: &str = "Save it again with numpy.save.";
const KINDS: &str =
    "Use u1, i2, i4, i8, f4 or f8, low byte first: x.astype('<f4').";

/// The text between the magic bytes and the numbers.
fn header(name: &str, source: &mut dyn Read) -> Result<String, DataError> {
    let no = |what: &str| DataError::unusable(name, what, AGAIN);
    let short = |_| no("it ends before its header does");
    let mut start = [0; 8];
    source.read_exact(&mut start).map_err(short)?;
    if start[..6] != *b"\x93NUMPY" {
        return Err(no("it does not begin as an array of NumPy does"));
    }
    let wide = start[6] > 1;
    let mut length = [0; 4];
    let used = if wide { 4 } else { 2 };
    source.read_exact(&mut length[..used]).map_err(short)?;
    let length = u32::from_le_bytes(length) as usize;
    if length > 1 << 16 {
        return Err(no("its header is longer than 64 KiB"));
    }
    let mut text = vec![0; length];
    source.read_exact(&mut text).map_err(short)?;
    String::from_utf8(text).map_err(|_| no("its header is no text"))
}

/// The value of a field of the header, without quotes.
fn field<'a>(header: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = header.split_once(&format!("'{key}':"))?;
    let rest = rest.trim_start();
    let end = if rest.starts_with('(') { ')' } else { ',' };
    let value = rest.split(end).next()?;
    Some(value.trim_matches(['(', '\'', ' ', '}']))
}

/// The sizes, at least one and none of them 0.
fn shape(name: &str, header: &str) -> Result<Vec<usize>, DataError> {
    let text = field(header, "shape").unwrap_or("");
    let sizes = text.split(',').map(str::trim).filter(|s| !s.is_empty());
    let shape: Option<Vec<usize>> = sizes.map(|s| s.parse().ok()).collect();
    let count = shape.as_ref().and_then(|shape| {
        shape.iter().try_fold(1_usize, |n, &size| n.checked_mul(size))
    });
    match (shape, count) {
        (Some(shape), Some(1..=MOST)) if !shape.is_empty() => Ok(shape),
        _ => {
            let what = format!("it announces the shape ({text})");
            let advice = "Use an array of 1 to 67,108,864 numbers.";
            Err(DataError::unusable(name, what, advice))
        }
    }
}

fn format(header: &str) -> Option<Format> {
    let (size, convert): (usize, fn(&[u8]) -> Real) =
        match field(header, "descr")? {
            "|u1" | "<u1" | "|b1" => (1, |b| Real::from(b[0])),
            "|i1" | "<i1" => (1, |b| Real::from(b[0] as i8)),
            "<u2" => (2, |b| Real::from(u16::from_le_bytes(fixed(b)))),
            "<i2" => (2, |b| Real::from(i16::from_le_bytes(fixed(b)))),
            "<i4" => (4, |b| i32::from_le_bytes(fixed(b)) as Real),
            "<u4" => (4, |b| u32::from_le_bytes(fixed(b)) as Real),
            "<i8" => (8, |b| i64::from_le_bytes(fixed(b)) as Real),
            "<u8" => (8, |b| u64::from_le_bytes(fixed(b)) as Real),
            "<f4" => (4, |b| f32::from_le_bytes(fixed(b))),
            "<f8" => (8, |b| f64::from_le_bytes(fixed(b)) as Real),
            _ => return None,
        };
    Some(Format { size, convert })
}

/// The first `N` bytes; there always are as many.
fn fixed<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.first_chunk().copied().unwrap_or([0; N])
}

/// Reads numbers, piece by piece, so that a header that lies about a short
/// file costs nothing.
fn values(
    name: &str,
    source: &mut dyn Read,
    format: Format,
    count: usize,
) -> Result<Vec<Real>, DataError> {
    let mut values = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    let mut filled = 0;
    while values.len() < count {
        let missing = (count - values.len()) * format.size - filled;
        let end = buffer.len().min(filled + missing);
        let read = match source.read(&mut buffer[filled..end]) {
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            Ok(read) if read > 0 => read,
            _ => {
                let what = format!(
                    "it ends after {} of {} numbers",
                    grouped(values.len()),
                    grouped(count)
                );
                return Err(DataError::unusable(name, what, AGAIN));
            }
        };
        filled += read;
        let whole = filled / format.size * format.size;
        let numbers = buffer[..whole].chunks_exact(format.size);
        values.extend(numbers.map(format.convert));
        buffer.copy_within(whole..filled, 0);
        filled -= whole;
    }
    finite(name, &values)?;
    Ok(values)
}

/// Refuses what is no finite number.
fn finite(name: &str, values: &[Real]) -> Result<(), DataError> {
    match values.iter().position(|value| !value.is_finite()) {
        None => Ok(()),
        Some(place) => {
            let what = format!(
                "number {} of it is not finite",
                grouped(place + 1)
            );
            let advice = "Take out or replace what is NaN or infinite.";
            Err(DataError::unusable(name, what, advice))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of version 1 with this header.
    fn file(header: &str, values: &[u8]) -> Vec<u8> {
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.as_bytes());
        bytes.extend(values);
        bytes
    }

    fn header(descr: &str, shape: &str) -> String {
        format!(
            "{{'descr': '{descr}', 'fortran_order': False, 'shape': \
             ({shape}), }}  \n"
        )
    }

    fn message(bytes: &[u8]) -> String {
        read("x.npy", &mut &bytes[..], usize::MAX).unwrap_err().to_string()
    }

    #[test]
    fn every_kind_of_number_is_read() {
        let minus = |bytes: &[u8]| bytes.to_vec();
        for (descr, bytes, expected) in [
            ("|u1", vec![200], 200.0),
            ("|i1", vec![0xFE], -2.0),
            ("<i2", minus(&(-3_i16).to_le_bytes()), -3.0),
            ("<u2", minus(&60_000_u16.to_le_bytes()), 60_000.0),
            ("<i4", minus(&(-70_000_i32).to_le_bytes()), -70_000.0),
            ("<i8", minus(&7_i64.to_le_bytes()), 7.0),
            ("<f4", minus(&0.25_f32.to_le_bytes()), 0.25),
            ("<f8", minus(&(-1.5_f64).to_le_bytes()), -1.5),
        ] {
            let bytes = file(&header(descr, "1,"), &bytes);
            let array = read("x", &mut &bytes[..], 9).unwrap();
            assert_eq!(array.values, [expected], "{descr}");
            assert_eq!(array.shape, [1]);
            assert_eq!(array.bytes, descr == "|u1");
        }
    }

    #[test]
    fn the_first_rows_are_kept() {
        let bytes = file(&header("|u1", "3, 2"), &[1, 2, 3, 4, 5, 6]);
        let array = read("x", &mut &bytes[..], 2).unwrap();
        assert_eq!(array.shape, [2, 2]);
        assert_eq!(array.values, [1.0, 2.0, 3.0, 4.0]);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let whole = file(&header("<f4", "2,"), &[0; 8]);
        assert!(message(&whole[..4]).contains("before its header"));
        assert!(message(b"PK\x03\x04....").contains("does not begin"));
        assert!(message(&whole[..40]).contains("before its header"));
        assert!(message(&whole[..whole.len() - 1]).contains("1 of 2"));
        for shape in ["0,", "", "4294967296, 4294967296", "67108865,", "x,"]
        {
            let told = message(&file(&header("|u1", shape), &[]));
            assert!(told.contains("announces the shape"), "{told}");
        }
        let told = message(&file(&header("<c16", "1,"), &[0; 16]));
        assert!(told.contains("of the kind <c16"), "{told}");
        let column = header("|u1", "2, 2").replace("False", "True");
        assert!(message(&file(&column, &[0; 4])).contains("column by"));
        let nan = f32::NAN.to_le_bytes();
        let told = message(&file(&header("<f4", "1,"), &nan));
        assert!(told.contains("number 1 of it is not finite"), "{told}");
    }
}
