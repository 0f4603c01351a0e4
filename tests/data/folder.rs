//! A user's folder with small files that look like MNIST.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;

use flate2::Compression;
use flate2::write::GzEncoder;

/// The names of the original files.
pub const NAMES: [&str; 4] = [
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
];

/// A folder that disappears with its owner.
pub struct Folder(pub PathBuf);

impl Folder {
    /// An empty one.
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("gargalo-data-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// One with twelve training and five test digits under these names.
    pub fn with(names: [&str; 4]) -> Self {
        let folder = Self::new();
        for (name, bytes) in names.into_iter().zip(contents()) {
            folder.write(name, &bytes);
        }
        folder
    }

    /// Writes a file, packed if its name says so; gives its full name.
    pub fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let packed = name.ends_with(".gz");
        let bytes = if packed { gzip(bytes) } else { bytes.to_vec() };
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// The four files: pixel `p` of training digit `i` is `i + p`, of test
/// digit `i` it is `100 + i + p`, and the labels count upwards from 0 and
/// from 5.
pub fn contents() -> [Vec<u8>; 4] {
    [
        images(12, 0),
        labels(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]),
        images(5, 100),
        labels(&[5, 6, 7, 8, 9]),
    ]
}

/// Pictures of 28 x 28 pixels that count upwards.
pub fn images(count: u32, from: u32) -> Vec<u8> {
    let pixel = |i| (0..784).map(move |p| (from + i + p) as u8);
    let mut bytes = header(0x803, &[count, 28, 28]);
    bytes.extend((0..count).flat_map(pixel));
    bytes
}

/// A file of labels.
pub fn labels(labels: &[u8]) -> Vec<u8> {
    let mut bytes = header(0x801, &[labels.len() as u32]);
    bytes.extend(labels);
    bytes
}

/// The start of an IDX file.
pub fn header(magic: u32, sizes: &[u32]) -> Vec<u8> {
    let numbers = [&[magic], sizes].concat();
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// Packed.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}
