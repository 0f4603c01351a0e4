//! Pictures that nobody took: drawn codes, walks between codes, grids and
//! traversals of the code.

use crate::nn::Matrix;
use crate::nn::interpolation::Walk;
use crate::nn::interpolation::evenly;
use crate::nn::interpolation::nearest_examples;
use crate::nn::model::Codec;
use crate::nn::traversal::by_probability;
use crate::nn::traversal::grid;
use crate::nn::traversal::traversal;
use crate::train::measure::Exam;
use crate::train::measure::draws;
use crate::train::picture::Studio;
use crate::train::picture::View;
use crate::train::picture::image;
use crate::train::picture::plane;
use crate::train::snapshot::Blend;
use crate::train::snapshot::Image;
use crate::train::snapshot::Manifold;
use crate::train::snapshot::MapStrip;
use ndarray::Axis;
use ndarray::s;

/// Drawn examples: while the model trains, and at the end.
const SAMPLES: (usize, usize) = (10, 30);

/// Side of the grid: while the model trains, and at the end.
const GRID: (usize, usize) = (9, 15);

/// Steps of a walk.
const STEPS: usize = 9;

/// Walks: while the model trains, and at the end.
const WALKS: (usize, usize) = (1, 5);

/// Dimensions that are traversed.
const DIMENSIONS: usize = 10;

/// How far a traversal goes, in standard deviations of the prior.
const REACH: f32 = 2.5;

/// Training images among which the nearest is looked for.
const NEAREST: usize = 2000;

/// Examples of the data as images.
fn images(studio: &Studio, rows: &Matrix) -> Vec<Image> {
    let shape = studio.bench.data.shape;
    let Some(size) = image::size(shape, rows.ncols()) else {
        return Vec::new();
    };
    let patches = matches!(shape, crate::data::Shape::Patch { .. });
    let rows = rows.rows().into_iter();
    rows.map(|row| match patches {
        true => image::patch(row, size),
        false => image::grey(row, size),
    })
    .collect()
}

/// Decoded draws from the prior.
pub fn samples(studio: &Studio, exam: &Exam, view: &View) -> Vec<Image> {
    let model = exam.net.model();
    let code = model.encode(&studio.mapped.slice(s![..1, ..]).to_owned());
    let count = if view.unhurried { SAMPLES.1 } else { SAMPLES.0 };
    images(studio, &model.decode(&draws(exam, count, code.ncols())))
}

/// The decoded grid of a code of two numbers.
pub fn manifold(
    studio: &Studio,
    exam: &Exam,
    view: &View,
) -> Option<Manifold> {
    let model = exam.net.model();
    let codes = model.encode(&studio.mapped);
    if codes.ncols() != 2 {
        return None;
    }
    let side = if view.unhurried { GRID.1 } else { GRID.0 };
    let (across, down) = match exam.net.variational() {
        Some(_) => (by_probability(side), by_probability(side)),
        None => (range(&codes, 0, side), range(&codes, 1, side)),
    };
    let images = images(studio, &model.decode(&grid(&across, &down)));
    let (last, first) = (side.saturating_sub(1), 0);
    Some(Manifold {
        columns: side as u16,
        rows: side as u16,
        from: (*across.get(first)?, *down.get(first)?),
        to: (*across.get(last)?, *down.get(last)?),
        images,
        dots: plane::dots(&codes, &studio.bench.data.test.labels),
    })
}

/// Even values over the middle nine tenths of a number of the code.
fn range(codes: &Matrix, column: usize, count: usize) -> Vec<f32> {
    let mut values = codes.column(column).to_vec();
    values.sort_by(f32::total_cmp);
    let at = |share: f32| {
        let place = (share * (values.len() - 1) as f32) as usize;
        values.get(place).copied().unwrap_or(0.0)
    };
    if values.is_empty() {
        return vec![0.0; count];
    }
    evenly(at(0.05), at(0.95), count)
}

/// One number of the code walks, the others stay those of the first shown
/// example.
pub fn traversals(studio: &Studio, exam: &Exam) -> Vec<MapStrip> {
    let model = exam.net.model();
    if studio.shown.nrows() == 0 {
        return Vec::new();
    }
    let codes = model.encode(&studio.mapped);
    let first = studio.shown.slice(s![..1, ..]).to_owned();
    let base = model.encode(&first).row(0).to_owned();
    (0..base.len().min(DIMENSIONS))
        .map(|dimension| {
            let values = match exam.net.variational() {
                Some(_) => evenly(-REACH, REACH, STEPS),
                None => range(&codes, dimension, STEPS),
            };
            let walk = traversal(base.view(), dimension, &values);
            MapStrip {
                name: format!("code {}", dimension + 1),
                images: images(studio, &model.decode(&walk)),
            }
        })
        .collect()
}

/// Walks from one shown example to another.
pub fn interpolations(
    studio: &Studio,
    codec: &dyn Codec,
    view: &View,
) -> Vec<Blend> {
    let over = view.unhurried;
    let walks = if over { WALKS.1 } else { WALKS.0 };
    let count = studio.shown.nrows();
    let pairs = [(1, 7), (0, 6), (3, 8), (4, 9), (2, 5)].into_iter();
    let pairs = pairs.filter(|&(a, b)| a < count && b < count);
    let labels = &studio.bench.data.test.labels;
    let label = |at: usize| {
        let row = studio.chosen.get(at).copied().unwrap_or(0);
        labels.get(row).copied().unwrap_or(0)
    };
    let times = evenly(0.0, 1.0, STEPS);
    let codes = codec.encode(&studio.shown);
    pairs
        .take(walks)
        .map(|(a, b)| {
            let (x, y) = (studio.shown.row(a), studio.shown.row(b));
            let path = |walk: Walk| {
                codec.decode(&walk.path(codes.row(a), codes.row(b), &times))
            };
            let (line, sphere) = (path(Walk::Line), path(Walk::Sphere));
            let nearest = match over {
                true => neighbors(studio, &line),
                false => Vec::new(),
            };
            Blend {
                from: label(a),
                to: label(b),
                pixels: images(studio, &Walk::Line.path(x, y, &times)),
                line: images(studio, &line),
                sphere: images(studio, &sphere),
                nearest,
            }
        })
        .collect()
}

/// The training images nearest to invented ones.
fn neighbors(studio: &Studio, invented: &Matrix) -> Vec<Image> {
    let x = &studio.bench.data.train.x;
    let rows = x.nrows().min(NEAREST);
    let known = x.slice(s![..rows, ..]).to_owned();
    let found = nearest_examples(&known, invented);
    let rows: Vec<usize> = found.iter().map(|n| n.row).collect();
    images(studio, &known.select(Axis(0), &rows))
}
