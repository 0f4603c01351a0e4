//! The items of work: nets of the lessons and of the literature.

use crate::data::Samples;
use crate::data::batches::order;
use crate::lesson::knob::Settings;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::blueprint::Blueprint;
use crate::nn::blueprint::Tying;
use crate::nn::desk::Desk;
use crate::nn::gradient::put_back_all;
use crate::nn::image_plan::ImagePlan;
use crate::nn::loss::Loss;
use crate::nn::optimizer::Optimizer;
use crate::nn::optimizer::Rule;
use crate::nn::pca::Pca;
use crate::nn::random::Purpose;
use crate::nn::random::rng;
use crate::nn::sparse::Sparsity;
use crate::nn::variational::Variational;
use crate::train::feed::Feed;
use crate::train::net::Net;
use rand::RngExt as _;

/// Examples to draw batches from.
const EXAMPLES: usize = 10_000;

/// Numbers of an example.
const PIXELS: usize = 784;

/// What is timed.
#[derive(Debug)]
pub struct Item {
    /// What it is called on the command line.
    pub id: &'static str,
    /// What it is.
    pub name: &'static str,
    /// Examples in a step.
    pub batch: usize,
    /// Sizes of its layers, if they are dense: multiply-adds are counted.
    sizes: &'static [usize],
}

/// All there are.
pub const ALL: [Item; 11] = [
    item("W1", "784-32-784, relu", 64, &[784, 32, 784]),
    item(
        "W2",
        "784-256-64-2 and back, relu",
        64,
        &[784, 256, 64, 2, 64, 256, 784],
    ),
    item("W3", "784-1024-784, 40 units active", 64, &[784, 1024, 784]),
    item("W4", "784-256-784, tied, contractive", 64, &[784, 256, 784]),
    item("W5", "784-400-20 and back, variational", 128, &[]),
    item("W6", "28 x 28, convolutional", 64, &[]),
    item(
        "W7",
        "784-1000-500-250-30 and back",
        100,
        &[784, 1000, 500, 250, 30, 250, 500, 1000, 784],
    ),
    item("W8", "PCA, 10,000 x 784 to 32", 1, &[]),
    item("W9a", "one image through W1", 1, &[]),
    item("W9b", "one image through W2", 1, &[]),
    item("W9c", "one image from W5's decoder", 1, &[]),
];

const fn item(
    id: &'static str,
    name: &'static str,
    batch: usize,
    sizes: &'static [usize],
) -> Item {
    Item { id, name, batch, sizes }
}

impl Item {
    /// Multiplications and additions of the products in a step: forward,
    /// the gradients of the weights, and the blame of all layers but the
    /// first.
    pub fn operations(&self) -> f64 {
        let per_sample = match self.id {
            "W5" => {
                let encoder = PIXELS * 400;
                let rest = 400 * 40 + 20 * 400 + 400 * PIXELS;
                2 * encoder + 3 * rest
            }
            "W6" => {
                let first = 14 * 14 * 16 * 9;
                let narrow = 7 * 7 * 9 * (8 * 16 + 8 * 8);
                let wide = 9 * (14 * 14 * 8 * 16 + 28 * 28 * 16);
                2 * first + 3 * (narrow + wide)
            }
            _ => {
                let pairs = self.sizes.windows(2).map(|p| p[0] * p[1]);
                let first = pairs.clone().next().unwrap_or(0);
                (3 * pairs.sum::<usize>()).saturating_sub(first)
            }
        };
        2.0 * (self.batch * per_sample) as f64
    }

    /// Whether a step is one image, a matter of microseconds.
    pub fn is_one_image(&self) -> bool {
        self.id.starts_with("W9")
    }

    /// The plan of a dense net.
    fn plan(&self) -> Blueprint {
        let mut plan = Blueprint::linear(PIXELS, 32);
        plan.loss = Loss::CrossEntropy;
        plan.activation = Activation::Relu;
        match self.id {
            "W2" | "W9b" => (plan.hidden, plan.code) = (vec![256, 64], 2),
            "W3" => {
                (plan.code, plan.loss) = (1024, Loss::SquaredError);
            }
            "W4" => {
                (plan.code, plan.tying) = (256, Tying::Tied);
                plan.code_activation = Activation::Sigmoid;
            }
            "W5" | "W9c" => (plan.hidden, plan.code) = (vec![400], 20),
            "W7" => {
                (plan.hidden, plan.code) = (vec![1000, 500, 250], 30);
                plan.activation = Activation::Sigmoid;
            }
            _ => plan.code_activation = Activation::Relu,
        }
        plan
    }

