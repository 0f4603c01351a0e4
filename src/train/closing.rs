//! What a training run tells: reports on the way, and its record.

use crate::lesson::goal::Status;
use crate::lesson::metric::Metrics;
use crate::train::Report;
use crate::train::TrainEvent;
use crate::train::cost::LOOKED_AT;
use crate::train::descent::Descent;
use crate::train::descent::End;
use crate::train::descent::LAST_LOOK;
use crate::train::descent::QUICK_LOOK;
use crate::train::net::Net;
use crate::train::picture::View;
use crate::train::reason;
use crate::train::record::FORMAT;
use crate::train::record::RunRecord;
use crate::train::snapshot::Snapshot;
use crate::train::watch::Rest;

impl Descent<'_> {
    /// Tells how far it is, with a picture if there is time for one.
    pub(super) fn report(&mut self) {
        let now = self.link.seconds();
        let step = self.learner.step;
        let paused = self.flow.pace.waits(step);
        let left = self.schedule.examples_left(step);
        let all = self.schedule.examples_left(0);
        self.flow.clock.note(now, all.saturating_sub(left));
        let wanted = paused || self.flow.clock.wants_picture(now);
        let snapshot = wanted.then(|| Box::new(self.snapshot(None, false)));
        self.flow.clock.pictured(now, self.link.seconds());
        let report = Report {
            step,
            epoch: self.epochs_done(),
            curve: self.history.batches.clone(),
            trail: std::mem::take(&mut self.flow.trail),
            snapshot,
            speed: self.flow.clock.speed(),
            seconds_left: self.flow.clock.seconds_for(left),
            paused,
            symptom: self.nurse.now(),
        };
        self.link.report(TrainEvent::Progress(Box::new(report)));
    }

    /// The model as it is; `last` are the metrics if the run is over.
    fn snapshot(
        &self,
        last: Option<&Metrics>,
        unhurried: bool,
    ) -> Snapshot {
        let view = View {
            step: self.learner.step,
            epoch: self.epochs_done(),
            settings: &self.settings,
            last,
            unhurried,
        };
        self.studio.of_net(&self.learner.net, &view)
    }

    /// Numbers that are none are of no use: back to the last that were.
    fn keep_the_last_sound_net(&mut self) {
        if !self.learner.net.is_finite() {
            let (net, step) = self.learner.sound.clone();
            self.learner.net = net;
            self.learner.step = step;
        }
    }

    /// Measures everything a last time and closes the books.
    pub(super) fn record(mut self, end: End) -> (RunRecord, Net) {
        let (epochs, steps) = (self.epochs_done(), self.learner.step);
        self.keep_the_last_sound_net();
        let most = match end {
            // Somebody waits, or nobody cares any more.
            End::Stopped => (LOOKED_AT, QUICK_LOOK / 4),
            _ => (usize::MAX, LAST_LOOK),
        };
        let seen = self.look_around(most.0, most.1);
        let mut metrics = self.point((&seen.0, &seen.1)).metrics;
        metrics.extend(self.known.clone());
        metrics.extend(self.measure(&seen, end));
        metrics.retain(|_, value| value.is_finite());
        self.history.symptoms = self.nurse.symptoms.clone();
        let origin = match end {
            End::Blown(_) => self.origin.take(),
            _ => None,
        };
        let story = reason::Story {
            model: self.bench.config.model,
            end,
            settings: &self.settings,
            metrics: &metrics,
            watch: &self.watch,
            symptom: self.nurse.now(),
            origin,
            planned: self.planned(),
            steps,
            epochs,
        };
        let mut snapshot =
            self.snapshot(Some(&metrics), end != End::Stopped);
        snapshot.label_curve = self.label_curve(end);
        let record = RunRecord {
            format: FORMAT,
            number: self.bench.config.number,
            model: self.bench.config.model,
            start: self.bench.config.settings.clone(),
            data_hash: self.bench.data.hash,
            parameters: self.learner.net.parameter_count(),
            steps,
            epochs,
            seconds: self.link.seconds(),
            status: status_of(end),
            reason: story.tell(),
            snapshot,
            settings: self.settings,
            history: self.history,
            metrics,
            pinned: false,
        };
        (record, self.learner.net)
    }
}

/// How a run ended, in the words of a record.
fn status_of(end: End) -> Status {
    match end {
        End::Last => Status::Finished,
        End::Stopped => Status::Stopped,
        End::Rested(Rest::Converged) => Status::Converged,
        End::Rested(Rest::Stalled) => Status::Stalled,
        End::Blown(_) => Status::Diverged,
    }
}
