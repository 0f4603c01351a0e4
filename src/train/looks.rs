//! Looks at the training and test set between two epochs.

use crate::lesson::metric::Metric;
use crate::train::descent::Descent;
use crate::train::descent::Learner;
use crate::train::evaluate::Looker;
use crate::train::evaluate::Seen;
use crate::train::history::EpochPoint;
use crate::train::metrics;
use crate::train::stacking;
use crate::train::watch::Look;
use crate::train::watch::Rest;

impl Descent<'_> {
    /// Looks at training and test examples, at most so many of each and at
    /// most for so many multiply-adds.
    pub(super) fn look_around(
        &mut self,
        most: usize,
        work: usize,
    ) -> (Seen, Seen) {
        let net = &self.learner.net;
        let affordable =
            work / self.bench.config.cost().forward.max(1.0) as usize;
        let most = most.min(affordable.max(200));
        let threads = self.bench.config.threads;
        let mut looker = Looker { threads, go_on: &mut || true };
        let data = self.bench.data;
        let mut look = |x| looker.look(net, x, most).unwrap_or_default();
        let mut seen = (look(&data.train.x), look(&data.test.x));
        if self.stage().has_labels() {
            let of = |x, labels| metrics::surprise(net, x, labels);
            let train = &data.train;
            let rows: Vec<usize> =
                self.labeled.iter().map(|&row| row as usize).collect();
            let x = train.x.select(ndarray::Axis(0), &rows);
            let labels: Vec<u8> =
                rows.iter().map(|&row| train.labels[row]).collect();
            seen.0.objective = of(&x, &labels);
            seen.1.objective = of(&data.test.x, &data.test.labels);
        }
        seen
    }

    /// Adds an epoch to the history and asks whether to go on.
    pub(super) fn note_epoch(
        &mut self,
        (train, test): &(Seen, Seen),
    ) -> Option<Rest> {
        if train.is_finite() && test.is_finite() {
            let Learner { net, step, sound, .. } = &mut self.learner;
            *sound = (net.clone(), *step);
        }
        let point = self.point((train, test));
        self.history.push_epoch(point.clone());
        self.flow.trail.push(point);
        self.watch.epoch(Look {
            epoch: self.epochs_done() as u64,
            planned: self.planned(),
            train: train.objective,
            test: test.objective,
            share: self.share(test),
        })
    }

    /// How bad the network is, against the simplest answer: the mean, or
    /// every class as likely.
    fn share(&self, test: &Seen) -> f64 {
        if self.stage().has_labels() {
            let classes = stacking::classes(self.bench.data) as f64;
            return test.objective / classes.ln().max(1e-12);
        }
        test.squared / self.base.mean_test().max(1e-12)
    }

    pub(super) fn point(&self, seen: (&Seen, &Seen)) -> EpochPoint {
        let (step, epoch) = (self.learner.step, self.epochs_done());
        let (net, data) = (&self.learner.net, self.bench.data);
        let mut metrics = metrics::trail(net, data, &self.base, seen);
        metrics.insert(Metric::Epochs, epoch);
        EpochPoint { step, epoch, metrics }
    }
}
