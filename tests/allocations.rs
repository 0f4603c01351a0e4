//! A training step asks the system for no memory: what it needs, it has
//! since the first steps. Every model is trained by the function that the
//! notebook calls, and everything that any thread asks for is counted.
#![expect(
    unsafe_code,
    reason = "the memory that a program gets is counted"
)]

use gargalo::data::DataKind;
use gargalo::data::Library;
use gargalo::lesson::knob::KnobId;
use gargalo::lesson::knob::KnobId::*;
use gargalo::lesson::knob::Settings;
use gargalo::lesson::knob::Value;
use gargalo::lesson::schema::Model;
use gargalo::lesson::schema::ModelKind;
use gargalo::train::Control;
use gargalo::train::Link;
use gargalo::train::TrainEvent;
use gargalo::train::cache::Cache;
use gargalo::train::config::RunConfig;
use gargalo::train::run;
use std::alloc::GlobalAlloc;
use std::alloc::Layout;
use std::alloc::System;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

/// Counts how often memory was asked for.
struct Counting;

static ASKED: AtomicUsize = AtomicUsize::new(0);

// SAFETY: the system does the work; counting does not touch the memory.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(
        &self,
        place: *mut u8,
        layout: Layout,
        size: usize,
    ) -> *mut u8 {
        ASKED.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.realloc(place, layout, size) }
    }
}

#[global_allocator]
static MEMORY: Counting = Counting;

/// Steps that are counted; the first ones fetch what all others use.
const FROM: usize = 6;
const TO: usize = 16;

/// A link to nobody that writes down the count before every step.
#[derive(Default)]
struct Counts {
    at: Vec<usize>,
    failed: Option<String>,
}

impl Link for Counts {
    fn orders(&mut self, paused: bool) -> Vec<Control> {
        if self.at.len() < self.at.capacity() {
            self.at.push(ASKED.load(Ordering::Relaxed));
        }
        if paused { vec![Control::Resume] } else { Vec::new() }
    }

    fn report(&mut self, event: TrainEvent) {
        if let TrainEvent::Failed(why) = event {
            self.failed = Some(why);
        }
    }

    fn due(&mut self) -> bool {
        false
    }

    fn stopped(&self) -> bool {
        self.at.len() > TO
    }

    fn seconds(&self) -> f64 {
        0.0
    }
}

type Turned = Vec<(KnobId, Value)>;

fn number(knob: KnobId, x: f64) -> (KnobId, Value) {
    (knob, Value::Number(x))
}

fn word(knob: KnobId, word: &str) -> (KnobId, Value) {
    (knob, Value::Word(word.to_owned()))
}

fn switch(knob: KnobId, on: bool) -> (KnobId, Value) {
    (knob, Value::Switch(on))
}

/// How often memory was asked for in the counted steps of a run.
fn asked(
    model: ModelKind,
    knobs: &[(KnobId, Value)],
    threads: usize,
) -> usize {
    let mut all = vec![
        number(Examples, 640.0),
        number(Epochs, 20.0),
        number(BatchSize, 20.0),
    ];
    all.extend(knobs.iter().cloned());
    let cell = Model {
        id: "cell".to_owned(),
        text: String::new(),
        model,
        data: DataKind::Digits8,
        settings: Settings(all.into_iter().collect()),
        knobs: Vec::new(),
        panels: Vec::new(),
        baselines: Vec::new(),
        claims: Vec::new(),
    };
    let config = RunConfig::new(&cell, &Settings::default(), 1).unwrap();
    let config = RunConfig { threads, ..config };
    let at = Vec::with_capacity(TO + 1);
    let mut counts = Counts { at, failed: None };
    run::run(&config, &Library::embedded(), &Cache::new(), &mut counts);
    assert_eq!(counts.failed, None);
    counts.at[TO] - counts.at[FROM]
}

type Named = (&'static str, ModelKind, Turned);

fn deep() -> Turned {
    vec![number(Hidden, 48.0), number(Depth, 4.0)]
}

/// The dense autoencoder with everything that keeps it in bounds.
fn dense_ones() -> Vec<Named> {
    let sigmoid = || word(CodeActivation, "sigmoid");
    let tied = || switch(Tied, true);
    let contraction = [sigmoid(), number(Contraction, 1e-3)];
    let frozen = [word(Corruption, "gaussian"), switch(FreshNoise, false)];
    let emphasis = [word(Corruption, "salt-pepper"), number(Emphasis, 0.5)];
    // Each step of L-BFGS is an epoch; with so many of them there is a
    // look at the test set only after twenty.
    let full = [word(Optimizer, "lbfgs"), number(Epochs, 10_000.0)];
    let named: [(&str, Turned); 18] = [
        ("plain", vec![]),
        ("sgd", vec![word(Optimizer, "sgd")]),
        ("momentum", vec![word(Optimizer, "momentum")]),
        ("noise on the code", vec![number(CodeNoise, 0.3)]),
        ("decay", vec![number(WeightDecay, 1e-4)]),
        ("tied", vec![tied()]),
        ("deep", deep()),
        ("deep and tied", [&deep()[..], &[tied()]].concat()),
        ("cross-entropy", vec![word(Loss, "bce")]),
        ("kl", vec![sigmoid(), word(Sparsity, "kl")]),
        ("l1", vec![word(Sparsity, "l1")]),
        ("k-sparse", vec![word(Sparsity, "k-sparse")]),
        ("masking", vec![word(Corruption, "mask")]),
        ("frozen noise", frozen.to_vec()),
        ("emphasis", emphasis.to_vec()),
        ("contractive", contraction.to_vec()),
        ("contractive, deep", [&deep()[..], &contraction].concat()),
        ("l-bfgs", full.to_vec()),
    ];
    let dense = ModelKind::Autoencoder;
    named.into_iter().map(|(name, turned)| (name, dense, turned)).collect()
}

/// One of each kind, and the regularizers of the dense one.
fn everyone() -> Vec<Named> {
    let conv = ModelKind::Convolutional;
    let up = [word(Down, "stride"), word(Up, "transposed")];
    let pools = [word(Down, "max-pool"), word(Up, "nearest")];
    let stack = [number(PretrainEpochs, 3.0)];
    let labels = [word(Pretraining, "none"), number(Labels, 400.0)];
    let mut all = dense_ones();
    all.extend([
        ("with strides", conv, up.to_vec()),
        ("with pools", conv, pools.to_vec()),
        ("convolutional denoiser", conv, vec![word(Corruption, "mask")]),
        ("convolutional decay", conv, vec![number(WeightDecay, 1e-4)]),
        ("variational", ModelKind::Variational, vec![]),
        ("variational, deep", ModelKind::Variational, deep()),
        ("a stacked layer", ModelKind::Stacked, stack.to_vec()),
        ("fine-tuning", ModelKind::Stacked, labels.to_vec()),
    ]);
    all
}

/// A single test, for what is counted is counted for the whole program.
#[test]
fn a_training_step_asks_for_no_memory() {
    let mut all = String::new();
    for (name, model, knobs) in everyone() {
        for threads in [1, 2] {
            let count = asked(model, &knobs, threads);
            if count > 0 {
                all += &format!("{name}, {threads} threads: {count}\n");
            }
        }
    }
    assert!(all.is_empty(), "memory asked for in ten steps:\n{all}");
}
