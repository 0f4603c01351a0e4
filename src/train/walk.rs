//! A walk through a network that keeps what every layer said.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::columns::GROUP;
use crate::nn::columns::columns;
use crate::nn::columns::group;
use crate::nn::columns::turn_back;
use crate::nn::convolutional::Convolutional;
use crate::nn::correlation::flat_mut;
use crate::nn::desk::Desk;
use crate::nn::desk::Sheets;
use crate::nn::model::Codec as _;
use crate::nn::stacked::Head;
use crate::nn::stacked::Phase;
use crate::train::net::Net;
use ndarray::s;

/// Examples that are sent through when numbers were left.
const ROWS: usize = 64;

/// What every layer made of some examples.
pub struct Walk {
    /// `[examples, units]` each, in the order of the model's layers; of a
    /// stack those that have learned something or are learning.
    pub outputs: Sheets,
    /// Which of them is the code.
    pub code: usize,
}

impl Walk {
    /// From `x` `[examples, features]` up to the last layer.
    pub fn through(net: &Net, x: &Matrix, desk: &mut Desk) -> Self {
        let mut outputs = Sheets::new();
        let above = match net {
            Net::Dense(model) => {
                let below = model.encoder.trace(x, desk);
                let pass = model.continue_from(below, desk);
                outputs = pass.encoder;
                pass.decoder
            }
            Net::Convolutional(model) => {
                let mut all = of_pictures(model, x, desk);
                outputs.extend(all.drain(..model.encoder.layers.len()));
                all
            }
            Net::Variational(model) => {
                outputs = model.encoder.trace(x, desk);
                model.decoder.trace(&model.encode(x), desk)
            }
            Net::Stacked(model) => {
                for layer in &model.layers[..model.depth()] {
                    let below = outputs.last().unwrap_or(x);
                    let above = layer.encoder.trace(below, desk);
                    outputs.extend(above);
                }
                match (&model.head, model.phase()) {
                    (_, Phase::Layer(_)) | (Head::Fitted(_), _) => {
                        Sheets::new()
                    }
                    (Head::Network(head), _) => {
                        let code = &outputs[outputs.len() - 1];
                        head.network.trace(code, desk)
                    }
                }
            }
        };
        let code = outputs.len() - 1;
        outputs.extend(above);
        Self { outputs, code }
    }

    /// Gives the paper back.
    pub fn end(self, desk: &mut Desk) {
        desk.put_back_all(self.outputs);
    }
}

/// What every layer makes of pictures, `[examples, its output]`.
fn of_pictures(
    model: &Convolutional,
    x: &Matrix,
    desk: &mut Desk,
) -> Sheets {
    let scaled = model.scaled(x, desk);
    let layers = model.encoder.layers.iter().chain(&model.decoder.layers);
    let sizes = layers.clone().map(|layer| layer.output().len());
    let mut outputs: Sheets =
        sizes.map(|size| desk.sheet(x.nrows(), size)).collect();
    for number in 0..x.nrows().div_ceil(GROUP) {
        let pictures = group(&scaled, number);
        let mut y = columns(pictures, model.encoder.input(), desk);
        for (layer, all) in layers.clone().zip(&mut outputs) {
            let above = layer.forward(&y, desk);
            desk.put_back(std::mem::replace(&mut y, above));
            let most = GROUP * all.ncols();
            let mut parts = flat_mut(all, most / GROUP).chunks_mut(most);
            if let Some(part) = parts.nth(number) {
                turn_back(&y, layer.output(), part, desk);
            }
        }
        desk.put_back(y);
    }
    desk.put_back(scaled);
    outputs
}

/// How many numbers a unit of this layer says at once: the pixels of a
/// feature map, otherwise one.
pub fn area(net: &Net, at: usize) -> usize {
    let Some(model) = net.convolutional() else { return 1 };
    let (below, above) = (&model.encoder.layers, &model.decoder.layers);
    let layer = below.iter().chain(above).nth(at);
    layer.map_or(1, |layer| layer.output().area())
}

/// The first layer from the input whose output is no finite number for
/// some example, by name: where a loss that is no number came from.
pub fn origin(net: &Net, x: &Matrix) -> Option<String> {
    let rows = x.nrows().min(ROWS);
    let x = x.slice(s![..rows, ..]).to_owned();
    let walk = Walk::through(net, &x, &mut Desk::new());
    let broken = |y: &Matrix| y.iter().any(|v| !v.is_finite());
    let at = walk.outputs.iter().position(broken);
    if let Some(model) = net.variational()
        && at.is_none_or(|at| at > walk.code)
    {
        let k = model.dimensions();
        let wide = walk.outputs[walk.code].slice(s![.., k..]);
        if wide.iter().any(|&v| v > LOG_VARIANCE) {
            return Some("log-variance".to_owned());
        }
    }
    let layers = net.model().layers();
    at.and_then(|at| layers.get(at)).map(|info| info.name.clone())
}

/// A larger log-variance overflows when it becomes a variance.
const LOG_VARIANCE: Real = 80.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::image_plan::ImagePlan;
    use crate::nn::image_plan::Up;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use crate::nn::softmax::undecided;
    use crate::nn::stacked::Stacked;
    use crate::nn::variational::Variational;
    use crate::nn::window::ImageShape;

    fn nets() -> Vec<Net> {
        let mut init = rng(1, Purpose::Init);
        let mut plan = Blueprint::linear(16, 3);
        plan.hidden = vec![5];
        let shape = ImageShape::new(1, 4, 4);
        let mut pictures = ImagePlan::new(shape, 2, 2, 1);
        pictures.up = Up::Transposed;
        let low = Blueprint::linear(16, 4).build(&mut init);
        let high = Blueprint::linear(4, 3).build(&mut init);
        let mut stack = Stacked::new(vec![low, high], undecided(3, 2));
        stack.start(Phase::Head);
        vec![
            Net::Dense(Box::new(plan.build(&mut init))),
            Net::Variational(Box::new(Variational::new(&plan, &mut init))),
            Net::Convolutional(Box::new(pictures.build(&mut init))),
            Net::Stacked(Box::new(stack)),
        ]
    }

    #[test]
    fn the_layers_that_are_walked_through_are_those_of_the_model() {
        let x = Matrix::from_elem((2, 16), 0.5);
        let desk = &mut Desk::new();
        for net in nets() {
            let walk = Walk::through(&net, &x, desk);
            let layers = net.model().layers();
            assert_eq!(walk.outputs.len(), layers.len());
            assert!(area(&net, 0) == 1 || net.convolutional().is_some());
            for (at, (said, info)) in
                walk.outputs.iter().zip(&layers).enumerate()
            {
                let means = match net {
                    // Statistics are twice as many numbers as the code.
                    Net::Variational(_) if at == walk.code => 2,
                    _ => 1,
                };
                assert_eq!(said.ncols(), means * info.outputs);
                assert_eq!(said.ncols() % area(&net, at), 0);
            }
            walk.end(desk);
        }
    }

    #[test]
    fn the_layer_where_numbers_were_left_is_named() {
        let x = Matrix::from_elem((2, 16), 0.5);
        let named = nets().into_iter().map(|mut net| {
            assert_eq!(origin(&net, &x), None);
            let last = net.model_mut().parameters_mut().pop();
            last.unwrap().fill(Real::NAN);
            origin(&net, &x)
        });
        let named: Vec<Option<String>> = named.collect();
        let names = named.iter().map(Option::as_deref);
        let names: Vec<Option<&str>> = names.collect();
        let output = Some("output");
        assert_eq!(names, [output, output, output, Some("head 1")]);
    }
}
