//! `gargalo run`: trains a cell and prints what came of it.

use crate::data::DataKind;
use crate::data::Library;
use crate::data::grouped::grouped;
use crate::lesson::course::Course;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::knob::Value;
use crate::lesson::knob_read::parse_set;
use crate::lesson::sandbox;
use crate::lesson::schema::Model;
use crate::lesson::schema::ModelKind;
use crate::shell::facts::Facts;
use crate::shell::headless::Answer;
use crate::shell::headless::json;
use crate::shell::headless::lessons::find;
use crate::shell::headless::number;
use crate::train::cache::Cache;
use crate::train::config::RunConfig;
use crate::train::leave;
use crate::train::record::RunRecord;
use crate::train::run;
use crate::train::run::Trained;
use crate::view::glyphs::Glyphs;
use crate::view::panel;
use crate::view::plain;
use crate::view::shown;
use anyhow::anyhow;
use serde_json::Value as Json;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// What the command line asks for.
#[derive(Debug)]
pub struct Order<'a> {
    /// The cell, as `L02/linear`.
    pub cell: &'a str,
    /// Knobs, as `code-size=8`.
    pub set: &'a [String],
    /// The seed, if it is not the lesson's.
    pub seed: Option<u32>,
    /// Threads to train with.
    pub threads: u16,
    /// Where the weights go, if anywhere.
    pub weights: Option<&'a Path>,
    /// Where the codes of the test set go, if anywhere.
    pub codes: Option<&'a Path>,
}

/// Trains the cell.
///
/// # Errors
///
/// When there is no such cell, a knob is wrong, or the data cannot be
/// read.
pub fn record(
    course: &Course,
    library: &Library,
    order: &Order,
) -> anyhow::Result<(Model, RunRecord)> {
    let model = model(course, order.cell)?;
    let mut turned = Settings::default();
    for text in order.set {
        let (knob, value) = parse_set(text).map_err(|why| anyhow!(why))?;
        turned.0.insert(knob, value);
    }
    if let Some(seed) = order.seed {
        let seed = Value::Number(f64::from(seed));
        turned.0.insert(KnobId::Seed, seed);
    }
    agreed(order.cell, &model, &turned)?;
    let mut config = RunConfig::new(&model, &turned, 1)?;
    config.threads = usize::from(order.threads);
    let (record, trained) =
        run::train_and_keep(&config, library, &Cache::new())
            .map_err(|why| anyhow!(why))?;
    if order.weights.is_some() || order.codes.is_some() {
        let trained = trained.ok_or_else(|| {
            anyhow!(
                "{} has no weights and codes to write; leave --weights and \
                 --codes out",
                config.model.title()
            )
        })?;
        leave(&trained, order)?;
    }
    Ok((model, record))
}

/// Refuses two data sets at once: the one of MODEL/DATA, and another one.
fn agreed(
    name: &str,
    cell: &Model,
    turned: &Settings,
) -> anyhow::Result<()> {
    let Some(asked) = turned.get(KnobId::Data) else { return Ok(()) };
    let asked = asked.to_string();
    let (own, title) = (cell.data.name(), cell.model.title());
    let kind = DataKind::from_name(&asked);
    let (Some(kind), true) = (kind, is_any(name) && asked != own) else {
        return Ok(());
    };
    Err(anyhow!(
        "{name} trains {title} on {own}, but data={asked} asks for another \
         data set ({}). Leave data={asked} out, or write {}/{asked} instead",
        kind.title(),
        name.split('/').next().unwrap_or_default()
    ))
}

/// Whether a name stands for a model on any data, not for a cell.
fn is_any(name: &str) -> bool {
    let model = name.split_once('/').map(|(model, _)| model);
    model.is_some_and(|model| ModelKind::from_name(model).is_some())
}

