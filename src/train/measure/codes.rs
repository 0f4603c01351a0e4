//! What the codes know about classes, concepts, causes and topics.

use crate::data::DataKind;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::lesson::reported::has_classes;
use crate::nn::Matrix;
use crate::nn::best_of_many::Finding;
use crate::nn::best_of_many::findings_on;
use crate::nn::best_of_many::random_filters;
use crate::nn::best_of_many::surest;
use crate::nn::class_loss::accuracy;
use crate::nn::concepts::FACES;
use crate::nn::factors::correlations;
use crate::nn::factors::followers;
use crate::nn::neighbors::Neighbors;
use crate::nn::neighbors::nearest;
use crate::nn::pca::Pca;
use crate::train::evaluate::Seen;
use crate::train::measure::Draw;
use crate::train::measure::Exam;
use crate::train::probing::NEIGHBORS;
use crate::train::stacking::classes;

/// Most numbers of a code that are compared with those of all examples.
const WIDEST: usize = 1024;

/// Nearest documents that are looked at.
const FOUND: usize = 10;

/// Activities that are searched for thresholds at most.
const SWEPT: usize = 2_000_000;

/// Everything about codes and labels.
pub fn metrics(exam: &Exam, _: &(Seen, Seen)) -> Metrics {
    let mut all = Metrics::new();
    let model = exam.net.model();
    let (x, _) = exam.test(exam.rows());
    let codes = model.encode(&x);
    if codes.ncols() > WIDEST {
        return all;
    }
    if has_classes(exam.data.kind) {
        let (train, _) = exam.train(exam.rows());
        let known = model.encode(&train);
        let pca = Pca {
            kept: codes.ncols().min(x.ncols()),
            ..exam.base.pca.clone()
        };
        use crate::nn::model::Codec as _;
        let near = [
            (Metric::KnnAccuracy, (&known, &codes)),
            (
                Metric::PcaKnnAccuracy,
                (&pca.encode(&train), &pca.encode(&x)),
            ),
        ];
        for (metric, (known, asked)) in near {
            all.insert(metric, knn(exam, known, asked));
        }
        all.extend(concepts(exam));
    }
    if let Some(worst) = causes(exam, &codes) {
        all.insert(Metric::BestFactorCorrelation, worst);
    }
    if exam.data.kind == DataKind::Documents {
        all.extend(retrieval(exam));
    }
    all
}

/// The share of test codes whose nearest training codes have their class.
fn knn(exam: &Exam, known: &Matrix, asked: &Matrix) -> f64 {
    let labels = exam.train(known.nrows()).1.to_vec();
    let neighbors = Neighbors::new(known.clone(), labels, NEIGHBORS);
    let truth = exam.test(asked.nrows()).1;
    f64::from(accuracy(&neighbors.predict(asked), truth))
}

/// The units that detect each class best, and the best of as many random
/// filters: chosen on training examples, scored on test examples.
pub fn detectors(exam: &Exam) -> Vec<(Finding, Finding)> {
    let model = exam.net.model();
    let units = model.encode(&exam.test(1).0).ncols();
    let rows = exam.rows().min(SWEPT / units.max(1));
    let ((x, seen), (y, unseen)) = (exam.train(rows), exam.test(rows));
    let judged = |look: &dyn Fn(&Matrix) -> Matrix| {
        let (x, y) = (look(&x), look(&y));
        findings_on((&x, seen), (&y, unseen), classes(exam.data), FACES)
    };
    let filters =
        |x: &Matrix| random_filters(x, units, &mut exam.rng(Draw::Filters));
    let own = judged(&|x| model.encode(x));
    own.into_iter().zip(judged(&filters)).collect()
}

/// The best detector of any class, and the best of as many random filters,
/// who may take another class. Which class, too, is chosen on training
/// examples, so that the score is no luck.
fn concepts(exam: &Exam) -> Metrics {
    let (units, control): (Vec<_>, Vec<_>) =
        detectors(exam).into_iter().unzip();
    let both = [
        (Metric::BestNeuron, surest(&units)),
        (Metric::BestNeuronControl, surest(&control)),
    ];
    let known = both.into_iter().filter_map(|(metric, finding)| {
        finding.map(|finding| (metric, f64::from(finding.held_out)))
    });
    known.collect()
}

/// How well the horizontal and the vertical position, whichever is worse,
/// can be read off a single number of the code.
fn causes(exam: &Exam, codes: &Matrix) -> Option<f64> {
    let factors = exam.data.factors.as_ref()?;
    let places: Vec<usize> = ["x", "y"]
        .iter()
        .filter_map(|name| factors.names.iter().position(|n| n == name))
        .collect();
    if places.is_empty() {
        return None;
    }
    let known = factors.test.select(ndarray::Axis(1), &places);
    let known = known.slice(ndarray::s![..codes.nrows(), ..]).to_owned();
    let best = followers(&correlations(codes, &known));
    let worst = best.iter().map(|f| f.correlation.abs());
    worst.min_by(f32::total_cmp).map(f64::from)
}

/// The share of the same topic among the ten documents whose codes point
/// most nearly in the same direction, and the same for PCA.
fn retrieval(exam: &Exam) -> Metrics {
    use crate::nn::model::Codec as _;
    let (x, labels) = exam.test(exam.rows());
    let model = exam.net.model();
    let codes = model.encode(&x);
    let pca = Pca { kept: codes.ncols(), ..exam.base.pca.clone() };
    let share = |codes: Matrix| same_topic(directions(codes), labels);
    Metrics::from([
        (Metric::Retrieval, share(codes)),
        (Metric::PcaRetrieval, share(pca.encode(&x))),
    ])
}

/// Codes of length 1.
fn directions(mut codes: Matrix) -> Matrix {
    for mut row in codes.rows_mut() {
        let length = row.dot(&row).sqrt().max(1e-12);
        row /= length;
    }
    codes
}

fn same_topic(codes: Matrix, labels: &[u8]) -> f64 {
    let found = nearest(&codes, &codes, FOUND + 1);
    let (mut same, mut all) = (0_usize, 0_usize);
    for (row, near) in found.iter().enumerate() {
        let others = near.iter().filter(|n| n.row != row).take(FOUND);
        for other in others {
            same += usize::from(labels[other.row] == labels[row]);
            all += 1;
        }
    }
    same as f64 / all.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_document_is_not_found_by_itself() {
        // Two topics, two directions.
        let codes = array![[1.0, 0.0], [3.0, 0.1], [0.0, 2.0], [0.1, 1.0]];
        let near = nearest(&directions(codes.clone()), &codes, 1);
        assert_eq!(near.len(), 4);
        let share = same_topic(directions(codes), &[0, 0, 1, 1]);
        // Of three others one has the same topic.
        assert!((share - 1.0 / 3.0).abs() < 1e-6, "{share}");
    }
}
