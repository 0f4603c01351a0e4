//! One run, from a configuration to a record.
//!
//! A plain function: the worker thread, the headless command, the lesson
//! checks and the tests call it with another [`Link`].

use crate::data::Dataset;
use crate::data::Library;
use crate::lesson::knob::KnobId;
use crate::lesson::schema::ModelKind;
use crate::train::Control;
use crate::train::Link;
use crate::train::TrainEvent;
use crate::train::by_hand;
use crate::train::cache::Cache;
use crate::train::config::RunConfig;
use crate::train::descent::Descent;
use crate::train::limits;
use crate::train::net::Net;
use crate::train::prepare;
use crate::train::record::RunRecord;
use crate::train::stacking;
use crate::train::turning;
use std::sync::Arc;
use std::time::Instant;

/// Runs what the configuration asks for and tells `link` about it: first
/// `Started`, then `Progress` when it is welcome, at last `Ended`. If the
/// run cannot be, only `Failed`.
pub fn run(
    config: &RunConfig,
    library: &Library,
    cache: &Cache,
    link: &mut dyn Link,
) {
    kept(config, library, cache, link);
}

/// The same; returns the network if there is one, and its data.
fn kept(
    config: &RunConfig,
    library: &Library,
    cache: &Cache,
    link: &mut dyn Link,
) -> Option<Trained> {
    // Whoever made the configuration by hand is checked here, too.
    if let Err(error) = config.check() {
        link.report(TrainEvent::Failed(error.message));
        return None;
    }
    let data = match cache.dataset(library, &config.spec()) {
        Ok(data) => prepare::prepared(config, data),
        Err(error) => {
            link.report(TrainEvent::Failed(error.to_string()));
            return None;
        }
    };
    // Only now are the classes and the size of a user's own examples
    // known.
    let classes = stacking::classes(&data);
    if let Err(error) = limits::check_classes(config, classes) {
        link.report(TrainEvent::Failed(error.message));
        return None;
    }
    let features = data.train.features();
    let code = config.settings.whole(KnobId::CodeSize);
    if config.model == ModelKind::Pca && code > features {
        let message = format!(
            "PCA on these data has {features} components, so code size K \
             = {code} is too many. Choose 1 to {features}.",
        );
        link.report(TrainEvent::Failed(message));
        return None;
    }
    let desk = Bench { config, library, cache, data: &data };
    let (record, net) = match config.model {
        ModelKind::Pca => (turning::run(desk, link), None),
        ModelKind::Line => (by_hand::run(desk, link), None),
        ModelKind::Autoencoder
        | ModelKind::Convolutional
        | ModelKind::Stacked
        | ModelKind::Variational => {
            let (record, net) = Descent::new(desk, link).run();
            (record, Some(net))
        }
    };
    link.report(TrainEvent::Ended(Box::new(record)));
    net.map(|net| Trained { net, data })
}

/// A network after its run.
#[derive(Debug)]
pub struct Trained {
    /// The network.
    pub net: Net,
    /// The data of the run.
    pub data: Arc<Dataset>,
}

/// What every kind of run works with.
#[derive(Clone, Copy)]
pub struct Bench<'a> {
    /// The order.
    pub config: &'a RunConfig,
    /// Where data sets come from.
    pub library: &'a Library,
    /// What runs share.
    pub cache: &'a Cache,
    /// The data of this run.
    pub data: &'a Dataset,
}

/// Runs without anybody watching, as fast as it goes.
///
/// # Errors
///
/// The sentence of [`TrainEvent::Failed`].
pub fn train(
    config: &RunConfig,
    library: &Library,
    cache: &Cache,
) -> Result<RunRecord, String> {
    train_and_keep(config, library, cache).map(|(record, _)| record)
}

/// The same; returns the network, too, if the model is one.
///
/// # Errors
///
/// As [`train`].
pub fn train_and_keep(
    config: &RunConfig,
    library: &Library,
    cache: &Cache,
) -> Result<(RunRecord, Option<Trained>), String> {
    let mut link = Unwatched { since: Instant::now(), end: None };
    let trained = kept(config, library, cache, &mut link);
    let silent = || Err("The run ended without a result.".to_owned());
    Ok((link.end.unwrap_or_else(silent)?, trained))
}

/// A link to nobody.
struct Unwatched {
    since: Instant,
    end: Option<Result<RunRecord, String>>,
}

impl Link for Unwatched {
    fn orders(&mut self, paused: bool) -> Vec<Control> {
        // Nobody would ever let it go on.
        if paused { vec![Control::Resume] } else { Vec::new() }
    }

    fn report(&mut self, event: TrainEvent) {
        match event {
            TrainEvent::Ended(record) => self.end = Some(Ok(*record)),
            TrainEvent::Failed(why) => self.end = Some(Err(why)),
            TrainEvent::Started(_) | TrainEvent::Progress(_) => {}
        }
    }

    fn due(&mut self) -> bool {
        false
    }

    fn stopped(&self) -> bool {
        false
    }

    fn seconds(&self) -> f64 {
        self.since.elapsed().as_secs_f64()
    }
}
