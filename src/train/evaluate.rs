//! One look at many examples without learning: errors, codes, spread.
//!
//! Done in chunks, so that an order from the student waits for a few
//! milliseconds at most; on one thread or two, with the same bits.

use crate::Real;
use crate::kernel::crew::Crew;
use crate::kernel::crew::Worth;
use crate::nn::Matrix;
use crate::nn::loss::Loss;
use crate::nn::sparse::Sparsity;
use crate::train::net::Net;
use ndarray::s;
use std::sync::Mutex;

/// Examples looked at between two looks at the clock.
const CHUNK: usize = 250;

/// What came of a look at many examples.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Seen {
    /// Squared error, mean over pixels and examples.
    pub squared: f64,
    /// The objective, mean over pixels and examples.
    pub objective: f64,
    /// Cross-entropy, mean over pixels and examples, if that is the loss.
    pub entropy: Option<f64>,
    /// Variance of the outputs over the examples, mean over pixels.
    pub spread: f64,
    /// `[examples, K]`.
    pub codes: Matrix,
}

/// Sums over the examples of a chunk.
struct Sums {
    squared: f64,
    objective: f64,
    entropy: f64,
    /// Sum of the outputs, per pixel.
    first: Vec<f64>,
    /// Sum of their squares over all pixels.
    second: f64,
    codes: Matrix,
}

/// How to look: on how many threads, and whom to ask between chunks
/// whether to go on.
pub struct Looker<'a> {
    /// Threads there are to use.
    pub threads: usize,
    /// Called between chunks; `false` ends the look.
    pub go_on: &'a mut dyn FnMut() -> bool,
}

impl Looker<'_> {
    /// Looks at the first `most` rows of `x` `[examples, features]`.
    ///
    /// `None` if it was told to end, or if there is nothing to look at.
    pub fn look(
        &mut self,
        net: &Net,
        x: &Matrix,
        most: usize,
    ) -> Option<Seen> {
        let rows = x.nrows().min(most);
        let starts: Vec<usize> = (0..rows).step_by(CHUNK).collect();
        let chunk = |start: usize| {
            let end = rows.min(start + CHUNK);
            Sums::of(net, &x.slice(s![start..end, ..]).to_owned())
        };
        let mut sums = Vec::with_capacity(starts.len());
        let mut crew = Crew::new(self.threads.min(2));
        for pair in starts.chunks(2) {
            if !(self.go_on)() {
                return None;
            }
            let seen = [const { Mutex::new(None) }; 2];
            crew.share(Worth::Sharing, &|piece| {
                for n in piece.share_of(pair.len()) {
                    let sums = chunk(pair[n]);
                    if let Ok(mut place) = seen[n].lock() {
                        *place = Some(sums);
                    }
                }
            });
            let seen = seen.into_iter().map(Mutex::into_inner);
            sums.extend(seen.filter_map(|sums| sums.ok().flatten()));
        }
        let mut seen = Seen::of(&sums, (rows, x.ncols()));
        if net.loss() == Loss::SquaredError {
            seen.entropy = None;
        }
        Some(seen)
    }
}

impl Sums {
    fn of(net: &Net, x: &Matrix) -> Self {
        let codes = net.model().encode(x);
        let (output, objective) = answer(net, x, &codes);
        let entropy = match (net.loss(), is_plain(net), objective) {
            (Loss::SquaredError, ..) => 0.0,
            (_, true, Some(objective)) => objective,
            _ => entropy(&output, x),
        };
        let mut first = vec![0.0; x.ncols()];
        let (mut squared, mut second) = (0.0, 0.0);
        for (y, x) in output.rows().into_iter().zip(x.rows()) {
            let (Some(y), Some(x)) = (y.as_slice(), x.as_slice()) else {
                continue;
            };
            squared += f64::from(sum(y, x, |y, x| (y - x) * (y - x)));
            second += f64::from(sum(y, y, |y, _| y * y));
            for (sum, &y) in first.iter_mut().zip(y) {
                *sum += y;
            }
        }
        let objective =
            objective.unwrap_or_else(|| squared / x.ncols().max(1) as f64);
        let first = first.into_iter().map(f64::from).collect();
        Self { squared, objective, entropy, first, second, codes }
    }
}

/// What the network makes of the codes, and the sum of its objective over
/// the examples; `None` if that is the squared error itself.
fn answer(net: &Net, x: &Matrix, codes: &Matrix) -> (Matrix, Option<f64>) {
    let rows = x.nrows() as f64;
    let Some(model) = net.dense().filter(|_| is_plain(net)) else {
        let loss = net.model().loss(x).total;
        let output = net.model().decode(codes);
        return (output, Some(f64::from(loss) * rows));
    };
    let output = model.output(codes);
    let objective = match model.loss {
        Loss::SquaredError => None,
        loss => Some(f64::from(loss.mean(&output, x)) * rows),
    };
    (model.loss.reconstruction(output), objective)
}

