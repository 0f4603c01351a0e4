//! T states, each of them one bit that is on: the encoder problem of
//! Ackley, Hinton and Sejnowski (1985).

use crate::nn::Matrix;

use super::DataSpec;
use super::Dataset;
use super::Samples;
use super::Shape;

/// The identity matrix, `[states, states]`, for training and for testing
/// alike: there is nothing else to be seen. The label is the state.
pub(super) fn onehot(spec: &DataSpec) -> Dataset {
    let labels = (0..=u8::MAX).take(spec.states).collect();
    let states = Samples { x: Matrix::eye(spec.states), labels };
    Dataset::new(spec.kind, [states.clone(), states], Shape::Bits)
}
