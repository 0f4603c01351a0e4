//! Lines as braille dots, drawn by `textplots`.

use textplots::Chart;
use textplots::Plot;
use textplots::Shape;

/// Fewest and most columns and rows of a chart; `textplots` panics below
/// and overflows far above.
pub const COLUMNS: (u16, u16) = (17, 400);
/// See [`COLUMNS`].
pub const ROWS: (u16, u16) = (2, 150);

/// A line in the unit square: x to the right, y upward, both 0 to 1.
pub type Piece = Vec<(f32, f32)>;

/// Braille dots of lines on `columns` x `rows` characters: a row of bytes
/// per row, in the order of the bits of Unicode's braille patterns. Lines
/// of one point are dots. Sizes are clamped to what can be drawn.
pub fn bits(pieces: &[Piece], columns: u16, rows: u16) -> Vec<Vec<u8>> {
    let columns = columns.clamp(COLUMNS.0, COLUMNS.1);
    let rows = rows.clamp(ROWS.0, ROWS.1);
    // The canvas counts its last dot: this fills exactly the characters.
    let width = 2 * (u32::from(columns) - 1);
    let height = 4 * (u32::from(rows) - 1);
    let shapes: Vec<Piece> = pieces.iter().map(|p| drawable(p)).collect();
    let shapes: Vec<Shape<'_>> =
        shapes.iter().map(|piece| Shape::Lines(piece)).collect();
    let mut chart =
        Chart::new_with_y_range(width, height, 0.0, 1.0, 0.0, 1.0);
    let mut filled = &mut chart;
    for shape in &shapes {
        filled = filled.lineplot(shape);
    }
    filled.figures();
    let frame = filled.frame();
    let mut all: Vec<Vec<u8>> = frame
        .lines()
        .map(|line| line.chars().map(dots).collect())
        .collect();
    all.resize(usize::from(rows), Vec::new());
    for row in &mut all {
        row.resize(usize::from(columns), 0);
    }
    all
}

/// What is finite, inside the square, and at least two points.
fn drawable(piece: &[(f32, f32)]) -> Piece {
    let mut points: Piece = piece
        .iter()
        .filter(|(x, y)| x.is_finite() && y.is_finite())
        .map(|(x, y)| (x.clamp(0.0, 1.0), y.clamp(0.0, 1.0)))
        .collect();
    if let [point] = points[..] {
        points.push(point);
    }
    points
}

fn dots(character: char) -> u8 {
    match u32::from(character).checked_sub(0x2800) {
        Some(bits @ 0..=0xff) => u8::try_from(bits).unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_has_exactly_the_size_asked_for() {
        for (columns, rows) in [(17, 2), (33, 9), (400, 150), (60, 10)] {
            let line = vec![(0.0, 0.0), (1.0, 1.0)];
            let bits = bits(&[line], columns, rows);
            assert_eq!(bits.len(), usize::from(rows));
            assert!(bits.iter().all(|r| r.len() == usize::from(columns)));
            assert_ne!(bits[0][usize::from(columns) - 1], 0);
            assert_ne!(bits[usize::from(rows) - 1][0], 0);
            assert_eq!(bits[0][0], 0);
        }
    }

    #[test]
    fn sizes_and_numbers_out_of_bounds_are_harmless() {
        let wild = vec![
            (f32::NAN, 0.5),
            (0.5, f32::INFINITY),
            (-3.0, 0.2),
            (7.0, -4.0),
        ];
        for (columns, rows) in [(0, 0), (1, 1), (u16::MAX, u16::MAX)] {
            assert!(
                !bits(&[wild.clone(), vec![]], columns, rows).is_empty()
            );
        }
    }

    #[test]
    fn a_single_point_is_a_dot() {
        let bits = bits(&[vec![(0.0, 1.0)]], 17, 2);
        assert_eq!(bits[0][0], 1);
        assert_eq!(bits.concat().iter().filter(|b| **b != 0).count(), 1);
    }
}
