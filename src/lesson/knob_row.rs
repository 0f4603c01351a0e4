//! How a row of the table of knobs is written.

use crate::lesson::knob::Acts;
use crate::lesson::knob::Kind;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::KnobInfo;
use crate::lesson::knob::Scale;

pub(super) const fn log(from: f64, to: f64) -> Kind {
    Kind::Real(Scale::Log { from, to })
}

pub(super) const fn off(from: f64, to: f64) -> Kind {
    Kind::Real(Scale::OffOrLog { from, to })
}

pub(super) const fn even(from: f64, to: f64, step: f64) -> Kind {
    Kind::Real(Scale::Linear { from, to, step })
}

pub(super) const fn whole(from: f64, to: f64) -> Kind {
    Kind::Whole(Scale::Log { from, to })
}

pub(super) const fn count(from: f64, to: f64) -> Kind {
    Kind::Whole(Scale::Linear { from, to, step: 1.0 })
}

pub(super) const fn knob(
    id: KnobId,
    names: (&'static str, &'static str),
    kind: Kind,
    acts: Acts,
    help: &'static str,
) -> KnobInfo {
    KnobInfo { id, name: names.0, label: names.1, kind, acts, help }
}

pub(super) const ACTIVATIONS: Kind =
    Kind::Words(&["linear", "sigmoid", "tanh", "relu"]);
