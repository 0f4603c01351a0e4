//! The size of a network, from the knobs alone: nothing is allocated.

use crate::data::Shape;
use crate::lesson::knob::KnobId;
use crate::lesson::schema::ModelKind;
use crate::nn::image_plan::Down;
use crate::nn::image_plan::ImagePlan;
use crate::nn::image_plan::Up;
use crate::nn::mlp::MlpPlan;
use crate::train::build;
use crate::train::config::RunConfig;
use crate::train::cost;

/// Time of a multiply-add in a convolution, measured against one in a
/// dense layer.
const CONVOLUTION: f64 = 4.0;

/// Classes that are planned for where only the user's files know.
const CLASSES: usize = 20;

/// How large a network is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Anatomy {
    /// Weights and biases.
    pub parameters: usize,
    /// Multiply-adds to look at one example.
    pub forward: f64,
    /// Numbers that are kept for one example while it is looked at.
    pub widths: f64,
    /// How many times longer a multiply-add takes than in a dense layer.
    pub slowness: f64,
}

/// Sums over layers.
#[derive(Default)]
struct Sum {
    weights: usize,
    biases: usize,
    work: f64,
    widths: f64,
}

impl Anatomy {
    /// The network that the knobs ask for, with so many classes to tell
    /// apart.
    pub fn of(config: &RunConfig, classes: usize) -> Self {
        match config.model {
            ModelKind::Convolutional => convolutional(config),
            ModelKind::Variational => variational(config),
            ModelKind::Stacked => stacked(config, classes),
            _ => dense(config),
        }
    }
}

/// How many classes the data will have, as far as the knobs know.
pub fn classes(config: &RunConfig) -> usize {
    match config.data().classes(cost::features(config)).len() {
        0 => CLASSES,
        known => known,
    }
}

impl Sum {
    /// Dense layers of these sizes.
    fn chain(&mut self, sizes: &[usize]) {
        for pair in sizes.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            self.weights += a * b;
            self.biases += b;
            self.work += (a * b) as f64;
            self.widths += b as f64;
        }
    }

    /// A window that looks at `spots` places, from `inputs` to `outputs`
    /// maps.
    fn window(
        &mut self,
        spots: usize,
        [inputs, outputs]: [usize; 2],
        side: usize,
    ) {
        let weights = inputs * outputs * side * side;
        self.weights += weights;
        self.biases += outputs;
        self.work += (spots * weights) as f64;
    }

    fn anatomy(&self, slowness: f64) -> Anatomy {
        Anatomy {
            parameters: self.weights + self.biases,
            forward: self.work,
            widths: self.widths,
            slowness,
        }
    }
}

/// Sizes from the input to the code.
fn sizes(config: &RunConfig) -> Vec<usize> {
    let mut sizes = vec![cost::features(config)];
    sizes.extend(build::hidden(&config.settings));
    sizes.push(config.settings.whole(KnobId::CodeSize));
    sizes
}

fn dense(config: &RunConfig) -> Anatomy {
    let mut sizes = sizes(config);
    let mut sum = Sum { widths: sizes[0] as f64, ..Sum::default() };
    sum.chain(&sizes);
    let half = sum.weights;
    sizes.reverse();
    sum.chain(&sizes);
    if config.settings.switch(KnobId::Tied) {
        sum.weights -= half;
    }
    sum.anatomy(1.0)
}

fn variational(config: &RunConfig) -> Anatomy {
    let mut down = sizes(config);
    let mut sum = Sum { widths: down[0] as f64, ..Sum::default() };
    let mut up = down.clone();
    up.reverse();
    // Two answers for every dimension of the code.
    if let Some(code) = down.last_mut() {
        *code *= 2;
    }
    sum.chain(&down);
    sum.chain(&up);
    sum.anatomy(1.0)
}

/// The layers and the head. While a layer learns it has a decoder, too,
/// but it learns alone.
fn stacked(config: &RunConfig, classes: usize) -> Anatomy {
    let sizes = sizes(config);
    let mut sum = Sum { widths: sizes[0] as f64, ..Sum::default() };
    sum.chain(&sizes);
    let code = config.settings.whole(KnobId::CodeSize);
    match config.settings.word(KnobId::Head).as_str() {
        "softmax" => sum.chain(&[code, classes]),
        "mlp" => sum.chain(&[code, MlpPlan::default().hidden, classes]),
        _ => {}
    }
    // The decoders that are left behind.
    let mut back = sizes;
    back.reverse();
    let work = sum.work;
    sum.chain(&back);
    sum.work = work;
    sum.anatomy(1.0)
}

fn convolutional(config: &RunConfig) -> Anatomy {
    let pixels = cost::features(config);
    let side = (pixels as f64).sqrt().round() as usize;
    let shape = Shape::Image { width: side, height: side };
    let plan = build::image_plan(config, shape, pixels);
    let mut sum = Sum { widths: pixels as f64, ..Sum::default() };
    down(&plan, &mut sum);
    up(&plan, &mut sum);
    sum.anatomy(CONVOLUTION)
}

/// Pixels of a map after so many halvings.
fn pixels_at(plan: &ImagePlan, level: usize) -> usize {
    let half = |n: usize| n.div_ceil(1 << level);
    half(plan.picture.height) * half(plan.picture.width)
}

