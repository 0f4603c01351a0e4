//! Documents as the words they use, with ten topics: glosses of WordNet,
//! put together by `lessons/data/make_documents.py`.

use crate::Real;
use crate::nn::Matrix;

use super::DataError;
use super::DataSpec;
use super::Dataset;
use super::Samples;
use super::Shape;
use super::batches::gather;
use super::split::split;
use super::stored::Stored;
use super::stored::embedded;

/// Documents for training, for testing, and words.
pub(super) const TRAIN: usize = 2911;
pub(super) const TEST: usize = 722;
pub(super) const WORDS: usize = 2000;

/// The most bytes of the unpacked file.
const LARGEST: u64 = 4 << 20;

const AGAIN: &str = "Install the program again.";

/// The file: the words in the first line, then a line for each document
/// with its topic and `word:count` for each word that comes in it.
pub(super) fn file() -> Stored {
    embedded!("documents.txt.gz")
}

/// The documents. With n of all N words of a document, a word's value is
/// √(n/N): its square is the probability of the word, and each row has
/// length 1, so that long and short documents count the same.
pub(super) fn documents(spec: &DataSpec) -> Result<Dataset, DataError> {
    let file = file();
    let text = String::from_utf8(file.content(LARGEST)?)
        .map_err(|_| file.unusable("it is no text", AGAIN))?;
    let mut lines = text.lines();
    let words = lines.next().unwrap_or("").split(' ');
    let words: Vec<String> = words.map(str::to_owned).collect();
    let lines: Vec<&str> = lines.collect();
    let mut x = Matrix::zeros((lines.len(), words.len()));
    let mut labels = Vec::with_capacity(lines.len());
    for (line, mut row) in lines.iter().zip(x.outer_iter_mut()) {
        let (topic, counts) = document(line, words.len())
            .ok_or_else(|| file.unusable("a line is broken", AGAIN))?;
        labels.push(topic);
        let all: Real = counts.iter().map(|&(_, count)| count).sum();
        for (word, count) in counts {
            row[word] = (count / all).sqrt();
        }
    }
    let (train, test) = split(&labels);
    let part = |rows: &[u32]| Samples {
        x: gather(&x, rows),
        labels: rows.iter().map(|&row| labels[row as usize]).collect(),
    };
    let (train, _) = train.split_at(spec.wanted(train.len()));
    let parts = [part(train), part(&test)];
    let mut data = Dataset::new(spec.kind, parts, Shape::Words);
    data.columns = words;
    Ok(data)
}

/// The topic and the words of a document with how often they come.
fn document(line: &str, words: usize) -> Option<(u8, Vec<(usize, Real)>)> {
    let mut fields = line.split(' ');
    let topic = fields.next()?.parse().ok().filter(|&topic| topic < 10)?;
    let counts = fields.map(|field| {
        let (word, count) = field.split_once(':')?;
        let word = word.parse().ok().filter(|&word| word < words)?;
        let count: u16 = count.parse().ok()?;
        Some((word, Real::from(count)))
    });
    Some((topic, counts.collect::<Option<_>>()?))
}
