//! Made-up pictures of the models of the course, as they could be.

use crate::train::snapshot::Blend;
use crate::train::snapshot::Concept;
use crate::train::snapshot::Detection;
use crate::train::snapshot::Dot;
use crate::train::snapshot::Heat;
use crate::train::snapshot::Image;
use crate::train::snapshot::Manifold;
use crate::train::snapshot::MapStrip;
use crate::train::snapshot::Raster;
use crate::train::snapshot::Series;
use crate::train::snapshot::Signal;
use crate::train::snapshot::Snapshot;

/// Adds them all to a snapshot.
pub fn add_to(snapshot: &mut Snapshot) {
    snapshot.maps = maps();
    snapshot.raster = Some(raster());
    snapshot.singular = singular();
    snapshot.kl = vec![2.4, 0.001, 1.9, 3.1, 0.0, 0.6, 0.002, 1.2];
    snapshot.samples = (0..16).map(|i| digit(i % 10, 0.6)).collect();
    snapshot.manifold = Some(manifold());
    snapshot.traversals = (1..=5).map(traversal).collect();
    snapshot.interpolations = vec![blend(3, 8), blend(1, 7)];
    snapshot.signals = (0..6).map(signal).collect();
    snapshot.detection = Some(detection());
    snapshot.label_curve = label_curve();
    snapshot.concepts = concepts();
    snapshot.probes = probes();
    (snapshot.field, snapshot.ellipses) = field();
    snapshot.identity = Some(identity());
    snapshot.assembly = assembly();
    snapshot.words = words();
    for (i, example) in snapshot.examples.iter_mut().enumerate() {
        let label = u8::try_from(i).unwrap_or(0);
        example.original = digit(label, 1.0);
        example.reconstruction = digit(label, 0.7);
    }
}

/// Seven segments as an image of 28 x 28; `light` is 0 to 1.
pub fn digit(label: u8, light: f32) -> Image {
    const SEGMENTS: [u8; 10] = [
        0b111_0111, 0b010_0100, 0b101_1101, 0b110_1101, 0b010_1110,
        0b110_1011, 0b111_1011, 0b010_0101, 0b111_1111, 0b110_1111,
    ];
    // Ends in a field of 2 x 4: top, two uppers, middle, two lowers, foot.
    const ENDS: [[f32; 4]; 7] = [
        [8., 5., 19., 5.],
        [8., 5., 8., 14.],
        [19., 5., 19., 14.],
        [8., 14., 19., 14.],
        [8., 14., 8., 23.],
        [19., 14., 19., 23.],
        [8., 23., 19., 23.],
    ];
    const ORDER: [usize; 7] = [0, 1, 2, 3, 4, 5, 6];
    let on = SEGMENTS[usize::from(label % 10)];
    let pixel = |i: u16| {
        let (x, y) = (f32::from(i % 28), f32::from(i / 28));
        let far = ORDER.iter().filter(|s| on >> **s & 1 == 1).map(|s| {
            let [x0, y0, x1, y1] = ENDS[*s];
            (x - x.clamp(x0, x1)).hypot(y - y.clamp(y0, y1))
        });
        let far = far.fold(99.0, f32::min);
        (255.0 * light * (1.6 - far / 1.6).clamp(0.0, 1.0)) as u8
    };
    let pixels = (0..784).map(pixel).collect();
    Image { width: 28, height: 28, pixels, signed: false }
}

fn mixed(a: &Image, b: &Image, share: f32) -> Image {
    let pairs = a.pixels.iter().zip(&b.pixels);
    let mix = |(a, b): (&u8, &u8)| {
        (f32::from(*a) * (1.0 - share) + f32::from(*b) * share) as u8
    };
    Image { pixels: pairs.map(mix).collect(), ..a.clone() }
}

fn small(image: &Image, side: u16) -> Image {
    let step = 28 / side;
    let places = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
    let at = |(x, y): (u16, u16)| {
        image.pixels[usize::from(y * step) * 28 + usize::from(x * step)]
    };
    let pixels = places.map(at).collect();
    Image { width: side, height: side, pixels, signed: image.signed }
}

