//! Lucas et al. (2019), "Don't blame the ELBO": the linear variational
//! autoencoder is probabilistic PCA, and dimensions collapse for a reason.

use crate::Real;
use crate::data::DataKind;
use crate::nn::Matrix;
use crate::nn::blueprint::Blueprint;
use crate::nn::linear_vae;
use crate::nn::optimizer::Rule;
use crate::nn::pca::Pca;
use crate::nn::posterior::Posterior;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::variational::Variational;
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
use ndarray::s;

/// The rows of this paper.
pub const ROWS: [Row; 2] = [
    Row {
        id: "LV-ACTIVE",
        claim: "a latent is active if its eigenvalue beats noise",
        source: "Lucas et al. 2019",
        reported: "8, 12 and 23 of MNIST's are above 1.5, 1 and 0.5",
        mark: Mark::Theorem,
        tier: Tier::Exact,
        full: Some("2 min"),
        measure: active,
    },
    Row {
        id: "LV-ELBO",
        claim: "its bound reaches the likelihood of pPCA",
        source: "Lucas et al. 2019; Tipping & Bishop 1999",
        reported: "no gap, and weights that do not vary",
        mark: Mark::Theorem,
        tier: Tier::Exact,
        full: None,
        measure: bound,
    },
];

/// Axes of the digits that are kept: exact, since only the longest matter.
const AXES: usize = 40;
/// Latent dimensions: more than can be active.
const LATENTS: usize = 30;

/// The digits on their longest axes, and PCA of that.
fn reduced(lab: &mut Lab) -> Result<(Matrix, Pca), Halt> {
    let data = lab.data(DataKind::Digits)?;
    let base = lab.baseline(&data);
    let x = base.pca.project(&data.train.x, AXES);
    let pca = Pca::fit(&x, AXES);
    Ok((x, pca))
}

/// A linear variational autoencoder for pixels of this variance.
fn trained(
    lab: &mut Lab,
    x: &Matrix,
    variance: Real,
) -> Result<Variational, Halt> {
    let plan = Blueprint::linear(AXES, LATENTS);
    let seed = lab.seed;
    let mut model = Variational::new(&plan, &mut rng(seed, Purpose::Init));
    model.reconstruction_weight = 0.5 / variance;
    for (rate, epochs) in [(1e-2, 20), (3e-3, 30), (5e-4, 20)] {
        let rule = Rule::Adam;
        let plan = Plan { rule, rate, batch: 200, epochs };
        fit(lab, &mut model, x, plan, seed)?;
    }
    Ok(model)
}

fn active(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let (x, pca) = reduced(lab)?;
    let mut findings = Vec::new();
    for variance in [1.5, 1.0, 0.5] {
        let model = trained(lab, &x, variance)?;
        let right = linear_vae::active(&pca, LATENTS, variance) as f64;
        let found = Posterior::of(&model, &x).active_by_kl();
        let what = format!("active, pixel variance {variance}");
        findings.push(
            Finding::of(what, Unit::Count)
                .expect(Expected::Near(right, 1.0))
                .measured(found as f64),
        );
    }
    Ok(findings)
}

fn bound(lab: &mut Lab) -> Result<Vec<Finding>, Halt> {
    let (x, pca) = reduced(lab)?;
    let model = trained(lab, &x, 1.0)?;
    let look = &mut rng(lab.seed, Purpose::Look);
    let weights = model.log_weights(&x, 20, look);
    let sum: f64 = weights.iter().map(|w| f64::from(*w)).sum();
    let bound = sum / weights.len() as f64;
    let best = f64::from(linear_vae::log_likelihood(&pca, LATENTS, 1.0));
    let exact = linear_vae::best(&pca, LATENTS, 0.5);
    let few = x.slice(s![..200, ..]).to_owned();
    let spread =
        exact.log_weights(&few, 50, look).var_axis(ndarray::Axis(1), 0.0);
    let largest = spread.iter().copied().fold(0.0, Real::max);
    Ok(vec![
        Finding::of("ELBO of the trained one", Unit::NatsPerImage)
            .measured(bound),
        Finding::of("gap to the likelihood", Unit::Percent)
            .expect(Expected::Within(-0.05, 0.1))
            .measured(100.0 * (bound - best) / best),
        Finding::of("variance of exact log weights, 32 bits", Unit::Plain)
            .expect(Expected::Below(1e-8))
            .measured(largest),
    ])
}
