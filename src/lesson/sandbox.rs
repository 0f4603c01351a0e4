//! A cell that no lesson has: any model on any data, with all its knobs
//! and all its pictures.

use crate::data::DataKind;
use crate::lesson::knob::Settings;
use crate::lesson::knob_table::KNOBS;
use crate::lesson::schema::Model;
use crate::lesson::schema::ModelKind;
use crate::lesson::schema::Panel;

/// The pictures in the order in which a sandbox shows them: those of one
/// kind of model first.
const PANELS: [Panel; 33] = {
    use Panel::*;
    [
        LossCurve,
        Reconstructions,
        FeatureMaps,
        Sampler,
        Manifold,
        KlPerDimension,
        Traversal,
        LabelCurve,
        Signals,
        Detection,
        Field,
        Cloud,
        CodeMap,
        Raster,
        Filters,
        JacobianSpectrum,
        Identity,
        Assembly,
        Interpolation,
        Concepts,
        Probes,
        Words,
        CodeTable,
        Scree,
        Balance,
        Code,
        Correlation,
        Network,
        Unit,
        SlowMotion,
        Elbow,
        OtherData,
        Numbers,
    ]
};

/// An experiment with this model on these data, where everything may be
/// turned.
pub fn cell(model: ModelKind, data: DataKind) -> Model {
    let used = KNOBS.iter().filter(|row| model.uses(row.id, data));
    let panels = PANELS.into_iter();
    Model {
        id: "sandbox".to_owned(),
        text: String::new(),
        model,
        data,
        settings: Settings::default(),
        knobs: used.map(|row| row.id.whole_range()).collect(),
        panels: panels.filter(|p| model.shows(*p, data)).collect(),
        baselines: Vec::new(),
        claims: Vec::new(),
    }
}

impl ModelKind {
    /// The short name, as on the command line: `variational`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Autoencoder => "autoencoder",
            Self::Convolutional => "convolutional",
            Self::Line => "line",
            Self::Pca => "pca",
            Self::Stacked => "stacked",
            Self::Variational => "variational",
        }
    }

    /// The model with this short name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|model| model.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sandbox_offers_what_the_model_uses_and_shows() {
        let cell = cell(ModelKind::Variational, DataKind::Digits);
        assert!(cell.panels.contains(&Panel::Numbers));
        assert!(cell.knobs.len() > 10);
        for knob in &cell.knobs {
            assert!(cell.model.uses(knob.id, cell.data));
        }
        for model in ModelKind::ALL {
            assert_eq!(ModelKind::from_name(model.name()), Some(model));
        }
    }
}