/// Writes weights and codes where they are asked for.
fn leave(trained: &Trained, order: &Order) -> anyhow::Result<()> {
    if let Some(path) = order.weights {
        let parameters = leave::named(&trained.net);
        write(path, &leave::safetensors(&parameters))?;
    }
    if let Some(path) = order.codes {
        let codes = trained.net.model().encode(&trained.data.test.x);
        write(path, &leave::npy(&codes))?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(path, bytes).map_err(|error| {
        anyhow!(
            "{} cannot be written: {error}. Name a file in a folder that \
             is there and yours",
            path.display()
        )
    })
}

/// The model cell with a name such as `L02/linear`, or any model on any
/// data, such as `variational/digits`.
fn model(course: &Course, name: &str) -> anyhow::Result<Model> {
    if let Some((model, data)) = name.split_once('/')
        && let Some(model) = ModelKind::from_name(model)
    {
        let known = DataKind::from_name(data);
        let data = known.ok_or_else(|| {
            anyhow!(
                "there is no data set {data}; `gargalo data` lists them all"
            )
        })?;
        return Ok(sandbox::cell(model, data));
    }
    let (lesson, cell) = name.split_once('/').ok_or_else(|| {
        anyhow!(
            "a cell is written as LESSON/CELL, such as L00/first-run, or \
             as MODEL/DATA, such as variational/digits"
        )
    })?;
    let (_, lesson) = find(course, lesson)?;
    lesson.model(cell).cloned().ok_or_else(|| {
        let cells = lesson.cells.iter();
        let models: Vec<_> = cells
            .filter(|cell| cell.kind() == "model")
            .map(|cell| cell.id())
            .collect();
        anyhow!(
            "{} has no experiment {cell}; it has {}",
            lesson.id,
            models.join(", ")
        )
    })
}

/// Configuration, pictures and metrics as text.
pub fn text(cell: &str, model: &Model, run: &RunRecord) -> Answer {
    let mut text = String::new();
    let _ = writeln!(text, "{cell}: {:?}, {}", run.model, run.reason);
    let knobs: Vec<String> = run
        .settings
        .0
        .iter()
        .map(|(knob, value)| format!("{}={value}", knob.info().name))
        .collect();
    let _ = writeln!(text, "{}", wrap(&knobs.join(" ")));
    let _ = writeln!(
        text,
        "{} parameters, {} steps, {:.1} epochs, {:.1} s, data {:016x}\n",
        grouped(run.parameters),
        grouped(run.steps),
        run.epochs,
        run.seconds,
        run.data_hash
    );
    let glyphs = Glyphs { unicode: Facts::of_process().unicode };
    let theme = plain::theme();
    let ctx = plain::ctx(&theme, glyphs);
    let mut shown = shown::of_record(run);
    shown.baselines = &model.baselines;
    for panel in &model.panels {
        let height = panel::height(*panel, 78, &shown);
        let rows = plain::lines(78, height, |buf, area| {
            panel::dispatch(*panel, buf, area, &shown, &ctx);
        });
        for row in rows {
            let _ = writeln!(text, "{row}");
        }
        let _ = writeln!(text, "{}\n", panel::sentence(*panel, &shown));
    }
    for (metric, value) in &run.metrics {
        let name = format!("{metric:?}");
        let value = four_digits(*value);
        let _ =
            writeln!(text, "{name:<18} {value:>12}  {}", metric.label());
    }
    Answer::fine(text)
}

/// A whole number as it is, others with some four digits.
fn four_digits(x: f64) -> String {
    match x.abs() {
        _ if x.fract() == 0.0 => format!("{x}"),
        size if size < 1e-3 => format!("{x:.3e}"),
        _ => crate::lesson::knob::short(x),
    }
}

fn wrap(text: &str) -> String {
    crate::view::text::markdown::plain(text, 78).join("\n")
}

/// Configuration, metrics and history as one JSON object.
pub fn as_json(cell: &str, run: &RunRecord) -> Answer {
    let settings: BTreeMap<&str, Json> = run
        .settings
        .0
        .iter()
        .map(|(knob, value)| {
            let value = match value {
                Value::Number(x) => number(*x),
                Value::Switch(on) => json!(on),
                Value::Word(word) => json!(word),
            };
            (knob.info().name, value)
        })
        .collect();
    Answer::fine(json(&json!({
        "cell": cell,
        "model": format!("{:?}", run.model),
        "configuration": settings,
        "seed": run.settings.whole(KnobId::Seed),
        "data_hash": format!("{:016x}", run.data_hash),
        "parameters": run.parameters,
        "status": format!("{:?}", run.status),
        "reason": run.reason,
        "steps": run.steps,
        "epochs": run.epochs,
        "seconds": run.seconds,
        "metrics": metrics(&run.metrics),
        "history": history(run),
    })))
}

/// The curve of a run.
fn history(run: &RunRecord) -> Json {
    let epochs: Vec<Json> = run
        .history
        .epochs
        .iter()
        .map(|point| {
            json!({
                "epoch": point.epoch,
                "step": point.step,
                "metrics": metrics(&point.metrics),
            })
        })
        .collect();
    let batches: Vec<Json> = run
        .history
        .batches
        .iter()
        .map(|b| {
            json!({
                "step": b.step,
                "count": b.count,
                "low": number(f64::from(b.low)),
                "mean": number(f64::from(b.mean)),
                "high": number(f64::from(b.high)),
            })
        })
        .collect();
    json!({ "epochs": epochs, "batches": batches })
}

fn metrics(metrics: &crate::lesson::metric::Metrics) -> Json {
    let map: BTreeMap<String, Json> = metrics
        .iter()
        .map(|(metric, x)| (format!("{metric:?}"), number(*x)))
        .collect();
    json!(map)
}
