//! The Jacobian: what the code feels when the input moves a little.
//!
//! ```text
//! J = D_L W_Lᵀ ... D_2 W_2ᵀ D_1 W_1ᵀ      D_l: the slopes of layer l
//! ```
//!
//! Its singular values say how strongly: one for every direction, largest
//! first. A contractive code is left with few large ones, the directions
//! along the data (Rifai et al., 2011).

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::desk::Desk;
use crate::nn::eigen;
use crate::nn::k_sparse::Competition;
use crate::nn::model::Codec;
use crate::nn::noise::normal;
use crate::nn::random::Rng;
use crate::nn::sparse::Sparsity;
use crate::nn::subspace::align;
use ndarray::Axis;

impl Autoencoder {
    /// `dcode/dx` at one example `x` `[1, features]`: `[code, features]`.
    /// A unit that lost its competition feels nothing.
    pub fn jacobian(&self, x: &Matrix) -> Matrix {
        assert!(x.nrows() == 1, "a Jacobian at {} examples", x.nrows());
        let desk = &mut Desk::new();
        let outputs = self.encoder.trace(x, desk);
        let mut jacobian = Matrix::eye(x.ncols());
        for (layer, h) in self.encoder.layers.iter().zip(&outputs) {
            jacobian = layer.weights.t().dot(&jacobian);
            let slopes = h.mapv(|h| layer.activation.slope(h));
            jacobian *= &slopes.t();
        }
        if let Sparsity::KSparse { active } = self.sparsity {
            let code = &outputs[outputs.len() - 1];
            let winners = Competition::hold(code, active, desk).winners;
            jacobian *= &winners.t();
        }
        jacobian
    }

    /// The singular values of the Jacobian, largest first, each a mean
    /// over the examples `[examples, features]`.
    pub fn spectrum(&self, x: &Matrix) -> Vec<Real> {
        let mut mean: Vec<Real> = Vec::new();
        for example in x.axis_chunks_iter(Axis(0), 1) {
            let jacobian = self.jacobian(&example.to_owned());
            let values = singular_values(&jacobian);
            mean.resize(values.len(), 0.0);
            let sums = mean.iter_mut().zip(values);
            sums.for_each(|(sum, value)| *sum += value / x.nrows() as Real);
        }
        mean
    }
}

/// The singular values of any matrix, largest first: the square roots of
/// the eigenvalues of `J · Jᵀ` or `Jᵀ · J`, whichever is smaller.
pub fn singular_values(jacobian: &Matrix) -> Vec<Real> {
    let (rows, columns) = jacobian.dim();
    let square = match rows < columns {
        true => jacobian.dot(&jacobian.t()),
        false => jacobian.t().dot(jacobian),
    };
    let eigen = eigen::largest(&square, 0, &mut Desk::new());
    let root = |value: &Real| value.max(0.0).sqrt();
    eigen.values.iter().map(root).collect()
}

/// How many of the largest singular values hold this share of the sum of
/// squares.
pub fn directions_for(spectrum: &[Real], share: Real) -> usize {
    let mut missing = share * spectrum.iter().map(|v| v * v).sum::<Real>();
    for (n, value) in spectrum.iter().enumerate() {
        if missing <= 0.0 {
            return n;
        }
        missing -= value * value;
    }
    spectrum.len()
}

/// How strongly a code answers moves of length 1 along the directions
/// spanned by `tangents` `[directions, features]`, and across them; each
/// is a root mean square over directions.
pub fn along_and_across(
    jacobian: &Matrix,
    tangents: &Matrix,
) -> (Real, Real) {
    let (directions, features) = tangents.dim();
    let plane = align(tangents, tangents);
    let square = |m: &Matrix| m.iter().map(|v| v * v).sum::<Real>();
    let along = square(&jacobian.dot(&plane.t()));
    let across = (square(jacobian) - along).max(0.0);
    let rest = (features - directions).max(1) as Real;
    ((along / directions as Real).sqrt(), (across / rest).sqrt())
}

/// The share of a code within 5 % of an end of the range of sigmoid or
/// tanh, where a unit hardly feels anything; 0 for other activations.
pub fn saturation(code: &Matrix, s: Activation) -> Real {
    let flat = |&&h: &&Real| match s {
        Activation::Sigmoid => !(0.05..=0.95).contains(&h),
        Activation::Tanh => h.abs() > 0.9,
        Activation::Linear | Activation::Relu => false,
    };
    let count = code.iter().filter(flat).count();
    count as Real / code.len().max(1) as Real
}

/// How far the code moves when an example moves by `radius` in a random
/// direction, divided by `radius`; the mean over `x`.
pub fn contraction_ratio(
    codec: &dyn Codec,
    x: &Matrix,
    radius: Real,
    rng: &mut Rng,
) -> Real {
    let mut moves = normal(x.nrows(), x.ncols(), rng);
    for mut row in moves.rows_mut() {
        let length = row.dot(&row).sqrt();
        row *= radius / length;
    }
    let answers = codec.encode(&(x + &moves)) - codec.encode(x);
    let lengths =
        answers.rows().into_iter().map(|row| row.dot(&row).sqrt());
    lengths.sum::<Real>() / (radius * x.nrows() as Real)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::model::Model as _;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn two_units_by_hand() {
        let mut plan = Blueprint::linear(2, 2);
        plan.code_activation = Activation::Sigmoid;
        let mut model = plan.build(&mut rng(1, Purpose::Init));
        *model.parameters_mut()[0] = array![[4.0, 0.0], [0.0, 8.0]];
        // At 0 every sigmoid has slope ¼.
        let jacobian = model.jacobian(&array![[0.0, 0.0]]);
        assert_eq!(jacobian, array![[1.0, 0.0], [0.0, 2.0]]);
        assert_eq!(model.spectrum(&Matrix::zeros((3, 2))), [2.0, 1.0]);
        // 2² of 5 is 80 %.
        assert_eq!(directions_for(&[2.0, 1.0], 0.79), 1);
        assert_eq!(directions_for(&[2.0, 1.0], 0.81), 2);
        let level = array![[3.0, 0.0]];
        assert_eq!(along_and_across(&jacobian, &level), (1.0, 2.0));
        model.sparsity = Sparsity::KSparse { active: 1 };
        let jacobian = model.jacobian(&array![[0.0, 0.0]]);
        assert_eq!(jacobian, array![[1.0, 0.0], [0.0, 0.0]]);
    }

    #[test]
    fn saturated_is_near_an_end() {
        let code = array![[0.01, 0.5, 0.96, -0.95]];
        assert_eq!(saturation(&code, Activation::Sigmoid), 0.75);
        assert_eq!(saturation(&code, Activation::Tanh), 0.5);
        assert_eq!(saturation(&code, Activation::Relu), 0.0);
    }

    #[test]
    fn a_code_that_doubles_has_a_ratio_of_2() {
        let plan = Blueprint::linear(2, 2);
        let mut model = plan.build(&mut rng(1, Purpose::Init));
        *model.parameters_mut()[0] = array![[2.0, 0.0], [0.0, 2.0]];
        let (x, mut look) = (array![[0.3, 0.7]], rng(1, Purpose::Look));
        let ratio = contraction_ratio(&model, &x, 0.5, &mut look);
        assert!((ratio - 2.0).abs() < 1e-5, "{ratio}");
    }
}
