//! What a run will cost.
//!
//! All numbers come from the knobs alone: nothing is loaded or allocated
//! to find out that it would not fit.

use crate::data::DataKind;
use crate::lesson::knob::KnobId;
use crate::lesson::schema::ModelKind;
use crate::train::anatomy;
use crate::train::anatomy::Anatomy;
use crate::train::config::RunConfig;
use crate::train::schedule::Schedule;

/// Multiply-adds per second of one core, evaluation and optimizer
/// included, measured with 784-32-784 and batches of 32 on a 2-core
/// server of 2024. Only for telling a student how long a run may take.
pub const USUAL_SPEED: f64 = 1.5e10;

/// Seconds that a step takes however small the model is.
const STEP_SECONDS: f64 = 6e-6;

/// Looks at all examples that a line search takes, about.
const SEARCHES: f64 = 3.0;

/// At most this many examples of either kind are looked at after an epoch.
pub const LOOKED_AT: usize = 2000;

/// At most about this many times in a run.
pub const LOOKS: u64 = 500;

/// What a run will cost, estimated before anything is allocated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// Weights and biases.
    pub parameters: usize,
    /// Training steps in all.
    pub steps: f64,
    /// Multiply-adds in all.
    pub multiply_adds: f64,
    /// Multiply-adds to look at one example.
    pub forward: f64,
    /// Memory at most, bytes.
    pub bytes: f64,
    /// How many times longer a multiply-add takes than in a dense layer.
    pub slowness: f64,
}

impl Cost {
    /// The cost of a run. Data sets that a user's folder may enlarge count
    /// as large as the knob allows.
    pub fn of(config: &RunConfig) -> Self {
        Self::with_classes(config, anatomy::classes(config))
    }

    /// The same for data with so many classes.
    pub(super) fn with_classes(config: &RunConfig, classes: usize) -> Self {
        let (rows, test) = examples(config);
        let features = features(config);
        let data = 4.0 * (rows + test) as f64 * features as f64;
        match config.model {
            ModelKind::Autoencoder
            | ModelKind::Convolutional
            | ModelKind::Stacked
            | ModelKind::Variational => of_network(config, classes, data),
            ModelKind::Pca => {
                let d = features as f64;
                let k = config.settings.whole(KnobId::CodeSize);
                // The covariance, the axes, the projection of the tests.
                let all = (rows + test) as f64;
                let multiply_adds = all * d * d + 4.0 * d.powi(3);
                let bytes = data + 30.0 * d * d;
                let parameters = features * k + features;
                Self {
                    parameters,
                    steps: 1.0,
                    multiply_adds,
                    forward: 2.0 * d * k as f64,
                    bytes,
                    slowness: 1.0,
                }
            }
            ModelKind::Line => {
                let multiply_adds = 8.0 * rows as f64;
                let (parameters, steps) = (3, 1.0);
                Self {
                    parameters,
                    steps,
                    multiply_adds,
                    forward: 8.0,
                    bytes: data,
                    slowness: 1.0,
                }
            }
        }
    }

    /// About how many seconds, on a machine of this speed; see
    /// [`USUAL_SPEED`].
    pub fn seconds(&self, multiply_adds_per_second: f64) -> f64 {
        let speed = multiply_adds_per_second.max(1.0);
        self.slowness * self.multiply_adds / speed
            + self.steps * STEP_SECONDS
    }
}

/// Numbers per example; at most, where only the user's files know.
pub fn features(config: &RunConfig) -> usize {
    match config.data() {
        DataKind::Digits
        | DataKind::Fashion
        | DataKind::Sketches
        | DataKind::Shapes
        | DataKind::Curves
        | DataKind::Rotated
        | DataKind::Backgrounds
        | DataKind::Noise
        | DataKind::Shuffled => 784,
        DataKind::Digits8 => 64,
        DataKind::Patches => {
            config.settings.whole(KnobId::PatchSize).pow(2)
        }
        DataKind::Ecg => 140,
        DataKind::Documents => 2000,
        DataKind::Iris => 4,
        DataKind::Wine => 13,
        DataKind::Cancer => 30,
        DataKind::Onehot => config.settings.whole(KnobId::States),
        DataKind::Gauss2d
        | DataKind::Ring2d
        | DataKind::Spiral2d
        | DataKind::Circles2
        | DataKind::Mix8 => 2,
        DataKind::OwnImages | DataKind::OwnTable => 1024,
    }
}

/// Training and test examples at most.
pub fn examples(config: &RunConfig) -> (usize, usize) {
    let wanted = config.settings.whole(KnobId::Examples);
    match config.data() {
        DataKind::Digits
        | DataKind::Shuffled
        | DataKind::Rotated
        | DataKind::Backgrounds => (wanted, 2000),
        DataKind::Fashion => (wanted, 1000),
        DataKind::Sketches => (wanted, 400),
        DataKind::Noise => (wanted.min(10_000), 2000),
        DataKind::Digits8 => (wanted.min(1437), 360),
        DataKind::Patches => (wanted.min(50_000), 2000),
        DataKind::Ecg => (wanted, 200),
        DataKind::Documents => (wanted.min(20_000), 8000),
        DataKind::Iris => (wanted.min(120), 30),
        DataKind::Wine => (wanted.min(144), 34),
        DataKind::Cancer => (wanted.min(456), 113),
        DataKind::Onehot => {
            let states = config.settings.whole(KnobId::States);
            (states, states)
        }
        DataKind::Gauss2d
        | DataKind::Ring2d
        | DataKind::Spiral2d
        | DataKind::Circles2
        | DataKind::Mix8
        | DataKind::Shapes
        | DataKind::Curves => (wanted.min(20_000), 1000),
        DataKind::OwnImages | DataKind::OwnTable => (wanted, 10_000),
    }
}

