//! Drawings of Quick, Draw!: the strokes of a pen, one drawing per line.
//!
//! ```text
//! {"word": "cat", "drawing": [[[x, x, ...], [y, y, ...]], ...]}
//! ```
//!
//! The strokes are drawn with a round pen on 28 x 28 pixels, as large as
//! fits and in the middle. A line may also be a finished picture, a list
//! of 784 numbers from 0 to 1.

use std::io::BufRead as _;
use std::io::BufReader;
use std::io::Read as _;
use std::path::PathBuf;

use serde::Deserialize;

use crate::Real;
use crate::nn::Matrix;

use super::DataError;
use super::four_files::SIDE;
use super::own::Part;
use super::own::ROWS_OF_CLASS;
use super::own::Raw;
use super::own::name;
use super::stored::Stored;

/// The most bytes of a line.
const LONGEST: u64 = 1 << 20;

/// The most points of a drawing.
const POINTS: usize = 20_000;

/// Empty pixels on each side.
const MARGIN: Real = 2.5;

/// Half the width of the pen, pixels.
const PEN: Real = 0.75;

const PIXELS: usize = SIDE * SIDE;

const ADVICE: &str = "Use the simplified drawings of Quick, Draw!: on each \
                      line an object with `drawing`, or 784 numbers.";

/// What a line may be.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Line {
    Picture(Vec<Real>),
    Drawing { drawing: Vec<Stroke> },
}

/// Lists of x, of y, and perhaps of times.
type Stroke = Vec<Vec<Real>>;

/// One file of drawings for each class, named like it.
pub(super) fn class_files(
    files: &[PathBuf],
    raw: &mut Raw,
) -> Result<bool, DataError> {
    let mut all = Part { size: Some((SIDE, SIDE)), ..Part::default() };
    let mut values = Vec::new();
    for path in files {
        let file = Stored::on_disk(path.clone());
        raw.bytes += file.stored_bytes();
        let before = values.len();
        read(&file, &mut values)?;
        let name = name(path);
        let class = name.trim_end_matches(".gz");
        let class = class.trim_end_matches(".ndjson");
        let class = class.trim_start_matches("full_simplified_");
        let new = (values.len() - before) / PIXELS;
        let class = class.replace('_', " ");
        all.labels.extend(vec![class; new]);
    }
    let shape = (values.len() / PIXELS, PIXELS);
    all.x = Matrix::from_shape_vec(shape, values).map_err(|e| {
        DataError::unusable(&raw.folder, e.to_string(), ADVICE)
    })?;
    raw.train = all;
    Ok(!files.is_empty())
}

