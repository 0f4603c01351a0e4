//! Training that goes wrong, recognized at the step where it happens.
//!
//! Every fifty steps a few examples are sent through the network, and the
//! last step is held against the weights:
//!
//! - *dead*: nearly all units of a layer say the same to everything, so
//!   no blame gets below them; a feature map is one unit;
//! - *saturated*: nearly all units of a layer are at an end of their
//!   range, where their slope is almost 0, and nothing has been learned;
//! - *collapsed*: the code of a variational network says nothing, or all
//!   outputs are the same;
//! - *stalled*: steps no longer move the weights, and nothing has been
//!   learned.
//!
//! What may pass by itself must last for three looks. A healthy step
//! changes weights by about a thousandth.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::kl::per_dimension;
use crate::nn::model::Parts;
use crate::train::metrics::variance;
use crate::train::net::Net;
use crate::train::symptom::Fault;
use crate::train::symptom::Symptom;
use crate::train::units::DEAD;
use crate::train::units::SATURATED;
use crate::train::units::Share;
use crate::train::units::stuck;
use crate::train::units::troubles;
use crate::train::walk::Walk;
use ndarray::s;

/// Steps between two looks.
pub const PERIOD: u64 = 50;

/// Examples that are sent through the network.
const ROWS: usize = 64;

/// Looks that a fault must last which may pass by itself.
const LASTING: u32 = 3;

/// A variational code with fewer nats says nothing.
const SILENT_NATS: Real = 0.01;

/// Outputs that vary by a smaller share of the data's variance are all
/// the same.
const SAME: f64 = 1e-4;

/// A step that changes the weights by a smaller share of their length
/// moves nothing.
const STILL: Real = 1e-7;

/// How healthy a network is at one step.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Vitals {
    /// Length of all parameters.
    pub norm: Real,
    /// Length of the last step, against that.
    pub moved: Real,
    /// Dead units in the first layer that is dead, or in the worst.
    pub dead: Share,
    /// The same of saturated units.
    pub saturated: Share,
    /// Variance of the outputs, against that of the data.
    pub spread: f64,
    /// Nats of a variational code, if it is charged for them.
    pub nats: Option<Real>,
}

impl Vitals {
    /// The layer in which this fault is, by name.
    fn place(&self, net: &Net, fault: Fault) -> Option<String> {
        let at = match fault {
            Fault::Dead => self.dead.layer,
            Fault::Saturated => self.saturated.layer,
            Fault::Collapsed | Fault::Stalled => return None,
        };
        net.model().layers().get(at).map(|layer| layer.name.clone())
    }
}

/// Looks after a network.
#[derive(Debug)]
pub struct Nurse {
    sample: Matrix,
    variance: f64,
    /// How many looks each fault has lasted.
    lasted: [u32; 4],
    /// The newest look.
    pub vitals: Vitals,
    /// What was noticed so far, at most one entry per fault.
    pub symptoms: Vec<Symptom>,
}

impl Nurse {
    /// Takes a few training examples to look at.
    pub fn new(x: &Matrix) -> Self {
        let rows = x.nrows().min(ROWS);
        let sample = x.slice(s![..rows, ..]).to_owned();
        Self {
            variance: variance(&sample),
            sample,
            lasted: [0; 4],
            vitals: Vitals::default(),
            symptoms: Vec::new(),
        }
    }

