//! A user's documents: texts with a topic each, or counts of words.
//!
//! ```text
//! train.tab, test.tab        a line per document: topic, tab, text
//! train/TOPIC/*, test/...    or TOPIC/*, or *.txt: a file per document
//! counts of words            npz, npy or CSV, as for other numbers
//! ```
//!
//! Of texts, the 2,000 words count that come in the most documents, but
//! not in more than half of them: those say nothing about a topic.

use std::collections::HashMap;
use std::path::Path;
use std::path::PathBuf;

use crate::Real;
use crate::nn::Matrix;

use super::DataError;
use super::DataSpec;
use super::Dataset;
use super::Shape;
use super::documents::WORDS;
use super::finish::Divided;
use super::finish::divided;
use super::grouped::grouped;
use super::own;
use super::own::Part;
use super::own::Raw;
use super::own::entries;
use super::own::files;
use super::own::name;
use super::stored::Stored;
use super::tables::first;

/// The most documents of a part.
pub(super) const MOST: usize = 20_000;

/// The most bytes of a document that is a file, and of a file of many.
const LARGEST: [u64; 2] = [1 << 20, 256 << 20];

/// Shorter words say little.
const LETTERS: usize = 3;

/// How often each word comes in a document, by its number.
type Counts = HashMap<usize, u32>;

/// Documents as they were read.
#[derive(Debug, Default)]
struct Texts {
    topics: Vec<String>,
    counts: Vec<Counts>,
}

/// All words that were seen, numbered.
#[derive(Debug, Default)]
struct Words {
    numbers: HashMap<String, usize>,
}

/// Looks through a folder; nothing if there are no documents.
pub(super) fn gather(folder: &Path) -> Result<Option<Raw>, DataError> {
    let mut raw = Raw::of(folder);
    let mut words = Words::default();
    let mut texts = lines(folder, &mut words, &mut raw.bytes)?;
    if texts.is_none() {
        texts = folders(folder, &mut words, &mut raw.bytes)?;
    }
    let Some((train, test)) = texts else { return own::gather(folder) };
    let chosen = words.chosen(&train.counts);
    let columns: HashMap<usize, usize> = (0..)
        .zip(&chosen)
        .map(|(column, (word, _))| (*word, column))
        .collect();
    raw.columns = chosen.into_iter().map(|(_, word)| word).collect();
    if raw.columns.is_empty() {
        let what = "its texts have no word in common";
        let advice = "Add more documents.";
        return Err(DataError::unusable(&raw.folder, what, advice));
    }
    raw.train = train.part(&columns);
    raw.test = test.map(|test| test.part(&columns));
    Ok(Some(raw))
}

/// A data set like the built-in one: with n of all N words of a document,
/// a word's value is √(n/N).
pub(super) fn of_user(
    spec: &DataSpec,
    raw: &Raw,
) -> Result<Dataset, DataError> {
    let Divided { parts, classes, columns } = divided(raw)?;
    let features = parts[0].features();
    let no = |what: String, advice| {
        Err(DataError::unusable(&raw.folder, what, advice))
    };
    if features > WORDS {
        let what =
            format!("its documents have {} words", grouped(features));
        return no(what, "Keep the 2,000 most frequent ones.");
    }
    let most = parts.iter().map(|part| part.len()).max().unwrap_or(0);
    if most > MOST {
        let what = format!("it has {} documents in a part", grouped(most));
        return no(what, "Use at most 20,000.");
    }
    if parts.iter().any(|part| part.x.iter().any(|&v| v < 0.0)) {
        let what = "its counts of words go below 0".to_owned();
        return no(what, "Use how often each word comes.");
    }
    let [train, test] = parts;
    let parts = [first(train, spec), test].map(|mut part| {
        for mut row in part.x.outer_iter_mut() {
            let all = row.sum();
            let all = if all > 0.0 { all } else { 1.0 };
            row.mapv_inplace(|count| (count / all).sqrt());
        }
        part
    });
    let mut data = Dataset::new(spec.kind, parts, Shape::Words);
    data.classes = classes;
    data.columns = columns;
    Ok(data)
}

/// For training, and for testing if there is such a part.
type Parts = (Texts, Option<Texts>);

/// Files with a document in each line.
fn lines(
    folder: &Path,
    words: &mut Words,
    bytes: &mut u64,
) -> Result<Option<Parts>, DataError> {
    let mut tables = files(folder)?;
    tables.retain(|path| name(path).ends_with(".tab"));
    let is_test = |path: &&PathBuf| name(path).contains("test");
    let mut read = |path: &PathBuf| {
        let file = Stored::on_disk(path.clone());
        *bytes += file.stored_bytes();
        let content = file.content(LARGEST[1])?;
        let content = String::from_utf8_lossy(&content);
        let mut texts = Texts::default();
        for (number, line) in
            (1..).zip(content.lines()).skip(head(&content))
        {
            let Some((topic, text)) = line.split_once('\t') else {
                let what = format!("line {number} has no tab");
                let advice = "Write a topic, a tab and the text.";
                return Err(file.unusable(what, advice));
            };
            texts.add(topic.trim().to_owned(), text, words);
        }
        Ok(texts)
    };
    let train = tables.iter().find(|path| !is_test(path));
    let Some(train) = train.map(&mut read).transpose()? else {
        return Ok(None);
    };
    let test = tables.iter().find(is_test).map(&mut read).transpose()?;
    Ok(Some((train, test)))
}

