//! Heartbeats: what an anomaly looks like to a model that has seen only
//! normal ones.
//!
//! The beats were cut from five minutes of record 208 of the MIT-BIH
//! arrhythmia database by `lessons/data/make_ecg.py`. A beat whose peak is
//! narrow counts as normal, a wide one as an anomaly, and a few are in
//! between. That is a rule about widths; no cardiologist has looked at the
//! labels, and no result on them is a diagnosis.

use ndarray::Axis;

use crate::Real;
use crate::nn::Matrix;

use super::DataError;
use super::DataSpec;
use super::Dataset;
use super::Samples;
use super::Shape;
use super::batches::gather;
use super::finish::Divided;
use super::finish::divided;
use super::npy;
use super::npy::Array;
use super::own::Raw;
use super::stored::Stored;
use super::stored::embedded;
use super::tables::first;

/// Points of a beat: every second sample of 280.
pub(super) const POINTS: usize = 140;

/// How many of the 385 narrow beats are for training, and all others.
pub(super) const TRAIN: usize = 308;
pub(super) const TEST: usize = 191;

/// Samples per second of the record.
const RATE: Real = 360.0;

/// Both files: the beats; for each its sample, its width in hundredths of
/// a millisecond, and its label.
pub(super) fn files() -> [Stored; 2] {
    [embedded!("ecg-beats.npy.gz"), embedded!("ecg-about.npy.gz")]
}

/// The first four fifths in time of the narrow beats for training; all
/// other beats, in their order, for testing. The least voltage of the
/// training beats becomes 0 and the greatest 1; other beats may go beyond.
/// Where a beat lies in the record and how wide it is are its factors.
pub(super) fn ecg(spec: &DataSpec) -> Result<Dataset, DataError> {
    let [beats, about] = files();
    let (beats, about) = (matrix(&beats)?, matrix(&about)?);
    let label = |row: u32| about[[row as usize, 2]] as u8;
    let rows = 0..beats.nrows() as u32;
    let narrow = rows.clone().filter(|&row| label(row) == 0);
    let train: Vec<u32> = narrow.take(TRAIN).collect();
    let test: Vec<u32> = rows.filter(|row| !train.contains(row)).collect();
    let (low, high) = ends(&gather(&beats, &train));
    let (wanted, _) = train.split_at(spec.wanted(train.len()));
    let part = |rows: &[u32]| {
        let x = gather(&beats, rows).mapv(|v| (v - low) / (high - low));
        let labels = rows.iter().map(|&row| label(row)).collect();
        let mut known = gather(&about, rows);
        known.remove_index(Axis(1), 2);
        known.column_mut(0).mapv_inplace(|sample| sample / RATE);
        known.column_mut(1).mapv_inplace(|width| width / 100.0);
        (Samples { x, labels }, known)
    };
    let (train, of_train) = part(wanted);
    let (test, of_test) = part(&test);
    let shape = Shape::Signal { points: POINTS };
    let data = Dataset::new(spec.kind, [train, test], shape);
    Ok(data.with_factors(&["seconds", "width (ms)"], [of_train, of_test]))
}

/// The user's beats, of 140 points, with label 1 for normal ones as in
/// ECG5000. All normal training beats are for training; all others, and
/// the test beats, for testing.
pub(super) fn of_user(
    spec: &DataSpec,
    raw: &Raw,
) -> Result<Dataset, DataError> {
    let Divided { parts: [train, test], classes, columns: _ } =
        divided(raw)?;
    let no = |what: &str, advice| {
        Err(DataError::unusable(&raw.folder, what, advice))
    };
    if train.features() != POINTS {
        let what = format!("its beats have {} points", train.features());
        return no(&what, "Use beats of 140 points, or own-table.");
    }
    let normal = classes.iter().position(|c| c == "1" || c == "normal");
    let Some(normal) = normal else {
        return no("no beat has the label 1", "Call normal beats 1.");
    };
    let is_normal = |label: &u8| usize::from(*label) == normal;
    let rows = 0..train.len() as u32;
    let (good, bad): (Vec<u32>, Vec<u32>) =
        rows.partition(|&row| is_normal(&train.labels[row as usize]));
    let x = gather(&train.x, &good);
    if x.is_empty() {
        return no("no training beat is normal", "Add normal beats.");
    }
    let (low, high) = ends(&x);
    let scaled = |x: Matrix| x.mapv(|v| (v - low) / (high - low));
    let mut labels: Vec<u8> =
        test.labels.iter().map(|l| u8::from(!is_normal(l))).collect();
    labels.extend(bad.iter().map(|_| 1));
    let others = gather(&train.x, &bad);
    let all = ndarray::concatenate![Axis(0), test.x, others];
    let train = Samples { labels: vec![0; x.nrows()], x: scaled(x) };
    let parts = [first(train, spec), Samples { x: scaled(all), labels }];
    let shape = Shape::Signal { points: POINTS };
    let mut data = Dataset::new(spec.kind, parts, shape);
    data.classes = ["normal", "anomaly"].map(str::to_owned).to_vec();
    Ok(data)
}

/// The least and the greatest number; 0 and 1 where all are the same.
fn ends(x: &Matrix) -> (Real, Real) {
    let low = x.iter().copied().fold(Real::INFINITY, Real::min);
    let high = x.iter().copied().fold(Real::NEG_INFINITY, Real::max);
    if low < high { (low, high) } else { (0.0, 1.0) }
}

/// A table of numbers.
fn matrix(file: &Stored) -> Result<Matrix, DataError> {
    let Array { shape, values, .. } =
        npy::read(&file.name, &mut *file.open()?, usize::MAX)?;
    let columns = values.len() / shape[0];
    Matrix::from_shape_vec((shape[0], columns), values).map_err(|error| {
        file.unusable(error.to_string(), "Install the program again.")
    })
}
