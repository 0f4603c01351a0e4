//! The one place where the knobs of a cell become an order to train.

use crate::app::state::App;
use crate::app::state::Part;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::schema::Model;
use crate::train::config::ConfigError;
use crate::train::config::RunConfig;
use crate::train::cost::Cost;
use crate::train::knobs;

impl App {
    /// What a run of a cell would cost with its knobs as they are; none if
    /// it cannot be run.
    pub fn cost(&self, cell: usize) -> Option<Cost> {
        let (model, state) = self.model(cell)?;
        let config = config_for(model, &state.settings, 1).ok()?;
        Some(config.cost())
    }

    /// The knobs of a cell that are not as its lesson has them.
    pub fn turned(&self, cell: usize) -> Vec<KnobId> {
        let Some((model, state)) = self.model(cell) else {
            return Vec::new();
        };
        let start = start_of(model);
        let ids = model.knobs.iter().map(|knob| knob.id);
        ids.filter(|id| start.value(*id) != state.settings.value(*id))
            .collect()
    }
}

/// A checked order for the run of a cell with this number.
///
/// # Errors
/// Which knob is wrong, and why.
pub(super) fn config_for(
    model: &Model,
    settings: &Settings,
    number: u32,
) -> Result<RunConfig, ConfigError> {
    RunConfig::new(model, settings, number)
}

/// Where the knobs of a cell start: what the lesson says, and the value of
/// the model for those on offer that the lesson does not set.
pub fn start_of(model: &Model) -> Settings {
    let all = knobs::complete(model, &Settings::default());
    let mut start = model.settings.clone();
    for knob in &model.knobs {
        start.0.insert(knob.id, all.value(knob.id));
    }
    start
}

/// Where the cursor starts: on the first knob, if there is one.
pub(super) fn first_part(model: &Model) -> Part {
    if model.knobs.is_empty() { Part::Pictures } else { Part::Knobs }
}
