//! Makes snapshots: what the panels of a cell need, and nothing else.
//!
//! Everything that does not change while a model trains is made once, at
//! the start. The rest must be cheap, since it is made while training
//! waits.

mod code_views;
mod examples;
mod field;
mod filters;
mod image;
mod judged;
mod more;
mod plane;
mod strangers;
mod walks;
mod zoom;

pub use self::image::size;

use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::metric::Metrics;
use crate::lesson::possible::is_plane;
use crate::lesson::schema::Panel;
use crate::nn::Matrix;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::line::Line;
use crate::nn::model::Codec;
use crate::nn::model::Model;
use crate::nn::pca::Pca;
use crate::train::baseline::Baseline;
use crate::train::net::Net;
use crate::train::onehot;
use crate::train::run::Bench;
use crate::train::snapshot::Cloud;
use crate::train::snapshot::Dot;
use crate::train::snapshot::Layer;
use crate::train::snapshot::Snapshot;
use ndarray::Axis;
use ndarray::s;
use std::sync::Arc;

/// Examples on a map of codes.
const ON_MAP: usize = 500;

/// Principal axes in a spectrum.
const IN_SPECTRUM: usize = 128;

/// A snapshot is made of this moment.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Steps so far.
    pub step: u64,
    /// Epochs so far.
    pub epoch: f64,
    /// The knobs as they are now.
    pub settings: &'a Settings,
    /// The metrics, if the run is over.
    pub last: Option<&'a Metrics>,
    /// Whether there is time for everything: the run came to its end, and
    /// nobody waits.
    pub unhurried: bool,
}

/// Makes the snapshots of one run.
pub struct Studio<'a> {
    bench: Bench<'a>,
    base: Arc<Baseline>,
    /// The parts that never change.
    fixed: Snapshot,
    /// The examples that are shown, by index in the test set.
    chosen: Vec<usize>,
    /// Their pixels, `[examples, features]`.
    shown: Matrix,
    /// The examples on the map, `[examples, features]`.
    mapped: Matrix,
    /// Other kinds of data, each with its name.
    strangers: Vec<(&'static str, Matrix)>,
}

impl<'a> Studio<'a> {
    /// Chooses what will be shown.
    pub fn new(bench: Bench<'a>, base: &Arc<Baseline>) -> Self {
        let test = &bench.data.test;
        let chosen = examples::choose(&test.labels, bench.data.kind);
        let shown = test.x.select(Axis(0), &chosen);
        let on_map = test.len().min(ON_MAP);
        let mapped = test.x.slice(s![..on_map, ..]).to_owned();
        let mut studio = Self {
            bench,
            base: Arc::clone(base),
            fixed: Snapshot::default(),
            chosen,
            shown,
            mapped,
            strangers: strangers::gather(bench),
        };
        studio.fixed = studio.unchanging();
        studio
    }

    /// A network as it is now.
    pub fn of_net(&self, net: &Net, view: &View) -> Snapshot {
        let codec = net.model();
        let noisy = self.damaged(net, view);
        let mut snapshot = self.of_codec(codec, noisy.as_ref(), view);
        if let Some(model) = net.dense() {
            self.add_dense(model, view, &mut snapshot);
        }
        if self.wants(Panel::Filters)
            && net.dense().is_none()
            && let Some(encoder) = net.encoder()
        {
            snapshot.filters = filters::looked_for(self, encoder);
        }
        if self.wants(Panel::Network) {
            snapshot.layers = layers(codec);
        }
        if self.wants(Panel::OtherData) {
            snapshot.bars.extend(strangers::bars(self, codec, view));
        }
        self.add_more(net, view, &mut snapshot);
        snapshot
    }

    /// What a dense autoencoder has to show besides.
    fn add_dense(
        &self,
        model: &Autoencoder,
        view: &View,
        snapshot: &mut Snapshot,
    ) {
        let kind = self.bench.data.kind;
        if self.wants(Panel::Filters) {
            filters::of_autoencoder(self, model, view, snapshot);
        }
        if self.wants(Panel::CodeTable)
            && kind == crate::data::DataKind::Onehot
        {
            let x = &self.bench.data.test.x;
            snapshot.table = Some(onehot::table(model, x));
        }
        if self.wants(Panel::Unit) {
            snapshot.unit = zoom::unit(self, model);
        }
        if self.wants(Panel::SlowMotion) {
            snapshot.slow = zoom::slow_motion(self, model, view);
        }
        if self.wants(Panel::Cloud) && is_plane(kind) {
            let cloud = snapshot.cloud.get_or_insert_default();
            cloud.curve = plane::curve(model, &self.bench.data.train.x);
        }
    }

    /// PCA with its axes; `arrow` is the direction of a search that is on
    /// its way, `[1, 2]`.
    pub fn of_pca(
        &self,
        pca: &Pca,
        arrow: Option<&Matrix>,
        view: &View,
    ) -> Snapshot {
        let mut snapshot = self.of_codec(pca, None, view);
        if self.wants(Panel::Filters) {
            snapshot.filters = filters::axes(self, pca, pca.kept);
        }
        if self.wants(Panel::Scree) {
            snapshot.spectrum = spectrum(pca);
        }
        if let Some(cloud) = &mut snapshot.cloud {
            cloud.arrows = match arrow {
                Some(direction) => plane::search(pca, direction),
                None => plane::axes(pca),
            };
        }
        if self.wants(Panel::OtherData) {
            snapshot.bars.extend(strangers::bars(self, pca, view));
        }
        if self.wants(Panel::Balance) {
            let total = self.base.mean_train();
            let lost =
                crate::train::metrics::error(pca, &self.bench.data.train.x);
            let features = self.bench.data.train.features() as f64;
            snapshot.bars.extend(balance(
                (total - lost) * features,
                lost * features,
            ));
        }
        snapshot
    }

