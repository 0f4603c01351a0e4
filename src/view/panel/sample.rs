//! Made-up runs for the tests of the panels.

use crate::lesson::goal::Status;
use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::lesson::knob::Value;
use crate::lesson::metric::Metric;
use crate::lesson::metric::Metrics;
use crate::lesson::schema::Baseline;
use crate::lesson::schema::ModelKind;
use crate::train::history::Bucket;
use crate::train::history::EpochPoint;
use crate::train::history::History;
use crate::train::history::Mark;
use crate::train::record::RunRecord;
use crate::train::snapshot::Cloud;
use crate::train::snapshot::CodeTable;
use crate::train::snapshot::Dot;
use crate::train::snapshot::Example;
use crate::train::snapshot::Heat;
use crate::train::snapshot::Image;
use crate::train::snapshot::Layer;
use crate::train::snapshot::SlowMotion;
use crate::train::snapshot::Snapshot;
use crate::train::snapshot::UnitView;
use crate::view::panel::Shown;

/// A finished run of 20 epochs with 40 steps each, K = 8, as it could be.
pub fn run() -> RunRecord {
    let settings = Settings::default()
        .with(KnobId::CodeSize, Value::Number(8.0))
        .with(KnobId::Epochs, Value::Number(20.0));
    let history = history();
    let mut metrics = history.epochs[20].metrics.clone();
    metrics.insert(Metric::MeanTestMse, 0.0673);
    metrics.insert(Metric::PcaTestMse, 0.0374);
    metrics.insert(Metric::Parameters, 203_672.0);
    metrics.insert(Metric::VarianceKept, 0.448);
    RunRecord {
        format: crate::train::record::FORMAT,
        number: 3,
        model: ModelKind::Autoencoder,
        settings: settings.clone(),
        start: settings,
        data_hash: 1,
        parameters: 203_672,
        steps: 800,
        epochs: 20.0,
        seconds: 2.5,
        status: Status::Finished,
        reason: String::new(),
        history,
        metrics,
        snapshot: snapshot(),
        pinned: false,
    }
}

/// A run as a panel shows it.
pub fn shown<'a>(run: &'a RunRecord) -> Shown<'a> {
    Shown {
        history: (&run.history).into(),
        snapshot: Some(&run.snapshot),
        metrics: &run.metrics,
        claims: &[],
        baselines: &[Baseline::Mean, Baseline::Pca],
        settings: &run.settings,
        total_epochs: 20.0,
        other: None,
        runs: std::slice::from_ref(run),
        look: 0,
        log: false,
        bare: false,
        aligned: false,
    }
}

fn history() -> History {
    let loss = |epoch: f64| 0.038 + 0.193 * (-epoch / 2.0).exp();
    let batches = (1..=800_u16).map(|step| {
        let mean = loss(f64::from(step) / 40.0) as f32;
        let wave = 1.0 + 0.1 * (f32::from(step) * 0.7).sin();
        let step = u64::from(step);
        let (low, high) = (0.95 * mean * wave, 1.05 * mean * wave);
        Bucket { step, count: 1, low, mean: mean * wave, high }
    });
    let epochs = (0..=20_u16).map(|epoch| {
        let step = 40 * u64::from(epoch);
        let epoch = f64::from(epoch);
        let metrics = Metrics::from([
            (Metric::TrainMse, loss(epoch)),
            (Metric::TestMse, 1.04 * loss(epoch)),
        ]);
        EpochPoint { step, epoch, metrics }
    });
    History {
        batches: batches.collect(),
        epochs: epochs.collect(),
        marks: vec![Mark {
            step: 200,
            knob: KnobId::LearningRate,
            value: Value::Number(0.003),
        }],
        symptoms: Vec::new(),
    }
}

fn ring(size: u16, radius: f32, signed: bool) -> Image {
    let middle = f32::from(size - 1) / 2.0;
    let pixel = |i: u16| {
        let x = f32::from(i % size) - middle;
        let y = f32::from(i / size) - middle;
        let far = (x.hypot(y) / middle - radius).abs();
        let light = (1.0 - 4.0 * far).max(0.0);
        (if signed { 128.0 + 120.0 * light } else { 255.0 * light }) as u8
    };
    let pixels = (0..size * size).map(pixel).collect();
    Image { width: size, height: size, pixels, signed }
}

