//! Cuts lines into the pieces that make them solid, dashed or dotted.

use crate::view::widget::axis::Axis;
use crate::view::widget::braille::Piece;
use crate::view::widget::curve::Line;
use crate::view::widget::curve::Pattern;

/// The connected pieces of a line in the unit square, over `dots`
/// columns of dots.
pub fn pieces(line: &Line, (x, y): (Axis, Axis), dots: f64) -> Vec<Piece> {
    let place = |point: &(f64, f64)| {
        let (x, y) = (x.share(point.0)?, y.share(point.1)?);
        ((-1e-6..=1.0 + 1e-6).contains(&x)).then_some((x, y))
    };
    match line.pattern {
        Pattern::Veil => line
            .points
            .chunks(2)
            .map(|pair| pair.iter().filter_map(place).map(single).collect())
            .collect(),
        _ => {
            let parts = line.points.split(|point| place(point).is_none());
            let parts = parts.map(|part| {
                part.iter().filter_map(place).collect::<Vec<_>>()
            });
            let (on, every) = match line.pattern {
                Pattern::Dashed => (4, 7),
                Pattern::Dotted => (1, 4),
                _ => (1, 1),
            };
            parts
                .flat_map(|part| dashes(&part, dots, (on, every)))
                .collect()
        }
    }
}

/// Cuts a line into dashes of `on` of every so many columns of dots.
fn dashes(
    part: &[(f64, f64)],
    dots: f64,
    (on, every): (usize, usize),
) -> Vec<Piece> {
    if every == 1 || part.len() < 2 {
        return vec![part.iter().copied().map(single).collect()];
    }
    let (Some(first), Some(last)) = (part.first(), part.last()) else {
        return Vec::new();
    };
    let from = (first.0 * dots).ceil().max(0.0) as usize;
    let to = (last.0 * dots).floor().max(0.0) as usize;
    let mut pieces = vec![Piece::new()];
    let mut rest = part;
    for column in from..=to {
        if column % every >= on {
            pieces.push(Piece::new());
            continue;
        }
        let x = column as f64 / dots;
        while rest.len() > 2 && rest[1].0 < x {
            rest = &rest[1..];
        }
        let (a, b) = (rest[0], rest[1]);
        let share = if b.0 > a.0 { (x - a.0) / (b.0 - a.0) } else { 1.0 };
        let y = a.1 + (b.1 - a.1) * share.clamp(0.0, 1.0);
        if let Some(piece) = pieces.last_mut() {
            piece.push(single((x, y)));
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn single((x, y): (f64, f64)) -> (f32, f32) {
    (x as f32, y as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::theme::Ink;

    fn cut(pattern: Pattern, points: &[(f64, f64)]) -> Vec<Piece> {
        let line = Line {
            label: String::new(),
            points: points.to_vec(),
            pattern,
            ink: Ink::Train,
        };
        let axis = Axis::straight(0.0, 10.0);
        pieces(&line, (axis, axis), 40.0)
    }

    #[test]
    fn what_is_no_number_breaks_a_line() {
        let points = [(0.0, 1.0), (1.0, 2.0), (2.0, f64::NAN), (3.0, 4.0)];
        let cut = cut(Pattern::Solid, &points);
        assert_eq!(cut, [vec![(0.0, 0.1), (0.1, 0.2)], vec![(0.3, 0.4)],]);
    }

    #[test]
    fn dashes_follow_the_line_and_leave_gaps() {
        let cut = cut(Pattern::Dashed, &[(0.0, 0.0), (10.0, 10.0)]);
        assert_eq!(cut.len(), 6);
        for (x, y) in cut.concat() {
            assert!((x - y).abs() < 1e-6);
        }
        let lit = cut.concat().len();
        assert_eq!(lit, 24, "4 of every 7 of 41 columns");
    }

    #[test]
    fn lines_without_length_are_harmless() {
        for pattern in [Pattern::Dashed, Pattern::Dotted, Pattern::Veil] {
            cut(pattern, &[]);
            cut(pattern, &[(1.0, 1.0)]);
            cut(pattern, &[(1.0, 1.0), (1.0, 9.0), (1.0, 2.0)]);
            cut(pattern, &[(f64::NAN, f64::INFINITY)]);
            cut(pattern, &[(-40.0, 1.0), (90.0, 1.0)]);
        }
    }
}