    /// A line turned by hand.
    pub fn of_line(&self, line: &Line, view: &View) -> Snapshot {
        let mut snapshot = self.of_codec(line, None, view);
        if let Some(cloud) = &mut snapshot.cloud {
            cloud.arrows = plane::line(line, &self.bench.data.train.x);
        }
        if self.wants(Panel::Balance) {
            let x = &self.bench.data.train.x;
            let kept = f64::from(line.kept(x));
            snapshot.bars.extend(balance(kept, f64::from(line.lost(x))));
        }
        snapshot
    }

    /// Errors on other kinds of data, for the metrics.
    pub fn strangers(&self, codec: &dyn Codec, unhurried: bool) -> Metrics {
        strangers::metrics(self, codec, unhurried)
    }

    /// What any codec can show; `noisy` are the shown examples after the
    /// damage, if it is to repair some.
    fn of_codec(
        &self,
        codec: &dyn Codec,
        noisy: Option<&Matrix>,
        view: &View,
    ) -> Snapshot {
        let mut snapshot = self.fixed.clone();
        (snapshot.step, snapshot.epoch) = (view.step, view.epoch);
        let pictured = [
            Panel::Reconstructions,
            Panel::Code,
            Panel::RenderCard,
            Panel::Filters,
        ];
        if pictured.iter().any(|&panel| self.wants(panel)) {
            snapshot.examples = examples::of(self, codec, noisy, view);
        }
        if self.wants(Panel::CodeMap) {
            (snapshot.map, snapshot.map_units) = self.map(codec);
        }
        if let Some(cloud) = &mut snapshot.cloud {
            let rows = cloud.points.len();
            let x = self.bench.data.train.x.slice(s![..rows, ..]);
            let y = match view.settings.switch(KnobId::RoundCode) {
                true => codec.reconstruct_rounded(&x.to_owned()),
                false => codec.reconstruct(&x.to_owned()),
            };
            cloud.mapped = plane::dots(&y, &self.bench.data.train.labels);
        }
        snapshot
    }

    /// The codes of test examples; of a code of more than two numbers, the
    /// two that differ most from example to example.
    fn map(&self, codec: &dyn Codec) -> (Vec<Dot>, Option<[usize; 3]>) {
        let codes = codec.encode(&self.mapped);
        let labels = &self.bench.data.test.labels;
        if codes.ncols() < 3 {
            return (plane::dots(&codes, labels), None);
        }
        let [right, up] = plane::widest(&codes);
        let two = codes.select(Axis(1), &[right, up]);
        (plane::dots(&two, labels), Some([right, up, codes.ncols()]))
    }

    /// The parts that never change.
    fn unchanging(&self) -> Snapshot {
        let data = self.bench.data;
        let classes = data.classes.clone();
        let mut fixed = Snapshot { classes, ..Snapshot::default() };
        if self.wants(Panel::Cloud) && is_plane(data.kind) {
            let rows = data.train.len().min(ON_MAP);
            let x = data.train.x.slice(s![..rows, ..]).to_owned();
            let points = plane::dots(&x, &data.train.labels);
            fixed.cloud = Some(Cloud { points, ..Cloud::default() });
        }
        if self.wants(Panel::Scree) {
            fixed.spectrum = spectrum(&self.base.pca);
        }
        if self.wants(Panel::Correlation) {
            fixed.heat = Some(plane::correlation(data));
        }
        if self.wants(Panel::Elbow) {
            fixed.bars = elbow(&self.base);
        }
        fixed
    }

    fn wants(&self, panel: Panel) -> bool {
        self.bench.config.wants(panel)
    }
}

/// The layers as the pictures need them.
fn layers(model: &dyn Model) -> Vec<Layer> {
    let infos = model.layers().into_iter();
    infos
        .map(|info| Layer {
            name: info.name,
            inputs: info.inputs,
            outputs: info.outputs,
            activation: format!("{:?}", info.activation).to_lowercase(),
            parameters: info.parameters,
        })
        .collect()
}

/// Share of the variance per axis, largest first.
fn spectrum(pca: &Pca) -> Vec<f32> {
    let mut shares = pca.explained();
    shares.truncate(IN_SPECTRUM);
    shares
}

/// Test error of PCA with K = 1, 2, 4, ... 64.
fn elbow(base: &Baseline) -> Vec<(String, f32)> {
    let most = base.test.len().saturating_sub(1).min(64);
    let sizes = (0..7).map(|power| 1_usize << power);
    sizes
        .take_while(|&k| k <= most)
        .map(|k| (k.to_string(), base.pca_test(k) as f32))
        .collect()
}

/// Variance kept and lost, sums over the coordinates.
fn balance(kept: f64, lost: f64) -> [(String, f32); 2] {
    [
        ("variance kept".to_owned(), kept as f32),
        ("error".to_owned(), lost as f32),
    ]
}
