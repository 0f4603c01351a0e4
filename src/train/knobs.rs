//! Which knobs a model uses, and where they start.

use crate::data::DataKind;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::knob::Value;
use crate::lesson::knob_table::KNOBS;
use crate::lesson::possible::is_share;
use crate::lesson::schema::Model;
use crate::lesson::schema::ModelKind;

/// The knobs that a model uses on some data. Any other knob has no effect
/// on it.
pub fn knobs_of(model: ModelKind) -> Vec<KnobId> {
    let used = |knob: KnobId| {
        DataKind::ALL.into_iter().any(|data| model.uses(knob, data))
    };
    let all = KNOBS.iter().map(|row| row.id);
    all.filter(|&knob| used(knob)).collect()
}

/// Where a knob starts if neither lesson nor student says.
///
/// Mostly [`KnobId::default_value`]. The encoder problem, one-bit states,
/// is about sigmoids, so there code and output start as such. Pictures
/// halve twice in a convolutional network, and a variational one compares
/// probabilities where the data are such.
pub fn default_of(model: ModelKind, data: DataKind, knob: KnobId) -> Value {
    use KnobId as K;
    use ModelKind as M;
    let word = |word: &str| Value::Word(word.to_owned());
    match (knob, model, data) {
        (K::Data, ..) => word(data.name()),
        // Whitened patches lie around 0.
        (K::OutputActivation, _, DataKind::Patches) => word("linear"),
        (K::CodeActivation | K::OutputActivation, _, DataKind::Onehot)
        | (K::OutputActivation, M::Convolutional, _) => word("sigmoid"),
        (K::Depth, M::Convolutional, _) => Value::Number(2.0),
        (K::Loss, M::Variational, _)
            if is_share(data) && data != DataKind::Patches =>
        {
            word("bce")
        }
        (K::Loss, M::Variational, _) => word("mse"),
        (K::CodeSize, M::Variational, _) => Value::Number(2.0),
        (K::Hidden, M::Variational | M::Stacked, _) => Value::Number(64.0),
        (K::CodeSize, M::Stacked, _) => Value::Number(32.0),
        (
            K::LearningRate,
            M::Convolutional | M::Variational | M::Stacked,
            _,
        ) => Value::Number(0.002),
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
    for knob in knobs_of(cell.model) {
        all.0.insert(knob, default_of(cell.model, kind, knob));
    }
    all.merged(&asked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_knob_is_used_by_some_model() {
        let models = ModelKind::ALL.into_iter();
        let used: BTreeSet<KnobId> = models.flat_map(knobs_of).collect();
        assert_eq!(used.len(), KNOBS.len());
    }

    #[test]
    fn a_line_has_an_angle_and_no_learning_rate() {
        let line = knobs_of(ModelKind::Line);
        assert!(line.contains(&KnobId::Angle));
        assert!(!line.contains(&KnobId::LearningRate));
    }
}
