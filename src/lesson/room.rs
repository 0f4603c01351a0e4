//! Rooms beside the lessons: places to try things out. Nothing in them is
//! graded.
//!
//! There is one so far, the sandbox: a cell per model in which everything
//! can be turned. Which knobs and pictures a cell has depends on what its
//! knobs say, so cells are made anew as they are turned.

use crate::data::DataKind;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::knob::Value;
use crate::lesson::possible::is_plane;
use crate::lesson::sandbox;
use crate::lesson::schema::Cell;
use crate::lesson::schema::FORMAT;
use crate::lesson::schema::Lesson;
use crate::lesson::schema::Model;
use crate::lesson::schema::ModelKind;
use crate::lesson::schema::Panel;

/// The id of the sandbox.
pub const SANDBOX: &str = "R5";

/// What a knob of a sandbox is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What is learned from.
    Data,
    /// What learns.
    Model,
    /// What makes learning harder, so that the code becomes better.
    Regularizer,
    /// How it learns.
    Training,
    /// How the code is judged.
    Judge,
}

/// The models in the order of the course.
const ORDER: [ModelKind; 6] = [
    ModelKind::Autoencoder,
    ModelKind::Convolutional,
    ModelKind::Variational,
    ModelKind::Stacked,
    ModelKind::Pca,
    ModelKind::Line,
];

impl Lesson {
    /// Whether it is a room: a place to try things, with nothing to do.
    pub fn is_room(&self) -> bool {
        self.id.starts_with('R')
    }
}

impl Group {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Data,
        Self::Model,
        Self::Regularizer,
        Self::Training,
        Self::Judge,
    ];

    /// Its name on the screen.
    pub fn label(self, language: &str) -> &'static str {
        let pt = language.starts_with("pt");
        match (self, pt) {
            (Self::Data, false) => "data",
            (Self::Data, true) => "dados",
            (Self::Model, false) => "model",
            (Self::Model, true) => "modelo",
            (Self::Regularizer, false) => "regularizer",
            (Self::Regularizer, true) => "regularizador",
            (Self::Training, false) => "training",
            (Self::Training, true) => "treino",
            (Self::Judge, false) => "judge",
            (Self::Judge, true) => "juiz",
        }
    }

    /// The group of a knob.
    pub fn of(knob: KnobId) -> Self {
        match knob {
            KnobId::Data
            | KnobId::Examples
            | KnobId::States
            | KnobId::Correlation
            | KnobId::Noise
            | KnobId::Shift
            | KnobId::PatchSize
            | KnobId::Whitening
            | KnobId::InputScale
            | KnobId::Contamination => Self::Data,
            KnobId::Corruption
            | KnobId::CorruptionLevel
            | KnobId::FreshNoise
            | KnobId::NoisyTarget
            | KnobId::Emphasis
            | KnobId::Sparsity
            | KnobId::SparsityTarget
            | KnobId::SparsityWeight
            | KnobId::ActiveUnits
            | KnobId::AnnealK
            | KnobId::Contraction
            | KnobId::WeightDecay
            | KnobId::CodeNoise
            | KnobId::KlWeight
            | KnobId::ReconstructionWeight
            | KnobId::WarmUp
            | KnobId::Pretraining
            | KnobId::PretrainEpochs => Self::Regularizer,
            KnobId::Loss
            | KnobId::LearningRate
            | KnobId::Optimizer
            | KnobId::BatchSize
            | KnobId::Epochs
            | KnobId::InitScale
            | KnobId::Seed
            | KnobId::Labels
            | KnobId::FineTune
            | KnobId::Reduction
            | KnobId::Reparametrized => Self::Training,
            KnobId::Probe
            | KnobId::LabelsPerClass
            | KnobId::Threshold
            | KnobId::RoundCode
            | KnobId::Temperature => Self::Judge,
            _ => Self::Model,
        }
    }
}

