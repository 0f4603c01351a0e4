//! Units with which something is wrong, layer by layer.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::jacobian::saturation;
use crate::nn::loss::Loss;
use crate::nn::sparse::Sparsity;
use crate::train::net::Net;
use crate::train::walk::Walk;
use crate::train::walk::area;

/// A layer with this share of dead units is dead.
pub const DEAD: Real = 0.95;

/// A layer with this share of saturated units is saturated.
pub const SATURATED: Real = 0.95;

/// How many units of a layer something is wrong with.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Share {
    /// Their share.
    pub of: Real,
    /// The layer, counted as the model counts its layers.
    pub layer: usize,
}

impl Share {
    /// Takes the share of the next layer, unless an earlier one is worse
    /// or has reached `enough` already.
    fn take(&mut self, of: Real, layer: usize, enough: Real) {
        if self.of < enough && of > self.of {
            *self = Self { of, layer };
        }
    }
}

/// The shares of dead and of saturated units in the layers below the last.
/// Behind a code that says nothing nobody is to blame.
pub fn troubles(net: &Net, walk: &Walk, codes: &Matrix) -> (Share, Share) {
    let (mut dead, mut flat) = (Share::default(), Share::default());
    let infos = net.model().layers();
    let last = infos.len().saturating_sub(1);
    for (at, output) in walk.outputs.iter().enumerate() {
        let (area, bend) = (area(net, at), infos[at].activation);
        if at < last || at == walk.code {
            flat.take(saturation(output, bend), at, SATURATED);
            if bend == Activation::Relu {
                dead.take(still(output, area), at, DEAD);
            }
        }
        if at == walk.code {
            let silent = still(codes, area);
            if can_tell_dead(net, codes.nrows()) {
                dead.take(silent, at, DEAD);
            }
            if silent >= DEAD {
                break;
            }
        }
    }
    (dead, flat)
}

/// The saturated outputs, if they have a range of their own: with a
/// cross-entropy the sigmoid belongs to the loss, which never stands still
/// there.
pub fn stuck(net: &Net, walk: &Walk) -> Share {
    let (infos, last) = (net.model().layers(), walk.outputs.len() - 1);
    match (net, net.loss(), infos.get(last)) {
        (Net::Stacked(_), ..) | (_, Loss::CrossEntropy, _) | (.., None) => {
            Share::default()
        }
        (.., Some(info)) => {
            let of = saturation(&walk.outputs[last], info.activation);
            Share { of, layer: last }
        }
    }
}

/// Whether units that never won among so few examples can be called dead.
/// A variational code that says nothing has collapsed, which is something
/// else.
fn can_tell_dead(net: &Net, rows: usize) -> bool {
    if net.variational().is_some() {
        return false;
    }
    match net.dense().map(|model| (model, model.sparsity)) {
        Some((model, Sparsity::KSparse { active })) => {
            rows * active >= 4 * model.code_layer().outputs()
        }
        _ => true,
    }
}

/// The share of units that say the same to everything; of a unit that says
/// `area` numbers at once, all of them.
fn still(outputs: &Matrix, area: usize) -> Real {
    if outputs.nrows() < 2 {
        return 0.0;
    }
    let first = outputs.row(0);
    let mut moves = vec![false; outputs.ncols()];
    for row in outputs.rows() {
        for (moves, (&h, &first)) in
            moves.iter_mut().zip(row.iter().zip(first))
        {
            let far = (h - first).abs();
            *moves |= far.is_nan() || far > 1e-6;
        }
    }
    let units = moves.chunks(area.max(1));
    let all = units.len().max(1);
    units.filter(|unit| !unit.contains(&true)).count() as Real / all as Real
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_feature_map_is_still_if_all_its_pixels_are() {
        let said = array![[0.0, 0.0, 5.0, 1.0], [0.0, 0.0, 5.0, 2.0]];
        assert_eq!(still(&said, 1), 0.75);
        assert_eq!(still(&said, 2), 0.5);
        assert_eq!(still(&said, 4), 0.0);
        // One example alone tells nothing.
        assert_eq!(still(&array![[0.0, 0.0]], 1), 0.0);
    }

    #[test]
    fn the_first_layer_that_is_bad_enough_is_kept() {
        let mut share = Share::default();
        for (layer, of) in [0.2, 0.1, 0.96, 1.0].into_iter().enumerate() {
            share.take(of, layer, DEAD);
        }
        assert_eq!(share, Share { of: 0.96, layer: 2 });
    }
}
