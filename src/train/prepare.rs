//! The data of a run, where a knob mixes something into them.

use crate::data::DataKind;
use crate::data::Dataset;
use crate::data::Samples;
use crate::lesson::knob::KnobId;
use crate::train::config::RunConfig;
use crate::train::measure::ANOMALY;
use ndarray::Axis;
use std::sync::Arc;

/// At most this share of the anomalies leaves the test set.
const MOST: f64 = 0.5;

/// The data as they are, or with anomalies among the normal training
/// examples; those leave the test set.
pub fn prepared(config: &RunConfig, data: Arc<Dataset>) -> Arc<Dataset> {
    let share = config.settings.number(KnobId::Contamination);
    if data.kind != DataKind::Ecg || share <= 0.0 {
        return data;
    }
    Arc::new(contaminated(&data, share))
}

/// `share` of the training examples are anomalies, as far as there are
/// enough of them.
fn contaminated(data: &Dataset, share: f64) -> Dataset {
    let test = &data.test;
    let anomalies: Vec<usize> = (0..test.len())
        .filter(|&row| test.labels[row] == ANOMALY)
        .collect();
    let normal = data.train.len() as f64;
    let wanted = (share / (1.0 - share) * normal).round();
    let most = (MOST * anomalies.len() as f64).floor();
    let count = wanted.min(most) as usize;
    // Evenly from the beginning to the end of the record.
    let stride = anomalies.len() as f64 / count.max(1) as f64;
    let moved: Vec<usize> = (0..count)
        .filter_map(|i| anomalies.get((i as f64 * stride) as usize))
        .copied()
        .collect();
    let kept: Vec<usize> =
        (0..test.len()).filter(|row| !moved.contains(row)).collect();
    let part = |rows: &[usize]| Samples {
        x: test.x.select(Axis(0), rows),
        labels: rows.iter().map(|&row| test.labels[row]).collect(),
    };
    let (more, rest) = (part(&moved), part(&kept));
    let mut train = data.train.clone();
    let joined = [train.x.view(), more.x.view()];
    if let Ok(x) = ndarray::concatenate(Axis(0), &joined) {
        train.x = x;
        train.labels.extend(more.labels);
    }
    Dataset {
        train,
        test: rest,
        factors: None,
        // Another data set: an odd constant keeps the counts apart.
        hash: data.hash
            ^ (count as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15),
        ..data.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::DataSpec;
    use crate::data::Library;

    #[test]
    fn anomalies_move_from_the_test_set_to_the_training_set() {
        let spec = DataSpec::new(DataKind::Ecg);
        let data = Library::embedded().load(&spec).unwrap();
        let mixed = contaminated(&data, 0.1);
        let bad = |s: &Samples| {
            s.labels.iter().filter(|&&l| l == ANOMALY).count()
        };
        let moved = bad(&mixed.train);
        assert!(moved > 0);
        assert_eq!(bad(&data.train), 0);
        assert_eq!(bad(&mixed.test) + moved, bad(&data.test));
        let all = mixed.train.len() + mixed.test.len();
        assert_eq!(all, data.train.len() + data.test.len());
        assert_ne!(mixed.hash, data.hash);
        assert_eq!(mixed.train.x.nrows(), mixed.train.labels.len());
    }
}
