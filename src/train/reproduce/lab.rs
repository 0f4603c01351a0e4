//! The lab: data, seeds, and somebody who may say stop.

use crate::data::DataKind;
use crate::data::DataSpec;
use crate::data::Dataset;
use crate::data::Library;
use crate::train::baseline::Baseline;
use crate::train::cache::Cache;
use std::sync::Arc;

/// How many seeds the mean of an order is taken over, usually.
pub const SEEDS: u64 = 3;

/// Images of all of MNIST and of all of Fashion-MNIST.
const ALL: usize = 60_000;

/// Why a row came to no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Halt {
    /// Somebody said stop.
    #[error("Stopped before the end.")]
    Stopped,
    /// The row is as large as it will ever be.
    #[error(
        "This row has no long version: leave out --full, and it runs on \
         the data inside the program."
    )]
    NotFull,
    /// The data could not be had; the sentence says why.
    #[error("{0}")]
    Data(String),
}

/// Small on the built-in data, or as the paper did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// At most two minutes on the data inside the program.
    Small,
    /// As large as in the source, on the user's full data.
    Full,
}

/// Who watches a row at work.
pub trait Watcher {
    /// Takes a few words about what is going on.
    fn say(&mut self, what: &str);
    /// Whether to stop now.
    fn stopped(&self) -> bool;
}

/// Nobody watches, nobody stops.
#[derive(Debug, Clone, Copy, Default)]
pub struct Alone;

impl Watcher for Alone {
    fn say(&mut self, _: &str) {}

    fn stopped(&self) -> bool {
        false
    }
}

/// What a row works with.
pub struct Lab<'a> {
    /// Where data sets come from.
    pub library: &'a Library,
    /// Small or full.
    pub scale: Scale,
    /// The first seed.
    pub seed: u64,
    /// How many seeds the mean of an order is taken over.
    pub seeds: u64,
    /// Threads to train with; the result does not depend on it.
    pub threads: usize,
    /// Who watches.
    pub watcher: &'a mut dyn Watcher,
    /// What rows share.
    cache: Cache,
}

impl<'a> Lab<'a> {
    /// A small lab for one thread.
    pub fn new(
        library: &'a Library,
        seed: u64,
        watcher: &'a mut dyn Watcher,
    ) -> Self {
        let (scale, threads, cache) = (Scale::Small, 1, Cache::new());
        let seeds = SEEDS;
        Self { library, scale, seed, seeds, threads, watcher, cache }
    }

    /// One of two values, by the scale.
    pub fn pick<T>(&self, small: T, full: T) -> T {
        match self.scale {
            Scale::Small => small,
            Scale::Full => full,
        }
    }

    /// The seeds of an order, from the first one on.
    pub fn seeds(&self) -> std::ops::Range<u64> {
        self.seed..self.seed + self.seeds
    }

    /// A data set with its usual settings.
    ///
    /// # Errors
    ///
    /// When it cannot be had, or the whole of it is wanted and is not
    /// there.
    pub fn data(&self, kind: DataKind) -> Result<Arc<Dataset>, Halt> {
        self.shaped(&DataSpec::new(kind))
    }

    /// A data set with settings of its own.
    ///
    /// # Errors
    ///
    /// As [`data`](Self::data).
    pub fn shaped(&self, spec: &DataSpec) -> Result<Arc<Dataset>, Halt> {
        let data = self.cache.dataset(self.library, spec);
        let data = data.map_err(|why| Halt::Data(why.to_string()))?;
        let pictures = [DataKind::Digits, DataKind::Fashion];
        let whole = spec.examples == 0 && pictures.contains(&spec.kind);
        let n = data.train.len();
        if self.scale == Scale::Full && whole && n < ALL {
            return Err(Halt::Data(wanted(spec.kind, n)));
        }
        Ok(data)
    }

    /// PCA of a data set, with every number of axes at once.
    pub fn baseline(&self, data: &Dataset) -> Arc<Baseline> {
        self.cache.baseline(data)
    }

    /// Goes on, unless somebody said stop.
    ///
    /// # Errors
    ///
    /// [`Halt::Stopped`].
    pub fn go_on(&self) -> Result<(), Halt> {
        match self.watcher.stopped() {
            true => Err(Halt::Stopped),
            false => Ok(()),
        }
    }
}

/// Which data a full row needs, and how they get here.
fn wanted(kind: DataKind, n: usize) -> String {
    let set = match kind {
        DataKind::Fashion => "Fashion-MNIST",
        _ => "MNIST",
    };
    format!(
        "The full row needs all {ALL} training images of {set}, and there \
         are {n}. Put its four files, train-images-idx3-ubyte, \
         train-labels-idx1-ubyte, t10k-images-idx3-ubyte and \
         t10k-labels-idx1-ubyte, as they are published, plain or as .gz, \
         into a folder DIR/{} and add --folder DIR. This program downloads \
         nothing.",
        kind.name()
    )
}

/// The mean of a few numbers.
pub fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len().max(1) as f64
}

/// The standard deviation of a sample (divided by n - 1).
pub fn deviation(numbers: &[f64]) -> f64 {
    let middle = mean(numbers);
    let squares = numbers.iter().map(|x| (x - middle) * (x - middle));
    let n = numbers.len().saturating_sub(1).max(1);
    (squares.sum::<f64>() / n as f64).sqrt()
}
