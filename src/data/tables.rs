//! Small tables of measurements: iris, wine and breast cancer.

use ndarray::Axis;

use crate::nn::Matrix;

use super::DataError;
use super::DataKind;
use super::DataSpec;
use super::Dataset;
use super::Samples;
use super::Shape;
use super::batches::gather;
use super::delimited;
use super::delimited::numbered;
use super::split::split;
use super::stored::Stored;
use super::stored::embedded;

/// Training and test examples and measurements of a built-in table.
pub(super) fn sizes(kind: DataKind) -> [usize; 3] {
    match kind {
        DataKind::Iris => [120, 30, 4],
        DataKind::Wine => [144, 34, 13],
        _ => [456, 113, 30],
    }
}

/// The file of a built-in table.
pub(super) fn file(kind: DataKind) -> Stored {
    match kind {
        DataKind::Iris => embedded!("iris.csv.gz"),
        DataKind::Wine => embedded!("wine.csv.gz"),
        _ => embedded!("cancer.csv.gz"),
    }
}

/// A built-in table. A fifth of each class is for testing; all columns are
/// standardized with the mean and the deviation of the training part.
pub(super) fn table(spec: &DataSpec) -> Result<Dataset, DataError> {
    let file = file(spec.kind);
    let table = delimited::read(&file)?;
    let (classes, mut labels) = numbered(&file.name, &[&table.labels])?;
    let labels = labels.pop().unwrap_or_default();
    let (train, test) = split(&labels);
    let part = |rows: &[u32]| Samples {
        x: gather(&table.x, rows),
        labels: rows.iter().map(|&row| labels[row as usize]).collect(),
    };
    let parts = standardized([part(&train), part(&test)]);
    let [train, test] = parts;
    let parts = [first(train, spec), test];
    let mut data = Dataset::new(spec.kind, parts, Shape::Table);
    data.classes = classes;
    data.columns = table.columns;
    Ok(data)
}

/// As many examples as wanted.
pub(super) fn first(samples: Samples, spec: &DataSpec) -> Samples {
    let wanted = spec.wanted(samples.len());
    let Samples { x, mut labels } = samples;
    labels.truncate(wanted);
    let x = x.slice_move(ndarray::s![..wanted, ..]);
    Samples { x: x.as_standard_layout().into_owned(), labels }
}

/// Every column gets the mean 0 and the deviation 1 over the training part;
/// a column that never changes gets 0.
pub(super) fn standardized(parts: [Samples; 2]) -> [Samples; 2] {
    // In double precision: columns may be large and change little.
    let train = parts[0].x.mapv(f64::from);
    let rows = train.nrows().max(1) as f64;
    let mean = train.sum_axis(Axis(0)) / rows;
    let spread = (&train - &mean).mapv(|v| v * v).sum_axis(Axis(0)) / rows;
    let spread = spread.mapv(f64::sqrt);
    parts.map(|Samples { x, labels }| {
        let mut new = Matrix::zeros(x.dim());
        for ((row, column), to) in new.indexed_iter_mut() {
            let value = f64::from(x[[row, column]]) - mean[column];
            if spread[column] > 0.0 {
                *to = (value / spread[column]) as crate::Real;
            }
        }
        Samples { x: new, labels }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn the_statistics_are_those_of_the_training_part() {
        let train = array![[1.0, 7.0], [3.0, 7.0]];
        let test = array![[5.0, 8.0]];
        let parts = [train, test]
            .map(|x| Samples { labels: vec![0; x.nrows()], x });
        let [train, test] = standardized(parts);
        assert_eq!(train.x, array![[-1.0, 0.0], [1.0, 0.0]]);
        assert_eq!(test.x, array![[3.0, 0.0]]);
    }
}