    /// Looks at the network after `step`, which changed the weights by
    /// `moved` of their length; `share` is its error against the mean's.
    pub fn look(
        &mut self,
        net: &Net,
        (step, moved): (u64, Real),
        share: f64,
        desk: &mut Desk,
    ) {
        self.vitals = self.measure(net, moved, desk);
        let v = self.vitals;
        let learned = share < 0.9;
        let silent = v.nats.is_some_and(|nats| nats < SILENT_NATS);
        let dead = v.dead.of >= DEAD;
        let flat = v.saturated.of >= SATURATED;
        let same = v.spread < SAME && !dead;
        let found = [
            (Fault::Dead, dead, 1),
            (Fault::Saturated, flat && !learned, LASTING),
            (Fault::Collapsed, silent || same && !learned, LASTING),
            (Fault::Stalled, v.moved < STILL && share >= 0.99, LASTING),
        ];
        for (n, (fault, here, enough)) in found.into_iter().enumerate() {
            let lasted = if here { self.lasted[n] + 1 } else { 0 };
            self.lasted[n] = lasted;
            let layer = || v.place(net, fault);
            let old = self.symptoms.iter_mut().find(|s| s.fault == fault);
            match old {
                Some(old) if !here && old.until.is_none() => {
                    old.until = Some(step);
                }
                Some(old) if lasted >= enough && old.until.is_some() => {
                    (old.step, old.until) = (step, None);
                    old.layer = layer();
                }
                None if lasted >= enough => {
                    let (until, layer) = (None, layer());
                    let symptom = Symptom { fault, step, until, layer };
                    self.symptoms.push(symptom);
                }
                _ => {}
            }
        }
    }

    /// What is wrong now; the worst first.
    pub fn now(&self) -> Option<Symptom> {
        let lasting = self.symptoms.iter().filter(|s| s.until.is_none());
        lasting.min_by_key(|s| s.fault).cloned()
    }

    fn measure(&self, net: &Net, moved: Real, desk: &mut Desk) -> Vitals {
        let walk = Walk::through(net, &self.sample, desk);
        let codes = net.model().encode(&self.sample);
        let outputs = net.model().decode(&codes);
        let nats = net.variational().and_then(|model| {
            let charged = model.kl_weight * model.warm_up > 0.0;
            let kl = per_dimension(&model.statistics(&self.sample));
            charged.then(|| kl.iter().sum())
        });
        let (dead, mut saturated) = troubles(net, &walk, &codes);
        let spread = variance(&outputs) / self.variance.max(1e-12);
        // A few outputs at an end are healthy: black pixels.
        if spread < SAME && saturated.of < SATURATED {
            saturated = stuck(net, &walk);
        }
        walk.end(desk);
        let parameters = net.model().parameters();
        Vitals {
            norm: length(&parameters),
            moved,
            dead,
            saturated,
            spread,
            nats,
        }
    }
}

/// The length of all parameters as one vector.
pub fn length(parameters: &Parts<&Matrix>) -> Real {
    let squares = parameters.iter().flat_map(|p| p.iter());
    squares.map(|w| w * w).sum::<Real>().sqrt()
}

