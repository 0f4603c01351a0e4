//! The cursor of a picture, and where it stands on a plane of codes.
//!
//! It is the same number that counts examples and filters; on a plane it
//! counts from the middle, so that a fresh look begins there.

use crate::lesson::schema::Panel;
use crate::train::snapshot::Manifold;
use crate::train::snapshot::Snapshot;

/// How many things a picture has that can be looked at one by one.
pub fn things(panel: Option<Panel>, snapshot: &Snapshot) -> usize {
    match panel {
        Some(Panel::FeatureMaps) => snapshot.maps.len(),
        Some(Panel::Traversal) => snapshot.traversals.len(),
        Some(Panel::Interpolation) => snapshot.interpolations.len(),
        Some(Panel::Signals) => snapshot.signals.len(),
        Some(Panel::Concepts) => snapshot.concepts.len(),
        Some(Panel::Words) => snapshot.words.len(),
        Some(Panel::Raster) => {
            let raster = snapshot.raster.as_ref();
            raster.map_or(0, |raster| raster.units.into())
        }
        _ => snapshot.examples.len().max(snapshot.filters.len()),
    }
}

/// The column and the row, from the top left, at which a look stands.
pub fn place(manifold: &Manifold, look: usize) -> (u16, u16) {
    let (columns, rows) = size(manifold);
    let here =
        (look.wrapping_add(middle(columns, rows))) % (columns * rows);
    let short = |n: usize| u16::try_from(n).unwrap_or(0);
    (short(here % columns), short(here / columns))
}

/// The look that stands at a column and a row.
pub fn look(manifold: &Manifold, (column, row): (u16, u16)) -> usize {
    let (columns, rows) = size(manifold);
    let all = columns * rows;
    let column = usize::from(column).min(columns - 1);
    let row = usize::from(row).min(rows - 1);
    (row * columns + column + all - middle(columns, rows)) % all
}

/// A look some columns to the right and some rows down; at the edges it
/// stays.
pub fn walked(manifold: &Manifold, at: usize, by: (i16, i16)) -> usize {
    let (column, row) = place(manifold, at);
    let last = |n: u16| n.max(1) - 1;
    let column =
        column.saturating_add_signed(by.0).min(last(manifold.columns));
    let row = row.saturating_add_signed(by.1).min(last(manifold.rows));
    look(manifold, (column, row))
}

/// The code of a column and a row.
pub fn code(manifold: &Manifold, (column, row): (u16, u16)) -> (f32, f32) {
    let (columns, rows) = (manifold.columns, manifold.rows);
    let at = |from: f32, to: f32, i: u16, n: u16| {
        if n < 2 {
            return (from + to) / 2.0;
        }
        from + (to - from) * f32::from(i) / f32::from(n - 1)
    };
    let (from, to) = (manifold.from, manifold.to);
    let up = rows.max(1) - 1 - row.min(rows.max(1) - 1);
    (at(from.0, to.0, column, columns), at(from.1, to.1, up, rows))
}

fn size(manifold: &Manifold) -> (usize, usize) {
    let (columns, rows) = (manifold.columns.max(1), manifold.rows.max(1));
    (columns.into(), rows.into())
}

fn middle(columns: usize, rows: usize) -> usize {
    rows / 2 * columns + columns / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane() -> Manifold {
        Manifold {
            columns: 5,
            rows: 3,
            from: (-2.0, -1.0),
            to: (2.0, 1.0),
            ..Manifold::default()
        }
    }

    #[test]
    fn a_fresh_look_begins_in_the_middle() {
        let plane = plane();
        assert_eq!(place(&plane, 0), (2, 1));
        assert_eq!(code(&plane, (2, 1)), (0.0, 0.0));
        assert_eq!(code(&plane, (4, 0)), (2.0, 1.0));
        for column in 0..5 {
            for row in 0..3 {
                let look = look(&plane, (column, row));
                assert_eq!(place(&plane, look), (column, row));
            }
        }
    }

    #[test]
    fn a_walk_ends_at_the_edges() {
        let plane = plane();
        let mut at = 0;
        for _ in 0..9 {
            at = walked(&plane, at, (1, -1));
        }
        assert_eq!(place(&plane, at), (4, 0));
        assert_eq!(place(&plane, walked(&plane, at, (-2, 1))), (2, 1));
    }

    #[test]
    fn a_plane_without_places_is_harmless() {
        let none = Manifold::default();
        assert_eq!(place(&none, 7), (0, 0));
        assert_eq!(walked(&none, 3, (1, 1)), 0);
        assert_eq!(code(&none, (0, 0)), (0.0, 0.0));
    }
}