/// The sandbox in a language.
pub fn sandbox(language: &str) -> Lesson {
    let pt = language.starts_with("pt");
    let say = |en: &str, pt_text: &str| {
        (if pt { pt_text } else { en }).to_owned()
    };
    let cells = ORDER.into_iter().map(|kind| {
        let data = match kind {
            ModelKind::Line => DataKind::Gauss2d,
            _ => DataKind::Digits,
        };
        let cell = Model {
            id: kind.name().to_owned(),
            text: format!("{} {}", about(kind, pt), models(pt)),
            ..sandbox::cell(kind, data)
        };
        Cell::Model(Box::new(fitted(&cell, &Settings::default())))
    });
    Lesson {
        format: FORMAT,
        id: SANDBOX.to_owned(),
        title: say("Sandbox", "Caixa de areia (sandbox)"),
        summary: say(
            "Any data, any model, any regularizer, every knob. Nothing \
             here is graded.",
            "Quaisquer dados, qualquer modelo, qualquer regularizador, \
             todos os botões. Nada aqui vale nota.",
        ),
        slide: String::new(),
        minutes: 0,
        after: Vec::new(),
        cells: cells.collect(),
    }
}

/// The cell with the knobs that matter for these settings, by group, and
/// the pictures that can be made.
pub fn fitted(cell: &Model, settings: &Settings) -> Model {
    let data = match settings.get(KnobId::Data) {
        Some(Value::Word(word)) => DataKind::from_name(word),
        _ => None,
    };
    let full = sandbox::cell(cell.model, data.unwrap_or(cell.data));
    let mut knobs = full.knobs;
    knobs.retain(|knob| matters(cell.model, knob.id, settings));
    // Stable: within a group the order of the table stays.
    knobs.sort_by_key(|knob| Group::of(knob.id));
    let mut panels = full.panels;
    panels.retain(|panel| fits(full.model, full.data, *panel, settings));
    Model { knobs, panels, ..cell.clone() }
}

/// Whether a picture has something to show as the knobs are.
fn fits(
    model: ModelKind,
    data: DataKind,
    panel: Panel,
    settings: &Settings,
) -> bool {
    match panel {
        Panel::Manifold => match settings.get(KnobId::CodeSize) {
            Some(Value::Number(size)) => (*size - 2.0).abs() < 0.5,
            _ => model == ModelKind::Variational,
        },
        // A base per code unit: nothing lies between code and output.
        Panel::Assembly => {
            settings.whole(KnobId::Hidden) == 0
                || settings.whole(KnobId::Depth) == 0
        }
        // Number by number: only a tiny network has few enough of them.
        Panel::SlowMotion => is_plane(data) || data == DataKind::Onehot,
        _ => true,
    }
}

/// Whether a knob does anything as the others are.
fn matters(model: ModelKind, knob: KnobId, settings: &Settings) -> bool {
    let word = |id: KnobId| settings.word(id);
    let stacked = model == ModelKind::Stacked;
    match knob {
        KnobId::CorruptionLevel if stacked => {
            word(KnobId::Pretraining) == "denoising"
        }
        KnobId::Contraction if stacked => {
            word(KnobId::Pretraining) == "contractive"
        }
        KnobId::PretrainEpochs => word(KnobId::Pretraining) != "none",
        KnobId::CorruptionLevel
        | KnobId::FreshNoise
        | KnobId::NoisyTarget
        | KnobId::Emphasis => word(KnobId::Corruption) != "none",
        KnobId::SparsityTarget => word(KnobId::Sparsity) == "kl",
        KnobId::SparsityWeight => {
            matches!(word(KnobId::Sparsity).as_str(), "kl" | "l1")
        }
        KnobId::ActiveUnits | KnobId::AnnealK => {
            word(KnobId::Sparsity) == "k-sparse"
        }
        KnobId::LabelsPerClass => word(KnobId::Probe) != "none",
        KnobId::Taper => settings.whole(KnobId::Depth) > 1,
        _ => true,
    }
}