    fn net(&self) -> Net {
        let mut rng = rng(1, Purpose::Init);
        let plan = self.plan();
        match self.id {
            "W5" | "W9c" => Net::Variational(Box::new(Variational::new(
                &plan, &mut rng,
            ))),
            "W6" => {
                let plan = ImagePlan::tensorflow();
                Net::Convolutional(Box::new(plan.build(&mut rng)))
            }
            id => {
                let mut model = plan.build(&mut rng);
                if id == "W3" {
                    model.sparsity = Sparsity::KSparse { active: 40 };
                }
                if id == "W4" {
                    model.contraction = 1e-2 / PIXELS as f32;
                }
                Net::Dense(Box::new(model))
            }
        }
    }
}

/// An item at work.
pub struct Work {
    item: &'static Item,
    train: Samples,
    net: Net,
    optimizer: Optimizer,
    desk: Desk,
    rows: Vec<u32>,
    steps: u64,
}

impl Work {
    /// Sets everything up.
    pub fn new(item: &'static Item, threads: usize) -> Self {
        let mut rng = rng(1, Purpose::Data);
        let grey = || f32::from(rng.random::<u8>()) / 255.0;
        let x = Matrix::from_shape_simple_fn((EXAMPLES, PIXELS), grey);
        Self {
            item,
            train: Samples { x, labels: Vec::new() },
            net: item.net(),
            optimizer: Optimizer::new(Rule::Adam, 1e-3),
            desk: Desk::with_threads(threads),
            rows: order(EXAMPLES, 1, 0),
            steps: 0,
        }
    }

    /// One step, or one fit, or one image; returns a number that depends
    /// on it.
    pub fn step(&mut self) -> f32 {
        self.steps += 1;
        match self.item.id {
            "W8" => {
                let (x, desk) = (&self.train.x, &mut self.desk);
                Pca::fit_short(x, 32, desk).residual(32)
            }
            "W9a" | "W9b" => self.one_image(),
            "W9c" => self.one_code(),
            _ => self.learn(),
        }
    }

    fn learn(&mut self) -> f32 {
        let batch = self.item.batch;
        let batches = EXAMPLES / batch;
        let place = self.steps as usize % batches * batch;
        let rows = &self.rows[place..place + batch];
        let feed = Feed::new(&self.train, 1, &Settings::default());
        let desk = &mut self.desk;
        let (losses, gradients) =
            feed.learn(&self.net, rows, self.steps, desk);
        // As in a lesson: what is no finite number is not followed.
        if gradients.iter().all(|g| g.is_finite(desk)) {
            let parameters = self.net.model_mut().parameters_mut();
            self.optimizer.follow(parameters, &gradients, desk);
        }
        put_back_all(gradients, desk);
        losses.total
    }

    fn one_image(&mut self) -> f32 {
        let Some(model) = self.net.dense() else { return 0.0 };
        let desk = &mut self.desk;
        let row = self.steps as usize % EXAMPLES;
        let mut x = desk.sheet(1, PIXELS);
        x.row_mut(0).assign(&self.train.x.row(row));
        let code = model.encoder.forward(&x, desk);
        let logits = model.decoder.forward(&model.encoder, &code, desk);
        self.answer([x, code], logits)
    }

    fn one_code(&mut self) -> f32 {
        let Some(model) = self.net.variational() else { return 0.0 };
        let desk = &mut self.desk;
        let mut code = desk.sheet(1, model.dimensions());
        code.fill(0.1);
        let logits = model.decoder.forward(&code, desk);
        let nothing = desk.sheet(0, 0);
        self.answer([code, nothing], logits)
    }

    /// The middle pixel of a reconstruction; gives all the paper back.
    fn answer(&mut self, used: [Matrix; 2], logits: Matrix) -> f32 {
        let image = Loss::CrossEntropy.reconstruction(logits);
        let pixel = image[[0, PIXELS / 2]];
        self.desk.put_back(image);
        for sheet in used {
            self.desk.put_back(sheet);
        }
        pixel
    }
}
