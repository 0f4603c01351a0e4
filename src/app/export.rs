//! A run or a cell as text, for a file or the clipboard.

use crate::app::effect::Effect;
use crate::app::model_cell::diff;
use crate::app::state::App;
use crate::data::grouped::grouped;
use crate::lesson::knob::short;
use crate::lesson::schema::Cell;
use crate::train::record::RunRecord;
use std::fmt::Write;

impl App {
    /// Writes the run that is shown to a text file.
    pub(super) fn export(&mut self) {
        let Some((lesson, cell)) = self.focused() else { return };
        let id = lesson.cells.get(cell).map_or("", Cell::id);
        let Some(run) = self.shown_run(cell) else {
            return self.tell(
                "Nothing to export: this experiment has not run yet.",
                "Nada a exportar: este experimento ainda não rodou.",
            );
        };
        let head = format!("{}/{id}, run {}", lesson.id, run.number);
        let name = format!("{}-{id}-{}.txt", lesson.id, run.number);
        let mut text = format!("{head}\n\n{}", as_text(run));
        if let Some(other) = self.compared_run(cell) {
            let number = other.number;
            let _ = writeln!(text, "\nCompared with run {number}:");
            for (id, here, there) in diff(&run.settings, &other.settings) {
                let label = id.info().label;
                let _ = writeln!(text, "  {label}: {here} / {there}");
            }
        }
        self.memory.out.push(Effect::Export(name, text));
    }

    /// Puts the cell in focus on the clipboard.
    pub(super) fn yank(&mut self) {
        let Some((lesson, cell)) = self.focused() else { return };
        let Some(of) = lesson.cells.get(cell) else { return };
        let text = match of {
            Cell::Model(model) => {
                let mut line =
                    format!("gargalo run {}/{}", lesson.id, model.id);
                let turned =
                    self.cell_progress(cell).map(|record| &record.knobs);
                for (id, value) in turned.iter().flat_map(|t| &t.0) {
                    let name = id.info().name;
                    let _ = write!(line, " --set {name}={value}");
                }
                line
            }
            Cell::Formula(formula) => formula.tex.clone(),
            Cell::Text(text) => text.text.clone(),
            Cell::Code(code) => format!("{}: {}", code.file, code.item),
            Cell::Predict(predict) => predict.text.clone(),
            Cell::Quiz(quiz) => quiz.text.clone(),
            Cell::Exercise(exercise) => exercise.text.clone(),
            Cell::Misconception(idea) => idea.truth.clone(),
            Cell::Review(review) => review.lines.join("\n"),
            Cell::Setup(setup) => setup.text.clone(),
        };
        self.memory.out.push(Effect::Copy(text));
        self.tell("Copied.", "Copiado.");
    }
}

/// Everything about a run that is worth reading.
fn as_text(run: &RunRecord) -> String {
    let mut text = format!("{}: {}\n", run.outcome(), run.reason);
    let _ = writeln!(
        text,
        "{} parameters, {} steps, {} epochs, {:.1} s",
        grouped(run.parameters),
        grouped(run.steps),
        short(run.epochs),
        run.seconds
    );
    text.push_str("\nKnobs\n");
    for (id, value) in &run.settings.0 {
        let _ = writeln!(text, "  {}: {value}", id.info().name);
    }
    text.push_str("\nMetrics\n");
    for (metric, value) in &run.metrics {
        let _ = writeln!(text, "  {}: {}", metric.label(), short(*value));
    }
    text.push_str("\nCurve: epoch and metrics\n");
    for point in &run.history.epochs {
        let _ = write!(text, "  {}", short(point.epoch));
        for (metric, value) in &point.metrics {
            let _ = write!(text, "  {} {}", metric.label(), short(*value));
        }
        text.push('\n');
    }
    for mark in &run.history.marks {
        let label = mark.knob.info().label;
        let value = &mark.value;
        let _ = writeln!(text, "  step {}: {label} = {value}", mark.step);
    }
    text
}
