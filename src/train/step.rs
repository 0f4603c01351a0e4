//! One step of training, and a look at the network after some of them.

use crate::Real;
use crate::nn::desk::Sheets;
use crate::nn::gradient::put_back_all;
use crate::train::descent::Descent;
use crate::train::descent::Learner;
use crate::train::faults;
use crate::train::walk;
use crate::train::watch::Blowup;

impl Descent<'_> {
    /// One step with the examples in `rows`.
    pub(super) fn step(&mut self, rows: &[u32]) -> Option<Blowup> {
        let (epoch, planned) = (self.epochs_done(), self.planned() as f64);
        self.learner.net.move_on(&self.settings, epoch, planned);
        self.learner.step += 1;
        let step = self.learner.step;
        let look = step.is_multiple_of(faults::PERIOD);
        let before = look.then(|| self.learner.copies());
        let (loss, sound) = self.learn(rows, epoch);
        if let Some(before) = before {
            let share = self.watch.best_share();
            let Learner { net, desk, .. } = &mut self.learner;
            let moved = faults::moved(&net.model().parameters(), &before);
            desk.put_back_all(before);
            self.nurse.look(net, (step, moved), share, desk);
        }
        self.history.push_batch(step, loss);
        match sound {
            true => self.watch.batch(f64::from(loss)),
            false => Some(Blowup::NotANumber),
        }
    }

    /// Lets the weights follow the gradient; gives back the loss. One that
    /// is no finite number is not followed: the weights stay what they
    /// were.
    fn learn(&mut self, rows: &[u32], epoch: f64) -> (Real, bool) {
        let labels = self.stage().has_labels();
        let Learner { net, optimizer, full, desk, step, .. } =
            &mut self.learner;
        if let Some(full) = full {
            let loss = self.feed.descend(net, full, epoch as u64, desk);
            return (loss, true);
        }
        let (losses, gradients) = match labels {
            true => self.feed.learn_labels(net, rows, desk),
            false => self.feed.learn(net, rows, *step - 1, desk),
        };
        let sound = losses.total.is_finite()
            && gradients.iter().all(|g| g.is_finite(desk));
        if sound {
            let parameters = net.model_mut().parameters_mut();
            optimizer.follow(parameters, &gradients, desk);
        } else {
            self.origin = walk::origin(net, &self.bench.data.train.x);
        }
        put_back_all(gradients, desk);
        (losses.total, sound)
    }
}

impl Learner {
    /// The weights before a step.
    fn copies(&mut self) -> Sheets {
        let all = self.net.model().parameters().into_iter();
        all.map(|p| self.desk.copy(p)).collect()
    }
}