/// How far parameters are from copies of them, against their length.
pub fn moved(parameters: &Parts<&Matrix>, before: &[Matrix]) -> Real {
    let pairs = parameters.iter().zip(before);
    let squares = pairs.flat_map(|(p, b)| p.iter().zip(b.iter()));
    let way = squares.map(|(w, b)| (w - b) * (w - b)).sum::<Real>().sqrt();
    way / length(parameters).max(Real::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::activation::Activation;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::image_plan::ImagePlan;
    use crate::nn::loss::Loss;
    use crate::nn::model::Model as _;
    use crate::nn::noise::normal;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use crate::nn::variational::Variational;
    use crate::nn::window::ImageShape;

    fn data() -> Matrix {
        normal(100, 12, &mut rng(1, Purpose::Data)).mapv(Real::abs)
    }

    fn net(bend: Activation) -> Net {
        let mut plan = Blueprint::linear(12, 4);
        plan.hidden = vec![8];
        plan.activation = bend;
        Net::Dense(Box::new(plan.build(&mut rng(2, Purpose::Init))))
    }

    /// Looks often enough, with steps of a healthy length.
    fn nurse(net: &Net, share: f64) -> Nurse {
        let mut nurse = Nurse::new(&data());
        let desk = &mut Desk::new();
        for look in 1..=5 {
            nurse.look(net, (look * PERIOD, 1e-3), share, desk);
        }
        nurse
    }

    fn found(net: &Net, share: f64) -> Option<(Fault, u64)> {
        nurse(net, share).now().map(|s| (s.fault, s.step))
    }

    #[test]
    fn a_healthy_network_has_no_symptom() {
        for bend in [Activation::Relu, Activation::Tanh] {
            assert_eq!(found(&net(bend), 1.0), None, "{bend:?}");
        }
        let vitals = nurse(&net(Activation::Relu), 1.0).vitals;
        assert!(vitals.norm > 0.0 && vitals.spread > SAME);
    }

    #[test]
    fn planted_dead_units_are_noticed_at_once() {
        let mut net = net(Activation::Relu);
        // Biases far below zero: no unit ever speaks.
        net.model_mut().parameters_mut()[1].fill(-1e3);
        assert_eq!(found(&net, 1.0), Some((Fault::Dead, PERIOD)));
    }

    #[test]
    fn feature_maps_that_are_dead_are_named_with_their_layer() {
        let picture = ImageShape::new(1, 3, 4);
        let plan = ImagePlan::new(picture, 3, 2, 2);
        // Weights and bias of conv 1, code, transposed 1, transposed 2
        // and output.
        for (bias, layer) in
            [(1, "conv 1"), (3, "code"), (5, "transposed 1")]
        {
            let model = plan.build(&mut rng(2, Purpose::Init));
            let mut net = Net::Convolutional(Box::new(model));
            assert_eq!(found(&net, 1.0), None);
            let healthy = net.model().parameters()[bias][[0, 0]];
            net.model_mut().parameters_mut()[bias].fill(-1e3);
            let named = nurse(&net, 0.1).now().unwrap();
            assert_eq!((named.fault, named.step), (Fault::Dead, PERIOD));
            assert_eq!(named.layer.as_deref(), Some(layer));
            // One map that speaks is enough.
            net.model_mut().parameters_mut()[bias][[0, 0]] = healthy;
            assert_eq!(nurse(&net, 0.1).now(), None, "{layer}");
        }
    }

    #[test]
    fn outputs_that_are_stuck_are_named() {
        let picture = ImageShape::new(1, 3, 4);
        let plan = ImagePlan::new(picture, 3, 2, 2);
        let mut model = plan.build(&mut rng(2, Purpose::Init));
        // A sigmoid far below zero: black pictures, and no way back.
        model.parameters_mut()[9].fill(-50.0);
        let net = Net::Convolutional(Box::new(model.clone()));
        let named = nurse(&net, 1.0).now().unwrap();
        assert_eq!(named.fault, Fault::Saturated);
        assert_eq!(named.layer.as_deref(), Some("output"));
        // With a cross-entropy there is one, and only sameness is left.
        model.loss = Loss::CrossEntropy;
        let net = Net::Convolutional(Box::new(model));
        let named = nurse(&net, 1.0).now().unwrap();
        assert_eq!(named.fault, Fault::Collapsed);
    }

    #[test]
    fn planted_saturation_is_noticed_unless_something_was_learned() {
        let mut net = net(Activation::Sigmoid);
        *net.model_mut().parameters_mut()[0] *= 1e3;
        let third = 3 * PERIOD;
        assert_eq!(found(&net, 1.0), Some((Fault::Saturated, third)));
        assert_eq!(found(&net, 0.1), None);
    }

    #[test]
    fn a_planted_silent_code_has_collapsed() {
        let mut plan = Blueprint::linear(12, 2);
        plan.loss = Loss::CrossEntropy;
        let model = Variational::new(&plan, &mut rng(3, Purpose::Init));
        let mut net = Net::Variational(Box::new(model));
        assert_eq!(found(&net, 1.0), None);
        for parameter in net.model_mut().parameters_mut() {
            parameter.fill(0.0);
        }
        // Mean 0 and variance 1, whatever comes in.
        let third = 3 * PERIOD;
        assert_eq!(found(&net, 1.0), Some((Fault::Collapsed, third)));
    }

    #[test]
    fn steps_of_no_length_are_noticed_and_may_pass() {
        let net = net(Activation::Tanh);
        let mut nurse = Nurse::new(&data());
        let desk = &mut Desk::new();
        for look in 1..=3 {
            nurse.look(&net, (look * PERIOD, 1e-9), 1.0, desk);
        }
        let stalled = nurse.now().unwrap();
        assert_eq!((stalled.fault, stalled.step), (Fault::Stalled, 150));
        nurse.look(&net, (200, 1e-3), 1.0, desk);
        assert_eq!(nurse.now(), None);
        assert_eq!(nurse.symptoms[0].until, Some(200));
    }
}
