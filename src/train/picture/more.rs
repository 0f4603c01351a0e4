//! The pictures of the later lessons: made only if a panel wants them,
//! and the dear ones only at the end.

use crate::lesson::possible::is_plane;
use crate::lesson::schema::Panel;
use crate::nn::Matrix;
use crate::nn::desk::Desk;
use crate::nn::random::Purpose;
use crate::nn::random::stream;
use crate::train::build;
use crate::train::config::RunConfig;
use crate::train::measure::Exam;
use crate::train::net::Net;
use crate::train::picture::Studio;
use crate::train::picture::View;
use crate::train::picture::code_views;
use crate::train::picture::field;
use crate::train::picture::judged;
use crate::train::picture::walks;
use crate::train::snapshot::Snapshot;

/// The stream of damage to shown examples.
const DAMAGE: u64 = 50;

impl Studio<'_> {
    /// The shown examples after the damage that training does, if it does
    /// any.
    pub(super) fn damaged(&self, net: &Net, view: &View) -> Option<Matrix> {
        let repairs = matches!(net, Net::Dense(_) | Net::Convolutional(_));
        let corruption = build::corruption(view.settings);
        if !repairs || corruption.is_none() {
            return None;
        }
        let seed = self.bench.config.seed();
        let mut noise = stream(seed, Purpose::Look, DAMAGE);
        let x = &self.shown;
        Some(corruption.corrupt(x, &mut noise, &mut Desk::new()).x)
    }

    /// Everything beyond the first lessons.
    pub(super) fn add_more(
        &self,
        net: &Net,
        view: &View,
        snapshot: &mut Snapshot,
    ) {
        let config = RunConfig {
            settings: view.settings.clone(),
            ..self.bench.config.clone()
        };
        let exam = Exam {
            net,
            data: self.bench.data,
            base: &self.base,
            config: &config,
        };
        self.add_codes(net, view, snapshot);
        self.add_walks(&exam, view, snapshot);
        self.add_judged(&exam, view, snapshot);
    }

    fn add_codes(&self, net: &Net, view: &View, to: &mut Snapshot) {
        let codec = net.model();
        if self.wants(Panel::Raster) {
            to.raster = Some(code_views::raster(self, codec));
        }
        if self.wants(Panel::KlPerDimension) {
            to.kl = code_views::nats(self, net);
        }
        if self.wants(Panel::Identity) {
            to.identity = code_views::identity(self, codec);
        }
        if self.wants(Panel::Words) && !self.bench.data.columns.is_empty() {
            to.words = code_views::words(self, codec);
        }
        if let Some(model) = net.convolutional()
            && self.wants(Panel::FeatureMaps)
        {
            to.maps = code_views::feature_maps(self, model);
        }
        if let Some(model) = net.dense() {
            if self.wants(Panel::JacobianSpectrum) {
                to.singular = code_views::spectrum(self, model, view);
            }
            if self.wants(Panel::Assembly) {
                to.assembly = code_views::assembly(self, model);
            }
        }
        if self.wants(Panel::Field) && is_plane(self.bench.data.kind) {
            to.field = field::arrows(self, codec);
            to.ellipses = field::ellipses(self, codec);
        }
    }

    fn add_walks(&self, exam: &Exam, view: &View, to: &mut Snapshot) {
        let codec = exam.net.model();
        if self.mapped.nrows() == 0 {
            return;
        }
        if self.wants(Panel::Sampler) {
            to.samples = walks::samples(self, exam, view);
        }
        if self.wants(Panel::Manifold) {
            to.manifold = walks::manifold(self, exam, view);
        }
        if self.wants(Panel::Traversal) {
            to.traversals = walks::traversals(self, exam);
        }
        if self.wants(Panel::Interpolation) {
            to.interpolations = walks::interpolations(self, codec, view);
        }
    }

    fn add_judged(&self, exam: &Exam, view: &View, to: &mut Snapshot) {
        let codec = exam.net.model();
        let kind = self.bench.data.kind;
        if self.wants(Panel::Signals) && kind == crate::data::DataKind::Ecg
        {
            to.signals = judged::signals(self, codec);
        }
        if self.wants(Panel::Detection) {
            to.detection = judged::detection(exam);
        }
        let over = view.unhurried && exam.net.is_finite();
        if over && self.wants(Panel::Probes) {
            to.probes = judged::probes(exam);
        }
        if over && self.wants(Panel::Concepts) {
            to.concepts = judged::concepts(self, exam);
        }
    }
}
