//! Which knobs a model uses, and where they start.

use crate::data::DataKind;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::knob::Value;
use crate::lesson::schema::Model;
use crate::lesson::schema::ModelKind;

/// Knobs that shape the data of any model.
const OF_DATA: [KnobId; 7] = [
    KnobId::Data,
    KnobId::Examples,
    KnobId::States,
    KnobId::Correlation,
    KnobId::Noise,
    KnobId::Shift,
    KnobId::Seed,
];

/// Knobs of the autoencoder, those of its data included.
const OF_AUTOENCODER: [KnobId; 20] = [
    KnobId::Data,
    KnobId::Examples,
    KnobId::States,
    KnobId::Correlation,
    KnobId::Noise,
    KnobId::Shift,
    KnobId::Seed,
    KnobId::CodeSize,
    KnobId::Hidden,
    KnobId::Activation,
    KnobId::CodeActivation,
    KnobId::Tied,
    KnobId::Loss,
    KnobId::Optimizer,
    KnobId::LearningRate,
    KnobId::BatchSize,
    KnobId::Epochs,
    KnobId::InitScale,
    KnobId::CodeNoise,
    KnobId::RoundCode,
];

/// Knobs of PCA.
const OF_PCA: [KnobId; 9] = [
    KnobId::Data,
    KnobId::Examples,
    KnobId::States,
    KnobId::Correlation,
    KnobId::Noise,
    KnobId::Shift,
    KnobId::Seed,
    KnobId::CodeSize,
    KnobId::Center,
];

/// Knobs of the line turned by hand: those of the data, and its angle.
const OF_LINE: [KnobId; 7] = [
    KnobId::Data,
    KnobId::Examples,
    KnobId::Correlation,
    KnobId::Noise,
    KnobId::Shift,
    KnobId::Seed,
    KnobId::Angle,
];

/// The knobs that a model uses. Any other knob has no effect on it.
pub fn knobs_of(model: ModelKind) -> &'static [KnobId] {
    match model {
        ModelKind::Autoencoder => &OF_AUTOENCODER,
        ModelKind::Pca => &OF_PCA,
        ModelKind::Line => &OF_LINE,
    }
}

/// Where a knob starts if neither lesson nor student says.
///
/// Mostly [`KnobId::default_value`]. The encoder problem, one-bit states,
/// is about sigmoid codes, so there the code starts as a sigmoid.
pub fn default_of(data: DataKind, knob: KnobId) -> Value {
    match (knob, data) {
        (KnobId::Data, _) => Value::Word(data.name().to_owned()),
        (KnobId::CodeActivation, DataKind::Onehot) => {
            Value::Word("sigmoid".to_owned())
        }
        _ => knob.default_value(),
    }
}

/// Every knob the cell's model uses, with its value: what the student
/// turned, else what the lesson says, else the default.
pub fn complete(cell: &Model, turned: &Settings) -> Settings {
    let asked = cell.settings.merged(turned);
    let kind = match asked.get(KnobId::Data) {
        Some(Value::Word(word)) => DataKind::from_name(word),
        _ => None,
    };
    let kind = kind.unwrap_or(cell.data);
    let mut all = Settings::default();
    for &knob in knobs_of(cell.model) {
        all.0.insert(knob, default_of(kind, knob));
    }
    all.merged(&asked)
}

/// Whether a knob only matters for some data: its values elsewhere are
/// without effect, and harmless.
pub fn is_of_data(knob: KnobId) -> bool {
    OF_DATA.contains(&knob)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_knob_is_used_by_some_model() {
        let models =
            [ModelKind::Autoencoder, ModelKind::Pca, ModelKind::Line];
        let used: BTreeSet<KnobId> =
            models.iter().flat_map(|&m| knobs_of(m)).copied().collect();
        assert_eq!(used.len(), crate::lesson::knob_table::KNOBS.len());
    }

    #[test]
    fn no_model_lists_a_knob_twice() {
        for model in
            [ModelKind::Autoencoder, ModelKind::Pca, ModelKind::Line]
        {
            let list = knobs_of(model);
            let set: BTreeSet<_> = list.iter().collect();
            assert_eq!(list.len(), set.len());
        }
    }
}
