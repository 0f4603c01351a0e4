//! The pictures of a model: one file per [`Panel`] a lesson can ask for.
//!
//! Every file has the same four parts: a title, the rows it would like,
//! `draw`, and the same picture as one sentence. A panel shows what a run
//! has recorded; it computes nothing about a model.

mod assembly;
mod balance;
mod bar_columns;
mod cloud;
mod code;
mod code_map;
mod code_table;
mod common;
mod concepts;
mod confusion;
mod correlation;
mod detection;
mod elbow;
mod feature_maps;
mod field;
mod filters;
mod identity;
mod interpolation;
mod jacobian_spectrum;
mod kl_per_dimension;
mod label_curve;
mod loss_curve;
mod manifold;
mod network;
mod numbers;
mod other_data;
mod plane_map;
mod probes;
mod raster;
mod reconstructions;
mod render_card;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod sample_models;
mod sampler;
mod scree;
mod signals;
mod slow_motion;
mod strips;
#[cfg(test)]
mod tests;
mod traversal;
mod unit;
mod words;

use crate::app::progress::Pictures;
use crate::lesson::knob::Settings;
use crate::lesson::metric::Metrics;
use crate::lesson::schema::Baseline;
use crate::lesson::schema::Claim;
use crate::lesson::schema::Panel;
use crate::train::history::Bucket;
use crate::train::history::EpochPoint;
use crate::train::history::History;
use crate::train::history::Mark;
use crate::train::record::RunRecord;
use crate::train::snapshot::Snapshot;
use crate::view::glyphs::Glyphs;
use crate::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The curve of a run, alive or recorded.
#[derive(Debug, Clone, Copy, Default)]
pub struct Trail<'a> {
    /// The objective on the batches.
    pub batches: &'a [Bucket],
    /// The metrics at the end of epochs.
    pub epochs: &'a [EpochPoint],
    /// Knobs turned on the way.
    pub marks: &'a [Mark],
}

impl<'a> From<&'a History> for Trail<'a> {
    fn from(history: &'a History) -> Self {
        Self {
            batches: &history.batches,
            epochs: &history.epochs,
            marks: &history.marks,
        }
    }
}

/// What a panel shows.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "three switches of the student, each on its own"
)]
pub struct Shown<'a> {
    /// The curve so far.
    pub history: Trail<'a>,
    /// The model, if there was a run.
    pub snapshot: Option<&'a Snapshot>,
    /// The newest metrics and those known before the run.
    pub metrics: &'a Metrics,
    /// What the lesson says of the cell; their numbers come first.
    pub claims: &'a [Claim],
    /// Lines for the loss plot.
    pub baselines: &'a [Baseline],
    /// The knobs of the run.
    pub settings: &'a Settings,
    /// Epochs the run will have, for the horizontal axis.
    pub total_epochs: f64,
    /// A run to compare with.
    pub other: Option<&'a RunRecord>,
    /// The runs of the cell, oldest first.
    pub runs: &'a [RunRecord],
    /// The example, filter or unit looked at; counts on without end.
    pub look: usize,
    /// Whether plots have logarithmic axes.
    pub log: bool,
    /// Whether the classes of points are hidden.
    pub bare: bool,
    /// Whether filters are turned to match the principal axes.
    pub aligned: bool,
}

/// How a panel is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Ctx<'a> {
    /// Colors.
    pub theme: &'a Theme,
    /// The way to draw images.
    pub pictures: Pictures,
    /// Characters.
    pub glyphs: Glyphs,
}

/// Draws a panel in a frame with its title.
pub fn dispatch(
    panel: Panel,
    buf: &mut Buffer,
    area: Rect,
    shown: &Shown<'_>,
    ctx: &Ctx<'_>,
) {
    let parts = parts(panel);
    let inner = common::frame(buf, area, parts.title, shown, ctx);
    let foot = (parts.foot)(inner, shown, ctx);
    common::foot(buf, area, &foot, ctx);
    (parts.draw)(buf, inner, shown, ctx);
}

/// The rows a panel would like at so many columns, its frame included.
pub fn height(panel: Panel, width: u16, shown: &Shown<'_>) -> u16 {
    let inner = width.saturating_sub(2);
    (parts(panel).height)(inner, shown).saturating_add(2)
}

/// The title of a panel, for its frame and its tab.
pub fn title(panel: Panel) -> &'static str {
    parts(panel).title
}

/// The picture as one sentence, for screen readers, logs and tests.
pub fn sentence(panel: Panel, shown: &Shown<'_>) -> String {
    (parts(panel).sentence)(shown)
}

/// What every panel has.
struct Parts {
    title: &'static str,
    /// The rows it would like at so many columns, without a frame.
    height: fn(u16, &Shown<'_>) -> u16,
    draw: fn(&mut Buffer, Rect, &Shown<'_>, &Ctx<'_>),
    /// A legend for the lower edge of the frame, or nothing.
    foot: fn(Rect, &Shown<'_>, &Ctx<'_>) -> String,
    sentence: fn(&Shown<'_>) -> String,
}

fn parts(panel: Panel) -> Parts {
    match panel {
        Panel::LossCurve => loss_curve::PARTS,
        Panel::Reconstructions => reconstructions::PARTS,
        Panel::Code => code::PARTS,
        Panel::Filters => filters::PARTS,
        Panel::CodeMap => code_map::PARTS,
        Panel::Cloud => cloud::PARTS,
        Panel::CodeTable => code_table::PARTS,
        Panel::Scree => scree::PARTS,
        Panel::Correlation => correlation::PARTS,
        Panel::Network => network::PARTS,
        Panel::Unit => unit::PARTS,
        Panel::SlowMotion => slow_motion::PARTS,
        Panel::Balance => balance::PARTS,
        Panel::Elbow => elbow::PARTS,
        Panel::OtherData => other_data::PARTS,
        Panel::RenderCard => render_card::PARTS,
        Panel::Numbers => numbers::PARTS,
        Panel::FeatureMaps => feature_maps::PARTS,
        Panel::Raster => raster::PARTS,
        Panel::JacobianSpectrum => jacobian_spectrum::PARTS,
        Panel::KlPerDimension => kl_per_dimension::PARTS,
        Panel::Sampler => sampler::PARTS,
        Panel::Manifold => manifold::PARTS,
        Panel::Traversal => traversal::PARTS,
        Panel::Interpolation => interpolation::PARTS,
        Panel::Signals => signals::PARTS,
        Panel::Detection => detection::PARTS,
        Panel::LabelCurve => label_curve::PARTS,
        Panel::Concepts => concepts::PARTS,
        Panel::Probes => probes::PARTS,
        Panel::Field => field::PARTS,
        Panel::Identity => identity::PARTS,
        Panel::Assembly => assembly::PARTS,
        Panel::Words => words::PARTS,
    }
}