fn maps() -> Vec<MapStrip> {
    let layer = |name: &str, count: u8, side: u16| MapStrip {
        name: name.to_owned(),
        images: (0..count)
            .map(|i| small(&digit(4, f32::from(i % 4) / 3.0), side))
            .collect(),
    };
    vec![
        layer("input", 4, 28),
        layer("conv 1", 16, 28),
        layer("pool 1", 16, 14),
        layer("code", 8, 7),
        layer("upconv 1", 8, 14),
        layer("output", 4, 28),
    ]
}

fn raster() -> Raster {
    let (units, examples) = (48_u16, 24_u16);
    let dead = |unit: u16| unit % 11 == 7;
    let value = |i: u16| {
        let (unit, example) = (i % units, i / units);
        let hash = (unit * 31 + example * 17 + unit * example) % 23;
        if dead(unit) || hash > 5 { 0 } else { 255 - 40 * hash as u8 }
    };
    let usage = |unit: u16| match dead(unit) {
        true => 0.0,
        false => f32::from(unit * 7 % 20) / 25.0 + 0.03,
    };
    Raster {
        units,
        values: (0..units * examples).map(value).collect(),
        usage: (0..units).map(usage).collect(),
    }
}

fn singular() -> Vec<(String, Vec<f32>)> {
    let fall = |by: f32| {
        (0..60_u8).map(|i| 2.0 * (-f32::from(i) * by).exp()).collect()
    };
    vec![
        ("this model".to_owned(), fall(0.12)),
        ("without penalty".to_owned(), fall(0.03)),
    ]
}

fn manifold() -> Manifold {
    let image = |i: u8| mixed(&digit(i / 9, 1.0), &digit(i % 9, 1.0), 0.4);
    let dot = |i: u8| Dot {
        x: 2.0 * (f32::from(i) * 0.7).sin(),
        y: 2.0 * (f32::from(i) * 1.3).cos(),
        label: i % 10,
    };
    Manifold {
        columns: 9,
        rows: 9,
        from: (-2.0, -2.0),
        to: (2.0, 2.0),
        images: (0..81).map(image).collect(),
        dots: (0..120).map(dot).collect(),
    }
}

fn traversal(n: u8) -> MapStrip {
    let image = |i: u8| {
        mixed(&digit(3, 1.0), &digit(n + 4, 1.0), f32::from(i) / 8.0)
    };
    MapStrip { name: format!("z{n}"), images: (0..9).map(image).collect() }
}

fn blend(from: u8, to: u8) -> Blend {
    let (a, b) = (digit(from, 1.0), digit(to, 1.0));
    let way = |light: f32| -> Vec<Image> {
        let shares = (0..7_u8).map(|i| f32::from(i) / 6.0);
        shares.map(|s| mixed(&a, &b, (s * light).min(1.0))).collect()
    };
    let nearest = (0..7).map(|i| digit(if i < 3 { from } else { to }, 1.0));
    let nearest = nearest.collect();
    let (line, sphere) = (way(0.9), way(1.1));
    Blend { from, to, pixels: way(1.0), line, sphere, nearest }
}

fn signal(i: u8) -> Signal {
    let label = i % 2;
    let wave = |t: u8, peak: f32| {
        let t = f32::from(t);
        let beat = |at: f32, wide: f32| (-((t - at) / wide).powi(2)).exp();
        0.2 * beat(25.0, 8.0) + peak * beat(60.0, 4.0)
            - 0.3 * beat(68.0, 3.)
            + 0.35 * beat(95.0, 12.0)
    };
    let peak = if label == 0 { 1.0 } else { 0.4 };
    let bump = |t: u8| match label {
        0 => 0.0,
        _ => 0.5 * (-((f32::from(t) - 110.0) / 9.0).powi(2)).exp(),
    };
    Signal {
        label,
        original: (0..140).map(|t| wave(t, peak) + bump(t)).collect(),
        reconstruction: (0..140).map(|t| wave(t, 0.93)).collect(),
        error: 0.012 + 0.05 * f32::from(label),
    }
}

fn detection() -> Detection {
    let bell = |i: u16, at: f32, wide: f32, high: f32| {
        let far = (f32::from(i) - at) / wide;
        (high * (-far * far).exp()).round() as u32
    };
    let bin = |i: u16| {
        let normal = bell(i, 4.0, 3.0, 60.0);
        let other = bell(i, 12.0, 5.0, 18.0);
        (0.005 * f32::from(i), normal, other)
    };
    let rate = |i: u8| {
        let x = f32::from(i) / 20.0;
        (x, x.powf(0.15))
    };
    Detection {
        positive: "anomaly".to_owned(),
        bins: (0..24).map(bin).collect(),
        threshold: 0.042,
        confusion: [118, 14, 22, 301],
        roc: (0..=20).map(rate).collect(),
        auc: 0.961,
    }
}

