//! Gray pictures from files: PGM (P2 and P5) and PNG.

use std::io::Cursor;

use crate::Real;

use super::DataError;
use super::grouped::grouped;
use super::stored::Stored;

/// The most bytes of one file, and the most pixels of one picture.
const LARGEST: u64 = 64 << 20;
const MOST: u64 = 16 << 20;

const SMALLER: &str = "Use a picture of at most 4,096 x 4,096 pixels.";
const AGAIN: &str = "Save the picture again as PNG or PGM.";

/// A gray picture.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Gray {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Row by row, 0 for black to 1 for white.
    pub pixels: Vec<Real>,
}

/// Reads a picture; the first bytes tell the format.
pub(super) fn read(file: &Stored) -> Result<Gray, DataError> {
    let bytes = file.content(LARGEST)?;
    match bytes.get(..2) {
        Some(b"P2" | b"P5") => pgm(file, &bytes),
        Some(b"\x89P") => png(file, &bytes),
        _ => {
            let what = "it is neither a PNG nor a gray PGM (P2 or P5)";
            Err(file.unusable(what, AGAIN))
        }
    }
}

/// Refuses sizes of 0 and beyond the limit, before anything is allocated.
fn check(file: &Stored, width: u64, height: u64) -> Result<(), DataError> {
    match width.checked_mul(height) {
        Some(1..=MOST) => Ok(()),
        _ => {
            let what = format!(
                "it has {} x {} pixels",
                grouped(width),
                grouped(height)
            );
            Err(file.unusable(what, SMALLER))
        }
    }
}

/// A picture of Netpbm: magic, width, height and greatest value in words,
/// then numbers in words (P2) or in one or two bytes each (P5).
fn pgm(file: &Stored, bytes: &[u8]) -> Result<Gray, DataError> {
    let mut words = Words { bytes, at: 2 };
    let mut number = || {
        let found = words.number();
        found.ok_or_else(|| file.unusable("its header is broken", AGAIN))
    };
    let (width, height, white) = (number()?, number()?, number()?);
    check(file, width, height)?;
    if !(1..=65_535).contains(&white) {
        let what = format!("its greatest value is {white}");
        return Err(file.unusable(what, AGAIN));
    }
    let count = (width * height) as usize;
    let values: Option<Vec<u64>> = if bytes.starts_with(b"P2") {
        (0..count).map(|_| words.number()).collect()
    } else {
        // One white space ends the header.
        let size = if white > 255 { 2 } else { 1 };
        let rest = bytes.get(words.at + 1..).unwrap_or(&[]);
        let rest = rest.get(..count * size);
        rest.map(|rest| rest.chunks(size).map(big_endian).collect())
    };
    let Some(values) = values else {
        let what = format!("it ends before {} pixels", grouped(count));
        return Err(file.unusable(what, AGAIN));
    };
    let share = |v: u64| (v.min(white) as f64 / white as f64) as Real;
    let pixels = values.into_iter().map(share).collect();
    Ok(Gray { width: width as usize, height: height as usize, pixels })
}

fn big_endian(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |sum, &byte| sum << 8 | u64::from(byte))
}

/// Words between white space and comments, which go from # to the end of
/// their line.
struct Words<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Words<'_> {
    fn number(&mut self) -> Option<u64> {
        while let Some(&byte) = self.bytes.get(self.at) {
            if byte == b'#' {
                let rest = &self.bytes[self.at..];
                self.at += rest.iter().position(|&b| b == b'\n')?;
            } else if !byte.is_ascii_whitespace() {
                break;
            }
            self.at += 1;
        }
        let rest = self.bytes.get(self.at..)?;
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        self.at += digits;
        str::from_utf8(&rest[..digits]).ok()?.parse().ok()
    }
}

