//! What is worth its time only once, at the end of a run.

use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::train::descent::Descent;
use crate::train::descent::End;
use crate::train::evaluate::Seen;
use crate::train::metrics;

impl Descent<'_> {
    /// Everything that a finished network can be judged by.
    pub(super) fn measure(
        &mut self,
        _seen: &(Seen, Seen),
        _end: End,
    ) -> Metrics {
        let mut all = self.studio.strangers(self.learner.net.model());
        let base = &self.base;
        if let Some(model) = self.learner.net.dense()
            && let Some(degrees) = metrics::principal_angle(model, base)
        {
            all.insert(Metric::PrincipalAngle, degrees);
        }
        all
    }
}