fn example(label: u8) -> Example {
    Example {
        label,
        test: label != 2,
        original: ring(28, 0.6, false),
        corrupted: None,
        reconstruction: ring(28, 0.55, false),
        difference: ring(28, 0.7, true),
        code: (0..8_u8).map(|i| f32::from(i) / 4.0 - 0.9).collect(),
        error: 0.01 + f32::from(label) / 100.0,
    }
}

fn dot(i: u8) -> Dot {
    let angle = f32::from(i) / 8.0;
    Dot { x: 3.0 * angle.cos(), y: angle.sin(), label: i % 10 }
}

fn snapshot() -> Snapshot {
    let mut snapshot = plain();
    crate::view::panel::sample_models::add_to(&mut snapshot);
    snapshot
}

fn plain() -> Snapshot {
    Snapshot {
        step: 800,
        epoch: 20.0,
        examples: (0..6).map(example).collect(),
        filters: (1..=12)
            .map(|i: u8| ring(28, f32::from(i) / 12.0, true))
            .collect(),
        map: (0..50).map(dot).collect(),
        cloud: Some(Cloud {
            points: (0..50).map(dot).collect(),
            mapped: (0..50).map(|i| Dot { y: 0.0, ..dot(i) }).collect(),
            arrows: vec![(
                "eixo 1 – é".to_owned(),
                Dot { x: 0.0, y: 0.0, label: 0 },
                Dot { x: 2.0, y: 2.0, label: 0 },
            )],
            ..Cloud::default()
        }),
        table: Some(table()),
        spectrum: (1..=40_u8).map(|i| 0.2 / f32::from(i)).collect(),
        layers: layers(),
        heat: Some(Heat {
            title: "corrélation × pixels".to_owned(),
            width: 12,
            values: (0..144_u8)
                .map(|i| f32::from(i) / 72.0 - 1.0)
                .collect(),
        }),
        unit: Some(unit()),
        slow: Some(slow()),
        bars: vec![
            ("4".to_owned(), 0.047),
            ("8".to_owned(), 0.0374),
            ("16".to_owned(), 0.0265),
            ("variance kept".to_owned(), 1.5),
            ("error".to_owned(), 0.3),
            ("digits".to_owned(), 0.03),
            ("noise".to_owned(), 0.29),
        ],
        ..Snapshot::default()
    }
}

fn table() -> CodeTable {
    let bit = |pattern: u8, unit: u8| f32::from(pattern >> unit & 1);
    CodeTable {
        codes: (0..8)
            .map(|p| (0..3).map(|k| 0.1 + 0.8 * bit(p, k)).collect())
            .collect(),
        winner: vec![0, 1, 2, 3, 4, 5, 6, 7],
        strength: vec![0.9; 8],
        rounded_winner: vec![0, 1, 2, 3, 4, 5, 2, 7],
    }
}

fn layers() -> Vec<Layer> {
    [("encoder 1", 784, 128), ("code", 128, 8), ("decoder 1", 8, 784)]
        .into_iter()
        .map(|(name, inputs, outputs)| Layer {
            name: name.to_owned(),
            inputs,
            outputs,
            activation: "relu".to_owned(),
            parameters: inputs * outputs + outputs,
        })
        .collect()
}

fn unit() -> UnitView {
    UnitView {
        layer: "encoder 1".to_owned(),
        unit: 12,
        example: Some(ring(28, 0.6, false)),
        picture: Some(ring(28, 0.4, true)),
        terms: vec![(406, 1.0, 0.31, 0.31), (378, 0.9, -0.2, -0.18)],
        sum: 1.2,
        bias: -0.2,
        activation: "sigmoid".to_owned(),
        output: 0.731,
    }
}

fn slow() -> SlowMotion {
    SlowMotion {
        input: vec![0.0, 1.0, 0.0, 0.0],
        code: vec![0.62, 0.31],
        output: vec![0.28, 0.55, 0.31, 0.22],
        loss: 0.113,
        loss_after: 0.109,
        weights: vec![
            ("W1[1,0]".to_owned(), 0.42, -0.0312, -0.0312, 0.4512),
            ("W2[0,1]".to_owned(), 0.13, -0.0623, -0.0624, 0.1923),
        ],
    }
}