/// A PNG of any kind: colors become their brightness (Rec. 601), what is
/// transparent is seen on black.
fn png(file: &Stored, bytes: &[u8]) -> Result<Gray, DataError> {
    let broken = |error: png::DecodingError| {
        file.unusable(format!("it is no sound PNG ({error})"), AGAIN)
    };
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(
        png::Transformations::EXPAND | png::Transformations::STRIP_16,
    );
    let info = decoder.read_header_info().map_err(broken)?;
    check(file, u64::from(info.width), u64::from(info.height))?;
    let mut reader = decoder.read_info().map_err(broken)?;
    let size = reader.output_buffer_size().unwrap_or(0);
    let mut buffer = vec![0; size];
    let frame = reader.next_frame(&mut buffer).map_err(broken)?;
    let samples = frame.color_type.samples();
    let pixels =
        buffer[..frame.buffer_size()].chunks_exact(samples).map(brightness);
    Ok(Gray {
        width: frame.width as usize,
        height: frame.height as usize,
        pixels: pixels.collect(),
    })
}

/// The brightness of gray, gray and opacity, color, color and opacity.
fn brightness(pixel: &[u8]) -> Real {
    let [a, b, c, d] = [0, 1, 2, 3]
        .map(|i| Real::from(pixel.get(i).copied().unwrap_or(255)) / 255.0);
    match pixel.len() {
        1 => a,
        2 => a * b,
        _ => (0.299 * a + 0.587 * b + 0.114 * c) * d,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_bytes(bytes: &'static [u8]) -> Result<Gray, String> {
        read(&Stored::embedded("x", bytes)).map_err(|e| e.to_string())
    }

    /// A PNG made by the library that reads it.
    fn png_of(color: png::ColorType, data: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 2, 1);
        encoder.set_color(color);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(data).unwrap();
        writer.finish().unwrap();
        bytes
    }

    #[test]
    fn both_kinds_of_pgm_are_read() {
        let words = b"P2\n# a comment\n3 1\n10\n0 5\n 10\n";
        let gray = read_bytes(words).unwrap();
        assert_eq!((gray.width, gray.height), (3, 1));
        assert_eq!(gray.pixels, [0.0, 0.5, 1.0]);
        assert_eq!(read_bytes(b"P5 3 1 10\n\x00\x05\x0a").unwrap(), gray);
        let wide = read_bytes(b"P5 1 1 65535\n\x80\x00").unwrap();
        assert!((wide.pixels[0] - 0.5).abs() < 1e-4);
    }

    #[test]
    fn every_kind_of_png_becomes_gray() {
        use png::ColorType::*;
        for (color, data, expected) in [
            (Grayscale, vec![0, 255], [0.0, 1.0]),
            (GrayscaleAlpha, vec![255, 0, 255, 255], [0.0, 1.0]),
            (Rgb, vec![255, 0, 0, 255, 255, 255], [0.299, 1.0]),
            (Rgba, vec![0, 255, 0, 255, 9, 9, 9, 0], [0.587, 0.0]),
        ] {
            let bytes = png_of(color, &data).leak();
            let gray = read_bytes(bytes).unwrap();
            assert_eq!((gray.width, gray.height), (2, 1));
            for (a, b) in gray.pixels.iter().zip(expected) {
                assert!((a - b).abs() < 1e-6, "{color:?} {gray:?}");
            }
        }
    }

    #[test]
    fn broken_pictures_are_refused_with_a_reason() {
        for (bytes, part) in [
            (&b"GIF89a"[..], "neither a PNG nor a gray PGM"),
            (b"", "neither a PNG"),
            (b"P5 3", "its header is broken"),
            (b"P5 0 7 255\n", "it has 0 x 7 pixels"),
            (b"P5 99999999999 99999999999 1\n", "99,999,999,999 pixels"),
            (b"P5 4096 4097 255\n", "it has 4,096 x 4,097 pixels"),
            (b"P5 2 2 255\nabc", "it ends before 4 pixels"),
            (b"P2 2 2 255\n1 2 3", "it ends before 4 pixels"),
            (b"P5 2 2 0\n", "its greatest value is 0"),
            (b"\x89PNG\r\n\x1a\n", "it is no sound PNG"),
        ] {
            let told = read_bytes(bytes).unwrap_err();
            assert!(told.contains(part), "{told}");
        }
        let whole = png_of(png::ColorType::Grayscale, &[1, 2]);
        for length in 0..whole.len() - 12 {
            assert!(read_bytes(whole[..length].to_vec().leak()).is_err());
        }
    }
}