/// Lines before the first document: names of the columns, and perhaps two
/// lines that say of what kind they are.
fn head(content: &str) -> usize {
    let mut lines = content.lines();
    let mut fields = |of: &[&str]| {
        let line = lines.next().unwrap_or("x").to_lowercase();
        line.split('\t').all(|f| f.is_empty() || of.contains(&f.trim()))
    };
    let names = fields(&["category", "class", "topic", "label", "text"]);
    let kinds = ["d", "discrete", "s", "string", "c", "class", "m", "meta"];
    match (names, fields(&kinds)) {
        (true, true) => 3,
        (true, false) => 1,
        _ => 0,
    }
}

/// A file for each document, in folders named like topics.
fn folders(
    folder: &Path,
    words: &mut Words,
    bytes: &mut u64,
) -> Result<Option<Parts>, DataError> {
    let inner = folder.join("train");
    if !inner.is_dir() {
        let texts = topics(folder, words, bytes)?;
        return Ok(texts.map(|texts| (texts, None)));
    }
    let Some(train) = topics(&inner, words, bytes)? else {
        return Ok(None);
    };
    Ok(Some((train, topics(&folder.join("test"), words, bytes)?)))
}

/// The documents of one part.
fn topics(
    folder: &Path,
    words: &mut Words,
    bytes: &mut u64,
) -> Result<Option<Texts>, DataError> {
    let mut all = Vec::new();
    for inner in entries(folder, Path::is_dir)? {
        let topic = inner.file_name().unwrap_or_default();
        let topic = topic.to_string_lossy().into_owned();
        let is_text = |path: &&PathBuf| {
            path.extension().is_none_or(|end| end == "txt")
        };
        let found = files(&inner)?;
        let found = found.iter().filter(is_text).cloned();
        all.extend(found.map(|path| (topic.clone(), path)));
    }
    if all.is_empty() {
        let found = files(folder)?.into_iter();
        let found = found.filter(|path| name(path).ends_with(".txt"));
        all.extend(found.map(|path| ("all".to_owned(), path)));
    }
    if all.len() > MOST {
        let what = format!("it has {} documents", grouped(all.len()));
        let name = folder.display().to_string();
        let advice = "Use at most 20,000.";
        return Err(DataError::unusable(&name, what, advice));
    }
    let mut texts = Texts::default();
    for (topic, path) in all {
        let file = Stored::on_disk(path);
        *bytes += file.stored_bytes();
        let content = file.content(LARGEST[0])?;
        let text = String::from_utf8_lossy(&content);
        texts.add(topic, &text, words);
    }
    Ok((!texts.topics.is_empty()).then_some(texts))
}

impl Texts {
    fn add(&mut self, topic: String, text: &str, words: &mut Words) {
        let mut counts = Counts::new();
        for word in text.split(|c: char| !c.is_alphabetic()) {
            if word.chars().count() >= LETTERS {
                let number = words.number(word.to_lowercase());
                *counts.entry(number).or_default() += 1;
            }
        }
        self.topics.push(topic);
        self.counts.push(counts);
    }

    /// The counts of the words that have a column.
    fn part(self, columns: &HashMap<usize, usize>) -> Part {
        let mut x = Matrix::zeros((self.counts.len(), columns.len()));
        for (mut row, counts) in x.outer_iter_mut().zip(&self.counts) {
            for (word, count) in counts {
                if let Some(column) = columns.get(word) {
                    row[*column] = *count as Real;
                }
            }
        }
        Part { x, labels: self.topics, ..Part::default() }
    }
}

impl Words {
    fn number(&mut self, word: String) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(word).or_insert(next)
    }

    /// The words that come in the most documents, but not in more than
    /// half of them, most frequent first.
    fn chosen(self, documents: &[Counts]) -> Vec<(usize, String)> {
        let mut found = vec![0_usize; self.numbers.len()];
        for word in documents.iter().flat_map(Counts::keys) {
            found[*word] += 1;
        }
        let half = documents.len().div_ceil(2);
        let mut all: Vec<(usize, String)> =
            self.numbers.into_iter().map(|(w, n)| (n, w)).collect();
        all.retain(|(number, _)| (1..=half).contains(&found[*number]));
        all.sort_by(|(a, x), (b, y)| {
            found[*b].cmp(&found[*a]).then_with(|| x.cmp(y))
        });
        all.truncate(WORDS);
        all
    }
}
