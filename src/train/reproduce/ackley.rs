//! Encoder problems: Ackley, Hinton & Sejnowski (1985).

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::blueprint::Blueprint;
use crate::nn::loss::Loss;
use crate::nn::model::Codec as _;
use crate::nn::model::rounded;
use crate::nn::optimizer::Rule;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::train::reproduce::Mark;
use crate::train::reproduce::Row;
use crate::train::reproduce::Tier;
use crate::train::reproduce::finding::Expected;
use crate::train::reproduce::finding::Finding;
use crate::train::reproduce::finding::Unit;
use crate::train::reproduce::fit::Plan;
use crate::train::reproduce::fit::fit;
use crate::train::reproduce::lab::Halt;
use crate::train::reproduce::lab::Lab;
use std::collections::BTreeSet;

/// The row of this paper.
pub const ROWS: [Row; 1] = [Row {
    id: "AHS-838",
    claim: "8 states pass through 3 units",
    source: "Ackley et al. 1985; Rumelhart et al. 1986",
    reported: "8 distinct codes in 16 of 20; backpropagation 21 of 30",
    mark: Mark::Read,
    tier: Tier::Measured,
    full: None,
    measure: eight,
}];

/// Seeds, as in the measurement that set the bounds.
const TRIES: u64 = 40;

/// A loss, a rule for a step, its size, and the first weights as a share
/// of Glorot's.
type Setting = (&'static str, Loss, Rule, Real, Real);

/// The rates of the sources are for a sum over units and states (squared
/// error) or a mean over states (cross-entropy), translated to our mean.
const SETTINGS: [Setting; 3] = [
    ("cross-entropy", Loss::CrossEntropy, Rule::Momentum, 0.5 * 8.0, 0.135),
    ("squared error", Loss::SquaredError, Rule::Sgd, 0.3 * 32.0, 0.135),
    (
        "squared error, large steps",
        Loss::SquaredError,
        Rule::Sgd,
        2.0 * 32.0,
        0.677,
    ),
];

fn eight(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let mut findings = Vec::new();
    for (name, loss, rule, rate, scale) in SETTINGS {
        let mut plan = Blueprint::linear(8, 3);
        plan.code_activation = Activation::Sigmoid;
        plan.output_activation = Activation::Sigmoid;
        (plan.loss, plan.init_scale) = (loss, scale);
        let (mut restored, mut distinct) = (0_u32, 0_u32);
        for seed in 0..TRIES {
            let seed = lab.seed.wrapping_sub(1).wrapping_add(seed);
            let (all, codes) = states(lab, &plan, (rule, rate), seed)?;
            restored += u32::from(all);
            distinct += u32::from(codes == 8);
        }
        let restored_what = format!("{name}: restored, of {TRIES}");
        let distinct_what = format!("{name}: 8 codes, of {TRIES}");
        findings.push(
            Finding::of(restored_what, Unit::Count)
                .expect(Expected::AtLeast(38.0))
                .measured(restored),
        );
        findings.push(
            Finding::of(distinct_what, Unit::Count)
                .expect(Expected::Within(14.0, 36.0))
                .measured(distinct),
        );
    }
    Ok(findings)
}

/// Whether all states came back, and how many different rounded codes.
fn states(
    lab: &mut Lab,
    plan: &Blueprint,
    (rule, rate): (Rule, Real),
    seed: u64,
) -> Result<(bool, usize), Halt> {
    let x = Matrix::eye(8);
    let mut model = plan.build(&mut rng(seed, Purpose::Init));
    let plan = Plan { rule, rate, batch: 8, epochs: 5000 };
    fit(lab, &mut model, &x, plan, seed)?;
    let all = rounded(model.reconstruct(&x)) == x;
    let codes = rounded(model.encode(&x));
    let codes: BTreeSet<String> =
        codes.rows().into_iter().map(|row| row.to_string()).collect();
    Ok((all, codes.len()))
}