/// The cross-entropy of probabilities, mean over pixels, sum over rows.
fn entropy(y: &Matrix, x: &Matrix) -> f64 {
    let pairs = y.iter().zip(x);
    let costs = pairs.map(|(&y, &x)| {
        let (y, x) = (f64::from(y).clamp(1e-12, 1.0 - 1e-12), f64::from(x));
        -x * y.ln() - (1.0 - x) * (1.0 - y).ln()
    });
    costs.sum::<f64>() / x.ncols().max(1) as f64
}

/// Whether the objective is nothing but the error.
fn is_plain(net: &Net) -> bool {
    net.dense().is_some_and(|model| {
        let talkative = matches!(
            model.sparsity,
            Sparsity::None | Sparsity::KSparse { .. }
        );
        talkative && model.weight_decay == 0.0 && model.contraction == 0.0
    })
}

/// The sum of `f` over two rows of the same length, in eight lanes that
/// the processor can add at once.
fn sum(a: &[Real], b: &[Real], f: impl Fn(Real, Real) -> Real) -> Real {
    let mut lanes: [Real; 8] = [0.0; 8];
    let (a_eights, a_rest) = a.as_chunks::<8>();
    let (b_eights, b_rest) = b.as_chunks::<8>();
    for (a, b) in a_eights.iter().zip(b_eights) {
        for ((lane, &a), &b) in lanes.iter_mut().zip(a).zip(b) {
            *lane += f(a, b);
        }
    }
    let rest = a_rest.iter().zip(b_rest).map(|(&a, &b)| f(a, b));
    lanes.iter().sum::<Real>() + rest.sum::<Real>()
}

impl Seen {
    fn of(sums: &[Sums], (rows, features): (usize, usize)) -> Self {
        let (n, d) = (rows.max(1) as f64, features.max(1) as f64);
        let add = |part: fn(&Sums) -> f64| -> f64 {
            sums.iter().map(part).sum::<f64>()
        };
        let mut of_mean = 0.0;
        for pixel in 0..features {
            let mean = sums.iter().map(|sum| sum.first[pixel]);
            let mean = mean.sum::<f64>() / n;
            of_mean += mean * mean;
        }
        let k = sums.first().map_or(0, |sum| sum.codes.ncols());
        let mut codes = Matrix::zeros((rows, k));
        let all = sums.iter().flat_map(|sum| sum.codes.outer_iter());
        for (mut to, from) in codes.outer_iter_mut().zip(all) {
            to.assign(&from);
        }
        let spread = add(|sum| sum.second) / n - of_mean;
        Self {
            squared: add(|sum| sum.squared) / (n * d),
            objective: add(|sum| sum.objective) / n,
            entropy: Some(add(|sum| sum.entropy) / n),
            spread: spread.max(0.0) / d,
            codes,
        }
    }

    /// Whether everything that was seen is a finite number.
    pub fn is_finite(&self) -> bool {
        self.squared.is_finite() && self.objective.is_finite()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::noise::normal;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;

    #[test]
    fn chunks_and_threads_see_what_one_look_sees() {
        let model =
            Blueprint::linear(9, 3).build(&mut rng(1, Purpose::Init));
        let net = Net::Dense(Box::new(model));
        let model = net.model();
        let x = normal(1100, 9, &mut rng(2, Purpose::Data));
        let mut one = Looker { threads: 1, go_on: &mut || true };
        let one = one.look(&net, &x, 2000).unwrap();
        let mut looker = Looker { threads: 2, go_on: &mut || true };
        assert_eq!(looker.look(&net, &x, 2000), Some(one.clone()));
        let loss = f64::from(model.loss(&x).total);
        assert!((one.squared - loss).abs() < 1e-5, "{one:?}");
        assert!((one.objective - loss).abs() < 1e-5);
        assert_eq!(one.codes, model.encode(&x));
        let y = model.reconstruct(&x);
        let variance = y.var_axis(ndarray::Axis(0), 0.0).mean();
        let variance = f64::from(variance.unwrap_or(0.0));
        assert!((one.spread - variance).abs() < 1e-4);
    }

    #[test]
    fn a_look_ends_when_told_so() {
        let model =
            Blueprint::linear(2, 1).build(&mut rng(1, Purpose::Init));
        let net = Net::Dense(Box::new(model));
        let x = normal(1100, 2, &mut rng(2, Purpose::Data));
        let mut asked = 0;
        let mut go_on = || {
            asked += 1;
            asked < 2
        };
        let mut looker = Looker { threads: 1, go_on: &mut go_on };
        assert_eq!(looker.look(&net, &x, 2000), None);
        assert_eq!(asked, 2);
    }
}
