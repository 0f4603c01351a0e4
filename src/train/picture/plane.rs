//! Points of the plane: data, reconstructions, axes, bent lines; and how
//! pixels go together.

use crate::data::Dataset;
use crate::data::Shape;
use crate::nn::Matrix;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::line::Line;
use crate::nn::model::Codec as _;
use crate::nn::pca::Pca;
use crate::train::snapshot::Dot;
use crate::train::snapshot::Heat;
use ndarray::Axis;

/// An arrow with its name.
type Arrow = (String, Dot, Dot);

/// Points of a bent line.
const ON_CURVE: usize = 120;

/// How long arrows are, in standard deviations.
const LENGTH: f32 = 2.0;

/// The first two numbers of every row with its class; a missing second
/// number is 0. What is no finite number is 0, too.
pub fn dots(rows: &Matrix, labels: &[u8]) -> Vec<Dot> {
    let finite = |v: Option<&f32>| {
        v.copied().filter(|v| v.is_finite()).unwrap_or(0.0)
    };
    let rows = rows.rows().into_iter().zip(labels);
    rows.map(|(row, &label)| Dot {
        x: finite(row.get(0)),
        y: finite(row.get(1)),
        label,
    })
    .collect()
}

/// The two columns that vary most from row to row, in the order of the
/// matrix; what is no finite number does not count.
pub fn widest(rows: &Matrix) -> [usize; 2] {
    let mut all: Vec<(usize, f32)> = rows
        .columns()
        .into_iter()
        .map(|column| column.var(0.0))
        .map(|spread| if spread.is_finite() { spread } else { -1.0 })
        .enumerate()
        .collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut two = [0, 1];
    for (place, (column, _)) in two.iter_mut().zip(all) {
        *place = column;
    }
    two.sort_unstable();
    two
}

/// The principal axes, each two standard deviations long.
pub fn axes(pca: &Pca) -> Vec<Arrow> {
    let rows = pca.components.rows().into_iter().zip(&pca.eigenvalues);
    rows.enumerate()
        .map(|(i, (row, &variance))| {
            let along = row.mapv(|v| LENGTH * variance.sqrt() * v);
            arrow(format!("PC{}", i + 1), &pca.mean, &along.to_vec())
        })
        .collect()
}

/// A search for the first axis that is on its way.
pub fn search(pca: &Pca, direction: &Matrix) -> Vec<Arrow> {
    let longest = pca.eigenvalues.first().copied().unwrap_or(0.0).sqrt();
    let along: Vec<f32> =
        direction.iter().map(|v| LENGTH * longest * v).collect();
    vec![arrow("search".to_owned(), &pca.mean, &along)]
}

/// The line turned by hand, through its mean in both directions.
pub fn line(line: &Line, x: &Matrix) -> Vec<Arrow> {
    let spread = x.var_axis(Axis(0), 0.0).sum().sqrt();
    let direction = line.direction();
    let along: Vec<f32> =
        direction.iter().map(|v| LENGTH * spread * v).collect();
    let back: Vec<f32> = along.iter().map(|v| -v).collect();
    vec![
        arrow("line".to_owned(), &line.mean, &along),
        arrow("line".to_owned(), &line.mean, &back),
    ]
}

/// Where the decoder puts all codes between the smallest and the largest
/// of the data, if a code is one number: the bent line of the model.
pub fn curve(model: &Autoencoder, x: &Matrix) -> Vec<Dot> {
    let codes = model.encode(x);
    if codes.ncols() != 1 {
        return Vec::new();
    }
    let low = codes.iter().copied().fold(f32::INFINITY, f32::min);
    let high = codes.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let step = (high - low) / (ON_CURVE - 1) as f32;
    let sweep = Matrix::from_shape_fn((ON_CURVE, 1), |(i, _)| {
        low + step * i as f32
    });
    dots(&model.decode(&sweep), &[0; ON_CURVE])
}

/// How features go together. For pictures: of every pixel with the one in
/// the middle. For points: of every coordinate with every other.
pub fn correlation(data: &Dataset) -> Heat {
    let x = &data.train.x;
    match data.shape {
        Shape::Image { width, height } => Heat {
            title: "correlation with the pixel in the middle".to_owned(),
            width: u16::try_from(width).unwrap_or(u16::MAX),
            values: correlations(x, height / 2 * width + width / 2),
        },
        Shape::Patch { side } => Heat {
            title: "correlation with the pixel in the middle".to_owned(),
            width: u16::try_from(side).unwrap_or(u16::MAX),
            values: correlations(x, side / 2 * side + side / 2),
        },
        Shape::Words => Heat {
            title: "correlation of the words".to_owned(),
            width: 1,
            values: Vec::new(),
        },
        Shape::Plane
        | Shape::Bits
        | Shape::Signal { .. }
        | Shape::Table => {
            let features = x.ncols();
            let rows = (0..features).flat_map(|i| correlations(x, i));
            Heat {
                title: "correlation of the coordinates".to_owned(),
                width: u16::try_from(features).unwrap_or(u16::MAX),
                values: rows.collect(),
            }
        }
    }
}

/// The correlation of every feature with one of them, -1 to 1; 0 for a
/// feature that never changes.
fn correlations(x: &Matrix, with: usize) -> Vec<f32> {
    let Some(mean) = x.mean_axis(Axis(0)) else { return Vec::new() };
    let centered = x - &mean;
    let middle = centered.column(with);
    let size = |v: ndarray::ArrayView1<f32>| v.dot(&v).sqrt();
    let own = size(middle);
    let columns = centered.columns().into_iter();
    columns
        .map(|column| {
            let both = own * size(column);
            if both > 0.0 { column.dot(&middle) / both } else { 0.0 }
        })
        .collect()
}

/// An arrow from the mean along a direction.
fn arrow(name: String, mean: &Matrix, along: &[f32]) -> Arrow {
    let mean = |i| mean.get((0, i)).copied().unwrap_or(0.0);
    let along = |i| along.get(i).copied().unwrap_or(0.0);
    let from = Dot { x: mean(0), y: mean(1), label: 0 };
    let to = Dot { x: mean(0) + along(0), y: mean(1) + along(1), label: 0 };
    (name, from, to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn correlations_by_hand() {
        let x = array![[1.0, 2.0, 5.0], [2.0, 0.0, 5.0], [3.0, -2.0, 5.0]];
        let found = correlations(&x, 0);
        for (found, expected) in found.iter().zip([1.0, -1.0, 0.0]) {
            assert!((found - expected).abs() < 1e-6, "{found}");
        }
    }

    #[test]
    fn the_widest_columns_are_found_and_keep_their_order() {
        let rows = array![[1.0, 0.0, 9.0, 0.5], [1.0, 4.0, 3.0, f32::NAN]];
        assert_eq!(widest(&rows), [1, 2]);
        assert_eq!(widest(&rows.t().to_owned()), [0, 1]);
        assert_eq!(widest(&Matrix::zeros((0, 3))), [0, 1]);
    }

    #[test]
    fn a_missing_or_broken_number_is_zero() {
        let rows = array![[1.0], [f32::NAN]];
        let dots = dots(&rows, &[7, 8]);
        assert_eq!((dots[0].x, dots[0].y, dots[0].label), (1.0, 0.0, 7));
        assert_eq!((dots[1].x, dots[1].label), (0.0, 8));
    }
}