/// Adds the pictures of a file.
fn read(file: &Stored, values: &mut Vec<Real>) -> Result<(), DataError> {
    let mut reader = BufReader::new(file.open()?);
    let mut bytes = Vec::new();
    for number in 1..=ROWS_OF_CLASS {
        bytes.clear();
        let mut limited = reader.by_ref().take(LONGEST + 1);
        let read = limited.read_until(b'\n', &mut bytes);
        let read = read.map_err(|reason| file.trouble(reason))?;
        if read == 0 {
            break;
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let picture = picture(&bytes).map_err(|what| {
            file.unusable(format!("line {number} {what}"), ADVICE)
        })?;
        values.extend(picture);
    }
    Ok(())
}

/// The picture of a line, or what is wrong with it.
fn picture(line: &[u8]) -> Result<Vec<Real>, String> {
    if line.len() as u64 > LONGEST {
        return Err(format!("has more than {LONGEST} bytes"));
    }
    let line = serde_json::from_slice(line)
        .map_err(|_| "is no drawing and no picture".to_owned())?;
    match line {
        Line::Picture(pixels) => {
            let found = pixels.len();
            if found != PIXELS {
                return Err(format!("has {found} numbers, not {PIXELS}"));
            }
            if pixels.iter().any(|v| !(0.0..=255.0).contains(v)) {
                return Err("has numbers below 0 or above 255".to_owned());
            }
            Ok(pixels)
        }
        Line::Drawing { drawing } => {
            let points = points(&drawing)?;
            Ok(drawn(&points))
        }
    }
}

/// The points of every stroke, moved to the middle of the picture.
fn points(drawing: &[Stroke]) -> Result<Vec<Vec<[Real; 2]>>, String> {
    let mut strokes = Vec::new();
    for stroke in drawing {
        let (Some(x), Some(y)) = (stroke.first(), stroke.get(1)) else {
            return Err("has a stroke without x and y".to_owned());
        };
        if x.len() != y.len() {
            let (x, y) = (x.len(), y.len());
            return Err(format!("has a stroke of {x} x and {y} y"));
        }
        let pairs = x.iter().zip(y).map(|(&x, &y)| [x, y]);
        strokes.push(pairs.collect::<Vec<_>>());
    }
    let all = || strokes.iter().flatten();
    if all().count() == 0 || all().count() > POINTS {
        return Err(format!("has no points, or more than {POINTS}"));
    }
    if all().flatten().any(|v| !v.is_finite() || v.abs() > 1e6) {
        return Err("has a point that is too far away".to_owned());
    }
    let ends = [0, 1].map(|axis| {
        let values = || all().map(|point| point[axis]);
        let low = values().fold(Real::INFINITY, Real::min);
        (low, values().fold(Real::NEG_INFINITY, Real::max))
    });
    let longest = ends.iter().map(|(low, high)| high - low);
    let longest = longest.fold(1e-6, Real::max);
    let scale = (SIDE as Real - 2.0 * MARGIN) / longest;
    for point in strokes.iter_mut().flatten() {
        for (v, (low, high)) in point.iter_mut().zip(ends) {
            let middle = (low + high) / 2.0;
            *v = (*v - middle) * scale + SIDE as Real / 2.0;
        }
    }
    Ok(strokes)
}

/// Strokes of a round pen, 1 where it was and 0 elsewhere.
fn drawn(strokes: &[Vec<[Real; 2]>]) -> Vec<Real> {
    let mut picture = vec![0.0; PIXELS];
    for stroke in strokes {
        let mut from = stroke.first().copied().unwrap_or_default();
        for &to in stroke {
            line(from, to, &mut picture);
            from = to;
        }
    }
    picture
}

/// A line, dark where the middle of a pixel is near it.
fn line(a: [Real; 2], b: [Real; 2], picture: &mut [Real]) {
    let reach = PEN + 1.0;
    let span = |axis: usize| {
        let (low, high) = (a[axis].min(b[axis]), a[axis].max(b[axis]));
        let from = (low - reach).max(0.0) as usize;
        from..((high + reach).max(0.0) as usize + 1).min(SIDE)
    };
    let along = [b[0] - a[0], b[1] - a[1]];
    let length = along[0] * along[0] + along[1] * along[1];
    for row in span(1) {
        for column in span(0) {
            let here = [column as Real + 0.5, row as Real + 0.5];
            let from = [here[0] - a[0], here[1] - a[1]];
            let share = from[0] * along[0] + from[1] * along[1];
            let share = (share / length.max(1e-12)).clamp(0.0, 1.0);
            let x = from[0] - share * along[0];
            let y = from[1] - share * along[1];
            let distance = (x * x + y * y).sqrt();
            let ink = (PEN + 0.5 - distance).clamp(0.0, 1.0);
            let pixel = &mut picture[row * SIDE + column];
            *pixel = pixel.max(ink);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> String {
        picture(line.as_bytes()).unwrap_err()
    }

    #[test]
    fn a_level_stroke_lies_in_the_middle_and_reaches_the_margins() {
        let line = r#"{"word": "line", "drawing": [[[10, 90], [7, 7]]]}"#;
        let picture = picture(line.as_bytes()).unwrap();
        let at = |row: usize, column: usize| picture[row * SIDE + column];
        // Between the rows 13 and 14, and half a pixel from both.
        assert!(at(13, 14) > 0.7 && at(13, 14) == at(14, 14));
        assert_eq!((at(11, 14), at(16, 14)), (0.0, 0.0));
        assert!(at(13, 2) > 0.3 && at(13, 25) > 0.3);
        assert_eq!((at(13, 0), at(13, 27)), (0.0, 0.0));
    }

    #[test]
    fn a_dot_is_drawn_too() {
        let picture = picture(br#"{"drawing": [[[3], [200]]]}"#).unwrap();
        assert!(picture[14 * SIDE + 14] > 0.5);
        assert!(picture.iter().sum::<Real>() < 6.0);
    }

    #[test]
    fn what_is_no_drawing_is_told() {
        assert!(told("rubbish").contains("no drawing"));
        assert!(told(r#"{"drawing": []}"#).contains("no points"));
        assert!(told(r#"{"drawing": [[[1, 2]]]}"#).contains("without"));
        assert!(told(r#"{"drawing": [[[1, 2], [1]]]}"#).contains("2 x"));
        assert!(told(r#"{"drawing": [[[1e9], [1]]]}"#).contains("far"));
        assert!(told("[0, 1]").contains("2 numbers"));
        let low = format!("[{}-1]", "0,".repeat(783));
        assert!(told(&low).contains("below 0"));
    }
}
