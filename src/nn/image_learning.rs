//! How a convolutional autoencoder learns: there and back, group by group.
//!
//! A batch of `N` pictures falls into groups of up to sixteen, and every
//! group says for itself how wrong it is and which way is down. What the
//! batch says is their mean:
//!
//! ```text
//! L = Σ over groups of n/N · L(group)      dL/dw = Σ n/N · dL(group)/dw
//! ```
//!
//! Inside of a group the pictures are columns, from the first layer to the
//! last; only the loss sees them as rows.

use crate::Real;
use crate::nn::Matrix;
use crate::nn::activation::Activation;
use crate::nn::columns::GROUP;
use crate::nn::columns::columns;
use crate::nn::columns::group;
use crate::nn::columns::rows;
use crate::nn::convolutional::Convolutional;
use crate::nn::correlation::flat;
use crate::nn::correlation::flat_mut;
use crate::nn::desk::Desk;
use crate::nn::desk::Sheets;
use crate::nn::model::Model as _;

impl Convolutional {
    /// The loss of a batch, and one gradient per parameter: `seen` went
    /// in, `wanted` should have come out, both `[batch, pixels]`.
    pub fn learn_in_groups(
        &self,
        seen: &Matrix,
        wanted: &Matrix,
        desk: &mut Desk,
    ) -> (Real, Sheets) {
        let groups = seen.nrows().div_ceil(GROUP);
        // A row per group: its gradients one after the other, its loss.
        let size = self.parameter_count() + 1;
        let mut notes = desk.sheet(groups, size);
        desk.share(&mut notes, 1, &|number, note, desk| {
            let parts = (group(seen, number), group(wanted, number));
            let (error, gradients) = self.there_and_back(parts, desk);
            let mut first = 0;
            for gradient in &gradients {
                let numbers = flat(gradient, gradient.ncols());
                note[first..][..numbers.len()].copy_from_slice(numbers);
                first += numbers.len();
            }
            note[first] = error;
            desk.put_back_all(gradients);
        });
        let mut mean = desk.zeros(1, size);
        for (number, note) in notes.rows().into_iter().enumerate() {
            let part = group(seen, number).len() as Real;
            mean.row_mut(0).scaled_add(part / seen.len() as Real, &note);
        }
        desk.put_back(notes);
        let gradients = self.unpacked(&mean, desk);
        let error = mean[[0, size - 1]];
        desk.put_back(mean);
        (error, gradients)
    }

    /// One group, at most sixteen pictures one after the other, there and
    /// back.
    fn there_and_back(
        &self,
        (seen, wanted): (&[Real], &[Real]),
        desk: &mut Desk,
    ) -> (Real, Sheets) {
        let (from, to) = (self.encoder.input(), self.decoder.output());
        let count = wanted.len() / to.len();
        let x = columns(seen, from, desk);
        let below = self.encoder.trace(&x, desk);
        let code = &below[below.len() - 1];
        let above = self.decoder.trace(code, desk);
        let output = rows(&above[above.len() - 1], to, count, desk);
        let mut target = desk.sheet(count, to.len());
        flat_mut(&mut target, to.len()).copy_from_slice(wanted);
        let (error, slopes) =
            self.loss.mean_and_gradient(&output, &target, desk);
        let dy = columns(flat(&slopes, to.len()), to, desk);
        let upper = self.decoder.backward(code, &above, dy, desk);
        let first = &self.decoder.layers[0];
        let below_it = (code, Activation::Linear);
        let dcode = first.backward(&upper.first, below_it, desk);
        let lower = self.encoder.backward(&x, &below, dcode, desk);
        let mut gradients = lower.gradients;
        gradients.extend(upper.gradients);
        desk.put_back_all(below);
        desk.put_back_all(above);
        for sheet in [x, output, target, slopes, upper.first, lower.first] {
            desk.put_back(sheet);
        }
        (error, gradients)
    }

    /// From all gradients one after the other to one per parameter.
    fn unpacked(&self, all: &Matrix, desk: &mut Desk) -> Sheets {
        let (mut gradients, mut numbers) = (Sheets::new(), all.iter());
        for parameter in self.parameters() {
            let (rows, columns) = parameter.dim();
            let mut gradient = desk.sheet(rows, columns);
            let pairs = gradient.iter_mut().zip(&mut numbers);
            pairs.for_each(|(to, x)| *to = *x);
            gradients.push(gradient);
        }
        gradients
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::image_plan::ImagePlan;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use crate::nn::window::ImageShape;
    use ndarray::s;

    #[test]
    fn a_batch_says_the_mean_of_what_its_pictures_say() {
        let shape = ImageShape::new(1, 5, 6);
        let plan = ImagePlan::new(shape, 3, 2, 1);
        let model = plan.build(&mut rng(1, Purpose::Init));
        let x = Matrix::from_shape_fn((19, 30), |(i, j)| {
            ((7 * i + 3 * j) % 11) as Real / 10.0
        });
        let look = |from, to, threads| {
            let part = x.slice(s![from..to, ..]).to_owned();
            let desk = &mut Desk::with_threads(threads);
            model.learn_in_groups(&part, &part, desk)
        };
        let (whole, gradients) = look(0, 19, 1);
        let (mut loss, mut sum) = (0.0, 0.0 * &gradients[0]);
        for picture in 0..19 {
            let (one, slopes) = look(picture, picture + 1, 1);
            loss += one / 19.0;
            sum.scaled_add(1.0 / 19.0, &slopes[0]);
        }
        assert!((whole - loss).abs() < 1e-6);
        assert!((sum - &gradients[0]).iter().all(|gap| gap.abs() < 1e-6));
        // Threads take whole groups; their sums are added up in order.
        assert_eq!(look(0, 19, 2), (whole, gradients));
    }
}
