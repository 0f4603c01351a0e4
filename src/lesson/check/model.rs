//! The rules about live experiments: knobs, settings, pictures, claims.

use super::goal;
use super::report::Report;
use super::report::cut;
use crate::data::DataKind;
use crate::lesson::knob::Kind;
use crate::lesson::knob::Knob;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Scale;
use crate::lesson::knob::Settings;
use crate::lesson::knob::Value;
use crate::lesson::knob_turn::one_of;
use crate::lesson::possible::is_plane;
use crate::lesson::possible::is_share;
use crate::lesson::schema::Baseline;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Model;
use crate::lesson::schema::ModelKind;
use std::collections::BTreeSet;

/// Checks a model cell.
pub fn check(report: &mut Report, path: &str, cell: &Model) {
    report.prose(format!("{path}/text"), &cell.text);
    if cell.model == ModelKind::Line && !is_plane(cell.data) {
        let advice = "Choose Gauss2d, Ring2d or Spiral2d.";
        let what = "A line needs data in the plane.";
        report.add(format!("{path}/data"), what, advice);
    }
    let mut ids = BTreeSet::new();
    for (i, knob) in cell.knobs.iter().enumerate() {
        let path = format!("{path}/knobs/{i}");
        if !ids.insert(knob.id) {
            let what =
                format!("{knob:?} is offered twice.", knob = knob.id);
            report.add(&*path, what, "Offer it once.");
        }
        offered(report, &path, knob, cell);
    }
    settings(report, &format!("{path}/settings"), &cell.settings, cell);
    panels(report, path, cell);
    for (i, claim) in cell.claims.iter().enumerate() {
        let path = format!("{path}/claims/{i}");
        report.prose(format!("{path}/say"), &claim.say);
        let here = format!("{path}/settings");
        settings(report, &here, &claim.settings, cell);
        let seen = with_data(cell, &claim.settings);
        goal::check(report, &format!("{path}/goal"), &claim.goal, &seen);
    }
}

/// The model cell with an id, or a problem.
pub fn named<'a>(
    report: &mut Report<'a>,
    path: &str,
    id: &str,
) -> Option<&'a Model> {
    let lesson = report.lesson;
    let model = lesson.model(id);
    if model.is_none() {
        let what = match lesson.cell(id) {
            Some(cell) => {
                format!(
                    "The cell `{}` is no model cell but a {}.",
                    cut(id),
                    cell.kind()
                )
            }
            None => format!("There is no cell `{}`.", cut(id)),
        };
        let is_model = |cell: &&Cell| matches!(cell, Cell::Model(_));
        let ids: Vec<&str> =
            lesson.cells.iter().filter(is_model).map(Cell::id).collect();
        let advice = match ids.as_slice() {
            [] => "Add a model cell to the lesson.".to_owned(),
            _ => format!("Name a model cell: {}.", one_of(&ids)),
        };
        report.add(path, what, advice);
    }
    model
}

/// The data sets a cell can be run on.
pub fn data_of(cell: &Model) -> Vec<DataKind> {
    let offered = cell
        .knobs
        .iter()
        .filter(|knob| knob.id == KnobId::Data)
        .flat_map(|knob| match knob.range() {
            crate::lesson::knob_turn::Range::Words(words) => words,
            _ => Vec::new(),
        })
        .filter_map(|word| DataKind::from_name(&word));
    let start = match cell.settings.get(KnobId::Data) {
        Some(Value::Word(word)) => DataKind::from_name(word),
        _ => None,
    };
    offered.chain(start).chain([cell.data]).collect()
}

/// The cell as it is with some settings: their data set counts, too.
fn with_data(cell: &Model, turned: &Settings) -> Model {
    let mut cell = cell.clone();
    if let Some(data) = turned.get(KnobId::Data) {
        cell.settings = cell.settings.with(KnobId::Data, data.clone());
    }
    cell
}

/// Whether a knob does anything in a cell.
pub fn uses(cell: &Model, knob: KnobId) -> bool {
    data_of(cell).iter().any(|data| cell.model.uses(knob, *data))
}

/// Settings within the range of their knobs: the offered one, or the
/// knob's own where the cell does not offer it.
pub fn settings(
    report: &mut Report,
    path: &str,
    settings: &Settings,
    cell: &Model,
) {
    let seen = with_data(cell, settings);
    for (id, value) in &settings.0 {
        let path = format!("{path}/{id:?}");
        if !uses(&seen, *id) {
            report.add(path, unused(&seen, *id), "Leave it out.");
            continue;
        }
        let knob = cell.knobs.iter().find(|knob| knob.id == *id);
        let whole = id.whole_range();
        if let Err(why) = knob.unwrap_or(&whole).accepts(value) {
            report.add(path, format!("{}.", capital(&why)), CHANGE);
        }
    }
}

/// Settings a student can reach: every knob is on offer.
pub fn reachable(
    report: &mut Report,
    path: &str,
    turned: &Settings,
    cell: &Model,
) {
    settings(report, path, turned, cell);
    for id in turned.0.keys() {
        if uses(cell, *id) && !cell.knobs.iter().any(|k| k.id == *id) {
            let what = format!(
                "A student cannot turn {}: `{}` does not offer it.",
                label(*id),
                cell.id
            );
            let advice = format!("Add (id: {id:?}) to the cell's knobs.");
            report.add(format!("{path}/{id:?}"), what, advice);
        }
    }
}