fn models(pt: bool) -> &'static str {
    if pt { "Outros: `j` `k`." } else { "Others: `j` `k`." }
}

/// What the model is, in a row of a small window with the keys behind it.
fn about(kind: ModelKind, pt: bool) -> &'static str {
    match (kind, pt) {
        (ModelKind::Autoencoder, false) => {
            "**Autoencoder**: dense layers, any regularizer."
        }
        (ModelKind::Autoencoder, true) => {
            "**Autoencoder**: camadas densas, qualquer regularizador."
        }
        (ModelKind::Convolutional, false) => {
            "**Convolutional**: small filters slide over images."
        }
        (ModelKind::Convolutional, true) => {
            "**Convolucional**: pequenos filtros percorrem imagens."
        }
        (ModelKind::Variational, false) => {
            "**Variational**: codes are clouds; draw from them."
        }
        (ModelKind::Variational, true) => {
            "**Variacional**: códigos são nuvens; sorteie delas."
        }
        (ModelKind::Stacked, false) => {
            "**Stacked**: layer by layer, then a classifier."
        }
        (ModelKind::Stacked, true) => {
            "**Empilhado**: camada a camada, depois um classificador."
        }
        (ModelKind::Pca, false) => "**PCA**: the best linear code.",
        (ModelKind::Pca, true) => "**PCA**: o melhor código linear.",
        (ModelKind::Line, false) => {
            "**A line** through points of the plane, by hand."
        }
        (ModelKind::Line, true) => {
            "**Uma reta** por pontos do plano, à mão."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(cell: &Model) -> Vec<KnobId> {
        cell.knobs.iter().map(|knob| knob.id).collect()
    }

    #[test]
    fn the_sandbox_has_a_cell_per_model_in_every_language() {
        for language in ["en", "pt-BR"] {
            let room = sandbox(language);
            assert!(room.is_room());
            assert_eq!(room.cells.len(), ModelKind::ALL.len());
            for kind in ModelKind::ALL {
                assert!(room.model(kind.name()).is_some(), "{kind:?}");
            }
        }
    }

    #[test]
    fn knobs_come_and_go_with_what_they_belong_to() {
        let room = sandbox("en");
        let cell = room.model("autoencoder").unwrap();
        assert!(!ids(cell).contains(&KnobId::CorruptionLevel));
        let word = |word: &str| Value::Word(word.to_owned());
        let noisy =
            Settings::default().with(KnobId::Corruption, word("mask"));
        let noisy = fitted(cell, &noisy);
        assert!(ids(&noisy).contains(&KnobId::CorruptionLevel));
        let plane = Settings::default().with(KnobId::Data, word("ring2d"));
        let plane = fitted(cell, &plane);
        assert!(ids(&plane).contains(&KnobId::Noise));
        assert_ne!(plane.panels, cell.panels);
        assert_eq!(plane.data, cell.data, "the start stays the same");
    }

    #[test]
    fn pictures_come_and_go_with_the_code() {
        let room = sandbox("en");
        let dense = room.model("autoencoder").unwrap();
        let flat = room.model("variational").unwrap();
        assert!(!dense.panels.contains(&Panel::Manifold));
        assert!(dense.panels.contains(&Panel::Assembly));
        assert!(flat.panels.contains(&Panel::Manifold));
        let turn = |knob, x| {
            fitted(dense, &Settings::default().with(knob, Value::Number(x)))
        };
        let two = turn(KnobId::CodeSize, 2.0);
        assert!(two.panels.contains(&Panel::Manifold));
        let deep = turn(KnobId::Hidden, 64.0);
        assert!(!deep.panels.contains(&Panel::Assembly));
    }

    #[test]
    fn groups_lie_together() {
        for cell in &sandbox("en").cells {
            let Cell::Model(model) = cell else { panic!("{cell:?}") };
            let groups: Vec<Group> =
                model.knobs.iter().map(|k| Group::of(k.id)).collect();
            assert!(groups.is_sorted(), "{groups:?}");
        }
    }
}