fn down(plan: &ImagePlan, sum: &mut Sum) {
    let mut maps = plan.picture.channels;
    for (level, &next) in plan.channels.iter().enumerate() {
        let spots = match plan.down {
            Down::MaxPool => pixels_at(plan, level),
            Down::Stride => pixels_at(plan, level + 1),
        };
        sum.window(spots, [maps, next], plan.kernel);
        sum.widths += (next * spots) as f64;
        sum.widths += (next * pixels_at(plan, level + 1)) as f64;
        maps = next;
    }
}

fn up(plan: &ImagePlan, sum: &mut Sum) {
    let mut maps = plan.channels.last().copied().unwrap_or(1);
    for (level, &next) in plan.channels.iter().enumerate().rev() {
        // A transposed convolution stamps once per small pixel; the other
        // way convolves the small maps first.
        let spots = pixels_at(plan, level + 1);
        sum.window(spots, [maps, next], plan.kernel);
        if plan.up != Up::Transposed {
            sum.widths += (next * spots) as f64;
        }
        sum.widths += (next * pixels_at(plan, level)) as f64;
        maps = next;
    }
    let spots = pixels_at(plan, 0);
    sum.window(spots, [maps, plan.picture.channels], plan.kernel);
    sum.widths += spots as f64;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::DataKind;
    use crate::data::DataSpec;
    use crate::data::Library;
    use crate::lesson::course::Course;
    use crate::lesson::knob::Settings;
    use crate::lesson::knob::Value;
    use crate::lesson::sandbox;
    use crate::lesson::schema::Cell;
    use crate::train::by_hand;

    const MODELS: [ModelKind; 6] = [
        ModelKind::Autoencoder,
        ModelKind::Convolutional,
        ModelKind::Line,
        ModelKind::Pca,
        ModelKind::Stacked,
        ModelKind::Variational,
    ];

    fn config(model: ModelKind, turned: &[(KnobId, Value)]) -> RunConfig {
        let cell = sandbox::cell(model, DataKind::Digits8);
        let turned = Settings(turned.iter().cloned().collect());
        RunConfig::new(&cell, &turned, 1).unwrap()
    }

    fn word(knob: KnobId, word: &str) -> (KnobId, Value) {
        (knob, Value::Word(word.to_owned()))
    }

    #[test]
    fn the_estimate_counts_what_is_built() {
        use KnobId::*;
        let spec = DataSpec::new(DataKind::Digits8);
        let data = Library::embedded().load(&spec).unwrap();
        let number = |knob, x| (knob, Value::Number(x));
        for (model, turned) in [
            (ModelKind::Autoencoder, vec![number(Hidden, 20.0)]),
            (
                ModelKind::Autoencoder,
                vec![
                    number(Hidden, 20.0),
                    number(Depth, 3.0),
                    (Tied, Value::Switch(true)),
                ],
            ),
            (ModelKind::Variational, vec![number(Depth, 2.0)]),
            (ModelKind::Convolutional, vec![]),
            (
                ModelKind::Convolutional,
                vec![word(Down, "stride"), word(Up, "transposed")],
            ),
            (ModelKind::Convolutional, vec![number(Depth, 1.0)]),
            (ModelKind::Stacked, vec![]),
            (ModelKind::Stacked, vec![word(Head, "mlp")]),
        ] {
            let config = config(model, &turned);
            let net = build::net(&config, &data);
            let told = Anatomy::of(&config, classes(&config)).parameters;
            assert_eq!(told, net.parameter_count(), "{turned:?}");
        }
    }

    #[test]
    fn a_head_counts_the_classes_there_are() {
        let size = |turned: &[(KnobId, Value)], classes| {
            let config = config(ModelKind::Stacked, turned);
            Anatomy::of(&config, classes).parameters
        };
        let code = [(KnobId::CodeSize, Value::Number(30.0))];
        // A weight per code unit and a bias.
        assert_eq!(size(&code, 25) - size(&code, 10), 15 * 31);
        let known = |data: &str| {
            let mut config = config(ModelKind::Stacked, &[]);
            let data = Value::Word(data.to_owned());
            config.settings.0.insert(KnobId::Data, data);
            config.settings.0.insert(KnobId::States, Value::Number(8.0));
            classes(&config)
        };
        let all = ["iris", "onehot", "own-table", "digits"].map(known);
        assert_eq!(all, [3, 8, CLASSES, 10]);
    }

    /// Whatever can be chosen in the sandbox, and every cell of the course,
    /// is told before its first run how many parameters it will have.
    #[test]
    fn every_model_is_as_large_as_it_was_said_to_be() {
        let library = Library::embedded();
        let mut cells = Vec::new();
        for kind in DataKind::ALL {
            cells.extend(MODELS.map(|model| sandbox::cell(model, kind)));
        }
        let course = Course::embedded();
        for (_, lesson) in course.lessons() {
            cells.extend(lesson.cells.iter().filter_map(
                |cell| match cell {
                    Cell::Model(model) => Some((**model).clone()),
                    _ => None,
                },
            ));
        }
        let mut counted = 0;
        for cell in cells {
            let turned = Settings::default();
            let Ok(config) = RunConfig::new(&cell, &turned, 1) else {
                continue;
            };
            let Ok(data) = library.load(&config.spec()) else { continue };
            let told = config.cost().parameters;
            let real = match config.model {
                ModelKind::Pca => {
                    let k = config.settings.whole(KnobId::CodeSize);
                    data.train.features() * (k + 1)
                }
                ModelKind::Line => by_hand::PARAMETERS,
                _ => build::net(&config, &data).parameter_count(),
            };
            let name = (cell.model, config.data());
            assert_eq!(told, real, "{name:?} of {}", cell.id);
            counted += 1;
        }
        assert!(counted > 60, "{counted}");
    }
}