/// Settings a run must have: those of the cell, or reachable ones.
pub fn required(
    report: &mut Report,
    path: &str,
    wanted: &Settings,
    cell: &Model,
) {
    let mut turned = wanted.clone();
    turned.0.retain(|id, value| cell.settings.value(*id) != *value);
    reachable(report, path, &turned, cell);
}

fn unused(cell: &Model, id: KnobId) -> String {
    let data = one_of(
        &data_of(cell)
            .iter()
            .map(|d| d.name())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>(),
    );
    format!(
        "{} does nothing in {} on {data}.",
        capital(label(id)),
        cell.model.title()
    )
}

/// One knob on offer.
fn offered(report: &mut Report, path: &str, knob: &Knob, cell: &Model) {
    if !uses(cell, knob.id) {
        report.add(path, unused(cell, knob.id), "Do not offer it.");
        return;
    }
    let name = label(knob.id);
    let whole = matches!(knob.id.info().kind, Kind::Whole(_));
    match (knob.id.info().kind, knob.scale) {
        (_, None) => {}
        (Kind::Real(own) | Kind::Whole(own), Some(scale)) => {
            let sound =
                sound(scale, whole).and_then(|()| inside(scale, own));
            if let Err(why) = sound {
                let advice = format!("Stay {}.", own.limits());
                let what = format!("The scale of {name} {why}.");
                return report.add(format!("{path}/scale"), what, advice);
            }
        }
        (_, Some(_)) => {
            let what = format!("{} has no scale.", capital(name));
            report.add(format!("{path}/scale"), what, "Delete the scale.");
        }
    }
    words(report, path, knob);
    // Where the knob starts, if the settings do not say.
    let start = knob.id.default_value();
    if cell.settings.get(knob.id).is_none()
        && knob.id != KnobId::Data
        && knob.accepts(&start).is_err()
    {
        let what = format!(
            "{} starts at {start}, which is not on offer.",
            capital(name)
        );
        let advice = "Set it in the cell's settings.";
        report.add(path, what, advice);
    }
}

fn words(report: &mut Report, path: &str, knob: &Knob) {
    let path = format!("{path}/words");
    let name = label(knob.id);
    let Kind::Words(own) = knob.id.info().kind else {
        if !knob.words.is_empty() {
            let what = format!("{} has no words.", capital(name));
            report.add(path, what, "Delete them.");
        }
        return;
    };
    for (i, word) in knob.words.iter().enumerate() {
        let twice = knob.words.iter().take(i).any(|w| w == word);
        if twice || !own.contains(&word.as_str()) {
            let what = format!("{} has no word `{}`.", name, cut(word));
            let advice = format!("Use {}, each once.", one_of(own));
            report.add(format!("{path}/{i}"), capital(&what), advice);
        }
    }
    if knob.words.len() == 1 {
        let what = format!("{} has one word to choose from.", name);
        report.add(path, capital(&what), "Offer two or more, or none.");
    }
}

fn sound(scale: Scale, whole: bool) -> Result<(), String> {
    let (from, to) = scale.ends();
    if from >= to {
        return Err("ends before it begins".to_owned());
    }
    match scale {
        Scale::Linear { step, .. } if step <= 0.0 || step > to - from => {
            Err(format!("has a step of {step}"))
        }
        Scale::Linear { step, .. } if whole && step.fract() != 0.0 => {
            Err(format!("has a step of {step}, no whole number"))
        }
        Scale::OffOrLog { from, .. } if from <= 0.0 => {
            Err("has no smallest value above 0".to_owned())
        }
        Scale::Log { from, .. } if from <= 0.0 && !whole => {
            Err("is logarithmic and begins at 0 or below".to_owned())
        }
        _ => Ok(()),
    }
}

fn inside(scale: Scale, own: Scale) -> Result<(), String> {
    let (from, to) = scale.ends();
    let least = match scale {
        Scale::OffOrLog { from, .. } => from,
        _ => from,
    };
    if [from, least, to].into_iter().all(|x| own.holds(x)) {
        return Ok(());
    }
    Err("leaves the limits of the knob".to_owned())
}

/// Pictures and lines that this model can have.
fn panels(report: &mut Report, path: &str, cell: &Model) {
    let data = data_of(cell);
    if cell.panels.is_empty() {
        let advice = "Add one, such as LossCurve.";
        let what = "The experiment shows no picture.";
        report.add(format!("{path}/panels"), what, advice);
    }
    for (i, panel) in cell.panels.iter().enumerate() {
        let path = format!("{path}/panels/{i}");
        if cell.panels.iter().take(i).any(|other| other == panel) {
            let what = format!("{panel:?} is shown twice.");
            report.add(&*path, what, "Delete one.");
        }
        if !data.iter().any(|data| cell.model.shows(*panel, *data)) {
            let what = format!(
                "{panel:?} cannot be made of {} on {}.",
                cell.model.title(),
                cell.data.name()
            );
            report.add(path, what, "Choose another picture.");
        }
    }
    for (i, line) in cell.baselines.iter().enumerate() {
        let possible = cell.model == ModelKind::Autoencoder
            && (*line != Baseline::BceFloor || is_share(cell.data));
        let twice = cell.baselines.iter().take(i).any(|b| b == line);
        if !possible || twice {
            let what = format!("The baseline {line:?} cannot stand here.");
            let advice = "Delete it.";
            report.add(format!("{path}/baselines/{i}"), what, advice);
        }
    }
}

fn label(id: KnobId) -> &'static str {
    id.info().label
}

/// With a capital letter.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

const CHANGE: &str = "Change the value.";