fn of_network(config: &RunConfig, classes: usize, data: f64) -> Cost {
    let anatomy = Anatomy::of(config, classes);
    let (rows, test) = examples(config);
    let d = features(config) as f64;
    let schedule = Schedule::of(config, rows, labels(config));
    let steps = schedule.steps() as f64;
    let epochs = schedule.epochs().max(1) as f64;
    // Forward, and two products backward, for every weight that is used.
    let work = anatomy.forward;
    let training: f64 = schedule
        .stages
        .iter()
        .map(|s| 3.0 * work * s.examples as f64 * s.epochs as f64)
        .sum();
    // A line search looks at all examples several times.
    let searches = if is_full(config) { SEARCHES } else { 1.0 };
    // The stack from scratch, for comparison.
    let rivals = if config.model == ModelKind::Stacked { 2.0 } else { 1.0 };
    let looked = rows.min(LOOKED_AT) + test.min(LOOKED_AT);
    let looks = epochs.min(LOOKS as f64) + 1.0;
    let multiply_adds =
        searches * rivals * training + work * looked as f64 * looks;
    // Weights, gradients, two moments, two copies.
    let model = 4.0 * 7.0 * anatomy.parameters as f64;
    let batch = schedule.batch.clamp(1, rows.max(1)) as f64;
    let bytes = 2.0 * data + model + 4.0 * 4.0 * batch * anatomy.widths;
    let frozen = match config.settings.switch(KnobId::FreshNoise) {
        true => 0.0,
        false => 2.0 * data,
    };
    // The axes of PCA, for comparison.
    let bytes = bytes + frozen + 30.0 * d * d;
    Cost {
        parameters: anatomy.parameters,
        steps,
        multiply_adds,
        forward: work,
        bytes,
        slowness: anatomy.slowness,
    }
}

/// Whether every step looks at all examples.
pub fn is_full(config: &RunConfig) -> bool {
    config.settings.word(KnobId::Optimizer) == "lbfgs"
}

/// Labeled examples of a stack at most.
fn labels(config: &RunConfig) -> usize {
    let rows = examples(config).0;
    config.settings.whole(KnobId::Labels).min(rows)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::lesson::knob::Settings;
    use crate::lesson::knob::Value;

    pub fn config(knobs: &[(KnobId, f64)]) -> RunConfig {
        let number = |&(knob, x): &(KnobId, f64)| (knob, Value::Number(x));
        RunConfig {
            model: ModelKind::Autoencoder,
            settings: Settings(knobs.iter().map(number).collect()),
            panels: Vec::new(),
            number: 1,
            threads: 1,
        }
    }

    #[test]
    fn parameters_by_hand() {
        // 784·32 + 32 + 32·784 + 784 = 50,992
        let cost = config(&[(KnobId::CodeSize, 32.0)]).cost();
        assert_eq!(cost.parameters, 50_992);
        let hidden = [(KnobId::CodeSize, 2.0), (KnobId::Hidden, 64.0)];
        // 784·64 + 64 + 64·2 + 2 + 2·64 + 64 + 64·784 + 784 = 101,522
        assert_eq!(config(&hidden).cost().parameters, 101_522);
    }

    #[test]
    fn sets_that_a_lesson_controls_stay_within_64_mib() {
        for kind in DataKind::ALL {
            let mut config = config(&[
                (KnobId::Examples, 60_000.0),
                (KnobId::PatchSize, 16.0),
                (KnobId::States, 64.0),
            ]);
            let word = Value::Word(kind.name().to_owned());
            config.settings.0.insert(KnobId::Data, word);
            let (train, _) = examples(&config);
            let most = match kind {
                // As many as the user's own files have.
                DataKind::Digits
                | DataKind::Shuffled
                | DataKind::Rotated
                | DataKind::Backgrounds
                | DataKind::Fashion
                | DataKind::Sketches
                | DataKind::Ecg
                | DataKind::Documents
                | DataKind::OwnImages
                | DataKind::OwnTable => 256 << 20,
                _ => 64 << 20,
            };
            let bytes = 4 * train * features(&config);
            assert!(bytes <= most, "{kind:?} {bytes}");
        }
    }

    #[test]
    fn a_default_run_takes_seconds() {
        let cost = config(&[(KnobId::Epochs, 40.0)]).cost();
        assert_eq!(cost.steps, 40.0 * 63.0);
        let seconds = cost.seconds(USUAL_SPEED);
        assert!((0.1..5.0).contains(&seconds), "{seconds}");
    }
}
