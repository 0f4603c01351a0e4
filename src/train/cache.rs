//! What several runs share: data sets and the axes of PCA.
//!
//! A plain value that the caller makes and passes on; there is no global
//! one. Nothing in it depends on which run came first.

use crate::data::DataError;
use crate::data::DataSpec;
use crate::data::Dataset;
use crate::data::Library;
use crate::train::baseline::Baseline;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

/// Most data sets kept; 2,000 digits and their test set are 13 MB.
const MOST_DATASETS: usize = 4;

/// Most baselines kept; one of 784 features is 2.5 MB.
const MOST_BASELINES: usize = 16;

/// Data sets and baselines that were needed lately.
#[derive(Debug, Default)]
pub struct Cache {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// Oldest first.
    datasets: Vec<(DataSpec, Arc<Dataset>)>,
    /// By the fingerprint of the data, oldest first.
    baselines: Vec<(u64, Arc<Baseline>)>,
}

impl Cache {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// The data set, loaded now or lately.
    ///
    /// # Errors
    ///
    /// As [`Library::load`].
    pub fn dataset(
        &self,
        library: &Library,
        spec: &DataSpec,
    ) -> Result<Arc<Dataset>, DataError> {
        let found = {
            let kept = self.kept();
            let mut all = kept.datasets.iter();
            all.find(|(s, _)| s == spec).map(|(_, data)| Arc::clone(data))
        };
        if let Some(data) = found {
            return Ok(data);
        }
        let data = Arc::new(library.load(spec)?);
        let mut kept = self.kept();
        kept.datasets.push((spec.clone(), Arc::clone(&data)));
        if kept.datasets.len() > MOST_DATASETS {
            kept.datasets.remove(0);
        }
        Ok(data)
    }

    /// What simple models make of the data, computed now or lately.
    pub fn baseline(&self, data: &Dataset) -> Arc<Baseline> {
        let found = {
            let kept = self.kept();
            let mut all = kept.baselines.iter();
            all.find(|(hash, _)| *hash == data.hash)
                .map(|(_, baseline)| Arc::clone(baseline))
        };
        if let Some(baseline) = found {
            return baseline;
        }
        // Not under the lock: it takes a while, and twice is harmless.
        let baseline = Arc::new(Baseline::of(data));
        let mut kept = self.kept();
        kept.baselines.push((data.hash, Arc::clone(&baseline)));
        if kept.baselines.len() > MOST_BASELINES {
            kept.baselines.remove(0);
        }
        baseline
    }

    /// A run that panicked leaves whole entries, so they still serve.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::DataKind;

    #[test]
    fn the_same_data_are_loaded_once() {
        let (cache, library) = (Cache::new(), Library::embedded());
        let spec = DataSpec::new(DataKind::Gauss2d);
        let a = cache.dataset(&library, &spec).unwrap();
        let b = cache.dataset(&library, &spec).unwrap();
        assert!(Arc::ptr_eq(&a, &b));
        let (p, q) = (cache.baseline(&a), cache.baseline(&b));
        assert!(Arc::ptr_eq(&p, &q));
    }

    #[test]
    fn the_cache_is_bounded_and_refuses_politely() {
        let (cache, library) = (Cache::new(), Library::embedded());
        let mut spec = DataSpec::new(DataKind::Gauss2d);
        for seed in 0..40 {
            spec.seed = seed;
            let data = cache.dataset(&library, &spec).unwrap();
            cache.baseline(&data);
        }
        assert_eq!(cache.kept().datasets.len(), MOST_DATASETS);
        assert_eq!(cache.kept().baselines.len(), MOST_BASELINES);
        spec.noise = f64::NAN;
        assert!(cache.dataset(&library, &spec).is_err());
    }
}