fn label_curve() -> Vec<Series> {
    let line = |name: &str, start: f32, end: f32| {
        let labels = [20.0, 50.0, 100.0, 200.0, 500.0, 1000.0_f32];
        let point = |labels: &f32| {
            let share = (labels / 20.0).ln() / 50.0_f32.ln();
            let middle = start + (end - start) * share;
            let band = 0.06 * (1.0 - share) + 0.005;
            (*labels, middle - band, middle, middle + band)
        };
        Series {
            name: name.to_owned(),
            points: labels.iter().map(point).collect(),
        }
    };
    vec![
        line("pretrained", 0.58, 0.915),
        line("from scratch", 0.42, 0.90),
        line("softmax on pixels", 0.50, 0.86),
    ]
}

fn concepts() -> Vec<Concept> {
    let one = |name: &str, unit: u16, accuracy: f32| Concept {
        name: name.to_owned(),
        unit,
        sign: if unit.is_multiple_of(2) { 1 } else { -1 },
        accuracy,
        control: 0.712,
        chance: 0.5,
        stimulus: Some(digit(8, 0.8)),
        top: (0..8).map(|i| digit(i, 1.0)).collect(),
    };
    vec![
        one("face", 16, 0.817),
        one("cat", 3, 0.745),
        one("bicycle", 40, 0.69),
    ]
}

fn probes() -> Vec<(String, f32)> {
    [
        ("softmax on pixels", 0.802),
        ("softmax on codes", 0.871),
        ("3-NN on pixels", 0.833),
        ("3-NN on codes", 0.864),
    ]
    .map(|(name, share)| (name.to_owned(), share))
    .to_vec()
}

type Arrows = Vec<(Dot, Dot)>;
type Rings = Vec<(Dot, [f32; 4])>;

fn field() -> (Arrows, Rings) {
    let dot = |x: f32, y: f32| Dot { x, y, label: 0 };
    let places = (0..64_u8).map(|i| {
        let place = |n: u8| f32::from(n) / 3.5 - 1.0;
        (1.6 * place(i % 8), 1.6 * place(i / 8))
    });
    let arrow = |(x, y): (f32, f32)| {
        let far = x.hypot(y).max(0.01);
        let to = 1.0 + 0.4 * (far - 1.0);
        (dot(x, y), dot(x / far * to, y / far * to))
    };
    let rings = places.clone().step_by(9).map(|(x, y)| {
        (dot(x, y), [0.9, 0.1 * x, 0.1 * y, 0.2 + 0.1 * x.abs()])
    });
    (places.map(arrow).collect(), rings.collect())
}

fn identity() -> Heat {
    let value = |i: u16| match (i / 20, i % 20) {
        (row, column) if row == column => 0.9,
        (row, column) => f32::from((row * 7 + column * 3) % 9) / 30. - 0.13,
    };
    Heat {
        title: "D · E over 20 inputs".to_owned(),
        width: 20,
        values: (0..400).map(value).collect(),
    }
}

fn assembly() -> Vec<MapStrip> {
    let bases = (0..6).map(|i| Image {
        signed: true,
        pixels: digit(i, 0.5).pixels.iter().map(|p| 128 + p / 2).collect(),
        ..digit(i, 0.5)
    });
    let sums = (0..6_u8).map(|i| digit(5, 0.3 + f32::from(i) / 8.0));
    let strip = |name: &str, images: Vec<Image>| MapStrip {
        name: name.to_owned(),
        images,
    };
    vec![strip("bases", bases.collect()), strip("sums", sums.collect())]
}

fn words() -> Vec<(String, Vec<String>)> {
    let list = |words: &str| {
        words.split(' ').map(str::to_owned).collect::<Vec<_>>()
    };
    vec![
        ("unit 1".to_owned(), list("tree shrub leaves genus flowers")),
        ("unit 2".to_owned(), list("music song instrument melody voice")),
        ("unit 3".to_owned(), list("disease fever caused by infection")),
    ]
}
