//! Classifiers on frozen codes, at the end of a run.

use crate::nn::mlp::MlpPlan;
use crate::nn::probe::ProbePlan;
use crate::nn::rbf::RbfPlan;
use crate::nn::softmax::SoftmaxPlan;
use crate::nn::stumps::BoostPlan;
use crate::nn::svm::SvmPlan;

/// Neighbors that vote.
pub const NEIGHBORS: usize = 3;

/// The classifier of this name.
pub fn plan(word: &str) -> Option<ProbePlan> {
    Some(match word {
        "softmax" => ProbePlan::Softmax(SoftmaxPlan::default()),
        "svm" => ProbePlan::Svm(SvmPlan::default()),
        "knn" => ProbePlan::Neighbors(NEIGHBORS),
        "mlp" => ProbePlan::Mlp(MlpPlan::default()),
        "rbf" => ProbePlan::Rbf(RbfPlan::default()),
        "boosted" => ProbePlan::Boosted(BoostPlan::default()),
        _ => return None,
    })
}
